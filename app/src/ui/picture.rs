//! Pictures of listings in their widths, and drawings where there is none.

use leptos::prelude::*;
use market::Lang;
use market::catalog::browse::{ListingCard, Picture};
use market::catalog::drawing::Family;
use market::media::ImageSlot;

use crate::catalog::drawings;

/// Where a picture stands; tells the browser how wide it will be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In a row of results.
    Row,
    /// On a card.
    Card,
    /// In the gallery of its page, the first one: loaded at once.
    First,
    /// In the gallery, behind the first.
    Gallery,
}

impl Place {
    const fn sizes(self) -> &'static str {
        match self {
            Self::Row => "(min-width: 60rem) 112px, 88px",
            Self::Card => "(min-width: 60rem) 190px, 45vw",
            Self::First | Self::Gallery => "(min-width: 60rem) 352px, 100vw",
        }
    }

    const fn slot(self) -> ImageSlot {
        match self {
            Self::Row => ImageSlot::W160,
            Self::Card => ImageSlot::W320,
            Self::First | Self::Gallery => ImageSlot::W640,
        }
    }
}

/// An `img` of a stored picture. The server answers with `WebP` or JPEG, whichever the browser takes.
pub fn image(picture: &Picture, place: Place, alt: String) -> AnyView {
    use std::fmt::Write as _;
    let (mut srcset, mut narrower) = (String::with_capacity(5 * 90), 0);
    let width = u32::try_from(picture.width).unwrap_or(1).max(1);
    for slot in ImageSlot::for_picture(width) {
        narrower = slot.width();
        let separator = if srcset.is_empty() { "" } else { ", " };
        let _ = write!(srcset, "{separator}/media/{}/{narrower} {}w", picture.hash, narrower.min(width));
    }
    let src = format!("/media/{}/{}", picture.hash, place.slot().width().min(narrower));
    let loading = if place == Place::First { "eager" } else { "lazy" };
    let priority = (place == Place::First).then_some("high");
    view! {
        <img src=src srcset=srcset sizes=place.sizes() alt=alt width=picture.width height=picture.height loading=loading fetchpriority=priority decoding="async" />
    }
    .into_any()
}

/// The silhouette of a family from the sheet; decorative.
pub fn silhouette(family: Family) -> AnyView {
    let href = format!("{}#{}", drawings::address(), family.code());
    view! { <span class="pic pic-draw" aria-hidden="true"><svg class="drawing" viewBox="0 0 320 240"><use href=href></use></svg></span> }.into_any()
}

/// The picture of a card, or the drawing of what it is. The name beside it says the same, so there is no text.
pub fn card_picture(card: &ListingCard, place: Place) -> AnyView {
    match &card.picture {
        Some(picture) => view! { <span class="pic">{image(picture, place, String::new())}</span> }.into_any(),
        None => silhouette(card.family()),
    }
}

/// What a picture shows, in words; the name of the listing when nobody wrote any.
pub fn alt(lang: Lang, picture: &Picture, title: &str) -> String {
    let words = lang.pick(&picture.alt_ko, &picture.alt_en);
    if words.is_empty() { title.to_owned() } else { words.to_owned() }
}
