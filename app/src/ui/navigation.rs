//! Finding one's way: breadcrumbs and numbered pages.

use leptos::prelude::*;
use market::Lang;

use crate::i18n::common as w;

/// One step of the breadcrumbs; the last one has no address.
#[derive(Clone, Debug)]
pub struct Crumb {
    /// Text.
    pub label: String,
    /// Address; none for the page itself.
    pub href: Option<String>,
}

impl Crumb {
    /// A step on the way.
    pub fn link(label: impl Into<String>, href: impl Into<String>) -> Self {
        Self { label: label.into(), href: Some(href.into()) }
    }

    /// The page itself.
    pub fn here(label: impl Into<String>) -> Self {
        Self { label: label.into(), href: None }
    }
}

/// The way from the home page to here.
pub fn breadcrumbs(lang: Lang, crumbs: Vec<Crumb>) -> AnyView {
    let items = crumbs
        .into_iter()
        .map(|crumb| match crumb.href {
            Some(href) => view! { <li><a href=href>{crumb.label}</a></li> }.into_any(),
            None => view! { <li aria-current="page">{crumb.label}</li> }.into_any(),
        })
        .collect::<Vec<_>>();
    view! { <nav class="crumbs" aria-label=w::breadcrumb(lang)><ol>{items}</ol></nav> }.into_any()
}

/// Number of the last page of `total` things; the first when there are none.
pub fn last_page(total: i64, per_page: i64) -> u32 {
    u32::try_from((total.max(1) + per_page - 1) / per_page).unwrap_or(u32::MAX)
}

/// Numbered pages around `current` of `last`; `address` makes the address of a page.
pub fn pagination(lang: Lang, current: u32, last: u32, address: impl Fn(u32) -> String) -> Option<AnyView> {
    if last <= 1 {
        return None;
    }
    let mut numbers: Vec<u32> = [1, last]
        .into_iter()
        .chain(current.saturating_sub(2)..=current + 2)
        .filter(|n| (1..=last).contains(n))
        .collect();
    numbers.sort_unstable();
    numbers.dedup();
    let mut items = Vec::new();
    if current > 1 {
        items.push(
            view! { <li><a rel="prev" href=address(current - 1)>{w::previous(lang)}</a></li> }.into_any(),
        );
    }
    let mut before = 0;
    for number in numbers {
        if number > before + 1 {
            items.push(view! { <li aria-hidden="true">"…"</li> }.into_any());
        }
        before = number;
        let here = (number == current).then_some("page");
        items.push(view! { <li><a href=address(number) aria-current=here>{number}</a></li> }.into_any());
    }
    if current < last {
        items.push(view! { <li><a rel="next" href=address(current + 1)>{w::next(lang)}</a></li> }.into_any());
    }
    Some(view! { <nav class="pages" aria-label=w::pages(lang)><ul>{items}</ul></nav> }.into_any())
}
