//! Questions of consent on forms: a box that nobody ticked, and folded below it who gets what, why, for how long, and what a refusal
//! means.

use leptos::prelude::*;
use market::Lang;
use market::accounts::model::ConsentKind;
use market::retention::THREAD_YEARS;

use crate::form::{Form, Submitted};
use crate::i18n::{accounts as w, consent as c};
use crate::ui;

/// Who learns who asks.
#[derive(Clone, Copy, Debug)]
pub enum Receivers<'a> {
    /// One vendor, by its name.
    One(&'a str),
    /// The vendors that were chosen.
    Chosen,
    /// The vendors that may answer a public request.
    Answering,
}

/// Whether the box was ticked.
pub fn is_given(sent: &Submitted) -> bool {
    sent.get(ConsentKind::ThirdParty.code()) == "yes"
}

/// The question on a form that hands somebody's words to vendors.
pub fn to_vendors(lang: Lang, form: &Form, receivers: Receivers<'_>) -> AnyView {
    let (label, who) = match receivers {
        Receivers::One(vendor) => (c::one(lang, vendor), c::who_one(lang, vendor)),
        Receivers::Chosen => (c::chosen(lang).to_owned(), c::who_chosen(lang).to_owned()),
        Receivers::Answering => (c::answering(lang).to_owned(), c::who_answering(lang).to_owned()),
    };
    let text = format!("{} {}", c::text(lang, &who, THREAD_YEARS), c::refusal_needed(lang));
    let question = question((lang, form), ConsentKind::ThirdParty, (label, text), None);
    view! { <div class="consents">{question}</div> }.into_any()
}

/// The same in the sign-up, where it is free.
pub fn joining_text(lang: Lang) -> String {
    format!("{} {}", c::text(lang, c::who_joining(lang), THREAD_YEARS), c::refusal_joining(lang))
}

/// A box with its text folded below it, and a link to the whole text.
pub fn question(
    (lang, form): (Lang, &Form),
    kind: ConsentKind,
    (label, text): (String, String),
    full_text: Option<String>,
) -> AnyView {
    let link = full_text.map(|href| view! { " "<a href=href>{w::consent_full_text(lang)}</a> });
    view! {
        {ui::checkbox(lang, form, kind.code(), view! { {label.clone()} }.into_any())}
        <details class="consent-text"><summary>{w::consent_details(lang)}<span class="vh">": "{label}</span></summary><p class="small mute">{text}{link}</p></details>
    }
    .into_any()
}
