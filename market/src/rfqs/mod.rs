//! Public requests for quotes: a buyer says what is needed, vendors answer, the quotes stand side by side. Owns the
//! states of a request, who sees it, who is told, and the reader that makes lines out of text. An answer is a thread
//! of `inquiries` whose form is the request: there is one way to quote and one way to take a quote.

pub mod model;
pub mod parse;
pub mod rules;

#[cfg(feature = "backend")]
mod answer;
#[cfg(feature = "backend")]
mod board;
#[cfg(feature = "backend")]
mod check;
#[cfg(feature = "backend")]
pub mod contact;
#[cfg(feature = "backend")]
mod curate;
#[cfg(feature = "backend")]
mod demand;
#[cfg(feature = "backend")]
pub(crate) mod files;
#[cfg(feature = "backend")]
mod fitting;
#[cfg(feature = "backend")]
mod guests;
#[cfg(feature = "backend")]
mod invited;
#[cfg(feature = "backend")]
pub mod jobs;
#[cfg(feature = "backend")]
mod letters;
#[cfg(feature = "backend")]
pub mod links;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
pub mod store;

#[cfg(all(test, feature = "testing"))]
mod tests;

pub use model::{CloseReason, Request, RequestLine, RfqDraft, RfqOutcome, RfqState, Visibility};
