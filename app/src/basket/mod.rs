//! Pages of the basket: collecting, one form to several vendors, what became of it.

pub mod cookie;
pub mod form;
pub mod pages;
pub mod parts;

use crate::routes::Routes;
use pages::{basket, collect, confirm, together};

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/basket", basket::show)
        .post("/basket", basket::submit)
        .post("/basket/add", collect::add)
        .get("/basket/asked", basket::show_mail)
        .get("/confirm-basket/{token}", confirm::show)
        .post("/confirm-basket/{token}", confirm::submit)
        .get("/together/{id}", together::show)
        .get("/b/{token}", together::show_link)
}
