//! Moments in time: microseconds since 1970 UTC.
//!
//! One integer sorts and compares the same in both databases and in memory; calendar questions
//! (days, business hours) are asked of `crate::calendar`.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

/// A moment, in microseconds since 1970-01-01T00:00:00Z.
#[expect(clippy::unsafe_derive_deserialize, reason = "no invariant: any number is a moment")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "backend", derive(sqlx::Type), sqlx(transparent))]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Microseconds in one second.
pub const SECOND: i64 = 1_000_000;
/// Microseconds in one minute.
pub const MINUTE: i64 = 60 * SECOND;
/// Microseconds in one hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Microseconds in one day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

impl Timestamp {
    /// The moment `micros` microseconds later (earlier when negative).
    #[must_use]
    pub const fn plus(self, micros: i64) -> Self {
        Self(self.0.saturating_add(micros))
    }

    /// Microseconds from `earlier` to this moment; negative when it lies ahead.
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// The same moment as a calendar value in UTC.
    pub fn to_utc(self) -> OffsetDateTime {
        OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000)
            .unwrap_or(OffsetDateTime::UNIX_EPOCH)
    }

    /// The same moment on the clock of Seoul (UTC+9, no daylight saving time).
    pub fn to_seoul(self) -> OffsetDateTime {
        self.to_utc().to_offset(time::macros::offset!(+9))
    }

    /// The moment of a calendar value; sub-microseconds are cut.
    pub fn from_calendar(at: OffsetDateTime) -> Self {
        Self(i64::try_from(at.unix_timestamp_nanos() / 1_000).unwrap_or(i64::MAX))
    }

    /// Whole seconds since 1970, for HTTP dates and cookies.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(SECOND)
    }
}
