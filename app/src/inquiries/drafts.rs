//! The marks by which the script (`browser/drafts.js`) keeps an answer that is being typed, and forgets it when it was sent.

use axum::response::{IntoResponse, Response};
use http::header;
use leptos::prelude::*;
use market::Timestamp;
use serde_json::json;

use crate::assets;
use crate::context::Req;
use crate::i18n::threads as t;
use crate::inquiries::place::Place;
use crate::inquiries::steps::Step;

/// One person, one thread, one step.
fn key(place: &Place, step: &str) -> String {
    let user = place.cx.actor.user_id().unwrap_or_default();
    format!("{}:{}:{step}", user.simple(), place.thread_id.simple())
}

/// Below a form: what became of the words so far. `saved_at` is what the page was made from; `came` says that it
/// shows a form that was sent, whose words are newer than any that were kept.
pub fn mark(
    req: &Req,
    place: &Place,
    step: Step,
    saved_at: Option<Timestamp>,
    came: bool,
) -> Option<AnyView> {
    let lang = req.lang();
    step.keeps().then(|| {
        view! {
            <p class="small mute mt-2" role="status" data-draft=key(place, step.code()) data-at=saved_at.map_or(0, |at| at.0).to_string() data-came=came.then_some("1")
                data-device=t::draft_device(lang) data-server=t::draft_server(lang) data-replaced=t::draft_replaced(lang)
                data-newer=t::draft_newer(lang) data-use=t::draft_use(lang)></p>
            {script(req)}
        }
        .into_any()
    })
}

/// On the page after a step was taken.
pub fn sent(req: &Req, place: &Place, step: &str) -> Option<AnyView> {
    (!step.is_empty())
        .then(|| view! { <span hidden data-draft-sent=key(place, step)></span>{script(req)} }.into_any())
}

fn script(req: &Req) -> AnyView {
    view! { <script type="module" nonce=req.nonce.to_string() src=assets::current().drafts.clone()></script> }
        .into_any()
}

/// What the script is told when its words were kept: when, and whether another device's words made room for them.
pub fn kept(at: Timestamp, replaced: bool) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "private, no-store")];
    (headers, json!({ "at": at.0, "replaced": replaced }).to_string()).into_response()
}
