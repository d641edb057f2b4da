//! Finding: the results page and its state.

pub mod facets;
mod frame;
pub mod guide;
mod notes;
mod nothing;
pub mod page;
pub mod results;
pub mod state;
#[cfg(test)]
mod state_tests;
pub mod suggest;
mod table;
mod why;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
        .get("/search", page::show)
        .get("/api/suggest", suggest::lines)
        .post("/search/opened", guide::opened)
}
