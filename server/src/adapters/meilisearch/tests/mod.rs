//! The adapter against a stateful fake that answers as the recorded server does; and, when asked for, a live one.

mod contract;
pub(in crate::adapters) mod fake;
mod filters;
mod index;
mod weather;
mod world;

use std::time::Duration;

use market::ports::search::CatalogSearch;
use market::search::{SearchBatch, SearchDoc, SearchQuery, Weights};
use secrecy::SecretString;
use uuid::Uuid;

use self::fake::{Fake, MASTER};
use super::notebook::NEXT_BELIEVED;
use super::{MeiliCatalog, MeiliSettings};
use crate::adapters::suite::{self, Once, ask, doc, goods};
use crate::adapters::{open_own_search, open_search};

pub(in crate::adapters) fn adapter(fake: &Fake) -> MeiliCatalog {
    MeiliCatalog::new(&settings_of(fake), Weights::default()).unwrap()
}

fn settings_of(fake: &Fake) -> MeiliSettings {
    MeiliSettings { url: fake.url(), key: Some(SecretString::from(MASTER)), index: "listings".into() }
}

async fn filled() -> (MeiliCatalog, Fake) {
    let fake = Fake::start().await;
    let engine = adapter(&fake);
    engine.rebuild(&mut Once(Some(goods())), 1).await.unwrap();
    (engine, fake)
}

#[tokio::test]
async fn the_fake_is_served_by_the_whole_suite() {
    let fake = Fake::start().await;
    Box::pin(suite::whole(&adapter(&fake))).await;
}

/// A process that serves asks the configured server too, with the configured weights.
#[tokio::test]
async fn the_configuration_reaches_every_process() {
    for open in [open_search, open_own_search] {
        let (one, other) = (Fake::start().await, Fake::start().await);
        let level = open(&suite::configured("remote", suite::LEVEL, Some(settings_of(&one)))).unwrap();
        let weighed = open(&suite::configured("remote", suite::WEIGHED, Some(settings_of(&other)))).unwrap();
        assert_eq!(weighed.health().await.unwrap().engine, "meilisearch");
        Box::pin(suite::weights_order_equals(&*level, &*weighed)).await;
    }
}

/// A process that never writes hears of no change: one of another process can bring an ending earlier than the one that
/// it believes to be the next.
#[tokio::test]
async fn another_process_may_bring_an_earlier_ending() {
    let fake = Fake::start().await;
    let (reader, writer) = (adapter(&fake), adapter(&fake));
    let until = |free_until, n, title, vendor| SearchDoc {
        free_until,
        vendor_id: Uuid::from_u128(vendor),
        ..doc(n, title, "x", "11")
    };
    let (word, pair) = (|end| until(end, 1, "wasper", 1), |end, n| until(end, n, "대전방지 매트", n));
    let docs = vec![word(200), until(1_000, 2, "washer", 1), pair(200, 3), pair(200, 4)];
    writer.rebuild(&mut Once(Some(docs)), 1).await.unwrap();
    let first = async |at| {
        let page = reader.search(&SearchQuery { at, ..ask("wasper") }).await.unwrap();
        page.hits.first().map(|hit| hit.id.as_u128())
    };
    assert_eq!(first(50).await, Some(1));
    assert!(reader.side_by_side("대전", "방지", 50).await.unwrap());
    let upserts = vec![word(100), pair(100, 3), pair(100, 4)];
    writer.apply(SearchBatch { upserts, deletes: vec![] }, 2).await.unwrap();
    tokio::time::sleep(NEXT_BELIEVED).await;
    assert_eq!(first(99).await, Some(1));
    assert_eq!(first(100).await, Some(2), "a word that only ended listings have is a slip");
    assert!(!reader.side_by_side("대전", "방지", 100).await.unwrap());
}

/// `make test-meilisearch MEILI_URL=… [MEILI_KEY=…]`.
#[tokio::test]
#[ignore = "asks a live server"]
#[expect(clippy::disallowed_methods, reason = "the server is named by who runs the test")]
async fn a_live_server_is_served_by_the_whole_suite() {
    let url = std::env::var("MEILI_URL").unwrap();
    let key = std::env::var("MEILI_KEY").ok().filter(|key| !key.is_empty()).map(SecretString::from);
    let index = format!("market_suite_{}", std::process::id());
    let engine = MeiliCatalog::new(&MeiliSettings { url, key, index }, Weights::default()).unwrap();
    engine.drop_index().await.unwrap();
    Box::pin(suite::whole(&engine)).await;
    engine.drop_index().await.unwrap();
}

#[tokio::test]
async fn searches_use_a_key_that_may_do_nothing_else() {
    let (engine, fake) = filled().await;
    engine.search(&ask("백엘보")).await.unwrap();
    let key = engine.search_key().await.unwrap();
    assert_eq!(key.indexes, ["listings"]);
    assert_ne!(key.key, MASTER);
    // deleted by hand: one question fails, the next has a new key
    fake.world().drop_key(&key.uid);
    assert!(engine.search(&ask("흑엘보")).await.is_err());
    engine.search(&ask("흑엘보")).await.unwrap();
}

#[tokio::test]
async fn settings_are_sent_once_and_only_when_they_differ() {
    let (engine, fake) = filled().await;
    let changes = |fake: &Fake| {
        let world = fake.world();
        world.seen.iter().filter(|(route, _)| route.starts_with("PATCH")).map(|(_, count)| count).sum::<u32>()
    };
    assert_eq!(changes(&fake), 1);
    engine.apply(SearchBatch::default(), 2).await.unwrap();
    let again = adapter(&fake);
    again.apply(SearchBatch::default(), 3).await.unwrap();
    assert_eq!(changes(&fake), 1, "nothing differs");
    fake.world().change("listings", &serde_json::json!({ "pagination": { "maxTotalHits": 5 } }));
    fake.world().task("0");
    for _ in 0..4 {
        fake.world().task("0");
    }
    adapter(&fake).apply(SearchBatch::default(), 4).await.unwrap();
    assert_eq!(changes(&fake), 2);
}

#[tokio::test]
async fn one_bad_document_does_not_take_the_others_along() {
    let (engine, fake) = filled().await;
    fake.world().poison = Some("독약".into());
    let upserts: Vec<_> =
        (20..40).map(|n| doc(n, if n == 27 { "독약" } else { "니플" }, "x", "11")).collect();
    engine.apply(SearchBatch { upserts, deletes: vec![] }, 9).await.unwrap();
    assert_eq!(engine.position().await.unwrap(), 9);
    assert_eq!(engine.doc_count().await.unwrap(), 10 + 19);
    let kept = engine.fingerprints().await.unwrap();
    assert!(!kept.iter().any(|(id, _)| *id == Uuid::from_u128(27)));
}

#[tokio::test]
async fn a_cancelled_task_is_done_again() {
    let (engine, fake) = filled().await;
    fake.world().stuck = true;
    let batch = SearchBatch { upserts: vec![doc(30, "니플", "x", "11")], deletes: vec![] };
    let (outcome, ()) = tokio::join!(engine.apply(batch.clone(), 9), async {
        tokio::time::sleep(Duration::from_millis(60)).await;
        let mut world = fake.world();
        world.cancel_waiting();
        world.stuck = false;
    });
    assert!(outcome.unwrap_err().to_string().contains("canceled"));
    assert_eq!(engine.position().await.unwrap(), 1, "nothing was acknowledged");
    engine.apply(batch, 9).await.unwrap();
    assert_eq!(engine.position().await.unwrap(), 9);
}

#[tokio::test]
async fn a_lost_index_asks_for_a_rebuild_and_an_old_one_too() {
    let (engine, fake) = filled().await;
    fake.world().indexes.clear();
    let health = engine.health().await.unwrap();
    assert!(health.needs_rebuild && health.docs == 0);
    assert!(engine.search(&ask("백엘보")).await.is_err(), "the database is asked instead");
    engine.rebuild(&mut Once(Some(goods())), 4).await.unwrap();
    assert_eq!(engine.doc_count().await.unwrap(), 10);
    let names: Vec<String> = fake.world().indexes.keys().cloned().collect();
    assert_eq!(names, ["listings"], "the swapped-out index is gone");
    let mark = serde_json::json!([{ "key": "feed", "position": 4, "version": 0 }]);
    fake.world().add("listings", &mark, None);
    for _ in 0..4 {
        fake.world().task("0");
    }
    assert!(engine.health().await.unwrap().needs_rebuild, "made by another version");
}

#[tokio::test]
async fn a_failed_build_leaves_nothing_behind() {
    struct Broken;
    #[async_trait::async_trait]
    impl market::ports::search::DocSource for Broken {
        async fn next_docs(
            &mut self,
        ) -> Result<Vec<market::search::SearchDoc>, market::ports::search::SearchError> {
            Err(market::ports::search::SearchError::Unavailable("the database is away".into()))
        }
    }
    let (engine, fake) = filled().await;
    assert!(engine.rebuild(&mut Broken, 9).await.is_err());
    assert_eq!(fake.world().indexes.len(), 1);
    assert_eq!(engine.position().await.unwrap(), 1, "the old index stays in use");
}

/// More match than are fetched: counts are the server's, the best come first, nothing is shown twice.
#[tokio::test]
async fn many_hits_are_counted_by_the_server() {
    let fake = Fake::start().await;
    let mut engine = adapter(&fake);
    (engine.pool, engine.part) = (100, 30);
    let mut docs: Vec<_> =
        (1..=150).map(|n| doc(n, "백엘보", "elbow", if n % 2 == 0 { "11" } else { "26" })).collect();
    docs.push(doc(5000, "백엘보 D15", "elbow", "41"));
    engine.rebuild(&mut Once(Some(docs)), 1).await.unwrap();
    let page = engine.search(&ask("백엘보 15A")).await.unwrap();
    assert_eq!(page.hits.first().map(|hit| hit.id.as_u128()), Some(5000));
    assert_eq!(page.total.count, 151);
    let regions = page.facets.iter().find(|f| f.facet == market::search::FacetKind::Region).unwrap();
    assert_eq!(regions.values, [("11".to_owned(), 75), ("26".to_owned(), 75), ("41".to_owned(), 1)]);
    let chosen = market::search::SearchQuery {
        filters: market::search::Filters { region: vec!["41".into()], ..Default::default() },
        ..ask("백엘보")
    };
    let page = engine.search(&chosen).await.unwrap();
    assert_eq!((page.hits.len(), page.total.count), (1, 1));
    let regions = page.facets.iter().find(|f| f.facet == market::search::FacetKind::Region).unwrap();
    assert_eq!(regions.values.len(), 3, "its own selection is not applied to itself");
}
