//! Limits: fixed windows counted in the database, so that every process counts together.
//!
//! A limit is keyed on its target as well as on its sender; each key is a bucket of its own.

use crate::db::Handle;
use crate::error::{Error, Result};
use crate::time::{SECOND, Timestamp};

/// Counts one more hit and tells the total of its window.
pub const HIT: &str = "INSERT INTO throttle_windows (bucket, window_start, hits) VALUES ($1, $2, 1) \
    ON CONFLICT (bucket, window_start) DO UPDATE SET hits = throttle_windows.hits + 1 RETURNING hits";
/// Takes one hit back.
pub const GIVE_BACK: &str =
    "UPDATE throttle_windows SET hits = hits - 1 WHERE bucket = $1 AND window_start = $2 AND hits > 0";
/// Forgets windows that ended before a moment.
pub const PURGE: &str = "DELETE FROM throttle_windows WHERE window_start < $1";

/// One limit: at most `max` hits of `bucket` in a window of `window` microseconds.
#[derive(Clone, Debug)]
pub struct Limit {
    /// What is counted, e.g. `thread:sender:<id>`. Never an address of a person in clear.
    pub bucket: String,
    /// Allowed hits per window.
    pub max: u32,
    /// Length of the window in microseconds.
    pub window: i64,
}

impl Limit {
    /// What it limits: the first two words of its bucket, without whose it is.
    fn name(&self) -> String {
        self.bucket.split(':').take(2).collect::<Vec<_>>().join(":")
    }
}

/// Counts one hit on every limit.
///
/// # Errors
/// `TooMany` with the seconds until the window of the first exceeded limit ends.
pub async fn hit(db: &mut impl Handle, now: Timestamp, limits: &[Limit]) -> Result<()> {
    for limit in limits {
        let start = window_start(limit, now);
        let (hits,): (i64,) = crate::fetch_one!(*db, (i64,), HIT, &limit.bucket, start)?;
        if hits > i64::from(limit.max) {
            let left = start.plus(limit.window).since(now) / SECOND;
            return Err(Error::too_often(limit.name(), u64::try_from(left).unwrap_or(0) + 1));
        }
    }
    Ok(())
}

/// Takes the hit of this window back on every limit: what was tried turned out to be allowed.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn give_back(db: &mut impl Handle, now: Timestamp, limits: &[Limit]) -> Result<()> {
    for limit in limits {
        crate::execute!(*db, GIVE_BACK, &limit.bucket, window_start(limit, now))?;
    }
    Ok(())
}

fn window_start(limit: &Limit, now: Timestamp) -> Timestamp {
    Timestamp(now.0 - now.0.rem_euclid(limit.window))
}

/// Forgets windows older than `before`; run by the nightly clean-up.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn purge(db: &mut impl Handle, before: Timestamp) -> Result<u64> {
    crate::execute!(*db, PURGE, before)
}
