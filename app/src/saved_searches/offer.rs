//! The offer beside results: one press for who is signed in, an address for everybody else.

use leptos::prelude::*;
use market::Lang;
use market::catalog::taxonomy;
use market::saved_searches::{Condition, SavedQuestion};
use market::search::{FacetKind, Sort};

use crate::context::Req;
use crate::form::{Form, IDEM, Submitted};
use crate::i18n::saved_searches as w;
use crate::search::facets;
use crate::search::results::Shown;
use crate::search::state::ResultsState;
use crate::ui::{Field, Tone, notice};

/// Conditions named in a title.
const NAMED: usize = 3;

/// The block below results, with an empty form; none where nothing was asked.
pub fn block(req: &Req, shown: &Shown<'_>, empty: &Form) -> Option<AnyView> {
    let state = asked(shown);
    if state.question(req.lang()).text.is_empty() && !state.has_conditions() {
        return None;
    }
    let lang = req.lang();
    let content = if req.query_value("alert") == "saved" && req.person().is_some() {
        view! {
            {notice(Tone::Good, w::offer_saved(lang))}
            <p class="mt-3"><a href=req.href("/account/searches")>{w::offer_manage(lang)}</a></p>
        }
        .into_any()
    } else {
        view! { <p class="mute mb-3">{w::offer_text(lang)}</p>{form(req, &state, empty)} }.into_any()
    };
    Some(
        view! {
            <section class="block mt-6" id="alert" aria-labelledby="alert-title">
                <h2 class="t-l" id="alert-title">{w::offer_title(lang)}</h2>
                {content}
            </section>
        }
        .into_any(),
    )
}

/// The form; its hidden field is the whole state of the results.
pub fn form(req: &Req, state: &ResultsState, form: &Form) -> AnyView {
    let lang = req.lang();
    let fields = if req.person().is_some() {
        view! { <button class="btn btn-primary">{w::offer_button(lang)}</button> }.into_any()
    } else {
        view! {
            {Field::email("email", w::offer_email(lang)).hint(w::offer_email_hint(lang)).view(lang, form)}
            {crate::inquiries::form::trap(lang)}
            <div class="actions"><button class="btn btn-primary">{w::offer_guest_button(lang)}</button></div>
        }
        .into_any()
    };
    view! {
        <form method="post" action=req.href("/saved-searches") class="form" novalidate>
            {crate::ui::error_summary(lang, form)}
            <input type="hidden" name=IDEM value=form.idem.to_string() />
            <input type="hidden" name="state" value=state.to_query() />
            {fields}
        </form>
    }
    .into_any()
}

/// What a state asks for, however it is ordered and shown.
fn plain(state: &ResultsState) -> ResultsState {
    ResultsState { sort: Sort::Relevance, table: false, ..state.on_page(1) }
}

/// What the page asks, with the category of its path.
fn asked(shown: &Shown<'_>) -> ResultsState {
    let mut state = plain(shown.state);
    let fixed = shown.path.strip_prefix("/categories/").and_then(taxonomy::find_by_slug);
    if let Some(category) = fixed.filter(|category| !state.category.contains(&category.code)) {
        state.category.push(category.code);
    }
    state
}

/// The condition that a form sent: read by the parser of the results page.
pub fn sent(lang: Lang, form: &Submitted) -> (ResultsState, Condition) {
    let (state, _) = ResultsState::parse(form.get("state"));
    let state = plain(&state);
    let asked = state.question(lang);
    let question = SavedQuestion { text: asked.text, literal: asked.literal, filters: asked.filters };
    let condition = Condition { address: state.address("/search"), title: title(lang, &state), question };
    (state, condition)
}

/// What a search is called: its words, then its conditions.
pub fn title(lang: Lang, state: &ResultsState) -> String {
    let mut parts: Vec<String> = Vec::new();
    for facet in FacetKind::ALL {
        parts.extend(state.chosen(facet).iter().filter_map(|code| facets::label(lang, facet, code)));
    }
    parts.extend(facets::range_labels(lang, state));
    if state.literal {
        parts.push(w::literal(lang).to_owned());
    }
    let more = parts.len().saturating_sub(NAMED);
    parts.truncate(NAMED);
    if more > 0 {
        parts.push(w::and_more(lang, more));
    }
    if !state.q.is_empty() {
        let words: String = state.q.chars().take(60).collect();
        parts.insert(0, format!("‘{words}’"));
    }
    parts.join(" · ")
}
