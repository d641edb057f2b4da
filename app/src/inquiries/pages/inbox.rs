//! `/inquiries`: threads of the signed-in person, received and sent. Never cached.

use std::fmt::Write as _;

use http::StatusCode;
use leptos::prelude::*;
use market::inquiries::service::{self, Inbox, InboxFilter, InboxRow, Label, PER_PAGE};
use market::inquiries::{Side, ThreadState};
use uuid::Uuid;

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::{inquiries as w, threads as t};
use crate::inquiries::pages::sorting;
use crate::inquiries::parts;
use crate::page::{self, Meta};
use crate::ui::{self, Tone};

/// `?side=received|sent&state=&page=`.
pub async fn show(req: Req) -> PageResult {
    let person = req.actor().signed_in()?;
    let side = match req.query_value("side").as_str() {
        "received" => Side::Vendor,
        "sent" => Side::Buyer,
        _ if person.memberships.is_empty() => Side::Buyer,
        _ => Side::Vendor,
    };
    let state = ThreadState::from_code(&req.query_value("state"));
    let page = req.query_value("page").parse::<u32>().unwrap_or(1).clamp(1, 100_000);
    let filter = InboxFilter {
        side,
        state,
        archived: req.query_value("archived") == "1",
        label: Uuid::parse_str(&req.query_value("label")).ok().filter(|_| side == Side::Vendor),
        mine: req.query_value("mine") == "1" && side == Side::Vendor,
        words: market::text::line(&req.query_value("q")),
        page,
    };
    let inbox = service::inbox(&req.cx, &filter).await?;
    let labels = if side == Side::Vendor { service::labels(&req.cx).await? } else { Vec::new() };
    let title = w::inbox_title(req.lang());
    Ok(page::render_status(
        &req,
        StatusCode::OK,
        Meta::private(title),
        content(&req, &filter, &labels, &inbox),
    ))
}

const fn side_code(side: Side) -> &'static str {
    if matches!(side, Side::Vendor) { "received" } else { "sent" }
}

/// Everything the page narrows by but its number, for links.
fn narrowed(filter: &InboxFilter) -> String {
    let mut query = format!("side={}", side_code(filter.side));
    let mut add = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = write!(query, "&{name}={}", page::encode(value));
        }
    };
    add("state", filter.state.map_or("", ThreadState::code));
    add("q", &filter.words);
    add("label", &filter.label.map(|id| id.to_string()).unwrap_or_default());
    add("mine", if filter.mine { "1" } else { "" });
    add("archived", if filter.archived { "1" } else { "" });
    query
}

fn content(req: &Req, filter: &InboxFilter, labels: &[Label], inbox: &Inbox) -> AnyView {
    let lang = req.lang();
    let waiting = match filter.side {
        Side::Vendor => Some(inbox.unread.to_answer)
            .filter(|n| *n > 0)
            .map(|n| (w::inbox_to_answer(lang, n), "/inquiries?side=received&state=waiting_vendor")),
        // two states wait for a buyer: both stand at the beginning of the list
        _ => Some(inbox.unread.to_decide)
            .filter(|n| *n > 0)
            .map(|n| (w::inbox_to_decide(lang, n), "/inquiries?side=sent#list")),
    };
    let rows = inbox.rows.iter().map(|row| line(req, filter.side, row)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        nothing(req, filter)
    } else {
        view! { <ul class="lines" id="list">{rows}</ul> }.into_any()
    };
    let query = narrowed(filter);
    let pages = ui::pagination(lang, filter.page, ui::last_page(inbox.total, PER_PAGE), |n| {
        req.href(&format!("/inquiries?{query}&page={n}"))
    });
    view! {
        <div class="page-head"><h1>{w::inbox_title(lang)}</h1></div>
        <nav class="tabs" aria-label=w::inbox_sides(lang)>
            {tab(req, filter.side, Side::Vendor, inbox.unread.received)}
            {tab(req, filter.side, Side::Buyer, inbox.unread.sent)}
        </nav>
        {crate::live::list_note(req)}
        {waiting.map(|(text, to)| ui::notice_link(Tone::Warn, text, &req.href(to)))}
        {state_filter(req, filter, labels)}
        {list}
        {pages}
    }
    .into_any()
}

fn tab(req: &Req, shown: Side, side: Side, unread: i64) -> AnyView {
    let lang = req.lang();
    let label = if side == Side::Vendor { w::inbox_received(lang) } else { w::inbox_sent(lang) };
    let here = (shown == side).then_some("page");
    let count = (unread > 0).then(|| {
        view! { " "<span class="n" aria-hidden="true">{unread}</span><span class="vh">{w::inbox_unread(lang, unread)}</span> }
    });
    view! { <a href=req.href(&format!("/inquiries?side={}", side_code(side))) aria-current=here>{label}{count}</a> }.into_any()
}

fn state_filter(req: &Req, filter: &InboxFilter, labels: &[Label]) -> AnyView {
    let lang = req.lang();
    let options = ThreadState::ALL
        .iter()
        .filter(|state| **state != ThreadState::New || filter.side == Side::Buyer)
        .map(|state| {
            let selected = filter.state == Some(*state);
            view! { <option value=state.code() selected=selected>{w::state_choice(lang, *state)}</option> }
        })
        .collect::<Vec<_>>();
    let mine = (filter.side == Side::Vendor).then(|| {
        view! { <label class="check"><input type="checkbox" name="mine" value="1" checked=filter.mine /><span>{t::only_mine(lang)}</span></label> }
    });
    let away = format!(
        "/inquiries?side={}{}",
        side_code(filter.side),
        if filter.archived { "" } else { "&archived=1" }
    );
    view! {
        <form class="filters" action=req.href("/inquiries")>
            <input type="hidden" name="side" value=side_code(filter.side) />
            <label class="vh" for="state">{w::inbox_filter(lang)}</label>
            <select class="in" id="state" name="state"><option value="">{w::inbox_all(lang)}</option>{options}</select>
            {label_filter(lang, filter, labels)}
            <label class="vh" for="words">{t::search(lang)}</label>
            <input class="in" id="words" name="q" type="search" maxlength="100" value=filter.words.clone() placeholder=t::search(lang) />
            {mine}
            {filter.archived.then(|| view! { <input type="hidden" name="archived" value="1" /> })}
            <button class="btn">{w::inbox_show(lang)}</button>
        </form>
        <p class="small mb-3"><a class="link-btn" href=req.href(&away)>{if filter.archived { t::archive_leave(lang) } else { t::archive_open(lang) }}</a></p>
    }
    .into_any()
}

fn label_filter(lang: market::Lang, filter: &InboxFilter, labels: &[Label]) -> Option<AnyView> {
    if labels.is_empty() {
        return None;
    }
    let options = labels
        .iter()
        .map(|label| {
            let selected = filter.label == Some(label.id);
            view! { <option value=label.id.to_string() selected=selected>{label.name.clone()}</option> }
        })
        .collect::<Vec<_>>();
    let view = view! {
        <label class="vh" for="label">{t::only_label(lang)}</label>
        <select class="in" id="label" name="label"><option value="">{t::all_labels(lang)}</option>{options}</select>
    };
    Some(view.into_any())
}

fn nothing(req: &Req, filter: &InboxFilter) -> AnyView {
    let lang = req.lang();
    let back = || {
        ui::link_button(
            &req.href(&format!("/inquiries?side={}", side_code(filter.side))),
            t::archive_leave(lang),
        )
    };
    if !filter.words.is_empty() || filter.label.is_some() || filter.mine {
        return ui::empty(t::found_none(lang), t::found_none_text(lang), Some(back()));
    }
    if filter.archived {
        return ui::empty(t::archive_empty(lang), t::archive_empty_text(lang), Some(back()));
    }
    if filter.state.is_some() {
        let all = ui::link_button(
            &req.href(&format!("/inquiries?side={}", side_code(filter.side))),
            w::inbox_all(lang),
        );
        return ui::empty(w::inbox_empty_filter(lang), w::inbox_empty_filter_text(lang), Some(all));
    }
    if filter.side == Side::Vendor {
        let next = ui::link_button(&req.href("/vendor"), crate::i18n::common::vendor_desk(lang));
        return ui::empty(w::inbox_empty_received(lang), w::inbox_empty_received_text(lang), Some(next));
    }
    ui::empty(
        w::inbox_empty_sent(lang),
        w::inbox_empty_sent_text(lang),
        Some(ui::link_button(&req.href("/search"), w::find_products(lang))),
    )
}

fn standing(req: &Req, side: Side, row: &InboxRow, now: market::Timestamp) -> AnyView {
    let lang = req.lang();
    if row.undelivered && row.state == ThreadState::Expired {
        return view! { <span class="tag">{crate::i18n::abuse::not_delivered(lang)}</span> }.into_any();
    }
    parts::standing(lang, &req.cx.zone, (row.state, side, row.due_at), now)
}

fn line(req: &Req, side: Side, row: &InboxRow) -> AnyView {
    let (lang, now) = (req.lang(), req.cx.now());
    let href = req.href(&format!("/inquiries/{}", row.id));
    let other = lang.pick(&row.other_ko, &row.other_en);
    let company =
        if row.other_company.is_empty() { String::new() } else { format!(" · {}", row.other_company) };
    let quantity = if row.quantity.is_empty() { String::new() } else { format!(" · {}", row.quantity) };
    let mine = row.state.turn() == Some(side);
    let label = match (mine, row.state) {
        (true, ThreadState::Quoted) => w::see_quote(lang),
        (true, _) => w::answer_it(lang),
        _ => w::open_it(lang),
    };
    let class = if row.unread { "line between new" } else { "line between" };
    let overdue = row
        .overdue_at
        .filter(|_| side == Side::Vendor && row.state.is_open())
        .map(|_| view! { " "<span class="tag tag-danger">{w::overdue(lang)}</span> });
    view! {
        <li class=class>
            <span class="grow">
                {row.unread.then(|| view! { <span class="tag">{w::inbox_new(lang)}</span>" " })}
                <a class="main-link" href=href.clone() lang=ui::tongue(lang, &row.subject)>{row.subject.clone()}</a><br />
                <span class="small mute">{format!("{other}{company}{quantity} · ")}{ui::moment_in(lang, &req.cx.zone, row.last_message_at, now)}</span>
                {sorting::marks(lang, &row.labels, row.assignee.as_deref())}
            </span>
            <span class="line">
                {standing(req, side, row, now)}{overdue}
                <a class="btn btn-s" href=href aria-label=format!("{label}: {}", row.subject)>{label}</a>
            </span>
        </li>
    }
    .into_any()
}
