//! Messages of a thread that are held: whoever wrote them in time is not silent, and what ends meanwhile is named.

use super::flow::{curator, waiting};
use crate::abuse::HeldState;
use crate::abuse::release::{Decision, decide};
use crate::both_databases;
use crate::db::Db;
use crate::inquiries::service::{ask_back, decline, reply, thread_view};
use crate::inquiries::tests::ground::{Ground, ground};
use crate::inquiries::{DeclineDraft, QuestionDraft, ThreadState, deadlines};
use crate::time::{HOUR, MINUTE, Timestamp};

const RUDE: &str = "60mm라고요, 야 이 개새끼야";

/// A thread in which the vendor asked back; gives it with the end of the buyer's time.
async fn asked_back(g: &Ground) -> (uuid::Uuid, Timestamp) {
    let (id, owner) = (g.asked().await, g.owner().await);
    ask_back(&owner, id, &QuestionDraft { body: "길이가요?".into() }, owner.new_id()).await.unwrap();
    (id, g.thread(id).await.due_at.unwrap())
}

async fn clock_to(g: &Ground, at: Timestamp) {
    g.t.clock.set(at);
    deadlines::run(&g.t.market.system()).await.unwrap();
}

both_databases!(a_held_answer_is_no_silence_and_keeps_its_time, |db: Db| async move {
    let g = ground(db).await;
    let (id, due) = asked_back(&g).await;
    let (buyer, desk) = (g.buyer().await, curator(&g).await);
    clock_to(&g, due.plus(-HOUR)).await;
    reply(&buyer, id, RUDE, buyer.new_id()).await.unwrap();
    let (written, thread) = (g.t.market.now(), g.thread(id).await);
    assert_eq!(
        (thread.state, thread.remind_at),
        (ThreadState::WaitingBuyer, None),
        "nobody is reminded of what was written"
    );
    assert!(thread.due_at.unwrap() > due);
    clock_to(&g, due.plus(HOUR)).await;
    assert_eq!(g.thread(id).await.state, ThreadState::WaitingBuyer, "it was written in time");
    decide(&desk, waiting(&g).await[0], Decision::Release, None).await.unwrap();
    let view = thread_view(&g.owner().await, id).await.unwrap();
    assert_eq!(view.thread.state, ThreadState::WaitingVendor);
    let last = view.messages.last().unwrap();
    assert_eq!((last.body.as_str(), last.created_at), (RUDE, written));
    assert!(view.thread.due_at.unwrap() > due.plus(HOUR), "the vendor's days begin now");
});

both_databases!(words_turned_away_win_time_once, |db: Db| async move {
    let g = ground(db).await;
    let (id, due) = asked_back(&g).await;
    let buyer = g.buyer().await;
    clock_to(&g, due.plus(-HOUR)).await;
    reply(&buyer, id, RUDE, buyer.new_id()).await.unwrap();
    let looked = g.thread(id).await.due_at.unwrap();
    clock_to(&g, looked).await;
    let view = thread_view(&buyer, id).await.unwrap();
    assert_eq!((view.thread.state, view.held[0].state), (ThreadState::WaitingBuyer, HeldState::Refused));
    let again = view.thread.due_at.unwrap();
    assert!(again > looked && view.thread.remind_at.is_some(), "there is time to write other words");
    clock_to(&g, again.plus(-MINUTE)).await;
    reply(&buyer, id, RUDE, buyer.new_id()).await.unwrap();
    assert_eq!(g.thread(id).await.due_at, Some(again), "but not over and over");
    clock_to(&g, again).await;
    let view = thread_view(&buyer, id).await.unwrap();
    let states: Vec<HeldState> = view.held.iter().map(|held| held.state).collect();
    assert_eq!(
        (view.thread.state, states),
        (ThreadState::Expired, vec![HeldState::Refused, HeldState::Ended])
    );
    assert_eq!(view.held[1].body, RUDE, "what ended with the thread is kept and named");
});

both_databases!(
    what_is_held_stops_no_vendors_clock_and_is_named_when_the_vendor_ends_it,
    |db: Db| async move {
        let g = ground(db).await;
        let id = g.asked().await;
        let (owner, buyer) = (g.owner().await, g.buyer().await);
        let due = g.thread(id).await.due_at;
        reply(&buyer, id, "도면은 bit.ly/abc 에 있어요", buyer.new_id()).await.unwrap();
        assert_eq!(g.thread(id).await.due_at, due, "the vendor knows of nothing");
        let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
        decline(&owner, id, &no, owner.new_id()).await.unwrap();
        let view = thread_view(&buyer, id).await.unwrap();
        assert_eq!((view.held.len(), view.held[0].state), (1, HeldState::Ended));
        assert!(view.held[0].body.contains("bit.ly"));
        assert!(thread_view(&owner, id).await.unwrap().held.is_empty());
        assert!(waiting(&g).await.is_empty(), "nothing is left to decide");
    }
);
