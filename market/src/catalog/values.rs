//! Values of specifications that English has a settled word for: materials, finishes, shapes, kinds.
//!
//! Only a value that stands in the table as a whole is turned; everything else stays as its vendor wrote it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::lang::Lang;

static ENGLISH: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    include_str!("../../data/spec_values.tsv")
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .collect()
});

/// `value` as a page in `lang` shows it.
pub fn value_in(lang: Lang, value: &str) -> &str {
    match lang {
        Lang::Ko => value,
        Lang::En => ENGLISH.get(value.trim()).copied().or_else(|| said_in_both(value)).unwrap_or(value),
    }
}

/// The English of a value that its maker wrote in both languages: `브래킷 (bracket)`, `bracket (브래킷)`. Where a figure stands in
/// it, one half may say more than the other.
fn said_in_both(value: &str) -> Option<&str> {
    let korean = |text: &str| text.chars().any(|c| ('가'..='힣').contains(&c));
    let (before, inside) = value.trim().strip_suffix(')')?.split_once('(')?;
    let (before, inside) = (before.trim(), inside.trim());
    let figure = value.chars().any(|c| c.is_ascii_digit());
    let words = |text: &str| text.chars().filter(char::is_ascii_lowercase).count() >= 3;
    match (korean(before), korean(inside)) {
        (true, false) if words(inside) && !figure => Some(inside),
        (false, true) if words(before) && !figure => Some(before),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said_in_english_and_nothing_is_invented() {
        assert_eq!(value_in(Lang::En, "용융아연도금"), "hot-dip galvanised");
        assert_eq!(value_in(Lang::Ko, "용융아연도금"), "용융아연도금");
        assert_eq!(value_in(Lang::En, "브래킷 (bracket)"), "bracket");
        assert_eq!(value_in(Lang::En, "bracket (브래킷)"), "bracket");
        assert_eq!(value_in(Lang::Ko, "브래킷 (bracket)"), "브래킷 (bracket)");
        for own in [
            "M8",
            "우리만의 값",
            "",
            "용융아연도금 두 번",
            "우리 것 (15)",
            "M8 (길이 20)",
            "2종 (yellow)",
            "도장 (RAL)",
            "(",
            "가)",
        ] {
            assert_eq!(value_in(Lang::En, own), own);
        }
    }

    #[test]
    fn the_table_holds_each_value_once_and_no_korean_on_the_right() {
        let rows: Vec<&str> = include_str!("../../data/spec_values.tsv").lines().skip(1).collect();
        assert_eq!(ENGLISH.len(), rows.len());
        for (ko, en) in ENGLISH.iter() {
            assert!(!en.is_empty() && !en.chars().any(|c| ('가'..='힣').contains(&c)), "{ko}: {en}");
        }
    }
}
