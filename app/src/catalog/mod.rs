//! Pages of the catalogue.

#[cfg(feature = "ssr")]
pub mod drawings;
#[cfg(feature = "ssr")]
pub mod editor;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
#[cfg(feature = "ssr")]
mod preview_image;

#[cfg(feature = "ssr")]
use crate::routes::Routes;

/// Addresses of this noun.
#[cfg(feature = "ssr")]
pub fn routes() -> Routes {
    Routes::new()
        .get("/categories", pages::categories::show)
        .get("/categories/{slug}", pages::category::show)
        .get("/listings/{slug}", pages::listing::show)
        .get("/listings/{slug}/og.png", preview_image::show)
        .get("/drawings.svg", drawings::show)
        .and(editor::routes())
}
