//! Files that people send with a message or a request: receiving them piece by piece, looking at what they are, tying them to
//! the message, handing them out to the two sides of the thread and to nobody else. Owns the list of kinds that
//! are taken; the bytes are behind [`crate::ports::files`], the virus scanner behind [`crate::ports::scanner`].

pub mod copying;
pub mod guests;
pub mod jobs;
pub mod look;
mod model;
mod names;
mod refusal;
pub mod sending;
pub mod serving;
pub mod store;
pub mod upload;

#[cfg(all(test, feature = "testing"))]
mod tests;

pub use model::{AttachedFile, FileKind, Held, Scan, ScanView};
pub use names::disposition;
pub use refusal::{FileRefusal, UploadError};
