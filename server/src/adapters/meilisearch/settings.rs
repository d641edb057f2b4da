//! What the index must know before documents come: settings from code, compared with what is there, and the key that
//! questions are asked with.

use market::search::FacetKind;
use market::search::terms::Field;
use meilisearch_sdk::key::{Action, Key, KeyBuilder};
use meilisearch_sdk::settings::{
    FacetSortValue, FacetingSettings, FilterFeatureModes, FilterFeatures, FilterableAttribute,
    FilterableAttributesSettings, PaginationSetting, Settings,
};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::record::{KEY, SLIP, VENDOR, attribute, facet_attribute, pair_attribute};

/// Hits that pages may reach; the server's own limit is 1,000.
const REACH: usize = 10_000;
/// Values counted per facet; there are some 1,200 categories.
const VALUES: usize = 3_000;

/// The settings of an index. Words are filters, so nothing but the title is searchable, and nothing is guessed.
pub fn wanted() -> Settings {
    // STARTS WITH counts as a comparison
    let begins = [Field::Title, Field::Letters, Field::Sound].map(attribute);
    let terms = Field::ALL.into_iter().map(attribute).filter(|name| !begins.contains(name));
    let terms = terms.chain(Field::ALL.into_iter().filter_map(pair_attribute));
    let codes = FacetKind::ALL.into_iter().map(|kind| facet_attribute(kind).to_owned());
    let exact = terms.chain(codes).chain([SLIP.to_owned(), VENDOR.to_owned()]).collect();
    let columns =
        [KEY, "published_at", "free_until", "price", "moq", "lead_days", "answer_hours"].map(str::to_owned);
    let compared = columns.into_iter().chain(begins.iter().cloned()).collect();
    Settings {
        searchable_attributes: Some(vec!["title".into(), "part_number".into()]),
        filterable_attributes: Some(vec![group(exact, false), group(compared, true)]),
        sortable_attributes: Some(
            ["answer_hours", "free_until", KEY, "lead_days", "price", "published_at"]
                .map(str::to_owned)
                .to_vec(),
        ),
        ranking_rules: Some(vec!["sort".into(), "words".into(), "exactness".into()]),
        proximity_precision: Some("byAttribute".into()),
        pagination: Some(PaginationSetting { max_total_hits: REACH }),
        faceting: Some(FacetingSettings {
            max_values_per_facet: VALUES,
            sort_facet_values_by: Some([("*".to_owned(), FacetSortValue::Count)].into()),
        }),
        ..Settings::default()
    }
}

fn group(attribute_patterns: Vec<String>, comparison: bool) -> FilterableAttribute {
    let filter = FilterFeatureModes { equality: true, comparison };
    FilterableAttribute::Settings(FilterableAttributesSettings {
        attribute_patterns,
        features: FilterFeatures { facet_search: false, filter },
    })
}

/// What has to change; none when everything is as it should be. Lists of attributes to sort by have no order.
pub fn difference(wanted: &Settings, present: &Value) -> Option<Value> {
    let Ok(Value::Object(wanted)) = serde_json::to_value(wanted) else { return None };
    let changed: Map<String, Value> = wanted
        .into_iter()
        .filter(|(name, value)| !value.is_null() && present.get(name) != Some(value))
        .collect();
    (!changed.is_empty()).then_some(Value::Object(changed))
}

/// The fixed identity of the search key of an index: the same on a fresh server, so that restarts make no new keys.
pub fn search_key_uid(index: &str) -> String {
    let digest = Sha256::digest(format!("market search key of {index}"));
    let mut bytes = [0u8; 16];
    for (to, from) in bytes.iter_mut().zip(digest) {
        *to = from;
    }
    uuid::Builder::from_random_bytes(bytes).into_uuid().to_string()
}

/// A key that may search one index, and nothing else.
pub fn search_key(index: &str) -> KeyBuilder {
    KeyBuilder {
        actions: vec![Action::Search],
        description: Some("questions of the site; made by the program".into()),
        name: Some(format!("{index}: search")),
        uid: Some(search_key_uid(index)),
        expires_at: None,
        indexes: vec![index.to_owned()],
    }
}

/// Whether a key that is there may do exactly this.
pub fn fits(key: &Key, index: &str) -> bool {
    key.actions == [Action::Search] && key.indexes == [index.to_owned()] && key.expires_at.is_none()
}

/// Name of an index that is being built; it holds its time, so that forgotten ones can be told.
pub fn build_name(index: &str, id: Uuid) -> String {
    format!("{index}_build_{}", id.simple())
}

/// When an index of such a name was begun, in milliseconds since 1970.
pub fn begun_at(index: &str, name: &str) -> Option<u64> {
    let id = Uuid::parse_str(name.strip_prefix(index)?.strip_prefix("_build_")?).ok()?;
    u64::try_from(id.as_u128() >> 80).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_differences_are_sent() {
        let wanted = wanted();
        let mut present = serde_json::to_value(&wanted).unwrap();
        assert_eq!(difference(&wanted, &present), None);
        present["pagination"]["maxTotalHits"] = 1000.into();
        present["synonyms"] = serde_json::json!({});
        let changed = difference(&wanted, &present).unwrap();
        assert_eq!(changed, serde_json::json!({ "pagination": { "maxTotalHits": REACH } }));
    }

    #[test]
    fn builds_tell_their_age_and_keys_stay_the_same() {
        let id = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000);
        assert_eq!(begun_at("listings", &build_name("listings", id)), Some(0x0199_0000_0000));
        assert_eq!(begun_at("listings", "listings_other"), None);
        assert_eq!(search_key_uid("a"), search_key_uid("a"));
        assert_eq!(Uuid::parse_str(&search_key_uid("a")).unwrap().get_version_num(), 4);
    }
}
