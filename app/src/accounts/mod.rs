//! Pages of accounts.

pub mod session;

use crate::routes::Routes;

/// Addresses of this noun.
pub fn routes() -> Routes {
    Routes::new()
}
