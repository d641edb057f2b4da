//! Pages of vendors.

pub mod pages;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new().get("/vendors/{slug}", pages::public::show)
}
