//! How an English word may be heard in Korean: the keys of [`sound::key`](super::sound::key) that its spellings in Hangul would
//! have, so that `locker` meets 라커 and `webbing` meets 웨빙 though no table knows either. The letters follow the rules by
//! which loan words are written (외래어 표기법, 영어), loosely: English has several sounds for most vowels, and each is
//! tried.

use std::collections::HashSet;

/// Keys tried for one word.
const MOST: usize = 160;

/// Where in a word letters have a sound.
#[derive(Clone, Copy, PartialEq, Eq)]
enum At {
    Anywhere,
    Start,
    End,
    /// Before a, e, i, o, u, y.
    Vowel,
    /// Before e, i, y.
    Front,
    /// Before a consonant or the end.
    Closed,
}

use At::{Anywhere, Closed, End, Front, Start, Vowel};

/// Letters, where they stand, and how they are heard, the most frequent first. The first line that fits is taken.
const SOUNDS: &[(&str, At, &[&str])] = &[
    ("tion", Anywhere, &["san"]),
    ("shion", Anywhere, &["san"]),
    ("ssion", Anywhere, &["san"]),
    ("sion", Anywhere, &["jan", "san"]),
    ("ture", End, &["ja"]),
    ("tch", Anywhere, &["ji"]),
    ("dge", Anywhere, &["ji"]),
    ("que", End, &["g"]),
    ("sch", Anywhere, &["sg", "s"]),
    ("eau", Anywhere, &["o"]),
    ("ck", Anywhere, &["g"]),
    ("ch", Anywhere, &["ji", "j", "g"]),
    ("sh", End, &["si"]),
    ("sh", Closed, &["s"]),
    ("sh", Anywhere, &["s"]),
    ("ph", Anywhere, &["b"]),
    ("gh", Anywhere, &["", "g"]),
    ("th", Anywhere, &["s", "d"]),
    ("wh", Anywhere, &["h", "hw", ""]),
    ("kn", Start, &["n"]),
    ("wr", Start, &["r"]),
    ("ps", Start, &["s"]),
    ("mb", End, &["m"]),
    ("ng", End, &["G"]),
    ("ng", Anywhere, &["G", "nj"]),
    ("nk", Anywhere, &["Gg"]),
    ("sc", Front, &["s"]),
    ("qua", Anywhere, &["gwa", "gwo"]),
    ("qu", Anywhere, &["g", "gw"]),
    ("foo", Anywhere, &["b"]),
    ("poo", Anywhere, &["b"]),
    ("fu", Anywhere, &["b", "ba", "bu"]),
    ("pu", Anywhere, &["b", "ba", "bu"]),
    ("hoo", Anywhere, &["h"]),
    ("hu", Anywhere, &["h", "ha", "hu"]),
    ("coo", Anywhere, &["gu", "g"]),
    ("oo", Anywhere, &["u", "o"]),
    ("ou", Anywhere, &["au", "u", "o", "a"]),
    ("ow", Anywhere, &["au", "o"]),
    ("ee", Anywhere, &["i"]),
    ("ea", Anywhere, &["i", "e"]),
    ("ai", Anywhere, &["e", "ai"]),
    ("ay", Anywhere, &["e", "ai"]),
    ("ei", Anywhere, &["e", "ai"]),
    ("ey", Anywhere, &["i", "e"]),
    ("ie", Anywhere, &["i", "ai"]),
    ("oa", Anywhere, &["o"]),
    ("oi", Anywhere, &["oi"]),
    ("oy", Anywhere, &["oi"]),
    ("au", Anywhere, &["o", "au"]),
    ("aw", Anywhere, &["o"]),
    ("er", Closed, &["a"]),
    ("ir", Closed, &["a"]),
    ("ur", Closed, &["a"]),
    ("or", Closed, &["a", "o"]),
    ("ar", Closed, &["a"]),
    ("re", End, &["a", "r"]),
    ("le", End, &["r", "ar", "ur"]),
    ("ge", End, &["ji"]),
    ("ce", End, &["s"]),
    ("se", End, &["s", "j"]),
    ("e", End, &["", "e", "i"]),
    ("y", End, &["i"]),
    ("y", Start, &[""]),
    ("c", Front, &["s"]),
    ("c", Anywhere, &["g"]),
    ("g", Front, &["j", "g"]),
    ("x", Start, &["j", "gs"]),
    ("x", Anywhere, &["gs"]),
    ("s", Vowel, &["s", "j"]),
    ("s", Anywhere, &["s"]),
    ("z", Anywhere, &["j", "s"]),
    ("j", Anywhere, &["j"]),
    ("k", Anywhere, &["g"]),
    ("q", Anywhere, &["g"]),
    ("g", Anywhere, &["g"]),
    ("t", Anywhere, &["d"]),
    ("d", Anywhere, &["d"]),
    ("p", Anywhere, &["b"]),
    ("b", Anywhere, &["b"]),
    ("f", Anywhere, &["b"]),
    ("v", Anywhere, &["b"]),
    ("l", Anywhere, &["r"]),
    ("r", Vowel, &["r"]),
    ("r", Anywhere, &["", "r"]),
    ("m", Anywhere, &["m"]),
    ("n", Anywhere, &["n"]),
    ("h", Vowel, &["h"]),
    ("w", Front, &[""]),
    ("w", Anywhere, &["w", "u"]),
    ("a", Anywhere, &["a", "e"]),
    ("e", Anywhere, &["e", "i", "", "a"]),
    ("i", Anywhere, &["i", "ai"]),
    ("o", Anywhere, &["o", "a"]),
    ("u", Anywhere, &["a", "u", "iu"]),
    ("y", Anywhere, &["i", "ai"]),
];

/// The keys under which Hangul spellings of an English word would stand; none for what is too short to be told by its sound.
pub fn keys(word: &str) -> Vec<String> {
    let word = word.to_ascii_lowercase();
    if word.len() < 4 || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Vec::new();
    }
    let mut heard = spoken(&word);
    if let Some(one) = word.strip_suffix('s').filter(|one| !one.ends_with('s')) {
        heard.extend(spoken(one));
    }
    let mut seen = HashSet::new();
    heard.retain(|key| tells(key) && seen.insert(key.clone()));
    heard
}

fn spoken(word: &str) -> Vec<String> {
    let mut out = vec![String::new()];
    let mut from = 0;
    while let Some(rest) = word.get(from..).filter(|rest| !rest.is_empty()) {
        let fits = |(letters, at, _): &&(&str, At, &[&str])| {
            rest.strip_prefix(letters).is_some_and(|behind| stands(*at, from, behind))
        };
        let Some((letters, _, sounds)) = SOUNDS.iter().find(fits) else {
            from += 1;
            continue;
        };
        from += letters.len();
        let mut next: Vec<String> = Vec::with_capacity(out.len() * sounds.len());
        for sound in *sounds {
            next.extend(out.iter().map(|key| joined(key, sound)));
        }
        let mut seen = HashSet::new();
        next.retain(|key| seen.insert(key.clone()));
        next.truncate(MOST);
        out = next;
    }
    out
}

fn stands(at: At, from: usize, behind: &str) -> bool {
    let next = behind.bytes().next();
    let vowel = matches!(next, Some(b'a' | b'e' | b'i' | b'o' | b'u' | b'y'));
    match at {
        Anywhere => true,
        Start => from == 0,
        End => behind.is_empty(),
        Vowel => vowel,
        Front => matches!(next, Some(b'e' | b'i' | b'y')),
        Closed => !vowel,
    }
}

/// As [`sound::key`](super::sound::key) writes it: nothing twice in a row, long vowels once, and 레 like 리.
fn joined(key: &str, sound: &str) -> String {
    let mut out = key.to_owned();
    for c in sound.chars() {
        match (out.chars().next_back(), c) {
            (Some(last), c) if last == c => {}
            (Some('e'), 'i') | (Some('G'), 'g') => {}
            (Some('r'), 'e') => out.push('i'),
            _ => out.push(c),
        }
    }
    out
}

/// Three consonants with a vowel, or two with two: less is said by too many words.
fn tells(key: &str) -> bool {
    let vowels = key.chars().filter(|c| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'w')).count();
    let consonants = key.chars().count() - vowels;
    (consonants >= 3 && vowels >= 1) || (consonants >= 2 && vowels >= 2)
}

#[cfg(test)]
mod tests {
    use super::super::sound;
    use super::*;

    #[test]
    fn english_words_are_heard_in_hangul() {
        let pairs = [
            ("sofa", "소파"),
            ("locker", "라커"),
            ("locker", "로커"),
            ("vanilla", "바닐라"),
            ("webbing", "웨빙"),
            ("kraft", "크라프트"),
            ("pouch", "파우치"),
            ("collagen", "콜라겐"),
            ("nitrile", "니트릴"),
            ("dressing", "드레싱"),
            ("honing", "호닝"),
            ("brush", "브러시"),
            ("sensors", "센서"),
            ("cartridge", "카트리지"),
            ("laser", "레이저"),
            ("cushion", "쿠션"),
            ("lotion", "로션"),
            ("bridge", "브리지"),
            ("turbine", "터빈"),
            ("lumber", "럼버"),
        ];
        let missed: Vec<_> = pairs
            .iter()
            .filter(|(latin, hangul)| !keys(latin).contains(&sound::key(hangul)))
            .map(|(latin, hangul)| {
                format!("{latin} {hangul} {} {:?}", sound::key(hangul), keys(latin).get(..6))
            })
            .collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn what_says_little_is_not_heard() {
        for word in ["", "pin", "oil", "aa", "m8", "zzqqxx", "볼트", "a1b2"] {
            assert!(keys(word).is_empty(), "{word} {:?}", keys(word));
        }
    }

    proptest::proptest! {
        #[test]
        fn there_are_never_too_many(word in "[a-z]{0,40}") {
            proptest::prop_assert!(keys(&word).len() <= 2 * MOST);
        }
    }
}
