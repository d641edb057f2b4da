//! Answers given before, while neither index nor synonyms changed: further looks at one question cost nothing.
//! Bounded in bytes; the answer that was not asked for the longest goes first.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use market::search::{SearchPage, vocabulary::Vocabulary};

/// All kept answers together, in bytes.
const ROOM: usize = 16 << 20;

#[derive(Debug)]
struct Kept {
    page: SearchPage,
    bytes: usize,
    used: u64,
}

#[derive(Debug, Default)]
struct Table {
    /// State of the index that the answers belong to.
    state: u64,
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
    fn holds(&self, state: u64, synonyms: &Arc<Vocabulary>) -> bool {
        self.state == state && (Arc::ptr_eq(&self.synonyms, synonyms) || self.synonyms == *synonyms)
    }
}

impl Answers {
    /// The answer to a question in this state of index and synonyms.
    pub fn find(&self, state: u64, synonyms: &Arc<Vocabulary>, question: &str) -> Option<SearchPage> {
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        let table = &mut *table;
        if !table.holds(state, synonyms) {
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

    /// Keeps an answer that was made in this state with these synonyms. Others empty the table; an answer of an older
    /// state, by a search that began before, is not taken in.
    pub fn keep(&self, state: u64, synonyms: &Arc<Vocabulary>, question: String, page: &SearchPage) {
        let bytes = size(page) + 2 * question.len() + 128;
        let mut table = self.table.lock().unwrap_or_else(PoisonError::into_inner);
        if state < table.state || bytes > self.room / 8 {
            return;
        }
        if !table.holds(state, synonyms) {
            *table = Table { state, synonyms: synonyms.clone(), clock: table.clock, ..Table::default() };
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

    #[test]
    fn answers_hold_for_one_state_only() {
        let answers = Answers::default();
        let plain = Arc::new(Vocabulary::default());
        let taught = Arc::new(Vocabulary::parse("가락, 반지", ""));
        answers.keep(1, &plain, "a".into(), &page(1));
        assert_eq!(answers.find(1, &Arc::default(), "a"), Some(page(1)));
        assert_eq!((answers.find(2, &plain, "a"), answers.find(1, &taught, "a")), (None, None));
        answers.keep(1, &taught, "b".into(), &page(2));
        assert_eq!(answers.find(1, &plain, "a"), None);
        answers.keep(2, &taught, "b".into(), &page(2));
        // a search that began before the change ends after it
        answers.keep(1, &taught, "c".into(), &page(3));
        assert_eq!((answers.find(1, &taught, "c"), answers.find(2, &taught, "c")), (None, None));
        assert_eq!(answers.find(2, &taught, "b"), Some(page(2)));
    }

    #[test]
    fn the_longest_unasked_goes_first_and_bytes_are_bounded() {
        let answers = Answers { room: 8000, ..Answers::default() };
        let plain = Arc::default();
        for n in 0..8 {
            answers.keep(1, &plain, n.to_string(), &page(n));
            assert!(answers.find(1, &plain, "0").is_some(), "asked again and again");
        }
        for n in 8..20 {
            answers.keep(1, &plain, n.to_string(), &page(n));
        }
        assert!(answers.find(1, &plain, "2").is_none() && answers.find(1, &plain, "19").is_some());
        assert!(answers.table.lock().unwrap().bytes <= 8000);
    }
}
