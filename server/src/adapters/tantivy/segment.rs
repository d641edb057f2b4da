//! What ranking needs of every document, read once per segment from its columns: about eighty-five bytes a document,
//! one array per fact, so that a filter or a count runs through one narrow array.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use market::search::weights::HALF_LIFE;
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
}

/// One facet of all documents. Documents have few different sets of values (a category with its ancestors is one
/// set), so each document keeps the number of its set, and counting is one increment a document.
#[derive(Debug, Default)]
pub struct Sets {
    /// The different sets.
    pub sets: Vec<Vec<u32>>,
    of: Numbers,
}

/// Numbers of sets, a document each; two bytes are enough as long as there are not very many sets.
#[derive(Debug)]
enum Numbers {
    Few(Vec<u16>),
    Many(Vec<u32>),
}

impl Default for Numbers {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl From<Vec<u32>> for Numbers {
    fn from(numbers: Vec<u32>) -> Self {
        let few: Result<Vec<u16>, _> = numbers.iter().map(|number| u16::try_from(*number)).collect();
        few.map_or_else(|_| Self::Many(numbers), Self::Few)
    }
}

impl Sets {
    /// The set of a document.
    #[inline]
    pub fn of(&self, doc: DocId) -> usize {
        match &self.of {
            Numbers::Few(of) => of.get(doc as usize).map_or(usize::MAX, |set| usize::from(*set)),
            Numbers::Many(of) => of.get(doc as usize).map_or(usize::MAX, |set| *set as usize),
        }
    }
}

/// Stands for an unknown number.
pub const NONE: i64 = i64::MIN;
/// Freshness is written against this moment (2026-01-01), so that it is the same number in every segment.
pub const EPOCH: i64 = 1_767_225_600_000_000;

/// By what a listing of `at` is fresher than one of the epoch.
pub fn freshness(at: i64) -> f32 {
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "an age, only weighed")]
    let fresh = (at.saturating_sub(EPOCH) as f64 / HALF_LIFE).clamp(-60.0, 60.0).exp2() as f32;
    fresh
}

/// The columns of one segment.
#[derive(Debug)]
pub struct SegmentFacts {
    ids: Vec<Uuid>,
    vendors: Vec<u64>,
    published: Vec<i64>,
    endings: Vec<i64>,
    newest: Option<DocId>,
    price: Vec<i64>,
    moq: Vec<i64>,
    lead_days: Vec<i32>,
    answer_hours: Vec<i32>,
    title_len: Vec<u8>,
    fresh: Vec<f32>,
    prior: Vec<(u16, u16)>,
    facets: Vec<Sets>,
}

impl SegmentFacts {
    /// Reads the columns.
    pub fn read(reader: &SegmentReader, codes: &Codes) -> tantivy::Result<Self> {
        let columns = reader.fast_fields();
        let numbers = NUMBERS.iter().map(|name| columns.i64(name)).collect::<tantivy::Result<Vec<_>>>()?;
        let identities =
            IDENTITIES.iter().map(|name| columns.u64(name)).collect::<tantivy::Result<Vec<_>>>()?;
        let docs = 0..reader.max_doc();
        let number = |i: usize| -> Vec<i64> {
            let value = |doc| numbers.get(i).and_then(|c| c.first(doc)).unwrap_or(NONE);
            docs.clone().map(value).collect()
        };
        let identity =
            |i: usize, doc: DocId| identities.get(i).and_then(|c| c.first(doc)).unwrap_or_default();
        let published = number(0);
        let small = |v: i64| u16::try_from(v.clamp(0, 1000)).unwrap_or_default();
        let length = |len: i64| u8::try_from(len.clamp(1, 255)).unwrap_or(1);
        let prior = |prior: i64| (small(prior.max(0) / 1001), small(prior.max(0) % 1001));
        Ok(Self {
            ids: docs.clone().map(|doc| Uuid::from_u64_pair(identity(0, doc), identity(1, doc))).collect(),
            vendors: docs.clone().map(|doc| vendor_mark(identity(2, doc), identity(3, doc))).collect(),
            fresh: published.iter().map(|at| freshness(*at)).collect(),
            newest: (0..).zip(&published).max_by_key(|(_, at)| **at).map(|(doc, _)| doc),
            published,
            endings: number(7),
            price: number(1),
            moq: number(2),
            lead_days: number(3).into_iter().map(narrow).collect(),
            answer_hours: number(6).into_iter().map(narrow).collect(),
            title_len: number(4).into_iter().map(length).collect(),
            prior: number(5).into_iter().map(prior).collect(),
            facets: FACETS.iter().map(|name| sets(reader, name, codes)).collect::<tantivy::Result<_>>()?,
        })
    }

    /// The listing.
    pub fn id(&self, doc: DocId) -> Uuid {
        self.ids.get(doc as usize).copied().unwrap_or_default()
    }

    /// A number made of the vendor's identity.
    pub fn vendor(&self, doc: DocId) -> u64 {
        self.vendors.get(doc as usize).copied().unwrap_or_default()
    }

    /// Publication.
    pub fn published(&self, doc: DocId) -> i64 {
        self.published.get(doc as usize).copied().unwrap_or_default()
    }

    /// When the time of each document ends.
    pub fn endings(&self) -> &[i64] {
        &self.endings
    }

    /// The document that was published last.
    pub const fn newest(&self) -> Option<DocId> {
        self.newest
    }

    /// Price; `NONE` when unknown.
    pub fn price(&self, doc: DocId) -> i64 {
        self.price.get(doc as usize).copied().unwrap_or(NONE)
    }

    /// Smallest order; `NONE` when unknown.
    pub fn moq(&self, doc: DocId) -> i64 {
        self.moq.get(doc as usize).copied().unwrap_or(NONE)
    }

    /// Delivery; `NONE` when unknown.
    pub fn lead_days(&self, doc: DocId) -> i64 {
        self.lead_days.get(doc as usize).map_or(NONE, |days| wide(*days))
    }

    /// Hours until an answer; `NONE` when unknown.
    pub fn answer_hours(&self, doc: DocId) -> i64 {
        self.answer_hours.get(doc as usize).map_or(NONE, |hours| wide(*hours))
    }

    /// Words of the title.
    #[inline]
    pub fn title_len(&self, doc: DocId) -> u8 {
        self.title_len.get(doc as usize).copied().unwrap_or(1)
    }

    /// See [`freshness`].
    pub fn fresh(&self, doc: DocId) -> f32 {
        self.fresh.get(doc as usize).copied().unwrap_or_default()
    }

    /// Answered in time and completeness, each 0 to 1.
    pub fn prior(&self, doc: DocId) -> (f32, f32) {
        let (answered, complete) = self.prior.get(doc as usize).copied().unwrap_or_default();
        (f32::from(answered) / 1000.0, f32::from(complete) / 1000.0)
    }

    /// One facet, by its place in `FacetKind::ALL`.
    pub fn facet(&self, facet: usize) -> Option<&Sets> {
        self.facets.get(facet)
    }
}

/// Days and hours in four bytes; none is so long that it would not fit.
fn narrow(value: i64) -> i32 {
    if value == NONE { i32::MIN } else { i32::try_from(value.max(0)).unwrap_or(i32::MAX) }
}

fn wide(value: i32) -> i64 {
    if value == i32::MIN { NONE } else { i64::from(value) }
}

/// Both halves of an identity in one number.
pub fn vendor_mark(high: u64, low: u64) -> u64 {
    low ^ high.rotate_left(29)
}

fn sets(reader: &SegmentReader, name: &str, codes: &Codes) -> tantivy::Result<Sets> {
    let (mut out, mut of) = (Sets::default(), Vec::with_capacity(reader.max_doc() as usize));
    let Some(column) = reader.fast_fields().str(name)? else {
        out.sets.push(Vec::new());
        of.resize(reader.max_doc() as usize, 0);
        out.of = of.into();
        return Ok(out);
    };
    let mut text = String::new();
    let mut numbers = Vec::with_capacity(column.num_terms());
    for ord in 0..column.num_terms() as u64 {
        text.clear();
        column.ord_to_str(ord, &mut text)?;
        numbers.push(codes.number(&text));
    }
    let mut places: HashMap<Vec<u64>, u32> = HashMap::new();
    let mut key: Vec<u64> = Vec::new();
    for doc in 0..reader.max_doc() {
        key.clear();
        key.extend(column.term_ords(doc));
        let place = if let Some(place) = places.get(&key) {
            *place
        } else {
            let place = u32::try_from(out.sets.len()).unwrap_or(u32::MAX);
            let number = |ord: &u64| usize::try_from(*ord).ok().and_then(|o| numbers.get(o)).copied();
            let mut set: Vec<u32> = key.iter().filter_map(number).collect();
            set.sort_unstable();
            set.dedup();
            out.sets.push(set);
            places.insert(key.clone(), place);
            place
        };
        of.push(place);
    }
    out.of = of.into();
    Ok(out)
}
