//! The end of the free window: a warning 14 and 3 days before, the end itself, each told once.

use super::letters::{self, News};
use super::model::Listing;
use super::service::write_state;
use super::states::{Action, ListingState, transition};
use super::store;
use crate::cx::Cx;
use crate::error::Result;
use crate::time::{DAY, Timestamp};

/// Published listings whose window ends after `$1` (those of that moment: behind the identity `$3`) and not after `$2`.
pub const ENDING: &str = "SELECT id, free_until FROM listings WHERE state = 'published' AND free_until >= $1 AND (free_until > $1 OR id > $3) \
    AND free_until <= $2 ORDER BY free_until, id LIMIT $4";

/// Listings read at a time.
const BATCH: usize = if cfg!(test) { 3 } else { 1000 };

/// Warnings: days before the end, and for how many days after that moment a late warning still makes sense. The second
/// figure is shorter than finished mails are kept, which is what makes "told once" hold.
const WARNINGS: [(i64, i64); 2] = [(14, 2), (3, 2)];

/// Ends windows that are over and warns before. Safe to run at any time, as often as one likes.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn run(cx: &Cx) -> Result<()> {
    let now = cx.now();
    for (days, late) in WARNINGS {
        let (after, until) = (now.plus((days - late) * DAY), now.plus(days * DAY));
        for id in ending(cx, after, until).await? {
            warn(cx, id, days).await?;
        }
    }
    // everything whose end has come; 0 is before every window
    for id in ending(cx, Timestamp(0), now).await? {
        expire(cx, id).await?;
    }
    Ok(())
}

async fn ending(cx: &Cx, after: Timestamp, until: Timestamp) -> Result<Vec<uuid::Uuid>> {
    let mut ids = Vec::new();
    let (mut from, mut behind) = (after, uuid::Uuid::max());
    let mut db = cx.read().await?;
    loop {
        let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
        let rows = crate::fetch_all!(db, (uuid::Uuid, Timestamp), ENDING, from, until, behind, limit)?;
        ids.extend(rows.iter().map(|(id, _)| *id));
        match rows.last() {
            Some((id, end)) if rows.len() == BATCH => (behind, from) = (*id, *end),
            _ => return Ok(ids),
        }
    }
}

fn event(listing: &Listing, days: i64) -> String {
    format!("listing_expiry:{}:{}:{days}", listing.id, listing.free_until.map_or(0, |until| until.0))
}

async fn warn(cx: &Cx, id: uuid::Uuid, days: i64) -> Result<()> {
    let mut tx = cx.write().await?;
    let Some(listing) = store::find(&mut tx, id).await? else { return Ok(()) };
    let event = event(&listing, days);
    // each warning has its own stretch before the end
    let since = listing.free_until.map_or(cx.now(), |until| until.plus(-days * DAY));
    if letters::was_told(&mut tx, &listing, since).await? {
        return Ok(());
    }
    letters::tell_team(cx, &mut tx, &listing, &News::Expiring { days }, Some(&event)).await?;
    tx.commit().await
}

/// Reads the listing again inside its transaction: it may have been renewed since it was chosen.
async fn expire(cx: &Cx, id: uuid::Uuid) -> Result<()> {
    let now = cx.now();
    let mut tx = cx.write().await?;
    let Some(mut listing) = store::find(&mut tx, id).await? else { return Ok(()) };
    if listing.state != ListingState::Published || listing.free_until.is_none_or(|until| until > now) {
        return Ok(());
    }
    let event = event(&listing, 0);
    listing.state = transition(listing.state, Action::Expire)?;
    write_state(cx, &mut tx, &listing, ListingState::Published, Action::Expire).await?;
    letters::tell_team(cx, &mut tx, &listing, &News::Expired, Some(&event)).await?;
    tx.commit().await
}
