//! The public page of a vendor: at most four statements.

use uuid::Uuid;

use super::card::{Card, cards, day};
use super::listing::{CERTIFICATES, Certificate, SupplierIdentity, trading};
use super::record::AnswerRecord;
use crate::cx::Cx;
use crate::error::{ErrorKind, Result};
use crate::time::Timestamp;
use crate::vendors::ahead::DaysAhead;

/// Listings on one page.
pub const VENDOR_PER_PAGE: i64 = 20;

/// A vendor that has a page, by its address.
pub const FIND_VENDOR_PAGE: &str = concat!(
    "SELECT v.id, v.slug, v.business_number, v.name_ko, v.name_en, v.representative, v.region, v.address, v.phone, v.email, \
    v.website, v.intro_ko, v.intro_en, v.founded_year, v.employees, ",
    crate::vendors::ahead::days_ahead!(),
    " AS rests, v.registry_status, v.registry_checked_at, v.approved_at, \
    h.name_ko AS chapter_ko, h.name_en AS chapter_en, s.asked, s.answered_in_time, s.mean_micros, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l WHERE l.vendor_id = v.id AND l.state = 'published' AND l.free_until > $2) AS listings \
    FROM vendors v LEFT JOIN chapters h ON h.id = v.chapter_id LEFT JOIN vendor_response_stats s ON s.vendor_id = v.id \
    WHERE v.slug = $1 AND ",
    crate::visible_vendors!("v")
);

/// Where an old address leads.
pub const VENDOR_MOVED: &str = concat!(
    "SELECT v.slug FROM slug_history h JOIN vendors v ON v.id = h.object_id \
    WHERE h.slug = $1 AND h.kind = 'vendor' AND ",
    crate::visible_vendors!("v")
);

/// A page of a vendor's listings, the newest first.
pub const OF_VENDOR: &str = concat!(
    crate::select_chosen_cards!("q.published_at DESC, q.id DESC"),
    " FROM (SELECT l.published_at, l.id, ",
    crate::card!(),
    " AS card FROM listings l",
    crate::card_tables!(),
    " WHERE l.vendor_id = $3 AND ",
    crate::visible_listings!(),
    " ORDER BY l.published_at DESC, l.id DESC LIMIT $4 OFFSET $5) q"
);

/// Where the address of a vendor leads.
#[derive(Clone, Debug, PartialEq)]
pub enum FoundVendor {
    /// Here it is.
    Shown(Box<VendorPage>),
    /// Its address is now this one (301).
    Moved(String),
}

/// A vendor as its page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct VendorPage {
    /// Who it is.
    pub identity: SupplierIdentity,
    /// Its own site.
    pub website: Option<String>,
    /// Introduction in Korean.
    pub intro_ko: String,
    /// Introduction in English, may be empty.
    pub intro_en: String,
    /// Since when.
    pub founded_year: Option<i64>,
    /// How many people.
    pub employees: Option<i64>,
    /// Its chapter, in both languages.
    pub chapter: Option<(String, String)>,
    /// When the federation approved it.
    pub approved_at: Option<Timestamp>,
    /// Certificates, expired ones too.
    pub certificates: Vec<Certificate>,
    /// How many listings can be seen.
    pub total: i64,
    /// Those of this page.
    pub listings: Vec<Card>,
}

#[derive(sqlx::FromRow)]
struct VendorRow {
    id: Uuid,
    slug: String,
    business_number: String,
    name_ko: String,
    name_en: String,
    representative: String,
    region: String,
    address: String,
    phone: String,
    email: String,
    website: Option<String>,
    intro_ko: String,
    intro_en: String,
    founded_year: Option<i64>,
    employees: Option<i64>,
    rests: Option<String>,
    registry_status: String,
    registry_checked_at: Option<Timestamp>,
    approved_at: Option<Timestamp>,
    chapter_ko: Option<String>,
    chapter_en: Option<String>,
    asked: Option<i64>,
    answered_in_time: Option<i64>,
    mean_micros: Option<i64>,
    listings: i64,
}

/// The page behind an address; `page` counts from 1.
///
/// # Errors
/// `NotFound` when there is no vendor that may be seen.
pub async fn find_vendor(cx: &Cx, slug: &str, page: i64) -> Result<FoundVendor> {
    let mut db = cx.read().await?;
    let Some(row) = crate::fetch_optional!(db, VendorRow, FIND_VENDOR_PAGE, slug, cx.now())? else {
        let moved = crate::fetch_optional!(db, (String,), VENDOR_MOVED, slug)?;
        return moved.map(|(slug,)| FoundVendor::Moved(slug)).ok_or_else(|| ErrorKind::NotFound.into());
    };
    let certificates = crate::fetch_all!(db, Certificate, CERTIFICATES, row.id)?;
    let skip = page.clamp(1, 10_000).saturating_sub(1) * VENDOR_PER_PAGE;
    let today = day(cx);
    let args = [cx.now().into(), today.as_str().into(), row.id.into(), VENDOR_PER_PAGE.into(), skip.into()];
    let listings = cards(cx, OF_VENDOR, &args).await?;
    Ok(FoundVendor::Shown(Box::new(row.into_page(certificates, listings))))
}

impl VendorRow {
    fn into_page(self, certificates: Vec<Certificate>, listings: Vec<Card>) -> VendorPage {
        VendorPage {
            identity: SupplierIdentity {
                id: self.id,
                slug: self.slug,
                name_ko: self.name_ko,
                name_en: self.name_en,
                representative: self.representative,
                business_number: self.business_number,
                trading: trading(&self.registry_status),
                registry_checked_at: self.registry_checked_at,
                region: self.region,
                address: self.address,
                phone: self.phone,
                email: self.email,
                ahead: DaysAhead::read(self.rests.as_deref()),
                record: AnswerRecord::from_columns(self.asked, self.answered_in_time, self.mean_micros),
            },
            website: self.website,
            intro_ko: self.intro_ko,
            intro_en: self.intro_en,
            founded_year: self.founded_year,
            employees: self.employees,
            chapter: self.chapter_ko.zip(self.chapter_en),
            approved_at: self.approved_at,
            certificates,
            total: self.listings,
            listings,
        }
    }
}
