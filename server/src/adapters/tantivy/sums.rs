//! First half of ranking: what each document has of the concepts that were asked, summed up.

use std::collections::{HashMap, HashSet};

use market::search::plan::{Concept, Plan, Role};
use market::search::ways::NEIGHBOUR;
use tantivy::{DocId, SegmentReader};

use super::{Snapshot, evaluate::Evaluator, rank::EVIDENCE};

/// Sums of one document while concepts are added up.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sum {
    pub(super) words: f32,
    pub(super) numbers: f32,
    pub(super) region: f32,
    pub(super) has_words: u16,
    pub(super) has_numbers: u16,
    pub(super) why: u16,
}

/// Documents of every segment with one concept's best quality and its evidence.
type Found = Vec<Vec<(DocId, f32, u16)>>;

/// What the whole question weighs.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) word_weight: f32,
    pub(super) words: u16,
    pub(super) numbers: u16,
    pub(super) any_of: bool,
    pub(super) regions: bool,
    pub(super) unknown: usize,
    pub(super) sentence: bool,
}

/// Documents that have what is not wanted.
pub(super) fn excluded(
    evaluator: &Evaluator<'_>,
    reader: &SegmentReader,
    plan: &Plan,
) -> tantivy::Result<HashSet<DocId>> {
    let mut out = HashSet::new();
    for unwanted in &plan.excluded {
        out.extend(evaluator.find(reader, unwanted)?.into_iter().map(|(doc, _)| doc));
    }
    Ok(out)
}

pub(super) type Sums = Vec<Vec<(DocId, Sum)>>;

/// Evaluates all concepts and sums them up per document. A rare word weighs more than a frequent one.
pub(super) fn add_up(
    snapshot: &Snapshot,
    plan: &Plan,
    evaluator: &Evaluator<'_>,
) -> tantivy::Result<(Sums, Asked)> {
    let readers = snapshot.searcher.segment_readers();
    let mut tables: Vec<Vec<Sum>> =
        readers.iter().map(|r| vec![Sum::default(); r.max_doc() as usize]).collect();
    let mut touched: Vec<Vec<DocId>> = vec![Vec::new(); readers.len()];
    let mut asked = Asked { any_of: plan.any_of, unknown: plan.unknown.len(), ..Asked::default() };
    asked.sentence = plan.concepts.len() + plan.unknown.len() > 6;
    #[expect(clippy::cast_precision_loss, reason = "counts of documents, only weighed")]
    let docs = (snapshot.searcher.num_docs() + 1) as f32;
    for (place, concept) in plan.concepts.iter().enumerate().take(32) {
        let found = find(evaluator, readers, concept)?;
        #[expect(clippy::cast_precision_loss, reason = "counts of documents, only weighed")]
        let frequency = found.iter().map(Vec::len).sum::<usize>() as f32;
        let rarity = 0.5 + (docs / (frequency + 1.0)).max(1.0).ln() / docs.ln().max(1.0);
        let weight = concept.weight * rarity;
        let bit = 1u16 << (place % 16);
        match concept.role {
            Role::Word => {
                asked.word_weight += weight;
                asked.words |= bit;
            }
            Role::Measure => asked.numbers |= bit,
            Role::Region => asked.regions = true,
        }
        for ((table, touched), docs) in tables.iter_mut().zip(&mut touched).zip(found) {
            for (doc, quality, why) in docs {
                let Some(sum) = table.get_mut(doc as usize) else { continue };
                if sum.why == 0 {
                    touched.push(doc);
                }
                sum.why |= why;
                match concept.role {
                    Role::Word => {
                        sum.words += weight * quality;
                        if quality > NEIGHBOUR {
                            sum.has_words |= bit;
                        }
                    }
                    Role::Measure => {
                        sum.numbers += quality;
                        sum.has_numbers |= bit;
                    }
                    Role::Region => sum.region = 1.0,
                }
            }
        }
    }
    let sums = tables.iter().zip(touched).map(|(table, touched)| {
        touched.into_iter().filter_map(|doc| table.get(doc as usize).map(|sum| (doc, *sum))).collect()
    });
    Ok((sums.collect(), asked))
}

fn find(evaluator: &Evaluator<'_>, readers: &[SegmentReader], concept: &Concept) -> tantivy::Result<Found> {
    let mut out = Vec::with_capacity(readers.len());
    for reader in readers {
        let mut best: HashMap<DocId, (f32, u16)> = HashMap::new();
        let many = concept.alternatives.len() > 1;
        let mut single = Vec::new();
        for way in &concept.alternatives {
            let bit = EVIDENCE.iter().position(|e| *e == way.evidence).map_or(0, |i| 1u16 << i);
            for (doc, quality) in evaluator.find(reader, &way.matches)? {
                let quality = quality * way.quality;
                if !many {
                    single.push((doc, quality, bit));
                    continue;
                }
                let known = best.entry(doc).or_insert((0.0, bit));
                if quality > known.0 {
                    *known = (quality, bit);
                }
            }
        }
        single.extend(best.into_iter().map(|(doc, (quality, bit))| (doc, quality, bit)));
        out.push(single);
    }
    Ok(out)
}
