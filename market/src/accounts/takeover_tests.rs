//! Somebody signs up with another person's address and waits: no link that the person presses may give them a way in.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::model::{ConsentKind, SignUp, SignedIn};
use super::service;
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{Error, ErrorKind};
use crate::inquiries::service::{ask, confirm_inquiry};
use crate::inquiries::tests::ground::{Ground, ground, guest, link};
use crate::inquiries::together::{self, BatchDraft, ItemDraft};
use crate::rfqs::{self, RequestLine, RfqDraft};
use crate::saved_searches::{self, Condition, SavedQuestion};
use crate::time::MINUTE;
use crate::tokens::TokenKind;

const THEIRS: &str = "stranger's long passphrase";
const OWN: &str = "우리 공장 옆 은행나무";
const ADDRESS: &str = "victim@example.test";

async fn sign_up(cx: &Cx, name: &str, password: &str, consents: &[ConsentKind]) {
    let form = SignUp {
        email: ADDRESS.into(),
        name: name.into(),
        password: password.into(),
        consents: consents.to_vec(),
        ..SignUp::default()
    };
    service::sign_up(cx, form, cx.new_id()).await.unwrap();
}

/// The newest link of a kind that the victim got.
async fn newest(g: &Ground, kind: &str) -> String {
    let mails = g.mails("victim").await;
    let mail = mails.iter().rev().find(|mail| mail.text.contains(&format!("/{kind}/"))).unwrap();
    link(mail, kind)
}

/// A stranger signs up with the victim's address and agrees to everything; gives the link of that mail.
async fn planted(g: &Ground) -> String {
    sign_up(&g.t.visitor(), "Mallory", THEIRS, &ConsentKind::ALL).await;
    newest(g, "confirm").await
}

async fn enters(g: &Ground, password: &str) -> bool {
    g.t.clock.advance(MINUTE);
    matches!(service::sign_in(&g.t.visitor(), ADDRESS, password, "").await, Ok(SignedIn::Session(_)))
}

/// The address is proved, and nothing of the stranger's is left in the account.
async fn is_the_victims_alone(g: &Ground, planted: &str) {
    assert!(!enters(g, THEIRS).await, "the password of an unproved sign-up opens nothing");
    let cx = g.t.visitor();
    let late = service::confirm_email(&cx, planted).await.unwrap_err();
    assert_eq!(
        late.kind,
        ErrorKind::NotFound,
        "the mail of the stranger's sign-up is worth nothing any more"
    );
    assert!(!enters(g, THEIRS).await);
    let mut db = cx.read().await.unwrap();
    let user = super::store::find_by_email(&mut db, ADDRESS).await.unwrap().unwrap();
    assert!(user.email_confirmed_at.is_some() && user.password_hash.is_none());
    assert_ne!(user.name, "Mallory");
    let consents = super::store::list_consents(&mut db, user.id).await.unwrap();
    let shared = ConsentKind::ThirdParty.code();
    assert!(
        consents.iter().all(|consent| consent.kind == shared),
        "only what the victim's own question agreed to: {consents:?}"
    );
    drop(db);

    // and the victim joins as every guest does
    sign_up(&cx, "피해자", OWN, &[ConsentKind::Terms, ConsentKind::Privacy]).await;
    let token = newest(g, "reset").await;
    service::reset_password(&cx, &token, OWN).await.unwrap();
    assert!(enters(g, OWN).await && !enters(g, THEIRS).await);
}

both_databases!(an_inquiry_proves_no_password, |db: Db| async move {
    let g = ground(db).await;
    let planted = planted(&g).await;
    let cx = g.t.visitor();
    ask(&cx, g.listing, &guest("견본이 있나요?", ADDRESS), cx.new_id()).await.unwrap();
    let token = newest(&g, "confirm-inquiry").await;
    let first = confirm_inquiry(&cx, &token).await.unwrap();
    assert_eq!(confirm_inquiry(&cx, &token).await.unwrap().thread_id, first.thread_id);
    is_the_victims_alone(&g, &planted).await;
});

both_databases!(a_basket_proves_no_password, |db: Db| async move {
    let g = ground(db).await;
    let planted = planted(&g).await;
    let cx = g.t.visitor();
    let item = ItemDraft { listing_id: g.listing, quantity: "500개".into(), ..ItemDraft::default() };
    let form = BatchDraft { common: guest("견본이 있나요?", ADDRESS), items: vec![item] };
    together::send(&cx, &form, cx.new_id()).await.unwrap();
    let token = newest(&g, "confirm-basket").await;
    together::confirm_batch(&cx, &token).await.unwrap();
    is_the_victims_alone(&g, &planted).await;
});

both_databases!(a_request_proves_no_password, |db: Db| async move {
    let g = ground(db).await;
    let planted = planted(&g).await;
    let cx = g.t.visitor();
    let line = RequestLine {
        item: "육각볼트".into(),
        quantity: "2,000".into(),
        unit: "ea".into(),
        ..RequestLine::default()
    };
    let form = RfqDraft {
        title: "육각볼트".into(),
        body: "육각볼트 2,000개가 필요합니다".into(),
        lines: vec![line],
        category: "fasteners.bolts.hex".into(),
        visibility: "public".into(),
        email: ADDRESS.into(),
        name: "김구매".into(),
        agreed: true,
        ..RfqDraft::default()
    };
    rfqs::service::submit(&cx, &form, cx.new_id()).await.unwrap();
    let token = newest(&g, "confirm-rfq").await;
    rfqs::service::confirm_rfq(&cx, &token).await.unwrap();
    is_the_victims_alone(&g, &planted).await;
});

both_databases!(an_alert_proves_no_password, |db: Db| async move {
    let g = ground(db).await;
    let planted = planted(&g).await;
    let cx = g.t.visitor();
    let condition = Condition {
        address: "/search?q=볼트".into(),
        title: "‘볼트’".into(),
        question: SavedQuestion { text: "볼트".into(), ..SavedQuestion::default() },
    };
    saved_searches::ask(&cx, &condition, ADDRESS, cx.new_id()).await.unwrap();
    let token = newest(&g, "confirm-alert").await;
    saved_searches::confirm(&cx, &token).await.unwrap();
    is_the_victims_alone(&g, &planted).await;
});

both_databases!(the_command_line_takes_over_no_unproved_password, |db: Db| async move {
    let g = ground(db).await;
    let planted = planted(&g).await;
    service::create_admin(&g.t.market.system(), ADDRESS, "관리자").await.unwrap();
    assert!(!enters(&g, THEIRS).await, "or a stranger would be admin");
    assert!(service::confirm_email(&g.t.visitor(), &planted).await.is_err());
    assert!(!enters(&g, THEIRS).await);
});

async fn name_and_consents(g: &Ground) -> (String, usize) {
    let mut db = g.t.visitor().read().await.unwrap();
    let user = super::store::find_by_email(&mut db, ADDRESS).await.unwrap().unwrap();
    let given = super::store::list_consents(&mut db, user.id).await.unwrap();
    (user.name, given.iter().filter(|consent| consent.granted).count())
}

both_databases!(each_link_brings_its_own_password, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    sign_up(&cx, "피해자", OWN, &[ConsentKind::Terms, ConsentKind::Privacy]).await;
    let own = newest(&g, "confirm").await;
    let theirs = planted(&g).await;
    assert_ne!(own, theirs);
    service::confirm_email(&cx, &own).await.unwrap();
    service::confirm_email(&cx, &own).await.unwrap();
    assert!(enters(&g, OWN).await, "the link that was pressed came with this password");
    assert!(!enters(&g, THEIRS).await);
    assert_eq!(name_and_consents(&g).await, ("피해자".to_owned(), 2));
    let late: Error = service::confirm_email(&cx, &theirs).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::NotFound);
    assert!(enters(&g, OWN).await && !enters(&g, THEIRS).await);
    assert_eq!(name_and_consents(&g).await, ("피해자".to_owned(), 2));
});

both_databases!(a_link_asked_for_again_is_nobody_elses, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    sign_up(&cx, "피해자", OWN, &[ConsentKind::Terms, ConsentKind::Privacy]).await;
    service::resend_confirmation(&cx, ADDRESS, cx.new_id()).await.unwrap();
    let again = newest(&g, "confirm").await;
    planted(&g).await;

    // which of the two asks for a new link nobody knows: it leads to the sign-up, not to either password
    for ask_again in [true, false] {
        if ask_again {
            service::resend_confirmation(&cx, ADDRESS, cx.new_id()).await.unwrap();
        } else {
            service::request_reset(&cx, ADDRESS, cx.new_id()).await.unwrap();
        }
        let mail = g.mails("victim").await.pop().unwrap();
        assert_eq!(mail.subject, "가입을 먼저 마쳐 주세요");
        assert!(mail.text.contains("/sign-up") && !mail.text.contains("/confirm/"), "{}", mail.text);
    }
    assert!(!enters(&g, THEIRS).await && !enters(&g, OWN).await);
    service::confirm_email(&cx, &again).await.unwrap();
    assert!(enters(&g, OWN).await, "a link of the time when there was one sign-up is that sign-up's");
    assert!(!enters(&g, THEIRS).await);
    assert_eq!(
        service::link_state(&cx, TokenKind::ConfirmEmail, "guess").await.unwrap_err().kind,
        ErrorKind::NotFound
    );
});
