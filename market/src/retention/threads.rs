//! Threads that ended years ago: the whole conversation goes, with its files, links and notices. Public figures look at months and
//! the audit log keeps identities, so neither changes.

use uuid::Uuid;

use super::{BATCH, THREAD_YEARS, gone, years_ago};
use crate::cx::Cx;
use crate::error::Result;
use crate::time::Timestamp;

/// Ended before a moment, and silent since.
macro_rules! old {
    () => {
        "closed_at < $1 AND last_message_at < $1 AND state NOT IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted')"
    };
}

/// The oldest of them.
pub const OLD: &str =
    concat!("SELECT id, batch_id FROM threads WHERE ", old!(), " ORDER BY closed_at, id LIMIT $2");
/// Takes the row of one, so that nobody writes into it meanwhile.
pub const TAKE: &str = concat!("UPDATE threads SET version = version WHERE ", old!(), " AND id = $2");
/// What belongs to a thread, in the order in which it may go. Files, what was held, reports and the live log go with their thread
/// by themselves; the sweep then takes the bytes.
pub const PARTS: [&str; 13] = [
    "DELETE FROM message_translations WHERE message_id IN (SELECT id FROM messages WHERE thread_id = $1)",
    "DELETE FROM message_edits WHERE message_id IN (SELECT id FROM messages WHERE thread_id = $1)",
    "DELETE FROM thread_lines WHERE thread_id = $1",
    "DELETE FROM thread_reads WHERE thread_id = $1",
    "DELETE FROM thread_labels WHERE thread_id = $1",
    "DELETE FROM answer_drafts WHERE thread_id = $1",
    "DELETE FROM stay_offers WHERE thread_id = $1",
    "DELETE FROM one_time_tokens WHERE subject_id IN (SELECT id FROM inquiry_drafts WHERE thread_id = $1)",
    "DELETE FROM inquiry_drafts WHERE thread_id = $1",
    "DELETE FROM one_time_tokens WHERE subject_id = $1",
    "DELETE FROM notifications WHERE subject_id = $1 AND subject_kind = 'thread'",
    "DELETE FROM messages WHERE thread_id = $1",
    "DELETE FROM threads WHERE id = $1",
];
/// The form that several threads shared, once the last of them is gone; a public request has its own end.
pub const FORM: [&str; 4] = [
    "DELETE FROM one_time_tokens WHERE subject_id IN (SELECT id FROM batch_drafts WHERE batch_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.batch_id = $1)",
    "DELETE FROM batch_drafts WHERE batch_id = $1 AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.batch_id = $1)",
    "DELETE FROM one_time_tokens WHERE subject_id = $1 AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.batch_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM rfqs r WHERE r.id = $1)",
    "DELETE FROM inquiry_batches WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.batch_id = $1) \
     AND NOT EXISTS (SELECT 1 FROM rfqs r WHERE r.id = $1)",
];

/// Forgets threads that ended years ago; gives how many.
pub(super) async fn forget(cx: &Cx) -> Result<u64> {
    let before = years_ago(cx.now(), THREAD_YEARS);
    let old = {
        let mut db = cx.read().await?;
        crate::fetch_all!(db, (Uuid, Option<Uuid>), OLD, before, BATCH)?
    };
    let mut forgotten = 0;
    for thread in old {
        forgotten += gone("thread", one(cx, thread, before).await)?;
    }
    Ok(forgotten)
}

async fn one(cx: &Cx, (id, form): (Uuid, Option<Uuid>), before: Timestamp) -> Result<bool> {
    let mut tx = cx.write().await?;
    if crate::execute!(tx, TAKE, before, id)? == 0 {
        return Ok(false);
    }
    for part in PARTS {
        crate::execute!(tx, part, id)?;
    }
    if let Some(form) = form {
        for part in FORM {
            crate::execute!(tx, part, form)?;
        }
    }
    tx.commit().await?;
    Ok(true)
}
