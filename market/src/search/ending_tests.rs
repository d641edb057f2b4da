//! A listing ends at one moment, whoever is asked: the engine, the database in its place, lists, cards, its own page.
#![expect(clippy::unwrap_used, reason = "tests")]

use uuid::Uuid;

use super::{feed, service};
use crate::both_databases;
use crate::catalog::browse::tests::Shop;
use crate::catalog::browse::{self, FoundListing};
use crate::catalog::rules::next_window_end;
use crate::db::Db;
use crate::search::SearchQuery;
use crate::time::{DAY, SECOND, Timestamp};

const END: &str = "UPDATE listings SET free_until = $2 WHERE id = $1";
const UNEVEN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM listings WHERE free_until % 1000000 <> 0";
/// As the migration brings older rows to whole seconds.
const WHOLE: &str =
    "UPDATE listings SET free_until = free_until - free_until % 1000000 WHERE free_until % 1000000 <> 0";

async fn end(shop: &Shop, listing: Uuid, at: i64) {
    let mut tx = shop.0.market.db().write().await.unwrap();
    crate::execute!(tx, END, listing, at).unwrap();
    tx.commit().await.unwrap();
}

/// Who shows it at a moment.
async fn shown(shop: &Shop, id: Uuid, at: i64) -> [bool; 6] {
    shop.0.clock.set(Timestamp(at));
    let cx = shop.visitor();
    let question = SearchQuery { text: "ends".into(), ..SearchQuery::default() };
    let cards = |found: Vec<browse::Card>| found.iter().any(|card| card.id == id);
    let found = service::search(&cx, question.clone()).await.unwrap();
    shop.0.search.set_away(true);
    let instead = service::search(&cx, question).await.unwrap();
    shop.0.search.set_away(false);
    assert!(!found.degraded && instead.degraded);
    [
        found.total.count == 1 && cards(found.cards),
        instead.total.count == 1 && cards(instead.cards),
        cards(browse::newest(&cx, 10, 0).await.unwrap()),
        cards(browse::cards_by_ids(&cx, &[id]).await.unwrap()),
        browse::category_counts(&cx).await.unwrap().iter().any(|(_, count)| *count == 1),
        matches!(browse::find_listing(&cx, "ends").await.unwrap(), FoundListing::Shown(_)),
    ]
}

both_databases!(a_listing_ends_at_one_moment_whoever_is_asked, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let id = shop.listing(vendor, "ends", "published", 0).await;
    let second = next_window_end(None, shop.0.market.now(), 1).0;
    // on the second, as every program writes it, and in the middle of one, as an older one wrote it
    for until in [second, second + 400_000] {
        end(&shop, id, until).await;
        feed::rebuild(&shop.0.market).await.unwrap();
        for step in [-SECOND, -1, 0, 1, 300_000, 400_000, 500_000, SECOND - 1, SECOND, SECOND + 1] {
            let running = (second + step).div_euclid(SECOND) * SECOND;
            let all = shown(&shop, id, second + step).await;
            assert_eq!(all, [running < until; 6], "ends {}, {step} after the second", until - second);
        }
        shop.0.clock.set(Timestamp(second - DAY));
    }
});

both_databases!(the_demo_ends_on_the_second_and_older_rows_are_brought_there, |db: Db| async move {
    let shop = Shop::new(db);
    crate::seed::seed_demo(&shop.0.market).await.unwrap();
    let uneven = async || {
        let mut db = shop.0.market.system().read().await.unwrap();
        crate::fetch_one!(db, (i64,), UNEVEN).unwrap().0
    };
    assert_eq!(uneven().await, 0);
    for text in [
        include_str!("../../migrations/sqlite/0026_told_and_whole_seconds.sql"),
        include_str!("../../migrations/postgres/0026_told_and_whole_seconds.sql"),
    ] {
        assert!(text.contains(WHOLE));
    }
    let vendor = shop.vendor("v").await;
    let id = shop.listing(vendor, "older", "published", 0).await;
    let until = next_window_end(None, shop.0.market.now(), 1).0;
    end(&shop, id, until + 999_999).await;
    assert_eq!(uneven().await, 1);
    let mut tx = shop.0.market.db().write().await.unwrap();
    crate::execute!(tx, WHOLE).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(uneven().await, 0);
});
