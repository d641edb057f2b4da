//! `/confirm-inquiry/{token}`: a guest reads the inquiry once more and sends it. Opening sends nothing.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::ErrorKind;
use market::inquiries::service::{self, PendingInquiry};

use crate::abuse::parts::blocked;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::Form;
use crate::i18n::{consent as c, inquiries as w};
use crate::inquiries::place::{busy, column, confirmation_gone, not_taking};
use crate::inquiries::typed::Left;
use crate::page;
use crate::ui;

/// The inquiry and a button.
pub async fn show(Path(token): Path<String>, req: Req) -> PageResult {
    match service::pending_inquiry(&req.cx, &token).await {
        Ok(pending) if pending.listing.is_none() && !pending.sent => Ok(confirmation_gone(&req)),
        Ok(pending) => Ok(pending_page(&req, &token, &pending)),
        Err(error) if error.kind == ErrorKind::Gone => Ok(confirmation_gone(&req)),
        Err(error) => Err(PageError(error)),
    }
}

/// Sends it, once, and goes on to the thread.
pub async fn submit(Path(token): Path<String>, req: Req, left: Left) -> PageResult {
    match service::confirm_inquiry(&req.cx, &token).await {
        Ok(confirmed) => {
            let response = page::redirect(&req.href(&format!("/a/{}?done=sent", confirmed.link)));
            left.forget(&req, response).await
        }
        Err(error) if error.kind == ErrorKind::Gone => Ok(confirmation_gone(&req)),
        Err(error) => match &error.kind {
            ErrorKind::Conflict(rule) if blocked(req.lang(), rule).is_some() => Ok(not_taking(&req, rule)),
            _ => busy(&req, error, &format!("/confirm-inquiry/{token}")),
        },
    }
}

fn pending_page(req: &Req, token: &str, pending: &PendingInquiry) -> Response {
    let lang = req.lang();
    let (title, text, label) = if pending.sent {
        (w::confirm_done_title(lang), w::confirm_done_text(lang).to_owned(), w::confirm_done_button(lang))
    } else {
        (w::confirm_title(lang), w::confirm_text(lang, &pending.email), w::confirm_button(lang))
    };
    let listing = pending.listing.as_ref().map(|listing| {
        let href = req.href(&format!("/listings/{}", listing.slug));
        let (name, vendor) = (
            lang.pick(&listing.title_ko, &listing.title_en).to_owned(),
            lang.pick(&listing.name_ko, &listing.name_en).to_owned(),
        );
        view! {
            <dt>{w::fact_product(lang)}</dt><dd><a href=href>{name}</a></dd>
            <dt>{w::fact_vendor(lang)}</dt><dd>{vendor}</dd>
        }
    });
    let quantity = (!pending.quantity.is_empty())
        .then(|| view! { <dt>{w::fact_quantity(lang)}</dt><dd>{pending.quantity.clone()}</dd> });
    let files = (!pending.files.is_empty())
        .then(|| view! { <dt>{crate::i18n::files::attached(lang)}</dt><dd>{pending.files.join(", ")}</dd> });
    let button = view! { <button class="btn btn-primary btn-wide btn-big mt-5">{label}</button> };
    let content = view! {
        <h1>{title}</h1>
        <p class="mt-2">{text}</p>
        {(!pending.sent).then(|| view! { <p class="small mute mt-2">{c::passes(lang)}</p> })}
        <dl class="kv mt-4">{listing}{quantity}{files}</dl>
        <div class="msgs mt-4"><article class="msg mine"><p class="letter">{pending.body.clone()}</p></article></div>
        {ui::form(lang, &Form::empty(req), &req.href(&format!("/confirm-inquiry/{token}")), button.into_any())}
    };
    column(req, StatusCode::OK, title, content.into_any())
}
