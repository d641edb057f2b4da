//! Sentences with holes: the word list, filling holes, Korean particles.

use std::{collections::HashMap, sync::LazyLock};

use crate::prng::Prng;

/// One entry of the word list, Korean and English.
pub(super) type Pair = (&'static str, &'static str);

static WORDS: LazyLock<HashMap<&'static str, Vec<Pair>>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Vec<Pair>> = HashMap::new();
    for line in include_str!("../../data/demo_words.tsv").lines().skip(1) {
        let mut columns = line.split('\t');
        if let (Some(kind), Some(ko), Some(en)) = (columns.next(), columns.next(), columns.next()) {
            words.entry(kind).or_default().push((ko, en));
        }
    }
    words
});

/// Every entry of a kind.
pub(super) fn words(kind: &str) -> &'static [Pair] {
    WORDS.get(kind).map_or(&[], Vec::as_slice)
}

/// Some entry of a kind; empty strings when there is none.
pub(super) fn word(kind: &str, prng: &mut Prng) -> Pair {
    prng.pick(words(kind)).copied().unwrap_or(("", ""))
}

/// Values for the holes of a sentence.
#[derive(Default)]
pub(super) struct Values(Vec<(&'static str, String)>);

impl Values {
    /// Gives `key` a value.
    pub(super) fn with(mut self, key: &'static str, value: impl ToString) -> Self {
        self.0.push((key, value.to_string()));
        self
    }

    fn get(&self, key: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == key).map_or("", |(_, value)| value.as_str())
    }

    /// Fills `{key}`, `{key|은|는}` (value and the particle that fits it) and `{=key|은|는}` (particle alone).
    pub(super) fn fill(&self, template: &str) -> String {
        let mut out = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let Some((hole, tail)) = after.split_once('}') else {
                break;
            };
            self.fill_hole(&mut out, hole);
            rest = tail;
        }
        out.push_str(rest);
        out
    }

    fn fill_hole(&self, out: &mut String, hole: &str) {
        let mut parts = hole.split('|');
        let key = parts.next().unwrap_or_default();
        let value = self.get(key.trim_start_matches('='));
        if !key.starts_with('=') {
            out.push_str(value);
        }
        if let (Some(closed), Some(open)) = (parts.next(), parts.next()) {
            out.push_str(if ends_closed(value) { closed } else { open });
        }
    }
}

/// Whether the last sound is a consonant when read in Korean.
fn ends_closed(text: &str) -> bool {
    match text.chars().rev().find(|c| c.is_alphanumeric()) {
        Some(c @ '가'..='힣') => !(c as u32 - '가' as u32).is_multiple_of(28),
        Some(c) => {
            matches!(c, '0' | '1' | '3' | '6' | '7' | '8' | 'L' | 'M' | 'N' | 'R' | 'l' | 'm' | 'n' | 'r')
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::grouped;

    #[test]
    fn particles_fit_the_last_sound() {
        let values =
            Values::default().with("a", "볼트").with("b", "가람").with("c", "M8×20").with("d", "SUS316L");
        assert_eq!(values.fill("{a|은|는} {b|은|는}"), "볼트는 가람은");
        assert_eq!(values.fill("**{c}**{=c|을|를} {d|이|가}"), "**M8×20**을 SUS316L이");
    }

    #[test]
    fn groups_thousands() {
        assert_eq!((grouped(950).as_str(), grouped(1_234_567).as_str()), ("950", "1,234,567"));
    }
}
