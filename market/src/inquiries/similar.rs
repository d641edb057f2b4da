//! Whom else to ask: listings of other vendors in the same category, those that answer best first.

use uuid::Uuid;

use super::model::ThreadState;
use super::stats::{PublicFigures, ResponseStats};
use super::store::Thread;
use super::together;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::Result;

/// Alternatives offered.
pub const MOST: usize = 3;

/// The newest visible listing of a category by each other vendor: those with a response record first, best first, then the
/// newest. Vendors who rest today, companies the buyer works for, and those whom the buyer asked since, are left out.
pub const LIST: &str = concat!(
    "SELECT id, slug, title_ko, title_en, name_ko, name_en, region, asked, answered, answered_in_time, mean_micros FROM (\
    SELECT l.id, l.slug, l.title_ko, l.title_en, l.published_at, v.name_ko, v.name_en, v.region, \
    COALESCE(s.asked, 0) AS asked, COALESCE(s.answered, 0) AS answered, COALESCE(s.answered_in_time, 0) AS answered_in_time, s.mean_micros, \
    ROW_NUMBER() OVER (PARTITION BY v.id ORDER BY l.published_at DESC, l.id) AS place \
    FROM listings l JOIN vendors v ON v.id = l.vendor_id LEFT JOIN vendor_response_stats s ON s.vendor_id = v.id \
    WHERE ",
    crate::visible_listings!(),
    " AND l.category = $2 AND l.vendor_id <> $3 AND (v.holiday_until IS NULL OR v.holiday_until <= $1) \
    AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.vendor_id = v.id AND t.buyer_id = $4 AND t.created_at >= $5) \
    AND NOT EXISTS (SELECT 1 FROM vendor_members m WHERE m.vendor_id = v.id AND m.user_id = $4) \
    AND NOT EXISTS (SELECT 1 FROM vendor_days_off d WHERE d.vendor_id = v.id AND d.ended_at IS NULL AND d.first_day <= $8 AND d.last_day >= $8) \
    AND NOT EXISTS (SELECT 1 FROM blocks k WHERE k.vendor_id = v.id AND k.buyer_id = $4 AND k.ended_at IS NULL) \
    ) each_once WHERE place = 1 ORDER BY CASE WHEN asked >= $6 THEN answered_in_time * 1000 / asked ELSE 0 END DESC, published_at DESC, id LIMIT $7"
);

/// A listing of another vendor.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Identity.
    pub id: Uuid,
    /// Address.
    pub slug: String,
    /// Korean title.
    pub title_ko: String,
    /// English title.
    pub title_en: String,
    /// Korean name of the vendor.
    pub name_ko: String,
    /// English name of the vendor.
    pub name_en: String,
    /// Region code of the vendor.
    pub region: String,
    /// How the vendor answers, where that may be shown.
    pub figures: Option<PublicFigures>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    slug: String,
    title_ko: String,
    title_en: String,
    name_ko: String,
    name_en: String,
    region: String,
    asked: i64,
    answered: i64,
    answered_in_time: i64,
    mean_micros: Option<i64>,
}

/// Whether the buyer of a thread in this state is shown others.
pub(super) const fn is_offered(state: ThreadState) -> bool {
    matches!(state, ThreadState::Expired | ThreadState::VendorDeclined)
}

pub(super) async fn for_thread(
    cx: &Cx,
    db: &mut impl Handle,
    thread: &Thread,
    category: &str,
) -> Result<Vec<Alternative>> {
    // its form was there a moment before the first of its threads: whoever was asked with it is left out too
    let form = match thread.batch_id {
        Some(batch) => together::view::find(db, batch).await?,
        None => None,
    };
    let since = form.map_or(thread.created_at, |(_, at)| at.min(thread.created_at));
    similar_listings(cx, db, category, (thread.vendor_id, thread.buyer_id, since)).await
}

/// Up to three listings of `category`, each of another vendor. `not` is the vendor left out, the buyer, and
/// the moment since which vendors this buyer has asked are left out too.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn similar_listings(
    cx: &Cx,
    db: &mut impl Handle,
    category: &str,
    not: (Uuid, Uuid, crate::Timestamp),
) -> Result<Vec<Alternative>> {
    let least = cx.settings().stats_min_threads;
    let (least_of, most) = (least.max(1), i64::try_from(MOST).unwrap_or(i64::MAX));
    let today = crate::calendar::seoul_date(cx.now().0).to_string();
    let rows =
        crate::fetch_all!(*db, Row, LIST, cx.now(), category, not.0, not.1, not.2, least_of, most, &today)?;
    let chosen = rows.into_iter().map(|row| {
        let stats = ResponseStats {
            asked: row.asked,
            answered: row.answered,
            answered_in_time: row.answered_in_time,
            mean_micros: row.mean_micros,
        };
        Alternative {
            id: row.id,
            slug: row.slug,
            title_ko: row.title_ko,
            title_en: row.title_en,
            name_ko: row.name_ko,
            name_en: row.name_en,
            region: row.region,
            figures: stats.shown(least),
        }
    });
    Ok(chosen.collect())
}
