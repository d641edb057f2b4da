//! How much one image may cost: bytes, pixels, memory, time. Figures are configuration; the
//! defaults keep the whole process below 300 MB while the worst allowed file is decoded.

use std::time::{Duration, Instant};

use market::media::MediaRefusal;

/// Bounds of the image pipeline.
#[derive(Debug, Clone, Copy)]
pub struct MediaLimits {
    /// Most bytes of an upload.
    pub max_bytes: u64,
    /// Most pixels, checked on the header before anything is decoded.
    pub max_pixels: u64,
    /// Fewest pixels on a side. Below 16 nothing can be recognised, and 1×1 is a tracking pixel.
    pub min_side: u32,
    /// Most bytes all decoders running at once may hold together.
    pub working_memory: u64,
    /// Images worked on at once (they also share `working_memory`).
    pub workers: usize,
    /// Longest one image may be worked on.
    pub time: Duration,
    /// Longest an image may wait for its turn.
    pub patience: Duration,
}

impl Default for MediaLimits {
    fn default() -> Self {
        Self {
            max_bytes: 20 * 1024 * 1024,
            max_pixels: 40_000_000,
            min_side: 16,
            working_memory: 220 * 1024 * 1024,
            workers: 2,
            time: Duration::from_secs(5),
            patience: Duration::from_secs(20),
        }
    }
}

/// The moment by which an image must be done. Work asks it between steps and on every read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Deadline(Instant);

impl Deadline {
    pub(super) fn after(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    pub(super) fn check(self) -> Result<(), MediaRefusal> {
        if self.passed() { Err(MediaRefusal::Timeout) } else { Ok(()) }
    }

    pub(super) fn passed(self) -> bool {
        Instant::now() >= self.0
    }
}
