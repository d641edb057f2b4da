//! A listing as a row of results: picture, name, vendor and badges, five facts, price, clock, the way to ask.

use std::sync::{Arc, LazyLock};

use leptos::prelude::*;
use market::Lang;
use market::catalog::browse::{Card, CardVendor, ListingCard};
use market::catalog::values::value_in;
use market::memo::Memo;
use market::regions;
use uuid::Uuid;

use super::badge::badges;
use super::clock::clock;
use super::picture::{Place, card_picture};
use super::price::{price, quantity, unit};
use super::{icon, tongue};
use crate::context::Req;
use crate::i18n::{basket as b, search as s};

/// Facts of a row; values share one grid down the list.
const FACTS: usize = 5;
/// Identity of the form that collects.
const COLLECTOR: &str = "collect";

/// Rows of results.
pub fn rows(req: &Req, cards: &[Card]) -> AnyView {
    let rows = cards.iter().map(|card| row(req, card, None)).collect::<Vec<_>>();
    view! { {collector(req)}<ul class="rows">{rows}</ul> }.into_any()
}

/// One row; `told` is where the browser tells that its link was followed.
pub fn row(req: &Req, card: &Card, told: Option<String>) -> AnyView {
    row_with(req, card, told, None)
}

/// One row with a line under its name.
pub fn row_with(req: &Req, card: &Card, told: Option<String>, line: Option<AnyView>) -> AnyView {
    let lang = req.lang();
    let href = req.href(&format!("/listings/{}", card.slug));
    let inside = req.collected().contains(&card.id);
    let parts = parts((lang, inside), card, &href, req.cx.settings().stats_min_threads);
    view! {
        <li class="row" id=anchor(card.id)>
            <span class="row-pic" inner_html=Arc::clone(&parts.picture)></span>
            <div>
                <h3><a href=href ping=told lang=tongue(lang, card.title(lang))>{card.title(lang).to_owned()}</a></h3>
                <p class="by" inner_html=Arc::clone(&parts.by)></p>
                {line}
            </div>
            <div class="row-b" inner_html=Arc::clone(&parts.facts)></div>
            <div class="row-do" inner_html=Arc::clone(&parts.ways)></div>
        </li>
    }
    .into_any()
}

/// What of a row depends on its card and on whether that lies in the basket, and on nothing else of the page, as HTML.
struct Parts {
    card: Card,
    least: i64,
    picture: Arc<str>,
    by: Arc<str>,
    facts: Arc<str>,
    ways: Arc<str>,
}

/// By listing, language, and whether it lies in the basket.
type Remembered = Memo<(Uuid, (Lang, bool)), Arc<Parts>>;

/// Half of what a page of results costs is making the same rows again. A card that differs in anything from the one
/// remembered is made anew, so a row never shows what the database no longer says.
static PARTS: LazyLock<Remembered> = LazyLock::new(|| Memo::new(1024));

/// The parts in a language, and for those who have it in their basket or not.
fn parts(how: (Lang, bool), card: &Card, href: &str, least: i64) -> Arc<Parts> {
    let same =
        |known: &Arc<Parts>| known.least == least && (Arc::ptr_eq(&known.card, card) || known.card == *card);
    PARTS.get((card.id, how), same, || Arc::new(make_parts(how, card, href, least)))
}

fn make_parts((lang, inside): (Lang, bool), card: &Card, href: &str, least: i64) -> Parts {
    let collect = if inside {
        let basket = format!("{}/basket", lang.prefix());
        view! { <a class="link-btn small" href=basket>{icon("circle-check")}{b::inside(lang)}</a> }.into_any()
    } else {
        collect_button(lang, card.id, card.title(lang), "link-btn small")
    };
    let ask = format!("{href}#ask");
    let label = s::ask_about(lang, card.title(lang));
    let ways = view! {
        {price(lang, &card.price, &card.unit, card.moq)}
        {clock(lang, &card.vendor.record, least)}
        <a class="btn btn-s" href=ask aria-label=label>{s::ask(lang)}</a>
        {collect}
    };
    Parts {
        card: Arc::clone(card),
        least,
        picture: card_picture(card, Place::Row).to_html().into(),
        by: view! { {by(lang, &card.vendor)}{badges(lang, &card.vendor)} }.to_html().into(),
        facts: view! { <dl class="facts flow">{facts(lang, card)}</dl> }.to_html().into(),
        ways: ways.to_html().into(),
    }
}

/// The form of the buttons that put a listing into the basket; comes back to this page.
pub fn collector(req: &Req) -> AnyView {
    view! {
        <form id=COLLECTOR method="post" action=req.href("/basket/add") hidden>
            <input type="hidden" name="next" value=req.here() />
        </form>
    }
    .into_any()
}

/// A button of the [`collector`].
pub fn collect_button(lang: Lang, listing: uuid::Uuid, title: &str, class: &'static str) -> AnyView {
    let label = b::collect_this(lang, title);
    view! { <button class=class form=COLLECTOR name="listing" value=listing.to_string() aria-label=label>{b::collect(lang)}</button> }.into_any()
}

/// Where a listing stands on a page of rows.
pub fn anchor(listing: uuid::Uuid) -> String {
    format!("l-{}", listing.simple())
}

/// Vendor and place: `가온벼리볼트 · 경기 시흥시`.
pub fn by(lang: Lang, vendor: &CardVendor) -> String {
    let place = place(lang, &vendor.region, &vendor.address);
    let name = vendor.name(lang);
    if place.is_empty() { name.to_owned() } else { format!("{name} · {place}") }
}

/// Province, and in Korean the city of the address.
pub fn place(lang: Lang, region: &str, address: &str) -> String {
    let Some(sido) = regions::find(region) else { return String::new() };
    if lang == Lang::En {
        return sido.name_en.to_owned();
    }
    let city = address.split_whitespace().nth(1).filter(|word| word.ends_with(['시', '군', '구']));
    city.map_or_else(|| sido.short_ko.to_owned(), |city| format!("{} {city}", sido.short_ko))
}

fn facts(lang: Lang, card: &ListingCard) -> Vec<AnyView> {
    let order = [
        card.moq.map(|moq| (s::least_order(lang), quantity(lang, moq, &card.unit))),
        card.lead_time_days.map(|days| (s::lead_time(lang), s::lead_days(lang, days))),
    ];
    let terms: Vec<(&str, String)> = order.into_iter().flatten().collect();
    let specs = card.specs.iter().filter(|row| !row.value.is_empty()).take(FACTS - terms.len());
    let specs = specs.map(|row| {
        let shown = value_in(lang, &row.value);
        let value =
            if row.unit.is_empty() { shown.to_owned() } else { format!("{shown} {}", unit(lang, &row.unit)) };
        view! { <div><dt>{row.name(lang).to_owned()}</dt><dd>{value}</dd></div> }.into_any()
    });
    let terms = terms.iter().map(|(name, value)| {
        view! { <div><dt>{(*name).to_owned()}</dt><dd>{value.clone()}</dd></div> }.into_any()
    });
    specs.chain(terms).collect()
}

/// A listing as a card of the home page; the whole card is the link.
pub fn card(req: &Req, card: &ListingCard) -> AnyView {
    let lang = req.lang();
    let href = req.href(&format!("/listings/{}", card.slug));
    view! {
        <li class="card">
            {card_picture(card, Place::Card)}
            <h3><a href=href lang=tongue(lang, card.title(lang))>{card.title(lang).to_owned()}</a></h3>
            <p class="by">{by(lang, &card.vendor)}</p>
            {price(lang, &card.price, &card.unit, card.moq)}
        </li>
    }
    .into_any()
}

/// Like [`card`], with the clock: for lists about answering.
pub fn card_with_clock(req: &Req, card: &ListingCard) -> AnyView {
    let lang = req.lang();
    let href = req.href(&format!("/listings/{}", card.slug));
    view! {
        <li class="card">
            {card_picture(card, Place::Card)}
            <h3><a href=href lang=tongue(lang, card.title(lang))>{card.title(lang).to_owned()}</a></h3>
            <p class="by">{by(lang, &card.vendor)}</p>
            {clock(lang, &card.vendor.record, req.cx.settings().stats_min_threads)}
            {price(lang, &card.price, &card.unit, card.moq)}
        </li>
    }
    .into_any()
}
