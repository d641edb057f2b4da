//! Building blocks used by every noun. One way to do each thing (LOOK §4); class names are those of `style/`.

mod badge;
mod clock;
mod field;
mod form;
mod holed;
mod navigation;
mod picture;
mod price;
mod row;
mod time;
mod whole;

pub use badge::badges;
pub use clock::{answers, answers_cell};
pub use field::{Field, checkbox, choices, error_line, select, select_hinted};
pub use form::{
    asked_first, danger_button, error_summary, form, form_with_files, fresh_key, key, on_enter, submit,
};
pub use holed::Holed;
pub use navigation::{Crumb, breadcrumbs, last_page, pagination};
pub use picture::{Place, alt, card_picture, image, silhouette};
pub use price::{amount, number, per, price, price_block, price_cell, quantity, unit};
pub use row::{
    anchor, by, card, card_with_clock, collect_button, collector, inside_link, list, place, rows, spec_value,
};
pub use time::{
    ago, date, date_time, date_time_in, day, deadline, duration, last_day, moment, moment_in, moment_said,
    stamp, zone_name,
};
pub use whole::{dated, kept};

use std::sync::Arc;

use leptos::prelude::*;
use leptos::tachys::html::InertElement;
use market::Lang;

use crate::assets;

/// What a view made earlier, as it stands.
pub fn made(html: &Arc<str>) -> InertElement {
    InertElement::new(html.to_string())
}

/// A drawing from the sprite, hidden from screen readers: a word always stands beside it.
pub fn icon(name: &str) -> AnyView {
    let href = format!("{}#i-{name}", assets::current().icons);
    view! { <svg class="i" aria-hidden="true"><use href=href></use></svg> }.into_any()
}

/// The language of words that somebody typed, where it is not that of the page: a reading aid speaks Korean names in Korean
/// (WCAG 3.1.2).
pub fn tongue(page: Lang, typed: &str) -> Option<&'static str> {
    let hangul = |c: char| matches!(c, '\u{ac00}'..='\u{d7a3}' | '\u{3131}'..='\u{318e}');
    (page == Lang::En && typed.contains(hangul)).then_some("ko")
}

/// A link that looks like a button.
pub fn link_button(href: &str, label: &str) -> AnyView {
    view! { <a class="btn" href=href.to_owned()>{label.to_owned()}</a> }.into_any()
}

/// A link that looks like the one main button of the view.
pub fn primary_link(href: &str, label: &str) -> AnyView {
    view! { <a class="btn btn-primary" href=href.to_owned()>{label.to_owned()}</a> }.into_any()
}

/// How urgent a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// For your information.
    Info,
    /// Done.
    Good,
    /// A deadline or risk.
    Warn,
    /// Something failed.
    Bad,
}

/// A notice beside what it concerns; stays until the page is left.
pub fn notice(tone: Tone, text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    notice_of(tone, view! { <p>{text}</p> }.into_any())
}

/// The same whose dates are not broken.
pub fn notice_dated(tone: Tone, text: &str) -> AnyView {
    notice_of(tone, view! { <p>{dated(text)}</p> }.into_any())
}

/// The same whose words lead to what they are about.
pub fn notice_link(tone: Tone, text: impl Into<String>, href: &str) -> AnyView {
    let text: String = text.into();
    notice_of(tone, view! { <p><a href=href.to_owned()>{text}</a></p> }.into_any())
}

/// The same with a way on behind the words.
pub fn notice_more(tone: Tone, text: impl Into<String>, (href, label): (&str, &str)) -> AnyView {
    let text: String = text.into();
    let more = view! { <a href=href.to_owned()>{label.to_owned()}</a> };
    notice_of(tone, view! { <p>{text}" "{more}</p> }.into_any())
}

fn notice_of(tone: Tone, content: AnyView) -> AnyView {
    let (class, name) = match tone {
        Tone::Info => ("notice info", "info"),
        Tone::Good => ("notice ok", "circle-check"),
        Tone::Warn => ("notice warn", "alert-triangle"),
        Tone::Bad => ("notice bad", "circle-alert"),
    };
    let role = if tone == Tone::Bad { "alert" } else { "status" };
    view! { <div class=class role=role>{icon(name)}{content}</div> }.into_any()
}

/// Nothing here: what, why, what next.
pub fn empty(title: &str, text: &str, next: Option<AnyView>) -> AnyView {
    view! {
        <div class="empty">
            <h2>{title.to_owned()}</h2>
            <p>{text.to_owned()}</p>
            {next.map(|next| view! { <p class="actions">{next}</p> })}
        </div>
    }
    .into_any()
}
