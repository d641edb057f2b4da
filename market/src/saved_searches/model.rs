//! What is saved.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::lang::Lang;
use crate::search::{Filters, SearchQuery, Sort};
use crate::time::Timestamp;

/// A question as the results page read it. Saved as read, so that it is asked again with the very same conditions.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SavedQuestion {
    /// The words.
    pub text: String,
    /// Whether they are taken literally.
    pub literal: bool,
    /// The conditions.
    pub filters: Filters,
}

impl SavedQuestion {
    /// Whether it asks for anything at all.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.filters == Filters::default()
    }

    /// A page of what it finds, the newest first.
    pub fn newest(&self, lang: Lang, page: u32, size: u32) -> SearchQuery {
        SearchQuery {
            text: self.text.clone(),
            literal: self.literal,
            filters: self.filters.clone(),
            sort: Sort::Newest,
            page,
            size,
            lang,
            ..SearchQuery::default()
        }
    }
}

/// What somebody wants to be told about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Path and query of its results, without order and page.
    pub address: String,
    /// What it is called: the words and conditions.
    pub title: String,
    /// The question.
    pub question: SavedQuestion,
}

/// A saved search.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SavedSearch {
    /// Identity.
    pub id: Uuid,
    /// Path and query of its results.
    pub address: String,
    /// What it is called.
    pub title: String,
    /// When it was saved.
    pub created_at: Timestamp,
    /// When it was asked last; none while it was not asked yet.
    pub checked_at: Option<Timestamp>,
    /// Since when nothing is mailed; none while it runs.
    pub paused_at: Option<Timestamp>,
    /// Listings found at present.
    pub found: i64,
    /// Listings mailed so far.
    pub mailed: i64,
}
