//! Pages of notifications: what somebody was told, what they want to be mailed, and how that is stopped.

mod pages;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/notifications", pages::list::show)
        .post("/notifications", pages::list::submit)
        .get("/account/notifications", pages::settings::show)
        .post("/account/notifications", pages::settings::submit)
        .get("/n/{token}", pages::stop::show)
        .post("/n/{token}", pages::stop::submit)
}
