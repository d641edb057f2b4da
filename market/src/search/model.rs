//! Plain types of catalogue search: what is indexed, what is asked, what is answered. Compiles to wasm.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::vocabulary::Vocabulary;
use crate::lang::Lang;

/// One published listing as the index sees it. Only listings that a stranger may see become documents.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SearchDoc {
    /// The listing.
    pub id: Uuid,
    /// Korean title.
    pub title_ko: String,
    /// English title, empty when there is none.
    pub title_en: String,
    /// Maker's type or part number, empty when there is none.
    pub part_number: String,
    /// Description as plain text.
    pub description: String,
    /// The specification table as text: `name value` lines.
    pub specs: String,
    /// Words the vendor added.
    pub keywords: String,
    /// Trade unit.
    pub unit: String,
    /// HS code without dots, empty when there is none.
    pub hs_code: String,
    /// The vendor.
    pub vendor_id: Uuid,
    /// Vendor's Korean name.
    pub vendor_ko: String,
    /// Vendor's English name.
    pub vendor_en: String,
    /// Category codes, the root first, the leaf last.
    pub categories: Vec<String>,
    /// Names of the same categories in both languages, as text; the leaf last.
    pub category_names: String,
    /// Region code of the vendor.
    pub region: String,
    /// Names of the region in both languages, from large to small.
    pub region_names: String,
    /// Price kind code (public, tiers, negotiable).
    pub price_kind: String,
    /// Lowest price in won when the price is public; prices in other currencies are not converted and stay out.
    pub price_minor: Option<i64>,
    /// Smallest order.
    pub moq: Option<i64>,
    /// Days until delivery.
    pub lead_days: Option<i64>,
    /// Codes of the vendor's badges.
    pub badges: Vec<String>,
    /// Codes of certificates.
    pub certificates: Vec<String>,
    /// Hours of the response clock that the vendor usually takes to answer, rounded up; unknown below the threads
    /// from which figures are shown.
    pub answer_hours: Option<i64>,
    /// Share of inquiries answered in time, in thousandths.
    pub answered_permille: u32,
    /// Completeness of the listing, in thousandths.
    pub completeness_permille: u32,
    /// Publication, microseconds since 1970 UTC.
    pub published_at: i64,
    /// From this moment on nobody may see it, whether or not a job has noticed; microseconds since 1970 UTC.
    pub free_until: i64,
}

/// Steps of [`FacetKind::AnswerSpeed`]: code and hours of the response clock, fastest first.
pub const ANSWER_STEPS: [(&str, i64); 3] = [("4h", 4), ("8h", 8), ("24h", 24)];

impl SearchDoc {
    /// Codes of a facet that this document counts under. Who answers within four hours also answers within eight.
    pub fn codes(&self, facet: FacetKind) -> Vec<&str> {
        match facet {
            FacetKind::Category => self.categories.iter().map(String::as_str).collect(),
            FacetKind::Region => vec![self.region.as_str()],
            FacetKind::PriceKind => vec![self.price_kind.as_str()],
            FacetKind::Badge => self.badges.iter().map(String::as_str).collect(),
            FacetKind::Certificate => self.certificates.iter().map(String::as_str).collect(),
            FacetKind::AnswerSpeed => ANSWER_STEPS
                .into_iter()
                .filter(|(_, most)| self.answer_hours.is_some_and(|hours| hours <= *most))
                .map(|(code, _)| code)
                .collect(),
        }
    }

    /// A number that is the same for equal documents on every machine: lets a test or `doctor` compare index and database.
    pub fn fingerprint(&self) -> u64 {
        let text = serde_json::to_string(self).unwrap_or_default();
        // FNV-1a: stable across versions, which std's hasher does not promise
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        })
    }
}

/// What can be counted and chosen beside the results.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacetKind {
    /// Category codes; every ancestor counts.
    Category,
    /// Region codes.
    Region,
    /// Price kinds.
    PriceKind,
    /// Vendor badges.
    Badge,
    /// Certificates.
    Certificate,
    /// How fast the vendor answers ([`ANSWER_STEPS`]).
    AnswerSpeed,
}

impl FacetKind {
    /// All kinds, in the order in which a page shows them.
    pub const ALL: [Self; 6] =
        [Self::Category, Self::Region, Self::PriceKind, Self::Badge, Self::Certificate, Self::AnswerSpeed];
}

/// An inclusive range with open ends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bounds {
    /// Lower end.
    pub min: Option<i64>,
    /// Upper end.
    pub max: Option<i64>,
}

impl Bounds {
    /// Whether nothing is bounded.
    pub const fn is_open(&self) -> bool {
        self.min.is_none() && self.max.is_none()
    }

    /// Whether no value can lie inside.
    pub fn is_contradictory(&self) -> bool {
        matches!((self.min, self.max), (Some(min), Some(max)) if min > max)
    }

    /// Whether a value lies inside; an unknown value lies only in the open range.
    pub fn holds(&self, value: Option<i64>) -> bool {
        match value {
            None => self.is_open(),
            Some(value) => self.min.is_none_or(|min| value >= min) && self.max.is_none_or(|max| value <= max),
        }
    }
}

/// Conditions that a hit must meet. Several values of one facet are alternatives, different facets must all hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filters {
    /// Category codes (any depth).
    pub category: Vec<String>,
    /// Region codes.
    pub region: Vec<String>,
    /// Price kinds.
    pub price_kind: Vec<String>,
    /// Badges.
    pub badge: Vec<String>,
    /// Certificates.
    pub certificate: Vec<String>,
    /// Codes of [`ANSWER_STEPS`].
    pub answer: Vec<String>,
    /// Listings of this vendor only.
    pub vendor: Option<Uuid>,
    /// Price in won.
    pub price: Bounds,
    /// Smallest order.
    pub moq: Bounds,
    /// Days until delivery.
    pub lead_days: Bounds,
    /// Listings that may not appear (the one whose neighbours are asked, for example).
    pub except: Vec<Uuid>,
}

impl Filters {
    /// The chosen values of one facet.
    pub fn chosen(&self, facet: FacetKind) -> &[String] {
        match facet {
            FacetKind::Category => &self.category,
            FacetKind::Region => &self.region,
            FacetKind::PriceKind => &self.price_kind,
            FacetKind::Badge => &self.badge,
            FacetKind::Certificate => &self.certificate,
            FacetKind::AnswerSpeed => &self.answer,
        }
    }

    /// Whether two bounds exclude each other, so that nothing can be found.
    pub fn is_contradictory(&self) -> bool {
        self.price.is_contradictory() || self.moq.is_contradictory() || self.lead_days.is_contradictory()
    }
}

/// Order of the results. Ties always end at publication (newest first) and id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best match first; without text the same as `Newest`.
    #[default]
    Relevance,
    /// Newest first.
    Newest,
    /// Cheapest first, listings without a price last.
    PriceLow,
    /// Dearest first, listings without a price last.
    PriceHigh,
    /// Fastest delivery first, unknown last.
    LeadTime,
    /// Vendors who answer fastest first, unknown last.
    AnswerFast,
}

/// A question to the catalogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchQuery {
    /// What the buyer typed, as typed; empty lists everything that the filters let through.
    pub text: String,
    /// Take the words literally: no corrections, translations, or widening.
    pub literal: bool,
    /// Conditions.
    pub filters: Filters,
    /// Order.
    pub sort: Sort,
    /// 1-based page, used when `cursor` is absent. Pages beyond [`SearchQuery::DEEPEST`] hits are empty.
    pub page: u32,
    /// Continue behind this place (from `SearchPage::next`); stable while listings come and go.
    pub cursor: Option<String>,
    /// Hits a page, 1 to 100.
    pub size: u32,
    /// Language of the page.
    pub lang: Lang,
    /// Facets to count.
    pub facets: Vec<FacetKind>,
    /// Whether hits carry the parts of their score (curators).
    pub explain: bool,
    /// The moment of asking, microseconds since 1970 UTC: listings whose time ended by then are not there. Set by
    /// `service::ask` to the second that runs, by which the lists of the database go, too; the earliest moment lets every
    /// document of the index through.
    pub at: i64,
    /// Curators' synonyms, beside those of the program. They come with the question, so that every engine and every
    /// process uses the newest ones.
    pub synonyms: Arc<Vocabulary>,
}

impl SearchQuery {
    /// Numbered pages end here; cursors go on.
    pub const DEEPEST: u32 = 10_000;
    /// Longer texts are cut, and the interpretation says so.
    pub const LONGEST: usize = 400;
}

impl Default for SearchQuery {
    fn default() -> Self {
        Self {
            text: String::new(),
            literal: false,
            filters: Filters::default(),
            sort: Sort::Relevance,
            page: 1,
            cursor: None,
            size: 20,
            lang: Lang::Ko,
            facets: Vec::new(),
            explain: false,
            at: i64::MIN,
            synonyms: Arc::default(),
        }
    }
}

/// A half-typed question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuggestQuery {
    /// As typed so far.
    pub text: String,
    /// Language of the page.
    pub lang: Lang,
    /// Lines wanted, at most 20.
    pub size: u32,
    /// The moment of asking, as in [`SearchQuery::at`].
    pub at: i64,
    /// Curators' synonyms, beside those of the program.
    pub synonyms: Arc<Vocabulary>,
}

/// Changes to the index: deletes first, then upserts.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchBatch {
    /// Listings that are now visible or changed.
    pub upserts: Vec<SearchDoc>,
    /// Listings that no stranger may see any more.
    pub deletes: Vec<Uuid>,
}

/// State of the index, for `doctor`, readiness and metrics.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchHealth {
    /// Name of the engine.
    pub engine: &'static str,
    /// Documents that can be found.
    pub docs: u64,
    /// Feed position of the last commit.
    pub position: i64,
    /// The index is new, or was made by another version: call `rebuild`.
    pub needs_rebuild: bool,
}
