//! One document held in memory with its index terms: what an engine that cannot rank by our rules hands back is
//! looked at again here, with the same terms and the same matches as everywhere.

use super::model::{FacetKind, Filters, SearchDoc};
use super::plan::Match;
use super::terms::{Field, doc_terms};

/// A document and its terms.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// The document.
    pub doc: SearchDoc,
    /// Words of the title.
    pub title_len: u32,
    terms: Vec<Vec<(String, usize)>>,
}

impl Candidate {
    /// Makes the terms of a document.
    pub fn new(doc: SearchDoc) -> Self {
        let made = doc_terms(&doc);
        let mut terms = vec![Vec::new(); Field::ALL.len()];
        for (field, list) in made.fields {
            if let Some(slot) = terms.get_mut(place(field)) {
                *slot = list.into_iter().map(|term| (term.text, term.position)).collect::<Vec<_>>();
                slot.sort_unstable();
            }
        }
        Self { doc, title_len: made.title_len.max(1), terms }
    }

    /// The best quality with which the document has it; none when it has not.
    pub fn quality(&self, matches: &Match) -> Option<f32> {
        self.best(matches, 1.0)
    }

    fn best(&self, matches: &Match, scale: f32) -> Option<f32> {
        match matches {
            Match::Term(field, text) => self.positions(*field, text).next().map(|_| scale),
            Match::Phrase(field, texts) => self.has_row(*field, texts).then_some(scale),
            Match::Any(ways) => {
                ways.iter().filter_map(|(way, quality)| self.best(way, scale * quality)).reduce(f32::max)
            }
            Match::All(parts) => {
                let mut worst: Option<f32> = None;
                for part in parts {
                    let quality = self.best(part, 1.0)?;
                    worst = Some(worst.map_or(quality, |worst| worst.min(quality)));
                }
                worst.map(|worst| worst * scale)
            }
        }
    }

    fn positions<'a>(&'a self, field: Field, text: &'a str) -> impl Iterator<Item = usize> + 'a {
        let list = self.terms.get(place(field)).map_or(&[][..], Vec::as_slice);
        let from = list.partition_point(|(known, _)| known.as_str() < text);
        list.iter().skip(from).take_while(move |(known, _)| known == text).map(|(_, position)| *position)
    }

    fn has_row(&self, field: Field, texts: &[String]) -> bool {
        let Some((first, rest)) = texts.split_first() else { return false };
        self.positions(field, first).any(|start| {
            rest.iter()
                .zip(start + 1..)
                .all(|(text, expected)| self.positions(field, text).any(|position| position == expected))
        })
    }

    /// Codes of a facet.
    pub fn codes(&self, facet: FacetKind) -> Vec<&str> {
        let mut codes: Vec<&str> =
            self.doc.codes(facet).into_iter().filter(|code| !code.is_empty()).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }

    /// Which facets refuse the document, as bits; none when another condition does.
    pub fn refusals(&self, filters: &Filters) -> Option<u8> {
        let doc = &self.doc;
        let inside = !filters.is_contradictory()
            && filters.price.holds(doc.price_minor)
            && filters.moq.holds(doc.moq)
            && filters.lead_days.holds(doc.lead_days)
            && filters.vendor.is_none_or(|vendor| vendor == doc.vendor_id)
            && !filters.except.contains(&doc.id);
        inside.then(|| {
            FacetKind::ALL.iter().enumerate().fold(0, |bits, (at, facet)| {
                let chosen = filters.chosen(*facet);
                let refused = !chosen.is_empty()
                    && !self.codes(*facet).iter().any(|code| chosen.iter().any(|one| one == code));
                bits | (u8::from(refused) << at)
            })
        })
    }
}

fn place(field: Field) -> usize {
    Field::ALL.iter().position(|known| *known == field).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::ways::literal;

    fn of(title: &str) -> Candidate {
        Candidate::new(SearchDoc { title_ko: title.to_owned(), ..SearchDoc::default() })
    }

    #[test]
    fn rows_are_neighbours_and_numbers_strict() {
        let elbow = of("용접식 백엘보 D15");
        assert!(elbow.quality(&literal("엘보")).is_some_and(|q| q > 0.9));
        assert!(elbow.quality(&literal("백엘보")).is_some_and(|q| q > 0.96));
        assert_eq!(elbow.quality(&literal("식엘보")), None);
        assert_eq!(elbow.quality(&Match::Term(Field::Spec, "dn:150".into())), None);
        assert_eq!(elbow.quality(&Match::Term(Field::Spec, "dn:15".into())), Some(1.0));
        let both = Match::All(vec![literal("용접식"), literal("엘보")]);
        assert!(elbow.quality(&both).is_some());
        assert_eq!(of("백엘보").quality(&both), None);
    }
}
