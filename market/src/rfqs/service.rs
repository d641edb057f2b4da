//! The verbs of a request's buyer: hand in, write again, extend, end. Each is one transaction.

use serde_json::json;
use uuid::Uuid;

use super::check::{self, Asks, Checked};
use super::guests;
use super::jobs::{RfqEvent, TellRfqBuyer};
use super::model::{CloseReason, RfqDraft, RfqOutcome, RfqState};
use super::rules::{self, Action};
use super::store::{self, Rfq};
use crate::abuse::trapped::{self, TrappedForm};
use crate::accounts::access::{self, Verb};
use crate::accounts::consent;
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::files::sending;
use crate::idempotency::{self, IdemKey};
use crate::inquiries::offered;
use crate::outbox::{self, When};
use crate::text;
use crate::throttle::{self, Limit};
use crate::time::DAY;

pub use super::answer::{AnswerPage, Offer, Product, answer, answer_page};
pub use super::board::{Board, BoardFilter, PER_PAGE, RfqView, board, newest, own, rfq_view};
pub use super::curate::{Decision, decide, review};
pub use super::guests::{ConfirmedRfq, PendingRfq, confirm_rfq, pending_rfq};

/// Hands a request to the curators. For guests, and people whose address has not confirmed itself, one
/// confirmation mail is sent and nobody else hears of it.
///
/// # Errors
/// `Invalid` by field; `TooMany`; `Conflict` when the same form comes with other content.
///
/// The files held for this form go with it, also in [`resubmit`].
pub async fn submit(cx: &Cx, draft: &RfqDraft, idem: Uuid) -> Result<RfqOutcome> {
    // a curator looks at every request anyway: only what strangers send is kept apart
    if !text::line(&draft.trap).is_empty() && cx.actor.person().is_none() {
        trapped::keep(cx, &TrappedForm::Rfq { draft: draft.clone() }, idem).await?;
        return Ok(RfqOutcome::ConfirmationSent);
    }
    match submit_once(cx, draft, idem).await {
        Err(error) if offered::is_race(&error.kind) => submit_once(cx, draft, idem).await,
        done => done,
    }
}

async fn submit_once(cx: &Cx, draft: &RfqDraft, idem: Uuid) -> Result<RfqOutcome> {
    let person = cx.actor.person();
    let scope = person.map_or_else(|| "rfq:guest".to_owned(), |person| format!("rfq:{}", person.id));
    let files = sending::content(&crate::files::guests::sender(cx), idem).await?;
    let key = IdemKey::new(scope, idem, &format!("{draft:?}{files}"));
    let mut tx = cx.write().await?;
    if let Some(outcome) = idempotency::earlier(&mut tx, &key).await? {
        return Ok(Uuid::parse_str(&outcome).map_or(RfqOutcome::ConfirmationSent, RfqOutcome::Sent));
    }
    let asks = Asks { guest: person.is_none(), consent: consent::is_asked(person) };
    let mut checked = check::check(cx, &mut tx, draft, asks).await?;
    checked.guest = checked.guest.or_else(|| offered::unconfirmed(person, draft.agreed));
    throttle::hit(&mut tx, cx.now(), &limits(cx, &checked)).await?;
    let (outcome, kept) = match (person, &checked.guest) {
        (Some(person), None) => {
            if asks.consent {
                consent::give(cx, &mut tx, person.id).await?;
            }
            let id = begin(cx, &mut tx, &checked, person.id).await?;
            sending::attach_to_rfq(cx, &mut tx, id, (idem, &[])).await?;
            (RfqOutcome::Sent(id), id.to_string())
        }
        (_, Some(guest)) => {
            let form_key = (!files.is_empty()).then_some(idem);
            guests::keep(cx, &mut tx, (draft, form_key), guest).await?;
            (RfqOutcome::ConfirmationSent, String::new())
        }
        (None, None) => return Err(ErrorKind::NotSignedIn.into()),
    };
    idempotency::keep(&mut tx, &key, &kept, cx.now()).await?;
    tx.commit().await?;
    Ok(outcome)
}

fn limits(cx: &Cx, checked: &Checked) -> Vec<Limit> {
    let most = cx.settings().rfqs_per_sender_day;
    let sender = offered::sender(cx.actor.person(), checked.guest.as_ref());
    let limit = |bucket: String, max: u32| Limit { bucket, max, window: DAY };
    let mut limits = vec![limit(format!("rfq:sender:{sender}"), most)];
    if let (None, Some(ip)) = (cx.actor.person(), cx.ip) {
        let net = offered::network_mark(ip);
        limits.push(limit(format!("rfq:ip:{net}"), most.saturating_mul(3)));
    }
    limits
}

/// Writes a request of `buyer` that waits for a curator.
pub(super) async fn begin(cx: &Cx, tx: &mut Tx, checked: &Checked, buyer: Uuid) -> Result<Uuid> {
    let first = rules::transition(RfqState::Draft, Action::Submit, false)?;
    let id = write(cx, tx, checked, (buyer, first.to)).await?.id;
    audit::record(cx, tx, "rfq.submit", ("rfq", Some(id)), json!({ "buyer": buyer })).await?;
    Ok(id)
}

/// Writes a request that its buyer has to look at again before anybody else does, and why.
pub(super) async fn begin_draft(
    cx: &Cx,
    tx: &mut Tx,
    checked: &Checked,
    about: (Uuid, &str),
) -> Result<Uuid> {
    let (buyer, reason) = about;
    let mut rfq = write(cx, tx, checked, (buyer, RfqState::Draft)).await?;
    rfq.reason = Some(reason.to_owned());
    store::save(tx, &mut rfq).await?;
    audit::record(cx, tx, "rfq.draft", ("rfq", Some(rfq.id)), json!({ "buyer": buyer })).await?;
    Ok(rfq.id)
}

async fn write(cx: &Cx, tx: &mut Tx, checked: &Checked, of: (Uuid, RfqState)) -> Result<Rfq> {
    let rfq = Rfq {
        title: checked.title.clone(),
        body: checked.body.clone(),
        lines: checked.lines.clone(),
        category: checked.category.clone(),
        region: checked.region.clone(),
        place: checked.place.clone(),
        due: checked.due,
        visibility: checked.visibility,
        ..Rfq::begun(cx.new_id(), of, (cx.lang, cx.now()))
    };
    store::insert(tx, &rfq).await?;
    invite(tx, rfq.id, &checked.invited).await?;
    Ok(rfq)
}

async fn invite(tx: &mut Tx, rfq: Uuid, vendors: &[Uuid]) -> Result<()> {
    crate::execute!(*tx, store::UNINVITE, rfq)?;
    for vendor in vendors {
        crate::execute!(*tx, store::INVITE, rfq, *vendor)?;
    }
    Ok(())
}

/// The request of whoever acts: signed in, or through its link.
pub(super) async fn own_in(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<Rfq> {
    let rfq = store::find(tx, id).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::AskInThread, rfq.object(Uuid::nil()))?;
    Ok(rfq)
}

/// Hands in again what a curator gave back, with new words. Of the files that went with it, those named in `keep` stay.
///
/// # Errors
/// `NotFound` for strangers, `Conflict("rfq.state")` when it is not with its buyer, else as [`submit`].
pub async fn resubmit(cx: &Cx, id: Uuid, draft: &RfqDraft, (idem, keep): (Uuid, &[Uuid])) -> Result<()> {
    let files = sending::content(cx, idem).await?;
    let mut tx = cx.write().await?;
    let mut rfq = own_in(cx, &mut tx, id).await?;
    let key = key(cx, id, idem, &format!("{draft:?}{files} {keep:?}"));
    if idempotency::earlier(&mut tx, &key).await?.is_some() {
        return Ok(());
    }
    let next = rules::transition(rfq.state, Action::Submit, false)?;
    let asks = Asks { guest: false, consent: !consent::shares(&mut tx, rfq.buyer_id).await? };
    let checked = check::check(cx, &mut tx, draft, asks).await?;
    if asks.consent {
        consent::give(cx, &mut tx, rfq.buyer_id).await?;
    }
    let lines = serde_json::to_string(&checked.lines)?;
    crate::execute!(
        tx,
        store::REWRITE,
        id,
        rfq.version,
        &checked.title,
        &checked.body,
        &lines,
        &checked.category,
        &checked.region,
        &checked.place,
        checked.due.map(|day| day.to_string()),
        checked.visibility.code(),
        cx.now()
    )?;
    rfq.version += 1;
    (rfq.state, rfq.reason) = (next.to, None);
    store::save(&mut tx, &mut rfq).await?;
    invite(&mut tx, id, &checked.invited).await?;
    sending::attach_to_rfq(cx, &mut tx, id, (idem, keep)).await?;
    audit::record(cx, &mut tx, "rfq.submit", ("rfq", Some(id)), json!({ "again": true })).await?;
    idempotency::keep(&mut tx, &key, "", cx.now()).await?;
    tx.commit().await
}

pub(super) fn key(cx: &Cx, id: Uuid, idem: Uuid, content: &str) -> IdemKey {
    IdemKey::new(format!("rfq:{id}:{}", cx.actor.user_id().unwrap_or_default()), idem, content)
}

/// Adds as many days as a request has, once.
///
/// # Errors
/// `NotFound` for strangers, `Conflict("rfq.extended")` the second time, `Conflict("rfq.state")`.
pub async fn extend(cx: &Cx, id: Uuid, idem: Uuid) -> Result<()> {
    let mut tx = cx.write().await?;
    let mut rfq = own_in(cx, &mut tx, id).await?;
    let key = key(cx, id, idem, "extend");
    if idempotency::earlier(&mut tx, &key).await?.is_some() {
        return Ok(());
    }
    rules::transition(rfq.state, Action::Extend, rfq.extended_at.is_some())?;
    let days = cx.settings().rfq_days.saturating_mul(DAY);
    rfq.closes_at = rfq.closes_at.map(|end| end.plus(days));
    rfq.extended_at = Some(cx.now());
    store::save(&mut tx, &mut rfq).await?;
    audit::record(cx, &mut tx, "rfq.extend", ("rfq", Some(id)), json!({})).await?;
    idempotency::keep(&mut tx, &key, "", cx.now()).await?;
    tx.commit().await
}

/// Ends a request; vendors whose quotes lie on the table are told.
///
/// # Errors
/// `Invalid` without a reason, `NotFound` for strangers, `Conflict("rfq.state")`.
pub async fn close(cx: &Cx, id: Uuid, reason: &str, idem: Uuid) -> Result<()> {
    let reason = CloseReason::from_code(reason)
        .filter(|reason| *reason != CloseReason::Awarded)
        .ok_or_else(|| Error::invalid("reason", Problem::Required))?;
    let mut tx = cx.write().await?;
    let mut rfq = own_in(cx, &mut tx, id).await?;
    let key = key(cx, id, idem, reason.code());
    if idempotency::earlier(&mut tx, &key).await?.is_some() {
        return Ok(());
    }
    end(cx, &mut tx, &mut rfq, (Action::Close, Some(reason.code()))).await?;
    outbox::enqueue(cx, &mut tx, &super::jobs::SettleRfq { rfq_id: id, taken: None }, When::default())
        .await?;
    idempotency::keep(&mut tx, &key, "", cx.now()).await?;
    tx.commit().await
}

/// Ends everything that a buyer who leaves still asks for in public. The caller has authorised it, and calls the threads off.
///
/// # Errors
/// `Conflict` when a vendor answers at the same moment.
pub(crate) async fn close_all(cx: &Cx, tx: &mut Tx, buyer: Uuid) -> Result<usize> {
    let open = crate::fetch_all!(*tx, (Uuid,), store::OPEN_OF_BUYER, buyer)?;
    for (id,) in &open {
        let mut rfq = store::find(tx, *id).await?.ok_or(ErrorKind::NotFound)?;
        end(cx, tx, &mut rfq, (Action::Close, Some(CloseReason::NotNeeded.code()))).await?;
        let settle = super::jobs::SettleRfq { rfq_id: *id, taken: None };
        outbox::enqueue(cx, tx, &settle, When::default()).await?;
    }
    Ok(open.len())
}

/// Takes a step that ends a request, with its reason.
pub(super) async fn end(cx: &Cx, tx: &mut Tx, rfq: &mut Rfq, how: (Action, Option<&str>)) -> Result<()> {
    let (action, reason) = how;
    let before = rfq.state;
    rfq.state = rules::transition(rfq.state, action, rfq.extended_at.is_some())?.to;
    rfq.closed_at = Some(cx.now());
    rfq.reason = reason.map(str::to_owned);
    store::save(tx, rfq).await?;
    let details = json!({ "from": before.code(), "to": rfq.state.code(), "reason": reason });
    audit::record(cx, tx, &format!("rfq.{}", action.code()), ("rfq", Some(rfq.id)), details).await
}

/// Ends every request whose days are over; run by the schedule.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn expire_due(cx: &Cx) -> Result<usize> {
    let due = {
        let mut db = cx.read().await?;
        crate::fetch_all!(db, (Uuid,), store::DUE, cx.now())?
    };
    let mut ended = 0;
    for (id,) in due {
        let mut tx = cx.write().await?;
        let Some(mut rfq) = store::find(&mut tx, id).await? else { continue };
        if rfq.state != RfqState::Open || rfq.closes_at.is_none_or(|end| end > cx.now()) {
            continue;
        }
        match end(cx, &mut tx, &mut rfq, (Action::Expire, None)).await {
            Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => continue,
            done => done?,
        }
        let job = TellRfqBuyer { rfq_id: id, event: RfqEvent::Expired };
        outbox::enqueue(cx, &mut tx, &job, When::default()).await?;
        tx.commit().await?;
        ended += 1;
    }
    guests::purge(cx).await?;
    Ok(ended)
}
