//! The price of one unit: finer than the currency's coins, and exact. Never floating point.

use serde::{Deserialize, Serialize};

use crate::error::Problem;
use crate::money::{Currency, Money, grouped};
use crate::text;

/// Decimals of a unit price: screws cost 12.5 won, resistors 0.0031 dollars.
pub const DECIMALS: u32 = 4;
const SCALE: i64 = 10_i64.pow(DECIMALS);

/// A price of one unit in ten-thousandths of the currency's main unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitPrice(pub i64);

impl UnitPrice {
    /// A price in whole main units.
    pub const fn whole(major: i64) -> Self {
        Self(major.saturating_mul(SCALE))
    }

    /// Reads what a person typed: digits with thousands separators and at most four decimals.
    ///
    /// # Errors
    /// What is wrong, in the order a person would see it: nothing, no number, too fine, zero, too large.
    pub fn parse(typed: &str) -> Result<Self, Problem> {
        let clean = text::figures(typed);
        if clean.is_empty() {
            return Err(Problem::Required);
        }
        let plain: String = clean.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !digits(whole) || !digits(decimals) {
            return Err(Problem::NotMoney);
        }
        let decimals = decimals.trim_end_matches('0');
        if decimals.len() > DECIMALS as usize {
            return Err(Problem::Rule("quote.decimals".into()));
        }
        let whole = whole.trim_start_matches('0');
        let too_large = || Problem::Rule("quote.price_too_large".into());
        if whole.len() > 12 {
            return Err(too_large());
        }
        let major: i64 = if whole.is_empty() { 0 } else { whole.parse().map_err(|_| too_large())? };
        let fine: i64 = format!("{decimals:0<4}").parse().map_err(|_| Problem::NotMoney)?;
        let price = Self(major * SCALE + fine);
        if price.0 == 0 { Err(Problem::Rule("quote.zero".into())) } else { Ok(price) }
    }

    /// Price times quantity in the currency's coins, half a coin rounded up. `None` above what a form accepts.
    pub fn times(self, quantity: i64, currency: Currency) -> Option<Money> {
        let coin = i128::from(10_i64.pow(DECIMALS - currency.digits()));
        let exact = i128::from(self.0) * i128::from(quantity);
        Money::within_largest(i64::try_from((exact + coin / 2) / coin).ok()?, currency)
    }

    /// The amount with thousands separators: the currency's decimals, and finer ones where there are any.
    pub fn amount(self, currency: Currency) -> String {
        let fine = format!("{:04}", self.0 % SCALE);
        let needed = fine.trim_end_matches('0').len().max(currency.digits() as usize);
        let decimals: String = fine.chars().take(needed).collect();
        let whole = grouped(self.0 / SCALE);
        if decimals.is_empty() { whole } else { format!("{whole}.{decimals}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_and_writes() {
        for (typed, written) in [
            ("96", "96"),
            ("９６", "96"),
            ("１２．５", "12.5"),
            ("1,270", "1,270"),
            ("12.5", "12.5"),
            ("0.0031", "0.0031"),
            ("96.0000000", "96"),
        ] {
            assert_eq!(UnitPrice::parse(typed).unwrap().amount(Currency::Krw), written);
        }
        assert_eq!(UnitPrice::parse("12.5").unwrap().amount(Currency::Usd), "12.50");
    }

    #[test]
    fn refuses_what_nobody_means_with_its_reason() {
        let rule = |code: &'static str| Problem::Rule(code.into());
        let thirty = format!("0.{}1", "0".repeat(29));
        for (typed, problem) in [
            ("", Problem::Required),
            ("0", rule("quote.zero")),
            ("0.000", rule("quote.zero")),
            ("-5", Problem::NotMoney),
            ("1e9", Problem::NotMoney),
            ("٣", Problem::NotMoney),
            (".5", Problem::NotMoney),
            ("1000000000000", rule("quote.price_too_large")),
            ("99999999999999999999999999", rule("quote.price_too_large")),
            ("1.00001", rule("quote.decimals")),
            (&thirty, rule("quote.decimals")),
        ] {
            assert_eq!(UnitPrice::parse(typed), Err(problem), "{typed}");
        }
    }

    proptest! {
        #[test]
        fn totals_are_within_half_a_coin(price in 1_i64..10_000_000_000, quantity in 1_i64..1_000_000, at in 0_usize..5) {
            let currency = Currency::ALL[at];
            if let Some(total) = UnitPrice(price).times(quantity, currency) {
                let coin = i128::from(10_i64.pow(DECIMALS - currency.digits()));
                let off = i128::from(total.minor) * coin - i128::from(price) * i128::from(quantity);
                prop_assert!(off.abs() * 2 <= coin, "off by {off} of {coin}");
            }
        }

        #[test]
        fn what_is_written_reads_back(price in 1_i64..10_000_000_000_000_000) {
            let price = UnitPrice(price);
            prop_assert_eq!(UnitPrice::parse(&price.amount(Currency::Usd)), Ok(price));
        }
    }
}
