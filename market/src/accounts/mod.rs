//! Accounts: people, their sessions, consents and roles, and what each may do (`access`).
//!
//! An address proves itself by a link before anybody can sign in with it. Nothing here answers differently,
//! or later, for an address that is known.

pub mod access;
pub mod model;
pub mod rules;

#[cfg(feature = "backend")]
pub mod consent;
#[cfg(feature = "backend")]
pub mod jobs;
#[cfg(feature = "backend")]
mod letters;
#[cfg(feature = "backend")]
pub mod limits;
#[cfg(feature = "backend")]
pub mod offices;
#[cfg(feature = "backend")]
pub mod passwords;
#[cfg(feature = "backend")]
pub mod roles;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
pub mod sessions;
#[cfg(feature = "backend")]
pub mod store;

#[cfg(all(test, feature = "testing"))]
pub(crate) mod flow_tests;
#[cfg(all(test, feature = "testing"))]
mod joining_tests;
#[cfg(all(test, feature = "testing"))]
mod role_tests;
#[cfg(all(test, feature = "testing"))]
mod session_tests;
#[cfg(all(test, feature = "testing"))]
mod takeover_tests;
