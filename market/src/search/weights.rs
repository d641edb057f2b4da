//! What a score is made of: one set of figures for every engine, so that the order of hits does not depend on which answers.

use serde::Deserialize;

/// What the share of the words asked is worth.
pub const WORDS: f32 = 10.0;
/// What the share of the numbers asked is worth.
pub const NUMBERS: f32 = 4.0;
/// What the wished region is worth.
pub const REGION: f32 = 2.5;
/// Age at which a listing is half as fresh: half a year in microseconds.
pub const HALF_LIFE: f64 = 15_768_000_000_000.0;

/// Small weights behind relevance, from configuration (`[search]` in `market.toml`).
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weights {
    /// For a title that says little else than what was asked.
    pub brevity: f32,
    /// For new listings; halves with every half year of age.
    pub freshness: f32,
    /// For complete listings.
    pub completeness: f32,
    /// For vendors who answer in time.
    pub answered: f32,
}

impl Default for Weights {
    fn default() -> Self {
        Self { brevity: 0.4, freshness: 0.05, completeness: 0.05, answered: 0.05 }
    }
}

impl Weights {
    /// What all of them together can add to a score.
    pub fn most(&self) -> f32 {
        self.brevity + self.freshness + self.completeness + self.answered
    }

    /// What is wrong with them: together they must stay behind one word's share, and none may turn an order round.
    pub fn problems(&self) -> Vec<String> {
        let all = [
            ("brevity", self.brevity),
            ("freshness", self.freshness),
            ("completeness", self.completeness),
            ("answered", self.answered),
        ];
        let wrong = all.iter().filter(|(_, weight)| !(0.0..=1.0).contains(weight));
        wrong
            .map(|(name, weight)| format!("search.{name} is {weight}: it must lie between 0 and 1"))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weight_lies_between_nothing_and_one() {
        assert_eq!(Weights::default().problems(), [""; 0]);
        for wrong in [1.5, -0.1, f32::NAN, f32::INFINITY] {
            let weights = Weights { freshness: wrong, answered: wrong, ..Weights::default() };
            let said = weights.problems();
            assert!(said.len() == 2 && said[0].contains("search.freshness"), "{wrong}: {said:?}");
        }
    }
}
