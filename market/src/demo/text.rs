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

/// Units as they are read out in Korean, and whether the last sound is a consonant: 미터, 킬로그램, 리터.
const READ_OUT: [(&str, bool); 33] = [
    ("m", false),
    ("mm", false),
    ("cm", false),
    ("km", false),
    ("μm", false),
    ("m²", false),
    ("m³", false),
    ("㎡", false),
    ("㎥", false),
    ("g", true),
    ("kg", true),
    ("L", false),
    ("ml", false),
    ("mL", false),
    ("A", false),
    ("mA", false),
    ("V", false),
    ("kV", false),
    ("W", false),
    ("kW", false),
    ("kVA", false),
    ("Hz", false),
    ("Ω", true),
    ("N", true),
    ("kN", true),
    ("Nm", false),
    ("MPa", true),
    ("bar", false),
    ("lm", true),
    ("dB", true),
    ("h", false),
    ("℃", false),
    ("%", false),
];

/// Whether the last sound is a consonant when read in Korean.
fn ends_closed(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ')' | ']' | '*' | '.' | '"'));
    if let Some((_, closed)) = READ_OUT.iter().find(|(unit, _)| ends_in_unit(text, unit)) {
        return *closed;
    }
    match text.chars().rev().find(|c| c.is_alphanumeric()) {
        Some(c @ '가'..='힣') => !(c as u32 - '가' as u32).is_multiple_of(28),
        Some(c) => {
            matches!(c, '0' | '1' | '3' | '6' | '7' | '8' | 'L' | 'M' | 'N' | 'R' | 'l' | 'm' | 'n' | 'r')
        }
        None => false,
    }
}

/// Whether this is the unit alone or a figure in it. What has letters before the figure is a grade or a model, and
/// is spelt: SUS316L ends with 엘, 20L with 리터.
fn ends_in_unit(text: &str, unit: &str) -> bool {
    let Some(before) = text.strip_suffix(unit) else { return false };
    let figure = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_figure = figure.ends_with(|c: char| c.is_ascii_digit())
        && figure.chars().all(|c| !c.is_alphabetic() || matches!(c, 'x' | 'φ' | 'Φ'));
    before.is_empty() || is_figure
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
    fn units_are_read_as_the_words_they_stand_for() {
        let read = |value: &str, template: &str| Values::default().with("v", value).fill(template);
        for (value, sentence) in [
            ("m", "m를 m예요"),
            ("L", "L를 L예요"),
            ("kg", "kg을 kg이에요"),
            ("㎡", "㎡를 ㎡예요"),
            ("개", "개를 개예요"),
            ("롤", "롤을 롤이에요"),
            ("20m", "20m를 20m예요"),
            ("전선 2.5mm² 100m", "전선 2.5mm² 100m를 전선 2.5mm² 100m예요"),
            ("세척제 20 L", "세척제 20 L를 세척제 20 L예요"),
            ("각관 50×50×2t 6m", "각관 50×50×2t 6m를 각관 50×50×2t 6m예요"),
            ("관 φ25x6mm", "관 φ25x6mm를 관 φ25x6mm예요"),
            ("전동기 2.2kW", "전동기 2.2kW를 전동기 2.2kW예요"),
            ("포대 (25kg)", "포대 (25kg)을 포대 (25kg)이에요"),
            ("강판 STS316L", "강판 STS316L을 강판 STS316L이에요"),
            ("장갑 L", "장갑 L을 장갑 L이에요"),
            ("베어링 M", "베어링 M을 베어링 M이에요"),
        ] {
            assert_eq!(read(value, "{v|을|를} {v|이에요|예요}"), sentence);
        }
    }

    #[test]
    fn groups_thousands() {
        assert_eq!((grouped(950).as_str(), grouped(1_234_567).as_str()), ("950", "1,234,567"));
    }
}
