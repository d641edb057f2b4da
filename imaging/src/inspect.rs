//! Looks at an upload before anything is decoded: kind, size in pixels, and the memory decoding
//! will take. Everything a header can give away is refused here.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::{ImageDecoder, ImageError, ImageResult};

use crate::sniff::{HEAD, Kind, sniff};
use crate::{Deadline, Limits, Refusal, jpeg};

/// Longest side to shortest. Long product sheets reach 25; beyond 50 it is a strip.
const MAX_RATIO: u64 = 50;

/// What will be decoded, and what that takes.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    pub(crate) kind: Kind,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Bytes decoding may hold.
    pub memory: u64,
}

/// A file that stops giving bytes once the deadline has passed, so that no decoder can go on.
#[derive(Debug)]
pub(crate) struct TimedFile {
    file: BufReader<File>,
    deadline: Deadline,
}

impl TimedFile {
    pub(crate) fn open(path: &Path, deadline: Deadline) -> io::Result<Self> {
        Ok(Self { file: BufReader::with_capacity(64 * 1024, File::open(path)?), deadline })
    }

    fn in_time(&self) -> io::Result<()> {
        if self.deadline.passed() { Err(io::ErrorKind::TimedOut.into()) } else { Ok(()) }
    }
}

impl Read for TimedFile {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.in_time()?;
        self.file.read(buffer)
    }
}

impl BufRead for TimedFile {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.in_time()?;
        self.file.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.file.consume(amount);
    }
}

impl Seek for TimedFile {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.seek(position)
    }
}

/// Kind, size and cost of the file, or why it is not taken.
pub fn inspect(path: &Path, limits: &Limits, deadline: Deadline) -> Result<Plan, Refusal> {
    let mut file = TimedFile::open(path, deadline)?;
    let length = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let kind = sniff(&head)?;
    if length > limits.max_bytes {
        return Err(Refusal::TooLarge { max_bytes: limits.max_bytes });
    }
    file.rewind()?;
    let (width, height, per_100_pixels) = measure(kind, file, limits)?;
    let pixels = u64::from(width) * u64::from(height);
    let spare = limits.working_memory.saturating_sub(length);
    let max_pixels = limits.max_pixels.min(spare * 100 / per_100_pixels.max(1));
    check_size(width, height, max_pixels, limits.min_side)?;
    // some room for tables and the first shrunken copy
    let memory = length + pixels * per_100_pixels / 100 + 4 * 1024 * 1024;
    Ok(Plan { kind, width, height, memory: memory.min(limits.working_memory) })
}

fn check_size(width: u32, height: u32, max_pixels: u64, min_side: u32) -> Result<(), Refusal> {
    let (short, long) = (u64::from(width.min(height)), u64::from(width.max(height)));
    if short * long > max_pixels {
        return Err(Refusal::TooManyPixels { width, height, max_pixels });
    }
    if short == 0 {
        return Err(Refusal::Broken);
    }
    if short < u64::from(min_side) {
        return Err(Refusal::TooSmall { width, height, min_side });
    }
    if long > short * MAX_RATIO {
        return Err(Refusal::TooLong { width, height });
    }
    Ok(())
}

/// Width, height and the bytes its decoder holds per hundred pixels.
fn measure(kind: Kind, file: TimedFile, limits: &Limits) -> Result<(u32, u32, u64), Refusal> {
    match kind {
        Kind::Jpeg => {
            let frame = jpeg::read_frame(file)?.ok_or(Refusal::Broken)?;
            if frame.too_many_scans() {
                return Err(Refusal::Broken);
            }
            Ok((frame.width, frame.height, frame.bytes_per_100_pixels()))
        }
        Kind::Png => {
            let decoder = PngDecoder::with_limits(file, decoder_limits(limits.working_memory));
            let decoder = decoder.map_err(refusal_of)?;
            let (width, height) = decoder.dimensions();
            Ok((width, height, 100 * u64::from(decoder.color_type().bytes_per_pixel())))
        }
        Kind::Gif => {
            let (width, height) = GifDecoder::new(file).map_err(refusal_of)?.dimensions();
            // the canvas, and a frame that does not fill it
            Ok((width, height, 800))
        }
        Kind::Webp => measure_webp(file).map_err(refusal_of),
    }
}

fn measure_webp(file: TimedFile) -> ImageResult<(u32, u32, u64)> {
    let decoder = WebPDecoder::new(file)?;
    let (width, height) = decoder.dimensions();
    // beside the result: planes or a four-channel copy; with transparency that copy and a plane
    // more; an animation keeps a frame and a canvas too (measured on the decoder)
    let per_100_pixels = match (decoder.has_animation(), decoder.color_type().has_alpha()) {
        (true, _) => 1800,
        (false, true) => 1100,
        (false, false) => 800,
    };
    Ok((width, height, per_100_pixels))
}

/// Limits for a decoder that may take `memory` bytes. The size in pixels is checked here, not there.
pub(crate) fn decoder_limits(memory: u64) -> image::Limits {
    let mut limits = image::Limits::no_limits();
    limits.max_alloc = Some(memory);
    limits
}

/// A decoder's complaint in our words. What it says in detail helps nobody outside a debugger.
pub(crate) fn refusal_of(error: ImageError) -> Refusal {
    match error {
        ImageError::IoError(cause) if cause.kind() == io::ErrorKind::TimedOut => Refusal::Timeout,
        _ => Refusal::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(width: u32, height: u32) -> &'static str {
        match check_size(width, height, 40_000_000, 16) {
            Ok(()) => "fine",
            Err(Refusal::TooManyPixels { .. }) => "too_many_pixels",
            Err(Refusal::TooSmall { .. }) => "too_small",
            Err(Refusal::TooLong { .. }) => "too_long",
            Err(_) => "broken",
        }
    }

    #[test]
    fn sizes_at_the_edges() {
        assert_eq!(code(8000, 5000), "fine");
        assert_eq!(code(8000, 5001), "too_many_pixels");
        assert_eq!(code(u32::MAX, u32::MAX), "too_many_pixels");
        assert_eq!(code(16, 16), "fine");
        assert_eq!(code(15, 300), "too_small");
        assert_eq!(code(0, 300), "broken");
        assert_eq!(code(100, 5000), "fine");
        assert_eq!(code(100, 5001), "too_long");
    }
}
