//! `/vendor/companies/{id}/close`: what closing a company means, or taking its application back, and the button that does it.
//! Private, never cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::vendors::closing::{self, Ending};
use market::vendors::model::VendorState;
use market::{Error, ErrorKind};
use uuid::Uuid;

use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::{common, vendors as w};
use crate::page::{self, Meta, Width};
use crate::ui;

/// Where a company is closed.
pub fn address(company: Uuid) -> String {
    format!("/vendor/companies/{company}/close")
}

/// What will happen.
pub async fn show(req: Req, Path(id): Path<String>) -> PageResult {
    let id = company(&id)?;
    let ending = closing::open(&req.cx, id).await?;
    if ending.vendor.state == VendorState::Closed {
        return Ok(page::redirect(&req.href("/vendor/companies?done=closed")));
    }
    Ok(answer(&req, StatusCode::OK, &Form::empty(&req), &ending))
}

/// Does it.
pub async fn submit(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    req.cx.actor.signed_in()?;
    let id = company(&id)?;
    let sure = form.has("sure");
    let done = form.once(&req, async |cx| closing::close_own(&cx, id, sure).await).await;
    match invalid_or(done)? {
        Ok(()) => Ok(page::redirect(&req.href("/vendor/companies?done=closed"))),
        Err(errors) => {
            let ending = closing::open(&req.cx, id).await?;
            Ok(answer(&req, StatusCode::UNPROCESSABLE_ENTITY, &Form::rejected(&req, form, errors), &ending))
        }
    }
}

fn company(id: &str) -> Result<Uuid, Error> {
    Uuid::parse_str(id).map_err(|_| ErrorKind::NotFound.into())
}

fn answer(req: &Req, status: StatusCode, form: &Form, ending: &Ending) -> Response {
    let lang = req.lang();
    let vendor = &ending.vendor;
    let name = lang.pick(&vendor.profile.name_ko, &vendor.profile.name_en).to_owned();
    let was_in = vendor.approved_at.is_some();
    let (title, button) = if was_in {
        (w::close_title(lang), w::close_button(lang))
    } else {
        (w::take_back_title(lang), w::take_back_button(lang))
    };
    let fields = view! {
        {ui::checkbox(lang, form, "sure", view! { {w::close_sure(lang)} }.into_any())}
        <div class="actions">{ui::danger_button("close", "yes", button)}<a class="link-btn" href=req.href("/vendor/companies")>{common::cancel(lang)}</a></div>
    };
    let content = view! {
        <div class="page-head"><h1 class="t-xl">{title}</h1><p class="long">{name}</p></div>
        <ul class="prose">{what_happens(req, ending)}</ul>
        {ui::form(lang, form, &req.href(&address(vendor.id)), fields.into_any())}
    };
    page::render_status(req, status, Meta::private(title).wide(Width::Text), content.into_any())
}

fn what_happens(req: &Req, ending: &Ending) -> Vec<AnyView> {
    let lang = req.lang();
    let lines = if ending.vendor.approved_at.is_some() {
        vec![
            w::close_listings(lang, ending.shown),
            w::close_threads(lang, ending.threads),
            w::close_records(lang).to_owned(),
            w::close_number(lang).to_owned(),
        ]
    } else {
        vec![
            w::take_back_team(lang).to_owned(),
            w::take_back_listings(lang).to_owned(),
            w::take_back_number(lang).to_owned(),
        ]
    };
    lines.into_iter().map(|line| view! { <li>{line}</li> }.into_any()).collect()
}

/// The way there from a company's line, for its owner while something is left to close.
pub fn way(req: &Req, company: (Uuid, &str), role: &str, state: &str) -> Option<AnyView> {
    let lang = req.lang();
    let (id, name) = company;
    if role != "owner" {
        return None;
    }
    let (label, spoken) = match VendorState::from_code(state)? {
        VendorState::Approved | VendorState::Suspended => (w::close_title(lang), w::close_of(lang, name)),
        VendorState::Applying | VendorState::InReview | VendorState::ChangesRequested => {
            (w::take_back_title(lang), w::take_back_of(lang, name))
        }
        VendorState::Invited | VendorState::Rejected | VendorState::Closed => return None,
    };
    Some(
        view! { <a class="link-btn bad" href=req.href(&address(id)) aria-label=spoken>{label}</a> }
            .into_any(),
    )
}
