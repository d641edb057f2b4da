//! What is held for a look: rows, and what its sender sees of it.

use uuid::Uuid;

use super::model::{self, HeldKind, HeldState, HoldReason};
use crate::calendar;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, Result};
use crate::text;
use crate::time::Timestamp;

/// Holds something.
pub const INSERT: &str = "INSERT INTO held_items (id, kind, thread_id, sender_id, vendor_id, title, reasons, content, written_at, due_at, state) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting')";
/// One thing held.
pub const FIND: &str = "SELECT id, kind, thread_id, sender_id, vendor_id, title, reasons, content, written_at, due_at, state, decision FROM held_items WHERE id = $1";
/// Decides about it, once.
pub const DECIDE: &str = "UPDATE held_items SET state = $2, decided_by = $3, decided_at = $4, decision = $5 WHERE id = $1 AND state = 'waiting'";
/// What waits for a thread that ended otherwise.
pub const END: &str =
    "UPDATE held_items SET state = 'ended', decided_at = $2 WHERE thread_id = $1 AND state = 'waiting'";
/// What waits longer than it may.
pub const DUE: &str =
    "SELECT id FROM held_items WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT 100";
/// Messages of a thread that its buyer wrote and the vendor does not see, those among them that were still looked at when it ended.
pub const OF_THREAD: &str = "SELECT id, kind, thread_id, sender_id, vendor_id, title, reasons, content, written_at, due_at, state, decision FROM held_items \
    WHERE thread_id = $1 AND kind = 'message' AND state IN ('waiting', 'refused', 'ended') ORDER BY written_at, id LIMIT 50";
/// Messages of a thread that were not handed over.
pub const COUNT_REFUSED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM held_items WHERE thread_id = $1 AND kind = 'message' AND state = 'refused'";
/// Forgets forms of strangers.
pub const PURGE: &str = "DELETE FROM held_items WHERE kind = 'form' AND written_at < $1";
/// Files of a form go with what is held.
pub const TAKE_FILES: &str = "UPDATE files SET form_key = $1 WHERE form_key = $2 AND uploader_id = $3 AND message_id IS NULL AND rfq_id IS NULL";

/// Longest title, in characters.
const TITLE_MAX: usize = 80;

/// Something held.
#[derive(Clone, Debug)]
pub struct Held {
    /// Identity.
    pub id: Uuid,
    /// What it is.
    pub kind: HeldKind,
    /// The thread it stands in.
    pub thread_id: Option<Uuid>,
    /// Who wrote it; nobody known for a form.
    pub sender_id: Option<Uuid>,
    /// For which vendor.
    pub vendor_id: Option<Uuid>,
    /// One line.
    pub title: String,
    /// Why it is held.
    pub reasons: Vec<HoldReason>,
    /// What is needed to send it on, as JSON.
    pub content: String,
    /// When it was written.
    pub written_at: Timestamp,
    /// Until when somebody should have looked.
    pub due_at: Timestamp,
    /// What became of it.
    pub state: HeldState,
    /// The reason its sender was given.
    pub decision: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    thread_id: Option<Uuid>,
    sender_id: Option<Uuid>,
    vendor_id: Option<Uuid>,
    title: String,
    reasons: String,
    content: String,
    written_at: Timestamp,
    due_at: Timestamp,
    state: String,
    decision: Option<String>,
}

impl TryFrom<Row> for Held {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            kind: HeldKind::stored(&row.kind, "held_items", "kind")?,
            thread_id: row.thread_id,
            sender_id: row.sender_id,
            vendor_id: row.vendor_id,
            title: row.title,
            reasons: model::read_reasons(&row.reasons),
            content: row.content,
            written_at: row.written_at,
            due_at: row.due_at,
            state: HeldState::stored(&row.state, "held_items", "state")?,
            decision: row.decision,
        })
    }
}

impl Held {
    /// Whether time alone hands it over.
    pub fn ends_by_itself(&self) -> bool {
        self.kind != HeldKind::Form && self.reasons.iter().all(|reason| reason.ends_by_itself())
    }
}

/// Something to hold.
#[derive(Clone, Debug)]
pub(crate) struct NewHeld<'a> {
    pub kind: HeldKind,
    pub thread: Option<Uuid>,
    pub sender: Option<Uuid>,
    pub vendor: Option<Uuid>,
    pub title: &'a str,
    pub reasons: &'a [HoldReason],
    pub content: String,
}

/// Until when somebody should have looked at what is held now.
pub(crate) fn due(cx: &Cx) -> Timestamp {
    let days = u16::try_from(cx.settings().held_business_days).unwrap_or(u16::MAX);
    Timestamp(calendar::add_business_days(cx.now().0, days.max(1)))
}

pub(crate) async fn keep(cx: &Cx, tx: &mut Tx, new: NewHeld<'_>) -> Result<Uuid> {
    let id = cx.new_id();
    let title: String = text::line(new.title).chars().take(TITLE_MAX).collect();
    crate::execute!(
        *tx,
        INSERT,
        id,
        new.kind.code(),
        new.thread,
        new.sender,
        new.vendor,
        &title,
        &model::write_reasons(new.reasons),
        &new.content,
        cx.now(),
        due(cx)
    )?;
    Ok(id)
}

/// One thing held.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<Held>> {
    crate::fetch_optional!(*db, Row, FIND, id)?.map(Held::try_from).transpose()
}

/// Messages of a thread that only their writer sees.
pub(crate) async fn of_thread(db: &mut impl Handle, thread: Uuid) -> Result<Vec<Held>> {
    crate::fetch_all!(*db, Row, OF_THREAD, thread)?.into_iter().map(Held::try_from).collect()
}

/// How many messages of a thread were not handed over.
pub(crate) async fn refused_in(tx: &mut Tx, thread: Uuid) -> Result<i64> {
    Ok(crate::fetch_one!(*tx, (i64,), COUNT_REFUSED, thread)?.0)
}

/// Nothing is left to decide about a thread that ended; its buyer still sees what was not handed over, and why.
pub(crate) async fn end(tx: &mut Tx, thread: Uuid, now: Timestamp) -> Result<()> {
    crate::execute!(*tx, END, thread, now)?;
    Ok(())
}

/// Forgets forms of strangers; run by housekeeping.
pub(crate) async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    crate::execute!(*tx, PURGE, before)
}
