//! Badges: a mark in lists, with the name beside it.

use leptos::prelude::*;
use market::Lang;
use market::catalog::browse::CardVendor;

use super::icon;

/// Most badges a row shows.
const SHOWN: usize = 3;

/// The recognised badges of a vendor.
pub fn badges(lang: Lang, vendor: &CardVendor) -> Vec<AnyView> {
    vendor
        .badges()
        .take(SHOWN)
        .map(|badge| {
            view! { " "<span class="badge">{icon("shield-check")}{badge.name(lang)}</span> }.into_any()
        })
        .collect()
}
