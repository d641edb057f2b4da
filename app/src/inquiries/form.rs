//! The inquiry form: one block for the listing page and for the page of its own.

use leptos::prelude::*;
use market::Lang;
use market::accounts::consent::is_asked;
use market::inquiries::service::AskPage;

use crate::accounts::consent::{self, Receivers};
use crate::context::Req;
use crate::files::composer::Composer;
use crate::form::Form;
use crate::i18n::{countries, inquiries as w};
use crate::ui::{self, Field};

/// Name of the field that no person sees.
pub const TRAP: &str = "fax";
/// How many the example of a quantity asks for.
const EXAMPLE: i64 = 2_000;
/// Name in an address of the thread whose words are asked once more.
pub const AGAIN: &str = "again";
/// Name of the field with the thread that this inquiry replaces.
pub const INSTEAD_OF: &str = "instead_of";

/// What the form shows of its listing.
#[derive(Clone, Debug)]
pub struct AskFacts {
    /// Address of the listing.
    pub slug: String,
    /// Name of the vendor in the page's language.
    pub vendor: String,
    /// What is counted.
    pub unit: String,
    /// Smallest order.
    pub moq: Option<i64>,
}

impl AskFacts {
    /// From what the business knows of a listing.
    pub fn of(lang: Lang, page: &AskPage) -> Self {
        Self {
            slug: page.slug.clone(),
            vendor: lang.pick(&page.name_ko, &page.name_en).to_owned(),
            unit: page.unit.clone(),
            moq: page.moq,
        }
    }
}

/// The form as a block of the listing page, with its heading; `until` says when an answer is due.
pub fn inquiry_block(req: &Req, facts: &AskFacts, form: &Form, until: AnyView) -> AnyView {
    let lang = req.lang();
    view! {
        <section class="block" aria-labelledby="ask">
            <h2 id="ask">{w::ask_title(lang)}</h2>
            <p class="small mute mt-1 mb-4">{w::ask_free(lang)}</p>
            {inquiry_form(req, facts, (form, &Composer::fresh_of(req)), until)}
        </section>
    }
    .into_any()
}

/// The form alone.
pub fn inquiry_form(
    req: &Req,
    facts: &AskFacts,
    (form, composer): (&Form, &Composer),
    until: AnyView,
) -> AnyView {
    let lang = req.lang();
    let instead_of = form.value(INSTEAD_OF).to_owned();
    let content = view! {
        {until}
        {Field::text("quantity", w::field_quantity(lang)).optional().hint(quantity_hint(lang, facts)).view(lang, form)}
        {Field::area("body", w::field_body(lang), 5).hint(w::field_body_hint(lang)).max(req.cx.settings().message_max).view(lang, form)}
        {composer.view(req, form)}
        {req.person().is_none().then(|| guest_fields(lang, form))}
        {is_asked(req.person()).then(|| consent::to_vendors(lang, form, Receivers::One(&facts.vendor)))}
        {trap(lang)}
        {(!instead_of.is_empty()).then(|| view! { <input type="hidden" name=INSTEAD_OF value=instead_of /> })}
        <button class="btn btn-primary btn-wide mt-5">{w::ask_button(lang, &facts.vendor)}</button>
    };
    let action = req.href(&format!("/listings/{}/ask", facts.slug));
    ui::form_with_files(lang, form, &action, content.into_any())
}

/// What may be typed as the quantity.
fn quantity_hint(lang: Lang, facts: &AskFacts) -> String {
    let example = w::field_quantity_hint(lang, &example(lang, &facts.unit, facts.moq));
    match facts.moq.filter(|moq| *moq > 1) {
        Some(moq) => {
            format!("{} {example}", w::field_quantity_moq(lang, &ui::quantity(lang, moq, &facts.unit)))
        }
        None => example,
    }
}

/// A quantity as an example: in the words of the page, and never less than the smallest order.
pub(crate) fn example(lang: Lang, unit: &str, moq: Option<i64>) -> String {
    ui::quantity(lang, moq.map_or(EXAMPLE, |moq| moq.max(EXAMPLE)), unit)
}

pub(crate) fn guest_fields(lang: Lang, form: &Form) -> AnyView {
    let countries = (lang == Lang::En).then(|| {
        let none = [(String::new(), w::field_country_none(lang).to_owned())];
        let options = none.into_iter().chain(countries::choices(lang)).collect();
        ui::select(lang, form, "country", w::field_country(lang), options)
    });
    view! {
        {Field::email("email", w::field_email(lang)).hint(w::field_email_hint(lang)).view(lang, form)}
        {Field::text("name", w::field_name(lang)).autocomplete("name").view(lang, form)}
        {Field::text("company", w::field_company(lang)).autocomplete("organization").optional().view(lang, form)}
        {countries}
    }
    .into_any()
}

/// A field for programs only: out of sight, out of the tab order, never filled in by a browser.
pub(crate) fn trap(lang: Lang) -> AnyView {
    view! {
        <p class="vh" aria-hidden="true">
            <label for=TRAP>{w::trap_label(lang)}</label>
            <input id=TRAP name=TRAP type="text" tabindex="-1" autocomplete="off" />
        </p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_is_in_the_words_of_the_page_and_no_less_than_the_smallest_order() {
        let facts = |moq| AskFacts { slug: String::new(), vendor: String::new(), unit: "개".into(), moq };
        assert_eq!(
            quantity_hint(Lang::En, &facts(Some(200))),
            "The minimum order is 200 pcs. With the unit, for example 2,000 pcs"
        );
        assert_eq!(
            quantity_hint(Lang::Ko, &facts(Some(10_000))),
            "최소 10,000개부터예요. 단위까지 적어 주세요. 예: 10,000개"
        );
        assert!(quantity_hint(Lang::Ko, &facts(None)).ends_with("예: 2,000개"));
    }
}
