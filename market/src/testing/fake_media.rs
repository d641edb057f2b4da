//! A media store in memory. It takes any bytes for a picture of 800 × 600 and hands them out unchanged.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a poisoned lock in a test is a failed test"
)]

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use uuid::Uuid;

use crate::media::{
    FinishedUpload, ImageFormat, ImageHash, ImageSlot, MediaRefusal, StoredImage, TempUpload, Variant,
};
use crate::ports::media::{ImageFile, MediaStore};
use crate::time::Timestamp;

/// The fake store; empty at first.
#[derive(Debug, Default)]
pub struct FakeMedia {
    kept: Mutex<HashMap<ImageHash, Vec<u8>>>,
    away: AtomicBool,
}

impl FakeMedia {
    /// Makes every write fail, and lets it work again.
    pub fn set_away(&self, away: bool) {
        self.away.store(away, Ordering::SeqCst);
    }

    /// Names of everything kept.
    pub fn hashes(&self) -> Vec<ImageHash> {
        self.kept.lock().expect("lock").keys().cloned().collect()
    }

    fn here(&self) -> Result<(), MediaRefusal> {
        if self.away.load(Ordering::SeqCst) {
            Err(std::io::Error::other("switched off").into())
        } else {
            Ok(())
        }
    }
}

fn variants(bytes: u64) -> Vec<Variant> {
    ImageSlot::ALL
        .into_iter()
        .filter(|slot| slot.width() <= 960)
        .flat_map(|slot| {
            let width = slot.width().min(800);
            ImageFormat::ALL.map(|format| Variant { slot, width, height: width * 3 / 4, format, bytes })
        })
        .collect()
}

#[async_trait]
impl MediaStore for FakeMedia {
    fn max_image_bytes(&self) -> u64 {
        20 * 1024 * 1024
    }

    #[expect(clippy::disallowed_methods, reason = "a name for a temporary file that no other test has")]
    async fn begin_upload(&self, max_bytes: u64) -> Result<TempUpload, MediaRefusal> {
        self.here()?;
        let path = std::env::temp_dir().join(format!("market-test-upload-{}", Uuid::now_v7().simple()));
        let file = std::fs::File::create(&path)?;
        Ok(TempUpload::new(file, path, max_bytes))
    }

    async fn put_image(&self, upload: FinishedUpload) -> Result<StoredImage, MediaRefusal> {
        self.here()?;
        let content = std::fs::read(upload.path())?;
        let hash = ImageHash::from_digest(upload.sha256());
        self.kept.lock().expect("lock").insert(hash.clone(), content);
        Ok(StoredImage {
            hash,
            width: 800,
            height: 600,
            bytes: upload.bytes(),
            variants: variants(upload.bytes()),
        })
    }

    async fn open(
        &self,
        hash: &ImageHash,
        _slot: ImageSlot,
        format: ImageFormat,
    ) -> Result<Option<ImageFile>, MediaRefusal> {
        let kept = self.kept.lock().expect("lock");
        Ok(kept.get(hash).map(|bytes| ImageFile { format, bytes: bytes.clone() }))
    }

    async fn remove(&self, hash: &ImageHash) -> Result<(), MediaRefusal> {
        self.kept.lock().expect("lock").remove(hash);
        Ok(())
    }

    async fn stored_before(&self, _moment: Timestamp) -> Result<Vec<ImageHash>, MediaRefusal> {
        self.here()?;
        Ok(self.hashes())
    }

    async fn check(&self) -> Result<(), MediaRefusal> {
        self.here()
    }
}
