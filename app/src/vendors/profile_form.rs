//! The fields of a company's profile, shared by the application and the later edit.

use leptos::prelude::*;
use market::vendors::model::{Vendor, VendorDraft};
use market::vendors::rules::{INTRO_MAX, certificates_as_text};
use market::vendors::store::Chapter;
use market::{Lang, regions};

use crate::form::{Form, Submitted};
use crate::i18n::vendors as w;
use crate::ui::{Field, select};

/// Names of the fields, in the order of the form.
pub const FIELDS: [&str; 15] = [
    "business_number",
    "name_ko",
    "name_en",
    "representative",
    "founded_year",
    "employees",
    "region",
    "address",
    "phone",
    "email",
    "website",
    "intro_ko",
    "intro_en",
    "chapter",
    "certificates",
];

/// What was typed.
pub fn draft(form: &Submitted) -> VendorDraft {
    VendorDraft {
        business_number: form.text("business_number"),
        name_ko: form.text("name_ko"),
        name_en: form.text("name_en"),
        representative: form.text("representative"),
        region: form.text("region"),
        address: form.text("address"),
        phone: form.text("phone"),
        email: form.text("email"),
        website: form.text("website"),
        intro_ko: form.text("intro_ko"),
        intro_en: form.text("intro_en"),
        founded_year: form.text("founded_year"),
        employees: form.text("employees"),
        chapter: form.text("chapter"),
        certificates: form.text("certificates"),
    }
}

/// What is stored, as the form shows it: with what still waits for a curator.
pub fn values(vendor: &Vendor) -> Vec<(String, String)> {
    let p = vendor.wanted();
    let number = |value: Option<i64>| value.map(|n| n.to_string()).unwrap_or_default();
    let pairs = [
        ("version", vendor.version.to_string()),
        ("business_number", p.business_number.hyphenated()),
        ("name_ko", p.name_ko.clone()),
        ("name_en", p.name_en.clone()),
        ("representative", p.representative.clone()),
        ("region", p.region.clone()),
        ("address", p.address.clone()),
        ("phone", p.phone.clone()),
        ("email", p.email.clone()),
        ("website", p.website.clone().unwrap_or_default()),
        ("intro_ko", p.intro_ko.clone()),
        ("intro_en", p.intro_en.clone()),
        ("founded_year", number(p.founded_year)),
        ("employees", number(p.employees)),
        ("chapter", p.chapter_id.map(|id| id.to_string()).unwrap_or_default()),
        ("certificates", certificates_as_text(&p.certificates)),
    ];
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// Every field, in sections.
pub fn fields(lang: Lang, form: &Form, chapters: &[Chapter], number_fixed: bool) -> AnyView {
    view! {
        <input type="hidden" name="version" value=form.value("version").to_owned() />
        {section(w::section_company(lang), company(lang, form, number_fixed))}
        {section(w::section_contact(lang), contact(lang, form))}
        {section(w::section_about(lang), about(lang, form))}
        {section(w::section_trust(lang), trust(lang, form, chapters))}
    }
    .into_any()
}

fn section(title: &'static str, content: AnyView) -> AnyView {
    view! { <section class="sec"><div class="sec-head"><h2 class="t-l">{title}</h2></div>{content}</section> }
        .into_any()
}

fn company(lang: Lang, form: &Form, number_fixed: bool) -> AnyView {
    let number = if number_fixed {
        view! {
            <input type="hidden" name="business_number" value=form.value("business_number").to_owned() />
            <dl class="kv"><dt>{w::f_business_number(lang)}</dt><dd>{form.value("business_number").to_owned()}<br /><span class="small mute">{w::f_business_number_fixed(lang)}</span></dd></dl>
        }
        .into_any()
    } else {
        Field::text("business_number", w::f_business_number(lang))
            .hint(w::f_business_number_hint(lang))
            .view(lang, form)
    };
    view! {
        {number}
        {Field::text("name_ko", w::f_name_ko(lang)).view(lang, form)}
        {Field::text("name_en", w::f_name_en(lang)).hint(w::f_name_en_hint(lang)).optional().view(lang, form)}
        {Field::text("representative", w::f_representative(lang)).view(lang, form)}
        <div class="pair">
            {Field::number("founded_year", w::f_founded_year(lang)).optional().view(lang, form)}
            {Field::number("employees", w::f_employees(lang)).unit(w::f_people_unit(lang)).optional().view(lang, form)}
        </div>
    }
    .into_any()
}

fn contact(lang: Lang, form: &Form) -> AnyView {
    let mut options = vec![(String::new(), w::f_region_choose(lang).to_owned())];
    options.extend(
        regions::all()
            .iter()
            .map(|sido| (sido.code.to_owned(), lang.pick(sido.name_ko, sido.name_en).to_owned())),
    );
    view! {
        {select(lang, form, "region", w::f_region(lang), options)}
        {Field::text("address", w::f_address(lang)).view(lang, form)}
        {Field::tel("phone", w::f_phone(lang)).view(lang, form)}
        {Field::email("email", w::f_email(lang)).view(lang, form)}
        {Field::text("website", w::f_website(lang)).hint(w::f_website_hint(lang)).optional().view(lang, form)}
    }
    .into_any()
}

fn about(lang: Lang, form: &Form) -> AnyView {
    view! {
        {Field::area("intro_ko", w::f_intro_ko(lang), 6).hint(w::f_intro_ko_hint(lang)).max(INTRO_MAX).view(lang, form)}
        {Field::area("intro_en", w::f_intro_en(lang), 6).max(INTRO_MAX).optional().view(lang, form)}
    }
    .into_any()
}

fn trust(lang: Lang, form: &Form, chapters: &[Chapter]) -> AnyView {
    let mut options = vec![(String::new(), w::f_chapter_none(lang).to_owned())];
    options.extend(
        chapters.iter().map(|chapter| {
            (chapter.id.to_string(), lang.pick(&chapter.name_ko, &chapter.name_en).to_owned())
        }),
    );
    view! {
        {select(lang, form, "chapter", w::f_chapter(lang), options)}
        {Field::area("certificates", w::f_certificates(lang), 5).hint(w::f_certificates_hint(lang)).optional().view(lang, form)}
    }
    .into_any()
}
