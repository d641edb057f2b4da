//! What a vendor may know of a buyer before answering: counts of the last 24 months, no score.

use crate::time::{DAY, Timestamp};

/// How far it looks back.
const WINDOW: i64 = 730 * DAY;

/// Whether a vendor answered a thread of this table with more than a no, also when its buyer asked others after that no.
macro_rules! answered {
    ($table:literal) => {
        concat!(
            $table,
            ".first_answered_at IS NOT NULL AND ",
            $table,
            ".state <> 'vendor_declined' AND NOT (",
            $table,
            ".state = 'rerouted' AND ",
            $table,
            ".decline_reason IS NOT NULL)"
        )
    };
}
pub(crate) use answered;

/// Threads asked; those whose vendor answered; of these, those the buyer answered back or decided on; quotes taken. Counted over
/// the rows of `o`, threads of one buyer that were handed over.
macro_rules! counts {
    () => {
        concat!(
            "CAST(COUNT(o.id) AS BIGINT) AS asked, CAST(COALESCE(SUM(CASE WHEN ",
            $crate::inquiries::reputation::answered!("o"),
            " THEN 1 ELSE 0 END), 0) AS BIGINT) AS answered, CAST(COALESCE(SUM(CASE WHEN ",
            $crate::inquiries::reputation::answered!("o"),
            // asking others after one's own silence is no answer to this vendor
            " AND o.buyer_last_seq > 1 AND (o.state <> 'rerouted' OR o.overdue_at IS NOT NULL) THEN 1 ELSE 0 END), 0) AS BIGINT) AS answered_back, \
            CAST(COALESCE(SUM(CASE WHEN o.state = 'accepted' THEN 1 ELSE 0 END), 0) AS BIGINT) AS awarded"
        )
    };
}
pub(super) use counts;

/// Counts of one buyer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct BuyerRecord {
    /// Threads asked.
    pub asked: i64,
    /// Of these, answered by the vendor with more than a no.
    pub answered: i64,
    /// Of these, answered back or decided by the buyer.
    pub answered_back: i64,
    /// Quotes taken.
    pub awarded: i64,
}

/// The moment from which on threads count.
pub(super) fn since(now: Timestamp) -> Timestamp {
    now.plus(-WINDOW)
}
