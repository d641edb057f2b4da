//! `/vendor/days-off`: days on which the company rests, said beforehand. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::access::VendorRole;
use market::vendors::days_off::{DaysOff, NOTE_MAX, add_days_off, end_days_off, list_days_off};
use market::{ErrorKind, FieldErrors};
use uuid::Uuid;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::tables as t;
use crate::page::{self, Meta};
use crate::ui::{self, Field, Tone};
use crate::vendors::frame;

/// The days and a form for more.
pub async fn show(req: Req) -> PageResult {
    let company = frame::needed_company(&req)?;
    let known = list_days_off(&req.cx, company).await?;
    Ok(answer(&req, StatusCode::OK, &Form::empty(&req), (&known, company)))
}

/// Adds days or takes some back.
pub async fn submit(req: Req, sent: Submitted) -> PageResult {
    let company = frame::needed_company(&req)?;
    let result = if sent.get("then") == "end" {
        let id = Uuid::parse_str(sent.get("days")).map_err(|_| PageError::from(ErrorKind::NotFound))?;
        sent.once(&req, async |cx| end_days_off(&cx, company, id).await).await
    } else {
        let (first, last, note) = (sent.get("first"), sent.get("last"), sent.get("note"));
        sent.once(&req, async |cx| add_days_off(&cx, company, first, last, note).await).await
    };
    match invalid_or(result)? {
        Ok(()) => Ok(page::redirect(&req.href("/vendor/days-off?done=saved"))),
        Err(errors) => rejected(&req, sent, errors, company).await,
    }
}

async fn rejected(req: &Req, sent: Submitted, errors: FieldErrors, company: Uuid) -> PageResult {
    let known = list_days_off(&req.cx, company).await?;
    let form = Form::rejected(req, sent, errors);
    Ok(answer(req, StatusCode::UNPROCESSABLE_ENTITY, &form, (&known, company)))
}

fn answer(req: &Req, status: StatusCode, form: &Form, what: (&[DaysOff], Uuid)) -> Response {
    let lang = req.lang();
    let (known, company) = what;
    let may = req
        .person()
        .and_then(|person| person.role_in(company))
        .is_some_and(|role| role >= VendorRole::Manager);
    let rows = known.iter().map(|days| row(req, days, may)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        view! { <p class="mute">{t::off_none(lang)}</p> }.into_any()
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let add = if may {
        let fields = view! {
            {Field::date("first", t::off_first(lang)).view(lang, form)}
            {Field::date("last", t::off_last(lang)).hint(t::off_last_hint(lang)).optional().view(lang, form)}
            {Field::text("note", t::off_note(lang)).optional().max(NOTE_MAX).view(lang, form)}
            <button class="btn btn-primary mt-5">{t::off_add(lang)}</button>
        };
        ui::form(lang, form, &req.href("/vendor/days-off"), fields.into_any())
    } else {
        view! { <p class="small mute">{t::off_manager_only(lang)}</p> }.into_any()
    };
    let done = (req.query_value("done") == "saved").then(|| ui::notice(Tone::Good, t::off_saved(lang)));
    let content = view! {
        <p class="mute mb-4">{t::off_text(lang)}</p>
        {done}
        {list}
        <section class="sec">{add}</section>
    };
    let page = frame::desk(req, t::off_title(lang), content.into_any());
    page::render_status(req, status, Meta::private(t::off_title(lang)), page)
}

fn row(req: &Req, days: &DaysOff, may: bool) -> AnyView {
    let lang = req.lang();
    let range = if days.first == days.last {
        ui::day(lang, days.first)
    } else {
        format!("{} – {}", ui::day(lang, days.first), ui::day(lang, days.last))
    };
    let label = t::off_end_of(lang, &ui::day(lang, days.first));
    let end = may.then(|| {
        view! {
            <form method="post" action=req.href("/vendor/days-off")>
                {ui::fresh_key(req)}
                <input type="hidden" name="days" value=days.id.to_string() />
                <button class="link-btn bad" name="then" value="end" aria-label=label>{t::off_end(lang)}</button>
            </form>
        }
    });
    view! { <li class="line between"><span class="grow"><b>{range}</b><br /><span class="small mute">{days.note.clone()}</span></span>{end}</li> }.into_any()
}
