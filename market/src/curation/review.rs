//! What a reviewer sees before deciding: the thing itself, the company behind it, what happened so far.

use uuid::Uuid;

use super::diff::{self, FieldChange};
use super::store;
use crate::accounts::access::{Object, Verb, demand};
use crate::catalog::images::{self, ListingImage};
use crate::catalog::{self, Listing, Revision};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::lang::Lang;
use crate::time::Timestamp;
use crate::vendors::store::{Chapter, TeamMember};
use crate::vendors::{self, Vendor};

/// One step of a thing's history.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HistoryEntry {
    /// Position in the record.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// As what somebody acted, e.g. `user` or `system`.
    pub actor_kind: String,
    /// What happened, e.g. `vendor.approve`.
    pub action: String,
    /// About which kind of thing.
    pub object_kind: String,
    /// About which thing.
    pub object_id: Option<Uuid>,
    /// Details as JSON.
    pub data: String,
    /// Name of the person, if there was one.
    pub actor_name: Option<String>,
}

impl HistoryEntry {
    /// The reason that was given, if any.
    pub fn reason(&self) -> Option<String> {
        let data: serde_json::Value = serde_json::from_str(&self.data).ok()?;
        data.get("reason")?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    }
}

/// How the company stands, beside one of its listings.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct VendorFacts {
    /// When it was first approved.
    pub approved_at: Option<Timestamp>,
    /// Word of its registry status.
    pub registry_status: String,
    /// Threads that count for the response rate.
    pub asked: Option<i64>,
    /// Of these, answered in time.
    pub answered_in_time: Option<i64>,
    /// Its published listings.
    pub published: i64,
}

/// An application, or a company that is in.
#[derive(Clone, Debug)]
pub struct VendorReview {
    /// The company.
    pub vendor: Vendor,
    /// Who works for it.
    pub team: Vec<TeamMember>,
    /// Name of its chapter: Korean and English.
    pub chapter: Option<(String, String)>,
    /// Every chapter, when the company wants to be shown as something else: for their names.
    pub chapters: Vec<Chapter>,
    /// What happened, newest first.
    pub history: Vec<HistoryEntry>,
}

/// A listing with everything around it.
#[derive(Clone, Debug)]
pub struct ListingReview {
    /// The listing.
    pub listing: Listing,
    /// Its company.
    pub vendor: catalog::store::ListingVendor,
    /// How the company stands.
    pub facts: VendorFacts,
    /// Its pictures.
    pub images: Vec<ListingImage>,
    /// An edit of it that waits.
    pub pending: Option<Revision>,
    /// What happened, newest first.
    pub history: Vec<HistoryEntry>,
}

/// A staged edit beside what is live.
#[derive(Clone, Debug)]
pub struct RevisionReview {
    /// The edit.
    pub revision: Revision,
    /// The listing as it is live.
    pub live: ListingReview,
    /// What it changes.
    pub changes: Vec<FieldChange>,
    /// Fields that stay.
    pub unchanged: Vec<&'static str>,
    /// Fall of the price in percent.
    pub price_fall: Option<i64>,
}

/// What happened to one thing, newest first.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn history(db: &mut impl Handle, kind: &str, id: Uuid) -> Result<Vec<HistoryEntry>> {
    crate::fetch_all!(*db, HistoryEntry, store::HISTORY, kind, id)
}

/// A company with its team and history; reading it is recorded.
///
/// # Errors
/// `NotSignedIn`, `Forbidden` outside the actor's chapters, `NotFound`.
pub async fn vendor(cx: &Cx, id: Uuid) -> Result<VendorReview> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    let vendor = vendors::service::find_for_desk(cx, id).await?;
    let mut db = cx.read().await?;
    let team = vendors::store::team(&mut db, id).await?;
    let chapter = match vendor.profile.chapter_id {
        Some(chapter) => crate::fetch_optional!(db, (String, String), store::CHAPTER_NAME, chapter)?,
        None => None,
    };
    let waits = vendor.staged.is_some();
    let chapters = if waits { vendors::store::chapters(&mut db).await? } else { Vec::new() };
    let history = history(&mut db, "vendor", id).await?;
    Ok(VendorReview { vendor, team, chapter, chapters, history })
}

/// A listing for somebody who decides about it.
///
/// # Errors
/// `NotSignedIn`, `Forbidden` outside the actor's chapters, `NotFound`.
pub async fn listing(cx: &Cx, id: Uuid) -> Result<ListingReview> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    let mut db = cx.read().await?;
    listing_in(cx, &mut db, id).await
}

async fn listing_in(cx: &Cx, db: &mut impl Handle, id: Uuid) -> Result<ListingReview> {
    let vendor = catalog::store::vendor_of(db, id).await?.ok_or(ErrorKind::NotFound)?;
    demand(
        &cx.actor,
        Verb::ReviewListing,
        Object::Vendor { vendor_id: vendor.id, chapter_id: vendor.chapter_id },
    )?;
    let listing = catalog::store::find(db, id).await?.ok_or(ErrorKind::NotFound)?;
    let facts = crate::fetch_one!(*db, VendorFacts, store::VENDOR_FACTS, vendor.id)?;
    let images = images::list(db, id).await?;
    let pending = catalog::revisions::find_pending(db, id).await?;
    let history = history(db, "listing", id).await?;
    Ok(ListingReview { listing, vendor, facts, images, pending, history })
}

/// A staged edit for somebody who decides about it.
///
/// # Errors
/// `NotSignedIn`, `Forbidden` outside the actor's chapters, `NotFound`.
pub async fn revision(cx: &Cx, id: Uuid, lang: Lang) -> Result<RevisionReview> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    let mut db = cx.read().await?;
    let revision = catalog::revisions::find(&mut db, id).await?.ok_or(ErrorKind::NotFound)?;
    let live = listing_in(cx, &mut db, revision.listing_id).await?;
    let (before, after) = (&live.listing.content, &revision.content);
    let (changes, unchanged, price_fall) =
        (diff::changes(before, after, lang), diff::unchanged(before, after), diff::price_fall(before, after));
    Ok(RevisionReview { revision, live, changes, unchanged, price_fall })
}
