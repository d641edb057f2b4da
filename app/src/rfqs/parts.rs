//! Pieces shared by pages: a request in a list, its lines, its facts.

use leptos::prelude::*;
use market::Lang;
use market::catalog::taxonomy;
use market::files::AttachedFile;
use market::regions;
use market::rfqs::store::{Buyer, Rfq};
use market::rfqs::{CloseReason, RequestLine, RfqState};

use crate::context::Req;
use crate::files::list;
use crate::i18n::{countries, rfqs as w};
use crate::ui::{day, last_day};

/// A request as a row of a list.
pub fn row(req: &Req, rfq: &Rfq) -> AnyView {
    let lang = req.lang();
    let href = req.href(&format!("/rfqs/{}", rfq.id));
    let lines: Vec<String> = rfq.lines.iter().take(3).map(|line| line.words(lang)).collect();
    let lines = Some(lines.join(" · ")).filter(|lines| *lines != rfq.title);
    view! {
        <li>
            <div class="line between"><h2 class="t-m grow"><a class="main-link" href=href lang=rfq.lang.code()>{rfq.title.clone()}</a></h2>{tag(req, rfq)}</div>
            {lines.map(|lines| view! { <p class="small mute" lang=rfq.lang.code()>{lines}</p> })}
            {facts(req, rfq)}
        </li>
    }
    .into_any()
}

/// How it stands, in a word or two.
pub fn tag(req: &Req, rfq: &Rfq) -> AnyView {
    let (lang, most) = (req.lang(), req.cx.settings().rfq_answers);
    let (class, text) = match rfq.state {
        RfqState::Open if rfq.answers == 0 => ("tag tag-ok", w::first_wanted(lang).to_owned()),
        RfqState::Open if rfq.answers + 1 >= most => ("tag tag-warn", w::answers_of(lang, rfq.answers, most)),
        RfqState::Open => ("tag", w::answers_of(lang, rfq.answers, most)),
        state => ("tag", w::state(lang, state).to_owned()),
    };
    view! { <span class=class>{text}</span> }.into_any()
}

/// Category, place, day, end.
pub fn facts(req: &Req, rfq: &Rfq) -> AnyView {
    let lang = req.lang();
    let category = taxonomy::find(&rfq.category).map_or("", |found| found.name(lang)).to_owned();
    let region =
        regions::find(&rfq.region).map_or("", |sido| lang.pick(sido.short_ko, sido.name_en)).to_owned();
    let end = rfq
        .closes_at
        .filter(|_| rfq.state == RfqState::Open)
        .map(|end| last_day(lang, &req.cx.zone, end))
        .unwrap_or_default();
    let facts = [
        (w::fact_category(lang), category),
        (w::fact_place(lang), place(lang, region, &rfq.place)),
        (w::fact_due(lang), rfq.due.map(|due| day(lang, due)).unwrap_or_default()),
        (w::fact_end(lang), end),
    ];
    let facts = facts
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> })
        .collect::<Vec<_>>();
    view! { <dl class="facts four mt-2">{facts}</dl> }.into_any()
}

/// Where to deliver: the words of the buyer; who may not read them is told the province before them.
fn place(lang: Lang, region: String, place: &str) -> String {
    match (region.is_empty(), place.is_empty()) {
        (_, true) => region,
        (false, false) if lang == Lang::En && !place.is_ascii() => format!("{region} · {place}"),
        _ => place.to_owned(),
    }
}

/// What is needed, line by line.
pub fn lines(req: &Req, lines: &[RequestLine]) -> AnyView {
    let lang = req.lang();
    let rows = lines
        .iter()
        .map(|line| {
            let spec: Vec<&str> =
                [line.grade.as_str(), line.dimension.as_str()].into_iter().filter(|part| !part.is_empty()).collect();
            view! { <li><div class="line between"><b class="grow">{line.item.clone()}</b><span>{line.amount(lang)}</span></div><span class="small mute">{spec.join(" · ")}</span></li> }
        })
        .collect::<Vec<_>>();
    view! { <ul class="lines plain mb-4" aria-label=w::lines(lang)>{rows}</ul> }.into_any()
}

/// Who asks.
pub fn buyer(req: &Req, buyer: &Buyer) -> AnyView {
    let country = buyer.country.as_deref().map(|code| countries::name(req.lang(), code));
    let parts = [Some(buyer.name.as_str()), buyer.company.as_deref(), country];
    let text: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    view! { <p><b>{w::fact_buyer(req.lang())}</b>": "{text.join(" · ")}</p> }.into_any()
}

/// Why it ended or came back, in words.
pub fn reason(req: &Req, rfq: &Rfq) -> Option<String> {
    let lang = req.lang();
    let given = rfq.reason.clone()?;
    Some(match rfq.state {
        RfqState::Draft => format!("{}: {given}", w::returned(lang)),
        RfqState::Removed => format!("{}: {given}", w::removed(lang)),
        _ => CloseReason::from_code(&given)
            .map_or(given, |reason| w::close_reason_word(lang, reason).to_owned()),
    })
}

/// Its files, for those who may read them.
pub fn files(req: &Req, files: &[AttachedFile], files_at: &str) -> Option<AnyView> {
    list::of_all(req.lang(), files.iter(), files_at)
}
