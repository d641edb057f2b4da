//! Abuse: what keeps spam and insults away from people without punishing those who write honestly. Owns the limits of
//! senders, the rules by which words are held for a look, what is held, blocks between two sides, and reports.
//! One gate (`gate::judge`) stands before everything a buyer writes.

mod model;

#[cfg(feature = "backend")]
pub mod blocks;
#[cfg(feature = "backend")]
pub mod gate;
#[cfg(feature = "backend")]
pub mod held;
#[cfg(feature = "backend")]
mod letters;
#[cfg(feature = "backend")]
pub(crate) mod limits;
#[cfg(feature = "backend")]
mod links;
#[cfg(feature = "backend")]
pub mod release;
#[cfg(feature = "backend")]
pub mod reports;
#[cfg(feature = "backend")]
pub mod review;
#[cfg(feature = "backend")]
mod shingles;
#[cfg(feature = "backend")]
pub mod trapped;
#[cfg(feature = "backend")]
mod words;

#[cfg(all(test, feature = "testing"))]
mod tests;

pub use model::{HeldKind, HeldState, HoldReason, ReportReason, ReportState};
