//! Notifications: what people are told, in the site and by mail.

mod model;

#[cfg(feature = "backend")]
pub mod jobs;
#[cfg(feature = "backend")]
pub mod letter;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
pub mod store;

pub use model::{NotificationData, NotificationKind, SubjectKind};
#[cfg(feature = "backend")]
pub use service::notify;
