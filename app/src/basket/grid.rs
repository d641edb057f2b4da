//! Quotes side by side, and as a table for spreadsheets.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use leptos::prelude::*;
use market::inquiries::quote::{Asked, Cell, Column, Incomparable, Quote, UnitPrice, compare};
use market::inquiries::together::{BatchThread, BatchView};
use market::inquiries::{Side, ThreadState};
use market::money::grouped;
use market::sheet::{self, Sheet};
use market::tables::rates::Rate;
use market::{Currency, Lang, Money, Timestamp};

use crate::context::Req;
use crate::i18n::{inquiries as w, quotes as q, tables as t, threads as own_words};
use crate::inquiries::quote_view::{counted, delivery};
use crate::ui::{last_day, per};

/// A thread with its quote and the address of its pages.
pub struct Quoted<'a> {
    /// The thread.
    pub thread: &'a BatchThread,
    /// Its newest quote.
    pub quote: &'a Quote,
    /// Address without language.
    pub base: &'a str,
}

impl Quoted<'_> {
    fn is_taken(&self) -> bool {
        self.thread.state == ThreadState::Accepted
    }

    /// Whether the buyer can still take it.
    fn is_live(&self, now: Timestamp) -> bool {
        self.thread.state.is_open() && self.quote.holds(now)
    }

    fn class(&self) -> Option<&'static str> {
        self.is_taken().then_some("chosen")
    }
}

/// The grid; nothing before the first quote. What is wider than the page scrolls in its own box.
pub fn view(req: &Req, quoted: &[Quoted], asked: Asked, rates: &[Rate], export: &str) -> Option<AnyView> {
    if quoted.is_empty() {
        return None;
    }
    let lang = req.lang();
    let columns = columns(quoted, asked, req.cx.now());
    let how = q::grid_net(lang, quoted.len());
    let view = view! {
        <section class="sec"><h2>{q::grid_title(lang)}</h2>
            <p class="small mute mb-3">{how}<span class="no-print">" "<a href=format!("{export}.csv")>{q::grid_export(lang)}</a>" · "<a href=format!("{export}.xlsx")>{own_words::grid_xlsx(lang)}</a></span></p>
            <div class="scroll mb-4" tabindex="0" role="region" aria-label=q::grid_title(lang)>{table(req, quoted, &columns, rates)}</div>
        </section>
    };
    Some(view.into_any())
}

/// The figures with their marks: what is over wins nothing, and nothing is praised once one is taken.
fn columns(quoted: &[Quoted], asked: Asked, now: Timestamp) -> Vec<Column> {
    let taken = quoted.iter().any(Quoted::is_taken);
    let live: Vec<&Quote> =
        quoted.iter().filter(|one| !taken && one.is_live(now)).map(|one| one.quote).collect();
    let mut of_live = compare(&live, asked).into_iter();
    let all: Vec<&Quote> = quoted.iter().map(|one| one.quote).collect();
    let plain = compare(&all, asked).into_iter().map(Column::unmarked);
    let pick = |(one, plain): (&Quoted, Column)| {
        if one.is_live(now) && !taken { of_live.next().unwrap_or(plain) } else { plain }
    };
    quoted.iter().zip(plain).map(pick).collect()
}

fn table(req: &Req, quoted: &[Quoted], columns: &[Column], rates: &[Rate]) -> AnyView {
    let lang = req.lang();
    let heads = quoted
        .iter()
        .map(|one| {
            let href = req.href(&format!("/vendors/{}", one.thread.vendor_slug));
            let standing = standing(lang, one, req.cx.now());
            view! { <th scope="col" class=one.class()><a href=href>{name(lang, one.thread)}</a>{standing}</th> }
        })
        .collect::<Vec<_>>();
    let text = |label: &'static str, of: &dyn Fn(&Quote) -> String| {
        let texts: Vec<String> = quoted.iter().map(|one| of(one.quote)).collect();
        // what nobody says is no question
        let cells = quoted.iter().zip(&texts).map(|(one, text)| plain(lang, one, text)).collect();
        texts.iter().any(|text| !text.is_empty()).then(|| row(label, cells))
    };
    let units = quoted.iter().zip(columns).map(|(one, column)| {
        let currency = one.quote.currency;
        let unit = match one.quote.lines.as_slice() {
            [line] => line.unit.as_str(),
            _ => "",
        };
        let show = |price: &UnitPrice, at: &str| {
            figure("big", &price.amount(currency), &per(lang, currency, unit), at)
        };
        let own = match one.quote.lines.as_slice() {
            [line] => Some(show(&line.unit_price(), "")),
            _ => None,
        };
        let at = counted_at(lang, column.at);
        cell(lang, one, (&column.unit, own), q::grid_cheapest(lang), |price| show(price, &at))
    });
    let totals = quoted.iter().zip(columns).map(|(one, column)| {
        let show =
            |money: &Money, note: &str| figure("", &money.amount(), &per(lang, money.currency, ""), note);
        let net = one.quote.totals().map(|totals| totals.net);
        let own = net.map(|net| show(&net, &about_won(lang, net, rates).unwrap_or_default()));
        let at = counted_at(lang, column.at);
        cell(lang, one, (&column.total, own), q::grid_cheapest(lang), |money| show(money, &at))
    });
    let leads = quoted.iter().zip(columns).map(|(one, column)| {
        cell(lang, one, (&column.lead, None), q::grid_fastest(lang), |days| {
            view! { <span class="fig">{w::quote_lead_days(lang, *days)}</span> }.into_any()
        })
    });
    let ways = quoted.iter().map(|one| decide(req, one)).collect();
    view! {
        <table class="compare" data-n=quoted.len().to_string()>
            <caption class="vh">{q::grid_title(lang)}</caption>
            <thead><tr><th scope="col"><span class="vh">{q::changed_what(lang)}</span></th>{heads}</tr></thead>
            <tbody>
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

/// What a quote came to: taken, or no longer to be had.
fn standing(lang: Lang, one: &Quoted, now: Timestamp) -> Option<AnyView> {
    let (class, word) = if one.is_taken() {
        ("tag tag-ok", q::grid_taken(lang))
    } else if one.thread.state == ThreadState::Expired
        || (one.thread.state.is_open() && !one.quote.holds(now))
    {
        ("tag tag-danger", q::grid_over(lang))
    } else if !one.thread.state.is_open() {
        ("tag", w::state(lang, one.thread.state, Side::Buyer))
    } else {
        return None;
    };
    Some(view! { <br /><span class=class>{word}</span> }.into_any())
}

/// A figure that is never broken, with its unit and a note.
fn figure(size: &str, number: &str, unit: &str, note: &str) -> AnyView {
    let note = (!note.is_empty()).then(|| view! { <br /><span class="small mute">{note.to_owned()}</span> });
    let class = format!("fig {size}");
    view! { <span class=class.trim().to_owned()>{number.to_owned()}</span>" "<span class="u">{unit.to_owned()}</span>{note} }.into_any()
}

/// For how many a figure stands, where the quote names another quantity first.
fn counted_at(lang: Lang, quantity: Option<i64>) -> String {
    quantity.map(|quantity| q::grid_at(lang, &grouped(quantity))).unwrap_or_default()
}

/// An amount of another currency in won, with the rate and its day; for orientation only, never compared.
fn about_won(lang: Lang, money: Money, rates: &[Rate]) -> Option<String> {
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
    view! { <tr><th scope="row">{label}</th>{cells}</tr> }.into_any()
}

fn plain(lang: Lang, one: &Quoted, text: &str) -> AnyView {
    let text = if text.is_empty() { q::none(lang) } else { text }.to_owned();
    view! { <td class=one.class()>{text}</td> }.into_any()
}

/// A figure with its mark; what cannot be compared is still shown as quoted and as loud, with the reason: nobody has won
/// by that.
fn cell<T>(
    lang: Lang,
    one: &Quoted,
    what: (&Cell<T>, Option<AnyView>),
    word: &'static str,
    show: impl Fn(&T) -> AnyView,
) -> AnyView {
    let (cell, own) = what;
    match cell {
        Cell::Value { value, best } => {
            let class = if *best { Some("best") } else { one.class() };
            let mark = best.then(|| view! { <br /><span class="tag tag-ok">{word}</span> });
            view! { <td class=class>{show(value)}{mark}</td> }.into_any()
        }
        Cell::Not(why) => {
            let text = q::not_comparable(lang, &reason(lang, why));
            let own = own.map(|own| view! { {own}<br /> });
            view! { <td class=one.class()>{own}<span class="small mute">{text}</span></td> }.into_any()
        }
    }
}

fn reason(lang: Lang, why: &Incomparable) -> String {
    match why {
        Incomparable::Currency(currency) => q::why_currency(lang, currency.code()),
        Incomparable::Unit(unit) => {
            q::why_unit(lang, if unit.is_empty() { q::no_incoterm(lang) } else { unit })
        }
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
    let live = one.is_live(req.cx.now());
    let label = q::grid_accept_of(lang, &name(lang, one.thread));
    let accept = live.then(|| {
        view! { <a class="btn btn-s" href=req.href(&format!("{}/accept", one.base)) aria-label=label>{q::grid_accept(lang)}</a>" " }
    });
    let detail = format!("{}: {}", q::grid_open(lang), name(lang, one.thread));
    view! { <td class=one.class()>{accept}<a class="link-btn" href=req.href(one.base) aria-label=detail>{q::grid_open(lang)}</a></td> }.into_any()
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
            let total = line.total(quote.currency).map(Money::plain).unwrap_or_default();
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
