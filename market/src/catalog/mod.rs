//! The catalogue: what vendors show. Owns listings, their states, staged edits, pictures and windows.
//! Categories and drawings are plain data that also reach the browser.

pub mod badges;
pub mod columns;
pub mod completeness;
pub mod draft;
pub mod drawing;
pub mod model;
pub mod rules;
pub mod states;
pub mod taxonomy;
pub mod values;

#[cfg(feature = "backend")]
pub mod browse;
#[cfg(feature = "backend")]
pub mod changes;
#[cfg(feature = "backend")]
pub mod decisions;
#[cfg(feature = "backend")]
pub mod expiry;
#[cfg(feature = "backend")]
pub mod images;
#[cfg(feature = "backend")]
mod letters;
#[cfg(feature = "backend")]
pub mod markdown;
#[cfg(feature = "backend")]
pub mod revisions;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
pub mod shelf;
#[cfg(feature = "backend")]
pub mod store;
#[cfg(all(test, feature = "testing"))]
mod tests;
#[cfg(feature = "backend")]
pub mod unused_images;

pub use completeness::{Completeness, Hint, completeness};
pub use draft::{Depth, ListingDraft, TierDraft};
pub use model::{Listing, ListingContent, ListingId, ListingSummary, Price, Revision, SpecRow, Tier};
pub use rules::{Renewal, ResponseRecord, VendorStanding, Visibility, is_visible};
pub use states::{Action, ListingState, RevisionAction, RevisionState, transition, transition_revision};
