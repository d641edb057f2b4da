//! Where nothing was found, nobody is sent away: fewer conditions, the nearest categories, a request for quotes; and
//! the vendors that are called like the words.

use leptos::prelude::*;
use market::catalog::taxonomy;
use market::search::service::ResultsPage;

use super::results::{Shown, total};
use super::state::ResultsState;
use crate::context::Req;
use crate::i18n::{search as s, search_page as p};
use crate::page::encode;
use crate::ui::{icon, place};

/// Never a dead end.
pub fn nothing(req: &Req, shown: &Shown<'_>, found: &ResultsPage) -> AnyView {
    let lang = req.lang();
    let state = shown.state;
    let wider = state.has_conditions().then(|| {
        let href = state.without_conditions().address(&req.href("/search"));
        let label = found.wider.map_or_else(
            || s::without_conditions(lang).to_owned(),
            |count| p::without_conditions_count(lang, &total(count)),
        );
        view! { <a class="btn btn-primary" href=href>{label}</a> }
    });
    let quotes = (!state.q.is_empty()).then(|| {
        let class = if state.has_conditions() { "btn" } else { "btn btn-primary" };
        let href = format!("{}?q={}", req.href("/rfqs/new"), encode(&state.q));
        view! { <a class=class href=href>{p::ask_everybody(lang)}</a> }
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
    let why = if found.clash.is_some() { p::clash_why(lang) } else { s::nothing_why(lang) };
    view! {
        <div class="empty">
            <h2>{title}</h2>
            <p class="mute">{why}</p>
            <p class="line">{wider}{quotes}<a class="btn" href=req.href("/categories")>{s::all_categories(lang)}</a></p>
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

/// Vendors that are called like the words.
pub fn vendors(req: &Req, found: &ResultsPage) -> Option<AnyView> {
    if found.vendors.is_empty() {
        return None;
    }
    let lang = req.lang();
    let links = found
        .vendors
        .iter()
        .map(|vendor| {
            let href = req.href(&format!("/vendors/{}", vendor.slug));
            let name = lang.pick(&vendor.name_ko, &vendor.name_en).to_owned();
            view! { <li><a class="chip" href=href>{icon("building")}{name}" "<span class="mute small">{place(lang, &vendor.region, &vendor.address)}</span></a></li> }
        })
        .collect::<Vec<_>>();
    Some(view! { <section class="mb-4" aria-labelledby="named"><h2 class="t-m" id="named">{p::vendors_named(lang)}</h2><ul class="chips mt-2">{links}</ul></section> }.into_any())
}
