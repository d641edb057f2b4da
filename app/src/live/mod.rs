//! `/events`: what happens, as server-sent events, one stream a browser; `/events/state`: the same in one look, for
//! browsers and proxies that hold no stream; and the few marks that the script (`browser/live.js`) finds its places by.

use axum::body::Body;
use axum::response::IntoResponse;
use bytes::Bytes;
use futures_util::stream;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::inquiries::service::ThreadView;
use market::live::{Feed, Told, follow};
use market::{ErrorKind, Lang};
use serde_json::json;

use crate::assets;
use crate::context::Req;
use crate::error::{PageError, PageResult};
use crate::i18n::live as w;
use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new().get("/events", events).get("/events/state", state)
}

/// Scripts are told in a status, not led to a page.
fn for_script(error: market::Error) -> PageResult {
    if error.kind == ErrorKind::NotSignedIn {
        return Ok((StatusCode::UNAUTHORIZED, "sign in first").into_response());
    }
    Err(PageError(error))
}

async fn events(req: Req, headers: HeaderMap) -> PageResult {
    let last = headers.get("last-event-id").and_then(|value| value.to_str().ok()).map(ToOwned::to_owned);
    let after = last.unwrap_or_else(|| req.query_value("after"));
    let feed = match follow(&req.cx, Some(&after).filter(|after| !after.is_empty()).map(String::as_str)).await
    {
        Ok(feed) => feed,
        Err(error) => return for_script(error),
    };
    let mut response = Body::from_stream(frames(feed)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would otherwise collect events until its buffer is full
    headers.insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(response)
}

fn frames(feed: Feed) -> impl futures_util::Stream<Item = Result<Bytes, std::convert::Infallible>> + Send {
    stream::unfold(feed, |mut feed| async move {
        match feed.next().await {
            Ok(Some(told)) => Some((Ok(Bytes::from(frame(&told))), feed)),
            Ok(None) => None,
            Err(error) => {
                // the browser comes back with its position
                tracing::debug!(error = %error, "a stream ends early");
                None
            }
        }
    })
}

fn frame(told: &Told) -> String {
    let named =
        |name: &str, at: &str, data: serde_json::Value| format!("id: {at}\nevent: {name}\ndata: {data}\n\n");
    match told {
        Told::Hello { at, missed, unread } => {
            let hello = named("hello", at, json!({ "at": at, "missed": missed, "unread": unread }));
            format!("retry: 3000\n{hello}")
        }
        Told::Message { at, thread, seq, unread } => {
            named("thread", at, json!({ "at": at, "thread": thread, "seq": seq, "unread": unread }))
        }
        Told::Bell { at, unread } => named("bell", at, json!({ "at": at, "unread": unread })),
        Told::Heartbeat => ": hb\n\n".to_owned(),
        Told::Bye => "event: bye\ndata: {}\n\n".to_owned(),
    }
}

async fn state(req: Req) -> PageResult {
    let unread = match req.actor().signed_in() {
        Ok(person) => person.unread,
        Err(error) => return for_script(error),
    };
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "private, no-store")];
    Ok((headers, json!({ "unread": unread }).to_string()).into_response())
}

/// The script; once on a page.
pub fn script(req: &Req) -> AnyView {
    let stream = req.person().is_some().then(|| req.href("/events"));
    view! { <script type="module" nonce=req.nonce.to_string() src=assets::current().live.clone() data-live="" data-stream=stream></script> }
        .into_any()
}

/// The place of the header whose number changes.
pub fn bell(lang: Lang, name: &'static str, link: AnyView) -> AnyView {
    view! { <span class="holder" data-bell=name data-unread=w::unread(lang)>{link}</span> }.into_any()
}

/// Below the messages of a thread: what is said when one comes, and the way to see what it changes.
pub fn below(req: &Req, view: &ThreadView) -> Option<AnyView> {
    let lang = req.lang();
    view.thread.state.is_talked_in().then(|| {
        view! {
            <p class="vh" role="status" data-said=w::new_message(lang)></p>
            <p class="small mute mt-3" data-stale hidden>{w::stale(lang)}" "<a href=req.here()>{w::reload(lang)}</a></p>
        }
        .into_any()
    })
}

/// Above a list of threads: shown when one of them changes.
pub fn list_note(req: &Req) -> AnyView {
    let lang = req.lang();
    view! {
        <p class="vh" role="status" data-said=w::list_stale(lang)></p>
        <p class="small" data-stale data-any hidden>{w::list_stale(lang)}" "<a href=req.here()>{w::reload(lang)}</a></p>
    }
    .into_any()
}
