//! The rail of kinds and the queue of the inbox.

use leptos::prelude::*;
use market::curation::inbox::{self, Inbox};
use market::curation::{InboxItem, Kind, KindCount};
use uuid::Uuid;

use super::inbox::Place;
use crate::context::Req;
use crate::form::{Form, IDEM};
use crate::i18n::curation as w;
use crate::ui::{Field, Tone, duration, empty, error_summary, notice, pagination};

/// Kinds with their counts and ages.
pub fn rail(req: &Req, place: &Place, counts: &[KindCount]) -> AnyView {
    let lang = req.lang();
    let all = KindCount {
        kind: Kind::Vendor,
        count: counts.iter().map(|row| row.count).sum(),
        oldest: counts.iter().filter_map(|row| row.oldest).min(),
    };
    let mut rows = vec![entry(req, place.kind.is_none(), req.href("/desk/inbox"), w::inbox_all(lang), &all)];
    rows.extend(counts.iter().map(|row| {
        let href = req.href(&format!("/desk/inbox?kind={}", row.kind.code()));
        entry(req, place.kind == Some(row.kind), href, w::kind(lang, row.kind), row)
    }));
    view! { <nav class="kinds" aria-label=w::inbox_kinds(lang)><ul>{rows}</ul></nav> }.into_any()
}

fn entry(req: &Req, here: bool, href: String, label: &'static str, row: &KindCount) -> AnyView {
    let lang = req.lang();
    let now = req.cx.now();
    let late = row.is_late(now);
    let age = row.oldest.map(|oldest| duration(lang, now.since(oldest)));
    let text = match age {
        Some(age) if late => w::inbox_oldest_late(lang, &age),
        Some(age) => w::inbox_oldest(lang, &age),
        None => w::inbox_nothing(lang).to_owned(),
    };
    let class = if late { "kinds-age late" } else { "kinds-age" };
    view! {
        <li><a href=href aria-current=here.then_some("page")><span>{label}<small class=class>{text}</small></span><span class="n">{row.count}</span></a></li>
    }
    .into_any()
}

/// What the last press of the bulk bar did.
pub fn outcome(req: &Req) -> Option<AnyView> {
    let lang = req.lang();
    let count = |name: &str| req.query_value(name).parse::<usize>().ok().filter(|count| *count > 0);
    let decided = count("decided").map(|count| notice(Tone::Good, w::bulk_done(lang, count)));
    let failed = count("failed").map(|count| notice(Tone::Warn, w::bulk_failed(lang, count)));
    (decided.is_some() || failed.is_some()).then(|| view! { {decided}{failed} }.into_any())
}

/// The rows, and the bar that decides about several.
pub fn queue(
    req: &Req,
    place: &Place,
    inbox: &Inbox,
    form: &Form,
    chosen: Option<Uuid>,
    last: u32,
) -> AnyView {
    let lang = req.lang();
    if inbox.rows.is_empty() {
        let officer = !inbox::scope(req.actor()).everything;
        let text = if officer { w::inbox_empty_text_officer(lang) } else { w::inbox_empty_text(lang) };
        return view! { <div>{error_summary(lang, form)}{empty(w::inbox_empty_title(lang), text, None)}</div> }.into_any();
    }
    let bulk = place.kind.is_some_and(|kind| kind != Kind::Vendor);
    let rows = inbox
        .rows
        .iter()
        .map(|item| row(req, place, item, bulk, chosen == Some(item.id)))
        .collect::<Vec<_>>();
    let title = place.kind.map_or(w::inbox_all(lang), |kind| w::kind(lang, kind));
    let pages = pagination(lang, u32::try_from(place.page).unwrap_or(1), last, |page| {
        Place { kind: place.kind, page: page.into() }.href(req)
    });
    view! {
        <form method="post" action=place.href(req) class="form" novalidate aria-labelledby="queue-title">
            {error_summary(lang, form)}
            <input type="hidden" name=IDEM value=form.idem.to_string() />
            <div class="sec-head"><h2 class="t-l" id="queue-title">{title}</h2></div>
            {bulk.then(|| bulk_reason(req, form))}
            <table class="queue" id="rows">
                <caption class="vh">{w::inbox_caption(lang, inbox.total)}</caption>
                <thead><tr>
                    {bulk.then(|| view! { <td></td> })}
                    <th scope="col">{w::inbox_what(lang)}</th>
                    {place.kind.is_none().then(|| view! { <th scope="col" class="wide-only">{w::inbox_kind(lang)}</th> })}
                    <th scope="col" class="num">{w::inbox_waits(lang)}</th>
                </tr></thead>
                <tbody>{rows}</tbody>
            </table>
            {if bulk { bar(req, place.kind) } else { view! { <p class="small mute mt-3">{w::bulk_kind_needed(lang)}</p> }.into_any() }}
            {pages}
        </form>
    }
    .into_any()
}

fn own_page(item: &InboxItem) -> String {
    match item.kind {
        Kind::Held => format!("/desk/held/{}", item.id),
        kind => format!("/desk/{}s/{}", kind.code(), item.id),
    }
}

/// On a desk the link opens the pane, on a phone a page of its own.
fn row(req: &Req, place: &Place, item: &InboxItem, bulk: bool, on: bool) -> AnyView {
    let lang = req.lang();
    let title = item.title(lang).to_owned();
    let vendor =
        (item.kind != Kind::Vendor && !item.vendor_ko.is_empty()).then(|| item.vendor(lang).to_owned());
    let blocked = item.kind != Kind::Vendor && item.vendor_state != "approved";
    let pane = format!("{}&item={}:{}", place.href(req), item.kind.code(), item.id);
    let check = bulk.then(|| {
        let (label, value) = (w::inbox_choose(lang, &title), format!("{}:{}", item.id, item.version));
        view! { <td><label class="check"><input type="checkbox" name="row" value=value /><span class="vh">{label}</span></label></td> }
    });
    view! {
        <tr class=on.then_some("on")>
            {check}
            <td>
                <a class="wide-only" href=pane aria-current=on.then_some("true")>{title.clone()}</a>
                <a class="phone-only" href=req.href(&own_page(item))>{title}</a>
                {vendor.map(|name| view! { <br /><span class="mute">{name}</span> })}
                {blocked.then(|| view! { " "<span class="tag tag-warn">{w::vendor_first(lang)}</span> })}
            </td>
            {place.kind.is_none().then(|| view! { <td class="wide-only">{w::kind(lang, item.kind)}</td> })}
            <td class="num">{duration(lang, req.cx.now().since(item.since))}</td>
        </tr>
    }
    .into_any()
}

/// Above the rows: the bar below them sticks to the window and would cover it.
fn bulk_reason(req: &Req, form: &Form) -> AnyView {
    let lang = req.lang();
    let open = !form.errors.is_empty();
    view! {
        <details class="mb-4" open=open>
            <summary class="link-btn">{w::bulk_reason(lang)}</summary>
            {Field::text("bulk_reason", w::bulk_reason(lang)).optional().view(lang, form)}
        </details>
    }
    .into_any()
}

fn bar(req: &Req, kind: Option<Kind>) -> AnyView {
    use crate::i18n::abuse as a;
    let lang = req.lang();
    let (yes, no) = match kind {
        Some(Kind::Held) => (a::desk_release(lang), a::desk_refuse(lang)),
        Some(Kind::Report) => (a::desk_uphold(lang), a::desk_dismiss(lang)),
        _ => (w::bulk_approve(lang), w::bulk_return(lang)),
    };
    view! {
        <div class="bulk mt-3">
            <p>{w::bulk_label(lang)}</p>
            <button class="btn btn-s" name="action" value="approve">{yes}</button>
            <button class="btn btn-s" name="action" value="return">{no}</button>
        </div>
    }
    .into_any()
}
