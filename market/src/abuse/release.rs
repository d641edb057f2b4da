//! Deciding about what is held: handing it over with the time it was written, or not at all, with a reason. What nobody
//! decided in time ends by itself.

use serde_json::json;
use uuid::Uuid;

use super::held::{self, Held};
use super::model::{HeldKind, HeldState};
use super::trapped;
use crate::accounts::access::{Object, Verb, demand, demand_no_part};
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Result};
use crate::idempotency::{self, IdemKey};
use crate::inquiries::{store, withheld};
use crate::text;
use crate::time::{DAY, Timestamp};

/// Most characters of a reason.
pub const REASON_MAX: usize = 500;
/// Days after which forms of strangers are forgotten.
pub const FORM_DAYS: i64 = 30;

/// A decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is handed over.
    Release,
    /// It is not; the reason is for its sender.
    Refuse(String),
}

/// Decides about something held.
///
/// # Errors
/// `Invalid` without a reason; `Conflict("held.decided")` when somebody was faster or its thread ended,
/// `Conflict("desk.own_company")` for whoever has a part in it.
pub async fn decide(cx: &Cx, id: Uuid, decision: Decision, idem: Option<Uuid>) -> Result<()> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    demand(&cx.actor, Verb::DecideHeld, Object::Site)?;
    let decision = clean(decision)?;
    let key = idem.map(|idem| {
        let scope = format!("held:{id}:{}", cx.actor.user_id().unwrap_or_default());
        IdemKey::new(scope, idem, &format!("{decision:?}"))
    });
    let mut tx = cx.write().await?;
    let held = held::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    if let Some(key) = &key
        && idempotency::earlier(&mut tx, key).await?.is_some()
    {
        return Ok(());
    }
    demand_no_part(&cx.actor, held.sender_id, held.vendor_id)?;
    if let Some(thread) = held.thread_id {
        let thread = store::find(&mut tx, thread).await?.ok_or(ErrorKind::NotFound)?;
        demand_no_part(&cx.actor, Some(thread.buyer_id), Some(thread.vendor_id))?;
    }
    if held.state != HeldState::Waiting {
        return Err(Error::conflict("held.decided"));
    }
    if held.kind == HeldKind::Form && decision == Decision::Release {
        // a form sends itself in transactions of its own, once for each item
        drop(tx);
        trapped::send(cx, &held).await?;
        tx = cx.write().await?;
    }
    settle(cx, &mut tx, &held, &decision).await?;
    if let Some(key) = &key {
        idempotency::keep(&mut tx, key, "", cx.now()).await?;
    }
    tx.commit().await
}

fn clean(decision: Decision) -> Result<Decision> {
    Ok(match decision {
        Decision::Release => Decision::Release,
        Decision::Refuse(typed) => Decision::Refuse(
            text::block_within(&typed, 2, REASON_MAX).map_err(|problem| Error::invalid("reason", problem))?,
        ),
    })
}

async fn settle(cx: &Cx, tx: &mut Tx, held: &Held, decision: &Decision) -> Result<()> {
    let (state, reason) = match decision {
        Decision::Release => (HeldState::Released, None),
        Decision::Refuse(reason) => (HeldState::Refused, Some(reason.as_str())),
    };
    let by = cx.actor.user_id();
    if crate::execute!(*tx, held::DECIDE, held.id, state.code(), by, cx.now(), reason)? == 0 {
        return Err(Error::conflict("held.decided"));
    }
    match (held.kind, decision, held.thread_id) {
        (HeldKind::Inquiry, Decision::Release, Some(thread)) => withheld::hand_over(cx, tx, thread).await?,
        (HeldKind::Inquiry, Decision::Refuse(reason), Some(thread)) => {
            withheld::turn_away(cx, tx, thread, reason).await?;
        }
        (HeldKind::Message, Decision::Release, Some(_)) => withheld::put_message(cx, tx, held).await?,
        (HeldKind::Message, Decision::Refuse(reason), Some(thread)) => {
            withheld::tell_message_refused(cx, tx, thread, reason).await?;
        }
        _ => {}
    }
    let what = if *decision == Decision::Release { "held.release" } else { "held.refuse" };
    let details = json!({ "kind": held.kind.code(), "thread": held.thread_id, "reason": reason });
    audit::record(cx, tx, what, ("held", Some(held.id)), details).await
}

/// Ends what waited too long: precautions are lifted, the rest is not handed over. Run with the deadlines of threads.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn run_due(cx: &Cx) -> Result<usize> {
    let mut ended = 0;
    loop {
        let due = {
            let mut db = cx.read().await?;
            crate::fetch_all!(db, (Uuid,), held::DUE, cx.now())?
        };
        let mut moved = 0;
        for (id,) in &due {
            match end_one(cx, *id).await {
                Ok(()) => moved += 1,
                Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => {}
                Err(error) => return Err(error),
            }
        }
        ended += moved;
        if moved == 0 {
            return Ok(ended);
        }
    }
}

async fn end_one(cx: &Cx, id: Uuid) -> Result<()> {
    let mut tx = cx.write().await?;
    let held = held::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    let decision = if held.ends_by_itself() { Decision::Release } else { Decision::Refuse(String::new()) };
    settle(cx, &mut tx, &held, &decision).await?;
    tx.commit().await
}

/// Forgets forms of strangers that are a month old.
pub(crate) async fn forget_forms(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    held::purge(tx, now.plus(-FORM_DAYS * DAY)).await
}
