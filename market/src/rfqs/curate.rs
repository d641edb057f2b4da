//! What a curator decides about a request before vendors see it, and after.

use serde_json::json;
use uuid::Uuid;

use super::files;
use super::jobs::{RfqEvent, SettleRfq, TellRfqBuyer, TellVendors};
use super::model::RfqState;
use super::rules::{self, Action};
use super::service::{end, key};
use super::store::{self, Buyer, Invited, Rfq};
use crate::accounts::access::{Object, Verb, demand, demand_no_part};
use crate::audit;
use crate::catalog::decisions::{Seen, must_be_seen};
use crate::curation::review::{HistoryEntry, history};
use crate::cx::Cx;
use crate::error::{Error, ErrorKind, Result};
use crate::files::AttachedFile;
use crate::idempotency;
use crate::outbox::{self, When};
use crate::text;
use crate::time::DAY;

/// Most characters of a reason.
pub const REASON_MAX: usize = 500;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Vendors may answer from now on.
    Open,
    /// Back to its buyer, with a reason.
    Return(String),
    /// Away, with a reason.
    Remove(String),
}

/// A request as its curator sees it.
#[derive(Clone, Debug)]
pub struct RfqReview {
    /// The request.
    pub rfq: Rfq,
    /// Who asks.
    pub buyer: Buyer,
    /// Its files.
    pub files: Vec<AttachedFile>,
    /// Whom it invites.
    pub invited: Vec<Invited>,
    /// What happened, newest first.
    pub history: Vec<HistoryEntry>,
}

/// A request for somebody who decides about it; reading who asks is recorded.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`, `NotFound`.
pub async fn review(cx: &Cx, id: Uuid) -> Result<RfqReview> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    demand(&cx.actor, Verb::DecideListing, Object::Site)?;
    let mut tx = cx.write().await?;
    let rfq = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    let buyer = crate::fetch_one!(tx, Buyer, store::BUYER, rfq.buyer_id)?;
    let invited = crate::fetch_all!(tx, Invited, store::INVITED, id)?;
    let files = files::of(&mut tx, &rfq).await?;
    let history = history(&mut tx, "rfq", id).await?;
    audit::record(cx, &mut tx, "personal_data.read", ("rfq", Some(id)), json!({})).await?;
    tx.commit().await?;
    Ok(RfqReview { rfq, buyer, files, invited, history })
}

/// Decides about a request.
///
/// # Errors
/// `Invalid` without a reason, `Conflict("rfq.state")` when somebody was faster, `Conflict("desk.own_company")` for the buyer.
pub async fn decide(cx: &Cx, id: Uuid, seen: Seen, decision: Decision, idem: Option<Uuid>) -> Result<()> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    demand(&cx.actor, Verb::DecideListing, Object::Site)?;
    let decision = clean(decision)?;
    let mut tx = cx.write().await?;
    let mut rfq = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    demand_no_part(&cx.actor, Some(rfq.buyer_id), None)?;
    let key = idem.map(|idem| key(cx, id, idem, &format!("{decision:?}")));
    if let Some(key) = &key
        && idempotency::earlier(&mut tx, key).await?.is_some()
    {
        return Ok(());
    }
    if rfq.state == RfqState::InReview {
        must_be_seen(seen, rfq.version)?;
    }
    let event = match &decision {
        Decision::Open => {
            rfq.state = rules::transition(rfq.state, Action::Open, false)?.to;
            let now = cx.now();
            rfq.opened_at = Some(now);
            rfq.closes_at = Some(now.plus(cx.settings().rfq_days.saturating_mul(DAY)));
            store::save(&mut tx, &mut rfq).await?;
            crate::execute!(tx, store::INSERT_BATCH, rfq.id, rfq.buyer_id, rfq.lang.code(), now)?;
            audit::record(cx, &mut tx, "rfq.open", ("rfq", Some(id)), json!({})).await?;
            outbox::enqueue(cx, &mut tx, &TellVendors { rfq_id: id }, When::default()).await?;
            RfqEvent::Opened
        }
        Decision::Return(reason) => {
            rfq.state = rules::transition(rfq.state, Action::Return, false)?.to;
            rfq.reason = Some(reason.clone());
            store::save(&mut tx, &mut rfq).await?;
            audit::record(cx, &mut tx, "rfq.return", ("rfq", Some(id)), json!({ "reason": reason })).await?;
            RfqEvent::Returned
        }
        Decision::Remove(reason) => {
            end(cx, &mut tx, &mut rfq, (Action::Remove, Some(reason))).await?;
            // vendors whose quotes lie on the table wait for nobody
            outbox::enqueue(cx, &mut tx, &SettleRfq { rfq_id: id, taken: None }, When::default()).await?;
            RfqEvent::Removed
        }
    };
    outbox::enqueue(cx, &mut tx, &TellRfqBuyer { rfq_id: id, event }, When::default()).await?;
    if let Some(key) = &key {
        idempotency::keep(&mut tx, key, "", cx.now()).await?;
    }
    tx.commit().await
}

fn clean(decision: Decision) -> Result<Decision> {
    let reason = |typed: &str| {
        text::block_within(typed, 2, REASON_MAX).map_err(|problem| Error::invalid("reason", problem))
    };
    Ok(match decision {
        Decision::Open => Decision::Open,
        Decision::Return(typed) => Decision::Return(reason(&typed)?),
        Decision::Remove(typed) => Decision::Remove(reason(&typed)?),
    })
}
