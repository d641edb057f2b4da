//! One piece of a request: quantity and unit, grades, sizes, and the words that name the thing.

use super::super::model::RequestLine;
use super::units::{self, Class, number, plain};
use super::{grades, sizes};

/// Words that say that somebody asks, not what for.
const CHATTER: [&str; 74] = [
    "견적",
    "부탁드립니다",
    "부탁합니다",
    "부탁드려요",
    "필요합니다",
    "필요해요",
    "필요",
    "요청드려요",
    "요청드립니다",
    "요청",
    "문의드립니다",
    "문의",
    "급해요",
    "급하게",
    "구합니다",
    "되도록",
    "빨리",
    "바로",
    "안녕하세요",
    "감사합니다",
    "아래",
    "품목",
    "대략",
    "약",
    "정도",
    "모두",
    "납품",
    "도면",
    "첨부",
    "있음",
    "납기",
    "구함",
    "찾습니다",
    "주세요",
    "보내",
    "we",
    "need",
    "looking",
    "for",
    "a",
    "an",
    "the",
    "please",
    "quote",
    "quotation",
    "asap",
    "urgently",
    "urgent",
    "supplier",
    "is",
    "fine",
    "drawing",
    "attached",
    "per",
    "year",
    "of",
    "to",
    "by",
    "and",
    "and,",
    "qty",
    "in",
    "at",
    "grade",
    "매월",
    "월",
    "개당",
    "가능한",
    "곳",
    "연간",
    "계약",
    "both",
    "our",
    "some",
];
/// Pieces that hold any of these only tell how to do business.
const TALK: [&str; 14] = [
    "성적서",
    "착불",
    "감사",
    "안녕하세요",
    "도면",
    "가능",
    "설치 포함",
    "welcome",
    "drawing",
    "부탁",
    "급함",
    "매월",
    "asap",
    "빨리",
];

/// A number of things or an amount at a place in the words.
struct Quantity {
    number: String,
    unit: &'static str,
    class: Class,
    at: usize,
    words: usize,
}

/// Reads one piece; `counted` when a label says that it holds a quantity.
pub fn read(words: &[String], counted: bool) -> RequestLine {
    let mut line = RequestLine::default();
    let quantity = quantity(words, counted);
    if let Some(found) = &quantity {
        (line.quantity, line.unit) = (found.number.clone(), found.unit.to_owned());
    }
    let taken = |at: usize| quantity.as_ref().is_some_and(|q| (q.at..q.at + q.words).contains(&at));
    let (mut item, mut sizes_of, mut grades_of): (Vec<String>, Vec<String>, Vec<String>) = Default::default();
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let here = at;
        at += 1;
        if taken(here) {
            continue;
        }
        let next = words.get(at).filter(|_| !taken(at)).map_or("", String::as_str);
        let low = word.to_lowercase();
        if let Some(grade) = grades::after_stainless(word, next) {
            grades_of.push(grade);
            at += 1;
        } else if sizes::NAMES.contains(&low.as_str())
            && next.starts_with(|c: char| c.is_ascii_digit())
            && grades::find(next).is_none()
        {
            let size = sizes::pair(next, words.get(at + 1).map_or("", String::as_str));
            at += 1 + usize::from(size.is_some());
            let round = matches!(low.as_str(), "dia" | "diameter" | "직경").then_some("Φ").unwrap_or("");
            let size = size.or_else(|| sizes::find(next)).or_else(|| sizes::bare_number(next));
            sizes_of.extend(size.map(|size| format!("{round}{size}")));
        } else if word == "파이" && next.starts_with(|c: char| c.is_ascii_digit()) {
            at += 1;
            sizes_of.extend(sizes::find(&format!("Φ{next}")));
        } else if let Some(grade) = grades::find(word) {
            grades_of.push(grade);
        } else if let Some(size) = sizes::pair(word, next) {
            at += 1;
            sizes_of.push(size);
        } else if let Some(size) = sizes::find(word) {
            sizes_of.push(size);
        } else {
            item.push(word.clone());
        }
    }
    let said = words.join(" ").to_lowercase();
    let talk = line.quantity.is_empty()
        && sizes_of.is_empty()
        && grades_of.is_empty()
        && TALK.iter().any(|word| said.contains(word));
    if !talk {
        line.item = named(&item);
    }
    line.grade = grades_of.join(" ");
    line.dimension = sizes_of.join(" ");
    line
}

fn named(words: &[String]) -> String {
    let kept: Vec<&str> = words
        .iter()
        .map(|word| word.trim_matches(|c| matches!(c, '.' | ',' | ':' | '!' | '~')))
        .filter(|word| !word.is_empty() && *word != "-" && !CHATTER.contains(&word.to_lowercase().as_str()))
        .collect();
    kept.join(" ")
}

/// The quantity of a piece: the last counted one, else the last amount that no size claims.
fn quantity(words: &[String], counted: bool) -> Option<Quantity> {
    let mut found: Option<Quantity> = None;
    for at in 0..words.len() {
        let Some(one) = quantity_at(words, at, counted) else { continue };
        let better = match &found {
            Some(before) => one.class == Class::Count || before.class == Class::Amount,
            None => true,
        };
        if better {
            found = Some(one);
        }
    }
    found.filter(|one| one.class == Class::Count || counted || free(words, one))
}

fn quantity_at(words: &[String], at: usize, counted: bool) -> Option<Quantity> {
    let word = words.get(at)?.trim_matches(|c| matches!(c, ',' | ':'));
    let one = |digits: &str, unit: (&'static str, Class), words: usize| Quantity {
        number: plain(digits),
        unit: unit.0,
        class: unit.1,
        at,
        words,
    };
    let (digits, rest) = number(word)?;
    let after_range = rest
        .split_once(['~', '-', '–'])
        .filter(|(head, _)| head.is_empty())
        .and_then(|(_, tail)| number(tail))
        .map(|(_, unit)| unit);
    let rest = after_range.unwrap_or(rest);
    if rest == "×ea" || (rest.is_empty() && words.get(at + 1).is_some_and(|next| next == "×ea")) {
        return Some(one(digits, ("", Class::Count), if rest.is_empty() { 2 } else { 1 }));
    }
    if rest.is_empty() {
        let next =
            words.get(at + 1).map(|next| next.trim_matches(|c| matches!(c, ',' | '.'))).unwrap_or_default();
        let apart = units::find(next).or_else(|| (next == "t").then_some(("t", Class::Amount)));
        return match apart {
            Some(unit) => Some(one(digits, unit, 2)),
            None if counted => Some(one(digits, ("", Class::Count), 1)),
            None => None,
        };
    }
    if units::is_property(rest) {
        return None;
    }
    // `10t` is thickness, `10m` and `20L` may be a size of what is counted
    let unit = units::find(rest)?;
    Some(one(digits, unit, 1))
}

/// An amount is a size rather than the quantity where it is weight or volume in the name of a thing that is counted
/// elsewhere; alone in its piece it is the quantity.
fn free(words: &[String], one: &Quantity) -> bool {
    one.at > 0 || words.len() > one.words
}
