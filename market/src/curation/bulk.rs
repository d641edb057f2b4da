//! Several listings with one press: each is decided in a transaction of its own, each has its own result.

use uuid::Uuid;

use super::inbox::PER_PAGE;
use crate::abuse::{release, reports};
use crate::catalog::{decisions, revisions};
use crate::cx::Cx;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::rfqs::service as rfqs;

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

/// Decides about each of `ids`. A row that somebody else decided meanwhile fails alone.
///
/// # Errors
/// `Invalid` when nothing or more than a page is chosen, or a reason is missing; the database being away
/// ends the whole. What was done before stays done.
pub async fn decide(cx: &Cx, ids: &[Uuid], action: &BulkAction) -> Result<Vec<RowResult>> {
    let most = usize::try_from(PER_PAGE).unwrap_or(usize::MAX);
    if ids.is_empty() {
        return Err(Error::invalid("rows", Problem::Rule("desk.nothing_chosen".into())));
    }
    if ids.len() > most {
        return Err(Error::invalid("rows", Problem::TooMany { max: most }));
    }
    let mut results = Vec::with_capacity(ids.len());
    for id in ids {
        match one(cx, *id, action).await {
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

async fn one(cx: &Cx, id: Uuid, action: &BulkAction) -> Result<()> {
    match action {
        BulkAction::ApproveListings => decisions::approve(cx, id, None).await,
        BulkAction::ReturnListings(reason) => decisions::return_for_changes(cx, id, reason, None).await,
        BulkAction::ApplyRevisions => revisions::decide(cx, id, revisions::Decision::Apply, None).await,
        BulkAction::DeclineRevisions(reason) => {
            revisions::decide(cx, id, revisions::Decision::Decline(reason.clone()), None).await
        }
        BulkAction::OpenRfqs => rfqs::decide(cx, id, rfqs::Decision::Open, None).await,
        BulkAction::ReturnRfqs(reason) => {
            rfqs::decide(cx, id, rfqs::Decision::Return(reason.clone()), None).await
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
