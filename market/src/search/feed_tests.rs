//! The index follows the database: whatever happened, following the log gives what building anew gives.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use uuid::Uuid;

use super::{feed, service};
use crate::both_databases;
use crate::catalog::browse::tests::Shop;
use crate::db::{Db, counting_statements};
use crate::ports::search::CatalogSearch;
use crate::search::{Filters, Reading, SearchQuery};
use crate::time::HOUR;

/// Everything that can befall a listing or its vendor, with the id bound as `$1`.
const LISTING_EVENTS: [&str; 6] = [
    "UPDATE listings SET state = 'hidden' WHERE id = $1",
    "UPDATE listings SET state = 'published' WHERE id = $1",
    "UPDATE listings SET state = 'expired' WHERE id = $1",
    "UPDATE listings SET free_until = 1 WHERE id = $1",
    "UPDATE listings SET title_ko = title_ko || ' 개정', moq = moq + 1 WHERE id = $1",
    "UPDATE listings SET price_kind = 'negotiable', price_minor = NULL WHERE id = $1",
];
const VENDOR_EVENTS: [&str; 4] = [
    "UPDATE vendors SET state = 'suspended' WHERE id = $1",
    "UPDATE vendors SET state = 'approved' WHERE id = $1",
    "UPDATE vendors SET name_ko = name_ko || '산업', region = '26' WHERE id = $1",
    "DELETE FROM vendor_certificates WHERE vendor_id = $1",
];

/// A small deterministic generator.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

async fn happen(shop: &Shop, dice: &mut Dice, vendors: &[Uuid], listings: &[Uuid]) {
    let cx = shop.0.market.system();
    let mut tx = cx.write().await.unwrap();
    if dice.roll(10) < 7 {
        let id = listings[dice.roll(listings.len())];
        crate::execute!(tx, LISTING_EVENTS[dice.roll(6)], id).unwrap();
        crate::catalog::changes::note(&cx, &mut tx, id).await.unwrap();
    } else {
        let id = vendors[dice.roll(vendors.len())];
        crate::execute!(tx, VENDOR_EVENTS[dice.roll(4)], id).unwrap();
        crate::catalog::changes::note_vendor(&cx, &mut tx, id).await.unwrap();
    }
    // some writers change their mind
    if dice.roll(8) > 0 {
        tx.commit().await.unwrap();
    }
}

both_databases!(following_the_log_equals_building_anew, |db: Db| async move {
    let shop = Shop::new(db);
    let market = &shop.0.market;
    let (mut vendors, mut listings) = (Vec::new(), Vec::new());
    for name in ["a", "b", "c"] {
        let vendor = shop.vendor(name).await;
        shop.certify(vendor, 0, "ISO 9001", None).await;
        for number in 0..9 {
            listings.push(shop.listing(vendor, &format!("{name}{number}"), "published", number).await);
        }
        vendors.push(vendor);
    }
    feed::rebuild(market).await.unwrap();
    assert_eq!(shop.0.search.doc_count().await.unwrap(), 27);
    for seed in 0..6 {
        let mut dice = Dice(seed);
        for _ in 0..25 {
            happen(&shop, &mut dice, &vendors, &listings).await;
            if dice.roll(5) == 0 {
                feed::catch_up(market).await.unwrap();
            }
        }
        feed::catch_up(market).await.unwrap();
        let followed = shop.0.search.fingerprints().await.unwrap();
        feed::rebuild(market).await.unwrap();
        assert_eq!(followed, shop.0.search.fingerprints().await.unwrap(), "seed {seed}");
    }
    assert_eq!(feed::catch_up(market).await.unwrap(), 0);
});

both_databases!(an_ended_certificate_leaves_the_index, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    shop.listing(vendor, "l", "published", 1).await;
    shop.certify(vendor, 0, "벤처기업", Some("2026-11-24")).await;
    feed::rebuild(&shop.0.market).await.unwrap();
    assert_eq!(shop.0.search.docs()[0].badges, ["venture"]);
    shop.0.clock.advance(20 * HOUR);
    assert_eq!(feed::note_ended_certificates(&shop.0.market).await.unwrap(), 1);
    feed::catch_up(&shop.0.market).await.unwrap();
    assert!(shop.0.search.docs()[0].badges.is_empty());
});

both_databases!(a_search_takes_one_statement, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    for number in 0..25 {
        shop.listing(vendor, &format!("l{number}"), "published", number).await;
    }
    feed::rebuild(&shop.0.market).await.unwrap();
    let cx = shop.visitor();
    let query = SearchQuery { text: "제품".into(), ..SearchQuery::default() };
    let (page, statements) =
        counting_statements(Box::pin(async { service::search(&cx, query.clone()).await.unwrap() })).await;
    assert_eq!((page.cards.len(), page.total.count, page.degraded, statements), (20, 25, false, 1));
    // hidden since the index was written: gone from the page at once
    shop.run("UPDATE vendors SET state = 'suspended' WHERE id = $1", vendor).await;
    assert!(service::search(&cx, query).await.unwrap().cards.is_empty());
});

both_databases!(without_the_engine_words_are_looked_up, |db: Db| async move {
    let shop = Shop::new(db);
    let (vendor, other) = (shop.vendor("한빛").await, shop.vendor("other").await);
    shop.certify(vendor, 0, "ISO 9001:2015", None).await;
    shop.listing(vendor, "M8", "published", 1).await;
    shop.listing(other, "m10_100%", "published", 2).await;
    shop.listing(vendor, "M8-hidden", "hidden", 1).await;
    shop.0.search.set_away(true);
    let cx = shop.visitor();
    let ask = async |text: &str, filters: Filters| {
        let query = SearchQuery { text: text.into(), filters, ..SearchQuery::default() };
        let page = Box::pin(service::search(&cx, query)).await.unwrap();
        assert!(page.degraded);
        page.cards.into_iter().map(|card| card.slug.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ask("m8 제품", Filters::default()).await, ["M8"]);
    assert_eq!(ask("한빛", Filters::default()).await, ["M8"]);
    assert_eq!(ask("", Filters::default()).await, ["M8", "m10_100%"]);
    assert_eq!(ask("_100%", Filters::default()).await, ["m10_100%"]);
    assert!(ask("x_y", Filters::default()).await.is_empty());
    let filtered = |category: &str, region: &str, badge: &str| Filters {
        category: vec![category.into()],
        region: vec![region.into()],
        certificate: vec![badge.into()],
        ..Filters::default()
    };
    assert_eq!(ask("", filtered("fasteners", "41", "iso9001")).await, ["M8"]);
    assert!(ask("", filtered("pipes", "41", "iso9001")).await.is_empty());
    assert!(ask("", filtered("fasteners", "26", "iso9001")).await.is_empty());
    assert!(ask("", filtered("unknown", "41", "iso9001")).await.is_empty());
});

both_databases!(without_the_engine_filters_mean_the_same, |db: Db| async move {
    let shop = Shop::new(db);
    let mut vendors = Vec::new();
    // what each holds: a status, a standard, both, and names that only begin alike
    for (name, held) in [
        ("status", vec!["벤처기업확인서"]),
        ("standard", vec!["KS 표시 인증"]),
        ("both", vec!["이노비즈 (AA)", "GMP"]),
        ("alike", vec!["KSP 성적서", "CEO 상"]),
        ("bare", vec!["벤처기업", "ks"]),
    ] {
        let vendor = shop.vendor(name).await;
        for (at, certificate) in held.into_iter().enumerate() {
            shop.certify(vendor, i64::try_from(at).unwrap(), certificate, None).await;
        }
        shop.listing(vendor, name, "published", 1).await;
        vendors.push(vendor);
    }
    let cx = shop.visitor();
    let codes = |list: &[&str]| list.iter().map(|code| (*code).to_owned()).collect::<Vec<_>>();
    let statuses = ["disabled", "social", "women", "innobiz", "venture"];
    let standards = ["ce", "gmp", "haccp", "iso9001", "iso14001", "ks"];
    for (badge, certificate, expected) in [
        (codes(&["venture"]), Vec::new(), vec!["bare", "status"]),
        (Vec::new(), codes(&["ks"]), vec!["bare", "standard"]),
        // both facets must hold; of one facet any value, however many are chosen
        (codes(&["venture"]), codes(&["ks"]), vec!["bare"]),
        (codes(&statuses), codes(&standards), vec!["bare", "both"]),
        (codes(&["nothing"]), Vec::new(), vec![]),
    ] {
        let filters = Filters { badge, certificate, ..Filters::default() };
        let query = SearchQuery { filters, ..SearchQuery::default() };
        shop.0.search.set_away(true);
        let page = Box::pin(service::search(&cx, query.clone())).await.unwrap();
        let mut found: Vec<&str> = page.cards.iter().map(|card| card.slug.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{:?}", query.filters);
    }
});

both_databases!(without_the_engine_nothing_is_left_out_in_silence, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    for number in 0..23 {
        shop.listing(vendor, &format!("l{number}"), "published", number).await;
    }
    shop.0.search.set_away(true);
    let cx = shop.visitor();
    let ask = async |text: &str, page: u32| {
        let query = SearchQuery { text: text.into(), page, ..SearchQuery::default() };
        Box::pin(service::search(&cx, query)).await.unwrap()
    };
    let page = ask("제품 l 1 v 없는낱말 또하나", 1).await;
    assert!(!page.cards.is_empty());
    assert_eq!(page.interpretation.readings, [Reading::Dropped { word: "없는낱말 또하나".into() }]);
    assert!(ask("제품 l 1 v", 1).await.interpretation.readings.is_empty());
    let (second, behind) = (ask("제품", 2).await, ask("제품", 40).await);
    assert_eq!((second.cards.len(), second.total.count), (3, 23));
    assert_eq!(
        (behind.cards.len(), behind.total.count),
        (0, 23),
        "a page behind the last one knows how many there are"
    );
});
