//! HTTP: the router with its layers, static files, health, and the loop that accepts connections.

mod accept;
mod compress;
mod guesses;
mod health;
mod idle;
pub mod layers;
mod networks;
mod router;
mod statics;

pub use accept::{Limits, serve};
pub use router::{metrics_router, router};
