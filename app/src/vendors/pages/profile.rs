//! `/vendor/profile`: what buyers see of the company, edited after approval. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::ErrorKind;
use market::vendors::model::{Vendor, VendorState};
use market::vendors::service;
use market::vendors::store::Chapter;

use super::apply;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted};
use crate::i18n::{common, problems, vendors as w};
use crate::page::{self, Meta};
use crate::ui::{Tone, form as form_element, notice, submit as submit_button};
use crate::vendors::{frame, profile_form};

/// The form as stored.
pub async fn show(req: Req) -> PageResult {
    let vendor = service::find_own(&req.cx, frame::needed_company(&req)?).await?;
    if matches!(vendor.state, VendorState::Applying | VendorState::ChangesRequested | VendorState::Rejected) {
        return Ok(page::redirect(&req.href("/vendor/apply")));
    }
    let form = Form::fresh(&req, profile_form::values(&vendor));
    let chapters = apply::chapters(&req).await?;
    Ok(answer(&req, StatusCode::OK, &form, &vendor, &chapters, None))
}

/// Saves it. A form made from an older version comes back with what was typed and what differs.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let id = frame::needed_company(&req)?;
    let vendor = service::find_own(&req.cx, id).await?;
    if read_only_because(&req, &vendor).is_some() {
        let status = if frame::may_edit(&req, id) { StatusCode::CONFLICT } else { StatusCode::FORBIDDEN };
        let chapters = apply::chapters(&req).await?;
        return Ok(answer(&req, status, &Form::empty(&req), &vendor, &chapters, None));
    }
    let version = form.get("version").parse().unwrap_or(0);
    let draft = profile_form::draft(&form);
    let saved = form.once(&req, async |cx| service::update_profile(&cx, id, version, &draft).await).await;
    let Err(error) = saved else {
        return Ok(page::redirect(&req.href("/vendor/profile?done=saved")));
    };
    let vendor = service::find_own(&req.cx, id).await?;
    let chapters = apply::chapters(&req).await?;
    match error.kind {
        ErrorKind::Invalid(errors) => Ok(answer(
            &req,
            StatusCode::UNPROCESSABLE_ENTITY,
            &Form::rejected(&req, form, errors),
            &vendor,
            &chapters,
            None,
        )),
        ErrorKind::Conflict(rule) if rule == "stale_version" => {
            let again = |form: &Form, before| {
                answer(&req, StatusCode::CONFLICT, form, &vendor, &chapters, Some(before))
            };
            Ok(stale(&req, form, &vendor, &chapters, again))
        }
        _ => Err(PageError(error)),
    }
}

/// Two people saved: what was typed stays, what is stored stands beside it, and the next save is made from it.
/// `answer` makes the page from the form and what stands before it.
pub fn stale(
    req: &Req,
    form: Submitted,
    vendor: &Vendor,
    chapters: &[Chapter],
    answer: impl FnOnce(&Form, AnyView) -> Response,
) -> Response {
    let lang = req.lang();
    let stored = Submitted(profile_form::values(vendor));
    let rows = profile_form::FIELDS
        .iter()
        .filter(|name| stored.get(name).trim() != form.get(name).replace("\r\n", "\n").trim())
        .map(|name| {
            let (was, typed) = (shown(req, chapters, name, stored.get(name)), shown(req, chapters, name, form.get(name)));
            view! { <tr><th scope="row">{problems::field_name(lang, name)}</th><td>{was}</td><td>{typed}</td></tr> }
        })
        .collect::<Vec<_>>();
    let differences = view! {
        <div class="notice warn" role="alert"><div><b>{w::stale_title(lang)}</b>" "{w::stale_text(lang)}</div></div>
        <table class="spec diff mt-4">
            <caption>{w::stale_caption(lang, rows.len())}</caption>
            <thead><tr><th scope="col">{w::stale_field(lang)}</th><th scope="col">{w::stale_stored(lang)}</th><th scope="col">{w::stale_typed(lang)}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    let mut values: Vec<(String, String)> =
        form.0.into_iter().filter(|(name, _)| name != "version").collect();
    values.push(("version".to_owned(), vendor.version.to_string()));
    let form = Form::fresh(req, values);
    answer(&form, differences.into_any())
}

/// A value in words, where the form holds a code.
fn shown(req: &Req, chapters: &[Chapter], name: &str, value: &str) -> String {
    let lang = req.lang();
    match name {
        "region" => market::regions::find(value)
            .map_or_else(String::new, |sido| lang.pick(sido.name_ko, sido.name_en).to_owned()),
        "chapter" => chapters.iter().find(|chapter| chapter.id.to_string() == value).map_or_else(
            || w::f_chapter_none(lang).to_owned(),
            |chapter| lang.pick(&chapter.name_ko, &chapter.name_en).to_owned(),
        ),
        _ => value.to_owned(),
    }
}

fn answer(
    req: &Req,
    status: StatusCode,
    form: &Form,
    vendor: &Vendor,
    chapters: &[Chapter],
    before: Option<AnyView>,
) -> Response {
    let lang = req.lang();
    let content = if let Some(why) = read_only_because(req, vendor) {
        read_only(req, vendor, chapters, why)
    } else {
        let fields = view! {
            {profile_form::fields(lang, form, chapters, true)}
            <div class="actions">{submit_button(common::save(lang))}</div>
        };
        form_element(lang, form, &req.href("/vendor/profile"), fields.into_any())
    };
    let waits = vendor.staged.is_some().then(|| notice(Tone::Info, w::profile_waits(lang)));
    let content =
        view! { <p class="mute">{w::profile_intro(lang)}</p>{frame::done(req)}{waits}{before}{content} };
    page::render_status(
        req,
        status,
        Meta::private(w::profile_title(lang)),
        frame::desk(req, w::profile_title(lang), content.into_any()),
    )
}

/// Why the profile can only be read now: by whom it may be changed, or that it is being reviewed.
fn read_only_because(req: &Req, vendor: &Vendor) -> Option<&'static str> {
    let lang = req.lang();
    if !frame::may_edit(req, vendor.id) {
        return Some(w::profile_read_only(lang));
    }
    match vendor.state {
        VendorState::InReview => Some(w::profile_in_review(lang)),
        VendorState::Suspended | VendorState::Closed => Some(w::profile_out_of_sight(lang)),
        _ => None,
    }
}

/// What is stored, for whoever may not edit it now.
fn read_only(req: &Req, vendor: &Vendor, chapters: &[Chapter], why: &'static str) -> AnyView {
    let lang = req.lang();
    let stored = Submitted(profile_form::values(vendor));
    let rows = profile_form::FIELDS
        .iter()
        .filter(|name| !stored.get(name).is_empty())
        .map(|name| view! { <dt>{problems::field_name(lang, name)}</dt><dd class="letter">{shown(req, chapters, name, stored.get(name))}</dd> })
        .collect::<Vec<_>>();
    view! { {notice(Tone::Info, why)}<dl class="kv kv-wide mt-4">{rows}</dl> }.into_any()
}
