//! What a question does not want. Korean says so behind a noun (황동 말고, 서울은 빼고, 플랜지 없는, 부산 외), English before it
//! (without flange, except brass, not M8). The nearest word, size, region or certificate is bound; more of them where the
//! vocabulary has them as one expression, or where the last one is asked for as well (스텐 볼밸브 말고 황동 볼밸브).

use super::{
    answer::Evidence,
    clean::squash,
    condition_words as conditions, grams, particles,
    parts::Unit,
    plan::Match,
    resolve::Resolver,
    terms::{self, Field},
    ways::{self, alternative},
};
use crate::regions;

/// Forms of a size that are the size itself, and ways to write a word that mean the thing itself.
const SAME: f32 = 0.95;
const MEANT: f32 = 0.6;
/// Most words that are bound together.
const BOUND: usize = 3;
/// Longest first where one ends another.
const BEHIND: [&str; 14] = [
    "제외하고는",
    "제외하고",
    "제외하면",
    "제외한",
    "제외",
    "말고는",
    "말고",
    "빼고는",
    "빼고",
    "아니라",
    "아니고",
    "아닌",
    "없는",
    "없고",
];
/// These speak of what a thing has: what is only told about it in running text is no reason to leave it out.
const HAVING: [&str; 4] = ["없는", "없고", "without", "no"];
const BEFORE: [&str; 5] = ["without", "except", "excluding", "not", "no"];
/// Behind a place alone: elsewhere this means "and others" (볼밸브 외 3종).
const BESIDES: [&str; 6] = ["외", "외의", "외에", "이외", "이외의", "이외에"];
/// What may stand between an English negation and what it binds.
const BETWEEN: [&str; 5] = ["a", "an", "the", "any", "for"];
/// Before a number that names something (part no LM324).
const LABELS: [&str; 8] = ["part", "model", "serial", "item", "order", "art", "cat", "type"];
/// Sums that come on top of a price: leaving them out speaks of the price.
const SUMS: [&str; 5] = ["비", "세", "료", "운임", "vat"];

/// What a negation binds.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unwanted {
    /// The words and measures.
    pub(super) what: Vec<Unit>,
    /// As typed, without particles.
    pub(super) text: String,
    /// Only names of things count, not running text.
    having: bool,
}

/// Whether a condition between these words is one that is not wanted.
pub(super) fn negates(before: &[&str], behind: &[&str], place: bool) -> bool {
    let plain = |word: &&&str| word.trim_matches([',', '.', '(', ')', '!', '?']).to_lowercase();
    let next = behind.first().as_ref().map(plain).unwrap_or_default();
    let last = before.iter().rev().find(|word| !BETWEEN.contains(&plain(word).as_str()));
    BEHIND.contains(&next.as_str())
        || place && BESIDES.contains(&next.as_str())
        || last.as_ref().map(plain).is_some_and(|word| BEFORE.contains(&word.as_str()))
}

/// A cleaned text with its Korean negations apart from what they are glued to: sus304말고, 플랜지없는.
pub(super) fn apart(text: &str) -> String {
    let split = |chunk: &str| {
        let found = BEHIND.iter().find_map(|negation| {
            let core = chunk.strip_suffix(negation)?;
            let room = if HAVING.contains(negation) { 2 } else { 1 };
            (core.chars().count() >= room).then_some((core, *negation))
        });
        let besides = || {
            let mut both = BESIDES.iter().filter_map(|word| Some((chunk.strip_suffix(word)?, *word)));
            both.find(|(core, _)| conditions::regions(core).is_some())
        };
        found.or_else(besides).map_or_else(|| chunk.to_owned(), |(core, word)| format!("{core} {word}"))
    };
    text.split(' ').map(split).collect::<Vec<_>>().join(" ")
}

/// The units with what is not wanted bound together. Bounds of a number (10mm 이상) are left out: they name nothing.
pub(super) fn bind(units: &[Unit], resolver: &Resolver<'_>) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    let mut at = 0;
    while let Some(unit) = units.get(at) {
        let word = unit.word().unwrap_or_default();
        let rest = units.get(at + 1..).unwrap_or_default();
        at += 1;
        if conditions::is_bound(word) && out.last().is_some_and(is_number) {
            continue;
        }
        let besides = BESIDES.contains(&word);
        if BEHIND.contains(&word) || besides {
            let count = before(&out, word, rest, resolver).filter(|_| !besides || ends_with_place(&out));
            if let Some(count) = count {
                let what = out.split_off(out.len() - count);
                out.push(unwanted(what, word));
                at += usize::from(rest.first().and_then(Unit::word).is_some_and(is_place_noun));
                continue;
            }
        }
        if BEFORE.contains(&word)
            && let Some((skipped, count)) = after(word, out.last(), rest, resolver)
        {
            out.push(unwanted(rest.get(skipped..skipped + count).unwrap_or_default().to_vec(), word));
            at += skipped + count;
            continue;
        }
        out.push(unit.clone());
    }
    let english = |unit: &Unit| unit.word().is_some_and(|word| BEFORE.contains(&word));
    if units.first().is_some_and(english) && out.iter().all(|unit| matches!(unit, Unit::Not(_))) {
        // who writes nothing but NOT 볼트 speaks to a query language
        return units.iter().filter(|unit| !english(unit)).cloned().collect();
    }
    out
}

fn unwanted(what: Vec<Unit>, word: &str) -> Unit {
    let text = what.iter().map(Unit::text).collect::<Vec<_>>().join(" ");
    Unit::Not(Unwanted { what, text, having: HAVING.contains(&word) })
}

fn is_number(unit: &Unit) -> bool {
    unit.text().starts_with(|c: char| c.is_ascii_digit()) || matches!(unit, Unit::Measure(..))
}

fn is_place_noun(word: &str) -> bool {
    ["지역", "업체", "공급사", "제조사", "회사"].iter().any(|noun| {
        word.strip_prefix(noun).is_some_and(|rest| rest.is_empty() || particles::is_particle(rest))
    })
}

/// How many of the last units a Korean negation binds.
fn before(units: &[Unit], word: &str, rest: &[Unit], resolver: &Resolver<'_>) -> Option<usize> {
    let free = units.iter().rev().take_while(|unit| !matches!(unit, Unit::Not(_))).count();
    let run = |count: usize| units.get(units.len() - count..).unwrap_or_default();
    if let Some(count) = (1..=free.min(BOUND)).rev().find(|count| special(run(*count)).is_some()) {
        return Some(count);
    }
    let last = units.last().filter(|_| free > 0)?;
    let Some(noun) = last.word() else { return Some(1) };
    if HAVING.contains(&word) && is_name(noun, word, resolver) {
        return None;
    }
    let asked = |other: &Unit| other.word() == Some(noun);
    let twice = rest.iter().any(asked) || run(free).iter().rev().skip(1).any(asked);
    let known = |count: &usize| *count <= free && is_expression(run(*count), resolver);
    let several = if twice && free > 1 { Some(2) } else { None };
    several.or_else(|| (2..=BOUND).rev().find(known)).or(Some(1))
}

/// Whether the catalogue or the vocabulary calls something so (이음매 없는), or says in another word that it lacks this (파우더프리,
/// powder-free): such goods carry the word in their names.
fn is_name(noun: &str, word: &str, resolver: &Resolver<'_>) -> bool {
    let joined = format!("{noun}{word}");
    let named = !resolver.synonyms([noun, word].into_iter()).is_empty()
        || !resolver.synonyms(std::iter::once(joined.as_str())).is_empty();
    named || spelled(noun).any(|stem| is_lacked(&stem, resolver))
}

fn is_lacked(noun: &str, resolver: &Resolver<'_>) -> bool {
    let others = resolver.vocabularies.iter().flat_map(|known| known.alternatives(std::iter::once(noun)));
    std::iter::once(noun).chain(others).any(|noun| {
        let (behind, before): (&[&str], &[&str]) = if noun.is_ascii() {
            (&["free", "less"], &["non"])
        } else {
            (&["없는", "없음", "프리"], &["무", "비", "논"])
        };
        let forms = behind.iter().map(|end| format!("{noun}{end}"));
        forms.chain(before.iter().map(|begin| format!("{begin}{noun}"))).any(|form| {
            let [inside, ..] = grams::run_phrases(&form);
            let term = |text: String| (Match::Term(Field::Title, text), 1.0);
            // words with hyphens are indexed without them and as they stand
            let latin = || Match::Any(vec![term(terms::stem(&form)), term(form.clone())]);
            resolver.lexicon.any(&if noun.is_ascii() {
                latin()
            } else {
                Match::Phrase(Field::TitleGram, inside)
            })
        })
    })
}

/// Whether the vocabulary or a category has the words as one expression.
fn is_expression(run: &[Unit], resolver: &Resolver<'_>) -> bool {
    let words: Option<Vec<&str>> = run.iter().map(Unit::word).collect();
    words.is_some_and(|words| {
        !resolver.synonyms(words.iter().copied()).is_empty()
            || resolver.lexicon.any(&Match::Term(Field::Category, format!("={}", words.concat())))
    })
}

/// How many units stand between an English negation and what it binds, and how many it binds.
fn after(word: &str, last: Option<&Unit>, rest: &[Unit], resolver: &Resolver<'_>) -> Option<(usize, usize)> {
    let skipped = rest.iter().take_while(|unit| BETWEEN.contains(&unit.text())).count();
    let rest = rest.get(skipped..)?;
    let label = last.is_some_and(|unit| LABELS.contains(&unit.text()));
    if word == "no" && (label || !rest.first()?.text().bytes().all(|b| b.is_ascii_alphabetic())) {
        return None;
    }
    let run = |count: usize| rest.get(..count);
    if let Some(count) = (1..=BOUND).rev().find(|count| run(*count).is_some_and(|run| special(run).is_some()))
    {
        return Some((skipped, count));
    }
    if rest.first()?.word().is_some_and(particles::is_buying) {
        return None;
    }
    if HAVING.contains(&word) && rest.first()?.word().is_some_and(|noun| is_lacked(noun, resolver)) {
        return None;
    }
    let known = |count: &usize| run(*count).is_some_and(|run| is_expression(run, resolver));
    Some((skipped, (2..=BOUND).rev().find(known).unwrap_or(1)))
}

fn ends_with_place(units: &[Unit]) -> bool {
    let last = units.last().map(Unit::text).unwrap_or_default();
    spelled(last).any(|text| conditions::regions(&text).is_some())
}

/// A text without blanks, and without its particles.
fn spelled(text: &str) -> impl Iterator<Item = String> {
    let text = squash(text);
    let stems = particles::stems(&text);
    std::iter::once(text).chain(stems)
}

/// The places or the certificate that a run of units names.
fn special(run: &[Unit]) -> Option<Match> {
    let joined = run.iter().map(Unit::text).collect::<String>();
    spelled(&joined).find_map(|text| {
        let term = |term: String| (Match::Term(Field::Region, term), 1.0);
        if let Some(codes) = conditions::regions(&text) {
            let named = regions::all().iter().filter(|sido| codes.contains(&sido.code));
            return Some(Match::Any(named.map(|sido| term(terms::region_word(sido.name_ko))).collect()));
        }
        conditions::badge(&text).map(|badge| Match::Any(vec![term(terms::badge_term(badge.code))]))
    })
}

impl Unwanted {
    /// What a listing may not have; nothing where only a price is spoken of.
    pub(super) fn matches(&self, resolver: &Resolver<'_>) -> Option<Match> {
        if let Some(found) = special(&self.what) {
            return Some(found);
        }
        if self.what.len() > 1 && is_expression(&self.what, resolver) {
            let words = self.what.iter().filter_map(Unit::word);
            let mut ways = vec![(ways::phrase(&self.text), 1.0)];
            ways.extend(resolver.synonyms(words).into_iter().map(|way| (way.matches, way.quality)));
            return Some(self.limited(Match::Any(ways)));
        }
        let all: Vec<Match> = self.what.iter().filter_map(|unit| one(unit, resolver)).collect();
        (!all.is_empty()).then(|| self.limited(Match::All(all)))
    }

    fn limited(&self, found: Match) -> Match {
        if self.having { names(found) } else { found }
    }
}

/// What one unit means, by everything that means the same.
fn one(unit: &Unit, resolver: &Resolver<'_>) -> Option<Match> {
    let word = match unit {
        Unit::Not(_) => return None,
        Unit::Measure(size, _) => {
            let exact = size.asks.iter().map(|ask| {
                let same = ask.iter().filter(|(_, quality)| *quality >= SAME);
                Match::Any(same.map(|(form, q)| (Match::Term(Field::Spec, form.clone()), *q)).collect())
            });
            let exact: Vec<Match> = exact.collect();
            return (!exact.is_empty()).then_some(Match::All(exact));
        }
        Unit::Word(word) => word,
    };
    let code = word.bytes().any(|b| b.is_ascii_digit());
    if let Some(way) = resolver.part_number(word).into_iter().next().filter(|_| code && word.is_ascii()) {
        return Some(way.matches);
    }
    let place = spelled(word).filter(|stem| stem.chars().count() >= 2).find_map(|stem| {
        let place = Match::Term(Field::Region, terms::region_word(&stem));
        let named = resolver.lexicon.any(&Match::Term(Field::Title, stem));
        (!named && resolver.lexicon.any(&place)).then_some(place)
    });
    if place.is_some() {
        return place;
    }
    let calm = Resolver { guess: false, ..*resolver };
    let found = calm.resolve(word);
    let any = |ways: Vec<super::plan::Alternative>| {
        let meant = ways.into_iter().filter(|way| way.quality >= MEANT);
        Match::Any(meant.map(|way| (way.matches, way.quality)).collect())
    };
    let ways = if found.is_unknown() {
        vec![alternative(ways::phrase(word), 1.0, Evidence::Literal)]
    } else {
        found.alternatives
    };
    let named = Match::All(
        std::iter::once(any(ways))
            .filter(|m| *m != Match::Any(Vec::new()))
            .chain(found.parts.into_iter().map(|(_, ways)| any(ways)))
            .collect(),
    );
    let sum =
        particles::is_buying(word) || spelled(word).any(|stem| SUMS.iter().any(|end| stem.ends_with(end)));
    (!sum || resolver.lexicon.any(&names(named.clone()))).then_some(named)
}

/// Without what stands in running text.
fn names(found: Match) -> Match {
    match found {
        Match::Any(ways) => Match::Any(
            ways.into_iter()
                .filter(|(one, _)| {
                    !matches!(one, Match::Term(Field::Body, _) | Match::Phrase(Field::BodyGram, _))
                })
                .map(|(one, quality)| (names(one), quality))
                .collect(),
        ),
        Match::All(all) => Match::All(all.into_iter().map(names).collect()),
        other => other,
    }
}

#[cfg(test)]
#[path = "negation_tests.rs"]
mod tests;
