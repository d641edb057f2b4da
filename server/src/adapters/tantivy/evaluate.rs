//! Finds the documents of a segment that have what a plan asks for, and the terms that the catalogue knows.

use std::{cell::RefCell, sync::OnceLock};

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use market::search::{
    plan::{Lexicon, Match},
    terms::Field,
};
use tantivy::{
    DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term,
    query::{EnableScoring, PhraseQuery, Query},
    schema::IndexRecordOption,
};
use tantivy_fst::Automaton;

use super::schema::Fields;

/// Best quality per document; zero is absence.
#[derive(Debug, Default)]
pub struct Dense {
    values: Vec<f32>,
    touched: Vec<DocId>,
}

impl Dense {
    fn fit(&mut self, docs: DocId) {
        if self.values.len() < docs as usize {
            self.values.resize(docs as usize, 0.0);
        }
    }

    fn put(&mut self, doc: DocId, quality: f32) {
        if let Some(value) = self.values.get_mut(doc as usize) {
            if *value == 0.0 {
                self.touched.push(doc);
            }
            *value = value.max(quality);
        }
    }

    /// Takes what was found and empties the table for the next use.
    pub fn drain(&mut self) -> Vec<(DocId, f32)> {
        let mut out = Vec::with_capacity(self.touched.len());
        for doc in self.touched.drain(..) {
            if let Some(value) = self.values.get_mut(doc as usize) {
                out.push((doc, *value));
                *value = 0.0;
            }
        }
        out
    }
}

thread_local! {
    /// Tables to evaluate with; allocating one per word would cost more than the words.
    static TABLES: RefCell<Vec<Dense>> = const { RefCell::new(Vec::new()) };
}

/// Looks terms up in one snapshot of the index.
pub struct Evaluator<'a> {
    /// The snapshot.
    pub searcher: &'a Searcher,
    /// Its fields.
    pub fields: &'a Fields,
}

impl Evaluator<'_> {
    /// Documents of a segment that have it, with quality; unordered.
    pub fn find(&self, reader: &SegmentReader, matches: &Match) -> tantivy::Result<Vec<(DocId, f32)>> {
        let mut table = TABLES.with_borrow_mut(Vec::pop).unwrap_or_default();
        table.fit(reader.max_doc());
        let done = self.collect(reader, matches, 1.0, &mut table);
        let mut found = table.drain();
        if reader.has_deletes() {
            // deleted documents must not count as frequency: an index with a history answers like a fresh one
            found.retain(|(doc, _)| !reader.is_deleted(*doc));
        }
        TABLES.with_borrow_mut(|tables| tables.push(table));
        done.map(|()| found)
    }

    fn collect(
        &self,
        reader: &SegmentReader,
        matches: &Match,
        scale: f32,
        table: &mut Dense,
    ) -> tantivy::Result<()> {
        match matches {
            Match::Term(..) | Match::Phrase(..) => self.each(reader, matches, |doc| {
                table.put(doc, scale);
                true
            }),
            Match::Any(ways) => {
                ways.iter().try_for_each(|(way, quality)| self.collect(reader, way, scale * quality, table))
            }
            Match::All(parts) => {
                let mut rest = parts.iter();
                let Some(first) = rest.next() else { return Ok(()) };
                let mut found = self.find(reader, first)?;
                for part in rest {
                    if found.is_empty() {
                        break;
                    }
                    let other: std::collections::HashMap<DocId, f32> =
                        self.find(reader, part)?.into_iter().collect();
                    found.retain_mut(|(doc, quality)| {
                        other.get(doc).is_some_and(|q| {
                            *quality = quality.min(*q);
                            true
                        })
                    });
                }
                for (doc, quality) in found {
                    table.put(doc, quality * scale);
                }
                Ok(())
            }
        }
    }

    /// Calls for every document with the term or phrase, until the callback declines.
    fn each(
        &self,
        reader: &SegmentReader,
        matches: &Match,
        mut call: impl FnMut(DocId) -> bool,
    ) -> tantivy::Result<()> {
        let mut run = |docs: &mut dyn DocSet| {
            let mut doc = docs.doc();
            while doc != TERMINATED && call(doc) {
                doc = docs.advance();
            }
        };
        match matches {
            Match::Term(field, text) => self.postings(reader, *field, text, &mut run)?,
            Match::Phrase(field, texts) => match texts.as_slice() {
                [] => {}
                [one] => self.postings(reader, *field, one, &mut run)?,
                many => {
                    let index = reader.inverted_index(self.fields.of(*field))?;
                    for text in many {
                        if index.terms().term_ord(text.as_bytes())?.is_none() {
                            return Ok(());
                        }
                    }
                    let terms =
                        many.iter().map(|t| Term::from_field_text(self.fields.of(*field), t)).collect();
                    let weight = PhraseQuery::new(terms)
                        .weight(EnableScoring::disabled_from_searcher(self.searcher))?;
                    run(&mut *weight.scorer(reader, 1.0)?);
                }
            },
            Match::All(_) | Match::Any(_) => {}
        }
        Ok(())
    }

    fn postings(
        &self,
        reader: &SegmentReader,
        field: Field,
        text: &str,
        run: &mut dyn FnMut(&mut dyn DocSet),
    ) -> tantivy::Result<()> {
        let index = reader.inverted_index(self.fields.of(field))?;
        if let Some(info) = index.terms().get(text.as_bytes())? {
            let mut postings = index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            run(&mut postings);
        }
        Ok(())
    }

    fn has(&self, reader: &SegmentReader, matches: &Match) -> tantivy::Result<bool> {
        match matches {
            Match::Any(ways) => {
                for (way, _) in ways {
                    if self.has(reader, way)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Match::All(parts) => {
                for part in parts {
                    if !self.has(reader, part)? {
                        return Ok(false);
                    }
                }
                Ok(self.find(reader, matches)?.iter().any(|(doc, _)| !reader.is_deleted(*doc)))
            }
            one => {
                let mut found = false;
                self.each(reader, one, |doc| {
                    found = !reader.is_deleted(doc);
                    !found
                })?;
                Ok(found)
            }
        }
    }
}

/// Errors of reading become absence: the caller's own evaluation meets the same error and reports it.
impl Lexicon for Evaluator<'_> {
    fn any(&self, matches: &Match) -> bool {
        self.searcher.segment_readers().iter().any(|reader| self.has(reader, matches).unwrap_or(false))
    }

    fn beginning(&self, field: Field, prefix: &str, limit: usize) -> Vec<String> {
        let mut out = Vec::new();
        for reader in self.searcher.segment_readers() {
            let Ok(index) = reader.inverted_index(self.fields.of(field)) else { continue };
            let Ok(mut terms) = index.terms().range().ge(prefix.as_bytes()).into_stream() else { continue };
            while let Some((key, _)) = terms.next() {
                if !key.starts_with(prefix.as_bytes()) || out.len() >= limit {
                    break;
                }
                out.push(String::from_utf8_lossy(key).into_owned());
            }
        }
        self.living(field, out)
    }

    fn near(&self, field: Field, term: &str, wide: bool, limit: usize) -> Vec<String> {
        let automaton = Near(builder(wide).build_dfa(term));
        let mut out: Vec<(u8, String)> = Vec::new();
        for reader in self.searcher.segment_readers() {
            let Ok(index) = reader.inverted_index(self.fields.of(field)) else { continue };
            let Ok(mut terms) = index.terms().search(&automaton).into_stream() else { continue };
            while let Some((key, _)) = terms.next() {
                let away = automaton.0.eval(key).to_u8();
                let text = String::from_utf8_lossy(key).into_owned();
                if !out.iter().any(|(_, known)| *known == text) {
                    out.push((away, text));
                }
            }
        }
        let nearest = out.iter().map(|(away, _)| *away).min().unwrap_or_default();
        out.retain(|(away, _)| *away == nearest);
        out.sort();
        out.truncate(limit);
        self.living(field, out.into_iter().map(|(_, text)| text).collect())
    }
}

impl Evaluator<'_> {
    /// Terms that at least one document that is not deleted still has.
    fn living(&self, field: Field, terms: Vec<String>) -> Vec<String> {
        let deletes = self.searcher.segment_readers().iter().any(SegmentReader::has_deletes);
        let mut out: Vec<String> =
            terms.into_iter().filter(|t| !deletes || self.any(&Match::Term(field, t.clone()))).collect();
        out.dedup();
        out
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
