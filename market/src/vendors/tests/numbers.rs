//! Whose a business number is: one company's among those that were handed in or let in, and nobody's in a draft.

use super::*;
use crate::idempotency;

const CLAIMED: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM vendors WHERE business_number = '1234567891' AND state = $1";

fn taken() -> Problem {
    Problem::Rule("vendor.number_taken".into())
}

/// Somebody else who begins an application with a number, and knows of it.
async fn another(s: &Scene, name: &str, number: &str) -> (Cx, Uuid) {
    let person = s.test.add_person(name).await;
    let company = service::begin(&s.test.as_person(person).await, &draft(number)).await.unwrap();
    (s.test.as_person(person).await, company)
}

both_databases!(a_number_in_a_draft_blocks_nobody, |db: Db| async move {
    let mut s = scene(db).await;
    let squatted = s.begin().await;
    let (real, company) = another(&s, "real", NUMBERS[0]).await;
    service::submit(&real, company).await.unwrap();
    let late = service::submit(&s.owner, squatted).await.unwrap_err();
    assert_eq!(problem(&late, "business_number"), &taken());
    assert_eq!(s.state(squatted).await, VendorState::Applying, "nothing was handed in");
    service::decide(&s.curator, company, None, VendorAction::Approve, "", None).await.unwrap();
    service::decide(&s.curator, company, None, VendorAction::Suspend, "가격이 사실과 달라요", None)
        .await
        .unwrap();
    let late = service::submit(&s.owner, squatted).await.unwrap_err();
    assert_eq!(problem(&late, "business_number"), &taken(), "a suspended company keeps its number");
    let version = service::find_own(&s.owner, squatted).await.unwrap().version;
    service::update_and_submit(&s.owner, squatted, version, &draft(NUMBERS[1])).await.unwrap();
    assert_eq!(s.state(squatted).await, VendorState::InReview);
    let mut db = s.owner.read().await.unwrap();
    let (held,): (i64,) = crate::fetch_one!(db, (i64,), CLAIMED, "suspended").unwrap();
    assert_eq!(held, 1);
});

both_databases!(who_was_returned_refused_or_closed_gives_the_number_back, |db: Db| async move {
    let mut s = scene(db).await;
    let first = s.begin().await;
    service::submit(&s.owner, first).await.unwrap();
    let (second_owner, second) = another(&s, "second", NUMBERS[0]).await;
    service::decide(&s.curator, first, None, VendorAction::Return, "번호를 확인해 주세요", None)
        .await
        .unwrap();
    service::submit(&second_owner, second).await.unwrap();
    let back = service::submit(&s.owner, first).await.unwrap_err();
    assert_eq!(problem(&back, "business_number"), &taken());
    service::decide(&s.curator, second, None, VendorAction::Reject, "다른 회사의 번호예요", None)
        .await
        .unwrap();
    service::submit(&s.owner, first).await.unwrap();
    let again = service::submit(&second_owner, second).await.unwrap_err();
    assert_eq!(problem(&again, "business_number"), &taken(), "applying anew asks again");
    assert_eq!(s.state(second).await, VendorState::Rejected, "both steps or neither");
    service::decide(&s.curator, first, None, VendorAction::Approve, "", None).await.unwrap();
    service::decide(&s.curator, first, None, VendorAction::Close, "", None).await.unwrap();
    service::submit(&second_owner, second).await.unwrap();
});

both_databases!(a_closed_company_leaves_room_for_another_one, |db: Db| async move {
    let mut s = scene(db).await;
    let closed = s.approved().await;
    service::decide(&s.curator, closed, None, VendorAction::Close, "", None).await.unwrap();
    let person = s.owner.actor.user_id().unwrap();
    let cx = s.test.as_person(person).await;
    let me = cx.actor.person().unwrap();
    assert_eq!(me.owned_vendor(), None);
    assert_eq!(me.first_vendor(), Some(closed), "its records stay open");
    let anew = service::begin(&cx, &draft(NUMBERS[0])).await.unwrap();
    assert_ne!(anew, closed);
    assert_eq!(
        service::begin(&cx, &draft(NUMBERS[0])).await.unwrap(),
        anew,
        "a second press finds the first"
    );
    let cx = s.test.as_person(person).await;
    let me = cx.actor.person().unwrap();
    assert_eq!((me.owned_vendor(), me.first_vendor()), (Some(anew), Some(anew)));
    service::submit(&cx, anew).await.unwrap();
});

both_databases!(what_the_registry_says_is_about_one_number, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    service::submit(&s.owner, id).await.unwrap();
    let system = s.test.market.system();
    let old = BusinessNumber::parse(NUMBERS[0]).unwrap();
    s.test.registry.set(&old, RegistryStatus::Closed);
    assert_eq!(jobs::refresh_registry(&system).await.unwrap(), 1);
    service::decide(&s.curator, id, None, VendorAction::Return, "번호를 확인해 주세요", None).await.unwrap();
    let asked = service::find_own(&s.owner, id).await.unwrap();
    assert_eq!(asked.registry, RegistryState::Closed);
    service::update_profile(&s.owner, id, asked.version, &draft(NUMBERS[0])).await.unwrap();
    assert_eq!(service::find_own(&s.owner, id).await.unwrap().registry, RegistryState::Closed, "same number");
    service::update_profile(&s.owner, id, asked.version + 1, &draft(NUMBERS[1])).await.unwrap();
    let renumbered = service::find_own(&s.owner, id).await.unwrap();
    assert_eq!((renumbered.registry, renumbered.registry_checked_at), (RegistryState::Unknown, None));
    // the answer about the old number arrives late
    let late = jobs::note(&system, (id, &old), RegistryState::Unknown, RegistryStatus::Closed).await.unwrap();
    assert!(!late);
    let kept = service::find_own(&s.owner, id).await.unwrap();
    assert_eq!((kept.registry, kept.registry_checked_at), (RegistryState::Unknown, None));
});

both_databases!(a_request_that_failed_halfway_can_be_pressed_again, |db: Db| async move {
    let mut s = scene(db).await;
    let squatted = s.begin().await;
    let (real, company) = another(&s, "real", NUMBERS[0]).await;
    service::submit(&real, company).await.unwrap();
    let version = service::find_own(&s.owner, squatted).await.unwrap().version;
    let renamed = VendorDraft { name_ko: "새 이름".into(), ..draft(NUMBERS[0]) };
    let key = s.owner.new_id();
    let press = || {
        idempotency::once(&s.owner, key, "the same form", async |cx| {
            service::update_and_submit(&cx, squatted, version, &renamed).await
        })
    };
    // what is written is fine, asking for review is not: neither is done, and the form is not taken
    for _ in 0..2 {
        assert_eq!(problem(&press().await.unwrap_err(), "business_number"), &taken());
        let kept = service::find_own(&s.owner, squatted).await.unwrap();
        assert_eq!((kept.version, &*kept.profile.name_ko), (version, "가온벼리볼트"));
    }
    service::decide(&s.curator, company, None, VendorAction::Reject, "만드는 제품이 없어요", None)
        .await
        .unwrap();
    press().await.unwrap();
    assert_eq!(s.state(squatted).await, VendorState::InReview);
    press().await.unwrap();
});
