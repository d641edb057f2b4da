//! `/desk/held/{id}` and `/desk/reports/{id}`: what is held or reported, with everything a decision needs. Private, never
//! cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::abuse::release::{self, Decision};
use market::abuse::review::{self, HeldReview, Party, ReportReview};
use market::abuse::{HeldState, ReportState, reports};
use market::inquiries::Side;
use market::{Error, ErrorKind, Problem};
use uuid::Uuid;

use crate::context::Req;
use crate::curation::decision::{self, Choice};
use crate::curation::frame;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted};
use crate::i18n::abuse as w;
use crate::i18n::inquiries as i;
use crate::i18n::threads as t;
use crate::inquiries::pages::links;
use crate::page;
use crate::ui;

/// Something held.
pub async fn show_held(req: Req, Path(id): Path<String>) -> PageResult {
    let id = frame::identity(&req, &id)?;
    answer(&req, (StatusCode::OK, "held", id), &Form::empty(&req)).await
}

/// The decision about it.
pub async fn decide_held(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    let id = frame::identity(&req, &id)?;
    let chosen = match form.get("action") {
        "release" => Ok(Decision::Release),
        "refuse" => Ok(Decision::Refuse(decision::reason(&form))),
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    let done = match chosen {
        Ok(chosen) => release::decide(&req.cx, id, chosen, decision::key(&form)?).await,
        Err(error) => Err(error),
    };
    finish(&req, ("held", id), form, done).await
}

/// A report.
pub async fn show_report(req: Req, Path(id): Path<String>) -> PageResult {
    let id = frame::identity(&req, &id)?;
    answer(&req, (StatusCode::OK, "report", id), &Form::empty(&req)).await
}

/// The decision about it.
pub async fn decide_report(req: Req, Path(id): Path<String>, form: Submitted) -> PageResult {
    let id = frame::identity(&req, &id)?;
    let chosen = match form.get("action") {
        "uphold" => Ok(reports::Decision::Uphold),
        "dismiss" => Ok(reports::Decision::Dismiss),
        _ => Err(Error::invalid("", Problem::NotChoice)),
    };
    let done = match chosen {
        Ok(chosen) => {
            let words = decision::reason(&form);
            reports::decide(&req.cx, id, (chosen, &words), decision::key(&form)?).await
        }
        Err(error) => Err(error),
    };
    finish(&req, ("report", id), form, done).await
}

async fn finish(
    req: &Req,
    what: (&'static str, Uuid),
    form: Submitted,
    done: market::Result<()>,
) -> PageResult {
    let Err(error) = done else { return Ok(decision::decided(req, &form)) };
    match error.kind {
        ErrorKind::Invalid(errors) => {
            let form = Form::rejected(req, form, errors);
            answer(req, (StatusCode::UNPROCESSABLE_ENTITY, what.0, what.1), &form).await
        }
        _ => decision::failed(req, error, what, &address(what)).await,
    }
}

fn address(what: (&str, Uuid)) -> String {
    if what.0 == "held" { format!("/desk/held/{}", what.1) } else { format!("/desk/reports/{}", what.1) }
}

async fn answer(
    req: &Req,
    what: (StatusCode, &'static str, Uuid),
    form: &Form,
) -> Result<Response, PageError> {
    let lang = req.lang();
    let (status, kind, id) = what;
    let next = page::safe_next(form.value("next"), &req.href(&format!("/desk/inbox?kind={kind}")));
    let (title, view) = if kind == "held" {
        (w::desk_held_title(lang), held(req, id, form, next).await?)
    } else {
        (w::desk_report_title(lang), report(req, id, form, next).await?)
    };
    let content = view! { {frame::done(req)}<section class="block">{view}</section> };
    Ok(page::render_status(
        req,
        status,
        frame::meta(title),
        frame::desk(req, title, None, content.into_any()),
    ))
}

/// Something held, beside the queue or on a page of its own.
pub async fn held(req: &Req, id: Uuid, form: &Form, next: String) -> market::Result<AnyView> {
    let lang = req.lang();
    let review = review::held(&req.cx, id).await?;
    let action = req.href(&format!("/desk/held/{id}"));
    let sign_up = review.form.as_ref().is_some_and(|form| form.code() == "sign_up");
    let mut choices = Vec::new();
    if review.held.state == HeldState::Waiting {
        if !sign_up {
            choices.push(Choice::main("release", w::desk_release(lang)));
        }
        choices.push(Choice::danger("refuse", w::desk_refuse(lang)));
    }
    let decide = decision::Decision {
        action: action.clone(),
        next,
        reasons: &w::REFUSE_REASONS,
        choices,
        version: None,
    };
    let view = view! {
        <p class="small mute"><span class="tag">{w::held_kind(lang, review.held.kind)}</span></p>
        <h2 class="mt-1 mb-3"><a href=action>{review.held.title.clone()}</a></h2>
        {held_facts(req, &review)}
        <p class="letter">{review.words.clone()}</p>
        {review.sender.as_ref().map(|party| record(req, w::desk_party(lang), party))}
        {sign_up.then(|| view! { <p class="small mute">{w::desk_sign_up(lang)}</p> })}
        {decision::form_to(req, form, decide, (w::desk_to_sender(lang), w::desk_to_sender_hint(lang)))}
        {frame::history(req, &review.history)}
    };
    Ok(view.into_any())
}

fn held_facts(req: &Req, review: &HeldReview) -> AnyView {
    let lang = req.lang();
    let held = &review.held;
    let reasons =
        held.reasons.iter().map(|reason| w::hold_reason(lang, *reason)).collect::<Vec<_>>().join(" · ");
    let vendor = review.vendor.as_ref().map(|(ko, en)| {
        view! { <dt>{w::desk_for(lang)}</dt><dd>{lang.pick(ko, en).to_owned()}</dd> }
    });
    let about = review.thread.as_ref().map(|thread| {
        view! { <dt>{i::fact_product(lang)}</dt><dd>{thread.subject.clone()}</dd> }
    });
    let form = review.form.as_ref().map(|form| {
        view! {
            <dt>{w::desk_form_of(lang)}</dt><dd>{w::form_kind(lang, form.code())}</dd>
            <dt>{w::desk_address(lang)}</dt><dd>{form.email().to_owned()}</dd>
        }
    });
    let ends = if held.ends_by_itself() { w::desk_by_itself(lang) } else { w::desk_ends(lang) };
    view! {
        <dl class="kv mb-4">
            <dt>{w::desk_why(lang)}</dt><dd><b>{reasons}</b></dd>
            {about}{vendor}{form}
            <dt>{w::desk_written(lang)}</dt><dd>{ui::date_time(lang, held.written_at)}</dd>
            <dt>{w::desk_due(lang)}</dt><dd>{ui::date_time(lang, held.due_at)}<br /><span class="small mute">{ends}</span></dd>
        </dl>
    }
    .into_any()
}

/// What is known of a side: counts, no score.
fn record(req: &Req, title: &'static str, party: &Party) -> AnyView {
    let lang = req.lang();
    let company = if party.company.is_empty() { String::new() } else { format!(" · {}", party.company) };
    let lines = [
        w::desk_counts(lang, party.asked, party.answered),
        w::desk_held_counts(lang, party.released, party.refused),
        w::desk_report_counts(lang, party.reported, party.upheld, party.blocked_by),
    ];
    let lines = lines.into_iter().map(|line| view! { <li>{line}</li> }).collect::<Vec<_>>();
    view! {
        <h3 class="t-m mt-5">{title}</h3>
        <p>{format!("{}{company}", party.name)}<br /><span class="small mute">{party.email.clone()}" · "{w::desk_since(lang, &ui::date(lang, party.created_at))}</span></p>
        <ul class="small mt-2">{lines}</ul>
    }
    .into_any()
}

/// A report, beside the queue or on a page of its own.
pub async fn report(req: &Req, id: Uuid, form: &Form, next: String) -> market::Result<AnyView> {
    let lang = req.lang();
    let review = review::report(&req.cx, id).await?;
    let action = req.href(&format!("/desk/reports/{id}"));
    let choices = if review.report.state == ReportState::Open {
        vec![Choice::main("uphold", w::desk_uphold(lang)), Choice::other("dismiss", w::desk_dismiss(lang))]
    } else {
        Vec::new()
    };
    let decide = decision::Decision {
        action: action.clone(),
        next,
        reasons: &w::DISMISS_REASONS,
        choices,
        version: None,
    };
    let by_vendor = review.report.by_side == Side::Vendor;
    let by = if by_vendor { w::desk_reported_by_vendor(lang) } else { w::desk_reported_by_buyer(lang) };
    let desk = (!by_vendor).then(|| {
        let href = req.href(&format!("/desk/vendors/{}", review.thread.vendor_id));
        view! { <p class="small"><a href=href>{w::desk_to_vendor(lang)}</a></p> }
    });
    let note = (!review.report.note.is_empty()).then(|| {
        view! { <h3 class="t-m mt-5">{w::desk_note(lang)}</h3><p class="letter">{review.report.note.clone()}</p> }
    });
    let view = view! {
        <p class="small mute"><span class="tag">{w::report_state(lang, review.report.state)}</span>" "{by}</p>
        <h2 class="mt-1 mb-3"><a href=action>{w::report_reason(lang, review.report.reason)}</a></h2>
        <dl class="kv mb-4">
            <dt>{i::fact_product(lang)}</dt><dd>{review.thread.subject.clone()}</dd>
            <dt>{i::fact_vendor(lang)}</dt><dd>{lang.pick(&review.vendor.0, &review.vendor.1).to_owned()}</dd>
            <dt>{w::desk_written(lang)}</dt><dd>{ui::date_time(lang, review.report.created_at)}</dd>
        </dl>
        {note}
        {messages(req, &review)}
        {(req.query_value("done") == "links").then(|| ui::notice(ui::Tone::Good, t::links_done(lang)))}
        {review.thread.state.is_talked_in().then(|| links::button(req, review.thread.id, Some(id)))}
        {record(req, w::desk_about(lang), &review.about)}
        {desk}
        {decision::form_to(req, form, decide, (w::desk_to_reporter(lang), w::desk_to_reporter_hint(lang)))}
        {frame::history(req, &review.history)}
    };
    Ok(view.into_any())
}

fn messages(req: &Req, review: &ReportReview) -> AnyView {
    let lang = req.lang();
    let items = review
        .messages
        .iter()
        .filter(|message| !message.body.is_empty())
        .map(|message| {
            let who = match message.side {
                Side::Buyer => i::fact_buyer(lang),
                Side::Vendor => i::fact_vendor(lang),
                Side::System => i::system(lang),
            };
            view! {
                <article class="msg"><header><b>{who}</b> {ui::moment(lang, message.created_at, req.cx.now())}</header><p class="letter">{message.body.clone()}</p></article>
            }
        })
        .collect::<Vec<_>>();
    view! { <h3 class="t-m mt-5">{w::desk_thread(lang)}</h3><div class="msgs mt-2">{items}</div> }.into_any()
}
