//! `GET /categories/{slug}`: one category with its results. Cache: private, revalidated (`page::render`).

use axum::extract::Path;
use leptos::prelude::*;
use market::ErrorKind;
use market::catalog::drawing::Family;
use market::catalog::taxonomy::{self, Category};
use market::search::FacetKind;
use market::search::service::{self, ResultsPage};

use super::categories::entry_at;
use super::{listing, listing_data};
use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::listing as l;
use crate::page::{self, Meta};
use crate::search::page::{bad_cursor, beyond};
use crate::search::results::{self, Shown};
use crate::search::state::ResultsState;
use crate::ui::{breadcrumbs, silhouette};

/// The page of a category; an address by code leads to the one by slug.
pub async fn show(req: Req, Path(slug): Path<String>) -> PageResult {
    let Some(category) = taxonomy::find_by_slug(&slug) else {
        let known = taxonomy::find(&slug).ok_or(ErrorKind::NotFound)?;
        return Ok(page::moved(&req.href(&format!("/categories/{}", known.slug))));
    };
    let (mut state, cut) = ResultsState::parse(&req.query);
    state.category = vec![category.code];
    let found = service::search(&req.cx, state.question(req.lang())).await?;
    // the category is in the path, so links leave it out of the query
    let linked = ResultsState { category: Vec::new(), ..state.clone() };
    let path = format!("/categories/{}", category.slug);
    if found.bad_cursor {
        return Ok(bad_cursor(&req, &path, &linked));
    }
    if let Some(there) = beyond(&req, &path, &linked, &found) {
        return Ok(there);
    }
    Ok(page::render_kept(
        &req,
        (found, service::rules_version(&req.cx)),
        |(found, _)| meta(&req, category, &linked, found),
        |(found, _)| view(&req, category, &linked, &path, found, cut),
    ))
}

fn meta(req: &Req, category: &Category, state: &ResultsState, found: &ResultsPage) -> Meta {
    let lang = req.lang();
    let count = results::total(found.total);
    Meta {
        noindex: *state != ResultsState::default(),
        json_ld: vec![listing_data::breadcrumbs(req, category.code).into()],
        ..Meta::public(category.name(lang), l::category_description(lang, category.name(lang), &count))
    }
}

fn view(
    req: &Req,
    category: &'static Category,
    state: &ResultsState,
    path: &str,
    found: &ResultsPage,
    cut: bool,
) -> AnyView {
    let lang = req.lang();
    let shown = Shown::of(state, path, true, found);
    let heading = l::category_count(lang, category.name(lang), &results::total(found.total));
    let head = view! { <div class="with-pic">{silhouette(Family::for_category(category.code))}<h1 class="t-xl">{heading}</h1></div>{children(req, category, found, state.table)} }.into_any();
    let crumbs = listing::crumbs(req, category.code, Some(category.name(lang)));
    view! { {breadcrumbs(lang, crumbs)}{results::body(req, &shown, found, head, cut)} }.into_any()
}

/// The places directly below, with the counts of these results, shown in the same way.
fn children(req: &Req, category: &Category, found: &ResultsPage, table: bool) -> Option<AnyView> {
    let counts = found
        .facets
        .iter()
        .find(|counts| counts.facet == FacetKind::Category)
        .map_or(&[][..], |counts| &counts.values);
    let count =
        |code: &str| counts.iter().find(|(value, _)| value == code).map_or(0, |(_, count)| i64::from(*count));
    let entries = taxonomy::children(category.code)
        .map(|child| {
            let state = ResultsState { table, ..ResultsState::default() };
            let href = state.address(&req.href(&format!("/categories/{}", child.slug)));
            entry_at(req, child, count(child.code), href)
        })
        .collect::<Vec<_>>();
    (!entries.is_empty()).then(|| view! { <nav aria-label=l::subcategories(req.lang())><ul class="dir mt-3 mb-4">{entries}</ul></nav> }.into_any())
}
