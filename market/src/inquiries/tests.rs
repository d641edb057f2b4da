//! Flows of inquiries on both databases: asking, answering, deadlines, links, limits.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod accepted;
mod answering;
mod asking;
mod consent;
mod figures;
pub(crate) mod ground;
mod lapsing;
mod limits;
mod long;
mod own_company;
mod paging;
mod races;
mod record;
mod rerouting;
mod simulation;
mod time_passing;
mod together;
mod tools;
mod typed;
mod waiting;
