//! A listing as it lies in the index: the document itself for ranking, columns for filters, and its terms.

use std::collections::{BTreeMap, BTreeSet};

use market::search::terms::{Field, Term, doc_terms};
use market::search::{FacetKind, SearchDoc};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Raise when terms, attributes or their meaning change: older indexes ask for a rebuild.
pub const VERSION: u32 = 5;
/// The primary key. Its name does not end with `id`, so that nothing is guessed.
pub const KEY: &str = "key";
/// The record that holds the feed's position; it has no column, so no search finds it.
pub const FEED: &str = "feed";
/// The vendor of a listing.
pub const VENDOR: &str = "vendor";
/// Terms with one sign taken out: two terms one slip apart share one of these.
pub const SLIP: &str = "slip";
/// Terms of running text kept per listing; longer texts are found by their beginning.
const BODY_TERMS: usize = 1500;
/// Lengths of terms that slips are looked for in.
const SLIP_LENGTH: std::ops::RangeInclusive<usize> = 4..=24;

/// The attribute of a field's terms.
pub fn attribute(field: Field) -> String {
    format!("t_{}", field.name())
}

/// The attribute of terms that stand side by side; none where positions say nothing or would cost too much.
pub fn pair_attribute(field: Field) -> Option<String> {
    let has = matches!(field, Field::TitleGram | Field::CategoryGram | Field::Code | Field::Initials);
    has.then(|| format!("p_{}", field.name()))
}

/// The attribute of a facet.
pub const fn facet_attribute(facet: FacetKind) -> &'static str {
    match facet {
        FacetKind::Category => "category",
        FacetKind::Region => "region",
        FacetKind::PriceKind => "price_kind",
        FacetKind::Badge => "badge",
        FacetKind::Certificate => "certificate",
        FacetKind::AnswerSpeed => "answer_speed",
    }
}

/// What the feed's record says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedMark {
    /// Position in the log of changes.
    pub position: i64,
    /// [`VERSION`] of the program that built the index.
    pub version: u32,
}

impl FeedMark {
    /// The record.
    pub fn record(self) -> Value {
        json!({ KEY: FEED, "position": self.position, "version": self.version })
    }
}

/// The record of a listing.
pub fn record(doc: &SearchDoc) -> Value {
    let mut out = Map::new();
    out.insert(KEY.into(), doc.id.to_string().into());
    out.insert("print".into(), format!("{:016x}", doc.fingerprint()).into());
    out.insert("source".into(), serde_json::to_string(doc).unwrap_or_default().into());
    out.insert("title".into(), doc.title_ko.clone().into());
    out.insert("part_number".into(), doc.part_number.clone().into());
    out.insert("published_at".into(), doc.published_at.into());
    out.insert("free_until".into(), doc.free_until.into());
    out.insert(VENDOR.into(), doc.vendor_id.to_string().into());
    let numbers = [
        ("price", doc.price_minor),
        ("moq", doc.moq),
        ("lead_days", doc.lead_days),
        ("answer_hours", doc.answer_hours),
    ];
    for (name, value) in numbers {
        if let Some(value) = value {
            out.insert(name.into(), value.into());
        }
    }
    for facet in FacetKind::ALL {
        let codes: BTreeSet<&str> = doc.codes(facet).into_iter().filter(|code| !code.is_empty()).collect();
        out.insert(facet_attribute(facet).into(), json!(codes));
    }
    insert_terms(doc, &mut out);
    Value::Object(out)
}

fn insert_terms(doc: &SearchDoc, out: &mut Map<String, Value>) {
    let mut slips = BTreeSet::new();
    for (field, terms) in doc_terms(doc).fields {
        if let Some(attribute) = pair_attribute(field) {
            out.insert(attribute, json!(pairs(&terms)));
        }
        if matches!(field, Field::Letters | Field::Title | Field::CodeWhole) {
            slips.extend(terms.iter().flat_map(|term| slips_of(field, &term.text)));
        }
        let mut values: Vec<String> = Vec::new();
        let mut seen = BTreeSet::new();
        for term in terms {
            if values.len() < BODY_TERMS && seen.insert(term.text.clone()) {
                values.push(term.text);
            }
        }
        out.insert(attribute(field), json!(values));
    }
    out.insert(SLIP.into(), json!(slips));
}

/// Terms at neighbouring positions, side by side.
fn pairs(terms: &[Term]) -> BTreeSet<String> {
    let mut at: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    for term in terms {
        at.entry(term.position).or_default().push(&term.text);
    }
    let mut out = BTreeSet::new();
    for (position, firsts) in &at {
        for second in at.get(&(position + 1)).into_iter().flatten() {
            out.extend(firsts.iter().map(|first| format!("{first} {second}")));
        }
    }
    out
}

/// A term, and the term with each sign taken out once: two terms one edit apart share one of these.
pub fn slips_of(field: Field, term: &str) -> BTreeSet<String> {
    let signs: Vec<char> = term.chars().collect();
    if !SLIP_LENGTH.contains(&signs.len()) {
        return BTreeSet::new();
    }
    let mark = match field {
        Field::Letters => 'l',
        Field::CodeWhole => 'c',
        _ => 't',
    };
    let without = |gap: usize| -> String {
        let kept = signs.iter().enumerate().filter(|(at, _)| *at != gap).map(|(_, sign)| *sign);
        std::iter::once(mark).chain(kept).collect()
    };
    (0..=signs.len()).map(without).collect()
}

/// The document of a record.
pub fn document(source: &str) -> Option<SearchDoc> {
    serde_json::from_str(source).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_brings_its_document_back() {
        let doc = SearchDoc {
            title_ko: "백엘보 D15".into(),
            region: "41".into(),
            price_minor: Some(1200),
            published_at: 1_700_000_000_000_000,
            ..SearchDoc::default()
        };
        let record = record(&doc);
        assert_eq!(document(record["source"].as_str().unwrap()).unwrap(), doc);
        assert_eq!(record["print"], format!("{:016x}", doc.fingerprint()));
        assert!(record["p_title_gram"].as_array().unwrap().contains(&json!("^백엘 엘보$")));
        assert!(record["t_spec"].as_array().unwrap().contains(&json!("dn:15")));
    }

    #[test]
    fn one_edit_apart_share_a_slip() {
        for (a, b) in [("lm324a", "lm342a"), ("lm324a", "lm324"), ("lm324a", "lm325a"), ("lm324a", "lmm324a")]
        {
            let (a, b) = (slips_of(Field::CodeWhole, a), slips_of(Field::CodeWhole, b));
            assert!(!a.is_disjoint(&b), "{a:?} {b:?}");
        }
    }
}
