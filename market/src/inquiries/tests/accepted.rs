//! After a quote was taken: both sides go on talking, and nothing that runs or counts moves.

use uuid::Uuid;

use super::ground::{Ground, ground, link};
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::links::{LinkStanding, open_link, revoke_links};
use crate::inquiries::quote::{LineDraft, QuoteDraft};
use crate::inquiries::response::response_stats;
use crate::inquiries::service::{
    accept, ask_back, decline, edit_message, keep_draft, reply, send_quote, thread_view, withdraw,
};
use crate::inquiries::store::Thread;
use crate::inquiries::{DeclineDraft, QuestionDraft, Side, ThreadState, deadlines, store};
use crate::time::{DAY, HOUR, MINUTE};

fn quote() -> QuoteDraft {
    QuoteDraft {
        line: LineDraft { price: "96".into(), quantity: "2000".into(), ..LineDraft::default() },
        lead_time_days: "2".into(),
        ..QuoteDraft::default()
    }
}

async fn accepted(g: &Ground) -> Uuid {
    let id = g.asked().await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    g.t.clock.advance(HOUR);
    send_quote(&owner, id, &quote(), owner.new_id()).await.unwrap();
    accept(&buyer, id, 1, buyer.new_id()).await.unwrap();
    id
}

/// What must stay as it was when the quote was taken.
fn still(thread: &Thread) -> impl PartialEq + std::fmt::Debug + use<> {
    (
        (thread.state, thread.due_at, thread.remind_at, thread.overdue_at, thread.quote_until),
        (thread.first_answered_at, thread.closed_at, thread.decline_reason.clone()),
    )
}

both_databases!(both_go_on_talking_and_nothing_else_moves, |db: Db| async move {
    let g = ground(db).await;
    let id = accepted(&g).await;
    g.mails("owner").await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let before = g.thread(id).await;
    let figures = response_stats(&mut owner.read().await.unwrap(), g.vendor).await.unwrap();
    let record = thread_view(&owner, id).await.unwrap().buyer;

    g.t.clock.advance(2 * DAY);
    reply(&owner, id, "계좌를 알려 드려요", owner.new_id()).await.unwrap();
    g.mails("buyer").await;
    reply(&buyer, id, "납품은 월요일에 부탁해요", buyer.new_id()).await.unwrap();
    let later = g.thread(id).await;
    assert_eq!(still(&later), still(&before));
    assert_eq!(later.state, ThreadState::Accepted);
    assert_eq!((later.message_count, later.last_message_at), (before.message_count + 2, owner.now()));

    let (to_buyer, to_owner) = (g.mails("buyer").await, g.mails("owner").await);
    let words = |mails: &[crate::ports::Mail]| mails.last().unwrap().text.clone();
    assert!(words(&to_buyer).contains("계좌를 알려 드려요") && words(&to_buyer).contains("공급사가 글을"));
    assert!(words(&to_owner).contains("월요일에") && words(&to_owner).contains("구매자가 글을"));
    assert!(!words(&to_owner).contains("까지 답해 주세요"), "nothing runs");

    g.t.clock.advance(40 * DAY);
    deadlines::run(&g.t.market.system()).await.unwrap();
    g.mails("owner").await;
    assert_eq!(still(&g.thread(id).await), still(&before), "no deadline, no reminder");
    let after = response_stats(&mut owner.read().await.unwrap(), g.vendor).await.unwrap();
    assert_eq!(after, figures);
    assert_eq!(thread_view(&owner, id).await.unwrap().buyer, record);
});

both_databases!(words_after_the_end_count_nothing_anew, |db: Db| async move {
    let g = ground(db).await;
    let id = accepted(&g).await;
    g.mails("owner").await;
    let owner = g.owner().await;
    reply(&owner, id, "계좌를 알려 드려요", owner.new_id()).await.unwrap();
    let mut db = owner.read().await.unwrap();
    let (jobs,) = crate::fetch_one!(
        db,
        (i64,),
        "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE topic = 'inquiries.recompute_response' AND done_at IS NULL"
    )
    .unwrap();
    assert_eq!(jobs, 0);
});

both_databases!(only_words_are_left, |db: Db| async move {
    let g = ground(db).await;
    let id = accepted(&g).await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    let over = ErrorKind::Conflict("thread.ended".into());
    let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
    let ask = QuestionDraft { body: "?".into() };
    assert_eq!(send_quote(&owner, id, &quote(), owner.new_id()).await.unwrap_err().kind, over);
    assert_eq!(ask_back(&owner, id, &ask, owner.new_id()).await.unwrap_err().kind, over);
    assert_eq!(decline(&owner, id, &no, owner.new_id()).await.unwrap_err().kind, over);
    assert_eq!(withdraw(&buyer, id, buyer.new_id()).await.unwrap_err().kind, over);
    // what was written may be kept and corrected as before
    let fields = vec![("body".to_owned(), "쓰다 만 글".to_owned())];
    keep_draft(&buyer, id, "reply", &fields).await.unwrap();
    reply(&buyer, id, "월요일에 부탁해요", buyer.new_id()).await.unwrap();
    let seq = g.thread(id).await.message_count;
    edit_message(&buyer, id, seq, "화요일에 부탁해요").await.unwrap();
    let view = thread_view(&owner, id).await.unwrap();
    assert_eq!(view.messages.last().unwrap().body, "화요일에 부탁해요");
    let stranger = g.t.as_person(g.t.add_person("stranger").await).await;
    let refused = reply(&stranger, id, "?", stranger.new_id()).await.unwrap_err();
    assert_eq!(refused.kind, ErrorKind::NotFound);
    // a thread that ended otherwise takes no words
    let other = g.asked().await;
    withdraw(&buyer, other, buyer.new_id()).await.unwrap();
    assert_eq!(reply(&buyer, other, "?", buyer.new_id()).await.unwrap_err().kind, over);
});

both_databases!(each_side_learns_how_to_reach_the_other, |db: Db| async move {
    let g = ground(db).await;
    let mut tx = g.t.market.system().write().await.unwrap();
    crate::execute!(tx, "UPDATE users SET phone = '010-2222-3333', company = '한빛' WHERE id = $1", g.buyer)
        .unwrap();
    tx.commit().await.unwrap();
    let asked = g.asked().await;
    let old = link(&g.mails("owner").await[0], "a");
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    send_quote(&owner, asked, &quote(), owner.new_id()).await.unwrap();
    assert_eq!(thread_view(&owner, asked).await.unwrap().contact, None, "not before");
    accept(&buyer, asked, 1, buyer.new_id()).await.unwrap();
    g.t.clock.advance(MINUTE);
    let known = thread_view(&owner, asked).await.unwrap().contact.unwrap();
    assert_eq!((known.email.as_str(), known.phone.as_deref()), ("buyer@example.test", Some("010-2222-3333")));
    let mail = g.mails("owner").await.pop().unwrap();
    for word in ["buyer@example.test", "010-2222-3333", "한빛"] {
        assert!(mail.text.contains(word), "{word}: {}", mail.text);
    }
    // the link of the question ended; that of the last mail leads back, to words alone
    let ended = open_link(&g.t.visitor(), &old).await.unwrap();
    assert_eq!(ended.standing, LinkStanding::Taken);
    let token = link(&mail, "a");
    let phone = open_link(&g.t.visitor(), &token).await.unwrap();
    assert_eq!(phone.standing, LinkStanding::Works);
    reply(&phone.cx, asked, "고맙습니다", phone.cx.new_id()).await.unwrap();
    assert_eq!(open_link(&g.t.visitor(), &token).await.unwrap().standing, LinkStanding::Works);
    let view = thread_view(&buyer, asked).await.unwrap();
    assert_eq!(view.messages.last().map(|m| m.side), Some(Side::Vendor));
    assert_eq!(view.contact.as_ref(), Some(&known), "the buyer sees what was told");
    assert_eq!(thread_view(&owner, asked).await.unwrap().live_links, Some(1));
    revoke_links(&owner, asked).await.unwrap();
    assert_eq!(open_link(&g.t.visitor(), &token).await.unwrap().standing, LinkStanding::Revoked);
    g.t.clock.advance(366 * DAY);
    assert_eq!(thread_view(&owner, asked).await.unwrap().contact, None, "for a year");
    g.t.clock.advance(-366 * DAY);
    let mut tx = owner.write().await.unwrap();
    crate::execute!(tx, "UPDATE users SET closed_at = 1 WHERE id = $1", g.buyer).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(thread_view(&owner, asked).await.unwrap().contact, None, "who left is not reached");
    crate::testing::prepare_all(&g.t.market.db().clone(), [store::CONTACT, store::WRITES]).await;
});

both_databases!(who_was_blocked_reaches_nobody_any_more, |db: Db| async move {
    let g = ground(db).await;
    let id = accepted(&g).await;
    let (owner, buyer) = (g.owner().await, g.buyer().await);
    assert!(thread_view(&owner, id).await.unwrap().contact.is_some());
    let mut tx = buyer.write().await.unwrap();
    assert!(store::buyer_writes(&mut tx, id).await.unwrap());
    drop(tx);
    crate::abuse::blocks::block(&buyer, id).await.unwrap();
    assert_eq!(thread_view(&owner, id).await.unwrap().contact, None);
    let mut tx = buyer.write().await.unwrap();
    assert!(!store::buyer_writes(&mut tx, id).await.unwrap());
});

both_databases!(what_was_taken_before_anybody_was_told_so_shows_nothing, |db: Db| async move {
    let g = ground(db).await;
    let id = accepted(&g).await;
    let owner = g.owner().await;
    let mut tx = owner.write().await.unwrap();
    crate::execute!(tx, "UPDATE threads SET contact_shared_at = NULL WHERE id = $1", id).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(thread_view(&owner, id).await.unwrap().contact, None);
});
