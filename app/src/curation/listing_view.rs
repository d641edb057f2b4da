//! A listing as its reviewer sees it.

use leptos::prelude::*;
use market::Lang;
use market::accounts::access::{Object, Verb, can};
use market::catalog::images::ListingImage;
use market::catalog::{ListingContent, ListingState, Price};
use market::catalog::{markdown, taxonomy};
use market::curation::review::{ListingReview, VendorFacts};
use market::money::grouped;

use super::decision::{self, Choice, Decision};
use super::frame;
use crate::context::Req;
use crate::form::Form;
use crate::i18n::{common, curation as w};
use crate::ui::{Tone, date, duration, notice};

/// The whole review; `next` is where a decision leads.
pub fn view(req: &Req, review: &ListingReview, form: &Form, next: String) -> AnyView {
    let lang = req.lang();
    let listing = &review.listing;
    let here = req.href(&format!("/desk/listings/{}", listing.id));
    let waits = (listing.state == ListingState::InReview)
        .then(|| {
            listing.submitted_at.map(|at| w::listing_waits(lang, &duration(lang, req.cx.now().since(at))))
        })
        .flatten();
    let reason = listing.state_reason.clone();
    view! {
        <p class="small mute"><span class="tag">{w::listing_state(lang, listing.state.code())}</span>" "{waits}</p>
        <h2 class="mt-1 mb-3"><a href=here.clone() lang=crate::ui::tongue(lang, listing.content.title(lang))>{listing.content.title(lang).to_owned()}</a></h2>
        {reason.map(|text| view! { <p class="small"><b>{w::listing_state_reason(lang)}</b>" "{text}</p> })}
        {pending(req, review)}
        {new_pictures(lang, review)}
        {pictures(lang, &review.images)}
        {content(lang, &listing.content)}
        {company(req, review)}
        {decide(req, review, form, here, next)}
        {frame::history(req, &review.history)}
    }
    .into_any()
}

fn pending(req: &Req, review: &ListingReview) -> Option<AnyView> {
    let lang = req.lang();
    let revision = review.pending.as_ref()?;
    let href = req.href(&format!("/desk/revisions/{}", revision.id));
    Some(view! { <div class="notice warn"><div><b>{w::listing_pending(lang)}</b>" "<a href=href>{w::listing_pending_open(lang)}</a></div></div> }.into_any())
}

fn new_pictures(lang: Lang, review: &ListingReview) -> Option<AnyView> {
    let listing = &review.listing;
    (listing.state == ListingState::Published && listing.pictures_changed_at.is_some())
        .then(|| notice(Tone::Warn, w::pictures_changed(lang)))
}

/// Its pictures, side by side.
pub fn pictures(lang: Lang, images: &[ListingImage]) -> AnyView {
    if images.is_empty() {
        return view! { <p class="small mute">{w::listing_no_images(lang)}</p> }.into_any();
    }
    let items = images
        .iter()
        .map(|image| {
            let alt = lang.pick(&image.alt_ko, &image.alt_en).to_owned();
            let (src, srcset) = (image.address(320), image.srcset());
            view! { <li><span class="pic"><img src=src srcset=srcset sizes="10rem" alt=alt width=image.width height=image.height loading="lazy" /></span></li> }
        })
        .collect::<Vec<_>>();
    view! { <ul class="thumbs" aria-label=w::listing_images(lang)>{items}</ul> }.into_any()
}

/// What it says, both languages.
pub fn content(lang: Lang, content: &ListingContent) -> AnyView {
    let rows = [
        (w::listing_category(lang), category(lang, &content.category)),
        (w::listing_price(lang), price(lang, content)),
        (
            w::listing_moq(lang),
            content.moq.map(|n| format!("{}{}", grouped(n), content.unit)).unwrap_or_default(),
        ),
        (
            w::listing_lead_time(lang),
            content.lead_time_days.map(|days| w::listing_days(lang, days)).unwrap_or_default(),
        ),
        (w::listing_origin(lang), content.origin.clone()),
        (w::listing_hs_code(lang), content.hs_code.clone()),
        (w::listing_part_number(lang), content.part_number.clone()),
        ("English", content.title_en.clone()),
    ];
    let rows = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <dt>{name}</dt><dd class="letter">{value}</dd> })
        .collect::<Vec<_>>();
    let specs = content
        .specs
        .iter()
        .map(|row| view! { <tr><th scope="row">{row.name(lang).to_owned()}</th><td>{row.value.clone()}<span class="u">{row.unit.clone()}</span></td></tr> })
        .collect::<Vec<_>>();
    let texts = [&content.description_ko, &content.description_en]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| view! { <div class="prose small mt-3" inner_html=markdown::to_html(text)></div> })
        .collect::<Vec<_>>();
    view! {
        <dl class="kv kv-wide mt-3">{rows}</dl>
        <table class="spec mt-4"><caption>{w::listing_specs(lang)}</caption><tbody>{specs}</tbody></table>
        {texts}
    }
    .into_any()
}

fn category(lang: Lang, code: &str) -> String {
    let mut names: Vec<&str> = taxonomy::ancestors(code).into_iter().map(|found| found.name(lang)).collect();
    let own = taxonomy::find(code).map_or(code, |found| found.name(lang));
    if names.last() != Some(&own) {
        names.push(own);
    }
    names.join(" › ")
}

fn price(lang: Lang, content: &ListingContent) -> String {
    match &content.price {
        Price::Public(money) => format!("{} {}/{}", money.amount(), money.currency.code(), content.unit),
        Price::Tiers(tiers) => tiers
            .iter()
            .map(|tier| {
                format!("{} {}", common::from_quantity(lang, &grouped(tier.from)), grouped(tier.minor))
            })
            .collect::<Vec<_>>()
            .join(" · "),
        Price::Negotiable => common::price_on_request(lang).to_owned(),
    }
}

/// Who offers it and how they stand.
pub fn company(req: &Req, review: &ListingReview) -> AnyView {
    let lang = req.lang();
    let vendor = &review.vendor;
    let href = req.href(&format!("/desk/vendors/{}", vendor.id));
    let live = (review.listing.state == ListingState::Published).then(|| {
        let href = req.href(&format!("/listings/{}", review.listing.slug));
        view! { <dt>{w::listing_live(lang)}</dt><dd><a href=href>{review.listing.content.title(lang).to_owned()}</a></dd> }
    });
    let warning = (!vendor.standing().is_good()).then(|| notice(Tone::Warn, w::conflict_vendor_state(lang)));
    view! {
        <dl class="kv mt-4 mb-4">
            <dt>{w::listing_vendor(lang)}</dt>
            <dd><a href=href>{lang.pick(&vendor.name_ko, &vendor.name_en).to_owned()}</a><br /><span class="small mute">{standing(lang, &review.facts)}</span></dd>
            {live}
        </dl>
        {warning}
    }
    .into_any()
}

fn standing(lang: Lang, facts: &VendorFacts) -> String {
    let since = facts.approved_at.map_or_else(
        || w::vendor_facts_new(lang).to_owned(),
        |at| w::vendor_facts_since(lang, &date(lang, at)),
    );
    let rate = match (facts.asked, facts.answered_in_time) {
        (Some(asked), Some(in_time)) if asked > 0 => w::vendor_facts_rate(lang, in_time * 100 / asked),
        _ => w::vendor_facts_no_rate(lang).to_owned(),
    };
    format!("{since} · {rate} · {}", w::vendor_facts(lang, facts.published))
}

fn decide(req: &Req, review: &ListingReview, form: &Form, action: String, next: String) -> AnyView {
    let lang = req.lang();
    let object = Object::Vendor { vendor_id: review.vendor.id, chapter_id: review.vendor.chapter_id };
    if let Some(own) = decision::own_company(req, review.vendor.id) {
        return own;
    }
    let choices = match review.listing.state {
        ListingState::InReview => {
            vec![Choice::main("approve", w::approve(lang)), Choice::other("return", w::return_(lang))]
        }
        ListingState::Published if review.listing.pictures_changed_at.is_some() => {
            let mut choices = vec![Choice::main("approve", w::pictures_seen(lang))];
            if can(req.actor(), Verb::HideListing, object) {
                choices.push(Choice::danger("hide", w::hide(lang)));
            }
            choices
        }
        ListingState::Published if can(req.actor(), Verb::HideListing, object) => {
            vec![Choice::danger("hide", w::hide(lang))]
        }
        ListingState::Hidden if can(req.actor(), Verb::HideListing, object) => {
            vec![Choice::main("unhide", w::unhide(lang))]
        }
        _ => Vec::new(),
    };
    decision::form(
        req,
        form,
        Decision {
            action,
            next,
            reasons: &w::LISTING_REASONS,
            choices,
            version: Some(review.listing.seen_as()),
        },
    )
}
