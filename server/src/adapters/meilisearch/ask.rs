//! Questions to the server: several conditions in one multi-search, with the key that may only search.

use std::collections::HashMap;

use meilisearch_sdk::client::Client;
use meilisearch_sdk::search::{MultiSearchResponse, SearchQuery, Selectors};
use serde::Deserialize;
use serde_json::{Map, Value};

use super::client::{OurClient, Trouble};

/// Conditions sent in one request.
const TOGETHER: usize = 80;

/// One question.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// Condition; empty lets everything through.
    pub filter: String,
    /// Page, from 1.
    pub page: usize,
    /// Hits on it; 0 only counts.
    pub size: usize,
    /// Attributes of the hits.
    pub wanted: Vec<String>,
    /// Order.
    pub sort: Vec<&'static str>,
    /// Facets to count.
    pub facets: Vec<&'static str>,
}

impl Question {
    /// How many meet a condition.
    pub fn count(filter: String) -> Self {
        Self { filter, page: 1, ..Self::default() }
    }

    /// Only among what may be seen at a moment; the record of the feed has no ending and may never.
    pub fn seen_at(mut self, at: i64) -> Self {
        let seen = format!("free_until > {at}");
        self.filter = if self.filter.is_empty() { seen } else { format!("({}) AND {seen}", self.filter) };
        self
    }

    /// The first that meet a condition.
    pub fn first(filter: String, size: usize, wanted: &[&str]) -> Self {
        let wanted = wanted.iter().map(|name| (*name).to_owned()).collect();
        Self { filter, page: 1, size, wanted, ..Self::default() }
    }
}

/// One answer.
#[derive(Debug, Clone, Default)]
pub struct Reply {
    /// How many there are.
    pub total: u64,
    /// Hits of the page.
    pub hits: Vec<Map<String, Value>>,
    /// Counts by attribute and value.
    pub facets: HashMap<String, HashMap<String, usize>>,
}

/// A hit of any shape.
#[derive(Debug, Clone, Deserialize)]
struct Row {
    #[serde(flatten)]
    fields: Map<String, Value>,
}

/// Asks everything; replies come in the order of the questions.
///
/// # Errors
/// The first trouble met.
pub async fn ask_all(
    client: &Client<OurClient>,
    index: &str,
    questions: &[Question],
) -> Result<Vec<Reply>, Trouble> {
    let parts = questions.chunks(TOGETHER).map(|part| ask(client, index, part));
    Ok(futures_util::future::try_join_all(parts).await?.into_iter().flatten().collect())
}

async fn ask(client: &Client<OurClient>, index: &str, part: &[Question]) -> Result<Vec<Reply>, Trouble> {
    let index = client.index(index);
    let names: Vec<Vec<&str>> =
        part.iter().map(|question| question.wanted.iter().map(String::as_str).collect()).collect();
    let mut search = client.multi_search();
    for (question, names) in part.iter().zip(&names) {
        let mut query = SearchQuery::new(&index);
        query.with_page(question.page.max(1)).with_hits_per_page(question.size);
        query.with_attributes_to_retrieve(Selectors::Some(names));
        if !question.filter.is_empty() {
            query.with_filter(&question.filter);
        }
        if !question.sort.is_empty() {
            query.with_sort(&question.sort);
        }
        if !question.facets.is_empty() {
            query.with_facets(Selectors::Some(&question.facets));
        }
        search.with_search_query(query);
    }
    let answer: MultiSearchResponse<Row> = search.execute().await?;
    if answer.results.len() != part.len() {
        return Err(Trouble::Unreadable("not every question was answered".into()));
    }
    Ok(answer
        .results
        .into_iter()
        .map(|result| Reply {
            total: result.total_hits.unwrap_or_default() as u64,
            hits: result.hits.into_iter().map(|hit| hit.result.fields).collect(),
            facets: result.facet_distribution.unwrap_or_default(),
        })
        .collect())
}
