//! Finds the documents of a segment that have what a plan asks for.
//!
//! The ways to answer a concept are taken apart and looked up best first: a document that already has a better
//! way is passed over, so positions are read only where they decide something.

use std::time::Instant;

use market::search::{
    plan::{Concept, Match},
    terms::Field,
};
use tantivy::{
    DocId, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, postings::SegmentPostings,
    schema::IndexRecordOption,
};

use super::{
    dense::{Dense, Found, Packed, Tables, pack, quality, scaled},
    living::{Living, Seen},
    rank::EVIDENCE,
    rows::{Row, row_documents, walk},
    schema::Fields,
};

/// Looks terms up in one snapshot of the index.
pub struct Evaluator<'a> {
    /// The snapshot.
    pub searcher: &'a Searcher,
    /// What may be seen of it.
    pub living: &'a Living,
    /// Its fields.
    pub fields: &'a Fields,
    /// Tables to use again.
    pub tables: &'a Tables,
    /// When to give up.
    pub deadline: Option<Instant>,
    /// Look in titles and categories only.
    pub names_only: bool,
    /// So many documents of the best ways are enough: much worse ways are not looked up then.
    pub enough: Option<Enough>,
}

/// When a question of one word needs no further ways.
#[derive(Debug, Clone, Copy)]
pub struct Enough {
    /// Documents of the best ways.
    pub docs: usize,
    /// What worse ways make up for by freshness and the like, as a share of quality.
    pub margin: f32,
}

/// One way without alternatives inside, and what it is worth.
type Leaf<'m> = (&'m Match, Packed);
/// Only these documents are asked for; `None` asks for all.
type Within<'w> = Option<&'w [DocId]>;

impl Evaluator<'_> {
    /// Documents of a segment that have one concept, with the best quality and its evidence.
    pub fn concept(&self, reader: &SegmentReader, concept: &Concept) -> tantivy::Result<Found> {
        let mut leaves = Vec::new();
        for way in &concept.alternatives {
            let why = EVIDENCE.iter().position(|e| *e == way.evidence).unwrap_or_default();
            self.flatten(&way.matches, pack(way.quality, why), &mut leaves);
        }
        self.look_up(reader, leaves, None, self.enough)
    }

    /// Documents of a segment that have it; the evidence means nothing.
    pub fn find(
        &self,
        reader: &SegmentReader,
        matches: &Match,
        within: Within<'_>,
    ) -> tantivy::Result<Found> {
        let mut leaves = Vec::new();
        self.flatten(matches, pack(1.0, 0), &mut leaves);
        self.look_up(reader, leaves, within, None)
    }

    fn flatten<'m>(&self, matches: &'m Match, worth: Packed, out: &mut Vec<Leaf<'m>>) {
        match matches {
            Match::Any(ways) => {
                for (way, share) in ways {
                    self.flatten(way, scaled(worth, *share), out);
                }
            }
            Match::Term(Field::Body | Field::BodyGram, _)
            | Match::Phrase(Field::Body | Field::BodyGram, _)
                if self.names_only => {}
            one => out.push((one, worth)),
        }
    }

    fn look_up(
        &self,
        reader: &SegmentReader,
        mut leaves: Vec<Leaf<'_>>,
        within: Within<'_>,
        enough: Option<Enough>,
    ) -> tantivy::Result<Found> {
        leaves.sort_by_key(|leaf| std::cmp::Reverse(leaf.1));
        let mut table = self.tables.take(reader.max_doc());
        let seen = self.living.of(reader).filter(|seen| seen.hidden > 0);
        let may_be_seen = |doc: DocId| seen.is_none_or(|seen| seen.has(doc));
        let mut done = Ok(());
        let mut before: Vec<&Match> = Vec::new();
        let mut falling = true;
        let mut floor = None;
        for (leaf, worth) in leaves {
            if floor.is_some_and(|floor| quality(worth) < floor) {
                break;
            }
            // several synonyms often lead to the same way
            if before.contains(&leaf) {
                continue;
            }
            if before.len() < 64 {
                before.push(leaf);
            }
            falling &= matches!(leaf, Match::Term(..) | Match::Phrase(..));
            table.set_falling(falling);
            done = self.in_time().and_then(|()| self.leaf(reader, leaf, worth, within, &mut table));
            if done.is_err() {
                break;
            }
            let enough = enough.filter(|e| floor.is_none() && falling && table.holds(e.docs, may_be_seen));
            floor = floor.or(enough.map(|e| quality(worth) - e.margin));
        }
        let found = table.drain(may_be_seen);
        self.tables.give(table);
        done.map(|()| found)
    }

    /// An error when the question took too long.
    pub fn in_time(&self) -> tantivy::Result<()> {
        match self.deadline {
            Some(deadline) if Instant::now() > deadline => {
                Err(TantivyError::SystemError("the search took too long".to_owned()))
            }
            _ => Ok(()),
        }
    }

    fn leaf(
        &self,
        reader: &SegmentReader,
        leaf: &Match,
        worth: Packed,
        within: Within<'_>,
        table: &mut Dense,
    ) -> tantivy::Result<()> {
        match leaf {
            Match::Term(field, text) => {
                if let Some(list) = self.list(reader, *field, text)? {
                    walk(list, within, |doc| table.put(doc, worth));
                }
            }
            Match::Phrase(field, texts) => match texts.as_slice() {
                [] => {}
                [one] => {
                    if let Some(list) = self.list(reader, *field, one)? {
                        walk(list, within, |doc| table.put(doc, worth));
                    }
                }
                many => {
                    if let Some(mut row) = self.row(reader, *field, many)? {
                        row_documents(&mut row, within, table, worth);
                    }
                }
            },
            Match::All(parts) => {
                for (doc, packed) in self.all(reader, parts, within)? {
                    table.put(doc, scaled(worth, quality(packed)));
                }
            }
            Match::Any(_) => {
                for (doc, packed) in self.find(reader, leaf, within)? {
                    table.put(doc, scaled(worth, quality(packed)));
                }
            }
        }
        Ok(())
    }

    /// Documents with every part, the weakest counts; the rarest part first, the others only where it stands.
    fn all(&self, reader: &SegmentReader, parts: &[Match], within: Within<'_>) -> tantivy::Result<Found> {
        let mut order = Vec::with_capacity(parts.len());
        for part in parts {
            order.push((self.most(reader, part)?, part));
        }
        order.sort_by_key(|(most, _)| *most);
        let mut found: Option<Found> = None;
        for (most, part) in order {
            if most == 0 {
                return Ok(Vec::new());
            }
            found = Some(match &found {
                None => self.find(reader, part, within)?,
                Some(so_far) if so_far.is_empty() => return Ok(Vec::new()),
                Some(so_far) if (so_far.len() as u64) * 20 < most => {
                    let docs: Vec<DocId> = so_far.iter().map(|(doc, _)| *doc).collect();
                    both(so_far, &self.find(reader, part, Some(&docs))?)
                }
                Some(so_far) => both(so_far, &self.find(reader, part, within)?),
            });
        }
        Ok(found.unwrap_or_default())
    }

    /// At most so many documents have it.
    fn most(&self, reader: &SegmentReader, matches: &Match) -> tantivy::Result<u64> {
        let one = |field: &Field, text: &String| -> tantivy::Result<u64> {
            let index = reader.inverted_index(self.fields.of(*field))?;
            Ok(index.terms().get(text.as_bytes())?.map_or(0, |info| u64::from(info.doc_freq)))
        };
        match matches {
            Match::Term(field, text) => one(field, text),
            Match::Phrase(field, texts) => least(texts.iter().map(|text| one(field, text))),
            Match::All(parts) => least(parts.iter().map(|part| self.most(reader, part))),
            Match::Any(ways) => {
                ways.iter().try_fold(0u64, |sum, (way, _)| Ok(sum.saturating_add(self.most(reader, way)?)))
            }
        }
    }

    fn list(
        &self,
        reader: &SegmentReader,
        field: Field,
        text: &str,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let index = reader.inverted_index(self.fields.of(field))?;
        Ok(match index.terms().get(text.as_bytes())? {
            Some(info) => Some(index.read_postings_from_terminfo(&info, IndexRecordOption::Basic)?),
            None => None,
        })
    }

    fn row(&self, reader: &SegmentReader, field: Field, texts: &[String]) -> tantivy::Result<Option<Row>> {
        let index = reader.inverted_index(self.fields.of(field))?;
        let mut infos = Vec::with_capacity(texts.len());
        for (at, text) in (0u32..).zip(texts) {
            let Some(info) = index.terms().get(text.as_bytes())? else { return Ok(None) };
            infos.push((at, info));
        }
        infos.sort_by_key(|(_, info)| info.doc_freq);
        let mut lists = Vec::with_capacity(infos.len());
        for (at, info) in infos {
            let list = index.read_postings_from_terminfo(&info, IndexRecordOption::WithFreqsAndPositions)?;
            lists.push((at, list));
        }
        Ok(Some(Row::new(lists)))
    }

    /// Whether a document of the segment that may be seen has it.
    pub fn has(&self, reader: &SegmentReader, matches: &Match) -> tantivy::Result<bool> {
        self.has_one(reader, matches, &mut |_| true)
    }

    /// Whether one that may be seen has it and is the one that is looked for.
    pub fn has_one(
        &self,
        reader: &SegmentReader,
        matches: &Match,
        is: &mut dyn FnMut(DocId) -> bool,
    ) -> tantivy::Result<bool> {
        let seen: Option<&Seen> = self.living.of(reader);
        let lives = |doc: DocId| seen.is_some_and(|seen| seen.has(doc));
        let mut term = |field: &Field, text: &str| -> tantivy::Result<bool> {
            let Some(mut list) = self.list(reader, *field, text)? else { return Ok(false) };
            while list.doc() != TERMINATED && !(lives(list.doc()) && is(list.doc())) {
                list.advance();
            }
            Ok(list.doc() != TERMINATED)
        };
        match matches {
            Match::Any(ways) => {
                ways.iter().try_fold(false, |found, (way, _)| Ok(found || self.has_one(reader, way, is)?))
            }
            Match::All(parts) => {
                let each = parts
                    .iter()
                    .try_fold(true, |all, part| Ok::<bool, TantivyError>(all && self.has(reader, part)?))?;
                Ok(each && self.all(reader, parts, None)?.iter().any(|(doc, _)| is(*doc)))
            }
            Match::Term(field, text) => term(field, text),
            Match::Phrase(field, texts) => match texts.as_slice() {
                [] => Ok(false),
                [one] => term(field, one),
                many => Ok(self.row(reader, *field, many)?.is_some_and(|mut row| row.any(lives, is))),
            },
        }
    }
}

fn least(mut counts: impl Iterator<Item = tantivy::Result<u64>>) -> tantivy::Result<u64> {
    counts.try_fold(u64::MAX, |least, count| count.map(|count| least.min(count)))
}

/// Documents of both lists with the weaker of both.
fn both(a: &Found, b: &Found) -> Found {
    let mut out = Vec::with_capacity(a.len().min(b.len()));
    let mut rest = b.iter().peekable();
    for (doc, mine) in a {
        while rest.next_if(|(other, _)| other < doc).is_some() {}
        if let Some((_, theirs)) = rest.next_if(|(other, _)| other == doc) {
            out.push((*doc, *mine.min(theirs)));
        }
    }
    out
}
