//! Scores documents against a plan, applies filters, counts facets, orders.
//!
//! score = 10 × share of the words asked + 4 × share of the numbers asked + 2.5 × region wished, and then small stated
//! [`Weights`]. Nothing that anybody pays for has a way in.

use market::search::{Evidence, FacetCounts, FacetKind, Filters, Sort, plan::Plan};
use tantivy::{DocId, SegmentReader};

use super::{
    Snapshot,
    cursor::Place,
    segment::{Gate, NONE},
    sums::{Asked, Sum, add_up, excluded},
};

/// Small weights behind relevance, from configuration.
#[derive(Debug, Clone, Copy)]
pub struct Weights {
    /// For a title that says little else than what was asked.
    pub brevity: f32,
    /// For new listings; halves with every half year of age.
    pub freshness: f32,
    /// For complete listings.
    pub completeness: f32,
    /// For vendors who answer in time.
    pub answered: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { brevity: 0.4, freshness: 0.05, completeness: 0.05, answered: 0.05 }
    }
}

const WORDS: f32 = 10.0;
const NUMBERS: f32 = 4.0;
const REGION: f32 = 2.5;
/// As long as fewer listings have every word, neighbours fill the page.
const FILL: usize = 24;
/// Half a year in microseconds.
const HALF_LIFE: f64 = 15_768_000_000_000.0;

/// One document in the order of an answer.
#[derive(Debug, Clone, Copy)]
pub struct Ranked {
    /// Place in the order; its value is the score when sorted by relevance.
    pub place: Place,
    /// Has everything that was asked.
    pub full: bool,
    /// Evidence as bits, in the order of `EVIDENCE`.
    pub why: u16,
    /// Facets that refuse it, as bits; 0 for a hit.
    refused: u8,
    segment: u32,
    doc: DocId,
    words: f32,
    numbers: f32,
    region: f32,
}

impl Ranked {
    /// Parts of the score, for curators.
    pub fn explain(&self) -> String {
        format!(
            "words {:.3} × {WORDS} + numbers {:.3} × {NUMBERS} + region {:.0} × {REGION}; total {:.4}",
            self.words, self.numbers, self.region, self.place.value
        )
    }

    /// Where the document is.
    pub const fn address(&self) -> (u32, DocId) {
        (self.segment, self.doc)
    }
}

/// An ordered answer.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    /// Hits and those that only a facet refuses, in order.
    pub all: Vec<Ranked>,
    /// Nothing has everything that was asked.
    pub relaxed: bool,
}

impl Ranking {
    /// Hits in order.
    pub fn hits(&self) -> impl Iterator<Item = &Ranked> {
        self.all.iter().filter(|r| r.refused == 0)
    }

    /// Counts of a facet: its own selection is not applied to itself.
    pub fn count(&self, snapshot: &Snapshot, kind: FacetKind) -> FacetCounts {
        let place = FacetKind::ALL.iter().position(|k| *k == kind).unwrap_or_default();
        let mut counts: Vec<u32> = vec![0; snapshot.codes.len()];
        for ranked in self.all.iter().filter(|r| r.refused & !(1 << place) == 0) {
            let Some(segment) = snapshot.segments.get(ranked.segment as usize) else { continue };
            for value in segment.facet(place, ranked.doc) {
                if let Some(count) = counts.get_mut(*value as usize) {
                    *count += 1;
                }
            }
        }
        let numbered = counts.iter().enumerate().filter(|(_, count)| **count > 0);
        let mut values: Vec<(String, u32)> = numbered
            .map(|(number, count)| (snapshot.codes.code(u32::try_from(number).unwrap_or(u32::MAX)), *count))
            .collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        FacetCounts { facet: kind, values }
    }
}

/// Evidence by bit.
pub const EVIDENCE: [Evidence; 11] = [
    Evidence::Literal,
    Evidence::Spec,
    Evidence::PartNumber,
    Evidence::Compound,
    Evidence::Spelling,
    Evidence::Synonym,
    Evidence::Initials,
    Evidence::HalfTyped,
    Evidence::Keyboard,
    Evidence::Typo,
    Evidence::Context,
];

/// Answers a plan.
pub fn rank(
    snapshot: &Snapshot,
    plan: &Plan,
    filters: &Filters,
    sort: Sort,
    weights: &Weights,
) -> tantivy::Result<Ranking> {
    let evaluator = snapshot.evaluator();
    let readers = snapshot.searcher.segment_readers();
    let gate = Gate::new(filters, &snapshot.codes);
    if plan.is_empty() {
        let mut all = Vec::new();
        for (number, reader) in readers.iter().enumerate() {
            admit(
                snapshot,
                &gate,
                number,
                reader,
                (0..reader.max_doc()).map(|doc| (doc, Sum::default())),
                &mut all,
            );
        }
        finish(snapshot, &mut all, &Asked::default(), sort, weights);
        return Ok(Ranking { all, relaxed: false });
    }
    let (sums, asked) = add_up(snapshot, plan, &evaluator)?;
    let mut all = Vec::new();
    for (number, (reader, sums)) in readers.iter().zip(sums).enumerate() {
        let unwanted = excluded(&evaluator, reader, plan)?;
        admit(
            snapshot,
            &gate,
            number,
            reader,
            sums.into_iter().filter(|(doc, _)| !unwanted.contains(doc)),
            &mut all,
        );
    }
    let relaxed = cut(&mut all, &asked);
    finish(snapshot, &mut all, &asked, sort, weights);
    Ok(Ranking { all, relaxed })
}

/// Lets documents through that are alive and that the filters do not refuse altogether.
fn admit(
    snapshot: &Snapshot,
    gate: &Gate<'_>,
    number: usize,
    reader: &SegmentReader,
    docs: impl Iterator<Item = (DocId, Sum)>,
    all: &mut Vec<Ranked>,
) {
    let Some(segment) = snapshot.segments.get(number) else { return };
    for (doc, sum) in docs {
        if reader.is_deleted(doc) {
            continue;
        }
        let Some(facts) = segment.facts(doc) else { continue };
        let Some(refused) = gate.refusals(segment, doc, facts) else { continue };
        let place = Place { value: 0.0, published_at: facts.published_at, id: facts.id };
        all.push(Ranked {
            place,
            full: false,
            why: sum.why,
            refused,
            segment: u32::try_from(number).unwrap_or(u32::MAX),
            doc,
            words: sum.words,
            numbers: sum.numbers,
            region: sum.region,
        });
        if let Some(last) = all.last_mut() {
            // the sets of concepts travel in the value until it is computed
            last.place.value = f64::from(u32::from(sum.has_words) << 16 | u32::from(sum.has_numbers));
        }
    }
}

/// Marks full answers and drops what is too far away; says whether nothing is a full answer.
fn cut(all: &mut Vec<Ranked>, asked: &Asked) -> bool {
    let mut whole = 0usize;
    for ranked in all.iter_mut() {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "written by admit from a u32"
        )]
        let sets = ranked.place.value as u32;
        let (words, numbers) =
            (u16::try_from(sets >> 16).unwrap_or_default(), u16::try_from(sets & 0xffff).unwrap_or_default());
        let every_word = if asked.any_of { words != 0 } else { words == asked.words };
        ranked.words /= asked.word_weight.max(f32::MIN_POSITIVE);
        ranked.numbers /= f32::from(u16::try_from(asked.numbers.count_ones().max(1)).unwrap_or(1));
        ranked.full = every_word && numbers == asked.numbers && asked.unknown == 0;
        ranked.place.value = if every_word { 1.0 } else { 0.0 };
        whole += usize::from(every_word);
    }
    let best = all.iter().map(|r| r.words).fold(0.0, f32::max);
    if asked.words != 0 {
        let floor = best
            * if asked.sentence {
                0.5
            } else if whole < 3 {
                0.25
            } else {
                0.35
            };
        let strict = whole >= FILL;
        all.retain(|r| r.words >= floor && r.words > 0.0 && (!strict || r.place.value > 0.5));
    } else if asked.unknown > 0 {
        all.clear();
    } else if asked.numbers != 0 {
        let best = all.iter().map(|r| r.numbers).fold(0.0, f32::max);
        all.retain(|r| r.numbers >= best * 0.5 && r.numbers > 0.0);
    }
    if asked.sentence { best < 0.5 } else { asked.unknown > 0 || (whole == 0 && asked.words != 0) }
}

fn finish(snapshot: &Snapshot, all: &mut [Ranked], asked: &Asked, sort: Sort, weights: &Weights) {
    let asks = f32::from(u16::try_from(asked.words.count_ones()).unwrap_or(1));
    for ranked in all.iter_mut() {
        let Some(facts) = snapshot.segments.get(ranked.segment as usize).and_then(|s| s.facts(ranked.doc))
        else {
            continue;
        };
        ranked.place.value = match sort {
            Sort::Relevance if asked.words == 0 && asked.numbers == 0 && !asked.regions => 0.0,
            Sort::Relevance => {
                #[expect(
                    clippy::cast_precision_loss,
                    clippy::cast_possible_truncation,
                    reason = "an age, only weighed"
                )]
                let fresh = 0.5f64
                    .powf(snapshot.newest.saturating_sub(facts.published_at).max(0) as f64 / HALF_LIFE)
                    as f32;
                #[expect(clippy::cast_precision_loss, reason = "words of a title")]
                let brevity = (asks / facts.title_len as f32).min(1.0);
                let relevance = WORDS * ranked.words + NUMBERS * ranked.numbers + REGION * ranked.region;
                let small = weights.brevity * brevity
                    + weights.freshness * fresh
                    + weights.answered * facts.prior.0
                    + weights.completeness * facts.prior.1;
                f64::from(relevance + small)
            }
            Sort::Newest => 0.0,
            Sort::PriceLow => descending(facts.price, -1.0),
            Sort::PriceHigh => descending(facts.price, 1.0),
            Sort::LeadTime => descending(facts.lead_days, -1.0),
        };
    }
    all.sort_unstable_by(|a, b| a.place.order(&b.place));
}

/// A value to sort by; unknown comes last either way.
fn descending(value: i64, sign: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "prices beyond 2^53 minor units may tie")]
    if value == NONE { f64::MIN } else { sign * value as f64 }
}
