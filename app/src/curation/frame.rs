//! What the pages of the desk share: tabs, reading an identity from the address, the history of a thing.

use leptos::prelude::*;
use market::accounts::access::{Object, Verb, can, demand};
use market::curation::review::HistoryEntry;
use market::{ErrorKind, Result};
use uuid::Uuid;

use crate::context::Req;
use crate::i18n::curation as w;
use crate::page::{Meta, Width};
use crate::ui::{Tone, date_time, notice};

/// Head of a page of the desk.
pub fn meta(title: &str) -> Meta {
    Meta::private(title).wide(Width::Wide)
}

/// Whoever may not open the desk gets no further; an identity that is none leads nowhere.
pub fn identity(req: &Req, id: &str) -> Result<Uuid> {
    demand(req.actor(), Verb::OpenDesk, Object::Site)?;
    Uuid::parse_str(id).map_err(|_| ErrorKind::NotFound.into())
}

/// A page of the desk: tabs, title, content.
pub fn desk(req: &Req, title: &str, beside: Option<AnyView>, content: AnyView) -> AnyView {
    let title = title.to_owned();
    view! {
        {tabs(req)}
        <div class="line between mb-4"><h1 class="t-xl">{title}</h1>{beside}</div>
        {content}
    }
    .into_any()
}

fn tabs(req: &Req) -> AnyView {
    let lang = req.lang();
    let entry = |verb: Verb, path: &str, label: &'static str| {
        let inside = path == "/desk/search" && req.path.starts_with("/desk/search/");
        let current = if &*req.path == path { Some("page") } else { inside.then_some("true") };
        let href = req.href(path);
        can(req.actor(), verb, Object::Site).then(|| view! { <a href=href aria-current=current>{label}</a> })
    };
    view! {
        <nav class="tabs" aria-label=w::nav(lang)>
            {entry(Verb::OpenDesk, "/desk/inbox", w::nav_inbox(lang))}
            {entry(Verb::OpenDesk, "/desk/listings", w::nav_listings(lang))}
            {entry(Verb::Feature, "/desk/slots", w::nav_slots(lang))}
            {entry(Verb::CurateSearch, "/desk/search", crate::i18n::search_desk::nav(lang))}
            {entry(Verb::KeepRates, "/desk/rates", crate::i18n::tables::rates_title(lang))}
            {entry(Verb::KeepCalendar, "/desk/calendar", crate::i18n::tables::calendar_title(lang))}
            {entry(Verb::KeepTeam, "/desk/people", crate::i18n::people::title(lang))}
            {entry(Verb::ReadAudit, "/desk/audit", w::nav_audit(lang))}
            {entry(Verb::ReadMachinery, "/desk/machinery", w::nav_machinery(lang))}
        </nav>
    }
    .into_any()
}

/// Says that the last decision was made, when the address says so.
pub fn done(req: &Req) -> Option<AnyView> {
    (req.query_value("done") == "decided").then(|| notice(Tone::Good, w::done_message(req.lang())))
}

/// What happened to a thing, newest first.
pub fn history(req: &Req, entries: &[HistoryEntry]) -> AnyView {
    let lang = req.lang();
    if entries.is_empty() {
        return view! { <h3 class="t-m mt-6">{w::history_title(lang)}</h3><p class="small mute">{w::history_none(lang)}</p> }.into_any();
    }
    let rows = entries
        .iter()
        .map(|entry| {
            let who = entry.actor_name.clone().unwrap_or_else(|| w::history_site(lang).to_owned());
            let what = w::action(lang, &entry.action);
            let reason = entry.reason();
            view! {
                <li class="done">
                    <time>{date_time(lang, entry.at)}</time>{who}" · "{what}
                    {reason.map(|text| view! { <br /><span class="small mute letter">{text}</span> })}
                </li>
            }
        })
        .collect::<Vec<_>>();
    view! { <h3 class="t-m mt-6">{w::history_title(lang)}</h3><ol class="timeline">{rows}</ol> }.into_any()
}
