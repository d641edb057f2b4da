//! The work of the clock: ending what is overdue, reminding whoever's turn it is.

use uuid::Uuid;

use super::act;
use super::jobs::{BuyerEvent, TellBuyer, VendorEvent};
use super::model::{Side, ThreadState};
use super::rules;
use super::service;
use super::store::{self, Thread};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{ErrorKind, Result};
use crate::notifications::{NotificationData, NotificationKind, SubjectKind, notify};
use crate::outbox::{self, When};

/// Threads whose time is up.
pub const DUE: &str = "SELECT id FROM threads WHERE state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted') AND withheld_at IS NULL AND due_at <= $1 \
    ORDER BY due_at, id LIMIT 100";
/// Threads that wait while the quote on their table has lapsed.
pub const LAPSED: &str = "SELECT id FROM threads WHERE quote_until < $1 AND state IN ('waiting_vendor', 'waiting_buyer') AND withheld_at IS NULL \
    ORDER BY quote_until, id LIMIT 100";
/// Threads whose reminder is due.
pub const TO_REMIND: &str = "SELECT id FROM threads WHERE remind_at <= $1 ORDER BY remind_at, id LIMIT 100";
/// Sets the next reminder, if the deadline is still the same.
pub const SET_REMINDER: &str = "UPDATE threads SET remind_at = $3 WHERE id = $1 AND remind_at = $2";

/// Threads changed in one transaction: few enough that whoever writes beside does not wait long for the one writer.
const TOGETHER: usize = 20;

/// One round of the schedule: reminders first, then what is overdue, quotes that lapsed, guests who never confirmed.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn run(cx: &Cx) -> Result<()> {
    remind_due(cx).await?;
    crate::abuse::release::run_due(cx).await?;
    expire_due(cx).await?;
    lapse_due(cx).await?;
    super::confirm::purge_drafts(cx).await?;
    super::stay::purge(cx, cx.now().plus(-crate::time::DAY)).await?;
    Ok(())
}

/// Ends every thread whose deadline has passed. A thread that somebody changes at the same moment is left
/// to the next run.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn expire_due(cx: &Cx) -> Result<usize> {
    each(cx, DUE, End::Thread).await
}

/// Tells both sides of every waiting thread whose quote has lapsed, once each.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn lapse_due(cx: &Cx) -> Result<usize> {
    each(cx, LAPSED, End::Quote).await
}

/// Whose time is over.
#[derive(Clone, Copy)]
enum End {
    Thread,
    Quote,
}

/// Moves every thread that a statement finds, until none moves any more.
async fn each(cx: &Cx, sql: &'static str, end: End) -> Result<usize> {
    let mut all = 0;
    loop {
        let mut moved = 0;
        for (id,) in ids(cx, sql).await? {
            let done = match end {
                End::Thread => service::expire(cx, id).await,
                End::Quote => service::lapse(cx, id).await,
            };
            match done {
                Ok(done) => moved += usize::from(done),
                Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        all += moved;
        if moved == 0 {
            return Ok(all);
        }
    }
}

/// Sends every reminder that is due, once each.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn remind_due(cx: &Cx) -> Result<usize> {
    let mut reminded = 0;
    loop {
        let due = ids(cx, TO_REMIND).await?;
        let mut moved = 0;
        for some in due.chunks(TOGETHER) {
            let mut tx = cx.write().await?;
            for (id,) in some {
                moved += usize::from(remind(cx, &mut tx, *id).await?);
            }
            tx.commit().await?;
        }
        reminded += moved;
        if moved == 0 {
            return Ok(reminded);
        }
    }
}

async fn ids(cx: &Cx, sql: &'static str) -> Result<Vec<(Uuid,)>> {
    let mut db = cx.read().await?;
    crate::fetch_all!(db, (Uuid,), sql, cx.now())
}

async fn remind(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<bool> {
    let now = cx.now();
    let Some(thread) = store::find(tx, id).await? else { return Ok(false) };
    let Some(was) = thread.remind_at.filter(|at| *at <= now) else { return Ok(false) };
    let next =
        thread.due_at.filter(|_| thread.state.is_open()).and_then(|due| rules::remind_at(now, due, false));
    if crate::execute!(*tx, SET_REMINDER, id, was, next)? == 0 {
        return Ok(false);
    }
    // past its deadline it is ended, not reminded
    if thread.due_at.is_some_and(|due| due > now) {
        tell(cx, tx, &thread).await?;
    }
    Ok(true)
}

async fn tell(cx: &Cx, tx: &mut Tx, thread: &Thread) -> Result<()> {
    match thread.state.turn() {
        Some(Side::Vendor) => {
            act::tell_team(cx, tx, thread, NotificationKind::InquiryReminder, VendorEvent::Reminder).await
        }
        Some(Side::Buyer) if thread.state != ThreadState::New => {
            let words = NotificationData::titled(thread.subject.clone());
            let about = (SubjectKind::Thread, thread.id);
            notify(cx, tx, thread.buyer_id, NotificationKind::InquiryReminder, about, &words).await?;
            let job =
                TellBuyer { thread_id: thread.id, seq: thread.message_count, event: BuyerEvent::Reminder };
            outbox::enqueue(cx, tx, &job, When::default()).await
        }
        _ => Ok(()),
    }
}
