//! The way of a company through its states, on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use uuid::Uuid;

use super::model::{RegistryState, VendorDraft, VendorState};
use super::rules::VendorAction;
use super::{BusinessNumber, closing, dashboard, days_off, jobs, service, staged, store, team};
use crate::accounts::access::{PlatformRole, VendorRole};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{ErrorKind, Problem};
use crate::ports::RegistryStatus;
use crate::testing::{TestMarket, prepare_all, test_market};
use crate::time::{DAY, HOUR};

mod inviting;
mod leaving;
mod numbers;
mod staging;

/// Numbers whose check digit is right, for tests that need several companies.
const NUMBERS: [&str; 3] = ["123-45-67891", "220-81-62517", "124-81-00998"];

fn draft(number: &str) -> VendorDraft {
    VendorDraft {
        business_number: number.into(),
        name_ko: "가온벼리볼트".into(),
        name_en: "Gaon Bolt".into(),
        representative: "홍길동".into(),
        region: "41".into(),
        address: "경기도 시흥시 공단대로 1".into(),
        phone: "031-123-4567".into(),
        email: "sales@example.test".into(),
        intro_ko: "냉간 압조로 볼트를 만듭니다. 작은 수량도 받습니다.".into(),
        certificates: "ISO 9001 | KAB | Q-123 | 2027-01-31".into(),
        ..VendorDraft::default()
    }
}

struct Scene {
    test: TestMarket,
    owner: Cx,
    curator: Cx,
}

async fn scene(db: Db) -> Scene {
    let test = test_market(db);
    let (owner, curator) = (test.add_person("owner").await, test.add_person("curator").await);
    test.grant(curator, PlatformRole::Curator).await;
    let (owner, curator) = (test.as_person(owner).await, test.as_person(curator).await);
    Scene { test, owner, curator }
}

impl Scene {
    /// Begins an application; the owner's context knows the membership afterwards.
    async fn begin(&mut self) -> Uuid {
        let id = service::begin(&self.owner, &draft(NUMBERS[0])).await.unwrap();
        self.owner = self.test.as_person(self.owner.actor.user_id().unwrap()).await;
        id
    }

    async fn approved(&mut self) -> Uuid {
        let id = self.begin().await;
        service::submit(&self.owner, id).await.unwrap();
        service::decide(&self.curator, id, None, VendorAction::Approve, "", None).await.unwrap();
        id
    }

    async fn state(&self, id: Uuid) -> VendorState {
        service::find_own(&self.test.market.system(), id).await.unwrap().state
    }
}

fn rule(error: &crate::Error) -> &str {
    match &error.kind {
        ErrorKind::Conflict(rule) => rule,
        other => panic!("{other:?}"),
    }
}

fn problem<'a>(error: &'a crate::Error, field: &str) -> &'a Problem {
    match &error.kind {
        ErrorKind::Invalid(errors) => errors.of(field).unwrap(),
        other => panic!("{other:?}"),
    }
}

both_databases!(a_company_walks_every_state, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    assert_eq!(s.state(id).await, VendorState::Applying);
    service::submit(&s.owner, id).await.unwrap();
    service::submit(&s.owner, id).await.unwrap();
    let version = service::find_own(&s.owner, id).await.unwrap().version;
    let early = service::update_profile(&s.owner, id, version, &draft(NUMBERS[0])).await.unwrap_err();
    assert_eq!(rule(&early), "vendor.in_review", "what is approved must be what was read");
    assert_eq!(
        problem(
            &service::decide(&s.curator, id, None, VendorAction::Return, " ", None).await.unwrap_err(),
            "reason"
        ),
        &Problem::Required
    );
    service::decide(&s.curator, id, None, VendorAction::Return, "주소를 고쳐 주세요", None).await.unwrap();
    let vendor = service::find_own(&s.owner, id).await.unwrap();
    assert_eq!(
        (vendor.state, vendor.state_reason.as_deref()),
        (VendorState::ChangesRequested, Some("주소를 고쳐 주세요"))
    );
    service::update_profile(&s.owner, id, vendor.version, &draft(NUMBERS[0])).await.unwrap();
    service::submit(&s.owner, id).await.unwrap();
    let key = Some(s.curator.new_id());
    service::decide(&s.curator, id, None, VendorAction::Approve, "", key).await.unwrap();
    service::decide(&s.curator, id, None, VendorAction::Approve, "", key).await.unwrap();
    assert_eq!(
        rule(&service::decide(&s.curator, id, None, VendorAction::Approve, "", None).await.unwrap_err()),
        "vendor.transition"
    );
    service::decide(&s.curator, id, None, VendorAction::Suspend, "가격이 사실과 달라요", None).await.unwrap();
    assert_eq!(s.state(id).await, VendorState::Suspended);
    service::decide(&s.curator, id, None, VendorAction::Lift, "", None).await.unwrap();
    assert_eq!(s.state(id).await, VendorState::Approved);
    crate::outbox::drain(&s.test.market).await.unwrap();
    assert_eq!(
        s.test.mailer.sent_to("owner@example.test").len(),
        4,
        "returned, approved once, suspended, lifted"
    );
});

both_databases!(a_refused_company_may_apply_anew, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    service::submit(&s.owner, id).await.unwrap();
    service::decide(&s.curator, id, None, VendorAction::Reject, "만드는 제품이 없어요", None).await.unwrap();
    service::submit(&s.owner, id).await.unwrap();
    assert_eq!(s.state(id).await, VendorState::InReview);
});

both_databases!(a_number_belongs_to_one_company, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    assert_eq!(
        service::begin(&s.owner, &draft(NUMBERS[1])).await.unwrap(),
        id,
        "a second press finds the first company"
    );
    let other = s.test.add_person("other").await;
    let other = s.test.as_person(other).await;
    service::submit(&s.owner, id).await.unwrap();
    let taken = service::begin_and_submit(&other, &draft("1234567891")).await.unwrap_err();
    assert_eq!(problem(&taken, "business_number"), &Problem::Rule("vendor.number_taken".into()));
    assert_eq!(service::find_own(&other, id).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(service::submit(&other, id).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(dashboard::open(&other, id).await.unwrap_err().kind, ErrorKind::NotFound);
    let nowhere = VendorDraft { chapter: Uuid::from_u128(7).to_string(), ..draft(NUMBERS[2]) };
    assert_eq!(problem(&service::begin(&other, &nowhere).await.unwrap_err(), "chapter"), &Problem::NotChoice);
    assert_eq!(
        service::begin(&s.test.visitor(), &draft(NUMBERS[2])).await.unwrap_err().kind,
        ErrorKind::NotSignedIn
    );
});

both_databases!(an_older_form_does_not_overwrite, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.approved().await;
    let version = service::find_own(&s.owner, id).await.unwrap().version;
    service::update_profile(
        &s.owner,
        id,
        version,
        &VendorDraft { employees: "12".into(), ..draft(NUMBERS[0]) },
    )
    .await
    .unwrap();
    let stale = service::update_profile(&s.owner, id, version, &draft(NUMBERS[0])).await.unwrap_err();
    assert_eq!(rule(&stale), "stale_version");
    let fixed = service::update_profile(&s.owner, id, version + 1, &draft(NUMBERS[1])).await.unwrap_err();
    assert_eq!(problem(&fixed, "business_number"), &Problem::Rule("vendor.number_fixed".into()));
    let vendor = service::find_own(&s.owner, id).await.unwrap();
    assert_eq!((vendor.profile.employees, vendor.profile.certificates.len()), (Some(12), 1));
});

both_databases!(a_holiday_has_an_end, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.approved().await;
    for wrong in ["2026-11-20", "2027-12-31", "내일"] {
        assert_eq!(
            problem(&service::set_holiday(&s.owner, id, wrong).await.unwrap_err(), "holiday_until"),
            &Problem::Rule("vendor.holiday".into())
        );
    }
    service::set_holiday(&s.owner, id, "2026-12-01").await.unwrap();
    assert!(service::find_own(&s.owner, id).await.unwrap().holiday_until.is_some());
    service::set_holiday(&s.owner, id, "").await.unwrap();
    assert_eq!(service::find_own(&s.owner, id).await.unwrap().holiday_until, None);
});

both_databases!(nobody_rests_for_ever, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.approved().await;
    let most = s.test.market.settings().holiday_days_per_year;
    let day = |ahead: i64| crate::calendar::seoul_date(s.test.market.now().plus(ahead * DAY).0).to_string();
    let too_many = Problem::Rule("vendor.holiday_too_many".into());
    let refused = service::set_holiday(&s.owner, id, &day(80)).await.unwrap_err();
    assert_eq!(problem(&refused, "holiday_until"), &too_many);
    assert_eq!(service::find_own(&s.owner, id).await.unwrap().holiday_until, None, "nothing was set");
    // a few weeks on end, then again and again: what was rested counts, what was not does not
    service::set_holiday(&s.owner, id, &day(40)).await.unwrap();
    s.test.clock.advance(7 * DAY);
    service::set_holiday(&s.owner, id, "").await.unwrap();
    let mut rested = 8;
    while service::set_holiday(&s.owner, id, &day(6)).await.is_ok() {
        s.test.clock.advance(7 * DAY);
        rested += 7;
        assert!(rested < 100, "it goes on for ever");
    }
    let calendar_days = i64::try_from(most).unwrap() * 7 / 5;
    assert!((calendar_days - 7..calendar_days + 7 + 10).contains(&rested), "{rested}");
    // a year later they may rest again
    s.test.clock.advance(366 * DAY);
    service::set_holiday(&s.owner, id, &day(40)).await.unwrap();
    prepare_all(s.test.market.db(), [days_off::RESTED]).await;
});

both_databases!(one_owner_always_stays, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    let owner = s.owner.actor.user_id().unwrap();
    let colleague = s.test.add_person("colleague").await;
    let last = || Problem::Rule("vendor.last_owner".into());
    assert_eq!(problem(&team::remove(&s.owner, id, owner).await.unwrap_err(), "role"), &last());
    assert_eq!(problem(&team::change_role(&s.owner, id, owner, "staff").await.unwrap_err(), "role"), &last());
    s.test.join(colleague, id, VendorRole::Staff).await;
    let staff = s.test.as_person(colleague).await;
    assert_eq!(team::list(&staff, id).await.unwrap().len(), 2);
    assert_eq!(team::remove(&staff, id, owner).await.unwrap_err().kind, ErrorKind::NotFound);
    team::change_role(&s.owner, id, colleague, "owner").await.unwrap();
    team::remove(&s.owner, id, owner).await.unwrap();
    let left = s.test.as_person(colleague).await;
    assert_eq!(left.actor.person().unwrap().role_in(id), Some(VendorRole::Owner));
    assert_eq!(team::remove(&left, id, Uuid::from_u128(9)).await.unwrap_err().kind, ErrorKind::NotFound);
});

const ADD_CHAPTER: &str =
    "INSERT INTO chapters (id, slug, name_ko, name_en, region) VALUES ($1, $2, $2, $2, '41')";
const MAKE_OFFICER: &str =
    "INSERT INTO chapter_officers (chapter_id, user_id, granted_at) VALUES ($1, $2, $3)";

both_databases!(an_officer_reads_the_own_chapter_only, |db: Db| async move {
    let mut s = scene(db).await;
    let (own, other) = (s.owner.new_id(), s.owner.new_id());
    let officer = s.test.add_person("officer").await;
    let mut tx = s.owner.write().await.unwrap();
    crate::execute!(tx, ADD_CHAPTER, own, "own").unwrap();
    crate::execute!(tx, ADD_CHAPTER, other, "other").unwrap();
    crate::execute!(tx, MAKE_OFFICER, own, officer, s.owner.now()).unwrap();
    tx.commit().await.unwrap();
    let officer = s.test.as_person(officer).await;
    let id = s.begin().await;
    for (chapter, may) in [(other, false), (own, true)] {
        let version = service::find_own(&s.owner, id).await.unwrap().version;
        service::update_profile(
            &s.owner,
            id,
            version,
            &VendorDraft { chapter: chapter.to_string(), ..draft(NUMBERS[0]) },
        )
        .await
        .unwrap();
        assert_eq!(service::find_for_desk(&officer, id).await.is_ok(), may);
    }
    service::submit(&s.owner, id).await.unwrap();
    assert_eq!(
        service::decide(&officer, id, None, VendorAction::Approve, "", None).await.unwrap_err().kind,
        ErrorKind::Forbidden
    );
    assert_eq!(
        service::decide(&s.owner, id, None, VendorAction::Approve, "", None).await.unwrap_err().kind,
        ErrorKind::Forbidden
    );
});

both_databases!(the_registry_decides_on_trading, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.approved().await;
    let number = BusinessNumber::parse(NUMBERS[0]).unwrap();
    let system = s.test.market.system();
    assert_eq!(jobs::refresh_registry(&system).await.unwrap(), 1);
    s.test.registry.set_away(true);
    s.test.registry.set(&number, RegistryStatus::Closed);
    s.test.clock.advance(2 * DAY);
    assert_eq!(jobs::refresh_registry(&system).await.unwrap(), 0, "an outage changes nothing");
    assert_eq!(service::find_own(&s.owner, id).await.unwrap().registry, RegistryState::Active);
    s.test.registry.set_away(false);
    s.test.registry.set_mute(true);
    assert_eq!(jobs::refresh_registry(&system).await.unwrap(), 0, "an answer that is none changes nothing");
    s.test.registry.set_mute(false);
    assert_eq!(jobs::refresh_registry(&system).await.unwrap(), 1);
    let vendor = service::find_own(&system, id).await.unwrap();
    assert_eq!((vendor.registry, vendor.state), (RegistryState::Closed, VendorState::Approved));
});

both_databases!(an_outage_of_the_registry_costs_an_hour, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.approved().await;
    let number = BusinessNumber::parse(NUMBERS[0]).unwrap();
    crate::outbox::run_due_schedules(&s.test.market).await.unwrap();
    s.test.registry.set(&number, RegistryStatus::Closed);
    s.test.registry.set_away(true);
    s.test.clock.advance(DAY + HOUR);
    crate::outbox::run_due_schedules(&s.test.market).await.unwrap();
    s.test.registry.set_away(false);
    s.test.clock.advance(HOUR);
    crate::outbox::run_due_schedules(&s.test.market).await.unwrap();
    let vendor = service::find_own(&s.test.market.system(), id).await.unwrap();
    assert_eq!(vendor.registry, RegistryState::Closed);
});

both_databases!(an_empty_desk_has_its_figures, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.approved().await;
    let desk = dashboard::open(&s.owner, id).await.unwrap();
    assert_eq!((desk.figures.visible, desk.figures.waiting, desk.figures.next_end), (0, 0, None));
    assert_eq!(desk.figures.answers(5), None);
    assert!(desk.waiting.is_empty() && desk.listings.is_empty());
    let mut db = s.owner.read().await.unwrap();
    assert_eq!(store::team(&mut db, id).await.unwrap().len(), 1);
});

both_databases!(an_application_is_decided_as_it_was_read, |db: Db| async move {
    let mut s = scene(db).await;
    let id = s.begin().await;
    service::submit(&s.owner, id).await.unwrap();
    let read = service::find_for_desk(&s.curator, id).await.unwrap().version;
    service::decide(&s.curator, id, Some(read), VendorAction::Return, "주소를 고쳐 주세요", None)
        .await
        .unwrap();
    let returned = service::find_own(&s.owner, id).await.unwrap().version;
    let renamed = VendorDraft { name_ko: "다른 이름".into(), ..draft(NUMBERS[0]) };
    service::update_profile(&s.owner, id, returned, &renamed).await.unwrap();
    service::submit(&s.owner, id).await.unwrap();
    for action in [VendorAction::Approve, VendorAction::Return, VendorAction::Reject] {
        let old = service::decide(&s.curator, id, Some(read), action, "까닭", None).await.unwrap_err();
        assert_eq!(old.kind, ErrorKind::Conflict("decision.stale".into()));
    }
    assert_eq!(s.state(id).await, VendorState::InReview);
    let read = service::find_for_desk(&s.curator, id).await.unwrap().version;
    service::decide(&s.curator, id, Some(read), VendorAction::Approve, "", None).await.unwrap();
    service::decide(&s.curator, id, Some(read), VendorAction::Suspend, "가격이 사실과 달라요", None)
        .await
        .unwrap();
});
