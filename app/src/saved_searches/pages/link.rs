//! `/s/{token}`: stops and manages the alerts of whoever got the mail. Opening changes nothing; a post without a named search is the
//! one press of a mail program (RFC 8058) or of the button, and stops all.

use axum::extract::Path;
use http::StatusCode;
use leptos::prelude::*;
use market::saved_searches::links;
use market::saved_searches::service::Act;
use market::{Error, Problem};
use uuid::Uuid;

use super::{column, list};
use crate::context::Req;
use crate::error::PageResult;
use crate::form::Submitted;
use crate::i18n::saved_searches as w;
use crate::page;
use crate::ui::{self, Tone};

/// The alerts, and the button that stops them all.
pub async fn show(Path(token): Path<String>, req: Req) -> PageResult {
    let saved = links::open(&req.cx, &token).await?;
    let lang = req.lang();
    let action = req.href(&format!("/s/{token}"));
    let done = match req.query_value("done").as_str() {
        "on" => Some(ui::notice(Tone::Good, w::confirmed_text(lang))),
        "1" => Some(ui::notice(Tone::Good, w::done(lang))),
        _ => None,
    };
    let running = saved.iter().any(|one| one.paused_at.is_none());
    let all = running.then(|| {
        let action = action.clone();
        view! { <form method="post" action=action class="mt-5">{ui::fresh_key(&req)}<button class="btn btn-primary btn-big" name="all" value="yes">{w::stop_all(lang)}</button></form> }
    });
    let content = view! {
        {done}
        <p class="mute mt-2 mb-4">{w::link_text(lang)}</p>
        {list::lines(&req, &saved, |_| action.clone())}
        {all}
    };
    Ok(column(&req, StatusCode::OK, w::link_title(lang), content.into_any()))
}

/// Stops all, or does what the button of one says.
pub async fn submit(Path(token): Path<String>, req: Req, form: Submitted) -> PageResult {
    if form.has("search") {
        // who holds no link learns nothing of what exists
        links::open(&req.cx, &token).await?;
        let id =
            Uuid::parse_str(form.get("search")).map_err(|_| Error::invalid("search", Problem::NotChoice))?;
        let act =
            Act::from_code(form.get("then")).ok_or_else(|| Error::invalid("then", Problem::NotChoice))?;
        form.once(&req, async |cx| links::act(&cx, &token, id, act).await).await?;
        return Ok(page::redirect(&req.href(&format!("/s/{token}?done=1"))));
    }
    form.once(&req, async |cx| links::unsubscribe(&cx, &token).await).await?;
    let lang = req.lang();
    let content = view! {
        <p class="mt-3">{w::stopped_text(lang)}</p>
        <p class="mt-6"><a class="btn" href=req.href(&format!("/s/{token}"))>{w::manage(lang)}</a></p>
    };
    Ok(column(&req, StatusCode::OK, w::stopped_title(lang), content.into_any()))
}
