//! Words that mean the same: spellings, trade words, Korean and English. Compiled in from `data/search`, extended by
//! curators at run time. Synonyms act on the question, never on the index, so a change needs no re-indexing.

use std::{collections::HashMap, sync::OnceLock};

use super::{clean::clean, hangul, sound, terms};

/// Trade words: `a, b, c` all mean the same; `a > b, c` means that who asks for a is also served with b and c.
const TRADE: &str = include_str!("../../data/search/trade.tsv");
/// Tariff names: Korean, a tab, English.
const TARIFF: &str = include_str!("../../data/search/tariff.tsv");

/// A table of synonyms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Vocabulary {
    groups: Vec<Vec<String>>,
    by_phrase: HashMap<String, Vec<Place>>,
    /// Single Hangul words by how they sound.
    by_sound: HashMap<String, Vec<Place>>,
    longest: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    group: usize,
    /// Position of the phrase in its group; the phrase itself is no alternative to itself.
    member: usize,
}

impl Vocabulary {
    /// What ships with the program.
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Vocabulary> = OnceLock::new();
        SHIPPED.get_or_init(|| Self::parse(TRADE, TARIFF))
    }

    /// Reads both tables; lines that say nothing are skipped.
    pub fn parse(trade: &str, tariff: &str) -> Self {
        let mut out = Self::default();
        for line in trade.lines().filter(|l| !l.starts_with('#')) {
            match line.split_once('>') {
                Some((wide, narrow)) => out.add_narrower(wide, narrow.split(',')),
                None => out.add(line.split(',')),
            }
        }
        for line in tariff.lines().filter(|l| !l.starts_with('#')) {
            out.add(line.split('\t'));
        }
        out
    }

    /// Adds words that mean the same.
    pub fn add<'a>(&mut self, words: impl Iterator<Item = &'a str>) {
        let words: Vec<String> = words.map(clean).filter(|w| !w.is_empty()).collect();
        if words.len() < 2 {
            return;
        }
        let group = self.groups.len();
        for (member, word) in words.iter().enumerate() {
            self.place(word, Place { group, member });
        }
        self.groups.push(words);
    }

    /// Adds narrower words: asking for `wide` also finds them, not the other way round.
    pub fn add_narrower<'a>(&mut self, wide: &str, narrow: impl Iterator<Item = &'a str>) {
        let words: Vec<String> = narrow.map(clean).filter(|w| !w.is_empty()).collect();
        for wide in wide.split(',').map(clean).filter(|w| !w.is_empty()) {
            self.place(&wide, Place { group: self.groups.len(), member: usize::MAX });
        }
        self.groups.push(words);
    }

    fn place(&mut self, phrase: &str, place: Place) {
        let key = phrase_key(phrase.split(' '));
        self.longest = self.longest.max(phrase.split(' ').count());
        if let Some(heard) = heard(&key) {
            self.by_sound.entry(heard).or_default().push(place);
        }
        if !key.is_empty() {
            self.by_phrase.entry(key).or_default().push(place);
        }
    }

    /// Words of the longest phrase.
    pub const fn longest(&self) -> usize {
        self.longest
    }

    /// Whether two words stand side by side in a phrase of the table, however it is spaced.
    pub fn has_side_by_side(&self, first: &str, second: &str) -> bool {
        let joined = phrase_key([clean(first), clean(second)].iter().flat_map(|words| words.split(' ')));
        !joined.is_empty() && self.by_phrase.keys().any(|known| known.contains(&joined))
    }

    /// Other ways to say a phrase; empty when the table does not know it.
    pub fn alternatives<'a>(&self, words: impl Iterator<Item = &'a str>) -> Vec<&str> {
        let places = self.by_phrase.get(&phrase_key(words)).map_or(&[][..], Vec::as_slice);
        self.others(places, |i, place| i != place.member)
    }

    /// What the table says of words that sound like this one: 신쭈 like 신주, 스뎅 like 스텐. Those words are among the answers.
    pub fn heard_like(&self, word: &str) -> Vec<&str> {
        let places = heard(word).and_then(|heard| self.by_sound.get(&heard)).map_or(&[][..], Vec::as_slice);
        self.others(places, |_, _| true)
    }

    fn others(&self, places: &[Place], wanted: impl Fn(usize, &Place) -> bool) -> Vec<&str> {
        let mut out: Vec<&str> = Vec::new();
        for place in places {
            let members = self.groups.get(place.group).into_iter().flatten().enumerate();
            for (i, word) in members {
                if wanted(i, place) && !out.contains(&word.as_str()) && out.len() < 24 {
                    out.push(word);
                }
            }
        }
        out
    }
}

/// How a Hangul word sounds, ㄴ and ㅇ at the end of a syllable alike (스뎅, 스텐). None for what is too short to be told by it.
fn heard(word: &str) -> Option<String> {
    let syllables = word.chars().count() >= 2 && word.chars().all(hangul::is_syllable);
    syllables.then(|| sound::key(word).replace('G', "n")).filter(|key| key.len() >= 4)
}

/// One key for all spacings and English endings of a phrase.
fn phrase_key<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.flat_map(|w| w.split(|c: char| !super::clean::is_word(c))).map(terms::stem).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_answer_in_all_directions_and_narrower_words_in_one() {
        let v = Vocabulary::parse(
            "전동기, 모터, electric motor\n단열재 > 보온판, 유리면",
            "볼 스크루\tBall screws",
        );
        assert_eq!(v.alternatives(["electric", "motors"].into_iter()), ["전동기", "모터"]);
        assert_eq!(v.alternatives(["ballscrew"].into_iter()), ["볼 스크루"]);
        assert_eq!(v.alternatives(["단열재"].into_iter()), ["보온판", "유리면"]);
        assert!(v.alternatives(["유리면"].into_iter()).is_empty());
    }

    #[test]
    fn a_word_is_known_by_how_it_sounds() {
        let v = Vocabulary::parse("스텐, 스테인리스", "");
        assert_eq!(v.heard_like("스뎅"), ["스텐", "스테인리스"]);
        assert_eq!(v.heard_like("쓰뎅"), ["스텐", "스테인리스"]);
        assert!(v.heard_like("강").is_empty() && v.heard_like("황동").is_empty());
    }

    #[test]
    fn the_shipped_table_is_sound() {
        assert!(Vocabulary::shipped().groups.len() > 1000);
        assert!(TRADE.len() + TARIFF.len() < 600_000);
    }
}
