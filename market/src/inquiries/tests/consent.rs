//! Nobody's name goes to a vendor before they agreed: on the form, with the version of its words and the time at which the address had
//! proved itself.

use super::ground::{Ground, add_vendor, ground, guest, link, words};
use crate::accounts::consent::shares;
use crate::accounts::model::{CONSENT_VERSION, Consent, ConsentKind};
use crate::accounts::{service as accounts, store};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{Error, ErrorKind, Problem};
use crate::inquiries::reroute::{Others, ask_others};
use crate::inquiries::service::{ask, confirm_inquiry, decline, thread_view};
use crate::inquiries::together::{BatchDraft, ItemDraft, confirm_batch, plan, send};
use crate::inquiries::{AskOutcome, DeclineDraft, InquiryDraft};
use crate::rfqs::{RequestLine, RfqDraft, service as rfqs};
use crate::time::HOUR;

const OF_ADDRESS: &str = "SELECT c.kind, c.version, c.granted, c.at FROM consents c JOIN users u ON u.id = c.user_id WHERE u.email = $1 ORDER BY c.at";

async fn given(g: &Ground, email: &str) -> Vec<Consent> {
    let mut db = g.t.market.system().read().await.unwrap();
    crate::fetch_all!(db, Consent, OF_ADDRESS, email).unwrap()
}

fn is_asked<T: std::fmt::Debug>(done: Result<T, Error>) -> bool {
    match done.unwrap_err().kind {
        ErrorKind::Invalid(errors) => {
            errors.0.len() == 1 && errors.of("third_party") == Some(&Problem::MustAgree)
        }
        _ => false,
    }
}

fn silent(draft: InquiryDraft) -> InquiryDraft {
    InquiryDraft { agreed: false, ..draft }
}

fn basket(g: &Ground, common: InquiryDraft) -> BatchDraft {
    let item = ItemDraft { listing_id: g.listing, quantity: "1".into(), ..ItemDraft::default() };
    BatchDraft { common: InquiryDraft { quantity: String::new(), ..common }, items: vec![item] }
}

fn request(email: &str, agreed: bool) -> RfqDraft {
    let line = RequestLine { item: "육각볼트".into(), quantity: "2000".into(), ..RequestLine::default() };
    RfqDraft {
        title: "육각볼트".into(),
        lines: vec![line],
        category: "fasteners.bolts.hex".into(),
        visibility: "public".into(),
        email: email.into(),
        name: "김구매".into(),
        agreed,
        ..RfqDraft::default()
    }
}

both_databases!(every_form_of_a_guest_asks, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let who = || silent(guest("단가를 알려 주세요", "guest@example.test"));
    assert!(is_asked(ask(&cx, g.listing, &who(), cx.new_id()).await));
    assert!(is_asked(plan(&cx, &basket(&g, who())).await), "before the preview");
    assert!(is_asked(send(&cx, &basket(&g, who()), cx.new_id()).await));
    assert!(is_asked(rfqs::submit(&cx, &request("guest@example.test", false), cx.new_id()).await));
    assert!(g.mails("guest").await.is_empty());
});

both_databases!(what_a_guest_agreed_to_is_noted_when_the_address_proved_itself, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    ask(&cx, g.listing, &guest("?", "one@example.test"), cx.new_id()).await.unwrap();
    send(&cx, &basket(&g, guest("?", "two@example.test")), cx.new_id()).await.unwrap();
    rfqs::submit(&cx, &request("three@example.test", true), cx.new_id()).await.unwrap();
    let one = link(&g.mails("one").await[0], "confirm-inquiry");
    let two = link(&g.mails("two").await[0], "confirm-basket");
    let three = link(&g.mails("three").await[0], "confirm-rfq");
    assert!(given(&g, "one@example.test").await.is_empty(), "an address proves nothing by being typed");
    g.t.clock.advance(HOUR);
    let at = cx.now();
    for _ in 0..2 {
        confirm_inquiry(&cx, &one).await.unwrap();
        confirm_batch(&cx, &two).await.unwrap();
        rfqs::confirm_rfq(&cx, &three).await.unwrap();
        g.t.clock.advance(HOUR);
    }
    for name in ["one", "two", "three"] {
        let given = given(&g, &format!("{name}@example.test")).await;
        let [only] = given.as_slice() else { panic!("{name}: {given:?}") };
        assert_eq!((only.kind.as_str(), only.version.as_str()), ("third_party", CONSENT_VERSION));
        assert_eq!((only.granted, only.at), (true, at));
    }
});

async fn asked_by(g: &Ground, name: &str, agreed: bool) -> Result<AskOutcome, Error> {
    let cx = again(g, name).await;
    ask(&cx, g.listing, &InquiryDraft { agreed, ..words("단가를 알려 주세요") }, cx.new_id()).await
}

async fn again(g: &Ground, name: &str) -> Cx {
    let mut db = g.t.market.system().read().await.unwrap();
    let user = store::find_by_email(&mut db, &format!("{name}@example.test")).await.unwrap().unwrap();
    drop(db);
    g.t.as_person(user.id).await
}

both_databases!(who_is_signed_in_is_asked_once, |db: Db| async move {
    let g = ground(db).await;
    g.t.add_silent_person("silent").await;
    assert!(is_asked(asked_by(&g, "silent", false).await));
    assert!(given(&g, "silent@example.test").await.is_empty(), "a refusal leaves nothing");
    asked_by(&g, "silent", true).await.unwrap();
    asked_by(&g, "silent", false).await.unwrap();
    assert_eq!(given(&g, "silent@example.test").await.len(), 1);
    // taken back: asked again
    let cx = again(&g, "silent").await;
    accounts::change_consent(&cx, ConsentKind::ThirdParty, false).await.unwrap();
    assert!(is_asked(asked_by(&g, "silent", false).await));
    let cx = again(&g, "silent").await;
    assert!(is_asked(send(&cx, &basket(&g, silent(words("?"))), cx.new_id()).await));
    assert!(is_asked(rfqs::submit(&cx, &request("", false), cx.new_id()).await));
    send(&cx, &basket(&g, words("?")), cx.new_id()).await.unwrap();
    rfqs::submit(&again(&g, "silent").await, &request("", false), cx.new_id()).await.unwrap();
    assert_eq!(given(&g, "silent@example.test").await.len(), 3);
});

both_databases!(other_words_are_agreed_to_anew, |db: Db| async move {
    let g = ground(db).await;
    let mut tx = g.t.market.system().write().await.unwrap();
    crate::execute!(tx, "UPDATE consents SET version = 'old' WHERE user_id = $1", g.buyer).unwrap();
    tx.commit().await.unwrap();
    assert!(is_asked(asked_by(&g, "buyer", false).await));
    let cx = g.buyer().await;
    accounts::change_consent(&cx, ConsentKind::ThirdParty, true).await.unwrap();
    asked_by(&g, "buyer", false).await.unwrap();
});

both_databases!(others_are_asked_only_by_who_agreed, |db: Db| async move {
    let g = ground(db).await;
    add_vendor(&g.t, "other").await;
    let id = g.asked().await;
    let owner = g.owner().await;
    let no = DeclineDraft { reason: "too_few".into(), ..DeclineDraft::default() };
    decline(&owner, id, &no, owner.new_id()).await.unwrap();
    let buyer = g.buyer().await;
    assert!(!thread_view(&buyer, id).await.unwrap().asks_consent());
    accounts::change_consent(&buyer, ConsentKind::ThirdParty, false).await.unwrap();
    let view = thread_view(&buyer, id).await.unwrap();
    assert!(view.asks_consent());
    let listings = [view.alternatives[0].id];
    let others = |agreed| Others { listings: &listings, agreed };
    assert!(is_asked(ask_others(&buyer, id, others(false), buyer.new_id()).await));
    let key = buyer.new_id();
    for _ in 0..2 {
        assert_eq!(ask_others(&buyer, id, others(true), key).await.unwrap(), 1);
    }
    let mut db = buyer.read().await.unwrap();
    assert!(shares(&mut db, g.buyer).await.unwrap());
});
