//! Words of home.

crate::words! {}
