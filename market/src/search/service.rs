//! Searching: asks the engine, asks the database when the engine is away, and reads the cards of what was found.

use std::sync::Arc;
use std::time::Duration;

use super::conditions::{self, Clash, Condition};
use super::desk::{RuleSet, live};
use super::vendor_names::{self, NamedVendor};
use super::vocabulary::Vocabulary;
use super::{
    Evidence, FacetCounts, Filters, Hit, Interpretation, SearchPage, SearchQuery, Sort, Total, direct,
    fallback, log,
};
use crate::catalog::browse::{self, Card, ListingCard};
use crate::cx::Cx;
use crate::error::Result;
use crate::ports::search::SearchError;

/// How long the engine may think before the database is asked instead.
const PATIENCE: Duration = Duration::from_millis(800);
/// How long it may look for pairs of words in titles, all of a question together, while somebody waits for a page.
const DOUBT: Duration = Duration::from_millis(100);

/// A page of results with everything that is shown.
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a notice of its own on the page, and any may come with any"
)]
pub struct ResultsPage {
    /// Listings in order; only those that may be seen at this moment.
    pub cards: Vec<Card>,
    /// How many match.
    pub total: Total,
    /// Facets asked for; none when degraded.
    pub facets: Arc<[FacetCounts]>,
    /// How the question was understood.
    pub interpretation: Interpretation,
    /// The engine is away: only plain words in titles and names were looked up.
    pub degraded: bool,
    /// Everything on this page only comes near the question (another size, another kind).
    pub near_only: bool,
    /// What the federation recommends for this question; stands above the results and never among them.
    pub pinned: Vec<Card>,
    /// Path of the page that curators chose for this question.
    pub redirect: Option<String>,
    /// What is known of each card, in the same order.
    pub marks: Vec<Mark>,
    /// Conditions that stood in the words.
    pub conditions: Vec<Condition>,
    /// Nothing met the conditions in the words: these are listings without them.
    pub conditions_dropped: bool,
    /// What cannot hold together; then nothing was asked.
    pub clash: Option<Clash>,
    /// How many there are without the chosen filters, when there are none with them.
    pub wider: Option<Total>,
    /// Vendors that are called so.
    pub vendors: Vec<NamedVendor>,
    /// The words that were searched for, conditions taken out.
    pub rest: String,
    /// Cursor of the next page.
    pub next: Option<String>,
    /// The cursor was not made here for this question; nothing was asked.
    pub bad_cursor: bool,
}

/// Why a card is on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mark {
    /// Everything that was asked is there.
    pub full: bool,
    /// Evidence, strongest first.
    pub why: Vec<Evidence>,
    /// Its whole part number was typed.
    pub exact: bool,
    /// Parts of the score, when asked for.
    pub explain: Option<String>,
}

impl ResultsPage {
    /// The one listing whose part number was typed.
    pub fn direct(&self) -> Option<&Card> {
        let mut exact = self.cards.iter().zip(&self.marks).filter(|(_, mark)| mark.exact);
        exact.next().filter(|_| exact.next().is_none()).map(|(card, _)| card)
    }

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

/// Number of the last change of the rules in force: what pages say of them besides their results.
pub fn rules_version(cx: &Cx) -> i64 {
    live::current(&cx.market).version()
}

/// Answers a question by these rules; nobody counts it.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn look(cx: &Cx, query: &SearchQuery, rules: &RuleSet) -> Result<ResultsPage> {
    let (asked, guidance) = rules.apply(query, cx.now());
    let (apart, _) = apart(cx, &asked, DOUBT).await;
    let mut found = ResultsPage {
        conditions: apart.conditions,
        rest: apart.rest,
        redirect: guidance.redirect,
        ..ResultsPage::default()
    };
    let filters = match conditions::merge(&asked.filters, &found.conditions) {
        Ok(filters) => filters,
        Err(clash) => return Ok(ResultsPage { clash: Some(clash), ..found }),
    };
    let narrowed = SearchQuery { text: found.rest.clone(), filters, ..asked.clone() };
    let Some((mut page, degraded)) = begin(cx, &asked, &narrowed, &mut found).await? else {
        return Ok(ResultsPage { bad_cursor: true, ..found });
    };
    found.degraded = degraded;
    let may_widen = !degraded && !found.conditions_dropped;
    if may_widen && page.total.count == 0 {
        page = widen(cx, &asked, &narrowed, &mut found, page).await?;
    } else if may_widen && is_near(&page, &found.rest) {
        page = meet_words(cx, &asked, &narrowed, &mut found, page).await?;
    }
    if !guidance.dropped.is_empty() || (!found.conditions.is_empty() && !asked.literal) {
        page.interpretation.literal_alternative = Some(query.text.trim().to_owned());
    }
    page.interpretation.readings.extend(guidance.dropped);
    page.hits.retain(|hit| !guidance.pins.contains(&hit.id));
    fill(cx, query, page, &mut found).await?;
    if !guidance.pins.is_empty() {
        found.pinned = browse::cards_by_ids(cx, &guidance.pins).await?;
    }
    Ok(found)
}

/// A page of listings that meet the whole question, and whether more may follow: for those who wait for new ones. None
/// when the engine is away, because plain words mean something else, and when it does not tell whether the name of a
/// region is a condition. Conditions in the words count as on the page.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn full_matches(
    cx: &Cx,
    query: &SearchQuery,
    rules: &RuleSet,
) -> Result<Option<(Vec<Card>, bool)>> {
    let (asked, _) = rules.apply(query, cx.now());
    // nobody waits for a page: the engine may take as long over this as over the question
    let (apart, true) = apart(cx, &asked, PATIENCE).await else { return Ok(None) };
    let Ok(filters) = conditions::merge(&asked.filters, &apart.conditions) else {
        return Ok(Some((Vec::new(), false)));
    };
    let asked = SearchQuery { text: apart.rest, filters, ..asked };
    let Asked::Answered(page) = ask(cx, &asked).await else { return Ok(None) };
    let more = page.hits.len() >= asked.size as usize;
    // without words there is nothing that could be met in part
    let all = asked.text.trim().is_empty();
    let ids: Vec<uuid::Uuid> = page.hits.iter().filter(|hit| all || hit.full).map(|hit| hit.id).collect();
    Ok(Some((browse::cards_by_ids(cx, &ids).await?, more)))
}

/// The conditions of a question apart from its words, and whether every doubt about a region was answered in time; a
/// literal question has none.
async fn apart(cx: &Cx, asked: &SearchQuery, patience: Duration) -> (conditions::Question, bool) {
    if asked.literal {
        return (conditions::Question { conditions: Vec::new(), rest: asked.text.clone() }, true);
    }
    let vocabularies = [&*asked.synonyms, Vocabulary::shipped()];
    let mut together = Vec::new();
    let looking = async {
        for [name, next] in conditions::doubts(&asked.text, &vocabularies) {
            if cx.market.ports().search.side_by_side(&name, &next, cx.this_second().0).await? {
                together.push([name, next]);
            }
        }
        Ok::<(), SearchError>(())
    };
    // an engine that is away knows no titles, and the look-up in the database must not wait for it again and again
    let looked = tokio::time::timeout(patience, looking).await;
    let settled = matches!(looked, Ok(Ok(())));
    (conditions::read(&asked.text, &vocabularies, &together), settled)
}

/// What is found with the conditions. A page that was shown without them goes on without them; none for a cursor of another
/// question.
async fn begin(
    cx: &Cx,
    asked: &SearchQuery,
    narrowed: &SearchQuery,
    found: &mut ResultsPage,
) -> Result<Option<(SearchPage, bool)>> {
    let answered = answer(cx, narrowed).await?;
    if answered.is_some() || found.conditions.is_empty() {
        return Ok(answered);
    }
    let without = SearchQuery { filters: asked.filters.clone(), ..narrowed.clone() };
    let answered = answer(cx, &without).await?;
    Ok(answered.map(|(page, degraded)| (drop_conditions(found, page), degraded)))
}

/// Where nothing was found: without the conditions in the words, or how much there would be without the filters.
async fn widen(
    cx: &Cx,
    asked: &SearchQuery,
    narrowed: &SearchQuery,
    found: &mut ResultsPage,
    empty: SearchPage,
) -> Result<SearchPage> {
    if !found.conditions.is_empty() && !found.rest.is_empty() {
        let without = SearchQuery { filters: asked.filters.clone(), ..narrowed.clone() };
        if let Some((page, false)) = answer(cx, &without).await?
            && page.total.count > 0
        {
            return Ok(drop_conditions(found, page));
        }
    }
    if asked.filters != Filters::default() {
        let without = SearchQuery {
            filters: Filters::default(),
            facets: Vec::new(),
            size: 1,
            page: 1,
            ..narrowed.clone()
        };
        found.wider = answer(cx, &without).await?.map(|(page, _)| page.total).filter(|total| total.count > 0);
    }
    Ok(empty)
}

/// Where what meets the conditions in the words only comes near the other words: without the conditions, when something
/// has all of those words.
async fn meet_words(
    cx: &Cx,
    asked: &SearchQuery,
    narrowed: &SearchQuery,
    found: &mut ResultsPage,
    near: SearchPage,
) -> Result<SearchPage> {
    let without = SearchQuery { filters: asked.filters.clone(), ..narrowed.clone() };
    // the best of the first page have been seen already
    let seen = narrowed.page <= 1 && narrowed.cursor.is_none() && narrowed.sort == Sort::Relevance;
    if found.conditions.is_empty()
        || (!seen && has_full(cx, narrowed).await?)
        || !has_full(cx, &without).await?
    {
        return Ok(near);
    }
    // an engine that grows slow meanwhile leaves what there is
    let Asked::Answered(page) = ask(cx, &without).await else { return Ok(near) };
    Ok(drop_conditions(found, *page))
}

/// The page is one without the conditions in the words.
fn drop_conditions(found: &mut ResultsPage, mut page: SearchPage) -> SearchPage {
    found.conditions_dropped = true;
    page.interpretation.relaxed = true;
    page
}

/// Whether something has everything that was asked: the best do, whatever page in whatever order is shown.
async fn has_full(cx: &Cx, query: &SearchQuery) -> Result<bool> {
    let best = SearchQuery { sort: Sort::Relevance, page: 1, cursor: None, ..query.clone() };
    let asked = ask(cx, &best).await;
    Ok(matches!(asked, Asked::Answered(page) if page.hits.iter().any(|hit| hit.full)))
}

/// Everything on a page only comes near the words.
fn is_near(page: &SearchPage, words: &str) -> bool {
    !page.hits.is_empty() && !words.is_empty() && !page.hits.iter().any(|hit| hit.full)
}

/// Reads the cards of the hits and puts beside each why it is there.
async fn fill(cx: &Cx, query: &SearchQuery, page: SearchPage, found: &mut ResultsPage) -> Result<()> {
    let mut ids: Vec<uuid::Uuid> = page.hits.iter().map(|hit| hit.id).collect();
    let exact = exact(cx, query, &mut ids).await?;
    found.cards = browse::cards_by_ids(cx, &ids).await?;
    let mark = |card: &ListingCard| {
        let hit = page.hits.iter().find(|hit| hit.id == card.id);
        hit.map(|hit: &Hit| Mark {
            full: hit.full,
            why: hit.why.clone(),
            exact: exact.contains(&hit.id),
            explain: hit.explain.clone(),
        })
    };
    found.marks = found.cards.iter().map(|card| mark(card).unwrap_or_default()).collect();
    if query.page <= 1 && query.cursor.is_none() {
        found.vendors = if found.cards.is_empty() {
            vendor_names::called(cx, &found.rest).await?
        } else {
            vendor_names::among(&found.cards, &found.rest)
        };
    }
    found.near_only = is_near(&page, &found.rest);
    found.total = page.total;
    found.facets = page.facets;
    found.interpretation = page.interpretation;
    found.next = page.next;
    Ok(())
}

/// Listings whose whole part number is the question. On the first page in the usual order they stand first.
async fn exact(cx: &Cx, query: &SearchQuery, ids: &mut [uuid::Uuid]) -> Result<Vec<uuid::Uuid>> {
    let Some(code) = direct::code(&query.text) else { return Ok(Vec::new()) };
    let exact = direct::exact(cx, &code, ids).await?;
    if query.sort == Sort::Relevance && query.page <= 1 && query.cursor.is_none() {
        ids.sort_by_key(|id| !exact.contains(id));
    }
    Ok(exact)
}

/// What the engine answers, or the database without it (`true`); none for a cursor of another question.
async fn answer(cx: &Cx, query: &SearchQuery) -> Result<Option<(SearchPage, bool)>> {
    match ask(cx, query).await {
        Asked::Answered(page) => Ok(Some((*page, false))),
        Asked::BadCursor => Ok(None),
        Asked::Away if query.cursor.is_some() => {
            // the look-up knows numbers of pages only
            let numbered = SearchQuery { cursor: None, ..query.clone() };
            Ok(Some((fallback::search(cx, &numbered).await?, true)))
        }
        Asked::Away => Ok(Some((fallback::search(cx, query).await?, true))),
    }
}

pub(super) enum Asked {
    Answered(Box<SearchPage>),
    BadCursor,
    Away,
}

/// Asks the engine for what may be seen at this moment.
pub(super) async fn ask(cx: &Cx, query: &SearchQuery) -> Asked {
    let query = SearchQuery { at: cx.this_second().0, ..query.clone() };
    match tokio::time::timeout(PATIENCE, cx.market.ports().search.search(&query)).await {
        Ok(Ok(page)) => Asked::Answered(Box::new(page)),
        Ok(Err(SearchError::BadCursor)) => Asked::BadCursor,
        Ok(Err(error)) => {
            tracing::warn!(error = %error, "search engine is away");
            Asked::Away
        }
        Err(_) => {
            tracing::warn!("search engine is too slow");
            Asked::Away
        }
    }
}
