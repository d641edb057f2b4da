//! Curation: what the federation's team does for the market. Owns the one inbox of everything that waits,
//! what reviewers see of it, featured slots, and the views of the audit record and the machinery.
//! Decisions themselves belong to their nouns (`vendors::service`, `catalog::decisions`, `catalog::revisions`).

pub mod diff;
pub mod model;

#[cfg(feature = "backend")]
pub mod bulk;
#[cfg(feature = "backend")]
pub mod inbox;
#[cfg(feature = "backend")]
pub mod oversight;
#[cfg(feature = "backend")]
pub mod review;
#[cfg(feature = "backend")]
pub mod slots;
#[cfg(feature = "backend")]
pub mod store;
#[cfg(all(test, feature = "testing"))]
mod tests;

pub use diff::{FieldChange, changes};
pub use model::{InboxItem, Kind, KindCount};
