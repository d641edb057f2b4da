//! What of a listing's page depends on nothing but the listing, the language and the day: most of the page. It is put into
//! words once for everybody, signed in or not. The listing itself is read on each request, and words serve only the
//! very value that they were made of.

use std::sync::{Arc, LazyLock, OnceLock};

use leptos::prelude::*;
use market::Lang;
use market::catalog::browse::{ListingPage, today};
use market::catalog::markdown;
use market::memo::Memo;
use uuid::Uuid;

use super::{listing_data, listing_parts as parts, supplier};
use crate::context::{Req, href};
use crate::i18n::listing as l;
use crate::page::JsonLd;
use crate::ui::{self, Holed, anchor, breadcrumbs, card, collect_button, date, place, price_block, tongue};

/// Characters of the description for search engines.
const SUMMARY: usize = 150;
/// Pages whose words are remembered; those of one take about 20 kB.
const PAGES: usize = 256;

/// A listing in words.
pub(super) struct Words {
    listing: Arc<ListingPage>,
    day: String,
    least: i64,
    /// The way here.
    pub crumbs: Arc<str>,
    /// Pictures, terms, specification, certificates, description.
    pub about: Arc<str>,
    /// Who answers for it.
    pub supplier: Arc<str>,
    /// Others of the vendor; may be empty.
    pub siblings: Arc<str>,
    /// How the vendor answers, for the foot of a phone.
    pub clock: Arc<str>,
    /// The block to ask for whoever is not signed in, with places for the key of its form and for the deadline.
    pub ask: OnceLock<Holed>,
    /// One or two sentences for search engines.
    pub summary: String,
    /// Structured data.
    pub json_ld: Vec<JsonLd>,
}

static MADE: LazyLock<Memo<(Uuid, Lang), Arc<Words>>> = LazyLock::new(|| Memo::new(PAGES));

/// The words of a listing in the language of a request.
pub(super) fn words(req: &Req, listing: &Arc<ListingPage>) -> Arc<Words> {
    let (day, least) = (today(req.cx.now()), req.cx.settings().stats_min_threads);
    let same =
        |known: &Arc<Words>| Arc::ptr_eq(&known.listing, listing) && known.least == least && known.day == day;
    MADE.get((listing.id, req.lang()), same, || Arc::new(make(req, listing, (day.clone(), least))))
}

fn make(req: &Req, listing: &Arc<ListingPage>, (day, least): (String, i64)) -> Words {
    let lang = req.lang();
    let about = view! {
        <div class="split cols-photo">
            <div>{parts::gallery(lang, listing)}</div>
            {head(req, listing)}
        </div>
        {parts::specifications(lang, listing)}
        {parts::evidence(req, &listing.certificates)}
        {description(lang, listing)}
    };
    Words {
        listing: Arc::clone(listing),
        crumbs: breadcrumbs(lang, super::listing::crumbs(req, &listing.category, None)).to_html().into(),
        about: about.to_html().into(),
        supplier: supplier::section(req, listing).to_html().into(),
        siblings: siblings(req, listing).to_html().into(),
        clock: answers(req, listing).to_html().into(),
        ask: OnceLock::new(),
        summary: summary(lang, listing),
        json_ld: listing_data::json_ld(req, listing),
        day,
        least,
    }
}

/// How the vendor answers; while it rests, until when.
fn answers(req: &Req, listing: &ListingPage) -> AnyView {
    let supplier = &listing.supplier;
    let rests = supplier.ahead.resting(req.cx.now());
    ui::answers(req.lang(), rests, &supplier.record, req.cx.settings().stats_min_threads)
}

fn summary(lang: Lang, listing: &ListingPage) -> String {
    let supplier = listing.supplier.name(lang);
    let summary = markdown::summary(listing.description(lang), SUMMARY);
    if summary.is_empty() {
        format!("{supplier} · {}", listing.title(lang))
    } else {
        format!("{supplier} · {summary}")
    }
}

fn head(req: &Req, listing: &ListingPage) -> AnyView {
    let lang = req.lang();
    let supplier = &listing.supplier;
    let vendor = req.href(&format!("/vendors/{}", supplier.slug));
    let place = place(lang, &supplier.region, &supplier.address);
    let part = (!listing.part_number.is_empty()).then(|| view! { <br /><span class="small mute">{l::part_number(lang)}" "<span class="code">{listing.part_number.clone()}</span></span> });
    view! {
        <div class="stack gap-3">
            <h1 lang=tongue(lang, listing.title(lang))>{ui::kept(listing.title(lang))}</h1>
            <p><a href=vendor lang=tongue(lang, supplier.name(lang))>{supplier.name(lang).to_owned()}</a>" "<span class="mute">"· "{place}</span>{part}</p>
            {answers(req, listing)}
            {price_block(lang, &listing.price, &listing.unit, &date(lang, listing.updated_at))}
            {parts::terms(lang, listing)}
            <p id=anchor(listing.id)>{collect_button(lang, listing.id, listing.title(lang), "btn")}</p>
        </div>
    }
    .into_any()
}

fn description(lang: Lang, listing: &ListingPage) -> Option<AnyView> {
    let text = listing.description(lang);
    if text.is_empty() {
        return None;
    }
    let html = Arc::clone(&markdown::texts(text).html);
    let korean = lang == Lang::En && listing.description_en.is_empty();
    let note = korean.then(|| view! { <p class="small mute mb-2">{l::only_korean(lang)}</p> });
    let there = href(Lang::Ko, &format!("/listings/{}", listing.slug));
    let original = (lang == Lang::En && !korean).then(|| view! { <p class="small mt-2"><a href=there lang="ko" hreflang="ko">{l::read_original(lang)}</a></p> });
    let code = korean.then_some("ko");
    Some(view! { <section class="sec"><h2>{l::description(lang)}</h2>{note}<div class="prose mt-3" lang=code inner_html=html></div>{original}</section> }.into_any())
}

fn siblings(req: &Req, listing: &ListingPage) -> Option<AnyView> {
    let lang = req.lang();
    if listing.siblings.is_empty() {
        return None;
    }
    let cards = listing.siblings.iter().map(|sibling| card(req, sibling)).collect::<Vec<_>>();
    let all = req.href(&format!("/vendors/{}", listing.supplier.slug));
    Some(view! { <section class="sec"><div class="sec-head"><h2>{l::siblings(lang)}</h2><a href=all>{l::all_of_vendor(lang)}</a></div><ul class="cards four">{cards}</ul></section> }.into_any())
}
