//! `/vendor/companies`: the companies somebody works for, which of them is open, and invitations. Private, never cached.

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::accounts::access::Person;
use market::vendors::invitations::{self, Company, Invitation};
use market::{Cx, Error, ErrorKind, Problem};
use uuid::Uuid;

use super::close;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::vendors as w;
use crate::page::{self, Meta, Width};
use crate::ui::{Tone, asked_first, date, empty, error_summary, fresh_key, notice, primary_link};
use crate::vendors::frame;

/// Companies and invitations.
pub async fn show(req: Req) -> PageResult {
    answer(&req, StatusCode::OK, &Form::empty(&req)).await
}

/// Says yes or no, opens another desk, or leaves, as the pressed button says.
pub async fn submit(req: Req, form: Submitted) -> PageResult {
    req.cx.actor.signed_in()?;
    let company = Uuid::parse_str(form.get("vendor")).map_err(|_| Error::new(ErrorKind::NotFound))?;
    let work = async |cx: Cx| match form.get("then") {
        "accept" => invitations::accept(&cx, company).await,
        "decline" => invitations::decline(&cx, company).await,
        "open" => invitations::choose_desk(&cx, company).await,
        "leave" => invitations::leave(&cx, company).await,
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    let result = form.once(&req, work).await;
    match invalid_or(result)? {
        Ok(()) if matches!(form.get("then"), "accept" | "open") => Ok(page::redirect(&req.href("/vendor"))),
        Ok(()) => {
            let done = if form.get("then") == "decline" { "declined" } else { "left" };
            Ok(page::redirect(&req.href(&format!("/vendor/companies?done={done}"))))
        }
        Err(errors) => {
            let form = Form::rejected(&req, form, errors);
            answer(&req, StatusCode::UNPROCESSABLE_ENTITY, &form).await
        }
    }
}

async fn answer(req: &Req, status: StatusCode, form: &Form) -> Result<Response, crate::error::PageError> {
    let lang = req.lang();
    let companies = invitations::companies(&req.cx).await?;
    let invited = invitations::mine(&req.cx).await?;
    let confirmed = req.person().is_some_and(|person| person.email_confirmed);
    let nothing = (companies.is_empty() && invited.is_empty()).then(|| {
        let next = primary_link(&req.href("/vendor/apply"), w::invite_button(lang));
        empty(w::companies_none_title(lang), w::companies_none_text(lang), Some(next))
    });
    let content = view! {
        <div class="page-head"><h1 class="t-xl">{w::companies_title(lang)}</h1></div>
        {frame::done(req)}
        {error_summary(lang, form)}
        {(!confirmed).then(|| notice(Tone::Info, w::companies_unconfirmed(lang)))}
        {invitation_list(req, &invited)}
        {company_list(req, &companies)}
        {nothing}
    };
    Ok(page::render_status(
        req,
        status,
        Meta::private(w::companies_title(lang)).wide(Width::Text),
        content.into_any(),
    ))
}

/// Invitations that wait for an answer; nothing without one.
pub fn invitation_list(req: &Req, invited: &[Invitation]) -> Option<AnyView> {
    if invited.is_empty() {
        return None;
    }
    let lang = req.lang();
    let rows = invited.iter().map(|row| invitation(req, row)).collect::<Vec<_>>();
    let view = view! {
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{w::invited_title(lang)}</h2></div>
            <p class="small mute">{w::invited_text(lang)}</p>
            <ul class="lines mt-4">{rows}</ul>
        </section>
    };
    Some(view.into_any())
}

fn invitation(req: &Req, row: &Invitation) -> AnyView {
    let lang = req.lang();
    let name = lang.pick(&row.name_ko, &row.name_en).to_owned();
    let until = w::invited_until(lang, &date(lang, row.expires_at));
    let words = view! {
        <b class="long">{name.clone()}</b>
        <br /><span class="small mute">{w::invited_by(lang, &row.invited_by)}" · "{w::role(lang, &row.role)}" · "{until}</span>
    };
    let buttons = view! {
        <button class="btn btn-primary" name="then" value="accept" aria-label=w::invited_accept_of(lang, &name)>{w::invited_accept(lang)}</button>
        {asked_first((w::invited_decline(lang), w::invited_decline_of(lang, &name)), w::invited_decline_text(lang), ("then", "decline"))}
    };
    line(req, row.vendor_id, words.into_any(), buttons.into_any())
}

/// A company's line: what it is, and what can be done about it.
fn line(req: &Req, company: Uuid, words: AnyView, buttons: AnyView) -> AnyView {
    view! {
        <li class="line between">
            <span class="grow">{words}</span>
            <form method="post" action=req.href("/vendor/companies") class="line">
                {fresh_key(req)}
                <input type="hidden" name="vendor" value=company.to_string() />
                {buttons}
            </form>
        </li>
    }
    .into_any()
}

fn company_list(req: &Req, companies: &[Company]) -> Option<AnyView> {
    if companies.is_empty() {
        return None;
    }
    let lang = req.lang();
    let open = req.person().and_then(Person::first_vendor);
    let rows = companies.iter().map(|row| company(req, row, open)).collect::<Vec<_>>();
    let view = view! {
        <section class="sec">
            <div class="sec-head"><h2 class="t-l">{w::companies_yours(lang)}</h2></div>
            <ul class="lines">{rows}</ul>
        </section>
    };
    Some(view.into_any())
}

fn company(req: &Req, row: &Company, open: Option<Uuid>) -> AnyView {
    let lang = req.lang();
    let name = lang.pick(&row.name_ko, &row.name_en).to_owned();
    let is_open = open == Some(row.vendor_id);
    let words = view! {
                <b class="long">{name.clone()}</b>{is_open.then(|| view! { " "<span class="tag tag-info">{w::companies_open_now(lang)}</span> })}
                <br /><span class="small mute">{w::role(lang, &row.role)}</span>
    };
    let buttons = view! {
                <button class="btn" name="then" value="open" aria-label=w::companies_open_of(lang, &name)>{w::companies_open(lang)}</button>
                {asked_first((w::companies_leave(lang), w::companies_leave_of(lang, &name)), w::team_leave_text(lang), ("then", "leave"))}
                {close::way(req, (row.vendor_id, &name), &row.role, &row.state)}
    };
    line(req, row.vendor_id, words.into_any(), buttons.into_any())
}
