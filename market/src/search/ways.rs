//! The ways in which a word or phrase may stand in a document, each with its quality.

use super::{
    answer::Evidence,
    clean::{clean, squash},
    grams, hangul,
    plan::{Alternative, Match},
    terms::{self, Field},
};

/// Quality of what is not what was asked but stands next to it.
pub const NEIGHBOUR: f32 = 0.4;

/// An alternative.
pub fn alternative(matches: Match, quality: f32, evidence: Evidence) -> Alternative {
    Alternative { matches, quality, evidence }
}

/// A word as typed: whole in a title best, then beginning or end of a compound, inside, in the category, elsewhere.
pub fn literal(word: &str) -> Match {
    let mut ways = vec![
        (Match::Term(Field::Category, format!("={word}")), 1.0),
        (Match::Term(Field::Title, terms::stem(word)), 0.97),
    ];
    let chars: Vec<char> = word.chars().collect();
    let run = chars.iter().all(|c| hangul::is_hangul(*c));
    if run && chars.len() >= 2 {
        let [inside, begin, end] = grams::run_phrases(word);
        for (field, best) in [(Field::TitleGram, 0.96), (Field::CategoryGram, 0.84), (Field::BodyGram, 0.46)]
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

/// Two words side by side in what names a thing, with or without a blank between them.
pub fn side_by_side(first: &str, second: &str) -> Match {
    let (first, second) = (squash(&clean(first)), squash(&clean(second)));
    let joined = format!("{first}{second}");
    if first.is_empty() || second.is_empty() {
        return Match::Any(Vec::new());
    }
    if joined.chars().all(hangul::is_syllable) {
        let [inside, ..] = grams::run_phrases(&joined);
        let fields = [Field::TitleGram, Field::CategoryGram];
        return Match::Any(fields.map(|field| (Match::Phrase(field, inside.clone()), 1.0)).to_vec());
    }
    Match::All([first, second].map(|word| Match::Term(Field::Title, terms::stem(&word))).to_vec())
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
