//! What a question asks of an engine: concepts, each with alternatives, and what was understood on the way.

use super::{
    answer::{Evidence, Reading},
    terms::Field,
};

/// Something a document either has or not.
#[derive(Debug, Clone, PartialEq)]
pub enum Match {
    /// One term.
    Term(Field, String),
    /// Terms at neighbouring positions.
    Phrase(Field, Vec<String>),
    /// All of these; the weakest counts.
    All(Vec<Match>),
    /// Any of these, with its quality; the best counts.
    Any(Vec<(Match, f32)>),
}

/// One way to answer a concept.
#[derive(Debug, Clone, PartialEq)]
pub struct Alternative {
    /// What the document must have.
    pub matches: Match,
    /// How good an answer it is, 0 to 1.
    pub quality: f32,
    /// Why it counts.
    pub evidence: Evidence,
}

/// What part of the question a concept is; decides its weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A word that says what is wanted.
    Word,
    /// A number with its unit.
    Measure,
    /// A region: a wish, never a condition.
    Region,
}

/// One thing asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Concept {
    /// The words as typed.
    pub text: String,
    /// Role.
    pub role: Role,
    /// Alternatives; a document scores with its best.
    pub alternatives: Vec<Alternative>,
    /// Weight against the others; context words of long sentences weigh less.
    pub weight: f32,
}

impl Concept {
    /// Whether this is a further side of a dimension, which says nothing without the first: the 20 of `M8×20`.
    pub fn is_further_side(&self) -> bool {
        let further = |(one, _): &(Match, f32)| matches!(one, Match::Term(Field::Spec, form) if form.starts_with("d:") || form.starts_with("dn2:"));
        self.role == Role::Measure
            && self.alternatives.iter().all(
                |way| matches!(&way.matches, Match::Any(forms) if !forms.is_empty() && forms.iter().all(further)),
            )
    }
}

/// A question as understood.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Plan {
    /// What is asked; empty when the text says nothing.
    pub concepts: Vec<Concept>,
    /// What may not be there.
    pub excluded: Vec<Match>,
    /// Goods listed as alternatives ("타일이랑 모르타르"): one of them is a full answer.
    pub any_of: bool,
    /// Words that name something, but nothing the catalogue knows.
    pub unknown: Vec<String>,
    /// Steps taken.
    pub readings: Vec<Reading>,
}

impl Plan {
    /// Whether the text asked for something at all.
    pub fn is_empty(&self) -> bool {
        self.concepts.is_empty() && self.unknown.is_empty()
    }
}

/// What the words of the catalogue are, as an engine knows them.
pub trait Lexicon {
    /// Whether any document has this.
    fn any(&self, matches: &Match) -> bool;
    /// Terms that begin so.
    fn beginning(&self, field: Field, prefix: &str, limit: usize) -> Vec<String>;
    /// Terms one edit away (two with `wide`), nearest first.
    fn near(&self, field: Field, term: &str, wide: bool, limit: usize) -> Vec<String>;
}
