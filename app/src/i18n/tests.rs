//! What no compiler sees of the words: that one of a thing is one, and that English ends where it should.

use super::*;

/// Files of words, as they stand.
const FILES: [(&str, &str); 22] = [
    ("abuse", include_str!("abuse.rs")),
    ("accounts", include_str!("accounts.rs")),
    ("basket", include_str!("basket.rs")),
    ("catalog", include_str!("catalog.rs")),
    ("common", include_str!("common.rs")),
    ("curation", include_str!("curation.rs")),
    ("files", include_str!("files.rs")),
    ("home", include_str!("home.rs")),
    ("inquiries", include_str!("inquiries.rs")),
    ("listing", include_str!("listing.rs")),
    ("live", include_str!("live.rs")),
    ("media", include_str!("media.rs")),
    ("notifications", include_str!("notifications.rs")),
    ("quotes", include_str!("quotes.rs")),
    ("reroute", include_str!("reroute.rs")),
    ("rfqs", include_str!("rfqs.rs")),
    ("saved_searches", include_str!("saved_searches.rs")),
    ("search", include_str!("search.rs")),
    ("search_desk", include_str!("search_desk.rs")),
    ("tables", include_str!("tables.rs")),
    ("threads", include_str!("threads.rs")),
    ("vendors", include_str!("vendors.rs")),
];

/// Where a number says which and not how many, or says how many of how many.
const NO_COUNTS: &[&str] = &["score_label", "alike", "answers_of", "figure_answers_detail", "picks_too_many"];

/// Names of the arguments of an entry that are numbers of things: those that are numbers, and texts called as one.
fn counts(arguments: &str) -> Vec<&str> {
    let pairs = arguments.split(", ").filter_map(|argument| argument.split_once(": "));
    pairs
        .filter(|(name, kind)| {
            matches!(*kind, "i64" | "usize" | "u64" | "u32") || matches!(*name, "count" | "found")
        })
        .map(|(name, _)| name)
        .collect()
}

/// Whether the words speak of several of what is counted: behind the number, within `reach` words, stands a plural. (A verb of
/// one ends like it, so that words for one are looked at no further than their noun.)
fn speaks_of_several(english: &str, count: &str, reach: usize) -> bool {
    let plural = |word: &str| word.len() > 3 && word.ends_with('s') && word != "goes";
    english.split(&format!("{{{count}}}")).skip(1).any(|after| {
        let words = after.strip_prefix(' ').unwrap_or_default().split([' ', ',', '.', '?', ';', ':']);
        words.take(reach).take_while(|word| word.chars().all(char::is_alphabetic)).any(plural)
    })
}

/// An entry: its name, its arguments, and its English words, the last of them for several.
fn entries(file: &str) -> impl Iterator<Item = (&str, &str, Vec<&str>, &str)> {
    file.lines().filter_map(|line| {
        let (head, words) = line.strip_prefix("    ")?.split_once(") = \"")?;
        let (name, arguments) = head.split_once('(')?;
        let english: Vec<&str> = words.split('"').skip(2).step_by(2).collect();
        Some((name, arguments, english, line))
    })
}

#[test]
fn one_of_a_thing_is_one() {
    let mut wrong = Vec::new();
    let mut walked = 0;
    for (file, text) in FILES {
        for (name, arguments, english, line) in entries(text).filter(|(name, ..)| !NO_COUNTS.contains(name)) {
            walked += 1;
            let of_one = line.split_once("one(").and_then(|(_, rest)| rest.split_once(')')).map(|(by, _)| by);
            for count in counts(arguments) {
                let several = english.last().is_some_and(|words| speaks_of_several(words, count, 3));
                if several && of_one.is_none() {
                    wrong.push(format!("{file}::{name} says nothing of its own for one of {count}"));
                }
                if of_one == Some(count)
                    && english.first().is_some_and(|words| speaks_of_several(words, count, 1))
                {
                    wrong.push(format!("{file}::{name} speaks of several where there is one of {count}"));
                }
            }
        }
    }
    assert!(walked > 200, "only {walked} entries were read");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_number_chooses_the_words() {
    assert_eq!(search::heading_for(Lang::En, "bolt", "1"), "1 product for ‘bolt’");
    assert_eq!(search::heading_for(Lang::En, "bolt", "21"), "21 products for ‘bolt’");
    assert_eq!(search::heading_for(Lang::En, "bolt", "0"), "0 products for ‘bolt’");
    assert_eq!(search::heading_for(Lang::Ko, "볼트", "1"), "‘볼트’ 제품 1개");
    assert_eq!(basket::send(Lang::En, 1), "Send to 1 vendor");
    assert_eq!(vendors::todo_drafts(Lang::En, 2), "2 drafts");
}
