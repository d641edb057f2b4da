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

/// Family names of two syllables that are common enough to be told from one syllable and a given name of three.
const LONG_FAMILIES: [&str; 8] = ["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방"];
/// Family names that hardly anybody writes as the rules would have it.
const CUSTOMARY: [(&str, &str); 7] = [
    ("김", "Kim"),
    ("이", "Lee"),
    ("박", "Park"),
    ("최", "Choi"),
    ("강", "Kang"),
    ("조", "Cho"),
    ("노", "Noh"),
];

/// A Korean person's name in Latin letters, family name first: `임은채` becomes `Im Eunchae`. Given names are written syllable
/// by syllable without assimilation (국어의 로마자 표기법 제3장 제4항). None when the text is anything else than such a name.
pub fn person_in_latin(name: &str) -> Option<String> {
    let syllables = name.chars().count();
    if !(2..=5).contains(&syllables) || !name.chars().all(|c| ('가'..='힣').contains(&c)) {
        return None;
    }
    let long = LONG_FAMILIES.iter().find(|family| name.starts_with(**family) && syllables > 2);
    let cut = long.map_or_else(|| name.chars().next().map_or(0, char::len_utf8), |family| family.len());
    let (family, given) = name.split_at_checked(cut)?;
    let customary =
        CUSTOMARY.iter().find(|(korean, _)| *korean == family).map(|(_, latin)| (*latin).to_owned());
    let family = customary.unwrap_or_else(|| capitalised(&romanise(family)));
    Some(format!("{family} {}", capitalised(&romanise(given))))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_uppercase().to_string() + chars.as_str())
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

    #[test]
    fn a_persons_name_in_latin_letters() {
        assert_eq!(person_in_latin("임은채").as_deref(), Some("Im Eunchae"));
        assert_eq!(person_in_latin("김한별").as_deref(), Some("Kim Hanbyeol"));
        assert_eq!(person_in_latin("남궁민수").as_deref(), Some("Namgung Minsu"));
        assert_eq!(person_in_latin("남궁").as_deref(), Some("Nam Gung"));
        for none in ["", "김", "홍 길동", "Kim Hanbyeol", "가나다라마바", "김·이"] {
            assert_eq!(person_in_latin(none), None, "{none}");
        }
    }
}
