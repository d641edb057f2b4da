//! Asking others instead: an inquiry that ended without an answer goes, as it stands, to those of the offered vendors
//! whom the buyer chose, all of them or none; the first vendor is told.

use serde_json::json;
use uuid::Uuid;

use super::act::{self, Step};
use super::ask::Checked;
use super::begin;
use super::model::MessageKind;
use super::page;
use super::rules::{self, Action};
use super::similar;
use super::store::{self, Thread};
use super::together::send::INSERT;
use super::{lines, messages, service};
use crate::accounts::access::{self, Verb};
use crate::accounts::consent;
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::files;
use crate::idempotency::{self, IdemKey};
use crate::throttle::{self, Limit};
use crate::time::HOUR;

/// Whether what threads share is a public request and not a form of ours.
pub const IS_REQUEST: &str = "SELECT CAST(1 AS BIGINT) FROM rfqs WHERE id = $1";

/// To whom else an inquiry goes.
#[derive(Clone, Copy, Debug)]
pub struct Others<'a> {
    /// What was chosen of what was offered.
    pub listings: &'a [Uuid],
    /// Whether the box was ticked that lets these vendors know who asks.
    pub agreed: bool,
}

/// Asks the vendors of `others` what `thread` asked; gives how many were asked.
///
/// # Errors
/// `NotFound` for strangers; `Invalid` when none of the offered ones is chosen, or when whoever asked has to agree that they
/// learn who asks and does not; `Conflict("thread.state")` when it has an answer or was sent on before; `TooMany`.
pub async fn ask_others(cx: &Cx, thread: Uuid, others: Others<'_>, idem: Uuid) -> Result<usize> {
    match once(cx, thread, others, idem).await {
        Err(error) if service::is_race(&error.kind) => once(cx, thread, others, idem).await,
        done => done,
    }
}

async fn once(cx: &Cx, id: Uuid, Others { listings, agreed }: Others<'_>, idem: Uuid) -> Result<usize> {
    let mut tx = cx.write().await?;
    let mut old = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::AskInThread, old.object())?;
    let scope = format!("reroute:{id}:{}", old.buyer_id);
    let key = IdemKey::new(scope, idem, &format!("{listings:?}"));
    if let Some(count) = idempotency::earlier(&mut tx, &key).await? {
        return Ok(count.parse().unwrap_or_default());
    }
    rules::transition(old.state, Action::Reroute, false)?;
    if old.withheld_at.is_some() {
        return Err(Error::conflict("thread.state"));
    }
    let offered = similar::for_thread(cx, &mut tx, &old).await?;
    let chosen: Vec<Uuid> =
        offered.iter().map(|other| other.id).filter(|other| listings.contains(other)).collect();
    let mut errors = FieldErrors::new();
    if chosen.is_empty() {
        errors.add("listing", Problem::Required);
    }
    let asked = !consent::shares(&mut tx, old.buyer_id).await?;
    consent::demand(asked, agreed, &mut errors);
    errors.into_result()?;
    if asked {
        consent::give(cx, &mut tx, old.buyer_id).await?;
    }
    let limit = Limit {
        bucket: format!("reroute:sender:{}", old.buyer_id),
        max: cx.settings().threads_per_sender_hour,
        window: HOUR,
    };
    throttle::hit(&mut tx, cx.now(), &[limit]).await?;
    let written_in = Cx { lang: old.lang, ..cx.clone() };
    let body = words(&mut tx, &old).await?;
    let batch_id = form(cx, &mut tx, &old, chosen.len()).await?;
    for listing in &chosen {
        let page = page::visible_listing(cx, &mut tx, *listing).await?;
        let checked = Checked {
            body: body.clone(),
            quantity: old.quantity.clone(),
            guest: None,
            lines: Vec::new(),
            batch_id,
            trapped: false,
            form_key: None,
            offered: true,
        };
        let thread = begin::begin(&written_in, &mut tx, &page, old.buyer_id, &checked).await?;
        files::copying::with_question(cx, &mut tx, (old.id, old.batch_id), thread).await?;
    }
    let buyer = old.buyer_id;
    act::take(cx, &mut tx, &mut old, Step::new(Action::Reroute, MessageKind::Text, String::new())).await?;
    let details = json!({ "buyer": buyer, "vendors": chosen.len() });
    audit::record(cx, &mut tx, "thread.ask_others", ("thread", Some(id)), details).await?;
    idempotency::keep(&mut tx, &key, &chosen.len().to_string(), cx.now()).await?;
    tx.commit().await?;
    Ok(chosen.len())
}

/// The form under which the answers of those asked now stand side by side: that of the old thread, so that quotes which came
/// on it already are compared with them, else one of their own. A public request counts its answers by its threads and gets none.
async fn form(cx: &Cx, tx: &mut Tx, old: &Thread, asked: usize) -> Result<Option<Uuid>> {
    if let Some(batch) = old.batch_id
        && crate::fetch_optional!(*tx, (i64,), IS_REQUEST, batch)?.is_none()
    {
        return Ok(Some(batch));
    }
    if asked < 2 {
        return Ok(None);
    }
    let batch = cx.new_id();
    crate::execute!(*tx, INSERT, batch, old.buyer_id, old.lang.code(), cx.now())?;
    Ok(Some(batch))
}

/// What was asked: lines of a basket first, as they name what the other vendor's page does not, with price and day.
async fn words(tx: &mut Tx, old: &Thread) -> Result<String> {
    let lines = lines::of_thread(tx, old.id).await?;
    let mut text: Vec<String> = lines
        .iter()
        .map(|line| {
            let named = |ko: &str, en: &str, value: &str| match value {
                "" => String::new(),
                value => format!("{} {value}", old.lang.pick(ko, en)),
            };
            let price = named("희망 단가", "target price", &line.target_price);
            let due =
                named("필요한 날", "needed by", &line.due.map(|day| day.to_string()).unwrap_or_default());
            let parts = [line.title.as_str(), &line.quantity, &line.spec, &price, &due];
            let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
            format!("- {}", parts.join(" · "))
        })
        .collect();
    text.extend(messages::at(tx, old.id, 1).await?.map(|message| message.body));
    Ok(text.join("\n").chars().take(4_000).collect())
}
