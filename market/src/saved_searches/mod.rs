//! Saved searches: questions that somebody wants to be told about. Owns the questions, what they find, the one mail a day
//! with what is new, the links that stop it, and the anonymous demand that vendors see.
//!
//! `collect` asks the saved questions again and decides what goes into whose mail; `jobs` looks once more and sends it.

pub mod collect;
mod confirm;
pub mod demand;
pub mod jobs;
mod letters;
pub mod links;
mod model;
pub mod service;
pub mod store;
#[cfg(all(test, feature = "testing"))]
mod tests;

pub use confirm::{Pending, ask, ask_trapped, confirm, pending};
pub use model::{Condition, SavedQuestion, SavedSearch};
