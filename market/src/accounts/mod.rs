//! Accounts: people, their sessions, consents and roles, and what each may do (`access`).

pub mod access;
#[cfg(feature = "backend")]
pub mod sessions;
#[cfg(all(test, feature = "testing"))]
mod session_tests;
