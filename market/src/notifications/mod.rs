//! Notifications: what people are told, in the site and by mail.

mod model;
mod topic;
mod words;

#[cfg(feature = "backend")]
pub mod choices;
#[cfg(feature = "backend")]
pub mod digest;
#[cfg(feature = "backend")]
pub mod jobs;
#[cfg(feature = "backend")]
pub mod letter;
#[cfg(feature = "backend")]
pub mod sending;
#[cfg(feature = "backend")]
pub mod service;
#[cfg(feature = "backend")]
pub mod stopping;
#[cfg(feature = "backend")]
pub mod store;
#[cfg(feature = "backend")]
pub mod talk;
#[cfg(all(test, feature = "testing"))]
mod tests;

pub use model::{NotificationData, NotificationKind, SubjectKind};
#[cfg(feature = "backend")]
pub use service::notify;
pub use topic::{Pace, Topic};
pub use words::sentence;
