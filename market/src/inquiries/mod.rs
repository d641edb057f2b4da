//! Inquiries: a buyer asks a vendor about a listing, and the thread that follows. Owns the states of a
//! thread, their deadlines, the answers, the one-time links and the public response figures.

mod model;
pub mod quote;
pub mod rules;
pub mod stats;

#[cfg(feature = "backend")]
mod act;
#[cfg(feature = "backend")]
mod ask;
#[cfg(feature = "backend")]
mod begin;
#[cfg(feature = "backend")]
mod confirm;
#[cfg(feature = "backend")]
pub mod deadlines;
#[cfg(feature = "backend")]
pub mod edits;
#[cfg(feature = "backend")]
pub(crate) mod ending;
#[cfg(feature = "backend")]
pub mod export;
#[cfg(feature = "backend")]
mod inbox;
#[cfg(feature = "backend")]
pub mod jobs;
#[cfg(feature = "backend")]
pub mod keeping;
#[cfg(feature = "backend")]
mod letters;
#[cfg(feature = "backend")]
mod letters_batch;
#[cfg(feature = "backend")]
mod letters_words;
#[cfg(feature = "backend")]
mod likeness;
#[cfg(feature = "backend")]
mod limits;
#[cfg(feature = "backend")]
pub mod lines;
#[cfg(feature = "backend")]
pub mod links;
#[cfg(feature = "backend")]
pub mod messages;
#[cfg(feature = "backend")]
mod moments;
#[cfg(feature = "backend")]
pub mod offered;
#[cfg(feature = "backend")]
mod page;
#[cfg(feature = "backend")]
mod readers;
#[cfg(feature = "backend")]
pub mod reads;
#[cfg(feature = "backend")]
pub mod reputation;
#[cfg(feature = "backend")]
pub mod reroute;
#[cfg(feature = "backend")]
pub mod response;
#[cfg(feature = "backend")]
pub mod saved;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
mod several;
#[cfg(feature = "backend")]
mod similar;
#[cfg(feature = "backend")]
pub mod sorting;
#[cfg(feature = "backend")]
pub mod stay;
#[cfg(feature = "backend")]
pub mod store;
#[cfg(feature = "backend")]
pub mod together;
#[cfg(feature = "backend")]
pub mod tongue;
#[cfg(feature = "backend")]
pub mod typed;
#[cfg(feature = "backend")]
mod view;
#[cfg(feature = "backend")]
pub(crate) mod withheld;

#[cfg(all(test, feature = "testing"))]
pub(crate) mod tests;

pub use model::{
    ASK_FIELDS, AskOutcome, DeclineDraft, DeclineReason, InquiryDraft, MessageKind, QUOTE_LAPSED,
    QuestionDraft, RejectReason, Side, ThreadState,
};
