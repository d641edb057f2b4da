//! Forms that programs fill in, and limits.

use super::flow::{LETTER, ask_about, curator, waiting};
use crate::abuse::release::{Decision, decide};
use crate::abuse::{HoldReason, held};
use crate::accounts::model::{ConsentKind, SignUp};
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::service::ask;
use crate::inquiries::tests::ground::{Ground, add_vendor, ground, guest, link, words};
use crate::inquiries::together::{BatchDraft, BatchOutcome, ItemDraft, batch_view, send};
use crate::inquiries::{AskOutcome, InquiryDraft, ThreadState};
use crate::rfqs::{RfqDraft, RfqOutcome};
use crate::saved_searches::{Condition, SavedQuestion};
use crate::time::{DAY, HOUR};

fn trapped(draft: InquiryDraft) -> InquiryDraft {
    InquiryDraft { trap: "http://spam".into(), ..draft }
}

both_databases!(a_trapped_guest_sees_what_everybody_sees, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let (draft, key) = (trapped(guest("단가를 알려 주세요", "guest@example.test")), cx.new_id());
    for _ in 0..2 {
        assert_eq!(ask(&cx, g.listing, &draft, key).await.unwrap(), AskOutcome::ConfirmationSent);
    }
    assert!(g.mails("guest").await.is_empty());
    let items = waiting(&g).await;
    assert_eq!(items.len(), 1);
    let desk = curator(&g).await;
    let seen = crate::abuse::review::held(&desk, items[0]).await.unwrap();
    assert_eq!(
        (seen.words.as_str(), seen.form.unwrap().email()),
        ("단가를 알려 주세요", "guest@example.test")
    );
    // a browser had filled it in: the guest gets the usual mail, and no vendor hears of it before it is confirmed
    decide(&desk, items[0], Decision::Release, None).await.unwrap();
    let mails = g.mails("guest").await;
    assert_eq!(mails.len(), 1);
    let token = link(&mails[0], "confirm-inquiry");
    let sent = crate::inquiries::service::confirm_inquiry(&cx, &token).await.unwrap();
    assert_eq!(g.thread(sent.thread_id).await.state, ThreadState::WaitingVendor);
});

both_databases!(a_trapped_member_is_only_held, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let draft = trapped(words("단가를 알려 주세요"));
    let AskOutcome::Thread(thread) = ask(&cx, g.listing, &draft, cx.new_id()).await.unwrap() else {
        panic!("a member gets a thread")
    };
    assert_eq!(g.thread(thread).await.state, ThreadState::New);
    let mut db = cx.read().await.unwrap();
    let item = held::find(&mut db, waiting(&g).await[0]).await.unwrap().unwrap();
    assert_eq!(item.reasons, [HoldReason::Trap]);
});

both_databases!(every_other_form_is_trapped_alike, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let basket = BatchDraft {
        common: trapped(guest("x", "guest@example.test")),
        items: vec![ItemDraft { listing_id: g.listing, quantity: "1".into(), ..ItemDraft::default() }],
    };
    assert_eq!(send(&cx, &basket, cx.new_id()).await.unwrap(), BatchOutcome::ConfirmationSent);
    let rfq = RfqDraft { trap: "x".into(), email: "guest@example.test".into(), ..RfqDraft::default() };
    let sent = crate::rfqs::service::submit(&cx, &rfq, cx.new_id()).await.unwrap();
    assert_eq!(sent, RfqOutcome::ConfirmationSent);
    let join = SignUp {
        email: "guest@example.test".into(),
        name: "김 하나".into(),
        password: "우리 공장 옆 은행나무".into(),
        consents: vec![ConsentKind::Terms, ConsentKind::Privacy],
        trap: "x".into(),
    };
    crate::accounts::service::sign_up(&cx, join, cx.new_id()).await.unwrap();
    let alert = Condition {
        address: "/search?q=bolt".into(),
        title: "bolt".into(),
        question: SavedQuestion { text: "bolt".into(), ..SavedQuestion::default() },
    };
    crate::saved_searches::ask_trapped(&cx, &alert, "guest@example.test", cx.new_id()).await.unwrap();
    assert!(g.mails("guest").await.is_empty());
    let items = waiting(&g).await;
    assert_eq!(items.len(), 4);
    let desk = curator(&g).await;
    decide(&desk, items[3], Decision::Release, None).await.unwrap();
    assert_eq!(g.mails("guest").await.len(), 1, "handed over, its one confirmation goes out");
    let joined = decide(&desk, items[2], Decision::Release, None).await.unwrap_err();
    assert_eq!(joined.kind, ErrorKind::Conflict("held.sign_up".into()), "its password was not kept");
    g.t.clock.advance(31 * DAY);
    crate::outbox::run_due_schedules(&g.t.market).await.unwrap();
    assert!(waiting(&g).await.is_empty(), "addresses of strangers are not kept for ever");
});

both_databases!(a_basket_is_the_honest_way_to_many, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let mut items = Vec::new();
    for n in 0..8 {
        let (_, listing_id) = add_vendor(&g.t, &format!("v{n}")).await;
        items.push(ItemDraft { listing_id, quantity: "10".into(), ..ItemDraft::default() });
    }
    let basket = BatchDraft { common: InquiryDraft { quantity: String::new(), ..words(LETTER) }, items };
    let BatchOutcome::Sent(id) = send(&cx, &basket, cx.new_id()).await.unwrap() else { panic!("sent") };
    let view = batch_view(&cx, id).await.unwrap();
    assert!(view.threads.iter().all(|thread| thread.state == ThreadState::WaitingVendor));
    // what went by basket is no reason to hold a single question
    let single = ask_about(&cx, g.listing, LETTER).await;
    assert_eq!(g.thread(single).await.state, ThreadState::WaitingVendor);
});

async fn one_more(g: &Ground, name: &str) -> Option<String> {
    let cx = g.t.as_person(g.t.add_person(name).await).await;
    let refused = ask(&cx, g.listing, &words("?"), cx.new_id()).await.err()?;
    assert!(matches!(refused.kind, ErrorKind::TooMany { retry_after: 1..=3_601 }), "{refused}");
    refused.limit().map(str::to_owned)
}

both_databases!(many_fresh_accounts_cannot_bury_a_vendor, |db: Db| async move {
    let g = ground(db).await;
    // somebody who was answered before is not counted among them
    let (thread, known) = (g.asked().await, g.buyer().await);
    crate::inquiries::service::reply(&g.owner().await, thread, "네", known.new_id()).await.unwrap();
    g.t.clock.advance(HOUR);
    let mut limit = None;
    for n in 0..21 {
        limit = one_more(&g, &format!("fresh{n}")).await;
    }
    assert_eq!(limit.as_deref(), Some("newcomer:vendor"));
    ask_about(&known, g.listing, "단가를 알려 주세요").await;
});

both_databases!(a_newcomer_asks_ten_a_day, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.buyer().await;
    let mut refused = None;
    for n in 0..11 {
        let (_, listing) = add_vendor(&g.t, &format!("v{n}")).await;
        refused = ask(&cx, listing, &words("?"), cx.new_id()).await.err();
        g.t.clock.advance(HOUR / 3);
    }
    let refused = refused.unwrap();
    assert_eq!(refused.limit(), Some("newcomer:day"));
    assert!(matches!(refused.kind, ErrorKind::TooMany { retry_after } if retry_after <= 86_401));
});
