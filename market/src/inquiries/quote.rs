//! A quote: what a vendor types, what is kept, and how long it holds.

use serde::{Deserialize, Serialize};

use crate::calendar;
use crate::error::{FieldErrors, Problem, Result};
use crate::money::{Currency, Money};
use crate::text;
use crate::time::{DAY, Timestamp};

/// Days a quote holds when the vendor says nothing else.
pub const USUAL_DAYS: i64 = 30;
/// The longest a quote may hold, in days.
pub const MOST_DAYS: i64 = 180;
/// Longest note of a quote, in characters.
pub const NOTE_MAX: usize = 1_000;

/// The fields of the quote form, in their order on the page.
pub const FIELDS: [&str; 8] =
    ["price", "currency", "vat", "quantity", "unit", "lead_time_days", "valid_days", "note"];

/// A quote as typed.
#[derive(Clone, Debug, Default)]
pub struct QuoteDraft {
    /// Price of one unit.
    pub price: String,
    /// ISO 4217 code; empty is won.
    pub currency: String,
    /// `included` or `excluded`; empty is excluded.
    pub vat: String,
    /// How many units; may stay empty.
    pub quantity: String,
    /// What is counted, e.g. `개`; may stay empty.
    pub unit: String,
    /// Days until delivery.
    pub lead_time_days: String,
    /// Days the quote holds; empty is [`USUAL_DAYS`].
    pub valid_days: String,
    /// Anything else.
    pub note: String,
}

/// A quote as kept in the data of its message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// 1 for the first quote of a thread; a later one replaces the earlier ones.
    pub version: i64,
    /// Price of one unit.
    pub price: Money,
    /// Whether the price holds value added tax.
    pub vat_included: bool,
    /// How many units.
    pub quantity: Option<i64>,
    /// What is counted.
    pub unit: String,
    /// Days until delivery.
    pub lead_time_days: i64,
    /// The end of the last day on which it holds.
    pub valid_until: Timestamp,
}

impl Quote {
    /// Price times quantity; `None` without a quantity or beyond what an integer holds.
    pub fn total(&self) -> Option<Money> {
        let minor = self.price.minor.checked_mul(self.quantity?)?;
        Some(Money { minor, currency: self.price.currency })
    }

    /// Whether the buyer can still take it.
    pub fn holds(&self, now: Timestamp) -> bool {
        now <= self.valid_until
    }
}

/// Checks a typed quote; gives it with its note.
///
/// # Errors
/// `Invalid` with every field that is wrong.
pub fn check(draft: &QuoteDraft, version: i64, now: Timestamp) -> Result<(Quote, String)> {
    let mut errors = FieldErrors::new();
    let currency = errors.take("currency", currency(&draft.currency)).unwrap_or_default();
    let price = errors.take("price", price(&draft.price, currency)).unwrap_or(Money { minor: 0, currency });
    let vat_included = errors.take("vat", vat(&draft.vat)).unwrap_or_default();
    let quantity = errors.take("quantity", text::whole_number(&draft.quantity, 1, 1_000_000_000)).flatten();
    let unit = errors.take("unit", text::line_within(&draft.unit, 0, 20)).unwrap_or_default();
    let lead =
        text::whole_number(&draft.lead_time_days, 0, 730).and_then(|days| days.ok_or(Problem::Required));
    let lead_time_days = errors.take("lead_time_days", lead).unwrap_or_default();
    let days = errors
        .take("valid_days", text::whole_number(&draft.valid_days, 1, MOST_DAYS))
        .flatten()
        .unwrap_or(USUAL_DAYS);
    let note = errors.take("note", text::block_within(&draft.note, 0, NOTE_MAX)).unwrap_or_default();
    let quote = Quote {
        version,
        price,
        vat_included,
        quantity,
        unit,
        lead_time_days,
        valid_until: end_of_day(now, days),
    };
    if errors.is_empty() && quantity.is_some() && quote.total().is_none() {
        errors.add("quantity", Problem::Rule("quote.total_too_large".into()));
    }
    errors.into_result()?;
    Ok((quote, note))
}

fn currency(code: &str) -> Result<Currency, Problem> {
    if code.is_empty() { Ok(Currency::Krw) } else { Currency::from_code(code).ok_or(Problem::NotChoice) }
}

fn price(typed: &str, currency: Currency) -> Result<Money, Problem> {
    let clean = text::line(typed);
    if clean.is_empty() {
        return Err(Problem::Required);
    }
    let money = Money::parse(&clean, currency).ok_or(Problem::NotMoney)?;
    if money.minor == 0 { Err(Problem::Rule("quote.zero".into())) } else { Ok(money) }
}

fn vat(code: &str) -> Result<bool, Problem> {
    match code {
        "" | "excluded" => Ok(false),
        "included" => Ok(true),
        _ => Err(Problem::NotChoice),
    }
}

/// The last microsecond of the day in Seoul that lies `days` days ahead.
fn end_of_day(now: Timestamp, days: i64) -> Timestamp {
    Timestamp(calendar::seoul_micros(calendar::seoul_date(now.plus(days.saturating_mul(DAY)).0), 24) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp(1_795_482_000_000_000);

    fn draft(price: &str, quantity: &str) -> QuoteDraft {
        QuoteDraft {
            price: price.into(),
            quantity: quantity.into(),
            lead_time_days: "2".into(),
            ..QuoteDraft::default()
        }
    }

    #[test]
    fn four_fields_make_a_quote() {
        let (quote, note) = check(&draft("96", "2,000"), 1, NOW).unwrap();
        assert_eq!(quote.total(), Some(Money::won(192_000)));
        assert_eq!(note, "");
        assert!(quote.holds(NOW.plus(USUAL_DAYS * DAY)));
        assert!(!quote.holds(NOW.plus((USUAL_DAYS + 1) * DAY)));
    }

    #[test]
    fn names_every_wrong_field_at_once() {
        let wrong = QuoteDraft {
            price: "-5".into(),
            currency: "XXX".into(),
            lead_time_days: "soon".into(),
            valid_days: "181".into(),
            ..draft("", "0")
        };
        let ErrorKind::Invalid(errors) = check(&wrong, 1, NOW).unwrap_err().kind else {
            panic!("not invalid")
        };
        for field in ["price", "currency", "quantity", "lead_time_days", "valid_days"] {
            assert!(errors.of(field).is_some(), "{field}");
        }
    }

    #[test]
    fn refuses_amounts_nobody_means() {
        for (price, quantity) in
            [("0", "1"), ("1000000000001", "1"), ("1.5", "1"), ("1000000000000", "1000000000")]
        {
            assert!(check(&draft(price, quantity), 1, NOW).is_err(), "{price} × {quantity}");
        }
    }

    proptest! {
        #[test]
        fn totals_are_exact(price in 1_i64..1_000_000_000, quantity in 1_i64..1_000_000) {
            let (quote, _) = check(&draft(&price.to_string(), &quantity.to_string()), 1, NOW).unwrap();
            prop_assert_eq!(quote.total().map(|total| i128::from(total.minor)), Some(i128::from(price) * i128::from(quantity)));
        }
    }
}
