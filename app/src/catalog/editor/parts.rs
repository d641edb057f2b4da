//! Parts of the editor's form: category picker, specification lines, price lines.

use leptos::prelude::*;
use market::Lang;
use market::catalog::draft::{SPEC_ROWS_MAX, TIERS_MAX};
use market::catalog::taxonomy::{self, Category};

use super::fields::{SPARE_ROWS, filled};
use crate::catalog::islands::CategoryFinder;
use crate::form::Form;
use crate::i18n::{catalog as w, problems};
use crate::ui::icon;

/// What was looked for with the button beside the category, and what was found.
pub struct Found {
    /// Leaves whose names match.
    pub categories: Vec<&'static Category>,
}

/// A category with the names above it: `볼트·너트·체결 › 볼트 › 육각볼트`.
pub fn path_label(lang: Lang, category: &Category) -> String {
    let mut names: Vec<&str> =
        taxonomy::ancestors(category.code).into_iter().map(|above| above.name(lang)).collect();
    names.push(category.name(lang));
    names.join(" › ")
}

/// The category: a list of everything, narrowed by a search that works with and without script.
pub fn category(lang: Lang, form: &Form, found: Option<&Found>) -> AnyView {
    let problem = form.problem("category").map(|problem| problems::problem(lang, problem));
    let class = if problem.is_some() { "field has-err" } else { "field" };
    let chosen = form.value("category").to_owned();
    let note = found.map(|found| match found.categories.len() {
        0 => w::category_not_found(lang).to_owned(),
        count => w::category_found(lang, count),
    });
    let options = match found.filter(|found| !found.categories.is_empty()) {
        Some(found) => {
            // looking around never takes the choice away
            let missing = |kept: &&Category| found.categories.iter().all(|leaf| leaf.code != kept.code);
            let kept = taxonomy::leaves().find(|leaf| leaf.code == chosen).filter(missing);
            let shown = kept.into_iter().chain(found.categories.iter().copied());
            shown.map(|category| option(lang, category, &chosen, true)).collect::<Vec<_>>()
        }
        None => taxonomy::roots().map(|root| group(lang, root, &chosen)).collect(),
    };
    let invalid = problem.is_some().then_some("true");
    view! {
        <div class="field">
            <label for="category-q">{w::category_find(lang)}</label>
            <p class="hint" id="category-q-hint">{w::category_find_hint(lang)}</p>
            <div class="line keep">
                <input class="in" id="category-q" name="category-q" type="search" autocomplete="off" value=form.value("category-q").to_owned() aria-describedby="category-q-hint category-q-note" />
                <button class="btn" name="act" value="find-category">{w::find(lang)}</button>
            </div>
            <p class="hint" id="category-q-note" role="status">{note}</p>
            <CategoryFinder lang=lang />
        </div>
        <div class=class>
            <label for="category">{w::category(lang)}</label>
            {problem.map(|text| view! { <p class="err" id="category-err">{icon("circle-alert")}<span>{text}</span></p> })}
            <select class="in" id="category" name="category" aria-invalid=invalid aria-describedby=invalid.map(|_| "category-err")>
                <option value="">{w::category_choose(lang)}</option>
                {options}
            </select>
        </div>
    }
    .into_any()
}

fn group(lang: Lang, root: &'static Category, chosen: &str) -> AnyView {
    let below = taxonomy::leaves().filter(|leaf| leaf.root() == root.code);
    let options = below.map(|leaf| option(lang, leaf, chosen, false)).collect::<Vec<_>>();
    view! { <optgroup label=root.name(lang)>{options}</optgroup> }.into_any()
}

fn option(lang: Lang, leaf: &Category, chosen: &str, whole_path: bool) -> AnyView {
    let label = if whole_path || leaf.depth < 2 {
        path_label(lang, leaf)
    } else {
        let above = leaf.parent.and_then(taxonomy::find).map_or("", |above| above.name(lang));
        format!("{above} › {}", leaf.name(lang))
    };
    view! { <option value=leaf.code selected={leaf.code == chosen}>{label}</option> }.into_any()
}

/// The specification lines and the button for more.
pub fn specs(lang: Lang, form: &Form) -> AnyView {
    let count = (filled(
        &form.values,
        &["spec-value-", "spec-name-ko-", "spec-name-en-", "spec-unit-"],
        SPEC_ROWS_MAX + 10,
    ) + spare(form, "add-spec", 3))
    .max(4);
    let lines = (0..count)
        .map(|n| {
            view! {
                <fieldset class="rowset">
                    <legend class="vh">{w::spec_row(lang, n + 1)}</legend>
                    {cell(lang, form, &format!("spec-name-ko-{n}"), w::spec_name(lang), None)}
                    {cell(lang, form, &format!("spec-value-{n}"), w::spec_value(lang), None)}
                    {cell(lang, form, &format!("spec-unit-{n}"), w::spec_unit(lang), None)}
                    {cell(lang, form, &format!("spec-name-en-{n}"), w::spec_name_en(lang), Some("en"))}
                </fieldset>
            }
        })
        .collect::<Vec<_>>();
    let problem = form.problem("specs").map(|problem| problems::problem(lang, problem));
    let class = if problem.is_some() { "has-err" } else { "" };
    view! {
        <div id="specs" class=class>
            <p class="hint">{w::specs_hint(lang)}</p>
            {problem.map(|text| view! { <p class="err">{icon("circle-alert")}<span>{text}</span></p> })}
            {lines}
            <p class="mt-2"><button class="btn btn-s" name="act" value="add-spec">{icon("plus")}{w::add_row(lang)}</button></p>
        </div>
    }
    .into_any()
}

/// The prices by quantity and the button for more.
pub fn tiers(lang: Lang, form: &Form) -> AnyView {
    let count = (filled(&form.values, &["tier-from-", "tier-price-"], TIERS_MAX + 10)
        + spare(form, "add-tier", 2))
    .max(3);
    let lines = (0..count)
        .map(|n| {
            view! {
                <fieldset class="rowset two">
                    <legend class="vh">{w::tier_row(lang, n + 1)}</legend>
                    {cell(lang, form, &format!("tier-from-{n}"), w::tier_from(lang), None)}
                    {cell(lang, form, &format!("tier-price-{n}"), w::tier_price(lang), None)}
                </fieldset>
            }
        })
        .collect::<Vec<_>>();
    let problem = form.problem("tiers").map(|problem| problems::problem(lang, problem));
    let class = if problem.is_some() { "has-err mt-5" } else { "mt-5" };
    view! {
        <div id="tiers" class=class>
            <b>{w::price_tiers(lang)}</b>
            <p class="hint">{w::tiers_hint(lang)}</p>
            {problem.map(|text| view! { <p class="err">{icon("circle-alert")}<span>{text}</span></p> })}
            {lines}
            <p class="mt-2"><button class="btn btn-s" name="act" value="add-tier">{icon("plus")}{w::add_row(lang)}</button></p>
        </div>
    }
    .into_any()
}

/// More empty lines when they were asked for, a few in any case.
fn spare(form: &Form, act: &str, more: usize) -> usize {
    if form.value("act") == act { more } else { SPARE_ROWS.min(more) }
}

fn cell(
    lang: Lang,
    form: &Form,
    name: &str,
    label: &'static str,
    content_lang: Option<&'static str>,
) -> AnyView {
    let problem = form.problem(name).map(|problem| problems::problem(lang, problem));
    let error = format!("{name}-err");
    let described = problem.is_some().then(|| error.clone());
    let invalid = problem.is_some().then_some("true");
    view! {
        <div class="field">
            <label class="small" for=name.to_owned()>{label}</label>
            {problem.map(|text| view! { <p class="err" id=error>{icon("circle-alert")}<span>{text}</span></p> })}
            <input class="in" id=name.to_owned() name=name.to_owned() value=form.value(name).to_owned() lang=content_lang autocomplete="off" aria-invalid=invalid aria-describedby=described />
        </div>
    }
    .into_any()
}
