//! Images on the local disk: `ab/cd/<hash>/<width>.<webp|jpg>` below one folder. Implements
//! [`MediaStore`]: an upload is received into a temporary file, cleaned by the crate `imaging` when
//! a worker is free, and moved in place whole.

mod kept;
mod limits;
mod private;
mod staging;
mod workshop;

use std::fs;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use market::media::{
    FinishedUpload, ImageFormat, ImageHash, ImageSlot, MediaRefusal, StoredImage, TempUpload, Variant,
};
use market::ports::media::{ImageFile, MediaStore};
use market::time::Timestamp;
use sha2::{Digest as _, Sha256};

use imaging::{Deadline, Picture, Refusal};
pub use limits::MediaLimits;
pub use private::DiskFiles;
use staging::{Nursery, Staging};
use workshop::Workshop;

/// Part of every name: raise it when the same upload shall give other files.
const PIPELINE: &[u8] = b"market-image-1";
/// What a blocking step may overrun its deadline by before it is left behind.
const GRACE: Duration = Duration::from_millis(500);

/// Images in a folder of the local disk.
#[derive(Debug, Clone)]
pub struct DiskMedia {
    root: PathBuf,
    limits: MediaLimits,
    nursery: Arc<Nursery>,
    workshop: Workshop,
}

impl DiskMedia {
    /// Opens the store in `root`, making the folder if it is not there.
    pub fn open_folder(root: impl Into<PathBuf>, limits: MediaLimits) -> io::Result<Self> {
        let root = root.into();
        let nursery = Nursery::open(root.join("tmp"))?;
        let workshop = Workshop::open(&limits)?;
        Ok(Self { root, limits, nursery: Arc::new(nursery), workshop })
    }

    /// Private files in a folder of their own, drawn by the same workers.
    ///
    /// # Errors
    /// When the folder cannot be made.
    pub fn private_files(&self, folder: impl Into<PathBuf>) -> io::Result<DiskFiles> {
        DiskFiles::open_folder(folder.into(), self.limits, self.workshop.clone())
    }

    async fn clean(&self, upload: FinishedUpload) -> Result<Cleaned, MediaRefusal> {
        let turn = self.workshop.turn().await?;
        let (nursery, limits) = (Arc::clone(&self.nursery), self.limits);
        self.workshop.work(turn, move || make(&upload, &nursery, &limits)).await
    }
}

/// An image with all its files, not yet in place.
#[derive(Debug)]
struct Cleaned {
    image: StoredImage,
    files: Staging,
}

fn make(upload: &FinishedUpload, nursery: &Nursery, limits: &MediaLimits) -> Result<Cleaned, MediaRefusal> {
    let deadline = Deadline::after(limits.time);
    let widths = ImageSlot::ALL.map(ImageSlot::width);
    let plan = imaging::inspect(upload.path(), &limits.picture, deadline).map_err(in_our_words)?;
    let decoded = imaging::decode(upload.path(), plan, &widths, deadline);
    let picture = decoded.map_err(in_our_words)?;
    let files = nursery.staging()?;
    let hash = name_of(&picture);
    let variants = write_variants(&picture, &files, deadline)?;
    let bytes = variants.iter().map(|variant| variant.bytes).sum();
    let image = StoredImage { hash, width: picture.width, height: picture.height, bytes, variants };
    Ok(Cleaned { image, files })
}

/// The digest covers what is seen, so the same photo with other metadata is the same image.
fn name_of(picture: &Picture) -> ImageHash {
    let mut digest = Sha256::new();
    digest.update(PIPELINE);
    let pixels = &picture.pixels;
    for number in [picture.width, picture.height, pixels.width(), pixels.height()] {
        digest.update(number.to_be_bytes());
    }
    digest.update([pixels.color().channel_count()]);
    digest.update(pixels.as_bytes());
    ImageHash::from_digest(&digest.finalize().into())
}

fn write_variants(
    picture: &Picture,
    files: &Staging,
    deadline: Deadline,
) -> Result<Vec<Variant>, MediaRefusal> {
    let mut variants = Vec::with_capacity(picture.sizes.len() * ImageFormat::ALL.len());
    for size in &picture.sizes {
        let Some(slot) = ImageSlot::from_width(size.asked) else { continue };
        let reduced = picture.at(*size).map_err(in_our_words)?;
        for format in ImageFormat::ALL {
            deadline.check().map_err(in_our_words)?;
            let file = imaging::encode(&reduced, coding_of(format)).map_err(in_our_words)?;
            files.write(&slot.file_name(format), &file)?;
            let bytes = u64::try_from(file.len()).unwrap_or(u64::MAX);
            let (width, height) = (size.width, size.height);
            variants.push(Variant { slot, width, height, format, bytes });
        }
    }
    Ok(variants)
}

const fn coding_of(format: ImageFormat) -> imaging::Format {
    match format {
        ImageFormat::Webp => imaging::Format::Webp,
        ImageFormat::Jpeg => imaging::Format::Jpeg,
    }
}

fn in_our_words(refusal: Refusal) -> MediaRefusal {
    match refusal {
        Refusal::Empty => MediaRefusal::Empty,
        Refusal::TooLarge { max_bytes } => MediaRefusal::TooLarge { max_bytes },
        Refusal::NotAnImage { kind } => MediaRefusal::NotAnImage { kind },
        Refusal::UnsupportedKind { kind } => MediaRefusal::UnsupportedKind { kind },
        Refusal::Heic => MediaRefusal::Heic,
        Refusal::TooManyPixels { width, height, max_pixels } => {
            MediaRefusal::TooManyPixels { width, height, max_pixels }
        }
        Refusal::TooSmall { width, height, min_side } => MediaRefusal::TooSmall { width, height, min_side },
        Refusal::TooLong { width, height } => MediaRefusal::TooLong { width, height },
        Refusal::Broken => MediaRefusal::Broken,
        Refusal::Timeout => MediaRefusal::Timeout,
        Refusal::Encoder(cause) | Refusal::Unreadable(cause) => MediaRefusal::Unavailable { cause },
    }
}

/// Runs short work on files beside the event loop.
async fn blocking<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> Result<T, MediaRefusal> + Send + 'static,
) -> Result<T, MediaRefusal> {
    match tokio::time::timeout(time + GRACE, tokio::task::spawn_blocking(work)).await {
        Err(_) => Err(MediaRefusal::Timeout),
        Ok(Ok(result)) => result,
        Ok(Err(failure)) => Err(MediaRefusal::Unavailable { cause: failure.to_string() }),
    }
}

#[async_trait]
impl MediaStore for DiskMedia {
    fn max_image_bytes(&self) -> u64 {
        self.limits.picture.max_bytes
    }

    async fn begin_upload(&self, max_bytes: u64) -> Result<TempUpload, MediaRefusal> {
        let nursery = Arc::clone(&self.nursery);
        blocking(self.limits.time, move || {
            // guarded before it leaves: nobody may be waiting for it any more
            let (file, path) = nursery.file()?;
            Ok(TempUpload::new(file, path, max_bytes))
        })
        .await
    }

    async fn put_image(&self, upload: FinishedUpload) -> Result<StoredImage, MediaRefusal> {
        let cleaned = self.clean(upload).await?;
        let target = self.root.join(cleaned.image.hash.folder());
        blocking(self.limits.time, move || {
            cleaned.files.move_to(&target)?;
            Ok(cleaned.image)
        })
        .await
    }

    async fn open(
        &self,
        hash: &ImageHash,
        slot: ImageSlot,
        format: ImageFormat,
    ) -> Result<Option<ImageFile>, MediaRefusal> {
        match tokio::fs::read(self.root.join(slot.relative_path(hash, format))).await {
            Ok(bytes) => Ok(Some(ImageFile { format, bytes })),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn remove(&self, hash: &ImageHash) -> Result<(), MediaRefusal> {
        let (folder, away) = (self.root.join(hash.folder()), self.nursery.free_name());
        blocking(self.limits.time, move || match fs::rename(&folder, &away) {
            // out of sight in one step; a crash in between leaves it to the next sweep
            Ok(()) => Ok(fs::remove_dir_all(&away)?),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error.into()),
        })
        .await
    }

    async fn stored_before(&self, moment: Timestamp) -> Result<Vec<ImageHash>, MediaRefusal> {
        let root = self.root.clone();
        let walk = tokio::task::spawn_blocking(move || kept::stored_before(&root, moment));
        let found = walk.await.map_err(|failure| MediaRefusal::Unavailable { cause: failure.to_string() })?;
        Ok(found?)
    }

    async fn check(&self) -> Result<(), MediaRefusal> {
        let nursery = Arc::clone(&self.nursery);
        blocking(self.limits.time, move || {
            nursery.staging()?.write("check", b"written by the health check")?;
            Ok(())
        })
        .await
    }
}
