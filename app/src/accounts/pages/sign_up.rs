//! `/sign-up` and `/sign-up/done`.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::Lang;
use market::accounts::model::{ConsentKind, SignUp};
use market::accounts::service;

use super::frame;
use crate::accounts::consent;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::{accounts as w, consent as c};
use crate::inquiries::form::{TRAP, trap};
use crate::page;
use crate::ui::{self, Field, Tone};

/// The form.
pub async fn show(req: Req) -> PageResult {
    if req.person().is_some() {
        return Ok(page::redirect(&req.href("/account")));
    }
    Ok(form_page(&req, StatusCode::OK, &Form::empty(&req)))
}

/// Joins; every address gets the same next page.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let consents = ConsentKind::ALL.into_iter().filter(|kind| form.has(kind.code())).collect();
    let new = SignUp {
        email: form.text("email"),
        name: form.text("name"),
        password: form.text("password"),
        consents,
        trap: form.text(TRAP),
    };
    let idem = form.idem();
    let joined = match idem {
        Ok(idem) => service::sign_up(&req.cx, new, idem).await,
        Err(error) => Err(error),
    };
    match joined {
        Ok(()) => Ok(page::redirect(&req.href("/sign-up/done"))),
        Err(error) => frame::again(&req, form, error, |status, form| form_page(&req, status, form)),
    }
}

fn form_page(req: &Req, status: StatusCode, form: &Form) -> Response {
    let lang = req.lang();
    let fields = view! {
        {Field::text("name", w::name_label(lang)).hint(w::name_hint(lang)).autocomplete("name").view(lang, form)}
        {Field::email("email", w::email_label(lang)).hint(w::email_hint(lang)).view(lang, form)}
        {Field::password("password", w::password_label(lang), "new-password").hint(w::password_hint(lang)).view(lang, form)}
        <fieldset class="consents">
            <legend>{w::consents_title(lang)}</legend>
            {consent(req, form, ConsentKind::Terms, Some("/about/terms"))}
            {consent(req, form, ConsentKind::Privacy, Some("/about/privacy"))}
            {consent(req, form, ConsentKind::ThirdParty, None)}
            {consent(req, form, ConsentKind::Marketing, None)}
        </fieldset>
        {trap(lang)}
        {ui::submit(w::join_button(lang))}
    };
    let content = view! {
        <p class="mute">{w::join_lead(lang)}</p>
        {ui::form(lang, form, &req.href("/sign-up"), fields.into_any())}
        {frame::other_ways(vec![(req.href("/sign-in"), w::have_account(lang))])}
    };
    frame::narrow(req, status, w::join_title(lang), content.into_any())
}

fn consent(req: &Req, form: &Form, kind: ConsentKind, full_text: Option<&str>) -> AnyView {
    let lang = req.lang();
    consent::question((lang, form), kind, consent_words(lang, kind), full_text.map(|path| req.href(path)))
}

fn consent_words(lang: Lang, kind: ConsentKind) -> (String, String) {
    let (label, text) = match kind {
        ConsentKind::Terms => (w::consent_terms(lang), w::consent_terms_text(lang)),
        ConsentKind::Privacy => (w::consent_privacy(lang), w::consent_privacy_text(lang)),
        ConsentKind::ThirdParty => return (c::joining(lang).to_owned(), consent::joining_text(lang)),
        ConsentKind::Marketing => (w::consent_marketing(lang), w::consent_marketing_text(lang)),
    };
    (label.to_owned(), text.to_owned())
}

/// "Check your mail", with the way to get it again.
pub async fn show_done(req: Req) -> PageResult {
    Ok(done_page(&req, StatusCode::OK, &Form::empty(&req)))
}

/// Sends the mail again; every address gets the same answer.
pub async fn resend(req: Req, form: Submitted) -> PageResult {
    let sent = match form.idem() {
        Ok(idem) => service::resend_confirmation(&req.cx, form.get("email"), idem).await,
        Err(error) => Err(error),
    };
    match sent {
        Ok(()) => Ok(page::redirect(&req.href("/sign-up/done?again=1"))),
        Err(error) => frame::again(&req, form, error, |status, form| done_page(&req, status, form)),
    }
}

fn done_page(req: &Req, status: StatusCode, form: &Form) -> Response {
    let lang = req.lang();
    let again = (!req.query_value("again").is_empty() && !form.is_refused())
        .then(|| ui::notice(Tone::Good, w::done_resent(lang)));
    let fields = view! {
        {Field::email("email", w::email_label(lang)).view(lang, form)}
        <button class="btn">{w::resend_button(lang)}</button>
    };
    let content = view! {
        {again}
        <p>{w::done_text(lang)}</p>
        <p class="mute">{w::done_hint(lang)}</p>
        {ui::form(lang, form, &req.href("/sign-up/done"), fields.into_any())}
        {frame::other_ways(vec![(req.href("/sign-in"), w::reset_back(lang))])}
    };
    frame::narrow(req, status, w::done_title(lang), content.into_any())
}
