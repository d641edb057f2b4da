//! One file per page.

pub mod ask;
pub mod confirm;
pub mod inbox;
pub mod print;
pub mod step;
pub mod thread;
