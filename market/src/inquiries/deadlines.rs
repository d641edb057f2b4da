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

/// One round of the schedule: reminders first, then what is overdue, then guests who never confirmed.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn run(cx: &Cx) -> Result<()> {
    remind_due(cx).await?;
    crate::abuse::release::run_due(cx).await?;
    expire_due(cx).await?;
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
    let mut ended = 0;
    loop {
        let due = ids(cx, store::DUE).await?;
        let mut moved = 0;
        for (id,) in &due {
            match service::expire(cx, *id).await {
                Ok(true) => moved += 1,
                Ok(false) => {}
                Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        ended += moved;
        if moved == 0 {
            return Ok(ended);
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
        let due = ids(cx, store::TO_REMIND).await?;
        let mut moved = 0;
        for (id,) in &due {
            moved += usize::from(remind(cx, *id).await?);
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

async fn remind(cx: &Cx, id: Uuid) -> Result<bool> {
    let now = cx.now();
    let mut tx = cx.write().await?;
    let Some(thread) = store::find(&mut tx, id).await? else { return Ok(false) };
    let Some(was) = thread.remind_at.filter(|at| *at <= now) else { return Ok(false) };
    let next =
        thread.due_at.filter(|_| thread.state.is_open()).and_then(|due| rules::remind_at(now, due, false));
    if crate::execute!(tx, store::SET_REMINDER, id, was, next)? == 0 {
        return Ok(false);
    }
    // past its deadline it is ended, not reminded
    if thread.due_at.is_some_and(|due| due > now) {
        tell(cx, &mut tx, &thread).await?;
    }
    tx.commit().await?;
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
