//! One file per page.

pub mod list;
pub mod settings;
pub mod stop;
