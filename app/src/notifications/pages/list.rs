//! `/notifications`: what the signed-in person was told, newest first; the button marks it read. Never cached.

use http::StatusCode;
use leptos::prelude::*;
use market::Timestamp;
use market::notifications::SubjectKind;
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
    let list = service::list_notifications(&req.cx, number).await?;
    let title = w::title(req.lang());
    Ok(page::render_status(&req, StatusCode::OK, Meta::private(title), content(&req, number, &list)))
}

/// Marks everything read that stood on the page: what came later stays unread.
pub async fn submit(req: Req, sent: Submitted) -> PageResult {
    let until = sent.get("until").parse().map_or(req.cx.now(), Timestamp);
    service::mark_all_read(&req.cx, until).await?;
    Ok(page::redirect(&req.href("/notifications")))
}

fn content(req: &Req, number: u32, list: &NotificationPage) -> AnyView {
    let lang = req.lang();
    let rows = list.rows.iter().map(|row| line(req, row)).collect::<Vec<_>>();
    let body = if rows.is_empty() {
        ui::empty(
            w::empty(lang),
            w::empty_text(lang),
            Some(ui::link_button(&req.href("/search"), w::find_products(lang))),
        )
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let pages = ui::pagination(lang, number, ui::last_page(list.total, PER_PAGE), |n| {
        req.href(&format!("/notifications?page={n}"))
    });
    view! {
        <div class="page-head"><h1>{w::title(lang)}</h1></div>
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
        <p class="line between"><span>{w::unread(lang, list.unread)}</span><button class="btn btn-s">{w::mark_read(lang)}</button></p>
    };
    ui::form(lang, &Form::empty(req), &req.href("/notifications"), content.into_any())
}

fn line(req: &Req, row: &Notification) -> AnyView {
    let lang = req.lang();
    let href = req.href(&match row.subject {
        SubjectKind::Thread => format!("/inquiries/{}", row.subject_id),
        SubjectKind::Listing => format!("/vendor/listings/{}", row.subject_id),
        SubjectKind::Vendor => "/vendor".to_owned(),
        SubjectKind::Rfq => format!("/rfqs/{}", row.subject_id),
    });
    let new = row.read_at.is_none();
    let class = if new { "line between new" } else { "line between" };
    let reason = row.data.reason.clone().map(|reason| view! { <br /><span class="small">{reason}</span> });
    view! {
        <li class=class>
            <span class="grow"><a class="main-link" href=href>{w::sentence(lang, row.kind, row.data.title(lang))}</a>{reason}<br />
                <span class="small mute">{ui::moment(lang, row.created_at, req.cx.now())}</span></span>
            {new.then(|| view! { <span class="tag">{w::new(lang)}</span> })}
        </li>
    }
    .into_any()
}
