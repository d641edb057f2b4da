//! One file per page of the federation's desk.

pub mod audit;
pub mod inbox;
mod inbox_queue;
pub mod listing;
pub mod listings;
pub mod machinery;
pub mod people;
pub mod revision;
pub mod slots;
pub mod tables;
pub mod vendor;
