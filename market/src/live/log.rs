//! The log: one position for everything, given in the transaction that makes the event happen. Writers of a position
//! wait for each other, so positions become visible in their order and without gaps: a reader never steps over one.

use uuid::Uuid;

use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::time::Timestamp;

/// Gives the next position.
pub const NEXT: &str = "UPDATE live_head SET pos = pos + 1 WHERE id = 1 RETURNING pos";
/// The last position.
pub const HEAD: &str = "SELECT pos FROM live_head WHERE id = 1";
/// The last position and its epoch.
pub const HEAD_AND_EPOCH: &str = "SELECT pos, epoch FROM live_head WHERE id = 1";
/// Begins an epoch, once.
pub const BEGIN_EPOCH: &str = "UPDATE live_head SET epoch = $1 WHERE id = 1 AND epoch = ''";
/// Notes an event.
pub const APPEND: &str =
    "INSERT INTO live_log (pos, kind, thread_id, seq, person_id, at) VALUES ($1, $2, $3, $4, $5, $6)";
/// Who is concerned by the events of a stretch, as of now.
pub const CONCERNED: &str = "SELECT l.pos, l.person_id, t.buyer_id, m.user_id FROM live_log l LEFT JOIN threads t ON t.id = l.thread_id \
    LEFT JOIN vendor_members m ON m.vendor_id = t.vendor_id AND t.withheld_at IS NULL WHERE l.pos > $1 AND l.pos <= $2 ORDER BY l.pos";
/// The events of a stretch that somebody may see, as of now.
pub const FOR_PERSON: &str = "SELECT l.pos, l.thread_id, l.seq FROM live_log l LEFT JOIN threads t ON t.id = l.thread_id \
    WHERE l.pos > $1 AND l.pos <= $2 AND (l.person_id = $3 OR t.buyer_id = $3 \
    OR (t.withheld_at IS NULL AND EXISTS (SELECT 1 FROM vendor_members m WHERE m.vendor_id = t.vendor_id AND m.user_id = $3))) ORDER BY l.pos LIMIT 200";
/// The oldest event that is still known.
pub const OLDEST: &str = "SELECT CAST(COALESCE(MIN(pos), 0) AS BIGINT) FROM live_log";
/// Forgets events older than a moment.
pub const PURGE: &str = "DELETE FROM live_log WHERE at < $1";

/// Events that one call of [`FOR_PERSON`] gives at most.
pub(super) const PAGE: usize = 200;

/// Something that people who look on are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// A thread has a message at this position, which no other of its messages has.
    Message {
        /// The thread.
        thread: Uuid,
        /// Position of the message, from 1 without gaps.
        seq: i64,
    },
    /// The number of unread notifications of somebody may have changed.
    Bell {
        /// Who.
        person: Uuid,
    },
}

/// Notes an event in the transaction that makes it happen.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn append(cx: &Cx, tx: &mut Tx, event: Event) -> Result<()> {
    // whoever needs both locks takes that of the record first
    audit::lock(tx).await?;
    let (pos,) = crate::fetch_one!(*tx, (i64,), NEXT)?;
    let (kind, thread, seq, person) = match event {
        Event::Message { thread, seq } => ("message", Some(thread), Some(seq), None),
        Event::Bell { person } => ("bell", None, None, Some(person)),
    };
    crate::execute!(*tx, APPEND, pos, kind, thread, seq, person, cx.now())?;
    cx.market.live().ring();
    Ok(())
}

/// The last position.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn head(db: &mut impl Handle) -> Result<i64> {
    Ok(crate::fetch_one!(*db, (i64,), HEAD)?.0)
}

/// Forgets events that nobody needs to be told any more.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    crate::execute!(*tx, PURGE, before)
}
