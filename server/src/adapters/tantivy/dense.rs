//! The best quality of every document of a segment while the ways of one concept are looked up, and why.

use std::sync::{Mutex, PoisonError};

use tantivy::DocId;

/// Quality and evidence in one number that orders by quality.
pub type Packed = u32;
/// Documents in their order with what was found.
pub type Found = Vec<(DocId, Packed)>;

const WHY: u32 = 0xf;

/// Packs a quality with its evidence (by place); of equal qualities the earlier evidence is the greater number.
pub fn pack(quality: f32, why: usize) -> Packed {
    (quality.to_bits() & !WHY) | (WHY - u32::try_from(why).unwrap_or(WHY).min(WHY))
}

/// The quality.
pub fn quality(packed: Packed) -> f32 {
    f32::from_bits(packed & !WHY)
}

/// The evidence as a bit.
pub fn why(packed: Packed) -> u16 {
    1 << (WHY - (packed & WHY))
}

/// The same evidence at a share of the quality.
pub fn scaled(packed: Packed, scale: f32) -> Packed {
    ((quality(packed) * scale).to_bits() & !WHY) | (packed & WHY)
}

/// One number per document and a bit for each that is set.
#[derive(Debug, Default)]
pub struct Dense {
    values: Vec<Packed>,
    seen: Vec<u64>,
    /// Documents that are set.
    count: usize,
    /// Ways that were written before are worth no less than those that come: what is set stays.
    falling: bool,
}

impl Dense {
    fn fit(&mut self, docs: DocId) {
        if self.values.len() < docs as usize {
            self.values.resize(docs as usize, 0);
            self.seen.resize((docs as usize).div_ceil(64), 0);
        }
    }

    /// What is known of a document; 0 when nothing.
    pub fn at(&self, doc: DocId) -> Packed {
        self.values.get(doc as usize).copied().unwrap_or_default()
    }

    /// Keeps the better. Bits fit into the fastest cache and values do not, so that these are rarely looked at.
    #[inline]
    pub fn put(&mut self, doc: DocId, packed: Packed) {
        let bits = self.seen.get_mut(doc as usize / 64);
        if let (Some(value), Some(bits)) = (self.values.get_mut(doc as usize), bits) {
            let bit = 1 << (doc % 64);
            if *bits & bit == 0 {
                *bits |= bit;
                *value = packed;
                self.count += 1;
            } else if !self.falling {
                *value = (*value).max(packed);
            }
        }
    }

    /// From here on every way is worth no more than what is set, or that is no longer so.
    pub const fn set_falling(&mut self, falling: bool) {
        self.falling = falling;
    }

    /// Whether so many documents are set that may be seen. Hidden ones do not count, and do not hide others either.
    pub fn holds(&self, docs: usize, may_be_seen: impl Fn(DocId) -> bool) -> bool {
        let mut left = docs;
        if self.count < left {
            return false;
        }
        for (word, bits) in (0u32..).zip(&self.seen) {
            let mut rest = *bits;
            while rest != 0 && left > 0 {
                left -= usize::from(may_be_seen(word * 64 + rest.trailing_zeros()));
                rest &= rest - 1;
            }
            if left == 0 {
                break;
            }
        }
        left == 0
    }

    /// Takes what was found, in order and without what may not be seen (an index with a history answers like a fresh
    /// one), and empties the table for the next use.
    pub fn drain(&mut self, may_be_seen: impl Fn(DocId) -> bool) -> Found {
        let mut out = Vec::with_capacity(std::mem::take(&mut self.count));
        for (word, bits) in (0u32..).zip(&mut self.seen) {
            let mut rest = std::mem::take(bits);
            while rest != 0 {
                let doc = word * 64 + rest.trailing_zeros();
                rest &= rest - 1;
                let value = self.values.get_mut(doc as usize).map(std::mem::take).unwrap_or_default();
                if may_be_seen(doc) {
                    out.push((doc, value));
                }
            }
        }
        out
    }
}

/// Tables to use again; allocating one per word would cost more than the words.
#[derive(Debug, Default)]
pub struct Tables(Mutex<Vec<Dense>>);

/// Tables kept while nobody uses them.
const KEPT: usize = 6;

impl Tables {
    /// An empty table for a segment.
    pub fn take(&self, docs: DocId) -> Dense {
        let mut table = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        table.fit(docs);
        table
    }

    /// Gives an emptied table back.
    pub fn give(&self, table: Dense) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(table);
        }
    }
}
