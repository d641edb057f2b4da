//! What was made of the question, in one line, with the way back to the words as typed.

use leptos::prelude::*;
use market::Lang;
use market::search::conditions::Clash;
use market::search::neighbours::neighbours;
use market::search::service::ResultsPage;
use market::search::{Interpretation, Reading, SearchQuery};

use super::results::Shown;
use super::state::ResultsState;
use crate::context::Req;
use crate::i18n::{search as s, search_page as p};
use crate::ui::{Tone, notice};

/// Readings that are told; more would be noise.
const TOLD: usize = 3;

/// Notices above the results: cut words, engine away, what was widened.
pub fn notes(req: &Req, shown: &Shown<'_>, page: &ResultsPage, found: &Interpretation, cut: bool) -> AnyView {
    let (lang, state, path, degraded) = (req.lang(), shown.state, shown.path, page.degraded);
    let dropped = page.conditions_dropped.then(|| {
        let words: Vec<&str> = page.conditions.iter().map(|condition| condition.words.as_str()).collect();
        notice(Tone::Info, p::conditions_dropped(lang, &words.join(", ")))
    });
    let clash = page.clash.as_ref().map(|clash| notice(Tone::Warn, clash_words(lang, clash)));
    let instead = instead(lang, page).map(|words| notice(Tone::Info, words));
    let told: Vec<String> =
        found.readings.iter().filter_map(|reading| sentence(lang, reading)).take(TOLD).collect();
    let literal = found.literal_alternative.as_ref().filter(|_| !state.literal).map(|words| {
        let href = ResultsState { literal: true, ..state.on_page(1) }.address(&req.href(path));
        view! { " "<a href=href>{s::search_literally(lang, words)}</a> }
    });
    let back = state.literal.then(|| {
        let href = ResultsState { literal: false, ..state.on_page(1) }.address(&req.href(path));
        view! { <p class="small mute mt-1">{s::literal_now(lang)}" "<a href=href>{s::search_widely(lang)}</a></p> }
    });
    let relaxed = (found.relaxed && !degraded && !page.conditions_dropped && instead.is_none())
        .then(|| notice(Tone::Info, s::relaxed(lang)));
    let line = (!told.is_empty() || literal.is_some())
        .then(|| view! { <p class="small mute mt-1">{told.join(" ")}{literal}</p> });
    view! {
        {cut.then(|| notice(Tone::Warn, s::cut(lang, SearchQuery::LONGEST)))}
        {degraded.then(|| notice(Tone::Warn, s::degraded(lang)))}
        {line}
        {back}
        {clash}
        {dropped}
        {instead}
        {relaxed}
    }
    .into_any()
}

/// The sizes that are there instead of one that nobody has.
fn instead(lang: Lang, page: &ResultsPage) -> Option<String> {
    if page.degraded || page.marks.iter().any(|mark| mark.full) {
        return None;
    }
    let texts: Vec<&str> =
        page.cards.iter().flat_map(|card| [card.title_ko.as_str(), card.title_en.as_str()]).collect();
    let found = neighbours(&page.rest, texts.into_iter())?;
    Some(p::instead(lang, &found.asked, &found.instead.join(", ")))
}

const fn clash_words(lang: Lang, clash: &Clash) -> &'static str {
    match clash {
        Clash::Facet(_) => p::clash_facet(lang),
        Clash::Price | Clash::Moq | Clash::Lead => p::clash_range(lang),
        Clash::PriceOnRequest => p::clash_request(lang),
    }
}

fn sentence(lang: Lang, reading: &Reading) -> Option<String> {
    Some(match reading {
        Reading::Keyboard { from, to } => s::read_keyboard(lang, from, to),
        Reading::Corrected { from, to } => s::read_corrected(lang, from, to),
        Reading::Also { from, to } => s::read_also(lang, from, to),
        Reading::Dropped { word } => s::read_dropped(lang, word),
        Reading::Region { word } => s::read_region(lang, word),
        Reading::Excluded { word } => s::read_excluded(lang, word),
        Reading::Truncated => return None,
    })
}
