//! A company as its reviewer sees it.

use leptos::prelude::*;
use market::accounts::access::{Object, Verb, can};
use market::curation::review::VendorReview;
use market::vendors::model::{Identity, RegistryState, VendorState};
use market::vendors::rules::certificates_as_text;
use market::{Lang, regions};

use super::decision::{self, Choice, Decision};
use super::frame;
use crate::context::Req;
use crate::form::Form;
use crate::i18n::{curation as w, vendors};
use crate::ui::{Tone, date_time, notice};

/// The whole review; `next` is where a decision leads.
pub fn view(req: &Req, review: &VendorReview, form: &Form, next: String) -> AnyView {
    let lang = req.lang();
    let vendor = &review.vendor;
    let name = vendor.profile.name_ko.clone();
    let english = vendor.profile.name_en.clone();
    let action = req.href(&format!("/desk/vendors/{}", vendor.id));
    view! {
        <p class="small mute"><span class="tag">{vendors::state(lang, vendor.state)}</span>" "{submitted(lang, review)}</p>
        <h2 class="mt-1 mb-3"><a href=action.clone()>{name}</a></h2>
        {(!english.is_empty()).then(|| view! { <p class="mute">{english}</p> })}
        {(vendor.registry == RegistryState::Closed).then(|| notice(Tone::Bad, vendors::registry(lang, vendor.registry)))}
        {facts(req, review)}
        <h3 class="t-m mt-5">{w::vendor_company(lang)}</h3>
        <p class="letter">{vendor.profile.intro_ko.clone()}</p>
        <p class="letter mute" lang="en">{vendor.profile.intro_en.clone()}</p>
        {certificates(lang, review)}
        {people(lang, review)}
        {wanted(lang, review)}
        {decide(req, review, form, action, next)}
        {frame::history(req, &review.history)}
    }
    .into_any()
}

fn submitted(lang: Lang, review: &VendorReview) -> String {
    review
        .vendor
        .submitted_at
        .map(|at| format!("{} {}", w::vendor_submitted(lang), date_time(lang, at)))
        .unwrap_or_default()
}

fn facts(req: &Req, review: &VendorReview) -> AnyView {
    let lang = req.lang();
    let (vendor, p) = (&review.vendor, &review.vendor.profile);
    let region = regions::find(&p.region).map_or("", |sido| lang.pick(sido.name_ko, sido.name_en));
    let checked = vendor
        .registry_checked_at
        .map(|at| format!(" · {}", w::vendor_registry_at(lang, &date_time(lang, at))))
        .unwrap_or_default();
    let chapter = review
        .chapter
        .as_ref()
        .map_or_else(|| w::vendor_chapter_none(lang).to_owned(), |(ko, en)| lang.pick(ko, en).to_owned());
    let number = |value: Option<i64>, unit: &str| value.map(|n| format!("{n}{unit}")).unwrap_or_default();
    let rows = [
        (w::vendor_number(lang), p.business_number.hyphenated()),
        (w::vendor_registry(lang), format!("{}{checked}", vendors::registry(lang, vendor.registry))),
        (vendors::f_representative(lang), p.representative.clone()),
        (vendors::f_region(lang), region.to_owned()),
        (vendors::f_address(lang), p.address.clone()),
        (vendors::f_phone(lang), p.phone.clone()),
        (vendors::f_email(lang), p.email.clone()),
        (vendors::f_website(lang), p.website.clone().unwrap_or_default()),
        (vendors::f_founded_year(lang), number(p.founded_year, vendors::f_year_unit(lang))),
        (vendors::f_employees(lang), number(p.employees, "")),
        (w::vendor_chapter(lang), chapter),
        (w::vendor_approved(lang), vendor.approved_at.map(|at| date_time(lang, at)).unwrap_or_default()),
        (w::vendor_state_reason(lang), vendor.state_reason.clone().unwrap_or_default()),
    ];
    let rows = rows
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <dt>{name}</dt><dd class="long">{value}</dd> })
        .collect::<Vec<_>>();
    let page = (vendor.state == VendorState::Approved).then(|| {
        let href = req.href(&format!("/vendors/{}", vendor.slug));
        view! { <p><a href=href>{w::vendor_page(lang)}</a></p> }
    });
    view! { <dl class="kv kv-wide">{rows}</dl>{page} }.into_any()
}

fn certificates(lang: Lang, review: &VendorReview) -> Option<AnyView> {
    let certificates = &review.vendor.profile.certificates;
    if certificates.is_empty() {
        return None;
    }
    let rows = certificates
        .iter()
        .map(|c| {
            let until = c
                .valid_until
                .as_deref()
                .map(|day| w::vendor_certificate_until(lang, day))
                .unwrap_or_default();
            let parts = [c.issuer.clone(), c.number.clone(), until];
            let detail = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
            view! { <li>{c.name.clone()}<br /><span class="small mute">{detail}</span></li> }
        })
        .collect::<Vec<_>>();
    Some(
        view! { <h3 class="t-m mt-5">{w::vendor_certificates(lang)}</h3><ul class="lines plain">{rows}</ul> }
            .into_any(),
    )
}

/// What an approved company wants to be shown as, beside what is shown.
fn wanted(lang: Lang, review: &VendorReview) -> Option<AnyView> {
    let staged = review.vendor.staged.as_ref()?;
    let live = Identity::of(&review.vendor.profile);
    let words = |identity: &Identity| {
        let region = regions::find(&identity.region).map_or("", |sido| lang.pick(sido.name_ko, sido.name_en));
        let chapter = review.chapters.iter().find(|chapter| Some(chapter.id) == identity.chapter_id);
        let chapter = chapter.map_or_else(
            || vendors::f_chapter_none(lang).to_owned(),
            |chapter| lang.pick(&chapter.name_ko, &chapter.name_en).to_owned(),
        );
        [
            (vendors::f_name_ko(lang), identity.name_ko.clone()),
            (vendors::f_name_en(lang), identity.name_en.clone()),
            (vendors::f_representative(lang), identity.representative.clone()),
            (vendors::f_region(lang), region.to_owned()),
            (vendors::f_address(lang), identity.address.clone()),
            (vendors::f_chapter(lang), chapter),
            (vendors::f_certificates(lang), certificates_as_text(&identity.certificates)),
        ]
    };
    let rows = words(&live)
        .into_iter()
        .zip(words(&staged.identity))
        .filter(|((_, was), (_, wanted))| was != wanted)
        .map(|((name, was), (_, wanted))| view! { <tr><th scope="row">{name}</th><td class="letter">{was}</td><td class="letter">{wanted}</td></tr> })
        .collect::<Vec<_>>();
    Some(
        view! {
            <h3 class="t-m mt-5">{w::vendor_wanted(lang)}</h3>
            <p class="small mute">{date_time(lang, staged.at)}</p>
            <table class="spec diff">
                <caption class="vh">{w::vendor_wanted(lang)}</caption>
                <thead><tr><th scope="col">{vendors::stale_field(lang)}</th><th scope="col">{w::vendor_shown(lang)}</th><th scope="col">{w::vendor_wanted_column(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any(),
    )
}

fn people(lang: Lang, review: &VendorReview) -> AnyView {
    let rows = review
        .team
        .iter()
        .map(|member| view! { <li>{member.name.clone()}<br /><span class="small mute long">{member.email.clone()}" · "{vendors::role(lang, &member.role)}</span></li> })
        .collect::<Vec<_>>();
    view! { <h3 class="t-m mt-5">{w::vendor_team(lang)}</h3><ul class="lines plain">{rows}</ul> }.into_any()
}

fn decide(req: &Req, review: &VendorReview, form: &Form, action: String, next: String) -> AnyView {
    let lang = req.lang();
    let object = Object::Vendor { vendor_id: review.vendor.id, chapter_id: review.vendor.profile.chapter_id };
    let may = |verb| can(req.actor(), verb, object);
    let (choices, verb) = match review.vendor.state {
        VendorState::InReview => (
            vec![
                Choice::main("approve", w::approve(lang)),
                Choice::other("return", w::return_(lang)),
                Choice::danger("reject", w::reject(lang)),
            ],
            Verb::DecideVendor,
        ),
        VendorState::Approved if review.vendor.staged.is_some() => (
            vec![
                Choice::main("apply", w::apply_edit(lang)),
                Choice::other("decline", w::decline_edit(lang)),
                Choice::danger("suspend", w::suspend(lang)),
                Choice::danger("close", w::close(lang)),
            ],
            Verb::DecideVendor,
        ),
        VendorState::Approved => (
            vec![Choice::danger("suspend", w::suspend(lang)), Choice::danger("close", w::close(lang))],
            Verb::SuspendVendor,
        ),
        VendorState::Suspended => (
            vec![Choice::main("lift", w::lift(lang)), Choice::danger("close", w::close(lang))],
            Verb::SuspendVendor,
        ),
        _ => (Vec::new(), Verb::DecideVendor),
    };
    if !choices.is_empty() && !may(verb) {
        return decision::own_company(req, review.vendor.id)
            .unwrap_or_else(|| notice(Tone::Info, w::read_only_officer(lang)));
    }
    let closing = choices.iter().any(|choice| choice.code == "close");
    let warning = closing.then(|| view! { <p class="small mute">{w::confirm_close(lang)}</p> });
    view! {
        {decision::form(req, form, Decision { action, next, reasons: &w::VENDOR_REASONS, choices, version: Some(review.vendor.version) })}
        {warning}
    }
    .into_any()
}
