//! Turns an untrusted picture file into clean small ones: [`inspect()`] weighs it by its headers,
//! [`decode()`] reads it within that weight and a deadline, [`Picture::at`] and [`encode()`] make the
//! files. [`card`] makes PNGs of our own drawings. Knows nothing of disks, requests or the market.
//!
//! It is a crate of its own because decoders and resizers are generic: they are compiled where they
//! are used, and this crate alone is optimised in development builds (a photo takes minutes otherwise).

pub mod card;
mod colour;
mod decode;
mod encode;
mod inspect;
mod jpeg;
mod limits;
mod refusal;
mod sniff;

pub use decode::{Picture, Size, decode};
pub use encode::{Format, encode};
pub use image::DynamicImage;
pub use inspect::{Plan, inspect};
pub use limits::{Deadline, Limits};
pub use refusal::Refusal;
