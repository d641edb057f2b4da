//! The parts of the listing editor that run in the browser: saving while typing, uploading pictures,
//! finding a category. Each only adds to a form that works without it.

mod autosave;
#[cfg(feature = "hydrate")]
mod browser;
mod category;
#[cfg(feature = "hydrate")]
mod pictures;
mod uploader;

pub use autosave::DraftAutosave;
pub use category::CategoryFinder;
pub use uploader::ImageUploader;
