//! Words that insult. The list holds few words and says where in a word each may stand, because most of what such lists
//! hold means something else between makers and buyers (씨 발주, 즉시발송, nipple, butt weld) or names people, which is no
//! insult.

use std::sync::LazyLock;

const TABLE: &str = include_str!("../../data/abuse_words.tsv");

#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Anywhere,
    Start,
    Exact,
}

struct Rule {
    place: Place,
    word: &'static str,
    except: Vec<&'static str>,
}

struct Rules {
    korean: Vec<Rule>,
    english: Vec<&'static str>,
}

static RULES: LazyLock<Rules> = LazyLock::new(|| {
    let mut rules = Rules { korean: Vec::new(), english: Vec::new() };
    for row in TABLE.lines().filter(|row| !row.starts_with('#')) {
        let mut cells = row.split('\t');
        let (place, word) = (cells.next().unwrap_or_default(), cells.next().unwrap_or_default());
        let except: Vec<&str> =
            cells.next().unwrap_or_default().split(',').filter(|word| !word.is_empty()).collect();
        match place {
            "any" => rules.korean.push(Rule { place: Place::Anywhere, word, except }),
            "start" => rules.korean.push(Rule { place: Place::Start, word, except }),
            "exact" => rules.korean.push(Rule { place: Place::Exact, word, except }),
            "word" => rules.english.push(word),
            _ => {}
        }
    }
    rules
});

/// The first word of the list that insults in this text.
pub fn insult(text: &str) -> Option<&'static str> {
    text.split_whitespace().find_map(|token| korean(token).or_else(|| english(token)))
}

/// What stands between the letters is skipped (씨.발, 씨1발), a blank is not: 김 씨 발주.
fn korean(token: &str) -> Option<&'static str> {
    let letters: String = token.chars().filter(|c| is_korean(*c)).collect();
    if letters.is_empty() {
        return None;
    }
    RULES.korean.iter().find(|rule| rule.fits(&letters)).map(|rule| rule.word)
}

const fn is_korean(c: char) -> bool {
    matches!(c, '가'..='힣' | 'ㄱ'..='ㅣ')
}

impl Rule {
    fn fits(&self, letters: &str) -> bool {
        match self.place {
            Place::Exact => letters == self.word,
            Place::Start => letters.starts_with(self.word) && !self.is_other(letters),
            Place::Anywhere => letters.match_indices(self.word).any(|(at, _)| {
                letters.get(at..).is_some_and(|rest| !self.is_other(rest)) && !self.within(letters, at)
            }),
        }
    }

    fn is_other(&self, rest: &str) -> bool {
        self.except.iter().any(|other| rest.starts_with(other))
    }

    /// An exception that began before the word.
    fn within(&self, letters: &str, at: usize) -> bool {
        self.except.iter().any(|other| {
            letters
                .match_indices(other)
                .any(|(start, _)| start <= at && at + self.word.len() <= start + other.len())
        })
    }
}

fn english(token: &str) -> Option<&'static str> {
    let lower = token.to_lowercase();
    lower
        .split(|c: char| !(c.is_ascii_alphabetic() || matches!(c, '*' | '$' | '@')))
        .filter(|word| word.len() > 2)
        .find_map(|word| {
            let word = plain(word);
            RULES.english.iter().find(|known| **known == word).copied()
        })
}

/// Signs that stand for letters, and letters written many times.
fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    let mut run = 0;
    for c in word.chars() {
        let c = match c {
            '$' => 's',
            '@' => 'a',
            other => other,
        };
        run = if out.ends_with(c) { run + 1 } else { 0 };
        // three of a letter stand in no English word
        if run >= 2 && c != '*' {
            if run == 2 {
                out.pop();
            }
            continue;
        }
        out.push(c);
    }
    out
}
