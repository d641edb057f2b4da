//! The words that the catalogue knows, for understanding a question.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use market::search::{
    plan::{Lexicon, Match},
    terms::Field,
};
use tantivy_fst::Automaton;

use super::{evaluate::Evaluator, segment::SegmentFacts};

/// Errors of reading become absence: the caller's own evaluation meets the same error and reports it.
impl Lexicon for Evaluator<'_> {
    fn any(&self, matches: &Match) -> bool {
        self.is_anywhere(matches).unwrap_or(false)
    }

    fn beginning(&self, field: Field, prefix: &str, limit: usize) -> Vec<String> {
        let mut out: BTreeSet<String> = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let Ok(index) = reader.inverted_index(self.fields.of(field)) else { continue };
            let Ok(mut terms) = index.terms().range().ge(prefix.as_bytes()).into_stream() else { continue };
            let mut taken = 0;
            while let Some((key, _)) = terms.next() {
                if !key.starts_with(prefix.as_bytes()) || taken >= limit {
                    break;
                }
                let term = String::from_utf8_lossy(key).into_owned();
                if out.contains(&term) || self.lives(field, &term) {
                    taken += 1;
                    out.insert(term);
                }
            }
        }
        out.into_iter().take(limit).collect()
    }

    fn near(&self, field: Field, term: &str, wide: bool, limit: usize) -> Vec<String> {
        let automaton = Near(builder(wide).build_dfa(term));
        let mut out: BTreeSet<(u8, String)> = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let Ok(index) = reader.inverted_index(self.fields.of(field)) else { continue };
            let Ok(mut terms) = index.terms().search(&automaton).into_stream() else { continue };
            while let Some((key, _)) = terms.next() {
                out.insert((automaton.0.eval(key).to_u8(), String::from_utf8_lossy(key).into_owned()));
            }
        }
        // what only hidden documents have is no word: it must not stand before a living one that is farther away
        let mut near = Vec::new();
        let mut nearest: Option<u8> = None;
        for (away, text) in out {
            if near.len() >= limit || nearest.is_some_and(|nearest| nearest < away) {
                break;
            }
            if self.lives(field, &text) {
                nearest = Some(away);
                near.push(text);
            }
        }
        near
    }
}

impl Evaluator<'_> {
    /// Whether any document that may be seen has this; an error when it could not be looked up in time.
    pub fn is_anywhere(&self, matches: &Match) -> tantivy::Result<bool> {
        for reader in self.searcher.segment_readers() {
            self.in_time()?;
            if self.has(reader, matches)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether documents of more than one vendor that may be seen have this; an error as above.
    pub fn is_of_vendors(&self, segments: &[Arc<SegmentFacts>], matches: &Match) -> tantivy::Result<bool> {
        let mut first = None;
        for (reader, facts) in self.searcher.segment_readers().iter().zip(segments) {
            self.in_time()?;
            let mut is_another = |doc| {
                let vendor = facts.vendor(doc);
                *first.get_or_insert(vendor) != vendor
            };
            if self.has_one(reader, matches, &mut is_another)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a term of the index stands in a document that may be seen.
    fn lives(&self, field: Field, term: &str) -> bool {
        !self.living.hides() || self.any(&Match::Term(field, term.to_owned()))
    }
}

fn builder(wide: bool) -> &'static LevenshteinAutomatonBuilder {
    static ONE: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    static TWO: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    if wide {
        TWO.get_or_init(|| LevenshteinAutomatonBuilder::new(2, true))
    } else {
        ONE.get_or_init(|| LevenshteinAutomatonBuilder::new(1, true))
    }
}

struct Near(DFA);

impl Automaton for Near {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != levenshtein_automata::SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}
