//! Words a company uses again. A person puts them into an answer; one of them may greet new inquiries by itself,
//! which answers nothing: state, deadline and figures stay as they are.

use serde_json::json;
use uuid::Uuid;

use super::model::{MessageKind, Side};
use super::store::{self, MessageData, Thread};
use crate::accounts::access::{self, Object, Verb};
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::live;
use crate::text;

/// Saved replies of one company.
pub const MOST: usize = 50;
/// Longest title, in characters.
pub const TITLE_MAX: usize = 60;

/// The saved replies of a company.
pub const LIST: &str =
    "SELECT id, title, body, greets FROM saved_replies WHERE vendor_id = $1 ORDER BY title, id LIMIT 50";
/// A new one.
pub const INSERT: &str = "INSERT INTO saved_replies (id, vendor_id, title, body, greets, updated_by, created_at, updated_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7)";
/// Another title, other words.
pub const UPDATE: &str = "UPDATE saved_replies SET title = $3, body = $4, greets = $5, updated_by = $6, updated_at = $7 WHERE id = $1 AND vendor_id = $2";
/// Takes one away.
pub const DELETE: &str = "DELETE FROM saved_replies WHERE id = $1 AND vendor_id = $2";
/// At most one greets.
pub const HUSH: &str = "UPDATE saved_replies SET greets = $3 WHERE vendor_id = $1 AND id <> $2";
/// The one that greets.
pub const GREETING: &str = "SELECT body FROM saved_replies WHERE vendor_id = $1 AND greets = $2";
/// Counts the greeting in.
pub const COUNT_GREETING: &str = "UPDATE threads SET message_count = message_count + 1, version = version + 1 WHERE id = $1 AND version = $2";

/// A saved reply.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedReply {
    /// Identity.
    pub id: Uuid,
    /// How the team finds it.
    pub title: String,
    /// The words.
    pub body: String,
    /// Whether it greets new inquiries by itself.
    pub greets: bool,
}

/// A saved reply as typed.
#[derive(Clone, Debug, Default)]
pub struct SavedDraft {
    /// How the team finds it.
    pub title: String,
    /// The words.
    pub body: String,
    /// Whether it greets new inquiries by itself.
    pub greets: bool,
}

fn demand(cx: &Cx, vendor_id: Uuid) -> Result<()> {
    access::demand_own(&cx.actor, Verb::OpenVendorDesk, Object::Vendor { vendor_id, chapter_id: None })
}

/// The saved replies of a company, for its team.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for others.
pub async fn saved_replies(cx: &Cx, vendor_id: Uuid) -> Result<Vec<SavedReply>> {
    demand(cx, vendor_id)?;
    let mut db = cx.read().await?;
    crate::fetch_all!(db, SavedReply, LIST, vendor_id)
}

/// The saved replies that may be put into an answer of a thread, also through a mail's link.
///
/// # Errors
/// `NotFound` for everybody but the vendor's side.
pub async fn replies_for(cx: &Cx, thread: &Thread) -> Result<Vec<SavedReply>> {
    access::demand_own(&cx.actor, Verb::AnswerThread, thread.object())?;
    let mut db = cx.read().await?;
    crate::fetch_all!(db, SavedReply, LIST, thread.vendor_id)
}

/// Adds a saved reply, or changes the one with this identity.
///
/// # Errors
/// `Invalid` by field; `NotFound` for others' replies.
pub async fn save_reply(cx: &Cx, vendor_id: Uuid, id: Option<Uuid>, draft: &SavedDraft) -> Result<Uuid> {
    demand(cx, vendor_id)?;
    let mut errors = FieldErrors::new();
    let title = errors.take("title", text::line_within(&draft.title, 1, TITLE_MAX)).unwrap_or_default();
    let body = errors
        .take("body", text::block_within(&draft.body, 1, cx.settings().message_max))
        .unwrap_or_default();
    errors.into_result()?;
    let me = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    let known = crate::fetch_all!(tx, SavedReply, LIST, vendor_id)?;
    if known.iter().any(|reply| reply.title == title && Some(reply.id) != id) {
        return Err(Error::invalid("title", Problem::Rule("reply.title_taken".into())));
    }
    let kept = match id {
        Some(id) => {
            if crate::execute!(tx, UPDATE, id, vendor_id, &title, &body, draft.greets, me, cx.now())? == 0 {
                return Err(ErrorKind::NotFound.into());
            }
            id
        }
        None if known.len() >= MOST => return Err(Error::invalid("title", Problem::TooMany { max: MOST })),
        None => {
            let id = cx.new_id();
            crate::execute!(tx, INSERT, id, vendor_id, &title, &body, draft.greets, me, cx.now())?;
            id
        }
    };
    if draft.greets {
        crate::execute!(tx, HUSH, vendor_id, kept, false)?;
    }
    let details = json!({ "reply": kept, "greets": draft.greets });
    audit::record(cx, &mut tx, "vendor.save_reply", ("vendor", Some(vendor_id)), details).await?;
    tx.commit().await?;
    Ok(kept)
}

/// Takes a saved reply away; one that is gone already is gone.
///
/// # Errors
/// `NotFound` for others' companies.
pub async fn delete_reply(cx: &Cx, vendor_id: Uuid, id: Uuid) -> Result<()> {
    demand(cx, vendor_id)?;
    let mut tx = cx.write().await?;
    if crate::execute!(tx, DELETE, id, vendor_id)? == 1 {
        let details = json!({ "reply": id });
        audit::record(cx, &mut tx, "vendor.delete_reply", ("vendor", Some(vendor_id)), details).await?;
    }
    tx.commit().await
}

/// Greets the buyer of a thread that has just begun. No answer: nothing but one more message is kept.
pub(super) async fn greet(cx: &Cx, tx: &mut Tx, thread: &mut Thread) -> Result<()> {
    let Some((body,)) = crate::fetch_optional!(*tx, (String,), GREETING, thread.vendor_id, true)? else {
        return Ok(());
    };
    greet_with(cx, tx, thread, &body).await
}

/// The same with the words that the caller has looked up.
pub(super) async fn greet_with(cx: &Cx, tx: &mut Tx, thread: &mut Thread, body: &str) -> Result<()> {
    if crate::execute!(*tx, COUNT_GREETING, thread.id, thread.version)? == 0 {
        return Err(Error::conflict("thread.changed"));
    }
    thread.message_count += 1;
    thread.version += 1;
    let data = serde_json::to_string(&MessageData { automatic: true, ..MessageData::default() })?;
    crate::execute!(
        *tx,
        store::INSERT_MESSAGE,
        cx.new_id(),
        thread.id,
        thread.message_count,
        Side::Vendor.code(),
        None::<Uuid>,
        MessageKind::Text.code(),
        body,
        &data,
        cx.now(),
        super::tongue::of_message(cx, body)
    )?;
    live::append(cx, tx, live::Event::Message { thread: thread.id, seq: thread.message_count }).await
}
