//! Several listings with one press: each is decided in a transaction of its own, each has its own result.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::inbox::PER_PAGE;
use crate::abuse::{release, reports};
use crate::catalog::decisions::{self, Seen};
use crate::catalog::revisions;
use crate::cx::Cx;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::idempotency::{self, IdemKey};
use crate::rfqs::service as rfqs;

/// One chosen row: the listing, edit, request … and the version that stood in the list.
pub type Row = (Uuid, Seen);

/// What became of one row.
#[derive(Debug)]
pub struct RowResult {
    /// The listing or revision.
    pub id: Uuid,
    /// What came of it.
    pub result: Result<()>,
}

/// What to do with every row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BulkAction {
    /// Publish listings.
    ApproveListings,
    /// Return listings with one reason.
    ReturnListings(String),
    /// Make edits live.
    ApplyRevisions,
    /// Refuse edits with one reason.
    DeclineRevisions(String),
    /// Open public requests.
    OpenRfqs,
    /// Return public requests with one reason.
    ReturnRfqs(String),
    /// Hand over what is held.
    ReleaseHeld,
    /// Refuse what is held with one reason.
    RefuseHeld(String),
    /// Say that reports are right.
    UpholdReports(String),
    /// Say that they are not, with one reason.
    DismissReports(String),
}

/// Decides about each of `rows` and gives how many were decided and how many failed; a second press of the same form
/// gives the same. Each row keeps a key of its own, so a press that was cut off halfway can be repeated.
///
/// # Errors
/// As [`decide`]; `Invalid` for the same form with other rows or another action.
pub async fn decide_once(cx: &Cx, rows: &[Row], action: &BulkAction, idem: Uuid) -> Result<(usize, usize)> {
    let scope = format!("desk.bulk:{}", cx.actor.user_id().unwrap_or_default());
    let key = IdemKey::new(scope, idem, &format!("{action:?} {rows:?}"));
    if let Some(outcome) = idempotency::earlier(&mut cx.read().await?, &key).await? {
        return Ok(serde_json::from_str(&outcome)?);
    }
    let results = decide(cx, rows, action, Some(idem)).await?;
    let decided = results.iter().filter(|row| row.result.is_ok()).count();
    let tally = (decided, results.len() - decided);
    let mut tx = cx.write().await?;
    if idempotency::earlier(&mut tx, &key).await?.is_none() {
        idempotency::keep(&mut tx, &key, &serde_json::to_string(&tally)?, cx.now()).await?;
    }
    tx.commit().await?;
    Ok(tally)
}

/// The key of one row of a form.
fn row_key(idem: Uuid, id: Uuid) -> Uuid {
    let mut digest = Sha256::new();
    digest.update(idem.as_bytes());
    digest.update(id.as_bytes());
    let digest = digest.finalize();
    Uuid::from_slice(digest.get(..16).unwrap_or_default()).unwrap_or_default()
}

/// Decides about each of `rows`. A row that somebody else decided meanwhile fails alone.
///
/// # Errors
/// `Invalid` when nothing or more than a page is chosen, or a reason is missing; the database being away
/// ends the whole. What was done before stays done.
pub async fn decide(
    cx: &Cx,
    rows: &[Row],
    action: &BulkAction,
    idem: Option<Uuid>,
) -> Result<Vec<RowResult>> {
    let most = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    if rows.is_empty() {
        return Err(Error::invalid("rows", Problem::Rule("desk.nothing_chosen".into())));
    }
    if rows.len() > most {
        return Err(Error::invalid("rows", Problem::TooMany { max: most }));
    }
    let mut results = Vec::with_capacity(rows.len());
    for (id, seen) in rows {
        match one(cx, (*id, *seen), action, idem.map(|idem| row_key(idem, *id))).await {
            Err(error)
                if matches!(
                    error.kind,
                    ErrorKind::Unavailable
                        | ErrorKind::StorageFull
                        | ErrorKind::NotSignedIn
                        | ErrorKind::Invalid(_)
                ) =>
            {
                return Err(error);
            }
            result => results.push(RowResult { id: *id, result }),
        }
    }
    Ok(results)
}

async fn one(cx: &Cx, (id, seen): Row, action: &BulkAction, idem: Option<Uuid>) -> Result<()> {
    match action {
        BulkAction::ApproveListings => decisions::approve(cx, id, seen, idem).await,
        BulkAction::ReturnListings(reason) => decisions::return_for_changes(cx, id, reason, seen, idem).await,
        BulkAction::ApplyRevisions => revisions::decide(cx, id, revisions::Decision::Apply, idem).await,
        BulkAction::DeclineRevisions(reason) => {
            revisions::decide(cx, id, revisions::Decision::Decline(reason.clone()), idem).await
        }
        BulkAction::OpenRfqs => rfqs::decide(cx, id, seen, rfqs::Decision::Open, idem).await,
        BulkAction::ReturnRfqs(reason) => {
            rfqs::decide(cx, id, seen, rfqs::Decision::Return(reason.clone()), idem).await
        }
        BulkAction::ReleaseHeld => release::decide(cx, id, release::Decision::Release, None).await,
        BulkAction::RefuseHeld(reason) => {
            release::decide(cx, id, release::Decision::Refuse(reason.clone()), None).await
        }
        BulkAction::UpholdReports(reason) => {
            reports::decide(cx, id, (reports::Decision::Uphold, reason), None).await
        }
        BulkAction::DismissReports(reason) => {
            reports::decide(cx, id, (reports::Decision::Dismiss, reason), None).await
        }
    }
}
