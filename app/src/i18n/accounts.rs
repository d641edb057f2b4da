//! Words of accounts.

crate::words! {}
