//! Being in somebody's team binds nobody.

use super::*;

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
