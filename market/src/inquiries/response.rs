//! The response figures in the database: recomputed when a thread changes and every night.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::stats::{self, ResponseStats, ThreadClock};
use crate::catalog::browse::AnswerRecord;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::outbox::Change;
use crate::time::{DAY, Timestamp};

/// What counts of a vendor's threads; one it began itself by answering a public request does not, nor what it never got
/// or what was spam.
pub const CLOCKS: &str = "SELECT t.buyer_id, t.created_at, COALESCE(t.delivered_at, t.created_at), t.first_answered_at, t.closed_at FROM threads t \
    WHERE t.vendor_id = $1 AND t.created_at > $2 AND t.withheld_at IS NULL AND t.uncounted_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM rfqs r WHERE r.id = t.batch_id)";
/// Keeps the figures.
pub const KEEP: &str = "INSERT INTO vendor_response_stats (vendor_id, asked, answered, answered_in_time, mean_micros, computed_at) \
    VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (vendor_id) DO UPDATE SET asked = excluded.asked, answered = excluded.answered, \
    answered_in_time = excluded.answered_in_time, mean_micros = excluded.mean_micros, computed_at = excluded.computed_at";
/// The figures of one vendor.
pub const FIND: &str =
    "SELECT asked, answered, answered_in_time, mean_micros FROM vendor_response_stats WHERE vendor_id = $1";
/// Vendors whose figures may have moved: with threads in the window, or with figures left from before it.
pub const VENDORS: &str = "SELECT DISTINCT vendor_id FROM threads WHERE created_at > $1 \
    UNION SELECT vendor_id FROM vendor_response_stats WHERE asked > 0";

type Clock = (Uuid, Timestamp, Timestamp, Option<Timestamp>, Option<Timestamp>);

/// The figures of a vendor as kept; all zero before the first computation.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn response_stats(db: &mut impl Handle, vendor_id: Uuid) -> Result<ResponseStats> {
    let row = crate::fetch_optional!(*db, (i64, i64, i64, Option<i64>), FIND, vendor_id)?;
    Ok(row.map_or_else(ResponseStats::default, |(asked, answered, answered_in_time, mean_micros)| {
        ResponseStats { asked, answered, answered_in_time, mean_micros }
    }))
}

/// Computes a vendor's figures from its threads and keeps them.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn recompute(cx: &Cx, tx: &mut Tx, vendor_id: Uuid) -> Result<ResponseStats> {
    let now = cx.now();
    let rows = crate::fetch_all!(*tx, Clock, CLOCKS, vendor_id, now.plus(-stats::WINDOW - DAY))?;
    let clocks: Vec<ThreadClock> = rows
        .into_iter()
        .map(|(buyer, asked_at, delivered_at, answered_at, closed_at)| ThreadClock {
            buyer,
            asked_at,
            delivered_at,
            answered_at,
            closed_at,
        })
        .collect();
    let since = crate::calendar::seoul_date(now.plus(-stats::WINDOW).0);
    let off = crate::vendors::days_off::of_vendor(tx, vendor_id, since).await?;
    let stats =
        stats::compute_except(&clocks, now, &|date, asked| off.iter().any(|days| days.holds(date, asked)));
    let before = crate::fetch_optional!(*tx, (i64, i64), crate::catalog::store::RESPONSE_RECORD, vendor_id)?;
    crate::execute!(
        *tx,
        KEEP,
        vendor_id,
        stats.asked,
        stats.answered,
        stats.answered_in_time,
        stats.mean_micros,
        now
    )?;
    if indexed(cx, before.unwrap_or_default()) != indexed(cx, (stats.asked, stats.answered_in_time)) {
        crate::catalog::changes::note_vendor(cx, tx, vendor_id).await?;
    }
    Ok(stats)
}

/// What the search index carries of a vendor's figures.
fn indexed(cx: &Cx, (asked, answered_in_time): (i64, i64)) -> u32 {
    AnswerRecord { asked, answered_in_time, mean_micros: None }.permille(cx.settings().stats_min_threads)
}

/// Computes everybody's figures; run every night.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn recompute_all(cx: &Cx) -> Result<usize> {
    let vendors = {
        let mut db = cx.read().await?;
        crate::fetch_all!(db, (Uuid,), VENDORS, cx.now().plus(-stats::WINDOW))?
    };
    for (vendor_id,) in &vendors {
        let mut tx = cx.write().await?;
        recompute(cx, &mut tx, *vendor_id).await?;
        tx.commit().await?;
    }
    Ok(vendors.len())
}

/// Computes one vendor's figures after a thread of it changed.
#[derive(Debug, Serialize, Deserialize)]
pub struct RecomputeResponse {
    /// The vendor.
    pub vendor_id: Uuid,
}

impl Change for RecomputeResponse {
    const TOPIC: &'static str = "inquiries.recompute_response";

    async fn run_in(self, cx: &Cx, tx: &mut Tx) -> Result<()> {
        recompute(cx, tx, self.vendor_id).await.map(drop)
    }
}
