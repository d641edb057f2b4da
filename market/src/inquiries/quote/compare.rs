//! Quotes side by side: which figures may be set against each other, and which of them is best. Nothing is
//! converted that would have to be guessed: other currencies, units, quantities, places and things are named as such.

use super::{Incoterm, Quote, QuoteLine, Totals, UnitPrice, Vat};
use crate::money::{Currency, Money};
use crate::rfqs::parse::units;

/// Why a figure cannot be set against the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Incomparable {
    /// Another currency than most.
    Currency(Currency),
    /// Another unit than most.
    Unit(String),
    /// Another quantity, and no price for the usual one.
    Quantity(i64),
    /// Other terms of delivery, or another place, than most.
    Delivery(Option<Incoterm>, String),
    /// Other things, or not all of them.
    Lines,
    /// No quantity was quoted.
    NoQuantity,
    /// Several lines have no one price.
    SeveralLines,
}

/// What the buyer asked for, as far as prices depend on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// How many, if one thing was asked for with its quantity.
    pub quantity: Option<i64>,
    /// Whether several things were asked for, so that it matters which of them a quote names.
    pub several: bool,
}

impl Asked {
    /// From the quantities as the buyer said them: `2,000개`.
    pub fn of<'a>(quantities: impl IntoIterator<Item = &'a str>, several: bool) -> Self {
        let count = |text: &str| {
            let figures = text.trim().chars().take_while(|c| c.is_ascii_digit() || *c == ',');
            figures.filter(char::is_ascii_digit).collect::<String>().parse::<i64>().ok()
        };
        let quantity = usual(quantities.into_iter().filter_map(count)).filter(|_| !several);
        Self { quantity, several }
    }
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
    pub unit: Cell<UnitPrice>,
    /// The sum.
    pub total: Cell<Money>,
    /// Days until delivery.
    pub lead: Cell<i64>,
    /// The quantity for which price and sum stand here, where the quote names another one first.
    pub at: Option<i64>,
}

impl Column {
    /// The same figures with nothing marked as best.
    #[must_use]
    pub fn unmarked(mut self) -> Self {
        self.unit.unmark();
        self.total.unmark();
        self.lead.unmark();
        self
    }
}

impl<T> Cell<T> {
    const fn unmark(&mut self) {
        if let Self::Value { best, .. } = self {
            *best = false;
        }
    }
}

/// What most quotes have in common; the first of equally frequent ones.
fn usual<T: PartialEq + Clone>(all: impl Iterator<Item = T>) -> Option<T> {
    let all: Vec<T> = all.collect();
    let count = |value: &T| all.iter().filter(|other| *other == value).count();
    let most = all.iter().map(count).max()?;
    all.iter().find(|value| count(value) == most).cloned()
}

/// The columns of these quotes, in their order.
pub fn compare(quotes: &[&Quote], asked: Asked) -> Vec<Column> {
    let terms = Terms {
        currency: usual(quotes.iter().map(|quote| quote.currency)),
        delivery: usual(quotes.iter().map(|quote| delivery(quote))),
        things: usual(quotes.iter().map(|quote| things(quote, asked.several))),
        unit: usual(quotes.iter().filter_map(|quote| single(quote)).map(|line| unit_code(&line.unit))),
        quantity: quantity(quotes, asked.quantity),
        several: asked.several,
    };
    let mut columns: Vec<Column> = quotes.iter().map(|quote| terms.column(quote)).collect();
    let exact: Vec<Option<i128>> = quotes.iter().map(|quote| terms.exact_unit(quote)).collect();
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

fn single(quote: &Quote) -> Option<&QuoteLine> {
    match quote.lines.as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// A word without case, spaces and signs.
fn folded(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// One spelling of a unit; pieces where nothing is said.
fn unit_code(typed: &str) -> String {
    let word = typed.trim();
    match units::find(word) {
        Some((code, _)) => code.to_owned(),
        None if word.is_empty() => "ea".to_owned(),
        None => folded(word),
    }
}

/// Terms of delivery with their place. Without terms nobody said who carries goods to the place.
fn delivery(quote: &Quote) -> (Option<Incoterm>, String) {
    (quote.incoterm, quote.incoterm.map(|_| folded(&quote.place)).unwrap_or_default())
}

/// What a quote is about, in a steady order. Where one thing was asked for, its name is no matter.
fn things(quote: &Quote, several: bool) -> Vec<(String, String, Option<i64>)> {
    if single(quote).is_some() && !several {
        return Vec::new();
    }
    let thing = |line: &QuoteLine| (folded(&line.item), unit_code(&line.unit), line.quantity);
    let mut things: Vec<_> = quote.lines.iter().map(thing).collect();
    things.sort();
    things
}

/// Whether a line says its price for a quantity: its own, or any where it says how prices change with it.
fn prices(line: &QuoteLine, quantity: i64) -> bool {
    line.quantity.is_none_or(|own| own == quantity) || !line.breaks.is_empty()
}

/// The quantity at which prices are set against each other: the one asked for if anybody offers it, else the usual one.
fn quantity(quotes: &[&Quote], asked: Option<i64>) -> Option<i64> {
    let lines = || quotes.iter().filter_map(|quote| single(quote)).filter(|line| line.quantity.is_some());
    asked
        .filter(|asked| lines().any(|line| prices(line, *asked)))
        .or_else(|| usual(lines().filter_map(|line| line.quantity)))
}

struct Terms {
    currency: Option<Currency>,
    delivery: Option<(Option<Incoterm>, String)>,
    things: Option<Vec<(String, String, Option<i64>)>>,
    unit: Option<String>,
    quantity: Option<i64>,
    several: bool,
}

impl Terms {
    fn column(&self, quote: &Quote) -> Column {
        let (unit, total) = (self.unit_cell(quote), self.total_cell(quote));
        let other =
            single(quote).and_then(|line| line.quantity).is_some_and(|own| Some(own) != self.quantity);
        let at = self.quantity.filter(|_| other && matches!(unit, Cell::Value { .. }));
        Column { unit, total, lead: Cell::Value { value: quote.lead_time_days, best: false }, at }
    }

    fn common(&self, quote: &Quote) -> Option<Incomparable> {
        if self.currency != Some(quote.currency) {
            return Some(Incomparable::Currency(quote.currency));
        }
        if self.delivery.as_ref() != Some(&delivery(quote)) {
            return Some(Incomparable::Delivery(quote.incoterm, quote.place.clone()));
        }
        (self.things.as_ref() != Some(&things(quote, self.several))).then_some(Incomparable::Lines)
    }

    fn of_one_line(&self, line: &QuoteLine) -> Option<Incomparable> {
        // with several things asked for, unit and quantity are part of what a quote is about
        if self.several {
            return None;
        }
        if self.unit.as_ref() != Some(&unit_code(&line.unit)) {
            return Some(Incomparable::Unit(line.unit.clone()));
        }
        let own = line.quantity?;
        self.quantity.is_none_or(|quantity| !prices(line, quantity)).then_some(Incomparable::Quantity(own))
    }

    /// How many of one line prices stand for.
    fn count(&self, line: &QuoteLine) -> Option<i64> {
        self.quantity.filter(|quantity| !self.several && prices(line, *quantity)).or(line.quantity)
    }

    fn price(&self, line: &QuoteLine) -> UnitPrice {
        self.count(line).map_or(line.price, |quantity| line.price_at(quantity))
    }

    /// Eleven times the price without tax: whole also where the tax is within the price.
    fn exact_unit(&self, quote: &Quote) -> Option<i128> {
        let price = i128::from(self.price(single(quote)?).0);
        Some(price * if quote.vat == Vat::Included { 10 } else { 11 })
    }

    fn unit_cell(&self, quote: &Quote) -> Cell<UnitPrice> {
        let Some(line) = single(quote) else { return Cell::Not(Incomparable::SeveralLines) };
        if let Some(why) = self.common(quote).or_else(|| self.of_one_line(line)) {
            return Cell::Not(why);
        }
        let shown = self.exact_unit(quote).and_then(|exact| i64::try_from((exact + 5) / 11).ok());
        Cell::Value { value: UnitPrice(shown.unwrap_or(line.price.0)), best: false }
    }

    /// What a quote comes to for the quantity that is compared.
    fn totals(&self, quote: &Quote) -> Option<Totals> {
        let mut quote = quote.clone();
        if let [line] = quote.lines.as_mut_slice()
            && line.quantity.is_some()
        {
            line.quantity = self.count(line);
        }
        quote.totals()
    }

    fn total_cell(&self, quote: &Quote) -> Cell<Money> {
        let Some(totals) = self.totals(quote) else { return Cell::Not(Incomparable::NoQuantity) };
        let why = self.common(quote).or_else(|| single(quote).and_then(|line| self.of_one_line(line)));
        why.map_or(Cell::Value { value: totals.net, best: false }, Cell::Not)
    }
}

#[cfg(test)]
mod tests;
