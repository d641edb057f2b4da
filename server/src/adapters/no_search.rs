//! No search engine, for commands that run beside a server which holds the index: every question is "away".

use async_trait::async_trait;
use market::ports::CatalogSearch;
use market::ports::search::{DocSource, SearchError};
use market::search::{SearchBatch, SearchHealth, SearchPage, SearchQuery, SuggestQuery, Suggestion};
use uuid::Uuid;

/// Answers nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoSearch;

fn off<T>() -> Result<T, SearchError> {
    Err(SearchError::Unavailable("switched off".into()))
}

#[async_trait]
impl CatalogSearch for NoSearch {
    async fn search(&self, _query: &SearchQuery) -> Result<SearchPage, SearchError> {
        off()
    }

    async fn suggest(&self, _query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        off()
    }

    async fn side_by_side(&self, _first: &str, _second: &str, _at: i64) -> Result<bool, SearchError> {
        off()
    }

    async fn apply(&self, _batch: SearchBatch, _position: i64) -> Result<(), SearchError> {
        off()
    }

    async fn position(&self) -> Result<i64, SearchError> {
        off()
    }

    async fn rebuild(&self, _source: &mut dyn DocSource, _position: i64) -> Result<u64, SearchError> {
        off()
    }

    async fn doc_count(&self) -> Result<u64, SearchError> {
        off()
    }

    async fn fingerprints(&self) -> Result<Vec<(Uuid, u64)>, SearchError> {
        off()
    }

    async fn health(&self) -> Result<SearchHealth, SearchError> {
        off()
    }
}
