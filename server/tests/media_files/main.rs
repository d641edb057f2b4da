//! Uploaded images, from the first byte received to the last file removed, on a real disk.
#![expect(clippy::unwrap_used, reason = "tests")]

mod archives;
mod attachments;
mod corpus;
mod scanner;
mod store;
mod support;
