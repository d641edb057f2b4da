//! `/notifications`: what the signed-in person was told, newest first; the button marks it read. Never cached.

use http::StatusCode;
use leptos::prelude::*;
use market::Timestamp;
use market::notifications::service::{self, NotificationPage, PER_PAGE};
use market::notifications::store::Notification;

use crate::context::Req;
use crate::error::PageResult;
use crate::form::{Form, Submitted};
use crate::i18n::notifications as w;
use crate::page::{self, Meta};
use crate::ui;

/// `?page=`.
pub async fn show(req: Req) -> PageResult {
    let number = req.query_value("page").parse::<u32>().unwrap_or(1).clamp(1, 100_000);
    let unread = req.query_value("unread") == "1";
    let list = service::list_notifications(&req.cx, number, unread).await?;
    let title = w::title(req.lang());
    Ok(page::render_status(
        &req,
        StatusCode::OK,
        Meta::private(title),
        content(&req, (number, unread), &list),
    ))
}

/// Marks everything read that stood on the page: what came later stays unread.
pub async fn submit(req: Req, sent: Submitted) -> PageResult {
    if let Ok(one) = sent.get("one").parse() {
        // one that is read already, or somebody else's, stays as it is
        service::mark_read(&req.cx, one).await?;
        return Ok(page::redirect(
            &req.href(&address(sent.get("page").parse().unwrap_or(1), sent.has("unread"))),
        ));
    }
    let until = sent.get("until").parse().map_or(req.cx.now(), Timestamp);
    service::mark_all_read(&req.cx, until).await?;
    Ok(page::redirect(&req.href("/notifications")))
}

fn address(page: u32, unread: bool) -> String {
    match (page.max(1), unread) {
        (1, false) => "/notifications".to_owned(),
        (1, true) => "/notifications?unread=1".to_owned(),
        (page, false) => format!("/notifications?page={page}"),
        (page, true) => format!("/notifications?page={page}&unread=1"),
    }
}

fn content(req: &Req, shown: (u32, bool), list: &NotificationPage) -> AnyView {
    let lang = req.lang();
    let (number, unread) = shown;
    let rows = list.rows.iter().map(|row| line(req, shown, row)).collect::<Vec<_>>();
    let body = if rows.is_empty() && unread {
        ui::empty(
            w::none_unread(lang),
            "",
            Some(ui::link_button(&req.href("/notifications"), w::all_of_them(lang))),
        )
    } else if rows.is_empty() {
        ui::empty(
            w::empty(lang),
            w::empty_text(lang),
            Some(ui::link_button(&req.href("/search"), w::find_products(lang))),
        )
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let pages = ui::pagination(
        lang,
        number,
        ui::last_page(if unread { list.unread } else { list.total }, PER_PAGE),
        |n| req.href(&address(n, unread)),
    );
    let other = if unread { w::all_of_them(lang) } else { w::only_unread(lang) };
    view! {
        <div class="page-head"><h1>{w::title(lang)}</h1></div>
        <p class="line small"><a class="link-btn" href=req.href(&address(1, !unread))>{other}</a>
            <a class="link-btn" href=req.href("/account/notifications")>{w::to_settings(lang)}</a></p>
        {(list.unread > 0).then(|| mark_read(req, list))}
        {body}
        {pages}
    }
    .into_any()
}

fn mark_read(req: &Req, list: &NotificationPage) -> AnyView {
    let lang = req.lang();
    let until = req.cx.now().0.to_string();
    let content = view! {
        <input type="hidden" name="until" value=until />
        <p class="line between mb-3"><span>{w::unread(lang, list.unread)}</span><button class="btn btn-s">{w::mark_read(lang)}</button></p>
    };
    ui::form(lang, &Form::empty(req), &req.href("/notifications"), content.into_any())
}

fn line(req: &Req, shown: (u32, bool), row: &Notification) -> AnyView {
    let lang = req.lang();
    let href = req.href(&row.subject.path(row.subject_id));
    let words = w::sentence(lang, row.kind, row.data.title(lang));
    let new = row.read_at.is_none();
    let class = if new { "line between new" } else { "line between" };
    let reason = row.data.reason.clone().map(|reason| view! { <br /><span class="small">{reason}</span> });
    view! {
        <li class=class>
            <span class="grow"><a class="main-link" href=href>{words.clone()}</a>{reason}<br />
                <span class="small mute">{ui::moment_in(lang, &req.cx.zone, row.created_at, req.cx.now())}</span></span>
            {new.then(|| view! { <span class="tag">{w::new(lang)}</span> })}
            {new.then(|| one_read(req, shown, row, &words))}
        </li>
    }
    .into_any()
}

fn one_read(req: &Req, (page, unread): (u32, bool), row: &Notification, words: &str) -> AnyView {
    let lang = req.lang();
    view! {
        <form method="post" action=req.href("/notifications")>
            <input type="hidden" name="page" value=page.to_string() />
            {unread.then(|| view! { <input type="hidden" name="unread" value="1" /> })}
            <button class="btn btn-s" name="one" value=row.id.to_string() aria-label=w::read_one_label(lang, words)>{w::read_one(lang)}</button>
        </form>
    }
    .into_any()
}
