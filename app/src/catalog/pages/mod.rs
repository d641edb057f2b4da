//! Public pages of the catalogue: one file per address.

pub mod categories;
pub mod category;
pub mod listing;
mod listing_data;
mod listing_parts;
mod listing_words;
mod supplier;

pub use listing_parts::evidence;
pub use supplier::identity;
pub(crate) use supplier::{address, person, written};
