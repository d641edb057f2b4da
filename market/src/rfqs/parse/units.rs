//! What is counted and measured in requests, and the numbers before it.

/// How a unit is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Things one counts: their number is the quantity.
    Count,
    /// Weight, length, area, volume: the quantity where nothing is counted, else a property of one.
    Amount,
}

/// Code, class, Korean word, English word, and how people write it (lower case).
type Unit = (&'static str, Class, &'static str, &'static str, &'static [&'static str]);

const UNITS: [Unit; 18] = [
    ("ea", Class::Count, "개", "pcs", &["개", "ea", "pcs", "pc", "piece", "pieces", "個", "each"]),
    ("set", Class::Count, "세트", "sets", &["세트", "set", "sets", "조", "벌", "셋트"]),
    ("lot", Class::Count, "식", "lots", &["식", "lot", "lots"]),
    ("sheet", Class::Count, "장", "sheets", &["장", "매", "sheet", "sheets", "sht", "shts"]),
    ("rod", Class::Count, "본", "bars", &["본", "가닥", "bars", "lengths"]),
    ("roll", Class::Count, "롤", "rolls", &["롤", "roll", "rolls"]),
    ("box", Class::Count, "박스", "boxes", &["박스", "box", "boxes", "상자", "carton", "cartons"]),
    ("bag", Class::Count, "포", "bags", &["포", "포대", "bag", "bags"]),
    ("can", Class::Count, "통", "cans", &["통", "can", "cans", "drum", "drums", "드럼"]),
    ("unit", Class::Count, "대", "units", &["대", "unit", "units", "기", "면"]),
    ("pair", Class::Count, "켤레", "pairs", &["켤레", "쌍", "pair", "pairs"]),
    ("pallet", Class::Count, "팔레트", "pallets", &["pallet", "pallets", "파렛트", "팔레트"]),
    ("kg", Class::Amount, "kg", "kg", &["kg", "킬로", "킬로그램", "kgs"]),
    ("t", Class::Amount, "톤", "t", &["톤", "ton", "tons", "tonne", "tonnes"]),
    ("m", Class::Amount, "m", "m", &["m", "미터", "meters", "metres", "meter"]),
    ("m2", Class::Amount, "㎡", "m²", &["㎡", "m2", "m²", "헤베", "제곱미터", "sqm"]),
    ("m3", Class::Amount, "㎥", "m³", &["㎥", "m3", "m³", "루베", "세제곱미터", "cbm"]),
    ("L", Class::Amount, "L", "L", &["l", "리터", "ℓ", "liters", "litres"]),
];

/// Ends that may follow a unit without changing it.
const TAILS: [&str; 14] =
    ["짜리", "정도", "가량", "입니다", "이요", "만", "씩", "요", "을", "를", "이", "은", "는", "."];

/// Code and class of a unit as written, with its Korean ends.
pub fn find(word: &str) -> Option<(&'static str, Class)> {
    let low = word.to_lowercase();
    let known = |text: &str| {
        UNITS.iter().find(|unit| unit.4.contains(&text)).map(|(code, class, ..)| (*code, *class))
    };
    known(&low).or_else(|| TAILS.iter().filter_map(|tail| low.strip_suffix(tail)).find_map(known))
}

/// Every code with its Korean and English word.
pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    UNITS.iter().map(|(code, _, ko, en, _)| (*code, *ko, *en))
}

/// Whether a word carries an end like `짜리` that makes it a property of one piece.
pub fn is_property(word: &str) -> bool {
    word.ends_with("짜리")
}

/// The digits (with one point) at the start of a word, and the rest.
pub fn number(word: &str) -> Option<(&str, &str)> {
    let mut point = false;
    let end = word
        .char_indices()
        .find(|(at, c)| {
            let here = *c == '.' && !point && word[at + 1..].starts_with(|c: char| c.is_ascii_digit());
            point |= here;
            !(c.is_ascii_digit() || here && *at > 0)
        })
        .map_or(word.len(), |(at, _)| at);
    (end > 0).then(|| word.split_at(end))
}

/// A number as written with Korean multiples: `2만`, `1만5천`, `천`; gives its digits and the rest.
pub fn korean_number(word: &str) -> Option<(String, &str)> {
    let (mut total, mut rest, mut any) = (0_u64, word, false);
    for (mark, times) in [('만', 10_000_u64), ('천', 1_000), ('백', 100)] {
        let (digits, after) = number(rest).unwrap_or(("", rest));
        let Some(after) = after.strip_prefix(mark) else { continue };
        let count = if digits.is_empty() { Some(1) } else { digits.parse::<u64>().ok() }?;
        total = count.checked_mul(times).and_then(|part| total.checked_add(part))?;
        (rest, any) = (after, true);
    }
    any.then(|| (total.to_string(), rest))
}

/// Digits without useless zeros: `0500.50` is `500.5`.
pub fn plain(number: &str) -> String {
    let (whole, decimals) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.trim_start_matches('0');
    let decimals = decimals.trim_end_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    if decimals.is_empty() { whole.to_owned() } else { format!("{whole}.{decimals}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_units_and_numbers() {
        assert_eq!(find("EA"), Some(("ea", Class::Count)));
        assert_eq!(find("개만"), Some(("ea", Class::Count)));
        assert_eq!(find("루베"), Some(("m3", Class::Amount)));
        assert_eq!(find("볼트"), None);
        assert_eq!(korean_number("1만5천개"), Some(("15000".into(), "개")));
        assert_eq!(korean_number("천개만"), Some(("1000".into(), "개만")));
        assert_eq!(number("2.5톤"), Some(("2.5", "톤")));
        assert_eq!(plain("007.50"), "7.5");
    }
}
