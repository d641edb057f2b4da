//! Catalogue search: how text is read, how a question is understood, and the types of the search port.
//! Everything here is pure and compiles to wasm; engines are adapters of `ports::search`.

pub mod model;

pub use model::{
    Bounds, Evidence, FacetCounts, FacetKind, Filters, Hit, Interpretation, Reading, SearchBatch, SearchDoc, SearchHealth,
    SearchLang, SearchPage, SearchQuery, Sort, SuggestQuery, Suggestion, SuggestionKind, Total,
};
