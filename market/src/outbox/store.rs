//! Rows of the outbox: claiming with a lease, finishing, backing off, setting aside.

use uuid::Uuid;

use super::When;
use crate::cx::Cx;
use crate::db::{Db, Handle, Tx};
use crate::error::Result;
use crate::time::{MINUTE, SECOND, Timestamp};

/// How long a worker may keep a job before another takes it over.
pub const LEASE: i64 = 2 * MINUTE;
/// Attempts before a job is set aside: 57 pauses of 24 hours and 4 minutes together, so that a relay that is away for a
/// night and a working day loses nothing.
pub const MAX_ATTEMPTS: i64 = 58;
/// Age of a lease from which it is renewed before the job is begun: no job takes longer than the rest of it.
pub(super) const RENEW_AFTER: i64 = 30 * SECOND;
/// Longest pause between attempts; work goes on at most this long after what it needs is back.
const LONGEST_PAUSE: i64 = 30 * MINUTE;

/// Stores a job.
pub const INSERT: &str = "INSERT INTO outbox (id, topic, payload, dedup_key, created_at, available_at, attempts) \
    VALUES ($1, $2, $3, $4, $5, $6, 0) ON CONFLICT (dedup_key) DO NOTHING";
/// Leases ready jobs; SQLite has one writer, so nobody can be in between.
pub const CLAIM_SQLITE: &str = "UPDATE outbox SET leased_until = $1, lease_owner = $2, attempts = attempts + 1 WHERE id IN (\
    SELECT id FROM outbox WHERE done_at IS NULL AND dead_at IS NULL AND available_at <= $3 AND (leased_until IS NULL OR leased_until < $3) \
    ORDER BY available_at, id LIMIT $4) RETURNING id, topic, payload, attempts";
/// Leases ready jobs beside other workers.
pub const CLAIM_POSTGRES: &str = "UPDATE outbox SET leased_until = $1, lease_owner = $2, attempts = attempts + 1 WHERE id IN (\
    SELECT id FROM outbox WHERE done_at IS NULL AND dead_at IS NULL AND available_at <= $3 AND (leased_until IS NULL OR leased_until < $3) \
    ORDER BY available_at, id LIMIT $4 FOR UPDATE SKIP LOCKED) RETURNING id, topic, payload, attempts";
/// Notes a job done, if it is still ours. What it carried goes: a mail holds words, an address and a link that opens something.
pub const FINISH: &str = "UPDATE outbox SET done_at = $3, leased_until = NULL, payload = '{}' WHERE id = $1 AND lease_owner = $2 AND done_at IS NULL";
/// Puts a failed job back.
pub const BACK_OFF: &str = "UPDATE outbox SET leased_until = NULL, available_at = $3, last_error = $4 WHERE id = $1 AND lease_owner = $2";
/// Sets a job aside.
pub const BURY: &str =
    "UPDATE outbox SET leased_until = NULL, dead_at = $3, last_error = $4 WHERE id = $1 AND lease_owner = $2";
/// Sets a job aside of which nobody knows whether it was done.
pub const BURY_UNCERTAIN: &str = "UPDATE outbox SET leased_until = NULL, dead_at = $3, uncertain_at = $3, last_error = NULL WHERE id = $1 AND lease_owner = $2";
/// Keeps a job for longer; changes no row when another worker has it.
pub const KEEP: &str =
    "UPDATE outbox SET leased_until = $3 WHERE id = $1 AND lease_owner = $2 AND done_at IS NULL";
/// Puts back what a worker leased and did not begin.
pub const GIVE_BACK: &str = "UPDATE outbox SET leased_until = NULL, attempts = attempts - 1 \
    WHERE lease_owner = $1 AND leased_until IS NOT NULL AND done_at IS NULL AND dead_at IS NULL";
/// Counts for health and metrics.
pub const BACKLOG: &str = "SELECT CAST(COALESCE(SUM(CASE WHEN done_at IS NULL AND dead_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT), \
    CAST(COALESCE(SUM(CASE WHEN dead_at IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT), \
    MIN(CASE WHEN done_at IS NULL AND dead_at IS NULL THEN available_at END) FROM outbox WHERE done_at IS NULL";
/// Set-aside jobs, newest first.
pub const LIST_DEAD: &str = "SELECT id, topic, attempts, dead_at, last_error, uncertain_at, payload FROM outbox WHERE dead_at IS NOT NULL ORDER BY dead_at DESC LIMIT 100";
/// Gives a set-aside job another round.
pub const RETRY: &str = "UPDATE outbox SET dead_at = NULL, uncertain_at = NULL, attempts = 0, available_at = $2 WHERE id = $1 AND dead_at IS NOT NULL RETURNING payload";
/// Forgets finished jobs.
pub const PURGE: &str = "DELETE FROM outbox WHERE done_at IS NOT NULL AND done_at < $1";

/// A leased job.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Claimed {
    /// Identity.
    pub id: Uuid,
    /// Kind of work.
    pub topic: String,
    /// JSON of the job.
    pub payload: String,
    /// This attempt's number, from 1.
    pub attempts: i64,
}

/// How much waits.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Backlog {
    /// Jobs not done yet.
    pub waiting: i64,
    /// Jobs set aside.
    pub dead: i64,
    /// When the oldest waiting job became ready.
    pub oldest: Option<Timestamp>,
}

/// A job that was set aside.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DeadJob {
    /// Identity.
    pub id: Uuid,
    /// Kind of work.
    pub topic: String,
    /// Attempts made.
    pub attempts: i64,
    /// When it was set aside.
    pub dead_at: Timestamp,
    /// The last failure.
    pub last_error: Option<String>,
    /// Since when nobody knows whether it was done.
    pub uncertain_at: Option<Timestamp>,
    /// JSON of the job.
    pub payload: String,
}

pub(super) async fn insert(cx: &Cx, tx: &mut Tx, topic: &str, payload: &str, when: When) -> Result<()> {
    let now = cx.now();
    crate::execute!(
        *tx,
        INSERT,
        cx.new_id(),
        topic,
        payload,
        when.once.as_deref(),
        now,
        when.at.unwrap_or(now)
    )?;
    Ok(())
}

pub(super) async fn claim(db: &Db, owner: Uuid, now: Timestamp, most: i64) -> Result<Vec<Claimed>> {
    let sql = if db.is_postgres() { CLAIM_POSTGRES } else { CLAIM_SQLITE };
    let mut tx = db.write().await?;
    let claimed = crate::fetch_all!(tx, Claimed, sql, now.plus(LEASE), owner, now, most)?;
    tx.commit().await?;
    Ok(claimed)
}

/// Notes jobs done, all with one write to the disk.
pub(super) async fn finish(db: &Db, jobs: &[Uuid], owner: Uuid, now: Timestamp) -> Result<()> {
    if jobs.is_empty() {
        return Ok(());
    }
    let mut tx = db.write().await?;
    for job in jobs {
        finish_in(&mut tx, *job, owner, now).await?;
    }
    tx.commit().await
}

/// Notes a job done in the transaction that does it; false when another worker took it over meanwhile.
pub(super) async fn finish_in(tx: &mut Tx, job: Uuid, owner: Uuid, now: Timestamp) -> Result<bool> {
    Ok(crate::execute!(*tx, FINISH, job, owner, now)? == 1)
}

/// Puts a failed job back where it may be tried `again`, else sets it aside.
pub(super) async fn fail(
    db: &Db,
    (job, again): (&Claimed, bool),
    owner: Uuid,
    now: Timestamp,
    error: &str,
) -> Result<()> {
    let mut tx = db.write().await?;
    let error: String = error.chars().take(500).collect();
    if again {
        crate::execute!(tx, BACK_OFF, job.id, owner, now.plus(pause_after(job.attempts)), &error)?;
    } else {
        crate::execute!(tx, BURY, job.id, owner, now, &error)?;
    }
    tx.commit().await
}

pub(super) async fn set_aside_uncertain(db: &Db, job: Uuid, owner: Uuid, now: Timestamp) -> Result<()> {
    let mut tx = db.write().await?;
    crate::execute!(tx, BURY_UNCERTAIN, job, owner, now)?;
    tx.commit().await
}

/// Keeps a job that waited behind others of its round; false when another worker took it over meanwhile.
pub(super) async fn keep(db: &Db, job: Uuid, owner: Uuid, now: Timestamp) -> Result<bool> {
    let mut tx = db.write().await?;
    let kept = crate::execute!(tx, KEEP, job, owner, now.plus(LEASE))? == 1;
    tx.commit().await?;
    Ok(kept)
}

/// Puts back what is leased to `owner` and was not begun, so that the next worker need not wait for the lease to end.
pub(super) async fn give_back(db: &Db, owner: Uuid) -> Result<()> {
    let mut tx = db.write().await?;
    crate::execute!(tx, GIVE_BACK, owner)?;
    tx.commit().await
}

/// 2, 4, 8 … seconds, at most half an hour.
fn pause_after(attempts: i64) -> i64 {
    let doublings = u32::try_from(attempts.clamp(1, 20)).unwrap_or(20);
    (SECOND << doublings).min(LONGEST_PAUSE)
}

/// How much waits and how much was set aside.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn backlog(db: &mut impl Handle) -> Result<Backlog> {
    let (waiting, dead, oldest) = crate::fetch_one!(*db, (i64, i64, Option<Timestamp>), BACKLOG)?;
    Ok(Backlog { waiting, dead, oldest })
}

/// The newest 100 jobs that were set aside.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn list_dead(db: &mut impl Handle) -> Result<Vec<DeadJob>> {
    crate::fetch_all!(*db, DeadJob, LIST_DEAD)
}

/// Gives a set-aside job another round of attempts.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn retry_dead(db: &mut Tx, id: Uuid, now: Timestamp) -> Result<bool> {
    let released = crate::fetch_optional!(*db, (String,), RETRY, id, now)?;
    if let Some((payload,)) = &released {
        crate::notifications::sending::release(db, payload, now).await?;
    }
    Ok(released.is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_to_half_an_hour_and_reach_over_a_day() {
        assert_eq!(pause_after(1), 2 * SECOND);
        assert_eq!(pause_after(5), 32 * SECOND);
        assert_eq!(pause_after(10), 1024 * SECOND);
        assert_eq!(pause_after(11), LONGEST_PAUSE);
        assert_eq!(pause_after(i64::MAX), LONGEST_PAUSE);
        let tried_for: i64 = (1..MAX_ATTEMPTS).map(pause_after).sum();
        assert_eq!(tried_for, 2_046 * SECOND + 47 * LONGEST_PAUSE);
        assert_eq!(tried_for / MINUTE, 24 * 60 + 4);
    }
}
