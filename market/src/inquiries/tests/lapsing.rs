//! A quote that lapses while its thread goes on waiting: both sides are told, once, and can go on.

use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::ground::{Ground, ground};
use crate::both_databases;
use crate::db::Db;
use crate::inquiries::deadlines::{expire_due, lapse_due, run};
use crate::inquiries::quote::{LineDraft, QuoteDraft};
use crate::inquiries::service::{ask_back, reply, send_quote, thread_view};
use crate::inquiries::{MessageKind, QUOTE_LAPSED, QuestionDraft, Side, ThreadState};
use crate::notifications::NotificationKind;
use crate::time::DAY;

fn quote(days: &str) -> QuoteDraft {
    QuoteDraft {
        line: LineDraft { price: "90".into(), quantity: "2000".into(), ..LineDraft::default() },
        lead_time_days: "2".into(),
        valid_days: days.into(),
        ..QuoteDraft::default()
    }
}

/// A quote for some days, and a question after it, so that the thread waits for the buyer for fourteen.
async fn waiting(g: &Ground, days: &str) -> Uuid {
    let id = g.asked().await;
    let owner = g.owner().await;
    send_quote(&owner, id, &quote(days), owner.new_id()).await.unwrap();
    let question = QuestionDraft { body: "도금은 필요하신가요?".into() };
    ask_back(&owner, id, &question, owner.new_id()).await.unwrap();
    g.mails("buyer").await;
    id
}

async fn told(g: &Ground, user: Uuid) -> i64 {
    let mut db = g.t.market.system().read().await.unwrap();
    let sql = "SELECT CAST(COUNT(*) AS BIGINT) FROM notifications WHERE user_id = $1 AND kind = $2";
    crate::fetch_one!(db, (i64,), sql, user, NotificationKind::QuoteLapsed.code()).unwrap().0
}

both_databases!(both_sides_are_told_once_that_a_quote_lapsed, |db: Db| async move {
    let g = ground(db).await;
    let id = waiting(&g, "5").await;
    let system = g.t.market.system();
    let before = g.thread(id).await;
    g.t.clock.advance(5 * DAY);
    assert_eq!(lapse_due(&system).await.unwrap(), 0, "it holds to the end of its last day");
    g.t.clock.advance(DAY);
    assert_eq!((lapse_due(&system).await.unwrap(), lapse_due(&system).await.unwrap()), (1, 0));
    let thread = g.thread(id).await;
    assert_eq!((thread.state, thread.due_at), (ThreadState::WaitingBuyer, before.due_at));
    assert_eq!((thread.remind_at, thread.decline_reason), (before.remind_at, None));
    let view = thread_view(&g.buyer().await, id).await.unwrap();
    let line = view.messages.last().unwrap();
    assert_eq!((line.side, line.kind), (Side::System, MessageKind::Expire));
    assert_eq!(line.reason.as_deref(), Some(QUOTE_LAPSED));
    assert_eq!((told(&g, g.buyer).await, told(&g, g.owner).await), (1, 1));

    let (buyer, owner) = (g.mails("buyer").await, g.mails("owner").await);
    let (to_buyer, to_owner) = (buyer.last().unwrap(), owner.last().unwrap());
    assert!(to_buyer.subject.contains("견적의 유효 기간이 지났어요"), "{}", to_buyer.subject);
    assert!(to_buyer.text.contains("/reply?new_quote=1"), "{}", to_buyer.text);
    assert!(to_owner.subject.contains("보낸 견적의 유효 기간이 지났어요"), "{}", to_owner.subject);
    assert!(to_owner.text.contains("/quote"), "{}", to_owner.text);
    run(&system).await.unwrap();
    assert_eq!((g.mails("buyer").await.len(), g.mails("owner").await.len()), (buyer.len(), owner.len()));

    // the way on: asked for, sent anew, and that one lapses in its turn
    let (cx, vendor) = (g.buyer().await, g.owner().await);
    reply(&cx, id, "새 견적을 보내 주시겠어요?", cx.new_id()).await.unwrap();
    assert_eq!(lapse_due(&system).await.unwrap(), 0, "told already");
    send_quote(&vendor, id, &quote("3"), vendor.new_id()).await.unwrap();
    reply(&cx, id, "도장도 되나요?", cx.new_id()).await.unwrap();
    g.t.clock.advance(DAY);
    assert_eq!(lapse_due(&system).await.unwrap(), 0);
    assert_eq!(g.thread(id).await.state, ThreadState::WaitingVendor);
});

both_databases!(a_quote_that_ends_its_thread_says_so_once, |db: Db| async move {
    let g = ground(db).await;
    let id = g.asked().await;
    let owner = g.owner().await;
    send_quote(&owner, id, &quote("5"), owner.new_id()).await.unwrap();
    g.t.clock.advance(7 * DAY);
    let system = g.t.market.system();
    assert_eq!(lapse_due(&system).await.unwrap(), 0, "the thread ends with its quote");
    assert_eq!(expire_due(&system).await.unwrap(), 1);
    assert_eq!(lapse_due(&system).await.unwrap(), 0);
    assert_eq!((told(&g, g.buyer).await, g.thread(id).await.quote_until), (0, None));
});

both_databases!(a_newer_quote_makes_the_news_of_the_old_one_needless, |db: Db| async move {
    let g = ground(db).await;
    let id = waiting(&g, "5").await;
    g.t.clock.advance(6 * DAY);
    assert_eq!(lapse_due(&g.t.market.system()).await.unwrap(), 1);
    let owner = g.owner().await;
    send_quote(&owner, id, &quote("30"), owner.new_id()).await.unwrap();
    let mails = g.mails("buyer").await;
    assert!(
        mails.iter().all(|mail| !mail.subject.contains("유효 기간이 지났어요")),
        "mailed before its job ran"
    );
});

both_databases!(threads_from_before_know_until_when_their_quote_holds, |db: Db| async move {
    let script = if db.is_postgres() {
        include_str!("../../../migrations/postgres/0012_clock.sql")
    } else {
        include_str!("../../../migrations/sqlite/0012_clock.sql")
    };
    let fill = script.split(';').find(|part| part.contains("UPDATE threads")).unwrap();
    let fill = fill.split_once("UPDATE").map(|(_, rest)| format!("UPDATE{rest}")).unwrap();
    let g = ground(db).await;
    let (id, unquoted) = (waiting(&g, "5").await, g.asked().await);
    let until = g.thread(id).await.quote_until;
    assert!(until.is_some());
    let cx = g.t.market.system();
    let mut tx = cx.write().await.unwrap();
    crate::execute!(tx, "UPDATE threads SET quote_until = NULL WHERE id <> $1", Uuid::nil()).unwrap();
    crate::execute!(tx, AssertSqlSafe(fill)).unwrap();
    tx.commit().await.unwrap();
    assert_eq!((g.thread(id).await.quote_until, g.thread(unquoted).await.quote_until), (until, None));
});
