//! Words of search.

crate::words! {}
