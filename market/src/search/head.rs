//! What a title is about: the last noun before sizes, brackets and what is said beside. `황동 볼밸브 25A 나사식` is a 볼밸브,
//! `밸브 바디 주물` is none, though both have the word.

use super::clean::is_word;
use super::hangul;
use super::plan::Match;
use super::terms::{Field, scripts, stem};

/// Mark of a whole head among the words of a title.
const WHOLE: char = '$';
/// Mark of what a compound head ends with.
const ENDING: char = '%';

/// Endings of Korean words that only describe: 나사식, 소형, 산업용, 철제.
const DESCRIBING: [char; 5] = ['용', '형', '식', '제', '산'];
/// Beginnings that turn a word into its opposite: 비절연 is no 절연.
const OPPOSITE: [char; 4] = ['비', '불', '무', '미'];
/// English words behind which the thing itself is over.
const BEHIND: [&str; 8] = ["for", "with", "of", "in", "to", "type", "and", "w"];
/// Longest head that is taken apart into its endings.
const LONGEST: usize = 14;

/// The terms of the heads of these titles (cleaned): each whole, and of a Korean one its endings of two syllables and more.
pub fn terms(korean: &str, english: &str) -> Vec<String> {
    let mut out = Vec::new();
    if let Some(head) = of_korean(korean) {
        let chars: Vec<char> = head.chars().take(LONGEST).collect();
        out.push(format!("{WHOLE}{head}"));
        let opposite = chars.first().is_some_and(|first| OPPOSITE.contains(first));
        let ending = |from: usize| format!("{ENDING}{}", chars.iter().skip(from).collect::<String>());
        out.extend((1 + usize::from(opposite)..chars.len().saturating_sub(1)).map(ending));
    }
    out.extend(of_english(english).map(|head| format!("{WHOLE}{}", stem(head))));
    out
}

/// The ways in which a word is what a title is about, with their quality.
pub fn ways(word: &str) -> [(Match, f32); 2] {
    let word = stem(word);
    [(WHOLE, 0.985), (ENDING, 0.98)]
        .map(|(mark, quality)| (Match::Term(Field::Title, format!("{mark}{word}")), quality))
}

/// The words of a title before its first bracket, in stretches between sizes.
fn stretches(title: &str) -> Vec<Vec<&str>> {
    let end = title.find(['(', '[', ',', ';', '/']).filter(|end| *end > 0).unwrap_or(title.len());
    let words = title.get(..end).unwrap_or_default().split(|c: char| !is_word(c) && c != '-');
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    words.split(|word| word.bytes().any(|b| b.is_ascii_digit())).map(<[&str]>::to_vec).collect()
}

/// The Korean ends of words.
fn korean<'t>(words: &[&'t str]) -> Vec<&'t str> {
    let runs = words.iter().filter_map(|word| scripts(word).pop());
    runs.filter(|run| run.chars().all(hangul::is_syllable)).collect()
}

/// Of the first stretch with Korean words the last that does more than describe.
fn of_korean(title: &str) -> Option<&str> {
    let found = stretches(title).iter().map(|words| korean(words)).find(|words| !words.is_empty())?;
    let named = found.iter().rev().find(|word| !word.ends_with(DESCRIBING) || word.chars().count() == 1);
    named.or(found.last()).copied()
}

/// Of the first stretch the last word before what is said beside.
fn of_english(title: &str) -> Option<&str> {
    let found = stretches(title).into_iter().find(|words| words.iter().any(|word| word.len() > 1))?;
    let thing = found.iter().take_while(|word| !BEHIND.contains(word)).last().copied();
    thing.filter(|word| word.is_ascii() && word.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(korean: &str, english: &str) -> String {
        terms(korean, english).join(" ")
    }

    #[test]
    fn the_last_noun_before_sizes_is_what_it_is() {
        assert_eq!(heads("황동 볼밸브 25a 나사식", "brass ball valve 25a threaded"), "$볼밸브 %밸브 $valv");
        assert_eq!(heads("밸브 바디 주물", "valve body casting"), "$주물 $cast");
        assert_eq!(heads("m8 육각볼트 sus304", ""), "$육각볼트 %각볼트 %볼트");
        assert_eq!(heads("볼밸브 나사식", "ball valve with handle"), "$볼밸브 %밸브 $valv");
        assert_eq!(heads("쌀 (10kg)", ""), "$쌀");
        assert_eq!(heads("산업용", ""), "$산업용 %업용");
        assert_eq!(heads("304", "m8"), "");
        assert_eq!(heads("sw e3 sa6432 스위치", ""), "$스위치 %위치");
        assert_eq!(heads("u볼트 비절연, φ20mm", ""), "$비절연");
    }
}
