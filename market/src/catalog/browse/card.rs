//! A listing as a row or card: everything a list shows of it, read in one statement.

use uuid::Uuid;

use super::packed;
use super::record::AnswerRecord;
use super::today;
use crate::catalog::badges::{self, Badge};
use crate::catalog::drawing::{Drawing, Family};
use crate::catalog::model::{Price, SpecRow, Tier};
use crate::cx::Cx;
use crate::error::Result;
use crate::lang::Lang;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// Most cards read at once.
pub const CARDS: usize = 20;

/// A listing in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ListingCard {
    /// Identity.
    pub id: Uuid,
    /// Address below `/listings/`.
    pub slug: String,
    /// Korean title.
    pub title_ko: String,
    /// English title, may be empty.
    pub title_en: String,
    /// Code of the category.
    pub category: String,
    /// Specification table.
    pub specs: Vec<SpecRow>,
    /// What is counted.
    pub unit: String,
    /// How the price is stated.
    pub price: Price,
    /// Smallest order.
    pub moq: Option<i64>,
    /// Days until delivery.
    pub lead_time_days: Option<i64>,
    /// First picture.
    pub picture: Option<Picture>,
    /// The listing's own drawing.
    pub drawing: Option<Drawing>,
    /// When the running window began.
    pub published_at: Timestamp,
    /// Who makes it.
    pub vendor: CardVendor,
}

/// The vendor of a card.
#[derive(Clone, Debug, PartialEq)]
pub struct CardVendor {
    /// Identity.
    pub id: Uuid,
    /// Address below `/vendors/`.
    pub slug: String,
    /// Korean name.
    pub name_ko: String,
    /// English name, may be empty.
    pub name_en: String,
    /// Code of the province.
    pub region: String,
    /// Street address; lists show the city of it.
    pub address: String,
    /// How it answers.
    pub record: AnswerRecord,
    /// Names of certificates that are valid today.
    pub certificates: Vec<String>,
}

/// A stored picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Name of the image.
    pub hash: String,
    /// Width of the original.
    pub width: i64,
    /// Height of the original.
    pub height: i64,
    /// Korean description, may be empty.
    pub alt_ko: String,
    /// English description, may be empty.
    pub alt_en: String,
}

impl ListingCard {
    /// Title in a language, the other one when it is missing.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }

    /// The silhouette shown where there is no picture.
    pub fn family(&self) -> Family {
        self.drawing.as_ref().map_or_else(|| Family::for_category(&self.category), |drawing| drawing.family)
    }
}

impl CardVendor {
    /// Name in a language, the other one when it is missing.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ko, &self.name_en)
    }

    /// Badges among the certificates, each once.
    pub fn badges(&self) -> impl Iterator<Item = &'static Badge> {
        let mut seen: Vec<&'static str> = Vec::new();
        self.certificates.iter().filter_map(|name| badges::recognise(name)).filter(move |badge| {
            let new = !seen.contains(&badge.code);
            seen.push(badge.code);
            new
        })
    }
}

/// Columns of a card, for statements that name listings `l`, vendors `v`, records `s`, pictures `m` and bind today as `$2`.
#[macro_export]
#[doc(hidden)]
macro_rules! card_columns {
    () => {
        concat!("l.id, l.slug, l.title_ko, l.title_en, l.category, l.specs, l.unit, l.price_kind, l.price_minor, l.price_currency, l.price_tiers, \
         l.moq, l.lead_time_days, l.drawing, l.published_at, l.vendor_id, v.slug AS vendor_slug, v.name_ko, v.name_en, v.region, v.address, \
         s.asked, s.answered_in_time, s.mean_micros, m.hash AS picture_hash, m.width AS picture_width, m.height AS picture_height, ",
         $crate::packed!(
             ["c.name"],
             "c.position",
             "vendor_certificates c WHERE c.vendor_id = l.vendor_id AND (c.valid_until IS NULL OR c.valid_until >= CAST($2 AS TEXT))"
         ),
         " AS certificates")
    };
}

/// Tables behind the columns of a card, `l` and `v` first.
#[macro_export]
#[doc(hidden)]
macro_rules! card_tables {
    () => {
        concat!(" JOIN vendors v ON v.id = l.vendor_id", $crate::card_pictures!())
    };
}

/// Record and first picture of a listing `l` of a vendor `v`.
#[macro_export]
#[doc(hidden)]
macro_rules! card_pictures {
    () => {
        " LEFT JOIN vendor_response_stats s ON s.vendor_id = l.vendor_id \
         LEFT JOIN listing_images i ON i.listing_id = l.id AND i.media_id = (SELECT f.media_id FROM listing_images f \
         WHERE f.listing_id = l.id ORDER BY f.position, f.media_id LIMIT 1) \
         LEFT JOIN media m ON m.id = i.media_id"
    };
}

/// Up to twenty cards, in no order.
pub const BY_IDS: &str = concat!(
    "SELECT ",
    crate::card_columns!(),
    " FROM listings l",
    crate::card_tables!(),
    " WHERE l.id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) AND ",
    crate::visible_listings!()
);

/// Runs a statement that binds the time, today and twenty listings (fewer are filled up with nil).
#[macro_export]
#[doc(hidden)]
macro_rules! fetch_by_ids {
    ($db:expr, $row:ty, $sql:expr, $now:expr, $ids:expr) => {{
        let mut padded = [uuid::Uuid::nil(); $crate::catalog::browse::CARDS];
        padded.iter_mut().zip($ids).for_each(|(place, id)| *place = *id);
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = padded;
        let today = $crate::catalog::browse::today($now);
        $crate::fetch_all!(
            $db,
            $row,
            $sql,
            $now,
            today.as_str(),
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
            i,
            j,
            k,
            l,
            m,
            n,
            o,
            p,
            q,
            r,
            s,
            t
        )
    }};
}

/// A row of any statement that selects `card_columns!`.
#[derive(sqlx::FromRow)]
pub(super) struct CardRow {
    id: Uuid,
    slug: String,
    title_ko: String,
    title_en: String,
    category: String,
    specs: String,
    unit: String,
    price_kind: String,
    price_minor: Option<i64>,
    price_currency: String,
    price_tiers: String,
    moq: Option<i64>,
    lead_time_days: Option<i64>,
    drawing: Option<String>,
    published_at: Option<Timestamp>,
    vendor_id: Uuid,
    vendor_slug: String,
    name_ko: String,
    name_en: String,
    region: String,
    address: String,
    asked: Option<i64>,
    answered_in_time: Option<i64>,
    mean_micros: Option<i64>,
    picture_hash: Option<String>,
    picture_width: Option<i64>,
    picture_height: Option<i64>,
    certificates: Option<String>,
}

impl From<CardRow> for ListingCard {
    fn from(row: CardRow) -> Self {
        let size = (row.picture_width.unwrap_or(0), row.picture_height.unwrap_or(0));
        let picture = row.picture_hash.map(|hash| Picture {
            hash,
            width: size.0,
            height: size.1,
            alt_ko: String::new(),
            alt_en: String::new(),
        });
        Self {
            id: row.id,
            slug: row.slug,
            title_ko: row.title_ko,
            title_en: row.title_en,
            category: row.category,
            specs: read_specs(&row.specs),
            unit: row.unit,
            price: read_price(&row.price_kind, row.price_minor, &row.price_currency, &row.price_tiers),
            moq: row.moq,
            lead_time_days: row.lead_time_days,
            picture,
            drawing: row.drawing.as_deref().and_then(read_drawing),
            published_at: row.published_at.unwrap_or(Timestamp(0)),
            vendor: CardVendor {
                id: row.vendor_id,
                slug: row.vendor_slug,
                name_ko: row.name_ko,
                name_en: row.name_en,
                region: row.region,
                address: row.address,
                record: AnswerRecord::from_columns(row.asked, row.answered_in_time, row.mean_micros),
                certificates: packed::rows(row.certificates.as_deref())
                    .map(|[name]: [&str; 1]| name.to_owned())
                    .collect(),
            },
        }
    }
}

/// Stored specification rows; text that cannot be read shows no table rather than no page.
pub(crate) fn read_specs(json: &str) -> Vec<SpecRow> {
    serde_json::from_str(json).unwrap_or_default()
}

/// Stored drawing.
pub(crate) fn read_drawing(json: &str) -> Option<Drawing> {
    serde_json::from_str(json).ok()
}

/// Stored price; what cannot be read is "on request", never an invented number.
pub(crate) fn read_price(kind: &str, minor: Option<i64>, currency: &str, tiers: &str) -> Price {
    match kind {
        "public" => minor.map_or(Price::Negotiable, |minor| {
            Price::Public(Money { minor, currency: Currency::from_code(currency).unwrap_or_default() })
        }),
        "tiers" => match serde_json::from_str::<Vec<Tier>>(tiers) {
            Ok(tiers) if !tiers.is_empty() => Price::Tiers(tiers),
            _ => Price::Negotiable,
        },
        _ => Price::Negotiable,
    }
}

/// The cards of these listings (the first [`CARDS`]), in this order; those that may not be seen are left out.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn cards_by_ids(cx: &Cx, ids: &[Uuid]) -> Result<Vec<ListingCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut db = cx.read().await?;
    let rows = crate::fetch_by_ids!(db, CardRow, BY_IDS, cx.now(), ids)?;
    let mut cards: Vec<ListingCard> = rows.into_iter().map(ListingCard::from).collect();
    cards.sort_by_key(|card| ids.iter().position(|id| *id == card.id));
    Ok(cards)
}

pub(super) fn cards(rows: Vec<CardRow>) -> Vec<ListingCard> {
    rows.into_iter().map(ListingCard::from).collect()
}

pub(super) fn day(cx: &Cx) -> String {
    today(cx.now())
}
