//! A listing as a row or card: everything a list shows of it, read in one statement.

use std::sync::{Arc, LazyLock};

use time::Date;
use uuid::Uuid;

use super::packed;
use super::record::AnswerRecord;
use super::today;
use crate::catalog::badges::{self, Badge};
use crate::catalog::drawing::{Drawing, Family};
use crate::catalog::model::{Price, SpecRow, Tier};
use crate::cx::Cx;
use crate::db::Arg;
use crate::error::Result;
use crate::lang::Lang;
use crate::memo::Memo;
use crate::money::{Currency, Money};
use crate::text;
use crate::time::Timestamp;

/// Most cards read at once.
pub const CARDS: usize = 20;

/// A card that lists share: what was read of one text serves every reader until the text differs.
pub type Card = Arc<ListingCard>;

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
    /// When it was shown for the first time.
    pub first_published_at: Timestamp,
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
    /// The last day of the rest that it takes today.
    pub rests_until: Option<Date>,
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

/// One card as one text, for statements that name listings `l`, vendors `v`, records `s`, pictures `m` and bind today as
/// `$2`. A column costs an allocation in the driver and a row a wake-up, so that a list of twenty cards in twenty-eight
/// columns took half of a page's time; as one text it is read by splitting ([`ListingCard::read`] names the fields). The
/// certificates come in their index's order: to sort them inside the aggregate builds a tree for each card.
#[macro_export]
#[doc(hidden)]
macro_rules! card {
    () => {
        "concat_ws('\u{1f}', hex(l.id), hex(l.vendor_id), l.slug, l.title_ko, l.title_en, l.category, l.specs, l.unit, l.price_kind, \
         COALESCE(CAST(l.price_minor AS TEXT), ''), l.price_currency, l.price_tiers, COALESCE(CAST(l.moq AS TEXT), ''), \
         COALESCE(CAST(l.lead_time_days AS TEXT), ''), COALESCE(l.drawing, ''), COALESCE(CAST(l.published_at AS TEXT), ''), COALESCE(CAST(l.first_published_at AS TEXT), ''), \
         v.slug, v.name_ko, v.name_en, v.region, v.address, COALESCE(CAST(s.asked AS TEXT), ''), \
         COALESCE(CAST(s.answered_in_time AS TEXT), ''), COALESCE(CAST(s.mean_micros AS TEXT), ''), \
         COALESCE(m.hash, ''), COALESCE(CAST(m.width AS TEXT), ''), COALESCE(CAST(m.height AS TEXT), ''), COALESCE(\
         (SELECT string_agg(c.name, '\u{1e}') FROM (SELECT h.name FROM vendor_certificates h WHERE h.vendor_id = l.vendor_id \
         AND (h.valid_until IS NULL OR h.valid_until >= CAST($2 AS TEXT)) ORDER BY h.position) c), ''), COALESCE(\
         (SELECT MAX(d.last_day) FROM vendor_days_off d WHERE d.vendor_id = l.vendor_id AND d.ended_at IS NULL \
         AND d.first_day <= CAST($2 AS TEXT) AND d.last_day >= CAST($2 AS TEXT)), ''))"
    };
}

/// The beginning of a statement that gives all its cards as one text, in this order or in none (to order them means to
/// copy them all once more).
#[macro_export]
#[doc(hidden)]
macro_rules! select_cards {
    ($order:literal) => {
        concat!("SELECT string_agg(", $crate::card!(), ", '\u{1d}' ORDER BY ", $order, ")")
    };
    () => {
        concat!("SELECT string_agg(", $crate::card!(), ", '\u{1d}')")
    };
}

/// The same for a statement whose inner part `q` has chosen the cards (`q.card`) and cut them off.
#[macro_export]
#[doc(hidden)]
macro_rules! select_chosen_cards {
    ($order:literal) => {
        concat!("SELECT string_agg(q.card, '\u{1d}' ORDER BY ", $order, ")")
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
         LEFT JOIN media m ON m.id = (SELECT f.media_id FROM listing_images f \
         WHERE f.listing_id = l.id ORDER BY f.position, f.media_id LIMIT 1)"
    };
}

/// Up to twenty cards, in no order that matters. `CROSS JOIN` finds the listings first, whatever the statistics say: of a
/// database that was never analysed the planner went through all vendors (1 ms instead of 0.07).
pub const BY_IDS: &str = concat!(
    crate::select_cards!(),
    " FROM listings l CROSS JOIN vendors v",
    crate::card_pictures!(),
    " WHERE v.id = l.vendor_id AND l.id IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22) AND ",
    crate::visible_listings!(by_identity)
);

/// Runs a statement that binds what stands in brackets and then twenty identities (fewer are filled up with nil).
#[macro_export]
#[doc(hidden)]
macro_rules! fetch_by_ids {
    ($db:expr, $how:ident, $row:ty, $sql:expr, [$($first:expr),*], $ids:expr) => {{
        let mut padded = [uuid::Uuid::nil(); $crate::catalog::browse::CARDS];
        padded.iter_mut().zip($ids).for_each(|(place, id)| *place = *id);
        $crate::fetch_by_twenty!($db, $how, $row, $sql, [$($first),*], padded)
    }};
}

/// Runs a statement that binds what stands in brackets and then twenty values.
#[macro_export]
#[doc(hidden)]
macro_rules! fetch_by_twenty {
    ($db:expr, $how:ident, $row:ty, $sql:expr, [$($first:expr),*], $values:expr) => {{
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t] = $values;
        $crate::$how!($db, $row, $sql $(, $first)*, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, q, r, s, t)
    }};
}

impl ListingCard {
    /// A card from its text (`card!` writes it). One of another shape is none: control characters are taken out of
    /// everything that is stored, so this is a card that something else than this program wrote.
    fn read(card: &str) -> Option<Self> {
        let [
            id,
            vendor_id,
            slug,
            title_ko,
            title_en,
            category,
            specs,
            unit,
            price_kind,
            price_minor,
            price_currency,
            price_tiers,
            moq,
            lead_time_days,
            drawing,
            published_at,
            first_published_at,
            vendor_slug,
            name_ko,
            name_en,
            region,
            address,
            asked,
            answered_in_time,
            mean_micros,
            picture,
            width,
            height,
            certificates,
            rests_until,
        ] = packed::fields(card)?;
        Some(Self {
            id: Uuid::try_parse(id).ok()?,
            slug: slug.to_owned(),
            title_ko: title_ko.to_owned(),
            title_en: title_en.to_owned(),
            category: category.to_owned(),
            specs: read_specs(specs),
            unit: unit.to_owned(),
            price: read_price(price_kind, number(price_minor), price_currency, price_tiers),
            moq: number(moq),
            lead_time_days: number(lead_time_days),
            picture: (!picture.is_empty()).then(|| Picture {
                hash: picture.to_owned(),
                width: number(width).unwrap_or(0),
                height: number(height).unwrap_or(0),
                alt_ko: String::new(),
                alt_en: String::new(),
            }),
            drawing: read_drawing(drawing),
            published_at: Timestamp(number(published_at).unwrap_or(0)),
            first_published_at: Timestamp(number(first_published_at).unwrap_or(0)),
            vendor: CardVendor {
                id: Uuid::try_parse(vendor_id).ok()?,
                slug: vendor_slug.to_owned(),
                name_ko: name_ko.to_owned(),
                name_en: name_en.to_owned(),
                region: region.to_owned(),
                address: address.to_owned(),
                record: AnswerRecord::from_columns(
                    number(asked),
                    number(answered_in_time),
                    number(mean_micros),
                ),
                rests_until: text::day(rests_until),
                certificates: packed::rows(Some(certificates))
                    .map(|[name]: [&str; 1]| name.to_owned())
                    .collect(),
            },
        })
    }
}

/// A number of a packed text; none where the column was null.
pub(super) fn number(text: &str) -> Option<i64> {
    text.parse().ok()
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
pub async fn cards_by_ids(cx: &Cx, ids: &[Uuid]) -> Result<Vec<Card>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut args = [Arg::Id(Uuid::nil()); CARDS + 2];
    let today = day(cx);
    args[0] = cx.this_second().into();
    args[1] = today.as_str().into();
    args[2..].iter_mut().zip(ids).for_each(|(place, id)| *place = Arg::Id(*id));
    let mut cards = cards(cx, BY_IDS, &args).await?;
    cards.sort_by_key(|card| ids.iter().position(|id| *id == card.id));
    Ok(cards)
}

/// The cards that a statement gives in its one text.
pub(super) async fn cards(cx: &Cx, sql: &'static str, args: &[Arg<'_>]) -> Result<Vec<Card>> {
    let packed = cx.market.db().read_text(sql, args).await?;
    Ok(packed::groups(packed.as_deref()).filter_map(shared).collect())
}

/// A card beside the whole text that it was read from.
type ReadCard = (Arc<str>, Option<Card>);

static READ: LazyLock<Memo<Uuid, ReadCard>> = LazyLock::new(|| Memo::new(1024));

/// Every page says the same of a listing until somebody changes it: a text that is known is not taken apart again. The
/// text itself comes from the database each time, so a card is never older than its statement.
fn shared(text: &str) -> Option<Card> {
    let id = Uuid::try_parse(text.get(..32)?).ok()?;
    let same = |(known, _): &ReadCard| **known == *text;
    READ.get(id, same, || (text.into(), ListingCard::read(text).map(Arc::new))).1
}

pub(super) fn day(cx: &Cx) -> String {
    today(cx.now())
}
