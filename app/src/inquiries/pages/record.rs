//! A whole thread to keep: `/record` is a page to print, `/record.txt` and `/record.json` are files. Each side gets what
//! its page shows. Never cached.

use axum::extract::Path;
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::inquiries::links::LinkStanding;
use market::inquiries::service::{self, Stretch, ThreadView};
use market::inquiries::{MessageKind, export};

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::{inquiries as w, threads as t};
use crate::inquiries::parts::{self, On};
use crate::inquiries::place::{Door, closed_link, column};
use crate::inquiries::{contact, quote_view};
use crate::ui;

/// The page to print, for whoever is signed in.
pub async fn show(Path(id): Path<String>, req: Req) -> PageResult {
    record(req, Door::Own(id), "").await
}

/// The page to print, through a link.
pub async fn show_link(Path(token): Path<String>, req: Req) -> PageResult {
    record(req, Door::Link(token), "").await
}

/// The thread as text.
pub async fn text(Path(id): Path<String>, req: Req) -> PageResult {
    record(req, Door::Own(id), "txt").await
}

/// The thread as text, through a link.
pub async fn text_link(Path(token): Path<String>, req: Req) -> PageResult {
    record(req, Door::Link(token), "txt").await
}

/// The thread as JSON.
pub async fn json(Path(id): Path<String>, req: Req) -> PageResult {
    record(req, Door::Own(id), "json").await
}

/// The thread as JSON, through a link.
pub async fn json_link(Path(token): Path<String>, req: Req) -> PageResult {
    record(req, Door::Link(token), "json").await
}

async fn record(req: Req, door: Door, form: &'static str) -> PageResult {
    let place = door.open(&req).await?;
    if place.standing != LinkStanding::Works {
        return Ok(closed_link(&req, place.standing));
    }
    let view = service::thread_stretch(&place.cx, place.thread_id, Stretch::Whole).await?;
    let lang = req.lang();
    match form {
        "txt" => return Ok(file("text/plain; charset=utf-8", "inquiry.txt", as_text(&req, &view))),
        "json" => {
            let body = format!("{:#}\n", export::as_json(&view));
            return Ok(file("application/json; charset=utf-8", "inquiry.json", body));
        }
        _ => {}
    }
    let title = w::thread_title(lang, &view.thread.subject);
    let made = ui::date_time_in(lang, &view.zone, req.cx.now());
    let content = view! {
        <p class="small mute no-print"><a class="link-btn" href=place.href(&req, "")>{w::back_to_thread(lang)}</a>" · "{t::record_hint(lang)}</p>
        <h1 class="mt-3">{ui::kept(&title)}</h1>
        <p class="small mute">{t::record_made(lang, &made)}</p>
        {contact::section(&req, &view, On::Record)}
        {parts::facts(&req, &place, &view, On::Record)}
        {parts::recorded(&req, &place, &view)}
        {parts::timeline(&req, &view, On::Record)}
    };
    Ok(column(&req, StatusCode::OK, &title, content.into_any()))
}

fn as_text(req: &Req, view: &ThreadView) -> String {
    let lang = req.lang();
    export::as_text(
        view,
        |message| {
            let mut lines = Vec::new();
            if message.kind != MessageKind::Text {
                lines.push(w::event(lang, message.kind, message.side, message.reason.as_deref()).to_owned());
            }
            let reason =
                message.reason.as_deref().and_then(|code| parts::reason_words(lang, message.side, code));
            lines.extend(reason.map(str::to_owned));
            for (name, value) in
                message.quote.iter().flat_map(|quote| quote_view::statements(lang, &view.zone, quote))
            {
                lines.push(format!("{name}: {value}"));
            }
            lines
        },
        |message| parts::sender_in_full(lang, view, message),
    )
}

fn file(kind: &'static str, name: &'static str, body: String) -> Response {
    let mut response = body.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
