//! How a listing reads: for its vendor before a decision, and while it cannot be edited.

use axum::extract::Path;
use leptos::prelude::*;
use market::Lang;
use market::catalog::images::ListingImage;
use market::catalog::values::value_in;
use market::catalog::{ListingContent, Price, SpecRow, markdown, service};
use market::money::{Money, grouped};

use super::view::{shown_content, title_of};
use super::{listing_id, parts};
use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::{catalog as w, common};
use crate::page::{self, Meta};
use crate::ui::{Crumb, Tone, breadcrumbs, notice, unit};

/// `GET /vendor/listings/{id}/preview`
pub async fn show(req: Req, Path(id): Path<String>) -> PageResult {
    let id = listing_id(&id)?;
    let editing = service::open_editor(&req.cx, id).await?;
    let lang = req.lang();
    let shown = shown_content(&editing);
    let title = title_of(lang, shown);
    let crumbs = vec![
        Crumb::link(w::my_listings(lang), req.href("/vendor/listings")),
        Crumb::link(title.clone(), req.href(&format!("/vendor/listings/{id}"))),
        Crumb::here(w::preview(lang)),
    ];
    let view = view! {
        {breadcrumbs(lang, crumbs)}
        {notice(Tone::Info, w::preview_notice(lang))}
        <div class="page-head"><h1>{title.clone()}</h1></div>
        {content(&req, shown, &editing.images)}
    };
    Ok(page::render(&req, Meta::private(format!("{} · {title}", w::preview(lang))), view.into_any()))
}

/// Pictures, price, terms, specifications and text.
pub fn content(req: &Req, content: &ListingContent, images: &[ListingImage]) -> AnyView {
    let lang = req.lang();
    let category =
        market::catalog::taxonomy::find(&content.category).map(|category| parts::path_label(lang, category));
    let pictures = images.iter().map(|image| picture(lang, image)).collect::<Vec<_>>();
    let specs = content.specs.iter().map(|row| spec(lang, row)).collect::<Vec<_>>();
    view! {
        {category.map(|path| view! { <p class="mute">{path}</p> })}
        {(!pictures.is_empty()).then(|| view! { <ul class="cards four mt-4">{pictures}</ul> })}
        <div class="mt-4">{price(lang, content)}</div>
        {terms(lang, content)}
        {(!specs.is_empty()).then(|| view! {
            <section class="sec"><h2>{w::step_specs(lang)}</h2><table class="spec"><caption class="vh">{w::step_specs(lang)}</caption><tbody>{specs}</tbody></table></section>
        })}
        <section class="sec"><h2>{w::step_text(lang)}</h2><div class="prose" inner_html=markdown::to_html(content.description(lang))></div></section>
    }
    .into_any()
}

fn picture(lang: Lang, image: &ListingImage) -> AnyView {
    let alt = lang.pick(&image.alt_ko, &image.alt_en).to_owned();
    view! {
        <li class="card"><span class="pic"><img src=image.address(640) srcset=image.srcset() sizes="(min-width: 60rem) 16rem, 50vw" width=image.width height=image.height alt=alt loading="lazy" /></span></li>
    }
    .into_any()
}

fn spec(lang: Lang, row: &SpecRow) -> AnyView {
    let of =
        (!row.unit.is_empty()).then(|| view! { <span class="u">{unit(lang, &row.unit).to_owned()}</span> });
    view! { <tr><th scope="row">{row.name(lang).to_owned()}</th><td>{value_in(lang, &row.value).to_owned()}{of}</td></tr> }
        .into_any()
}

fn price(lang: Lang, content: &ListingContent) -> AnyView {
    let unit = content.unit.clone();
    match &content.price {
        Price::Public(money) if money.minor > 0 => {
            view! { <div class="price price-big"><b>{money.amount()}</b><span class="u">{common::per_unit(lang, &unit)}</span></div> }.into_any()
        }
        Price::Tiers(tiers) if !tiers.is_empty() => {
            let rows = tiers.iter().map(|tier| {
                let from = common::from_quantity(lang, &format!("{}{unit}", grouped(tier.from)));
                view! { <tr><th scope="row">{from}</th><td class="num"><b>{Money::won(tier.minor).amount()}</b><span class="u">{w::won(lang)}</span></td></tr> }
            });
            view! { <table class="spec tiers"><caption class="vh">{w::price_tiers(lang)}</caption><tbody>{rows.collect::<Vec<_>>()}</tbody></table> }.into_any()
        }
        _ => view! { <div class="price"><span class="ask">{common::price_on_request(lang)}</span></div> }.into_any(),
    }
}

fn terms(lang: Lang, content: &ListingContent) -> AnyView {
    let facts = [
        (w::moq(lang), content.moq.map(|moq| format!("{}{}", grouped(moq), content.unit))),
        (w::lead_time(lang), content.lead_time_days.map(|days| common::days(lang, days))),
        (w::origin(lang), Some(content.origin.clone())),
        (w::hs_code(lang), Some(content.hs_code.clone())),
        (w::part_number(lang), Some(content.part_number.clone())),
    ];
    let facts =
        facts.into_iter().filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)));
    let items =
        facts.map(|(name, value)| view! { <div><dt>{name}</dt><dd>{value}</dd></div> }).collect::<Vec<_>>();
    (!items.is_empty()).then(|| view! { <dl class="facts three mt-4">{items}</dl> }).into_any()
}
