//! A company's own listings as its people see them: the list and the counts per state.

use uuid::Uuid;

use super::model::ListingSummary;
use super::states::ListingState;
use super::store::state;
use crate::db::Handle;
use crate::error::Result;
use crate::time::Timestamp;

/// How many listings of a company stand in each state.
pub const COUNT_BY_STATE: &str =
    "SELECT state, CAST(COUNT(*) AS BIGINT) FROM listings WHERE vendor_id = $1 GROUP BY state";
/// A page of a company's listings, the last touched first.
pub const LIST_OF_VENDOR: &str = "SELECT l.id, l.slug, l.state, l.state_reason, l.category, l.title_ko, l.title_en, l.updated_at, l.free_until, \
    EXISTS (SELECT 1 FROM listing_revisions r WHERE r.listing_id = l.id AND r.state = 'pending') AS revision_pending, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.listing_id = l.id AND t.withheld_at IS NULL) AS threads, \
    (SELECT m.hash FROM listing_images i JOIN media m ON m.id = i.media_id WHERE i.listing_id = l.id ORDER BY i.position LIMIT 1) AS image \
    FROM listings l WHERE l.vendor_id = $1 AND (CAST($2 AS TEXT) IS NULL OR l.state = $2) ORDER BY l.updated_at DESC, l.id DESC LIMIT $3 OFFSET $4";

#[derive(sqlx::FromRow)]
struct SummaryRow {
    id: Uuid,
    slug: String,
    state: String,
    state_reason: Option<String>,
    category: String,
    title_ko: String,
    title_en: String,
    updated_at: Timestamp,
    free_until: Option<Timestamp>,
    revision_pending: bool,
    threads: i64,
    image: Option<String>,
}

/// A page of a company's listings; `in_state` narrows it.
pub async fn list_of_vendor(
    db: &mut impl Handle,
    vendor_id: Uuid,
    in_state: Option<ListingState>,
    limit: i64,
    offset: i64,
) -> Result<Vec<ListingSummary>> {
    let rows = crate::fetch_all!(
        *db,
        SummaryRow,
        LIST_OF_VENDOR,
        vendor_id,
        in_state.map(ListingState::code),
        limit,
        offset
    )?;
    rows.into_iter().map(summary).collect()
}

fn summary(row: SummaryRow) -> Result<ListingSummary> {
    Ok(ListingSummary {
        id: row.id,
        slug: row.slug,
        state: state(&row.state)?,
        state_reason: row.state_reason,
        category: row.category,
        title_ko: row.title_ko,
        title_en: row.title_en,
        updated_at: row.updated_at,
        free_until: row.free_until,
        revision_pending: row.revision_pending,
        threads: row.threads,
        image: row.image,
    })
}

/// How many listings of a company stand in each state.
pub async fn count_by_state(db: &mut impl Handle, vendor_id: Uuid) -> Result<Vec<(ListingState, i64)>> {
    let rows = crate::fetch_all!(*db, (String, i64), COUNT_BY_STATE, vendor_id)?;
    rows.into_iter().map(|(code, count)| Ok((state(&code)?, count))).collect()
}
