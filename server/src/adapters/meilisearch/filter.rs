//! Conditions as Meilisearch's filter expressions.
//!
//! Terms are values of filterable attributes, so a match of the plan becomes `=`, `IN`, AND and OR: exact words, never
//! the engine's own guesses. Neighbours (phrases) are asked as pairs that stand side by side; what pairs cannot tell
//! (three in a row) is looked at again when candidates are ranked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use market::search::plan::Match;
use market::search::terms::Field;
use market::search::ways::NEIGHBOUR;
use market::search::{Bounds, FacetKind, Filters};

use super::record::{attribute, facet_attribute, pair_attribute};

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Condition {
    /// Any of these values.
    In(String, BTreeSet<String>),
    /// Written as it stands.
    Raw(String),
    /// All of these; none means everything.
    All(BTreeSet<Condition>),
    /// Any of these; none means nothing.
    Any(BTreeSet<Condition>),
}

impl Condition {
    /// Nothing meets it.
    pub const fn never() -> Self {
        Self::Any(BTreeSet::new())
    }

    /// One value.
    pub fn is(attribute: impl Into<String>, value: impl Into<String>) -> Self {
        Self::In(attribute.into(), BTreeSet::from([value.into()]))
    }

    /// All of them.
    pub fn all(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut out = BTreeSet::new();
        for part in parts {
            match part {
                Self::All(inner) => out.extend(inner),
                Self::Any(none) if none.is_empty() => return Self::never(),
                one => {
                    out.insert(one);
                }
            }
        }
        if out.len() == 1 { out.pop_first().unwrap_or(Self::never()) } else { Self::All(out) }
    }

    /// Any of them; values of one attribute come together.
    pub fn any(parts: impl IntoIterator<Item = Self>) -> Self {
        let mut values: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut out = BTreeSet::new();
        let mut waiting: Vec<Self> = parts.into_iter().collect();
        while let Some(part) = waiting.pop() {
            match part {
                Self::In(attribute, more) => values.entry(attribute).or_default().extend(more),
                Self::Any(inner) => waiting.extend(inner),
                one => {
                    out.insert(one);
                }
            }
        }
        out.extend(values.into_iter().map(|(attribute, values)| Self::In(attribute, values)));
        if out.len() == 1 { out.pop_first().unwrap_or(Self::never()) } else { Self::Any(out) }
    }

    /// Whether nothing can meet it.
    pub fn is_never(&self) -> bool {
        matches!(self, Self::Any(parts) if parts.is_empty())
    }

    /// The expression; empty when everything meets it.
    pub fn text(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::In(attribute, values) => {
                let list: Vec<String> = values.iter().map(|value| quoted(value)).collect();
                let _ = match list.as_slice() {
                    [one] => write!(out, "{attribute} = {one}"),
                    many => write!(out, "{attribute} IN [{}]", many.join(", ")),
                };
            }
            Self::Raw(text) => out.push_str(text),
            // what nothing meets
            Self::Any(parts) if parts.is_empty() => out.push_str("key IN []"),
            Self::All(parts) => join(parts, " AND ", out),
            Self::Any(parts) => join(parts, " OR ", out),
        }
    }
}

fn join(parts: &BTreeSet<Condition>, word: &str, out: &mut String) {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            out.push_str(word);
        }
        let grouped = matches!(part, Condition::All(inner) | Condition::Any(inner) if inner.len() > 1);
        if grouped {
            out.push('(');
        }
        part.write(out);
        if grouped {
            out.push(')');
        }
    }
}

/// A value between quotes: the backslash first, then the quote.
pub fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\\', "\\\\").replace('\'', "\\'"))
}

/// What a document must have for this match.
pub fn of_match(matches: &Match) -> Condition {
    above(matches, 1.0, -1.0)
}

/// What a document must have to answer better than a neighbour does.
pub fn of_whole(matches: &Match, quality: f32) -> Condition {
    above(matches, quality, NEIGHBOUR)
}

fn above(matches: &Match, scale: f32, floor: f32) -> Condition {
    if scale <= floor {
        return Condition::never();
    }
    match matches {
        Match::Term(field, text) => Condition::is(attribute(*field), text.as_str()),
        Match::Phrase(field, texts) => row(*field, texts),
        Match::All(parts) if parts.is_empty() => Condition::never(),
        Match::All(parts) => Condition::all(parts.iter().map(|part| above(part, scale, floor))),
        Match::Any(ways) => {
            let telling = ways.iter().filter(|(way, _)| !is_implied(way, ways));
            Condition::any(telling.map(|(way, quality)| above(way, scale * quality, floor)))
        }
    }
}

/// Neighbouring terms.
fn row(field: Field, texts: &[String]) -> Condition {
    let pairs = pair_attribute(field);
    match (texts, &pairs) {
        ([], _) => Condition::never(),
        ([one], _) => Condition::is(attribute(field), one.as_str()),
        (many, Some(pairs)) => Condition::all(many.windows(2).filter_map(|two| match two {
            [a, b] => Some(Condition::is(pairs.as_str(), format!("{a} {b}"))),
            _ => None,
        })),
        (many, None) => {
            Condition::all(many.iter().map(|text| Condition::is(attribute(field), text.as_str())))
        }
    }
}

/// Begin and end of a word are inside it: the way without marks asks for them too.
fn is_implied(way: &Match, ways: &[(Match, f32)]) -> bool {
    let Match::Phrase(field, texts) = way else { return false };
    if !matches!(field, Field::TitleGram | Field::CategoryGram | Field::BodyGram) {
        return false;
    }
    let mut bare = texts.clone();
    if let Some(first) = bare.first_mut().filter(|first| first.starts_with('^')) {
        first.remove(0);
    }
    if let Some(last) = bare.last_mut().filter(|last| last.ends_with('$')) {
        last.pop();
    }
    let known = |other: &Match| matches!(other, Match::Phrase(f, t) if f == field && *t == bare);
    bare != *texts && ways.iter().any(|(other, _)| known(other))
}

/// Everything but the facets.
pub fn of_bounds(filters: &Filters) -> Condition {
    if filters.is_contradictory() {
        return Condition::never();
    }
    let mut parts = vec![Condition::Raw("published_at EXISTS".to_owned())];
    for (name, bounds) in [("price", filters.price), ("moq", filters.moq), ("lead_days", filters.lead_days)] {
        parts.extend(range(name, bounds));
    }
    parts.extend(filters.vendor.map(|vendor| Condition::is("vendor", vendor.to_string())));
    if !filters.except.is_empty() {
        let list: Vec<String> = filters.except.iter().map(|id| quoted(&id.to_string())).collect();
        parts.push(Condition::Raw(format!("key NOT IN [{}]", list.join(", "))));
    }
    Condition::all(parts)
}

fn range(name: &str, bounds: Bounds) -> Vec<Condition> {
    let min = bounds.min.map(|min| Condition::Raw(format!("{name} >= {min}")));
    let max = bounds.max.map(|max| Condition::Raw(format!("{name} <= {max}")));
    min.into_iter().chain(max).collect()
}

/// The chosen values of all facets, one facet left out.
pub fn of_facets(filters: &Filters, but: Option<FacetKind>) -> Condition {
    let chosen = FacetKind::ALL.into_iter().filter(|kind| Some(*kind) != but);
    Condition::all(chosen.filter(|kind| !filters.chosen(*kind).is_empty()).map(|kind| {
        Condition::In(facet_attribute(kind).to_owned(), filters.chosen(kind).iter().cloned().collect())
    }))
}

/// None of these.
pub fn without(unwanted: &[Match]) -> Condition {
    let conditions = unwanted.iter().map(of_match).filter(|condition| !condition.is_never());
    Condition::all(conditions.map(|condition| Condition::Raw(format!("NOT ({})", condition.text()))))
}

#[cfg(test)]
mod tests {
    use super::*;
    use market::search::ways::literal;

    #[test]
    fn values_cannot_break_out() {
        assert_eq!(quoted("a'b"), "'a\\'b'");
        assert_eq!(quoted("x\\"), "'x\\\\'");
        let evil = "x' OR key EXISTS OR region = 'y\\";
        assert_eq!(
            Condition::is("region", evil).text(),
            "region = 'x\\' OR key EXISTS OR region = \\'y\\\\'"
        );
    }

    #[test]
    fn a_word_is_a_short_condition() {
        let two = of_match(&literal("엘보")).text();
        for part in ["t_body = '엘보'", "t_category IN ['=엘보', '엘보']", "t_title_gram = '엘보'"] {
            assert!(two.contains(part), "{part} in {two}");
        }
        assert_eq!(two.matches(" OR ").count(), 5, "{two}");
        let three = of_match(&literal("백엘보")).text();
        assert!(three.contains("p_title_gram = '백엘 엘보'"), "{three}");
        assert!(of_match(&Match::Any(Vec::new())).is_never());
        assert_eq!(Condition::never().text(), "key IN []");
        // what only the body says is no whole answer when the way itself is weak
        let weak = of_whole(&literal("엘보"), 0.8).text();
        assert!(weak.contains("t_title") && !weak.contains("t_body"), "{weak}");
    }
}
