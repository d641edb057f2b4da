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
/// How long it is believed which ending is the next: another process may write a listing that ends earlier, and says
/// nothing about it.
pub const NEXT_BELIEVED: Duration = Duration::from_millis(300);
/// Answers kept.
const KEPT: usize = 20_000;
/// Listings whose terms are looked through for beginnings and slips.
pub const LOOKED_THROUGH: usize = 100;

/// One thing to ask.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Lookup {
    /// Condition in Meilisearch's words.
    pub filter: String,
    /// What is wanted of the listings that meet it.
    pub wanted: Wanted,
}

/// What is asked of listings.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// How many they are.
    Count,
    /// Of how many vendors they are.
    Vendors,
    /// The terms of this attribute.
    Terms(String),
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Listings that meet the condition, or vendors.
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

/// Answers that several questions share for a short while, at most until the next listing ends.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Remembered>);

#[derive(Debug, Default)]
struct Remembered {
    known: HashMap<Lookup, (Found, Instant)>,
    span: Option<Span>,
}

/// From when to when what is known holds.
#[derive(Debug, Clone, Copy)]
struct Span {
    /// It was asked from this moment on.
    from: i64,
    /// At this one the next listing ends.
    until: i64,
    /// When that was asked.
    asked: Instant,
}

impl Remembered {
    fn holds(&self, at: i64) -> bool {
        self.span.is_some_and(|span| (span.from..span.until).contains(&at))
    }
}

impl Memory {
    /// Forgets everything: the index has changed.
    pub fn clear(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Remembered::default();
    }

    /// Whether it is known when the next listing ends. Without that, what is still believed only holds when the next
    /// ending proves to be the same ([`Self::ends`]).
    pub fn knows_next_ending(&self, at: i64) -> bool {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        remembered.holds(at) && remembered.span.is_some_and(|span| span.asked.elapsed() < NEXT_BELIEVED)
    }

    /// From this moment on, the next listing ends at that one: what was known before the last ending, or while another
    /// one was the next, is forgotten. Says whether what was known holds.
    pub fn ends(&self, at: i64, until: i64) -> bool {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let from = remembered.span.filter(|span| span.until == until).map(|span| span.from);
        let kept = from.is_some();
        if !kept {
            remembered.known.clear();
        }
        let from = from.map_or(at, |from| from.min(at));
        remembered.span = Some(Span { from, until, asked: Instant::now() });
        kept
    }

    /// What is still believed at a moment.
    pub fn get(&self, lookup: &Lookup, moment: i64) -> Option<Found> {
        let remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (found, at) = remembered.known.get(lookup).filter(|_| remembered.holds(moment))?;
        let believed = if found.is_nothing() { BELIEVED.1 } else { BELIEVED.0 };
        (at.elapsed() < believed).then(|| found.clone())
    }

    /// Keeps an answer that was asked for at a moment; one from before the last ending is not taken in.
    pub fn put(&self, lookup: Lookup, found: Found, moment: i64) {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if !remembered.holds(moment) {
            return;
        }
        if remembered.known.len() >= KEPT {
            remembered.known.clear();
        }
        remembered.known.insert(lookup, (found, Instant::now()));
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
        match self.look(Lookup { filter, wanted: Wanted::Terms(attribute(field)) }) {
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
        matches!(self.look(Lookup { filter: condition.text(), wanted: Wanted::Count }), Some(Found::Count(count)) if count > 0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_ends_with_the_next_listing() {
        let (memory, found) = (Memory::default(), Found::Count(3));
        let lookup = Lookup { filter: "t_title = '엘보'".into(), wanted: Wanted::Count };
        memory.put(lookup.clone(), found.clone(), 10);
        assert_eq!(memory.get(&lookup, 10), None, "nobody knows until when it holds");
        memory.ends(10, 20);
        memory.put(lookup.clone(), found.clone(), 10);
        assert_eq!(memory.get(&lookup, 19), Some(found.clone()));
        assert!(memory.get(&lookup, 20).is_none() && !memory.knows_next_ending(20));
        // somebody who began a little earlier takes nothing away
        memory.ends(8, 20);
        assert_eq!(memory.get(&lookup, 12), Some(found.clone()));
        memory.ends(20, 30);
        memory.put(lookup.clone(), found, 19);
        assert_eq!(memory.get(&lookup, 20), None, "asked before the ending, answered after it");
    }

    #[tokio::test]
    async fn the_next_ending_is_asked_again_before_long() {
        let (memory, found) = (Memory::default(), Found::Count(3));
        let lookup = Lookup { filter: "t_title = '엘보'".into(), wanted: Wanted::Count };
        memory.ends(10, 20);
        memory.put(lookup.clone(), found.clone(), 10);
        assert!(memory.knows_next_ending(11));
        tokio::time::sleep(NEXT_BELIEVED).await;
        assert!(!memory.knows_next_ending(11), "another process may have written one that ends earlier");
        assert!(memory.ends(11, 20) && memory.knows_next_ending(12));
        assert_eq!(memory.get(&lookup, 12), Some(found), "it is the same, so what is known holds");
        assert!(!memory.ends(12, 15) && memory.get(&lookup, 12).is_none(), "another one: nothing is known");
    }
}
