//! Writing, reading and verifying the chain. Hash of a row = SHA-256 over the previous hash and every
//! field, length-prefixed so that no two different rows can give the same bytes.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::cx::Cx;
use crate::db::{Handle, Link, Tx};
use crate::error::Result;
use crate::time::Timestamp;

/// The end of the chain.
pub const LAST: &str = "SELECT seq, hash FROM audit_log ORDER BY seq DESC LIMIT 1";
/// Appends.
pub const APPEND: &str = "INSERT INTO audit_log (seq, at, actor_id, actor_kind, action, object_kind, object_id, data, previous_hash, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
/// Appends two rows.
pub const APPEND_TWO: &str = "INSERT INTO audit_log (seq, at, actor_id, actor_kind, action, object_kind, object_id, data, previous_hash, hash) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10), ($11, $2, $3, $4, $12, $6, $7, $13, $14, $15)";
/// A stretch of the chain, for verification.
pub const STRETCH: &str = "SELECT seq, at, actor_id, actor_kind, action, object_kind, object_id, data, previous_hash, hash \
    FROM audit_log WHERE seq > $1 ORDER BY seq LIMIT 1000";
/// The newest rows about one thing.
pub const FOR_OBJECT: &str = "SELECT seq, at, actor_id, actor_kind, action, object_kind, object_id, data, previous_hash, hash \
    FROM audit_log WHERE object_kind = $1 AND object_id = $2 ORDER BY seq DESC LIMIT 100";
/// PostgreSQL only: one appender at a time (SQLite has one writer anyway).
pub const LOCK_POSTGRES: &str = "SELECT pg_advisory_xact_lock(7005)";

/// One row of the record.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AuditEntry {
    /// Position in the chain, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who; none for the site itself and for visitors.
    pub actor_id: Option<Uuid>,
    /// As what, e.g. `user`, `system`, `answer_link`.
    pub actor_kind: String,
    /// What, e.g. `listing.approve`.
    pub action: String,
    /// About which kind of thing.
    pub object_kind: String,
    /// About which thing.
    pub object_id: Option<Uuid>,
    /// Details as JSON.
    pub data: String,
    /// Hash of the row before.
    pub previous_hash: Vec<u8>,
    /// Hash of this row.
    pub hash: Vec<u8>,
}

/// Result of walking the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verification {
    /// Every row follows from the one before.
    Intact {
        /// Number of rows.
        rows: i64,
    },
    /// The first row that does not.
    BrokenAt {
        /// Its position.
        seq: i64,
    },
}

/// Appends what the actor of `cx` did to `object`, inside the transaction that does it.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn record(
    cx: &Cx,
    tx: &mut Tx,
    action: &str,
    object: (&str, Option<Uuid>),
    data: serde_json::Value,
) -> Result<()> {
    lock(tx).await?;
    let last = crate::fetch_optional!(*tx, (i64, Vec<u8>), LAST)?.unwrap_or((0, vec![0; 32]));
    let entry = after(cx, last, action, object, &data);
    crate::execute!(
        *tx,
        APPEND,
        entry.seq,
        entry.at,
        entry.actor_id,
        &entry.actor_kind,
        &entry.action,
        &entry.object_kind,
        entry.object_id,
        &entry.data,
        entry.previous_hash.as_slice(),
        entry.hash.as_slice()
    )?;
    Ok(())
}

/// The same for two things that the actor did to one object in one step.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn record_two(
    cx: &Cx,
    tx: &mut Tx,
    object: (&str, Option<Uuid>),
    done: [(&str, serde_json::Value); 2],
) -> Result<()> {
    lock(tx).await?;
    let last = crate::fetch_optional!(*tx, (i64, Vec<u8>), LAST)?.unwrap_or((0, vec![0; 32]));
    let [(action, data), (then, more)] = done;
    let first = after(cx, last, action, object, &data);
    let mut second = after(cx, (first.seq, first.hash.clone()), then, object, &more);
    second.at = first.at;
    second.hash = hash(&second);
    crate::execute!(
        *tx,
        APPEND_TWO,
        first.seq,
        first.at,
        first.actor_id,
        &first.actor_kind,
        &first.action,
        &first.object_kind,
        first.object_id,
        &first.data,
        first.previous_hash.as_slice(),
        first.hash.as_slice(),
        second.seq,
        &second.action,
        &second.data,
        second.previous_hash.as_slice(),
        second.hash.as_slice()
    )?;
    Ok(())
}

/// The row that follows the one with this number and hash.
fn after(
    cx: &Cx,
    last: (i64, Vec<u8>),
    action: &str,
    object: (&str, Option<Uuid>),
    data: &serde_json::Value,
) -> AuditEntry {
    let mut entry = AuditEntry {
        seq: last.0 + 1,
        at: cx.now(),
        actor_id: cx.actor.user_id(),
        actor_kind: cx.actor.kind().to_owned(),
        action: action.to_owned(),
        object_kind: object.0.to_owned(),
        object_id: object.1,
        data: data.to_string(),
        previous_hash: last.1,
        hash: Vec::new(),
    };
    entry.hash = hash(&entry);
    entry
}

/// Lets no other transaction append before this one ends.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    if let Link::Postgres(link) = tx.link() {
        sqlx::query(LOCK_POSTGRES).execute(link).await?;
    }
    Ok(())
}

fn hash(entry: &AuditEntry) -> Vec<u8> {
    let mut hasher = Sha256::new();
    let parts: [&[u8]; 9] = [
        &entry.previous_hash,
        &entry.seq.to_be_bytes(),
        &entry.at.0.to_be_bytes(),
        entry.actor_id.as_ref().map_or(&[], |id| id.as_bytes()),
        entry.actor_kind.as_bytes(),
        entry.action.as_bytes(),
        entry.object_kind.as_bytes(),
        entry.object_id.as_ref().map_or(&[], |id| id.as_bytes()),
        entry.data.as_bytes(),
    ];
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().to_vec()
}

/// Walks the whole chain.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn verify(db: &mut impl Handle) -> Result<Verification> {
    let (mut seq, mut previous) = (0_i64, vec![0_u8; 32]);
    loop {
        let stretch = crate::fetch_all!(*db, AuditEntry, STRETCH, seq)?;
        if stretch.is_empty() {
            return Ok(Verification::Intact { rows: seq });
        }
        for entry in stretch {
            if entry.seq != seq + 1 || entry.previous_hash != previous || entry.hash != hash(&entry) {
                return Ok(Verification::BrokenAt { seq: seq + 1 });
            }
            seq = entry.seq;
            previous = entry.hash;
        }
    }
}

/// The newest 100 rows about one thing, newest first.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn list_for_object(db: &mut impl Handle, kind: &str, id: Uuid) -> Result<Vec<AuditEntry>> {
    crate::fetch_all!(*db, AuditEntry, FOR_OBJECT, kind, id)
}
