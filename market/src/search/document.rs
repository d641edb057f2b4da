//! A listing as the index sees it, made from one row.

use uuid::Uuid;

use super::SearchDoc;
use crate::catalog::browse::{AnswerRecord, read_drawing, read_price, read_specs};
use crate::catalog::completeness;
use crate::catalog::model::{ListingContent, SpecRow};
use crate::catalog::{badges, markdown, taxonomy};
use crate::money::Currency;
use crate::regions;
use crate::settings::Settings;
use crate::time::{HOUR, Timestamp};

macro_rules! doc_columns {
    () => {
        "SELECT l.id, l.category, l.title_ko, l.title_en, l.description_ko, l.description_en, l.specs, l.unit, l.price_kind, l.price_minor, \
         l.price_currency, l.price_tiers, l.moq, l.lead_time_days, l.origin, l.hs_code, l.part_number, l.drawing, l.published_at, l.free_until, l.vendor_id, \
         v.name_ko, v.name_en, v.region, v.address, s.asked, s.answered_in_time, s.mean_micros, \
         (SELECT CAST(COUNT(*) AS BIGINT) FROM listing_images i WHERE i.listing_id = l.id) AS pictures, \
         (SELECT string_agg(c.name, '\n' ORDER BY c.position, c.id) FROM vendor_certificates c WHERE c.vendor_id = l.vendor_id \
         AND (c.valid_until IS NULL OR c.valid_until >= CAST($2 AS TEXT))) AS certificates \
         FROM listings l CROSS JOIN vendors v LEFT JOIN vendor_response_stats s ON s.vendor_id = l.vendor_id WHERE v.id = l.vendor_id AND "
    };
}

/// Up to twenty listings.
pub const BY_IDS: &str = concat!(
    doc_columns!(),
    "l.id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) AND ",
    crate::visible_listings!(by_identity)
);

/// The next listings by identity. They are walked along it: by the index of those that are published, or of those of each
/// vendor, SQLite would collect and sort all of them again for every piece. (`CROSS JOIN` is an order that it keeps.)
pub const AFTER: &str = concat!(
    doc_columns!(),
    "l.id > $3 AND ",
    crate::visible_listings!(by_identity),
    " ORDER BY l.id LIMIT $4"
);

/// Everything that goes into a document.
#[derive(Debug, sqlx::FromRow)]
pub(super) struct DocRow {
    id: Uuid,
    category: String,
    title_ko: String,
    title_en: String,
    description_ko: String,
    description_en: String,
    specs: String,
    unit: String,
    price_kind: String,
    price_minor: Option<i64>,
    price_currency: String,
    price_tiers: String,
    moq: Option<i64>,
    lead_time_days: Option<i64>,
    origin: String,
    hs_code: String,
    part_number: String,
    drawing: Option<String>,
    published_at: Option<Timestamp>,
    free_until: Option<Timestamp>,
    vendor_id: Uuid,
    name_ko: String,
    name_en: String,
    region: String,
    address: String,
    asked: Option<i64>,
    answered_in_time: Option<i64>,
    mean_micros: Option<i64>,
    pictures: i64,
    certificates: Option<String>,
}

impl DocRow {
    /// The document of this listing.
    pub(super) fn into_doc(self, settings: &Settings) -> SearchDoc {
        let record = AnswerRecord::from_columns(self.asked, self.answered_in_time, self.mean_micros);
        let (badges, certificates) = badge_codes(self.certificates.as_deref().unwrap_or_default());
        let (categories, category_names) = place(&self.category);
        let region_names = region_names(&self.region, &self.address);
        let pictures = usize::try_from(self.pictures).unwrap_or(0);
        let content = ListingContent {
            category: self.category,
            price: read_price(&self.price_kind, self.price_minor, &self.price_currency, &self.price_tiers),
            specs: read_specs(&self.specs),
            drawing: self
                .drawing
                .as_deref()
                .and_then(read_drawing)
                .and_then(|drawing| serde_json::to_value(drawing).ok()),
            title_ko: self.title_ko,
            title_en: self.title_en,
            description_ko: self.description_ko,
            description_en: self.description_en,
            unit: self.unit,
            moq: self.moq,
            lead_time_days: self.lead_time_days,
            origin: self.origin,
            hs_code: self.hs_code,
            part_number: self.part_number,
        };
        let completeness = completeness(&content, pictures).score;
        SearchDoc {
            id: self.id,
            description: description(&content),
            specs: spec_lines(&content.specs),
            price_kind: content.price.kind().to_owned(),
            price_minor: content
                .price
                .lowest()
                .filter(|money| money.currency == Currency::Krw)
                .map(|money| money.minor),
            title_ko: content.title_ko,
            title_en: content.title_en,
            part_number: content.part_number,
            keywords: String::new(),
            unit: content.unit,
            hs_code: content.hs_code,
            vendor_id: self.vendor_id,
            vendor_ko: self.name_ko,
            vendor_en: self.name_en,
            categories,
            category_names,
            region: self.region,
            region_names,
            moq: content.moq,
            lead_days: content.lead_time_days,
            badges,
            certificates,
            answer_hours: record
                .shown(settings.stats_min_threads)
                .map(|shown| (shown.mean_micros + HOUR - 1).div_euclid(HOUR)),
            answered_permille: record.permille(settings.stats_min_threads),
            completeness_permille: u32::try_from(completeness.clamp(0, 1000)).unwrap_or(0),
            published_at: self.published_at.map_or(0, |at| at.0),
            free_until: self.free_until.map_or(0, |at| at.0),
        }
    }
}

fn description(content: &ListingContent) -> String {
    let mut text = markdown::to_plain(&content.description_ko);
    if !content.description_en.is_empty() {
        text.push('\n');
        text.push_str(&markdown::to_plain(&content.description_en));
    }
    text
}

fn spec_lines(specs: &[SpecRow]) -> String {
    let mut out = String::new();
    for row in specs {
        for part in [&row.name_ko, &row.name_en, &row.value] {
            if !part.is_empty() {
                out.push_str(part);
                out.push(' ');
            }
        }
        // the unit follows its number without a blank, as it is read: 15mm
        if out.ends_with(' ') {
            out.pop();
        }
        out.push_str(&row.unit);
        out.push('\n');
    }
    out
}

/// Codes from root to leaf, and their names in both languages.
fn place(code: &str) -> (Vec<String>, String) {
    let Some(leaf) = taxonomy::find(code) else { return (Vec::new(), String::new()) };
    let mut way = taxonomy::ancestors(code);
    way.push(leaf);
    let names = way
        .iter()
        .map(|category| format!("{} {}", category.name_ko, category.name_en))
        .collect::<Vec<_>>()
        .join("\n");
    (way.iter().map(|category| category.code.to_owned()).collect(), names)
}

fn region_names(region: &str, address: &str) -> String {
    let Some(sido) = regions::find(region) else { return String::new() };
    let district = regions::district_of(address)
        .map(|district| format!(" {} {}", district.name_ko, district.name_en))
        .unwrap_or_default();
    format!("{} {} {}{district}", sido.name_ko, sido.short_ko, sido.name_en)
}

/// Codes of company statuses and of standards among the names, each once.
fn badge_codes(names: &str) -> (Vec<String>, Vec<String>) {
    let mut codes: (Vec<String>, Vec<String>) = Default::default();
    for badge in names.lines().filter_map(badges::recognise) {
        let place = if badge.standard { &mut codes.1 } else { &mut codes.0 };
        if !place.iter().any(|code| code == badge.code) {
            place.push(badge.code.to_owned());
        }
    }
    codes
}
