//! The words that the catalogue knows, for understanding a question.

use std::{collections::BTreeSet, sync::OnceLock};

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use market::search::{
    plan::{Lexicon, Match},
    terms::Field,
};
use tantivy_fst::Automaton;

use super::evaluate::Evaluator;

/// Errors of reading become absence: the caller's own evaluation meets the same error and reports it.
impl Lexicon for Evaluator<'_> {
    fn any(&self, matches: &Match) -> bool {
        self.in_time().is_ok()
            && self.searcher.segment_readers().iter().any(|reader| self.has(reader, matches).unwrap_or(false))
    }

    fn beginning(&self, field: Field, prefix: &str, limit: usize) -> Vec<String> {
        let mut out = BTreeSet::new();
        for reader in self.searcher.segment_readers() {
            let Ok(index) = reader.inverted_index(self.fields.of(field)) else { continue };
            let Ok(mut terms) = index.terms().range().ge(prefix.as_bytes()).into_stream() else { continue };
            let mut taken = 0;
            while let Some((key, _)) = terms.next() {
                if !key.starts_with(prefix.as_bytes()) || taken >= limit {
                    break;
                }
                taken += 1;
                out.insert(String::from_utf8_lossy(key).into_owned());
            }
        }
        let mut terms = self.living(field, out.into_iter().collect());
        terms.truncate(limit);
        terms
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
        let nearest = out.first().map(|(away, _)| *away).unwrap_or_default();
        let near = out.into_iter().take_while(|(away, _)| *away == nearest).map(|(_, text)| text);
        self.living(field, near.take(limit).collect())
    }
}

impl Evaluator<'_> {
    /// Terms that at least one document that may be seen has.
    fn living(&self, field: Field, terms: Vec<String>) -> Vec<String> {
        let hides = self.living.hides();
        terms.into_iter().filter(|t| !hides || self.any(&Match::Term(field, t.clone()))).collect()
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
