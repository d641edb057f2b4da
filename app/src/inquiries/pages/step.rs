//! One step of a thread on a page of its own: `/inquiries/{id}/quote`, `/a/{token}/decline` and so on. Going
//! back works, a reload keeps what was typed, a second press does nothing. Never cached.

use axum::extract::Request;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::inquiries::links::LinkStanding;
use market::inquiries::service::{self, ThreadView};
use market::{ErrorKind, FieldErrors};

use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::files::composer::Composer;
use crate::files::receive;
use crate::form::Form;
use crate::i18n::inquiries as w;
use crate::inquiries::place::{Door, Place, closed_link, column, message_page};
use crate::inquiries::steps::Step;
use crate::inquiries::{parts, quote_form};
use crate::page;
use crate::ui::{self, Tone};

/// The form of a step.
pub async fn show(req: Req, door: Door, step: Step) -> PageResult {
    let place = door.open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(closed_link(&req, place.standing));
    }
    let view = view_for(&place, step).await?;
    if !view.thread.state.is_open() {
        return Ok(not_possible(&req, &place, "thread.ended"));
    }
    let form = Form::fresh(&req, step.values(&req, &view));
    let composer = Composer::fresh_at(place.files_at(&req));
    Ok(step_page(&req, StatusCode::OK, (&place, &view, step), (&form, &composer), None))
}

/// Takes a step. A link whose thread has ended may still repeat what ended it: the verb knows.
pub async fn submit(req: Req, door: Door, step: Step, body: Request) -> PageResult {
    let place = door.open(&req).await?;
    if place.standing == LinkStanding::Expired {
        return Ok(closed_link(&req, place.standing));
    }
    let view = view_for(&place, step).await?;
    let received = receive::form(&req, &place.cx, body).await?;
    let (refused, sent) = (received.notice(), received.form);
    let composer = || Composer::of(&req, &place.cx, Some(&sent));
    if step == Step::Quote && sent.has(quote_form::MORE) {
        let form = Form::fresh(&req, quote_form::one_more(&sent));
        let composer = composer().await?;
        return Ok(step_page(&req, StatusCode::OK, (&place, &view, step), (&form, &composer), refused));
    }
    if refused.is_some() {
        let composer = composer().await?;
        let form = Form::rejected(&req, sent.clone(), FieldErrors::new());
        let around = (&place, &view, step);
        return Ok(step_page(&req, StatusCode::UNPROCESSABLE_ENTITY, around, (&form, &composer), refused));
    }
    let Err(error) = step.take(&place.cx, place.thread_id, &sent).await else {
        let next = if place.by_link {
            format!("/done?step={}", step.code())
        } else {
            format!("?done={}", step.code())
        };
        return Ok(page::redirect(&place.href(&req, &next)));
    };
    let lang = req.lang();
    let around = (&place, &view, step);
    match &error.kind {
        ErrorKind::Invalid(errors) => {
            let composer = composer().await?;
            let form = Form::rejected(&req, sent.clone(), errors.clone());
            Ok(step_page(&req, StatusCode::UNPROCESSABLE_ENTITY, around, (&form, &composer), None))
        }
        ErrorKind::TooMany { retry_after } => {
            let composer = composer().await?;
            let form = Form::rejected(&req, sent.clone(), FieldErrors::new());
            let notice = w::too_many(lang, *retry_after);
            let mut response =
                step_page(&req, StatusCode::TOO_MANY_REQUESTS, around, (&form, &composer), Some(notice));
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
            Ok(response)
        }
        ErrorKind::Conflict(_) if place.standing == LinkStanding::Ended => {
            Ok(closed_link(&req, place.standing))
        }
        ErrorKind::Conflict(rule) => Ok(not_possible(&req, &place, rule)),
        _ => Err(PageError(error)),
    }
}

/// The thread, if the step is one of this side.
async fn view_for(place: &Place, step: Step) -> Result<ThreadView, PageError> {
    let view = service::thread_view(&place.cx, place.thread_id).await?;
    if step.is_for(view.side) { Ok(view) } else { Err(ErrorKind::NotFound.into()) }
}

fn not_possible(req: &Req, place: &Place, rule: &str) -> Response {
    let lang = req.lang();
    let text = match rule {
        "quote.superseded" => w::superseded(lang),
        "thread.no_quote" => w::no_quote(lang),
        "thread.ended" => w::thread_ended(lang),
        _ => w::state_changed(lang),
    };
    let ways = ui::primary_link(&place.href(req, ""), w::back_to_thread(lang));
    message_page(req, StatusCode::CONFLICT, w::not_possible_title(lang), text, ways)
}

fn step_page(
    req: &Req,
    status: StatusCode,
    around: (&Place, &ThreadView, Step),
    form: (&Form, &Composer),
    notice: Option<String>,
) -> Response {
    let (place, view, step) = around;
    let lang = req.lang();
    let title = step.title(lang);
    let due = view.thread.due_at.filter(|_| view.thread.state.turn() == Some(view.side));
    let action = place.href(req, &format!("/{}", step.code()));
    let content = view! {
        <p class="small mute">{view.thread.subject.clone()}{due.map(|due| format!(" · {}", parts::until(lang, due, req.cx.now())))}</p>
        <h1 class="mt-2 mb-4">{title}</h1>
        {notice.map(|text| ui::notice(Tone::Bad, text))}
        {step.form(req, view, form, &action)}
        <p class="mt-4"><a href=place.href(req, "")>{w::back_to_thread(lang)}</a></p>
    };
    column(req, status, title, content.into_any())
}
