//! Staged edits: what a published listing will say once a curator agrees. The live version stays until then;
//! one may wait per listing.

use serde_json::json;
use uuid::Uuid;

use super::changes;
use super::decisions::{clean_reason, decidable, remember_slug};
use super::draft::Depth;
use super::letters::{self, News};
use super::model::{Listing, ListingId, Revision};
use super::service::{Save, earlier, fingerprint, idem_key, keep, own, write_content};
use super::states::{RevisionAction, RevisionState, transition_revision};
use crate::accounts::access::Verb;
use crate::cx::Cx;
use crate::db::{DatabaseError, Handle, Tx, unique_violation};
use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;
use crate::{audit, slug};

macro_rules! revision_columns {
    () => {
        "id, listing_id, base_version, content, state, author_id, reason, created_at, decided_at"
    };
}

/// One staged edit.
pub const FIND: &str = concat!("SELECT ", revision_columns!(), " FROM listing_revisions WHERE id = $1");
/// The one that waits.
pub const FIND_PENDING: &str = concat!(
    "SELECT ",
    revision_columns!(),
    " FROM listing_revisions WHERE listing_id = $1 AND state = 'pending'"
);
/// The newest one.
pub const FIND_LAST: &str = concat!(
    "SELECT ",
    revision_columns!(),
    " FROM listing_revisions WHERE listing_id = $1 ORDER BY created_at DESC, id DESC LIMIT 1"
);
/// A new one.
pub const INSERT: &str = "INSERT INTO listing_revisions (id, listing_id, base_version, content, state, author_id, created_at) \
    VALUES ($1, $2, $3, $4, 'pending', $5, $6)";
/// A decision, if it still waits.
pub const DECIDE: &str = "UPDATE listing_revisions SET state = $2, reason = $3, decided_at = $4, decided_by = $5 WHERE id = $1 AND state = 'pending'";
/// The new address of a renamed listing.
pub const RENAME: &str = "UPDATE listings SET slug = $2 WHERE id = $1";

#[derive(sqlx::FromRow)]
struct RevisionRow {
    id: Uuid,
    listing_id: Uuid,
    base_version: i64,
    content: String,
    state: String,
    author_id: Uuid,
    reason: Option<String>,
    created_at: Timestamp,
    decided_at: Option<Timestamp>,
}

impl TryFrom<RevisionRow> for Revision {
    type Error = Error;

    fn try_from(row: RevisionRow) -> Result<Self> {
        let unknown =
            || DatabaseError { table: "listing_revisions", column: "state", value: row.state.clone() };
        Ok(Self {
            id: row.id,
            listing_id: row.listing_id,
            base_version: row.base_version,
            content: serde_json::from_str(&row.content)?,
            state: RevisionState::from_code(&row.state).ok_or_else(unknown)?,
            author_id: row.author_id,
            reason: row.reason,
            created_at: row.created_at,
            decided_at: row.decided_at,
        })
    }
}

/// What a curator decides about a staged edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Make it live.
    Apply,
    /// Refuse it, with the reason.
    Decline(String),
}

/// One staged edit.
pub async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<Revision>> {
    crate::fetch_optional!(*db, RevisionRow, FIND, id)?.map(Revision::try_from).transpose()
}

/// The one that waits for a decision.
pub async fn find_pending(db: &mut impl Handle, listing: ListingId) -> Result<Option<Revision>> {
    crate::fetch_optional!(*db, RevisionRow, FIND_PENDING, listing)?.map(Revision::try_from).transpose()
}

/// The newest one, when it was declined: its author has to read why.
pub async fn find_last_declined(db: &mut impl Handle, listing: ListingId) -> Result<Option<Revision>> {
    let last =
        crate::fetch_optional!(*db, RevisionRow, FIND_LAST, listing)?.map(Revision::try_from).transpose()?;
    Ok(last.filter(|revision| revision.state == RevisionState::Declined))
}

/// Stages an edit of a listing that has been shown. It replaces the waiting one only when it was made from it.
///
/// # Errors
/// `Invalid`; `Conflict("stale_version")` when the live listing or the waiting edit changed meanwhile.
pub async fn stage(cx: &Cx, id: ListingId, save: &Save) -> Result<Uuid> {
    let key = idem_key(cx, "revision.stage", save.idem, &fingerprint(id, save));
    let mut tx = cx.write().await?;
    let listing = own(cx, &mut tx, id).await?;
    if let Some(staged) = earlier(&mut tx, key.as_ref()).await? {
        return Uuid::parse_str(&staged).map_err(Error::internal);
    }
    if !listing.state.is_staged() {
        return Err(Error::conflict("listing_state"));
    }
    let pending = find_pending(&mut tx, id).await?;
    if listing.version != save.version || pending.as_ref().map(|revision| revision.id) != save.revision {
        return Err(Error::conflict("stale_version"));
    }
    let content = save.draft.validate(Depth::Complete, &listing.content)?;
    if let Some(revision) = &pending {
        close(cx, &mut tx, revision, RevisionAction::Withdraw, None).await?;
    }
    let staged = cx.new_id();
    let author = cx.actor.signed_in()?.id;
    crate::execute!(
        tx,
        INSERT,
        staged,
        id,
        listing.version,
        serde_json::to_string(&content)?,
        author,
        cx.now()
    )
    .map_err(|error| {
        if unique_violation(&error, "listing_revisions") { Error::conflict("stale_version") } else { error }
    })?;
    audit::record(
        cx,
        &mut tx,
        "revision.stage",
        ("listing", Some(id)),
        json!({ "revision": staged, "base": listing.version }),
    )
    .await?;
    keep(cx, &mut tx, key.as_ref(), &staged.to_string()).await?;
    tx.commit().await?;
    Ok(staged)
}

/// Takes the waiting edit back; nothing to take back is fine.
///
/// # Errors
/// `NotFound` for a listing of another company.
pub async fn withdraw(cx: &Cx, id: ListingId) -> Result<()> {
    let mut tx = cx.write().await?;
    own(cx, &mut tx, id).await?;
    withdraw_pending(cx, &mut tx, id).await?;
    tx.commit().await
}

pub(super) async fn withdraw_pending(cx: &Cx, tx: &mut Tx, id: ListingId) -> Result<()> {
    match find_pending(tx, id).await? {
        Some(revision) => close(cx, tx, &revision, RevisionAction::Withdraw, None).await,
        None => Ok(()),
    }
}

/// Decides about a staged edit.
///
/// # Errors
/// `Conflict("stale_version")` when the live listing changed since the edit was made, `Conflict("revision_state")`
/// when it was decided before.
pub async fn decide(cx: &Cx, revision_id: Uuid, decision: Decision, idem: Option<Uuid>) -> Result<()> {
    let key = idem_key(cx, "revision.decide", idem, &format!("{revision_id} {decision:?}"));
    let mut tx = cx.write().await?;
    let listing_id =
        find(&mut tx, revision_id).await?.map(|revision| revision.listing_id).unwrap_or_default();
    let (listing, _) = decidable(cx, &mut tx, listing_id, Verb::DecideListing).await?;
    if earlier(&mut tx, key.as_ref()).await?.is_some() {
        return Ok(());
    }
    let revision = find(&mut tx, revision_id).await?.ok_or(ErrorKind::NotFound)?;
    let news = match decision {
        Decision::Apply => {
            close(cx, &mut tx, &revision, RevisionAction::Apply, None).await?;
            apply(cx, &mut tx, listing.clone(), &revision).await?;
            News::EditApplied
        }
        Decision::Decline(reason) => {
            let reason = clean_reason(&reason)?;
            close(cx, &mut tx, &revision, RevisionAction::Decline, Some(&reason)).await?;
            News::EditDeclined { reason }
        }
    };
    letters::tell_team(cx, &mut tx, &listing, &news, None).await?;
    keep(cx, &mut tx, key.as_ref(), "decided").await?;
    tx.commit().await
}

async fn apply(cx: &Cx, tx: &mut Tx, mut listing: Listing, revision: &Revision) -> Result<()> {
    write_content(cx, tx, &listing, &revision.content, revision.base_version).await?;
    if listing.content.title_ko != revision.content.title_ko {
        let old = std::mem::replace(&mut listing.slug, slug::slug(&revision.content.title_ko, listing.id));
        crate::execute!(*tx, RENAME, listing.id, &listing.slug)?;
        remember_slug(cx, tx, &listing, &old).await?;
    }
    changes::note(cx, tx, listing.id).await
}

async fn close(
    cx: &Cx,
    tx: &mut Tx,
    revision: &Revision,
    action: RevisionAction,
    reason: Option<&str>,
) -> Result<()> {
    let state = transition_revision(revision.state, action)?;
    let decided_by = cx.actor.user_id();
    if crate::execute!(*tx, DECIDE, revision.id, state.code(), reason, cx.now(), decided_by)? != 1 {
        return Err(Error::conflict("revision_state"));
    }
    let data = json!({ "revision": revision.id, "to": state.code(), "reason": reason });
    audit::record(cx, tx, &format!("revision.{}", state.code()), ("listing", Some(revision.listing_id)), data)
        .await
}
