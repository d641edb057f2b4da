//! Why a listing is among the results, in words under its name; for curators also the parts of its score.

use leptos::prelude::*;
use market::Lang;
use market::search::Evidence;
use market::search::service::Mark;

use crate::context::Req;
use crate::i18n::search_page as p;
use market::accounts::access::{Object, Verb, can};

/// Whether the parts of scores are asked for, by somebody who may see them.
pub fn explains(req: &Req) -> bool {
    req.query_value("explain") == "1" && can(req.actor(), Verb::CurateSearch, Object::Site)
}

/// The line under the name; none where the words stand as typed.
pub fn line(req: &Req, mark: &Mark) -> Option<AnyView> {
    let lang = req.lang();
    let neighbour = (!mark.full).then(|| view! { <span class="tag">{p::nearby(lang)}</span>" " });
    let code = (mark.full && mark.why.contains(&Evidence::PartNumber))
        .then(|| view! { <span class="tag tag-ok">{p::part_number_hit(lang)}</span>" " });
    let told = mark.why.iter().filter_map(|evidence| word(lang, *evidence)).take(2).collect::<Vec<_>>();
    let explain = mark.explain.clone().map(|parts| view! { <br /><code class="small">{parts}</code> });
    if neighbour.is_none() && code.is_none() && told.is_empty() && explain.is_none() {
        return None;
    }
    let why = (!told.is_empty()).then(|| p::found_by(lang, &told.join(" · ")));
    Some(view! { <p class="small mute">{neighbour}{code}{why}{explain}</p> }.into_any())
}

/// Evidence worth telling: what stands there as typed needs no words.
const fn word(lang: Lang, evidence: Evidence) -> Option<&'static str> {
    Some(match evidence {
        Evidence::Literal
        | Evidence::PartNumber
        | Evidence::Compound
        | Evidence::Context
        | Evidence::Spec => return None,
        Evidence::Spelling => p::by_spelling(lang),
        Evidence::Synonym => p::by_synonym(lang),
        Evidence::Initials => p::by_initials(lang),
        Evidence::HalfTyped => p::by_half_typed(lang),
        Evidence::Keyboard => p::by_keyboard(lang),
        Evidence::Typo => p::by_typo(lang),
    })
}
