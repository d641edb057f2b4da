//! One file per page.

pub mod list;
