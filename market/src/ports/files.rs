//! The port of private files: bytes under names drawn by lot, written piece by piece, read as a stream. Knows
//! nothing of who may read them.

use std::fmt::Debug;
use std::io;
use std::pin::Pin;

use async_trait::async_trait;
use tokio::io::{AsyncRead, AsyncWrite};

use crate::files::FileRefusal;

/// Bytes coming out.
pub type Reader = Pin<Box<dyn AsyncRead + Send>>;
/// Bytes going in; flushed by whoever writes.
pub type Writer = Pin<Box<dyn AsyncWrite + Send>>;

/// A file that is read.
pub struct OpenFile {
    /// Its bytes.
    pub reader: Reader,
    /// How many there are.
    pub bytes: u64,
}

/// Keeps private files. Names are lower-case hex digits; nothing else is a name.
#[async_trait]
pub trait FileStore: Debug + Send + Sync {
    /// Bytes kept so far; none for an unknown name.
    async fn length(&self, name: &str) -> io::Result<Option<u64>>;

    /// Opens a file for more bytes behind `offset`; what stood there is cut off.
    async fn append(&self, name: &str, offset: u64) -> io::Result<Writer>;

    /// Copies a file to a name that nothing has yet and gives its length; who still writes to the first does not reach the
    /// second.
    async fn copy(&self, from: &str, to: &str) -> io::Result<u64>;

    /// Gives a file that nobody writes to any more a second name, with its small picture; removing one leaves the other.
    async fn share(&self, from: &str, to: &str) -> io::Result<()>;

    /// The file on a local disk, for looking at it.
    async fn local(&self, name: &str) -> io::Result<std::fs::File>;

    /// Reads a file. `None` if there is none of this name.
    async fn open(&self, name: &str) -> io::Result<Option<OpenFile>>;

    /// Makes the small picture of a photo and gives its width and height; `None` when the photo is sound but too
    /// large to be drawn safely.
    ///
    /// # Errors
    /// `Broken` for a damaged photo; faults of the store.
    async fn draw(&self, name: &str) -> Result<Option<(u32, u32)>, FileRefusal>;

    /// Reads the small picture (`WebP`). `None` if there is none.
    async fn open_drawn(&self, name: &str) -> io::Result<Option<Vec<u8>>>;

    /// Removes a file and its small picture; nothing to remove is fine.
    async fn remove(&self, name: &str) -> io::Result<()>;

    /// Names of files that nobody has written to for an hour, from `after` on, in order, at most a hundred.
    async fn resting(&self, after: &str) -> io::Result<Vec<String>>;
}
