//! `/account/searches`: what somebody saved; pausing, resuming, deleting.

use http::StatusCode;
use leptos::prelude::*;
use market::saved_searches::SavedSearch;
use market::saved_searches::service::{self, Act};
use market::{Error, ErrorKind, Problem};
use uuid::Uuid;

use crate::accounts::pages::frame;
use crate::context::Req;
use crate::error::PageResult;
use crate::form::Submitted;
use crate::i18n::saved_searches as w;
use crate::page;
use crate::ui::{self, Tone, date, empty, fresh_key, number, primary_link};

/// The list.
pub async fn show(req: Req) -> PageResult {
    let saved = service::list_own(&req.cx).await?;
    let lang = req.lang();
    let done = (!req.query_value("done").is_empty()).then(|| ui::notice(Tone::Good, w::done(lang)));
    let content = view! {
        {done}
        <p class="mute mb-4">{w::list_intro(lang)}</p>
        {lines(&req, &saved, |id| req.href(&format!("/saved-searches/{id}")))}
    };
    Ok(frame::account(&req, StatusCode::OK, w::list_title(lang), content.into_any()))
}

/// Does what the pressed button says with an own saved search.
pub async fn submit(
    req: Req,
    axum::extract::Path(id): axum::extract::Path<String>,
    form: Submitted,
) -> PageResult {
    req.actor().signed_in()?;
    let id = Uuid::parse_str(&id).map_err(|_| ErrorKind::NotFound)?;
    let Some(act) = Act::from_code(form.get("then")) else {
        // whose it is comes before what was sent
        let own = service::list_own(&req.cx).await?.iter().any(|saved| saved.id == id);
        let refused = || Error::invalid("then", Problem::NotChoice);
        return Err(if own { refused() } else { Error::new(ErrorKind::NotFound) }.into());
    };
    form.once(&req, async |cx| service::act(&cx, id, act).await).await?;
    Ok(page::redirect(&req.href("/account/searches?done=1")))
}

/// Saved searches as lines; `action` is where the buttons of one lead.
pub fn lines(req: &Req, saved: &[SavedSearch], action: impl Fn(Uuid) -> String) -> AnyView {
    let lang = req.lang();
    if saved.is_empty() {
        let next = primary_link(&req.href("/search"), w::find_products(lang));
        return empty(w::none_title(lang), w::none_text(lang), Some(next));
    }
    let rows = saved.iter().map(|one| line(req, one, action(one.id))).collect::<Vec<_>>();
    view! { <ul class="lines">{rows}</ul> }.into_any()
}

fn line(req: &Req, saved: &SavedSearch, action: String) -> AnyView {
    let lang = req.lang();
    let (class, word) = match saved.paused_at {
        Some(_) => ("tag", w::paused(lang)),
        None => ("tag tag-ok", w::running(lang)),
    };
    let button = |then: &'static str, class: &'static str, label: &'static str| {
        let spoken = w::act_on(lang, label, &saved.title);
        view! { <button class=class name="then" value=then aria-label=spoken>{label}</button> }
    };
    let turn = if saved.paused_at.is_some() {
        button("resume", "btn btn-s", w::resume(lang))
    } else {
        button("pause", "btn btn-s", w::pause(lang))
    };
    let figures = if saved.checked_at.is_some() {
        w::figures(lang, &number(saved.found), &number(saved.mailed))
    } else {
        w::not_counted(lang).to_owned()
    };
    let since = w::since(lang, &date(lang, saved.created_at));
    view! {
        <li class="line between">
            <span class="grow">
                <a class="main-link" href=req.href(&saved.address) lang=crate::ui::tongue(req.lang(), &saved.title)>{saved.title.clone()}</a>" "<span class=class>{word}</span>
                <br /><span class="small mute">{figures}" · "{since}</span>
            </span>
            <form method="post" action=action class="line">
                {fresh_key(req)}
                <input type="hidden" name="search" value=saved.id.to_string() />
                {turn}
                {button("delete", "link-btn bad", w::delete(lang))}
            </form>
        </li>
    }
    .into_any()
}
