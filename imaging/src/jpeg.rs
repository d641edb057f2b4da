//! Reads the frame header of a JPEG and counts its scans without decoding it. The decoder has no
//! bound of its own for either: a progressive file needs memory for every coefficient, and each of
//! thousands of empty scans walks the whole picture once.

use std::io::{self, BufRead};

/// Most scans a JPEG may have. Encoders write about ten; more is an attack on the clock.
const MAX_SCANS: u32 = 64;

/// What the headers say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct JpegFrame {
    pub(crate) width: u32,
    pub(crate) height: u32,
    components: u64,
    /// Coefficients of all components of a picture, as a share of its pixels in percent.
    coefficient_percent: u64,
    progressive: bool,
    scans: u32,
}

impl JpegFrame {
    /// Bytes the decoder holds per hundred pixels.
    pub(crate) fn bytes_per_100_pixels(self) -> u64 {
        let output = if self.components == 1 { 100 } else { 300 };
        let kept = self.progressive || self.scans > 1;
        output + if kept { 2 * self.coefficient_percent } else { 0 }
    }

    pub(crate) fn too_many_scans(self) -> bool {
        self.scans > MAX_SCANS
    }
}

/// Walks the markers. `None` if there is no frame header or no scan.
pub(crate) fn read_frame(mut file: impl BufRead) -> io::Result<Option<JpegFrame>> {
    let mut frame: Option<JpegFrame> = None;
    let mut scans = 0;
    while let Some(marker) = next_marker(&mut file)? {
        match marker {
            0xd9 if scans > 0 => break,
            // start of image, restarts, stuffed bytes: no length follows
            0x00 | 0x01 | 0xd0..=0xd9 => {}
            0xda => scans += 1,
            // frame headers; c4, c8 and cc share the range but are tables
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let segment = read_segment(&mut file)?;
                frame = frame.or_else(|| parse_frame(marker, &segment));
            }
            _ => skip_segment(&mut file)?,
        }
        if scans > MAX_SCANS {
            break;
        }
    }
    Ok(frame.filter(|_| scans > 0).map(|frame| JpegFrame { scans, ..frame }))
}

fn next_marker(file: &mut impl BufRead) -> io::Result<Option<u8>> {
    file.skip_until(0xff)?;
    loop {
        match read_byte(file)? {
            Some(0xff) => {}
            other => return Ok(other),
        }
    }
}

fn read_byte(file: &mut impl BufRead) -> io::Result<Option<u8>> {
    let byte = file.fill_buf()?.first().copied();
    file.consume(usize::from(byte.is_some()));
    Ok(byte)
}

fn segment_length(file: &mut impl BufRead) -> io::Result<u64> {
    let high = read_byte(file)?.unwrap_or(0);
    let low = read_byte(file)?.unwrap_or(0);
    Ok(u64::from(u16::from_be_bytes([high, low])).saturating_sub(2))
}

fn read_segment(file: &mut impl BufRead) -> io::Result<Vec<u8>> {
    let length = segment_length(file)?;
    let mut segment = Vec::new();
    io::Read::read_to_end(&mut io::Read::take(file, length), &mut segment)?;
    Ok(segment)
}

fn skip_segment(file: &mut impl BufRead) -> io::Result<()> {
    let length = segment_length(file)?;
    io::copy(&mut io::Read::take(file, length), &mut io::sink())?;
    Ok(())
}

fn parse_frame(marker: u8, segment: &[u8]) -> Option<JpegFrame> {
    let (&[_depth, high, low, wide, narrow, count], rest) = segment.split_first_chunk::<6>()?;
    let sampling = rest.chunks_exact(3).take(usize::from(count)).filter_map(|part| part.get(1));
    let areas: Vec<u64> = sampling.map(|both| u64::from(both >> 4) * u64::from(both & 15)).collect();
    let largest = areas.iter().copied().max().filter(|area| *area > 0)?;
    Some(JpegFrame {
        width: u32::from(u16::from_be_bytes([wide, narrow])),
        height: u32::from(u16::from_be_bytes([high, low])),
        components: u64::from(count),
        coefficient_percent: areas.iter().sum::<u64>() * 100 / largest,
        progressive: matches!(marker, 0xc2 | 0xc6 | 0xca | 0xce),
        scans: 0,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jpeg(start_of_frame: u8, scans: usize) -> Vec<u8> {
        let mut file = vec![0xff, 0xd8, 0xff, 0xe1, 0, 6, 0xff, 0xda, 0xff, 0xda];
        file.extend([0xff, start_of_frame, 0, 17, 8, 0, 32, 0, 64, 3]);
        file.extend([1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
        for _ in 0..scans {
            file.extend([0xff, 0xda, 0, 2, 0x12, 0xff, 0, 0x34]);
        }
        file.extend([0xff, 0xd9]);
        file
    }

    #[test]
    fn memory_follows_from_sampling_and_scans() {
        let baseline = read_frame(&*jpeg(0xc0, 1)).unwrap().unwrap();
        assert_eq!((baseline.width, baseline.height), (64, 32));
        assert_eq!(baseline.bytes_per_100_pixels(), 300);
        let progressive = read_frame(&*jpeg(0xc2, 10)).unwrap().unwrap();
        assert_eq!(progressive.bytes_per_100_pixels(), 600);
    }

    #[test]
    fn scans_are_counted_outside_segments_only() {
        assert!(!read_frame(&*jpeg(0xc2, 64)).unwrap().unwrap().too_many_scans());
        assert!(read_frame(&*jpeg(0xc2, 65)).unwrap().unwrap().too_many_scans());
    }

    #[test]
    fn every_truncation_is_survived() {
        let whole = jpeg(0xc2, 3);
        for end in 0..whole.len() {
            let _ = read_frame(whole.get(..end).unwrap()).unwrap();
        }
        assert_eq!(read_frame(&*jpeg(0xc0, 0)).unwrap(), None);
    }
}
