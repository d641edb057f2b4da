//! `GET /listings/{slug}`: one listing, its successor address, or what stands in for it when it is over.
//! Cache: private, revalidated (`page::render`).

use std::sync::Arc;

use axum::extract::Path;
use http::{HeaderMap, StatusCode};
use leptos::prelude::*;
use market::Lang;
use market::catalog::browse::{self, Card, FoundListing, ListingPage};
use market::catalog::{markdown, taxonomy};

use super::{listing_data, listing_parts as parts, supplier};
use crate::context::Req;
use crate::error::PageResult;
use crate::form::Form;
use crate::i18n::{common as w, listing as l, rfqs as r, search as s};
use crate::inquiries::form::{AskFacts, inquiry_block};
use crate::page::{self, Meta};
use crate::search::guide::note_arrival;
use crate::ui::{
    Crumb, anchor, breadcrumbs, card, clock, collect_button, collector, date, place, price_block, rows,
    tongue, unit,
};

/// Characters of the description for search engines.
const SUMMARY: usize = 150;

/// The page behind an address.
pub async fn show(req: Req, Path(slug): Path<String>, headers: HeaderMap) -> PageResult {
    match browse::find_listing(&req.cx, &slug).await? {
        FoundListing::Shown(listing) => {
            note_arrival(&req, &headers, listing.id);
            Ok(page::render_kept(&req, listing, |listing| meta(&req, listing), |listing| view(&req, listing)))
        }
        FoundListing::Moved(slug) => Ok(page::moved(&req.href(&format!("/listings/{slug}")))),
        FoundListing::Gone { title_ko, title_en, category, alternatives } => {
            let title = req.lang().pick(&title_ko, &title_en).to_owned();
            let meta = Meta { noindex: true, ..Meta::public(title.clone(), l::gone_text(req.lang())) };
            Ok(page::render_status(
                &req,
                StatusCode::GONE,
                meta,
                gone(&req, &title, &category, &alternatives),
            ))
        }
    }
}

fn meta(req: &Req, listing: &ListingPage) -> Meta {
    let lang = req.lang();
    let supplier = listing.supplier.name(lang);
    let summary = markdown::summary(listing.description(lang), SUMMARY);
    let description = if summary.is_empty() {
        format!("{supplier} · {}", listing.title(lang))
    } else {
        format!("{supplier} · {summary}")
    };
    let drawn = || req.href(&format!("/listings/{}/og.png", listing.slug));
    Meta {
        image: Some(listing.pictures.first().map_or_else(drawn, listing_data::widest)),
        json_ld: listing_data::json_ld(req, listing),
        ..Meta::public(listing.title(lang), description)
    }
}

fn view(req: &Req, listing: &ListingPage) -> AnyView {
    let lang = req.lang();
    view! {
        {breadcrumbs(lang, crumbs(req, &listing.category, None))}
        <div class="split cols-ask">
            <div>
                <div class="split cols-photo">
                    <div>{parts::gallery(lang, listing)}</div>
                    {head(req, listing)}
                </div>
                {parts::specifications(lang, listing)}
                {parts::evidence(req, &listing.certificates)}
                {description(req, listing)}
                {parts::period(req, listing)}
            </div>
            <aside class="stick stack gap-5">
                {ask_block(req, listing)}
                {supplier::section(req, listing)}
            </aside>
        </div>
        {related(req, listing)}
        <div class="dock phone-only">
            {clock(lang, &listing.supplier.record, req.cx.settings().stats_min_threads)}
            <a class="btn btn-primary" href="#ask">{l::ask_dock(lang)}</a>
        </div>
    }
    .into_any()
}

/// The way down to a category; `here` ends it.
pub(super) fn crumbs(req: &Req, category: &str, here: Option<&str>) -> Vec<Crumb> {
    let lang = req.lang();
    let mut crumbs = vec![Crumb::link(w::home(lang), req.href("/"))];
    let own = taxonomy::find(category).filter(|_| here.is_none());
    let way = taxonomy::ancestors(category).into_iter().chain(own);
    crumbs.extend(way.map(|category| {
        Crumb::link(category.name(lang), req.href(&format!("/categories/{}", category.slug)))
    }));
    crumbs.extend(here.map(Crumb::here));
    crumbs
}

fn head(req: &Req, listing: &ListingPage) -> AnyView {
    let lang = req.lang();
    let supplier = &listing.supplier;
    let vendor = req.href(&format!("/vendors/{}", supplier.slug));
    let place = place(lang, &supplier.region, &supplier.address);
    let part = (!listing.part_number.is_empty()).then(|| view! { <br /><span class="small mute">{l::part_number(lang)}" "<span class="code">{listing.part_number.clone()}</span></span> });
    view! {
        <div class="stack gap-3">
            <h1 lang=tongue(lang, listing.title(lang))>{listing.title(lang).to_owned()}</h1>
            <p><a href=vendor lang=tongue(lang, supplier.name(lang))>{supplier.name(lang).to_owned()}</a>" "<span class="mute">"· "{place}</span>{part}</p>
            {clock(lang, &supplier.record, req.cx.settings().stats_min_threads)}
            {price_block(lang, &listing.price, &listing.unit, &date(lang, listing.updated_at))}
            {parts::terms(lang, listing)}
            {listing.similar.is_empty().then(|| collector(req))}
            <p id=anchor(listing.id)>{collect_button(lang, listing.id, listing.title(lang), "btn")}</p>
        </div>
    }
    .into_any()
}

fn description(req: &Req, listing: &ListingPage) -> Option<AnyView> {
    let lang = req.lang();
    let text = listing.description(lang);
    if text.is_empty() {
        return None;
    }
    let html = Arc::clone(&markdown::texts(text).html);
    let korean = lang == Lang::En && listing.description_en.is_empty();
    let note = korean.then(|| view! { <p class="small mute mb-2">{l::only_korean(lang)}</p> });
    let original = (lang == Lang::En && !korean).then(|| view! { <p class="small mt-2"><a href=req.here_in(Lang::Ko) lang="ko" hreflang="ko">{l::read_original(lang)}</a></p> });
    let code = korean.then_some("ko");
    Some(view! { <section class="sec"><h2>{l::description(lang)}</h2>{note}<div class="prose mt-3" lang=code inner_html=html></div>{original}</section> }.into_any())
}

fn ask_block(req: &Req, listing: &ListingPage) -> AnyView {
    let supplier = &listing.supplier;
    let facts = AskFacts {
        slug: listing.slug.clone(),
        vendor: supplier.name(req.lang()).to_owned(),
        unit: unit(req.lang(), &listing.unit).to_owned(),
        moq: listing.moq,
        ahead: supplier.ahead.clone(),
    };
    let lang = req.lang();
    let post = format!(
        "{}?q={}",
        req.href("/rfqs/new"),
        page::encode(lang.pick(&listing.title_ko, &listing.title_en))
    );
    view! { {inquiry_block(req, &facts, &Form::empty(req))}<p class="small mt-3"><a href=post>{r::listing_hint(lang)}</a></p> }.into_any()
}

fn related(req: &Req, listing: &ListingPage) -> AnyView {
    let lang = req.lang();
    let siblings = (!listing.siblings.is_empty()).then(|| {
        let cards = listing.siblings.iter().map(|sibling| card(req, sibling)).collect::<Vec<_>>();
        let all = req.href(&format!("/vendors/{}", listing.supplier.slug));
        view! { <section class="sec"><div class="sec-head"><h2>{l::siblings(lang)}</h2><a href=all>{l::all_of_vendor(lang)}</a></div><ul class="cards four">{cards}</ul></section> }
    });
    let similar = (!listing.similar.is_empty()).then(|| {
        let all = taxonomy::find(&listing.category).map(|category| {
            let href = req.href(&format!("/categories/{}", category.slug));
            view! { <a href=href>{l::gone_category(lang, category.name(lang))}</a> }
        });
        view! { <section class="sec"><div class="sec-head"><h2>{l::similar(lang)}</h2>{all}</div>{rows(req, &listing.similar)}</section> }
    });
    view! { {siblings}{similar} }.into_any()
}

/// What stands at the address of a listing that is over.
fn gone(req: &Req, title: &str, category: &str, alternatives: &[Card]) -> AnyView {
    let lang = req.lang();
    let all = taxonomy::find(category).map(|category| {
        let href = req.href(&format!("/categories/{}", category.slug));
        view! { <a class="btn btn-primary" href=href>{l::gone_category(lang, category.name(lang))}</a> }
    });
    let instead = (!alternatives.is_empty()).then(
        || view! { <section class="sec"><h2>{l::similar(lang)}</h2>{rows(req, alternatives)}</section> },
    );
    let search = format!("{}?q={}", req.href("/search"), page::encode(title));
    view! {
        {breadcrumbs(lang, crumbs(req, category, None))}
        <div class="page-head"><p class="tag">"410"</p><h1 class="mt-3">{l::gone_title(lang, title)}</h1><p class="mute mt-2">{l::gone_text(lang)}</p></div>
        <p class="line mt-5">{all}<a class="btn" href=search>{s::title_all(lang)}</a></p>
        {instead}
    }
    .into_any()
}
