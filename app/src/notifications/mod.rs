//! Pages of notifications: what somebody was told.

mod pages;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new().get("/notifications", pages::list::show).post("/notifications", pages::list::submit)
}
