//! Words of inquiries.

crate::words! {}
