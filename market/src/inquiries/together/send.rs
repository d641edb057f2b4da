//! Sending: every thread of the form in one transaction.

use serde_json::json;
use uuid::Uuid;

use super::plan::{self, Plan};
use super::{BatchDraft, BatchOutcome, draft as waiting};
use crate::abuse::limits;
use crate::abuse::trapped::{self, TrappedForm};
use crate::accounts::consent;
use crate::audit;
use crate::basket;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::files;
use crate::idempotency::{self, IdemKey};
use crate::inquiries::ask::{self, Checked};
use crate::inquiries::begin;
use crate::inquiries::limits as usual;
use crate::inquiries::links::network_mark;
use crate::inquiries::service::is_race;
use crate::text;
use crate::throttle::{self, Limit};
use crate::time::HOUR;

/// Notes that one form began several threads.
pub const INSERT: &str =
    "INSERT INTO inquiry_batches (id, buyer_id, lang, created_at) VALUES ($1, $2, $3, $4)";

/// Sends the form: one thread for each vendor, all or none. For guests, and for people whose address has not
/// confirmed itself, one confirmation mail is sent and the vendors hear nothing yet.
///
/// # Errors
/// `Invalid` by field; `TooMany`; `Conflict` when the same form comes with other content.
pub async fn send(cx: &Cx, draft: &BatchDraft, idem: Uuid) -> Result<BatchOutcome> {
    if !text::line(&draft.common.trap).is_empty() && cx.actor.person().is_none() {
        trapped::keep(cx, &TrappedForm::Basket { draft: draft.clone() }, idem).await?;
        return Ok(BatchOutcome::ConfirmationSent);
    }
    match send_once(cx, draft, idem).await {
        Err(error) if is_race(&error.kind) => send_once(cx, draft, idem).await,
        done => done,
    }
}

async fn send_once(cx: &Cx, draft: &BatchDraft, idem: Uuid) -> Result<BatchOutcome> {
    let person = cx.actor.person();
    let scope = person.map_or_else(|| "batch:guest".to_owned(), |person| format!("batch:{}", person.id));
    let files = files::sending::content(&files::guests::sender(cx), idem).await?;
    let key = IdemKey::new(scope, idem, &format!("{draft:?}{files}"));
    let mut tx = cx.write().await?;
    if let Some(outcome) = idempotency::earlier(&mut tx, &key).await? {
        return Ok(Uuid::parse_str(&outcome).map_or(BatchOutcome::ConfirmationSent, BatchOutcome::Sent));
    }
    let mut plan = plan::plan_in(cx, &mut tx, draft).await?;
    plan.checked.form_key = (!files.is_empty()).then_some(idem);
    let mut all = usual_limits(cx, &plan);
    let begins = plan.vendors.iter().filter(|_| plan.checked.guest.is_none());
    let vendors: Vec<Uuid> = begins.map(|vendor| vendor.page.vendor_id).collect();
    let who = (person.map(|person| person.id), &*ask::sender(person, plan.checked.guest.as_ref()));
    all.extend(limits::of_newcomer(cx, &mut tx, who, &vendors).await?);
    throttle::hit(&mut tx, cx.now(), &all).await?;
    let (outcome, kept) = match (person, &plan.checked.guest) {
        (Some(person), None) => {
            if !person.shares {
                consent::give(cx, &mut tx, person.id).await?;
            }
            let batch = begin(cx, &mut tx, &plan, person.id).await?;
            basket::service::sent(&mut tx, person.id, draft.items.iter().map(|item| item.listing_id)).await?;
            (BatchOutcome::Sent(batch), batch.to_string())
        }
        (_, guest) => {
            let guest = guest.as_ref().ok_or(crate::ErrorKind::NotSignedIn)?;
            waiting::keep(cx, &mut tx, (draft, &plan), guest).await?;
            (BatchOutcome::ConfirmationSent, String::new())
        }
    };
    idempotency::keep(&mut tx, &key, &kept, cx.now()).await?;
    tx.commit().await?;
    Ok(outcome)
}

/// Starts the threads of a plan, each with files of its own; gives the identity they share.
pub(super) async fn begin(cx: &Cx, tx: &mut Tx, plan: &Plan, buyer: Uuid) -> Result<Uuid> {
    let batch = cx.new_id();
    crate::execute!(*tx, INSERT, batch, buyer, cx.lang.code(), cx.now())?;
    audit::record(
        cx,
        tx,
        "batch.ask",
        ("batch", Some(batch)),
        json!({ "buyer": buyer, "vendors": plan.vendors.len() }),
    )
    .await?;
    let mut first = None;
    for vendor in &plan.vendors {
        let quantity = match vendor.lines.as_slice() {
            [only] => only.quantity.clone(),
            _ => String::new(),
        };
        let checked = Checked {
            body: plan.checked.body.clone(),
            quantity,
            guest: None,
            lines: vendor.lines.clone(),
            batch_id: Some(batch),
            trapped: plan.checked.trapped,
            form_key: plan.checked.form_key,
            offered: false,
        };
        let thread = begin::begin(cx, tx, &vendor.page, buyer, &checked).await?;
        match (plan.checked.form_key, first) {
            (Some(form_key), None) => {
                files::sending::attach_of(cx, tx, (thread, 1), (buyer, form_key)).await?;
                first = Some(thread);
            }
            (Some(_), Some(first)) => files::copying::with_question(cx, tx, (first, None), thread).await?,
            (None, _) => {}
        }
    }
    Ok(batch)
}

fn usual_limits(cx: &Cx, plan: &Plan) -> Vec<Limit> {
    let settings = cx.settings();
    let sender = ask::sender(cx.actor.person(), plan.checked.guest.as_ref());
    let limit = |bucket: String, max: u32, window: i64| Limit { bucket, max, window };
    let most = settings.baskets_per_sender_hour;
    let mut limits = vec![limit(format!("batch:sender:{sender}"), most, HOUR)];
    if let (None, Some(ip)) = (cx.actor.person(), cx.ip) {
        limits.push(limit(format!("batch:ip:{}", network_mark(ip)), most.saturating_mul(2), HOUR));
    }
    for vendor in plan.vendors.iter().filter(|_| plan.checked.guest.is_none()) {
        limits.extend(usual::of_target(cx, vendor.page.vendor_id, &vendor.pages, &sender));
    }
    limits
}
