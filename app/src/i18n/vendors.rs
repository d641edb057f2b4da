//! Words of vendors.

crate::words! {}
