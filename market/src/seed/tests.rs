//! The demo data is whole, is written once, and never beside real accounts.

use super::seed_demo;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::ThreadState;
use crate::search::desk::figures::{self, Order};
use crate::testing::test_market;

const WAITING_TOO_LONG: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM threads WHERE closed_at IS NULL AND (due_at IS NULL OR due_at <= $1)";
const THREAD_STATES: &str = "SELECT CAST(COUNT(DISTINCT state) AS BIGINT) FROM threads";
/// What would not be so if people had done it.
const WRONG: [(&str, &str); 8] = [
    (
        "SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.state IN ('quoted', 'accepted') AND NOT EXISTS \
        (SELECT 1 FROM messages m WHERE m.thread_id = t.id AND m.kind = 'quote' AND m.data LIKE '{\"quote\":%')",
        "a thread with a quote has one",
    ),
    (
        "SELECT CAST(COUNT(*) AS BIGINT) FROM rfqs r WHERE r.answers <> (SELECT COUNT(*) FROM threads t WHERE t.batch_id = r.id)",
        "a request counts the answers it has",
    ),
    (
        "SELECT CAST(COUNT(*) AS BIGINT) FROM rfqs r JOIN threads t ON t.batch_id = r.id JOIN messages m ON m.thread_id = t.id AND m.kind = 'quote' \
        WHERE r.body LIKE '%12대%' AND m.data NOT LIKE '%\"quantity\":12,\"unit\":\"대\"%'",
        "a quote is for what was asked",
    ),
    (
        "SELECT CAST(COUNT(*) AS BIGINT) FROM messages WHERE data LIKE '%\"reason\":\"capacity\"%'",
        "a reason is one of those there are",
    ),
    (
        "SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE NOT EXISTS (SELECT 1 FROM messages m \
        WHERE m.thread_id = t.id AND m.seq = t.message_count AND ( \
        (t.state IN ('new', 'waiting_vendor', 'rerouted') AND m.side = 'buyer' AND m.kind = 'text') \
        OR (t.state = 'waiting_buyer' AND m.side = 'vendor' AND m.kind IN ('text', 'question')) \
        OR (t.state = 'quoted' AND m.side = 'vendor' AND m.kind = 'quote') \
        OR (t.state = 'vendor_declined' AND m.side = 'vendor' AND m.kind = 'decline') \
        OR (t.state = 'accepted' AND m.side = 'buyer' AND m.kind = 'accept') \
        OR (t.state = 'declined' AND m.side = 'buyer' AND m.kind = 'decline') \
        OR (t.state = 'withdrawn' AND m.side = 'buyer' AND m.kind = 'withdraw') \
        OR (t.state = 'expired' AND m.side = 'system' AND m.kind = 'expire')))",
        "a conversation stands where its last writer left it",
    ),
    (
        "SELECT CAST(COUNT(*) AS BIGINT) FROM threads t \
        WHERE t.message_count <> (SELECT COUNT(*) FROM messages m WHERE m.thread_id = t.id)",
        "no message is counted that is not there",
    ),
    (
        "SELECT CAST(COUNT(*) AS BIGINT) FROM threads WHERE (state IN ('declined', 'vendor_declined')) <> (decline_reason IS NOT NULL) \
        AND state <> 'rerouted'",
        "a no has its reason",
    ),
    (
        "SELECT CAST(COUNT(*) AS BIGINT) FROM listing_revisions r JOIN listings l ON l.id = r.listing_id WHERE NOT EXISTS \
        (SELECT 1 FROM vendor_members m WHERE m.vendor_id = l.vendor_id AND m.user_id = r.author_id)",
        "who edits a product works for its company",
    ),
];
const VISIBLE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM listings l JOIN vendors v ON v.id = l.vendor_id \
    WHERE v.state = 'approved' AND l.state = 'published' AND l.free_until > $1";

both_databases!(the_demo_is_written_once_and_is_whole, |db: Db| async move {
    let test = test_market(db);
    let seeded = seed_demo(&test.market).await.unwrap().unwrap();
    assert!(seeded.vendors >= 120 && seeded.listings >= 3_000 && seeded.threads >= 300, "{seeded:?}");
    assert_eq!(seed_demo(&test.market).await.unwrap(), None, "a second time changes nothing");

    let now = test.market.now();
    let mut conn = test.market.db().read().await.unwrap();
    let (late,) = crate::fetch_one!(conn, (i64,), WAITING_TOO_LONG, now).unwrap();
    assert_eq!(late, 0, "nothing waits past its deadline");
    let (states,) = crate::fetch_one!(conn, (i64,), THREAD_STATES).unwrap();
    assert_eq!(states, i64::try_from(ThreadState::ALL.len()).unwrap(), "conversations in every state");
    for (sql, what) in WRONG {
        let (wrong,) = crate::fetch_one!(conn, (i64,), sql).unwrap();
        assert_eq!(wrong, 0, "{what}");
    }
    let (visible,) = crate::fetch_one!(conn, (i64,), VISIBLE, now).unwrap();
    assert!(visible >= 2_500, "{visible} listings can be seen");
});

both_databases!(the_desk_of_search_has_something_to_say, |db: Db| async move {
    let test = test_market(db);
    seed_demo(&test.market).await.unwrap().unwrap();
    let cx = test.market.system();
    for days in figures::PERIODS {
        let seldom = figures::open(&cx, Order::SeldomOpened, days).await.unwrap();
        assert!((3..=8).contains(&seldom.rows.len()), "{days} days: {:?}", seldom.rows);
        assert!(seldom.rows.iter().filter(|row| row.clicks > 0).count() >= 3, "{:?}", seldom.rows);
        let missed = figures::open(&cx, Order::Missed, days).await.unwrap();
        assert!(missed.rows.len() >= 8 && missed.rows.iter().all(|row| row.clicks == 0), "{:?}", missed.rows);
        let most = figures::open(&cx, Order::Most, days).await.unwrap();
        let followed = most.rows.iter().filter(|row| row.clicks * 2 > row.searches).collect::<Vec<_>>();
        assert!(followed.len() >= 5, "{:?}", most.rows);
        assert!(followed.iter().all(|row| row.mean_place().is_some_and(|place| (12..=35).contains(&place))));
        assert!(most.rows.iter().all(|row| row.clicks <= row.searches && row.query != "김철수 대표"));
        assert!(most.totals.shown < most.totals.questions, "what one person asks is only counted");
    }
});

both_databases!(real_accounts_are_never_mixed_with_invented_ones, |db: Db| async move {
    let test = test_market(db);
    test.add_person("real").await;
    let error = seed_demo(&test.market).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Conflict("seed.real_accounts".into()));
});
