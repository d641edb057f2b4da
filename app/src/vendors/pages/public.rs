//! `GET /vendors/{slug}`: a vendor's public page. Cache: private, revalidated (`page::render`).

use axum::extract::Path;
use leptos::prelude::*;
use market::catalog::browse::{self, FoundVendor, VENDOR_PER_PAGE, VendorPage};
use market::catalog::markdown;
use serde_json::json;

use crate::catalog::pages::{evidence, identity};
use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::{common as w, listing as l};
use crate::inquiries::rest;
use crate::page::{self, Meta};
use crate::ui::{
    Crumb, answers, breadcrumbs, date, empty, icon, last_page, link_button, number, pagination, place, rows,
    tongue,
};

/// The page behind an address.
pub async fn show(req: Req, Path(slug): Path<String>) -> PageResult {
    let current = req.query_value("page").parse::<u32>().unwrap_or(1).clamp(1, 10_000);
    match browse::find_vendor(&req.cx, &slug, i64::from(current)).await? {
        FoundVendor::Moved(slug) => Ok(page::moved(&req.href(&format!("/vendors/{slug}")))),
        FoundVendor::Shown(vendor) => {
            let last = last_page(vendor.total, VENDOR_PER_PAGE);
            if current > last {
                return Ok(page::redirect(&address(&req, &vendor, last)));
            }
            Ok(page::render(&req, meta(&req, &vendor), view(&req, &vendor, current, last)))
        }
    }
}

fn address(req: &Req, vendor: &VendorPage, number: u32) -> String {
    let path = req.href(&format!("/vendors/{}", vendor.identity.slug));
    if number > 1 { format!("{path}?page={number}") } else { path }
}

fn meta(req: &Req, vendor: &VendorPage) -> Meta {
    let lang = req.lang();
    let name = vendor.identity.name(lang);
    Meta {
        json_ld: vec![organization(req, vendor).into()],
        ..Meta::public(name, l::vendor_description(lang, name, &number(vendor.total)))
    }
}

fn organization(req: &Req, vendor: &VendorPage) -> serde_json::Value {
    let who = &vendor.identity;
    let mut data = json!({
        "@context": "https://schema.org", "@type": "Organization", "name": who.name(req.lang()), "legalName": who.name_ko,
        "url": req.absolute(&req.href(&format!("/vendors/{}", who.slug))), "taxID": who.business_number, "telephone": who.phone,
        "address": {"@type": "PostalAddress", "addressCountry": "KR", "streetAddress": who.address},
    });
    let optional = [
        ("sameAs", vendor.website.as_ref().map(|site| json!(site))),
        ("foundingDate", vendor.founded_year.map(|year| json!(year.to_string()))),
        (
            "numberOfEmployees",
            vendor.employees.map(|count| json!({"@type": "QuantitativeValue", "value": count})),
        ),
    ];
    if let serde_json::Value::Object(fields) = &mut data {
        fields.extend(optional.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    }
    data
}

fn view(req: &Req, vendor: &VendorPage, current: u32, last: u32) -> AnyView {
    let lang = req.lang();
    let who = &vendor.identity;
    let crumbs = vec![Crumb::link(w::home(lang), req.href("/")), Crumb::here(who.name(lang))];
    let away = rest::days(req, &who.ahead)
        .into_iter()
        .map(|text| view! { <p class="small mt-1">{text}</p> })
        .collect::<Vec<_>>();
    // while it rests, the days below say so
    let record = who
        .ahead
        .resting(req.cx.now())
        .is_none()
        .then(|| answers(lang, None, &who.record, req.cx.settings().stats_min_threads));
    let pages = pagination(lang, current, last, |number| address(req, vendor, number));
    view! {
        {breadcrumbs(lang, crumbs)}
        <div class="vendor-head"><span class="pic">{icon("building")}</span>
            <div><h1 lang=tongue(lang, who.name(lang))>{who.name(lang).to_owned()}</h1><p class="mute">{place(lang, &who.region, &who.address)}</p>
                {record}{away}</div></div>
        <div class="split cols-aside-l mt-5">
            <div>
                {introduction(req, vendor)}
                {evidence(req, &vendor.certificates)}
                <section class="sec"><h2>{l::vendor_listings(lang, &number(vendor.total))}</h2>{listings(req, vendor)}{pages}</section>
            </div>
            <aside><h2 class="t-l mb-2">{l::supplier(lang)}</h2>
                <dl class="kv">{identity(req, who)}{more(req, vendor)}</dl>
                <p class="small mute mt-3">{w::intermediary_notice(lang)}</p></aside>
        </div>
    }
    .into_any()
}

fn introduction(req: &Req, vendor: &VendorPage) -> Option<AnyView> {
    let text = req.lang().pick(&vendor.intro_ko, &vendor.intro_en);
    if text.is_empty() {
        return None;
    }
    let html = std::sync::Arc::clone(&markdown::texts(text).html);
    Some(view! { <section><h2>{l::about_vendor(req.lang())}</h2><div class="prose mt-2" inner_html=html></div></section> }.into_any())
}

fn listings(req: &Req, vendor: &VendorPage) -> AnyView {
    let lang = req.lang();
    if vendor.listings.is_empty() {
        let next = link_button(&req.href("/search"), w::search_label(lang));
        return empty(l::vendor_no_listings(lang), l::vendor_no_listings_text(lang), Some(next));
    }
    rows(req, &vendor.listings)
}

fn more(req: &Req, vendor: &VendorPage) -> Vec<AnyView> {
    let lang = req.lang();
    let lines = [
        (l::founded(lang), vendor.founded_year.map(|year| l::founded_in(lang, year))),
        (l::employees(lang), vendor.employees.map(|count| l::employees_count(lang, count))),
        (l::chapter(lang), vendor.chapter.as_ref().map(|(ko, en)| lang.pick(ko, en).to_owned())),
        (l::approved(lang), vendor.approved_at.map(|at| date(lang, at))),
    ];
    let mut out: Vec<AnyView> = lines
        .into_iter()
        .filter_map(|(term, value)| value.map(|value| view! { <dt>{term}</dt><dd>{value}</dd> }.into_any()))
        .collect();
    if let Some(site) = vendor.website.clone() {
        out.push(view! { <dt>{l::website(lang)}</dt><dd class="long"><a href=site.clone() rel="nofollow noopener ugc">{site.clone()}</a></dd> }.into_any());
    }
    out
}
