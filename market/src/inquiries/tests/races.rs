//! Several people at once, a worker that dies, a clock that jumps: one outcome, told to both sides.

use super::ground::{Ground, ground};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::deadlines;
use crate::inquiries::jobs::{BuyerEvent, TellBuyer};
use crate::inquiries::quote::{LineDraft, QuoteDraft};
use crate::inquiries::service::{
    accept, decline_quote, reply, send_quote, thread_view, withdraw, withdraw_all,
};
use crate::inquiries::{DeclineDraft, MessageKind, ThreadState};
use crate::outbox::Job;
use crate::time::{DAY, HOUR};

fn quote(price: &str) -> QuoteDraft {
    QuoteDraft {
        line: LineDraft { price: price.into(), quantity: "2000".into(), ..LineDraft::default() },
        lead_time_days: "2".into(),
        ..QuoteDraft::default()
    }
}

async fn quoted(g: &Ground) -> uuid::Uuid {
    let id = g.asked().await;
    let owner = g.owner().await;
    send_quote(&owner, id, &quote("96"), owner.new_id()).await.unwrap();
    g.mails("owner").await;
    id
}

both_databases!(taking_and_calling_off_at_once_has_one_winner_and_both_know, |db: Db| async move {
    let g = ground(db).await;
    for _ in 0..4 {
        let id = quoted(&g).await;
        let (one, two) = (g.buyer().await, g.buyer().await);
        let before = g.mails("owner").await.len();
        let (took, off) = tokio::join!(accept(&one, id, 1, one.new_id()), withdraw(&two, id, two.new_id()));
        let thread = g.thread(id).await;
        let lost = match (took, off) {
            (Ok(()), Err(lost)) => {
                assert_eq!(thread.state, ThreadState::Accepted);
                lost
            }
            (Err(lost), Ok(())) => {
                assert_eq!(thread.state, ThreadState::Withdrawn);
                lost
            }
            other => panic!("{other:?}"),
        };
        assert_eq!(lost.kind, ErrorKind::Conflict("thread.ended".into()), "the loser is told");
        assert_eq!(g.mails("owner").await.len(), before + 1, "the vendor is told once");
        assert_eq!(thread.message_count, 3);
        g.t.clock.advance(2 * HOUR);
    }
    assert!(crate::audit::verify(&mut g.buyer().await.read().await.unwrap()).await.is_ok());
});

both_databases!(two_colleagues_answering_at_once_make_two_versions, |db: Db| async move {
    let g = ground(db).await;
    let staff = g.t.add_person("staff").await;
    g.t.join(staff, g.vendor, VendorRole::Staff).await;
    let id = g.asked().await;
    let (owner, staff) = (g.owner().await, g.t.as_person(staff).await);
    let (one, two) = (quote("96"), quote("99"));
    let (first, second) = tokio::join!(
        send_quote(&owner, id, &one, owner.new_id()),
        send_quote(&staff, id, &two, staff.new_id())
    );
    first.unwrap();
    second.unwrap();
    let view = thread_view(&owner, id).await.unwrap();
    let versions: Vec<_> = view.messages.iter().filter_map(|m| m.quote.as_ref().map(|q| q.version)).collect();
    assert_eq!(versions, [1, 2], "each knows which one lies on the table");
    // a form that was made before a colleague's quote replaces nothing, however late or early it comes
    let seen = |version: i64| QuoteDraft { replaces: Some(version), ..quote("98") };
    for version in [0, 1] {
        let stale = send_quote(&owner, id, &seen(version), owner.new_id()).await.unwrap_err();
        assert_eq!(stale.kind, ErrorKind::Conflict("quote.newer".into()));
    }
    let (one, two) = (seen(2), QuoteDraft { replaces: Some(2), ..quote("97") });
    let (first, second) = tokio::join!(
        send_quote(&owner, id, &one, owner.new_id()),
        send_quote(&staff, id, &two, staff.new_id())
    );
    let lost = first.and(second).unwrap_err();
    assert_eq!(lost.kind, ErrorKind::Conflict("quote.newer".into()), "one of them is told");
    let version = thread_view(&owner, id).await.unwrap().quote.unwrap().version;
    assert_eq!(version, 3);
    let key = owner.new_id();
    send_quote(&owner, id, &seen(3), key).await.unwrap();
    send_quote(&owner, id, &seen(3), key).await.unwrap();
    let buyer = g.buyer().await;
    let stale = accept(&buyer, id, 1, buyer.new_id()).await.unwrap_err();
    assert_eq!(stale.kind, ErrorKind::Conflict("quote.superseded".into()));
    let no = DeclineDraft { reason: "price".into(), note: String::new() };
    let (took, no) =
        tokio::join!(accept(&buyer, id, 4, buyer.new_id()), decline_quote(&buyer, id, &no, buyer.new_id()));
    assert_eq!(usize::from(took.is_ok()) + usize::from(no.is_ok()), 1);
});

both_databases!(the_same_press_at_once_is_one_message, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let (owner, key) = (g.owner().await, g.owner().await.new_id());
    let (one, two) = tokio::join!(reply(&owner, id, "네", key), reply(&owner, id, "네", key));
    one.unwrap();
    two.unwrap();
    assert_eq!(g.thread(id).await.message_count, 2);
    let other = reply(&owner, id, "아니요", key).await.unwrap_err();
    assert_eq!(other.kind, crate::idempotency::replayed().kind);
});

both_databases!(a_worker_that_dies_before_noting_mails_once, |db: Db| async move {
    let g = ground(db).await;
    let id = quoted(&g).await;
    let job = || TellBuyer { thread_id: id, seq: 2, event: BuyerEvent::Quote };
    let before = g.mails("buyer").await.len();
    // done, but never noted: whoever takes the job over does it again
    job().run(&g.t.market.system()).await.unwrap();
    job().run(&g.t.market.system()).await.unwrap();
    assert_eq!(g.mails("buyer").await.len(), before, "the letter of this message went out already");
});

both_databases!(a_clock_that_jumps_a_day_breaks_nothing, |db: Db| async move {
    let g = ground(db).await;
    let id = quoted(&g).await;
    let system = g.t.market.system();
    for jump in [DAY, -DAY, -DAY, DAY] {
        g.t.clock.advance(jump);
        deadlines::run(&system).await.unwrap();
        let thread = g.thread(id).await;
        assert_eq!(thread.state.is_open(), thread.due_at.is_some());
        assert_eq!(thread.state, ThreadState::Quoted, "a day ahead or back ends nothing by itself");
    }
    let buyer = g.buyer().await;
    g.t.clock.advance(-DAY);
    reply(&buyer, id, "조건을 의논해요", buyer.new_id()).await.unwrap();
    let view = thread_view(&buyer, id).await.unwrap();
    assert_eq!(
        view.messages.iter().map(|m| m.seq).collect::<Vec<_>>(),
        [1, 2, 3],
        "order is the order of writing"
    );
    assert_eq!(view.messages[2].kind, MessageKind::Text);
    g.t.clock.advance(100 * DAY);
    deadlines::run(&system).await.unwrap();
    assert_eq!(g.thread(id).await.state, ThreadState::Expired);
});

/// Somebody writes into the second of two threads: holds its row and then needs the log's lock, which is what a deadlock
/// is made of when `other` holds the lock and needs the row.
async fn beside_a_writer(g: &Ground, thread: uuid::Uuid, other: impl Future<Output = ()>) {
    let cx = g.owner().await;
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, crate::inquiries::ending::HOLD, thread).unwrap();
    let writer = async move {
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        crate::audit::lock(&mut tx).await.unwrap();
        tx.commit().await.unwrap();
    };
    tokio::join!(writer, other);
}

both_databases!(ending_several_threads_waits_for_whoever_writes_into_one, |db: Db| async move {
    let g = ground(db).await;
    for by_block in [false, true] {
        let mut threads = [g.asked().await, g.asked().await];
        threads.sort_unstable();
        let buyer = g.buyer().await;
        let ends = async {
            if by_block {
                let mut tx = buyer.write().await.unwrap();
                let thread = crate::inquiries::store::find(&mut tx, threads[0]).await.unwrap().unwrap();
                crate::abuse::blocks::block_in(&buyer, &mut tx, &thread).await.unwrap();
                tx.commit().await.unwrap();
            } else {
                let mut tx = buyer.write().await.unwrap();
                let id = buyer.actor.user_id().unwrap();
                assert_eq!(withdraw_all(&buyer, &mut tx, id).await.unwrap(), 2);
                tx.commit().await.unwrap();
            }
        };
        beside_a_writer(&g, threads[1], ends).await;
        for id in threads {
            assert!(g.thread(id).await.closed_at.is_some());
        }
    }
});
