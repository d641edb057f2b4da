//! Words of a question that are conditions: a region, a price, a certificate, a smallest order, a delivery time, a
//! category that is named as such. Pure; every engine and every saved search reads a question through here.
//!
//! A condition takes its words out of the question: `부산 볼트 5만원 이하` asks for `볼트` from Busan below 50,000 won.
//! What is only likely stays a word: a bare number, `KS B 1002`, a district, a category without the word 분류, a region
//! that makes one expression with the word behind it (대전 방지): [`doubts`] names those that the vocabulary does not settle,
//! one that is not wanted (서울 제외, KS 인증 없는: `negation` makes of it what a listing may not have),
//! and one that goods go to or that is only wished for (delivery to Busan, 경기도 업체면 좋겠습니다).

use serde::{Deserialize, Serialize};

use super::condition_words as words;
use super::negation;
use super::vocabulary::Vocabulary;
use super::{Bounds, FacetKind, Filters};
use crate::catalog::taxonomy;

/// Most words of one condition.
const LONGEST: usize = 5;
/// Most words of a question that are looked at.
const MOST_WORDS: usize = 60;
/// Pairs of [`doubts`] that are looked up.
const DOUBTS: usize = 3;

/// What a condition demands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Demand {
    /// Any of these values of a facet.
    Facet {
        /// Which.
        facet: FacetKind,
        /// Codes.
        codes: Vec<String>,
    },
    /// Price in won.
    Price {
        /// From and to.
        bounds: Bounds,
    },
    /// Smallest order.
    Moq {
        /// From and to.
        bounds: Bounds,
    },
    /// Days until delivery.
    Lead {
        /// From and to.
        bounds: Bounds,
    },
}

/// One condition found in a question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// The words as typed.
    pub words: String,
    /// What they demand.
    pub demand: Demand,
    /// The whole question without these words.
    pub without: String,
}

/// A question with its conditions apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Question {
    /// Conditions in the order of the text.
    pub conditions: Vec<Condition>,
    /// What is left to search for.
    pub rest: String,
}

/// A name of a region and the word behind it, as typed.
pub type Pair = [String; 2];

/// Names of regions that would count as conditions, each with the word behind it: whether the two are one expression only
/// the titles of the catalogue can tell.
pub fn doubts(text: &str, vocabularies: &[&Vocabulary]) -> Vec<Pair> {
    let all: Vec<&str> = text.split_whitespace().take(MOST_WORDS + 1).collect();
    let pairs = all.windows(2).enumerate().filter_map(|(at, two)| match two {
        [name, next] if words::bare_region(name) && !is_phrase(name, next, vocabularies) => {
            let (before, behind) = (all.get(..at)?, all.get(at + 1..)?);
            (!words::is_loose(before, behind) && !negation::negates(before, behind, true))
                .then(|| [(*name).to_owned(), (*next).to_owned()])
        }
        _ => None,
    });
    pairs.take(DOUBTS).collect()
}

/// Whether the vocabulary has the two words as one expression.
fn is_phrase(name: &str, next: &str, vocabularies: &[&Vocabulary]) -> bool {
    vocabularies.iter().any(|known| known.has_side_by_side(name, next)) || words::in_category(name, next)
}

/// Reads the conditions out of a question, by these vocabularies and the pairs that titles have as one expression.
pub fn read(text: &str, vocabularies: &[&Vocabulary], together: &[Pair]) -> Question {
    let all: Vec<&str> = text.split_whitespace().collect();
    let part_of_more = |name: &str, next: Option<&&str>| {
        next.is_some_and(|next| {
            words::bare_region(name)
                && (together.iter().any(|[a, b]| a == name && b == next)
                    || is_phrase(name, next, vocabularies))
        })
    };
    let mut found: Vec<(usize, usize, Demand)> = Vec::new();
    let mut at = 0;
    while at < all.len().min(MOST_WORDS) {
        let most = (all.len() - at).min(LONGEST);
        let hit = (1..=most).rev().find_map(|count| {
            let run = all.get(at..at + count)?;
            if let [name] = run
                && part_of_more(name, all.get(at + 1))
            {
                return None;
            }
            demand(run).map(|demand| (at, at + count, demand))
        });
        let Some((from, end, demand)) = hit else {
            at += 1;
            continue;
        };
        at = end;
        if !is_loose(&all, from, end, &demand) {
            found.push((from, end, demand));
        }
    }
    let inside = |from: usize, to: usize, place: usize| place >= from && place < to;
    let left = |skip: &dyn Fn(usize) -> bool| {
        let kept = all.iter().enumerate().filter(|(place, _)| !skip(*place)).map(|(_, word)| *word);
        kept.collect::<Vec<_>>().join(" ")
    };
    let rest = left(&|place| found.iter().any(|(from, to, _)| inside(*from, *to, place)));
    let conditions = found
        .iter()
        .map(|(from, to, demand)| Condition {
            words: all.get(*from..*to).unwrap_or_default().join(" "),
            demand: demand.clone(),
            without: left(&|place| inside(*from, *to, place)),
        })
        .collect();
    Question { conditions, rest }
}

/// Whether a run of words names what is not wanted, a region that is none of the vendor's, or one that is only wished for.
fn is_loose(all: &[&str], from: usize, end: usize, demand: &Demand) -> bool {
    let (before, behind) = (all.get(..from).unwrap_or_default(), all.get(end..).unwrap_or_default());
    let place = matches!(demand, Demand::Facet { facet: FacetKind::Region, .. });
    negation::negates(before, behind, place) || place && words::is_loose(before, behind)
}

/// What a run of words demands when all of it is one condition.
fn demand(run: &[&str]) -> Option<Demand> {
    let squeezed = words::squeeze(run);
    if squeezed.chars().count() > 60 {
        return None;
    }
    one(&squeezed).or_else(|| words::without_particle(&squeezed).and_then(one))
}

fn one(text: &str) -> Option<Demand> {
    let facet = |facet, codes: Vec<&str>| Demand::Facet {
        facet,
        codes: codes.into_iter().map(str::to_owned).collect(),
    };
    words::price(text)
        .map(|bounds| Demand::Price { bounds })
        .or_else(|| words::lead(text).map(|bounds| Demand::Lead { bounds }))
        .or_else(|| words::moq(text).map(|bounds| Demand::Moq { bounds }))
        .or_else(|| words::price_kind(text).map(|codes| facet(FacetKind::PriceKind, codes.to_vec())))
        .or_else(|| words::regions(text).map(|codes| facet(FacetKind::Region, codes)))
        .or_else(|| {
            words::badge(text).map(|badge| {
                let kind = if badge.standard { FacetKind::Certificate } else { FacetKind::Badge };
                facet(kind, vec![badge.code])
            })
        })
        .or_else(|| words::marked_category(text).map(|code| facet(FacetKind::Category, vec![code])))
}

/// Two conditions that cannot both hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clash {
    /// No value of this facet is allowed by everything that was said.
    Facet(FacetKind),
    /// The price is bounded from both sides so that nothing lies between.
    Price,
    /// The same of smallest orders.
    Moq,
    /// The same of delivery times.
    Lead,
    /// A price range, and prices on request only.
    PriceOnRequest,
}

/// The chosen filters together with the conditions of the question: both must hold.
///
/// # Errors
/// What cannot hold together.
pub fn merge(chosen: &Filters, conditions: &[Condition]) -> Result<Filters, Clash> {
    let mut filters = chosen.clone();
    let mut said: Vec<(FacetKind, Vec<String>)> = Vec::new();
    for condition in conditions {
        match &condition.demand {
            // several regions in one text are alternatives, as several ticks are
            Demand::Facet { facet, codes } => match said.iter_mut().find(|(kind, _)| kind == facet) {
                Some((_, known)) => known.extend(codes.iter().cloned()),
                None => said.push((*facet, codes.clone())),
            },
            Demand::Price { bounds } => filters.price = both(filters.price, *bounds),
            Demand::Moq { bounds } => filters.moq = both(filters.moq, *bounds),
            Demand::Lead { bounds } => filters.lead_days = both(filters.lead_days, *bounds),
        }
    }
    for (facet, codes) in said {
        let place = place(&mut filters, facet);
        let together = meet(facet, place, &codes);
        if together.is_empty() {
            return Err(Clash::Facet(facet));
        }
        *place = together;
    }
    clash(&filters).map_or(Ok(filters), Err)
}

/// Conditions of one set of filters that exclude each other.
pub fn clash(filters: &Filters) -> Option<Clash> {
    let on_request =
        filters.price_kind.iter().all(|kind| kind == "negotiable") && !filters.price_kind.is_empty();
    [
        (filters.price.is_contradictory(), Clash::Price),
        (filters.moq.is_contradictory(), Clash::Moq),
        (filters.lead_days.is_contradictory(), Clash::Lead),
        (on_request && !filters.price.is_open(), Clash::PriceOnRequest),
    ]
    .into_iter()
    .find_map(|(is, clash)| is.then_some(clash))
}

/// Values that both sides allow; a category below another one is inside of it.
fn meet(facet: FacetKind, chosen: &[String], said: &[String]) -> Vec<String> {
    if chosen.is_empty() {
        let mut all = said.to_vec();
        all.sort_unstable();
        all.dedup();
        return all;
    }
    let inside = |inner: &str, outer: &str| {
        inner == outer
            || (facet == FacetKind::Category
                && taxonomy::ancestors(inner).iter().any(|above| above.code == outer))
    };
    let mut out: Vec<String> = Vec::new();
    for one in chosen {
        for other in said {
            if inside(one, other) {
                out.push(one.clone());
            } else if inside(other, one) {
                out.push(other.clone());
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn place(filters: &mut Filters, facet: FacetKind) -> &mut Vec<String> {
    match facet {
        FacetKind::Category => &mut filters.category,
        FacetKind::Region => &mut filters.region,
        FacetKind::PriceKind => &mut filters.price_kind,
        FacetKind::Badge => &mut filters.badge,
        FacetKind::Certificate => &mut filters.certificate,
        FacetKind::AnswerSpeed => &mut filters.answer,
    }
}

fn both(one: Bounds, other: Bounds) -> Bounds {
    let pick = |a: Option<i64>, b: Option<i64>, choose: fn(i64, i64) -> i64| match (a, b) {
        (Some(a), Some(b)) => Some(choose(a, b)),
        (a, b) => a.or(b),
    };
    Bounds { min: pick(one.min, other.min, i64::max), max: pick(one.max, other.max, i64::min) }
}

/// The category that the rest of a question names exactly: offered as a way to narrow, never applied unasked, since
/// `밸브` may also mean what belongs to a valve.
pub fn named_category(rest: &str) -> Option<&'static taxonomy::Category> {
    words::category(&words::squeeze(&rest.split_whitespace().collect::<Vec<_>>()))
}
