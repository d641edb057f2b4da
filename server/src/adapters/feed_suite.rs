//! Every engine follows the database: after any history, following the log and building anew give the same index; an
//! engine that was away is caught up; an index that was lost is built again and equals the database row for row.

use std::sync::Arc;

use market::both_databases;
use market::db::Db;
use market::ports::CatalogSearch;
use market::search::{SearchQuery, Weights, feed, service};
use market::settings::Settings;
use market::testing::test_market;
use market::{Market, Ports};
use uuid::Uuid;

use super::meilisearch::tests::{adapter, fake::Fake};
use super::tantivy::TantivyCatalog;

const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, intro_ko, \
    intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $2, 'approved', $2, '', '가', '41', '경기도 시흥시', '1', 'a@b.test', '', '', 'active', $3, $3, 1)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, price_kind, \
    price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, first_published_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', 'fasteners.bolts.hex', $3, '', '', '', '[]', '개', 'negotiable', 'KRW', '[]', '', '', '', $4, $4, $4, $4, $5, 1)";
const EVENTS: [&str; 6] = [
    "UPDATE listings SET state = 'hidden' WHERE id = $1",
    "UPDATE listings SET state = 'published' WHERE id = $1",
    "UPDATE listings SET free_until = 1 WHERE id = $1",
    "UPDATE listings SET title_ko = title_ko || ' 개정' WHERE id = $1",
    "UPDATE vendors SET state = 'suspended' WHERE id = (SELECT vendor_id FROM listings WHERE id = $1)",
    "UPDATE vendors SET state = 'approved', name_ko = name_ko || '산' WHERE id = (SELECT vendor_id FROM listings WHERE id = $1)",
];

async fn stock(market: &Market) -> Vec<Uuid> {
    let cx = market.system();
    let mut tx = cx.write().await.unwrap();
    let mut ids = Vec::new();
    for vendor in 0..3 {
        let vendor_id = cx.new_id();
        market::execute!(tx, VENDOR, vendor_id, format!("v{vendor}"), cx.now()).unwrap();
        for listing in 0..8 {
            let id = cx.new_id();
            market::execute!(
                tx,
                LISTING,
                id,
                vendor_id,
                format!("볼트{vendor}{listing}"),
                cx.now(),
                cx.now().plus(market::time::DAY)
            )
            .unwrap();
            ids.push(id);
        }
    }
    tx.commit().await.unwrap();
    ids
}

/// One random event, noted in the log as the services note it: a vendor's event for all its listings.
async fn happen(market: &Market, ids: &[Uuid], roll: u64) {
    let cx = market.system();
    let (at, event) = (usize::try_from(roll % 24).unwrap(), usize::try_from(roll / 24 % 6).unwrap());
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, EVENTS[event], ids[at]).unwrap();
    let touched = if event < 4 { &ids[at..=at] } else { &ids[at / 8 * 8..at / 8 * 8 + 8] };
    for id in touched {
        market::catalog::changes::note(&cx, &mut tx, *id).await.unwrap();
    }
    tx.commit().await.unwrap();
}

/// A market whose listings are found by this engine.
fn market_with(db: Db, search: Arc<dyn CatalogSearch>) -> Market {
    let test = test_market(db.clone());
    let ports = Ports { search, ..test.market.ports().clone() };
    Market::new(db, ports, Settings::default())
}

async fn follows(market: &Market, engine: &dyn CatalogSearch) {
    let ids = stock(market).await;
    // a new index knows that it has to be built
    feed::catch_up(market).await.unwrap();
    assert_eq!(engine.doc_count().await.unwrap(), 24);
    let mut dice = 7_u64;
    for round in 0..5 {
        for _ in 0..20 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            happen(market, &ids, dice >> 33).await;
            if dice.is_multiple_of(7) {
                feed::catch_up(market).await.unwrap();
            }
        }
        feed::catch_up(market).await.unwrap();
        let followed = engine.fingerprints().await.unwrap();
        feed::rebuild(market).await.unwrap();
        assert_eq!(followed, engine.fingerprints().await.unwrap(), "round {round}");
    }
}

both_databases!(the_embedded_engine_follows, |db: Db| async move {
    let folder = std::env::temp_dir()
        .join(format!("market-index-{}", std::process::id()))
        .join(if db.is_postgres() { "postgres" } else { "sqlite" });
    let engine = Arc::new(TantivyCatalog::open(&folder, Weights::default()).unwrap());
    follows(&market_with(db, engine.clone()), &*engine).await;
    let _ = std::fs::remove_dir_all(&folder);
});

both_databases!(meilisearch_follows, |db: Db| async move {
    let fake = Fake::start().await;
    let engine = Arc::new(adapter(&fake));
    follows(&market_with(db, engine.clone()), &*engine).await;
});

both_databases!(away_back_lost_and_equal_again, |db: Db| async move {
    let mut fake = Fake::start().await;
    let engine = Arc::new(adapter(&fake));
    let market = market_with(db, engine.clone());
    let ids = stock(&market).await;
    feed::catch_up(&market).await.unwrap();
    let cx = market.system();
    let ask = async || {
        let begun = std::time::Instant::now();
        let query = SearchQuery { text: "볼트00".into(), ..SearchQuery::default() };
        let page = Box::pin(service::search(&cx, query)).await.unwrap();
        assert!(begun.elapsed() < std::time::Duration::from_secs(1));
        (page.cards.first().map(|card| card.title_ko.clone()), page.degraded)
    };
    assert_eq!(ask().await, (Some("볼트00".to_owned()), false));
    fake.stop().await;
    assert_eq!(ask().await, (Some("볼트00".to_owned()), true), "the database answers, with a notice");
    // writes go on, and none of them waits
    happen(&market, &ids, 0).await;
    happen(&market, &ids, 24 * 3 + 1).await;
    assert!(feed::catch_up(&market).await.is_err());
    fake.restart().await;
    feed::catch_up(&market).await.unwrap();
    let caught_up = engine.fingerprints().await.unwrap();
    assert_eq!(caught_up.len(), 23);
    // deleted by somebody: built again, equal to the database
    fake.world().indexes.clear();
    feed::catch_up(&market).await.unwrap();
    assert_eq!(engine.fingerprints().await.unwrap(), caught_up);
});
