//! An upload on its way in: chunks go to a temporary file, counted and hashed as they come. The
//! file is gone as soon as the value is, however the request ends.

use std::fmt;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use tokio::io::AsyncWriteExt as _;

use super::MediaRefusal;

/// Removes the temporary file when dropped.
#[derive(Debug)]
struct TempPath(PathBuf);

impl Drop for TempPath {
    fn drop(&mut self) {
        // already gone is as good as removed; anything else is swept when the store opens next
        let _ = std::fs::remove_file(&self.0);
    }
}

/// A file being received. Made by [`crate::ports::media::MediaStore::begin_upload`].
pub struct TempUpload {
    file: tokio::fs::File,
    path: TempPath,
    max_bytes: u64,
    bytes: u64,
    digest: Sha256,
}

impl fmt::Debug for TempUpload {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = formatter.debug_struct("TempUpload");
        shown.field("path", &self.path.0).field("bytes", &self.bytes).finish_non_exhaustive()
    }
}

impl TempUpload {
    /// Takes over a file that was just made for this upload; `path` is removed at the end.
    pub fn new(file: std::fs::File, path: PathBuf, max_bytes: u64) -> Self {
        Self {
            file: tokio::fs::File::from_std(file),
            path: TempPath(path),
            max_bytes,
            bytes: 0,
            digest: Sha256::new(),
        }
    }

    /// Adds a chunk. Refuses as soon as the limit is passed, so the rest need not be read.
    pub async fn write(&mut self, chunk: &[u8]) -> Result<(), MediaRefusal> {
        self.bytes = self.bytes.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        if self.bytes > self.max_bytes {
            return Err(MediaRefusal::TooLarge { max_bytes: self.max_bytes });
        }
        self.digest.update(chunk);
        self.file.write_all(chunk).await?;
        Ok(())
    }

    /// Ends the upload. Nothing received is a refusal.
    pub async fn finish(mut self) -> Result<FinishedUpload, MediaRefusal> {
        // tokio writes in the background: a full disk may only show here
        self.file.flush().await?;
        if self.bytes == 0 {
            return Err(MediaRefusal::Empty);
        }
        Ok(FinishedUpload { path: self.path, bytes: self.bytes, sha256: self.digest.finalize().into() })
    }
}

/// A file received whole. Dropping it removes the file.
#[derive(Debug)]
pub struct FinishedUpload {
    path: TempPath,
    bytes: u64,
    sha256: [u8; 32],
}

impl FinishedUpload {
    /// Where the bytes are.
    pub fn path(&self) -> &Path {
        &self.path.0
    }

    /// How many there are.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// SHA-256 of exactly the bytes that came in.
    pub const fn sha256(&self) -> &[u8; 32] {
        &self.sha256
    }
}
