//! Words of notifications.

crate::words! {}
