//! From what a vendor types to a quote, naming every field that is wrong.

use super::{Break, Incoterm, MOST_DAYS, Quote, QuoteLine, USUAL_DAYS, UnitPrice, Vat};
use crate::calendar;
use crate::error::{FieldErrors, Problem, Result};
use crate::money::Currency;
use crate::rfqs::parse::units;
use crate::text;
use crate::time::{DAY, Timestamp};

/// Longest note of a quote, in characters.
pub const NOTE_MAX: usize = 1_000;
/// Longest terms of payment, of samples, and longest place, in characters.
pub const TERM_MAX: usize = 100;
/// Lines of a quote.
pub const MOST_LINES: usize = 20;
/// Further prices of a line.
pub const MOST_BREAKS: usize = 5;
/// Most units of a line.
const MOST_UNITS: i64 = 1_000_000_000;

/// Words after a quantity that mean that one and more.
const FROM_ON: [&str; 6] = ["이상", "부터", "or more", "and up", "up", "+"];

/// One line as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineDraft {
    /// What is quoted; may stay empty.
    pub item: String,
    /// Price of one unit.
    pub price: String,
    /// How many units; may stay empty.
    pub quantity: String,
    /// What is counted, e.g. `개`; may stay empty.
    pub unit: String,
    /// Further prices, one a line: `1,000: 90`; may stay empty.
    pub breaks: String,
}

impl LineDraft {
    /// Whether nothing was typed that makes a line.
    pub fn is_empty(&self) -> bool {
        [&self.item, &self.price, &self.quantity, &self.breaks].iter().all(|text| text.trim().is_empty())
    }
}

/// A quote as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuoteDraft {
    /// The first line; always there.
    pub line: LineDraft,
    /// Further lines; those without anything typed are left out.
    pub more: Vec<LineDraft>,
    /// ISO 4217 code; empty is won.
    pub currency: String,
    /// Code of a [`Vat`]; empty is excluded.
    pub vat: String,
    /// Days until delivery.
    pub lead_time_days: String,
    /// Days the quote holds; empty is [`USUAL_DAYS`].
    pub valid_days: String,
    /// Code of an [`Incoterm`]; may stay empty.
    pub incoterm: String,
    /// The place of the incoterm; needed with one.
    pub place: String,
    /// Terms of payment; may stay empty.
    pub payment: String,
    /// Samples; may stay empty.
    pub sample: String,
    /// Anything else.
    pub note: String,
    /// Version of the quote that lay on the table when the form was made, 0 for none; `None` replaces whatever lies there.
    pub replaces: Option<i64>,
}

/// Checks a typed quote; gives it with its note. Fields of the second line on are numbered: `price-2`.
///
/// # Errors
/// `Invalid` with every field that is wrong.
pub fn check(draft: &QuoteDraft, version: i64, now: Timestamp) -> Result<(Quote, String)> {
    let mut errors = FieldErrors::new();
    let currency = errors.take("currency", currency(&draft.currency)).unwrap_or_default();
    let lines = lines(draft, currency, &mut errors);
    let vat = errors.take("vat", vat(&draft.vat)).unwrap_or(Vat::Excluded);
    let lead =
        text::whole_number(&draft.lead_time_days, 0, 730).and_then(|days| days.ok_or(Problem::Required));
    let lead_time_days = errors.take("lead_time_days", lead).unwrap_or_default();
    let days = errors
        .take("valid_days", text::whole_number(&draft.valid_days, 1, MOST_DAYS))
        .flatten()
        .unwrap_or(USUAL_DAYS);
    let incoterm = errors.take("incoterm", incoterm(&draft.incoterm)).flatten();
    let mut term = |name: &'static str, typed: &str, least: usize| {
        errors.take(name, text::line_within(typed, least, TERM_MAX)).unwrap_or_default()
    };
    let place = term("place", &draft.place, usize::from(incoterm.is_some()));
    let payment = term("payment", &draft.payment, 0);
    let sample = term("sample", &draft.sample, 0);
    let note = errors.take("note", text::block_within(&draft.note, 0, NOTE_MAX)).unwrap_or_default();
    let quote = Quote {
        version,
        currency,
        vat,
        lines,
        lead_time_days,
        valid_until: end_of_day(now, days),
        incoterm,
        place,
        payment,
        sample,
    };
    let counted = quote.lines.iter().all(|line| line.quantity.is_some());
    if errors.is_empty() && counted && quote.total().is_none() {
        errors.add("quantity", Problem::Rule("quote.total_too_large".into()));
    }
    errors.into_result()?;
    Ok((quote, note))
}

fn lines(draft: &QuoteDraft, currency: Currency, errors: &mut FieldErrors) -> Vec<QuoteLine> {
    let mut lines = vec![line(&draft.line, (1, currency), errors)];
    if draft.more.len() >= MOST_LINES {
        errors.add("item", Problem::TooMany { max: MOST_LINES });
    }
    for (number, typed) in (2..).zip(&draft.more) {
        if !typed.is_empty() {
            lines.push(line(typed, (number, currency), errors));
        }
    }
    lines
}

fn line(typed: &LineDraft, at: (usize, Currency), errors: &mut FieldErrors) -> QuoteLine {
    let (number, currency) = at;
    let name = |field: &str| if number == 1 { field.to_owned() } else { format!("{field}-{number}") };
    let price = errors.take(name("price"), UnitPrice::parse(&typed.price));
    let quantity =
        errors.take(name("quantity"), text::whole_number(&typed.quantity, 1, MOST_UNITS)).flatten();
    let line = QuoteLine {
        item: errors.take(name("item"), text::line_within(&typed.item, 0, 120)).unwrap_or_default(),
        quantity,
        unit: errors.take(name("unit"), text::line_within(&typed.unit, 0, 20)).unwrap_or_default(),
        price: price.unwrap_or(UnitPrice(0)),
        breaks: errors.take(name("breaks"), breaks(&typed.breaks, &typed.unit)).unwrap_or_default(),
    };
    if price.is_some() && quantity.is_some() && line.total(currency).is_none() {
        errors.add(name("quantity"), Problem::Rule("quote.total_too_large".into()));
    }
    line
}

/// `1,000: 90` a line: from that quantity on, that price.
fn breaks(typed: &str, unit: &str) -> Result<Vec<Break>, Problem> {
    let mut found: Vec<Break> = Vec::new();
    for row in text::block(typed).lines().map(str::trim).filter(|row| !row.is_empty()) {
        let shape = || Problem::Rule("quote.breaks".into());
        let (from, price) = row.split_once([':', '=', '\t', '：']).ok_or_else(shape)?;
        let from =
            text::whole_number(smallest(from, unit).ok_or_else(shape)?, 2, MOST_UNITS)?.ok_or_else(shape)?;
        let price = UnitPrice::parse(price)?;
        if found.last().is_some_and(|before| before.from >= from) {
            return Err(Problem::Rule("tiers.ascending".into()));
        }
        found.push(Break { from, price });
    }
    if found.len() > MOST_BREAKS { Err(Problem::TooMany { max: MOST_BREAKS }) } else { Ok(found) }
}

/// The figures of the smallest quantity in `1,000개`, `100개 이상`, `100~499`, `100-499 pcs`; `None` for anything that could be
/// read otherwise, such as a size before the quantity.
fn smallest<'a>(typed: &'a str, unit: &str) -> Option<&'a str> {
    let (from, rest) = counted(typed.trim(), unit)?;
    let Some(rest) = rest.strip_prefix(['~', '～', '〜', '–', '—', '-']) else {
        return rest.is_empty().then_some(from);
    };
    if rest.trim().is_empty() {
        return Some(from);
    }
    let (to, rest) = counted(rest.trim(), unit)?;
    let number = |figures: &str| text::whole_number(figures, 1, MOST_UNITS).ok().flatten();
    (rest.is_empty() && number(to)? > number(from)?).then_some(from)
}

/// Figures with the unit and the words after them that change nothing; gives what follows.
fn counted<'a>(typed: &'a str, unit: &str) -> Option<(&'a str, &'a str)> {
    let end = typed.find(|c: char| !c.is_ascii_digit() && c != ',').unwrap_or(typed.len());
    let (figures, rest) = typed.split_at(end);
    let thousands: Vec<&str> = figures.split(',').collect();
    let grouped = thousands.iter().skip(1).all(|group| group.len() == 3) && !thousands[0].is_empty();
    let end = rest.find(['~', '～', '〜', '–', '—', '-']).unwrap_or(rest.len());
    let (words, rest) = rest.split_at(end);
    let words = words.trim().to_lowercase();
    let word = FROM_ON.iter().find_map(|end| words.strip_suffix(end)).unwrap_or(&words).trim();
    let known = word.is_empty() || units::find(word).is_some() || word == unit.trim().to_lowercase();
    (grouped && known).then_some((figures, rest))
}

fn currency(code: &str) -> Result<Currency, Problem> {
    if code.is_empty() { Ok(Currency::Krw) } else { Currency::from_code(code).ok_or(Problem::NotChoice) }
}

fn vat(code: &str) -> Result<Vat, Problem> {
    if code.is_empty() { Ok(Vat::Excluded) } else { Vat::from_code(code).ok_or(Problem::NotChoice) }
}

fn incoterm(code: &str) -> Result<Option<Incoterm>, Problem> {
    if code.is_empty() { Ok(None) } else { Incoterm::from_code(code).map(Some).ok_or(Problem::NotChoice) }
}

/// The last microsecond of the day in Seoul that lies `days` days ahead.
fn end_of_day(now: Timestamp, days: i64) -> Timestamp {
    Timestamp(calendar::seoul_micros(calendar::seoul_date(now.plus(days.saturating_mul(DAY)).0), 24) - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::ErrorKind;
    use crate::money::Money;
    use proptest::prelude::*;

    const NOW: Timestamp = Timestamp(1_795_482_000_000_000);

    fn line_of(price: &str, quantity: &str) -> LineDraft {
        LineDraft { price: price.into(), quantity: quantity.into(), ..LineDraft::default() }
    }

    fn draft(price: &str, quantity: &str) -> QuoteDraft {
        QuoteDraft { line: line_of(price, quantity), lead_time_days: "2".into(), ..QuoteDraft::default() }
    }

    fn wrong(draft: &QuoteDraft) -> FieldErrors {
        match check(draft, 1, NOW).unwrap_err().kind {
            ErrorKind::Invalid(errors) => errors,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn four_fields_make_a_quote() {
        let (quote, note) = check(&draft("96", "2,000"), 1, NOW).unwrap();
        assert_eq!(quote.total(), Some(Money::won(192_000)));
        assert_eq!(quote.totals().map(|t| (t.vat, t.gross)), Some((Money::won(19_200), Money::won(211_200))));
        assert_eq!(note, "");
        assert!(quote.holds(NOW.plus(USUAL_DAYS * DAY)));
        assert!(!quote.holds(NOW.plus((USUAL_DAYS + 1) * DAY)));
    }

    #[test]
    fn names_every_wrong_field_at_once() {
        let typed = QuoteDraft {
            line: LineDraft { breaks: "many".into(), ..line_of("-5", "0") },
            more: vec![line_of(&format!("1.{}", "1".repeat(30)), "3"), line_of("1000000000000", "1")],
            currency: "XXX".into(),
            lead_time_days: "soon".into(),
            valid_days: "181".into(),
            incoterm: "FOB".into(),
            ..QuoteDraft::default()
        };
        let errors = wrong(&typed);
        for field in [
            "price",
            "quantity",
            "breaks",
            "price-2",
            "price-3",
            "currency",
            "lead_time_days",
            "valid_days",
            "place",
        ] {
            assert!(errors.of(field).is_some(), "{field}");
        }
        assert!(wrong(&draft("999999999999", "1000000000")).of("quantity").is_some());
        let sum = QuoteDraft { more: vec![line_of("999999999999", "1")], ..draft("999999999999", "1") };
        assert!(wrong(&sum).of("quantity").is_some());
    }

    #[test]
    fn larger_quantities_have_their_own_price() {
        let typed = LineDraft { breaks: "1,000개: 90\n5000: 85.5".into(), ..line_of("96", "1,000") };
        let (quote, _) = check(&QuoteDraft { line: typed, ..draft("", "") }, 1, NOW).unwrap();
        assert_eq!(quote.total(), Some(Money::won(90_000)));
        let line = &quote.lines[0];
        assert_eq!((line.price_at(999), line.price_at(5_000)), (UnitPrice(960_000), UnitPrice(855_000)));
        for text in ["1000: 90\n1000: 80", "x: 5", "1000", "1000: 0", "-5: 3"] {
            let typed = LineDraft { breaks: text.into(), ..line_of("96", "1") };
            assert!(wrong(&QuoteDraft { line: typed, ..draft("", "") }).of("breaks").is_some(), "{text}");
        }
    }

    #[test]
    fn quantities_of_breaks_are_read_as_they_are_written() {
        let read = |from: &str| {
            let typed =
                LineDraft { breaks: format!("{from}: 90"), unit: "코일".into(), ..line_of("96", "1") };
            check(&QuoteDraft { line: typed, ..draft("", "") }, 1, NOW)
                .map(|(quote, _)| quote.lines[0].breaks[0].from)
        };
        for (typed, from) in [
            ("100~499", 100),
            ("100 ~ 499개", 100),
            ("1,000-4,999 pcs", 1_000),
            ("100개 이상", 100),
            ("100개이상", 100),
            ("100~", 100),
            ("500 코일", 500),
            ("500부터", 500),
            ("1,000 EA", 1_000),
            ("1,000개–4,999개", 1_000),
            ("100+", 100),
            ("100 or more", 100),
        ] {
            assert_eq!(read(typed).ok(), Some(from), "{typed}");
        }
        for typed in [
            "M8 100개",
            "100개 이하",
            "100 미만",
            "499~100",
            "100~M8",
            "10,0",
            "1.5t",
            "100 499",
            "100/499",
            "~100",
        ] {
            assert!(read(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn lines_without_anything_are_left_out() {
        let typed = QuoteDraft { more: vec![LineDraft::default(), line_of("5", "10")], ..draft("96", "1") };
        let (quote, _) = check(&typed, 1, NOW).unwrap();
        assert_eq!((quote.lines.len(), quote.total()), (2, Some(Money::won(146))));
    }

    proptest! {
        #[test]
        fn totals_are_exact(lines in prop::collection::vec((1_i64..1_000_000, 1_i64..100_000), 1..20), vat in 0_usize..3) {
            let typed: Vec<LineDraft> =
                lines.iter().map(|(price, quantity)| line_of(&price.to_string(), &quantity.to_string())).collect();
            let typed = QuoteDraft {
                line: typed[0].clone(), more: typed[1..].to_vec(), vat: Vat::ALL[vat].code().into(), ..draft("", "")
            };
            let sum: i128 = lines.iter().map(|(price, quantity)| i128::from(*price) * i128::from(*quantity)).sum();
            match check(&typed, 1, NOW) {
                Ok((quote, _)) => {
                    prop_assert_eq!(quote.total().map(|total| i128::from(total.minor)), Some(sum));
                    let totals = quote.totals().unwrap();
                    prop_assert_eq!(totals.net.minor + totals.vat.minor, totals.gross.minor);
                    if quote.vat == Vat::Included {
                        prop_assert_eq!(i128::from(totals.gross.minor), sum);
                    } else {
                        prop_assert_eq!(i128::from(totals.net.minor), sum);
                    }
                }
                Err(_) => prop_assert!(sum > 1_000_000_000_000),
            }
        }
    }
}
