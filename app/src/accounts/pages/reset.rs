//! `/reset` asks for a link, `/reset/{token}` uses it.

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
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::accounts as w;
use crate::page;
use crate::ui::{self, Field};

/// Asks for the address, or says that the mail is on its way.
pub async fn show(req: Req) -> PageResult {
    if !req.query_value("sent").is_empty() {
        return Ok(sent_page(&req));
    }
    let email = req.person().map(|person| person.email.clone()).unwrap_or_default();
    Ok(ask_page(&req, StatusCode::OK, &Form::fresh(&req, vec![("email".into(), email)])))
}

/// Asks for the link; every address gets the same answer.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let asked = match form.idem() {
        Ok(idem) => service::request_reset(&req.cx, form.get("email"), idem).await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(()) => Ok(page::redirect(&req.href("/reset?sent=1"))),
        Err(error) => frame::again(&req, form, error, |status, form| ask_page(&req, status, form)),
    }
}

/// The form for the new password, or why the link no longer works.
pub async fn show_link(Path(token): Path<String>, req: Req) -> PageResult {
    match service::link_state(&req.cx, TokenKind::ResetPassword, &token).await? {
        LinkState::Live => Ok(new_page(&req, StatusCode::OK, &Form::empty(&req))),
        LinkState::Used | LinkState::Expired => Ok(over_page(&req)),
    }
}

/// Sets the new password.
pub async fn submit_link(Path(token): Path<String>, req: Req, form: Submitted) -> PageResult {
    let done = service::reset_password(&req.cx, &token, form.get("new_password")).await;
    if done.as_ref().is_err_and(|error| error.kind == ErrorKind::Gone) {
        return Ok(over_page(&req));
    }
    match done {
        Ok(()) => Ok(page::redirect(&req.href("/sign-in?done=reset"))),
        Err(error) => frame::again(&req, form, error, |status, form| new_page(&req, status, form)),
    }
}

fn ask_page(req: &Req, status: StatusCode, form: &Form) -> Response {
    let lang = req.lang();
    let fields = view! {
        {Field::email("email", w::email_label(lang)).view(lang, form)}
        {ui::submit(w::reset_button(lang))}
    };
    let content = view! {
        <p class="mute">{w::reset_lead(lang)}</p>
        {ui::form(lang, form, &req.href("/reset"), fields.into_any())}
        {frame::other_ways(vec![(req.href("/sign-in"), w::reset_back(lang))])}
    };
    frame::narrow(req, status, w::reset_title(lang), content.into_any())
}

fn sent_page(req: &Req) -> Response {
    let lang = req.lang();
    let content = view! {
        <p>{w::reset_sent(lang)}</p>
        <p class="mute">{w::done_hint(lang)}</p>
        {frame::other_ways(vec![(req.href("/reset"), w::new_link(lang)), (req.href("/sign-in"), w::reset_back(lang))])}
    };
    frame::narrow(req, StatusCode::OK, w::reset_sent_title(lang), content.into_any())
}

fn new_page(req: &Req, status: StatusCode, form: &Form) -> Response {
    let lang = req.lang();
    let fields = view! {
        {Field::password("new_password", w::new_password_label(lang), "new-password").hint(w::password_hint(lang)).view(lang, form)}
        {ui::submit(w::reset_new_button(lang))}
    };
    let content = view! {
        <p class="mute">{w::reset_new_lead(lang)}</p>
        {ui::form(lang, form, &req.here(), fields.into_any())}
    };
    frame::narrow(req, status, w::reset_title(lang), content.into_any())
}

fn over_page(req: &Req) -> Response {
    let lang = req.lang();
    let content = view! {
        <p>{w::reset_link_over(lang)}</p>
        <p class="actions">{ui::primary_link(&req.href("/reset"), w::new_link(lang))}</p>
    };
    frame::narrow(req, StatusCode::GONE, w::link_over_title(lang), content.into_any())
}
