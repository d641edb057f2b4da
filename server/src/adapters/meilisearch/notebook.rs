//! What the catalogue knows, as far as one question needs it.
//!
//! Reading a question asks the catalogue many small things. Each would be a round trip; so a question is read with what
//! is known so far, everything unknown is written down and counts as absent, all of it is asked together, and the
//! question is read again. Fallbacks come after absence, so the first reading writes nearly everything down: two or
//! three rounds are enough.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};
use market::search::plan::{Lexicon, Match};
use market::search::terms::Field;

use super::filter::{self, Condition, quoted};
use super::record::{SLIP, attribute, slips_of};

/// How long it is believed that something is there, and that something is not.
const BELIEVED: (Duration, Duration) = (Duration::from_secs(20), Duration::from_secs(1));
/// Answers kept.
const KEPT: usize = 20_000;
/// Listings whose terms are looked through for beginnings and slips.
pub const LOOKED_THROUGH: usize = 100;

/// One thing to ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Lookup {
    /// Condition in Meilisearch's words.
    pub filter: String,
    /// Attribute whose terms are wanted; none asks for the number of listings.
    pub terms: Option<String>,
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Listings that meet the condition.
    Count(u64),
    /// Terms of the first listings that meet it.
    Terms(BTreeSet<String>),
}

impl Found {
    fn is_nothing(&self) -> bool {
        match self {
            Self::Count(count) => *count == 0,
            Self::Terms(terms) => terms.is_empty(),
        }
    }
}

/// Answers that several questions share for a short while.
#[derive(Debug, Default)]
pub struct Memory(Mutex<HashMap<Lookup, (Found, Instant)>>);

impl Memory {
    /// Forgets everything: the index has changed.
    pub fn clear(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What is still believed.
    pub fn get(&self, lookup: &Lookup) -> Option<Found> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, at) = known.get(lookup)?;
        let believed = if found.is_nothing() { BELIEVED.1 } else { BELIEVED.0 };
        (at.elapsed() < believed).then(|| found.clone())
    }

    /// Keeps an answer.
    pub fn put(&self, lookup: Lookup, found: Found) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KEPT {
            known.clear();
        }
        known.insert(lookup, (found, Instant::now()));
    }
}

/// The notes of one question.
#[derive(Debug, Default)]
pub struct Notebook {
    known: RefCell<HashMap<Lookup, Found>>,
    open: RefCell<Vec<Lookup>>,
}

impl Notebook {
    /// What has to be asked before the question can be read again.
    pub fn take_open(&self) -> Vec<Lookup> {
        let mut open = self.open.take();
        let mut seen = std::collections::HashSet::new();
        open.retain(|lookup| seen.insert(lookup.clone()));
        open
    }

    /// Writes an answer down.
    pub fn note(&self, lookup: Lookup, found: Found) {
        self.known.borrow_mut().insert(lookup, found);
    }

    fn look(&self, lookup: Lookup) -> Option<Found> {
        let known = self.known.borrow().get(&lookup).cloned();
        if known.is_none() {
            self.open.borrow_mut().push(lookup);
        }
        known
    }

    fn terms(&self, filter: String, field: Field) -> BTreeSet<String> {
        match self.look(Lookup { filter, terms: Some(attribute(field)) }) {
            Some(Found::Terms(terms)) => terms,
            _ => BTreeSet::new(),
        }
    }
}

impl Lexicon for Notebook {
    fn any(&self, matches: &Match) -> bool {
        let condition = filter::of_match(matches);
        if condition.is_never() {
            return false;
        }
        matches!(self.look(Lookup { filter: condition.text(), terms: None }), Some(Found::Count(count)) if count > 0)
    }

    fn beginning(&self, field: Field, prefix: &str, limit: usize) -> Vec<String> {
        let filter = format!("{} STARTS WITH {}", attribute(field), quoted(prefix));
        let terms = self.terms(filter, field);
        terms.into_iter().filter(|term| term.starts_with(prefix)).take(limit).collect()
    }

    fn near(&self, field: Field, term: &str, wide: bool, limit: usize) -> Vec<String> {
        let mut ways: Vec<Condition> =
            slips_of(field, term).into_iter().map(|slip| Condition::is(SLIP, slip)).collect();
        let half: String = term.chars().take(term.chars().count() / 2).collect();
        if wide && field == Field::Letters {
            ways.push(Condition::Raw(format!("{} STARTS WITH {}", attribute(field), quoted(&half))));
        }
        if ways.is_empty() {
            return Vec::new();
        }
        let automaton = builder(wide).build_dfa(term);
        let mut out: Vec<(u8, String)> = self
            .terms(Condition::any(ways).text(), field)
            .into_iter()
            .filter_map(|found| match automaton.eval(&found) {
                Distance::Exact(away) => Some((away, found)),
                Distance::AtLeast(_) => None,
            })
            .collect();
        let nearest = out.iter().map(|(away, _)| *away).min().unwrap_or_default();
        out.retain(|(away, _)| *away == nearest);
        out.sort();
        out.truncate(limit);
        out.into_iter().map(|(_, text)| text).collect()
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
