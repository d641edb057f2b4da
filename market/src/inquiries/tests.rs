//! Flows of inquiries on both databases: asking, answering, deadlines, links, limits.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod answering;
mod asking;
pub(crate) mod ground;
mod lapsing;
mod limits;
mod races;
mod rerouting;
mod simulation;
mod time_passing;
mod together;
mod tools;
