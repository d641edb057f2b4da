//! Whom else to ask: listings of other vendors in the same category, those most like the one that was asked about first, and
//! among equals those that answer best.

use std::cmp::Reverse;
use std::collections::HashSet;

use uuid::Uuid;

use super::likeness::{Likeness, Traits};
use super::model::ThreadState;
use super::stats::{PublicFigures, ResponseStats};
use super::store::Thread;
use super::together;
use crate::catalog::browse::read_specs;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::Result;

/// Alternatives offered.
pub const MOST: usize = 3;

/// Visible listings of the category of the listing `$2`, beside what is compared of that: the eight newest of each other vendor: every vendor's newest before anybody's second, of
/// these those that answer best first. Vendors who rest today, companies the buyer works for, and those whom the buyer asked since, are left out.
pub const LIST: &str = concat!(
    "SELECT asked_title, asked_specs, id, vendor_id, slug, title_ko, title_en, specs, name_ko, name_en, region, asked, answered, answered_in_time, mean_micros FROM (\
    SELECT a.title_ko AS asked_title, a.specs AS asked_specs, l.id, l.vendor_id, l.slug, l.title_ko, l.title_en, l.specs, l.published_at, v.name_ko, v.name_en, v.region, \
    COALESCE(s.asked, 0) AS asked, COALESCE(s.answered, 0) AS answered, COALESCE(s.answered_in_time, 0) AS answered_in_time, s.mean_micros, \
    ROW_NUMBER() OVER (PARTITION BY v.id ORDER BY l.published_at DESC, l.id) AS place \
    FROM listings a CROSS JOIN listings l JOIN vendors v ON v.id = l.vendor_id LEFT JOIN vendor_response_stats s ON s.vendor_id = v.id \
    WHERE ",
    crate::visible_listings!(),
    " AND a.id = $2 AND l.category = a.category AND l.vendor_id <> $3 AND (v.holiday_until IS NULL OR v.holiday_until <= $1) \
    AND NOT EXISTS (SELECT 1 FROM threads t WHERE t.vendor_id = v.id AND t.buyer_id = $4 AND t.created_at >= $5) \
    AND NOT EXISTS (SELECT 1 FROM vendor_members m WHERE m.vendor_id = v.id AND m.user_id = $4) \
    AND NOT EXISTS (SELECT 1 FROM vendor_days_off d WHERE d.vendor_id = v.id AND d.ended_at IS NULL AND d.first_day <= $8 AND d.last_day >= $8) \
    AND NOT EXISTS (SELECT 1 FROM blocks k WHERE k.vendor_id = v.id AND k.buyer_id = $4 AND k.ended_at IS NULL) \
    ) newest WHERE place <= 8 ORDER BY place, CASE WHEN asked >= $6 THEN answered_in_time * 1000 / asked ELSE 0 END DESC, published_at DESC, id LIMIT $7"
);

/// Listings that are compared at most.
const COMPARED: i64 = 400;

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
    /// How much it is like what was asked about.
    pub likeness: Likeness,
}

impl Alternative {
    /// Whether it stands chosen before the buyer chooses: half of what was asked for is the same.
    pub const fn fits(&self) -> bool {
        self.likeness.score >= 500
    }
}

#[derive(sqlx::FromRow)]
struct Row {
    asked_title: String,
    asked_specs: String,
    id: Uuid,
    vendor_id: Uuid,
    slug: String,
    title_ko: String,
    title_en: String,
    specs: String,
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

/// Up to three listings like the one of a thread, each of another vendor.
pub(super) async fn for_thread(cx: &Cx, db: &mut impl Handle, thread: &Thread) -> Result<Vec<Alternative>> {
    // its form was there a moment before the first of its threads: whoever was asked with it is left out too
    let form = match thread.batch_id {
        Some(batch) => together::view::find(db, batch).await?,
        None => None,
    };
    let since = form.map_or(thread.created_at, |(_, at)| at.min(thread.created_at));
    let least = cx.settings().stats_min_threads;
    let today = crate::calendar::seoul_date(cx.now().0).to_string();
    let (vendor, buyer) = (thread.vendor_id, thread.buyer_id);
    let rows = crate::fetch_all!(
        *db,
        Row,
        LIST,
        cx.now(),
        thread.listing_id,
        vendor,
        buyer,
        since,
        least.max(1),
        COMPARED,
        &today
    )?;
    Ok(most_alike(rows, least))
}

/// The most alike of each vendor, and of these the first three; among equals those that answer best, then as rows come.
fn most_alike(rows: Vec<Row>, least: i64) -> Vec<Alternative> {
    let Some(first) = rows.first() else { return Vec::new() };
    let asked = Traits::new(&first.asked_title, &read_specs(&first.asked_specs));
    let compared = rows.into_iter().map(|row| {
        let likeness = asked.likeness(&Traits::new(&row.title_ko, &read_specs(&row.specs)));
        (row, likeness)
    });
    let mut compared: Vec<_> = compared.collect();
    let record =
        |row: &Row| if row.asked >= least.max(1) { row.answered_in_time * 1000 / row.asked } else { 0 };
    compared.sort_by_key(|(row, likeness)| Reverse((likeness.score, record(row))));
    let mut seen = HashSet::new();
    compared.retain(|(row, _)| seen.insert(row.vendor_id));
    compared.into_iter().take(MOST).map(|(row, likeness)| alternative(row, likeness, least)).collect()
}

fn alternative(row: Row, likeness: Likeness, least: i64) -> Alternative {
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
        likeness,
    }
}
