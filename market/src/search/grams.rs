//! Neighbouring syllables and initials: how a part of a Korean compound is found without a dictionary.

use super::{hangul, terms::Term};

/// A stretch of syllables: its characters and where words begin.
struct Stretch {
    chars: Vec<char>,
    begins: Vec<bool>,
}

/// Stretches of Hangul that only blanks interrupt.
fn stretches(text: &str) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    let (mut open, mut fresh) = (false, true);
    for c in text.chars() {
        if hangul::is_hangul(c) {
            if !open {
                out.push(Stretch { chars: Vec::new(), begins: Vec::new() });
                open = true;
                fresh = true;
            }
            if let Some(stretch) = out.last_mut() {
                stretch.chars.push(c);
                stretch.begins.push(fresh);
            }
            fresh = false;
        } else if c == ' ' {
            fresh = true;
        } else {
            open = false;
        }
    }
    out
}

/// Neighbouring syllables, and every last syllable by itself. `^` marks the beginning of a word, `$` its end, `~` what
/// follows a negating syllable (비절연: 절연 must not find it).
pub(super) fn grams(text: &str) -> Vec<Term> {
    marked(text, true)
}

/// The same without single syllables, where nothing asks for them.
pub(super) fn syllable_pairs(text: &str) -> Vec<Term> {
    marked(text, false)
}

fn marked(text: &str, single: bool) -> Vec<Term> {
    let mut out = Vec::new();
    let mut base = 0;
    for stretch in stretches(text) {
        let end_of = |i: usize| stretch.begins.get(i + 1).copied().unwrap_or(true);
        for (i, c) in stretch.chars.iter().enumerate() {
            let begin = stretch.begins.get(i).copied().unwrap_or(true);
            let mut add = |signs: &[char]| {
                out.push(Term { text: signs.iter().collect(), position: base + i });
            };
            if single && end_of(i) {
                add(&[*c, '$']);
                if begin {
                    add(&['^', *c, '$']);
                }
            }
            let Some(next) = stretch.chars.get(i + 1) else { continue };
            let negated = !begin
                && end_of(i + 1)
                && i > 0
                && stretch.begins.get(i - 1) == Some(&true)
                && is_negating(stretch.chars.get(i - 1));
            if negated {
                add(&['~', *c, *next]);
                continue;
            }
            add(&[*c, *next]);
            if begin {
                add(&['^', *c, *next]);
            }
            if end_of(i + 1) {
                add(&[*c, *next, '$']);
            }
        }
        base += stretch.chars.len() + 10;
    }
    out
}

fn is_negating(c: Option<&char>) -> bool {
    matches!(c, Some('비' | '무' | '불' | '미'))
}

/// Terms that must stand in a row for a run of syllables to be inside a document: anywhere, at the beginning of a
/// word, at its end.
pub fn run_phrases(run: &str) -> [Vec<String>; 3] {
    let chars: Vec<char> = run.chars().collect();
    let mut inside: Vec<String> = chars.windows(2).map(|w| w.iter().collect()).collect();
    if let Some(last) = inside.last_mut().filter(|_| chars.len() == 3 && is_negating(chars.first())) {
        last.insert(0, '~');
    }
    let (mut begin, mut end) = (inside.clone(), inside.clone());
    if let Some(first) = begin.first_mut().filter(|f| !f.starts_with('~')) {
        first.insert(0, '^');
    }
    if let Some(last) = end.last_mut().filter(|l| !l.starts_with('~')) {
        last.push('$');
    }
    [inside, begin, end]
}

/// Two and three neighbouring initials; `^` marks the beginning of a word, `$` its end. Pairs alone stand in nearly
/// every text somewhere.
pub(super) fn initials(text: &str, mark: &str, from: usize) -> Vec<Term> {
    let mut out = Vec::new();
    let mut base = from;
    for stretch in stretches(text) {
        let letters: Vec<char> = stretch.chars.iter().filter_map(|c| hangul::initial(*c)).collect();
        if letters.len() == stretch.chars.len() {
            for i in 0..letters.len() {
                for run in [2, 3].into_iter().filter_map(|count| letters.get(i..i + count)) {
                    let run_text: String = run.iter().collect();
                    let mut add = |text: String| out.push(Term { text, position: base + i });
                    let begin = stretch.begins.get(i) == Some(&true);
                    let end = stretch.begins.get(i + run.len()).copied().unwrap_or(true);
                    if begin {
                        add(format!("{mark}^{run_text}"));
                    }
                    if end {
                        add(format!("{mark}{run_text}$"));
                    }
                    if begin && end {
                        add(format!("{mark}^{run_text}$"));
                    }
                    add(format!("{mark}{run_text}"));
                }
            }
        }
        base += stretch.chars.len() + 10;
    }
    out
}
