//! Public requests that were over years ago, once the threads of their answers are gone.

use uuid::Uuid;

use super::{BATCH, THREAD_YEARS, gone, years_ago};
use crate::cx::Cx;
use crate::error::Result;
use crate::time::Timestamp;

/// Over before a moment, with nothing left of its answers.
macro_rules! old {
    () => {
        "submitted_at < $1 AND COALESCE(closed_at, closes_at, submitted_at) < $1 AND state NOT IN ('in_review', 'open') \
         AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.batch_id = rfqs.id)"
    };
}

/// The oldest of them.
pub const OLD: &str = concat!("SELECT id FROM rfqs WHERE ", old!(), " ORDER BY submitted_at, id LIMIT $2");
/// Takes the row of one, so that nobody changes it meanwhile.
pub const TAKE: &str = concat!("UPDATE rfqs SET version = version WHERE ", old!(), " AND id = $2");
/// What belongs to a request, in the order in which it may go. Its files go with it by themselves.
pub const PARTS: [&str; 8] = [
    "DELETE FROM rfq_invites WHERE rfq_id = $1",
    "DELETE FROM rfq_told WHERE rfq_id = $1",
    "DELETE FROM one_time_tokens WHERE subject_id IN (SELECT id FROM rfq_drafts WHERE rfq_id = $1)",
    "DELETE FROM rfq_drafts WHERE rfq_id = $1",
    "DELETE FROM one_time_tokens WHERE subject_id = $1",
    "DELETE FROM notifications WHERE subject_id = $1 AND subject_kind = 'rfq'",
    "DELETE FROM rfqs WHERE id = $1",
    "DELETE FROM inquiry_batches WHERE id = $1",
];

/// Forgets requests that were over years ago; gives how many.
pub(super) async fn forget(cx: &Cx) -> Result<u64> {
    let before = years_ago(cx.now(), THREAD_YEARS);
    let old = {
        let mut db = cx.read().await?;
        crate::fetch_all!(db, (Uuid,), OLD, before, BATCH)?
    };
    let mut forgotten = 0;
    for (id,) in old {
        forgotten += gone("request", one(cx, id, before).await)?;
    }
    Ok(forgotten)
}

async fn one(cx: &Cx, id: Uuid, before: Timestamp) -> Result<bool> {
    let mut tx = cx.write().await?;
    if crate::execute!(tx, TAKE, before, id)? == 0 {
        return Ok(false);
    }
    for part in PARTS {
        crate::execute!(tx, part, id)?;
    }
    tx.commit().await?;
    Ok(true)
}
