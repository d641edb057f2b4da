//! Addresses for search engines: every visible listing and vendor with the time of its last change.

use crate::cx::Cx;
use crate::error::Result;
use crate::time::Timestamp;

/// Addresses in one file of a sitemap; the protocol allows 50,000, each stands there in two languages.
pub const PER_MAP: i64 = 10_000;

/// Slug and last change.
pub type MapEntry = (String, Timestamp);

/// Visible listings.
pub const LISTING_ADDRESSES: &str = concat!(
    "SELECT l.slug, l.updated_at FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE ",
    crate::visible_listings!(),
    " ORDER BY l.id LIMIT $2 OFFSET $3"
);

/// Vendors that have a page.
pub const VENDOR_ADDRESSES: &str = concat!(
    "SELECT v.slug, v.updated_at FROM vendors v WHERE ",
    crate::visible_vendors!("v"),
    " ORDER BY v.id LIMIT $1 OFFSET $2"
);

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
