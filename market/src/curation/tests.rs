//! The inbox, several decisions at once, and slots, on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use uuid::Uuid;

use super::bulk::{self, BulkAction};
use super::model::Kind;
use super::slots::{self, Shift, SlotDraft};
use super::{inbox, oversight, review};
use crate::accounts::access::{PlatformRole, VendorRole};
use crate::audit::Verification;
use crate::both_databases;
use crate::catalog::draft::ListingDraft;
use crate::catalog::service::{self as listings, Save};
use crate::catalog::states::ListingState;
use crate::catalog::{SpecRow, browse, decisions, images, revisions};
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{ErrorKind, Problem};
use crate::lang::Lang;
use crate::settings::Settings;
use crate::testing::{TestMarket, test_market_with};
use crate::time::{DAY, HOUR};
use crate::vendors::rules::VendorAction;
use crate::vendors::service as vendors;

const ADD_CHAPTER: &str =
    "INSERT INTO chapters (id, slug, name_ko, name_en, region) VALUES ($1, $2, $2, $2, '41')";
const MAKE_OFFICER: &str =
    "INSERT INTO chapter_officers (chapter_id, user_id, granted_at) VALUES ($1, $2, $3)";
const NEW_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, chapter_id, registry_status, submitted_at, created_at, updated_at, version) \
    VALUES ($1, $2, $2, $3, $2, $2, '', '41', '', '', '', '', '', $4, 'active', $5, $5, $5, 1)";
const CHANGE_AUDIT: &str = "UPDATE audit_log SET data = '{}' WHERE seq = 1";

struct Ground {
    test: TestMarket,
    chapter: Uuid,
    vendor: Uuid,
    owner: Cx,
    curator: Cx,
    officer: Cx,
    admin: Cx,
}

impl Ground {
    /// An approved company in a chapter, and one of no chapter that has applied.
    async fn new(db: Db) -> Self {
        let test = test_market_with(db, Settings { home_slots: 2, ..Settings::default() });
        let cx = test.market.system();
        let chapter = cx.new_id();
        let people = [
            test.add_person("owner").await,
            test.add_person("curator").await,
            test.add_person("officer").await,
            test.add_person("admin").await,
        ];
        test.grant(people[1], PlatformRole::Curator).await;
        test.grant(people[3], PlatformRole::Admin).await;
        let (vendor, applicant) = (cx.new_id(), cx.new_id());
        let mut tx = cx.write().await.unwrap();
        crate::execute!(tx, ADD_CHAPTER, chapter, "siheung").unwrap();
        crate::execute!(tx, MAKE_OFFICER, chapter, people[2], cx.now()).unwrap();
        crate::execute!(tx, NEW_VENDOR, vendor, "2208162517", "approved", chapter, cx.now()).unwrap();
        crate::execute!(tx, NEW_VENDOR, applicant, "1234567891", "in_review", None::<Uuid>, cx.now())
            .unwrap();
        tx.commit().await.unwrap();
        test.join(people[0], vendor, VendorRole::Owner).await;
        let [owner, curator, officer, admin] = [
            test.as_person(people[0]).await,
            test.as_person(people[1]).await,
            test.as_person(people[2]).await,
            test.as_person(people[3]).await,
        ];
        Self { test, chapter, vendor, owner, curator, officer, admin }
    }

    async fn submitted(&self, title: &str) -> Uuid {
        let id = listings::create_draft(&self.owner, self.vendor, title, None).await.unwrap();
        listings::submit(&self.owner, id, &save(1, title)).await.unwrap();
        id
    }

    async fn published(&self, title: &str) -> Uuid {
        let id = self.submitted(title).await;
        decisions::approve(&self.curator, id, None, None).await.unwrap();
        id
    }

    async fn featured(&self) -> Vec<Uuid> {
        browse::featured(&self.curator).await.unwrap().into_iter().map(|card| card.id).collect()
    }
}

fn save(version: i64, title: &str) -> Save {
    let draft = ListingDraft {
        category: "fasteners.bolts.hex".into(),
        title_ko: title.into(),
        description_ko: "아연도금한 육각볼트입니다. 100개씩 포장해요.".into(),
        specs: vec![SpecRow { name_ko: "나사".into(), value: "M8".into(), ..SpecRow::default() }],
        unit: "개".into(),
        price_kind: "negotiable".into(),
        ..ListingDraft::default()
    };
    Save { version, draft, revision: None, idem: None }
}

fn counts(inbox: &inbox::Inbox) -> Vec<i64> {
    inbox.counts.iter().map(|row| row.count).collect()
}

both_databases!(one_inbox_for_everything_that_waits, |db: Db| async move {
    let ground = Ground::new(db).await;
    ground.test.clock.advance(HOUR);
    let live = ground.published("육각볼트 M8×20").await;
    let waiting = ground.submitted("육각볼트 M10×20").await;
    ground.test.clock.advance(HOUR);
    let edit = revisions::stage(&ground.owner, live, &save(2, "육각볼트 M8×25")).await.unwrap();
    ground.test.clock.advance(23 * HOUR);

    let all = inbox::open(&ground.curator, None, 1).await.unwrap();
    assert_eq!((counts(&all), all.total, all.decided_today), (vec![1, 1, 1, 0, 0, 0], 3, 0));
    assert_eq!(
        all.rows.iter().map(|row| row.kind).collect::<Vec<_>>(),
        [Kind::Vendor, Kind::Listing, Kind::Revision],
        "the oldest first"
    );
    let late: Vec<bool> = all.counts.iter().map(|row| row.is_late(ground.curator.now())).collect();
    assert_eq!(late, [true, false, false, false, false, false]);

    let edits = inbox::open(&ground.curator, Some(Kind::Revision), 1).await.unwrap();
    assert_eq!((edits.total, edits.rows.len(), edits.rows[0].id), (1, 1, edit));
    assert!(inbox::open(&ground.curator, None, 2).await.unwrap().rows.is_empty());

    let own = inbox::open(&ground.officer, None, 1).await.unwrap();
    assert_eq!(counts(&own), [0, 1, 1, 0, 0, 0], "an officer sees the own chapter only");
    assert_eq!(inbox::open(&ground.owner, None, 1).await.unwrap_err().kind, ErrorKind::Forbidden);
    assert_eq!(inbox::open(&ground.test.visitor(), None, 1).await.unwrap_err().kind, ErrorKind::NotSignedIn);

    let seen = review::revision(&ground.officer, edit, Lang::Ko).await.unwrap();
    assert_eq!(seen.changes.iter().map(|change| change.field).collect::<Vec<_>>(), ["title_ko"]);
    revisions::decide(&ground.curator, edit, revisions::Decision::Apply, None).await.unwrap();
    decisions::approve(&ground.officer, waiting, None, None).await.unwrap();
    let after = inbox::open(&ground.curator, None, 1).await.unwrap();
    assert_eq!((counts(&after), after.decided_today), (vec![1, 0, 0, 0, 0, 0], 1));
    let history = review::listing(&ground.curator, waiting).await.unwrap().history;
    assert_eq!(
        (history[0].action.as_str(), history[0].actor_name.as_deref()),
        ("listing.approve", Some("officer"))
    );
    assert_eq!(inbox::find_listings(&ground.officer, "M10").await.unwrap().len(), 1);
    assert_eq!(inbox::find_listings(&ground.curator, "100%").await.unwrap().len(), 0);
});

both_databases!(rows_are_decided_one_by_one, |db: Db| async move {
    let ground = Ground::new(db).await;
    let (first, second) =
        (ground.submitted("육각볼트 M8×20").await, ground.submitted("육각볼트 M8×30").await);
    decisions::approve(&ground.officer, first, None, None).await.unwrap();
    let results =
        bulk::decide(&ground.curator, &[(first, None), (second, None)], &BulkAction::ApproveListings, None)
            .await
            .unwrap();
    assert_eq!(results.iter().map(|row| row.result.is_ok()).collect::<Vec<_>>(), [false, true]);
    let nothing = bulk::decide(&ground.curator, &[], &BulkAction::ApproveListings, None).await.unwrap_err();
    assert!(matches!(nothing.kind, ErrorKind::Invalid(_)));
    let third = ground.submitted("육각볼트 M8×40").await;
    assert!(matches!(
        bulk::decide(&ground.curator, &[(third, None)], &BulkAction::ReturnListings(" ".into()), None)
            .await
            .unwrap_err()
            .kind,
        ErrorKind::Invalid(_)
    ));
    let theirs =
        bulk::decide(&ground.owner, &[(third, None)], &BulkAction::ApproveListings, None).await.unwrap();
    assert_eq!(theirs[0].result.as_ref().unwrap_err().kind, ErrorKind::Forbidden);
});

fn slot(listing: Uuid, ends: &str) -> SlotDraft {
    SlotDraft {
        listing: listing.to_string(),
        starts: String::new(),
        ends: ends.into(),
        note: "수출 상담회".into(),
    }
}

both_databases!(a_slot_shows_only_what_may_be_seen, |db: Db| async move {
    let ground = Ground::new(db).await;
    let [one, two, three] = [
        ground.published("볼트 하나").await,
        ground.published("볼트 둘").await,
        ground.published("볼트 셋").await,
    ];
    let hidden = ground.submitted("아직 아닌 볼트").await;
    let refused = slots::add(&ground.curator, &slot(hidden, "2026-12-10")).await.unwrap_err();
    assert_eq!(
        refused.kind,
        ErrorKind::Invalid(crate::FieldErrors(vec![crate::error::FieldError {
            field: "listing".into(),
            problem: Problem::Rule("slot.not_visible".into())
        }]))
    );
    for ends in ["", "2026-11-01", "2027-11-01"] {
        assert!(
            matches!(
                slots::add(&ground.curator, &slot(one, ends)).await.unwrap_err().kind,
                ErrorKind::Invalid(_)
            ),
            "{ends}"
        );
    }
    let first = slots::add(&ground.curator, &slot(one, "2026-12-10")).await.unwrap();
    assert_eq!(slots::add(&ground.curator, &slot(one, "2026-12-10")).await.unwrap(), first, "twice is once");
    let second = slots::add(&ground.curator, &slot(two, "2026-11-25")).await.unwrap();
    assert!(
        matches!(
            slots::add(&ground.curator, &slot(three, "2026-12-10")).await.unwrap_err().kind,
            ErrorKind::Invalid(_)
        ),
        "the row is full"
    );
    assert_eq!(ground.featured().await, [one, two]);
    slots::shift(&ground.curator, second, Shift::Earlier).await.unwrap();
    slots::shift(&ground.curator, second, Shift::Earlier).await.unwrap();
    assert_eq!(ground.featured().await, [two, one]);
    decisions::hide(&ground.curator, one, "사진이 달라요", None).await.unwrap();
    assert_eq!(ground.featured().await, [two], "a hidden listing leaves at once");
    assert_eq!(
        slots::list(&ground.curator).await.unwrap().iter().map(|slot| slot.visible).collect::<Vec<_>>(),
        [true, false]
    );
    vendors::decide(&ground.curator, ground.vendor, None, VendorAction::Suspend, "확인 중", None)
        .await
        .unwrap();
    assert!(ground.featured().await.is_empty());
    vendors::decide(&ground.curator, ground.vendor, None, VendorAction::Lift, "", None).await.unwrap();
    ground.test.clock.advance(2 * DAY);
    assert!(ground.featured().await.is_empty(), "the second one ended");
    decisions::unhide(&ground.curator, one, None).await.unwrap();
    assert_eq!(ground.featured().await, [one]);
    slots::remove(&ground.curator, first).await.unwrap();
    slots::remove(&ground.curator, first).await.unwrap();
    assert!(ground.featured().await.is_empty());
    assert_eq!(slots::list(&ground.officer).await.unwrap_err().kind, ErrorKind::Forbidden);
});

both_databases!(nobody_approves_what_nobody_read, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.submitted("육각볼트 M8×20").await;
    let read = review::listing(&ground.curator, id).await.unwrap().listing.version;
    let listed = inbox::open(&ground.curator, Some(Kind::Listing), 1).await.unwrap().rows[0].version;
    assert_eq!(listed, read);
    listings::withdraw(&ground.owner, id).await.unwrap();
    listings::submit(&ground.owner, id, &save(read, "무엇이든 팔아요")).await.unwrap();

    let stale = ErrorKind::Conflict("decision.stale".into());
    let cx = &ground.curator;
    assert_eq!(decisions::approve(cx, id, Some(read), None).await.unwrap_err().kind, stale);
    let returned = decisions::return_for_changes(cx, id, "그대로예요", Some(read), None).await;
    assert_eq!(returned.unwrap_err().kind, stale);
    let results = bulk::decide(cx, &[(id, Some(read))], &BulkAction::ApproveListings, None).await.unwrap();
    assert_eq!(results[0].result.as_ref().unwrap_err().kind, stale, "a row of an old list decides nothing");
    let now = review::listing(cx, id).await.unwrap().listing;
    assert_eq!((now.state, now.content.title_ko.as_str()), (ListingState::InReview, "무엇이든 팔아요"));

    let key = Some(cx.new_id());
    decisions::approve(cx, id, Some(now.version), key).await.unwrap();
    decisions::approve(cx, id, Some(now.version), key).await.unwrap();
});

both_databases!(nobody_decides_about_the_own_company, |db: Db| async move {
    let ground = Ground::new(db).await;
    let listing = ground.submitted("육각볼트 M8×20").await;
    let edited = ground.published("육각볼트 M10×30").await;
    let draft = Save { idem: None, ..save(2, "육각볼트 M10×35") };
    let edit = revisions::stage(&ground.owner, edited, &draft).await.unwrap();
    for (member, role) in [
        (&ground.officer, VendorRole::Staff),
        (&ground.curator, VendorRole::Manager),
        (&ground.admin, VendorRole::Owner),
    ] {
        let id = member.actor.user_id().unwrap();
        ground.test.join(id, ground.vendor, role).await;
        let cx = ground.test.as_person(id).await;
        let forbidden = [
            decisions::approve(&cx, listing, None, None).await,
            decisions::return_for_changes(&cx, listing, "까닭", None, None).await,
            decisions::hide(&cx, edited, "까닭", None).await,
            revisions::decide(&cx, edit, revisions::Decision::Apply, None).await,
            vendors::decide(&cx, ground.vendor, None, VendorAction::Suspend, "까닭", None).await,
        ];
        for result in forbidden {
            assert_eq!(result.unwrap_err().kind, ErrorKind::Forbidden, "{role:?}");
        }
        assert_eq!(review::listing(&cx, listing).await.unwrap().listing.id, listing, "reading is fine");
        assert!(inbox::open(&cx, None, 1).await.is_ok());
    }
});

both_databases!(new_pictures_of_a_published_listing_are_looked_at, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published("육각볼트 M8×20").await;
    let draft = ground.submitted("육각볼트 M8×30").await;
    listings::withdraw(&ground.owner, draft).await.unwrap();
    let add = async |id: Uuid, n: u8| {
        let mut upload = images::begin(&ground.owner, id).await.unwrap();
        upload.write(&[n; 40]).await.unwrap();
        images::add(&ground.owner, id, upload.finish().await.unwrap()).await.unwrap().media_id
    };
    add(draft, 1).await;
    let first = add(id, 2).await;
    let waiting = async || inbox::open(&ground.officer, Some(Kind::Listing), 1).await.unwrap().rows;
    let rows = waiting().await;
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id], "a draft is nobody's business yet");
    let read = review::listing(&ground.officer, id).await.unwrap().listing.seen_as();
    assert_eq!(rows[0].version, read);

    ground.test.clock.advance(HOUR);
    images::describe(&ground.owner, id, first, "공장 앞", "").await.unwrap();
    let stale = decisions::approve(&ground.officer, id, Some(read), None).await.unwrap_err();
    assert_eq!(
        stale.kind,
        ErrorKind::Conflict("decision.stale".into()),
        "they changed again after they were read"
    );
    let row = (id, Some(waiting().await[0].version));
    let key = Some(ground.officer.new_id());
    for _ in 0..2 {
        let results = bulk::decide(&ground.officer, &[row], &BulkAction::ApproveListings, key).await.unwrap();
        assert!(results[0].result.is_ok());
    }
    assert!(waiting().await.is_empty());
    assert_eq!(review::listing(&ground.officer, id).await.unwrap().listing.state, ListingState::Published);
    let again = decisions::approve(&ground.officer, id, None, None).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict("listing_state".into()));
    images::remove(&ground.owner, id, first).await.unwrap();
    assert_eq!(waiting().await.len(), 1);
    decisions::hide(&ground.officer, id, "다른 제품의 사진이에요", None).await.unwrap();
    assert!(waiting().await.is_empty());
});

both_databases!(the_record_tells_when_it_was_changed, |db: Db| async move {
    let ground = Ground::new(db).await;
    ground.published("육각볼트 M8×20").await;
    assert_eq!(oversight::record(&ground.curator, None).await.unwrap_err().kind, ErrorKind::Forbidden);
    let record = oversight::record(&ground.admin, None).await.unwrap();
    assert!(matches!(record.verification, Some(Verification::Intact { rows }) if rows >= 3));
    assert_eq!(record.rows[0].action, "listing.approve");
    let mut tx = ground.admin.write().await.unwrap();
    crate::execute!(tx, CHANGE_AUDIT).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(
        oversight::record(&ground.admin, None).await.unwrap().verification,
        Some(Verification::BrokenAt { seq: 1 })
    );
    let machinery = oversight::machinery(&ground.admin).await.unwrap();
    assert_eq!(machinery.dead.len(), 0);
    assert!(!oversight::retry(&ground.admin, ground.chapter).await.unwrap());
    assert_eq!(oversight::machinery(&ground.curator).await.unwrap_err().kind, ErrorKind::Forbidden);
});
