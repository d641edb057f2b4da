//! Requests on both databases, and how well the reader reads.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod blocked;
mod changed;
mod ends;
mod flow;
mod leaving;
mod named;
mod places;
mod reading;
mod seen;
