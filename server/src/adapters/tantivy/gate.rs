//! Filters made ready for one segment: sets of facet values that pass, and bounds.

use std::collections::HashSet;

use market::search::{FacetKind, Filters};
use tantivy::DocId;
use uuid::Uuid;

use super::segment::{Codes, NONE, SegmentFacts, vendor_mark};

/// Filters against one segment.
pub struct Gate<'a> {
    filters: &'a Filters,
    segment: &'a SegmentFacts,
    /// For a facet with a selection: whether each set of values passes.
    passes: Vec<(usize, Vec<bool>)>,
    bounded: bool,
    vendor: Option<u64>,
    except: HashSet<Uuid>,
    impossible: bool,
    /// Nothing is asked for.
    open: bool,
}

fn known(value: i64) -> Option<i64> {
    (value != NONE).then_some(value)
}

impl<'a> Gate<'a> {
    /// Prepares the filters.
    pub fn new(filters: &'a Filters, segment: &'a SegmentFacts, codes: &Codes) -> Self {
        let mut passes = Vec::new();
        for (place, facet) in FacetKind::ALL.iter().enumerate() {
            let chosen = filters.chosen(*facet);
            if chosen.is_empty() {
                continue;
            }
            let numbers: Vec<u32> = chosen.iter().filter_map(|code| codes.known(code)).collect();
            let sets = segment.facet(place).map(|f| f.sets.as_slice()).unwrap_or_default();
            let pass = sets.iter().map(|set| set.iter().any(|v| numbers.contains(v))).collect();
            passes.push((place, pass));
        }
        let mark = |vendor: Uuid| {
            let (high, low) = vendor.as_u64_pair();
            vendor_mark(high, low)
        };
        let bounded = !(filters.price.is_open() && filters.moq.is_open() && filters.lead_days.is_open());
        let vendor = filters.vendor.map(mark);
        let impossible = filters.is_contradictory();
        let open =
            passes.is_empty() && !bounded && vendor.is_none() && filters.except.is_empty() && !impossible;
        Self {
            filters,
            segment,
            passes,
            bounded,
            vendor,
            except: filters.except.iter().copied().collect(),
            impossible,
            open,
        }
    }

    /// Which facets refuse the document, as bits; `None` when something else does.
    #[inline]
    pub fn refusals(&self, doc: DocId) -> Option<u8> {
        if self.open { Some(0) } else { self.closed(doc) }
    }

    fn closed(&self, doc: DocId) -> Option<u8> {
        if self.impossible || self.vendor.is_some_and(|vendor| vendor != self.segment.vendor(doc)) {
            return None;
        }
        if self.bounded {
            let (filters, segment) = (self.filters, self.segment);
            let inside = filters.price.holds(known(segment.price(doc)))
                && filters.moq.holds(known(segment.moq(doc)))
                && filters.lead_days.holds(known(segment.lead_days(doc)));
            if !inside {
                return None;
            }
        }
        if !self.except.is_empty() && self.except.contains(&self.segment.id(doc)) {
            return None;
        }
        let refused = |(place, pass): &(usize, Vec<bool>)| {
            let passes = self.segment.facet(*place).and_then(|facet| pass.get(facet.of(doc)));
            u8::from(passes != Some(&true)) << place
        };
        Some(self.passes.iter().map(refused).fold(0, |bits, bit| bits | bit))
    }
}
