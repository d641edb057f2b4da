//! Into a team by saying yes.

use super::*;
use crate::testing::prepare_all;
use crate::vendors::invitations::{self, LIFE};

both_databases!(nobody_is_in_a_team_before_they_said_yes, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    let invited = s.test.add_person("colleague").await;
    invitations::invite(&s.owner, id, " Colleague@Example.test ", "manager").await.unwrap();
    let cx = s.test.as_person(invited).await;
    assert_eq!(cx.actor.person().unwrap().role_in(id), None);
    assert_eq!(team::list(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
    let mine = invitations::mine(&cx).await.unwrap();
    assert_eq!((mine.len(), mine[0].vendor_id, mine[0].role.as_str()), (1, id, "manager"));

    invitations::accept(&cx, id).await.unwrap();
    invitations::accept(&s.test.as_person(invited).await, id).await.unwrap();
    let cx = s.test.as_person(invited).await;
    assert_eq!(cx.actor.person().unwrap().role_in(id), Some(VendorRole::Manager));
    assert_eq!(team::list(&cx, id).await.unwrap().len(), 2);
    assert!(invitations::mine(&cx).await.unwrap().is_empty());
    let again = invitations::invite(&s.owner, id, "colleague@example.test", "owner").await.unwrap_err();
    assert_eq!(problem(&again, "email"), &Problem::Rule("vendor.already_member".into()));
});

both_databases!(an_invitation_is_declined_taken_back_or_ends, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    let person = s.test.add_person("colleague").await;
    let cx = s.test.as_person(person).await;
    let invite = async || invitations::invite(&s.owner, id, "colleague@example.test", "staff").await;
    assert_eq!(invitations::accept(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
    invite().await.unwrap();
    invitations::decline(&cx, id).await.unwrap();
    invitations::decline(&cx, id).await.unwrap();
    assert_eq!(invitations::accept(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
    invite().await.unwrap();
    invitations::cancel(&s.owner, id, "colleague@example.test").await.unwrap();
    assert_eq!(invitations::accept(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
    invite().await.unwrap();
    let fourth = invite().await.unwrap_err();
    assert!(matches!(fourth.kind, ErrorKind::TooMany { .. }), "an address is mailed three times a day");
    s.test.clock.advance(LIFE);
    let cx = s.test.as_person(person).await;
    assert_eq!(invitations::accept(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
    assert!(
        invitations::of_company(&s.test.as_person(s.owner.actor.user_id().unwrap()).await, id)
            .await
            .unwrap()
            .is_empty()
    );
    assert_eq!(cx.actor.person().unwrap().role_in(id), None);
});

both_databases!(only_owners_invite_and_only_the_address_answers, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    let (staff, other) = (s.test.add_person("staff").await, s.test.add_person("other").await);
    s.test.join(staff, id, VendorRole::Manager).await;
    let (staff, other) = (s.test.as_person(staff).await, s.test.as_person(other).await);
    for cx in [&staff, &other] {
        let refused = invitations::invite(cx, id, "new@example.test", "owner").await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::NotFound);
        assert_eq!(invitations::of_company(cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(
            invitations::cancel(cx, id, "new@example.test").await.unwrap_err().kind,
            ErrorKind::NotFound
        );
    }
    // without an account, and with one: the same
    invitations::invite(&s.owner, id, "new@example.test", "owner").await.unwrap();
    for cx in [&staff, &other] {
        assert!(invitations::mine(cx).await.unwrap().is_empty());
    }
    assert_eq!(invitations::accept(&other, id).await.unwrap_err().kind, ErrorKind::NotFound);
    let new = s.test.add_person("new").await;
    invitations::accept(&s.test.as_person(new).await, id).await.unwrap();
    let new = s.test.as_person(new).await;
    assert_eq!(new.actor.person().unwrap().role_in(id), Some(VendorRole::Owner));
    for (email, role) in [("", "staff"), ("no address", "staff"), ("a@example.test", "chief")] {
        let refused = invitations::invite(&s.owner, id, email, role).await.unwrap_err();
        assert!(matches!(refused.kind, ErrorKind::Invalid(_)), "{email} {role}");
    }
});

both_databases!(what_somebody_invited_does_not_outlive_their_right_to, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    let second = s.test.add_person("second").await;
    s.test.join(second, id, VendorRole::Owner).await;
    let second = s.test.as_person(second).await;
    let person = s.test.add_person("colleague").await;
    let cx = s.test.as_person(person).await;
    invitations::invite(&second, id, "colleague@example.test", "owner").await.unwrap();
    team::remove(&s.owner, id, second.actor.user_id().unwrap()).await.unwrap();
    assert_eq!(invitations::accept(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
    // nor the account of whoever invited
    let third = s.test.add_person("third").await;
    s.test.join(third, id, VendorRole::Owner).await;
    invitations::invite(&s.test.as_person(third).await, id, "colleague@example.test", "owner").await.unwrap();
    let mut tx = cx.write().await.unwrap();
    let leaving = crate::accounts::store::find(&mut tx, third).await.unwrap().unwrap();
    crate::accounts::store::close(&mut tx, &leaving, cx.now()).await.unwrap();
    tx.commit().await.unwrap();
    assert!(invitations::mine(&cx).await.unwrap().is_empty());
    assert_eq!(invitations::accept(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(the_desk_of_another_company_is_a_choice, |db: Db| async move {
    let mut s = scene(db).await;
    let theirs = s.begin().await;
    let id = s.test.add_person("both").await;
    let own = service::begin(&s.test.as_person(id).await, &draft(NUMBERS[1])).await.unwrap();
    s.test.join(id, theirs, VendorRole::Staff).await;
    let cx = s.test.as_person(id).await;
    assert_eq!(cx.actor.person().unwrap().first_vendor(), Some(own));
    invitations::choose_desk(&cx, theirs).await.unwrap();
    let cx = s.test.as_person(id).await;
    let me = cx.actor.person().unwrap();
    assert_eq!((me.first_vendor(), me.owned_vendor()), (Some(theirs), Some(own)));
    assert_eq!(invitations::companies(&cx).await.unwrap().len(), 2);
    invitations::leave(&cx, theirs).await.unwrap();
    let cx = s.test.as_person(id).await;
    assert_eq!(cx.actor.person().unwrap().first_vendor(), Some(own), "a desk that is left is not shown");
    assert_eq!(invitations::choose_desk(&cx, theirs).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(statements_of_invitations_are_valid, |db: Db| async move {
    use invitations as i;
    prepare_all(
        &db,
        [
            i::KEEP,
            i::OF_COMPANY,
            i::TO_ADDRESS,
            i::DROP,
            i::DROP_OF,
            i::PURGE,
            i::ERASE_BY,
            i::ERASE,
            i::COMPANIES,
            i::CHOOSE_DESK,
        ],
    )
    .await;
});
