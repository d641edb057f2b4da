//! The demo data is whole, is written once, and never beside real accounts.

use super::seed_demo;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::testing::test_market;

const WAITING_TOO_LONG: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM threads WHERE closed_at IS NULL AND (due_at IS NULL OR due_at <= $1)";
const THREAD_STATES: &str = "SELECT CAST(COUNT(DISTINCT state) AS BIGINT) FROM threads";
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
    assert!(states >= 7, "{states} states of conversations");
    let (visible,) = crate::fetch_one!(conn, (i64,), VISIBLE, now).unwrap();
    assert!(visible >= 2_500, "{visible} listings can be seen");
});

both_databases!(real_accounts_are_never_mixed_with_invented_ones, |db: Db| async move {
    let test = test_market(db);
    test.add_person("real").await;
    let error = seed_demo(&test.market).await.unwrap_err();
    assert_eq!(error.kind, ErrorKind::Conflict("seed.real_accounts".into()));
});
