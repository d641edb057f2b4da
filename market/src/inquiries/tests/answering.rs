//! Answering from the site and from a mail's link; quotes and decisions; strangers; ended links.

use super::ground::{Ground, add_vendor, ground, link};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::links::{LinkStanding, open_link};
use crate::inquiries::quote::{LineDraft, QuoteDraft};
use crate::inquiries::service::{
    accept, ask_back, decline, decline_quote, mark_read, reply, send_quote, thread_view, withdraw,
};
use crate::inquiries::{DeclineDraft, MessageKind, QuestionDraft, Side, ThreadState};
use crate::time::DAY;

pub(super) fn quote(price: &str) -> QuoteDraft {
    QuoteDraft {
        line: LineDraft { price: price.into(), quantity: "2000".into(), ..LineDraft::default() },
        lead_time_days: "2".into(),
        ..QuoteDraft::default()
    }
}

fn no(reason: &'static str) -> DeclineDraft {
    DeclineDraft { reason: reason.into(), note: String::new() }
}

async fn state(g: &Ground, id: uuid::Uuid) -> ThreadState {
    g.thread(id).await.state
}

both_databases!(a_quote_from_the_mail_is_accepted, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let token = link(&g.mails("owner").await[0], "a");
    let visitor = g.t.visitor();
    for _ in 0..3 {
        assert_eq!(open_link(&visitor, &token).await.unwrap().standing, LinkStanding::Works);
    }
    assert_eq!(g.thread(id).await.vendor_read_seq, 0, "opening is not reading: a scanner may have been it");
    let open = open_link(&visitor, &token).await.unwrap();
    let key = visitor.new_id();
    send_quote(&open.cx, id, &quote("96"), key).await.unwrap();
    send_quote(&open.cx, id, &quote("96"), key).await.unwrap();
    assert_eq!(g.thread(id).await.message_count, 2, "a double click is one quote");
    assert_eq!(state(&g, id).await, ThreadState::Quoted);
    let mails = g.mails("buyer").await;
    assert!(mails[0].text.contains("192,000"));
    let buyer = open_link(&visitor, &link(&mails[0], "a")).await.unwrap();
    assert!(!buyer.vendor_side);
    send_quote(&open.cx, id, &quote("90"), visitor.new_id()).await.unwrap();
    let stale = accept(&buyer.cx, id, 1, visitor.new_id()).await.unwrap_err();
    assert_eq!(stale.kind, ErrorKind::Conflict("quote.superseded".into()));
    accept(&buyer.cx, id, 2, visitor.new_id()).await.unwrap();
    assert_eq!(state(&g, id).await, ThreadState::Accepted);
    assert_eq!(open_link(&visitor, &token).await.unwrap().standing, LinkStanding::Taken);
    let late = decline(&open.cx, id, &no("too_few"), visitor.new_id()).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict("thread.ended".into()));
    send_quote(&open.cx, id, &quote("96"), key).await.unwrap();
});

both_databases!(a_decline_tells_the_reason_and_others, |db: Db| async move {
    let g = ground(db).await;
    add_vendor(&g.t, "other").await;
    let id = g.asked().await;
    let owner = g.owner().await;
    let ErrorKind::Invalid(errors) =
        decline(&owner, id, &no("other"), owner.new_id()).await.unwrap_err().kind
    else {
        panic!("not invalid")
    };
    assert!(errors.of("note").is_some());
    decline(&owner, id, &no("too_few"), owner.new_id()).await.unwrap();
    let thread = g.thread(id).await;
    assert_eq!(
        (thread.state, thread.decline_reason.as_deref()),
        (ThreadState::VendorDeclined, Some("too_few"))
    );
    assert!(thread.first_answered_at.is_some(), "declining is answering");
    let view = thread_view(&g.buyer().await, id).await.unwrap();
    assert_eq!(view.alternatives.len(), 1);
    assert_eq!(view.alternatives[0].name_ko, "other");
    assert!(g.mails("buyer").await[0].text.contains("최소 수량"));
});

both_databases!(questions_go_back_and_forth, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    ask_back(&owner, id, &QuestionDraft { body: "길이는요?".into() }, owner.new_id()).await.unwrap();
    assert_eq!(state(&g, id).await, ThreadState::WaitingBuyer);
    reply(&buyer, id, "20mm예요", buyer.new_id()).await.unwrap();
    assert_eq!(state(&g, id).await, ThreadState::WaitingVendor);
    let without = accept(&buyer, id, 1, buyer.new_id()).await.unwrap_err();
    assert_eq!(without.kind, ErrorKind::Conflict("thread.no_quote".into()));
    send_quote(&owner, id, &quote("96"), owner.new_id()).await.unwrap();
    decline_quote(&buyer, id, &no("price"), buyer.new_id()).await.unwrap();
    assert_eq!(state(&g, id).await, ThreadState::Declined);
    let kinds: Vec<_> =
        thread_view(&owner, id).await.unwrap().messages.iter().map(|m| (m.side, m.kind)).collect();
    assert_eq!(kinds[1], (Side::Vendor, MessageKind::Question));
    assert_eq!(kinds[4], (Side::Buyer, MessageKind::Decline));
    assert!(crate::audit::verify(&mut owner.read().await.unwrap()).await.is_ok());
});

both_databases!(strangers_find_nothing, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (vendor, _) = add_vendor(&g.t, "other").await;
    let stranger = g.t.add_person("stranger").await;
    g.t.join(stranger, vendor, VendorRole::Owner).await;
    let cx = g.t.as_person(stranger).await;
    assert_eq!(thread_view(&cx, id).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(send_quote(&cx, id, &quote("1"), cx.new_id()).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(withdraw(&cx, id, cx.new_id()).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(reply(&cx, id, "?", cx.new_id()).await.unwrap_err().kind, ErrorKind::NotFound);
    assert_eq!(thread_view(&g.t.visitor(), id).await.unwrap_err().kind, ErrorKind::NotSignedIn);
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    assert_eq!(
        accept(&owner, id, 1, cx.new_id()).await.unwrap_err().kind,
        ErrorKind::NotFound,
        "the vendor cannot accept its own quote"
    );
    assert_eq!(decline(&buyer, id, &no("too_few"), cx.new_id()).await.unwrap_err().kind, ErrorKind::NotFound);
});

both_databases!(who_leaves_the_team_loses_the_link, |db: Db| async move {
    let g = ground(db).await;
    g.asked().await;
    let token = link(&g.mails("owner").await[0], "a");
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, "DELETE FROM vendor_members WHERE user_id = $1", g.owner).unwrap();
    tx.commit().await.unwrap();
    let refused = open_link(&g.t.visitor(), &token).await.map(|_| ()).unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound);
});

both_databases!(links_grow_old, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let token = link(&g.mails("owner").await[0], "a");
    let owner = g.owner().await;
    send_quote(&owner, id, &QuoteDraft { valid_days: "180".into(), ..quote("96") }, owner.new_id())
        .await
        .unwrap();
    g.t.clock.advance(15 * DAY);
    assert_eq!(open_link(&g.t.visitor(), &token).await.unwrap().standing, LinkStanding::Expired);
    let guess = open_link(&g.t.visitor(), "guess").await.map(|_| ()).unwrap_err();
    assert_eq!(guess.kind, ErrorKind::NotFound);
});

both_databases!(what_was_read_is_not_mailed, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let owner = g.owner().await;
    mark_read(&owner, &g.thread(id).await, 1).await.unwrap();
    assert_eq!(g.mails("owner").await.len(), 0, "read in the site before the mail went out");
    send_quote(&owner, id, &quote("96"), owner.new_id()).await.unwrap();
    let buyer = g.buyer().await;
    withdraw(&buyer, id, buyer.new_id()).await.unwrap();
    assert_eq!(g.mails("buyer").await.len(), 0, "withdrawn before the mail went out");
    assert_eq!(g.mails("owner").await.len(), 1, "the vendor is told of the withdrawal");
});

both_databases!(twenty_messages_a_minute, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let buyer = g.buyer().await;
    for n in 0..20 {
        reply(&buyer, id, &format!("{n}"), buyer.new_id()).await.unwrap();
    }
    assert!(matches!(
        reply(&buyer, id, "21", buyer.new_id()).await.unwrap_err().kind,
        ErrorKind::TooMany { .. }
    ));
});

both_databases!(two_decisions_at_once_have_one_winner, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    send_quote(&owner, id, &quote("96"), owner.new_id()).await.unwrap();
    let (one, two) =
        tokio::join!(accept(&buyer, id, 1, buyer.new_id()), withdraw(&buyer, id, buyer.new_id()));
    assert_eq!(usize::from(one.is_ok()) + usize::from(two.is_ok()), 1);
    assert_eq!(g.thread(id).await.message_count, 3);
});
