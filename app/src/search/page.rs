//! `GET /search`: the results of a question. Cache: private, revalidated (`page::render`).

use axum::response::Response;
use http::StatusCode;
use leptos::prelude::*;
use market::catalog::taxonomy;
use market::search::SearchQuery;
use market::search::service::{self, ResultsPage};

use super::guide;
use super::results::{self, Shown};
use super::state::ResultsState;
use super::why;
use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::{common as w, search as s, search_page as p};
use crate::page::{self, Meta};
use crate::ui::{Crumb, breadcrumbs, primary_link};

const PATH: &str = "/search";

/// The results page.
pub async fn show(req: Req) -> PageResult {
    let (state, cut) = ResultsState::parse(&req.query);
    let explain = why::explains(&req);
    let found = service::search(&req.cx, SearchQuery { explain, ..state.question(req.lang()) }).await?;
    if found.bad_cursor {
        return Ok(bad_cursor(&req, PATH, &state));
    }
    if let Some(there) = guide::lead_on(&req, &state, &found) {
        return Ok(there);
    }
    if let Some(there) = beyond(&req, PATH, &state, &found) {
        return Ok(there);
    }
    Ok(page::render_kept(
        &req,
        (found, service::rules_version(&req.cx)),
        |(found, _)| meta(&req, &state, found),
        |(found, _)| view(&req, &state, found, cut),
    ))
}

/// A place to continue from that was not made here, or for another question. A page that has a number is shown by it.
pub fn bad_cursor(req: &Req, path: &str, state: &ResultsState) -> Response {
    if !state.continues() {
        return page::redirect(&state.on_page(state.page).address(&req.href(path)));
    }
    let lang = req.lang();
    let first = state.on_page(1).address(&req.href(path));
    let view = view! {
        <section class="empty page-error">
            <p class="tag">{StatusCode::BAD_REQUEST.as_u16()}</p>
            <h1>{p::bad_cursor_title(lang)}</h1>
            <p>{p::bad_cursor_text(lang)}</p>
            <p class="actions">{primary_link(&first, p::bad_cursor_go(lang))}</p>
        </section>
    };
    page::render_status(
        req,
        StatusCode::BAD_REQUEST,
        Meta::private(p::bad_cursor_title(lang)),
        view.into_any(),
    )
}

/// A page behind the last one leads to the last one; one behind whose beginning nothing is left, to the page of its number.
pub fn beyond(req: &Req, path: &str, state: &ResultsState, found: &ResultsPage) -> Option<Response> {
    let last = results::last_page(found.total);
    let ended = state.cursor.is_some() && !state.continues();
    (found.cards.is_empty() && (state.page > last || ended))
        .then(|| page::redirect(&state.on_page(state.page.min(last)).address(&req.href(path))))
}

/// Search engines may list a plain question that has answers, under one address. Conditions, orders, further pages,
/// answers to something else than asked and empty pages are kept out: they would be endless and thin.
fn meta(req: &Req, state: &ResultsState, found: &ResultsPage) -> Meta {
    let lang = req.lang();
    let title = if state.q.is_empty() { s::title_all(lang).to_owned() } else { s::title_for(lang, &state.q) };
    let plain = ResultsState { q: state.q.clone(), ..ResultsState::default() };
    let answered = !found.cards.is_empty() && !found.degraded && !found.interpretation.relaxed;
    Meta {
        noindex: *state != plain || !answered,
        canonical: plain.address(PATH),
        ..Meta::public(title, s::description(lang))
    }
}

fn view(req: &Req, state: &ResultsState, found: &ResultsPage, cut: bool) -> AnyView {
    let lang = req.lang();
    let shown = Shown::of(state, PATH, false, found);
    let count = results::total(found.total);
    let heading = if state.q.is_empty() {
        s::heading_all(lang, &count)
    } else {
        s::heading_for(lang, &state.q, &count)
    };
    let mut crumbs = vec![Crumb::link(w::home(lang), req.href("/"))];
    if let [code] = state.category.as_slice() {
        crumbs.extend(taxonomy::find(code).map(|category| {
            Crumb::link(category.name(lang), req.href(&format!("/categories/{}", category.slug)))
        }));
    }
    crumbs.push(Crumb::here(s::results(lang)));
    let head = view! { <h1 class="t-xl">{heading}</h1> }.into_any();
    view! { {breadcrumbs(lang, crumbs)}{results::body(req, &shown, found, head, cut)} }.into_any()
}
