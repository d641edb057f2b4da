//! How much one picture may cost: bytes, pixels, memory, time.

use std::time::{Duration, Instant};

use crate::Refusal;

/// Bounds of one picture.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Most bytes of the file.
    pub max_bytes: u64,
    /// Most pixels, checked on the header before anything is decoded.
    pub max_pixels: u64,
    /// Fewest pixels on a side. Below 16 nothing can be recognised, and 1×1 is a tracking pixel.
    pub min_side: u32,
    /// Most bytes decoding may hold.
    pub working_memory: u64,
}

/// The moment by which a picture must be done. Work asks it between steps and on every read.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    /// So long from now.
    pub fn after(time: Duration) -> Self {
        Self(Instant::now() + time)
    }

    /// A refusal once the moment has passed.
    pub fn check(self) -> Result<(), Refusal> {
        if self.passed() { Err(Refusal::Timeout) } else { Ok(()) }
    }

    pub(crate) fn passed(self) -> bool {
        Instant::now() >= self.0
    }
}
