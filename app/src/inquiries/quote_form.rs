//! The form of a quote: four fields are enough; everything else folds away. Lines are added without script.

use leptos::prelude::*;
use market::inquiries::quote::{
    Incoterm, LineDraft, MOST_LINES, NOTE_MAX, Quote, QuoteDraft, USUAL_DAYS, Vat,
};
use market::inquiries::service::ThreadView;
use market::{Currency, Lang};

use crate::form::{Form, Submitted};
use crate::i18n::{inquiries as w, quotes as q};
use crate::ui::{self, Field, Tone};

/// Name of the button that adds a line.
pub const MORE: &str = "more";
/// Name of the hidden field with the number of lines.
const LINES: &str = "lines";
/// Name of the hidden field with the version of the quote that the form was made beside; 0 without one.
const REPLACES: &str = "replaces";
/// Fields of one line.
const OF_LINE: [&str; 5] = ["item", "price", "quantity", "unit", "breaks"];

fn name(field: &str, number: usize) -> String {
    if number == 1 { field.to_owned() } else { format!("{field}-{number}") }
}

fn count(sent: &Submitted) -> usize {
    sent.get(LINES).parse::<usize>().unwrap_or(1).clamp(1, MOST_LINES)
}

/// What was typed.
pub fn draft(sent: &Submitted) -> QuoteDraft {
    let line = |number: usize| LineDraft {
        item: sent.text(&name("item", number)),
        price: sent.text(&name("price", number)),
        quantity: sent.text(&name("quantity", number)),
        unit: sent.text(&name("unit", number)),
        breaks: sent.text(&name("breaks", number)),
    };
    QuoteDraft {
        line: line(1),
        more: (2..=count(sent)).map(line).collect(),
        currency: sent.text("currency"),
        vat: sent.text("vat"),
        lead_time_days: sent.text("lead_time_days"),
        valid_days: sent.text("valid_days"),
        incoterm: sent.text("incoterm"),
        place: sent.text("place"),
        payment: sent.text("payment"),
        sample: sent.text("sample"),
        note: sent.text("note"),
        replaces: Some(sent.get(REPLACES).parse().unwrap_or_default()),
    }
}

/// What was typed, with room for one more line.
pub fn one_more(sent: &Submitted) -> Vec<(String, String)> {
    let lines = (count(sent) + 1).min(MOST_LINES);
    let kept = sent.0.iter().filter(|(key, _)| key != LINES && key != MORE && key != crate::form::IDEM);
    kept.cloned().chain([(LINES.to_owned(), lines.to_string())]).collect()
}

/// The quote on the table when a form is made; 0 for none.
fn on_table(view: &ThreadView) -> i64 {
    view.quote.as_ref().map_or(0, |quote| quote.version)
}

/// Whether what was kept for later was typed beside an earlier quote than the one that lies on the table.
pub fn is_behind(kept: &[(String, String)], view: &ThreadView) -> bool {
    let seen = kept.iter().find(|(name, _)| name == REPLACES).and_then(|(_, seen)| seen.parse().ok());
    seen.unwrap_or(0) < on_table(view)
}

/// What was typed, now beside the quote that lies on the table.
pub fn beside(sent: &Submitted, view: &ThreadView) -> Submitted {
    let version = on_table(view);
    let kept = sent.0.iter().filter(|(key, _)| key != REPLACES).cloned();
    Submitted(kept.chain([(REPLACES.to_owned(), version.to_string())]).collect())
}

/// Values of a fresh form: the quote on the table when there is one, else what the buyer asked for.
pub fn values(view: &ThreadView) -> Vec<(String, String)> {
    let mut values = Vec::new();
    let mut put = |name: &str, value: String| values.push((name.to_owned(), value));
    put("valid_days", USUAL_DAYS.to_string());
    if let Some(quote) = &view.quote {
        put(REPLACES, quote.version.to_string());
        of_quote(quote, &mut put);
        put("note", view.quotes.first().map(|message| message.body.clone()).unwrap_or_default());
        return values;
    }
    let asked: Vec<(String, String)> = if view.lines.len() > 1 {
        view.lines.iter().map(|line| (line.title.clone(), line.quantity.clone())).collect()
    } else {
        vec![(String::new(), view.thread.quantity.clone())]
    };
    let currency = Currency::from_code(&view.around.price_currency).unwrap_or_default();
    values.extend(values_of_lines(currency, &asked));
    values
}

/// Values of a fresh form for what is asked for: item and quantity of each line, and the currency of the product. The language
/// of the page decides nothing: a Korean maker quotes in won, on whichever page.
pub fn values_of_lines(currency: Currency, asked: &[(String, String)]) -> Vec<(String, String)> {
    let mut values = Vec::new();
    let mut put = |name: &str, value: String| values.push((name.to_owned(), value));
    put("valid_days", USUAL_DAYS.to_string());
    put("currency", currency.code().to_owned());
    put("vat", Vat::Excluded.code().to_owned());
    put(LINES, asked.len().clamp(1, MOST_LINES).to_string());
    for (number, (item, quantity)) in (1..).zip(asked) {
        let (quantity, unit) = split_quantity(quantity);
        if asked.len() > 1 {
            put(&name("item", number), item.clone());
        }
        put(&name("quantity", number), quantity);
        put(&name("unit", number), unit);
    }
    values
}

fn of_quote(quote: &Quote, put: &mut impl FnMut(&str, String)) {
    put(LINES, quote.lines.len().to_string());
    for (number, line) in (1..).zip(&quote.lines) {
        let steps: Vec<String> = line
            .breaks
            .iter()
            .map(|step| format!("{}: {}", step.from, step.price.amount(quote.currency)))
            .collect();
        put(&name("item", number), line.item.clone());
        put(&name("price", number), line.price.amount(quote.currency));
        put(&name("quantity", number), line.quantity.map(|n| n.to_string()).unwrap_or_default());
        put(&name("unit", number), line.unit.clone());
        put(&name("breaks", number), steps.join("\n"));
    }
    put("currency", quote.currency.code().to_owned());
    put("vat", quote.vat.code().to_owned());
    put("lead_time_days", quote.lead_time_days.to_string());
    put("incoterm", quote.incoterm.map(|term| term.code().to_owned()).unwrap_or_default());
    put("place", quote.place.clone());
    put("payment", quote.payment.clone());
    put("sample", quote.sample.clone());
}

/// `2,000개` is 2000 and `개`; anything else stays out of the form.
fn split_quantity(text: &str) -> (String, String) {
    let digits: String = text.chars().take_while(|c| c.is_ascii_digit() || *c == ',').collect();
    let unit: String =
        text.chars().skip(digits.chars().count()).collect::<String>().trim().chars().take(20).collect();
    let short = !digits.is_empty() && !unit.contains(|c: char| c.is_ascii_digit());
    if short { (digits, unit) } else { (String::new(), String::new()) }
}

/// The fields; `newer` when a quote lies on the table already.
pub fn fields(lang: Lang, newer: bool, form: &Form) -> AnyView {
    let newer = newer.then(|| ui::notice(Tone::Info, w::quote_newer(lang)));
    let lines = count(&form.values);
    let several = lines > 1;
    let further = (2..=lines).map(|number| further_line(lang, number, form)).collect::<Vec<_>>();
    let first = if several { &form.within(q::line_title(lang, 1)) } else { form };
    let item = several.then(|| item_field(lang, 1, first));
    let heading = several.then(|| view! { <h2 class="t-l mt-5">{q::line_title(lang, 1)}</h2> });
    let more = (lines < MOST_LINES)
        .then(|| view! { <p class="mt-4"><button class="btn btn-s" name=MORE value="1">{q::more(lang)}</button></p> });
    view! {
        {newer}
        {ui::on_enter("send", "1", w::answer_quote(lang))}
        <input type="hidden" name=LINES value=lines.to_string() />
        <input type="hidden" name=REPLACES value=form.value(REPLACES).to_owned() />
        {heading}{item}
        {price_and_currency(lang, first)}
        {Field::number("quantity", w::quote_quantity(lang)).optional().view(lang, first)}
        {several.then(|| line_more(lang, 1, first))}
        {further}
        {Field::number("lead_time_days", w::quote_lead(lang)).unit(w::quote_days_unit(lang)).view(lang, form)}
        {Field::number("valid_days", w::quote_valid(lang)).unit(w::quote_days_unit(lang)).hint(w::quote_valid_hint(lang)).optional().view(lang, form)}
        {Field::area("note", w::quote_note(lang), 3).optional().max(NOTE_MAX).view(lang, form)}
        {(!several).then(|| folded(lang, form))}
        {terms(lang, form)}
        {more}
    }
    .into_any()
}

/// The price of what, by its unit where one is known: `개당 얼마인가요?`
fn price_label(lang: Lang, number: usize, form: &Form) -> String {
    match form.value(&name("unit", number)).trim() {
        "" => w::quote_price(lang).to_owned(),
        unit => w::quote_price_of(lang, ui::unit(lang, unit)),
    }
}

/// The first price with the currency of all beside it: a figure without one is no price.
fn price_and_currency(lang: Lang, form: &Form) -> AnyView {
    let named = |currency: &Currency| (currency.code().to_owned(), q::currency(lang, *currency));
    let currencies = Currency::ALL.iter().map(named).collect();
    view! {
        <div class="pair">
            {Field::number("price", price_label(lang, 1, form)).hint(w::quote_price_hint(lang)).view(lang, form)}
            {ui::select(lang, form, "currency", w::quote_currency(lang), currencies)}
        </div>
    }
    .into_any()
}

fn item_field(lang: Lang, number: usize, form: &Form) -> AnyView {
    let own = name("item", number);
    Field::text(&own, q::field_item(lang))
        .hint(q::field_item_hint(lang))
        .optional()
        .view(lang, form)
        .into_any()
}

fn line_more(lang: Lang, number: usize, form: &Form) -> AnyView {
    let (unit, breaks) = (name("unit", number), name("breaks", number));
    view! {
        {Field::text(&unit, w::quote_unit(lang)).optional().view(lang, form)}
        {Field::area(&breaks, q::field_breaks(lang), 2).hint(q::field_breaks_hint(lang)).optional().view(lang, form)}
    }
    .into_any()
}

fn further_line(lang: Lang, number: usize, form: &Form) -> AnyView {
    let (price, quantity) = (name("price", number), name("quantity", number));
    let form = &form.within(q::line_title(lang, number));
    view! {
        <h2 class="t-l mt-5">{q::line_title(lang, number)}</h2>
        {item_field(lang, number, form)}
        {Field::number(&price, price_label(lang, number, form)).view(lang, form)}
        {Field::number(&quantity, w::quote_quantity(lang)).optional().view(lang, form)}
        {line_more(lang, number, form)}
    }
    .into_any()
}

/// What the only line may say besides price and quantity.
fn folded(lang: Lang, form: &Form) -> AnyView {
    let open =
        OF_LINE.iter().any(|field| matches!(*field, "unit" | "breaks") && (form.problem(field).is_some()))
            || !form.value("breaks").is_empty();
    view! {
        <details class="mt-4" open=open><summary>{q::field_breaks(lang)}</summary>{line_more(lang, 1, form)}</details>
    }
    .into_any()
}

fn terms(lang: Lang, form: &Form) -> AnyView {
    let names = ["vat", "incoterm", "place", "payment", "sample"];
    let said = ["incoterm", "place", "payment", "sample"].iter().any(|name| !form.value(name).is_empty());
    let open = said || lang == Lang::En || names.iter().any(|name| form.problem(name).is_some());
    let vats = Vat::ALL.iter().map(|vat| (vat.code().to_owned(), q::vat(lang, *vat).to_owned())).collect();
    let none = [(String::new(), q::no_incoterm(lang).to_owned())];
    let incoterms = none
        .into_iter()
        .chain(Incoterm::ALL.iter().map(|term| (term.code().to_owned(), term.code().to_owned())))
        .collect();
    view! {
        <details class="mt-4" open=open>
            <summary>{q::terms(lang)}</summary>
            {ui::choices(lang, form, "vat", w::quote_vat(lang), vats)}
            {ui::select(lang, form, "incoterm", q::field_incoterm(lang), incoterms)}
            {Field::text("place", q::field_place(lang)).optional().view(lang, form)}
            {Field::text("payment", q::field_payment(lang)).hint(q::field_payment_hint(lang)).optional().view(lang, form)}
            {Field::text("sample", q::field_sample(lang)).hint(q::field_sample_hint(lang)).optional().view(lang, form)}
        </details>
    }
    .into_any()
}
