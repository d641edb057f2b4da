//! Lists of the home page and counts of the directory.

use super::card::{Card, cards, day, number};
use super::packed;
use crate::cx::Cx;
use crate::error::Result;

/// The newest listings: a window that was renewed makes nothing new. They are chosen along the index by time before anything else of them is read; the `+ 0` keeps
/// the planner from collecting all that have not ended by that index instead, and sorting them; `CROSS JOIN` from
/// reading all published ones to look each up among the chosen (8 ms instead of 0.24 ms).
pub const NEWEST: &str = concat!(
    crate::select_cards!("l.first_published_at DESC, l.id DESC"),
    " FROM (SELECT n.id FROM listings n WHERE n.state = 'published' AND n.free_until + 0 > $1 AND EXISTS (SELECT 1 FROM vendors w \
     WHERE w.id = n.vendor_id AND ",
    crate::visible_vendors!("w"),
    ") ORDER BY n.first_published_at DESC, n.id DESC LIMIT $3 OFFSET $4) q CROSS JOIN listings l",
    crate::card_tables!(),
    " WHERE l.id = q.id AND ",
    crate::visible_listings!()
);

/// One listing each of the vendors that answer fastest and nearly always; the newest of each. Both are first in an index:
/// `CROSS JOIN` walks the records from the fastest on instead of sorting all vendors, and the `+ 0` keeps the planner from
/// walking all published listings by expiry for each vendor (seconds at a million).
pub const FAST: &str = concat!(
    crate::select_cards!("s.mean_micros, l.id"),
    " FROM (SELECT r.vendor_id FROM vendor_response_stats r CROSS JOIN vendors w WHERE w.id = r.vendor_id AND ",
    crate::visible_vendors!("w"),
    " AND r.asked >= $3 AND r.answered_in_time * 10 >= r.asked * 9 \
     AND r.mean_micros IS NOT NULL ORDER BY r.mean_micros, r.vendor_id LIMIT $4) q \
     JOIN vendors v ON v.id = q.vendor_id \
     JOIN listings l ON l.id = (SELECT n.id FROM listings n WHERE n.vendor_id = q.vendor_id AND n.state = 'published' AND n.free_until + 0 > $1 \
     ORDER BY n.published_at DESC, n.id DESC LIMIT 1)",
    crate::card_pictures!(),
    " WHERE ",
    crate::visible_listings!()
);

/// What curators put on the home page, in their order.
pub const FEATURED: &str = concat!(
    crate::select_chosen_cards!("q.position, q.id"),
    " FROM (SELECT k.position, k.id, ",
    crate::card!(),
    " AS card FROM slots k JOIN listings l ON l.id = k.listing_id",
    crate::card_tables!(),
    " WHERE k.place = 'home' AND k.removed_at IS NULL AND k.starts_at <= $1 AND k.ends_at > $1 AND ",
    crate::visible_listings!(),
    " ORDER BY k.position, k.id LIMIT $3) q"
);

/// Visible listings by category, counted in an index alone; one text (see `packed`). `CROSS JOIN` keeps the planner from
/// going through the vendors and reading every listing of each.
pub const CATEGORY_COUNTS: &str = concat!(
    "SELECT string_agg(q.category || '\u{1f}' || CAST(q.visible AS TEXT), '\u{1e}' ORDER BY q.category) FROM (\
     SELECT n.category, COUNT(*) AS visible FROM listings n CROSS JOIN vendors w \
     WHERE w.id = n.vendor_id AND n.state = 'published' AND n.free_until + 0 > $1 AND ",
    crate::visible_vendors!("w"),
    " GROUP BY n.category) q"
);

/// The newest listings, `limit` of them behind the first `skip`.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn newest(cx: &Cx, limit: i64, skip: i64) -> Result<Vec<Card>> {
    cards(cx, NEWEST, &[cx.this_second().into(), day(cx).as_str().into(), limit.into(), skip.into()]).await
}

/// Listings of vendors that answer fast.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn fast_answering(cx: &Cx, limit: i64) -> Result<Vec<Card>> {
    let least = cx.settings().stats_min_threads;
    cards(cx, FAST, &[cx.this_second().into(), day(cx).as_str().into(), least.into(), limit.into()]).await
}

/// Listings chosen by curators that may be seen now.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn featured(cx: &Cx) -> Result<Vec<Card>> {
    let limit = i64::try_from(cx.settings().home_slots).unwrap_or(i64::MAX);
    cards(cx, FEATURED, &[cx.this_second().into(), day(cx).as_str().into(), limit.into()]).await
}

/// Number of visible listings by category code (leaves as stored; add them up for the places above).
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn category_counts(cx: &Cx) -> Result<Vec<(String, i64)>> {
    let text = cx.market.db().read_text(CATEGORY_COUNTS, &[cx.this_second().into()]).await?;
    let counts = packed::rows(text.as_deref())
        .map(|[category, visible]: [&str; 2]| (category.to_owned(), number(visible).unwrap_or(0)));
    Ok(counts.collect())
}
