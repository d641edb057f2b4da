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
        Lang::En => ENGLISH.get(value.trim()).copied().unwrap_or(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_said_in_english_and_nothing_is_invented() {
        assert_eq!(value_in(Lang::En, "용융아연도금"), "hot-dip galvanised");
        assert_eq!(value_in(Lang::Ko, "용융아연도금"), "용융아연도금");
        for own in ["M8", "우리만의 값", "", "용융아연도금 두 번"] {
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
