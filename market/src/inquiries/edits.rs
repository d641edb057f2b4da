//! Correcting one's own words for a few minutes. What stood there before stays readable for both sides.

use serde_json::json;
use uuid::Uuid;

use super::model::MessageKind;
use super::store;
use crate::abuse::gate;
use crate::accounts::access::{self, Verb};
use crate::audit;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::text;
use crate::time::{MINUTE, Timestamp};

/// How long a message may be corrected.
pub const WINDOW: i64 = 5 * MINUTE;

/// A message with its writer.
pub const FIND: &str =
    "SELECT id, author_id, kind, body, created_at FROM messages WHERE thread_id = $1 AND seq = $2";
/// Keeps what a message said before.
pub const KEEP_OLD: &str = "INSERT INTO message_edits (message_id, number, body, replaced_at) \
    SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3 FROM message_edits WHERE message_id = $1";
/// Gives a message other words, if they are still those that were kept.
pub const REPLACE: &str =
    "UPDATE messages SET body = $2, edited_at = $3, lang = $5 WHERE id = $1 AND body = $4";
/// What the messages of a thread between two positions said before, oldest first.
pub const LIST: &str = "SELECT m.seq, e.body, e.replaced_at FROM message_edits e JOIN messages m ON m.id = e.message_id \
    WHERE m.thread_id = $1 AND m.seq BETWEEN $2 AND $3 ORDER BY m.seq, e.number";

/// What a message said before it was corrected.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Earlier {
    /// Position of the message.
    pub seq: i64,
    /// The words.
    pub body: String,
    /// When they were replaced.
    pub replaced_at: Timestamp,
}

type Found = (Uuid, Option<Uuid>, String, String, Timestamp);

/// Whether somebody may still correct a message.
pub fn may_edit(me: Option<Uuid>, message: &store::Message, now: Timestamp) -> bool {
    let plain = matches!(message.kind, MessageKind::Text | MessageKind::Question);
    plain
        && !message.body.is_empty()
        && !message.automatic
        && me.is_some()
        && message.author_id == me
        && now.since(message.created_at) <= WINDOW
}

/// Gives one's own message other words. The same words again change nothing, so a second press does no harm.
///
/// # Errors
/// `Invalid`; `NotFound` for messages of others; `Conflict("message.closed")` when the minutes are over,
/// `Conflict("thread.ended")` when the thread is.
pub async fn edit_message(cx: &Cx, thread: Uuid, seq: i64, body: &str) -> Result<()> {
    let now = cx.now();
    let mut tx = cx.write().await?;
    let found = store::find(&mut tx, thread).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, found.object())?;
    let (id, author, kind, old, created_at) =
        crate::fetch_optional!(tx, Found, FIND, thread, seq)?.ok_or(ErrorKind::NotFound)?;
    if author.is_none() || author != cx.actor.user_id() || !matches!(&*kind, "text" | "question") {
        return Err(ErrorKind::NotFound.into());
    }
    let body = text::block_within(body, 1, cx.settings().message_max)
        .map_err(|problem| Error::invalid("body", problem))?;
    if old == body {
        return Ok(());
    }
    if !found.state.is_talked_in() {
        return Err(Error::conflict("thread.ended"));
    }
    if now.since(created_at) > WINDOW {
        return Err(Error::conflict("message.closed"));
    }
    // other words pass the same gate as the first ones; what would be held is written anew instead
    let sent = gate::Sent {
        buyer: found.buyer_id,
        vendor: found.vendor_id,
        text: &body,
        way: gate::Way::Reply(found.first_answered_at.is_some()),
        trapped: false,
        form_key: None,
    };
    if found.buyer_id == author.unwrap_or_default() && !gate::judge(cx, &mut tx, sent).await?.is_empty() {
        return Err(Error::invalid("body", Problem::Rule("message.not_by_edit".into())));
    }
    // the row is taken first: another press waits here, and finds its words there already
    if crate::execute!(tx, REPLACE, id, &body, now, &old, super::tongue::of_message(cx, &body))? == 0 {
        let now_there = crate::fetch_optional!(tx, Found, FIND, thread, seq)?.map(|found| found.3);
        return if now_there.as_ref() == Some(&body) {
            Ok(())
        } else {
            Err(Error::conflict("thread.changed"))
        };
    }
    crate::execute!(tx, KEEP_OLD, id, &old, now)?;
    audit::record(cx, &mut tx, "thread.edit_message", ("thread", Some(thread)), json!({ "seq": seq }))
        .await?;
    tx.commit().await
}

pub(super) async fn of_thread(
    db: &mut impl Handle,
    thread: Uuid,
    (first, last): (i64, i64),
) -> Result<Vec<Earlier>> {
    crate::fetch_all!(*db, Earlier, LIST, thread, first, last)
}
