//! The questions of a measuring run: 200 of every kind, each different, and what a finger types on the way to a word.

use std::collections::HashSet;

use market::search::hangul;

use super::listings::{Dice, listing};

/// Numbers of listings that questions are taken from; these exist in every size that is worth measuring.
const KNOWN: u64 = 3_000;

/// Makes a question of one kind, when the dice allow.
type Kind = fn(&mut Dice) -> Option<String>;

/// 200 different questions: one to four words of titles (some with a letter left out), part numbers, initials, the other
/// keyboard, English.
pub fn questions() -> Vec<String> {
    let mut dice = Dice::new(0x71_75_65_72);
    let mut seen = HashSet::new();
    let mut out: Vec<String> = Vec::new();
    let kinds: [(usize, Kind); 8] = [
        (35, |d| some_words(d, 1)),
        (35, |d| some_words(d, 2)),
        (35, |d| some_words(d, 3)),
        (35, |d| some_words(d, 4)),
        (15, |d| Some(listing(1 + d.below(KNOWN)).part_number).filter(|p| !p.is_empty())),
        (15, |d| korean(d).map(|w| w.chars().filter_map(hangul::initial).collect())),
        (15, |d| korean(d).map(|w| hangul::to_keys(&w))),
        (15, |d| {
            let title = listing(1 + d.below(KNOWN)).title_en;
            Some(title.split(' ').take(2).collect::<Vec<_>>().join(" ")).filter(|t| t.len() > 4)
        }),
    ];
    for (count, kind) in kinds {
        let full = out.len() + count;
        for _ in 0..10_000 {
            if out.len() == full {
                break;
            }
            out.extend(kind(&mut dice).filter(|q| seen.insert(q.clone())));
        }
    }
    out
}

fn korean(dice: &mut Dice) -> Option<String> {
    let title = listing(1 + dice.below(KNOWN)).title_ko;
    let whole = |w: &&str| w.chars().count() >= 3 && w.chars().all(hangul::is_syllable);
    title.split(' ').find(whole).map(str::to_owned)
}

fn some_words(dice: &mut Dice, count: usize) -> Option<String> {
    let title = listing(1 + dice.below(KNOWN)).title_ko;
    let mut words: Vec<String> = title.split(' ').map(str::to_owned).collect();
    let mut taken = Vec::new();
    while taken.len() < count && !words.is_empty() {
        taken.push(words.swap_remove(usize::try_from(dice.below(words.len() as u64)).unwrap_or_default()));
    }
    let slip = dice.share() < 0.25;
    let long = |w: &&mut String| slip && w.chars().count() >= 4 && w.chars().all(hangul::is_syllable);
    if let Some(first) = taken.first_mut().filter(long) {
        *first = first.chars().enumerate().filter(|(i, _)| *i != 2).map(|(_, c)| c).collect();
    }
    (taken.len() == count).then(|| taken.join(" "))
}

/// Every beginning of one to four signs of the first words of the questions, each once.
pub fn beginnings(questions: &[String]) -> Vec<String> {
    let mut seen = HashSet::new();
    let mut out = Vec::new();
    for word in questions.iter().filter_map(|q| q.split(' ').next()) {
        let signs: Vec<char> = word.chars().collect();
        for length in 1..=signs.len().min(4) {
            let typed: String = signs.iter().take(length).collect();
            if seen.insert(typed.clone()) {
                out.push(typed);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_hundred_different_questions_the_same_every_time() {
        let all = questions();
        assert_eq!(all.len(), 200);
        assert_eq!(all, questions());
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 200);
        assert!(beginnings(&all).len() > 200);
    }
}
