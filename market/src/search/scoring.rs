//! Scores candidates against a plan by the rules of docs/SEARCH.md, cuts what is too far away, orders.
//!
//! score = 10 × share of the words asked + 4 × share of the numbers asked + 2.5 × region wished, and then small stated
//! [`Weights`]. Nothing that anybody pays for has a way in.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::sync::Arc;

use uuid::Uuid;

use super::answer::{Evidence, FacetCounts};
use super::candidate::Candidate;
use super::model::{FacetKind, Filters, Sort};
use super::plan::{Concept, Plan, Role};
use super::ways::NEIGHBOUR;
use super::weights::{HALF_LIFE, NUMBERS, REGION, WORDS, Weights};

/// Concepts looked at; more are ignored.
pub const CONCEPTS: usize = 32;
/// As long as fewer listings have every word, neighbours fill the page.
pub const FILL: u64 = 24;
/// What the engine knows of the whole catalogue.
#[derive(Debug, Clone, Default)]
pub struct Census {
    /// Documents.
    pub docs: u64,
    /// Newest publication.
    pub newest: i64,
    /// Documents with each concept of the plan.
    pub frequencies: Vec<u64>,
    /// Documents with every word, when more match than were handed over.
    pub whole: Option<u64>,
}

/// What results are ordered by: the first number descending, then newest, then id.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Main value; higher comes first.
    pub value: f64,
    /// Publication.
    pub published_at: i64,
    /// Listing.
    pub id: Uuid,
}

impl Place {
    /// The order of results.
    pub fn order(&self, other: &Self) -> Ordering {
        other
            .value
            .total_cmp(&self.value)
            .then(other.published_at.cmp(&self.published_at))
            .then(self.id.cmp(&other.id))
    }
}

/// A candidate in the order of an answer.
#[derive(Debug, Clone)]
pub struct Ranked {
    /// The candidate.
    pub candidate: Arc<Candidate>,
    /// Place in the order; its value is the score when sorted by relevance.
    pub place: Place,
    /// Has everything that was asked.
    pub full: bool,
    /// Evidence per concept, strongest first.
    pub why: Vec<Evidence>,
    refused: u8,
    words: f32,
    numbers: f32,
    region: f32,
    small: f32,
    has_words: u16,
    has_numbers: u16,
    every_word: bool,
}

impl Ranked {
    /// Parts of the score, for curators.
    pub fn explain(&self) -> String {
        format!(
            "words {:.3} × {WORDS} + numbers {:.3} × {NUMBERS} + region {:.0} × {REGION} + freshness, answered, \
             completeness and brevity {:.4}; total {:.4}",
            self.words, self.numbers, self.region, self.small, self.place.value
        )
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
        self.all.iter().filter(|ranked| ranked.refused == 0)
    }

    /// Counts of a facet: its own selection is not applied to itself.
    pub fn count(&self, kind: FacetKind) -> FacetCounts {
        let bit = 1u8 << FacetKind::ALL.iter().position(|known| *known == kind).unwrap_or_default();
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for ranked in self.all.iter().filter(|ranked| ranked.refused & !bit == 0) {
            for code in ranked.candidate.codes(kind) {
                *counts.entry(code).or_default() += 1;
            }
        }
        sorted_counts(kind, counts.into_iter().map(|(code, count)| (code.to_owned(), count)).collect())
    }
}

/// Counts in the order in which they are shown: frequent first, then by code.
pub fn sorted_counts(facet: FacetKind, mut values: Vec<(String, u32)>) -> FacetCounts {
    values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    FacetCounts { facet, values }
}

/// What the whole question weighs.
#[derive(Debug, Default)]
struct Asked {
    weights: Vec<f32>,
    word_weight: f32,
    words: u16,
    numbers: u16,
    /// Numbers that say something by themselves: the 20 of M8×20 does not.
    telling: u16,
    any_of: bool,
    regions: bool,
    unknown: usize,
    sentence: bool,
}

/// A rare word weighs more than a frequent one.
fn asked(plan: &Plan, census: &Census) -> Asked {
    let mut out = Asked { any_of: plan.any_of, unknown: plan.unknown.len(), ..Asked::default() };
    out.sentence = plan.concepts.len() + plan.unknown.len() > 6;
    #[expect(clippy::cast_precision_loss, reason = "counts of documents, only weighed")]
    let docs = (census.docs + 1) as f32;
    for (place, concept) in plan.concepts.iter().enumerate().take(CONCEPTS) {
        #[expect(clippy::cast_precision_loss, reason = "counts of documents, only weighed")]
        let frequency = census.frequencies.get(place).copied().unwrap_or_default() as f32;
        let rarity = 0.5 + (docs / (frequency + 1.0)).max(1.0).ln() / docs.ln().max(1.0);
        let weight = concept.weight * rarity;
        out.weights.push(weight);
        match concept.role {
            Role::Word => {
                out.word_weight += weight;
                out.words |= bit(place);
            }
            Role::Measure => {
                out.numbers |= bit(place);
                if !concept.is_further_side() {
                    out.telling |= bit(place);
                }
            }
            Role::Region => out.regions = true,
        }
    }
    out
}

const fn bit(place: usize) -> u16 {
    1 << (place % 16)
}

/// The best way in which a candidate answers a concept.
fn best(concept: &Concept, candidate: &Candidate) -> Option<(f32, Evidence)> {
    let mut best: Option<(f32, Evidence)> = None;
    for way in &concept.alternatives {
        let Some(quality) = candidate.quality(&way.matches) else { continue };
        let quality = quality * way.quality;
        if best.is_none_or(|(known, _)| quality > known) {
            best = Some((quality, way.evidence));
        }
    }
    best
}

fn add_up(plan: &Plan, asked: &Asked, candidate: Arc<Candidate>, refused: u8) -> Option<Ranked> {
    let (published_at, id) = (candidate.doc.published_at, candidate.doc.id);
    let mut out = Ranked {
        candidate,
        place: Place { value: 0.0, published_at, id },
        full: false,
        why: Vec::new(),
        refused,
        words: 0.0,
        numbers: 0.0,
        region: 0.0,
        small: 0.0,
        has_words: 0,
        has_numbers: 0,
        every_word: false,
    };
    for (place, (concept, weight)) in plan.concepts.iter().zip(&asked.weights).enumerate() {
        let Some((quality, evidence)) = best(concept, &out.candidate) else { continue };
        out.why.push(evidence);
        match concept.role {
            Role::Word => {
                out.words += weight * quality;
                if quality > NEIGHBOUR {
                    out.has_words |= bit(place);
                }
            }
            Role::Measure => {
                out.numbers += quality;
                out.has_numbers |= bit(place);
            }
            Role::Region => out.region = 1.0,
        }
    }
    out.why.sort_unstable();
    out.why.dedup();
    (plan.is_empty() || !out.why.is_empty()).then_some(out)
}

/// Ranks candidates.
pub fn rank(
    plan: &Plan,
    candidates: impl IntoIterator<Item = Arc<Candidate>>,
    census: &Census,
    filters: &Filters,
    order: (Sort, &Weights),
) -> Ranking {
    let asked = asked(plan, census);
    let mut all: Vec<Ranked> = Vec::new();
    for candidate in candidates {
        let Some(refused) = candidate.refusals(filters) else { continue };
        if plan.excluded.iter().any(|unwanted| candidate.quality(unwanted).is_some()) {
            continue;
        }
        all.extend(add_up(plan, &asked, candidate, refused));
    }
    let relaxed = !plan.is_empty() && cut(&mut all, &asked, census.whole);
    finish(&mut all, &asked, census.newest, order);
    Ranking { all, relaxed }
}

/// Marks full answers and drops what is too far away; says whether nothing is a full answer.
fn cut(all: &mut Vec<Ranked>, asked: &Asked, whole: Option<u64>) -> bool {
    let mut counted = 0;
    for ranked in all.iter_mut() {
        ranked.every_word =
            if asked.any_of { ranked.has_words != 0 } else { ranked.has_words == asked.words };
        ranked.words /= asked.word_weight.max(f32::MIN_POSITIVE);
        ranked.numbers /= f32::from(u16::try_from(asked.numbers.count_ones().max(1)).unwrap_or(1));
        ranked.full = ranked.every_word && ranked.has_numbers == asked.numbers && asked.unknown == 0;
        counted += u64::from(ranked.every_word);
    }
    let whole = whole.unwrap_or(counted);
    let best = all.iter().map(|r| r.words).fold(0.0, f32::max);
    if asked.words != 0 {
        let share = if asked.sentence {
            0.5
        } else if whole < 3 {
            0.25
        } else {
            0.35
        };
        let strict = whole >= FILL;
        all.retain(|r| r.words >= best * share && r.words > 0.0 && (!strict || r.every_word));
    } else if asked.unknown > 0 {
        all.clear();
    } else if asked.numbers != 0 {
        all.retain(|r| asked.telling == 0 || r.has_numbers & asked.telling != 0);
        let best = all.iter().map(|r| r.numbers).fold(0.0, f32::max);
        all.retain(|r| r.numbers >= best * 0.5 && r.numbers > 0.0);
    }
    if asked.sentence { best < 0.5 } else { asked.unknown > 0 || (whole == 0 && asked.words != 0) }
}

fn finish(all: &mut [Ranked], asked: &Asked, newest: i64, (sort, weights): (Sort, &Weights)) {
    let asks = f32::from(u16::try_from(asked.words.count_ones()).unwrap_or(1));
    let silent = asked.words == 0 && asked.numbers == 0 && !asked.regions;
    for ranked in all.iter_mut() {
        let doc = &ranked.candidate.doc;
        ranked.place.value = match sort {
            Sort::Newest => 0.0,
            Sort::Relevance if silent => 0.0,
            Sort::Relevance => {
                #[expect(
                    clippy::cast_precision_loss,
                    clippy::cast_possible_truncation,
                    reason = "an age, only weighed"
                )]
                let fresh =
                    0.5f64.powf(newest.saturating_sub(doc.published_at).max(0) as f64 / HALF_LIFE) as f32;
                #[expect(clippy::cast_precision_loss, reason = "words of a title")]
                let brevity = (asks / ranked.candidate.title_len as f32).min(1.0);
                let relevance = WORDS * ranked.words + NUMBERS * ranked.numbers + REGION * ranked.region;
                ranked.small = weights.brevity * brevity
                    + weights.freshness * fresh
                    + weights.answered * permille(doc.answered_permille)
                    + weights.completeness * permille(doc.completeness_permille);
                f64::from(relevance + ranked.small)
            }
            Sort::PriceLow => sortable(doc.price_minor, -1.0),
            Sort::PriceHigh => sortable(doc.price_minor, 1.0),
            Sort::LeadTime => sortable(doc.lead_days, -1.0),
            Sort::AnswerFast => sortable(doc.answer_hours, -1.0),
        };
    }
    all.sort_by(|a, b| a.place.order(&b.place));
}

fn permille(value: u32) -> f32 {
    f32::from(u16::try_from(value.min(1000)).unwrap_or(1000)) / 1000.0
}

/// A value to sort by; unknown comes last either way.
fn sortable(value: Option<i64>, sign: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "prices beyond 2^53 minor units may tie")]
    value.map_or(f64::MIN, |value| sign * value as f64)
}
