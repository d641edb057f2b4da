//! Who may do what to what.

use super::*;

fn person(roles: Vec<PlatformRole>, memberships: Vec<Membership>, officer_of: Vec<Uuid>) -> Actor {
    Actor::Person(Box::new(Person {
        id: Uuid::from_u128(1),
        session_id: Uuid::from_u128(2),
        name: String::new(),
        email: String::new(),
        email_confirmed: true,
        roles,
        memberships,
        officer_of,
        unread: 0,
        shares: false,
        collected: Vec::new(),
        time_zone: None,
        desk: None,
    }))
}

#[test]
fn another_company_is_out_of_reach() {
    let (mine, theirs) = (Uuid::from_u128(10), Uuid::from_u128(11));
    let owner =
        person(vec![], vec![Membership { vendor_id: mine, role: VendorRole::Owner, closed: false }], vec![]);
    for verb in [Verb::EditListing, Verb::EditVendor, Verb::OwnVendor, Verb::OpenVendorDesk] {
        assert!(can(&owner, verb, Object::Vendor { vendor_id: mine, chapter_id: None }));
        assert!(!can(&owner, verb, Object::Vendor { vendor_id: theirs, chapter_id: None }));
    }
}

#[test]
fn an_officer_decides_in_the_own_chapter_only() {
    let (own, other) = (Uuid::from_u128(20), Uuid::from_u128(21));
    let officer = person(vec![], vec![], vec![own]);
    let vendor_id = Uuid::from_u128(10);
    assert!(can(&officer, Verb::DecideListing, Object::Vendor { vendor_id, chapter_id: Some(own) }));
    assert!(!can(&officer, Verb::DecideListing, Object::Vendor { vendor_id, chapter_id: Some(other) }));
    assert!(!can(&officer, Verb::DecideListing, Object::Vendor { vendor_id, chapter_id: None }));
    assert!(!can(&officer, Verb::SuspendVendor, Object::Vendor { vendor_id, chapter_id: Some(own) }));
}

#[test]
fn nobody_decides_about_the_own_company() {
    let (chapter, mine, theirs) = (Uuid::from_u128(20), Uuid::from_u128(10), Uuid::from_u128(11));
    let of = |vendor_id| Object::Vendor { vendor_id, chapter_id: Some(chapter) };
    let team = || vec![Membership { vendor_id: mine, role: VendorRole::Staff, closed: false }];
    let officer = person(vec![], team(), vec![chapter]);
    let people = [PlatformRole::Curator, PlatformRole::Moderator, PlatformRole::Admin];
    let mut all: Vec<Actor> = people.map(|role| person(vec![role], team(), vec![])).into();
    all.push(officer);
    for actor in all {
        for verb in [Verb::DecideListing, Verb::HideListing, Verb::DecideVendor, Verb::SuspendVendor] {
            assert!(!can(&actor, verb, of(mine)), "{verb:?}");
        }
        assert!(can(&actor, Verb::ReviewListing, of(mine)), "reading decides nothing");
        assert!(can(&actor, Verb::DecideListing, of(theirs)));
    }
    let curator = person(vec![PlatformRole::Curator], team(), vec![]);
    assert!(can(&curator, Verb::DecideVendor, of(theirs)) && can(&curator, Verb::SuspendVendor, of(theirs)));
}

#[test]
fn the_desk_is_for_those_who_decide() {
    let desk = |roles: Vec<PlatformRole>| can(&person(roles, vec![], vec![]), Verb::OpenDesk, Object::Site);
    for role in [PlatformRole::Curator, PlatformRole::Moderator, PlatformRole::Admin] {
        assert!(desk(vec![role]), "{role:?}");
    }
    assert!(!desk(vec![PlatformRole::Finance]) && !desk(vec![]));
    let finance = person(vec![PlatformRole::Finance], vec![], vec![]);
    assert!(can(&finance, Verb::ReadMoney, Object::Site));
    let officer = person(vec![], vec![], vec![Uuid::from_u128(20)]);
    assert!(can(&officer, Verb::OpenDesk, Object::Site));
}

#[test]
fn a_link_opens_one_thread_and_nothing_else() {
    let thread_id = Uuid::from_u128(30);
    let vendor_id = Uuid::from_u128(10);
    let link = Actor::Link { thread_id, user_id: Uuid::from_u128(1), vendor_id: Some(vendor_id) };
    let thread = |thread_id| Object::Thread { thread_id, vendor_id, buyer_id: Uuid::from_u128(1) };
    assert!(can(&link, Verb::AnswerThread, thread(thread_id)));
    assert!(!can(&link, Verb::AskInThread, thread(thread_id)));
    assert!(!can(&link, Verb::AnswerThread, thread(Uuid::from_u128(31))));
    let other = Uuid::from_u128(11);
    let of_other = Object::Thread { thread_id, vendor_id: other, buyer_id: Uuid::from_u128(1) };
    assert!(!can(&link, Verb::AnswerThread, of_other) && !can(&link, Verb::ReadThread, of_other));
    assert!(!can(&link, Verb::OpenDesk, Object::Site));
}
