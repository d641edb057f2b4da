//! What curators put around results (a page that answers better, recommended listings), and how it is learned
//! which results are opened.
//!
//! A result's link carries `ping`: the browser itself tells `POST /search/opened` of a followed link, without script,
//! without another address in the link (copied links, visited colours and prefetching stay what they were) and without
//! a redirect. Browsers that do not ping are known by the `Referer` of the listing's page. Both reports count once.

use std::fmt::Write as _;

use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use leptos::prelude::*;
use market::catalog::browse::{Card, ListingCard};
use market::search::desk::live;
use market::search::log;
use market::search::service::ResultsPage;
use uuid::Uuid;

use super::state::{PER_PAGE, ResultsState};
use super::why;
use crate::context::Req;
use crate::error::PageResult;
use crate::i18n::search_desk as w;
use crate::page::{self, encode};
use crate::ui::{self, collector, icon};

/// Says on the page where somebody was led that a search led there; holds the words.
pub const LED: &str = "searched";

/// The page that curators chose for this question instead of results. Whoever came back from there stays.
pub fn lead_on(req: &Req, state: &ResultsState, found: &ResultsPage) -> Option<Response> {
    let path = found.redirect.as_deref().filter(|_| req.query_value(LED).is_empty())?;
    let joint = if path.contains('?') { '&' } else { '?' };
    Some(page::redirect(&req.href(&format!("{path}{joint}{LED}={}", encode(&state.q)))))
}

/// The line above a page that a search led to, with the way back to the results.
pub fn led_here(req: &Req) -> Option<AnyView> {
    let words: String = req.query_value(LED).chars().take(80).collect();
    let words = market::text::line(&words);
    if words.is_empty() || &*req.path == "/search" {
        return None;
    }
    let lang = req.lang();
    let back = ResultsState { q: words.clone(), literal: true, ..ResultsState::default() }
        .address(&req.href("/search"));
    Some(view! { <p class="small mb-4">{w::led_here(lang, &words)}" "<a href=back>{w::led_back(lang)}</a></p> }.into_any())
}

/// Where the question has a page of its own and somebody asked for results all the same.
pub fn signpost(req: &Req, state: &ResultsState) -> Option<AnyView> {
    if !state.literal {
        return None;
    }
    let plain = ResultsState { q: state.q.clone(), ..ResultsState::default() };
    let (_, guidance) = live::current(&req.cx.market).apply(&plain.question(req.lang()), req.cx.now());
    let path = guidance.redirect?;
    let lang = req.lang();
    Some(view! { <div class="notice info mb-4">{icon("info")}<p>{w::better_page(lang)}" "<a href=req.href(&path)>{w::better_page_go(lang)}</a></p></div> }.into_any())
}

/// Recommended listings, above the results and marked as what they are.
pub fn pinned(req: &Req, state: &ResultsState, found: &ResultsPage) -> Option<AnyView> {
    if found.pinned.is_empty() {
        return None;
    }
    let lang = req.lang();
    let words = encode(&state.q);
    let rows = found.pinned.iter().map(|card| (card, opening(&words, card, None), None));
    let rows = ui::list(req, rows);
    // the buttons of the rows need their form also where nothing else is found, or what is found is a table
    let form = (found.cards.is_empty() || state.table).then(|| collector(req));
    Some(
        view! {
            {form}
            <section class="recommended mb-4" aria-labelledby="recommended">
                <h2 class="t-m" id="recommended">{icon("star")}{w::recommended(lang)}</h2>
                <p class="small mute">{w::recommended_why(lang)}</p>
                {rows}
            </section>
        }
        .into_any(),
    )
}

/// Rows of results whose links tell when they are followed.
pub fn rows(req: &Req, state: &ResultsState, found: &ResultsPage) -> AnyView {
    view! { {collector(req)}{ui::list(req, opened_rows(req, state, found))} }.into_any()
}

/// What was found, each with where its link tells that it was followed, and a line about why it is there.
pub fn opened_rows<'a>(
    req: &'a Req,
    state: &ResultsState,
    found: &'a ResultsPage,
) -> impl Iterator<Item = (&'a Card, Option<String>, Option<AnyView>)> + use<'a> {
    let before = (state.page.max(1) - 1).saturating_mul(PER_PAGE);
    let words = encode(&state.q);
    (before + 1..).zip(found.cards.iter().zip(&found.marks)).map(move |(place, (card, mark))| {
        let why = if words.is_empty() { None } else { why::line(req, mark) };
        (card, opening(&words, card, Some(place)), why)
    })
}

/// Where a followed result of a question with these (encoded) words is told; none without words.
fn opening(words: &str, card: &ListingCard, place: Option<u32>) -> Option<String> {
    if words.is_empty() {
        return None;
    }
    let mut address = format!("/search/opened?q={words}&listing={}", card.id.simple());
    if let Some(place) = place {
        let _ = write!(address, "&place={place}");
    }
    Some(address)
}

/// `POST /search/opened`: a browser tells that it follows the link of a result. Nothing is answered.
pub async fn opened(req: Req) -> PageResult {
    if let Ok(listing) = Uuid::parse_str(&req.query_value("listing")) {
        let place = req.query_value("place").parse().ok();
        log::opened(&req.cx, &req.query_value("q"), listing, place);
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// Notes that a listing's page was opened from results, for browsers that do not ping. A page fetched ahead was not
/// opened.
pub fn note_arrival(req: &Req, headers: &HeaderMap, listing: Uuid) {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if text("sec-purpose").contains("prefetch") {
        return;
    }
    let Some(from) = text(header::REFERER.as_str()).strip_prefix(&req.cx.settings().public_url) else {
        return;
    };
    let (path, query) = from.split_once('?').unwrap_or((from, ""));
    let path = path.strip_prefix("/en").unwrap_or(path);
    if path == "/search" || path.starts_with("/categories/") {
        log::opened(&req.cx, &ResultsState::parse(query).0.q, listing, None);
    }
}
