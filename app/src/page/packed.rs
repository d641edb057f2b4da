//! A compressed text some bytes of which are filled in later. Its zstd frame consists of blocks; what is to be filled in
//! stands in blocks of its own, uncompressed, so that other bytes of the same length can take its place
//! (RFC 8878, section 3.1.1.2: a raw block is its bytes as they are). While compressing, random bytes stand there, which
//! no later block refers back to; that this is so is tried out before the result is used.

use std::io::Write as _;
use std::ops::Range;

use market::prng::Prng;

use super::kept::Place;

/// Level of compression: done once for many responses.
const LEVEL: i32 = 3;

/// The compressed text and where its places went.
pub(super) struct Packed {
    bytes: Box<[u8]>,
    places: Vec<Range<usize>>,
}

impl Packed {
    /// Compresses `text`; none where the compressor did something else than expected.
    pub(super) fn new(text: &[u8], places: &[Place]) -> Option<Self> {
        let ranges: Vec<Range<usize>> = places.iter().map(|place| place.at.clone()).collect();
        let packed = compress(text, &ranges)?;
        // filled with anything, it has to become the text filled with the same
        let fill = |bytes: &mut [u8], places: &[Range<usize>]| {
            places.iter().zip(b'a'..).for_each(|(at, with)| {
                if let Some(place) = bytes.get_mut(at.clone()) {
                    place.fill(with);
                }
            });
        };
        let (mut expected, mut filled) = (text.to_vec(), packed.bytes.to_vec());
        fill(&mut expected, &ranges);
        fill(&mut filled, &packed.places);
        let read = zstd::stream::decode_all(&*filled).ok()?;
        (read == expected).then_some(packed)
    }

    /// The frame.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Where each place is now.
    pub(super) fn places(&self) -> impl Iterator<Item = Range<usize>> {
        self.places.iter().cloned()
    }
}

fn compress(text: &[u8], ranges: &[Range<usize>]) -> Option<Packed> {
    let mut encoder = zstd::stream::write::Encoder::new(Vec::with_capacity(text.len() / 4), LEVEL).ok()?;
    let mut places = Vec::with_capacity(ranges.len());
    let (mut done, mut noise) = (0, Prng::of(0x9e37_79b9_7f4a_7c15));
    for range in ranges {
        encoder.write_all(text.get(done..range.start)?).ok()?;
        encoder.flush().ok()?;
        let before = encoder.get_ref().len();
        // bytes without any order
        let filler: Vec<u8> = range.clone().map(|_| noise.draw().to_le_bytes()[0]).collect();
        encoder.write_all(&filler).ok()?;
        encoder.flush().ok()?;
        let block = encoder.get_ref().get(before..)?;
        let at = before + block.windows(filler.len()).position(|window| window == filler)?;
        places.push(at..at + filler.len());
        done = range.end;
    }
    encoder.write_all(text.get(done..)?).ok()?;
    Some(Packed { bytes: encoder.finish().ok()?.into(), places })
}
