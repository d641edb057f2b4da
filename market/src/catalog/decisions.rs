//! What the federation decides about a listing: publish, return, take out of sight, show again.
//! Each tells the company's team.

use serde_json::json;
use uuid::Uuid;

use super::images;
use super::letters::{self, News};
use super::model::{Listing, ListingId};
use super::rules;
use super::service::{earlier, idem_key, keep, write_state};
use super::states::{Action, ListingState, transition};
use super::store::{self, ListingVendor};
use crate::accounts::access::{self, Object, Verb};
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Result};
use crate::{audit, slug, text};

/// Most characters of a reason.
pub const REASON_MAX: usize = 500;

/// The version that was read by whoever decides; none when nothing was read before, as by code that reads and decides at once.
pub type Seen = Option<i64>;

/// What is decided about must be what was read: between the two its owner may have taken it back, rewritten it and handed
/// it in again.
///
/// # Errors
/// `Conflict("decision.stale")`.
pub fn must_be_seen(seen: Seen, version: i64) -> Result<()> {
    if seen.is_none_or(|seen| seen == version) { Ok(()) } else { Err(Error::conflict("decision.stale")) }
}

/// The listing and its company, if the actor may decide about it.
pub(super) async fn decidable(
    cx: &Cx,
    db: &mut impl Handle,
    id: ListingId,
    verb: Verb,
) -> Result<(Listing, ListingVendor)> {
    let vendor = store::vendor_of(db, id).await?;
    let object = vendor
        .as_ref()
        .map_or(Object::Site, |v| Object::Vendor { vendor_id: v.id, chapter_id: v.chapter_id });
    access::demand(&cx.actor, verb, object)?;
    let vendor = vendor.ok_or(ErrorKind::NotFound)?;
    let listing = store::find(db, id).await?.ok_or(ErrorKind::NotFound)?;
    Ok((listing, vendor))
}

/// A reason a person gave, fit to be shown to the other side.
pub(super) fn clean_reason(reason: &str) -> Result<String> {
    text::block_within(reason, 2, REASON_MAX).map_err(|problem| Error::invalid("reason", problem))
}

/// For a published listing, to approve is to say that its new pictures are fine. None for every other listing.
async fn look_at_pictures(cx: &Cx, id: ListingId, seen: Seen, idem: Option<Uuid>) -> Result<Option<()>> {
    let key = idem_key(cx, "listing.pictures", idem, &id.to_string());
    let mut tx = cx.write().await?;
    let (listing, _) = decidable(cx, &mut tx, id, Verb::DecideListing).await?;
    if listing.state == ListingState::Published && earlier(&mut tx, key.as_ref()).await?.is_some() {
        return Ok(Some(()));
    }
    let Some(changed) = listing.pictures_changed_at.filter(|_| listing.state == ListingState::Published)
    else {
        return Ok(None);
    };
    must_be_seen(seen, listing.seen_as())?;
    if crate::execute!(tx, images::SEEN, id, changed)? != 1 {
        return Err(Error::conflict("decision.stale"));
    }
    audit::record(cx, &mut tx, "listing.pictures_seen", ("listing", Some(id)), json!({})).await?;
    keep(cx, &mut tx, key.as_ref(), "pictures").await?;
    tx.commit().await?;
    Ok(Some(()))
}

/// Publishes a listing: opens its free window and gives it the address of its title.
///
/// # Errors
/// `Conflict("vendor_state")` while the company is not approved, `Conflict("listing_state")` when it does not wait for review,
/// `Conflict("decision.stale")` when it is no longer the version in `seen`.
pub async fn approve(cx: &Cx, id: ListingId, seen: Seen, idem: Option<Uuid>) -> Result<()> {
    if let Some(done) = look_at_pictures(cx, id, seen, idem).await? {
        return Ok(done);
    }
    let now = cx.now();
    let window = cx.settings().free_window_days;
    decide(cx, id, (Action::Approve, None), seen, idem, |listing| {
        listing.published_at = Some(now);
        listing.first_published_at = listing.first_published_at.or(Some(now));
        listing.free_until = Some(rules::next_window_end(None, now, window));
        listing.slug = slug::slug(&listing.content.title_ko, listing.id);
    })
    .await
}

/// Returns a listing to its vendor with a reason.
///
/// # Errors
/// `Invalid` without a reason, `Conflict` as in [`approve`].
pub async fn return_for_changes(
    cx: &Cx,
    id: ListingId,
    reason: &str,
    seen: Seen,
    idem: Option<Uuid>,
) -> Result<()> {
    decide(cx, id, (Action::Return, Some(clean_reason(reason)?)), seen, idem, |_| ()).await
}

/// Takes a published listing out of sight with a reason.
///
/// # Errors
/// `Invalid` without a reason, `Conflict("listing_state")`.
pub async fn hide(cx: &Cx, id: ListingId, reason: &str, idem: Option<Uuid>) -> Result<()> {
    decide(cx, id, (Action::Hide, Some(clean_reason(reason)?)), None, idem, |_| ()).await
}

/// Shows a hidden listing again, for the rest of its window.
///
/// # Errors
/// `Conflict("listing_state")`.
pub async fn unhide(cx: &Cx, id: ListingId, idem: Option<Uuid>) -> Result<()> {
    decide(cx, id, (Action::Unhide, None), None, idem, |_| ()).await
}

async fn decide(
    cx: &Cx,
    id: ListingId,
    (action, reason): (Action, Option<String>),
    seen: Seen,
    idem: Option<Uuid>,
    change: impl FnOnce(&mut Listing) + Send,
) -> Result<()> {
    let verb =
        if matches!(action, Action::Hide | Action::Unhide) { Verb::HideListing } else { Verb::DecideListing };
    let key = idem_key(cx, "listing.decide", idem, &format!("{id} {} {reason:?}", action.code()));
    let mut tx = cx.write().await?;
    let (mut listing, vendor) = decidable(cx, &mut tx, id, verb).await?;
    if earlier(&mut tx, key.as_ref()).await?.is_some() {
        return Ok(());
    }
    let from = listing.state;
    listing.state = transition(from, action)?;
    must_be_seen(seen, listing.seen_as())?;
    if listing.state == ListingState::Published && !vendor.standing().is_good() {
        return Err(Error::conflict("vendor_state"));
    }
    let old_slug = listing.slug.clone();
    listing.state_reason.clone_from(&reason);
    change(&mut listing);
    write_state(cx, &mut tx, &listing, from, action).await?;
    remember_slug(cx, &mut tx, &listing, &old_slug).await?;
    letters::tell_team(cx, &mut tx, &listing, &news(action, reason), None).await?;
    keep(cx, &mut tx, key.as_ref(), action.code()).await?;
    tx.commit().await
}

/// An address that people may have seen goes on leading here.
pub(super) async fn remember_slug(cx: &Cx, tx: &mut Tx, listing: &Listing, old: &str) -> Result<()> {
    if old != listing.slug {
        crate::execute!(*tx, store::KEEP_SLUG, old, listing.id, cx.now())?;
    }
    Ok(())
}

fn news(action: Action, reason: Option<String>) -> News {
    let reason = reason.unwrap_or_default();
    match action {
        Action::Return => News::Returned { reason },
        Action::Hide => News::Hidden { reason },
        Action::Unhide => News::ShownAgain,
        _ => News::Approved,
    }
}
