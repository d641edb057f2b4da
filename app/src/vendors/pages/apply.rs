//! `/vendor/apply`: the application. Private, never cached.

use http::StatusCode;
use leptos::prelude::*;
use market::accounts::access::Person;
use market::vendors::model::{Vendor, VendorState};
use market::vendors::service;
use market::vendors::store::{self, Chapter};
use market::{Cx, ErrorKind, FieldErrors};
use uuid::Uuid;

use super::profile;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, IDEM, Submitted, invalid_or};
use crate::i18n::vendors as w;
use crate::page::{self, Meta, Width};
use crate::ui::{Tone, form as form_element, notice};
use crate::vendors::{frame, profile_form};

/// The form, empty or as saved.
pub async fn show(req: Req) -> PageResult {
    let person = req.cx.actor.signed_in()?;
    if !person.email_confirmed {
        return Ok(unconfirmed(&req, person));
    }
    let vendor = match frame::own_company(&req)? {
        Some(id) => Some(service::find_own(&req.cx, id).await?),
        None => None,
    };
    if vendor.as_ref().is_some_and(|vendor| !may_write(vendor)) {
        return Ok(page::redirect(&req.href("/vendor")));
    }
    let values = vendor
        .as_ref()
        .map_or_else(|| vec![("email".to_owned(), person.email.clone())], profile_form::values);
    let form = Form::fresh(&req, values);
    let chapters = chapters(&req).await?;
    Ok(answer(&req, StatusCode::OK, &form, vendor.as_ref(), &chapters, None))
}

/// Saves it, and sends it to review when that button was pressed.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let person = req.cx.actor.signed_in()?;
    if !person.email_confirmed {
        return Ok(unconfirmed(&req, person));
    }
    let vendor = frame::own_company(&req)?;
    let draft = profile_form::draft(&form);
    let to_review = form.get("then") == "submit";
    let version = form.get("version").parse::<i64>();
    let work = async |cx: Cx| match (vendor, version) {
        // one transaction each: the key of the form is kept with what was asked for, or not at all
        (Some(id), Ok(version)) if to_review => service::update_and_submit(&cx, id, version, &draft).await,
        (Some(id), Ok(version)) => service::update_profile(&cx, id, version, &draft).await,
        _ if to_review => service::begin_and_submit(&cx, &draft).await.map(|_| ()),
        _ => service::begin(&cx, &draft).await.map(|_| ()),
    };
    let saved = form.once(&req, work).await;
    let saved = match saved {
        Err(error)
            if [
                ErrorKind::Conflict("stale_version".into()),
                ErrorKind::Conflict("vendor.in_review".into()),
            ]
            .contains(&error.kind) =>
        {
            return stale(&req, form).await;
        }
        other => other,
    };
    match invalid_or(saved)? {
        Ok(()) => {
            Ok(page::redirect(&req.href(if to_review { "/vendor" } else { "/vendor/apply?done=draft" })))
        }
        Err(errors) => rejected(&req, form, errors, vendor).await,
    }
}

/// A second press of the button finds the application sent; a colleague's save keeps what was typed here.
async fn stale(req: &Req, form: Submitted) -> PageResult {
    let vendor = service::find_own(&req.cx, frame::own_company(req)?.ok_or(ErrorKind::NotFound)?).await?;
    if !may_write(&vendor) {
        return Ok(page::redirect(&req.href("/vendor")));
    }
    let chapters = chapters(req).await?;
    Ok(profile::stale(req, form, &vendor, &chapters, |form, before| {
        answer(req, StatusCode::CONFLICT, form, Some(&vendor), &chapters, Some(before))
    }))
}

async fn rejected(req: &Req, form: Submitted, errors: FieldErrors, vendor: Option<Uuid>) -> PageResult {
    let vendor = match vendor {
        Some(id) => Some(service::find_own(&req.cx, id).await?),
        None => None,
    };
    let chapters = chapters(req).await?;
    Ok(answer(
        req,
        StatusCode::UNPROCESSABLE_ENTITY,
        &Form::rejected(req, form, errors),
        vendor.as_ref(),
        &chapters,
        None,
    ))
}

const fn may_write(vendor: &Vendor) -> bool {
    matches!(vendor.state, VendorState::Applying | VendorState::ChangesRequested | VendorState::Rejected)
}

/// Every chapter, for the list to choose from.
pub async fn chapters(req: &Req) -> market::Result<Vec<Chapter>> {
    let mut db = req.cx.read().await?;
    store::chapters(&mut db).await
}

fn answer(
    req: &Req,
    status: StatusCode,
    form: &Form,
    vendor: Option<&Vendor>,
    chapters: &[Chapter],
    before: Option<AnyView>,
) -> axum::response::Response {
    let lang = req.lang();
    let owner = vendor.is_none_or(|vendor| {
        req.person().and_then(|p| p.role_in(vendor.id)) == Some(market::accounts::access::VendorRole::Owner)
    });
    let fields = view! {
        {profile_form::fields(lang, form, chapters, false)}
        <div class="actions">
            {owner.then(|| view! { <button class="btn btn-primary btn-big" name="then" value="submit">{w::apply_submit(lang)}</button> })}
            <button class="btn btn-big" name="then" value="save">{w::apply_save(lang)}</button>
        </div>
        {(!owner).then(|| view! { <p class="small mute">{w::apply_owner_only(lang)}</p> })}
    };
    let main = view! {
        <div class="page-head"><h1>{w::apply_title(lang)}</h1><p>{w::apply_intro(lang)}</p></div>
        {frame::done(req)}
        {vendor.and_then(|vendor| reason(req, vendor))}
        {before}
        {form_element(lang, form, &req.href("/vendor/apply"), fields.into_any())}
    };
    page::render_status(req, status, Meta::private(w::apply_title(lang)).wide(Width::Text), main.into_any())
}

/// What the federation asked for, at the top of the form that has to be changed.
fn reason(req: &Req, vendor: &Vendor) -> Option<AnyView> {
    let returned = matches!(vendor.state, VendorState::ChangesRequested | VendorState::Rejected);
    let reason = vendor.state_reason.clone().filter(|_| returned)?;
    Some(notice(Tone::Warn, format!("{}: {reason}", w::reason(req.lang()))))
}

/// What somebody sees whose address is not confirmed yet.
pub fn unconfirmed(req: &Req, person: &Person) -> axum::response::Response {
    let lang = req.lang();
    let main = view! {
        <section class="empty">
            <h1>{w::unconfirmed_title(lang)}</h1>
            <p>{w::unconfirmed_text(lang, &person.email)}</p>
            <form method="post" action=req.href("/sign-up/done") class="actions">
                <input type="hidden" name=IDEM value=req.cx.new_id().to_string() />
                <input type="hidden" name="email" value=person.email.clone() />
                <button class="btn btn-primary">{w::unconfirmed_button(lang)}</button>
            </form>
        </section>
    };
    page::render_status(
        req,
        StatusCode::FORBIDDEN,
        Meta::private(w::unconfirmed_title(lang)).wide(Width::Text),
        main.into_any(),
    )
}
