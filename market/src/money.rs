//! Money: an amount in minor units and its currency. Never floating point.

use serde::{Deserialize, Serialize};

/// Currencies that prices may be stated in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    /// Korean won; has no minor unit.
    #[default]
    Krw,
    /// US dollar.
    Usd,
    /// Euro.
    Eur,
    /// Japanese yen; has no minor unit.
    Jpy,
    /// Chinese yuan.
    Cny,
}

impl Currency {
    /// Every currency, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::Krw, Self::Usd, Self::Eur, Self::Jpy, Self::Cny];

    /// ISO 4217 code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Krw => "KRW",
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Jpy => "JPY",
            Self::Cny => "CNY",
        }
    }

    /// The currency of an ISO 4217 code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|currency| currency.code() == code)
    }

    /// Decimal digits of the minor unit (ISO 4217).
    pub const fn digits(self) -> u32 {
        match self {
            Self::Krw | Self::Jpy => 0,
            Self::Usd | Self::Eur | Self::Cny => 2,
        }
    }
}

/// An exact amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Amount in minor units (won, cents).
    pub minor: i64,
    /// The currency of the amount.
    pub currency: Currency,
}

/// Largest amount that a form accepts, in major units: 10^12.
pub const LARGEST_MAJOR: i64 = 1_000_000_000_000;

impl Money {
    /// An amount in won.
    pub const fn won(amount: i64) -> Self {
        Self { minor: amount, currency: Currency::Krw }
    }

    /// An amount in the currency's coins; `None` above [`LARGEST_MAJOR`].
    pub fn within_largest(minor: i64, currency: Currency) -> Option<Self> {
        let largest = LARGEST_MAJOR.checked_mul(10_i64.pow(currency.digits()))?;
        (minor <= largest).then_some(Self { minor, currency })
    }

    /// Reads what a person typed: digits with optional thousands separators (`,` or blank) and at most
    /// as many decimals as the currency has. `None` when it is not such a number, is negative or above
    /// [`LARGEST_MAJOR`].
    pub fn parse(text: &str, currency: Currency) -> Option<Self> {
        let plain: String = text.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}')).collect();
        let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
        let digits = currency.digits();
        if whole.is_empty() || whole.len() > 13 || decimals.len() > digits as usize {
            return None;
        }
        if !whole.bytes().chain(decimals.bytes()).all(|b| b.is_ascii_digit()) {
            return None;
        }
        let scale = 10_i64.pow(digits);
        let fraction: i64 = if decimals.is_empty() {
            0
        } else {
            decimals.parse::<i64>().ok()? * 10_i64.pow(digits - u32::try_from(decimals.len()).ok()?)
        };
        let major: i64 = whole.parse().ok()?;
        (major <= LARGEST_MAJOR).then_some(Self { minor: major * scale + fraction, currency })
    }

    /// The amount with thousands separators and the currency's decimals, without a currency sign.
    pub fn amount(self) -> String {
        let digits = self.currency.digits();
        let scale = 10_i64.pow(digits);
        let whole = grouped(self.minor / scale);
        if digits == 0 {
            return whole;
        }
        format!("{whole}.{:0width$}", (self.minor % scale).abs(), width = digits as usize)
    }

    /// The amount as machines read it: dot decimals, no separators (JSON-LD `price`).
    pub fn plain(self) -> String {
        let digits = self.currency.digits();
        let scale = 10_i64.pow(digits);
        if digits == 0 {
            return self.minor.to_string();
        }
        format!("{}.{:0width$}", self.minor / scale, (self.minor % scale).abs(), width = digits as usize)
    }
}

/// A whole number with `,` between thousands.
pub fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        out.push('-');
    }
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_people_type() {
        assert_eq!(Money::parse("1,270", Currency::Krw), Some(Money::won(1270)));
        assert_eq!(Money::parse("12.5", Currency::Usd).map(|m| m.minor), Some(1250));
        for wrong in ["", "-1", "1.5", "1e9", "٣", "12원", "10000000000000"] {
            assert_eq!(Money::parse(wrong, Currency::Krw), None, "{wrong}");
        }
    }

    #[test]
    fn writes_separators() {
        assert_eq!(Money::won(1_234_567).amount(), "1,234,567");
        assert_eq!(Money { minor: 120_005, currency: Currency::Usd }.amount(), "1,200.05");
        assert_eq!(grouped(-1000), "-1,000");
    }
}
