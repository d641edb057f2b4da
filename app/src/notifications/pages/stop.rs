//! `/n/{token}`: stops the mails of one topic, or the daily mail, without signing in. Opening changes nothing; a post is the one
//! press of a mail program (RFC 8058) or of the button.

use axum::extract::Path;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use market::notifications::stopping::{self, Stop};

use crate::context::Req;
use crate::error::PageResult;
use crate::form::Submitted;
use crate::i18n::notifications as w;
use crate::page::{self, Meta, Width};
use crate::ui;

/// What the link stops.
pub async fn show(Path(token): Path<String>, req: Req) -> PageResult {
    let stop = stopping::open(&req.cx, &token).await?;
    Ok(standing(&req, &token, stop, false))
}

/// Stops it, or lets it come again.
pub async fn submit(Path(token): Path<String>, req: Req, form: Submitted) -> PageResult {
    let again = form.has("again");
    let stop = if again {
        stopping::resume(&req.cx, &token).await?
    } else {
        stopping::stop(&req.cx, &token).await?
    };
    Ok(standing(&req, &token, stop, again))
}

fn standing(req: &Req, token: &str, stop: Stop, resumed: bool) -> Response {
    let lang = req.lang();
    let action = req.href(&format!("/n/{token}"));
    let topic = stop.topic.map(|topic| w::topic(lang, topic));
    let title = if stop.stopped { w::stopped_title(lang) } else { w::stop_title(lang) };
    let text = match (topic, stop.stopped) {
        (Some(topic), true) => w::stopped_text(lang, topic),
        (Some(topic), false) => w::stop_text(lang, topic),
        (None, true) => w::stopped_daily_text(lang).to_owned(),
        (None, false) => w::stop_daily_text(lang).to_owned(),
    };
    let done =
        topic.filter(|_| resumed).map(|topic| ui::notice(ui::Tone::Good, w::resumed_text(lang, topic)));
    let button = match (stop.stopped, topic) {
        (false, _) => Some(
            view! { <button class="btn btn-primary btn-big" name="stop" value="yes">{w::stop_button(lang)}</button> }
                .into_any(),
        ),
        (true, Some(_)) => {
            Some(view! { <button class="btn" name="again" value="yes">{w::resume_button(lang)}</button> }.into_any())
        }
        (true, None) => None,
    };
    let content = view! {
        {done}
        <h1>{title}</h1>
        <p class="mt-3">{text}</p>
        {button.map(|button| view! { <form method="post" action=action class="mt-5">{button}</form> })}
        <p class="mt-6"><a href=req.href("/account/notifications")>{w::all_settings(lang)}</a></p>
    };
    let meta = Meta::private(title).wide(Width::Text);
    let mut response = page::render_status(req, StatusCode::OK, meta, content.into_any());
    // the address is a secret: no other page is told it
    response.headers_mut().insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    response
}
