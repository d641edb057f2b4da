//! Words of catalog.

crate::words! {}
