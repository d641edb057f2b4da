//! Being in somebody's team binds nobody.

use super::*;
use crate::accounts::service as accounts;

both_databases!(whoever_was_put_into_a_team_leaves_it_and_applies, |db: Db| async move {
    let mut s = scene(db).await;
    let theirs = s.begin().await;
    let id = s.test.add_person("put").await;
    s.test.join(id, theirs, VendorRole::Manager).await;
    let cx = s.test.as_person(id).await;
    let own = service::begin(&cx, &draft(NUMBERS[1])).await.unwrap();
    assert_ne!(own, theirs, "another company's team is no application of one's own");
    let cx = s.test.as_person(id).await;
    assert_eq!(cx.actor.person().unwrap().first_vendor(), Some(own), "the own desk comes first");
    assert_eq!(service::begin(&cx, &draft(NUMBERS[1])).await.unwrap(), own);

    let owner = s.owner.actor.user_id().unwrap();
    assert_eq!(team::remove(&cx, theirs, owner).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(team::change_role(&cx, theirs, id, "owner").await.unwrap_err().kind, ErrorKind::NotFound);
    team::remove(&cx, theirs, id).await.unwrap();
    assert_eq!(team::list(&s.owner, theirs).await.unwrap().len(), 1);
    assert!(
        matches!(team::remove(&cx, own, id).await.unwrap_err().kind, ErrorKind::Invalid(_)),
        "an owner stays"
    );
});

const OPEN_ROWS: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM vendor_members WHERE vendor_id = $1";

both_databases!(an_application_is_taken_back_and_its_number_is_free_again, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    service::submit(&s.owner, id).await.unwrap();
    let put = s.test.add_person("put").await;
    s.test.join(put, id, VendorRole::Manager).await;
    let manager = s.test.as_person(put).await;
    assert_eq!(closing::close_own(&manager, id, true).await.unwrap_err().kind, ErrorKind::NotFound);
    let unsure = closing::close_own(&s.owner, id, false).await.unwrap_err();
    assert_eq!(problem(&unsure, "sure"), &Problem::Rule("vendor.close_sure".into()));
    assert_eq!(s.state(id).await, VendorState::InReview, "nothing happens before the yes");
    closing::close_own(&s.owner, id, true).await.unwrap();
    let vendor = service::find_own(&s.test.market.system(), id).await.unwrap();
    assert_eq!((vendor.state, vendor.profile.business_number.digits()), (VendorState::Closed, "1234567891"));
    let late = service::decide(&s.curator, id, None, VendorAction::Approve, "", None).await.unwrap_err();
    assert_eq!(rule(&late), "vendor.transition", "no curator decides about it any more");
    let mut conn = s.test.market.db().read().await.unwrap();
    assert_eq!(crate::fetch_one!(conn, (i64,), OPEN_ROWS, id).unwrap().0, 0, "nobody works for it");
    drop(conn);
    // the one who applied may leave or begin anew, and so may anybody of the company
    let owner = s.test.as_person(s.owner.actor.user_id().unwrap()).await;
    assert!(accounts::obstacles(&owner).await.unwrap().is_empty());
    let other = s.test.as_person(put).await;
    let again = service::begin(&other, &draft(NUMBERS[0])).await.unwrap();
    assert_ne!(again, id);
    prepare_all(
        s.test.market.db(),
        [
            closing::END_LISTINGS,
            closing::END_REVISIONS,
            closing::END_STAGED,
            closing::END_INVITATIONS,
            closing::END_TEAM,
            closing::WHAT_ENDS,
        ],
    )
    .await;
});

both_databases!(an_owner_closes_the_company_and_then_the_account, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.approved().await;
    assert_eq!(accounts::obstacles(&s.owner).await.unwrap().len(), 1);
    closing::close_own(&s.owner, id, true).await.unwrap();
    closing::close_own(&s.owner, id, true).await.unwrap();
    assert_eq!(s.state(id).await, VendorState::Closed);
    assert!(accounts::obstacles(&s.owner).await.unwrap().is_empty());
    assert_eq!(team::list(&s.owner, id).await.unwrap().len(), 1, "its records can still be read");
    // the number is free for whoever trades under it next
    let put = s.test.add_person("put").await;
    let next = service::begin(&s.test.as_person(put).await, &draft(NUMBERS[0])).await.unwrap();
    service::submit(&s.test.as_person(put).await, next).await.unwrap();
    // nothing is left to own
    team::remove(&s.owner, id, s.owner.actor.user_id().unwrap()).await.unwrap();
});
