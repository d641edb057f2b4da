//! `/account/password`.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::service;

use super::frame;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::accounts as w;
use crate::page;
use crate::ui::{self, Field, Tone};

/// The form.
pub async fn show(req: Req) -> PageResult {
    req.actor().signed_in()?;
    Ok(form_page(&req, StatusCode::OK, &Form::empty(&req)))
}

/// Changes the password and signs the other devices out.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    req.actor().signed_in()?;
    let changed = match form.idem() {
        Ok(idem) => {
            let (current, new) = (form.get("current_password"), form.get("new_password"));
            service::change_password(&req.cx, current, new, idem).await
        }
        Err(error) => Err(error),
    };
    match changed {
        Ok(()) => Ok(page::redirect(&req.href("/account/password?done=1"))),
        Err(error) => frame::again(&req, form, error, |status, form| form_page(&req, status, form)),
    }
}

fn form_page(req: &Req, status: StatusCode, form: &Form) -> Response {
    let lang = req.lang();
    let done = (!form.is_refused() && !req.query_value("done").is_empty())
        .then(|| ui::notice(Tone::Good, w::password_done(lang)));
    let fields = view! {
        {Field::password("current_password", w::current_password_label(lang), "current-password").view(lang, form)}
        {Field::password("new_password", w::new_password_label(lang), "new-password").hint(w::password_hint(lang)).view(lang, form)}
        <div class="actions">{ui::submit(w::password_button(lang))}<a class="link-btn" href=req.href("/reset")>{w::forgot(lang)}</a></div>
    };
    let content = view! {
        {done}
        <p class="mute">{w::password_lead(lang)}</p>
        {ui::form(lang, form, &req.href("/account/password"), fields.into_any())}
    };
    frame::account(req, status, w::password_title(lang), content.into_any())
}
