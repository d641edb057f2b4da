//! Which documents may be seen at a moment: those that are not deleted and whose time has not ended. Between two
//! endings the answer is the same, so it is made once and kept until the next one.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{DocId, SegmentReader, index::SegmentId};

use super::segment::SegmentFacts;

/// What may be seen between two endings.
#[derive(Debug, Default)]
pub struct Living {
    /// From this moment on.
    pub from: i64,
    /// Until this one, when the next listing ends.
    pub until: i64,
    /// Documents that may be seen.
    pub docs: u64,
    /// Publication of the newest of them.
    pub newest: i64,
    segments: Vec<Seen>,
}

/// What may be seen of one segment.
#[derive(Debug)]
pub struct Seen {
    segment: SegmentId,
    max_doc: DocId,
    /// Documents that may not be seen.
    pub hidden: usize,
    /// A bit for each that may; none when all may.
    bits: Option<Box<[u64]>>,
}

impl Seen {
    /// Whether a document may be seen.
    #[inline]
    pub fn has(&self, doc: DocId) -> bool {
        self.bits
            .as_ref()
            .is_none_or(|bits| bits.get(doc as usize / 64).is_some_and(|word| word >> (doc % 64) & 1 == 1))
    }

    /// Those that may.
    pub fn docs(&self) -> impl Iterator<Item = DocId> + '_ {
        (0..self.max_doc).filter(|doc| self.has(*doc))
    }

    fn of(reader: &SegmentReader, facts: &SegmentFacts, at: i64) -> Self {
        let mut bits: Vec<u64> = facts
            .endings()
            .chunks(64)
            .map(|some| some.iter().rev().fold(0, |word, end| (word << 1) | u64::from(*end > at)))
            .collect();
        if let Some(alive) = reader.alive_bitset() {
            for doc in (0..reader.max_doc()).filter(|doc| alive.is_deleted(*doc)) {
                if let Some(word) = bits.get_mut(doc as usize / 64) {
                    *word &= !(1 << (doc % 64));
                }
            }
        }
        let living: usize = bits.iter().map(|word| word.count_ones() as usize).sum();
        let hidden = (reader.max_doc() as usize).saturating_sub(living);
        let bits = (hidden > 0).then(|| bits.into_boxed_slice());
        Self { segment: reader.segment_id(), max_doc: reader.max_doc(), hidden, bits }
    }
}

impl Living {
    fn at(readers: &[SegmentReader], facts: &[Arc<SegmentFacts>], at: i64) -> Self {
        let mut out = Self { from: i64::MIN, until: i64::MAX, ..Self::default() };
        for (reader, facts) in readers.iter().zip(facts) {
            let seen = Seen::of(reader, facts, at);
            // endings of deleted documents are moments too: one more at which nothing changes
            for end in facts.endings() {
                if *end > at {
                    out.until = out.until.min(*end);
                } else {
                    out.from = out.from.max(*end);
                }
            }
            out.docs += u64::from(reader.max_doc()).saturating_sub(seen.hidden as u64);
            let newest = facts.newest().filter(|doc| seen.has(*doc)).map(|doc| facts.published(doc));
            let newest = newest.or_else(|| seen.docs().map(|doc| facts.published(doc)).max());
            out.newest = out.newest.max(newest.unwrap_or_default());
            out.segments.push(seen);
        }
        out
    }

    /// Whether this still is, or already was, so.
    pub const fn holds(&self, at: i64) -> bool {
        self.from <= at && at < self.until
    }

    /// Whether some documents of the index may not be seen.
    pub fn hides(&self) -> bool {
        self.segments.iter().any(|seen| seen.hidden > 0)
    }

    /// What may be seen of a segment.
    pub fn of(&self, reader: &SegmentReader) -> Option<&Seen> {
        self.segments.iter().find(|seen| seen.segment == reader.segment_id())
    }

    /// The same by its place.
    pub fn segment(&self, number: usize) -> Option<&Seen> {
        self.segments.get(number)
    }
}

/// The newest of them, for one state of the index.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Option<Arc<Living>>>);

impl Kept {
    /// What may be seen at a moment.
    pub fn at(&self, readers: &[SegmentReader], facts: &[Arc<SegmentFacts>], at: i64) -> Arc<Living> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(known) = known.filter(|known| known.holds(at)) {
            return known;
        }
        let made = Arc::new(Living::at(readers, facts, at));
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(made.clone());
        made
    }
}
