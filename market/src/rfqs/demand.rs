//! Saved demand: vendors whose people watch, in their saved searches, for what a request asks. Such a vendor is told although
//! it shows no product of the category.

use uuid::Uuid;

use super::store::Rfq;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::saved_searches::SavedQuestion;
use crate::time::DAY;

/// Running saved searches of people who work for vendors that may be told.
pub const WATCHING: &str = "SELECT v.id, s.question FROM saved_searches s JOIN vendor_members m ON m.user_id = s.user_id JOIN vendors v ON v.id = m.vendor_id \
    WHERE s.paused_at IS NULL AND v.state = 'approved' AND v.registry_status <> 'closed' AND (v.holiday_until IS NULL OR v.holiday_until <= $1) \
    AND (NOT CAST($2 AS BOOLEAN) OR v.registry_status = 'active') \
    AND NOT EXISTS (SELECT 1 FROM rfq_told x WHERE x.rfq_id = $3 AND x.vendor_id = v.id) \
    AND NOT EXISTS (SELECT 1 FROM vendor_members o WHERE o.vendor_id = v.id AND o.user_id = $4) \
    AND NOT EXISTS (SELECT 1 FROM blocks k WHERE k.vendor_id = v.id AND k.buyer_id = $4 AND k.ended_at IS NULL) \
    AND (SELECT COUNT(*) FROM rfq_told x WHERE x.vendor_id = v.id AND x.told_at > $5) < $6 ORDER BY s.created_at, s.id LIMIT 5000";

/// Vendors who watch for what `rfq` asks, those who said so first before the others.
pub(super) async fn watching(cx: &Cx, tx: &mut Tx, rfq: &Rfq, verified: bool) -> Result<Vec<Uuid>> {
    let rows = crate::fetch_all!(
        *tx,
        (Uuid, String),
        WATCHING,
        cx.now(),
        verified,
        rfq.id,
        rfq.buyer_id,
        cx.now().plus(-DAY),
        cx.settings().rfqs_per_vendor_day
    )?;
    let asked = asked_for(rfq);
    let mut vendors = Vec::new();
    for (vendor, question) in rows {
        let question: SavedQuestion = serde_json::from_str(&question)?;
        if !vendors.contains(&vendor) && fits(&question, &asked, (&rfq.category, &rfq.region)) {
            vendors.push(vendor);
        }
    }
    Ok(vendors)
}

/// Everything a request names, in one spelling.
fn asked_for(rfq: &Rfq) -> String {
    let lines = rfq.lines.iter().flat_map(|line| [&line.item, &line.grade, &line.dimension]);
    let words: Vec<String> =
        std::iter::once(&rfq.title).chain(lines).map(|text| one_spelling(text)).collect();
    words.join("\n")
}

/// Case, spaces and the signs between figures do not count.
fn one_spelling(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, '×' | '*') { 'x' } else { c })
        .filter(|c| c.is_alphanumeric() || *c == '.')
        .collect()
}

/// Whether a saved search means this request: each of its words is named, and its category and region are those of the request.
/// A search that says neither words nor category means nothing in particular.
fn fits(question: &SavedQuestion, asked: &str, (category, region): (&str, &str)) -> bool {
    let words: Vec<String> =
        // a sign between two sizes is no word
        question.text.split_whitespace().map(one_spelling).filter(|word| !matches!(&**word, "" | "x")).collect();
    let filters = &question.filters;
    let within = |code: &String| category == code || category.starts_with(&format!("{code}."));
    (!words.is_empty() || !filters.category.is_empty())
        && words.iter().all(|word| asked.contains(word.as_str()))
        && (filters.category.is_empty() || filters.category.iter().any(within))
        && (filters.region.is_empty() || filters.region.iter().any(|code| code == region))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::Filters;

    fn search(text: &str, category: &[&str], region: &[&str]) -> SavedQuestion {
        let owned = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        let filters = Filters { category: owned(category), region: owned(region), ..Filters::default() };
        SavedQuestion { text: text.into(), literal: false, filters }
    }

    #[test]
    fn a_search_means_what_it_says() {
        let asked = "육각볼트m82000개\n육각볼트\nsus304\nm8x20";
        let place = ("fasteners.bolts.hex", "41");
        for (question, expected) in [
            (search("SUS304 볼트", &[], &[]), true),
            (search("m8 * 20", &[], &[]), true),
            (search("M8×20", &["fasteners"], &["41"]), true),
            (search("", &["fasteners.bolts"], &[]), true),
            (search("SUS316 볼트", &[], &[]), false),
            (search("볼트", &["fasteners.nuts"], &[]), false),
            (search("볼트", &[], &["26"]), false),
            (search("", &["fasten"], &[]), false),
            (search("", &[], &["41"]), false),
            (search(" × ", &[], &[]), false),
        ] {
            assert_eq!(fits(&question, asked, place), expected, "{question:?}");
        }
    }
}
