//! What is kept of the hits while they go by: how many, the first of them in order, and counts of facets.

use std::{
    cmp::Ordering,
    collections::{BinaryHeap, HashMap},
};

use market::search::{FacetCounts, FacetKind};
use tantivy::DocId;

use super::{
    cursor::Place,
    rank::Ranked,
    segment::{Codes, SegmentFacts, Sets},
};

/// The worst of the best stands on top.
struct Worst(Ranked);

impl Ord for Worst {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.place.order(&other.0.place)
    }
}

impl PartialOrd for Worst {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Worst {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Worst {}

/// The first hits in order behind a place.
pub struct Top {
    room: usize,
    after: Option<Place>,
    heap: BinaryHeap<Worst>,
    /// Values below this cannot enter.
    floor: f64,
}

impl Top {
    /// Room for so many.
    pub const fn new(room: usize, after: Option<Place>) -> Self {
        Self { room, after, heap: BinaryHeap::new(), floor: f64::NEG_INFINITY }
    }

    /// Whether a value may enter; most may not.
    pub fn may(&self, value: f64) -> bool {
        self.room > 0 && value >= self.floor
    }

    /// Offers a hit.
    pub fn offer(&mut self, ranked: Ranked) {
        if self.room == 0 || self.after.is_some_and(|place| !place.order(&ranked.place).is_lt()) {
            return;
        }
        if self.heap.len() >= self.room {
            if self.heap.peek().is_some_and(|worst| !ranked.place.order(&worst.0.place).is_lt()) {
                return;
            }
            self.heap.pop();
        }
        self.heap.push(Worst(ranked));
        if self.heap.len() >= self.room {
            self.floor = self.heap.peek().map_or(self.floor, |worst| worst.0.place.value);
        }
    }

    /// In order.
    pub fn sorted(self) -> Vec<Ranked> {
        self.heap.into_sorted_vec().into_iter().map(|worst| worst.0).collect()
    }
}

/// Counts of the facets asked for in one segment, one number per set of values.
pub struct Counts<'a> {
    segment: &'a SegmentFacts,
    /// Place of the facet, the set of each document, documents of each set.
    by_set: Vec<(usize, Option<&'a Sets>, Vec<u32>)>,
}

impl<'a> Counts<'a> {
    /// Nothing counted yet.
    pub fn new(segment: &'a SegmentFacts, facets: &[FacetKind]) -> Self {
        let zero = |kind: &FacetKind| {
            let place = FacetKind::ALL.iter().position(|k| k == kind).unwrap_or_default();
            let sets = segment.facet(place);
            (place, sets, vec![0; sets.map_or(0, |f| f.sets.len())])
        };
        Self { segment, by_set: facets.iter().map(zero).collect() }
    }

    /// Counts a document that these facets refuse: a facet's own selection is not applied to itself.
    pub fn add(&mut self, doc: DocId, refused: u8) {
        for (place, sets, counts) in &mut self.by_set {
            if refused & !(1 << *place) != 0 {
                continue;
            }
            if let Some(count) = sets.and_then(|sets| counts.get_mut(sets.of(doc))) {
                *count += 1;
            }
        }
    }

    /// Adds to the sums of all segments.
    pub fn sum_into(&self, sums: &mut Vec<HashMap<u32, u32>>) {
        sums.resize_with(self.by_set.len().max(sums.len()), HashMap::new);
        for ((place, _, counts), sum) in self.by_set.iter().zip(sums) {
            let Some(sets) = self.segment.facet(*place) else { continue };
            for (set, count) in sets.sets.iter().zip(counts).filter(|(_, count)| **count > 0) {
                for code in set {
                    *sum.entry(*code).or_default() += count;
                }
            }
        }
    }
}

/// Sums as a page shows them: most frequent first.
pub fn named(facets: &[FacetKind], sums: Vec<HashMap<u32, u32>>, codes: &Codes) -> Vec<FacetCounts> {
    let mut sums = sums.into_iter();
    let facet = |kind: &FacetKind| {
        let mut values: Vec<(String, u32)> = sums
            .next()
            .unwrap_or_default()
            .into_iter()
            .map(|(number, count)| (codes.code(number), count))
            .collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        FacetCounts { facet: *kind, values }
    };
    facets.iter().map(facet).collect()
}
