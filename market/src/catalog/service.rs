//! What a vendor does with its listings: begin, write, send to review, take back, renew, put away.
//! Decisions of the federation are in [`super::decisions`], staged edits in [`super::revisions`].

use serde_json::json;
use uuid::Uuid;

use super::draft::{Depth, ListingDraft};
use super::images::{self, ListingImage};
use super::model::{Listing, ListingContent, ListingId, ListingSummary, Revision};
use super::rules::{self, Renewal, ResponseRecord};
use super::states::{Action, ListingState, transition};
use super::{changes, revisions, shelf, store};
use crate::accounts::access::{self, Actor, Object, Verb};
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Result};
use crate::idempotency::{self, IdemKey};
use crate::{audit, slug};

/// Rows of a page of the vendor's list.
pub const PER_PAGE: i64 = 50;

/// A filled-in editor.
#[derive(Clone, Debug)]
pub struct Save {
    /// Version of the content it was made from.
    pub version: i64,
    /// The fields.
    pub draft: ListingDraft,
    /// The staged edit it was made from, for a published listing.
    pub revision: Option<Uuid>,
    /// Key of the form rendering; none for autosave.
    pub idem: Option<Uuid>,
}

/// What autosave kept.
#[derive(Clone, Debug)]
pub struct Autosaved {
    /// The new version.
    pub version: i64,
    /// What is stored now.
    pub content: ListingContent,
    /// What could not be read and keeps its old value.
    pub errors: FieldErrors,
}

/// Everything the editor shows.
#[derive(Clone, Debug)]
pub struct Editing {
    /// The listing.
    pub listing: Listing,
    /// Its staged edit that waits for a decision.
    pub pending: Option<Revision>,
    /// The last staged edit that was declined, when nothing was sent since.
    pub declined: Option<Revision>,
    /// Its pictures.
    pub images: Vec<ListingImage>,
    /// Whether its window may be renewed now.
    pub renewal: Renewal,
}

/// One page of a vendor's list.
#[derive(Clone, Debug)]
pub struct VendorListings {
    /// How many stand in each state.
    pub counts: Vec<(ListingState, i64)>,
    /// The rows.
    pub rows: Vec<ListingSummary>,
}

const fn of_vendor(vendor_id: Uuid) -> Object {
    Object::Vendor { vendor_id, chapter_id: None }
}

/// The listing, if it belongs to a company the actor works for. What belongs to another company does not exist for them.
pub(super) async fn own(cx: &Cx, db: &mut impl Handle, id: ListingId) -> Result<Listing> {
    if *cx.actor == Actor::System {
        return store::find(db, id).await?.ok_or_else(|| ErrorKind::NotFound.into());
    }
    for membership in &cx.actor.signed_in()?.memberships {
        if let Some(listing) = store::find_own(db, id, membership.vendor_id).await? {
            access::demand_own(&cx.actor, Verb::EditListing, of_vendor(listing.vendor_id))?;
            return Ok(listing);
        }
    }
    Err(ErrorKind::NotFound.into())
}

/// Begins a listing with this title.
///
/// # Errors
/// `NotFound` when the company is not the actor's.
pub async fn create_draft(cx: &Cx, vendor_id: Uuid, title_ko: &str, idem: Option<Uuid>) -> Result<ListingId> {
    access::demand_own(&cx.actor, Verb::EditListing, of_vendor(vendor_id))?;
    let draft = ListingDraft { title_ko: title_ko.to_owned(), unit: "개".into(), ..ListingDraft::default() };
    let content =
        draft.validate(Depth::Draft, &ListingContent { unit: "개".into(), ..ListingContent::default() })?;
    let key = idem_key(cx, "listing.create", idem, &format!("{vendor_id} {title_ko}"));
    let mut tx = cx.write().await?;
    if let Some(id) = earlier(&mut tx, key.as_ref()).await? {
        return Uuid::parse_str(&id).map_err(Error::internal);
    }
    let id = cx.new_id();
    store::insert(&mut tx, id, vendor_id, &slug::slug("", id), &content, cx.now()).await?;
    audit::record(cx, &mut tx, "listing.create", ("listing", Some(id)), json!({ "vendor": vendor_id }))
        .await?;
    keep(cx, &mut tx, key.as_ref(), &id.to_string()).await?;
    tx.commit().await?;
    Ok(id)
}

/// Stores a draft; every field has to be readable, all may be empty. Gives the new version.
///
/// # Errors
/// `Invalid`; `Conflict("stale_version")` when it was saved elsewhere meanwhile; `Conflict("listing_state")`.
pub async fn save_draft(cx: &Cx, id: ListingId, save: &Save) -> Result<i64> {
    let key = idem_key(cx, "listing.save", save.idem, &fingerprint(id, save));
    let mut tx = cx.write().await?;
    let listing = own(cx, &mut tx, id).await?;
    if let Some(version) = earlier(&mut tx, key.as_ref()).await? {
        return version.parse().map_err(Error::internal);
    }
    editable(&listing)?;
    let content = save.draft.validate(Depth::Draft, &listing.content)?;
    write_content(cx, &mut tx, &listing, &content, save.version).await?;
    let version = save.version + 1;
    audit::record(cx, &mut tx, "listing.save", ("listing", Some(id)), json!({ "version": version })).await?;
    keep(cx, &mut tx, key.as_ref(), &version.to_string()).await?;
    tx.commit().await?;
    Ok(version)
}

/// Stores what can be read of a half-typed form. Not audited: it runs every few seconds and only on drafts. What is stored
/// already is stored, whatever version it was made from: an answer that got lost must not make the next try a conflict.
///
/// # Errors
/// `Conflict("stale_version")`, `Conflict("listing_state")`.
pub async fn autosave(cx: &Cx, id: ListingId, save: &Save) -> Result<Autosaved> {
    let mut tx = cx.write().await?;
    let listing = own(cx, &mut tx, id).await?;
    editable(&listing)?;
    let (content, errors) = save.draft.read(Depth::Draft, &listing.content);
    if content == listing.content {
        return Ok(Autosaved { version: listing.version, content, errors });
    }
    write_content(cx, &mut tx, &listing, &content, save.version).await?;
    tx.commit().await?;
    Ok(Autosaved { version: save.version + 1, content, errors })
}

/// Stores the form and sends it to review.
///
/// # Errors
/// `Invalid`; `Conflict` with `stale_version`, `listing_state` or `vendor_state`.
pub async fn submit(cx: &Cx, id: ListingId, save: &Save) -> Result<()> {
    let key = idem_key(cx, "listing.submit", save.idem, &fingerprint(id, save));
    let mut tx = cx.write().await?;
    let mut listing = own(cx, &mut tx, id).await?;
    if earlier(&mut tx, key.as_ref()).await?.is_some() {
        return Ok(());
    }
    let from = listing.state;
    listing.state = transition(from, Action::Submit)?;
    let content = save.draft.validate(Depth::Complete, &listing.content)?;
    vendor_may_submit(&mut tx, listing.vendor_id).await?;
    write_content(cx, &mut tx, &listing, &content, save.version).await?;
    listing.version = save.version + 1;
    listing.submitted_at = Some(cx.now());
    listing.state_reason = None;
    write_state(cx, &mut tx, &listing, from, Action::Submit).await?;
    keep(cx, &mut tx, key.as_ref(), "submitted").await?;
    tx.commit().await
}

/// A company that was refused or stopped sends nothing to review; one that is still being checked may.
async fn vendor_may_submit(tx: &mut Tx, vendor_id: Uuid) -> Result<()> {
    let (state,) = crate::fetch_one!(*tx, (String,), store::VENDOR_STATE, vendor_id)?;
    if matches!(state.as_str(), "suspended" | "closed" | "rejected" | "invited") {
        Err(Error::conflict("vendor_state"))
    } else {
        Ok(())
    }
}

/// Takes a listing back from review to go on writing.
///
/// # Errors
/// `Conflict("listing_state")`.
pub async fn withdraw(cx: &Cx, id: ListingId) -> Result<()> {
    change_state(cx, id, Action::Withdraw).await
}

/// Puts a listing away; a staged edit of it is withdrawn.
///
/// # Errors
/// `Conflict("listing_state")`.
pub async fn archive(cx: &Cx, id: ListingId) -> Result<()> {
    change_state(cx, id, Action::Archive).await
}

async fn change_state(cx: &Cx, id: ListingId, action: Action) -> Result<()> {
    let mut tx = cx.write().await?;
    let mut listing = own(cx, &mut tx, id).await?;
    let from = listing.state;
    let to = transition(from, action);
    if to.is_err() && already_done(from, action) {
        return Ok(());
    }
    listing.state = to?;
    if action == Action::Archive {
        revisions::withdraw_pending(cx, &mut tx, id).await?;
    }
    write_state(cx, &mut tx, &listing, from, action).await?;
    tx.commit().await
}

/// A second click finds the work done and is no error.
const fn already_done(state: ListingState, action: Action) -> bool {
    matches!(
        (state, action),
        (ListingState::Draft, Action::Withdraw) | (ListingState::Archived, Action::Archive)
    )
}

/// Opens a new window free of charge, when the company answers what it is asked.
///
/// # Errors
/// `Conflict` with `renewal_too_early`, `renewal_rate`, `vendor_state` or `listing_state`.
pub async fn renew(cx: &Cx, id: ListingId) -> Result<()> {
    let now = cx.now();
    let mut tx = cx.write().await?;
    let mut listing = own(cx, &mut tx, id).await?;
    let from = listing.state;
    listing.state = transition(from, Action::Renew)?;
    let vendor = store::vendor_of(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    if !vendor.standing().is_good() {
        return Err(Error::conflict("vendor_state"));
    }
    match renewal_of(cx, &mut tx, &listing).await? {
        Renewal::Free => {}
        Renewal::TooEarly => return Err(Error::conflict("renewal_too_early")),
        Renewal::RateTooLow { .. } => return Err(Error::conflict("renewal_rate")),
    }
    listing.free_until =
        Some(rules::next_window_end(listing.free_until, now, cx.settings().free_window_days));
    listing.published_at = Some(now);
    write_state(cx, &mut tx, &listing, from, Action::Renew).await?;
    tx.commit().await
}

async fn renewal_of(cx: &Cx, db: &mut impl Handle, listing: &Listing) -> Result<Renewal> {
    let record = crate::fetch_optional!(*db, (i64, i64), store::RESPONSE_RECORD, listing.vendor_id)?;
    let record = record
        .map(|(asked, answered_in_time)| ResponseRecord { asked, answered_in_time })
        .unwrap_or_default();
    Ok(rules::renewal(record, cx.settings().renewal_response_rate, listing.free_until, cx.now()))
}

/// Everything the editor shows.
///
/// # Errors
/// `NotFound` for a listing of another company.
pub async fn open_editor(cx: &Cx, id: ListingId) -> Result<Editing> {
    let mut db = cx.read().await?;
    let listing = own(cx, &mut db, id).await?;
    let pending = revisions::find_pending(&mut db, id).await?;
    let declined = if pending.is_none() { revisions::find_last_declined(&mut db, id).await? } else { None };
    let images = images::list(&mut db, id).await?;
    let renewal = renewal_of(cx, &mut db, &listing).await?;
    Ok(Editing { listing, pending, declined, images, renewal })
}

/// One page of a company's listings with the counts of its tabs.
///
/// # Errors
/// `NotFound` when the company is not the actor's.
pub async fn list_own(
    cx: &Cx,
    vendor_id: Uuid,
    in_state: Option<ListingState>,
    page: i64,
) -> Result<VendorListings> {
    access::demand_own(&cx.actor, Verb::OpenVendorDesk, of_vendor(vendor_id))?;
    let mut db = cx.read().await?;
    let counts = shelf::count_by_state(&mut db, vendor_id).await?;
    let rows = shelf::list_of_vendor(
        &mut db,
        vendor_id,
        in_state,
        PER_PAGE,
        (page.max(1) - 1).saturating_mul(PER_PAGE),
    )
    .await?;
    Ok(VendorListings { counts, rows })
}

fn editable(listing: &Listing) -> Result<()> {
    if listing.state.is_editable() { Ok(()) } else { Err(Error::conflict("listing_state")) }
}

pub(super) async fn write_content(
    cx: &Cx,
    tx: &mut Tx,
    listing: &Listing,
    content: &ListingContent,
    version: i64,
) -> Result<()> {
    if store::update_content(tx, listing.id, content, version, cx.now()).await? {
        Ok(())
    } else {
        Err(Error::conflict("stale_version"))
    }
}

/// Writes a transition: state, audit row and the note to the search index.
pub(super) async fn write_state(
    cx: &Cx,
    tx: &mut Tx,
    listing: &Listing,
    from: ListingState,
    action: Action,
) -> Result<()> {
    if !store::update_state(tx, listing, from, cx.now()).await? {
        return Err(Error::conflict("listing_state"));
    }
    if listing.first_published_at.is_some() {
        changes::note(cx, tx, listing.id).await?;
    }
    let data = json!({ "from": from.code(), "to": listing.state.code(), "reason": listing.state_reason, "free_until": listing.free_until });
    audit::record(cx, tx, &format!("listing.{}", action.code()), ("listing", Some(listing.id)), data).await
}

pub(super) fn fingerprint(id: ListingId, save: &Save) -> String {
    format!(
        "{id} {} {:?} {}",
        save.version,
        save.revision,
        serde_json::to_string(&save.draft).unwrap_or_default()
    )
}

pub(super) fn idem_key(cx: &Cx, verb: &str, idem: Option<Uuid>, content: &str) -> Option<IdemKey> {
    let who = cx.actor.user_id().unwrap_or_default();
    idem.map(|key| IdemKey::new(format!("{verb}:{who}"), key, content))
}

pub(super) async fn earlier(tx: &mut Tx, key: Option<&IdemKey>) -> Result<Option<String>> {
    match key {
        Some(key) => idempotency::earlier(tx, key).await,
        None => Ok(None),
    }
}

pub(super) async fn keep(cx: &Cx, tx: &mut Tx, key: Option<&IdemKey>, outcome: &str) -> Result<()> {
    match key {
        Some(key) => idempotency::keep(tx, key, outcome, cx.now()).await,
        None => Ok(()),
    }
}
