//! Pages of the basket: collecting, one form to several vendors, what became of it.

pub mod cookie;
pub mod form;
pub(crate) mod grid;
pub mod pages;
pub mod parts;
pub mod told;

use crate::routes::Routes;
use pages::{basket, collect, confirm, together};

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/basket", basket::show)
        .post_files("/basket", basket::submit)
        .post("/basket/add", collect::add)
        .get("/basket/asked", basket::show_mail)
        .get("/confirm-basket/{token}", confirm::show)
        .post("/confirm-basket/{token}", confirm::submit)
        .get("/together/{id}", together::show)
        .get("/together/{id}/quotes.csv", together::table)
        .get("/b/{token}", together::show_link)
        .get("/b/{token}/quotes.csv", together::table_link)
        .get("/together/{id}/quotes.xlsx", together::workbook)
        .get("/b/{token}/quotes.xlsx", together::workbook_link)
}
