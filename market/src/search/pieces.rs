//! The pieces that the grammar of measures reads: numbers, runs of one script, signs, blanks.

use super::hangul;

/// A run of one kind.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Piece<'a> {
    Number(&'a str),
    Latin(&'a str),
    Hangul(&'a str),
    Sign(char),
    Gap,
}

/// A piece and its bytes in the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    /// What it is.
    pub(super) piece: Piece<'a>,
    /// Bytes of the text, from.
    pub(super) start: usize,
    /// Bytes of the text, to.
    pub(super) end: usize,
}

/// All pieces of a cleaned text, in order.
pub(super) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let class = class_of(c);
        let mut end = start + c.len_utf8();
        if matches!(class, 'n' | 'l' | 'h') {
            while let Some((at, next)) = chars.peek().copied() {
                let inside = class_of(next) == class || (class == 'n' && point(text, at, next));
                if !inside || (class == 'l' && cross(text, at, next)) {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let slice = text.get(start..end).unwrap_or_default();
        let piece = match class {
            'n' => Piece::Number(slice),
            'l' if cross(text, start, c) => Piece::Sign('×'),
            'l' => Piece::Latin(slice),
            'h' => Piece::Hangul(slice),
            ' ' => Piece::Gap,
            _ => Piece::Sign(if c == '*' { '×' } else { c }),
        };
        out.push(Token { piece, start, end });
        if matches!(piece, Piece::Sign('×')) && class == 'l' && slice.len() > 1 {
            // "xd50": the letter after the cross is the prefix of the next number
            if let Some(last) = out.last_mut() {
                last.end = start + 1;
            }
            out.push(Token {
                piece: Piece::Latin(slice.get(1..).unwrap_or_default()),
                start: start + 1,
                end,
            });
        }
    }
    out
}

fn class_of(c: char) -> char {
    match c {
        '0'..='9' => 'n',
        'a'..='z' | 'φ' | 'μ' => 'l',
        ' ' => ' ',
        c if hangul::is_syllable(c) => 'h',
        _ => 's',
    }
}

/// A point or thousands comma inside a number.
fn point(text: &str, at: usize, c: char) -> bool {
    let rest = text.get(at + 1..).unwrap_or_default().as_bytes();
    let digit = |i: usize| rest.get(i).is_some_and(u8::is_ascii_digit);
    match c {
        '.' => digit(0),
        ',' => {
            digit(0)
                && digit(1)
                && digit(2)
                && !digit(3)
                && !text.get(..at).unwrap_or_default().ends_with(".0")
        }
        _ => false,
    }
}

/// An x between two numbers is a cross ("300 x 300", "d100xd50").
fn cross(text: &str, at: usize, c: char) -> bool {
    if c != 'x' {
        return false;
    }
    let before = text.get(..at).unwrap_or_default().trim_end().chars().next_back();
    let gap_before = text.get(..at).is_some_and(|t| t.ends_with(' '));
    let after = text.get(at + 1..).unwrap_or_default().trim_start();
    let mut rest = after.chars();
    let next = rest.next();
    let number_next = next.is_some_and(|c| c.is_ascii_digit())
        || (matches!(next, Some('d' | 'φ' | 'm')) && rest.next().is_some_and(|c| c.is_ascii_digit()));
    let unit_before = !gap_before && before.is_some_and(|c| matches!(c, 't' | 'm' | '"'));
    number_next && (before.is_some_and(|c| c.is_ascii_digit()) || unit_before)
}
