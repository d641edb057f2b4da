//! Answering: from a question to a page of results, over whatever state of the index is live.

use std::{
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant},
};

use market::{
    ports::search::SearchError,
    search::{
        Hit, Interpretation, SearchPage, SearchQuery, SuggestQuery, Suggestion, Total, Weights, plan::Plan,
        understand::understand, vocabulary::Vocabulary, ways::SideBySide,
    },
};

use super::{
    Snapshot,
    answers::{Answers, Span},
    cursor::{self, Place},
    rank::{self, EVIDENCE, Ranked, Ranking, Wanted},
    suggest, unavailable,
};

/// A search that has not ended by then is given up; the caller asks the database instead.
const PATIENCE: Duration = Duration::from_millis(700);
/// Smaller indexes answer on the thread that asks: handing the question over would cost more than the answer.
const SMALL: u64 = 20_000;

/// What answering needs; clones share everything.
#[derive(Clone)]
pub(super) struct Reading {
    pub(super) live: Arc<RwLock<Arc<Snapshot>>>,
    pub(super) weights: Weights,
    answers: Arc<Answers>,
    seats: Arc<tokio::sync::Semaphore>,
}

impl Reading {
    pub(super) fn new(snapshot: Snapshot, weights: Weights) -> Self {
        let seats = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
        Self {
            live: Arc::new(RwLock::new(Arc::new(snapshot))),
            weights,
            answers: Arc::default(),
            seats: Arc::new(tokio::sync::Semaphore::new(seats)),
        }
    }

    pub(super) fn live(&self) -> Arc<Snapshot> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Does the work here, or on one of a few threads that may block when the index is large. Who finds no seat in
    /// time is told that the engine is away.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, SearchError> + Send + 'static,
    ) -> Result<T, SearchError> {
        if self.live().searcher.num_docs() <= SMALL {
            return work(self);
        }
        let busy = || SearchError::Unavailable("all seats are taken".to_owned());
        let seat = tokio::time::timeout(PATIENCE, self.seats.clone().acquire_owned());
        let seat = seat.await.map_err(|_| busy())?.map_err(|_| busy())?;
        let reading = self.clone();
        let task = tokio::task::spawn_blocking(move || {
            let done = work(&reading);
            drop(seat);
            done
        });
        task.await.map_err(|e| SearchError::Unavailable(e.to_string()))?
    }

    /// The answer given before to the same question, if nothing changed.
    pub(super) fn known(&self, query: &SearchQuery) -> Option<SearchPage> {
        self.answers.find((self.live().state, query.at), &query.synonyms, &whole(query))
    }

    /// Answers on this thread and keeps the answer.
    pub(super) fn search(&self, query: &SearchQuery) -> Result<SearchPage, SearchError> {
        let question = question(query);
        let after = match &query.cursor {
            Some(text) => Some(Place::read(text, question).ok_or(SearchError::BadCursor)?),
            None => None,
        };
        let (after, begun_with) = after.unzip();
        let snapshot = self.live();
        if snapshot.is_unfilled() {
            return Err(SearchError::Unavailable("the index is being built".to_owned()));
        }
        let living = snapshot.living(query.at);
        let evaluator = snapshot.evaluator(&living, Some(Instant::now() + PATIENCE));
        let vocabularies = [&*query.synonyms, Vocabulary::shipped()];
        let plan = understand(&query.text, query.literal, &evaluator, &vocabularies);
        // a text without any word in it asks for something that cannot be found, an empty one for everything
        let mute = plan.is_empty() && !query.text.trim().is_empty();
        let frame = Frame::of(query, after);
        let newest = begun_with.unwrap_or(living.newest);
        let wanted = Wanted {
            filters: &query.filters,
            sort: query.sort,
            facets: &query.facets,
            hits: frame.hits,
            after,
            newest,
        };
        let ranking = if mute {
            Ranking::default()
        } else {
            rank::rank(&snapshot, &plan, &evaluator, &wanted, &self.weights).map_err(|e| unavailable(&e))?
        };
        let page = self.page(&snapshot, newest, (query, plan, ranking), &frame);
        let span = Span { state: snapshot.state, from: living.from, until: living.until };
        self.answers.keep(span, &query.synonyms, whole(query), &page);
        Ok(page)
    }

    /// Whether titles of more than one vendor, or a category, that may be seen at a moment have two words side by side; an
    /// error when nobody can tell.
    pub(super) fn side_by_side(&self, wanted: &SideBySide, at: i64) -> Result<bool, SearchError> {
        let snapshot = self.live();
        if snapshot.is_unfilled() {
            return Err(SearchError::Unavailable("the index is being built".to_owned()));
        }
        let living = snapshot.living(at);
        let evaluator = snapshot.evaluator(&living, Some(Instant::now() + PATIENCE));
        let in_category = evaluator.is_anywhere(&wanted.categories).map_err(|e| unavailable(&e))?;
        if in_category {
            return Ok(true);
        }
        evaluator.is_of_vendors(&snapshot.segments, &wanted.titles).map_err(|e| unavailable(&e))
    }

    /// Suggests on this thread.
    pub(super) fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        let snapshot = self.live();
        let living = snapshot.living(query.at);
        let evaluator = snapshot.evaluator(&living, Some(Instant::now() + PATIENCE));
        suggest::suggest(&snapshot, query, &self.weights, &evaluator).map_err(|e| unavailable(&e))
    }

    fn page(
        &self,
        snapshot: &Snapshot,
        newest: i64,
        (query, plan, ranking): (&SearchQuery, Plan, Ranking),
        frame: &Frame,
    ) -> SearchPage {
        let mut rest = ranking.hits.iter().skip(frame.skip);
        let shown: Vec<&Ranked> = rest.by_ref().take(frame.size).collect();
        let next = match (shown.last(), rest.next()) {
            (Some(last), Some(_)) => Some(last.place.write(question(query), newest)),
            _ => None,
        };
        let changed = !query.literal && !plan.readings.is_empty();
        SearchPage {
            hits: shown
                .into_iter()
                .map(|r| hit(r, query.explain.then(|| r.explain(snapshot, newest, &self.weights))))
                .collect(),
            total: Total::of(u32::try_from(ranking.total).unwrap_or(u32::MAX)),
            facets: if ranking.facets.is_empty() { no_counts(query) } else { ranking.facets }.into(),
            interpretation: Interpretation {
                literal_alternative: changed.then(|| query.text.trim().to_owned()),
                relaxed: ranking.relaxed,
                readings: plan.readings,
            },
            next,
        }
    }
}

fn no_counts(query: &SearchQuery) -> Vec<market::search::FacetCounts> {
    let none =
        |facet: &market::search::FacetKind| market::search::FacetCounts { facet: *facet, values: vec![] };
    query.facets.iter().map(none).collect()
}

/// Which part of the order a page shows.
struct Frame {
    skip: usize,
    size: usize,
    /// Hits needed: those skipped, those shown, and one more to know whether there is a next page.
    hits: usize,
}

impl Frame {
    fn of(query: &SearchQuery, after: Option<Place>) -> Self {
        let size = query.size.clamp(1, 100);
        let skip = match after {
            Some(_) => 0,
            None => (query.page.max(1) - 1).saturating_mul(size),
        };
        let beyond = skip >= SearchQuery::DEEPEST;
        let (skip, size) = (skip as usize, size as usize);
        Self { skip, size, hits: if beyond { 0 } else { skip + size + 1 } }
    }
}

/// Everything that decides the order, as one number: a cursor is good for one question only.
fn question(query: &SearchQuery) -> u64 {
    let text = format!("{}\u{1}{}\u{1}{:?}\u{1}{:?}", query.text, query.literal, query.filters, query.sort);
    cursor::hash(text.as_bytes())
}

/// Everything that decides a page but the synonyms and the moment.
fn whole(query: &SearchQuery) -> String {
    let SearchQuery {
        text,
        literal,
        filters,
        sort,
        page,
        cursor,
        size,
        lang,
        facets,
        explain,
        at: _,
        synonyms: _,
    } = query;
    format!("{:?}", (text, literal, filters, sort, page, cursor, size, lang, facets, explain))
}

#[expect(clippy::cast_possible_truncation, reason = "scores are small")]
fn hit(ranked: &Ranked, explain: Option<String>) -> Hit {
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
        explain,
    }
}
