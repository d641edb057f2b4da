//! What vendors may know of saved searches: how many people wait for what a listing offers, and what was asked in vain near
//! their goods. Numbers only, and only from as many people as the curators' desk needs.

use uuid::Uuid;

use crate::accounts::access::{Object, Verb, demand_own};
use crate::cx::Cx;
use crate::error::Result;
use crate::search::desk::figures;

/// Days of questions that are looked at.
const DAYS: i64 = 30;

/// How many people watch each listing of a company; its own team does not count.
pub const WATCHED: &str = "SELECT m.listing_id, CAST(COUNT(DISTINCT s.user_id) AS BIGINT) AS people FROM saved_search_matches m \
    JOIN saved_searches s ON s.id = m.search_id JOIN listings l ON l.id = m.listing_id WHERE l.vendor_id = $1 AND m.matches AND s.paused_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM vendor_members v WHERE v.vendor_id = l.vendor_id AND v.user_id = s.user_id) \
    GROUP BY m.listing_id HAVING COUNT(DISTINCT s.user_id) >= $2";
/// How many people watch any of them.
pub const WATCHING: &str = "SELECT CAST(COUNT(DISTINCT s.user_id) AS BIGINT) FROM saved_search_matches m \
    JOIN saved_searches s ON s.id = m.search_id JOIN listings l ON l.id = m.listing_id WHERE l.vendor_id = $1 AND m.matches AND s.paused_at IS NULL \
    AND NOT EXISTS (SELECT 1 FROM vendor_members v WHERE v.vendor_id = l.vendor_id AND v.user_id = s.user_id)";

/// Demand near a company.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// People whose saved searches find something of it; none when too few.
    pub people: Option<i64>,
    /// What was asked in vain in its branches, with how often.
    pub unmet: Vec<(String, i64)>,
}

fn own(cx: &Cx, vendor: Uuid) -> Result<()> {
    demand_own(&cx.actor, Verb::OpenVendorDesk, Object::Vendor { vendor_id: vendor, chapter_id: None })
}

/// Demand near a company of the signed-in person.
///
/// # Errors
/// `NotSignedIn`, `NotFound` for another's company.
pub async fn of_vendor(cx: &Cx, vendor: Uuid) -> Result<Demand> {
    own(cx, vendor)?;
    let (day, week, least) = figures::since(cx, DAYS);
    let mut db = cx.read().await?;
    let (people,) = crate::fetch_one!(db, (i64,), WATCHING, vendor)?;
    let unmet = crate::fetch_all!(db, (String, i64), figures::UNMET, day, week, least, vendor)?;
    Ok(Demand { people: (people >= least).then_some(people), unmet })
}

/// How many people watch each listing of a company of the signed-in person, where they are enough.
///
/// # Errors
/// `NotSignedIn`, `NotFound` for another's company.
pub async fn of_listings(cx: &Cx, vendor: Uuid) -> Result<Vec<(Uuid, i64)>> {
    own(cx, vendor)?;
    let (_, _, least) = figures::since(cx, DAYS);
    let mut db = cx.read().await?;
    crate::fetch_all!(db, (Uuid, i64), WATCHED, vendor, least)
}
