//! The conditions beside the results: a column on a desk, a sheet on a phone, one plain form in both.

use leptos::prelude::*;
use market::Lang;
use market::catalog::{badges, taxonomy};
use market::regions;
use market::search::conditions::{Condition, Demand, named_category};
use market::search::model::ANSWER_STEPS;
use market::search::{Bounds, FacetCounts, FacetKind};

use super::results::{Shown, total};
use super::state::{ResultsState, SORTS, TABLE, VIEW, facet_name, facet_value};
use crate::context::Req;
use crate::i18n::search as s;
use crate::ui::{icon, number};

/// Values of one facet that are shown; the chosen ones always are.
const SHOWN: usize = 12;

/// The form with every facet.
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
        <form class="facets sheet" id="facets" popover="auto" action=req.href(shown.path) aria-label=s::conditions(lang)>
            <div class="sheet-top"><h2>{s::conditions(lang)}</h2>
                <button type="button" class="link-btn" popovertarget="facets" popovertargetaction="hide">{icon("x")}{s::close(lang)}</button></div>
            {kept(state)}
            {groups}
            {ranges(lang, state)}
            <div class="sheet-end"><a class="btn" href=clear>{s::clear(lang)}</a><button class="btn btn-primary">{s::show_count(lang, &total(shown.total))}</button></div>
        </form>
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
    let view = state.table.then(|| (VIEW, TABLE.to_owned()));
    [q, sort, literal, view]
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
    let missing = chosen.iter().filter(|code| !values.iter().any(|(value, _)| value == *code));
    let missing = missing.map(|code| {
        let count = counts.iter().find(|(value, _)| value == code).map(|(_, count)| *count);
        (*code, Some(count.unwrap_or(0)))
    });
    // what was chosen stands above the places below it; elsewhere behind, so that nothing jumps
    let missing: Vec<_> = missing.collect();
    let place = if facet == FacetKind::Category { 0 } else { values.len() };
    values.splice(place..place, missing);
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
            let below = facet == FacetKind::Category && !checked && !chosen.is_empty();
            Some(view! {
                <label class=if below { "check below" } else { "check" }><input type="checkbox" name=name value=value checked=checked />{label}{count.map(|count| view! { <span class="end">{number(count)}</span> })}</label>
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

/// The ranges: from and to, both may stay empty.
fn ranges(lang: Lang, state: &ResultsState) -> AnyView {
    let group = |title: &'static str, unit: &'static str, names: [&'static str; 2], bounds: Bounds| {
        let field = |label: String, name: &'static str, value: Option<i64>| {
            let id = format!("f-{name}");
            view! {
                <div class="field"><label for=id.clone()>{label}</label>
                    <input class="in" id=id name=name inputmode="numeric" autocomplete="off" value=value.map(|value| value.to_string()) /></div>
            }
        };
        let [low, high] = names;
        view! {
            <details open=!bounds.is_open()><summary>{title}</summary>
                <fieldset class="range"><legend class="vh">{title}</legend>
                    {field(s::at_least(lang, unit), low, bounds.min)}
                    {field(s::at_most(lang, unit), high, bounds.max)}
                </fieldset></details>
        }
    };
    view! {
        {group(s::price_range(lang), s::won(lang), ["price_min", "price_max"], state.price)}
        {group(s::least_order(lang), "", ["moq_min", "moq"], state.moq)}
        {group(s::lead_time(lang), s::days(lang), ["lead_min", "lead"], state.lead)}
    }
    .into_any()
}

/// A range in words: `납기 7일 이하`.
fn range_label(lang: Lang, name: &str, unit: &str, bounds: Bounds) -> Option<String> {
    let with = |value: i64| format!("{}{unit}", number(value));
    let words = match (bounds.min, bounds.max) {
        (Some(min), Some(max)) => format!("{}–{}", number(min), with(max)),
        (Some(min), None) => s::or_more(lang, &with(min)),
        (None, Some(max)) => s::or_less(lang, &with(max)),
        (None, None) => return None,
    };
    Some(format!("{name} {words}"))
}

/// The ranges of a state in words.
pub fn range_labels(lang: Lang, state: &ResultsState) -> Vec<String> {
    let ranges = [
        range_label(lang, s::price_range(lang), s::won(lang), state.price),
        range_label(lang, s::least_order(lang), "", state.moq),
        range_label(lang, s::lead_time(lang), s::days(lang), state.lead),
    ];
    ranges.into_iter().flatten().collect()
}

/// What a condition in the words demands.
fn demand_label(lang: Lang, demand: &Demand) -> Option<String> {
    match demand {
        Demand::Facet { facet, codes } => {
            let names: Vec<String> = codes.iter().filter_map(|code| label(lang, *facet, code)).collect();
            (!names.is_empty()).then(|| names.join("·"))
        }
        Demand::Price { bounds } => range_label(lang, s::price_range(lang), s::won(lang), *bounds),
        Demand::Moq { bounds } => range_label(lang, s::least_order(lang), "", *bounds),
        Demand::Lead { bounds } => range_label(lang, s::lead_time(lang), s::days(lang), *bounds),
    }
}

/// Conditions that stood in the words: each a link to the question without them.
fn said(req: &Req, shown: &Shown<'_>, conditions: &[Condition]) -> Vec<(String, String)> {
    let path = req.href(shown.path);
    conditions
        .iter()
        .filter_map(|condition| {
            let label = demand_label(req.lang(), &condition.demand)?;
            Some((label, shown.state.with_words(&condition.without).address(&path)))
        })
        .collect()
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
    let base = state.on_page(1);
    let ranges = [
        (
            range_label(lang, s::price_range(lang), s::won(lang), state.price),
            ResultsState { price: Bounds::default(), ..base.clone() },
        ),
        (
            range_label(lang, s::least_order(lang), "", state.moq),
            ResultsState { moq: Bounds::default(), ..base.clone() },
        ),
        (
            range_label(lang, s::lead_time(lang), s::days(lang), state.lead),
            ResultsState { lead: Bounds::default(), ..base },
        ),
    ];
    conditions.extend(ranges.into_iter().filter_map(|(label, without)| Some((label?, without))));
    let in_words = said(req, shown, shown.conditions);
    let narrow = narrower(req, shown);
    if conditions.is_empty() && in_words.is_empty() && narrow.is_none() {
        return None;
    }
    let all = (!conditions.is_empty()).then(|| {
        let all = state.without_conditions().address(&path);
        view! { <li><a class="link-btn small" href=all>{s::clear_all(lang)}</a></li> }
    });
    let chosen = conditions.into_iter().map(|(label, without)| (label, without.address(&path)));
    let chips = in_words
        .into_iter()
        .map(|(label, href)| (label, href, true))
        .chain(chosen.map(|(label, href)| (label, href, false)))
        .map(|(label, href, said)| {
            let from = said.then(|| view! { <span class="mute small">{s::from_words(lang)}</span>" " });
            view! { <li><a class="chip" href=href>{from}{label}" "{icon("x")}<span class="vh">{s::take_away(lang)}</span></a></li> }
        })
        .collect::<Vec<_>>();
    let view =
        view! { <ul class="chips mb-4" aria-label=s::conditions_in_force(lang)>{chips}{narrow}{all}</ul> };
    Some(view.into_any())
}

/// The category that the words name, offered as a condition: they may also mean what belongs to such a thing.
fn narrower(req: &Req, shown: &Shown<'_>) -> Option<AnyView> {
    if shown.category_fixed || !shown.state.category.is_empty() || shown.state.literal {
        return None;
    }
    let category = named_category(shown.rest)?;
    let count =
        counts_of(shown.facets, FacetKind::Category).iter().find(|(code, _)| code == category.code)?.1;
    let lang = req.lang();
    let state = ResultsState { category: vec![category.code], ..shown.state.on_page(1) };
    let href = state.address(&req.href(shown.path));
    let label = s::only_category(lang, category.name(lang), &number(count));
    Some(view! { <li><a class="chip" href=href>{icon("plus")}{label}</a></li> }.into_any())
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
        FacetKind::AnswerSpeed => ANSWER_STEPS
            .into_iter()
            .find(|(step, _)| *step == code)
            .map(|(_, hours)| s::within_hours(lang, hours)),
    }
}

const fn title(lang: Lang, facet: FacetKind) -> &'static str {
    match facet {
        FacetKind::Category => s::facet_category(lang),
        FacetKind::Region => s::facet_region(lang),
        FacetKind::PriceKind => s::facet_price(lang),
        FacetKind::Badge => s::facet_badge(lang),
        FacetKind::Certificate => s::facet_certificate(lang),
        FacetKind::AnswerSpeed => s::facet_answer(lang),
    }
}
