//! Prices, quantities and units as people read them.

use leptos::prelude::*;
use market::catalog::Price;
use market::money::grouped;
use market::{Currency, Lang, Money};

use crate::i18n::common as w;
use crate::i18n::search as s;

/// Units as English names them; an unknown unit stays as written.
const UNITS: [(&str, &str); 27] = [
    ("개", "pc"),
    ("EA", "pc"),
    ("ea", "pc"),
    ("pcs", "pc"),
    ("본", "pc"),
    ("장", "sheet"),
    ("매", "sheet"),
    ("대", "unit"),
    ("세트", "set"),
    ("조", "set"),
    ("롤", "roll"),
    ("박스", "box"),
    ("상자", "box"),
    ("봉", "bag"),
    ("포", "bag"),
    ("포대", "bag"),
    ("통", "can"),
    ("병", "bottle"),
    ("쌍", "pair"),
    ("켤레", "pair"),
    ("벌", "set"),
    ("식", "lot"),
    ("건", "job"),
    ("묶음", "bundle"),
    ("팩", "pack"),
    ("시간", "hour"),
    ("톤", "t"),
];

/// A unit in a language.
pub fn unit(lang: Lang, unit: &str) -> &str {
    if lang == Lang::Ko {
        return unit;
    }
    UNITS.iter().find(|(ko, _)| *ko == unit).map_or(unit, |(_, en)| en)
}

/// A number of units: `1,000개`, `1,000 pcs`.
pub fn quantity(lang: Lang, count: i64, of: &str) -> String {
    let name = match unit(lang, of) {
        name if lang == Lang::En && count != 1 && of != name => several(name),
        name => name.to_owned(),
    };
    let blank = if name.is_ascii() && !name.is_empty() { " " } else { "" };
    format!("{}{blank}{name}", grouped(count))
}

/// The plural of a unit that English has a word for; symbols stay.
fn several(name: &str) -> String {
    match name {
        "t" => name.to_owned(),
        "box" => "boxes".to_owned(),
        word => format!("{word}s"),
    }
}

/// What stands behind an amount: `원/개`, `USD/pc`.
pub fn per(lang: Lang, currency: Currency, of: &str) -> String {
    let name = unit(lang, of);
    match (currency, name.is_empty()) {
        (Currency::Krw, true) => w::won(lang).to_owned(),
        (Currency::Krw, false) => w::per_unit(lang, name),
        (other, true) => other.code().to_owned(),
        (other, false) => format!("{}/{name}", other.code()),
    }
}

/// The same behind figures of a size of their own: words in Latin letters stand a narrow step away, on the same line.
fn behind(lang: Lang, currency: Currency, of: &str) -> String {
    let per = per(lang, currency, of);
    let blank = if per.starts_with(|c: char| c.is_ascii()) { "\u{202f}" } else { "" };
    format!("{blank}{per}")
}

/// An amount with what stands behind it: `96원/개`, `0.0825 USD/개`, `96 KRW/pc`.
pub fn amount(lang: Lang, figures: &str, currency: Currency, of: &str) -> String {
    let per = per(lang, currency, of);
    let blank = if per.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
    format!("{figures}{blank}{per}")
}

/// The price of a row or card: the number first, then the quantity from which it holds.
pub fn price(lang: Lang, stated: &Price, of: &str, moq: Option<i64>) -> AnyView {
    let (money, from) = match stated {
        Price::Public(money) => (*money, moq),
        Price::Tiers(tiers) => match tiers.first() {
            Some(tier) => (Money::won(tier.minor), Some(tier.from)),
            None => return on_request(lang),
        },
        Price::Negotiable => return on_request(lang),
    };
    let from = from
        .filter(|from| *from > 1)
        .map(|from| view! { <small>{w::from_quantity(lang, &quantity(lang, from, of))}</small> });
    view! { <div class="price"><b>{money.amount()}</b><span class="u">{behind(lang, money.currency, of)}</span>{from}</div> }.into_any()
}

/// The price in a table that tells the smallest order beside it: what holds from there on needs no second line.
pub fn price_cell(lang: Lang, stated: &Price, of: &str) -> AnyView {
    match stated {
        Price::Negotiable => {
            view! { <div class="price"><span class="ask">{w::price_on_request(lang)}</span></div> }.into_any()
        }
        Price::Public(_) | Price::Tiers(_) => price(lang, stated, of, None),
    }
}

fn on_request(lang: Lang) -> AnyView {
    view! { <div class="price"><span class="ask">{w::price_on_request(lang)}</span><small>{s::quoted_after_asking(lang)}</small></div> }.into_any()
}

/// The price of the listing's own page, with a table where it depends on the quantity.
pub fn price_block(lang: Lang, stated: &Price, of: &str, checked: &str) -> AnyView {
    let lead = match stated {
        Price::Negotiable => {
            return view! { <div class="price price-big"><span class="ask">{w::price_on_request(lang)}</span><small>{s::quoted_after_asking(lang)}</small></div> }.into_any();
        }
        Price::Public(money) => (*money, String::new()),
        Price::Tiers(tiers) => match tiers.first() {
            Some(tier) => (
                Money::won(tier.minor),
                format!("{} · ", w::from_quantity(lang, &quantity(lang, tier.from, of))),
            ),
            None => return on_request(lang),
        },
    };
    let note = format!("{}{} · {}", lead.1, s::vat_apart(lang), s::price_checked(lang, checked));
    let tiers = if let Price::Tiers(tiers) = stated { tier_table(lang, tiers, of) } else { None };
    view! {
        <div class="price price-big"><b>{lead.0.amount()}</b><span class="u">{behind(lang, lead.0.currency, of)}</span><small>{note}</small></div>
        {tiers}
    }
    .into_any()
}

fn tier_table(lang: Lang, tiers: &[market::catalog::Tier], of: &str) -> Option<AnyView> {
    if tiers.len() < 2 {
        return None;
    }
    let rows = tiers
        .iter()
        .enumerate()
        .map(|(at, tier)| {
            let until = tiers.get(at + 1).map(|next| next.from - 1);
            let range = match until {
                Some(until) => format!("{} – {}", grouped(tier.from), quantity(lang, until, of)),
                None => w::from_quantity(lang, &quantity(lang, tier.from, of)),
            };
            view! { <tr><th scope="row">{range}</th><td class="num"><b>{grouped(tier.minor)}</b><span class="u">{behind(lang, Currency::Krw, "")}</span></td></tr> }
        })
        .collect::<Vec<_>>();
    let view = view! {
        <table class="spec tiers">
            <caption class="vh">{s::tiers_caption(lang)}</caption>
            <thead><tr><th scope="col">{s::quantity(lang)}</th><th scope="col" class="num">{s::each(lang, unit(lang, of))}</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    };
    Some(view.into_any())
}

/// A count with thousands separators.
pub fn number(count: impl Into<i64>) -> String {
    grouped(count.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_translated() {
        assert_eq!(quantity(Lang::Ko, 1000, "개"), "1,000개");
        assert_eq!(quantity(Lang::En, 1000, "개"), "1,000 pcs");
        assert_eq!(quantity(Lang::En, 1, "대"), "1 unit");
        assert_eq!(quantity(Lang::En, 5, "박스"), "5 boxes");
        assert_eq!(quantity(Lang::En, 5, "톤"), "5 t");
        assert_eq!(quantity(Lang::En, 5, "m"), "5 m");
        assert_eq!(quantity(Lang::Ko, 5, "kg"), "5 kg");
        assert_eq!(unit(Lang::En, "꾸러미"), "꾸러미");
        assert_eq!(amount(Lang::Ko, "96", Currency::Krw, "개"), "96원/개");
        assert_eq!(amount(Lang::Ko, "192,000", Currency::Krw, ""), "192,000원");
        assert_eq!(amount(Lang::Ko, "0.0825", Currency::Usd, "개"), "0.0825 USD/개");
        assert_eq!(amount(Lang::En, "96", Currency::Krw, "개"), "96 KRW/pc");
        assert_eq!(behind(Lang::En, Currency::Krw, "개"), "\u{202f}KRW/pc");
        assert_eq!(behind(Lang::Ko, Currency::Usd, "개"), "\u{202f}USD/개");
        assert_eq!(behind(Lang::Ko, Currency::Krw, "개"), "원/개");
    }
}
