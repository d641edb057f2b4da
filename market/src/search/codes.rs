//! Part numbers whose pieces stand apart in titles and are typed as one, and the other way round: 6004 ZZ, VG 46, 6004 2RS.

use super::clean::squash;
use super::plan::{Lexicon, Match};
use super::terms::{self, Field};
use super::{hangul, units};

/// Two neighbouring pieces as one part number.
#[derive(Debug, PartialEq)]
pub(super) struct Joined {
    /// Without blanks and hyphens.
    pub(super) code: String,
    /// Whether letters meet digits: only then may a beginning of it be asked for, since 60042 is no part of 6004 2RS.
    pub(super) open: bool,
}

/// Neighbouring pieces of a cleaned title that make one part number. Numbers with units are none.
pub(super) fn joined(title: &str) -> Vec<Joined> {
    let between = |c: char| matches!(c, ',' | '(' | ')' | ';' | '[' | ']' | '"') || hangul::is_hangul(c);
    let mut out = Vec::new();
    for stretch in title.split(between) {
        let pieces: Vec<String> = stretch.split(' ').filter(|piece| !piece.is_empty()).map(squash).collect();
        out.extend(pieces.windows(2).filter_map(|two| match two {
            [first, second] => join(first, second),
            _ => None,
        }));
    }
    out
}

fn join(first: &str, second: &str) -> Option<Joined> {
    let plain = |text: &str| text.bytes().all(|b| b.is_ascii_alphanumeric());
    let letters = |text: &str| text.bytes().all(|b| b.is_ascii_alphabetic());
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let (end, begin) = (first.bytes().last()?, second.bytes().next()?);
    let long = |text: &str| letters(text) && text.len() > 3;
    if !plain(first) || !plain(second) || long(first) || long(second) || units::canonical(second).is_some() {
        return None;
    }
    let open = end.is_ascii_digit() != begin.is_ascii_digit();
    let closed = digits(first) && first.len() >= 3 && begin.is_ascii_digit() && !digits(second);
    let code = format!("{first}{second}");
    ((open || closed) && (3..=14).contains(&code.len())).then_some(Joined { code, open })
}

/// The ways to find a part number that no title writes so: the same with blanks, or its letters and digits apart in one title.
pub(super) fn in_pieces(code: &str, lexicon: &dyn Lexicon) -> Option<Match> {
    let code = squash(code);
    let whole = Match::Term(Field::CodeWhole, code.clone());
    if lexicon.any(&whole) {
        return Some(whole);
    }
    let parts = terms::scripts(&code);
    let words = parts.iter().map(|part| Match::Term(Field::Title, (*part).to_owned()));
    let telling = parts.iter().any(|part| part.len() >= 3 && part.bytes().all(|b| b.is_ascii_digit()));
    let apart = Match::All(words.collect());
    ((2..=3).contains(&parts.len()) && telling && lexicon.any(&apart)).then_some(apart)
}

/// The longest beginning of a part number that ends where letters and digits meet and is a whole number somewhere.
pub(super) fn beginning(code: &str, lexicon: &dyn Lexicon) -> Option<String> {
    let code = squash(code);
    let parts = terms::scripts(&code);
    (1..parts.len()).rev().map(|count| parts.iter().take(count).copied().collect::<String>()).find(|head| {
        head.len() >= 4
            && head.bytes().any(|b| b.is_ascii_digit())
            && (lexicon.any(&Match::Term(Field::CodeWhole, head.clone()))
                || lexicon.any(&Match::Term(Field::Title, head.clone())))
    })
}
