//! The words and measures of a question, in the order of the text, before anything is looked up.

use super::{clean, measure};

/// More words than this are not read.
const MOST_WORDS: usize = 40;

/// A word, a measure, or what is not wanted.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unit {
    /// A word.
    Word(String),
    /// A number with its unit, and as typed.
    Measure(measure::Measure, String),
    /// What a negation binds.
    Not(super::negation::Unwanted),
}

impl Unit {
    /// As typed; nothing for what is not wanted.
    pub(super) fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Measure(_, text) => text,
            Self::Not(_) => "",
        }
    }

    /// The word, when it is one.
    pub(super) fn word(&self) -> Option<&str> {
        if let Self::Word(word) = self { Some(word) } else { None }
    }
}

/// Words and measures of a cleaned text.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut out = Vec::new();
    let mut at = 0;
    for m in measure::measures(text) {
        push_words(text.get(at..m.start).unwrap_or_default(), &mut out);
        out.push(Unit::Measure(m.clone(), text.get(m.start..m.end).unwrap_or_default().to_owned()));
        at = m.end;
    }
    push_words(text.get(at..).unwrap_or_default(), &mut out);
    out.truncate(MOST_WORDS);
    out
}

fn push_words(text: &str, out: &mut Vec<Unit>) {
    for chunk in text.split([' ', ',', '(', ')', ';', '[', ']', '"', '<', '>', '/']) {
        let code = chunk.is_ascii()
            && chunk.bytes().any(|b| b.is_ascii_digit())
            && chunk.bytes().any(|b| b.is_ascii_alphabetic());
        if code {
            out.push(Unit::Word(chunk.trim_matches(|c: char| !c.is_ascii_alphanumeric()).to_owned()));
            continue;
        }
        out.extend(
            chunk
                .split(|c: char| !clean::is_word(c))
                .filter(|w| !w.is_empty())
                .map(|w| Unit::Word(w.to_owned())),
        );
    }
}
