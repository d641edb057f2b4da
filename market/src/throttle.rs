//! Limits: fixed windows counted in the database, so that every process counts together.
//!
//! A limit is keyed on its target as well as on its sender; each key is a bucket of its own.

use crate::db::Handle;
use crate::error::{Error, Result};
use crate::time::{SECOND, Timestamp};

/// Limits counted by one statement.
const AT_ONCE: usize = 6;
/// Counts one more hit of each bucket that is named and tells the totals of their windows; empty names fill the rest.
pub const HIT: &str = "INSERT INTO throttle_windows (bucket, window_start, hits) SELECT b, s, 1 FROM (\
    SELECT CAST($1 AS TEXT) AS b, CAST($2 AS BIGINT) AS s UNION ALL SELECT CAST($3 AS TEXT), CAST($4 AS BIGINT) \
    UNION ALL SELECT CAST($5 AS TEXT), CAST($6 AS BIGINT) UNION ALL SELECT CAST($7 AS TEXT), CAST($8 AS BIGINT) \
    UNION ALL SELECT CAST($9 AS TEXT), CAST($10 AS BIGINT) UNION ALL SELECT CAST($11 AS TEXT), CAST($12 AS BIGINT)) named WHERE b <> '' \
    ON CONFLICT (bucket, window_start) DO UPDATE SET hits = throttle_windows.hits + 1 RETURNING bucket, hits";
/// Takes one hit back.
pub const GIVE_BACK: &str =
    "UPDATE throttle_windows SET hits = hits - 1 WHERE bucket = $1 AND window_start = $2 AND hits > 0";
/// Forgets every window of a bucket.
pub const FORGIVE: &str = "DELETE FROM throttle_windows WHERE bucket = $1";
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
    let mut rest = limits;
    while !rest.is_empty() {
        let (some, others) = rest.split_at(distinct(rest));
        hit_some(db, now, some).await?;
        rest = others;
    }
    Ok(())
}

/// How many of the first limits one statement can count: it names no window twice.
fn distinct(limits: &[Limit]) -> usize {
    let again = |n: &usize| limits[..*n].iter().any(|earlier| earlier.bucket == limits[*n].bucket);
    let most = limits.len().min(AT_ONCE);
    (1..most).find(again).unwrap_or(most)
}

async fn hit_some(db: &mut impl Handle, now: Timestamp, limits: &[Limit]) -> Result<()> {
    let at = |n: usize| limits.get(n).map_or(("", now), |limit| (&*limit.bucket, window_start(limit, now)));
    let [first, second, third, fourth, fifth, sixth] = std::array::from_fn(at);
    let totals = crate::fetch_all!(
        *db,
        (String, i64),
        HIT,
        first.0,
        first.1,
        second.0,
        second.1,
        third.0,
        third.1,
        fourth.0,
        fourth.1,
        fifth.0,
        fifth.1,
        sixth.0,
        sixth.1
    )?;
    for limit in limits {
        let hits = totals.iter().find(|(bucket, _)| *bucket == limit.bucket).map_or(0, |total| total.1);
        if hits > i64::from(limit.max) {
            let left = window_start(limit, now).plus(limit.window).since(now) / SECOND;
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

/// Forgets what was counted on a limit: whoever it protects has shown who they are.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn forgive(db: &mut impl Handle, limit: &Limit) -> Result<()> {
    crate::execute!(*db, FORGIVE, &limit.bucket).map(|_| ())
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

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::both_databases;
    use crate::db::Db;
    use crate::error::ErrorKind;
    use crate::time::HOUR;

    const TOTAL: &str = "SELECT CAST(SUM(hits) AS BIGINT) FROM throttle_windows WHERE bucket = $1";

    fn limit(bucket: &str, max: u32) -> Limit {
        Limit { bucket: bucket.to_owned(), max, window: HOUR }
    }

    both_databases!(many_limits_are_counted_at_once, |db: Db| async move {
        let mut tx = db.write().await.unwrap();
        // more than one statement takes, and one of them twice
        let mut all: Vec<Limit> = (0..8).map(|n| limit(&format!("many:{n}"), 2)).collect();
        all.push(limit("many:0", 9));
        let now = Timestamp(7 * HOUR);
        hit(&mut tx, now, &all).await.unwrap();
        let mut counted = Vec::new();
        for bucket in ["many:0", "many:5", "many:7"] {
            counted.push(crate::fetch_one!(tx, (i64,), TOTAL, bucket).unwrap().0);
        }
        assert_eq!(counted, [2, 1, 1]);
        let refused = hit(&mut tx, now, &all).await.unwrap_err();
        assert!(matches!(&refused.kind, ErrorKind::TooMany { .. }), "{refused:?}");
        hit(&mut tx, now.plus(HOUR), &all).await.unwrap();
    });

    both_databases!(the_first_limit_that_is_full_is_named, |db: Db| async move {
        let mut tx = db.write().await.unwrap();
        let all = [limit("some:roomy", 5), limit("some:tight", 0), limit("some:tighter", 0)];
        let refused = hit(&mut tx, Timestamp(7 * HOUR), &all).await.unwrap_err();
        assert_eq!(refused.limit(), Some("some:tight"));
    });
}
