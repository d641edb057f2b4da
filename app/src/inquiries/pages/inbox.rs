//! `/inquiries`: threads of the signed-in person, received and sent. Never cached.

use http::StatusCode;
use leptos::prelude::*;
use market::inquiries::service::{self, Inbox, InboxFilter, InboxRow, PER_PAGE};
use market::inquiries::{Side, ThreadState};

use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::inquiries as w;
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
    let filter = InboxFilter { side, state, page };
    let inbox = service::inbox(&req.cx, filter).await?;
    let title = w::inbox_title(req.lang());
    Ok(page::render_status(&req, StatusCode::OK, Meta::private(title), content(&req, filter, &inbox)))
}

const fn side_code(side: Side) -> &'static str {
    if matches!(side, Side::Vendor) { "received" } else { "sent" }
}

fn content(req: &Req, filter: InboxFilter, inbox: &Inbox) -> AnyView {
    let lang = req.lang();
    let waiting = match filter.side {
        Side::Vendor => Some(inbox.unread.to_answer).filter(|n| *n > 0).map(|n| w::inbox_to_answer(lang, n)),
        _ => Some(inbox.unread.to_decide).filter(|n| *n > 0).map(|n| w::inbox_to_decide(lang, n)),
    };
    let rows = inbox.rows.iter().map(|row| line(req, filter.side, row)).collect::<Vec<_>>();
    let list = if rows.is_empty() {
        nothing(req, filter)
    } else {
        view! { <ul class="lines">{rows}</ul> }.into_any()
    };
    let state = filter.state.map(|state| format!("&state={}", state.code())).unwrap_or_default();
    let pages = ui::pagination(lang, filter.page, ui::last_page(inbox.total, PER_PAGE), |n| {
        req.href(&format!("/inquiries?side={}{state}&page={n}", side_code(filter.side)))
    });
    view! {
        <div class="page-head"><h1>{w::inbox_title(lang)}</h1></div>
        <nav class="tabs" aria-label=w::inbox_sides(lang)>
            {tab(req, filter.side, Side::Vendor, inbox.unread.received)}
            {tab(req, filter.side, Side::Buyer, inbox.unread.sent)}
        </nav>
        {waiting.map(|text| ui::notice(Tone::Warn, text))}
        {state_filter(req, filter)}
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

fn state_filter(req: &Req, filter: InboxFilter) -> AnyView {
    let lang = req.lang();
    let options = ThreadState::ALL
        .iter()
        .filter(|state| **state != ThreadState::New)
        .map(|state| {
            let selected = filter.state == Some(*state);
            view! { <option value=state.code() selected=selected>{w::state_choice(lang, *state)}</option> }
        })
        .collect::<Vec<_>>();
    view! {
        <form class="filters" action=req.href("/inquiries")>
            <input type="hidden" name="side" value=side_code(filter.side) />
            <label class="vh" for="state">{w::inbox_filter(lang)}</label>
            <select class="in" id="state" name="state"><option value="">{w::inbox_all(lang)}</option>{options}</select>
            <button class="btn">{w::inbox_show(lang)}</button>
        </form>
    }
    .into_any()
}

fn nothing(req: &Req, filter: InboxFilter) -> AnyView {
    let lang = req.lang();
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

fn line(req: &Req, side: Side, row: &InboxRow) -> AnyView {
    let (lang, now) = (req.lang(), req.cx.now());
    let href = req.href(&format!("/inquiries/{}", row.id));
    let other = lang.pick(&row.other_ko, &row.other_en);
    let company =
        if row.other_company.is_empty() { String::new() } else { format!(" · {}", row.other_company) };
    let quantity = if row.quantity.is_empty() { String::new() } else { format!(" · {}", row.quantity) };
    let mine = row.state.turn() == Some(side);
    let label = if mine { w::answer_it(lang) } else { w::open_it(lang) };
    let class = if row.unread { "line between new" } else { "line between" };
    let overdue = row
        .overdue_at
        .filter(|_| side == Side::Vendor)
        .map(|_| view! { " "<span class="tag tag-danger">{w::overdue(lang)}</span> });
    view! {
        <li class=class>
            <span class="grow">
                {row.unread.then(|| view! { <span class="tag">{w::inbox_new(lang)}</span>" " })}
                <a class="main-link" href=href.clone()>{row.subject.clone()}</a><br />
                <span class="small mute">{format!("{other}{company}{quantity} · ")}{ui::moment(lang, row.last_message_at, now)}</span>
            </span>
            <span class="line">
                {parts::standing(lang, (row.state, side, row.due_at), now)}{overdue}
                <a class="btn btn-s" href=href aria-label=format!("{label}: {}", row.subject)>{label}</a>
            </span>
        </li>
    }
    .into_any()
}
