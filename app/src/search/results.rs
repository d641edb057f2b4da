//! The body of a results page: conditions, order, rows, pages; and what stands there when nothing was found.

use std::sync::Arc;

use leptos::prelude::*;
use market::search::conditions::Condition;
use market::search::service::ResultsPage;
use market::search::{FacetCounts, Interpretation, Sort, Total};

use super::state::{LAST_PAGE, PER_PAGE, ResultsState, SORTS};
use super::{facets, frame, guide, notes, nothing, table, why};
use crate::basket::told;
use crate::context::Req;
use crate::i18n::search as s;
use crate::ui::{self, icon, number, pagination};

/// What the parts of the page look at.
pub struct Shown<'a> {
    /// The state of the page.
    pub state: &'a ResultsState,
    /// Where its links lead.
    pub path: &'a str,
    /// The category is the page itself and no condition.
    pub category_fixed: bool,
    /// Counts beside the choices.
    pub facets: &'a Arc<[FacetCounts]>,
    /// Conditions that stood in the words.
    pub conditions: &'a [Condition],
    /// The words without them.
    pub rest: &'a str,
    /// How many there are.
    pub total: Total,
    /// Where the next page begins.
    pub next: Option<&'a str>,
}

impl<'a> Shown<'a> {
    /// Of an answer.
    pub fn of(state: &'a ResultsState, path: &'a str, category_fixed: bool, found: &'a ResultsPage) -> Self {
        let (facets, conditions) = (&found.facets, &found.conditions);
        let next = found.next.as_deref();
        Self { state, path, category_fixed, facets, conditions, rest: &found.rest, total: found.total, next }
    }
}

/// Columns with conditions and rows. `head` is the heading; `cut` tells that the words were too long.
pub fn body(req: &Req, shown: &Shown<'_>, found: &ResultsPage, head: AnyView, cut: bool) -> AnyView {
    let lang = req.lang();
    let frame = frame::frame(req, shown);
    let content = if found.cards.is_empty() {
        nothing::nothing(req, shown, found)
    } else {
        let products = if shown.state.table { table::table } else { guide::rows };
        view! { <h2 class="vh">{s::list_heading(lang)}</h2>{products(req, shown.state, found)} }.into_any()
    };
    // where nothing is shown, nobody is told what was widened to show it
    let nothing_made = Interpretation::default();
    let made = if found.cards.is_empty() { &nothing_made } else { &found.interpretation };
    let behind = behind(req, shown, found, last_page(found.total));
    view! {
        <div class="split cols-facets">
            <div class="holder" inner_html=Arc::clone(&frame.conditions)></div>
            <div>
                {head}
                {notes::notes(req, shown, found, made, cut)}
                {ui::made(&frame.tools)}
                {facets::chips(req, shown)}
                {why::direct(req, found)}
                {nothing::vendors(req, found)}
                {guide::signpost(req, shown.state)}
                {guide::pinned(req, shown.state, found)}
                {told::notice(req)}
                {content}
                {ui::made(&frame.pages)}
                {behind}
                {frame.offer(req, shown)}
            </div>
        </div>
    }
    .into_any()
}

/// The button for the conditions on a phone, the order, and the ways to look at what was found.
pub fn tools(req: &Req, shown: &Shown<'_>) -> AnyView {
    let (lang, active) = (req.lang(), active(shown));
    view! {
        <div class="tools">
            <button type="button" class="btn btn-s phone-only" popovertarget="facets">{icon("filter")}{s::conditions(lang)}{(active > 0).then(|| view! { " "<span class="n">{active}</span> })}</button>
            {sorting(req, shown)}
            {views(req, shown)}
        </div>
    }
    .into_any()
}

/// List or table: the same page in both.
fn views(req: &Req, shown: &Shown<'_>) -> AnyView {
    let (lang, address) = (req.lang(), req.href(shown.path));
    let ways = [(false, "list", s::view_list(lang)), (true, "table", s::view_table(lang))];
    let ways = ways
        .into_iter()
        .map(|(table, sign, name)| {
            let here = (shown.state.table == table).then_some("true");
            view! { <a href=shown.state.viewed(table).address(&address) aria-current=here>{icon(sign)}<span>{name}</span></a> }
        })
        .collect::<Vec<_>>();
    view! { <div class="seg" role="group" aria-label=s::view(lang)>{ways}</div> }.into_any()
}

/// Numbered pages; none where one continues from place to place.
pub fn pages(req: &Req, shown: &Shown<'_>) -> Option<AnyView> {
    if shown.state.continues() {
        return None;
    }
    let (address, last) = (req.href(shown.path), last_page(shown.total));
    let here = shown.state.page.min(last);
    pagination(req.lang(), here, last, |page| {
        let next = shown.next.filter(|_| page == shown.state.page + 1);
        let state = if next.is_some() { shown.state.next_page(next) } else { shown.state.on_page(page) };
        state.address(&address)
    })
}

fn active(shown: &Shown<'_>) -> usize {
    let state = shown.state;
    let categories = if shown.category_fixed { 0 } else { state.category.len() };
    categories
        + state.region.len()
        + state.price_kind.len()
        + state.badge.len()
        + state.certificate.len()
        + state.answer.len()
        + [state.price, state.moq, state.lead].iter().filter(|bounds| !bounds.is_open()).count()
}

/// Number of the last page.
pub fn last_page(total: Total) -> u32 {
    ui::last_page(total.count.into(), PER_PAGE.into()).min(LAST_PAGE)
}

/// How many were found, `1,000+` beyond what is counted.
pub fn total(total: Total) -> String {
    format!("{}{}", number(total.count), if total.capped { "+" } else { "" })
}

fn sorting(req: &Req, shown: &Shown<'_>) -> AnyView {
    let lang = req.lang();
    let state = shown.state;
    let options = SORTS
        .into_iter()
        .map(|(sort, word)| view! { <option value=word selected=state.sort == sort>{s::sort(lang, sort)}</option> })
        .collect::<Vec<_>>();
    // the other choices travel along as hidden fields
    let base = ResultsState { sort: Sort::Relevance, ..state.on_page(1) };
    let base = if shown.category_fixed { ResultsState { category: Vec::new(), ..base } } else { base };
    let kept = form_urlencoded::parse(base.to_query().as_bytes())
        .map(
            |(name, value)| view! { <input type="hidden" name=name.into_owned() value=value.into_owned() /> },
        )
        .collect::<Vec<_>>();
    view! {
        <form action=req.href(shown.path)>{kept}<label class="vh" for="sort">{s::sorting(lang)}</label>
            <select class="in" id="sort" name="sort">{options}</select><button class="btn btn-s">{s::apply(lang)}</button></form>
    }
    .into_any()
}

/// Pages behind the last one that has a number: one after another, each continuing where the last ended.
fn behind(req: &Req, shown: &Shown<'_>, found: &ResultsPage, final_page: u32) -> Option<AnyView> {
    let (lang, state) = (req.lang(), shown.state);
    let next =
        found.next.as_ref().filter(|_| state.continues() || (state.page == final_page && found.total.capped));
    if next.is_none() && !state.continues() {
        return None;
    }
    let address = req.href(shown.path);
    let first = state
        .continues()
        .then(|| view! { <li><a href=state.on_page(1).address(&address)>{s::first_page(lang)}</a></li> });
    let next = next.map(|cursor| view! { <li><a rel="next" href=state.behind(cursor).address(&address)>{s::further(lang)}</a></li> });
    Some(view! { <nav class="pages" aria-label=s::further(lang)><ul>{first}{next}</ul></nav> }.into_any())
}
