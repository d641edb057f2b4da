//! Sizes and ratings: threads, diameters, thickness, lengths, bores, power, volume of one piece.

use super::units::{self, number};

/// Units of a size (lower case), with the spelling that is kept.
const UNITS: [(&str, &str); 34] = [
    ("mm", "mm"),
    ("cm", "cm"),
    ("m", "m"),
    ("미터", "m"),
    ("t", "t"),
    ("a", "A"),
    ("v", "V"),
    ("w", "W"),
    ("kw", "kW"),
    ("kva", "kVA"),
    ("sq", "sq"),
    ("ft", "ft"),
    ("feet", "ft"),
    ("인치", "인치"),
    ("inch", "inch"),
    ("\"", "\""),
    ("ml", "ml"),
    ("l", "L"),
    ("리터", "L"),
    ("g", "g"),
    ("kg", "kg"),
    ("톤", "t"),
    ("ton", "t"),
    ("마력", "마력"),
    ("hp", "HP"),
    ("awg", "AWG"),
    ("st", "st"),
    ("파이", "Φ"),
    ("hz", "Hz"),
    ("mpa", "MPa"),
    ("㎜", "mm"),
    ("cc", "cc"),
    ("ℓ", "L"),
    ("inches", "inch"),
];
/// Words before a size that say which one it is.
pub const NAMES: [&str; 24] = [
    "두께",
    "폭",
    "길이",
    "지름",
    "직경",
    "내경",
    "외경",
    "선경",
    "자유장",
    "높이",
    "bore",
    "stroke",
    "dia",
    "diameter",
    "length",
    "lenght",
    "width",
    "thickness",
    "thick",
    "od",
    "id",
    "grade",
    "사이즈",
    "크기",
];

fn unit(text: &str) -> Option<&'static str> {
    let low = text.to_lowercase();
    let low = low.trim_end_matches(['.', ',']);
    let low = low.strip_suffix("짜리").unwrap_or(low);
    UNITS.iter().find(|(word, _)| *word == low).map(|(_, kept)| *kept)
}

/// One part between signs of times: `M8`, `Φ100`, `3t`, `2.2kW`, `1/2"`, `40A`.
fn part(text: &str, after_times: bool) -> Option<String> {
    let text = text.trim_end_matches(['.', ',']);
    if let Some(rest) = text.strip_prefix('Φ') {
        let (digits, tail) = number(rest)?;
        return (tail.is_empty() || unit(tail).is_some())
            .then(|| format!("Φ{}{}", digits.to_owned(), unit(tail).unwrap_or("")));
    }
    for lead in ["M", "D", "DN", "SCH"] {
        let Some(rest) = text.to_uppercase().strip_prefix(lead).map(str::to_owned) else { continue };
        if let Some((digits, "")) = number(&rest) {
            let fits = if lead == "D" { digits.len() == 2 } else { digits.len() <= 4 };
            return fits.then(|| format!("{lead}{digits}"));
        }
    }
    if let Some((top, bottom)) = text.split_once('/')
        && let (Some((top, "")), Some((digits, tail))) = (number(top), number(bottom))
    {
        let tail = unit(tail).filter(|kept| matches!(*kept, "\"" | "인치" | "inch"))?;
        return Some(format!("{top}/{digits}{tail}"));
    }
    if let Some(length) = text.to_uppercase().strip_prefix("L=") {
        return number(length).filter(|(_, tail)| tail.is_empty()).map(|(digits, _)| format!("L={digits}"));
    }
    let (digits, tail) = number(text)?;
    if tail.is_empty() {
        return after_times.then(|| digits.to_owned());
    }
    // lengths and widths of rails and trays are written with a letter: 1000L, 300W
    let kept = unit(tail)?;
    Some(if kept == "Φ" {
        format!("Φ{}", digits.to_owned())
    } else {
        format!("{}{kept}", digits.to_owned())
    })
}

/// The size that a word is, in one spelling.
pub fn find(word: &str) -> Option<String> {
    let word = word.trim_matches(|c| matches!(c, ',' | ':'));
    if word.contains('×') {
        let parts: Option<Vec<String>> = word.split('×').map(|text| part(text, true)).collect();
        return parts.map(|parts| parts.join("×"));
    }
    part(word, false)
}

/// A number and a unit apart: `4 inch`, `200 mm`.
pub fn pair(word: &str, next: &str) -> Option<String> {
    let sizes = word.contains('×') || number(word).is_some_and(|(_, tail)| tail.is_empty());
    let kept = unit(next)?;
    if !sizes || matches!(kept, "t" | "A" | "V" | "Φ") {
        return None;
    }
    let parts: Option<Vec<String>> = word.split('×').map(|text| part(text, true)).collect();
    parts.map(|parts| format!("{}{kept}", parts.join("×")))
}

/// Whether a bare number may stand for a size: after a word that names one.
pub fn bare_number(word: &str) -> Option<String> {
    let (digits, tail) = number(word.trim_end_matches(','))?;
    (tail.is_empty() && units::find(word).is_none()).then(|| digits.to_owned())
}
