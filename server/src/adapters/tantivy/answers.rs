//! Answers given before, while neither index nor synonyms changed and no listing's time ended: further looks at one
//! question cost nothing.
//! Bounded in bytes; the answer that was not asked for the longest goes first.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use market::search::{SearchPage, vocabulary::Vocabulary};

/// All kept answers together, in bytes.
const ROOM: usize = 8 << 20;

/// A state of the index between two endings of listings.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// State of the index.
    pub state: u64,
    /// The last ending.
    pub from: i64,
    /// The next one.
    pub until: i64,
}

#[derive(Debug)]
struct Kept {
    page: SearchPage,
    bytes: usize,
    used: u64,
}

#[derive(Debug, Default)]
struct Table {
    /// What the answers belong to.
    span: Span,
    /// Synonyms that they were made with.
    synonyms: Arc<Vocabulary>,
    answers: HashMap<String, Kept>,
    by_use: BTreeMap<u64, String>,
    bytes: usize,
    clock: u64,
}

/// Answers by question.
#[derive(Debug)]
pub struct Answers {
    table: Mutex<Table>,
    room: usize,
}

impl Default for Answers {
    fn default() -> Self {
        Self { table: Mutex::default(), room: ROOM }
    }
}

impl Table {
    fn holds(&self, synonyms: &Arc<Vocabulary>) -> bool {
        Arc::ptr_eq(&self.synonyms, synonyms) || self.synonyms == *synonyms
    }
}

impl Answers {
    /// The answer to a question in this state of index and synonyms, at this moment.
    pub fn find(
        &self,
        (state, at): (u64, i64),
        synonyms: &Arc<Vocabulary>,
        question: &str,
    ) -> Option<SearchPage> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let table = &mut *table;
        let span = table.span;
        if span.state != state || !(span.from..span.until).contains(&at) || !table.holds(synonyms) {
            return None;
        }
        let kept = table.answers.get_mut(question)?;
        table.clock += 1;
        if let Some(name) = table.by_use.remove(&kept.used) {
            table.by_use.insert(table.clock, name);
        }
        kept.used = table.clock;
        Some(kept.page.clone())
    }

    /// Keeps an answer that was made in this span with these synonyms. Others empty the table; an answer of an older
    /// span, by a search that began before, is not taken in.
    pub fn keep(&self, span: Span, synonyms: &Arc<Vocabulary>, question: String, page: &SearchPage) {
        let bytes = size(page) + 2 * question.len() + 128;
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        if (span.state, span.from) < (table.span.state, table.span.from) || bytes > self.room / 8 {
            return;
        }
        if table.span != span || !table.holds(synonyms) {
            *table = Table { span, synonyms: synonyms.clone(), clock: table.clock, ..Table::default() };
        }
        if table.answers.contains_key(&question) {
            return;
        }
        table.clock += 1;
        let used = table.clock;
        table.bytes += bytes;
        table.by_use.insert(used, question.clone());
        table.answers.insert(question, Kept { page: page.clone(), bytes, used });
        while table.bytes > self.room {
            let Some((_, oldest)) = table.by_use.pop_first() else { break };
            let gone = table.answers.remove(&oldest).map_or(0, |kept| kept.bytes);
            table.bytes -= gone;
        }
    }
}

/// About what a page takes in memory.
fn size(page: &SearchPage) -> usize {
    let hits: usize =
        page.hits.iter().map(|h| 96 + h.why.len() + h.explain.as_ref().map_or(0, String::len)).sum();
    let facets: usize = page.facets.iter().flat_map(|f| &f.values).map(|(code, _)| 48 + code.len()).sum();
    let readings = page.interpretation.readings.len() * 160;
    hits + facets + readings + 512
}

#[cfg(test)]
mod tests {
    use market::search::Total;

    use super::*;

    fn page(count: u32) -> SearchPage {
        SearchPage { total: Total::of(count), ..SearchPage::default() }
    }

    fn span(state: u64) -> Span {
        Span { state, from: 0, until: 10 }
    }

    #[test]
    fn answers_end_with_the_next_listing() {
        let (answers, plain) = (Answers::default(), Arc::default());
        answers.keep(Span { state: 1, from: 10, until: 20 }, &plain, "a".into(), &page(1));
        for (at, known) in [(9, false), (10, true), (19, true), (20, false)] {
            assert_eq!(answers.find((1, at), &plain, "a").is_some(), known, "at {at}");
        }
        answers.keep(Span { state: 1, from: 20, until: 30 }, &plain, "b".into(), &page(2));
        // a search that began before the ending ends after it
        answers.keep(Span { state: 1, from: 10, until: 20 }, &plain, "a".into(), &page(1));
        assert!(answers.find((1, 15), &plain, "a").is_none() && answers.find((1, 20), &plain, "b").is_some());
    }

    #[test]
    fn answers_hold_for_one_state_only() {
        let answers = Answers::default();
        let plain = Arc::new(Vocabulary::default());
        let taught = Arc::new(Vocabulary::parse("가락, 반지", ""));
        answers.keep(span(1), &plain, "a".into(), &page(1));
        assert_eq!(answers.find((1, 5), &Arc::default(), "a"), Some(page(1)));
        assert_eq!((answers.find((2, 5), &plain, "a"), answers.find((1, 5), &taught, "a")), (None, None));
        answers.keep(span(1), &taught, "b".into(), &page(2));
        assert_eq!(answers.find((1, 5), &plain, "a"), None);
        answers.keep(span(2), &taught, "b".into(), &page(2));
        // a search that began before the change ends after it
        answers.keep(span(1), &taught, "c".into(), &page(3));
        assert_eq!((answers.find((1, 5), &taught, "c"), answers.find((2, 5), &taught, "c")), (None, None));
        assert_eq!(answers.find((2, 5), &taught, "b"), Some(page(2)));
    }

    #[test]
    fn the_longest_unasked_goes_first_and_bytes_are_bounded() {
        let answers = Answers { room: 8000, ..Answers::default() };
        let plain = Arc::default();
        for n in 0..8 {
            answers.keep(span(1), &plain, n.to_string(), &page(n));
            assert!(answers.find((1, 5), &plain, "0").is_some(), "asked again and again");
        }
        for n in 8..20 {
            answers.keep(span(1), &plain, n.to_string(), &page(n));
        }
        assert!(answers.find((1, 5), &plain, "2").is_none() && answers.find((1, 5), &plain, "19").is_some());
        assert!(answers.table.lock().unwrap().bytes <= 8000);
    }
}
