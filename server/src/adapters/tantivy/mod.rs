//! The embedded search engine: `CatalogSearch` on tantivy.
//!
//! tantivy keeps the term lists, the term dictionaries and crash-safe commits; scoring, facets and paging are ours
//! (`rank`), over columns held in memory (`segment`). One writer; the feed position travels in the commit's payload.

mod cursor;
mod evaluate;
mod rank;
mod schema;
mod segment;
mod store;
mod suggest;
mod sums;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock},
};

use async_trait::async_trait;
use market::{
    ports::search::{CatalogSearch, DocSource, SearchError},
    search::{
        Hit, Interpretation, SearchBatch, SearchHealth, SearchPage, SearchQuery, SuggestQuery, Suggestion,
        Total, plan::Plan, understand::understand, vocabulary::Vocabulary,
    },
};
use tantivy::{Searcher, index::SegmentId};
use uuid::Uuid;

use self::{
    cursor::Place,
    evaluate::Evaluator,
    rank::{EVIDENCE, Ranked, Ranking},
    schema::Fields,
    segment::{Codes, SegmentFacts},
    store::Store,
};
pub use rank::Weights;

/// One state of the index, kept by everybody who still reads it.
pub struct Snapshot {
    searcher: Searcher,
    segments: Vec<Arc<SegmentFacts>>,
    codes: Arc<Codes>,
    fields: Fields,
    newest: i64,
    position: i64,
    needs_rebuild: bool,
}

impl Snapshot {
    fn evaluator(&self) -> Evaluator<'_> {
        Evaluator { searcher: &self.searcher, fields: &self.fields }
    }
}

/// The engine.
pub struct TantivyCatalog {
    folder: PathBuf,
    weights: Weights,
    writer: Arc<Mutex<Store>>,
    live: Arc<RwLock<Arc<Snapshot>>>,
}

impl TantivyCatalog {
    /// Opens the index of a folder, or begins a new one when there is none or it cannot be read.
    pub fn open(folder: &Path, weights: Weights) -> Result<Self, SearchError> {
        let store = Store::open(folder).map_err(|e| unavailable(&e))?;
        let snapshot = snapshot(&store, None).map_err(|e| unavailable(&e))?;
        Ok(Self {
            folder: folder.to_owned(),
            weights,
            writer: Arc::new(Mutex::new(store)),
            live: Arc::new(RwLock::new(Arc::new(snapshot))),
        })
    }

    fn live(&self) -> Arc<Snapshot> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers without leaving the thread: an answer takes a fraction of a millisecond, less than handing it over.
    pub fn search_now(&self, query: &SearchQuery) -> Result<SearchPage, SearchError> {
        let question = question(query);
        let after = match &query.cursor {
            Some(text) => Some(Place::read(text, question).ok_or(SearchError::BadCursor)?),
            None => None,
        };
        let snapshot = self.live();
        let plan = understand(
            &query.text,
            query.literal,
            &snapshot.evaluator(),
            &[&query.synonyms, Vocabulary::shipped()],
        );
        // a text without any word in it asks for something that cannot be found, an empty one for everything
        let mute = plan.is_empty() && !query.text.trim().is_empty();
        let ranking = if mute {
            Ranking::default()
        } else {
            rank::rank(&snapshot, &plan, &query.filters, query.sort, &self.weights)
                .map_err(|e| unavailable(&e))?
        };
        Ok(page(&snapshot, query, plan, &ranking, after, question))
    }

    /// Suggests without leaving the thread.
    pub fn suggest_now(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        suggest::suggest(&self.live(), query, &self.weights).map_err(|e| unavailable(&e))
    }

    /// Runs a write on a thread that may block, then shows its effect.
    async fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Store) -> tantivy::Result<T> + Send + 'static,
    ) -> Result<T, SearchError> {
        let (writer, live) = (self.writer.clone(), self.live.clone());
        let task = tokio::task::spawn_blocking(move || {
            let mut store = writer.lock().unwrap_or_else(PoisonError::into_inner);
            let done = work(&mut store)?;
            let before = live.read().unwrap_or_else(PoisonError::into_inner).clone();
            let next = snapshot(&store, Some(&before))?;
            *live.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
            Ok::<T, tantivy::TantivyError>(done)
        });
        task.await.map_err(|e| SearchError::Unavailable(e.to_string()))?.map_err(|e| unavailable(&e))
    }
}

/// The newest commit of a store; columns of segments that stayed are kept.
fn snapshot(store: &Store, before: Option<&Snapshot>) -> tantivy::Result<Snapshot> {
    let searcher = store.searcher()?;
    let known: HashMap<SegmentId, Arc<SegmentFacts>> = before.map_or_else(HashMap::new, |before| {
        before
            .searcher
            .segment_readers()
            .iter()
            .map(tantivy::SegmentReader::segment_id)
            .zip(before.segments.iter().cloned())
            .collect()
    });
    let codes = before.map_or_else(Arc::default, |before| before.codes.clone());
    let segments = searcher
        .segment_readers()
        .iter()
        .map(|reader| match known.get(&reader.segment_id()) {
            Some(facts) => Ok(facts.clone()),
            None => SegmentFacts::read(reader, &codes).map(Arc::new),
        })
        .collect::<tantivy::Result<Vec<_>>>()?;
    let alive = |(reader, facts): (&tantivy::SegmentReader, &Arc<SegmentFacts>)| {
        reader.doc_ids_alive().filter_map(|doc| facts.facts(doc).map(|f| f.published_at)).max()
    };
    let newest = searcher.segment_readers().iter().zip(&segments).filter_map(alive).max().unwrap_or_default();
    Ok(Snapshot {
        searcher,
        segments,
        codes,
        fields: store.fields().clone(),
        newest,
        position: store.position(),
        needs_rebuild: store.needs_rebuild(),
    })
}

fn unavailable(error: &tantivy::TantivyError) -> SearchError {
    SearchError::Unavailable(error.to_string())
}

/// Everything that decides the order, as one number: a cursor is good for one question only.
fn question(query: &SearchQuery) -> u64 {
    let text = format!("{}\u{1}{}\u{1}{:?}\u{1}{:?}", query.text, query.literal, query.filters, query.sort);
    cursor::hash(text.as_bytes())
}

fn page(
    snapshot: &Snapshot,
    query: &SearchQuery,
    plan: Plan,
    ranking: &Ranking,
    after: Option<Place>,
    question: u64,
) -> SearchPage {
    let size = query.size.clamp(1, 100) as usize;
    let skip = match after {
        Some(_) => 0,
        None => (query.page.max(1) - 1).saturating_mul(query.size.clamp(1, 100)),
    };
    let beyond = skip >= SearchQuery::DEEPEST;
    let behind = |r: &&Ranked| after.is_none_or(|place| place.order(&r.place).is_lt());
    let mut rest = ranking.hits().filter(behind).skip(skip as usize);
    let shown: Vec<&Ranked> = if beyond { Vec::new() } else { rest.by_ref().take(size).collect() };
    let next = match (shown.last(), rest.next()) {
        (Some(last), Some(_)) => Some(last.place.write(question)),
        _ => None,
    };
    let changed = !query.literal && !plan.readings.is_empty();
    SearchPage {
        hits: shown.into_iter().map(|r| hit(r, query.explain)).collect(),
        total: Total::of(u32::try_from(ranking.hits().count()).unwrap_or(u32::MAX)),
        facets: query.facets.iter().map(|facet| ranking.count(snapshot, *facet)).collect(),
        interpretation: Interpretation {
            literal_alternative: changed.then(|| query.text.trim().to_owned()),
            relaxed: ranking.relaxed,
            readings: plan.readings,
        },
        next,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "scores are small")]
fn hit(ranked: &Ranked, explain: bool) -> Hit {
    Hit {
        id: ranked.place.id,
        score: ranked.place.value as f32,
        full: ranked.full,
        why: EVIDENCE
            .iter()
            .enumerate()
            .filter(|(bit, _)| ranked.why & (1 << bit) != 0)
            .map(|(_, e)| *e)
            .collect(),
        explain: explain.then(|| ranked.explain()),
    }
}

#[async_trait]
impl CatalogSearch for TantivyCatalog {
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage, SearchError> {
        self.search_now(query)
    }

    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        self.suggest_now(query)
    }

    async fn apply(&self, batch: SearchBatch, position: i64) -> Result<(), SearchError> {
        self.write(move |store| store.apply(&batch, position)).await
    }

    async fn position(&self) -> Result<i64, SearchError> {
        Ok(self.live().position)
    }

    async fn rebuild(&self, source: &mut dyn DocSource, position: i64) -> Result<u64, SearchError> {
        let folder = self.folder.clone();
        let built = tokio::task::spawn_blocking(move || Store::begin_rebuild(&folder)).await;
        let mut store =
            built.map_err(|e| SearchError::Unavailable(e.to_string()))?.map_err(|e| unavailable(&e))?;
        loop {
            let docs = source.next_docs().await?;
            if docs.is_empty() {
                break;
            }
            let task = tokio::task::spawn_blocking(move || store.add(&docs).map(|()| store)).await;
            store =
                task.map_err(|e| SearchError::Unavailable(e.to_string()))?.map_err(|e| unavailable(&e))?;
        }
        self.write(move |live| {
            store.finish_rebuild(position)?;
            let count = store.searcher()?.num_docs();
            live.replace_with(store)?;
            Ok(count)
        })
        .await
    }

    async fn doc_count(&self) -> Result<u64, SearchError> {
        Ok(self.live().searcher.num_docs())
    }

    async fn fingerprints(&self) -> Result<Vec<(Uuid, u64)>, SearchError> {
        let snapshot = self.live();
        let mut out = Vec::new();
        for (reader, facts) in snapshot.searcher.segment_readers().iter().zip(&snapshot.segments) {
            out.extend(
                reader.doc_ids_alive().filter_map(|doc| facts.facts(doc)).map(|f| (f.id, f.fingerprint)),
            );
        }
        out.sort_unstable();
        Ok(out)
    }

    async fn health(&self) -> Result<SearchHealth, SearchError> {
        let live = self.live();
        Ok(SearchHealth {
            engine: "tantivy",
            docs: live.searcher.num_docs(),
            position: live.position,
            needs_rebuild: live.needs_rebuild,
        })
    }
}
