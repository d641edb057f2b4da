//! What admins look at: the record of who did what, and the work that waits or failed.

use serde_json::json;
use uuid::Uuid;

use super::review::HistoryEntry;
use super::store;
use crate::accounts::access::{Object, Verb, demand};
use crate::audit::{self, Verification};
use crate::cx::Cx;
use crate::error::Result;
use crate::outbox::{self, Backlog, DeadJob};

/// A page of the record.
#[derive(Clone, Debug)]
pub struct Record {
    /// The rows, newest first.
    pub rows: Vec<HistoryEntry>,
    /// Where the next page begins; none on the last one.
    pub before: Option<i64>,
    /// Whether the chain holds; checked on the first page only.
    pub verification: Option<Verification>,
}

/// The record before a position, newest first; without one from the end, together with a walk along the chain.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn record(cx: &Cx, before: Option<i64>) -> Result<Record> {
    demand(&cx.actor, Verb::ReadAudit, Object::Site)?;
    let mut db = cx.read().await?;
    let rows = crate::fetch_all!(db, HistoryEntry, store::RECORD, before.unwrap_or(i64::MAX))?;
    let next = rows.last().map(|row| row.seq).filter(|seq| *seq > 1 && rows.len() == 50);
    let verification = match before {
        None => Some(audit::verify(&mut db).await?),
        Some(_) => None,
    };
    Ok(Record { rows, before: next, verification })
}

/// The work that waits, and what was set aside.
#[derive(Clone, Debug)]
pub struct Machinery {
    /// How much waits.
    pub backlog: Backlog,
    /// What was set aside.
    pub dead: Vec<DeadJob>,
}

/// The work that waits, and what was set aside.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn machinery(cx: &Cx) -> Result<Machinery> {
    demand(&cx.actor, Verb::ReadMachinery, Object::Site)?;
    let mut db = cx.read().await?;
    Ok(Machinery { backlog: outbox::backlog(&mut db).await?, dead: outbox::list_dead(&mut db).await? })
}

/// Gives a set-aside job another round; one that runs again already is fine.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`.
pub async fn retry(cx: &Cx, job: Uuid) -> Result<bool> {
    demand(&cx.actor, Verb::ReadMachinery, Object::Site)?;
    let mut tx = cx.write().await?;
    let retried = outbox::retry_dead(&mut tx, job, cx.now()).await?;
    if retried {
        audit::record(cx, &mut tx, "job.retry", ("job", Some(job)), json!({})).await?;
    }
    tx.commit().await?;
    Ok(retried)
}
