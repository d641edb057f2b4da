//! Neighbouring specifications: what is there instead of a size that nobody has (`M8×20은 없고 M8×25가 있습니다`). Pure.

use super::clean::clean;
use super::measure::{self, Measure};

/// Most neighbours named.
const NAMED: usize = 3;

/// A size that was asked for and nobody has, and the sizes of the same kind that stand in the nearest titles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Neighbours {
    /// As typed.
    pub asked: String,
    /// As the titles write them.
    pub instead: Vec<String>,
}

/// Compares the sizes of a question with those of the nearest listings' texts.
pub fn neighbours<'t>(question: &str, texts: impl Iterator<Item = &'t str>) -> Option<Neighbours> {
    let typed = question;
    let question = clean(question);
    let texts: Vec<(&str, String)> = texts.map(|text| (text, clean(text))).collect();
    let found: Vec<(Measure, &(&str, String))> = texts
        .iter()
        .flat_map(|text| measure::measures(&text.1).into_iter().map(move |m| (m, text)))
        .collect();
    measure::measures(&question).into_iter().filter(|asked| !asked.bare && !asked.asks.is_empty()).find_map(
        |asked| {
            let wanted = |term: &str| asked.asks.iter().flatten().any(|(form, _)| form == term);
            let every =
                |m: &Measure| asked.asks.iter().all(|ask| ask.iter().any(|(form, _)| m.terms.contains(form)));
            if found.iter().any(|(m, _)| every(m)) {
                return None;
            }
            let mut instead: Vec<String> = Vec::new();
            for (m, (written, text)) in &found {
                // of one kind: as many parts, and at least the first kind the same
                let alike = !m.bare
                    && m.asks.len() == asked.asks.len()
                    && m.terms.iter().any(|term| {
                        kind(term).is_some()
                            && asked.asks.iter().flatten().any(|(form, _)| kind(form) == kind(term))
                    });
                let nearer = asked.asks.len() == 1 || m.terms.iter().any(|term| wanted(term));
                let words = as_written(written, text.get(m.start..m.end).unwrap_or_default().trim());
                if alike && nearer && !words.is_empty() && !instead.contains(&words) {
                    instead.push(words);
                }
            }
            instead.truncate(NAMED);
            let words = as_written(typed, question.get(asked.start..asked.end).unwrap_or_default().trim());
            (!instead.is_empty()).then_some(Neighbours { asked: words, instead })
        },
    )
}

/// Folded words as they stand in the text itself, `7.5kW`, `2.5㎟`; in capitals where they cannot be found there.
fn as_written(text: &str, words: &str) -> String {
    let lower = text.to_lowercase();
    if lower.len() == text.len()
        && let Some(written) = lower.find(words).and_then(|at| text.get(at..at + words.len()))
    {
        return written.to_owned();
    }
    let begins: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let most = words.chars().count() * 3;
    let unfolded = begins.iter().enumerate().find_map(|(i, from)| {
        let ends = begins.get(i + 1..)?.iter().take(most);
        ends.filter_map(|end| text.get(*from..*end)).find(|part| clean(part) == words)
    });
    unfolded.map_or_else(|| words.to_uppercase(), |part| part.trim().to_owned())
}

/// What a term measures: `dn` of `dn:15`.
fn kind(term: &str) -> Option<&str> {
    term.split_once(':').map(|(kind, _)| kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neighbouring_size_is_named() {
        let found =
            neighbours("M8×20 볼트", ["육각볼트 M8×25", "육각볼트 M8x30 SUS304"].into_iter()).unwrap();
        assert_eq!(found.instead.len(), 2, "{found:?}");
        assert!(found.instead[0].contains("25"), "{found:?}");
        assert_eq!(neighbours("M8×20 볼트", ["육각볼트 M8x20"].into_iter()), None);
        assert_eq!(neighbours("볼트", ["육각볼트 M8x20"].into_iter()), None);
    }

    #[test]
    fn sizes_are_named_as_they_are_written() {
        let found = neighbours("인버터 9kw", ["인버터 7.5kW 삼상", "인버터 ２２ｋＷ"].into_iter()).unwrap();
        assert_eq!(
            (found.asked.as_str(), found.instead),
            ("9kw", vec!["7.5kW".to_owned(), "２２ｋＷ".to_owned()])
        );
        let found = neighbours("VCTF 2.5sq", ["VCTF 1.5㎟ 2C"].into_iter()).unwrap();
        assert_eq!((found.asked.as_str(), found.instead), ("2.5sq", vec!["1.5㎟".to_owned()]));
        let found = neighbours("M8x22 볼트", ["육각볼트 M8×20"].into_iter()).unwrap();
        assert_eq!((found.asked.as_str(), found.instead), ("M8x22", vec!["M8×20".to_owned()]));
    }
}
