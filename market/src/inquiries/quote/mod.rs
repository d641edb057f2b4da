//! A quote: what is kept, what it comes to, and how long it holds.

mod amount;
mod check;
mod compare;

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money};
use crate::time::Timestamp;
use crate::words::stored_words;

pub use amount::UnitPrice;
pub use check::{LineDraft, MOST_BREAKS, MOST_LINES, NOTE_MAX, QuoteDraft, TERM_MAX, check};
pub use compare::{Asked, Cell, Column, Incomparable, compare};

/// Days a quote holds when the vendor says nothing else.
pub const USUAL_DAYS: i64 = 30;
/// The longest a quote may hold, in days.
pub const MOST_DAYS: i64 = 180;

stored_words! {
    /// How prices stand to value added tax.
    Vat {
        /// To be added.
        Excluded => "excluded",
        /// Within the prices.
        Included => "included",
        /// None is due: exports.
        Zero => "zero",
    }
}

stored_words! {
    /// Who carries goods, cost and risk how far (Incoterms 2020).
    Incoterm {
        /// Ex works.
        Exw => "EXW",
        /// Free carrier.
        Fca => "FCA",
        /// Carriage paid to.
        Cpt => "CPT",
        /// Carriage and insurance paid to.
        Cip => "CIP",
        /// Delivered at place.
        Dap => "DAP",
        /// Delivered at place unloaded.
        Dpu => "DPU",
        /// Delivered duty paid.
        Ddp => "DDP",
        /// Free alongside ship.
        Fas => "FAS",
        /// Free on board.
        Fob => "FOB",
        /// Cost and freight.
        Cfr => "CFR",
        /// Cost, insurance and freight.
        Cif => "CIF",
    }
}

/// From a quantity on, another price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Break {
    /// The smallest quantity it is for.
    pub from: i64,
    /// Price of one unit.
    pub price: UnitPrice,
}

/// One line of a quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteLine {
    /// What is quoted; empty when the thread is about one thing.
    pub item: String,
    /// How many units.
    pub quantity: Option<i64>,
    /// What is counted; may be empty.
    pub unit: String,
    /// Price of one unit.
    pub price: UnitPrice,
    /// Other prices from larger quantities on, ascending.
    pub breaks: Vec<Break>,
}

impl QuoteLine {
    /// Price of one unit when `quantity` are ordered.
    pub fn price_at(&self, quantity: i64) -> UnitPrice {
        self.breaks.iter().rev().find(|step| step.from <= quantity).map_or(self.price, |step| step.price)
    }

    /// Price of one unit at the quoted quantity.
    pub fn unit_price(&self) -> UnitPrice {
        self.quantity.map_or(self.price, |quantity| self.price_at(quantity))
    }

    /// What the line comes to; `None` without a quantity or beyond what is accepted.
    pub fn total(&self, currency: Currency) -> Option<Money> {
        let quantity = self.quantity?;
        self.price_at(quantity).times(quantity, currency)
    }
}

/// A quote as kept in the data of its message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// 1 for the first quote of a thread; a later one replaces the earlier ones.
    pub version: i64,
    /// Currency of every price.
    pub currency: Currency,
    /// How the prices stand to value added tax.
    pub vat: Vat,
    /// At least one.
    pub lines: Vec<QuoteLine>,
    /// Days until delivery.
    pub lead_time_days: i64,
    /// The end of the last day on which it holds.
    pub valid_until: Timestamp,
    /// Terms of delivery.
    pub incoterm: Option<Incoterm>,
    /// The place that belongs to the terms of delivery; may be empty.
    pub place: String,
    /// Terms of payment; may be empty.
    pub payment: String,
    /// Whether and how samples are given; may be empty.
    pub sample: String,
}

/// What a quote comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Without tax.
    pub net: Money,
    /// The tax.
    pub vat: Money,
    /// With tax.
    pub gross: Money,
}

impl Quote {
    /// The sum of the lines as quoted; `None` when a line has no quantity, or beyond what is accepted.
    pub fn total(&self) -> Option<Money> {
        let mut minor = 0_i64;
        for line in &self.lines {
            minor = minor.checked_add(line.total(self.currency)?.minor)?;
        }
        Money::within_largest(minor, self.currency).filter(|_| !self.lines.is_empty())
    }

    /// The sum without tax, the tax of a tenth, and both together. The tax of prices without it is cut to whole
    /// coins, as tax invoices do; prices with it are split so that both parts give them again.
    pub fn totals(&self) -> Option<Totals> {
        let sum = self.total()?.minor;
        let money = |minor| Money { minor, currency: self.currency };
        let (net, vat) = match self.vat {
            Vat::Excluded => (sum, sum / 10),
            Vat::Included => {
                let net = (sum * 10 + 5) / 11;
                (net, sum - net)
            }
            Vat::Zero => (sum, 0),
        };
        Some(Totals { net: money(net), vat: money(vat), gross: money(net + vat) })
    }

    /// Whether the buyer can still take it.
    pub fn holds(&self, now: Timestamp) -> bool {
        now <= self.valid_until
    }
}
