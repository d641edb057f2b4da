//! Quotes side by side, and as a table for spreadsheets.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use leptos::prelude::*;
use market::inquiries::quote::{Asked, Cell, Column, Incomparable, Quote, compare};
use market::inquiries::together::{BatchThread, BatchView};
use market::money::grouped;
use market::sheet::{self, Sheet};
use market::tables::rates::Rate;
use market::{Currency, Lang};

use crate::context::Req;
use crate::i18n::{inquiries as w, quotes as q, tables as t, threads as own_words};
use crate::inquiries::quote_view::{counted, delivery};
use crate::ui::last_day;

/// Columns that stand beside each other.
const WIDTH: usize = 5;

/// A thread with its quote and the address of its pages.
pub struct Quoted<'a> {
    /// The thread.
    pub thread: &'a BatchThread,
    /// Its newest quote.
    pub quote: &'a Quote,
    /// Address without language.
    pub base: &'a str,
}

/// The grid; nothing before the first quote.
pub fn view(req: &Req, quoted: &[Quoted], asked: Asked, rates: &[Rate], export: &str) -> Option<AnyView> {
    if quoted.is_empty() {
        return None;
    }
    let lang = req.lang();
    let all: Vec<&Quote> = quoted.iter().map(|one| one.quote).collect();
    let columns = compare(&all, asked);
    let tables = quoted
        .chunks(WIDTH)
        .zip(columns.chunks(WIDTH))
        .map(|(quoted, columns)| table(req, quoted, columns, rates))
        .collect::<Vec<_>>();
    let view = view! {
        <section class="sec"><h2>{q::grid_title(lang)}</h2>
            <p class="small mute mb-3">{q::grid_net(lang)}" "<a href=format!("{export}.csv")>{q::grid_export(lang)}</a>" · "<a href=format!("{export}.xlsx")>{own_words::grid_xlsx(lang)}</a></p>
            {tables}
        </section>
    };
    Some(view.into_any())
}

fn table(req: &Req, quoted: &[Quoted], columns: &[Column], rates: &[Rate]) -> AnyView {
    let lang = req.lang();
    let heads = quoted
        .iter()
        .map(|one| {
            let href = req.href(&format!("/vendors/{}", one.thread.vendor_slug));
            view! { <th role="columnheader" scope="col"><a href=href>{name(lang, one.thread)}</a></th> }
        })
        .collect::<Vec<_>>();
    let text = |label: &'static str, of: &dyn Fn(&Quote) -> String| {
        let cells = quoted.iter().map(|one| plain(lang, of(one.quote))).collect();
        row(label, cells)
    };
    let units = quoted.iter().zip(columns).map(|(one, column)| {
        let currency = one.quote.currency;
        let own = match one.quote.lines.as_slice() {
            [line] => format!("{} {}", line.unit_price().amount(currency), currency.code()),
            _ => String::new(),
        };
        cell(lang, (&column.unit, own), (q::grid_cheapest(lang), true), |price| {
            format!("{} {}{}", price.amount(currency), currency.code(), counted_at(lang, column.at))
        })
    });
    let totals = quoted.iter().zip(columns).map(|(one, column)| {
        let written = |money: &market::Money| format!("{} {}", money.amount(), money.currency.code());
        let net = one.quote.totals().map(|totals| totals.net);
        let about = net.and_then(|net| about_won(lang, net, rates)).map(|text| format!(" · {text}"));
        let own = net.map(|net| written(&net) + &about.unwrap_or_default()).unwrap_or_default();
        cell(lang, (&column.total, own), (q::grid_cheapest(lang), false), |money| {
            written(money) + &counted_at(lang, column.at)
        })
    });
    let leads = columns.iter().map(|column| {
        let words = (q::grid_fastest(lang), false);
        cell(lang, (&column.lead, String::new()), words, |days| w::quote_lead_days(lang, *days))
    });
    let ways = quoted.iter().map(|one| decide(req, one)).collect();
    view! {
        <table class="compare mb-4" role="table" data-n=quoted.len().to_string()>
            <caption class="vh">{q::grid_title(lang)}</caption>
            <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col"><span class="vh">{q::changed_what(lang)}</span></th>{heads}</tr></thead>
            <tbody role="rowgroup">
                {row(q::grid_each(lang), units.collect())}
                {row(q::grid_total(lang), totals.collect())}
                {text(q::quantity(lang), &|quote| quantities(lang, quote))}
                {text(w::quote_vat(lang), &|quote| q::vat(lang, quote.vat).to_owned())}
                {row(w::quote_lead_fact(lang), leads.collect())}
                {text(w::quote_valid_fact(lang), &|quote| last_day(lang, &req.cx.zone, quote.valid_until))}
                {text(q::delivery(lang), &delivery)}
                {text(q::payment(lang), &|quote| quote.payment.clone())}
                {text(q::sample(lang), &|quote| quote.sample.clone())}
                {row(q::grid_choose(lang), ways)}
            </tbody>
        </table>
    }
    .into_any()
}

/// For how many a figure stands, where the quote names another quantity first.
fn counted_at(lang: Lang, quantity: Option<i64>) -> String {
    quantity.map(|quantity| format!(" {}", q::grid_at(lang, &grouped(quantity)))).unwrap_or_default()
}

/// An amount of another currency in won, with the rate and its day; for orientation only, never compared.
fn about_won(lang: Lang, money: market::Money, rates: &[Rate]) -> Option<String> {
    let rate = rates.iter().find(|rate| rate.currency == money.currency)?;
    let (won, code) = (rate.in_won(money)?.amount(), money.currency.code());
    Some(t::rate_line(lang, &won, code, &rate.won.amount(Currency::Krw), &rate.as_of.to_string()))
}

fn name(lang: Lang, thread: &BatchThread) -> String {
    lang.pick(&thread.name_ko, &thread.name_en).to_owned()
}

fn quantities(lang: Lang, quote: &Quote) -> String {
    quote.lines.iter().filter_map(|line| counted(lang, line)).collect::<Vec<_>>().join(", ")
}

fn row(label: &'static str, cells: Vec<AnyView>) -> AnyView {
    view! { <tr role="row"><th role="rowheader" scope="row">{label}</th>{cells}</tr> }.into_any()
}

fn plain(lang: Lang, text: String) -> AnyView {
    let text = if text.is_empty() { q::none(lang).to_owned() } else { text };
    view! { <td role="cell">{text}</td> }.into_any()
}

/// A figure with its mark; what cannot be compared is still shown as quoted, with the reason.
fn cell<T>(
    lang: Lang,
    what: (&Cell<T>, String),
    words: (&'static str, bool),
    show: impl Fn(&T) -> String,
) -> AnyView {
    let (cell, own) = what;
    let (word, big) = words;
    // what cannot be compared is as loud as what can: nobody has won by that
    let size = if big { "big" } else { "" };
    match cell {
        Cell::Value { value, best } => {
            let class = best.then_some("best");
            let mark = best.then(|| view! { <br /><span class="tag tag-ok">{word}</span> });
            view! { <td role="cell" class=class><span class=size>{show(value)}</span>{mark}</td> }.into_any()
        }
        Cell::Not(why) => {
            let text = q::not_comparable(lang, &reason(lang, why));
            let own = (!own.is_empty()).then(|| view! { <span class=size>{own}</span><br /> });
            view! { <td role="cell">{own}<span class="small mute">{text}</span></td> }.into_any()
        }
    }
}

fn reason(lang: Lang, why: &Incomparable) -> String {
    match why {
        Incomparable::Currency(currency) => q::why_currency(lang, currency.code()),
        Incomparable::Unit(unit) => q::why_unit(lang, if unit.is_empty() { q::none(lang) } else { unit }),
        Incomparable::Quantity(quantity) => q::why_quantity(lang, &grouped(*quantity)),
        Incomparable::Delivery(None, _) => q::why_delivery(lang, q::no_incoterm(lang)),
        Incomparable::Delivery(Some(term), place) => {
            q::why_delivery(lang, format!("{} {place}", term.code()).trim_end())
        }
        Incomparable::Lines => q::why_lines(lang).to_owned(),
        Incomparable::NoQuantity => q::why_no_quantity(lang).to_owned(),
        Incomparable::SeveralLines => q::why_several(lang).to_owned(),
    }
}

fn decide(req: &Req, one: &Quoted) -> AnyView {
    let lang = req.lang();
    let live = one.thread.state.is_open() && one.quote.holds(req.cx.now());
    let label = q::grid_accept_of(lang, &name(lang, one.thread));
    let accept = live.then(|| {
        view! { <a class="btn btn-s" href=req.href(&format!("{}/accept", one.base)) aria-label=label>{q::grid_accept(lang)}</a>" " }
    });
    let detail = format!("{}: {}", q::grid_open(lang), name(lang, one.thread));
    view! { <td role="cell">{accept}<a class="link-btn small" href=req.href(one.base) aria-label=detail>{q::grid_open(lang)}</a></td> }.into_any()
}

/// One row a line of each quote.
fn table_rows(lang: Lang, view: &BatchView) -> Vec<Vec<sheet::Cell>> {
    let heads = [
        w::fact_vendor(lang),
        q::field_item(lang),
        q::quantity(lang),
        w::quote_unit(lang),
        q::unit_price(lang),
        w::quote_currency(lang),
        w::quote_vat(lang),
        q::amount(lang),
        w::quote_lead_fact(lang),
        w::quote_valid_fact(lang),
        q::delivery(lang),
        q::payment(lang),
        q::sample(lang),
    ];
    let mut rows = vec![heads.map(sheet::Cell::text).to_vec()];
    for thread in &view.threads {
        let Some(quote) = &thread.quote else { continue };
        for line in &quote.lines {
            let item = if line.item.is_empty() { thread.subject.clone() } else { line.item.clone() };
            let total = line.total(quote.currency).map(market::Money::plain).unwrap_or_default();
            rows.push(vec![
                sheet::Cell::text(name(lang, thread)),
                sheet::Cell::text(item),
                sheet::Cell::number(line.quantity.map(|n| n.to_string()).unwrap_or_default()),
                sheet::Cell::text(line.unit.clone()),
                sheet::Cell::number(line.unit_price().amount(quote.currency).replace(',', "")),
                sheet::Cell::text(quote.currency.code()),
                sheet::Cell::text(q::vat(lang, quote.vat)),
                sheet::Cell::number(total),
                sheet::Cell::number(quote.lead_time_days.to_string()),
                sheet::Cell::text(market::calendar::seoul_date(quote.valid_until.0).to_string()),
                sheet::Cell::text(delivery(quote)),
                sheet::Cell::text(quote.payment.clone()),
                sheet::Cell::text(quote.sample.clone()),
            ]);
        }
    }
    rows
}

/// The quotes as a workbook.
pub fn xlsx(req: &Req, view: &BatchView) -> Response {
    let lang = req.lang();
    let sheet = Sheet { name: q::grid_title(lang).to_owned(), rows: table_rows(lang, view) };
    let mut response = sheet::xlsx(&[sheet]).into_response();
    as_file(&mut response, sheet::XLSX_TYPE, "attachment; filename=\"quotes.xlsx\"");
    response
}

/// The quotes as text in columns. Starts with a mark by which spreadsheets recognise UTF-8.
pub fn csv(req: &Req, view: &BatchView) -> Response {
    let mut out = String::from("\u{feff}");
    for row in table_rows(req.lang(), view) {
        let fields: Vec<String> = row.iter().map(|cell| cell.words().to_owned()).collect();
        push(&mut out, &fields);
    }
    let mut response = out.into_response();
    as_file(&mut response, "text/csv; charset=utf-8", "attachment; filename=\"quotes.csv\"");
    response
}

fn as_file(response: &mut Response, kind: &'static str, disposition: &'static str) {
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
}

fn push(out: &mut String, fields: &[String]) {
    let row: Vec<String> = fields.iter().map(|field| quoted_field(field)).collect();
    out.push_str(&row.join(","));
    out.push_str("\r\n");
}

/// Always in quotes; what a spreadsheet would run as a formula is made text.
fn quoted_field(field: &str) -> String {
    let runs = field.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if runs { "'" } else { "" }, field.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::quoted_field;

    #[test]
    fn nothing_runs_in_a_spreadsheet() {
        assert_eq!(quoted_field("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted_field("a\"b,c"), "\"a\"\"b,c\"");
    }
}
