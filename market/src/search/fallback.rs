//! The plain look-up in the database for when the engine is away: every word must stand somewhere in title,
//! part number or vendor's name; the same filters; no corrections, no facets. Words beyond the first few are left out,
//! and the answer says so.

use uuid::Uuid;

use super::model::ANSWER_STEPS;
use super::{Evidence, Hit, Interpretation, Reading, SearchPage, SearchQuery, Sort, Total};
use crate::catalog::badges::named_badge;
use crate::catalog::browse::today;
use crate::catalog::taxonomy;
use crate::cx::Cx;
use crate::error::Result;
use crate::text;
use crate::time::HOUR;

/// Words looked at.
const WORDS: usize = 4;

/// A certificate of the vendor that is still valid and is one of the chosen.
macro_rules! has_one {
    ($codes:literal) => {
        concat!(
            " AND (",
            $codes,
            " IS NULL OR EXISTS (SELECT 1 FROM (SELECT lower(replace(replace(c.name, ' ', ''), '-', '')) AS name FROM vendor_certificates c \
             WHERE c.vendor_id = v.id AND (c.valid_until IS NULL OR c.valid_until >= CAST($2 AS TEXT))) held WHERE ",
            named_badge!($codes, "held.name"),
            "))"
        )
    };
}

macro_rules! look_up {
    ($order:literal) => {
        concat!(
            "SELECT l.id, CAST(COUNT(*) OVER () AS BIGINT) FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE ",
            crate::visible_listings!(),
            " AND lower(l.title_ko || ' ' || l.title_en || ' ' || l.part_number || ' ' || v.name_ko || ' ' || v.name_en) LIKE lower($3) ESCAPE '\\' \
             AND lower(l.title_ko || ' ' || l.title_en || ' ' || l.part_number || ' ' || v.name_ko || ' ' || v.name_en) LIKE lower($4) ESCAPE '\\' \
             AND lower(l.title_ko || ' ' || l.title_en || ' ' || l.part_number || ' ' || v.name_ko || ' ' || v.name_en) LIKE lower($5) ESCAPE '\\' \
             AND lower(l.title_ko || ' ' || l.title_en || ' ' || l.part_number || ' ' || v.name_ko || ' ' || v.name_en) LIKE lower($6) ESCAPE '\\' \
             AND (CAST($7 AS TEXT) IS NULL OR CAST($7 AS TEXT) LIKE '%,' || l.category || ',%') \
             AND (CAST($8 AS TEXT) IS NULL OR CAST($8 AS TEXT) LIKE '%,' || v.region || ',%') \
             AND (CAST($9 AS TEXT) IS NULL OR CAST($9 AS TEXT) LIKE '%,' || l.price_kind || ',%') \
             AND (CAST($10 AS BIGINT) IS NULL OR l.moq <= $10) AND (CAST($11 AS BIGINT) IS NULL OR l.lead_time_days <= $11) \
             ",
            has_one!("CAST($12 AS TEXT)"),
            has_one!("CAST($13 AS TEXT)"),
            " AND (CAST($16 AS BIGINT) IS NULL OR l.moq >= $16) AND (CAST($17 AS BIGINT) IS NULL OR l.lead_time_days >= $17) \
             AND ((CAST($18 AS BIGINT) IS NULL AND CAST($19 AS BIGINT) IS NULL) OR (l.price_currency = 'KRW' AND l.price_minor IS NOT NULL \
             AND l.price_minor >= COALESCE($18, l.price_minor) AND l.price_minor <= COALESCE($19, l.price_minor))) \
             AND (CAST($20 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM vendor_response_stats s WHERE s.vendor_id = v.id \
             AND s.asked >= $21 AND s.mean_micros <= $20)) ORDER BY ",
            $order,
            " LIMIT $14 OFFSET $15"
        )
    };
}

/// Newest first.
pub const BY_NEWEST: &str = look_up!("l.published_at DESC, l.id DESC");
/// Cheapest first.
pub const BY_PRICE_LOW: &str = look_up!("l.price_minor ASC NULLS LAST, l.published_at DESC, l.id DESC");
/// Dearest first.
pub const BY_PRICE_HIGH: &str = look_up!("l.price_minor DESC NULLS LAST, l.published_at DESC, l.id DESC");
/// Fastest delivery first.
pub const BY_LEAD_TIME: &str = look_up!("l.lead_time_days ASC NULLS LAST, l.published_at DESC, l.id DESC");

/// Vendors who answer fastest first.
pub const BY_ANSWER: &str = look_up!(
    "(SELECT s.mean_micros FROM vendor_response_stats s WHERE s.vendor_id = v.id AND s.asked >= $21) ASC NULLS LAST, \
     l.published_at DESC, l.id DESC"
);

/// Looks the words up in the database.
///
/// # Errors
/// `Unavailable` when the database is away too.
pub async fn search(cx: &Cx, query: &SearchQuery) -> Result<SearchPage> {
    let sql = match query.sort {
        Sort::Relevance | Sort::Newest => BY_NEWEST,
        Sort::PriceLow => BY_PRICE_LOW,
        Sort::PriceHigh => BY_PRICE_HIGH,
        Sort::LeadTime => BY_LEAD_TIME,
        Sort::AnswerFast => BY_ANSWER,
    };
    let (patterns, left_out) = patterns(&query.text);
    let [first, second, third, fourth] = patterns;
    let filters = &query.filters;
    let categories: Vec<&str> =
        filters.category.iter().flat_map(|code| taxonomy::descendant_codes(code)).collect();
    let category =
        if filters.category.is_empty() { None } else { listed(&categories).or_else(|| Some(",".into())) };
    let region = listed(&filters.region);
    let kind = listed(&filters.price_kind);
    let (badge, certificate) = (listed(&filters.badge), listed(&filters.certificate));
    let size = i64::from(query.size.clamp(1, 100));
    let skip = i64::from(query.page.max(1) - 1).saturating_mul(size).min(i64::from(SearchQuery::DEEPEST));
    let now = cx.this_second();
    let mut db = cx.read().await?;
    let mut rows = async |size: i64, skip: i64| {
        crate::fetch_all!(
            db,
            (Uuid, i64),
            sql,
            now,
            today(now),
            first.as_str(),
            second.as_str(),
            third.as_str(),
            fourth.as_str(),
            category.as_deref(),
            region.as_deref(),
            kind.as_deref(),
            filters.moq.max,
            filters.lead_days.max,
            badge.as_deref(),
            certificate.as_deref(),
            size,
            skip,
            filters.moq.min,
            filters.lead_days.min,
            filters.price.min,
            filters.price.max,
            slowest(&filters.answer),
            cx.settings().stats_min_threads
        )
    };
    let found = rows(size, skip).await?;
    let count = |rows: &[(Uuid, i64)]| rows.first().map_or(0, |(_, count)| *count);
    // a page behind the last one has no row that could say how many there are
    let total = if found.is_empty() && skip > 0 { count(&rows(1, 0).await?) } else { count(&found) };
    let hits = found
        .into_iter()
        .map(|(id, _)| Hit { id, score: 0.0, full: true, why: vec![Evidence::Literal], explain: None })
        .collect();
    Ok(SearchPage {
        hits,
        total: Total::of(u32::try_from(total).unwrap_or(u32::MAX)),
        interpretation: Interpretation {
            readings: left_out.map(|word| Reading::Dropped { word }).into_iter().collect(),
            ..Interpretation::default()
        },
        ..SearchPage::default()
    })
}

/// One pattern a word, `%` lets everything through; and the words for which there is none.
fn patterns(text: &str) -> ([String; WORDS], Option<String>) {
    let clean: String = text::line(text).chars().take(SearchQuery::LONGEST).collect();
    let mut words = clean.split_whitespace();
    let patterns = std::array::from_fn(|_| {
        words.next().map_or_else(|| "%".to_owned(), |word| format!("%{}%", escape(word)))
    });
    let rest = words.collect::<Vec<_>>().join(" ");
    (patterns, (!rest.is_empty()).then_some(rest))
}

/// The wildcards of LIKE as plain characters.
fn escape(word: &str) -> String {
    word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

/// Codes between commas, so that one `LIKE` finds any of them; none when nothing is chosen.
fn listed<T: AsRef<str>>(codes: &[T]) -> Option<String> {
    if codes.is_empty() {
        return None;
    }
    let mut out = String::from(",");
    for code in codes {
        out.push_str(code.as_ref());
        out.push(',');
    }
    Some(out)
}

/// The longest time that the chosen steps allow; an unknown step allows none.
fn slowest(steps: &[String]) -> Option<i64> {
    let hours =
        |code: &String| ANSWER_STEPS.into_iter().find(|(step, _)| step == code).map_or(-1, |(_, h)| h);
    steps.iter().map(hours).max().map(|hours| hours * HOUR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_plain_characters() {
        let of = |text| patterns(text).0;
        assert_eq!(of("100% a_b c\\d"), ["%100\\%%", "%a\\_b%", "%c\\\\d%", "%"].map(str::to_owned));
        assert_eq!(of(""), ["%", "%", "%", "%"].map(str::to_owned));
    }

    #[test]
    fn words_without_a_pattern_are_named() {
        assert_eq!(patterns("a b c d").1, None);
        assert_eq!(patterns("a b c d  이하 f").1.as_deref(), Some("이하 f"));
    }

    #[test]
    fn codes_stand_between_commas() {
        assert_eq!(listed(&["41", "28"]), Some(",41,28,".into()));
        assert_eq!(listed::<&str>(&[]), None);
    }
}
