//! The curators' desk of search: what was asked and not found, and the rules made of it. Rules act on the question
//! (synonyms, words left out, redirects, recommended listings), never on an index, so every engine obeys them at
//! once. Owns the log's figures and the rules; the log itself is written by `search::log`.

pub mod key;
pub mod rules;

#[cfg(feature = "backend")]
mod draft;
#[cfg(feature = "backend")]
pub mod figures;
#[cfg(feature = "backend")]
pub mod live;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
pub mod store;
#[cfg(all(test, feature = "testing"))]
mod tests;

#[cfg(feature = "backend")]
pub use draft::{DAYS_MAX, NOTE_MAX, RuleDraft};
pub use rules::{Rule, RuleKind, RuleSet};
