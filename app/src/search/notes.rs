//! What was made of the question, in one line, with the way back to the words as typed.

use leptos::prelude::*;
use market::Lang;
use market::search::{Interpretation, Reading, SearchQuery};

use super::state::ResultsState;
use crate::context::Req;
use crate::i18n::search as s;
use crate::ui::{Tone, notice};

/// Readings that are told; more would be noise.
const TOLD: usize = 3;

/// Notices above the results: cut words, engine away, what was widened.
pub fn notes(
    req: &Req,
    path: &str,
    state: &ResultsState,
    found: &Interpretation,
    cut: bool,
    degraded: bool,
) -> AnyView {
    let lang = req.lang();
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
    let relaxed = (found.relaxed && !degraded).then(|| notice(Tone::Info, s::relaxed(lang)));
    let line = (!told.is_empty() || literal.is_some())
        .then(|| view! { <p class="small mute mt-1">{told.join(" ")}{literal}</p> });
    view! {
        {cut.then(|| notice(Tone::Warn, s::cut(lang, SearchQuery::LONGEST)))}
        {degraded.then(|| notice(Tone::Warn, s::degraded(lang)))}
        {line}
        {back}
        {relaxed}
    }
    .into_any()
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
