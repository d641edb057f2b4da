//! Notifications: what people are told, in the site and by mail.

#[cfg(feature = "backend")]
pub mod jobs;
#[cfg(feature = "backend")]
pub mod letter;
