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
    score::{Candidate, Scorer, freshness_scale},
    segment::SegmentFacts,
    sums::{Asked, Sum, in_parallel, look_up},
    tally::{Counts, Top, named},
};

/// As long as fewer listings have every word, neighbours fill the page.
pub const FILL: usize = 24;

/// Neighbours have at least this share of the words of the best, mostly more.
const LEAST_OF_WORDS: f32 = 0.25;
/// Of a question of numbers, this share of the numbers of the best.
const LEAST_OF_NUMBERS: f32 = 0.5;

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
    /// What freshness is measured against.
    pub newest: i64,
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

/// What one segment has.
struct Piece<'a> {
    /// Those that are kept whatever else is found.
    tally: Tally<'a>,
    /// Those that are kept when nothing much better is found.
    near: Vec<Candidate>,
    whole: usize,
    best_words: f32,
    best_numbers: f32,
    /// The last sum and what it comes to: neighbours in a list mostly have the same.
    last: (Sum, Candidate),
}

/// Answers a plan.
pub fn rank(
    snapshot: &Snapshot,
    plan: &Plan,
    evaluator: &Evaluator<'_>,
    wanted: &Wanted<'_>,
    weights: &Weights,
) -> tantivy::Result<Ranking> {
    let scale = freshness_scale(wanted.newest);
    let scorer = |asked| Scorer::new(wanted.sort, weights, scale, asked);
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
        let mut piece = Piece::new(Tally::new(number, segment, wanted), &asked);
        if let Some(lists) = lists.get(number) {
            let cut = asked.settled() && !lists.is_one();
            let whole = if cut { lists.whole(&asked) } else { Vec::new() };
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
    fn new(tally: Tally<'a>, asked: &Asked) -> Self {
        let nothing = Sum::default();
        let last = (nothing, Candidate::of(asked, &nothing));
        Self { tally, near: Vec::new(), whole: 0, best_words: 0.0, best_numbers: 0.0, last }
    }

    fn admit(&mut self, gate: &Gate<'_>, asked: &Asked, (doc, sum): (DocId, &Sum), scorer: &Scorer<'_>) {
        if self.last.0 != *sum {
            self.last = (*sum, Candidate::of(asked, sum));
        }
        let every_word = self.last.1.every_word;
        if (self.whole >= FILL && !every_word && asked.settled()) || asked.tells_nothing(sum) {
            return;
        }
        let Some(refused) = gate.refusals(doc) else { return };
        let candidate = Candidate { doc, refused, ..self.last.1 };
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
        } else if (every_word || self.whole < FILL || asked.words == 0) && !self.is_far(asked, &candidate) {
            self.near.push(candidate);
        }
    }

    /// Whether [`cut`] would leave it out for certain: what was seen so far is already so much better.
    fn is_far(&self, asked: &Asked, c: &Candidate) -> bool {
        if asked.words != 0 {
            c.words < self.best_words * LEAST_OF_WORDS
        } else {
            c.numbers < self.best_numbers * LEAST_OF_NUMBERS
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
        LEAST_OF_WORDS
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
            !numbers || (c.numbers >= best_numbers * LEAST_OF_NUMBERS && c.numbers > 0.0)
        }
    };
    let relaxed = if asked.sentence { best < 0.5 } else { unknown || (whole == 0 && words) };
    (relaxed, keep)
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
        if !self.top.may(scorer.most(self.segment, candidate)) {
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
