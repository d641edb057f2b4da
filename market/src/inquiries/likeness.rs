//! How much one product is like another of its category: properties of the same name with the same value, then words of the
//! title. Whoever got no answer for a 25A threaded brass valve is not helped by a flanged one of stainless steel.

use crate::catalog::model::SpecRow;
use crate::search::clean::{clean, squash};
use crate::search::terms::words;

/// What the properties weigh beside the title, in thousandths; without properties the title says everything.
const PROPERTIES: u32 = 700;

/// A product as it is compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Traits {
    properties: Vec<(String, String)>,
    words: Vec<String>,
}

/// How much of what was asked for is the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Likeness {
    /// Properties with the same value.
    pub same: u32,
    /// Properties of what was asked for.
    pub of: u32,
    /// Everything together, 0 to 1000.
    pub score: u32,
}

impl Traits {
    /// Of a listing.
    pub(super) fn new(title: &str, specs: &[SpecRow]) -> Self {
        let fold = |text: &str| squash(&clean(text));
        let properties = specs.iter().filter(|row| !row.value.is_empty());
        let mut words = words(&clean(title));
        words.sort();
        words.dedup();
        Self {
            properties: properties
                .map(|row| (fold(&row.name_ko), fold(&format!("{}{}", row.value, row.unit))))
                .collect(),
            words,
        }
    }

    /// How much of this is also `other`.
    pub(super) fn likeness(&self, other: &Self) -> Likeness {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let share = |part: u32, of: u32| part.saturating_mul(1000).checked_div(of).unwrap_or(0);
        let same = count(self.properties.iter().filter(|one| other.properties.contains(one)).count());
        let of = count(self.properties.len());
        let common = count(self.words.iter().filter(|word| other.words.contains(word)).count());
        let title = share(common, count(self.words.len()));
        let score = match of {
            0 => title,
            _ => (share(same, of) * PROPERTIES + title * (1000 - PROPERTIES)) / 1000,
        };
        Likeness { same, of, score }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn traits(title: &str, specs: &[(&str, &str, &str)]) -> Traits {
        let row = |(name, value, unit): &(&str, &str, &str)| SpecRow {
            name_ko: (*name).into(),
            value: (*value).into(),
            unit: (*unit).into(),
            ..SpecRow::default()
        };
        Traits::new(title, &specs.iter().map(row).collect::<Vec<_>>())
    }

    #[test]
    fn the_same_product_is_all_the_same() {
        let valve = traits("황동 볼밸브 25A", &[("재질", "황동", ""), ("호칭", "25", "A")]);
        assert_eq!(valve.likeness(&valve), Likeness { same: 2, of: 2, score: 1000 });
    }

    #[test]
    fn properties_weigh_more_than_words_and_spelling_nothing() {
        let asked =
            traits("황동 볼밸브 25A", &[("재질", "황동", ""), ("호칭", "25", "A"), ("연결", "나사", "")]);
        let near = traits("나사식 밸브", &[("재질", "황동", ""), ("호칭", "25 A", ""), ("연결", "나사", "")]);
        let far =
            traits("볼밸브 25A", &[("재질", "SUS316", ""), ("호칭", "25", "A"), ("연결", "플랜지", "")]);
        assert_eq!(asked.likeness(&near).same, 3);
        assert_eq!((asked.likeness(&far).same, asked.likeness(&far).of), (1, 3));
        assert!(asked.likeness(&near).score > asked.likeness(&far).score);
    }

    #[test]
    fn without_properties_the_title_decides() {
        let asked = traits("황동 볼밸브", &[]);
        assert!(
            asked.likeness(&traits("황동 체크밸브", &[])).score
                < asked.likeness(&traits("볼밸브 황동", &[])).score
        );
        assert_eq!(traits("", &[]).likeness(&asked), Likeness::default());
    }
}
