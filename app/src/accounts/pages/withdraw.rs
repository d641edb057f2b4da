//! `/account/withdraw`: what closing means, and the password once more.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::model::Obstacle;
use market::accounts::service;

use super::frame;
use crate::accounts::session;
use crate::context::{AppState, Req};
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::{accounts as w, common};
use crate::page;
use crate::ui::{self, Field};

/// What will happen, or what has to be settled first.
pub async fn show(req: Req) -> PageResult {
    let obstacles = service::obstacles(&req.cx).await?;
    Ok(confirm_page(&req, StatusCode::OK, &Form::empty(&req), &obstacles))
}

/// Closes the account.
pub async fn submit(State(state): State<AppState>, req: Req, form: Submitted) -> PageResult {
    match service::withdraw(&req.cx, form.get("password")).await {
        Ok(()) => {
            Ok(session::clear_cookie(page::redirect(&req.href("/sign-in?done=closed")), state.secure_cookies))
        }
        Err(error) => {
            let obstacles = service::obstacles(&req.cx).await?;
            frame::again(&req, form, error, |status, form| confirm_page(&req, status, form, &obstacles))
        }
    }
}

fn confirm_page(req: &Req, status: StatusCode, form: &Form, obstacles: &[Obstacle]) -> Response {
    let lang = req.lang();
    let next = if obstacles.is_empty() { last_step(req, form) } else { blocked(req, obstacles) };
    let content = view! {
        <p>{w::withdraw_lead(lang)}</p>
        <ul class="prose">
            <li>{w::withdraw_memberships(lang)}</li>
            <li>{w::withdraw_called_off(lang)}</li>
            <li>{w::withdraw_kept(lang)}</li>
        </ul>
        {next}
    };
    frame::account(req, status, w::withdraw_title(lang), content.into_any())
}

fn last_step(req: &Req, form: &Form) -> AnyView {
    let lang = req.lang();
    let fields = view! {
        {Field::password("password", w::current_password_label(lang), "current-password").view(lang, form)}
        <div class="actions">{ui::danger_button("close", "yes", w::withdraw_button(lang))}<a class="link-btn" href=req.href("/account/privacy")>{common::cancel(lang)}</a></div>
    };
    ui::form(lang, form, &req.href("/account/withdraw"), fields.into_any())
}

fn blocked(req: &Req, obstacles: &[Obstacle]) -> AnyView {
    let lang = req.lang();
    let lines = obstacles
        .iter()
        .map(|obstacle| match obstacle {
            Obstacle::SoleOwner(ko, en) => w::withdraw_sole_owner(lang, lang.pick(ko, en)),
            Obstacle::LastAdmin => w::withdraw_last_admin(lang).to_owned(),
        })
        .map(|text| view! { <li>{text}</li> })
        .collect::<Vec<_>>();
    let owns = obstacles.iter().any(|obstacle| matches!(obstacle, Obstacle::SoleOwner(..)));
    view! {
        <div class="notice warn">
            {ui::icon("alert-triangle")}
            <div><b>{w::withdraw_blocked(lang)}</b><ul>{lines}</ul></div>
        </div>
        <p class="actions">{owns.then(|| ui::primary_link(&req.href("/vendor/companies"), w::withdraw_settle_companies(lang)))}<a class="link-btn" href=req.href("/account/privacy")>{common::cancel(lang)}</a></p>
    }
    .into_any()
}
