//! Scores documents against a plan, applies filters, counts facets, orders.
//!
//! score = 10 × share of the words asked + 4 × share of the numbers asked + 2.5 × region wished, and then small stated
//! [`Weights`]. Nothing that anybody pays for has a way in.

use market::search::weights::{NUMBERS, REGION, WORDS};
use market::search::{Evidence, FacetCounts, FacetKind, Filters, Sort, Weights, plan::Plan};
use tantivy::DocId;

use super::{
    Snapshot,
    cursor::Place,
    evaluate::Evaluator,
    gate::Gate,
    living::Seen,
    segment::{EPOCH, NONE, SegmentFacts, freshness},
    sums::{Asked, Sum, in_parallel, look_up},
    tally::{Counts, Top, named},
};

/// As long as fewer listings have every word, neighbours fill the page.
pub const FILL: usize = 24;

/// One document in the order of an answer.
#[derive(Debug, Clone, Copy)]
pub struct Ranked {
    /// Place in the order; its value is the score when sorted by relevance.
    pub place: Place,
    /// Has everything that was asked.
    pub full: bool,
    /// Evidence as bits, in the order of `EVIDENCE`.
    pub why: u16,
    segment: u32,
    doc: DocId,
    words: f32,
    numbers: f32,
    region: f32,
}

impl Ranked {
    /// Parts of the score, for curators.
    pub fn explain(&self, snapshot: &Snapshot, newest: i64, weights: &Weights) -> String {
        let Some(segment) = snapshot.segments.get(self.segment as usize) else { return String::new() };
        let (answered, complete) = segment.prior(self.doc);
        format!(
            "words {:.3} × {WORDS} + numbers {:.3} × {NUMBERS} + region {:.0} × {REGION} + freshness {:.3} × {} + \
             answered {answered:.3} × {} + completeness {complete:.3} × {} + brevity ≤ {}; total {:.4}",
            self.words,
            self.numbers,
            self.region,
            segment.fresh(self.doc) * freshness_scale(newest),
            weights.freshness,
            weights.answered,
            weights.completeness,
            weights.brevity,
            self.place.value
        )
    }

    /// Where the document is.
    pub const fn address(&self) -> (u32, DocId) {
        (self.segment, self.doc)
    }
}

/// What is wanted of an answer beside the words.
pub struct Wanted<'a> {
    /// Conditions.
    pub filters: &'a Filters,
    /// Order.
    pub sort: Sort,
    /// Facets to count.
    pub facets: &'a [FacetKind],
    /// So many hits in order.
    pub hits: usize,
    /// Only behind this place.
    pub after: Option<Place>,
}

/// An ordered answer.
#[derive(Debug, Clone, Default)]
pub struct Ranking {
    /// The first hits in order.
    pub hits: Vec<Ranked>,
    /// How many there are in all.
    pub total: usize,
    /// Counts of the facets asked for.
    pub facets: Vec<FacetCounts>,
    /// Nothing has everything that was asked.
    pub relaxed: bool,
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

/// A document that has something of what was asked and that the filters do not refuse altogether.
#[derive(Debug, Clone, Copy, Default)]
struct Candidate {
    doc: DocId,
    words: f32,
    numbers: f32,
    region: f32,
    why: u16,
    refused: u8,
    every_word: bool,
    full: bool,
}

/// What one segment has.
struct Piece<'a> {
    /// Those that are kept whatever else is found.
    tally: Tally<'a>,
    /// Those that are kept when nothing much better is found.
    near: Vec<Candidate>,
    whole: usize,
    best_words: f32,
    best_numbers: f32,
}

/// Answers a plan.
pub fn rank(
    snapshot: &Snapshot,
    plan: &Plan,
    evaluator: &Evaluator<'_>,
    wanted: &Wanted<'_>,
    weights: &Weights,
) -> tantivy::Result<Ranking> {
    let scale = freshness_scale(evaluator.living.newest);
    let scorer = |asked| Scorer { sort: wanted.sort, weights, scale, asks: 0.0, asked }.ready();
    if plan.is_empty() {
        let asked = Asked::default();
        let scorer = scorer(&asked);
        let all = each_segment(snapshot, |number, segment| {
            let gate = Gate::new(wanted.filters, segment, &snapshot.codes);
            let mut tally = Tally::new(number, segment, wanted);
            let seen = evaluator.living.segment(number);
            for doc in seen.into_iter().flat_map(Seen::docs) {
                if let Some(refused) = gate.refusals(doc) {
                    tally.add(&Candidate { doc, refused, ..Candidate::default() }, &scorer);
                }
            }
            Ok(tally)
        })?;
        return Ok(finish(snapshot, all, wanted, false));
    }
    let (lists, asked) = look_up(plan, evaluator)?;
    let scorer = scorer(&asked);
    let pieces = each_segment(snapshot, |number, segment| {
        evaluator.in_time()?;
        let gate = Gate::new(wanted.filters, segment, &snapshot.codes);
        let mut piece = Piece::new(Tally::new(number, segment, wanted));
        if let Some(lists) = lists.get(number) {
            let whole = if asked.settled() { lists.whole(&asked) } else { Vec::new() };
            // where many have every word nobody asks for the others
            if whole.iter().filter(|doc| gate.refusals(**doc).is_some()).take(FILL).count() == FILL {
                lists.of(&whole, &asked, |doc, sum| piece.admit(&gate, &asked, (doc, sum), &scorer));
            } else {
                lists.each(&asked, |doc, sum| piece.admit(&gate, &asked, (doc, sum), &scorer));
            }
        }
        Ok(piece)
    })?;
    drop(lists);
    let (relaxed, keep) = cut(&pieces, &asked);
    let mut all = Vec::with_capacity(pieces.len());
    for mut piece in pieces {
        evaluator.in_time()?;
        piece.near.iter().filter(|c| keep(c)).for_each(|c| piece.tally.add(c, &scorer));
        all.push(piece.tally);
    }
    Ok(finish(snapshot, all, wanted, relaxed))
}

/// Works on every segment, those of large indexes on two threads.
fn each_segment<'s, T: Send>(
    snapshot: &'s Snapshot,
    work: impl Fn(usize, &'s SegmentFacts) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<T>> {
    let segments = &snapshot.segments;
    if segments.len() > 1 && snapshot.searcher.num_docs() > 50_000 {
        let missing = || tantivy::TantivyError::SystemError("no such segment".to_owned());
        return in_parallel(segments.len(), |number| {
            segments.get(number).ok_or_else(missing).and_then(|segment| work(number, segment))
        });
    }
    segments.iter().enumerate().map(|(number, segment)| work(number, segment)).collect()
}

impl<'a> Piece<'a> {
    const fn new(tally: Tally<'a>) -> Self {
        Self { tally, near: Vec::new(), whole: 0, best_words: 0.0, best_numbers: 0.0 }
    }

    fn admit(&mut self, gate: &Gate<'_>, asked: &Asked, (doc, sum): (DocId, &Sum), scorer: &Scorer<'_>) {
        let every_word = if asked.any_of { sum.has_words != 0 } else { sum.has_words == asked.words };
        if self.whole >= FILL && !every_word && asked.settled() {
            return;
        }
        let Some(refused) = gate.refusals(doc) else { return };
        let numbers = f32::from(u16::try_from(asked.numbers.count_ones().max(1)).unwrap_or(1));
        let candidate = Candidate {
            doc,
            words: sum.words / asked.word_weight.max(f32::MIN_POSITIVE),
            numbers: sum.numbers / numbers,
            region: sum.region,
            why: sum.why,
            refused,
            every_word,
            full: every_word && sum.has_numbers == asked.numbers && asked.unknown == 0,
        };
        self.best_words = self.best_words.max(candidate.words);
        self.best_numbers = self.best_numbers.max(candidate.numbers);
        if every_word {
            self.whole += 1;
            if self.whole == FILL && asked.words != 0 {
                // from here on neighbours have no place on the page
                self.near.retain(|c| c.every_word);
            }
        }
        if asked.is_certain(&candidate) {
            self.tally.add(&candidate, scorer);
        } else if every_word || self.whole < FILL || asked.words == 0 {
            self.near.push(candidate);
        }
    }
}

impl Asked {
    /// Whether [`cut`] would keep it for certain.
    fn is_certain(&self, c: &Candidate) -> bool {
        if self.words != 0 {
            return self.settled() && c.every_word;
        }
        self.unknown == 0 && (self.numbers == 0 || c.numbers >= 0.5)
    }
}

/// Says whether nothing is a full answer, and which candidates are near enough.
fn cut(pieces: &[Piece<'_>], asked: &Asked) -> (bool, impl Fn(&Candidate) -> bool + Sync + use<>) {
    let whole: usize = pieces.iter().map(|p| p.whole).sum();
    let best = pieces.iter().map(|p| p.best_words).fold(0.0, f32::max);
    let best_numbers = pieces.iter().map(|p| p.best_numbers).fold(0.0, f32::max);
    let share = if asked.sentence {
        0.5
    } else if whole < 3 {
        0.25
    } else {
        0.35
    };
    let (floor, strict) = (best * share, whole >= FILL);
    let (words, numbers, unknown) = (asked.words != 0, asked.numbers != 0, asked.unknown > 0);
    let keep = move |c: &Candidate| {
        if words {
            c.words >= floor && c.words > 0.0 && (!strict || c.every_word)
        } else if unknown {
            false
        } else {
            !numbers || (c.numbers >= best_numbers * 0.5 && c.numbers > 0.0)
        }
    };
    let relaxed = if asked.sentence { best < 0.5 } else { unknown || (whole == 0 && words) };
    (relaxed, keep)
}

/// What freshness is measured against: the newest listing counts as one.
fn freshness_scale(newest: i64) -> f32 {
    freshness(EPOCH.saturating_sub(newest.saturating_sub(EPOCH)))
}

struct Scorer<'a> {
    sort: Sort,
    weights: &'a Weights,
    scale: f32,
    asks: f32,
    asked: &'a Asked,
}

impl Scorer<'_> {
    fn ready(mut self) -> Self {
        self.asks = f32::from(u16::try_from(self.asked.words.count_ones()).unwrap_or(1));
        if self.sort == Sort::Relevance
            && self.asked.words == 0
            && self.asked.numbers == 0
            && !self.asked.regions
        {
            self.sort = Sort::Newest;
        }
        self
    }

    /// No value of a document with these words can be higher; most need no look at their columns.
    fn most(&self, c: &Candidate) -> f64 {
        match self.sort {
            Sort::Relevance => f64::from(relevance(c) + self.weights.most() + 0.001),
            _ => f64::INFINITY,
        }
    }

    fn value(&self, segment: &SegmentFacts, c: &Candidate) -> f64 {
        match self.sort {
            Sort::Relevance => {
                let (answered, complete) = segment.prior(c.doc);
                let relevance = relevance(c);
                let small = self.weights.brevity * (self.asks / segment.title_len(c.doc)).min(1.0)
                    + self.weights.freshness * segment.fresh(c.doc) * self.scale
                    + self.weights.answered * answered
                    + self.weights.completeness * complete;
                f64::from(relevance + small)
            }
            Sort::Newest => 0.0,
            Sort::PriceLow => descending(segment.price(c.doc), -1.0),
            Sort::PriceHigh => descending(segment.price(c.doc), 1.0),
            Sort::LeadTime => descending(segment.lead_days(c.doc), -1.0),
            Sort::AnswerFast => descending(segment.answer_hours(c.doc), -1.0),
        }
    }
}

fn relevance(c: &Candidate) -> f32 {
    WORDS * c.words + NUMBERS * c.numbers + REGION * c.region
}

/// A value to sort by; unknown comes last either way.
fn descending(value: i64, sign: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "prices beyond 2^53 minor units may tie")]
    if value == NONE { f64::MIN } else { sign * value as f64 }
}

/// Hits of one segment.
struct Tally<'a> {
    number: u32,
    segment: &'a SegmentFacts,
    total: usize,
    top: Top,
    counts: Counts<'a>,
}

impl<'a> Tally<'a> {
    fn new(number: usize, segment: &'a SegmentFacts, wanted: &Wanted<'_>) -> Self {
        Self {
            number: u32::try_from(number).unwrap_or(u32::MAX),
            segment,
            total: 0,
            top: Top::new(wanted.hits, wanted.after),
            counts: Counts::new(segment, wanted.facets),
        }
    }

    fn add(&mut self, candidate: &Candidate, scorer: &Scorer<'_>) {
        self.counts.add(candidate.doc, candidate.refused);
        if candidate.refused != 0 {
            return;
        }
        self.total += 1;
        if !self.top.may(scorer.most(candidate)) {
            return;
        }
        let value = scorer.value(self.segment, candidate);
        if !self.top.may(value) {
            return;
        }
        let doc = candidate.doc;
        self.top.offer(Ranked {
            place: Place { value, published_at: self.segment.published(doc), id: self.segment.id(doc) },
            full: candidate.full,
            why: candidate.why,
            segment: self.number,
            doc,
            words: candidate.words,
            numbers: candidate.numbers,
            region: candidate.region,
        });
    }
}

fn finish(snapshot: &Snapshot, all: Vec<Tally<'_>>, wanted: &Wanted<'_>, relaxed: bool) -> Ranking {
    let mut total = 0;
    let mut top = Top::new(wanted.hits, wanted.after);
    let mut sums = Vec::new();
    for tally in all {
        total += tally.total;
        tally.counts.sum_into(&mut sums);
        tally.top.sorted().into_iter().for_each(|ranked| top.offer(ranked));
    }
    Ranking { hits: top.sorted(), total, facets: named(wanted.facets, sums, &snapshot.codes), relaxed }
}
