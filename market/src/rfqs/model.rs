//! The words of a public request: its states, who sees it, its lines, and what people send in.

use serde::{Deserialize, Serialize};
use time::Date;
use uuid::Uuid;

use crate::words::stored_words;

stored_words! {
    /// Where a request stands.
    RfqState {
        /// Its buyer still writes it, or it came back with a reason.
        Draft => "draft",
        /// A curator looks at it before anybody else does.
        InReview => "in_review",
        /// Vendors answer.
        Open => "open",
        /// As many vendors answered as may.
        Filled => "filled",
        /// Its days are over.
        Expired => "expired",
        /// Its buyer ended it.
        Closed => "closed",
        /// The federation took it away.
        Removed => "removed",
    }
}

stored_words! {
    /// Who may see and answer it.
    Visibility {
        /// Everybody sees it, every approved vendor may answer.
        Public => "public",
        /// Vendors whose business number is confirmed.
        Verified => "verified",
        /// The vendors named by the buyer.
        Invited => "invited",
    }
}

stored_words! {
    /// Why a buyer ends a request.
    CloseReason {
        /// One of the quotes was taken.
        Awarded => "awarded",
        /// Bought elsewhere.
        Elsewhere => "elsewhere",
        /// Not needed any more.
        NotNeeded => "not_needed",
        /// None of the quotes fits.
        NoFit => "no_fit",
    }
}

impl RfqState {
    /// Whether its quotes may still be taken or compared as something that goes on.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Expired | Self::Closed | Self::Removed)
    }
}

/// One line of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RequestLine {
    /// What it is.
    pub item: String,
    /// How many, as plain digits; may be empty.
    pub quantity: String,
    /// Code of `parse::units`; may be empty.
    pub unit: String,
    /// Material, strength, class, standard; may be empty.
    pub grade: String,
    /// Sizes and ratings; may be empty.
    pub dimension: String,
}

impl RequestLine {
    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The line in one sentence, units in the page's language.
    pub fn words(&self, lang: crate::Lang) -> String {
        let amount = self.amount(lang);
        [self.item.as_str(), &self.grade, &self.dimension, &amount]
            .iter()
            .filter(|part| !part.is_empty())
            .copied()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Quantity with its unit: `2,000개`, `2,000 pcs`.
    pub fn amount(&self, lang: crate::Lang) -> String {
        if self.quantity.is_empty() {
            return String::new();
        }
        let number =
            self.quantity.parse::<i64>().map_or_else(|_| self.quantity.clone(), crate::money::grouped);
        let unit = super::parse::units::all().find(|(code, ..)| *code == self.unit);
        match (unit, lang) {
            (Some((_, ko, _)), crate::Lang::Ko) => format!("{number}{ko}"),
            (Some((.., en)), crate::Lang::En) => format!("{number} {en}"),
            (None, _) => number,
        }
    }
}

/// What was read out of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// Its lines.
    pub lines: Vec<RequestLine>,
    /// The day it is needed.
    pub due: Option<Date>,
    /// Where it goes; may be empty.
    pub place: String,
}

/// A request as typed. Guests also say who they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct RfqDraft {
    /// What it is about in one line.
    pub title: String,
    /// Everything vendors should know, in the buyer's words.
    pub body: String,
    /// Confirmed lines.
    pub lines: Vec<RequestLine>,
    /// The day it is needed, `YYYY-MM-DD`; may stay empty.
    pub due: String,
    /// Where it goes.
    pub place: String,
    /// Code of the region it goes to; may stay empty.
    pub region: String,
    /// Code of the category.
    pub category: String,
    /// Code of a [`Visibility`].
    pub visibility: String,
    /// Slugs or addresses of the vendors invited, one a line.
    pub invited: String,
    /// Guests: where the answers go.
    pub email: String,
    /// Guests: what to call them.
    pub name: String,
    /// Guests: their company; may stay empty.
    pub company: String,
    /// Guests: two-letter country; may stay empty.
    pub country: String,
    /// Whether the box was ticked that lets the vendors know who asks.
    pub agreed: bool,
    /// A field no person sees.
    #[serde(skip)]
    pub trap: String,
}

/// What became of a request that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RfqOutcome {
    /// It waits for a curator.
    Sent(Uuid),
    /// A mail waits for the guest's confirmation.
    ConfirmationSent,
}
