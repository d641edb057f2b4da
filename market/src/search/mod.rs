//! Catalogue search: how text is read, how a question is understood, and the types of the search port.
//! Everything here is pure and compiles to wasm; engines are adapters of `ports::search`.
//!
//! Reading goes `clean` → `measure` and `particles` → `resolve` (one word) → `understand` (a whole question), which
//! gives a `plan` that an engine carries out. `terms` makes index terms of documents with the same functions.

pub mod answer;
pub mod clean;
pub mod hangul;
pub mod measure;
pub mod model;
pub mod particles;
pub mod plan;
pub mod resolve;
pub mod sound;
pub mod terms;
pub mod understand;
pub mod units;
pub mod vocabulary;

pub use answer::{Evidence, FacetCounts, Hit, Interpretation, Reading, SearchPage, Suggestion, SuggestionKind, Total};
pub use model::{
    Bounds, FacetKind, Filters, SearchBatch, SearchDoc, SearchHealth, SearchLang, SearchQuery, Sort, SuggestQuery,
};
