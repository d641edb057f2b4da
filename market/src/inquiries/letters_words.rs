//! Words of mails about inquiries that tell what somebody said: a quote in one line, reasons.

use super::model::DeclineReason;
use super::moments::last_day;
use super::quote::{Quote, Vat};
use crate::cx::Cx;
use crate::lang::Lang;
use crate::money::Currency;

/// A quote in one line.
pub(super) fn quote_words(cx: &Cx, lang: Lang, quote: &Quote) -> String {
    let price = match quote.lines.as_slice() {
        [line] => {
            let unit = if line.unit.is_empty() { String::new() } else { format!("/{}", line.unit) };
            format!("{}{unit}", money(lang, &line.unit_price().amount(quote.currency), quote.currency))
        }
        lines if lang == Lang::Ko => format!("{}개 품목", lines.len()),
        lines => format!("{} items", lines.len()),
    };
    let until = last_day(cx, lang, quote.valid_until);
    let total = quote.total().map(|total| money(lang, &total.amount(), quote.currency));
    let taxed = match (lang, quote.vat) {
        (Lang::Ko, Vat::Excluded) => "공급가액 합계",
        (Lang::Ko, Vat::Included) => "합계(부가세 포함)",
        (Lang::Ko, Vat::Zero) => "합계(영세율)",
        (Lang::En, Vat::Excluded) => "in all without VAT",
        (Lang::En, Vat::Included) => "in all with VAT",
        (Lang::En, Vat::Zero) => "in all, zero-rated",
    };
    match lang {
        Lang::Ko => {
            let total = total.map(|total| format!(" · {taxed} {total}")).unwrap_or_default();
            format!("{price}{total} · 납기 {}일 · {until}까지 유효", quote.lead_time_days)
        }
        Lang::En => {
            let total = total.map(|total| format!(", {total} {taxed}")).unwrap_or_default();
            format!(
                "{price}{total}, delivery in {}, valid until {until}",
                Lang::En.days(quote.lead_time_days)
            )
        }
    }
}

/// An amount as it is written: `96원`, `96 KRW`.
fn money(lang: Lang, figures: &str, currency: Currency) -> String {
    match (lang, currency) {
        (Lang::Ko, Currency::Krw) => format!("{figures}원"),
        _ => format!("{figures} {}", currency.code()),
    }
}

/// Why a vendor says no.
pub(super) const fn decline_words(lang: Lang, reason: DeclineReason) -> &'static str {
    let (ko, en) = match reason {
        DeclineReason::NotMade => ("만들지 않는 규격이에요.", "We do not make this specification."),
        DeclineReason::TooFew => ("최소 수량보다 적어요.", "The quantity is below our minimum."),
        DeclineReason::TooSoon => ("기한을 맞출 수 없어요.", "We cannot meet the date."),
        DeclineReason::NoCapacity => ("지금은 일이 밀려 있어요.", "We have no capacity now."),
        DeclineReason::NotDelivered => ("그곳까지 보낼 수 없어요.", "We do not deliver there."),
        DeclineReason::Other => ("다른 이유가 있어요.", "Another reason."),
    };
    if matches!(lang, Lang::Ko) { ko } else { en }
}
