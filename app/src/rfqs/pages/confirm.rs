//! `/confirm-rfq/{token}`: a guest reads the request once more and hands it in. Opening hands nothing in.

use axum::extract::Path;
use http::StatusCode;
use leptos::prelude::*;
use market::rfqs::service::{PendingRfq, confirm_rfq, pending_rfq};
use market::{ErrorKind, Lang};

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::Form;
use crate::i18n::{consent as c, rfqs as w};
use crate::inquiries::place::{column, confirmation_gone};
use crate::inquiries::typed::Left;
use crate::page;
use crate::rfqs::parts;
use crate::ui::{self, Tone};

/// The request and a button.
pub async fn show(Path(token): Path<String>, req: Req) -> PageResult {
    let pending = match pending_rfq(&req.cx, &token).await {
        Err(error) if error.kind == ErrorKind::Gone => return Ok(confirmation_gone(&req)),
        found => found?,
    };
    let lang = req.lang();
    let (title, label) = if pending.sent {
        (w::confirm_done(lang), w::confirm_open(lang))
    } else {
        (w::confirm_title(lang), w::send(lang))
    };
    let button = view! { <button class="btn btn-primary btn-wide btn-big mt-5">{label}</button> };
    let content = view! {
        <h1>{title}</h1>
        <p class="mt-2 mb-4">{(!pending.sent).then(|| w::confirm_text(lang, &pending.email))}</p>
        {(!pending.sent).then(|| view! { <p class="small mute mb-4">{c::passes(lang)}</p> })}
        {changed(lang, &pending)}
        <h2 class="t-l">{pending.draft.title.clone()}</h2>
        {parts::lines(&req, &pending.draft.lines)}
        <p class="letter">{pending.draft.body.clone()}</p>
        {(!pending.files.is_empty()).then(|| view! { <dl class="kv mt-4"><dt>{crate::i18n::files::attached(lang)}</dt><dd>{pending.files.join(", ")}</dd></dl> })}
        {ui::form(lang, &Form::empty(&req), &req.href(&format!("/confirm-rfq/{token}")), button.into_any())}
    };
    Ok(column(&req, StatusCode::OK, title, content.into_any()))
}

/// What does not hold any more since it was typed.
fn changed(lang: Lang, pending: &PendingRfq) -> Option<AnyView> {
    let text = match (pending.sent, pending.complete, pending.dropped.as_slice()) {
        (true, ..) | (_, true, []) => return None,
        (_, true, dropped) => w::confirm_dropped(lang, &dropped.join(", ")),
        (_, false, _) => w::confirm_choose_again(lang).to_owned(),
    };
    Some(ui::notice(Tone::Warn, text))
}

/// Hands it in, once, and goes on to it.
pub async fn submit(Path(token): Path<String>, req: Req, left: Left) -> PageResult {
    match confirm_rfq(&req.cx, &token).await {
        Ok(confirmed) if confirmed.complete => {
            let response = page::redirect(&req.href(&format!("/r/{}?done=sent", confirmed.link)));
            left.forget(&req, response).await
        }
        Ok(confirmed) => {
            left.forget(&req, page::redirect(&req.href(&format!("/r/{}/edit", confirmed.link)))).await
        }
        Err(error) if error.kind == ErrorKind::Gone => Ok(confirmation_gone(&req)),
        Err(error) => Err(PageError(error)),
    }
}
