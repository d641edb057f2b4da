//! What a vendor may know of a buyer before answering: counts of the last 24 months, no score.

use uuid::Uuid;

use crate::db::Handle;
use crate::error::Result;
use crate::time::{DAY, Timestamp};

/// How far it looks back.
const WINDOW: i64 = 730 * DAY;

/// Threads asked; those whose vendor answered; of these, those the buyer answered back or decided on; quotes taken.
pub const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS asked, \
    CAST(COALESCE(SUM(CASE WHEN first_answered_at IS NOT NULL AND state <> 'vendor_declined' THEN 1 ELSE 0 END), 0) AS BIGINT) AS answered, \
    CAST(COALESCE(SUM(CASE WHEN first_answered_at IS NOT NULL AND state <> 'vendor_declined' AND buyer_last_seq > 1 THEN 1 ELSE 0 END), 0) AS BIGINT) AS answered_back, \
    CAST(COALESCE(SUM(CASE WHEN state = 'accepted' THEN 1 ELSE 0 END), 0) AS BIGINT) AS awarded \
    FROM threads WHERE buyer_id = $1 AND created_at > $2 AND withheld_at IS NULL";

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

pub(super) async fn of_buyer(db: &mut impl Handle, buyer: Uuid, now: Timestamp) -> Result<BuyerRecord> {
    crate::fetch_one!(*db, BuyerRecord, COUNT, buyer, now.plus(-WINDOW))
}
