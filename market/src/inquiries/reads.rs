//! Who has read a thread up to where. Opening a mail's link is not reading: a scanner may have been it.

use uuid::Uuid;

use super::model::Side;
use super::store::Thread;
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::time::Timestamp;

/// Notes how far somebody has read; a mark never goes back.
pub const NOTE: &str = "INSERT INTO thread_reads (thread_id, user_id, side, seq, read_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (thread_id, user_id, side) DO UPDATE SET seq = excluded.seq, read_at = excluded.read_at WHERE thread_reads.seq < excluded.seq";
/// How far each person of one side has read, the farthest first.
pub const LIST: &str = "SELECT u.name, r.seq, r.read_at FROM thread_reads r JOIN users u ON u.id = r.user_id \
    WHERE r.thread_id = $1 AND r.side = $2 ORDER BY r.seq DESC, r.read_at LIMIT 20";

/// How far one person has read.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReadMark {
    /// Who.
    pub name: String,
    /// The last message they have seen.
    pub seq: i64,
    /// When they saw it.
    pub read_at: Timestamp,
}

pub(super) async fn note(
    tx: &mut Tx,
    thread: &Thread,
    who: (Side, Uuid),
    at: (i64, Timestamp),
) -> Result<()> {
    crate::execute!(*tx, NOTE, thread.id, who.1, who.0.code(), at.0, at.1)?;
    Ok(())
}

/// Marks of the people across the table.
pub(super) async fn of_other_side(db: &mut impl Handle, thread: Uuid, mine: Side) -> Result<Vec<ReadMark>> {
    let other = if mine == Side::Vendor { Side::Buyer } else { Side::Vendor };
    crate::fetch_all!(*db, ReadMark, LIST, thread, other.code())
}
