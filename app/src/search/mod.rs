//! Finding: the results page and its state.

pub mod facets;
pub mod guide;
mod notes;
pub mod page;
pub mod results;
pub mod state;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new().get("/search", page::show).post("/search/opened", guide::opened)
}
