//! The two halves of a measuring run.

use std::{
    fs, io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicI64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use async_trait::async_trait;
use market::Lang;
use market::ports::search::{CatalogSearch, DocSource, SearchError};
use market::search::{
    FacetKind, Filters, SearchBatch, SearchDoc, SearchPage, SearchQuery, Sort, SuggestQuery, Weights,
};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::{
    listings::{BEGUN, listing},
    queries::{beginnings, questions},
};
use crate::adapters::tantivy::TantivyCatalog;

/// Figures in the order of the table.
pub const NAMES: [&str; 23] = [
    "search_p50_ms",
    "search_p99_ms",
    "search_most_ms",
    "search_8_clients_p50_ms",
    "search_8_clients_p99_ms",
    "search_8_clients_per_s",
    "filtered_p50_ms",
    "filtered_p99_ms",
    "all_listings_ms",
    "category_ms",
    "autocomplete_p50_ms",
    "autocomplete_p99_ms",
    "autocomplete_most_ms",
    "answered_before_ms",
    "visible_after_commit_ms",
    "start_ms",
    "rss_mb",
    "rss_anonymous_mb",
    "build_s",
    "build_rss_most_mb",
    "index_mb",
    "questions_with_hits",
    "ended_meanwhile",
];
/// Documents handed over at once.
const PIECE: u64 = 500;

/// The clock of the questions: each comes a little later than the one before, as on the site, and some listings end in
/// between. It does not follow the machine, so that every run and every size asks at the same moments.
struct Clock(AtomicI64);

impl Clock {
    /// Between two questions, in microseconds.
    const STEP: i64 = 50_000;

    const fn begin() -> Self {
        Self(AtomicI64::new(BEGUN))
    }

    fn now(&self) -> i64 {
        self.0.fetch_add(Self::STEP, Ordering::Relaxed)
    }

    /// As a results page asks: twenty hits, all facets.
    fn query(&self, text: &str) -> SearchQuery {
        let facets = FacetKind::ALL.to_vec();
        SearchQuery { text: text.to_owned(), facets, at: self.now(), ..SearchQuery::default() }
    }

    fn filtered(&self, text: &str) -> SearchQuery {
        let mut query = self.query(text);
        query.filters.region = vec!["41".to_owned()];
        query.filters.moq.max = Some(100);
        query.sort = Sort::Newest;
        query
    }
}

struct Invented {
    next: u64,
    last: u64,
}

#[async_trait]
impl DocSource for Invented {
    async fn next_docs(&mut self) -> Result<Vec<SearchDoc>, SearchError> {
        let end = (self.next + PIECE).min(self.last + 1);
        let docs = (self.next..end).map(listing).collect();
        self.next = end;
        Ok(docs)
    }
}

fn open(folder: &Path) -> io::Result<TantivyCatalog> {
    TantivyCatalog::open(folder, Weights::default()).map_err(io::Error::other)
}

/// Builds an index of so many listings.
pub async fn build(folder: &Path, size: u64) -> io::Result<Map<String, Value>> {
    let engine = open(folder)?;
    let start = Instant::now();
    engine.rebuild(&mut Invented { next: 1, last: size }, 1).await.map_err(io::Error::other)?;
    let seconds = start.elapsed().as_secs_f64();
    drop(engine);
    let mut figures = Map::new();
    figures.insert("build_s".into(), json!((seconds * 10.0).round() / 10.0));
    figures.insert("build_rss_most_mb".into(), json!(status("VmHWM")));
    figures.insert("index_mb".into(), json!(bytes(folder)? / 1_000_000));
    Ok(figures)
}

/// Asks everything of a built index.
pub async fn ask(folder: &Path) -> io::Result<Map<String, Value>> {
    let mut figures = Map::new();
    let mut note = |name: &str, value: Value| figures.insert(name.to_owned(), value);
    let questions = questions();
    let start = Instant::now();
    let (engine, clock) = (Arc::new(open(folder)?), Arc::new(Clock::begin()));
    engine.search_anew(clock.query("엘보")).await.map_err(io::Error::other)?;
    note("start_ms", ms(start.elapsed()));
    let looking = looked_after(&engine);
    let everything = clock.query("");
    let before = listings(&engine.search_anew(everything.clone()).await.map_err(io::Error::other)?);

    let (mut times, mut found) = (Vec::new(), 0);
    for question in &questions {
        let start = Instant::now();
        let page = engine.search_anew(clock.query(question)).await.map_err(io::Error::other)?;
        times.push((start.elapsed(), question.as_str()));
        found += usize::from(!page.hits.is_empty());
    }
    slowest("search", &times);
    let mut times: Vec<Duration> = times.into_iter().map(|(time, _)| time).collect();
    note("search_p50_ms", percentile(&mut times, 50));
    note("search_p99_ms", percentile(&mut times, 99));
    note("search_most_ms", percentile(&mut times, 100));
    note("questions_with_hits", json!(found));

    let (mut times, spent) = together(&engine, &clock, &questions).await?;
    note("search_8_clients_p50_ms", percentile(&mut times, 50));
    note("search_8_clients_p99_ms", percentile(&mut times, 99));
    #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
    note("search_8_clients_per_s", json!((times.len() as f64 / spent.as_secs_f64()).round()));

    let mut times = Vec::new();
    for question in &questions {
        let start = Instant::now();
        engine.search_anew(clock.filtered(question)).await.map_err(io::Error::other)?;
        times.push(start.elapsed());
    }
    note("filtered_p50_ms", percentile(&mut times, 50));
    note("filtered_p99_ms", percentile(&mut times, 99));
    note("all_listings_ms", one(&engine, clock.query("")).await?);
    let category = Filters { category: vec!["valves".into()], ..Filters::default() };
    note("category_ms", one(&engine, SearchQuery { filters: category, ..clock.query("") }).await?);

    let mut times = Vec::new();
    let typed = beginnings(&questions);
    for text in &typed {
        let start = Instant::now();
        let line = SuggestQuery {
            text: text.clone(),
            lang: Lang::Ko,
            size: 8,
            at: clock.now(),
            synonyms: Arc::default(),
        };
        engine.suggest(&line).await.map_err(io::Error::other)?;
        times.push((start.elapsed(), text.as_str()));
    }
    slowest("autocomplete", &times);
    let mut times: Vec<Duration> = times.into_iter().map(|(time, _)| time).collect();
    note("autocomplete_p50_ms", percentile(&mut times, 50));
    note("autocomplete_p99_ms", percentile(&mut times, 99));
    note("autocomplete_most_ms", percentile(&mut times, 100));

    note("rss_mb", json!(status("VmRSS")));
    note("rss_anonymous_mb", json!(status("RssAnon")));
    // at one moment: while nothing ends
    let known = clock.query("밸브");
    engine.search(&known).await.map_err(io::Error::other)?;
    let start = Instant::now();
    engine.search(&known).await.map_err(io::Error::other)?;
    note("answered_before_ms", ms(start.elapsed()));
    note("visible_after_commit_ms", visible(&engine, &clock).await?);
    let after = SearchQuery { at: clock.now(), ..everything };
    let after = listings(&engine.search_anew(after).await.map_err(io::Error::other)?);
    if after >= before {
        return Err(io::Error::other("no listing ended while questions were asked"));
    }
    note("ended_meanwhile", json!(before - after));
    looking.abort();
    Ok(figures)
}

/// Asks for the engine's state as the site's feed does, which is when it maps the index anew.
fn looked_after(engine: &Arc<TantivyCatalog>) -> tokio::task::JoinHandle<()> {
    let engine = engine.clone();
    tokio::spawn(async move {
        loop {
            // what is wrong with it, the questions tell
            let _ = engine.health().await;
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    })
}

/// How many there are: a total is told up to a thousand only, and each has one kind of price.
fn listings(page: &SearchPage) -> u32 {
    let kinds = page.facets.iter().find(|counts| counts.facet == FacetKind::PriceKind);
    kinds.map_or(0, |counts| counts.values.iter().map(|(_, count)| count).sum())
}

async fn one(engine: &TantivyCatalog, query: SearchQuery) -> io::Result<Value> {
    let start = Instant::now();
    engine.search_anew(query).await.map_err(io::Error::other)?;
    Ok(ms(start.elapsed()))
}

/// Eight clients at once, each asking the next question when it has its answer; every question twice.
async fn together(
    engine: &Arc<TantivyCatalog>,
    clock: &Arc<Clock>,
    questions: &[String],
) -> io::Result<(Vec<Duration>, Duration)> {
    let all: Arc<Vec<String>> = Arc::new(questions.iter().chain(questions).cloned().collect());
    let next = Arc::new(AtomicUsize::new(0));
    let start = Instant::now();
    let clients: Vec<_> = (0..8)
        .map(|_| {
            let (engine, clock) = (engine.clone(), clock.clone());
            let (all, next) = (all.clone(), next.clone());
            tokio::spawn(async move {
                let mut times = Vec::new();
                while let Some(question) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let start = Instant::now();
                    engine.search_anew(clock.query(question)).await.map_err(io::Error::other)?;
                    times.push(start.elapsed());
                }
                Ok::<_, io::Error>(times)
            })
        })
        .collect();
    let mut times = Vec::new();
    for client in clients {
        times.extend(client.await.map_err(io::Error::other)??);
    }
    Ok((times, start.elapsed()))
}

/// From handing a change over until a search finds it, the slowest of five.
async fn visible(engine: &TantivyCatalog, clock: &Clock) -> io::Result<Value> {
    let mut most = Duration::ZERO;
    for round in 0..5u64 {
        let code = format!("QZX{}", 77_001 + round);
        let doc = SearchDoc {
            id: Uuid::from_u64_pair(u64::MAX, round),
            part_number: code.clone(),
            title_ko: "측정용 부품".into(),
            free_until: i64::MAX,
            ..listing(round)
        };
        let start = Instant::now();
        let batch = SearchBatch { upserts: vec![doc], deletes: vec![] };
        engine.apply(batch, i64::MAX - 10).await.map_err(io::Error::other)?;
        let page = engine.search(&clock.query(&code)).await.map_err(io::Error::other)?;
        if page.hits.is_empty() {
            return Err(io::Error::other("a committed change is not found"));
        }
        most = most.max(start.elapsed());
    }
    let deletes = (0..5u64).map(|round| Uuid::from_u64_pair(u64::MAX, round)).collect();
    let batch = SearchBatch { upserts: vec![], deletes };
    engine.apply(batch, 1).await.map_err(io::Error::other)?;
    Ok(ms(most))
}

fn slowest(what: &str, times: &[(Duration, &str)]) {
    let mut times: Vec<_> = times.iter().collect();
    times.sort();
    for (time, text) in times.iter().rev().take(5) {
        tracing::debug!(bench.time = ?time, bench.text = text, "slowest {what}");
    }
}

fn ms(time: Duration) -> Value {
    json!((time.as_secs_f64() * 100_000.0).round() / 100.0)
}

fn percentile(times: &mut [Duration], percent: usize) -> Value {
    times.sort_unstable();
    let at = (times.len() * percent).div_ceil(100).saturating_sub(1);
    times.get(at).copied().map_or(Value::Null, ms)
}

/// A line of this process's status in megabytes; nothing where the system has no such file.
fn status(name: &str) -> Option<u64> {
    let text = fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find(|line| line.split(':').next() == Some(name))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}

fn bytes(folder: &Path) -> io::Result<u64> {
    let mut sum = 0;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let about = entry.metadata()?;
        sum += if about.is_dir() { bytes(&entry.path())? } else { about.len() };
    }
    Ok(sum)
}
