//! A quote as people read it: figures in a thread, the difference between versions.

use leptos::prelude::*;
use market::inquiries::quote::{Quote, QuoteLine};
use market::inquiries::store::Message;
use market::zones::Zone;
use market::{Lang, Timestamp};

use crate::i18n::{inquiries as w, quotes as q};
use crate::ui;

/// Quantity and unit: `2,000개`, `2,000 pc`.
pub fn counted(lang: Lang, line: &QuoteLine) -> Option<String> {
    line.quantity.map(|quantity| ui::quantity(lang, quantity, &line.unit))
}

/// Terms of delivery with their place.
pub fn delivery(quote: &Quote) -> String {
    match quote.incoterm {
        Some(term) => format!("{} {}", term.code(), quote.place).trim().to_owned(),
        None => quote.place.clone(),
    }
}

/// Every statement of a quote by its name: what is shown, compared and set against the version before.
pub fn statements(lang: Lang, zone: &Zone, quote: &Quote) -> Vec<(String, String)> {
    let mut all = Vec::new();
    let currency = quote.currency;
    for (number, line) in (1..).zip(&quote.lines) {
        let prefix =
            if quote.lines.len() > 1 { format!("{}: ", q::line_title(lang, number)) } else { String::new() };
        let mut put = |name: &str, value: String| {
            if !value.is_empty() {
                all.push((format!("{prefix}{name}"), value));
            }
        };
        put(q::field_item(lang), line.item.clone());
        put(q::unit_price(lang), ui::amount(lang, &line.price.amount(currency), currency, &line.unit));
        put(q::field_breaks(lang), breaks(lang, quote, line));
        put(q::quantity(lang), counted(lang, line).unwrap_or_default());
    }
    let mut put = |name: &str, value: String| {
        if !value.is_empty() {
            all.push((name.to_owned(), value));
        }
    };
    let total = quote.total().map(|total| ui::amount(lang, &total.amount(), currency, ""));
    put(q::total(lang, quote.vat), total.unwrap_or_default());
    put(w::quote_vat(lang), q::vat(lang, quote.vat).to_owned());
    put(w::quote_lead_fact(lang), w::quote_lead_days(lang, quote.lead_time_days));
    put(w::quote_valid_fact(lang), ui::last_day(lang, zone, quote.valid_until));
    put(q::delivery(lang), delivery(quote));
    put(q::payment(lang), quote.payment.clone());
    put(q::sample(lang), quote.sample.clone());
    all
}

fn breaks(lang: Lang, quote: &Quote, line: &QuoteLine) -> String {
    let steps: Vec<String> = line
        .breaks
        .iter()
        .map(|step| {
            let price = ui::amount(lang, &step.price.amount(quote.currency), quote.currency, "");
            q::from(lang, &ui::quantity(lang, step.from, &line.unit), &price)
        })
        .collect();
    steps.join(", ")
}

/// The figures of a quote in a thread.
pub fn facts(lang: Lang, zone: &Zone, quote: &Quote, now: Timestamp) -> AnyView {
    let price = match quote.lines.as_slice() {
        [line] => {
            let per = ui::per(lang, quote.currency, &line.unit);
            Some(
                view! { <div class="price"><b>{line.unit_price().amount(quote.currency)}</b><span class="u">{format!(" {per}")}</span><small>{format!("{} {}", w::quote_vat(lang), q::vat(lang, quote.vat))}</small></div> },
            )
        }
        _ => None,
    };
    let over = (!quote.holds(now))
        .then(|| view! { <p><span class="tag tag-danger">{w::quote_over(lang)}</span></p> });
    // of a single line they stand above, large
    let said = if price.is_some() { [q::unit_price(lang), w::quote_vat(lang)] } else { [""; 2] };
    let rows = statements(lang, zone, quote)
        .into_iter()
        .filter(|(name, _)| !said.contains(&name.as_str()))
        .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
        .collect::<Vec<_>>();
    view! {
        <p class="small mute">{w::quote_version(lang, quote.version)}</p>
        {over}{price}
        <dl class="kv mt-2">{rows}</dl>
    }
    .into_any()
}

/// What the newest version says otherwise than the one before, of quotes with the newest first; the buyer reads it before accepting.
pub fn difference(lang: Lang, zone: &Zone, quotes: &[Message]) -> Option<AnyView> {
    let table = changed_table(lang, zone, quotes)?;
    Some(view! { <section class="sec"><h2>{q::changed_title(lang)}</h2>{table}</section> }.into_any())
}

/// The same within the message that brought the newest version.
pub fn changes(lang: Lang, zone: &Zone, quotes: &[Message]) -> Option<AnyView> {
    let table = changed_table(lang, zone, quotes)?;
    Some(view! { <p class="mt-4"><b>{q::changed_title(lang)}</b></p>{table} }.into_any())
}

fn changed_table(lang: Lang, zone: &Zone, quotes: &[Message]) -> Option<AnyView> {
    let mut quotes = quotes.iter().filter_map(|message| Some((message, message.quote.as_ref()?)));
    let (new, old) = (quotes.next()?, quotes.next()?);
    let said = |(message, quote): (&Message, &Quote)| {
        let note = (!message.body.is_empty()).then(|| (w::quote_note(lang).to_owned(), message.body.clone()));
        let mut all = statements(lang, zone, quote);
        all.extend(note);
        all
    };
    let rows = changed(&said(old), &said(new))
        .into_iter()
        .map(|(name, before, after)| {
            let none = || q::changed_none(lang).to_owned();
            let (before, after) = (before.unwrap_or_else(none), after.unwrap_or_else(none));
            view! { <tr><th scope="row">{name}</th><td><del>{before}</del></td><td><ins>{after}</ins></td></tr> }
        })
        .collect::<Vec<_>>();
    if rows.is_empty() {
        return None;
    }
    let view = view! {
        <table class="spec mt-3"><caption class="vh">{q::changed_title(lang)}</caption><thead><tr><th scope="col">{q::changed_what(lang)}</th><th scope="col">{q::changed_before(lang)}</th><th scope="col">{q::changed_after(lang)}</th></tr></thead><tbody>{rows}</tbody></table>
    };
    Some(view.into_any())
}

type Change = (String, Option<String>, Option<String>);

fn changed(old: &[(String, String)], new: &[(String, String)]) -> Vec<Change> {
    let find = |all: &[(String, String)], name: &str| {
        all.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    };
    let gone = old.iter().filter(|(name, _)| find(new, name).is_none());
    let kept = new.iter().filter(|(name, value)| find(old, name).as_ref() != Some(value));
    kept.map(|(name, value)| (name.clone(), find(old, name), Some(value.clone())))
        .chain(gone.map(|(name, value)| (name.clone(), Some(value.clone()), None)))
        .collect()
}
