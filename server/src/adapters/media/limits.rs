//! How much images may cost. Figures are configuration; with the defaults a warm process (95 MB) stays below 300 MB
//! while the worst allowed file is decoded: tests read the most that is held on top. Several of them at once may hold more.

use std::time::Duration;

/// Bounds of the store.
#[derive(Debug, Clone, Copy)]
pub struct MediaLimits {
    /// Bounds of one picture.
    pub picture: imaging::Limits,
    /// Images worked on at once. Each may take the `working_memory` of a picture. A photo takes
    /// half a second, so one worker is plenty and leaves the other cores to the pages.
    pub workers: usize,
    /// Longest one image may be worked on.
    pub time: Duration,
    /// Longest an image may wait for its turn.
    pub patience: Duration,
}

impl Default for MediaLimits {
    fn default() -> Self {
        Self {
            picture: imaging::Limits {
                max_bytes: 20 * 1024 * 1024,
                max_pixels: 40_000_000,
                min_side: 16,
                // 40 million pixels of four bytes and the file itself; shrinking them takes some 30 MB beside it
                working_memory: 180 * 1024 * 1024,
            },
            workers: 1,
            time: Duration::from_secs(5),
            patience: Duration::from_secs(20),
        }
    }
}
