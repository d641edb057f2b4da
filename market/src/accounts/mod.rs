//! Accounts: people, their sessions, consents and roles, and what each may do (`access`).

pub mod access;
