//! The Korean business registration number (사업자등록번호) and its check digit.

use serde::{Deserialize, Serialize};

use crate::error::Problem;

/// Weights of the first nine digits (National Tax Service).
const WEIGHTS: [u32; 9] = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/// A number whose check digit is right, stored as ten digits.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BusinessNumber(String);

impl BusinessNumber {
    /// Reads what a person typed; blanks and hyphens are allowed anywhere, in whichever width a keyboard writes
    /// them.
    ///
    /// S = Σ wᵢdᵢ + ⌊5·d₉/10⌋, check = (10 − S mod 10) mod 10. All zeros pass the arithmetic and are
    /// refused by name.
    ///
    /// # Errors
    /// `Required`, `business_number.digits` (not ten digits) or `business_number.check`.
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let plain: String = crate::text::figures(input)
            .chars()
            .filter(|c| !matches!(c, '-' | ' ' | '\u{2010}'..='\u{2015}' | '\u{2212}'))
            .collect();
        if plain.is_empty() {
            return Err(Problem::Required);
        }
        let digits: Vec<u32> = plain.chars().map_while(|c| c.to_digit(10)).collect();
        let [first @ .., check] = digits.as_slice() else {
            return Err(Problem::Rule("business_number.digits".into()));
        };
        if first.len() != WEIGHTS.len() || plain.len() != 10 {
            return Err(Problem::Rule("business_number.digits".into()));
        }
        let sum: u32 = first.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum::<u32>()
            + first.last().map_or(0, |d9| 5 * d9 / 10);
        if *check != (10 - sum % 10) % 10 || plain == "0000000000" {
            return Err(Problem::Rule("business_number.check".into()));
        }
        Ok(Self(plain))
    }

    /// Ten digits.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// As people write it: `123-45-67891`.
    pub fn hyphenated(&self) -> String {
        let part = |range: std::ops::Range<usize>| self.0.get(range).unwrap_or_default();
        format!("{}-{}-{}", part(0..3), part(3..5), part(5..10))
    }
}

impl TryFrom<String> for BusinessNumber {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|problem| format!("{problem:?}"))
    }
}

impl From<BusinessNumber> for String {
    fn from(number: BusinessNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::array::uniform9;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn accepts_valid_numbers() {
        for valid in [
            "123-45-67891",
            "220-81-62517",
            "1248100998",
            "999-00-00020",
            " 999 00 00170 ",
            "１２３－４５－６７８９１",
            "１２３-45-67891",
        ] {
            assert!(BusinessNumber::parse(valid).is_ok(), "{valid}");
        }
        assert_eq!(BusinessNumber::parse("１２３－４５－６７８９１").unwrap().digits(), "1234567891");
    }

    #[test]
    fn refuses_wrong_numbers() {
        let check = Err(Problem::Rule("business_number.check".into()));
        let digits = Err(Problem::Rule("business_number.digits".into()));
        // 211-86-00003 and 80123456785 are wrong numbers that people really typed
        for wrong in ["123-45-67890", "000-00-00000", "211-86-00003"] {
            assert_eq!(BusinessNumber::parse(wrong), check, "{wrong}");
        }
        for wrong in ["123", "12345678901", "80123456785", "123-45-678912", "123-45-6789a", "²234567891"] {
            assert_eq!(BusinessNumber::parse(wrong), digits, "{wrong}");
        }
        assert_eq!(BusinessNumber::parse(" "), Err(Problem::Required));
    }

    /// Numbers of real companies stay out of the project; where the collection lies beside it, all of them count.
    #[test]
    #[expect(clippy::disallowed_methods, reason = "the collection lies where the environment says")]
    fn numbers_from_real_life_are_told_apart() {
        let folder = std::env::var("MARKET_SHARED")
            .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared").into());
        let companies = std::path::Path::new(&folder).join("data/companies");
        if !companies.is_dir() {
            eprintln!("{} is not there: no numbers from real life", companies.display());
            return;
        }
        let collected =
            std::fs::read_to_string(companies.join("kr_business_registration_numbers_dev.csv")).unwrap();
        let (mut right, mut wrong) = (0, 0);
        for line in collected.lines().skip(1) {
            let mut cells = line.split(',');
            let (number, expected) = (cells.next().unwrap(), cells.next().unwrap());
            assert!(matches!(expected, "valid" | "invalid"), "{line}");
            let read = BusinessNumber::parse(number);
            assert_eq!(read.is_ok(), expected == "valid", "{line}");
            *if read.is_ok() { &mut right } else { &mut wrong } += 1;
        }
        assert!(right >= 100 && wrong >= 2, "{right} right and {wrong} wrong numbers");
    }

    fn accepted(digits: &[u8]) -> bool {
        let text: String = digits.iter().map(|digit| char::from(b'0' + digit)).collect();
        BusinessNumber::parse(&text).is_ok()
    }

    /// The number that begins so, when there is one: nine zeros have none.
    fn completed(first: [u8; 9]) -> Option<[u8; 10]> {
        let with = |check: u8| std::array::from_fn(|at| first.get(at).copied().unwrap_or(check));
        let found: Vec<[u8; 10]> = (0..10).map(with).filter(|digits| accepted(digits)).collect();
        assert_eq!(found.len(), usize::from(first != [0; 9]), "one check digit: {found:?}");
        found.first().copied()
    }

    proptest! {
        #[test]
        fn nine_digits_have_one_check_digit_and_one_slip_is_noticed(first in uniform9(0..10_u8)) {
            let Some(right) = completed(first) else { return Ok(()) };
            // all weights are prime to ten, and the rule for the ninth digit gives ten different sums
            for at in 0..right.len() {
                for digit in (0..10).filter(|digit| *digit != right[at]) {
                    let mut slipped = right;
                    slipped[at] = digit;
                    prop_assert!(!accepted(&slipped), "{right:?} and {slipped:?}");
                }
            }
        }

        #[test]
        fn neighbours_that_changed_places_are_noticed_as_the_weights_allow(first in uniform9(0..10_u8)) {
            let Some(right) = completed(first) else { return Ok(()) };
            for at in 0..right.len() - 1 {
                let mut swapped = right;
                swapped.swap(at, at + 1);
                let apart = right[at].abs_diff(right[at + 1]);
                let unnoticed = match at {
                    // the weights of neighbours differ by 2, 4 or 6
                    0..7 => apart.is_multiple_of(5),
                    // the ninth digit counts five times and half once more
                    7 => apart.is_multiple_of(4),
                    _ => apart.is_multiple_of(9),
                };
                prop_assert_eq!(accepted(&swapped), unnoticed, "{:?} and {:?}", right, swapped);
            }
        }
    }
}
