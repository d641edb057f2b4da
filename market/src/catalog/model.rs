//! A listing: what it says, in which state it is, and the rows around it. Plain data, also for the browser.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::states::{ListingState, RevisionState};
use crate::lang::Lang;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// Identity of a listing.
pub type ListingId = Uuid;

/// One product or service of a vendor.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Listing {
    /// Identity.
    pub id: ListingId,
    /// The company it belongs to.
    pub vendor_id: Uuid,
    /// Its address below `/listings/`.
    pub slug: String,
    /// Where it stands.
    pub state: ListingState,
    /// Why it was returned or hidden.
    pub state_reason: Option<String>,
    /// What it says.
    pub content: ListingContent,
    /// When it was begun.
    pub created_at: Timestamp,
    /// When anything about it changed last.
    pub updated_at: Timestamp,
    /// When it was last sent to review.
    pub submitted_at: Option<Timestamp>,
    /// When it was first shown.
    pub first_published_at: Option<Timestamp>,
    /// When the running window began.
    pub published_at: Option<Timestamp>,
    /// When the running window ends.
    pub free_until: Option<Timestamp>,
    /// Counts changes of the content; a save names the version it was made from.
    pub version: i64,
    /// Since when it shows pictures that no curator has seen, while it is published.
    pub pictures_changed_at: Option<Timestamp>,
}

impl Listing {
    /// What a decision about it names: its version, or which new pictures of a published one.
    pub fn seen_as(&self) -> i64 {
        match self.pictures_changed_at {
            Some(at) if self.state == ListingState::Published => at.0,
            _ => self.version,
        }
    }
}

/// What a listing says. Texts are clean; a draft may have empty parts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListingContent {
    /// Code of a category; empty in a draft.
    pub category: String,
    /// Korean title.
    pub title_ko: String,
    /// English title, may be empty.
    pub title_en: String,
    /// Korean description (markdown subset).
    pub description_ko: String,
    /// English description, may be empty.
    pub description_en: String,
    /// Specification table.
    pub specs: Vec<SpecRow>,
    /// What is counted: 개, kg, m.
    pub unit: String,
    /// How the price is stated.
    pub price: Price,
    /// Smallest order, in units.
    pub moq: Option<i64>,
    /// Days until delivery.
    pub lead_time_days: Option<i64>,
    /// Where it is made.
    pub origin: String,
    /// Customs code, digits only.
    pub hs_code: String,
    /// Maker's type or part number.
    pub part_number: String,
    /// Parameters of the drawing shown where there is no photo.
    pub drawing: Option<serde_json::Value>,
}

/// One line of the specification table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SpecRow {
    /// Korean name.
    pub name_ko: String,
    /// English name, may be empty.
    pub name_en: String,
    /// Value as text: `M8`, `1,000`, `STS304`.
    pub value: String,
    /// Unit of the value, may be empty.
    pub unit: String,
}

/// How the price is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "lowercase")]
pub enum Price {
    /// One price for everybody to see; zero means "not typed yet" and only stands in drafts.
    Public(Money),
    /// Prices in won by quantity, ascending; empty only in drafts.
    Tiers(Vec<Tier>),
    /// 가격 협의.
    #[default]
    Negotiable,
}

/// From this quantity on, this price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// Smallest quantity.
    pub from: i64,
    /// Price of one unit in won.
    pub minor: i64,
}

/// A staged edit of a published listing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Revision {
    /// Identity.
    pub id: Uuid,
    /// The listing.
    pub listing_id: ListingId,
    /// Version of the live content it was made from.
    pub base_version: i64,
    /// What the listing will say.
    pub content: ListingContent,
    /// Where it stands.
    pub state: RevisionState,
    /// Who wrote it.
    pub author_id: Uuid,
    /// Why it was declined.
    pub reason: Option<String>,
    /// When it was sent.
    pub created_at: Timestamp,
    /// When it was decided.
    pub decided_at: Option<Timestamp>,
}

/// A row of a vendor's list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ListingSummary {
    /// Identity.
    pub id: ListingId,
    /// Address below `/listings/`.
    pub slug: String,
    /// Where it stands.
    pub state: ListingState,
    /// Why it was returned or hidden.
    pub state_reason: Option<String>,
    /// Code of the category.
    pub category: String,
    /// Korean title.
    pub title_ko: String,
    /// English title.
    pub title_en: String,
    /// When anything about it changed last.
    pub updated_at: Timestamp,
    /// When the running window ends.
    pub free_until: Option<Timestamp>,
    /// An edit waits for a decision.
    pub revision_pending: bool,
    /// Threads opened on it.
    pub threads: i64,
    /// Name of the first picture.
    pub image: Option<String>,
}

impl ListingContent {
    /// Title in a language, the other one when it is missing.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }

    /// Description in a language, the other one when it is missing.
    pub fn description(&self, lang: Lang) -> &str {
        lang.pick(&self.description_ko, &self.description_en)
    }
}

impl ListingSummary {
    /// Title in a language, the other one when it is missing.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }
}

impl SpecRow {
    /// Name in a language, the other one when it is missing.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ko, &self.name_en)
    }
}

impl Price {
    /// The word in the database, in addresses and in facets.
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Public(_) => "public",
            Self::Tiers(_) => "tiers",
            Self::Negotiable => "negotiable",
        }
    }

    /// The lowest stated price, for sorting and structured data.
    pub fn lowest(&self) -> Option<Money> {
        match self {
            Self::Public(money) => (money.minor > 0).then_some(*money),
            Self::Tiers(tiers) => tiers.iter().map(|tier| tier.minor).min().map(Money::won),
            Self::Negotiable => None,
        }
    }

    /// The highest stated price.
    pub fn highest(&self) -> Option<Money> {
        match self {
            Self::Tiers(tiers) => tiers.iter().map(|tier| tier.minor).max().map(Money::won),
            Self::Public(_) | Self::Negotiable => self.lowest(),
        }
    }

    /// The currency of the stated prices.
    pub const fn currency(&self) -> Currency {
        match self {
            Self::Public(money) => money.currency,
            Self::Tiers(_) | Self::Negotiable => Currency::Krw,
        }
    }
}
