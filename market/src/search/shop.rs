//! A catalogue of a few listings for tests: questions are read and answered without an engine.

use super::candidate::Candidate;
use super::model::SearchDoc;
use super::plan::{Lexicon, Match, Plan};
use super::terms::Field;
use super::understand::understand;
use super::vocabulary::Vocabulary;

pub(super) struct Shop(Vec<Candidate>);

impl Shop {
    pub(super) fn of(titles: &[&str]) -> Self {
        let doc = |title: &&str| SearchDoc { title_ko: (*title).to_owned(), ..SearchDoc::default() };
        Self::with(titles.iter().map(doc).collect())
    }

    pub(super) fn with(docs: Vec<SearchDoc>) -> Self {
        Self(docs.into_iter().map(Candidate::new).collect())
    }

    pub(super) fn plan(&self, text: &str) -> Plan {
        understand(text, false, self, &[Vocabulary::shipped()])
    }

    /// Titles of what has everything that is asked and nothing that is not wanted.
    pub(super) fn full(&self, text: &str) -> Vec<&str> {
        let plan = self.plan(text);
        let full = |one: &&Candidate| {
            !plan.excluded.iter().any(|unwanted| one.quality(unwanted).is_some())
                && plan.unknown.is_empty()
                && plan.concepts.iter().all(|concept| {
                    concept
                        .alternatives
                        .iter()
                        .any(|way| one.quality(&way.matches).is_some_and(|q| q * way.quality > 0.45))
                })
        };
        self.0.iter().filter(full).map(|one| one.doc.title_ko.as_str()).collect()
    }
}

impl Lexicon for Shop {
    fn any(&self, matches: &Match) -> bool {
        self.0.iter().any(|one| one.quality(matches).is_some())
    }

    fn beginning(&self, _: Field, _: &str, _: usize) -> Vec<String> {
        Vec::new()
    }

    fn near(&self, _: Field, _: &str, _: bool, _: usize) -> Vec<String> {
        Vec::new()
    }
}
