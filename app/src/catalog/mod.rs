//! Pages of the catalogue.

#[cfg(feature = "ssr")]
pub mod editor;
pub mod islands;

#[cfg(feature = "ssr")]
use crate::routes::Routes;

/// Addresses of this noun.
#[cfg(feature = "ssr")]
pub fn routes() -> Routes {
    Routes::new().and(editor::routes())
}
