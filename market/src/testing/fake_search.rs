//! A search engine in memory: keeps what the feed gave it and finds by plain containment, newest first.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a poisoned lock in a test is a failed test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use uuid::Uuid;

use crate::ports::search::{CatalogSearch, DocSource, SearchError};
use crate::search::{
    Evidence, Hit, SearchBatch, SearchDoc, SearchHealth, SearchPage, SearchQuery, SuggestQuery, Suggestion,
    SuggestionKind, Total,
};

/// The fake engine; empty at first.
#[derive(Default)]
pub struct FakeSearch {
    index: Mutex<Index>,
    away: AtomicBool,
    pair_millis: AtomicU64,
}

#[derive(Default)]
struct Index {
    docs: BTreeMap<Uuid, SearchDoc>,
    position: i64,
}

impl FakeSearch {
    /// Switches the engine off and on.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// So many milliseconds it takes to look for a pair of words in titles.
    pub fn set_pair_millis(&self, millis: u64) {
        self.pair_millis.store(millis, Ordering::SeqCst);
    }

    /// Everything that can be found.
    pub fn docs(&self) -> Vec<SearchDoc> {
        self.index.lock().expect("lock").docs.values().cloned().collect()
    }

    fn here(&self) -> Result<std::sync::MutexGuard<'_, Index>, SearchError> {
        if self.away.load(Ordering::SeqCst) {
            return Err(SearchError::Unavailable("switched off".into()));
        }
        Ok(self.index.lock().expect("lock"))
    }
}

fn matches(doc: &SearchDoc, query: &SearchQuery) -> bool {
    let filters = &query.filters;
    let text = format!("{} {} {} {}", doc.title_ko, doc.title_en, doc.part_number, doc.specs).to_lowercase();
    doc.free_until > query.at
        && query.text.to_lowercase().split_whitespace().all(|word| text.contains(word))
        && (filters.category.is_empty() || filters.category.iter().any(|code| doc.categories.contains(code)))
        && (filters.region.is_empty() || filters.region.contains(&doc.region))
        && (filters.price_kind.is_empty() || filters.price_kind.contains(&doc.price_kind))
        && (filters.certificate.is_empty()
            || filters.certificate.iter().any(|code| doc.certificates.contains(code)))
        && filters.price.holds(doc.price_minor)
        && filters.moq.holds(doc.moq)
        && filters.lead_days.holds(doc.lead_days)
        && filters.vendor.is_none_or(|vendor| vendor == doc.vendor_id)
        && !filters.except.contains(&doc.id)
}

#[async_trait]
impl CatalogSearch for FakeSearch {
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage, SearchError> {
        let index = self.here()?;
        if query.cursor.is_some() {
            // it never gave one
            return Err(SearchError::BadCursor);
        }
        let mut found: Vec<&SearchDoc> = index.docs.values().filter(|doc| matches(doc, query)).collect();
        found.sort_by_key(|doc| std::cmp::Reverse((doc.published_at, doc.id)));
        let (size, page) = (query.size as usize, query.page.max(1) as usize);
        let hits = found
            .iter()
            .skip(size * (page - 1))
            .take(size)
            .map(|doc| Hit {
                id: doc.id,
                score: 1.0,
                full: true,
                why: vec![Evidence::Literal],
                explain: None,
            })
            .collect();
        Ok(SearchPage {
            hits,
            total: Total::of(u32::try_from(found.len()).unwrap_or(u32::MAX)),
            ..SearchPage::default()
        })
    }

    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        let index = self.here()?;
        let asked = SearchQuery { text: query.text.clone(), at: query.at, ..SearchQuery::default() };
        let found = index.docs.values().filter(|doc| matches(doc, &asked)).take(query.size as usize);
        Ok(found
            .map(|doc| Suggestion {
                kind: SuggestionKind::Listing,
                text: doc.title_ko.clone(),
                key: doc.id.to_string(),
            })
            .collect())
    }

    async fn side_by_side(&self, name: &str, next: &str, at: i64) -> Result<bool, SearchError> {
        let millis = self.pair_millis.load(Ordering::SeqCst);
        if millis > 0 {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
        let joined = format!("{name}{next}").to_lowercase();
        let has = |title: &str| title.to_lowercase().replace(' ', "").contains(&joined);
        let index = self.here()?;
        let found = index.docs.values().filter(|doc| doc.free_until > at);
        let found = found.filter(|doc| has(&doc.title_ko) || has(&doc.title_en));
        let vendors: BTreeSet<Uuid> = found.map(|doc| doc.vendor_id).collect();
        Ok(vendors.len() > 1)
    }

    async fn apply(&self, batch: SearchBatch, position: i64) -> Result<(), SearchError> {
        let mut index = self.here()?;
        for id in batch.deletes {
            index.docs.remove(&id);
        }
        for doc in batch.upserts {
            index.docs.insert(doc.id, doc);
        }
        index.position = position;
        Ok(())
    }

    async fn position(&self) -> Result<i64, SearchError> {
        Ok(self.here()?.position)
    }

    async fn rebuild(&self, source: &mut dyn DocSource, position: i64) -> Result<u64, SearchError> {
        let mut docs = BTreeMap::new();
        loop {
            let some = source.next_docs().await?;
            if some.is_empty() {
                break;
            }
            docs.extend(some.into_iter().map(|doc| (doc.id, doc)));
        }
        let count = docs.len() as u64;
        *self.here()? = Index { docs, position };
        Ok(count)
    }

    async fn doc_count(&self) -> Result<u64, SearchError> {
        Ok(self.here()?.docs.len() as u64)
    }

    async fn fingerprints(&self) -> Result<Vec<(Uuid, u64)>, SearchError> {
        Ok(self.here()?.docs.values().map(|doc| (doc.id, doc.fingerprint())).collect())
    }

    async fn health(&self) -> Result<SearchHealth, SearchError> {
        let index = self.here()?;
        Ok(SearchHealth {
            engine: "memory",
            docs: index.docs.len() as u64,
            position: index.position,
            needs_rebuild: false,
        })
    }
}
