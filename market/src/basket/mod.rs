//! The basket: listings that somebody collects to ask their vendors about together. Owns the collecting; sending
//! is `inquiries::together`.

pub mod service;
pub mod store;
