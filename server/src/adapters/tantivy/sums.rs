//! First half of ranking: what each document has of the concepts that were asked, summed up.

use std::sync::atomic::{AtomicUsize, Ordering};

use market::search::plan::{Concept, Plan, Role};
use market::search::ways::NEIGHBOUR;
use tantivy::{DocId, SegmentReader};

use super::{
    dense::{Found, Packed, quality, why},
    evaluate::Evaluator,
};

/// Sums of one document while concepts are added up.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Sum {
    pub(super) words: f32,
    pub(super) numbers: f32,
    pub(super) region: f32,
    pub(super) has_words: u16,
    pub(super) has_numbers: u16,
    pub(super) why: u16,
}

/// What the whole question weighs.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) word_weight: f32,
    pub(super) words: u16,
    pub(super) numbers: u16,
    /// Numbers that say something by themselves: the 20 of M8×20 does not.
    pub(super) telling: u16,
    pub(super) any_of: bool,
    pub(super) regions: bool,
    pub(super) unknown: usize,
    pub(super) sentence: bool,
    /// Role, bit and weight of every concept.
    concepts: Vec<(Role, u16, f32)>,
}

impl Asked {
    /// Whether a sum has nothing that was asked but the further side of a size.
    pub(super) const fn tells_nothing(&self, sum: &Sum) -> bool {
        self.words == 0 && self.telling != 0 && sum.has_numbers & self.telling == 0
    }

    /// A document with every word is kept whatever else there is: each of its words counts more than [`NEIGHBOUR`],
    /// and ranking takes away only what has less than a third of the best.
    pub(super) const fn settled(&self) -> bool {
        self.words != 0 && !self.any_of && !self.sentence
    }
}

/// What one segment has of every concept, and what is not wanted.
#[derive(Debug, Default)]
pub(super) struct Lists {
    concepts: Vec<Found>,
    unwanted: Found,
}

/// Segments of an index with less are looked up one after the other.
const WORTH_A_THREAD: u64 = 50_000;
/// Concepts looked at.
const MOST: usize = 32;
/// Documents summed up at once: their sums stay in the processor's cache.
const WINDOW: u32 = 4096;

/// Looks all concepts up, large indexes on two threads, and weighs them: a rare word weighs more.
pub(super) fn look_up(plan: &Plan, evaluator: &Evaluator<'_>) -> tantivy::Result<(Vec<Lists>, Asked)> {
    let readers = evaluator.searcher.segment_readers();
    let docs = evaluator.living.docs;
    let lists = if readers.len() > 1 && docs > WORTH_A_THREAD {
        in_parallel(readers.len(), |number| {
            readers.get(number).map_or_else(|| Ok(Lists::default()), |reader| lists(plan, evaluator, reader))
        })?
    } else {
        readers.iter().map(|reader| lists(plan, evaluator, reader)).collect::<tantivy::Result<_>>()?
    };
    let asked = weigh(plan, &lists, docs);
    Ok((lists, asked))
}

/// Does pieces of work on two threads; the results in the order of the pieces.
pub(super) fn in_parallel<T: Send>(
    count: usize,
    work: impl Fn(usize) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let some = || {
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count {
                return done;
            }
            done.push((number, work(number)));
        }
    };
    let mut all = std::thread::scope(|scope| {
        let other = scope.spawn(some);
        let mut all = some();
        all.extend(other.join().unwrap_or_default());
        all
    });
    all.sort_by_key(|(number, _)| *number);
    if all.len() < count {
        return Err(tantivy::TantivyError::SystemError("a thread of the search failed".to_owned()));
    }
    all.into_iter().map(|(_, result)| result).collect()
}

fn lists(plan: &Plan, evaluator: &Evaluator<'_>, reader: &SegmentReader) -> tantivy::Result<Lists> {
    let concept = |concept: &Concept| evaluator.concept(reader, concept);
    let concepts = plan.concepts.iter().take(MOST).map(concept).collect::<tantivy::Result<_>>()?;
    let mut unwanted = Vec::new();
    for matches in &plan.excluded {
        unwanted.extend(evaluator.find(reader, matches, None)?);
    }
    unwanted.sort_unstable();
    Ok(Lists { concepts, unwanted })
}

fn weigh(plan: &Plan, lists: &[Lists], docs: u64) -> Asked {
    let mut asked = Asked { any_of: plan.any_of, unknown: plan.unknown.len(), ..Asked::default() };
    asked.sentence = plan.concepts.len() + plan.unknown.len() > 6;
    #[expect(clippy::cast_precision_loss, reason = "counts of documents, only weighed")]
    let docs = (docs + 1) as f32;
    for (place, concept) in plan.concepts.iter().enumerate().take(MOST) {
        let found: usize = lists.iter().filter_map(|l| l.concepts.get(place)).map(Vec::len).sum();
        #[expect(clippy::cast_precision_loss, reason = "counts of documents, only weighed")]
        let frequency = found as f32;
        let rarity = 0.5 + (docs / (frequency + 1.0)).max(1.0).ln() / docs.ln().max(1.0);
        let weight = concept.weight * rarity;
        let bit = 1u16 << (place % 16);
        match concept.role {
            Role::Word => {
                asked.word_weight += weight;
                asked.words |= bit;
            }
            Role::Measure => {
                asked.numbers |= bit;
                if !concept.is_further_side() {
                    asked.telling |= bit;
                }
            }
            Role::Region => asked.regions = true,
        }
        asked.concepts.push((concept.role, bit, weight));
    }
    asked
}

/// What is left of a list, with role, bit and weight of its concept.
type Rest<'l> = (&'l [(DocId, Packed)], Role, u16, f32);

impl Lists {
    /// Whether there is but one list: nothing is to be cut with it or taken from it.
    pub(super) const fn is_one(&self) -> bool {
        self.concepts.len() == 1 && self.unwanted.is_empty()
    }

    /// Documents with every word, in their order, without what is not wanted.
    pub(super) fn whole(&self, asked: &Asked) -> Vec<DocId> {
        let words = self.concepts.iter().zip(&asked.concepts).filter(|(_, (role, ..))| *role == Role::Word);
        let mut lists: Vec<Cursor<'_>> = words.map(|(found, _)| Cursor(found)).collect();
        lists.sort_by_key(|list| list.0.len());
        // several concepts can share a bit in very long questions; those are summed up instead
        if lists.len() != asked.words.count_ones() as usize {
            return Vec::new();
        }
        let mut unwanted = Cursor(&self.unwanted);
        let Some((first, others)) = lists.split_first_mut() else { return Vec::new() };
        let tells = |packed: Packed| quality(packed) > NEIGHBOUR;
        let whole = first.0.iter().filter(|(doc, packed)| {
            tells(*packed)
                && others.iter_mut().all(|list| list.at(*doc).is_some_and(tells))
                && unwanted.at(*doc).is_none()
        });
        whole.map(|(doc, _)| *doc).collect()
    }

    /// Calls for these documents, which are in order.
    pub(super) fn of(&self, docs: &[DocId], asked: &Asked, mut call: impl FnMut(DocId, &Sum)) {
        let mut lists: Vec<_> =
            self.concepts.iter().map(|found| Cursor(found)).zip(&asked.concepts).collect();
        for doc in docs {
            let mut sum = Sum::default();
            for (list, (role, bit, weight)) in &mut lists {
                if let Some(packed) = list.at(*doc) {
                    sum.add(*role, *bit, *weight, packed);
                }
            }
            call(*doc, &sum);
        }
    }

    /// Calls for every document that has something of what was asked, in their order.
    pub(super) fn each(&self, asked: &Asked, mut call: impl FnMut(DocId, &Sum)) {
        let mut lists: Vec<Rest<'_>> = self
            .concepts
            .iter()
            .zip(&asked.concepts)
            .map(|(found, (role, bit, weight))| (found.as_slice(), *role, *bit, *weight))
            .collect();
        let mut unwanted = self.unwanted.as_slice();
        if let ([(found, role, bit, weight)], []) = (lists.as_slice(), unwanted) {
            for (doc, packed) in *found {
                let mut sum = Sum::default();
                sum.add(*role, *bit, *weight, *packed);
                call(*doc, &sum);
            }
            return;
        }
        let mut sums = vec![Sum::default(); WINDOW as usize];
        while let Some(first) = lists.iter().filter_map(|list| list.0.first()).map(|(doc, _)| *doc).min() {
            let from = first - first % WINDOW;
            for (rest, role, bit, weight) in &mut lists {
                let here = rest.partition_point(|(doc, _)| *doc < from.saturating_add(WINDOW));
                let (now, later) = rest.split_at(here);
                *rest = later;
                for (doc, packed) in now {
                    if let Some(sum) = sums.get_mut((doc - from) as usize) {
                        sum.add(*role, *bit, *weight, *packed);
                    }
                }
            }
            for (doc, sum) in (from..).zip(&mut sums) {
                if sum.why == 0 {
                    continue;
                }
                let sum = std::mem::take(sum);
                while let Some((_, rest)) = unwanted.split_first().filter(|((other, _), _)| *other < doc) {
                    unwanted = rest;
                }
                if unwanted.first().is_none_or(|(other, _)| *other != doc) {
                    call(doc, &sum);
                }
            }
        }
    }
}

/// What is left of a list while documents are asked in growing order.
struct Cursor<'l>(&'l [(DocId, Packed)]);

impl Cursor<'_> {
    /// What it says of a document.
    fn at(&mut self, doc: DocId) -> Option<Packed> {
        let mut step = 1;
        while self.0.get(step).is_some_and(|(other, _)| *other < doc) {
            step *= 2;
        }
        // the place lies between the last step and this one
        let near = self.0.get(step / 2..self.0.len().min(step + 1)).unwrap_or_default();
        let skip = step / 2 + near.partition_point(|(other, _)| *other < doc);
        self.0 = self.0.get(skip..).unwrap_or_default();
        self.0.first().filter(|(other, _)| *other == doc).map(|(_, packed)| *packed)
    }
}

impl Sum {
    fn add(&mut self, role: Role, bit: u16, weight: f32, packed: u32) {
        self.why |= why(packed);
        let quality = quality(packed);
        match role {
            Role::Word => {
                self.words += weight * quality;
                if quality > NEIGHBOUR {
                    self.has_words |= bit;
                }
            }
            Role::Measure => {
                self.numbers += quality;
                self.has_numbers |= bit;
            }
            Role::Region => self.region = 1.0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_finds_what_is_there_and_nothing_else() {
        let list: Found = (0..500).map(|n| (n * n % 7 + n * 7, n)).collect();
        for step in [1, 2, 3, 13, 200] {
            let mut cursor = Cursor(&list);
            for doc in (0..4_000).step_by(step) {
                let there = list.iter().find(|(other, _)| *other == doc).map(|(_, packed)| *packed);
                assert_eq!(cursor.at(doc), there, "{doc} by {step}");
            }
        }
    }
}
