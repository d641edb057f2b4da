//! `/inquiries/{id}/messages/{seq}` and `/a/{token}/messages/{seq}`: correcting one's own words. Never cached.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::ErrorKind;
use market::inquiries::links::LinkStanding;
use market::inquiries::service;

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::form::{Form, Submitted, invalid_or};
use crate::i18n::{inquiries as w, threads as t};
use crate::inquiries::place::{Door, Place, closed_link, column, message_page};
use crate::page;
use crate::ui::{self, Field};

fn number(seq: &str) -> Result<i64, PageError> {
    seq.parse().map_err(|_| PageError::from(ErrorKind::NotFound))
}

/// For whoever is signed in.
pub async fn show(Path((id, seq)): Path<(String, String)>, req: Req) -> PageResult {
    form_for(req, Door::Own(id), number(&seq)?).await
}

/// Through the link of a mail.
pub async fn show_link(Path((token, seq)): Path<(String, String)>, req: Req) -> PageResult {
    form_for(req, Door::Link(token), number(&seq)?).await
}

/// Takes the correction.
pub async fn submit(Path((id, seq)): Path<(String, String)>, req: Req, sent: Submitted) -> PageResult {
    correct(req, Door::Own(id), number(&seq)?, sent).await
}

/// Takes the correction through the link of a mail.
pub async fn submit_link(
    Path((token, seq)): Path<(String, String)>,
    req: Req,
    sent: Submitted,
) -> PageResult {
    correct(req, Door::Link(token), number(&seq)?, sent).await
}

async fn form_for(req: Req, door: Door, seq: i64) -> PageResult {
    let place = door.open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(closed_link(&req, place.standing));
    }
    let view = service::thread_view(&place.cx, place.thread_id).await?;
    let me = place.cx.actor.user_id();
    let found = view.messages.iter().find(|message| message.seq == seq && message.author_id == me);
    let message = found.ok_or_else(|| PageError::from(ErrorKind::NotFound))?;
    if !service::may_edit(me, message, req.cx.now()) || !view.thread.state.is_talked_in() {
        return Ok(over(&req, &place));
    }
    let form = Form::fresh(&req, vec![("body".to_owned(), message.body.clone())]);
    Ok(edit_page(&req, StatusCode::OK, (&place, seq), &form))
}

async fn correct(req: Req, door: Door, seq: i64, sent: Submitted) -> PageResult {
    let place = door.open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(closed_link(&req, place.standing));
    }
    let done = service::edit_message(&place.cx, place.thread_id, seq, sent.get("body")).await;
    match done {
        Err(error) if matches!(error.kind, ErrorKind::Conflict(_)) => Ok(over(&req, &place)),
        done => match invalid_or(done)? {
            Ok(()) => Ok(page::redirect(&place.href(&req, &format!("#m-{seq}")))),
            Err(errors) => {
                let form = Form::rejected(&req, sent, errors);
                Ok(edit_page(&req, StatusCode::UNPROCESSABLE_ENTITY, (&place, seq), &form))
            }
        },
    }
}

fn over(req: &Req, place: &Place) -> Response {
    let lang = req.lang();
    let ways = ui::primary_link(&place.href(req, ""), w::back_to_thread(lang));
    message_page(req, StatusCode::CONFLICT, t::edit_over_title(lang), t::edit_over(lang), ways)
}

fn edit_page(req: &Req, status: StatusCode, what: (&Place, i64), form: &Form) -> Response {
    let (place, seq) = what;
    let lang = req.lang();
    let action = place.href(req, &format!("/messages/{seq}"));
    let fields = view! {
        {Field::area("body", w::reply_body(lang), 6).max(req.cx.settings().message_max).view(lang, form)}
        <button class="btn btn-primary btn-wide btn-big mt-5">{t::edit_send(lang)}</button>
    };
    let content = view! {
        <h1>{t::edit_title(lang)}</h1>
        <p class="small mute mt-2 mb-4">{t::edit_text(lang)}</p>
        {ui::form(lang, form, &action, fields.into_any())}
        <p class="mt-4"><a class="link-btn" href=place.href(req, "")>{w::back_to_thread(lang)}</a></p>
    };
    column(req, status, t::edit_title(lang), content.into_any())
}
