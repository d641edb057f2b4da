//! The embedded search engine: `CatalogSearch` on tantivy.
//!
//! tantivy keeps the term lists, the term dictionaries and crash-safe commits; scoring, facets and paging are ours
//! (`rank`), over columns held in memory (`segment`). One writer; the feed position travels in the commit's payload.

mod answers;
mod cursor;
mod dense;
mod evaluate;
mod gate;
mod lexicon;
mod living;
mod mapped;
mod placed;
mod rank;
mod reading;
mod rows;
mod schema;
mod score;
mod segment;
mod store;
mod suggest;
mod sums;
mod tally;
#[cfg(test)]
mod tests;

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError, RwLock, TryLockError},
    time::Instant,
};

use async_trait::async_trait;
use market::{
    ports::search::{CatalogSearch, DocSource, SearchError},
    search::{
        SearchBatch, SearchHealth, SearchPage, SearchQuery, SuggestQuery, Suggestion, Weights,
        ways::side_by_side,
    },
};
use tantivy::{Searcher, SegmentReader, index::SegmentId};
use uuid::Uuid;

use self::{
    dense::Tables,
    evaluate::Evaluator,
    living::{Kept, Living},
    reading::Reading,
    schema::Fields,
    segment::{Codes, SegmentFacts},
    store::Store,
};
pub use store::tell_instances;

/// One state of the index, kept by everybody who still reads it.
#[derive(Clone)]
pub struct Snapshot {
    searcher: Searcher,
    segments: Vec<Arc<SegmentFacts>>,
    codes: Arc<Codes>,
    tables: Arc<Tables>,
    fields: Fields,
    living: Arc<Kept>,
    position: i64,
    needs_rebuild: bool,
    /// Grows with every change that became visible.
    state: u64,
}

impl Snapshot {
    /// What may be seen at a moment.
    fn living(&self, at: i64) -> Arc<Living> {
        self.living.at(self.searcher.segment_readers(), &self.segments, at)
    }

    fn evaluator<'a>(&'a self, living: &'a Living, deadline: Option<Instant>) -> Evaluator<'a> {
        Evaluator {
            searcher: &self.searcher,
            living,
            fields: &self.fields,
            tables: &self.tables,
            deadline,
            names_only: false,
            enough: None,
        }
    }

    /// Documents of a segment that are not deleted, whether or not their time has ended.
    fn written(&self, segment: usize) -> impl Iterator<Item = tantivy::DocId> + '_ {
        let reader = self.searcher.segment_readers().get(segment);
        let alive = reader.and_then(SegmentReader::alive_bitset);
        let docs = 0..reader.map_or(0, SegmentReader::max_doc);
        docs.filter(move |doc| alive.is_none_or(|alive| alive.is_alive(*doc)))
    }

    /// Whether nothing can be found because nothing was ever written.
    fn is_unfilled(&self) -> bool {
        self.needs_rebuild && self.searcher.num_docs() == 0
    }
}

/// The engine.
pub struct TantivyCatalog {
    folder: PathBuf,
    writer: Arc<Mutex<Store>>,
    reading: Reading,
    mapped: mapped::Watch,
    /// Keeps other processes out of the folder.
    _lock: Option<std::fs::File>,
}

impl TantivyCatalog {
    /// Opens the first index below a name that no other process answers from.
    pub fn open_own(base: &Path, weights: Weights) -> Result<Self, SearchError> {
        let found = store::instance_folder(base);
        let (folder, lock) = found.map_err(|e| SearchError::Unavailable(e.to_string()))?;
        Ok(Self { _lock: Some(lock), ..Self::open(&folder, weights)? })
    }

    /// Opens the index of a folder, or begins a new one when there is none or it cannot be read.
    pub fn open(folder: &Path, weights: Weights) -> Result<Self, SearchError> {
        let store = Store::open(folder).map_err(|e| unavailable(&e))?;
        let snapshot = snapshot(&store, None).map_err(|e| unavailable(&e))?;
        Ok(Self {
            folder: folder.to_owned(),
            writer: Arc::new(Mutex::new(store)),
            reading: Reading::new(snapshot, weights),
            mapped: mapped::Watch::over(folder),
            _lock: None,
        })
    }

    /// Answers anew on this thread, whatever was answered before.
    pub fn search_now(&self, query: &SearchQuery) -> Result<SearchPage, SearchError> {
        self.reading.search(query)
    }

    /// Answers as `search` does, whatever was answered before.
    pub async fn search_anew(&self, query: SearchQuery) -> Result<SearchPage, SearchError> {
        self.reading.work(move |reading| reading.search(&query)).await
    }

    /// Suggests on this thread.
    pub fn suggest_now(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        self.reading.suggest(query)
    }

    /// Runs a write on a thread that may block, then shows its effect. When another process replaced the index, or
    /// somebody deleted it, what is there now is opened instead, and the write is refused unless it may follow.
    async fn write<T: Send + 'static>(
        &self,
        may_follow: bool,
        work: impl FnOnce(&mut Store) -> tantivy::Result<T> + Send + 'static,
    ) -> Result<T, SearchError> {
        let (writer, live) = (self.writer.clone(), self.reading.live.clone());
        let task = tokio::task::spawn_blocking(move || {
            let mut store = writer.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut store, &live, may_follow, work)
        });
        task.await.map_err(|e| SearchError::Unavailable(e.to_string()))?.map_err(|e| unavailable(&e))
    }

    /// Maps the index anew unless somebody writes.
    async fn map_anew(&self) -> Result<(), SearchError> {
        let (writer, live) = (self.writer.clone(), self.reading.live.clone());
        let task = tokio::task::spawn_blocking(move || {
            let mut store = match writer.try_lock() {
                Ok(store) => store,
                Err(TryLockError::Poisoned(store)) => store.into_inner(),
                Err(TryLockError::WouldBlock) => return Ok(()),
            };
            change(&mut store, &live, true, Store::map_anew)
        });
        task.await.map_err(|e| SearchError::Unavailable(e.to_string()))?.map_err(|e| unavailable(&e))
    }
}

/// Follows the pointer, does the work, and shows its effect.
fn change<T>(
    store: &mut Store,
    live: &RwLock<Arc<Snapshot>>,
    may_follow: bool,
    work: impl FnOnce(&mut Store) -> tantivy::Result<T>,
) -> tantivy::Result<T> {
    let moved = store.follow()?;
    let done = if moved && !may_follow {
        Err(tantivy::TantivyError::SystemError("the index was replaced".to_owned()))
    } else {
        work(store)
    };
    let before = live.read().unwrap_or_else(PoisonError::into_inner).clone();
    let next = snapshot(store, Some(&before))?;
    *live.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
    done
}

/// The newest commit of a store; columns of segments that stayed are kept. An index that was deleted is still
/// answered from until it is built anew.
fn snapshot(store: &Store, before: Option<&Snapshot>) -> tantivy::Result<Snapshot> {
    if let Some(before) = before.filter(|before| store.needs_rebuild() && before.searcher.num_docs() > 0) {
        return Ok(Snapshot { needs_rebuild: true, position: store.position(), ..before.clone() });
    }
    let searcher = store.searcher()?;
    let known: HashMap<SegmentId, Arc<SegmentFacts>> = before.map_or_else(HashMap::new, |before| {
        let ids = before.searcher.segment_readers().iter().map(SegmentReader::segment_id);
        ids.zip(before.segments.iter().cloned()).collect()
    });
    let codes = before.map_or_else(Arc::default, |before| before.codes.clone());
    let read = |reader: &SegmentReader| match known.get(&reader.segment_id()) {
        Some(facts) => Ok(facts.clone()),
        None => SegmentFacts::read(reader, &codes).map(Arc::new),
    };
    let segments = searcher.segment_readers().iter().map(read).collect::<tantivy::Result<Vec<_>>>()?;
    // as long as the documents are the same, so are the answers
    let same = before.filter(|before| stand(&before.searcher) == stand(&searcher));
    let living = match (same, before) {
        (Some(same), _) => same.living.clone(),
        (None, Some(before)) => Arc::new(before.living.next()),
        (None, None) => Arc::default(),
    };
    Ok(Snapshot {
        living,
        state: same.or(before).map_or(1, |known| known.state + u64::from(same.is_none())),
        searcher,
        segments,
        codes,
        tables: before.map_or_else(Arc::default, |before| before.tables.clone()),
        fields: store.fields().clone(),
        position: store.position(),
        needs_rebuild: store.needs_rebuild(),
    })
}

/// What documents there are: segments, and up to which deletion.
fn stand(searcher: &Searcher) -> Vec<(SegmentId, Option<u64>)> {
    searcher.segment_readers().iter().map(|reader| (reader.segment_id(), reader.delete_opstamp())).collect()
}

fn unavailable(error: &tantivy::TantivyError) -> SearchError {
    SearchError::Unavailable(error.to_string())
}

#[async_trait]
impl CatalogSearch for TantivyCatalog {
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage, SearchError> {
        if let Some(page) = self.reading.known(query) {
            return Ok(page);
        }
        self.search_anew(query.clone()).await
    }

    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        let query = query.clone();
        self.reading.work(move |reading| reading.suggest(&query)).await
    }

    async fn side_by_side(&self, name: &str, next: &str, at: i64) -> Result<bool, SearchError> {
        let wanted = side_by_side(name, next);
        self.reading.work(move |reading| reading.side_by_side(&wanted, at)).await
    }

    async fn apply(&self, batch: SearchBatch, position: i64) -> Result<(), SearchError> {
        self.write(false, move |store| store.apply(&batch, position)).await?;
        // a long way to the end of the log touches the whole index
        if self.mapped.is_due() { self.map_anew().await } else { Ok(()) }
    }

    async fn position(&self) -> Result<i64, SearchError> {
        Ok(self.reading.live().position)
    }

    async fn rebuild(&self, source: &mut dyn DocSource, position: i64) -> Result<u64, SearchError> {
        let folder = self.folder.clone();
        let built = tokio::task::spawn_blocking(move || Store::begin_rebuild(&folder)).await;
        let mut store =
            built.map_err(|e| SearchError::Unavailable(e.to_string()))?.map_err(|e| unavailable(&e))?;
        let mut docs = source.next_docs().await?;
        while !docs.is_empty() {
            // the next documents are read while these are written
            let task = tokio::task::spawn_blocking(move || store.add(&docs).map(|()| store));
            let (written, next) = tokio::join!(task, source.next_docs());
            let written = written.map_err(|e| SearchError::Unavailable(e.to_string()))?;
            (store, docs) = (written.map_err(|e| unavailable(&e))?, next?);
        }
        let finish = move || store.finish_rebuild(position).map(|()| store);
        let finished = tokio::task::spawn_blocking(finish).await;
        let store =
            finished.map_err(|e| SearchError::Unavailable(e.to_string()))?.map_err(|e| unavailable(&e))?;
        self.write(true, move |live| {
            let count = store.searcher()?.num_docs();
            live.replace_with(store)?;
            Ok(count)
        })
        .await
    }

    async fn doc_count(&self) -> Result<u64, SearchError> {
        Ok(self.reading.live().searcher.num_docs())
    }

    async fn fingerprints(&self) -> Result<Vec<(Uuid, u64)>, SearchError> {
        let snapshot = self.reading.live();
        let mut out = Vec::new();
        let segments = snapshot.searcher.segment_readers().iter().zip(&snapshot.segments);
        for (number, (reader, facts)) in segments.enumerate() {
            let column = reader.fast_fields().u64("fingerprint").map_err(|e| unavailable(&e))?;
            let print = |doc| (facts.id(doc), column.first(doc).unwrap_or_default());
            out.extend(snapshot.written(number).map(print));
        }
        out.sort_unstable();
        Ok(out)
    }

    async fn health(&self) -> Result<SearchHealth, SearchError> {
        if store::pointer_moved(&self.writer) {
            self.write(true, |_| Ok(())).await?;
        } else if self.mapped.is_due() {
            self.map_anew().await?;
        }
        let live = self.reading.live();
        Ok(SearchHealth {
            engine: "tantivy",
            docs: live.searcher.num_docs(),
            position: live.position,
            needs_rebuild: live.needs_rebuild,
        })
    }
}
