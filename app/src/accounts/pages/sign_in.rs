//! `/sign-in` and `/sign-out`.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode, header};
use leptos::prelude::*;
use market::accounts::model::SignedIn;
use market::accounts::service;

use super::frame;
use crate::accounts::session;
use crate::context::{AppState, Req};
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::accounts as w;
use crate::page;
use crate::ui::{self, Field, Tone};

/// Name of the field (and of the query) that says where to go afterwards.
const NEXT: &str = "next";

/// The form; whoever is signed in goes on at once.
pub async fn show(req: Req) -> PageResult {
    let next = req.query_value(NEXT);
    if req.person().is_some() {
        return Ok(page::redirect(&page::safe_next(&next, &req.href("/"))));
    }
    let form = Form::fresh(&req, vec![(NEXT.into(), next)]);
    Ok(form_page(&req, StatusCode::OK, &form))
}

/// Signs in. The cookie is always a new one.
pub async fn submit(
    State(state): State<AppState>,
    req: Req,
    headers: HeaderMap,
    form: Submitted,
) -> PageResult {
    let user_agent =
        headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let signed = service::sign_in(&req.cx, form.get("email"), form.get("password"), user_agent).await;
    match signed {
        Ok(SignedIn::Session(token)) => {
            let to = page::safe_next(form.get(NEXT), &req.href("/"));
            let response = session::set_cookie(page::redirect(&to), state.secure_cookies, &token);
            Ok(crate::basket::cookie::hand_over(&req, response, state.secure_cookies, &token).await?)
        }
        Ok(SignedIn::Unconfirmed) => Ok(page::redirect(&req.href("/sign-up/done?again=1"))),
        Err(error) => frame::again(&req, form, error, |status, form| form_page(&req, status, form)),
    }
}

/// Signs out; without a session it is fine too.
pub async fn sign_out(State(state): State<AppState>, req: Req, _form: Submitted) -> PageResult {
    service::sign_out(&req.cx).await?;
    Ok(session::clear_cookie(page::redirect(&req.href("/sign-in?done=out")), state.secure_cookies))
}

fn form_page(req: &Req, status: StatusCode, form: &Form) -> Response {
    let lang = req.lang();
    let next = form.value(NEXT).to_owned();
    let fields = view! {
        <input type="hidden" name=NEXT value=next />
        {Field::email("email", w::email_label(lang)).autocomplete("username").view(lang, form)}
        {Field::password("password", w::password_label(lang), "current-password").view(lang, form)}
        {ui::submit(w::sign_in_button(lang))}
    };
    let content = view! {
        {said(req, form)}
        {ui::form(lang, form, &req.href("/sign-in"), fields.into_any())}
        {frame::other_ways(vec![(req.href("/reset"), w::forgot(lang)), (req.href("/sign-up"), w::no_account(lang))])}
    };
    frame::narrow(req, status, w::sign_in_title(lang), content.into_any())
}

/// What happened just before.
fn said(req: &Req, form: &Form) -> Option<AnyView> {
    let lang = req.lang();
    let text = match req.query_value("done").as_str() {
        "confirmed" => w::sign_in_confirmed(lang),
        "reset" => w::sign_in_reset(lang),
        "out" => w::signed_out(lang),
        "closed" => w::account_closed(lang),
        _ if !form.is_refused() && !form.value(NEXT).is_empty() => {
            return Some(ui::notice(Tone::Info, w::sign_in_needed(lang)));
        }
        _ => return None,
    };
    Some(ui::notice(Tone::Good, text))
}
