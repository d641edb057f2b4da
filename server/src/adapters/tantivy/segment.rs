//! What ranking needs of every document, read once per segment from its columns and kept in memory.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use market::search::{FacetKind, Filters};
use tantivy::{DocId, SegmentReader};
use uuid::Uuid;

use super::schema::{FACETS, IDENTITIES, NUMBERS};

/// Facet codes as small numbers, the same in all segments.
#[derive(Debug, Default)]
pub struct Codes {
    table: Mutex<(HashMap<String, u32>, Vec<String>)>,
}

impl Codes {
    /// The number of a code.
    pub fn number(&self, code: &str) -> u32 {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(number) = table.0.get(code) {
            return *number;
        }
        let number = u32::try_from(table.1.len()).unwrap_or(u32::MAX);
        table.0.insert(code.to_owned(), number);
        table.1.push(code.to_owned());
        number
    }

    /// The number of a code that a document has; what visitors type never enters the table.
    pub fn known(&self, code: &str) -> Option<u32> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).0.get(code).copied()
    }

    /// The code of a number.
    pub fn code(&self, number: u32) -> String {
        let table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        table.1.get(number as usize).cloned().unwrap_or_default()
    }

    /// How many codes there are.
    pub fn len(&self) -> usize {
        self.table.lock().unwrap_or_else(PoisonError::into_inner).1.len()
    }
}

/// Several small numbers per document.
#[derive(Debug, Default)]
pub struct Lists {
    starts: Vec<u32>,
    values: Vec<u32>,
}

impl Lists {
    /// The numbers of one document.
    pub fn of(&self, doc: DocId) -> &[u32] {
        let at = |i: usize| self.starts.get(i).map(|s| *s as usize);
        match (at(doc as usize), at(doc as usize + 1)) {
            (Some(from), Some(to)) => self.values.get(from..to).unwrap_or_default(),
            _ => &[],
        }
    }
}

/// Facts about one document beside its words.
#[derive(Debug, Clone, Copy)]
pub struct Facts {
    /// The listing.
    pub id: Uuid,
    /// The vendor.
    pub vendor: Uuid,
    /// Publication.
    pub published_at: i64,
    /// Price; `NONE` when unknown.
    pub price: i64,
    /// Smallest order; `NONE` when unknown.
    pub moq: i64,
    /// Delivery; `NONE` when unknown.
    pub lead_days: i64,
    /// Words of the title.
    pub title_len: u32,
    /// Answered in time and completeness, each 0 to 1.
    pub prior: (f32, f32),
    /// Fingerprint of the whole document.
    pub fingerprint: u64,
}

/// Stands for an unknown number.
pub const NONE: i64 = i64::MIN;

fn known(value: i64) -> Option<i64> {
    (value != NONE).then_some(value)
}

/// The columns of one segment.
#[derive(Debug)]
pub struct SegmentFacts {
    facts: Vec<Facts>,
    facets: Vec<Lists>,
}

impl SegmentFacts {
    /// Reads the columns.
    pub fn read(reader: &SegmentReader, codes: &Codes) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let numbers = NUMBERS.iter().map(|name| columns.i64(name)).collect::<tantivy::Result<Vec<_>>>()?;
        let identities =
            IDENTITIES.iter().map(|name| columns.u64(name)).collect::<tantivy::Result<Vec<_>>>()?;
        let number = |i: usize, doc: DocId| numbers.get(i).and_then(|c| c.first(doc)).unwrap_or(NONE);
        let identity =
            |i: usize, doc: DocId| identities.get(i).and_then(|c| c.first(doc)).unwrap_or_default();
        let permille = |v: i64| u16::try_from(v.clamp(0, 1000)).map_or(0.0, |v| f32::from(v) / 1000.0);
        let facts = (0..reader.max_doc())
            .map(|doc| {
                let prior = number(5, doc).max(0);
                Facts {
                    id: Uuid::from_u64_pair(identity(0, doc), identity(1, doc)),
                    vendor: Uuid::from_u64_pair(identity(2, doc), identity(3, doc)),
                    published_at: number(0, doc),
                    price: number(1, doc),
                    moq: number(2, doc),
                    lead_days: number(3, doc),
                    title_len: u32::try_from(number(4, doc)).unwrap_or(1).max(1),
                    prior: (permille(prior / 1001), permille(prior % 1001)),
                    fingerprint: identity(4, doc),
                }
            })
            .collect();
        let lists =
            FACETS.iter().map(|name| lists(reader, name, codes)).collect::<tantivy::Result<Vec<_>>>()?;
        Ok(Self { facts, facets: lists })
    }

    /// Facts of a document.
    pub fn facts(&self, doc: DocId) -> Option<&Facts> {
        self.facts.get(doc as usize)
    }

    /// Facet numbers of a document.
    pub fn facet(&self, facet: usize, doc: DocId) -> &[u32] {
        self.facets.get(facet).map_or(&[], |lists| lists.of(doc))
    }
}

fn lists(reader: &SegmentReader, name: &str, codes: &Codes) -> tantivy::Result<Lists> {
    let mut out = Lists { starts: Vec::with_capacity(reader.max_doc() as usize + 1), values: Vec::new() };
    out.starts.push(0);
    let Some(column) = reader.fast_fields().str(name)? else {
        out.starts.resize(reader.max_doc() as usize + 1, 0);
        return Ok(out);
    };
    let mut text = String::new();
    let mut numbers = Vec::with_capacity(column.num_terms());
    for ord in 0..column.num_terms() as u64 {
        text.clear();
        column.ord_to_str(ord, &mut text)?;
        numbers.push(codes.number(&text));
    }
    for doc in 0..reader.max_doc() {
        out.values.extend(
            column
                .term_ords(doc)
                .filter_map(|ord| usize::try_from(ord).ok().and_then(|o| numbers.get(o)).copied()),
        );
        out.starts.push(u32::try_from(out.values.len()).unwrap_or(u32::MAX));
    }
    Ok(out)
}

/// Filters made ready for comparing numbers.
#[derive(Debug)]
pub struct Gate<'a> {
    filters: &'a Filters,
    chosen: [Vec<u32>; 5],
    impossible: bool,
}

impl<'a> Gate<'a> {
    /// Prepares the filters.
    pub fn new(filters: &'a Filters, codes: &Codes) -> Self {
        let chosen = FacetKind::ALL.map(|facet| {
            filters.chosen(facet).iter().map(|code| codes.known(code).unwrap_or(u32::MAX)).collect()
        });
        Self { filters, chosen, impossible: filters.is_contradictory() }
    }

    /// Which facets refuse the document, as bits; `None` when something else does.
    pub fn refusals(&self, segment: &SegmentFacts, doc: DocId, facts: &Facts) -> Option<u8> {
        let filters = self.filters;
        let inside = !self.impossible
            && filters.price.holds(known(facts.price))
            && filters.moq.holds(known(facts.moq))
            && filters.lead_days.holds(known(facts.lead_days))
            && filters.vendor.is_none_or(|vendor| vendor == facts.vendor)
            && !filters.except.contains(&facts.id);
        inside.then(|| {
            self.chosen.iter().enumerate().fold(0, |bits, (facet, chosen)| {
                let refused = !chosen.is_empty()
                    && !segment.facet(facet, doc).iter().any(|value| chosen.contains(value));
                bits | (u8::from(refused) << facet)
            })
        })
    }
}
