//! The search engine as the business sees it. An engine owns nothing: it can be thrown away and rebuilt from the database.

use async_trait::async_trait;
use uuid::Uuid;

use crate::search::{
    SearchBatch, SearchDoc, SearchHealth, SearchPage, SearchQuery, SuggestQuery, Suggestion,
};

/// Why an engine gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// The cursor was not made by this engine for this order.
    #[error("the cursor is not valid")]
    BadCursor,
    /// The engine is away, slow, or being rebuilt: ask the database instead.
    #[error("search engine unavailable: {0}")]
    Unavailable(String),
}

/// Where a rebuild gets its documents from, piece by piece.
#[async_trait]
pub trait DocSource: Send {
    /// The next documents; an empty list ends the rebuild.
    async fn next_docs(&mut self) -> Result<Vec<SearchDoc>, SearchError>;
}

/// Full-text search over published listings.
///
/// The feed calls [`apply`](Self::apply) with growing positions of its change log. What `apply` acknowledged
/// survives a crash together with its position; after a restart the feed goes on from [`position`](Self::position).
/// Applying a change twice is harmless.
#[async_trait]
pub trait CatalogSearch: Send + Sync {
    /// Answers a question.
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage, SearchError>;

    /// Lines for the list under the search box.
    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError>;

    /// Whether titles of more than one vendor, or a category, have the name of a region and a word side by side, with or
    /// without a blank, in what may be seen at this moment (as [`SearchQuery::at`]).
    async fn side_by_side(&self, name: &str, next: &str, at: i64) -> Result<bool, SearchError>;

    /// Writes changes and remembers the feed position, in one commit.
    async fn apply(&self, batch: SearchBatch, position: i64) -> Result<(), SearchError>;

    /// Feed position of the last commit; 0 for a new index.
    async fn position(&self) -> Result<i64, SearchError>;

    /// Builds a new index beside the live one from `source`, then swaps; searches go on meanwhile.
    /// `position` is the feed position at which reading of `source` began: the feed replays from there.
    async fn rebuild(&self, source: &mut dyn DocSource, position: i64) -> Result<u64, SearchError>;

    /// Documents that can be found.
    async fn doc_count(&self) -> Result<u64, SearchError>;

    /// Every document's id and [`SearchDoc::fingerprint`], sorted by id: for comparing with the database.
    async fn fingerprints(&self) -> Result<Vec<(Uuid, u64)>, SearchError>;

    /// State of the engine; an error means that it is away.
    async fn health(&self) -> Result<SearchHealth, SearchError>;
}
