//! Plain types of an answer: hits with their evidence, counts, and how the question was understood. Compiles to wasm.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::model::FacetKind;

/// Why a hit is a hit: the strongest evidence per word of the question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Evidence {
    /// The words as typed.
    Literal,
    /// A size, rating or other number with its unit.
    Spec,
    /// A part number, whole or in part.
    PartNumber,
    /// Part of a longer word.
    Compound,
    /// Another spelling of a loan word.
    Spelling,
    /// A synonym, or the word of the other language.
    Synonym,
    /// Initial consonants.
    Initials,
    /// A word whose last syllable is unfinished.
    HalfTyped,
    /// The other keyboard layout.
    Keyboard,
    /// A slip of one letter.
    Typo,
    /// Category, region or vendor words.
    Context,
}

/// One listing found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// The listing.
    pub id: Uuid,
    /// Relevance, comparable within one answer only.
    pub score: f32,
    /// Whether everything that was asked is there; `false` marks neighbours (another size, another kind).
    pub full: bool,
    /// Evidence, strongest first.
    pub why: Vec<Evidence>,
    /// Parts of the score, when asked for.
    pub explain: Option<String>,
}

/// How many listings match.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Total {
    /// Exact up to [`Total::EXACT`].
    pub count: u32,
    /// More than `count`: show "1,000+".
    pub capped: bool,
}

impl Total {
    /// Counts are exact up to here.
    pub const EXACT: u32 = 1_000;

    /// From the true number.
    pub const fn of(count: u32) -> Self {
        if count > Self::EXACT {
            Self { count: Self::EXACT, capped: true }
        } else {
            Self { count, capped: false }
        }
    }
}

/// Counts of one facet, most frequent first. Its own selection is not applied to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetCounts {
    /// Which facet.
    pub facet: FacetKind,
    /// Value code and number of listings.
    pub values: Vec<(String, u32)>,
}

/// One step by which the question was understood otherwise than typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "snake_case")]
pub enum Reading {
    /// Words typed on the wrong keyboard layout.
    Keyboard {
        /// As typed.
        from: String,
        /// As meant.
        to: String,
    },
    /// A slip corrected, or another spelling found.
    Corrected {
        /// As typed.
        from: String,
        /// As found in the catalogue.
        to: String,
    },
    /// A synonym or translation was asked too.
    Also {
        /// As typed.
        from: String,
        /// Asked as well.
        to: String,
    },
    /// A word that no listing carries was left out.
    Dropped {
        /// The word.
        word: String,
    },
    /// A region named in the text: listings from there come first.
    Region {
        /// The word.
        word: String,
    },
    /// A word was excluded ("말고").
    Excluded {
        /// The word.
        word: String,
    },
    /// The text was too long and was cut.
    Truncated,
}

/// What was made of the question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Interpretation {
    /// Steps in the order taken.
    pub readings: Vec<Reading>,
    /// The text to ask for with `literal` set, when `readings` changed the question.
    pub literal_alternative: Option<String>,
    /// Nothing meets the whole question; these are the nearest.
    pub relaxed: bool,
}

/// A page of results.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct SearchPage {
    /// Hits in order.
    pub hits: Vec<Hit>,
    /// How many match.
    pub total: Total,
    /// Facets asked for. Answers, pages and forms that are kept for a while share them: they are the largest part of a page.
    pub facets: Arc<[FacetCounts]>,
    /// How the question was understood.
    pub interpretation: Interpretation,
    /// Cursor of the next page, absent on the last.
    pub next: Option<String>,
}

/// What a suggestion leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuggestionKind {
    /// A text to search for.
    Query,
    /// A category; `key` is its code.
    Category,
    /// A listing; `key` is its id.
    Listing,
    /// A vendor; `key` is its id.
    Vendor,
}

/// One line of the list under the search box.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// What it leads to.
    pub kind: SuggestionKind,
    /// What to show.
    pub text: String,
    /// Code or id, or the text to search for.
    pub key: String,
}
