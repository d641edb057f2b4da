//! Sessions on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::access::{Membership, PlatformRole, VendorRole};
use super::sessions;
use crate::both_databases;
use crate::db::Db;
use crate::testing::test_market;
use crate::time::{DAY, HOUR};

both_databases!(knows_who_comes, |db: Db| async move {
    let t = test_market(db);
    let id = t.add_person("kim").await;
    t.grant(id, PlatformRole::Curator).await;
    t.grant(id, PlatformRole::Finance).await;
    let cx = t.market.system();
    let mut tx = cx.write().await.unwrap();
    let token = sessions::open(&cx, &mut tx, id, "Firefox\0\u{202e}").await.unwrap();
    tx.commit().await.unwrap();
    let (person, statements) =
        crate::db::counting_statements(sessions::authenticate(&t.market, &token)).await;
    let person = person.unwrap().unwrap();
    assert_eq!(statements, 2);
    assert_eq!((person.id, person.name.as_str(), person.unread), (id, "kim", 0));
    assert_eq!(person.roles.len(), 2);
    assert_eq!(person.memberships, Vec::<Membership>::new());
    assert!(sessions::authenticate(&t.market, "guess").await.unwrap().is_none());
    assert!(sessions::authenticate(&t.market, "").await.unwrap().is_none());
    assert_eq!(VendorRole::from_code("nobody"), None);
});

both_databases!(ends_by_itself, |db: Db| async move {
    let t = test_market(db);
    let id = t.add_person("kim").await;
    let cx = t.market.system();
    let mut tx = cx.write().await.unwrap();
    let token = sessions::open(&cx, &mut tx, id, "").await.unwrap();
    tx.commit().await.unwrap();
    t.clock.advance(14 * DAY - HOUR);
    assert!(sessions::authenticate(&t.market, &token).await.unwrap().is_some());
    wait_for_visit(&t, id).await;
    t.clock.advance(14 * DAY - HOUR);
    assert!(sessions::authenticate(&t.market, &token).await.unwrap().is_some(), "a visit keeps it alive");
    wait_for_visit(&t, id).await;
    t.clock.advance(3 * DAY);
    assert!(
        sessions::authenticate(&t.market, &token).await.unwrap().is_none(),
        "30 days after signing in it ends all the same"
    );
});

both_databases!(ends_when_nobody_visits, |db: Db| async move {
    let t = test_market(db);
    let id = t.add_person("kim").await;
    let cx = t.market.system();
    let mut tx = cx.write().await.unwrap();
    let token = sessions::open(&cx, &mut tx, id, "").await.unwrap();
    tx.commit().await.unwrap();
    t.clock.advance(14 * DAY + HOUR);
    assert!(sessions::authenticate(&t.market, &token).await.unwrap().is_none());
    let mut db = cx.read().await.unwrap();
    assert!(sessions::list(&mut db, id, cx.now()).await.unwrap().is_empty());
});

both_databases!(is_revoked_by_its_owner_only, |db: Db| async move {
    let t = test_market(db);
    let (kim, lee) = (t.add_person("kim").await, t.add_person("lee").await);
    let (one, two) = (t.as_person(kim).await, t.as_person(kim).await);
    let session = |cx: &crate::Cx| cx.actor.person().unwrap().session_id;
    let cx = t.market.system();
    let mut tx = cx.write().await.unwrap();
    assert!(!sessions::revoke(&mut tx, lee, session(&one), cx.now()).await.unwrap());
    assert!(sessions::revoke(&mut tx, kim, session(&one), cx.now()).await.unwrap());
    assert!(!sessions::revoke(&mut tx, kim, session(&one), cx.now()).await.unwrap());
    assert_eq!(sessions::revoke_all(&mut tx, kim, Some(session(&two)), cx.now()).await.unwrap(), 0);
    assert_eq!(sessions::revoke_all(&mut tx, kim, None, cx.now()).await.unwrap(), 1);
    tx.commit().await.unwrap();
});

/// The visit is noted beside the request; wait until it is.
async fn wait_for_visit(t: &crate::testing::TestMarket, id: uuid::Uuid) {
    for _ in 0..100 {
        let mut db = t.market.db().read().await.unwrap();
        let devices = sessions::list(&mut db, id, t.market.now()).await.unwrap();
        if devices.iter().any(|device| device.last_seen_at == t.market.now()) {
            return;
        }
        drop(db);
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("the visit was not noted");
}
