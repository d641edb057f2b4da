//! `/desk/search`: what was asked in vain, what nobody opened, what was asked most.

use leptos::prelude::*;
use market::search::desk::RuleKind;
use market::search::desk::figures::{self, Figures, Order, PERIODS, Question, Totals};

use super::sections;
use crate::context::Req;
use crate::curation::frame;
use crate::error::PageResult;
use crate::i18n::search_desk as w;
use crate::page::{self, encode};
use crate::ui::{Tone, empty, notice, number};

/// One list of one period.
pub async fn show(req: Req) -> PageResult {
    let order = Order::from_code(&req.query_value("list"));
    let wanted: i64 = req.query_value("days").parse().unwrap_or(30);
    let days = PERIODS.into_iter().find(|days| *days == wanted).unwrap_or(30);
    let found = figures::open(&req.cx, order, days).await?;
    let lang = req.lang();
    let content = view! {
        <p class="mute">{w::intro(lang)}</p>
        {totals(&req, &found.totals, days)}
        {choice(&req, order, days)}
        <p class="small mute mb-3">{w::order_text(lang, order)}</p>
        {table(&req, &found)}
        {held_back(&req, &found.totals)}
    };
    Ok(page::render(
        &req,
        frame::meta(w::title(lang)),
        frame::desk(&req, w::title(lang), Some(sections(&req)), content.into_any()),
    ))
}

fn totals(req: &Req, totals: &Totals, days: i64) -> AnyView {
    let lang = req.lang();
    let period = lang.days(days);
    let share = |part: i64| {
        let tenths = if totals.searches > 0 { part * 1000 / totals.searches } else { 0 };
        w::per_cent_of(lang, &format!("{}.{}", tenths / 10, tenths % 10), &period)
    };
    let stat = |label: &'static str, value: i64, detail: String| {
        view! { <div class="stat"><dt>{label}</dt><dd class="v">{number(value)}</dd><dd class="d">{detail}</dd></div> }
    };
    view! {
        <dl class="stats mt-4">
            {stat(w::total_searches(lang), totals.searches, w::in_days(lang, &period))}
            {stat(w::total_missed(lang), totals.missed, share(totals.missed))}
            {stat(w::total_clicks(lang), totals.clicks, share(totals.clicks))}
            {stat(w::total_questions(lang), totals.questions, w::in_days(lang, &period))}
        </dl>
    }
    .into_any()
}

fn address(req: &Req, order: Order, days: i64) -> String {
    req.href(&format!("/desk/search?list={}&days={days}", order.code()))
}

fn choice(req: &Req, order: Order, days: i64) -> AnyView {
    let lang = req.lang();
    let tabs = Order::ALL
        .into_iter()
        .map(|other| view! { <a href=address(req, other, days) aria-current=(other == order).then_some("page")>{w::order(lang, other)}</a> })
        .collect::<Vec<_>>();
    let periods = PERIODS
        .into_iter()
        .map(|other| view! { <a href=address(req, order, other) aria-current=(other == days).then_some("true")>{lang.days(other)}</a> })
        .collect::<Vec<_>>();
    view! {
        <div class="line between mt-5 mb-2">
            <nav class="seg" aria-label=w::lists(lang)>{tabs}</nav>
            <nav class="seg" aria-label=w::period(lang)>{periods}</nav>
        </div>
    }
    .into_any()
}

fn held_back(req: &Req, totals: &Totals) -> AnyView {
    let lang = req.lang();
    let hidden = totals.questions - totals.shown;
    let text = if hidden > 0 {
        w::hidden_few(lang, &number(hidden), req.cx.settings().search_people_min)
    } else {
        w::hidden_none(lang).to_owned()
    };
    view! { <div class="mt-5">{notice(Tone::Info, text)}</div> }.into_any()
}

fn table(req: &Req, found: &Figures) -> AnyView {
    let lang = req.lang();
    if found.rows.is_empty() {
        return empty(w::none_title(lang), w::none_text(lang), None);
    }
    let rows = found.rows.iter().map(|row| line(req, row)).collect::<Vec<_>>();
    view! {
        <table class="queue">
            <caption class="vh">{w::table_caption(lang, found.rows.len())}</caption>
            <thead><tr>
                <th scope="col">{w::column_query(lang)}</th>
                <th scope="col" class="num">{w::column_searches(lang)}</th><th scope="col" class="num">{w::column_missed(lang)}</th>
                <th scope="col" class="num">{w::column_hits(lang)}</th><th scope="col" class="num">{w::column_clicks(lang)}</th>
                <th scope="col">{w::column_rule(lang)}</th>
            </tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn line(req: &Req, row: &Question) -> AnyView {
    let lang = req.lang();
    let results = req.href(&format!("/search?q={}", encode(&row.query)));
    let place =
        row.mean_place().map(|tenths| w::place_mean(lang, &format!("{}.{}", tenths / 10, tenths % 10)));
    let rules = RuleKind::ALL
        .iter()
        .filter(|kind| **kind != RuleKind::StopWord || row.query.contains(' '))
        .map(|kind| {
            let name = w::kind(lang, *kind);
            let spoken = w::begin_rule(lang, name, &row.query);
            view! { <a class="link-btn small" href=begin(req, *kind, &row.query) aria-label=spoken>{name}</a> }
        })
        .collect::<Vec<_>>();
    let figure = |label: &'static str, value: i64| {
        view! { <span class="phone-only mute">{label}" "</span>{number(value)} }
    };
    view! {
        <tr>
            <td><a href=results aria-label=w::see_results(lang, &row.query)>{row.query.clone()}</a></td>
            <td class="num">{figure(w::column_searches(lang), row.searches)}</td>
            <td class="wide figure">{figure(w::column_missed(lang), row.missed)}</td>
            <td class="wide figure">{figure(w::column_hits(lang), row.hits)}</td>
            <td class="wide figure">{figure(w::column_clicks(lang), row.clicks)}{place.map(|place| view! { <br /><span class="small mute">{place}</span> })}</td>
            <td class="wide"><span class="line">{rules}</span></td>
        </tr>
    }
    .into_any()
}

/// Where a rule about a question begins. What is left out is one word of it, and the question itself shows the effect.
fn begin(req: &Req, kind: RuleKind, query: &str) -> String {
    let about = if kind == RuleKind::StopWord {
        format!("query={}&sample={}", encode(query.rsplit(' ').next().unwrap_or(query)), encode(query))
    } else {
        format!("query={}", encode(query))
    };
    req.href(&format!("/desk/search/rules/new?kind={}&{about}", kind.code()))
}
