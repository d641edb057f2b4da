//! Searching: asks the engine, asks the database when the engine is away, and reads the cards of what was found.

use std::time::Duration;

use super::desk::{RuleSet, live};
use super::{FacetCounts, Interpretation, SearchPage, SearchQuery, Total, fallback, log};
use crate::catalog::browse::{self, ListingCard};
use crate::cx::Cx;
use crate::error::Result;
use crate::ports::search::SearchError;

/// How long the engine may think before the database is asked instead.
const PATIENCE: Duration = Duration::from_millis(800);

/// A page of results with everything that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ResultsPage {
    /// Listings in order; only those that may be seen at this moment.
    pub cards: Vec<ListingCard>,
    /// How many match.
    pub total: Total,
    /// Facets asked for; none when degraded.
    pub facets: Vec<FacetCounts>,
    /// How the question was understood.
    pub interpretation: Interpretation,
    /// The engine is away: only plain words in titles and names were looked up.
    pub degraded: bool,
    /// Everything on this page only comes near the question (another size, another kind).
    pub near_only: bool,
    /// What the federation recommends for this question; stands above the results and never among them.
    pub pinned: Vec<ListingCard>,
    /// Path of the page that curators chose for this question.
    pub redirect: Option<String>,
}

impl ResultsPage {
    /// Nothing meets the whole question.
    pub const fn missed(&self) -> bool {
        !self.degraded && (self.total.count == 0 || self.interpretation.relaxed || self.near_only)
    }
}

/// Answers a question of a visitor by the rules in force, and counts it.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn search(cx: &Cx, query: SearchQuery) -> Result<ResultsPage> {
    let found = look(cx, &query, &live::current(&cx.market)).await?;
    if query.page <= 1 && query.cursor.is_none() && !query.text.is_empty() {
        log::note(cx, &query.text, found.total.count, found.missed());
    }
    Ok(found)
}

/// Answers a question by these rules; nobody counts it.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn look(cx: &Cx, query: &SearchQuery, rules: &RuleSet) -> Result<ResultsPage> {
    let (asked, guidance) = rules.apply(query, cx.now());
    let (mut page, degraded) = match ask(cx, &asked).await {
        Some(page) => (page, false),
        None => (fallback::search(cx, &asked).await?, true),
    };
    if !guidance.dropped.is_empty() {
        page.interpretation.readings.extend(guidance.dropped);
        page.interpretation.literal_alternative = Some(query.text.trim().to_owned());
    }
    let ids: Vec<uuid::Uuid> =
        page.hits.iter().map(|hit| hit.id).filter(|id| !guidance.pins.contains(id)).collect();
    let cards = browse::cards_by_ids(cx, &ids).await?;
    let near_only = !page.hits.is_empty() && !asked.text.is_empty() && !page.hits.iter().any(|hit| hit.full);
    let pinned =
        if guidance.pins.is_empty() { Vec::new() } else { browse::cards_by_ids(cx, &guidance.pins).await? };
    Ok(ResultsPage {
        cards,
        total: page.total,
        facets: page.facets,
        interpretation: page.interpretation,
        degraded,
        near_only,
        pinned,
        redirect: guidance.redirect,
    })
}

/// A page of listings that meet the whole question, and whether more may follow: for those who wait for new ones. None
/// when the engine is away, because plain words mean something else.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn full_matches(
    cx: &Cx,
    query: &SearchQuery,
    rules: &RuleSet,
) -> Result<Option<(Vec<ListingCard>, bool)>> {
    let (asked, _) = rules.apply(query, cx.now());
    let Some(page) = ask(cx, &asked).await else { return Ok(None) };
    let more = page.hits.len() >= asked.size as usize;
    // without words there is nothing that could be met in part
    let all = asked.text.trim().is_empty();
    let ids: Vec<uuid::Uuid> = page.hits.iter().filter(|hit| all || hit.full).map(|hit| hit.id).collect();
    Ok(Some((browse::cards_by_ids(cx, &ids).await?, more)))
}

/// The engine's answer; none when it is away or too slow. A forged cursor starts at the first page.
async fn ask(cx: &Cx, query: &SearchQuery) -> Option<SearchPage> {
    let engine = &cx.market.ports().search;
    let answer = async {
        match engine.search(query).await {
            Err(SearchError::BadCursor) => {
                engine.search(&SearchQuery { cursor: None, page: 1, ..query.clone() }).await
            }
            other => other,
        }
    };
    match tokio::time::timeout(PATIENCE, answer).await {
        Ok(Ok(page)) => Some(page),
        Ok(Err(error)) => {
            tracing::warn!(error = %error, "search engine is away");
            None
        }
        Err(_) => {
            tracing::warn!("search engine is too slow");
            None
        }
    }
}
