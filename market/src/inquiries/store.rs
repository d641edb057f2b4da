//! Rows of threads and messages.

use uuid::Uuid;

pub use super::messages::{Message, MessageData};
use super::model::ThreadState;
pub use super::readers::{CONTACT, CONTACT_DAYS, Contact, IS_MEMBER, PERSON, Reader, TEAM, WRITES};
pub(super) use super::readers::{buyer_writes, contact, is_member, person, team};
use crate::db::{Handle, Tx};
use crate::error::{Error, Result};
use crate::lang::Lang;
use crate::time::Timestamp;

/// The columns of a [`Thread`].
macro_rules! thread_columns {
    () => {
        "t.id, t.listing_id, t.vendor_id, t.buyer_id, t.batch_id, t.state, t.decline_reason, t.subject, t.quantity, t.lang, t.due_at, t.remind_at, t.overdue_at, t.created_at, t.first_answered_at, t.last_message_at, \
        t.closed_at, t.message_count, t.vendor_read_seq, t.buyer_read_seq, t.vendor_last_seq, t.buyer_last_seq, t.version, t.assignee_id, t.vendor_archived_at, t.buyer_archived_at, t.withheld_at, t.delivered_at, \
        t.uncounted_at, t.quote_until"
    };
}
pub(super) use thread_columns;

/// One thread.
pub const FIND: &str = concat!("SELECT ", thread_columns!(), " FROM threads t WHERE t.id = $1");
/// A new thread with its first message, at any state it begins in.
pub const INSERT: &str = "INSERT INTO threads (id, listing_id, vendor_id, buyer_id, state, subject, quantity, lang, due_at, created_at, \
    batch_id, last_message_at, message_count, vendor_read_seq, buyer_read_seq, vendor_last_seq, buyer_last_seq, version, remind_at, withheld_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, $12, 0, $13, 0, $14, 1, $15, $16)";
/// Keeps a changed thread; changes no row when somebody else was faster.
pub const SAVE: &str = "UPDATE threads SET state = $3, decline_reason = $4, due_at = $5, remind_at = $6, overdue_at = $7, first_answered_at = $8, \
    last_message_at = $9, closed_at = $10, message_count = $11, vendor_read_seq = $12, buyer_read_seq = $13, vendor_last_seq = $14, \
    buyer_last_seq = $15, vendor_archived_at = CASE WHEN buyer_last_seq <> $15 THEN NULL ELSE vendor_archived_at END, \
    buyer_archived_at = CASE WHEN vendor_last_seq <> $14 THEN NULL ELSE buyer_archived_at END, withheld_at = $16, delivered_at = $17, quote_until = $18, \
    contact_shared_at = CASE WHEN $3 = 'accepted' AND state <> 'accepted' THEN $10 ELSE contact_shared_at END, version = version + 1 WHERE id = $1 AND version = $2";
/// Notes that the vendor's side has read up to a message.
pub const READ_BY_VENDOR: &str =
    "UPDATE threads SET vendor_read_seq = $2 WHERE id = $1 AND vendor_read_seq < $2";
/// Notes that the buyer has read up to a message.
pub const READ_BY_BUYER: &str =
    "UPDATE threads SET buyer_read_seq = $2 WHERE id = $1 AND buyer_read_seq < $2";
/// A new message.
pub const INSERT_MESSAGE: &str = "INSERT INTO messages (id, thread_id, seq, side, author_id, kind, body, data, created_at, lang) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
/// Threads of a buyer that are not over.
pub const OPEN_OF_BUYER: &str = "SELECT id FROM threads WHERE buyer_id = $1 AND state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted') ORDER BY id";
/// Takes a thread out of all figures.
pub const UNCOUNT: &str = "UPDATE threads SET uncounted_at = $2 WHERE id = $1 AND uncounted_at IS NULL";
/// Threads of one pair that are not over.
pub const OPEN_OF_PAIR: &str = "SELECT id FROM threads WHERE vendor_id = $1 AND buyer_id = $2 AND state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted') ORDER BY id LIMIT 500";

/// One thread.
#[derive(Clone, Debug)]
pub struct Thread {
    /// Identity.
    pub id: Uuid,
    /// The listing asked about.
    pub listing_id: Uuid,
    /// The company asked.
    pub vendor_id: Uuid,
    /// Who asked.
    pub buyer_id: Uuid,
    /// The form to several vendors that it began with.
    pub batch_id: Option<Uuid>,
    /// Where it stands.
    pub state: ThreadState,
    /// Code of the reason why somebody said no.
    pub decline_reason: Option<String>,
    /// Title of the listing when it was asked about.
    pub subject: String,
    /// How much is needed, as the buyer said it; may be empty.
    pub quantity: String,
    /// Language the buyer wrote on.
    pub lang: Lang,
    /// When the state ends by itself.
    pub due_at: Option<Timestamp>,
    /// When whoever's turn it is will be reminded next.
    pub remind_at: Option<Timestamp>,
    /// When the vendor's time ran out without an answer.
    pub overdue_at: Option<Timestamp>,
    /// When it was asked.
    pub created_at: Timestamp,
    /// When the vendor first answered.
    pub first_answered_at: Option<Timestamp>,
    /// When something was last written.
    pub last_message_at: Timestamp,
    /// When it ended.
    pub closed_at: Option<Timestamp>,
    /// Messages so far.
    pub message_count: i64,
    /// The last message that the vendor's side has read.
    pub vendor_read_seq: i64,
    /// The last message that the buyer has read.
    pub buyer_read_seq: i64,
    /// The last message that the vendor's side wrote.
    pub vendor_last_seq: i64,
    /// The last message that the buyer wrote.
    pub buyer_last_seq: i64,
    /// Number of changes; a change made on an older number is refused.
    pub version: i64,
    /// Who of the vendor's team takes care.
    pub assignee_id: Option<Uuid>,
    /// When the vendor's side put it away.
    pub vendor_archived_at: Option<Timestamp>,
    /// When the buyer put it away.
    pub buyer_archived_at: Option<Timestamp>,
    /// While set, the vendor's side does not know of it.
    pub withheld_at: Option<Timestamp>,
    /// When it was handed over, if that was later than it was asked.
    pub delivered_at: Option<Timestamp>,
    /// Counts in nobody's figures since.
    pub uncounted_at: Option<Timestamp>,
    /// Until when the quote on the table holds; none when there is none, and once both sides were told that it lapsed.
    pub quote_until: Option<Timestamp>,
}

/// A thread as it is stored.
#[derive(sqlx::FromRow)]
pub(super) struct ThreadRow {
    id: Uuid,
    listing_id: Uuid,
    vendor_id: Uuid,
    buyer_id: Uuid,
    batch_id: Option<Uuid>,
    state: String,
    decline_reason: Option<String>,
    subject: String,
    quantity: String,
    lang: String,
    due_at: Option<Timestamp>,
    remind_at: Option<Timestamp>,
    overdue_at: Option<Timestamp>,
    created_at: Timestamp,
    first_answered_at: Option<Timestamp>,
    last_message_at: Timestamp,
    closed_at: Option<Timestamp>,
    message_count: i64,
    vendor_read_seq: i64,
    buyer_read_seq: i64,
    vendor_last_seq: i64,
    buyer_last_seq: i64,
    version: i64,
    assignee_id: Option<Uuid>,
    vendor_archived_at: Option<Timestamp>,
    buyer_archived_at: Option<Timestamp>,
    withheld_at: Option<Timestamp>,
    delivered_at: Option<Timestamp>,
    uncounted_at: Option<Timestamp>,
    quote_until: Option<Timestamp>,
}

impl TryFrom<ThreadRow> for Thread {
    type Error = Error;

    fn try_from(row: ThreadRow) -> Result<Self> {
        Ok(Self {
            id: row.id,
            listing_id: row.listing_id,
            vendor_id: row.vendor_id,
            buyer_id: row.buyer_id,
            batch_id: row.batch_id,
            state: ThreadState::stored(&row.state, "threads", "state")?,
            decline_reason: row.decline_reason,
            subject: row.subject,
            quantity: row.quantity,
            lang: Lang::from_code(&row.lang),
            due_at: row.due_at,
            remind_at: row.remind_at,
            overdue_at: row.overdue_at,
            created_at: row.created_at,
            first_answered_at: row.first_answered_at,
            last_message_at: row.last_message_at,
            closed_at: row.closed_at,
            message_count: row.message_count,
            vendor_read_seq: row.vendor_read_seq,
            buyer_read_seq: row.buyer_read_seq,
            vendor_last_seq: row.vendor_last_seq,
            buyer_last_seq: row.buyer_last_seq,
            version: row.version,
            assignee_id: row.assignee_id,
            vendor_archived_at: row.vendor_archived_at,
            buyer_archived_at: row.buyer_archived_at,
            withheld_at: row.withheld_at,
            delivered_at: row.delivered_at,
            uncounted_at: row.uncounted_at,
            quote_until: row.quote_until,
        })
    }
}

/// One thread.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<Thread>> {
    crate::fetch_optional!(*db, ThreadRow, FIND, id)?.map(Thread::try_from).transpose()
}

pub(super) async fn insert(tx: &mut Tx, thread: &Thread) -> Result<()> {
    crate::execute!(
        *tx,
        INSERT,
        thread.id,
        thread.listing_id,
        thread.vendor_id,
        thread.buyer_id,
        thread.state.code(),
        &thread.subject,
        &thread.quantity,
        thread.lang.code(),
        thread.due_at,
        thread.created_at,
        thread.batch_id,
        thread.message_count,
        thread.buyer_read_seq,
        thread.buyer_last_seq,
        thread.remind_at,
        thread.withheld_at
    )?;
    Ok(())
}

/// Keeps a changed thread.
pub(super) async fn save(tx: &mut Tx, thread: &mut Thread) -> Result<()> {
    let changed = crate::execute!(
        *tx,
        SAVE,
        thread.id,
        thread.version,
        thread.state.code(),
        thread.decline_reason.as_deref(),
        thread.due_at,
        thread.remind_at,
        thread.overdue_at,
        thread.first_answered_at,
        thread.last_message_at,
        thread.closed_at,
        thread.message_count,
        thread.vendor_read_seq,
        thread.buyer_read_seq,
        thread.vendor_last_seq,
        thread.buyer_last_seq,
        thread.withheld_at,
        thread.delivered_at,
        thread.quote_until
    )?;
    if changed == 0 {
        return Err(Error::conflict("thread.changed"));
    }
    thread.version += 1;
    Ok(())
}
