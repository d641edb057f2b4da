//! Catalogue search: how text is read, how a question is understood, and the types of the search port.
//! Reading and types are pure and compile to wasm; engines are adapters of `ports::search`. With the backend come
//! the question as pages ask it (`service`), the look-up for when the engine is away (`fallback`), the feed of the
//! index (`feed`, `document`), the log of what was asked (`log`) and the curators' rules made of it (`desk`).
//!
//! Reading goes `clean` → `measure` and `particles` → `resolve` (one word) → `understand` (a whole question), which
//! gives a `plan` that an engine carries out. `terms` makes index terms of documents with the same functions.

mod amounts;
pub mod answer;
pub mod candidate;
pub mod clean;
mod codes;
#[cfg(test)]
mod condition_tests;
mod condition_words;
pub mod conditions;
pub mod desk;
pub mod grams;
pub mod hangul;
mod head;
mod heard;
pub mod measure;
pub mod model;
mod negation;
pub mod neighbours;
pub mod particles;
mod parts;
mod pieces;
pub mod plan;
pub mod resolve;
mod scales;
pub mod scoring;
#[cfg(test)]
mod shop;
pub mod sound;
pub mod terms;
pub mod understand;
pub mod units;
pub mod vocabulary;
pub mod ways;
pub mod weights;

pub use answer::{
    Evidence, FacetCounts, Hit, Interpretation, Reading, SearchPage, Suggestion, SuggestionKind, Total,
};
pub use model::{
    Bounds, FacetKind, Filters, SearchBatch, SearchDoc, SearchHealth, SearchQuery, Sort, SuggestQuery,
};
pub use weights::Weights;

#[cfg(feature = "backend")]
pub mod counts;
#[cfg(feature = "backend")]
pub mod direct;
#[cfg(feature = "backend")]
pub mod document;
#[cfg(all(test, feature = "testing"))]
mod ending_tests;
#[cfg(feature = "backend")]
pub mod fallback;
#[cfg(feature = "backend")]
pub mod feed;
#[cfg(all(test, feature = "testing"))]
mod feed_tests;
#[cfg(feature = "backend")]
pub mod log;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
pub mod suggest;
#[cfg(feature = "backend")]
pub mod vendor_names;
