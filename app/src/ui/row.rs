//! A listing as a row of results: picture, name, vendor and badges, five facts, price, clock, the way to ask.

use std::fmt::Write as _;
use std::sync::{Arc, LazyLock};

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use market::Lang;
use market::catalog::browse::{Card, CardVendor, ListingCard};
use market::catalog::values::value_in;
use market::memo::Memo;
use market::regions;
use uuid::Uuid;

use super::badge::badges;
use super::clock::answers;
use super::picture::{Place, card_picture};
use super::price::{price, quantity, unit};
use super::{icon, tongue};
use crate::basket::told;
use crate::context::{Req, href};
use crate::i18n::{basket as b, search as s};
use crate::page::escape;

/// Facts of a row; values share one grid down the list.
const FACTS: usize = 5;
/// Identity of the form that collects.
const COLLECTOR: &str = "collect";

/// Rows of results.
pub fn rows(req: &Req, cards: &[Card]) -> AnyView {
    let rows = cards.iter().map(|card| (card, None, None));
    view! { {collector(req)}{list(req, rows)} }.into_any()
}

/// A list of rows; beside each card where the browser tells that its link was followed, and a line under its name.
pub fn list<'a>(
    req: &Req,
    rows: impl Iterator<Item = (&'a Card, Option<String>, Option<AnyView>)>,
) -> InertElement {
    let mut out = String::with_capacity(32 * 1024);
    out.push_str("<ul class=\"rows\">");
    rows.for_each(|(card, told, line)| row(&mut out, req, card, told, line));
    out.push_str("</ul>");
    InertElement::new(out)
}

fn row(out: &mut String, req: &Req, card: &Card, told: Option<String>, line: Option<AnyView>) {
    let inside = req.collected().contains(&card.id);
    let parts = parts((req.lang(), inside), card, req.cx.settings().stats_min_threads);
    out.push_str(&parts.before);
    if let Some(told) = told {
        let _ = write!(out, " ping=\"{}\"", escape(&told));
    }
    out.push_str(&parts.name);
    if let Some(line) = line {
        out.push_str(&line.to_html());
    }
    out.push_str(&parts.after);
}

/// A row but for what depends on the question: HTML around the two places for that.
struct Parts {
    card: Card,
    least: i64,
    /// Until the link of the name, whose attributes are open.
    before: String,
    /// The name and who makes it.
    name: String,
    /// Facts, price, clock, ways.
    after: String,
}

/// By listing, language, and whether it lies in the basket.
type Remembered = Memo<(Uuid, (Lang, bool)), Arc<Parts>>;

/// Half of what a page of results costs is making the same rows again. A card that differs in anything from the one
/// remembered is made anew, so a row never shows what the database no longer says.
static PARTS: LazyLock<Remembered> = LazyLock::new(|| Memo::new(1024));

/// The parts in a language, and for those who have it in their basket or not.
fn parts(how: (Lang, bool), card: &Card, least: i64) -> Arc<Parts> {
    let same =
        |known: &Arc<Parts>| known.least == least && (Arc::ptr_eq(&known.card, card) || known.card == *card);
    PARTS.get((card.id, how), same, || Arc::new(make_parts(how, card, least)))
}

fn make_parts((lang, inside): (Lang, bool), card: &Card, least: i64) -> Parts {
    let href = href(lang, &format!("/listings/{}", card.slug));
    let collect = if inside {
        inside_link(lang)
    } else {
        collect_button(lang, card.id, card.title(lang), "link-btn small")
    };
    let ask = format!("{href}#ask");
    let title = card.title(lang);
    let label = s::ask_about(lang, title);
    let spoken = tongue(lang, title).map(|code| format!(" lang=\"{code}\"")).unwrap_or_default();
    let by = view! { <p class="by">{by(lang, &card.vendor)}{badges(lang, &card.vendor)}</p> };
    let after = view! {
        <div class="row-b"><dl class="facts flow">{facts(lang, card)}</dl></div>
        <div class="row-do">
            {price(lang, &card.price, &card.unit, card.moq)}
            {answers(lang, card.vendor.rests_until, &card.vendor.record, least)}
            <a class="btn btn-s" href=ask aria-label=label>{s::ask(lang)}</a>
            {collect}
        </div>
    };
    let picture = view! { <span class="row-pic">{card_picture(card, Place::Row)}</span> };
    Parts {
        card: Arc::clone(card),
        least,
        before: format!(
            "<li id=\"{}\" class=\"row\">{}<div><h3><a href=\"{}\"",
            anchor(card.id),
            picture.to_html(),
            escape(&href)
        ),
        name: format!("{spoken}>{}</a></h3>{}", escape(title), by.to_html()),
        after: format!("</div>{}</li>", after.to_html()),
    }
}

/// Says that a listing lies in the basket, and leads there.
pub fn inside_link(lang: Lang) -> AnyView {
    let basket = href(lang, "/basket");
    view! { <a class="link-btn small" href=basket>{icon("circle-check")}{b::inside(lang)}</a> }.into_any()
}

/// The form of the buttons that put a listing into the basket; comes back to this page.
pub fn collector(req: &Req) -> AnyView {
    view! {
        <form id=COLLECTOR method="post" action=req.href("/basket/add") hidden>
            <input type="hidden" name="next" value=told::here(req) />
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

/// A value of a specification with its unit: `20 mm`.
pub fn spec_value(lang: Lang, value: &str, of: &str) -> String {
    let shown = value_in(lang, value);
    if of.is_empty() { shown.to_owned() } else { format!("{shown} {}", unit(lang, of)) }
}

fn facts(lang: Lang, card: &ListingCard) -> Vec<AnyView> {
    let order = [
        card.moq.map(|moq| (s::least_order(lang), quantity(lang, moq, &card.unit))),
        card.lead_time_days.map(|days| (s::lead_time(lang), s::lead_days(lang, days))),
    ];
    let terms: Vec<(&str, String)> = order.into_iter().flatten().collect();
    let specs = card.specs.iter().filter(|row| !row.value.is_empty()).take(FACTS - terms.len());
    let specs = specs.map(|row| {
        let value = spec_value(lang, &row.value, &row.unit);
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
            {answers(lang, card.vendor.rests_until, &card.vendor.record, req.cx.settings().stats_min_threads)}
            {price(lang, &card.price, &card.unit, card.moq)}
        </li>
    }
    .into_any()
}
