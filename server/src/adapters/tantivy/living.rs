//! Which documents may be seen at a moment: those that are not deleted and whose time has not ended. Between two
//! endings the answer is the same, so it is kept until the next one. An ending takes the bits of what ended and no
//! more: each segment knows its next endings in order, and reads its column of endings again only when these have all
//! passed. A clock that goes back a little finds them there as well.

use std::sync::{Arc, Mutex, PoisonError};

use tantivy::{DocId, SegmentReader, index::SegmentId};

use super::segment::SegmentFacts;

/// Endings of a segment that are known in order, sixteen bytes each; in tests so few that they often run out.
const AHEAD: usize = if cfg!(test) { 3 } else { 4_096 };

/// What may be seen between two endings.
#[derive(Debug, Clone, Default)]
pub struct Living {
    /// From this moment on.
    pub from: i64,
    /// Until this one, when the next listing ends.
    pub until: i64,
    /// Documents that may be seen.
    pub docs: u64,
    /// Publication of the newest of them.
    pub newest: i64,
    segments: Vec<Arc<Seen>>,
}

/// What may be seen of one segment.
#[derive(Debug, Clone)]
pub struct Seen {
    segment: SegmentId,
    /// Up to which deletion.
    deleted: Option<u64>,
    max_doc: DocId,
    /// Documents that may not be seen.
    pub hidden: usize,
    /// A bit for each that may; none when all may.
    bits: Option<Box<[u64]>>,
    /// Publication of the newest.
    newest: Option<i64>,
    endings: Arc<Endings>,
    /// How many of the known endings have passed.
    passed: usize,
}

/// Endings of the documents of a segment that are not deleted, from a moment on.
#[derive(Debug)]
struct Endings {
    /// The last one before the known ones.
    last: i64,
    /// The known ones in order.
    next: Vec<(i64, DocId)>,
    /// The first one after them.
    beyond: i64,
}

impl Endings {
    fn read(facts: &SegmentFacts, at: i64, alive: impl Fn(DocId) -> bool) -> Self {
        let mut out = Self { last: i64::MIN, next: Vec::new(), beyond: i64::MAX };
        for (doc, end) in (0..).zip(facts.endings()) {
            if *end <= at {
                if *end > out.last && alive(doc) {
                    out.last = *end;
                }
            } else if *end < out.beyond && alive(doc) {
                out.next.push((*end, doc));
                if out.next.len() > 2 * AHEAD {
                    out.cut();
                }
            }
        }
        if out.next.len() > AHEAD {
            out.cut();
        }
        out.next.sort_unstable();
        out.next.shrink_to_fit();
        out
    }

    /// Leaves the first ones, none of a moment that would be known in part; there must be more than enough.
    fn cut(&mut self) {
        let (_, (beyond, _), _) = self.next.select_nth_unstable(AHEAD);
        let beyond = *beyond;
        self.next.retain(|(end, _)| *end < beyond);
        self.beyond = beyond;
    }

    /// Whether it is known what has ended at a moment.
    const fn reach(&self, at: i64) -> bool {
        self.last <= at && at < self.beyond
    }

    /// How many of the known ones have passed.
    fn passed(&self, at: i64) -> usize {
        self.next.partition_point(|(end, _)| *end <= at)
    }
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

    /// Reads it from the columns.
    fn read(reader: &SegmentReader, facts: &SegmentFacts, at: i64) -> Self {
        let mut bits: Vec<u64> = facts
            .endings()
            .chunks(64)
            .map(|some| some.iter().rev().fold(0, |word, end| (word << 1) | u64::from(*end > at)))
            .collect();
        let alive = reader.alive_bitset();
        if let Some(alive) = alive {
            for doc in (0..reader.max_doc()).filter(|doc| alive.is_deleted(*doc)) {
                if let Some(word) = bits.get_mut(doc as usize / 64) {
                    *word &= !(1 << (doc % 64));
                }
            }
        }
        let living: usize = bits.iter().map(|word| word.count_ones() as usize).sum();
        let hidden = (reader.max_doc() as usize).saturating_sub(living);
        let endings = Endings::read(facts, at, |doc| alive.is_none_or(|alive| alive.is_alive(doc)));
        let mut out = Self {
            segment: reader.segment_id(),
            deleted: reader.delete_opstamp(),
            max_doc: reader.max_doc(),
            hidden,
            bits: (hidden > 0).then(|| bits.into_boxed_slice()),
            newest: facts.newest().map(|doc| facts.published(doc)),
            endings: Arc::new(endings),
            passed: 0,
        };
        if facts.newest().is_some_and(|doc| !out.has(doc)) {
            out.look_for_newest(facts);
        }
        out
    }

    /// Whether this is the segment, with the same deletions.
    fn is_of(&self, reader: &SegmentReader) -> bool {
        self.segment == reader.segment_id() && self.deleted == reader.delete_opstamp()
    }

    /// Goes on, or back, to a moment that the known endings reach.
    fn go(&mut self, facts: &SegmentFacts, at: i64) {
        let (endings, before) = (self.endings.clone(), self.passed);
        self.passed = endings.passed(at);
        let known = |from: usize, to: usize| endings.next.get(from..to).unwrap_or_default();
        let ended = known(before, self.passed);
        for (_, doc) in ended {
            self.turn(*doc, false);
        }
        if ended.iter().any(|(_, doc)| Some(facts.published(*doc)) == self.newest) {
            self.look_for_newest(facts);
        }
        for (_, doc) in known(self.passed, before) {
            self.turn(*doc, true);
            self.newest = self.newest.max(Some(facts.published(*doc)));
        }
    }

    /// Lets a document be seen, or no more.
    fn turn(&mut self, doc: DocId, seen: bool) {
        let words = (self.max_doc as usize).div_ceil(64);
        let bits = self.bits.get_or_insert_with(|| vec![u64::MAX; words].into_boxed_slice());
        let Some(word) = bits.get_mut(doc as usize / 64) else { return };
        let sign = 1 << (doc % 64);
        if seen {
            *word |= sign;
            self.hidden = self.hidden.saturating_sub(1);
        } else {
            *word &= !sign;
            self.hidden += 1;
        }
    }

    fn look_for_newest(&mut self, facts: &SegmentFacts) {
        self.newest = self.docs().map(|doc| facts.published(doc)).max();
    }

    /// The last ending.
    fn from(&self) -> i64 {
        let last = self.passed.checked_sub(1).and_then(|place| self.endings.next.get(place));
        last.map_or(self.endings.last, |(end, _)| *end)
    }

    /// The next one.
    fn until(&self) -> i64 {
        self.endings.next.get(self.passed).map_or(self.endings.beyond, |(end, _)| *end)
    }
}

impl Living {
    /// What may be seen of these segments, by what was known of them before.
    fn at(
        mut known: Vec<Arc<Seen>>,
        readers: &[SegmentReader],
        facts: &[Arc<SegmentFacts>],
        at: i64,
    ) -> Self {
        let mut out = Self { from: i64::MIN, until: i64::MAX, ..Self::default() };
        for (reader, facts) in readers.iter().zip(facts) {
            let place = known.iter().position(|seen| seen.is_of(reader) && seen.endings.reach(at));
            let seen = match place.map(|place| known.swap_remove(place)) {
                Some(mut seen) => {
                    if seen.passed != seen.endings.passed(at) {
                        // copied only while somebody still reads it
                        Arc::make_mut(&mut seen).go(facts, at);
                    }
                    seen
                }
                None => Arc::new(Seen::read(reader, facts, at)),
            };
            out.from = out.from.max(seen.from());
            out.until = out.until.min(seen.until());
            out.docs += u64::from(reader.max_doc()).saturating_sub(seen.hidden as u64);
            out.newest = out.newest.max(seen.newest.unwrap_or_default());
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
        self.segments.iter().find(|seen| seen.segment == reader.segment_id()).map(AsRef::as_ref)
    }

    /// The same by its place.
    pub fn segment(&self, number: usize) -> Option<&Seen> {
        self.segments.get(number).map(AsRef::as_ref)
    }
}

/// What was asked for last, for one state of the index.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    living: Option<Arc<Living>>,
    /// Segments of the state before, until the first question.
    before: Vec<Arc<Seen>>,
}

impl Kept {
    /// For the state that follows: what is the same of a segment is not read again.
    pub fn next(&self) -> Self {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let before = known.living.as_ref().map_or_else(|| known.before.clone(), |now| now.segments.clone());
        Self(Mutex::new(Known { living: None, before }))
    }

    /// What may be seen at a moment. Who asks while another one makes it waits for that.
    pub fn at(&self, readers: &[SegmentReader], facts: &[Arc<SegmentFacts>], at: i64) -> Arc<Living> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(living) = known.living.as_ref().filter(|living| living.holds(at)) {
            return living.clone();
        }
        let segments = match known.living.take() {
            Some(living) => Arc::unwrap_or_clone(living).segments,
            None => std::mem::take(&mut known.before),
        };
        let made = Arc::new(Living::at(segments, readers, facts, at));
        known.living = Some(made.clone());
        made
    }
}

#[cfg(test)]
#[path = "living_tests.rs"]
mod tests;
