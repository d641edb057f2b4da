//! The business of the marketplace: nouns, rules, storage and use cases.
//!
//! Without the feature `backend` this crate is plain types and pure rules that also compile to wasm.
//! With it come SQL, the verbs (`<noun>::service`) and the ports to the outside world.
#![deny(missing_docs)]

pub mod abuse;
pub mod accounts;
#[cfg(feature = "backend")]
pub mod basket;
pub mod calendar;
pub mod catalog;
pub mod curation;
pub mod demo;
pub mod error;
pub mod inquiries;
pub mod lang;
pub mod money;
pub mod notifications;
pub mod prng;
pub mod regions;
pub mod rfqs;
pub mod search;
pub mod sheet;
pub mod text;
pub mod time;
pub mod vendors;
mod words;

#[cfg(feature = "backend")]
pub mod audit;
#[cfg(feature = "backend")]
mod cx;
#[cfg(feature = "backend")]
pub mod db;
#[cfg(feature = "backend")]
pub mod files;
#[cfg(feature = "backend")]
pub mod idempotency;
#[cfg(feature = "backend")]
pub mod live;
#[cfg(feature = "backend")]
pub mod media;
#[cfg(feature = "backend")]
pub mod memo;
#[cfg(feature = "backend")]
pub mod outbox;
#[cfg(feature = "backend")]
pub mod ports;
#[cfg(feature = "backend")]
pub mod retention;
#[cfg(feature = "backend")]
pub mod saved_searches;
#[cfg(feature = "backend")]
pub mod seed;
#[cfg(feature = "backend")]
pub mod settings;
#[cfg(feature = "backend")]
pub mod slug;
#[cfg(feature = "backend")]
pub mod tables;
#[cfg(feature = "testing")]
pub mod testing;
#[cfg(feature = "backend")]
pub mod throttle;
#[cfg(feature = "backend")]
pub mod tokens;
#[cfg(feature = "backend")]
pub mod zones;

#[cfg(feature = "backend")]
pub use cx::{Cx, Market, Ports};
pub use error::{Error, ErrorKind, FieldError, FieldErrors, Problem, Result};
pub use lang::Lang;
pub use money::{Currency, Money};
pub use time::Timestamp;
