//! Pages of the basket.

pub mod basket;
pub mod collect;
pub mod confirm;
pub mod together;
