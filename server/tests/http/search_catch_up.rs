//! The search engine away, slow, lost and killed, while the loop that feeds it runs: visitors get the plain look-up within a
//! second, writes wait for nothing, and in the end the index equals the database row for row.
#![expect(clippy::disallowed_methods, reason = "the test waits for a program and a loop beside it")]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use http::StatusCode;
use market::Market;
use market::db::Db;
use market::ports::CatalogSearch;
use market::ports::search::{DocSource, SearchError};
use market::search::{
    SearchBatch, SearchHealth, SearchPage, SearchQuery, SuggestQuery, Suggestion, Weights, feed,
};
use market::testing::{FakeSearch, fresh_sqlite};
use market::{Ports, both_databases};
use server::adapters::tantivy::TantivyCatalog;
use tokio::sync::watch;
use uuid::Uuid;

use crate::browser::Browser;
use crate::processes::{Program, request, scratch, start};
use crate::public::stock;
use crate::testapp::TestApp;

const WELL: u8 = 0;
const AWAY: u8 = 1;
const SLOW: u8 = 2;

/// The embedded engine on a bad day.
struct Moody {
    engine: TantivyCatalog,
    mood: AtomicU8,
}

impl Moody {
    async fn bear(&self) -> Result<&TantivyCatalog, SearchError> {
        match self.mood.load(Ordering::SeqCst) {
            AWAY => return Err(SearchError::Unavailable("away".into())),
            SLOW => tokio::time::sleep(Duration::from_secs(5)).await,
            _ => {}
        }
        Ok(&self.engine)
    }
}

#[async_trait]
impl CatalogSearch for Moody {
    async fn search(&self, query: &SearchQuery) -> Result<SearchPage, SearchError> {
        self.bear().await?.search(query).await
    }

    async fn suggest(&self, query: &SuggestQuery) -> Result<Vec<Suggestion>, SearchError> {
        self.bear().await?.suggest(query).await
    }

    async fn side_by_side(&self, first: &str, second: &str, at: i64) -> Result<bool, SearchError> {
        self.bear().await?.side_by_side(first, second, at).await
    }

    async fn apply(&self, batch: SearchBatch, position: i64) -> Result<(), SearchError> {
        self.bear().await?.apply(batch, position).await
    }

    async fn position(&self) -> Result<i64, SearchError> {
        self.bear().await?.position().await
    }

    async fn rebuild(&self, source: &mut dyn DocSource, position: i64) -> Result<u64, SearchError> {
        self.bear().await?.rebuild(source, position).await
    }

    async fn doc_count(&self) -> Result<u64, SearchError> {
        self.bear().await?.doc_count().await
    }

    async fn fingerprints(&self) -> Result<Vec<(Uuid, u64)>, SearchError> {
        self.bear().await?.fingerprints().await
    }

    async fn health(&self) -> Result<SearchHealth, SearchError> {
        self.bear().await?.health().await
    }
}

/// What the index has to be: every listing of the database that may be seen, read anew.
async fn truth(market: &Market) -> Vec<(Uuid, u64)> {
    let memory = Arc::new(FakeSearch::default());
    let ports = Ports { search: memory.clone(), ..market.ports().clone() };
    feed::rebuild(&Market::new(market.db().clone(), ports, market.settings().clone())).await.unwrap();
    memory.fingerprints().await.unwrap()
}

const RENAME: &str = "UPDATE listings SET title_ko = $2 WHERE id = $1";
const HIDE: &str = "UPDATE listings SET state = 'hidden' WHERE id = $1";

/// A change as the services make it; it may not take long, whatever the engine of this process does.
async fn rename(market: &Market, id: Uuid, title: &str) {
    let begun = Instant::now();
    write(market, id, title).await;
    assert!(begun.elapsed() < Duration::from_secs(1), "a write waited {:?}", begun.elapsed());
}

async fn write(market: &Market, id: Uuid, title: &str) {
    let cx = market.system();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, RENAME, id, title).unwrap();
    market::catalog::changes::note(&cx, &mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
}

/// Asks until the page says `text` and the plain look-up is over; gives how long it took.
async fn found_again(browser: &mut Browser, address: &str, text: &str) -> Duration {
    let begun = Instant::now();
    loop {
        let page = browser.get(address).await.expect(StatusCode::OK);
        if page.body.contains(text) && !page.body.contains("간단한 검색만") {
            return begun.elapsed();
        }
        assert!(begun.elapsed() < Duration::from_mins(1), "not caught up after a minute");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

both_databases!(away_slow_lost_and_caught_up_while_the_worker_runs, |db: Db| async move {
    let kind = if db.is_postgres() { "postgres" } else { "sqlite" };
    let folder = std::env::temp_dir().join(format!("market-moody-{}-{kind}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    let engine = TantivyCatalog::open(&folder, Weights::default()).unwrap();
    let moody = Arc::new(Moody { engine, mood: AtomicU8::new(WELL) });
    let app = TestApp::with_search(db, moody.clone());
    let market = app.test.market.clone();
    let (_, ids) = stock(&app, 30).await;
    let (raise, stop) = watch::channel(false);
    let worker = tokio::spawn(server::worker::feed_index(market.clone(), stop));
    let mut browser = app.visitor();
    let bolts = "/search?q=%EB%B3%BC%ED%8A%B8";
    for (round, mood) in [AWAY, SLOW].into_iter().enumerate() {
        moody.mood.store(mood, Ordering::SeqCst);
        let begun = Instant::now();
        let page = browser.get(bolts).await.expect(StatusCode::OK);
        // the machine of the test may be busy; the look-up itself takes milliseconds
        assert!(begun.elapsed() < Duration::from_millis(1_500), "{:?}", begun.elapsed());
        page.says("간단한 검색만").says("/listings/bolt-");
        let begun = Instant::now();
        browser.get("/api/suggest?q=%EB%B3%BC%ED%8A%B8").await.expect(StatusCode::OK);
        assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
        let title = format!("볼트 새이름{round}");
        rename(&market, ids[round], &title).await;
        rename(&market, ids[round + 10], "다른 물건").await;
        // found in the database at once, whatever the engine knows
        browser.get("/search?q=%EC%83%88%EC%9D%B4%EB%A6%84").await.expect(StatusCode::OK).says(&title);
        moody.mood.store(WELL, Ordering::SeqCst);
        let took = found_again(&mut browser, "/search?q=%EC%83%88%EC%9D%B4%EB%A6%84", &title).await;
        assert!(took < Duration::from_mins(1), "{took:?}");
        assert_eq!(moody.fingerprints().await.unwrap(), truth(&market).await);
    }
    std::fs::remove_dir_all(&folder).unwrap();
    rename(&market, ids[5], "볼트 뒤에지은이름").await;
    found_again(
        &mut browser,
        "/search?q=%EB%92%A4%EC%97%90%EC%A7%80%EC%9D%80%EC%9D%B4%EB%A6%84",
        "볼트 뒤에지은이름",
    )
    .await;
    assert_eq!(moody.fingerprints().await.unwrap(), truth(&market).await, "built again, row for row");
    raise.send(true).unwrap();
    worker.await.unwrap();
    let _ = std::fs::remove_dir_all(&folder);
});

/// A server that indexes in `var`, killed in the middle of it.
fn kill_soon(mut program: Program, after: Duration) {
    std::thread::sleep(after);
    program.child.kill().unwrap();
    program.child.wait().unwrap();
}

/// Waits until the running server finds `word`, then stops it and reads its index from disk.
async fn index_of(program: Program, var: &Path, word: &str) -> Vec<(Uuid, u64)> {
    let begun = Instant::now();
    let address = format!("/search?q={}", app::page::encode(word));
    let found = || {
        request(program.addr, "GET", &address, "", "")
            .is_some_and(|answer| answer.contains("/listings/bolt-") && !answer.contains("간단한 검색만"))
    };
    while !found() {
        assert!(begun.elapsed() < Duration::from_mins(1), "{word} is not found after a minute");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    drop(program);
    TantivyCatalog::open(&var.join("search"), Weights::default()).unwrap().fingerprints().await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_index_killed_in_its_writing_equals_the_database_again() {
    let test = fresh_sqlite().await;
    let app = TestApp::new(test.db.clone());
    app.test.clock.set(market::ports::Clock::now(&market::ports::SystemClock));
    let (_, ids) = stock(&app, 200).await;
    let market = app.test.market.clone();
    let var = scratch();
    // killed while it is built for the first time, and while it follows changes
    for (round, id) in ids.iter().take(12).enumerate() {
        let program = start("serve", &test.url, &var);
        if round >= 3 {
            program.wait_until_ready();
        }
        // beside another process whose start and death the disk has to serve first: no write is timed here
        for (number, other) in ids.iter().skip(20).step_by(9).enumerate() {
            write(&market, *other, &format!("육각볼트 {round} {number}")).await;
        }
        let mut tx = market.db().write().await.unwrap();
        market::execute!(tx, HIDE, *id).unwrap();
        market::catalog::changes::note(&market.system(), &mut tx, *id).await.unwrap();
        tx.commit().await.unwrap();
        kill_soon(program, Duration::from_millis(40 * round as u64));
    }
    write(&market, ids[199], "육각볼트 마지막이름").await;
    let kept = index_of(start("serve", &test.url, &var), &var, "마지막이름").await;
    let wanted = truth(&market).await;
    assert_eq!(wanted.len(), 188);
    assert_eq!(kept, wanted);
    let _ = std::fs::remove_dir_all(&var);
}
