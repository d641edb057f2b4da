//! `/vendor/holiday`: when the company is away. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::vendors::model::Vendor;
use market::vendors::service;
use market::{FieldErrors, time::Timestamp};

use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::vendors as w;
use crate::page::{self, Meta};
use crate::ui::{Tone, date, error_summary, key, notice, notice_dated};
use crate::vendors::frame;

/// Whether the company is away, and until when.
pub async fn show(req: Req) -> PageResult {
    let vendor = service::find_own(&req.cx, frame::needed_company(&req)?).await?;
    let day = running(&req, &vendor).map(last_day_field).unwrap_or_default();
    let form = Form::fresh(&req, vec![("holiday_until".to_owned(), day)]);
    Ok(answer(&req, StatusCode::OK, &form, &vendor))
}

/// Sets or ends it.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    let id = frame::needed_company(&req)?;
    let vendor = service::find_own(&req.cx, id).await?;
    if !frame::may_edit(&req, id) {
        return Ok(answer(&req, StatusCode::FORBIDDEN, &Form::empty(&req), &vendor));
    }
    let until = if form.get("then") == "end" { "" } else { form.get("holiday_until") };
    let result = if until.trim().is_empty() && form.get("then") != "end" {
        Err(market::Error::invalid("holiday_until", market::Problem::Required))
    } else {
        form.once(&req, async |cx| service::set_holiday(&cx, id, until).await).await
    };
    match invalid_or(result)? {
        Ok(()) => Ok(page::redirect(&req.href("/vendor/holiday?done=saved"))),
        Err(errors) => rejected(&req, form, errors, id).await,
    }
}

async fn rejected(req: &Req, form: Submitted, errors: FieldErrors, id: uuid::Uuid) -> PageResult {
    let vendor = service::find_own(&req.cx, id).await?;
    Ok(answer(req, StatusCode::UNPROCESSABLE_ENTITY, &Form::rejected(req, form, errors), &vendor))
}

/// The end of a holiday that is not over.
pub fn running(req: &Req, vendor: &Vendor) -> Option<Timestamp> {
    vendor.holiday_until.filter(|until| *until > req.cx.now())
}

/// The stored end is midnight after the last day.
pub fn last_day(until: Timestamp) -> Timestamp {
    until.plus(-1)
}

fn last_day_field(until: Timestamp) -> String {
    let day = last_day(until).to_seoul();
    format!("{:04}-{:02}-{:02}", day.year(), u8::from(day.month()), day.day())
}

fn answer(req: &Req, status: StatusCode, form: &Form, vendor: &Vendor) -> Response {
    let lang = req.lang();
    let until = running(req, vendor);
    let now = match until {
        Some(until) => notice_dated(Tone::Info, &w::holiday_now(lang, &date(lang, last_day(until)))),
        None => view! { <p>{w::holiday_none(lang)}</p> }.into_any(),
    };
    let label = if until.is_some() { w::holiday_change(lang) } else { w::holiday_save(lang) };
    let change = if frame::may_edit(req, vendor.id) {
        view! {
            <form method="post" action=req.href("/vendor/holiday") class="form mt-5" novalidate>
                {error_summary(lang, form)}
                {key(form)}
                {day_field(req, form)}
                <div class="actions">
                    <button class="btn btn-primary" name="then" value="set">{label}</button>
                    {until.is_some().then(|| view! { <button class="btn" name="then" value="end">{w::holiday_end(lang)}</button> })}
                </div>
            </form>
        }
        .into_any()
    } else {
        notice(Tone::Info, w::profile_read_only(lang))
    };
    let content = view! {
        <p class="mute">{w::holiday_intro(lang)}</p>
        {frame::done(req)}
        {now}
        {change}
    };
    page::render_status(
        req,
        status,
        Meta::private(w::holiday_title(lang)),
        frame::desk(req, w::holiday_title(lang), content.into_any()),
    )
}

fn day_field(req: &Req, form: &Form) -> AnyView {
    crate::ui::Field::date("holiday_until", w::holiday_field(req.lang()))
        .hint(w::holiday_hint(req.lang(), req.cx.settings().holiday_days_per_year))
        .view(req.lang(), form)
}
