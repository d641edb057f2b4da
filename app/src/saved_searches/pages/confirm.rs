//! `/confirm-alert/{token}`: a guest reads once more what alerts are asked for, and turns them on. Opening turns nothing on.

use axum::extract::Path;
use http::StatusCode;
use leptos::prelude::*;
use market::ErrorKind;
use market::saved_searches::{self, Pending};

use super::column;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::Form;
use crate::i18n::saved_searches as w;
use crate::page;
use crate::ui;

/// What was asked for, and a button.
pub async fn show(Path(token): Path<String>, req: Req) -> PageResult {
    match saved_searches::pending(&req.cx, &token).await {
        Ok(pending) => Ok(pending_page(&req, &token, &pending)),
        Err(error) if error.kind == ErrorKind::Gone => Ok(gone(&req)),
        Err(error) => Err(PageError(error)),
    }
}

/// Turns them on, once, and goes on to where they are managed.
pub async fn submit(Path(token): Path<String>, req: Req) -> PageResult {
    match saved_searches::confirm(&req.cx, &token).await {
        Ok(link) => Ok(page::redirect(&req.href(&format!("/s/{link}?done=on")))),
        Err(error) if error.kind == ErrorKind::Gone => Ok(gone(&req)),
        Err(error) => Err(PageError(error)),
    }
}

fn pending_page(req: &Req, token: &str, pending: &Pending) -> axum::response::Response {
    let lang = req.lang();
    let title = if pending.confirmed { w::confirmed_title(lang) } else { w::confirm_title(lang) };
    let label = if pending.confirmed { w::manage(lang) } else { w::confirm_button(lang) };
    let button = view! { <button class="btn btn-primary btn-wide btn-big mt-5">{label}</button> };
    let content = view! {
        <p class="mt-3"><a href=req.href(&pending.address)>{pending.title.clone()}</a></p>
        <p class="mt-2">{w::confirm_text(lang, &pending.email)}</p>
        {ui::form(lang, &Form::empty(req), &req.href(&format!("/confirm-alert/{token}")), button.into_any())}
    };
    column(req, StatusCode::OK, title, content.into_any())
}

fn gone(req: &Req) -> axum::response::Response {
    let lang = req.lang();
    let content = view! {
        <p class="mt-3">{w::gone_text(lang)}</p>
        <p class="mt-6">{ui::primary_link(&req.href("/search"), w::find_products(lang))}</p>
    };
    column(req, StatusCode::GONE, w::gone_title(lang), content.into_any())
}
