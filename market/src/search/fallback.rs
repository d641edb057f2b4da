//! The plain look-up in the database for when the engine is away: every word must stand somewhere in title,
//! part number or vendor's name; the same filters; no corrections, no facets.

use uuid::Uuid;

use super::model::ANSWER_STEPS;
use super::{Evidence, Hit, SearchPage, SearchQuery, Sort, Total};
use crate::catalog::browse::today;
use crate::catalog::{badges, taxonomy};
use crate::cx::Cx;
use crate::error::Result;
use crate::text;
use crate::time::HOUR;

/// Words looked at; more are ignored.
const WORDS: usize = 4;
/// Badges and certificates looked at.
const BADGES: usize = 3;

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
             AND (CAST($12 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM vendor_certificates c WHERE c.vendor_id = v.id \
             AND (c.valid_until IS NULL OR c.valid_until >= CAST($2 AS TEXT)) \
             AND (lower(replace(replace(c.name, ' ', ''), '-', '')) LIKE CAST($12 AS TEXT) OR lower(replace(replace(c.name, ' ', ''), '-', '')) LIKE CAST($13 AS TEXT) \
             OR lower(replace(replace(c.name, ' ', ''), '-', '')) LIKE CAST($14 AS TEXT)))) \
             AND (CAST($17 AS BIGINT) IS NULL OR l.moq >= $17) AND (CAST($18 AS BIGINT) IS NULL OR l.lead_time_days >= $18) \
             AND ((CAST($19 AS BIGINT) IS NULL AND CAST($20 AS BIGINT) IS NULL) OR (l.price_currency = 'KRW' AND l.price_minor IS NOT NULL \
             AND l.price_minor >= COALESCE($19, l.price_minor) AND l.price_minor <= COALESCE($20, l.price_minor))) \
             AND (CAST($21 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM vendor_response_stats s WHERE s.vendor_id = v.id \
             AND s.asked >= $22 AND s.mean_micros <= $21)) ORDER BY ",
            $order,
            " LIMIT $15 OFFSET $16"
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
    "(SELECT s.mean_micros FROM vendor_response_stats s WHERE s.vendor_id = v.id AND s.asked >= $22) ASC NULLS LAST, \
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
    let [first, second, third, fourth] = patterns(&query.text);
    let filters = &query.filters;
    let categories: Vec<&str> =
        filters.category.iter().flat_map(|code| taxonomy::descendant_codes(code)).collect();
    let category =
        if filters.category.is_empty() { None } else { listed(&categories).or_else(|| Some(",".into())) };
    let region = listed(&filters.region);
    let kind = listed(&filters.price_kind);
    let [badge, other, another] = badge_patterns(filters.badge.iter().chain(&filters.certificate));
    let size = i64::from(query.size.clamp(1, 100));
    let skip = i64::from(query.page.max(1) - 1).saturating_mul(size).min(i64::from(SearchQuery::DEEPEST));
    let now = cx.now();
    let mut db = cx.read().await?;
    let rows = crate::fetch_all!(
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
        other.as_deref(),
        another.as_deref(),
        size,
        skip,
        filters.moq.min,
        filters.lead_days.min,
        filters.price.min,
        filters.price.max,
        slowest(&filters.answer),
        cx.settings().stats_min_threads
    )?;
    let total = rows.first().map_or(0, |(_, count)| *count);
    let hits = rows
        .into_iter()
        .map(|(id, _)| Hit { id, score: 0.0, full: true, why: vec![Evidence::Literal], explain: None })
        .collect();
    Ok(SearchPage {
        hits,
        total: Total::of(u32::try_from(total).unwrap_or(u32::MAX)),
        ..SearchPage::default()
    })
}

/// One pattern a word; `%` lets everything through.
fn patterns(text: &str) -> [String; WORDS] {
    let clean: String = text::line(text).chars().take(SearchQuery::LONGEST).collect();
    let mut words = clean.split_whitespace();
    std::array::from_fn(|_| words.next().map_or_else(|| "%".to_owned(), |word| format!("%{}%", escape(word))))
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

/// How the names of the chosen certificates begin; an unknown code finds nothing.
fn badge_patterns<'a>(codes: impl Iterator<Item = &'a String>) -> [Option<String>; BADGES] {
    let mut patterns = codes.map(|code| {
        badges::find(code).map_or_else(|| "\u{1}".to_owned(), |badge| format!("{}%", badge.begins))
    });
    std::array::from_fn(|_| patterns.next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wildcards_are_plain_characters() {
        assert_eq!(patterns("100% a_b c\\d"), ["%100\\%%", "%a\\_b%", "%c\\\\d%", "%"].map(str::to_owned));
        assert_eq!(patterns(""), ["%", "%", "%", "%"].map(str::to_owned));
    }

    #[test]
    fn codes_stand_between_commas() {
        assert_eq!(listed(&["41", "28"]), Some(",41,28,".into()));
        assert_eq!(listed::<&str>(&[]), None);
    }
}
