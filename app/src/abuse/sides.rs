//! `/inquiries/{id}/report`, `/inquiries/{id}/block` and the same behind a mail's link: one side of a thread about the
//! other. Never cached.

use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::abuse::reports::{self, NOTE_MAX, ReportDraft};
use market::abuse::{ReportReason, blocks};
use market::inquiries::Side;
use market::inquiries::links::LinkStanding;
use market::inquiries::service::{self, ThreadView};
use market::{Error, ErrorKind, FieldErrors};

use super::parts;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted};
use crate::i18n::{abuse as w, inquiries as i};
use crate::inquiries::place::{Door, Place, closed_link, column};
use crate::page;
use crate::ui::{self, Field, Tone};

/// Opens the thread, unless its link is over.
async fn open(req: &Req, door: Door) -> Result<Result<(Place, ThreadView), Response>, PageError> {
    let place = door.open(req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(Err(closed_link(req, place.standing)));
    }
    let view = service::thread_view(&place.cx, place.thread_id).await?;
    if view.thread.withheld_at.is_some() {
        return Err(ErrorKind::NotFound.into());
    }
    Ok(Ok((place, view)))
}

/// The form of a report.
pub async fn report(req: Req, door: Door) -> PageResult {
    Ok(match open(&req, door).await? {
        Ok((place, view)) => report_page(&req, StatusCode::OK, (&place, &view), (&Form::empty(&req), None)),
        Err(closed) => closed,
    })
}

/// Sends it.
pub async fn send_report(req: Req, door: Door, sent: Submitted) -> PageResult {
    let (place, view) = match open(&req, door).await? {
        Ok(found) => found,
        Err(closed) => return Ok(closed),
    };
    let draft = ReportDraft {
        reason: sent.text("reason"),
        note: sent.text("note"),
        block: sent.get("block") == "yes",
    };
    let done = match sent.idem() {
        Ok(idem) => reports::report(&place.cx, place.thread_id, &draft, idem).await,
        Err(error) => Err(error),
    };
    let Err(error) = done else {
        let step = if draft.block { "report_block" } else { "report" };
        return Ok(page::redirect(&after(&req, &place, step)));
    };
    refused(&req, (&place, &view), sent, error)
}

fn refused(req: &Req, around: (&Place, &ThreadView), sent: Submitted, error: Error) -> PageResult {
    if let Some((seconds, text)) = parts::too_many(req.lang(), &error) {
        let form = Form::rejected(req, sent, FieldErrors::new());
        let mut page = report_page(req, StatusCode::TOO_MANY_REQUESTS, around, (&form, Some(text)));
        page.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        return Ok(page);
    }
    match error.kind {
        ErrorKind::Invalid(errors) => {
            let form = Form::rejected(req, sent, errors);
            Ok(report_page(req, StatusCode::UNPROCESSABLE_ENTITY, around, (&form, None)))
        }
        _ => Err(PageError(error)),
    }
}

/// Through a link the page says what was done; the thread and with it the link may have ended.
fn after(req: &Req, place: &Place, step: &str) -> String {
    place.href(req, &if place.by_link { format!("/done?step={step}") } else { format!("?done={step}") })
}

fn report_page(
    req: &Req,
    status: StatusCode,
    around: (&Place, &ThreadView),
    form: (&Form, Option<String>),
) -> Response {
    let lang = req.lang();
    let (place, view) = around;
    let (form, notice) = form;
    let reasons = ReportReason::ALL
        .iter()
        .map(|reason| (reason.code().to_owned(), w::report_reason(lang, *reason).to_owned()));
    let block =
        view! { {w::report_block(lang)}<br /><span class="small mute">{w::report_block_text(lang)}</span> };
    let fields = view! {
        {ui::choices(lang, form, "reason", w::report_why(lang), reasons.collect())}
        {Field::area("note", w::report_note(lang), 3).hint(w::report_note_hint(lang)).optional().max(NOTE_MAX).view(lang, form)}
        {(!view.blocked).then(|| ui::checkbox(lang, form, "block", block.into_any()))}
        <button class="btn btn-primary btn-wide btn-big mt-5">{w::report_send(lang)}</button>
    };
    let content = view! {
        <p class="small mute">{view.thread.subject.clone()}</p>
        <h1 class="mt-2">{w::report_title(lang)}</h1>
        <p class="mt-3 mb-4">{w::report_text(lang)}</p>
        {notice.map(|text| ui::notice(Tone::Bad, text))}
        {ui::form(lang, form, &place.href(req, "/report"), fields.into_any())}
        <p class="mt-4"><a href=place.href(req, "")>{i::back_to_thread(lang)}</a></p>
    };
    column(req, status, w::report_title(lang), content.into_any())
}

/// What blocking does, and a button; or the way back.
pub async fn block(req: Req, door: Door) -> PageResult {
    let (place, view) = match open(&req, door).await? {
        Ok(found) => found,
        Err(closed) => return Ok(closed),
    };
    let lang = req.lang();
    let blocked = view.blocked;
    let (title, text) = if blocked {
        (w::unblock_it(lang), w::blocked_now(lang))
    } else if view.side == Side::Vendor {
        (w::block_title(lang), w::block_vendor_text(lang))
    } else {
        (w::block_title(lang), w::block_buyer_text(lang))
    };
    let button = if blocked {
        view! { <button class="btn btn-primary btn-wide btn-big mt-5" name="then" value="unblock">{w::unblock_it(lang)}</button> }.into_any()
    } else {
        view! { <button class="btn btn-danger btn-wide btn-big mt-5" name="then" value="block">{w::block_send(lang)}</button> }.into_any()
    };
    let undo = (!blocked).then(|| view! { <p class="small mute mt-2">{w::block_undo(lang)}</p> });
    let content = view! {
        <p class="small mute">{view.thread.subject.clone()}</p>
        <h1 class="mt-2">{title}</h1>
        <p class="mt-3">{text}</p>
        {undo}
        {ui::form(lang, &Form::empty(&req), &place.href(&req, "/block"), button)}
        <p class="mt-4"><a href=place.href(&req, "")>{i::back_to_thread(lang)}</a></p>
    };
    Ok(column(&req, StatusCode::OK, title, content.into_any()))
}

/// Blocks or lifts the block, as the pressed button says; once more is the same.
pub async fn send_block(req: Req, door: Door, sent: Submitted) -> PageResult {
    let place = door.open(&req).await?;
    // a second press may come when the first one has ended the thread and its link
    if place.standing.is_over() {
        return Ok(closed_link(&req, place.standing));
    }
    service::thread_view(&place.cx, place.thread_id).await?;
    let step = match sent.get("then") {
        "unblock" => {
            blocks::unblock_in_thread(&place.cx, place.thread_id).await?;
            "unblock"
        }
        "block" => {
            blocks::block(&place.cx, place.thread_id).await?;
            "block"
        }
        _ => return Err(Error::invalid("then", market::Problem::NotChoice).into()),
    };
    Ok(page::redirect(&after(&req, &place, step)))
}
