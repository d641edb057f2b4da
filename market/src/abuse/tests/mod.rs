//! Flows on both databases, and the rules on words of other people.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod flow;
mod forms;
mod replies;
mod sides;
mod statements;
mod text;
