//! Listings from draft to expiry, on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

use uuid::Uuid;

use super::draft::ListingDraft;
use super::revisions::Decision;
use super::service::{self, Save};
use super::states::ListingState;
use super::{
    Price, SpecRow, TierDraft, Visibility, changes, decisions, expiry, images, is_visible, letters,
    revisions, shelf, store,
};
use crate::accounts::access::{PlatformRole, VendorRole};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{ErrorKind, Problem};
use crate::outbox;
use crate::testing::{TestMarket, test_market};
use crate::time::{DAY, HOUR};

mod pictures;
mod statements;
mod window;

const NEW_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $2, 'approved', $2, $2, '', '11', '', '', '', '', '', 'active', $3, $3, 1)";
const SET_VENDOR: &str = "UPDATE vendors SET state = $2, registry_status = $3 WHERE id = $1";
const COUNT_CHANGES: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM search_changes WHERE listing_id = $1";
const COUNT_VISIBLE: &str = concat!(
    "SELECT CAST(COUNT(*) AS BIGINT) FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE ",
    crate::visible_listings!(),
    " AND l.id = $2"
);
const FORCE_STATE: &str = "UPDATE listings SET state = $2, free_until = $3 WHERE id = $1";
const RECORD: &str = "INSERT INTO vendor_response_stats (vendor_id, asked, answered, answered_in_time, computed_at) VALUES ($1, 10, $2, $2, 0)";

/// A company with an owner, another company with an owner, and a curator.
struct Ground {
    test: TestMarket,
    vendor: Uuid,
    owner: Cx,
    other_vendor: Uuid,
    stranger: Cx,
    curator: Cx,
}

impl Ground {
    async fn new(db: Db) -> Self {
        let test = test_market(db);
        let (vendor, owner) = company(&test, "gaon").await;
        let (other_vendor, stranger) = company(&test, "nuri").await;
        let curator = test.add_person("curator").await;
        test.grant(curator, PlatformRole::Curator).await;
        let curator = test.as_person(curator).await;
        Self { test, vendor, owner, other_vendor, stranger, curator }
    }

    async fn draft(&self) -> Uuid {
        service::create_draft(&self.owner, self.vendor, "육각볼트 M8×20", None).await.unwrap()
    }

    async fn submitted(&self) -> Uuid {
        let id = self.draft().await;
        service::submit(&self.owner, id, &save(1, "육각볼트 M8×20")).await.unwrap();
        id
    }

    async fn published(&self) -> Uuid {
        let id = self.submitted().await;
        decisions::approve(&self.curator, id, None, None).await.unwrap();
        id
    }

    async fn listing(&self, id: Uuid) -> super::Listing {
        let mut db = self.owner.read().await.unwrap();
        store::find(&mut db, id).await.unwrap().unwrap()
    }

    async fn visibility(&self, id: Uuid) -> Visibility {
        let mut db = self.owner.read().await.unwrap();
        let listing = store::find(&mut db, id).await.unwrap().unwrap();
        let vendor = store::vendor_of(&mut db, id).await.unwrap().unwrap();
        let now = self.owner.now();
        let answer = is_visible(vendor.standing(), listing.state, listing.free_until, now);
        let (counted,): (i64,) = crate::fetch_one!(db, (i64,), COUNT_VISIBLE, now, id).unwrap();
        assert_eq!(counted == 1, answer == Visibility::Visible, "SQL and rule agree");
        answer
    }

    async fn changes(&self, id: Uuid) -> i64 {
        let mut db = self.owner.read().await.unwrap();
        crate::fetch_one!(db, (i64,), COUNT_CHANGES, id).unwrap().0
    }

    /// Subjects of the mails to the owner so far.
    async fn mails(&self) -> Vec<String> {
        outbox::drain(&self.test.market).await.unwrap();
        self.test.mailer.sent_to("gaon@example.test").into_iter().map(|mail| mail.subject).collect()
    }
}

async fn company(test: &TestMarket, name: &str) -> (Uuid, Cx) {
    let person = test.add_person(name).await;
    let cx = test.market.system();
    let id = cx.new_id();
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, NEW_VENDOR, id, name, cx.now()).unwrap();
    tx.commit().await.unwrap();
    test.join(person, id, VendorRole::Owner).await;
    (id, test.as_person(person).await)
}

fn save(version: i64, title: &str) -> Save {
    let draft = ListingDraft {
        category: "fasteners.bolts.hex".into(),
        title_ko: title.into(),
        title_en: "Hex bolt".into(),
        description_ko: "아연도금한 육각볼트입니다.\n\n100개씩 포장해요.".into(),
        specs: vec![SpecRow { name_ko: "나사".into(), value: "M8".into(), ..SpecRow::default() }],
        unit: "개".into(),
        price_kind: "tiers".into(),
        tiers: vec![
            TierDraft { from: "1".into(), price: "120".into() },
            TierDraft { from: "1,000".into(), price: "96".into() },
        ],
        moq: "500".into(),
        lead_time_days: "7".into(),
        hs_code: "7318.15".into(),
        ..ListingDraft::default()
    };
    Save { version, draft, revision: None, idem: None }
}

fn conflict<T: std::fmt::Debug>(result: crate::Result<T>) -> String {
    match result.unwrap_err().kind {
        ErrorKind::Conflict(rule) => rule.into_owned(),
        other => format!("{other:?}"),
    }
}

both_databases!(from_draft_to_the_public, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.draft().await;
    assert_eq!(ground.visibility(id).await, Visibility::Hidden);
    let version = service::save_draft(&ground.owner, id, &save(1, "육각볼트 M8×25")).await.unwrap();
    assert_eq!(version, 2);
    service::submit(&ground.owner, id, &save(2, "육각볼트 M8×30")).await.unwrap();
    assert_eq!(ground.visibility(id).await, Visibility::Hidden);
    assert_eq!(ground.changes(id).await, 0, "nothing a stranger could see changed");
    decisions::approve(&ground.curator, id, None, None).await.unwrap();
    assert_eq!(ground.visibility(id).await, Visibility::Visible);
    assert_eq!(ground.changes(id).await, 1);
    let listing = ground.listing(id).await;
    assert!(listing.slug.starts_with("yukgakbolteu-m8x30-"), "{}", listing.slug);
    assert_eq!(listing.free_until, Some(ground.owner.now().plus(90 * DAY)));
    assert_eq!(listing.content.price.lowest().map(|money| money.minor), Some(96));
    assert!(matches!(&listing.content.price, Price::Tiers(tiers) if tiers.len() == 2));
    assert_eq!(ground.mails().await, ["‘육각볼트 M8×30’ 홍보를 시작했어요"]);
});

both_databases!(a_listing_comes_back_and_goes_again, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.submitted().await;
    assert!(matches!(
        decisions::return_for_changes(&ground.curator, id, " ", None, None).await.unwrap_err().kind,
        ErrorKind::Invalid(_)
    ));
    decisions::return_for_changes(&ground.curator, id, "규격을 더 적어 주세요", None, None).await.unwrap();
    let listing = ground.listing(id).await;
    assert_eq!(
        (listing.state, listing.state_reason.as_deref()),
        (ListingState::ChangesRequested, Some("규격을 더 적어 주세요"))
    );
    service::submit(&ground.owner, id, &save(listing.version, "육각볼트")).await.unwrap();
    service::withdraw(&ground.owner, id).await.unwrap();
    service::withdraw(&ground.owner, id).await.unwrap();
    assert_eq!(ground.listing(id).await.state, ListingState::Draft);
});

both_databases!(another_company_does_not_exist, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published().await;
    let not_found = |result: crate::Result<()>| assert_eq!(result.unwrap_err().kind, ErrorKind::NotFound);
    let cx = &ground.stranger;
    not_found(service::open_editor(cx, id).await.map(|_| ()));
    not_found(service::save_draft(cx, id, &save(1, "볼트 이름")).await.map(|_| ()));
    not_found(service::autosave(cx, id, &save(1, "볼트 이름")).await.map(|_| ()));
    not_found(service::submit(cx, id, &save(1, "볼트 이름")).await);
    not_found(service::archive(cx, id).await);
    not_found(service::renew(cx, id).await);
    not_found(revisions::stage(cx, id, &save(1, "볼트 이름")).await.map(|_| ()));
    not_found(revisions::withdraw(cx, id).await);
    not_found(images::reorder(cx, id, &[]).await);
    not_found(images::remove(cx, id, Uuid::nil()).await);
    not_found(service::create_draft(cx, ground.vendor, "볼트 이름", None).await.map(|_| ()));
    not_found(service::list_own(cx, ground.vendor, None, 1).await.map(|_| ()));
    assert_eq!(decisions::hide(cx, id, "이유 있음", None).await.unwrap_err().kind, ErrorKind::Forbidden);
    assert_eq!(
        decisions::approve(&ground.owner, id, None, None).await.unwrap_err().kind,
        ErrorKind::Forbidden
    );
    assert_eq!(
        service::open_editor(&ground.test.visitor(), id).await.unwrap_err().kind,
        ErrorKind::NotSignedIn
    );
    assert_eq!(service::list_own(cx, ground.other_vendor, None, 1).await.unwrap().rows.len(), 0);
});

both_databases!(two_tabs_do_not_overwrite_each_other, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.draft().await;
    service::save_draft(&ground.owner, id, &save(1, "먼저 저장한 이름")).await.unwrap();
    assert_eq!(
        conflict(service::save_draft(&ground.owner, id, &save(1, "늦은 이름")).await),
        "stale_version"
    );
    assert_eq!(conflict(service::autosave(&ground.owner, id, &save(1, "늦은 이름")).await), "stale_version");
    assert_eq!(ground.listing(id).await.content.title_ko, "먼저 저장한 이름");
});

both_databases!(a_double_click_is_one_act, |db: Db| async move {
    let ground = Ground::new(db).await;
    let key = Some(Uuid::from_u128(77));
    let first = service::create_draft(&ground.owner, ground.vendor, "볼트", key).await.unwrap();
    assert_eq!(service::create_draft(&ground.owner, ground.vendor, "볼트", key).await.unwrap(), first);
    let saving = Save { idem: Some(Uuid::from_u128(78)), ..save(1, "육각볼트") };
    assert_eq!(service::save_draft(&ground.owner, first, &saving).await.unwrap(), 2);
    assert_eq!(service::save_draft(&ground.owner, first, &saving).await.unwrap(), 2);
    let sending = Save { idem: Some(Uuid::from_u128(79)), ..save(2, "육각볼트") };
    service::submit(&ground.owner, first, &sending).await.unwrap();
    service::submit(&ground.owner, first, &sending).await.unwrap();
    decisions::approve(&ground.curator, first, None, key).await.unwrap();
    decisions::approve(&ground.curator, first, None, key).await.unwrap();
    assert_eq!(conflict(decisions::approve(&ground.curator, first, None, None).await), "listing_state");
    let staging = Save {
        idem: Some(Uuid::from_u128(80)),
        ..save(ground.listing(first).await.version, "육각볼트 새 이름")
    };
    let staged = revisions::stage(&ground.owner, first, &staging).await.unwrap();
    assert_eq!(revisions::stage(&ground.owner, first, &staging).await.unwrap(), staged);
    assert_eq!(ground.mails().await.len(), 1);
});

both_databases!(an_answer_that_got_lost_is_no_conflict, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.draft().await;
    let kept = service::autosave(&ground.owner, id, &save(1, "볼트")).await.unwrap();
    // the browser never heard of it and sends the same again, made from the same version
    let again = service::autosave(&ground.owner, id, &save(1, "볼트")).await.unwrap();
    assert_eq!((again.version, &again.content), (kept.version, &kept.content));
    assert_eq!(conflict(service::autosave(&ground.owner, id, &save(1, "너트")).await), "stale_version");
});

both_databases!(autosave_takes_what_it_can, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.draft().await;
    let mut half = save(1, "육각볼트 M10");
    half.draft.moq = "많이".into();
    let kept = service::autosave(&ground.owner, id, &half).await.unwrap();
    assert_eq!((kept.version, kept.errors.of("moq")), (2, Some(&Problem::NotNumber)));
    assert_eq!(kept.content.title_ko, "육각볼트 M10");
    let again = service::autosave(&ground.owner, id, &Save { version: 2, ..half }).await.unwrap();
    assert_eq!(again.version, 2, "nothing new, no new version");
});

both_databases!(an_edit_of_a_published_listing_waits, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published().await;
    let live = ground.listing(id).await;
    assert_eq!(
        conflict(service::save_draft(&ground.owner, id, &save(live.version, "몰래 바꾼 이름")).await),
        "listing_state"
    );
    let staged =
        revisions::stage(&ground.owner, id, &save(live.version, "육각볼트 M8×20 새 이름")).await.unwrap();
    assert_eq!(ground.listing(id).await.content.title_ko, live.content.title_ko);
    assert_eq!(
        conflict(revisions::stage(&ground.owner, id, &save(live.version, "다른 탭")).await),
        "stale_version"
    );
    let again = Save { revision: Some(staged), ..save(live.version, "육각볼트 M8×20 더 새 이름") };
    let newer = revisions::stage(&ground.owner, id, &again).await.unwrap();
    assert_eq!(
        conflict(revisions::decide(&ground.curator, staged, Decision::Apply, None).await),
        "revision_state"
    );
    revisions::decide(&ground.curator, newer, Decision::Apply, None).await.unwrap();
    let after = ground.listing(id).await;
    assert_eq!(after.content.title_ko, "육각볼트 M8×20 더 새 이름");
    assert_ne!(after.slug, live.slug);
    let mut db = ground.owner.read().await.unwrap();
    assert_eq!(store::find_moved(&mut db, &live.slug).await.unwrap(), Some(after.slug));
    assert_eq!(ground.changes(id).await, 2);
});

both_databases!(a_declined_or_withdrawn_edit_changes_nothing, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published().await;
    let live = ground.listing(id).await;
    let staged = revisions::stage(&ground.owner, id, &save(live.version, "특가 볼트")).await.unwrap();
    revisions::decide(&ground.curator, staged, Decision::Decline("꾸밈말을 빼 주세요".into()), None)
        .await
        .unwrap();
    let editing = service::open_editor(&ground.owner, id).await.unwrap();
    assert!(editing.pending.is_none());
    assert_eq!(editing.declined.unwrap().reason.as_deref(), Some("꾸밈말을 빼 주세요"));
    revisions::stage(&ground.owner, id, &save(live.version, "육각 볼트")).await.unwrap();
    revisions::withdraw(&ground.owner, id).await.unwrap();
    revisions::withdraw(&ground.owner, id).await.unwrap();
    assert_eq!(ground.listing(id).await.content, live.content);
    assert_eq!(
        revisions::decide(&ground.curator, Uuid::nil(), Decision::Apply, None).await.unwrap_err().kind,
        ErrorKind::NotFound
    );
});

both_databases!(hiding_and_vendors_decide_what_is_seen, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published().await;
    decisions::hide(&ground.curator, id, "신고가 들어왔어요", None).await.unwrap();
    assert_eq!(ground.visibility(id).await, Visibility::Hidden);
    decisions::unhide(&ground.curator, id, None).await.unwrap();
    assert_eq!(ground.visibility(id).await, Visibility::Visible);
    let cx = ground.test.market.system();
    for (state, registry, expected) in [
        ("suspended", "active", Visibility::Hidden),
        ("approved", "closed", Visibility::Hidden),
        ("approved", "paused", Visibility::Visible),
    ] {
        let mut tx = cx.write().await.unwrap();
        crate::execute!(tx, SET_VENDOR, ground.vendor, state, registry).unwrap();
        changes::note_vendor(&cx, &mut tx, ground.vendor).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ground.visibility(id).await, expected, "{state} {registry}");
    }
    assert_eq!(ground.changes(id).await, 6);
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, SET_VENDOR, ground.vendor, "suspended", "active").unwrap();
    tx.commit().await.unwrap();
    let draft = ground.draft().await;
    assert_eq!(conflict(service::submit(&ground.owner, draft, &save(1, "육각볼트")).await), "vendor_state");
});

both_databases!(sql_and_rule_agree_on_every_state, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published().await;
    let now = ground.owner.now();
    for state in ListingState::ALL {
        for until in [None, Some(now.plus(-1)), Some(now), Some(now.plus(1))] {
            let mut tx = ground.owner.write().await.unwrap();
            crate::execute!(tx, FORCE_STATE, id, state.code(), until).unwrap();
            tx.commit().await.unwrap();
            ground.visibility(id).await;
        }
    }
});

both_databases!(an_archived_listing_takes_its_edit_along, |db: Db| async move {
    let ground = Ground::new(db).await;
    let id = ground.published().await;
    let staged = revisions::stage(&ground.owner, id, &save(ground.listing(id).await.version, "육각 볼트"))
        .await
        .unwrap();
    service::archive(&ground.owner, id).await.unwrap();
    service::archive(&ground.owner, id).await.unwrap();
    assert_eq!(ground.visibility(id).await, Visibility::Gone);
    assert_eq!(
        conflict(revisions::decide(&ground.curator, staged, Decision::Apply, None).await),
        "revision_state"
    );
});
