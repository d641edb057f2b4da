//! The public page of one listing: two statements, or where its address leads instead.

use uuid::Uuid;

use super::card::{CardsRow, ListingCard, Picture, cards, day, read_drawing, read_price, read_specs};
use super::packed;
use super::record::AnswerRecord;
use crate::catalog::drawing::{Drawing, Family};
use crate::catalog::model::{Price, SpecRow};
use crate::catalog::rules::{VendorStanding, Visibility, is_visible};
use crate::catalog::states::ListingState;
use crate::catalog::store;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::lang::Lang;
use crate::time::Timestamp;

/// Neighbours shown of each kind.
const NEIGHBOURS: i64 = 4;

/// A listing by its address with everything of its vendor that the page shows.
pub const FIND_PAGE: &str = concat!(
    "SELECT l.id, l.slug, l.state, l.category, l.title_ko, l.title_en, l.description_ko, l.description_en, l.specs, l.unit, \
    l.price_kind, l.price_minor, l.price_currency, l.price_tiers, l.moq, l.lead_time_days, l.origin, l.hs_code, l.part_number, l.drawing, \
    l.updated_at, l.published_at, l.free_until, l.vendor_id, v.slug AS vendor_slug, v.state AS vendor_state, v.registry_status, v.registry_checked_at, \
    v.business_number, v.name_ko, v.name_en, v.representative, v.region, v.address, v.phone, v.email, v.holiday_until, \
    s.asked, s.answered_in_time, s.mean_micros, ",
    crate::packed!(
        ["m.hash", "CAST(m.width AS TEXT)", "CAST(m.height AS TEXT)", "i.alt_ko", "i.alt_en"],
        "i.position, i.media_id",
        "listing_images i JOIN media m ON m.id = i.media_id WHERE i.listing_id = l.id"
    ),
    " AS pictures, ",
    crate::packed!(
        ["c.name", "c.issuer", "c.number", "COALESCE(c.valid_until, '')"],
        "c.position, c.id",
        "vendor_certificates c WHERE c.vendor_id = l.vendor_id"
    ),
    " AS certificates \
    FROM listings l JOIN vendors v ON v.id = l.vendor_id LEFT JOIN vendor_response_stats s ON s.vendor_id = v.id WHERE l.slug = $1"
);

/// Certificates of a vendor in order.
pub const CERTIFICATES: &str = "SELECT name, issuer, number, valid_until FROM vendor_certificates WHERE vendor_id = $1 ORDER BY position, id";

/// Neighbours of a listing: others of its vendor, and others of its category by other vendors. They are chosen first;
/// `CROSS JOIN` keeps the planner from reading every published listing to see whether it was.
pub const RELATED: &str = concat!(
    crate::select_cards!("l.published_at DESC, l.id DESC"),
    " FROM (SELECT a.id FROM (SELECT o.id FROM listings o WHERE o.vendor_id = $3 AND o.id <> $4 AND o.state = 'published' \
     AND o.free_until > $1 ORDER BY o.published_at DESC, o.id DESC LIMIT $6) a \
     UNION ALL SELECT b.id FROM (SELECT n.id FROM listings n JOIN vendors w ON w.id = n.vendor_id WHERE n.category = $5 AND n.vendor_id <> $3 \
     AND n.state = 'published' AND n.free_until > $1 AND ",
    crate::visible_vendors!("w"),
    " ORDER BY n.published_at DESC, n.id DESC LIMIT $6) b) q CROSS JOIN listings l",
    crate::card_tables!(),
    " WHERE l.id = q.id AND ",
    crate::visible_listings!()
);

/// Where the address of a listing leads.
#[derive(Clone, Debug, PartialEq)]
pub enum FoundListing {
    /// Here it is.
    Shown(Box<ListingPage>),
    /// Its address is now this one (301).
    Moved(String),
    /// It was there and is over (410): what it was, and what is like it.
    Gone {
        /// Korean title.
        title_ko: String,
        /// English title.
        title_en: String,
        /// Code of the category.
        category: String,
        /// Listings to look at instead.
        alternatives: Vec<ListingCard>,
    },
}

/// A listing as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct ListingPage {
    /// Identity.
    pub id: Uuid,
    /// Address below `/listings/`.
    pub slug: String,
    /// Code of the category.
    pub category: String,
    /// Korean title.
    pub title_ko: String,
    /// English title, may be empty.
    pub title_en: String,
    /// Korean description (markdown subset).
    pub description_ko: String,
    /// English description, may be empty.
    pub description_en: String,
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
    /// Where it is made.
    pub origin: String,
    /// Customs code, digits only.
    pub hs_code: String,
    /// Maker's type or part number.
    pub part_number: String,
    /// The listing's own drawing.
    pub drawing: Option<Drawing>,
    /// Last change.
    pub updated_at: Timestamp,
    /// When the running window began.
    pub published_at: Timestamp,
    /// When it ends.
    pub free_until: Timestamp,
    /// Pictures in order.
    pub pictures: Vec<Picture>,
    /// Certificates of the vendor, expired ones too.
    pub certificates: Vec<Certificate>,
    /// Who answers for it.
    pub supplier: SupplierIdentity,
    /// Others of this vendor.
    pub siblings: Vec<ListingCard>,
    /// Others of this category.
    pub similar: Vec<ListingCard>,
}

/// The identity that the law wants beside every offer, and how the vendor answers.
#[derive(Clone, Debug, PartialEq)]
pub struct SupplierIdentity {
    /// Identity.
    pub id: Uuid,
    /// Address below `/vendors/`.
    pub slug: String,
    /// Korean name.
    pub name_ko: String,
    /// English name, may be empty.
    pub name_en: String,
    /// Who represents it.
    pub representative: String,
    /// Ten digits.
    pub business_number: String,
    /// The tax registry says that it trades; none when it was not asked yet.
    pub trading: Option<bool>,
    /// When the registry was asked.
    pub registry_checked_at: Option<Timestamp>,
    /// Code of the province.
    pub region: String,
    /// Street address.
    pub address: String,
    /// Telephone.
    pub phone: String,
    /// Address for mail.
    pub email: String,
    /// Away until then.
    pub holiday_until: Option<Timestamp>,
    /// How it answers.
    pub record: AnswerRecord,
}

/// A certificate as the vendor states it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Certificate {
    /// Name.
    pub name: String,
    /// Who issued it.
    pub issuer: String,
    /// Its number.
    pub number: String,
    /// Last day, `2027-03-11`; none when it has no end.
    pub valid_until: Option<String>,
}

impl Certificate {
    /// Whether its last day has passed.
    pub fn is_expired(&self, today: &str) -> bool {
        self.valid_until.as_deref().is_some_and(|until| until < today)
    }
}

impl ListingPage {
    /// Title in a language, the other one when it is missing.
    pub fn title(&self, lang: Lang) -> &str {
        lang.pick(&self.title_ko, &self.title_en)
    }

    /// Description in a language, the other one when it is missing.
    pub fn description(&self, lang: Lang) -> &str {
        lang.pick(&self.description_ko, &self.description_en)
    }

    /// What is drawn where there is no picture: its own drawing, or that of its category.
    pub fn shown_drawing(&self) -> Drawing {
        self.drawing.clone().unwrap_or_else(|| Drawing::plain(Family::for_category(&self.category)))
    }
}

impl SupplierIdentity {
    /// Name in a language, the other one when it is missing.
    pub fn name(&self, lang: Lang) -> &str {
        lang.pick(&self.name_ko, &self.name_en)
    }
}

#[derive(sqlx::FromRow)]
struct PageRow {
    id: Uuid,
    slug: String,
    state: String,
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
    updated_at: Timestamp,
    published_at: Option<Timestamp>,
    free_until: Option<Timestamp>,
    vendor_id: Uuid,
    vendor_slug: String,
    vendor_state: String,
    registry_status: String,
    registry_checked_at: Option<Timestamp>,
    business_number: String,
    name_ko: String,
    name_en: String,
    representative: String,
    region: String,
    address: String,
    phone: String,
    email: String,
    holiday_until: Option<Timestamp>,
    asked: Option<i64>,
    answered_in_time: Option<i64>,
    mean_micros: Option<i64>,
    pictures: Option<String>,
    certificates: Option<String>,
}

/// The page behind an address.
///
/// # Errors
/// `NotFound` when there is none that a stranger may know of.
pub async fn find_listing(cx: &Cx, slug: &str) -> Result<FoundListing> {
    let mut db = cx.read().await?;
    let Some(row) = crate::fetch_optional!(db, PageRow, FIND_PAGE, slug)? else {
        let moved = crate::fetch_optional!(db, (String,), store::FIND_MOVED, slug)?;
        return moved.map(|(slug,)| FoundListing::Moved(slug)).ok_or_else(|| ErrorKind::NotFound.into());
    };
    let state = ListingState::from_code(&row.state).ok_or(ErrorKind::Internal)?;
    let standing = VendorStanding::from_codes(&row.vendor_state, &row.registry_status);
    match is_visible(standing, state, row.free_until, cx.now()) {
        Visibility::Hidden => Err(ErrorKind::NotFound.into()),
        Visibility::Gone => {
            let alternatives = related(cx, &mut db, &row).await?;
            Ok(FoundListing::Gone {
                title_ko: row.title_ko,
                title_en: row.title_en,
                category: row.category,
                alternatives,
            })
        }
        Visibility::Visible => show(cx, &mut db, row).await.map(|page| FoundListing::Shown(Box::new(page))),
    }
}

async fn related(cx: &Cx, db: &mut impl Handle, row: &PageRow) -> Result<Vec<ListingCard>> {
    let rows = crate::fetch_one!(
        *db,
        CardsRow,
        RELATED,
        cx.now(),
        day(cx),
        row.vendor_id,
        row.id,
        row.category.as_str(),
        NEIGHBOURS
    )?;
    Ok(cards(rows))
}

async fn show(cx: &Cx, db: &mut impl Handle, row: PageRow) -> Result<ListingPage> {
    let related = related(cx, db, &row).await?;
    let (siblings, similar) = related.into_iter().partition(|card| card.vendor.id == row.vendor_id);
    Ok(ListingPage {
        pictures: packed::rows(row.pictures.as_deref()).map(picture).collect(),
        certificates: packed::rows(row.certificates.as_deref()).map(certificate).collect(),
        siblings,
        similar,
        specs: read_specs(&row.specs),
        price: read_price(&row.price_kind, row.price_minor, &row.price_currency, &row.price_tiers),
        drawing: row.drawing.as_deref().and_then(read_drawing),
        published_at: row.published_at.unwrap_or(row.updated_at),
        free_until: row.free_until.unwrap_or(row.updated_at),
        id: row.id,
        slug: row.slug,
        category: row.category,
        title_ko: row.title_ko,
        title_en: row.title_en,
        description_ko: row.description_ko,
        description_en: row.description_en,
        unit: row.unit,
        moq: row.moq,
        lead_time_days: row.lead_time_days,
        origin: row.origin,
        hs_code: row.hs_code,
        part_number: row.part_number,
        updated_at: row.updated_at,
        supplier: SupplierIdentity {
            id: row.vendor_id,
            slug: row.vendor_slug,
            name_ko: row.name_ko,
            name_en: row.name_en,
            representative: row.representative,
            business_number: row.business_number,
            trading: trading(&row.registry_status),
            registry_checked_at: row.registry_checked_at,
            region: row.region,
            address: row.address,
            phone: row.phone,
            email: row.email,
            holiday_until: row.holiday_until,
            record: AnswerRecord::from_columns(row.asked, row.answered_in_time, row.mean_micros),
        },
    })
}

fn picture([hash, width, height, alt_ko, alt_en]: [&str; 5]) -> Picture {
    let size = |text: &str| text.parse().unwrap_or(0);
    Picture {
        hash: hash.to_owned(),
        width: size(width),
        height: size(height),
        alt_ko: alt_ko.to_owned(),
        alt_en: alt_en.to_owned(),
    }
}

fn certificate([name, issuer, number, valid_until]: [&str; 4]) -> Certificate {
    Certificate {
        name: name.to_owned(),
        issuer: issuer.to_owned(),
        number: number.to_owned(),
        valid_until: (!valid_until.is_empty()).then(|| valid_until.to_owned()),
    }
}

/// What the tax registry's word means for a buyer.
pub(super) fn trading(status: &str) -> Option<bool> {
    match status {
        "active" => Some(true),
        "unknown" => None,
        _ => Some(false),
    }
}
