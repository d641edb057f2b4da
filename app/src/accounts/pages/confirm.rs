//! `/confirm/{token}`: opening it changes nothing, because mail scanners open links; its button proves the address.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::ErrorKind;
use market::accounts::model::LinkState;
use market::accounts::service;
use market::tokens::TokenKind;

use super::frame;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted};
use crate::i18n::accounts as w;
use crate::page;
use crate::ui;

/// One button, or why the link no longer works.
pub async fn show(Path(token): Path<String>, req: Req) -> PageResult {
    match service::link_state(&req.cx, TokenKind::ConfirmEmail, &token).await? {
        LinkState::Live => Ok(button_page(&req)),
        LinkState::Used => Ok(over_page(&req, w::link_used(req.lang()))),
        LinkState::Expired => Ok(over_page(&req, w::link_expired(req.lang()))),
    }
}

/// Proves the address.
pub async fn submit(Path(token): Path<String>, req: Req, _form: Submitted) -> PageResult {
    match service::confirm_email(&req.cx, &token).await {
        Ok(()) => Ok(page::redirect(&req.href("/sign-in?done=confirmed"))),
        Err(error) if error.kind == ErrorKind::Gone => Ok(over_page(&req, w::link_expired(req.lang()))),
        Err(error) => Err(PageError(error)),
    }
}

fn button_page(req: &Req) -> Response {
    let lang = req.lang();
    let form = Form::empty(req);
    let content = view! {
        <p>{w::confirm_text(lang)}</p>
        {ui::form(lang, &form, &req.here(), ui::submit(w::confirm_button(lang)))}
    };
    frame::narrow(req, StatusCode::OK, w::confirm_title(lang), content.into_any())
}

fn over_page(req: &Req, why: &str) -> Response {
    let lang = req.lang();
    let content = view! {
        <p>{why.to_owned()}</p>
        <p class="actions">{ui::primary_link(&req.href("/sign-in"), w::sign_in_button(lang))} {ui::link_button(&req.href("/sign-up/done"), w::new_link(lang))}</p>
    };
    frame::narrow(req, StatusCode::GONE, w::link_over_title(lang), content.into_any())
}
