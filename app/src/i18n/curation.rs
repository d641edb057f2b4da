//! Words of curation.

crate::words! {}
