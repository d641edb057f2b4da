//! Pages of saved searches: the offer beside results, the list in the account, the pages behind mails' links.

pub mod offer;
pub mod pages;

use crate::routes::Routes;
use pages::{confirm, link, list, save};

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .post("/saved-searches", save::submit)
        .get("/saved-searches/sent", save::sent)
        .post("/saved-searches/{id}", list::submit)
        .get("/account/searches", list::show)
        .get("/confirm-alert/{token}", confirm::show)
        .post("/confirm-alert/{token}", confirm::submit)
        .get("/s/{token}", link::show)
        .post("/s/{token}", link::submit)
}
