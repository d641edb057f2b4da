//! One index of the fake: documents, settings, searches without words.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::filters::{Filter, parse};
use super::world::{Reply, refusal, words};

/// One index.
#[derive(Debug, Clone, Default)]
pub struct Index {
    /// Primary key.
    pub primary: Option<String>,
    /// Documents by identity, with their order.
    pub docs: BTreeMap<String, (u64, Map<String, Value>)>,
    /// Settings that were changed.
    pub settings: Map<String, Value>,
    /// The next place in the order.
    pub next: u64,
}

/// Every setting there is.
pub const SETTINGS: [&str; 22] = [
    "displayedAttributes",
    "searchableAttributes",
    "filterableAttributes",
    "sortableAttributes",
    "foreignKeys",
    "rankingRules",
    "stopWords",
    "nonSeparatorTokens",
    "separatorTokens",
    "dictionary",
    "synonyms",
    "distinctAttribute",
    "proximityPrecision",
    "typoTolerance",
    "faceting",
    "pagination",
    "embedders",
    "searchCutoffMs",
    "localizedAttributes",
    "facetSearch",
    "prefixSearch",
    "chat",
];

fn defaults() -> Map<String, Value> {
    let value = json!({
        "displayedAttributes": ["*"], "searchableAttributes": ["*"], "filterableAttributes": [], "sortableAttributes": [],
        "rankingRules": ["words", "typo", "proximity", "attributeRank", "sort", "wordPosition", "exactness"],
        "stopWords": [], "nonSeparatorTokens": [], "separatorTokens": [], "dictionary": [], "synonyms": {},
        "distinctAttribute": null, "proximityPrecision": "byWord",
        "typoTolerance": { "enabled": true, "minWordSizeForTypos": { "oneTypo": 5, "twoTypos": 9 },
            "disableOnWords": [], "disableOnAttributes": [], "disableOnNumbers": false },
        "faceting": { "maxValuesPerFacet": 100, "sortFacetValuesBy": { "*": "alpha" } },
        "pagination": { "maxTotalHits": 1000 }, "embedders": {}, "searchCutoffMs": null, "localizedAttributes": null,
        "facetSearch": true, "prefixSearch": "indexingTime"
    });
    value.as_object().cloned().unwrap_or_default()
}

impl Index {
    /// All settings.
    pub fn all_settings(&self) -> Map<String, Value> {
        let mut all = defaults();
        for (name, value) in &self.settings {
            all.insert(name.clone(), value.clone());
        }
        all
    }

    fn texts(&self, name: &str) -> Vec<String> {
        let list = self.all_settings().get(name).and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect()
    }

    /// Patterns that may be filtered by, and whether they may be compared.
    fn filterable(&self) -> Vec<(String, bool)> {
        let list = self.all_settings().get("filterableAttributes").and_then(Value::as_array).cloned();
        let mut out = Vec::new();
        for rule in list.unwrap_or_default() {
            match rule {
                Value::String(name) => out.push((name, true)),
                rule => {
                    let compared = rule["features"]["filter"]["comparison"] == true;
                    let patterns = rule["attributePatterns"].as_array().cloned().unwrap_or_default();
                    out.extend(patterns.iter().filter_map(|p| Some((p.as_str()?.to_owned(), compared))));
                }
            }
        }
        out
    }

    fn rule(&self, attribute: &str) -> Option<bool> {
        let fits = |pattern: &str| match pattern.strip_suffix(".*") {
            Some(stem) => attribute.strip_prefix(stem).is_some_and(|rest| rest.starts_with('.')),
            None => pattern == attribute,
        };
        self.filterable().into_iter().find(|(pattern, _)| fits(pattern)).map(|(_, compared)| compared)
    }

    fn patterns(&self) -> String {
        let names: BTreeSet<String> =
            self.filterable().into_iter().map(|(name, _)| format!("`{name}`")).collect();
        names.into_iter().collect::<Vec<_>>().join(", ")
    }

    fn check(&self, name: &str, filter: &Filter) -> Result<(), Reply> {
        let mut used = Vec::new();
        filter.attributes(&mut used);
        for (attribute, sign) in used {
            let message = match (self.rule(&attribute), sign) {
                (None, _) => format!(
                    "Index `{name}`: Attribute `{attribute}` is not filterable. Available filterable attribute patterns are: {}.",
                    self.patterns()
                ),
                (Some(false), Some(sign)) => format!(
                    "Index `{name}`: Filter operator `{sign}` is not allowed for the attribute `{attribute}`."
                ),
                _ => continue,
            };
            return Err(refusal(400, "invalid_search_filter", message));
        }
        Ok(())
    }

    /// Documents in their order.
    pub fn ordered(&self) -> Vec<&Map<String, Value>> {
        let mut all: Vec<&(u64, Map<String, Value>)> = self.docs.values().collect();
        all.sort_by_key(|(at, _)| *at);
        all.into_iter().map(|(_, doc)| doc).collect()
    }

    /// One search without words: condition, order, page, facets.
    pub fn search(&self, name: &str, body: &Map<String, Value>) -> Result<Value, Reply> {
        super::fake::check_search(body)?;
        let filter = parse(body.get("filter").unwrap_or(&Value::Null))
            .map_err(|(code, message)| refusal(400, code, message))?;
        self.check(name, &filter)?;
        let mut found: Vec<&Map<String, Value>> =
            self.ordered().into_iter().filter(|doc| filter.meets(doc)).collect();
        self.sort(name, body, &mut found)?;
        let reach = self.all_settings()["pagination"]["maxTotalHits"].as_u64().map_or(1000, whole);
        let number = |name: &str| body.get(name).and_then(Value::as_u64).map(whole);
        let total = found.len();
        let mut out = json!({ "query": body.get("q").and_then(Value::as_str).unwrap_or_default(), "processingTimeMs": 0 });
        let (skip, size) = if number("page").is_some() || number("hitsPerPage").is_some() {
            let (page, size) = (number("page").unwrap_or(1), number("hitsPerPage").unwrap_or(20));
            out["hitsPerPage"] = size.into();
            out["page"] = page.into();
            out["totalPages"] =
                total.div_ceil(size.max(1)).min(if size == 0 { 0 } else { usize::MAX }).into();
            out["totalHits"] = total.into();
            (page.saturating_sub(1).saturating_mul(size), if page == 0 { 0 } else { size })
        } else {
            let (skip, size) = (number("offset").unwrap_or(0), number("limit").unwrap_or(20));
            out["limit"] = size.into();
            out["offset"] = skip.into();
            out["estimatedTotalHits"] = total.into();
            (skip, size)
        };
        out["facetDistribution"] = self.facets(body, &found)?;
        if out["facetDistribution"].is_null() {
            out.as_object_mut().map(|out| out.remove("facetDistribution"));
        } else {
            out["facetStats"] = json!({});
        }
        let shown = found.into_iter().take(reach).skip(skip).take(size);
        out["hits"] = shown.map(|doc| pick(doc, body.get("attributesToRetrieve"))).collect();
        Ok(out)
    }

    fn sort(
        &self,
        name: &str,
        body: &Map<String, Value>,
        found: &mut [&Map<String, Value>],
    ) -> Result<(), Reply> {
        let rules = body.get("sort").and_then(Value::as_array).cloned().unwrap_or_default();
        let mut sortable = self.texts("sortableAttributes");
        sortable.sort();
        for rule in rules.iter().rev().filter_map(Value::as_str) {
            let Some((attribute, way)) =
                rule.rsplit_once(':').filter(|(_, way)| matches!(*way, "asc" | "desc"))
            else {
                return Err(refusal(
                    400,
                    "invalid_search_sort",
                    format!(
                        "Invalid syntax for the sort parameter: expected expression ending by `:asc` or `:desc`, found `{rule}`."
                    ),
                ));
            };
            if !sortable.iter().any(|known| known == attribute) {
                return Err(refusal(
                    400,
                    "invalid_search_sort",
                    format!(
                        "Index `{name}`: Attribute `{attribute}` is not sortable. Available sortable attributes are: `{}`.",
                        sortable.join(", ")
                    ),
                ));
            }
            // numbers before texts, what is missing last, in both directions
            let key = |doc: &Map<String, Value>| match doc.get(attribute) {
                Some(Value::Number(n)) => (0, n.as_f64().unwrap_or_default(), String::new()),
                Some(Value::String(text)) => (1, 0.0, text.clone()),
                _ => (2, 0.0, String::new()),
            };
            found.sort_by(|a, b| {
                let (a, b) = (key(a), key(b));
                let inside = a.1.total_cmp(&b.1).then(a.2.cmp(&b.2));
                a.0.cmp(&b.0).then(if way == "desc" { inside.reverse() } else { inside })
            });
        }
        Ok(())
    }

    fn facets(&self, body: &Map<String, Value>, found: &[&Map<String, Value>]) -> Result<Value, Reply> {
        let Some(names) = body.get("facets").and_then(Value::as_array).filter(|names| !names.is_empty())
        else {
            return Ok(Value::Null);
        };
        let most = self.all_settings()["faceting"]["maxValuesPerFacet"].as_u64().map_or(100, whole);
        let mut out = Map::new();
        for name in names.iter().filter_map(Value::as_str) {
            if self.rule(name).is_none() {
                return Err(refusal(
                    400,
                    "invalid_search_facets",
                    format!(
                        "Invalid facet distribution: Pattern `{name}` is not filterable. Available filterable attributes patterns are: `{}`.",
                        self.patterns().replace('`', "")
                    ),
                ));
            }
            let mut counts: BTreeMap<String, u64> = BTreeMap::new();
            for doc in found {
                let values = match doc.get(name) {
                    Some(Value::Array(list)) => list.clone(),
                    Some(one) => vec![one.clone()],
                    None => Vec::new(),
                };
                let texts: BTreeSet<String> = values
                    .iter()
                    .filter(|value| !value.is_null())
                    .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
                    .collect();
                for text in texts {
                    *counts.entry(text).or_default() += 1;
                }
            }
            out.insert(name.to_owned(), json!(counts.into_iter().take(most).collect::<BTreeMap<_, _>>()));
        }
        Ok(Value::Object(out))
    }

    /// Adds documents, all or none.
    pub fn add(
        &mut self,
        docs: &[Value],
        asked: Option<&String>,
        poison: Option<&String>,
    ) -> Result<(), Value> {
        let primary = self.primary.clone().or_else(|| asked.cloned()).ok_or_else(|| {
            words("index_primary_key_no_candidate_found", "invalid_request", "The primary key inference failed as the engine did not find any field ending with `id` in its name. Please specify the primary key manually using the `primaryKey` query parameter.")
        })?;
        let mut fresh = Vec::new();
        for doc in docs {
            if poison.is_some_and(|poison| doc.to_string().contains(poison.as_str())) {
                return Err(words(
                    "internal",
                    "internal",
                    "Index `listings`: internal: recursion limit exceeded at line 1 column 128.",
                ));
            }
            let Some(id) = doc.get(&primary) else {
                return Err(words(
                    "missing_document_id",
                    "invalid_request",
                    &format!("Document doesn't have a `{primary}` attribute: `{doc}`."),
                ));
            };
            let text = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
            if text.is_empty() || text.len() > 511 || !text.bytes().all(plain) {
                return Err(words(
                    "invalid_document_id",
                    "invalid_request",
                    &format!(
                        "Document identifier `{id}` is invalid. A document identifier can be of type integer or string, only composed of alphanumeric characters (a-z A-Z 0-9), hyphens (-) and underscores (_), and can not be more than 511 bytes."
                    ),
                ));
            }
            fresh.push((text, doc.as_object().cloned().unwrap_or_default()));
        }
        self.primary = Some(primary);
        for (id, doc) in fresh {
            let at = self.docs.get(&id).map_or(self.next, |(at, _)| *at);
            self.next = self.next.max(at + 1);
            self.docs.insert(id, (at, doc));
        }
        Ok(())
    }
}

/// The named attributes of a document.
pub fn pick(doc: &Map<String, Value>, names: Option<&Value>) -> Value {
    let Some(names) = names.and_then(Value::as_array).filter(|names| !names.iter().any(|n| n == "*")) else {
        return Value::Object(doc.clone());
    };
    let kept = names
        .iter()
        .filter_map(Value::as_str)
        .filter_map(|name| Some((name.to_owned(), doc.get(name)?.clone())));
    Value::Object(kept.collect())
}

fn whole(n: u64) -> usize {
    usize::try_from(n).unwrap_or(usize::MAX)
}
