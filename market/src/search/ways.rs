//! The ways in which a word or phrase may stand in a document, each with its quality.

use super::{
    answer::Evidence,
    clean::{clean, squash},
    grams, hangul, head,
    plan::{Alternative, Match},
    terms::{self, Field},
};

/// Quality of what is not what was asked but stands next to it.
pub const NEIGHBOUR: f32 = 0.4;

/// An alternative.
pub fn alternative(matches: Match, quality: f32, evidence: Evidence) -> Alternative {
    Alternative { matches, quality, evidence }
}

/// A word as typed: as what a title is about or whole in it best, then beginning or end of a compound, inside, in the category, elsewhere.
pub fn literal(word: &str) -> Match {
    let [head, ending] = head::ways(word);
    let mut ways = vec![
        (Match::Term(Field::Category, format!("={word}")), 1.0),
        head,
        ending,
        (Match::Term(Field::Title, terms::stem(word)), 0.955),
    ];
    let chars: Vec<char> = word.chars().collect();
    let run = chars.iter().all(|c| hangul::is_hangul(*c));
    if run && chars.len() >= 2 {
        let [inside, begin, end] = grams::run_phrases(word);
        for (field, best) in [(Field::TitleGram, 0.95), (Field::CategoryGram, 0.84), (Field::BodyGram, 0.46)]
        {
            // the last part of a compound says what the thing is
            ways.push((Match::Phrase(field, end.clone()), best));
            ways.push((Match::Phrase(field, begin.clone()), best * 0.95));
            ways.push((Match::Phrase(field, inside.clone()), best * 0.85));
        }
    } else if run {
        ways.push((Match::Term(Field::TitleGram, format!("{word}$")), 0.93));
        ways.push((Match::Term(Field::CategoryGram, format!("^{word}$")), 0.84));
        ways.push((Match::Term(Field::CategoryGram, format!("{word}$")), 0.7));
    }
    ways.push((Match::Term(Field::Category, terms::stem(word)), 0.86));
    ways.push((Match::Term(Field::Body, terms::stem(word)), 0.5));
    Match::Any(ways)
}

/// Two words that stand side by side, with or without a blank between them.
#[derive(Debug, Clone, PartialEq)]
pub struct SideBySide {
    /// In a title: one vendor's may be a name or an accident, those of two vendors are how people write.
    pub titles: Match,
    /// In the name of a category.
    pub categories: Match,
}

/// The name of a region and a word side by side in what names a thing. Hangul is found inside of longer words, too
/// (대전 방지 in 대전방지매트); other words by the pairs that [`terms::place_pair`] makes.
pub fn side_by_side(name: &str, next: &str) -> SideBySide {
    let (name, next) = (squash(&clean(name)), clean(next));
    let (joined, none) = (format!("{name}{}", squash(&next)), || Match::Any(Vec::new()));
    if name.is_empty() || joined == name {
        return SideBySide { titles: none(), categories: none() };
    }
    if joined.chars().all(hangul::is_syllable) {
        let [inside, ..] = grams::run_phrases(&joined);
        let [titles, categories] =
            [Field::TitleGram, Field::CategoryGram].map(|field| Match::Phrase(field, inside.clone()));
        return SideBySide { titles, categories };
    }
    let pair = terms::place_pair(&name, &next);
    SideBySide { titles: pair.map_or_else(none, |pair| Match::Term(Field::Region, pair)), categories: none() }
}

/// All words of a phrase; Hangul phrases also without their blanks.
pub fn phrase(text: &str) -> Match {
    let words: Vec<&str> =
        text.split(|c: char| !super::clean::is_word(c)).filter(|w| !w.is_empty()).collect();
    match words.as_slice() {
        [one] => literal(one),
        many => {
            let apart = Match::All(many.iter().map(|w| literal(w)).collect());
            let joined: String = many.concat();
            if joined.chars().all(hangul::is_syllable) {
                Match::Any(vec![(apart, 0.95), (literal(&joined), 1.0)])
            } else {
                apart
            }
        }
    }
}
