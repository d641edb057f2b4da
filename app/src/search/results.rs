//! The body of a results page: conditions, order, rows, pages; and what stands there when nothing was found.

use leptos::prelude::*;
use market::catalog::taxonomy;
use market::search::service::ResultsPage;
use market::search::{FacetCounts, Interpretation, Sort, Total};

use super::state::{LAST_PAGE, PER_PAGE, ResultsState, SORTS};
use super::{facets, guide, notes};
use crate::context::Req;
use crate::i18n::rfqs as r;
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
    pub facets: &'a [FacetCounts],
}

/// Columns with conditions and rows. `head` is the heading; `cut` tells that the words were too long.
pub fn body(req: &Req, shown: &Shown<'_>, found: &ResultsPage, head: AnyView, cut: bool) -> AnyView {
    let lang = req.lang();
    let address = req.href(shown.path);
    let active = active(shown);
    let content = if found.cards.is_empty() {
        nothing(req, shown)
    } else {
        view! { <h2 class="vh">{s::list_heading(lang)}</h2>{guide::rows(req, shown.state, &found.cards)} }
            .into_any()
    };
    // where nothing is shown, nobody is told what was widened to show it
    let nothing_made = Interpretation::default();
    let made = if found.cards.is_empty() { &nothing_made } else { &found.interpretation };
    let final_page = last_page(found.total);
    let pages = pagination(lang, shown.state.page.min(final_page), final_page, |page| {
        shown.state.on_page(page).address(&address)
    });
    view! {
        <div class="split cols-facets">
            {facets::form(req, shown)}
            <div>
                {head}
                {notes::notes(req, shown.path, shown.state, made, cut, found.degraded)}
                <div class="tools">
                    <button type="button" class="btn btn-s phone-only" popovertarget="facets">{icon("filter")}{s::conditions(lang)}{(active > 0).then(|| view! { " "<span class="n">{active}</span> })}</button>
                    {sorting(req, shown)}
                </div>
                {facets::chips(req, shown)}
                {guide::signpost(req, shown.state)}
                {guide::pinned(req, shown.state, found)}
                {content}
                {pages}
                {crate::saved_searches::offer::block(req, shown)}
            </div>
        </div>
    }
    .into_any()
}

fn active(shown: &Shown<'_>) -> usize {
    let state = shown.state;
    let categories = if shown.category_fixed { 0 } else { state.category.len() };
    categories
        + state.region.len()
        + state.price_kind.len()
        + state.badge.len()
        + state.certificate.len()
        + usize::from(state.moq.is_some())
        + usize::from(state.lead.is_some())
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

/// Never a dead end: without the conditions, the nearest categories, another way of asking.
fn nothing(req: &Req, shown: &Shown<'_>) -> AnyView {
    let lang = req.lang();
    let state = shown.state;
    let wider = state.has_conditions().then(|| {
        let href = state.without_conditions().address(&req.href("/search"));
        view! { <a class="btn btn-primary" href=href>{s::without_conditions(lang)}</a> }
    });
    let near = nearest(state);
    let near = (!near.is_empty()).then(|| {
        let links = near
            .into_iter()
            .map(|category| view! { <li><a class="chip" href=req.href(&format!("/categories/{}", category.slug))>{category.name(lang)}</a></li> })
            .collect::<Vec<_>>();
        view! { <h3 class="t-m mt-5">{s::nearest_categories(lang)}</h3><ul class="chips mt-2">{links}</ul> }
    });
    let title =
        if state.q.is_empty() { s::nothing_here(lang).to_owned() } else { s::nothing_for(lang, &state.q) };
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p class="mute">{s::nothing_why(lang)}</p>
            <p>{r::zero_hit(lang)}</p>
            <p class="line">{wider}<a class="btn" href=format!("{}?q={}", req.href("/rfqs/new"), crate::page::encode(&state.q))>{r::post(lang)}</a><a class="btn" href=req.href("/categories")>{s::all_categories(lang)}</a></p>
            {near}
        </div>
    }
    .into_any()
}

/// Categories whose names fit the words, by whole question first, then word by word.
fn nearest(state: &ResultsState) -> Vec<&'static taxonomy::Category> {
    let mut near = taxonomy::search(&state.q);
    for word in state.q.split_whitespace().take(4) {
        near.extend(taxonomy::search(word));
    }
    near.extend(
        state.category.iter().filter_map(|code| taxonomy::find(code)?.parent).filter_map(taxonomy::find),
    );
    let mut seen = Vec::new();
    near.retain(|category| {
        let new = !seen.contains(&category.code);
        seen.push(category.code);
        new
    });
    near.truncate(8);
    near
}
