//! The block beside the editor: how well the listing can be found, and what to add.

use leptos::prelude::*;
use market::Lang;
use market::catalog::Completeness;

use crate::i18n::catalog as w;
use crate::ui::icon;

/// Hints shown at once; the rest follows when these are done.
const SHOWN: usize = 4;

/// The block. Autosave replaces what stands inside it.
pub fn block(lang: Lang, completeness: &Completeness) -> AnyView {
    view! { <aside class="stick block" id="advice" aria-labelledby="advice-title">{inside(lang, completeness)}</aside> }.into_any()
}

/// Title, score and hints.
pub fn inside(lang: Lang, completeness: &Completeness) -> AnyView {
    let score = completeness.score / 10;
    let done = completeness
        .done
        .iter()
        .map(|hint| line("check", w::hint(lang, *hint).0.to_owned(), None))
        .collect::<Vec<_>>();
    let missing = completeness
        .missing
        .iter()
        .take(SHOWN)
        .map(|(hint, points)| line("plus", format!("{} +{}", w::hint(lang, *hint).1, points / 10), None));
    let missing = missing.collect::<Vec<_>>();
    let decoration = completeness
        .decoration
        .as_ref()
        .map(|word| line("alert-triangle", w::decoration(lang, word), Some(w::decoration_more(lang))));
    view! {
        <h2 id="advice-title">{w::score(lang)}</h2>
        <p class="line mt-2"><b class="t-num">{score}</b><span class="mute">{w::score_of(lang)}</span></p>
        <progress value=score max="100" aria-label=w::score_label(lang, score)></progress>
        <ul class="stack gap-3 small mt-4">{decoration}{missing}{done}</ul>
    }
    .into_any()
}

fn line(name: &str, text: String, more: Option<&'static str>) -> AnyView {
    view! { <li><b>{icon(name)}" "{text}</b>{more.map(|more| view! { <p class="mute">{more}</p> })}</li> }
        .into_any()
}
