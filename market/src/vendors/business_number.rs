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
    /// Reads what a person typed; blanks and hyphens are allowed anywhere.
    ///
    /// S = Σ wᵢdᵢ + ⌊5·d₉/10⌋, check = (10 − S mod 10) mod 10. All zeros pass the arithmetic and are
    /// refused by name.
    ///
    /// # Errors
    /// `Required`, `business_number.digits` (not ten digits) or `business_number.check`.
    pub fn parse(input: &str) -> Result<Self, Problem> {
        let plain: String = crate::text::line(input)
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
    use super::*;

    #[test]
    fn accepts_valid_numbers() {
        for valid in ["123-45-67891", "220-81-62517", "1248100998", "999-00-00020", " 999 00 00170 "] {
            assert!(BusinessNumber::parse(valid).is_ok(), "{valid}");
        }
    }

    #[test]
    fn refuses_wrong_numbers() {
        let check = Err(Problem::Rule("business_number.check".into()));
        let digits = Err(Problem::Rule("business_number.digits".into()));
        assert_eq!(BusinessNumber::parse("123-45-67890"), check);
        assert_eq!(BusinessNumber::parse("000-00-00000"), check);
        for wrong in ["123", "12345678901", "123-45-6789a", "１２３-45-67891", "²234567891"] {
            assert_eq!(BusinessNumber::parse(wrong), digits, "{wrong}");
        }
        assert_eq!(BusinessNumber::parse(" "), Err(Problem::Required));
    }
}
