//! Who answers for a product: the identity the law asks for, and the intermediary's notice.

use leptos::prelude::*;
use market::catalog::browse::{ListingPage, SupplierIdentity};
use market::slug::person_in_latin;
use market::{Lang, regions};

use crate::context::Req;
use crate::i18n::listing as l;

/// The block beside a listing.
pub fn section(req: &Req, listing: &ListingPage) -> AnyView {
    let lang = req.lang();
    let href = req.href(&format!("/vendors/{}", listing.supplier.slug));
    view! {
        <section id="vendor" aria-labelledby="vendor-t"><h2 id="vendor-t" class="t-l mb-2">{l::supplier(lang)}</h2>
            <dl class="kv">{identity(req, &listing.supplier)}<dt>{l::products(lang)}</dt><dd><a href=href>{l::all_of_vendor(lang)}</a></dd></dl>
            <p class="small mute mt-3">{l::legal_notice(lang)}</p>
        </section>
    }
    .into_any()
}

/// Terms and values for a `dl`.
pub fn identity(req: &Req, supplier: &SupplierIdentity) -> AnyView {
    let lang = req.lang();
    let email = supplier.email.clone();
    let shown = supplier.record.shown(req.cx.settings().stats_min_threads);
    let answers = shown.map(|_| {
        let text = l::answers_text(lang, supplier.record.asked, supplier.record.answered_in_time);
        view! { <dt>{l::answers(lang)}</dt><dd>{text}</dd> }
    });
    view! {
        <dt>{l::company(lang)}</dt><dd>{names(lang, supplier)}</dd>
        <dt>{l::representative(lang)}</dt><dd>{person(lang, &supplier.representative)}</dd>
        <dt>{l::business_number(lang)}</dt><dd>{written(&supplier.business_number)}" "{standing(lang, supplier.trading)}</dd>
        <dt>{l::address(lang)}</dt><dd>{address(lang, &supplier.address)}</dd>
        <dt>{l::contact(lang)}</dt><dd>{supplier.phone.clone()}" · "<span class="whole">{email}</span></dd>
        {answers}
    }
    .into_any()
}

/// In English both names: the Korean one is the legal one.
fn names(lang: Lang, supplier: &SupplierIdentity) -> String {
    match lang {
        Lang::En if !supplier.name_en.is_empty() => format!("{} ({})", supplier.name_en, supplier.name_ko),
        _ => supplier.name_ko.clone(),
    }
}

/// In English the name as it is registered, and how to read it.
pub(crate) fn person(lang: Lang, name: &str) -> String {
    match person_in_latin(name).filter(|_| lang == Lang::En) {
        Some(latin) => format!("{latin} ({name})"),
        None => name.to_owned(),
    }
}

/// In English the district and province by their own names before the address that letters bear.
pub(crate) fn address(lang: Lang, address: &str) -> String {
    let province = regions::normalise(address).filter(|_| lang == Lang::En);
    let Some(province) = province else { return address.to_owned() };
    let district =
        regions::district_of(address).map(|district| format!("{}, ", district.name_en)).unwrap_or_default();
    format!("{district}{} ({address})", province.name_en)
}

fn standing(lang: Lang, trading: Option<bool>) -> Option<AnyView> {
    trading.map(|trading| {
        let (class, word) =
            if trading { ("tag tag-ok", l::trading(lang)) } else { ("tag tag-warn", l::not_trading(lang)) };
        view! { <span class=class>{word}</span> }.into_any()
    })
}

/// Ten digits as papers write them.
pub(crate) fn written(number: &str) -> String {
    match (number.get(..3), number.get(3..5), number.get(5..)) {
        (Some(first), Some(second), Some(third)) => format!("{first}-{second}-{third}"),
        _ => number.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_readers_can_read_who_and_where() {
        assert_eq!(person(Lang::En, "임은채"), "Im Eunchae (임은채)");
        assert_eq!(person(Lang::Ko, "임은채"), "임은채");
        assert_eq!(person(Lang::En, "Hong Gildong"), "Hong Gildong");
        let street = "경기도 군포시 산본로 1";
        let english = address(Lang::En, street);
        assert!(english.contains("Gunpo-si, Gyeonggi") && english.contains(street), "{english}");
        assert_eq!(address(Lang::Ko, street), street);
        assert_eq!(address(Lang::En, "12 Main Street"), "12 Main Street");
    }
}
