//! A request from its form to the quote that was taken.

use uuid::Uuid;

use crate::accounts::access::{PlatformRole, VendorRole};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::ThreadState;
use crate::inquiries::quote::{LineDraft, QuoteDraft};
use crate::inquiries::service as threads;
use crate::ports::Mail;
use crate::rfqs::links::{open_answer, open_own};
use crate::rfqs::service::{
    BoardFilter, Decision, answer, answer_page, board, close, confirm_rfq, decide, expire_due, extend,
    newest, own, pending_rfq, resubmit, rfq_view, submit,
};
use crate::rfqs::{RequestLine, RfqDraft, RfqOutcome, RfqState};
use crate::testing::{TestMarket, prepare_all, test_market_with};
use crate::time::DAY;

const NEW_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $2, 'approved', $2, $2, '', '41', '', '', '', '', '', 'active', $3, $3, 1)";
const NEW_LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', 'fasteners.bolts.hex', '육각볼트', 'Hex bolt', '', '', '[]', '개', 'negotiable', 'KRW', '[]', '', '', '', $4, $4, $4, $5, 1)";

pub(super) struct Ground {
    pub(super) t: TestMarket,
    pub(super) buyer: Uuid,
    pub(super) curator: Uuid,
}

/// A vendor with a product and an owner; gives the owner and the product.
pub(super) async fn vendor(t: &TestMarket, name: &str) -> (Uuid, Uuid) {
    let owner = t.add_person(name).await;
    let cx = t.market.system();
    let (vendor, listing, now) = (cx.new_id(), cx.new_id(), cx.now());
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, NEW_VENDOR, vendor, name, now).unwrap();
    crate::execute!(tx, NEW_LISTING, listing, vendor, name, now, now.plus(900 * DAY)).unwrap();
    tx.commit().await.unwrap();
    t.join(owner, vendor, VendorRole::Owner).await;
    (owner, listing)
}

/// Where two may answer.
pub(super) async fn ground(db: Db) -> Ground {
    ground_with(db, 2).await
}

pub(super) async fn ground_with(db: Db, rfq_answers: i64) -> Ground {
    let settings = crate::settings::Settings { rfq_answers, ..crate::settings::Settings::default() };
    let t = test_market_with(db, settings);
    let (buyer, curator) = (t.add_person("buyer").await, t.add_person("curator").await);
    t.grant(curator, PlatformRole::Curator).await;
    Ground { t, buyer, curator }
}

pub(super) fn draft() -> RfqDraft {
    let line = RequestLine {
        item: "육각볼트".into(),
        quantity: "2,000".into(),
        unit: "ea".into(),
        grade: "SUS304".into(),
        dimension: "M8×20".into(),
    };
    RfqDraft {
        title: "육각볼트 M8 2,000개".into(),
        body: "성적서가 필요해요".into(),
        lines: vec![line],
        place: "시화공단".into(),
        region: "41".into(),
        category: "fasteners.bolts.hex".into(),
        visibility: "public".into(),
        agreed: true,
        ..RfqDraft::default()
    }
}

pub(super) fn quote(price: &str) -> QuoteDraft {
    let line =
        LineDraft {
            price: price.into(), quantity: "2000".into(), unit: "개".into(), ..LineDraft::default()
        };
    QuoteDraft { line, lead_time_days: "3".into(), ..QuoteDraft::default() }
}

impl Ground {
    pub(super) async fn as_(&self, person: Uuid) -> Cx {
        self.t.as_person(person).await
    }

    pub(super) async fn handed_in(&self, draft: &RfqDraft) -> Uuid {
        let cx = self.as_(self.buyer).await;
        match submit(&cx, draft, cx.new_id()).await.unwrap() {
            RfqOutcome::Sent(id) => id,
            RfqOutcome::ConfirmationSent => panic!("a confirmed person needs no confirmation"),
        }
    }

    pub(super) async fn opened(&self) -> Uuid {
        let id = self.handed_in(&draft()).await;
        decide(&self.as_(self.curator).await, id, None, Decision::Open, None).await.unwrap();
        id
    }

    pub(super) async fn mails(&self, name: &str) -> Vec<Mail> {
        let done = crate::outbox::drain(&self.t.market).await.unwrap();
        assert_eq!(done.failed, 0);
        self.t.mailer.sent_to(&format!("{name}@example.test"))
    }

    pub(super) async fn state(&self, id: Uuid) -> RfqState {
        let mut db = self.t.market.system().read().await.unwrap();
        crate::rfqs::store::find(&mut db, id).await.unwrap().unwrap().state
    }
}

pub(super) fn link(mail: &Mail, kind: &str) -> String {
    let (_, rest) = mail.text.split_once(&format!("/{kind}/")).unwrap();
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

both_databases!(a_request_is_opened_answered_compared_and_awarded, |db: Db| async move {
    let g = ground(db).await;
    let (first, first_listing) = vendor(&g.t, "gaon").await;
    let (second, second_listing) = vendor(&g.t, "neoreun").await;
    let (third, third_listing) = vendor(&g.t, "pureun").await;
    let cx = g.as_(g.buyer).await;
    let key = cx.new_id();
    let sent = submit(&cx, &draft(), key).await.unwrap();
    assert_eq!(submit(&cx, &draft(), key).await.unwrap(), sent, "the same form twice is one request");
    let RfqOutcome::Sent(id) = sent else { panic!("sent") };
    assert!(newest(&g.t.visitor(), 10).await.unwrap().is_empty(), "nobody sees it before a curator does");
    assert_eq!(rfq_view(&g.t.visitor(), id).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(decide(&cx, id, None, Decision::Open, None).await.unwrap_err().kind, ErrorKind::Forbidden);
    g.t.grant(g.buyer, PlatformRole::Curator).await;
    let own = decide(&g.as_(g.buyer).await, id, None, Decision::Open, None).await.unwrap_err();
    assert_eq!(own.kind, ErrorKind::Conflict("desk.own_company".into()));
    let curator = g.as_(g.curator).await;
    decide(&curator, id, None, Decision::Open, Some(key)).await.unwrap();
    decide(&curator, id, None, Decision::Open, Some(key)).await.unwrap();
    let mails = g.mails("gaon").await;
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("M8×20") && !mails[0].text.contains("buyer@"), "{}", mails[0].text);
    assert!(rfq_view(&g.t.visitor(), id).await.unwrap().buyer.is_none());
    let vendor_cx = g.as_(first).await;
    assert!(rfq_view(&vendor_cx, id).await.unwrap().buyer.is_some());
    // one answers signed in, twice with the same form; the other through the link of its mail
    let page = answer_page(&vendor_cx, id).await.unwrap();
    assert_eq!(page.offer.products[0].id, first_listing);
    let listing = first_listing.to_string();
    let thread = answer(&vendor_cx, id, &listing, &quote("96"), key).await.unwrap();
    assert_eq!(answer(&vendor_cx, id, &listing, &quote("96"), key).await.unwrap(), thread);
    let again = answer(&vendor_cx, id, &listing, &quote("90"), cx.new_id()).await.unwrap_err();
    assert_eq!(again.kind, ErrorKind::Conflict("rfq.answered".into()));
    let by_mail = open_answer(&g.t.visitor(), &link(&g.mails("neoreun").await[0], "q")).await.unwrap();
    assert_eq!(by_mail.rfq_id, id);
    let other = answer(&by_mail.cx, id, &second_listing.to_string(), &quote("90"), key).await.unwrap();
    assert_eq!(g.state(id).await, RfqState::Filled, "two may answer here");
    let late = answer(&g.as_(third).await, id, &third_listing.to_string(), &quote("80"), key).await;
    assert_eq!(late.unwrap_err().kind, ErrorKind::Conflict("rfq.over".into()));
    let view = rfq_view(&cx, id).await.unwrap();
    assert_eq!(view.threads.unwrap().threads.iter().filter(|thread| thread.quote.is_some()).count(), 2);
    threads::accept(&cx, other, 1, cx.new_id()).await.unwrap();
    g.mails("buyer").await;
    assert_eq!(g.state(id).await, RfqState::Closed);
    let lost = threads::thread_view(&vendor_cx, thread).await.unwrap().thread;
    assert_eq!((lost.state, lost.decline_reason.as_deref()), (ThreadState::Declined, Some("elsewhere")));
    let told = g.mails("gaon").await;
    assert!(told.iter().any(|mail| mail.text.contains("다른 곳에서 샀어요")), "{told:?}");
    assert!(threads::thread_view(&g.as_(second).await, other).await.is_ok());
    let mut db = cx.read().await.unwrap();
    let clocks = "SELECT CAST(COALESCE(SUM(asked), 0) AS BIGINT) FROM vendor_response_stats";
    let (asked,) = crate::fetch_one!(db, (i64,), clocks).unwrap();
    assert_eq!(asked, 0, "nobody asked these vendors, so nothing counts for their rate");
});

both_databases!(a_curator_returns_and_removes_with_a_reason, |db: Db| async move {
    let g = ground(db).await;
    let id = g.handed_in(&draft()).await;
    let (cx, curator) = (g.as_(g.buyer).await, g.as_(g.curator).await);
    let silent = decide(&curator, id, None, Decision::Return(String::new()), None).await;
    assert!(matches!(silent.unwrap_err().kind, ErrorKind::Invalid(_)));
    decide(&curator, id, None, Decision::Return("수량을 적어 주세요".into()), None).await.unwrap();
    assert!(g.mails("buyer").await[0].text.contains("수량을 적어 주세요"));
    let stranger = g.as_(g.t.add_person("stranger").await).await;
    let theirs = resubmit(&stranger, id, &draft(), (cx.new_id(), &[])).await;
    assert_eq!(theirs.unwrap_err().kind, ErrorKind::NotFound);
    let mut better = draft();
    better.title = "육각볼트 M8 3,000개".into();
    resubmit(&cx, id, &better, (cx.new_id(), &[])).await.unwrap();
    assert_eq!(g.state(id).await, RfqState::InReview);
    assert_eq!(own(&cx).await.unwrap()[0].title, better.title);
    let unread = decide(&curator, id, Some(1), Decision::Open, None).await.unwrap_err();
    assert_eq!(
        unread.kind,
        ErrorKind::Conflict("decision.stale".into()),
        "it was rewritten after it was read"
    );
    decide(&curator, id, None, Decision::Remove("거래할 수 없는 물건이에요".into()), None).await.unwrap();
    assert_eq!(g.state(id).await, RfqState::Removed);
    assert!(matches!(
        decide(&curator, id, None, Decision::Open, None).await.unwrap_err().kind,
        ErrorKind::Conflict(_)
    ));
});

both_databases!(days_end_and_are_added_once, |db: Db| async move {
    let g = ground(db).await;
    let (owner, listing) = vendor(&g.t, "gaon").await;
    let id = g.opened().await;
    let cx = g.as_(g.buyer).await;
    g.t.clock.advance(13 * DAY);
    assert_eq!(expire_due(&cx).await.unwrap(), 0);
    extend(&cx, id, cx.new_id()).await.unwrap();
    assert_eq!(
        extend(&cx, id, cx.new_id()).await.unwrap_err().kind,
        ErrorKind::Conflict("rfq.extended".into())
    );
    g.t.clock.advance(2 * DAY);
    assert_eq!(expire_due(&g.t.market.system()).await.unwrap(), 0);
    g.t.clock.advance(14 * DAY);
    let late = answer(&g.as_(owner).await, id, &listing.to_string(), &quote("96"), cx.new_id()).await;
    assert_eq!(late.unwrap_err().kind, ErrorKind::Conflict("rfq.over".into()), "not a moment longer");
    assert_eq!(expire_due(&g.t.market.system()).await.unwrap(), 1);
    assert_eq!(g.state(id).await, RfqState::Expired);
    assert!(close(&cx, id, "awarded", cx.new_id()).await.is_err(), "only taking a quote awards");
    close(&cx, id, "not_needed", cx.new_id()).await.unwrap();
    assert_eq!(g.state(id).await, RfqState::Closed);
    g.mails("buyer").await;
});

both_databases!(a_guest_confirms_once_and_comes_back_by_link, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let form = RfqDraft { email: "guest@example.test".into(), name: "김구매".into(), ..draft() };
    assert_eq!(submit(&cx, &form, cx.new_id()).await.unwrap(), RfqOutcome::ConfirmationSent);
    let mails = g.mails("guest").await;
    assert_eq!((mails.len(), g.t.mailer.sent().len()), (1, 1), "one mail, to the guest alone");
    let token = link(&mails[0], "confirm-rfq");
    assert!(!pending_rfq(&cx, &token).await.unwrap().sent);
    let confirmed = confirm_rfq(&cx, &token).await.unwrap();
    assert_eq!(confirm_rfq(&cx, &token).await.unwrap().rfq_id, confirmed.rfq_id);
    let open = open_own(&cx, &confirmed.link).await.unwrap();
    assert!(rfq_view(&open.cx, open.rfq_id).await.unwrap().mine);
    close(&open.cx, open.rfq_id, "not_needed", cx.new_id()).await.unwrap();
    assert_eq!(open_own(&cx, "guess").await.err().unwrap().kind, ErrorKind::NotFound);
    assert_eq!(open_answer(&cx, &confirmed.link).await.err().unwrap().kind, ErrorKind::NotFound);
    let trapped = RfqDraft { trap: "x".into(), ..form };
    assert_eq!(submit(&cx, &trapped, cx.new_id()).await.unwrap(), RfqOutcome::ConfirmationSent);
    g.mails("guest").await;
});

both_databases!(only_those_who_are_meant_see_it, |db: Db| async move {
    let g = ground(db).await;
    let (invited, listing) = vendor(&g.t, "gaon").await;
    let (other, _) = vendor(&g.t, "neoreun").await;
    let form =
        RfqDraft { visibility: "invited".into(), invited: "https://x.test/vendors/gaon".into(), ..draft() };
    let id = g.handed_in(&form).await;
    decide(&g.as_(g.curator).await, id, None, Decision::Open, None).await.unwrap();
    assert_eq!((g.mails("gaon").await.len(), g.mails("neoreun").await.len()), (1, 0));
    let all = BoardFilter { page: 1, ..BoardFilter::default() };
    for (who, sees) in [(invited, 1), (other, 0), (g.buyer, 1)] {
        assert_eq!(board(&g.as_(who).await, &all).await.unwrap().total, sees);
    }
    assert_eq!(board(&g.t.visitor(), &all).await.unwrap().total, 0);
    assert_eq!(rfq_view(&g.as_(other).await, id).await.unwrap_err().kind, ErrorKind::NotFound);
    let theirs = answer(&g.as_(other).await, id, &listing.to_string(), &quote("96"), g.buyer).await;
    assert_eq!(theirs.unwrap_err().kind, ErrorKind::NotFound);
    let foreign = answer(&g.as_(invited).await, id, &g.buyer.to_string(), &quote("96"), g.buyer).await;
    assert!(matches!(foreign.unwrap_err().kind, ErrorKind::Invalid(_)), "only one of its own products");
    let unknown = RfqDraft { invited: "nobody".into(), ..form };
    let cx = g.as_(g.buyer).await;
    assert!(matches!(submit(&cx, &unknown, cx.new_id()).await.unwrap_err().kind, ErrorKind::Invalid(_)));
});

pub(super) const SAVED: &str = "INSERT INTO saved_searches (id, user_id, address, title, question, lang, mark, created_at, paused_at) \
    VALUES ($1, $2, $3, $3, $4, 'ko', $5, $5, $6)";

both_databases!(who_watches_for_it_is_told_without_a_product_of_the_category, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.market.system();
    for (name, text, paused) in [
        ("watcher", "SUS304 육각볼트", None),
        ("other", "SUS316", None),
        ("stopped", "육각볼트", Some(cx.now())),
    ] {
        let (owner, listing) = vendor(&g.t, name).await;
        let question = serde_json::json!({ "text": text }).to_string();
        let mut tx = cx.write().await.unwrap();
        crate::execute!(tx, "UPDATE listings SET category = 'chemicals' WHERE id = $1", listing).unwrap();
        crate::execute!(tx, SAVED, cx.new_id(), owner, text, &question, cx.now(), paused).unwrap();
        tx.commit().await.unwrap();
    }
    g.opened().await;
    assert_eq!(g.mails("watcher").await.len(), 1);
    assert_eq!((g.mails("other").await.len(), g.mails("stopped").await.len()), (0, 0));
});

both_databases!(nobody_is_told_too_often_and_every_wrong_field_is_named, |db: Db| async move {
    let g = ground(db).await;
    vendor(&g.t, "gaon").await;
    for _ in 0..5 {
        g.opened().await;
    }
    let cx = g.as_(g.buyer).await;
    assert!(matches!(submit(&cx, &draft(), cx.new_id()).await.unwrap_err().kind, ErrorKind::TooMany { .. }));
    g.t.clock.advance(DAY / 2);
    assert_eq!(g.mails("gaon").await.len(), 0, "22:00");
    g.t.clock.advance(DAY / 2);
    assert_eq!(g.mails("gaon").await.len(), 5);
    let mut wrong = RfqDraft { title: String::new(), category: "none".into(), ..draft() };
    wrong.lines[0].quantity = "many".into();
    wrong.due = "2020-01-01".into();
    wrong.visibility = String::new();
    let ErrorKind::Invalid(errors) = submit(&cx, &wrong, cx.new_id()).await.unwrap_err().kind else {
        panic!("not invalid")
    };
    for field in ["title", "category", "quantity-1", "due", "visibility"] {
        assert!(errors.of(field).is_some(), "{field}");
    }
});

both_databases!(every_statement_prepares, |db: Db| async move {
    use crate::rfqs::{answer, board, guests, jobs, store};
    let statements = [
        store::FIND,
        store::OWN,
        store::INSERT,
        store::REWRITE,
        store::SAVE,
        store::TAKE_PLACE,
        store::DUE,
        store::INVITE,
        store::UNINVITE,
        store::INVITED,
        store::VENDOR_BY_SLUG,
        store::VENDORS_NAMED,
        store::INSERT_BATCH,
        store::BUYER,
        answer::COMPANIES,
        answer::PRODUCTS,
        board::LIST,
        board::COUNT,
        guests::INSERT,
        guests::FIND,
        guests::CONFIRM,
        guests::PURGE,
        jobs::MATCHING,
        jobs::INVITED,
        jobs::NAMES,
        crate::rfqs::demand::WATCHING,
        jobs::TOLD,
        crate::seed::requests::RFQ,
        crate::seed::requests::ANSWERS,
        crate::inquiries::offered::OTHERS,
    ];
    prepare_all(&db, statements).await;
});
