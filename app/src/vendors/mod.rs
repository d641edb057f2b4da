//! Pages of vendors: their desk, the application, the profile, holiday and team.

mod demand;
pub(crate) mod frame;
pub mod pages;
mod profile_form;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/vendor", pages::home::show)
        .get("/vendor/apply", pages::apply::show)
        .post("/vendor/apply", pages::apply::submit)
        .get("/vendor/profile", pages::profile::show)
        .post("/vendor/profile", pages::profile::submit)
        .get("/vendor/holiday", pages::holiday::show)
        .post("/vendor/holiday", pages::holiday::submit)
        .get("/vendor/team", pages::team::show)
        .post("/vendor/team", pages::team::submit)
        .get("/vendor/companies", pages::companies::show)
        .post("/vendor/companies", pages::companies::submit)
        .get("/vendor/companies/{id}/close", pages::close::show)
        .post("/vendor/companies/{id}/close", pages::close::submit)
        .get("/vendor/days-off", pages::days_off::show)
        .post("/vendor/days-off", pages::days_off::submit)
        .get("/vendor/replies", pages::replies::show)
        .post("/vendor/replies", pages::replies::submit)
        .get("/vendors/{slug}", pages::public::show)
}
