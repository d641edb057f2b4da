//! The embedded engine follows the database: after any history, following the log and building anew give the
//! same index.

use std::sync::Arc;

use market::both_databases;
use market::db::Db;
use market::ports::CatalogSearch;
use market::search::feed;
use market::settings::Settings;
use market::testing::test_market;
use market::{Market, Ports};
use server::adapters::tantivy::{TantivyCatalog, Weights};
use uuid::Uuid;

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

both_databases!(following_the_log_equals_building_anew, |db: Db| async move {
    let folder = std::env::temp_dir()
        .join(format!("market-index-{}", std::process::id()))
        .join(if db.is_postgres() { "postgres" } else { "sqlite" });
    let engine = Arc::new(TantivyCatalog::open(&folder, Weights::default()).unwrap());
    let test = test_market(db.clone());
    let ports = Ports { search: engine.clone(), ..test.market.ports().clone() };
    let market = Market::new(db, ports, Settings::default());
    let ids = stock(&market).await;
    // a new index knows that it has to be built
    feed::catch_up(&market).await.unwrap();
    assert_eq!(engine.doc_count().await.unwrap(), 24);
    let mut dice = 7_u64;
    for round in 0..5 {
        for _ in 0..20 {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            happen(&market, &ids, dice >> 33).await;
            if dice.is_multiple_of(7) {
                feed::catch_up(&market).await.unwrap();
            }
        }
        feed::catch_up(&market).await.unwrap();
        let followed = engine.fingerprints().await.unwrap();
        feed::rebuild(&market).await.unwrap();
        assert_eq!(followed, engine.fingerprints().await.unwrap(), "round {round}");
    }
    let _ = std::fs::remove_dir_all(&folder);
});
