//! The engine away, frozen, overloaded, and back.

use std::time::{Duration, Instant};

use market::ports::search::{CatalogSearch, SearchError};
use market::search::SearchBatch;

use super::fake::{Fake, Mood};
use super::{adapter, filled};
use crate::adapters::suite::{Once, ask, doc, goods};

async fn fails(engine: &super::MeiliCatalog) -> Duration {
    let begun = Instant::now();
    let outcome = engine.search(&ask("백엘보")).await;
    assert!(matches!(outcome, Err(SearchError::Unavailable(_))));
    begun.elapsed()
}

#[tokio::test]
async fn a_frozen_server_is_given_up_below_the_patience_of_the_page() {
    let (engine, fake) = filled().await;
    engine.search(&ask("흑엘보")).await.unwrap();
    fake.feel(Mood::Frozen);
    for _ in 0..4 {
        let took = fails(&engine).await;
        assert!(took < Duration::from_millis(790), "{took:?}");
    }
    // the breaker is open: nobody waits any more
    let took = fails(&engine).await;
    assert!(took < Duration::from_millis(50), "{took:?}");
    fake.feel(Mood::Well);
    let begun = Instant::now();
    while engine.search(&ask("백엘보")).await.is_err() {
        assert!(begun.elapsed() < Duration::from_secs(10), "it is not tried again");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    engine.search(&ask("백엘보")).await.unwrap();
}

#[tokio::test]
async fn a_stopped_server_comes_back_and_is_caught_up() {
    let (engine, mut fake) = filled().await;
    fake.stop().await;
    assert!(fails(&engine).await < Duration::from_millis(790));
    let batch = SearchBatch { upserts: vec![doc(30, "니플", "x", "11")], deletes: vec![] };
    assert!(engine.apply(batch.clone(), 9).await.is_err());
    assert!(engine.health().await.is_err());
    fake.restart().await;
    engine.apply(batch, 9).await.unwrap();
    assert_eq!(engine.search(&ask("니플")).await.unwrap().hits.len(), 1);
}

#[tokio::test]
async fn a_connection_that_broke_is_opened_again() {
    let (engine, mut fake) = filled().await;
    engine.search(&ask("백엘보")).await.unwrap();
    fake.stop().await;
    fake.restart().await;
    assert!(!engine.search(&ask("흑엘보")).await.unwrap().hits.is_empty());
}

#[tokio::test]
async fn an_overloaded_server_is_left_alone_as_long_as_it_asks() {
    let (engine, fake) = filled().await;
    engine.search(&ask("흑엘보")).await.unwrap();
    fake.feel(Mood::Overloaded);
    fails(&engine).await;
    fake.feel(Mood::Well);
    assert!(fails(&engine).await < Duration::from_millis(50));
}

#[tokio::test]
async fn a_site_starts_while_its_engine_is_away() {
    let mut fake = Fake::start().await;
    fake.stop().await;
    let engine = adapter(&fake);
    fails(&engine).await;
    fake.restart().await;
    assert!(engine.health().await.unwrap().needs_rebuild);
    engine.rebuild(&mut Once(Some(goods())), 3).await.unwrap();
    assert_eq!(engine.position().await.unwrap(), 3);
}
