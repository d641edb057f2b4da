//! `/confirm-basket/{token}`: a guest reads once more what goes to whom, and sends it. Opening sends nothing.

use axum::extract::{Path, State};
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::ErrorKind;
use market::inquiries::together::{self, PendingBatch};
use uuid::Uuid;

use crate::abuse::parts::blocked;
use crate::basket::{cookie, parts};
use crate::context::{AppState, Req};
use crate::error::{PageError, PageResult};
use crate::form::Form;
use crate::i18n::{basket as w, consent as c, inquiries as i};
use crate::inquiries::place::{busy, column, confirmation_gone, not_taking};
use crate::inquiries::typed::Left;
use crate::page;
use crate::ui::{self, Tone};

/// What goes to whom, and a button.
pub async fn show(Path(token): Path<String>, req: Req) -> PageResult {
    match together::pending_batch(&req.cx, &token).await {
        Ok(pending) if pending.plan.is_none() && !pending.sent => Ok(confirmation_gone(&req)),
        Ok(pending) => Ok(pending_page(&req, &token, &pending)),
        Err(error) if error.kind == ErrorKind::Gone => Ok(confirmation_gone(&req)),
        Err(error) => match &error.kind {
            ErrorKind::Conflict(rule) if blocked(req.lang(), rule).is_some() => Ok(not_taking(&req, rule)),
            _ => Err(PageError(error)),
        },
    }
}

/// Sends it, once, and goes on to all its threads.
pub async fn submit(
    State(state): State<AppState>,
    Path(token): Path<String>,
    req: Req,
    left: Left,
) -> PageResult {
    let sent = sent_now(&req, &token).await;
    match together::confirm_batch(&req.cx, &token).await {
        Ok(confirmed) => {
            let response = page::redirect(&req.href(&format!("/b/{}?done=sent", confirmed.link)));
            let response = left.forget(&req, response).await?;
            if sent.is_empty() {
                return Ok(response);
            }
            // where the form was filled in, the basket is emptied of what has been asked
            let rest: Vec<Uuid> = req.kept.iter().copied().filter(|id| !sent.contains(id)).collect();
            Ok(cookie::write(response, state.secure_cookies, &rest))
        }
        Err(error) if error.kind == ErrorKind::Gone => Ok(confirmation_gone(&req)),
        Err(error) => match &error.kind {
            ErrorKind::Conflict(rule) if blocked(req.lang(), rule).is_some() => Ok(not_taking(&req, rule)),
            _ => busy(&req, error, &format!("/confirm-basket/{token}")),
        },
    }
}

/// What of this browser's basket is sent by confirming now.
async fn sent_now(req: &Req, token: &str) -> Vec<Uuid> {
    if req.kept.is_empty() {
        return Vec::new();
    }
    let pending = together::pending_batch(&req.cx, token).await.ok();
    let plan = pending.filter(|pending| !pending.sent).and_then(|pending| pending.plan);
    let asked = plan.iter().flat_map(|plan| &plan.vendors).flat_map(|vendor| &vendor.pages);
    asked.map(|page| page.id).filter(|id| req.kept.contains(id)).collect()
}

fn pending_page(req: &Req, token: &str, pending: &PendingBatch) -> Response {
    let lang = req.lang();
    let count = pending.plan.as_ref().map_or(0, |plan| plan.vendors.len());
    let (title, text, label) = if pending.sent {
        (
            w::confirm_done_title(lang).to_owned(),
            i::confirm_done_text(lang).to_owned(),
            i::confirm_done_button(lang),
        )
    } else {
        (w::confirm_title(lang, count), i::confirm_text(lang, &pending.email), w::confirm_send(lang))
    };
    let gone =
        (pending.gone > 0 && !pending.sent).then(|| ui::notice(Tone::Warn, w::some_gone(lang, pending.gone)));
    let names = pending.left_out.join(", ");
    let left_out = (!names.is_empty()).then(|| ui::notice(Tone::Warn, w::some_left_out(lang, &names)));
    let button = view! { <button class="btn btn-primary btn-wide btn-big mt-5">{label}</button> };
    let content = view! {
        <h1>{title.clone()}</h1>
        <p class="mt-2">{text}</p>
        {(!pending.sent).then(|| view! { <p class="small mute mt-2">{c::passes(lang)}</p> })}
        {gone}
        {left_out}
        {pending.plan.as_ref().map(|plan| if pending.sent { parts::sent(req, plan) } else { parts::preview(req, plan, &pending.files) })}
        {ui::form(lang, &Form::empty(req), &req.href(&format!("/confirm-basket/{token}")), button.into_any())}
    };
    column(req, StatusCode::OK, &title, content.into_any())
}
