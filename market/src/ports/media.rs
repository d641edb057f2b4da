//! The media port: receive an upload, turn it into clean variants, hand them out again.
//!
//! ```text
//! let mut upload = store.begin_upload(store.max_image_bytes()).await?;
//! while let Some(chunk) = field.chunk().await? { upload.write(&chunk).await?; }
//! let image = store.put_image(upload.finish().await?).await?;
//! ```

use std::fmt::Debug;

use async_trait::async_trait;

use crate::media::{
    FinishedUpload, ImageFormat, ImageHash, ImageSlot, MediaRefusal, StoredImage, TempUpload,
};
use crate::time::Timestamp;

/// One variant, read whole: variants are small because they are made here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageFile {
    /// Its format; gives the content type.
    pub format: ImageFormat,
    /// The file.
    pub bytes: Vec<u8>,
}

/// Keeps images. What comes out was always encoded here: never a byte of what was uploaded.
#[async_trait]
pub trait MediaStore: Debug + Send + Sync {
    /// Most bytes an image may have.
    fn max_image_bytes(&self) -> u64;

    /// Starts receiving a file of at most `max_bytes`.
    async fn begin_upload(&self, max_bytes: u64) -> Result<TempUpload, MediaRefusal>;

    /// Checks, cleans and keeps an image. The same picture twice gives the same answer twice and is
    /// kept once. After a refusal nothing is left.
    async fn put_image(&self, upload: FinishedUpload) -> Result<StoredImage, MediaRefusal>;

    /// Reads one variant. `None` if there is none of this name, width and format.
    async fn open(
        &self,
        hash: &ImageHash,
        slot: ImageSlot,
        format: ImageFormat,
    ) -> Result<Option<ImageFile>, MediaRefusal>;

    /// Removes an image with all variants; nothing to remove is fine. The store does not know who
    /// else shows the same picture: ask the `media` rows first.
    async fn remove(&self, hash: &ImageHash) -> Result<(), MediaRefusal>;

    /// Names of the images that were put here (for the last time) before a moment. Slow: for a sweep, not for a request.
    async fn stored_before(&self, moment: Timestamp) -> Result<Vec<ImageHash>, MediaRefusal>;

    /// Whether the store can write, by writing.
    async fn check(&self) -> Result<(), MediaRefusal>;

    /// Keeps an image that is already in memory: seeding, imports, tests.
    async fn put_bytes(&self, bytes: &[u8]) -> Result<StoredImage, MediaRefusal> {
        let mut upload = self.begin_upload(self.max_image_bytes()).await?;
        upload.write(bytes).await?;
        self.put_image(upload.finish().await?).await
    }
}
