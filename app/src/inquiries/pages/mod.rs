//! One file per page.

pub mod ask;
pub mod confirm;
pub mod edit;
pub mod inbox;
pub mod links;
pub mod print;
pub mod record;
pub mod reroute;
pub mod sorting;
pub mod stay;
pub mod step;
pub mod thread;
pub mod translate;
