//! Pages of curation: the desk of the federation's team. All private, never cached.

pub(crate) mod decision;
pub(crate) mod frame;
mod listing_view;
pub mod pages;
mod revision_view;
mod search_desk;
mod vendor_view;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/desk", pages::inbox::enter)
        .get("/desk/inbox", pages::inbox::show)
        .post("/desk/inbox", pages::inbox::submit)
        .get("/desk/vendors/{id}", pages::vendor::show)
        .post("/desk/vendors/{id}", pages::vendor::submit)
        .get("/desk/listings", pages::listings::show)
        .get("/desk/listings/{id}", pages::listing::show)
        .post("/desk/listings/{id}", pages::listing::submit)
        .get("/desk/revisions/{id}", pages::revision::show)
        .post("/desk/revisions/{id}", pages::revision::submit)
        .get("/desk/slots", pages::slots::show)
        .post("/desk/slots", pages::slots::submit)
        .get("/desk/rates", pages::tables::rates)
        .post("/desk/rates", pages::tables::keep_rate)
        .get("/desk/calendar", pages::tables::days)
        .post("/desk/calendar", pages::tables::keep_days)
        .get("/desk/people", pages::people::show)
        .post("/desk/people", pages::people::submit)
        .get("/desk/audit", pages::audit::show)
        .get("/desk/machinery", pages::machinery::show)
        .post("/desk/machinery", pages::machinery::submit)
        .and(search_desk::routes())
}
