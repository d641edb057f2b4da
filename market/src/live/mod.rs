//! Live: people who look on are told what happens. Owns the log of events, the registry of who looks on in this
//! process, and the feed of one onlooker. The database is the truth: an event only says where to look, and who may
//! see it is asked when it is told.

mod feed;
mod hub;
pub mod log;

#[cfg(all(test, feature = "testing"))]
mod tests;

pub use feed::{Feed, Told, follow};
pub use hub::Hub;
pub use log::{Event, append};
