//! Addresses of vendors and listings: romanised name and a short id, so that they can be read aloud
//! and never collide.

use uuid::Uuid;

/// Initial consonants of Revised Romanization, in the order of the syllable block.
const INITIALS: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
/// Vowels.
const VOWELS: [&str; 21] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
    "yu", "eu", "ui", "i",
];
/// Final consonants, as pronounced before a consonant or pause.
const FINALS: [&str; 28] = [
    "", "k", "k", "k", "n", "n", "n", "t", "l", "k", "m", "l", "l", "l", "p", "l", "m", "p", "p", "t", "t",
    "ng", "t", "t", "k", "t", "p", "t",
];

/// Longest readable part of a slug.
const READABLE: usize = 60;

/// Romanises Hangul syllable by syllable (Revised Romanization of 2000, without assimilation), keeps
/// ASCII letters and digits, and turns everything else into single hyphens.
pub fn romanise(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '가'..='힣' => push_syllable(&mut out, c as usize - '가' as usize),
            'a'..='z' | '0'..='9' => out.push(c),
            'A'..='Z' => out.push(c.to_ascii_lowercase()),
            '×' => out.push('x'),
            _ if !out.ends_with('-') => out.push('-'),
            _ => {}
        }
    }
    out.trim_matches('-').to_owned()
}

fn push_syllable(out: &mut String, index: usize) {
    let parts = [INITIALS.get(index / 588), VOWELS.get(index % 588 / 28), FINALS.get(index % 28)];
    out.extend(parts.into_iter().flatten().copied());
}

/// `name` romanised (at most 60 characters, cut at a hyphen) and eight hexadecimal digits of `id`'s random part.
pub fn slug(name: &str, id: Uuid) -> String {
    let full = romanise(name);
    let readable = match full.char_indices().nth(READABLE) {
        Some((cut, _)) => full
            .get(..cut)
            .and_then(|head| head.rsplit_once('-').map(|(head, _)| head))
            .unwrap_or("item")
            .to_owned(),
        None => full,
    };
    let tail = &id.simple().to_string()[24..];
    if readable.is_empty() { tail.to_owned() } else { format!("{readable}-{tail}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanises_names() {
        assert_eq!(romanise("가온벼리볼트"), "gaonbyeoribolteu");
        assert_eq!(romanise("육각볼트 M8×20 (SUS304)"), "yukgakbolteu-m8x20-sus304");
        assert_eq!(romanise("⚙️"), "");
    }

    #[test]
    fn stays_short_and_unique() {
        let id = Uuid::from_u128(0x0123_4567_89ab_cdef_0123_4567_89ab_cdef);
        assert_eq!(slug("볼트", id), "bolteu-89abcdef");
        assert_eq!(slug("🎉", id), "89abcdef");
        assert!(slug(&"가나다 ".repeat(50), id).len() < 72);
    }
}
