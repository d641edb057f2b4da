//! Who leaves asks nothing any more, and leaves no address behind in forms.

use super::flow::{draft, ground, quote, vendor};
use crate::accounts::flow_tests::{PASSWORD, enter, join};
use crate::accounts::service as accounts;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::service as threads;
use crate::inquiries::together::{BatchDraft, ItemDraft, confirm_batch, send};
use crate::inquiries::typed::{Typed, keep};
use crate::inquiries::{InquiryDraft, ThreadState};
use crate::rfqs::service::{Decision, answer, confirm_rfq, decide, pending_rfq, submit};
use crate::rfqs::tests::flow::link;
use crate::rfqs::{RfqDraft, RfqOutcome, RfqState};

const MAIL: &str = "hana@example.test";
const LEFT: [&str; 4] = [
    "SELECT CAST(COUNT(*) AS BIGINT) FROM inquiry_drafts WHERE email = $1 OR content LIKE '%' || $1 || '%'",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM batch_drafts WHERE email = $1 OR content LIKE '%' || $1 || '%'",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM rfq_drafts WHERE email = $1 OR content LIKE '%' || $1 || '%'",
    "SELECT CAST(COUNT(*) AS BIGINT) FROM typed_forms WHERE email = $1 OR fields LIKE '%' || $1 || '%'",
];

both_databases!(who_leaves_asks_nothing_any_more, |db: Db| async move {
    let g = ground(db).await;
    let (owner, listing) = vendor(&g.t, "gaon").await;
    let cx = g.t.visitor();
    join(&g.t, MAIL).await;
    // forms sent without signing in: one confirmed of each kind, and one that never will be
    let form = || RfqDraft { email: MAIL.into(), name: "김 하나".into(), ..draft() };
    let asked = || InquiryDraft {
        body: "?".into(),
        email: MAIL.into(),
        name: "김 하나".into(),
        agreed: true,
        ..InquiryDraft::default()
    };
    let item = || ItemDraft { listing_id: listing, quantity: "1".into(), ..ItemDraft::default() };
    let typed = Typed { email: MAIL.into(), fields: vec![("email".into(), MAIL.into())] };
    keep(&cx, "/basket", &typed, (cx.new_id(), None)).await.unwrap().unwrap();
    for _ in 0..2 {
        submit(&cx, &form(), cx.new_id()).await.unwrap();
        send(&cx, &BatchDraft { common: asked(), items: vec![item()] }, cx.new_id()).await.unwrap();
        threads::ask(&cx, listing, &asked(), cx.new_id()).await.unwrap();
    }
    let mails = g.mails("hana").await;
    let newest = |kind: &str| link(mails.iter().rev().find(|mail| mail.text.contains(kind)).unwrap(), kind);
    let oldest = |kind: &str| link(mails.iter().find(|mail| mail.text.contains(kind)).unwrap(), kind);
    confirm_rfq(&cx, &oldest("confirm-rfq")).await.unwrap();
    confirm_batch(&cx, &oldest("confirm-basket")).await.unwrap();
    threads::confirm_inquiry(&cx, &oldest("confirm-inquiry")).await.unwrap();
    let me = enter(&g.t, MAIL, PASSWORD).await;
    let RfqOutcome::Sent(id) = submit(&me, &draft(), me.new_id()).await.unwrap() else { panic!("sent") };
    decide(&g.as_(g.curator).await, id, None, Decision::Open, None).await.unwrap();
    let vendor_cx = g.as_(owner).await;
    let thread = answer(&vendor_cx, id, &listing.to_string(), &quote("96"), me.new_id()).await.unwrap();
    let copy = accounts::export(&me).await.unwrap();
    assert_eq!(copy["requests"].as_array().unwrap().len(), 2);
    assert_eq!(copy["requests"][0]["lines"][0]["item"], "육각볼트");
    accounts::withdraw(&me, PASSWORD).await.unwrap();
    assert_eq!(g.state(id).await, RfqState::Closed);
    let left = threads::thread_view(&vendor_cx, thread).await.unwrap().thread;
    assert_eq!(left.state, ThreadState::Withdrawn);
    assert!(answer(&vendor_cx, id, &listing.to_string(), &quote("96"), cx.new_id()).await.is_err());
    let mut db = cx.read().await.unwrap();
    for count in LEFT {
        assert_eq!(crate::fetch_one!(db, (i64,), count, MAIL).unwrap().0, 0, "{count}");
    }
    drop(db);
    for token in [oldest("confirm-rfq"), newest("confirm-rfq")] {
        assert_eq!(pending_rfq(&cx, &token).await.unwrap_err().kind, ErrorKind::NotFound);
        assert_eq!(confirm_rfq(&cx, &token).await.unwrap_err().kind, ErrorKind::NotFound);
    }
    g.mails("gaon").await;
});
