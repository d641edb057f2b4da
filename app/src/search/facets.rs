//! The conditions beside the results: a column on a desk, a sheet on a phone, one plain form in both.

use leptos::prelude::*;
use market::Lang;
use market::catalog::{badges, taxonomy};
use market::regions;
use market::search::{FacetCounts, FacetKind};

use super::results::Shown;
use super::state::{LEAD_STEPS, MOQ_STEPS, ResultsState, SORTS, facet_name, facet_value};
use crate::context::Req;
use crate::i18n::search as s;
use crate::ui::{icon, number};

/// Values of one facet that are shown; the chosen ones always are.
const SHOWN: usize = 12;

/// The form with every facet. `path` is where it leads.
pub fn form(req: &Req, shown: &Shown<'_>) -> AnyView {
    let lang = req.lang();
    let state = shown.state;
    let groups =
        FacetKind::ALL.into_iter().filter(|facet| !(shown.category_fixed && *facet == FacetKind::Category));
    let groups = groups
        .filter_map(|facet| group(lang, state, facet, counts_of(shown.facets, facet)))
        .collect::<Vec<_>>();
    let clear = state.without_conditions().address(&req.href(shown.path));
    view! {
        <div class="holder"><form class="facets sheet" id="facets" popover="auto" action=req.href(shown.path) aria-label=s::conditions(lang)>
            <div class="sheet-top"><h2>{s::conditions(lang)}</h2>
                <button type="button" class="link-btn" popovertarget="facets" popovertargetaction="hide">{icon("x")}{s::close(lang)}</button></div>
            {kept(state)}
            {groups}
            {ranges(lang, state)}
            <div class="sheet-end"><a class="btn" href=clear>{s::clear(lang)}</a><button class="btn btn-primary">{s::show_results(lang)}</button></div>
        </form></div>
    }
    .into_any()
}

/// What the form must not lose.
fn kept(state: &ResultsState) -> Vec<AnyView> {
    let sort = SORTS
        .into_iter()
        .skip(1)
        .find(|(sort, _)| *sort == state.sort)
        .map(|(_, word)| ("sort", word.to_owned()));
    let q = (!state.q.is_empty()).then(|| ("q", state.q.clone()));
    let literal = state.literal.then(|| ("literal", "1".to_owned()));
    [q, sort, literal]
        .into_iter()
        .flatten()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> }.into_any())
        .collect()
}

fn counts_of(facets: &[FacetCounts], facet: FacetKind) -> &[(String, u32)] {
    facets.iter().find(|counts| counts.facet == facet).map_or(&[], |counts| &counts.values)
}

/// One facet; none when there is nothing to choose.
fn group(lang: Lang, state: &ResultsState, facet: FacetKind, counts: &[(String, u32)]) -> Option<AnyView> {
    let chosen = state.chosen(facet);
    let mut values: Vec<(&str, Option<u32>)> =
        listed(state, facet, counts).take(SHOWN).map(|(code, count)| (code.as_str(), Some(*count))).collect();
    for code in chosen {
        if !values.iter().any(|(value, _)| value == code) {
            let count = counts.iter().find(|(value, _)| value == code).map(|(_, count)| *count);
            values.push((code, count));
        }
    }
    if values.is_empty() {
        return None;
    }
    let name = facet_name(facet);
    let boxes = values
        .into_iter()
        .filter_map(|(code, count)| {
            let label = label(lang, facet, code)?;
            let value = facet_value(facet, code).to_owned();
            let checked = chosen.contains(&code);
            Some(view! {
                <label class="check"><input type="checkbox" name=name value=value checked=checked />{label}{count.map(|count| view! { <span class="end">{number(count)}</span> })}</label>
            })
        })
        .collect::<Vec<_>>();
    let title = title(lang, facet);
    let open =
        !chosen.is_empty() || matches!(facet, FacetKind::Category | FacetKind::Region | FacetKind::PriceKind);
    let view = view! { <details open=open><summary>{title}</summary><fieldset><legend class="vh">{title}</legend>{boxes}</fieldset></details> };
    Some(view.into_any())
}

/// Categories one level below what is chosen (roots at first), everything else by frequency.
fn listed<'a>(
    state: &ResultsState,
    facet: FacetKind,
    counts: &'a [(String, u32)],
) -> impl Iterator<Item = &'a (String, u32)> {
    let parents: Vec<Option<&str>> = if state.category.is_empty() {
        vec![None]
    } else {
        state.category.iter().map(|code| Some(*code)).collect()
    };
    counts.iter().filter(move |(code, _)| {
        facet != FacetKind::Category
            || taxonomy::find(code).is_some_and(|category| parents.contains(&category.parent))
    })
}

/// The ranges, as short lists.
fn ranges(lang: Lang, state: &ResultsState) -> AnyView {
    let select = |name: &'static str,
                  label: &'static str,
                  steps: [i64; 4],
                  chosen: Option<i64>,
                  word: fn(Lang, i64) -> String| {
        let options = steps
            .into_iter()
            .map(|value| view! { <option value=value selected=chosen == Some(value)>{word(lang, value)}</option> })
            .collect::<Vec<_>>();
        view! {
            <div class="field"><label for=name>{label}</label>
                <select class="in" id=name name=name><option value="">{s::any(lang)}</option>{options}</select></div>
        }
    };
    let open = state.moq.is_some() || state.lead.is_some();
    view! {
        <details open=open><summary>{s::terms(lang)}</summary>
            {select("moq", s::least_order(lang), MOQ_STEPS, state.moq, moq_label)}
            {select("lead", s::lead_time(lang), LEAD_STEPS, state.lead, s::within_days)}
        </details>
    }
    .into_any()
}

fn moq_label(lang: Lang, count: i64) -> String {
    s::at_most_count(lang, &number(count))
}

/// Conditions that are in force, each a link that takes it away.
pub fn chips(req: &Req, shown: &Shown<'_>) -> Option<AnyView> {
    let (lang, state) = (req.lang(), shown.state);
    let path = req.href(shown.path);
    let mut conditions: Vec<(String, ResultsState)> = Vec::new();
    for facet in
        FacetKind::ALL.into_iter().filter(|facet| !(shown.category_fixed && *facet == FacetKind::Category))
    {
        for code in state.chosen(facet) {
            conditions.extend(label(lang, facet, code).map(|label| (label, state.without(facet, code))));
        }
    }
    conditions.extend(state.moq.map(|moq| {
        (
            format!("{} {}", s::least_order(lang), moq_label(lang, moq)),
            ResultsState { moq: None, ..state.on_page(1) },
        )
    }));
    conditions.extend(state.lead.map(|lead| {
        (
            format!("{} {}", s::lead_time(lang), s::within_days(lang, lead)),
            ResultsState { lead: None, ..state.on_page(1) },
        )
    }));
    if conditions.is_empty() {
        return None;
    }
    let all = state.without_conditions().address(&path);
    let chips = conditions
        .into_iter()
        .map(|(label, without)| view! { <li><a class="chip" href=without.address(&path)>{label}" "{icon("x")}<span class="vh">{s::take_away(lang)}</span></a></li> })
        .collect::<Vec<_>>();
    let view = view! { <ul class="chips mb-4" aria-label=s::conditions_in_force(lang)>{chips}<li><a class="link-btn small" href=all>{s::clear_all(lang)}</a></li></ul> };
    Some(view.into_any())
}

/// What a value of a facet is called; none for a code that nobody knows.
pub fn label(lang: Lang, facet: FacetKind, code: &str) -> Option<String> {
    match facet {
        FacetKind::Category => taxonomy::find(code).map(|found| found.name(lang).to_owned()),
        FacetKind::Region => regions::find(code)
            .map(|found| if lang == Lang::En { found.name_en } else { found.short_ko }.to_owned()),
        FacetKind::PriceKind => s::price_kind(lang, code).map(str::to_owned),
        FacetKind::Badge | FacetKind::Certificate => {
            badges::find(code).map(|found| found.name(lang).to_owned())
        }
    }
}

const fn title(lang: Lang, facet: FacetKind) -> &'static str {
    match facet {
        FacetKind::Category => s::facet_category(lang),
        FacetKind::Region => s::facet_region(lang),
        FacetKind::PriceKind => s::facet_price(lang),
        FacetKind::Badge => s::facet_badge(lang),
        FacetKind::Certificate => s::facet_certificate(lang),
    }
}
