//! What strangers see, on both databases: nothing that is hidden, in the right order, in few statements.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use uuid::Uuid;

use super::*;
use crate::both_databases;
use crate::catalog::Price;
use crate::catalog::drawing::Family;
use crate::db::{Db, counting_statements};
use crate::error::ErrorKind;
use crate::testing::{TestMarket, test_market};
use crate::time::{DAY, HOUR};

const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, intro_ko, \
    intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $3, 'approved', $4, '', '홍길동', '41', '경기도 시흥시 공단로 1', '031-1', 'a@b.test', '', '', 'active', $5, $5, 1)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, price_kind, \
    price_minor, price_currency, price_tiers, moq, origin, hs_code, part_number, created_at, updated_at, first_published_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, $4, 'fasteners.bolts.hex', $5, '', '설명', '', '[{\"name_ko\":\"호칭\",\"value\":\"M8\"}]', '개', 'public', 96, 'KRW', '[]', 500, \
    '대한민국', '', '', $6, $6, $6, $6, $7, 1)";
const STATS: &str = "INSERT INTO vendor_response_stats (vendor_id, asked, answered, answered_in_time, mean_micros, computed_at) VALUES ($1, 10, 10, 10, $2, $3)";
const CERTIFICATE: &str = "INSERT INTO vendor_certificates (id, vendor_id, position, name, issuer, number, valid_until) VALUES ($1, $2, $3, $4, '기관', '1', $5)";

/// A marketplace with helpers for rows.
pub(crate) struct Shop(pub(crate) TestMarket);

impl Shop {
    pub(crate) fn new(db: Db) -> Self {
        Self(test_market(db))
    }

    pub(crate) fn visitor(&self) -> crate::Cx {
        self.0.visitor()
    }

    pub(crate) async fn vendor(&self, slug: &str) -> Uuid {
        let cx = self.0.market.system();
        let id = cx.new_id();
        let mut tx = cx.write().await.unwrap();
        crate::execute!(tx, VENDOR, id, slug, id.simple().to_string(), format!("{slug} 상사"), cx.now())
            .unwrap();
        tx.commit().await.unwrap();
        id
    }

    /// A listing published so many hours ago, with its window open for ten days.
    pub(crate) async fn listing(&self, vendor: Uuid, slug: &str, state: &str, hours_ago: i64) -> Uuid {
        let cx = self.0.market.system();
        let (id, at) = (cx.new_id(), cx.now().plus(-hours_ago * HOUR));
        let mut tx = cx.write().await.unwrap();
        crate::execute!(
            tx,
            LISTING,
            id,
            vendor,
            slug,
            state,
            format!("제품 {slug}"),
            at,
            cx.now().plus(10 * DAY)
        )
        .unwrap();
        tx.commit().await.unwrap();
        id
    }

    pub(crate) async fn run(&self, sql: &'static str, id: Uuid) {
        let mut tx = self.0.market.db().write().await.unwrap();
        crate::execute!(tx, sql, id).unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn certify(&self, vendor: Uuid, position: i64, name: &str, until: Option<&str>) {
        let cx = self.0.market.system();
        let mut tx = cx.write().await.unwrap();
        crate::execute!(tx, CERTIFICATE, cx.new_id(), vendor, position, name, until).unwrap();
        tx.commit().await.unwrap();
    }

    async fn record(&self, vendor: Uuid, mean_hours: i64) {
        let cx = self.0.market.system();
        let mut tx = cx.write().await.unwrap();
        crate::execute!(tx, STATS, vendor, mean_hours * HOUR, cx.now()).unwrap();
        tx.commit().await.unwrap();
    }
}

fn slugs(cards: &[Card]) -> Vec<&str> {
    cards.iter().map(|card| card.slug.as_str()).collect()
}

both_databases!(cards_keep_their_order_and_say_everything, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    shop.certify(vendor, 1, "ISO 9001:2015", Some("2099-01-01")).await;
    shop.certify(vendor, 0, "이노비즈", None).await;
    shop.certify(vendor, 2, "벤처기업", Some("2020-01-01")).await;
    shop.record(vendor, 2).await;
    let mut ids = Vec::new();
    for name in ["a", "b", "c"] {
        ids.push(shop.listing(vendor, name, "published", 1).await);
    }
    ids.reverse();
    let cx = shop.visitor();
    let (cards, statements) = counting_statements(async { cards_by_ids(&cx, &ids).await.unwrap() }).await;
    assert_eq!((slugs(&cards), statements), (vec!["c", "b", "a"], 1));
    let card = &cards[0];
    assert_eq!(card.vendor.certificates, ["이노비즈", "ISO 9001:2015"]);
    assert_eq!(card.vendor.badges().map(|badge| badge.code).collect::<Vec<_>>(), ["innobiz", "iso9001"]);
    assert_eq!(card.vendor.record.shown(5).unwrap().rate_percent, 100);
    assert_eq!(
        (&card.price, card.moq, card.family()),
        (&Price::Public(crate::Money::won(96)), Some(500), Family::HexBolt)
    );
    assert_eq!(card.specs[0].value, "M8");
    assert!(cards_by_ids(&cx, &[]).await.unwrap().is_empty());
});

both_databases!(lists_show_nothing_that_is_hidden, |db: Db| async move {
    let shop = Shop::new(db);
    let (good, bad, shut) = (shop.vendor("good").await, shop.vendor("bad").await, shop.vendor("shut").await);
    let mut ids = Vec::new();
    for vendor in [good, bad, shut] {
        shop.record(vendor, 1).await;
        for state in ["published", "draft", "in_review", "hidden", "expired", "archived"] {
            ids.push(shop.listing(vendor, &format!("{state}-{}", ids.len()), state, 1).await);
        }
    }
    let over = shop.listing(good, "over", "published", 1).await;
    shop.run("UPDATE listings SET free_until = 1 WHERE id = $1", over).await;
    ids.push(over);
    shop.run("UPDATE vendors SET state = 'suspended' WHERE id = $1", bad).await;
    shop.run("UPDATE vendors SET registry_status = 'closed' WHERE id = $1", shut).await;
    let cx = shop.visitor();
    assert_eq!(slugs(&cards_by_ids(&cx, &ids).await.unwrap()), ["published-0"]);
    assert_eq!(slugs(&newest(&cx, 20, 0).await.unwrap()), ["published-0"]);
    assert_eq!(slugs(&fast_answering(&cx, 20).await.unwrap()), ["published-0"]);
    assert_eq!(category_counts(&cx).await.unwrap(), [("fasteners.bolts.hex".to_owned(), 1)]);
    assert_eq!(listing_addresses(&cx, 1).await.unwrap().len(), 1);
    assert_eq!(vendor_addresses(&cx, 1).await.unwrap().len(), 1);
    assert!(listing_addresses(&cx, i64::MAX).await.unwrap().is_empty());
    assert_eq!(address_files(&cx).await.unwrap(), (1, 1));
    let figures = figures(&cx).await.unwrap();
    assert_eq!((figures.listings, figures.listing_vendors, figures.vendors, figures.hidden), (1, 1, 1, 3));
    assert_eq!(figures.queues.iter().map(|(_, count, _)| *count).sum::<i64>(), 3);
    let pulse = pulse(&cx).await.unwrap();
    assert_eq!(
        (pulse.mean_micros, pulse.answers),
        (Some(HOUR), figures.answers),
        "every page says the same share"
    );
});

both_databases!(fast_vendors_show_one_listing_each, |db: Db| async move {
    let shop = Shop::new(db);
    for (name, hours) in [("slow", 5), ("quick", 1)] {
        let vendor = shop.vendor(name).await;
        shop.record(vendor, hours).await;
        shop.listing(vendor, &format!("{name}-old"), "published", 9).await;
        shop.listing(vendor, &format!("{name}-new"), "published", 1).await;
    }
    assert_eq!(slugs(&fast_answering(&shop.visitor(), 6).await.unwrap()), ["quick-new", "slow-new"]);
    assert_eq!(slugs(&newest(&shop.visitor(), 2, 1).await.unwrap()).len(), 2);
});

both_databases!(what_was_renewed_is_not_new, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let old = shop.listing(vendor, "old", "published", 9).await;
    let fresh = shop.listing(vendor, "fresh", "published", 1).await;
    shop.run("UPDATE listings SET published_at = published_at + 36000000000 WHERE id = $1", old).await;
    let cards = newest(&shop.visitor(), 2, 0).await.unwrap();
    assert_eq!(cards.iter().map(|card| card.id).collect::<Vec<_>>(), [fresh, old]);
    assert!(cards[1].first_published_at < cards[0].first_published_at);
    assert!(cards[1].published_at > cards[0].published_at);
});

both_databases!(a_listing_page_takes_two_statements, |db: Db| async move {
    let shop = Shop::new(db);
    let (mine, other) = (shop.vendor("mine").await, shop.vendor("other").await);
    let id = shop.listing(mine, "page", "published", 1).await;
    shop.listing(mine, "sibling", "published", 2).await;
    shop.listing(other, "similar", "published", 3).await;
    shop.listing(other, "hidden", "hidden", 3).await;
    shop.certify(mine, 0, "벤처기업", Some("2020-01-01")).await;
    let cx = shop.visitor();
    let (found, statements) = counting_statements(async { find_listing(&cx, "page").await.unwrap() }).await;
    let FoundListing::Shown(page) = found else { panic!("not shown") };
    assert_eq!((page.id, statements), (id, 2));
    assert_eq!((slugs(&page.siblings), slugs(&page.similar)), (vec!["sibling"], vec!["similar"]));
    assert!(page.certificates[0].is_expired(&today(cx.now())));
    assert_eq!(page.supplier.trading, Some(true));
});

both_databases!(old_addresses_lead_on_and_ended_ones_say_so, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let id = shop.listing(vendor, "now", "published", 1).await;
    let past = shop.listing(vendor, "past", "expired", 1).await;
    shop.listing(vendor, "unborn", "draft", 1).await;
    shop.run("INSERT INTO slug_history (slug, kind, object_id, at) VALUES ('once', 'listing', $1, 0)", id)
        .await;
    shop.run(
        "INSERT INTO slug_history (slug, kind, object_id, at) VALUES ('once-v', 'vendor', $1, 0)",
        vendor,
    )
    .await;
    shop.run("UPDATE listings SET free_until = 1 WHERE id = $1", past).await;
    let cx = shop.visitor();
    assert_eq!(find_listing(&cx, "once").await.unwrap(), FoundListing::Moved("now".into()));
    assert_eq!(find_vendor(&cx, "once-v", 1).await.unwrap(), FoundVendor::Moved("v".into()));
    let FoundListing::Gone { alternatives, category, .. } = find_listing(&cx, "past").await.unwrap() else {
        panic!("not gone")
    };
    assert_eq!((slugs(&alternatives), category.as_str()), (vec!["now"], "fasteners.bolts.hex"));
    for hidden in ["unborn", "nowhere", "", "' OR 1=1 --"] {
        assert_eq!(find_listing(&cx, hidden).await.unwrap_err().kind, ErrorKind::NotFound, "{hidden}");
    }
    shop.run("UPDATE vendors SET state = 'suspended' WHERE id = $1", vendor).await;
    assert_eq!(find_listing(&cx, "past").await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(find_vendor(&cx, "v", 1).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(find_vendor(&cx, "once-v", 1).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(a_vendor_page_takes_three_statements, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    for number in 0..23 {
        shop.listing(vendor, &format!("l{number}"), "published", number).await;
    }
    shop.listing(vendor, "draft", "draft", 1).await;
    let cx = shop.visitor();
    let (found, statements) = counting_statements(async { find_vendor(&cx, "v", 2).await.unwrap() }).await;
    let FoundVendor::Shown(page) = found else { panic!("not shown") };
    assert_eq!((page.total, page.listings.len(), statements), (23, 3, 3));
    assert_eq!(slugs(&page.listings), ["l20", "l21", "l22"]);
});

both_databases!(the_whole_catalogue_is_walked_in_indexes, |db: Db| async move {
    if db.is_postgres() {
        return;
    }
    let shop = Shop::new(db);
    for counted in [false, true] {
        if counted {
            shop.0.market.db().refresh_statistics().await.unwrap();
        }
        for (sql, wanted) in [
            (crate::search::document::AFTER, "sqlite_autoindex_listings_1 (id>?)"),
            (NEWEST, "SEARCH n USING INDEX listings_by_first_published (state=?)"),
            (LISTING_ADDRESSES, "USING COVERING INDEX listings_by_published"),
            (FAST, "SEARCH n USING INDEX listings_of_vendor (vendor_id=? AND state=?)"),
            (FAST, "vendor_response_stats_fastest (mean_micros>?)"),
            (RELATED, "SEARCH o USING INDEX listings_of_vendor (vendor_id=? AND state=?)"),
            (RELATED, "SEARCH n USING INDEX listings_by_category (category=? AND state=?)"),
            (SITE_COUNTS, "USING COVERING INDEX listings_counted"),
            (CATEGORY_COUNTS, "USING COVERING INDEX listings_counted"),
        ] {
            let explain: &'static str = Box::leak(format!("EXPLAIN QUERY PLAN {sql}").into_boxed_str());
            let mut conn = shop.0.market.db().read().await.unwrap();
            let steps = crate::fetch_all!(conn, (i64, i64, i64, String), explain).unwrap();
            assert!(steps.iter().any(|(.., step)| step.contains(wanted)), "{sql}\n{steps:?}");
        }
    }
});
