//! Brings text of any origin into one form: composed, half-width, lower case, without controls and marks.

use unicode_normalization::UnicodeNormalization;

use super::hangul;
use crate::text;

/// One form of a text for indexing and asking.
///
/// Compatibility forms are folded letter by letter (Ｕ → u, ㎡ → m2, ½ → 1/2), but Hangul letters standing alone
/// (U+3131–U+318E) stay: NFKC would turn them into conjoining letters and break questions by initials.
pub fn clean(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    // composing costs more than all the rest, and nearly every text is composed
    if text.chars().all(is_composed) {
        text.chars().for_each(|c| fold(c, &mut out));
    } else {
        text.nfc().for_each(|c| fold(c, &mut out));
    }
    if !out.chars().all(is_composed) {
        out = out.nfc().collect();
    }
    single_spaced(&out)
}

/// Signs that no neighbour composes with: what stands before the combining marks of Unicode, Hangul, Chinese.
fn is_composed(c: char) -> bool {
    c < '\u{300}' || hangul::is_hangul(c) || ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn single_spaced(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// Letters and digits only, of a cleaned text: how names and part numbers are compared.
pub fn squash(text: &str) -> String {
    text.chars().filter(|c| is_word(*c)).collect()
}

fn fold(c: char, out: &mut String) {
    match c {
        c if c.is_ascii() => out.push(if c.is_ascii_control() { ' ' } else { c.to_ascii_lowercase() }),
        c if hangul::is_syllable(c) => out.push(c),
        c if text::is_blank_letter(c) => out.push(' '),
        // invisible: joins what stands around it
        '\u{200C}' | '\u{200D}' | '\u{FE00}'..='\u{FE0F}' => {}
        c if text::is_invisible(c) => {}
        c if hangul::is_hangul(c) => out.push(c),
        'Φ' | 'φ' | 'ø' | 'Ø' | '⌀' | 'ϕ' | '∅' => out.push('φ'),
        '×' | '✕' | '╳' | '✖' | '⨯' | '＊' => out.push('×'),
        '∼' | '～' | '〜' => out.push('~'),
        '‐' | '‑' | '‒' | '–' | '—' | '−' => out.push('-'),
        '″' | '“' | '”' | '＂' | '‟' => out.push('"'),
        '′' | '‘' | '’' => out.push('\''),
        '½' => out.push_str(" 1/2"),
        '¼' => out.push_str(" 1/4"),
        '¾' => out.push_str(" 3/4"),
        '⅜' => out.push_str(" 3/8"),
        '⅝' => out.push_str(" 5/8"),
        'Ω' => out.push_str("ohm"),
        c if c.is_control() => out.push(' '),
        c => {
            let folded: String = std::iter::once(c).nfkc().flat_map(char::to_lowercase).collect();
            let mut rest = folded.chars();
            if rest.next() == Some(c) && rest.next().is_none() {
                out.push(c);
            } else {
                folded.chars().filter(|f| *f != c).for_each(|f| fold(f, out));
            }
        }
    }
}

/// At most `limit` characters; the flag says that something was cut.
pub fn truncate(text: &str, limit: usize) -> (&str, bool) {
    match text.char_indices().nth(limit) {
        Some((end, _)) => (text.get(..end).unwrap_or_default(), true),
        None => (text, false),
    }
}

/// Letters and digits in the widest sense of search: everything else separates words.
pub fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || hangul::is_hangul(c) || (!c.is_ascii() && c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn folds_forms_and_keeps_initials() {
        assert_eq!(clean("Ｕ볼트"), "u볼트");
        assert_eq!(clean("ㅂㅇㅂ ㄱ형강"), "ㅂㅇㅂ ㄱ형강");
        assert_eq!(clean("\u{1107}\u{1162}\u{11A8}"), "백");
        assert_eq!(clean("백\u{200b}엘보 25㎟ ㎡"), "백엘보 25mm2 m2");
        assert_eq!(clean("육각\u{ffa0}볼트\u{3164}엘\u{115f}보"), "육각 볼트 엘보", "as `text` keeps it");
        assert_eq!(clean("\u{202e}백엘보\u{202c}\0D100\r\n"), "백엘보 d100");
        assert_eq!(clean("Φ15mm Ø20"), "φ15mm φ20");
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in any::<String>()) {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }
    }
}
