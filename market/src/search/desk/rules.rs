//! Rules and what they do to a question. Pure.

use std::collections::HashMap;
use std::sync::Arc;

use uuid::Uuid;

use super::key;
use crate::search::answer::Reading;
use crate::search::clean::clean;
use crate::search::model::{SearchQuery, Sort};
use crate::search::vocabulary::Vocabulary;
use crate::time::Timestamp;
use crate::words::stored_words;

/// Recommended listings shown above one question.
pub const PINS_MAX: usize = 3;

stored_words! {
    /// What a rule does.
    RuleKind {
        /// Words that mean the same.
        Synonym => "synonym",
        /// Who asks for the question's words is also served with the others, not the other way round.
        Narrower => "narrower",
        /// The question leads to a page of the site.
        Redirect => "redirect",
        /// A word that is left out.
        StopWord => "stop_word",
        /// A listing that the federation recommends above the results of one question.
        Pin => "pin",
    }
}

/// A rule in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Identity over all versions.
    pub id: Uuid,
    /// What it does.
    pub kind: RuleKind,
    /// The question, word or phrase it is about.
    pub query: String,
    /// Other words (separated by commas), or the path of a page.
    pub target: String,
    /// The recommended listing.
    pub listing: Option<Uuid>,
    /// Until when.
    pub expires_at: Option<Timestamp>,
}

impl Rule {
    /// Whether it still holds.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.expires_at.is_none_or(|end| end > now)
    }
}

/// All rules in force, prepared for asking.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    version: i64,
    rules: Vec<Rule>,
    synonyms: Arc<Vocabulary>,
    by_question: HashMap<String, Vec<usize>>,
    stop_words: Vec<String>,
    next_end: Option<Timestamp>,
}

/// What the rules made of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Guidance {
    /// Path of the page that answers better than results do.
    pub redirect: Option<String>,
    /// Recommended listings, the newest rule first.
    pub pins: Vec<Uuid>,
    /// Words left out, as steps of the reading.
    pub dropped: Vec<Reading>,
}

impl RuleSet {
    /// Prepares the rules that hold at `now`. `version` is the number of the last change, the rules come newest first.
    pub fn new(version: i64, rules: Vec<Rule>, now: Timestamp) -> Self {
        let rules: Vec<Rule> = rules.into_iter().filter(|rule| rule.holds(now)).collect();
        let mut out = Self { version, ..Self::default() };
        let mut synonyms = Vocabulary::default();
        for (at, rule) in rules.iter().enumerate() {
            let others = || rule.target.split(',').map(str::trim);
            match rule.kind {
                RuleKind::Synonym => synonyms.add(std::iter::once(rule.query.as_str()).chain(others())),
                RuleKind::Narrower => synonyms.add_narrower(&rule.query, others()),
                RuleKind::StopWord => out.stop_words.push(clean(&rule.query)),
                RuleKind::Redirect | RuleKind::Pin => {
                    out.by_question.entry(key::matched(&rule.query)).or_default().push(at);
                }
            }
        }
        out.synonyms = Arc::new(synonyms);
        out.next_end = rules.iter().filter_map(|rule| rule.expires_at).min();
        out.rules = rules;
        out
    }

    /// Number of the last change.
    pub const fn version(&self) -> i64 {
        self.version
    }

    /// Whether this is still what the database says: no later change, no rule whose time is over.
    pub fn is_current(&self, version: i64, now: Timestamp) -> bool {
        self.version == version && self.next_end.is_none_or(|end| end > now)
    }

    /// The rules, newest first.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// These rules with one more, or with another form of it: for looking at its effect.
    #[must_use]
    pub fn with(&self, rule: Rule, now: Timestamp) -> Self {
        let others = self.rules.iter().filter(|known| known.id != rule.id).cloned();
        let rules = std::iter::once(rule.clone()).chain(others).collect();
        Self::new(self.version, rules, now)
    }

    /// These rules without one.
    #[must_use]
    pub fn without(&self, id: Uuid, now: Timestamp) -> Self {
        Self::new(self.version, self.rules.iter().filter(|known| known.id != id).cloned().collect(), now)
    }

    /// Curators' synonyms.
    pub fn synonyms(&self) -> &Arc<Vocabulary> {
        &self.synonyms
    }

    /// The question as the engine gets it, and what stands around its answer. Whoever wants their exact words gets them:
    /// no rule touches a literal question.
    pub fn apply(&self, query: &SearchQuery, now: Timestamp) -> (SearchQuery, Guidance) {
        let mut asked = query.clone();
        let mut guidance = Guidance::default();
        if query.literal || query.text.is_empty() {
            return (asked, guidance);
        }
        asked.synonyms = self.synonyms.clone();
        self.leave_out(&mut asked, &mut guidance);
        // further pages, other orders and conditions are somebody's own way of looking
        let plain = query.page <= 1
            && query.cursor.is_none()
            && query.sort == Sort::Relevance
            && query.filters == crate::search::Filters::default();
        if plain {
            let found = self.by_question.get(&key::matched(&query.text)).into_iter().flatten();
            for rule in found.filter_map(|at| self.rules.get(*at)).filter(|rule| rule.holds(now)) {
                match rule.kind {
                    RuleKind::Redirect if guidance.redirect.is_none() => {
                        guidance.redirect = Some(rule.target.clone());
                    }
                    RuleKind::Pin => guidance.pins.extend(rule.listing),
                    _ => {}
                }
            }
            guidance.pins.truncate(PINS_MAX);
        }
        (asked, guidance)
    }

    /// Takes stop words out, unless nothing would be left.
    fn leave_out(&self, asked: &mut SearchQuery, guidance: &mut Guidance) {
        if self.stop_words.is_empty() {
            return;
        }
        let (dropped, kept): (Vec<&str>, Vec<&str>) =
            asked.text.split_whitespace().partition(|word| self.stop_words.contains(&clean(word)));
        if dropped.is_empty() || kept.is_empty() {
            return;
        }
        guidance.dropped = dropped.iter().map(|word| Reading::Dropped { word: (*word).to_owned() }).collect();
        asked.text = kept.join(" ");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::time::DAY;

    const NOW: Timestamp = Timestamp(1_000 * DAY);

    fn rule(id: u128, kind: RuleKind, query: &str, target: &str) -> Rule {
        let listing = (kind == RuleKind::Pin).then(|| Uuid::from_u128(id + 100));
        let expires_at = (kind == RuleKind::Pin).then(|| NOW.plus(DAY));
        Rule {
            id: Uuid::from_u128(id),
            kind,
            query: query.into(),
            target: target.into(),
            listing,
            expires_at,
        }
    }

    fn asked(text: &str) -> SearchQuery {
        SearchQuery { text: text.into(), ..SearchQuery::default() }
    }

    #[test]
    fn each_kind_does_what_it_says() {
        let set = RuleSet::new(
            3,
            vec![
                rule(1, RuleKind::Synonym, "복스", "소켓 렌치, socket wrench"),
                rule(2, RuleKind::Narrower, "공구", "드라이버"),
                rule(3, RuleKind::StopWord, "급구", ""),
                rule(4, RuleKind::Redirect, "육각 볼트", "/categories/hex-bolts"),
                rule(5, RuleKind::Pin, "육각볼트", ""),
            ],
            NOW,
        );
        let words = |word: &str| set.synonyms().alternatives(std::iter::once(word)).join("|");
        assert_eq!((words("복스").as_str(), words("공구").as_str()), ("소켓 렌치|socket wrench", "드라이버"));
        assert_eq!(words("드라이버"), "");
        let (query, guidance) = set.apply(&asked("볼트 급구"), NOW);
        assert_eq!((query.text.as_str(), guidance.dropped.len()), ("볼트", 1));
        assert_eq!(set.apply(&asked("급구"), NOW).0.text, "급구");
        let (_, guidance) = set.apply(&asked("육각볼트"), NOW);
        assert_eq!(guidance.redirect.as_deref(), Some("/categories/hex-bolts"));
        assert_eq!(guidance.pins, [Uuid::from_u128(105)]);
        let later = set.apply(&asked("육각볼트"), NOW.plus(DAY)).1;
        assert!(later.pins.is_empty(), "a recommendation ends by itself");
        let literal = SearchQuery { literal: true, ..asked("육각볼트 급구") };
        assert_eq!(set.apply(&literal, NOW), (literal.clone(), Guidance::default()));
        let second = SearchQuery { page: 2, ..asked("육각볼트") };
        assert_eq!(set.apply(&second, NOW).1, Guidance::default());
    }

    #[test]
    fn a_set_knows_when_it_is_out_of_date() {
        let set = RuleSet::new(3, vec![rule(5, RuleKind::Pin, "볼트", "")], NOW);
        assert!(set.is_current(3, NOW) && !set.is_current(4, NOW) && !set.is_current(3, NOW.plus(DAY)));
        assert!(RuleSet::new(3, set.rules().to_vec(), NOW.plus(DAY)).rules().is_empty());
        assert!(set.without(Uuid::from_u128(5), NOW).rules().is_empty());
        assert_eq!(set.with(rule(5, RuleKind::StopWord, "볼트", ""), NOW).rules().len(), 1);
    }

    proptest! {
        #[test]
        fn no_question_is_emptied(text in "\\PC{0,40}", stop in "\\PC{0,10}") {
            let set = RuleSet::new(1, vec![rule(1, RuleKind::StopWord, &stop, "")], NOW);
            let (query, _) = set.apply(&asked(&text), NOW);
            prop_assert_eq!(query.text.trim().is_empty(), text.trim().is_empty());
        }
    }
}
