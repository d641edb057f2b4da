//! Meilisearch as the search engine: `CatalogSearch` over HTTP.
//!
//! The engine keeps the documents and answers conditions; what a question means (`market::search`) and how hits are
//! ranked (`market::search::scoring`) are ours, the same as for the embedded engine. The SDK brings routes and types,
//! our own client brings limits, retries and errors by code; see docs/SEARCH.md.

mod ask;
mod breaker;
mod client;
mod cursor;
mod filter;
mod lookups;
mod notebook;
mod record;
mod search;
mod settings;
#[cfg(test)]
pub(super) mod tests;
mod transport;
mod write;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use market::Lang;
use market::ports::search::{CatalogSearch, DocSource, SearchError};
use market::search::candidate::Candidate;
use market::search::scoring::{Place, Ranked};
use market::search::ways::side_by_side;
use market::search::{
    Hit, Interpretation, SearchBatch, SearchHealth, SearchPage, SearchQuery, SuggestQuery, Suggestion,
    SuggestionKind, Total, Weights,
};
use meilisearch_sdk::client::Client;
use meilisearch_sdk::key::Key;
use secrecy::SecretString;
use tokio::sync::Mutex;
use uuid::Uuid;

use self::breaker::Breaker;
use self::client::{OurClient, Trouble};
use self::notebook::Memory;
use self::search::Answer;
use self::transport::Transport;
use self::write::away;

/// How long one request of a search may take.
const SEARCH_LIMIT: Duration = Duration::from_millis(600);
/// How long a whole search may take: below the patience of who asks, so that failures are counted here.
const ANSWER_LIMIT: Duration = Duration::from_millis(720);
/// How long any other request may take; uploads of eight megabytes are among them.
const WRITE_LIMIT: Duration = Duration::from_mins(1);

/// Where the engine is and how it may be used.
#[derive(Debug, Clone)]
pub struct MeiliSettings {
    /// `http(s)://host[:port]`.
    pub url: String,
    /// A key that may write; with the right to make keys, searches get one of their own.
    pub key: Option<SecretString>,
    /// Name of the index.
    pub index: String,
}

impl MeiliSettings {
    /// Checks address, key and name without asking anybody.
    ///
    /// # Errors
    /// What is wrong, without the key.
    pub fn check(&self) -> Result<(), String> {
        let name = &self.index;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        if name.is_empty() || name.len() > 100 || !name.bytes().all(plain) {
            return Err(format!("MEILI_INDEX {name:?}: letters, digits, - and _, at most 100"));
        }
        let transport = Transport::to(&self.url).map_err(|error| format!("MEILI_URL {error}"))?;
        OurClient::new(Arc::new(transport), self.key.as_ref(), SEARCH_LIMIT)
            .map(|_| ())
            .map_err(|error| format!("MEILI_KEY: {error}"))
    }
}

/// The engine.
pub struct MeiliCatalog {
    index: String,
    weights: Weights,
    transport: Arc<Transport>,
    http: OurClient,
    admin: Client<OurClient>,
    key: Option<SecretString>,
    searcher: Mutex<Option<Client<OurClient>>>,
    settled: Mutex<bool>,
    breaker: Breaker,
    memory: Memory,
    candidates: std::sync::Mutex<HashMap<String, Arc<Candidate>>>,
    pool: usize,
    part: usize,
}

impl std::fmt::Debug for MeiliCatalog {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("MeiliCatalog").field("server", &self.transport.authority()).finish_non_exhaustive()
    }
}

impl MeiliCatalog {
    /// Makes the adapter; nobody is asked yet, so a site starts while its engine is away.
    ///
    /// # Errors
    /// When the address or the key is malformed.
    pub fn new(settings: &MeiliSettings, weights: Weights) -> Result<Self, String> {
        settings.check()?;
        let transport = Arc::new(Transport::to(&settings.url)?);
        let http = OurClient::new(transport.clone(), settings.key.as_ref(), WRITE_LIMIT)?;
        Ok(Self {
            index: settings.index.clone(),
            weights,
            admin: Client::new_with_client("", None::<String>, http.clone()),
            transport,
            http,
            key: settings.key.clone(),
            searcher: Mutex::default(),
            settled: Mutex::default(),
            breaker: Breaker::default(),
            memory: Memory::default(),
            candidates: std::sync::Mutex::default(),
            pool: search::POOL,
            part: search::PART,
        })
    }

    /// The client of searches, with a key that may do nothing else where the server lets us make one.
    async fn searcher(&self) -> Result<Client<OurClient>, Trouble> {
        let mut made = self.searcher.lock().await;
        if let Some(client) = &*made {
            return Ok(client.clone());
        }
        let key = match self.search_key().await {
            Ok(key) => Some(SecretString::from(key.key)),
            // a key without the right to make keys, or a server without keys: searched with what is given
            Err(Trouble::Refused { status: 401 | 403, .. }) => self.key.clone(),
            Err(trouble) => return Err(trouble),
        };
        let http = OurClient::new(self.transport.clone(), key.as_ref(), SEARCH_LIMIT)
            .map_err(Trouble::Unreadable)?;
        let client = Client::new_with_client("", None::<String>, http);
        *made = Some(client.clone());
        Ok(client)
    }

    async fn search_key(&self) -> Result<Key, Trouble> {
        let uid = settings::search_key_uid(&self.index);
        match self.admin.get_key(&uid).await.map_err(Trouble::from) {
            Ok(key) if settings::fits(&key, &self.index) => return Ok(key),
            Ok(_) => {
                let _: serde_json::Value =
                    self.http.ask(http::Method::DELETE, &format!("/keys/{uid}"), None).await?;
            }
            Err(trouble) if trouble.code() == "api_key_not_found" => {}
            Err(trouble) => return Err(trouble),
        }
        match self.admin.create_key(settings::search_key(&self.index)).await.map_err(Trouble::from) {
            // another process was quicker
            Err(trouble) if trouble.code() == "api_key_already_exists" => {
                Ok(self.admin.get_key(&uid).await.map_err(Trouble::from)?)
            }
            other => other,
        }
    }

    /// Runs a question under the breaker and the limit.
    async fn guarded<T>(&self, work: impl Future<Output = Result<T, Trouble>>) -> Result<T, SearchError> {
        if !self.breaker.lets_through() {
            return Err(SearchError::Unavailable("left alone for a while after repeated failures".into()));
        }
        let begun = Instant::now();
        let outcome = match tokio::time::timeout(ANSWER_LIMIT, work).await {
            Ok(outcome) => outcome,
            Err(_) => Err(transport::Lost::Late(ANSWER_LIMIT).into()),
        };
        metrics::histogram!("search_engine_duration_seconds").record(begun.elapsed().as_secs_f64());
        match outcome {
            Ok(value) => {
                self.breaker.succeeded();
                Ok(value)
            }
            Err(trouble) => {
                metrics::counter!("search_engine_failures_total", "reason" => reason(&trouble)).increment(1);
                if matches!(&trouble, Trouble::Refused { status: 401 | 403, .. }) {
                    // the key may have been deleted: the next question makes one again
                    *self.searcher.lock().await = None;
                }
                let pause = match &trouble {
                    Trouble::Refused { retry_after, .. } => retry_after.map(Duration::from_secs),
                    _ => None,
                };
                self.breaker.failed(pause);
                Err(away(trouble))
            }
        }
    }

    fn page(query: &SearchQuery, answer: Answer) -> SearchPage {
        let size = query.size.clamp(1, 100) as usize;
        let question = cursor::question(query);
        let hits: Vec<&Ranked> = answer.ranking.hits().collect();
        let after = place_of(query);
        let (shown, more): (Vec<&Ranked>, bool) = if let Some(more) = answer.more {
            (hits.iter().take(size).copied().collect(), more)
        } else {
            let skip = after.map_or((query.page.max(1) as usize - 1).saturating_mul(size), |_| 0);
            let behind = |r: &&&Ranked| after.is_none_or(|place| place.order(&r.place).is_lt());
            let mut rest = hits.iter().filter(behind).skip(skip).copied();
            let shown: Vec<&Ranked> = rest.by_ref().take(size).collect();
            (shown, rest.next().is_some())
        };
        let deep = after.is_none()
            && (query.page.max(1) - 1).saturating_mul(query.size.clamp(1, 100)) >= SearchQuery::DEEPEST;
        let shown = if deep { Vec::new() } else { shown };
        let next = shown.last().filter(|_| more).map(|last| cursor::write(&last.place, question));
        let changed = !query.literal && !answer.plan.readings.is_empty();
        let count = u32::try_from(hits.len()).unwrap_or(u32::MAX);
        let (total, facets) = match answer.counted {
            Some((total, facets)) => (u32::try_from(total).unwrap_or(u32::MAX), facets),
            None => (count, query.facets.iter().map(|kind| answer.ranking.count(*kind)).collect()),
        };
        SearchPage {
            hits: shown.into_iter().map(|ranked| hit(ranked, query.explain)).collect(),
            total: Total::of(total),
            facets: facets.into(),
            interpretation: Interpretation {
                literal_alternative: changed.then(|| query.text.trim().to_owned()),
                relaxed: answer.ranking.relaxed,
                readings: answer.plan.readings,
            },
            next,
        }
    }

    /// Brings the settings of the live index up to date, once in the life of the process.
    async fn settle_once(&self) -> Result<(), Trouble> {
        let mut settled = self.settled.lock().await;
        if !*settled {
            self.settle(&self.index).await?;
            *settled = true;
        }
        Ok(())
    }
}

fn reason(trouble: &Trouble) -> &'static str {
    match trouble {
        Trouble::Lost(transport::Lost::Refused(_)) => "refused",
        Trouble::Lost(transport::Lost::Broken(_)) => "broken",
        Trouble::Lost(transport::Lost::Late(_)) => "late",
        Trouble::Refused { status: 503, .. } => "overload",
        Trouble::Refused { .. } | Trouble::Task { .. } => "error",
        Trouble::Unreadable(_) => "unreadable",
    }
}

#[expect(clippy::cast_possible_truncation, reason = "scores are small")]
fn hit(ranked: &Ranked, explain: bool) -> Hit {
    Hit {
        id: ranked.place.id,
        score: ranked.place.value as f32,
        full: ranked.full,
        why: ranked.why.clone(),
        explain: explain.then(|| ranked.explain()),
    }
}

#[async_trait]
impl CatalogSearch for MeiliCatalog {
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage, SearchError> {
        if query.cursor.is_some() && place_of(query).is_none() {
            return Err(SearchError::BadCursor);
        }
        let answer = self.guarded(Box::pin(self.answer(query))).await?;
        Ok(Self::page(query, answer))
    }

    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        let size = query.size.clamp(1, 20) as usize;
        if query.text.trim().is_empty() {
            return Ok(Vec::new());
        }
        let asked = SearchQuery {
            text: query.text.clone(),
            synonyms: query.synonyms.clone(),
            size: 60,
            at: query.at,
            ..SearchQuery::default()
        };
        let answer = self.guarded(Box::pin(self.answer(&asked))).await?;
        let mut out: Vec<Suggestion> = Vec::new();
        for ranked in answer.ranking.hits().take(size * 3) {
            let doc = &ranked.candidate.doc;
            let english = query.lang == Lang::En && !doc.title_en.is_empty();
            let title = if english { &doc.title_en } else { &doc.title_ko }.replace(['\t', '\n'], " ");
            if out.len() < size && !out.iter().any(|line| line.text == title) {
                out.push(Suggestion { kind: SuggestionKind::Listing, text: title, key: doc.id.to_string() });
            }
        }
        Ok(out)
    }

    async fn side_by_side(&self, name: &str, next: &str, at: i64) -> Result<bool, SearchError> {
        let wanted = side_by_side(name, next);
        let (categories, titles) = (filter::of_match(&wanted.categories), filter::of_match(&wanted.titles));
        self.guarded(Box::pin(self.is_common(at, &categories, &titles))).await
    }

    async fn apply(&self, batch: SearchBatch, position: i64) -> Result<(), SearchError> {
        self.settle_once().await.map_err(away)?;
        let written = self.write(batch, position).await;
        self.memory.clear();
        written.map_err(away)
    }

    async fn position(&self) -> Result<i64, SearchError> {
        Ok(self.mark().await.map_err(away)?.map_or(0, |mark| mark.position))
    }

    async fn rebuild(&self, source: &mut dyn DocSource, position: i64) -> Result<u64, SearchError> {
        let built = self.build(source, position).await;
        self.memory.clear();
        *self.settled.lock().await = built.is_ok();
        built
    }

    async fn doc_count(&self) -> Result<u64, SearchError> {
        Ok(self.health().await?.docs)
    }

    async fn fingerprints(&self) -> Result<Vec<(Uuid, u64)>, SearchError> {
        self.prints().await.map_err(away)
    }

    async fn health(&self) -> Result<SearchHealth, SearchError> {
        let mark = self.mark().await.map_err(away)?;
        let docs = match mark {
            Some(_) => {
                self.admin
                    .index(&self.index)
                    .get_stats()
                    .await
                    .map_err(|error| away(error.into()))?
                    .number_of_documents as u64
            }
            None => 0,
        };
        Ok(SearchHealth {
            engine: "meilisearch",
            // one record is the feed's
            docs: docs.saturating_sub(1),
            position: mark.map_or(0, |mark| mark.position),
            needs_rebuild: mark.is_none(),
        })
    }
}

/// Where the page behind the question's cursor begins; none when the cursor was not made for this question.
fn place_of(query: &SearchQuery) -> Option<Place> {
    query.cursor.as_deref().and_then(|text| cursor::read(text, cursor::question(query)))
}
