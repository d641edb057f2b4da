//! Addresses for search engines: every visible listing and vendor with the time of its last change.

use crate::cx::Cx;
use crate::error::Result;
use crate::time::Timestamp;

/// Addresses in one file of a sitemap; the protocol allows 50,000, each stands there in two languages.
pub const PER_MAP: i64 = 10_000;

/// Slug and last change.
pub type MapEntry = (String, Timestamp);

/// Visible listings among the published ones of one file. The file is a stretch of an index, walked without reading any
/// listing before it; those of it that may not be seen are left out afterwards, so a file may hold fewer than it could.
pub const LISTING_ADDRESSES: &str = concat!(
    "SELECT l.slug, l.updated_at FROM (SELECT n.id FROM listings n WHERE n.state = 'published' \
     ORDER BY n.published_at, n.id LIMIT $2 OFFSET $3) q CROSS JOIN listings l JOIN vendors v ON v.id = l.vendor_id WHERE l.id = q.id AND ",
    crate::visible_listings!(),
    " ORDER BY l.published_at, l.id"
);

/// Published listings, and vendors that have a page.
pub const ADDRESS_COUNTS: &str = concat!(
    "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM listings n WHERE n.state = 'published'), \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM vendors v WHERE ",
    crate::visible_vendors!("v"),
    ")"
);

/// Vendors that have a page.
pub const VENDOR_ADDRESSES: &str = concat!(
    "SELECT v.slug, v.updated_at FROM vendors v WHERE ",
    crate::visible_vendors!("v"),
    " ORDER BY v.id LIMIT $1 OFFSET $2"
);

/// How many files of listings and of vendors there are, one at least.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn address_files(cx: &Cx) -> Result<(i64, i64)> {
    let mut db = cx.read().await?;
    let (listings, vendors) = crate::fetch_one!(db, (i64, i64), ADDRESS_COUNTS)?;
    let files = |count: i64| (count.max(1) + PER_MAP - 1) / PER_MAP;
    Ok((files(listings), files(vendors)))
}

/// The listings of file `number` (from 1).
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn listing_addresses(cx: &Cx, number: i64) -> Result<Vec<MapEntry>> {
    let mut db = cx.read().await?;
    crate::fetch_all!(db, MapEntry, LISTING_ADDRESSES, cx.now(), PER_MAP, skipped(number))
}

/// The vendors of file `number` (from 1).
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn vendor_addresses(cx: &Cx, number: i64) -> Result<Vec<MapEntry>> {
    let mut db = cx.read().await?;
    crate::fetch_all!(db, MapEntry, VENDOR_ADDRESSES, PER_MAP, skipped(number))
}

fn skipped(number: i64) -> i64 {
    number.saturating_sub(1).clamp(0, 1_000_000).saturating_mul(PER_MAP)
}
