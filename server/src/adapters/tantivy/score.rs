//! What a document is worth: shares of what was asked, and the small stated [`Weights`] behind them.

use market::search::weights::{NUMBERS, REGION, WORDS};
use market::search::{Sort, Weights};
use tantivy::DocId;

use super::{
    segment::{EPOCH, NONE, SegmentFacts, freshness},
    sums::{Asked, Sum},
};

/// A document that has something of what was asked and that the filters do not refuse altogether.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Candidate {
    pub(super) doc: DocId,
    pub(super) words: f32,
    pub(super) numbers: f32,
    pub(super) region: f32,
    /// All of them together.
    pub(super) relevance: f32,
    pub(super) why: u16,
    pub(super) refused: u8,
    pub(super) every_word: bool,
    pub(super) full: bool,
}

impl Candidate {
    /// What a sum comes to, in whatever document.
    pub(super) fn of(asked: &Asked, sum: &Sum) -> Self {
        let every_word = if asked.any_of { sum.has_words != 0 } else { sum.has_words == asked.words };
        let words = sum.words / asked.word_weight.max(f32::MIN_POSITIVE);
        let numbers = sum.numbers / f32::from(u16::try_from(asked.numbers.count_ones().max(1)).unwrap_or(1));
        Self {
            words,
            numbers,
            region: sum.region,
            relevance: WORDS * words + NUMBERS * numbers + REGION * sum.region,
            why: sum.why,
            every_word,
            full: every_word && sum.has_numbers == asked.numbers && asked.unknown == 0,
            ..Self::default()
        }
    }
}

/// What freshness is measured against: the newest listing counts as one, and so does what came since a page was begun.
pub(super) fn freshness_scale(newest: i64) -> f32 {
    freshness(EPOCH.saturating_sub(newest.saturating_sub(EPOCH)))
}

/// Orders the documents of an answer.
pub(super) struct Scorer<'a> {
    sort: Sort,
    weights: &'a Weights,
    scale: f32,
    /// What a title of so many words is worth.
    brevity: Vec<f32>,
    /// What the other weights can add at most.
    others: f32,
}

impl<'a> Scorer<'a> {
    /// For one question.
    pub(super) fn new(sort: Sort, weights: &'a Weights, scale: f32, asked: &Asked) -> Self {
        let nothing = asked.words == 0 && asked.numbers == 0 && !asked.regions;
        let sort = if sort == Sort::Relevance && nothing { Sort::Newest } else { sort };
        let asks = f32::from(u16::try_from(asked.words.count_ones()).unwrap_or(1));
        let brevity = |words: u8| weights.brevity * (asks / f32::from(words)).min(1.0);
        Self {
            sort,
            weights,
            scale,
            brevity: (0..=u8::MAX).map(brevity).collect(),
            others: weights.most() - weights.brevity,
        }
    }

    /// For the words of its title.
    fn brevity(&self, segment: &SegmentFacts, doc: DocId) -> f32 {
        self.brevity.get(usize::from(segment.title_len(doc))).copied().unwrap_or_default()
    }

    /// The value cannot be higher, were the document the freshest and best described of all; most need no look at
    /// their other columns.
    #[inline]
    pub(super) fn most(&self, segment: &SegmentFacts, c: &Candidate) -> f64 {
        match self.sort {
            Sort::Relevance => f64::from(c.relevance + self.brevity(segment, c.doc) + self.others + 0.001),
            _ => f64::INFINITY,
        }
    }

    /// What hits are ordered by.
    pub(super) fn value(&self, segment: &SegmentFacts, c: &Candidate) -> f64 {
        match self.sort {
            Sort::Relevance => {
                let (answered, complete) = segment.prior(c.doc);
                let small = self.brevity(segment, c.doc)
                    + self.weights.freshness * (segment.fresh(c.doc) * self.scale).min(1.0)
                    + self.weights.answered * answered
                    + self.weights.completeness * complete;
                f64::from(c.relevance + small)
            }
            Sort::Newest => 0.0,
            Sort::PriceLow => descending(segment.price(c.doc), -1.0),
            Sort::PriceHigh => descending(segment.price(c.doc), 1.0),
            Sort::LeadTime => descending(segment.lead_days(c.doc), -1.0),
            Sort::AnswerFast => descending(segment.answer_hours(c.doc), -1.0),
        }
    }
}

/// A value to sort by; unknown comes last either way.
fn descending(value: i64, sign: f64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "prices beyond 2^53 minor units may tie")]
    if value == NONE { f64::MIN } else { sign * value as f64 }
}
