//! Quotes side by side: which figures may be set against each other, and which of them is best. Nothing is
//! converted that would have to be guessed: other currencies, units, quantities and terms are named as such.

use super::{Incoterm, Quote, Vat};
use crate::money::{Currency, Money};

/// Why a figure cannot be set against the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// Another currency than most.
    Currency(Currency),
    /// Another unit than most.
    Unit(String),
    /// Another quantity than most.
    Quantity(i64),
    /// Other terms of delivery than most.
    Delivery(Option<Incoterm>),
    /// No quantity was quoted.
    NoQuantity,
    /// Several lines have no one price.
    SeveralLines,
}

/// A figure of one quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<T> {
    /// It can be set against the others; `best` when none is better and there are others.
    Value {
        /// The figure.
        value: T,
        /// Whether it is the best.
        best: bool,
    },
    /// It cannot.
    Not(Incomparable),
}

/// The figures of one quote, without tax.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Price of one unit in ten-thousandths, rounded for showing.
    pub unit: Cell<super::UnitPrice>,
    /// The sum.
    pub total: Cell<Money>,
    /// Days until delivery.
    pub lead: Cell<i64>,
}

/// What most quotes have in common; the first of equally frequent ones.
fn usual<T: PartialEq + Clone>(all: impl Iterator<Item = T>) -> Option<T> {
    let all: Vec<T> = all.collect();
    let count = |value: &T| all.iter().filter(|other| *other == value).count();
    let most = all.iter().map(count).max()?;
    all.iter().find(|value| count(value) == most).cloned()
}

/// The columns of these quotes, in their order.
pub fn compare(quotes: &[&Quote]) -> Vec<Column> {
    let terms = Terms {
        currency: usual(quotes.iter().map(|quote| quote.currency)),
        delivery: usual(quotes.iter().map(|quote| quote.incoterm)).flatten(),
        unit: usual(quotes.iter().filter_map(|quote| single(quote)).map(|line| line.unit.clone())),
        quantity: usual(quotes.iter().filter_map(|quote| counted(quote))),
    };
    let mut columns: Vec<Column> = quotes.iter().map(|quote| terms.column(quote)).collect();
    let exact: Vec<Option<i128>> = quotes.iter().map(|quote| exact_unit(quote)).collect();
    let units: Vec<Option<i128>> =
        columns.iter().zip(&exact).map(|(column, exact)| value(&column.unit).and(*exact)).collect();
    let totals: Vec<Option<i64>> =
        columns.iter().map(|column| value(&column.total).map(|money| money.minor)).collect();
    let leads: Vec<Option<i64>> = columns.iter().map(|column| value(&column.lead).copied()).collect();
    for (at, column) in columns.iter_mut().enumerate() {
        mark(&mut column.unit, &units, at);
        mark(&mut column.total, &totals, at);
        mark(&mut column.lead, &leads, at);
    }
    columns
}

fn value<T>(cell: &Cell<T>) -> Option<&T> {
    match cell {
        Cell::Value { value, .. } => Some(value),
        Cell::Not(_) => None,
    }
}

fn mark<T, K: Ord + Copy>(cell: &mut Cell<T>, keys: &[Option<K>], at: usize) {
    let known: Vec<K> = keys.iter().flatten().copied().collect();
    let mine = keys.get(at).copied().flatten();
    let least = known.iter().min().copied();
    if let Cell::Value { best, .. } = cell {
        *best = known.len() > 1 && mine == least && known.iter().max().copied() != least;
    }
}

fn single(quote: &Quote) -> Option<&super::QuoteLine> {
    match quote.lines.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

fn counted(quote: &Quote) -> Option<i64> {
    single(quote).and_then(|line| line.quantity)
}

/// Eleven times the price without tax: whole also where the tax is within the price.
fn exact_unit(quote: &Quote) -> Option<i128> {
    let price = i128::from(single(quote)?.unit_price().0);
    Some(price * if quote.vat == Vat::Included { 10 } else { 11 })
}

struct Terms {
    currency: Option<Currency>,
    delivery: Option<Incoterm>,
    unit: Option<String>,
    quantity: Option<i64>,
}

impl Terms {
    fn column(&self, quote: &Quote) -> Column {
        Column {
            unit: self.unit_cell(quote),
            total: self.total_cell(quote),
            lead: Cell::Value { value: quote.lead_time_days, best: false },
        }
    }

    fn common(&self, quote: &Quote) -> Option<Incomparable> {
        if self.currency != Some(quote.currency) {
            return Some(Incomparable::Currency(quote.currency));
        }
        (self.delivery != quote.incoterm).then_some(Incomparable::Delivery(quote.incoterm))
    }

    fn of_one_line(&self, line: &super::QuoteLine) -> Option<Incomparable> {
        if self.unit.as_ref() != Some(&line.unit) {
            return Some(Incomparable::Unit(line.unit.clone()));
        }
        line.quantity.filter(|_| line.quantity != self.quantity).map(Incomparable::Quantity)
    }

    fn unit_cell(&self, quote: &Quote) -> Cell<super::UnitPrice> {
        let Some(line) = single(quote) else { return Cell::Not(Incomparable::SeveralLines) };
        if let Some(why) = self.common(quote).or_else(|| self.of_one_line(line)) {
            return Cell::Not(why);
        }
        let shown = exact_unit(quote).and_then(|exact| i64::try_from((exact + 5) / 11).ok());
        Cell::Value { value: super::UnitPrice(shown.unwrap_or(line.price.0)), best: false }
    }

    fn total_cell(&self, quote: &Quote) -> Cell<Money> {
        let Some(totals) = quote.totals() else { return Cell::Not(Incomparable::NoQuantity) };
        let why = self.common(quote).or_else(|| single(quote).and_then(|line| self.of_one_line(line)));
        why.map_or(Cell::Value { value: totals.net, best: false }, Cell::Not)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{QuoteLine, UnitPrice};
    use super::*;
    use crate::time::Timestamp;

    fn quote(price: i64, vat: Vat) -> Quote {
        Quote {
            version: 1,
            currency: Currency::Krw,
            vat,
            lines: vec![QuoteLine {
                item: String::new(),
                quantity: Some(100),
                unit: "개".into(),
                price: UnitPrice::whole(price),
                breaks: Vec::new(),
            }],
            lead_time_days: 3,
            valid_until: Timestamp(0),
            incoterm: None,
            place: String::new(),
            payment: String::new(),
            sample: String::new(),
        }
    }

    #[test]
    fn tax_is_taken_out_before_comparing() {
        let (cheap, dear) = (quote(110, Vat::Included), quote(101, Vat::Excluded));
        let columns = compare(&[&dear, &cheap]);
        assert_eq!(columns[1].unit, Cell::Value { value: UnitPrice::whole(100), best: true });
        assert_eq!(columns[1].total, Cell::Value { value: Money::won(10_000), best: true });
        assert!(matches!(columns[0].unit, Cell::Value { best: false, .. }));
        assert!(matches!(columns[0].lead, Cell::Value { best: false, .. }), "equal days: none is best");
    }

    #[test]
    fn what_differs_is_named_and_never_best() {
        let usual = quote(100, Vat::Excluded);
        let dollars = Quote { currency: Currency::Usd, ..quote(1, Vat::Excluded) };
        let shipped = Quote { incoterm: Some(Incoterm::Ddp), ..quote(1, Vat::Excluded) };
        let mut by_weight = quote(1, Vat::Excluded);
        by_weight.lines[0].unit = "kg".into();
        let mut fewer = quote(1, Vat::Excluded);
        fewer.lines[0].quantity = Some(10);
        let mut open = quote(1, Vat::Excluded);
        open.lines[0].quantity = None;
        let mut several = quote(1, Vat::Excluded);
        several.lines.push(several.lines[0].clone());
        let columns = compare(&[&usual, &usual, &dollars, &shipped, &by_weight, &fewer, &open, &several]);
        let why = |at: usize| columns[at].total.clone();
        assert_eq!(why(2), Cell::Not(Incomparable::Currency(Currency::Usd)));
        assert_eq!(why(3), Cell::Not(Incomparable::Delivery(Some(Incoterm::Ddp))));
        assert_eq!(why(4), Cell::Not(Incomparable::Unit("kg".into())));
        assert_eq!(why(5), Cell::Not(Incomparable::Quantity(10)));
        assert_eq!(why(6), Cell::Not(Incomparable::NoQuantity));
        assert_eq!(columns[7].unit, Cell::Not(Incomparable::SeveralLines));
        assert!(compare(&[]).is_empty());
        assert!(matches!(compare(&[&usual])[0].total, Cell::Value { best: false, .. }), "alone is not best");
    }
}
