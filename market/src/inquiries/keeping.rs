//! Answers begun and not sent: kept for one person, one thread and one step, so that a phone may hand over to a desk.

use uuid::Uuid;

use super::store;
use crate::accounts::access::{self, Verb};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::throttle::{self, Limit};
use crate::time::{MINUTE, Timestamp};

/// Longest draft, in bytes of its JSON.
const LONGEST: usize = 60_000;
/// Saves in a minute; typing saves every other second at most.
const SAVES: u32 = 60;

/// Keeps a draft.
pub const KEEP: &str = "INSERT INTO answer_drafts (thread_id, user_id, step, content, saved_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (thread_id, user_id, step) DO UPDATE SET content = excluded.content, saved_at = excluded.saved_at";
/// One person's draft.
pub const FIND: &str =
    "SELECT content, saved_at FROM answer_drafts WHERE thread_id = $1 AND user_id = $2 AND step = $3";
/// Forgets it.
pub const DROP: &str = "DELETE FROM answer_drafts WHERE thread_id = $1 AND user_id = $2 AND step = $3";
/// Forgets drafts nobody went on with.
pub const PURGE: &str = "DELETE FROM answer_drafts WHERE saved_at < $1";

/// Days a draft is kept that nobody went on with.
pub const DAYS: i64 = 90;

/// A kept answer: fields of its form in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnswerDraft {
    /// Names and values.
    pub fields: Vec<(String, String)>,
    /// When it was kept.
    pub saved_at: Timestamp,
}

async fn reader(cx: &Cx, tx: &mut Tx, thread: Uuid) -> Result<Uuid> {
    let found = store::find(tx, thread).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, found.object())?;
    if !found.state.is_talked_in() {
        return Err(Error::conflict("thread.ended"));
    }
    cx.actor.user_id().ok_or_else(|| ErrorKind::NotSignedIn.into())
}

/// Keeps what was typed so far. The last one wins, also between two browsers of one person.
///
/// # Errors
/// `NotFound` for strangers, `Conflict` when the thread is over, `Invalid` beyond all measure, `TooMany`.
pub async fn keep_draft(
    cx: &Cx,
    thread: Uuid,
    step: &'static str,
    fields: &[(String, String)],
) -> Result<Timestamp> {
    let content = serde_json::to_string(fields)?;
    if content.len() > LONGEST {
        return Err(Error::invalid("body", Problem::TooLong { max: LONGEST, actual: content.len() }));
    }
    let mut tx = cx.write().await?;
    let user = reader(cx, &mut tx, thread).await?;
    let limit = Limit { bucket: format!("draft:{user}"), max: SAVES, window: MINUTE };
    throttle::hit(&mut tx, cx.now(), &[limit]).await?;
    crate::execute!(tx, KEEP, thread, user, step, &content, cx.now())?;
    tx.commit().await?;
    Ok(cx.now())
}

/// What this person kept for a step; nobody else ever reads it.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn kept_draft(cx: &Cx, thread: Uuid, step: &'static str) -> Result<Option<AnswerDraft>> {
    let Some(user) = cx.actor.user_id() else { return Ok(None) };
    let mut db = cx.read().await?;
    let row = crate::fetch_optional!(db, (String, Timestamp), FIND, thread, user, step)?;
    row.map(|(content, saved_at)| Ok(AnswerDraft { fields: serde_json::from_str(&content)?, saved_at }))
        .transpose()
}

/// Forgets it: sent, or thrown away.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn drop_draft(cx: &Cx, thread: Uuid, step: &'static str) -> Result<()> {
    let Some(user) = cx.actor.user_id() else { return Ok(()) };
    let mut tx = cx.write().await?;
    crate::execute!(tx, DROP, thread, user, step)?;
    tx.commit().await
}
