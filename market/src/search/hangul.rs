//! Arithmetic of Hangul: syllables and their letters, initials, and the two-set keyboard. No words, no rules of search.

/// Initial consonants in Unicode order.
pub const LEADS: [char; 19] = [
    'ㄱ', 'ㄲ', 'ㄴ', 'ㄷ', 'ㄸ', 'ㄹ', 'ㅁ', 'ㅂ', 'ㅃ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅉ', 'ㅊ', 'ㅋ', 'ㅌ',
    'ㅍ', 'ㅎ',
];
const VOWELS: [char; 21] = [
    'ㅏ', 'ㅐ', 'ㅑ', 'ㅒ', 'ㅓ', 'ㅔ', 'ㅕ', 'ㅖ', 'ㅗ', 'ㅘ', 'ㅙ', 'ㅚ', 'ㅛ', 'ㅜ', 'ㅝ', 'ㅞ', 'ㅟ',
    'ㅠ', 'ㅡ', 'ㅢ', 'ㅣ',
];
const TAILS: [char; 28] = [
    '\0', 'ㄱ', 'ㄲ', 'ㄳ', 'ㄴ', 'ㄵ', 'ㄶ', 'ㄷ', 'ㄹ', 'ㄺ', 'ㄻ', 'ㄼ', 'ㄽ', 'ㄾ', 'ㄿ', 'ㅀ', 'ㅁ',
    'ㅂ', 'ㅄ', 'ㅅ', 'ㅆ', 'ㅇ', 'ㅈ', 'ㅊ', 'ㅋ', 'ㅌ', 'ㅍ', 'ㅎ',
];
/// Two-set keyboard: letter and key. Capitals are the shifted keys.
const KEYS: [(char, char); 33] = [
    ('ㅂ', 'q'),
    ('ㅈ', 'w'),
    ('ㄷ', 'e'),
    ('ㄱ', 'r'),
    ('ㅅ', 't'),
    ('ㅛ', 'y'),
    ('ㅕ', 'u'),
    ('ㅑ', 'i'),
    ('ㅐ', 'o'),
    ('ㅔ', 'p'),
    ('ㅁ', 'a'),
    ('ㄴ', 's'),
    ('ㅇ', 'd'),
    ('ㄹ', 'f'),
    ('ㅎ', 'g'),
    ('ㅗ', 'h'),
    ('ㅓ', 'j'),
    ('ㅏ', 'k'),
    ('ㅣ', 'l'),
    ('ㅋ', 'z'),
    ('ㅌ', 'x'),
    ('ㅊ', 'c'),
    ('ㅍ', 'v'),
    ('ㅠ', 'b'),
    ('ㅜ', 'n'),
    ('ㅡ', 'm'),
    ('ㅃ', 'Q'),
    ('ㅉ', 'W'),
    ('ㄸ', 'E'),
    ('ㄲ', 'R'),
    ('ㅆ', 'T'),
    ('ㅒ', 'O'),
    ('ㅖ', 'P'),
];
/// Letters typed with two keys, as the pair of simple letters.
const PAIRS: [(char, char, char); 18] = [
    ('ㅘ', 'ㅗ', 'ㅏ'),
    ('ㅙ', 'ㅗ', 'ㅐ'),
    ('ㅚ', 'ㅗ', 'ㅣ'),
    ('ㅝ', 'ㅜ', 'ㅓ'),
    ('ㅞ', 'ㅜ', 'ㅔ'),
    ('ㅟ', 'ㅜ', 'ㅣ'),
    ('ㅢ', 'ㅡ', 'ㅣ'),
    ('ㄳ', 'ㄱ', 'ㅅ'),
    ('ㄵ', 'ㄴ', 'ㅈ'),
    ('ㄶ', 'ㄴ', 'ㅎ'),
    ('ㄺ', 'ㄹ', 'ㄱ'),
    ('ㄻ', 'ㄹ', 'ㅁ'),
    ('ㄼ', 'ㄹ', 'ㅂ'),
    ('ㄽ', 'ㄹ', 'ㅅ'),
    ('ㄾ', 'ㄹ', 'ㅌ'),
    ('ㄿ', 'ㄹ', 'ㅍ'),
    ('ㅀ', 'ㄹ', 'ㅎ'),
    ('ㅄ', 'ㅂ', 'ㅅ'),
];

const FIRST: u32 = 0xAC00;
const COUNT: u32 = 11_172;

/// A complete syllable, 가 to 힣.
pub fn is_syllable(c: char) -> bool {
    (u32::from(c).wrapping_sub(FIRST)) < COUNT
}

/// A letter standing alone, as a keyboard sends it.
pub fn is_letter(c: char) -> bool {
    ('\u{3131}'..='\u{318E}').contains(&c)
}

/// A consonant that can begin a syllable, standing alone.
pub fn is_lead(c: char) -> bool {
    LEADS.contains(&c)
}

/// Syllable or letter.
pub fn is_hangul(c: char) -> bool {
    is_syllable(c) || is_letter(c)
}

/// Initial, vowel and final of a syllable.
pub fn split(c: char) -> Option<(char, char, Option<char>)> {
    let code = u32::from(c).checked_sub(FIRST).filter(|code| *code < COUNT)? as usize;
    let tail = TAILS.get(code % 28).copied().filter(|t| *t != '\0');
    Some((*LEADS.get(code / 588)?, *VOWELS.get(code % 588 / 28)?, tail))
}

/// The syllable of these letters.
pub fn join(lead: char, vowel: char, tail: Option<char>) -> Option<char> {
    let lead = LEADS.iter().position(|c| *c == lead)?;
    let vowel = VOWELS.iter().position(|c| *c == vowel)?;
    let tail = match tail {
        None => 0,
        Some(tail) => TAILS.iter().skip(1).position(|c| *c == tail)? + 1,
    };
    u32::try_from(lead * 588 + vowel * 28 + tail).ok().and_then(|code| char::from_u32(FIRST + code))
}

/// The initial of a syllable; a lone consonant is its own.
pub fn initial(c: char) -> Option<char> {
    split(c).map(|(lead, ..)| lead).or_else(|| Some(c).filter(|c| is_lead(*c)))
}

fn pair_of(c: char) -> Option<(char, char)> {
    PAIRS.iter().find(|(whole, ..)| *whole == c).map(|(_, a, b)| (*a, *b))
}

fn paired(a: char, b: char) -> Option<char> {
    PAIRS.iter().find(|(_, x, y)| (*x, *y) == (a, b)).map(|(whole, ..)| *whole)
}

/// Letters in typing order. Compound finals become two letters, so that an unfinished syllable is a prefix of the
/// finished one; compound vowels stay one letter except where they begin alike on the keyboard.
pub fn letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        match split(c) {
            Some((lead, vowel, tail)) => {
                out.push(lead);
                push_simple(&mut out, vowel);
                if let Some(tail) = tail {
                    push_simple(&mut out, tail);
                }
            }
            None => push_simple(&mut out, c),
        }
    }
    out
}

fn push_simple(out: &mut String, c: char) {
    match pair_of(c) {
        Some((a, b)) => out.extend([a, b]),
        None => out.push(c),
    }
}

/// What a Korean keyboard would have made of these keys (`tmxpdls` → 스테인).
pub fn from_keys(keys: &str) -> String {
    let letter = |key: char| {
        let exact = KEYS.iter().find(|(_, k)| *k == key);
        exact.or_else(|| KEYS.iter().find(|(_, k)| *k == key.to_ascii_lowercase())).map_or(key, |(j, _)| *j)
    };
    compose(&keys.chars().map(letter).collect::<Vec<_>>())
}

/// What an English keyboard would have made of this text (ㅣㅡ317 → lm317).
pub fn to_keys(text: &str) -> String {
    letters(text).chars().map(|c| KEYS.iter().find(|(j, _)| *j == c).map_or(c, |(_, key)| *key)).collect()
}

/// Composes letters to syllables the way an input method does.
pub fn compose(letters: &[char]) -> String {
    let at = |i: usize| letters.get(i).copied().unwrap_or('\0');
    let vowel = |c: char| VOWELS.contains(&c);
    let mut out = String::new();
    let mut i = 0;
    while i < letters.len() {
        let (lead, first_vowel) = (at(i), at(i + 1));
        if !(is_lead(lead) && vowel(first_vowel)) {
            out.push(lead);
            i += 1;
            continue;
        }
        i += 2;
        let mut middle = first_vowel;
        if let Some(whole) = paired(middle, at(i)).filter(|c| vowel(*c)) {
            middle = whole;
            i += 1;
        }
        let mut tail = None;
        if TAILS.contains(&at(i)) && at(i) != '\0' && !vowel(at(i + 1)) {
            tail = Some(at(i));
            i += 1;
            if let Some(whole) =
                tail.and_then(|t| paired(t, at(i))).filter(|c| TAILS.contains(c) && !vowel(at(i + 1)))
            {
                tail = Some(whole);
                i += 1;
            }
        }
        out.push(join(lead, middle, tail).unwrap_or(lead));
    }
    out
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn keyboards_both_ways() {
        assert_eq!(from_keys("tmxpdls"), "스테인");
        assert_eq!(from_keys("dydwjq"), "용접");
        assert_eq!(from_keys("ehdjzmffhwj"), "도어클로저");
        assert_eq!(to_keys("ㅣㅡ317"), "lm317");
        assert_eq!(to_keys("싳279"), "tlc279");
        assert_eq!(to_keys("ㅣ무9514"), "lan9514");
    }

    #[test]
    fn unfinished_is_a_prefix() {
        assert!(letters("스테인").starts_with(&letters("스테ㅇ")));
        assert!(letters("점검구문").starts_with(&letters("점검구무")));
        assert!(letters("닭").starts_with(&letters("달")));
        assert!(letters("관").starts_with(&letters("고")));
    }

    proptest! {
        #[test]
        fn letters_compose_back(text in "[가-힣]{0,12}") {
            let all: Vec<char> = letters(&text).chars().collect();
            // a compound final before a syllable without initial may move over: only texts without that come back
            if text.chars().all(|c| split(c).is_some_and(|(.., tail)| tail.is_none_or(|t| pair_of(t).is_none()))) {
                prop_assert_eq!(compose(&all), text);
            }
        }

        #[test]
        fn never_panics(text in any::<String>()) {
            let _ = (letters(&text), from_keys(&text), to_keys(&text));
        }
    }
}
