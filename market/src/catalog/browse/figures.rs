//! Public figures of the market, computed from its own data or absent.

use super::card::number;
use super::packed;
use crate::calendar;
use crate::cx::Cx;
use crate::error::{ErrorKind, Result};
use crate::time::{DAY, Timestamp};

/// Answers that the median is taken over.
const ANSWERS: i64 = 5_000;
/// How far the figures look back.
const WINDOW: i64 = 90 * DAY;

/// Sums over the public clocks of all vendors, one text (see `packed`).
pub const PULSE: &str = "SELECT concat_ws('\u{1f}', COALESCE(SUM(s.asked), 0), COALESCE(SUM(s.answered), 0), \
    COALESCE(SUM(s.mean_micros / 1000000 * s.answered), 0), \
    COALESCE(SUM(CASE WHEN s.mean_micros IS NULL THEN 0 ELSE s.answered END), 0)) FROM vendor_response_stats s";

/// Visible listings, vendors, companies with a visible listing; counted in an index alone (`CROSS JOIN` keeps the planner
/// from going through the vendors, the `+ 0` from the index by expiry: each listing would be read, 5 s of a million).
pub const SITE_COUNTS: &str = concat!(
    "SELECT CAST(COUNT(*) AS BIGINT), CAST(COUNT(DISTINCT n.vendor_id) AS BIGINT), \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM vendors a WHERE ",
    crate::visible_vendors!("a"),
    "), \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM listings h WHERE h.state = 'hidden') \
     FROM listings n CROSS JOIN vendors w WHERE w.id = n.vendor_id AND n.state = 'published' AND n.free_until + 0 > $1 AND ",
    crate::visible_vendors!("w")
);

/// When the last inquiries were asked and first answered.
pub const RECENT_ANSWERS: &str = "SELECT t.created_at, t.first_answered_at FROM threads t WHERE t.created_at > $1 AND t.withheld_at IS NULL AND t.uncounted_at IS NULL ORDER BY t.created_at DESC LIMIT $2";

/// How many wait in each queue, and since when the oldest.
pub const PUBLIC_QUEUES: &str = "SELECT 'listings', CAST(COUNT(*) AS BIGINT), MIN(l.submitted_at) FROM listings l WHERE l.state = 'in_review' \
    UNION ALL SELECT 'vendors', CAST(COUNT(*) AS BIGINT), MIN(v.submitted_at) FROM vendors v WHERE v.state = 'in_review' \
    UNION ALL SELECT 'revisions', CAST(COUNT(*) AS BIGINT), MIN(r.created_at) FROM listing_revisions r WHERE r.state = 'pending' \
    UNION ALL SELECT 'threads', CAST(COUNT(*) AS BIGINT), MIN(t.created_at) FROM threads t WHERE t.state = 'waiting_vendor' \
    UNION ALL SELECT 'held', CAST(COUNT(*) AS BIGINT), MIN(h.written_at) FROM held_items h WHERE h.state = 'waiting' \
    UNION ALL SELECT 'reports', CAST(COUNT(*) AS BIGINT), MIN(p.created_at) FROM reports p WHERE p.state = 'open'";

/// Inquiries and their answers, over all vendors. What counts is what counts for one vendor: an inquiry that was answered
/// or had its time (`inquiries::stats`). Every page that names a share takes it from here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// Inquiries of the last 90 days that count.
    pub asked: i64,
    /// Of these, answered.
    pub answered: i64,
}

impl Answers {
    /// Share answered, in whole percent, rounded down.
    pub fn percent(self) -> i64 {
        self.answered * 100 / self.asked.max(1)
    }
}

/// How the market answers, for the home page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pulse {
    /// Inquiries and their answers.
    pub answers: Answers,
    /// Mean time to the first answer of the fastest 80 %, over all vendors.
    pub mean_micros: Option<i64>,
}

/// Everything on the page of public figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Listings that can be seen.
    pub listings: i64,
    /// Vendors with such a listing.
    pub listing_vendors: i64,
    /// Approved vendors.
    pub vendors: i64,
    /// Listings taken down by the federation.
    pub hidden: i64,
    /// Inquiries and their answers.
    pub answers: Answers,
    /// Median time to the first answer on the response clock.
    pub median_micros: Option<i64>,
    /// Name of a queue, how many wait, since when the oldest.
    pub queues: Vec<(String, i64, Option<Timestamp>)>,
}

/// The short figures of the home page.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn pulse(cx: &Cx) -> Result<Pulse> {
    let text = cx.market.db().read_text(PULSE, &[]).await?;
    let sums: [&str; 4] = text.as_deref().and_then(packed::fields).ok_or(ErrorKind::Internal)?;
    let [asked, answered, seconds, timed] = sums.map(|sum| number(sum).unwrap_or(0));
    let mean_micros = (timed > 0).then(|| seconds / timed * crate::time::SECOND);
    Ok(Pulse { answers: Answers { asked, answered }, mean_micros })
}

/// All public figures.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn figures(cx: &Cx) -> Result<Figures> {
    let now = cx.now();
    let mut db = cx.read().await?;
    let (listings, listing_vendors, vendors, hidden) =
        crate::fetch_one!(db, (i64, i64, i64, i64), SITE_COUNTS, now)?;
    let times =
        crate::fetch_all!(db, (Timestamp, Option<Timestamp>), RECENT_ANSWERS, now.plus(-WINDOW), ANSWERS)?;
    let answers = pulse(cx).await?.answers;
    let queues = crate::fetch_all!(db, (String, i64, Option<Timestamp>), PUBLIC_QUEUES)?;
    let mut taken: Vec<i64> = times
        .iter()
        .filter_map(|(asked, answered)| {
            answered.map(|answered| calendar::response_clock_micros(asked.0, answered.0))
        })
        .collect();
    taken.sort_unstable();
    Ok(Figures {
        listings,
        listing_vendors,
        vendors,
        hidden,
        answers,
        median_micros: taken.get(taken.len() / 2).copied(),
        queues,
    })
}
