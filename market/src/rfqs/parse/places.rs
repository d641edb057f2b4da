//! Where goods shall go: `시화공단 도착도`, `경기 안산시 단원구`, `CIF Hamburg`, `deliver to Ulsan`.

use std::ops::Range;

use crate::regions;

const INCOTERMS: [&str; 11] = ["EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"];
const TERMS: [&str; 3] = ["도착도", "상차도", "하차도"];
const SITES: [&str; 6] = ["공단", "산단", "산업단지", "국가산단", "신항", "테크노밸리"];
/// Words after a place that belong to it and say nothing of their own.
const NOISE: [&str; 12] = [
    "납품",
    "도착",
    "현장",
    "배송",
    "납품지",
    "까지",
    "쪽",
    "인근",
    "현장도착",
    "현장으로",
    "보내",
    "주세요",
];
const ENDS: [&str; 8] = ["으로", "에서", "에", "로", "까지", ".", ",", ")"];

/// A place found in words, and which of the words said it.
pub type Found = (String, Range<usize>);

/// The first place that the words name.
pub fn find(words: &[String]) -> Option<Found> {
    incoterm(words).or_else(|| english(words)).or_else(|| korean(words))
}

/// The text of a field for a place: as it is, without the words around it.
pub fn given(text: &str) -> String {
    text.trim().trim_end_matches('.').to_owned()
}

fn capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(|c| c.is_ascii_uppercase() || !c.is_ascii())
        && !word.chars().any(|c| c.is_ascii_digit())
        && !["ASAP", "FOR", "WITH"].contains(&word)
}

fn names(words: &[String], from: usize, most: usize) -> Vec<&str> {
    let mut taken = Vec::new();
    for word in words.iter().skip(from).take(most) {
        let clean = word.trim_end_matches(['.', ',']);
        if clean.is_empty() || !capitalised(clean) {
            break;
        }
        taken.push(clean);
        if clean.len() < word.len() {
            break;
        }
    }
    taken
}

fn incoterm(words: &[String]) -> Option<Found> {
    let at = words.iter().position(|word| {
        let clean = word.trim_end_matches(['.', ',']);
        INCOTERMS.contains(&clean.to_uppercase().as_str()) && (clean.len() == 3)
    })?;
    let place = names(words, at + 1, 3);
    let mut text = vec![words[at].trim_end_matches(['.', ',']).to_uppercase()];
    text.extend(place.iter().map(|word| (*word).to_owned()));
    Some((text.join(" "), at..at + text.len()))
}

fn english(words: &[String]) -> Option<Found> {
    const LEADS: [(&str, &str); 7] = [
        ("deliver", "to"),
        ("delivered", "to"),
        ("delivery", "to"),
        ("ship", "to"),
        ("shipped", "to"),
        ("up", "at"),
        ("", "to"),
    ];
    for at in 0..words.len() {
        let low = words[at].to_lowercase();
        let before = at.checked_sub(1).map(|at| words[at].to_lowercase()).unwrap_or_default();
        if !LEADS.iter().any(|(lead, word)| low == *word && (lead.is_empty() || before == *lead)) {
            continue;
        }
        let place = names(words, at + 1, 4);
        if place.is_empty() {
            continue;
        }
        let verbs = ["deliver", "delivered", "delivery", "ship", "shipped", "up", "pick"];
        let mut start = at;
        while start > 0 && verbs.contains(&words[start - 1].to_lowercase().as_str()) {
            start -= 1;
        }
        return Some((place.join(" "), start..at + 1 + place.len()));
    }
    let port = words.iter().position(|word| word.eq_ignore_ascii_case("port"))?;
    let name = port.checked_sub(1).filter(|at| capitalised(&words[*at]))?;
    Some((format!("{} {}", words[name], words[port]), name..port + 1))
}

fn bare(word: &str) -> &str {
    ENDS.iter().find_map(|end| word.strip_suffix(end).filter(|left| left.chars().count() > 1)).unwrap_or(word)
}

/// Whether a word is a province, a city, a county or a district of the country, with or without its kind.
fn is_region(word: &str) -> bool {
    if word.chars().count() < 2 {
        return false;
    }
    let sido = regions::all().iter().any(|sido| {
        sido.name_ko == word || sido.name_ko.strip_suffix(['도', '시']) == Some(word) || sido.short_ko == word
    });
    sido || regions::sigungu().iter().any(|one| {
        one.name_ko.split(' ').any(|part| {
            let stem = part.strip_suffix(['시', '군']).filter(|stem| stem.chars().count() > 1);
            part == word || stem == Some(word)
        })
    })
}

/// Parts that follow a region: 동, 읍, 면, sites.
fn is_part(word: &str) -> bool {
    let long = word.chars().count();
    (long >= 3 && word.ends_with(['읍', '면', '동', '구', '군', '시', '리']))
        || SITES.iter().any(|end| word.ends_with(end))
}

fn korean(words: &[String]) -> Option<Found> {
    let site = |word: &str| {
        SITES.iter().any(|end| word.ends_with(end) && word.chars().count() > end.chars().count())
    };
    let term_at = words.iter().position(|word| TERMS.contains(&bare(word)));
    let start = (0..words.len()).find(|at| {
        let word = bare(&words[*at]);
        is_region(word) || site(word) || Some(*at) == term_at
    })?;
    let mut end = start;
    let mut parts = Vec::new();
    while let Some(word) = words.get(end).map(|word| bare(word)) {
        if !(is_region(word) || is_part(word) || word.ends_with("공단") || TERMS.contains(&word)) {
            break;
        }
        parts.push(word.to_owned());
        end += 1;
    }
    while words.get(end).is_some_and(|word| NOISE.contains(&word.trim_end_matches(['.', ',']))) {
        end += 1;
    }
    Some((parts.join(" "), start..end))
}
