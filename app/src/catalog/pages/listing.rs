//! `GET /listings/{slug}`: one listing, its successor address, or what stands in for it when it is over.
//! Cache: private, revalidated (`page::render`).

use std::sync::Arc;

use axum::extract::Path;
use http::{HeaderMap, StatusCode};
use leptos::prelude::*;
use market::catalog::browse::{self, Card, FoundListing, ListingPage};
use market::catalog::taxonomy;

use super::listing_words::{self, Words};
use super::{listing_data, listing_parts as parts};
use crate::context::Req;
use crate::error::PageResult;
use crate::form::Form;
use crate::i18n::{common as w, listing as l, rfqs as r, search as s};
use crate::inquiries::form::{AskFacts, inquiry_block};
use crate::inquiries::rest::outlook;
use crate::page::{self, Meta};
use crate::search::guide::note_arrival;
use crate::ui::{Crumb, Holed, breadcrumbs, collector, made, rows};

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

fn meta(req: &Req, listing: &Arc<ListingPage>) -> Meta {
    let words = listing_words::words(req, listing);
    let drawn = || req.href(&format!("/listings/{}/og.png", listing.slug));
    Meta {
        image: Some(listing.pictures.first().map_or_else(drawn, listing_data::widest)),
        json_ld: words.json_ld.clone(),
        ..Meta::public(listing.title(req.lang()), words.summary.clone())
    }
}

fn view(req: &Req, listing: &Arc<ListingPage>) -> AnyView {
    let lang = req.lang();
    let words = listing_words::words(req, listing);
    view! {
        {made(&words.crumbs)}
        <div class="split cols-ask">
            <div>
                {made(&words.about)}
                {parts::period(req, listing)}
            </div>
            <aside class="stick stack gap-5">
                {ask_block(req, listing, &words)}
                {made(&words.supplier)}
            </aside>
        </div>
        {made(&words.siblings)}
        {similar(req, listing)}
        <div class="dock phone-only">
            {made(&words.clock)}
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

/// The question. For a visitor only the key of the form and the deadline are this response's own.
fn ask_block(req: &Req, listing: &ListingPage, words: &Words) -> AnyView {
    let form = Form::empty(req);
    let until = outlook(req, &listing.supplier.ahead);
    if req.person().is_some() {
        return make_ask_block(req, listing, &form, until);
    }
    let key = form.idem.to_string();
    let holed = words.ask.get_or_init(|| {
        let place = req.cx.new_id().to_string();
        let html = make_ask_block(req, listing, &form, view! { {place.clone()} }.into_any()).to_html();
        Holed::at(&html, &[&key, &place])
    });
    holed.fill(&[&key, &until.to_html()]).into_any()
}

fn make_ask_block(req: &Req, listing: &ListingPage, form: &Form, until: AnyView) -> AnyView {
    let supplier = &listing.supplier;
    let facts = AskFacts {
        slug: listing.slug.clone(),
        vendor: supplier.name(req.lang()).to_owned(),
        unit: listing.unit.clone(),
        moq: listing.moq,
    };
    let lang = req.lang();
    let post = format!(
        "{}?q={}",
        req.href("/rfqs/new"),
        page::encode(lang.pick(&listing.title_ko, &listing.title_en))
    );
    view! { {inquiry_block(req, &facts, form, until)}<p class="small mt-3"><a href=post>{r::listing_hint(lang)}</a></p> }.into_any()
}

/// Others like it, and the form of the buttons that collect.
fn similar(req: &Req, listing: &ListingPage) -> AnyView {
    let lang = req.lang();
    if listing.similar.is_empty() {
        return collector(req);
    }
    let all = taxonomy::find(&listing.category).map(|category| {
        let href = req.href(&format!("/categories/{}", category.slug));
        view! { <a href=href>{l::gone_category(lang, category.name(lang))}</a> }
    });
    view! { <section class="sec"><div class="sec-head"><h2>{l::similar(lang)}</h2>{all}</div>{rows(req, &listing.similar)}</section> }.into_any()
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
