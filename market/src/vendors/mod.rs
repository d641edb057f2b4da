//! Vendors: companies that list products. Owns the application, the profile, the team and the states.

mod business_number;
pub mod model;
pub mod rules;

#[cfg(feature = "backend")]
pub mod ahead;
#[cfg(feature = "backend")]
pub mod closing;
#[cfg(feature = "backend")]
pub mod dashboard;
#[cfg(feature = "backend")]
pub mod days_off;
#[cfg(feature = "backend")]
pub mod invitations;
#[cfg(feature = "backend")]
pub mod jobs;
#[cfg(feature = "backend")]
mod letters;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
pub mod staged;
#[cfg(feature = "backend")]
pub mod store;
#[cfg(feature = "backend")]
pub mod team;
#[cfg(all(test, feature = "testing"))]
mod tests;

pub use business_number::BusinessNumber;
pub use model::{Certificate, RegistryState, Vendor, VendorDraft, VendorProfile, VendorState};
