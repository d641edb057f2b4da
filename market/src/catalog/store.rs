//! SQL of listings and the rows behind them.

use uuid::Uuid;

use super::model::{Listing, ListingContent, ListingId, Price, Tier};
use super::rules::VendorStanding;
use super::states::ListingState;
use crate::db::{DatabaseError, Handle, Tx};
use crate::error::Result;
use crate::money::{Currency, Money};
use crate::time::Timestamp;

/// Vendors that strangers see, in SQL; `$vendor` is their name in the statement.
#[macro_export]
macro_rules! visible_vendors {
    ($vendor:literal) => {
        concat!($vendor, ".state = 'approved' AND ", $vendor, ".registry_status <> 'closed'")
    };
}

/// The condition of [`super::is_visible`] in SQL, for statements that name listings `l` and vendors `v`
/// and bind the time as `$1`. `by_identity` says the same where the statement names its listings already: SQLite's
/// figures come from a sample, by which it may read everything that is published rather than twenty identities.
#[macro_export]
macro_rules! visible_listings {
    () => {
        $crate::visible_listings!("l.state", "l.free_until")
    };
    (by_identity) => {
        $crate::visible_listings!("COALESCE(l.state, '')", "COALESCE(l.free_until, 0)")
    };
    ($state:literal, $until:literal) => {
        concat!($crate::visible_vendors!("v"), " AND ", $state, " = 'published' AND ", $until, " > $1")
    };
}

macro_rules! listing_columns {
    () => {
        "l.id, l.vendor_id, l.slug, l.state, l.state_reason, l.category, l.title_ko, l.title_en, l.description_ko, l.description_en, \
         l.specs, l.unit, l.price_kind, l.price_minor, l.price_currency, l.price_tiers, l.moq, l.lead_time_days, l.origin, l.hs_code, \
         l.part_number, l.drawing, l.created_at, l.updated_at, l.submitted_at, l.first_published_at, l.published_at, l.free_until, l.version, l.pictures_changed_at"
    };
}

/// One listing.
pub const FIND: &str = concat!("SELECT ", listing_columns!(), " FROM listings l WHERE l.id = $1");
/// One listing of one company.
pub const FIND_OWN: &str =
    concat!("SELECT ", listing_columns!(), " FROM listings l WHERE l.id = $1 AND l.vendor_id = $2");
/// One listing by its address.
pub const FIND_BY_SLUG: &str = concat!("SELECT ", listing_columns!(), " FROM listings l WHERE l.slug = $1");
/// Where an old address leads.
pub const FIND_MOVED: &str = "SELECT l.slug FROM slug_history h JOIN listings l ON l.id = h.object_id WHERE h.slug = $1 AND h.kind = 'listing'";
/// The company of a listing and what decides about its visibility.
pub const VENDOR_OF: &str = "SELECT v.id, v.chapter_id, v.state, v.registry_status, v.name_ko, v.name_en \
    FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE l.id = $1";
/// The state of a company.
pub const VENDOR_STATE: &str = "SELECT state FROM vendors WHERE id = $1";
/// A new listing.
pub const INSERT: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_minor, price_currency, price_tiers, moq, lead_time_days, origin, hs_code, part_number, drawing, \
    created_at, updated_at, version) \
    VALUES ($1, $2, $3, 'draft', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $21, 1)";
/// New content, if nobody wrote since version `$20`.
pub const UPDATE_CONTENT: &str = "UPDATE listings SET category = $2, title_ko = $3, title_en = $4, description_ko = $5, description_en = $6, \
    specs = $7, unit = $8, price_kind = $9, price_minor = $10, price_currency = $11, price_tiers = $12, moq = $13, lead_time_days = $14, \
    origin = $15, hs_code = $16, part_number = $17, drawing = $18, updated_at = $19, version = version + 1 WHERE id = $1 AND version = $20";
/// A new state with everything that goes with it, if it is still in state `$2` and of version `$11`.
pub const UPDATE_STATE: &str = "UPDATE listings SET state = $3, state_reason = $4, slug = $5, submitted_at = $6, first_published_at = $7, \
    published_at = $8, free_until = $9, updated_at = $10, \
    pictures_changed_at = CASE WHEN $3 = 'in_review' THEN NULL ELSE pictures_changed_at END WHERE id = $1 AND state = $2 AND version = $11";
/// Remembers an address that was given up.
pub const KEEP_SLUG: &str = "INSERT INTO slug_history (slug, kind, object_id, at) VALUES ($1, 'listing', $2, $3) ON CONFLICT (slug) DO NOTHING";
/// The public clock of a company.
pub const RESPONSE_RECORD: &str =
    "SELECT asked, answered_in_time FROM vendor_response_stats WHERE vendor_id = $1";
#[derive(sqlx::FromRow)]
struct ListingRow {
    id: Uuid,
    vendor_id: Uuid,
    slug: String,
    state: String,
    state_reason: Option<String>,
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
    created_at: Timestamp,
    updated_at: Timestamp,
    submitted_at: Option<Timestamp>,
    first_published_at: Option<Timestamp>,
    published_at: Option<Timestamp>,
    free_until: Option<Timestamp>,
    version: i64,
    pictures_changed_at: Option<Timestamp>,
}

impl ListingRow {
    fn price(&self) -> Result<Price> {
        Ok(match self.price_kind.as_str() {
            "public" => {
                let currency = Currency::from_code(&self.price_currency).unwrap_or_default();
                Price::Public(Money { minor: self.price_minor.unwrap_or(0), currency })
            }
            "tiers" => Price::Tiers(serde_json::from_str::<Vec<Tier>>(&self.price_tiers)?),
            _ => Price::Negotiable,
        })
    }
}

impl TryFrom<ListingRow> for Listing {
    type Error = crate::Error;

    fn try_from(row: ListingRow) -> Result<Self> {
        let content = ListingContent {
            price: row.price()?,
            category: row.category,
            title_ko: row.title_ko,
            title_en: row.title_en,
            description_ko: row.description_ko,
            description_en: row.description_en,
            specs: serde_json::from_str(&row.specs)?,
            unit: row.unit,
            moq: row.moq,
            lead_time_days: row.lead_time_days,
            origin: row.origin,
            hs_code: row.hs_code,
            part_number: row.part_number,
            drawing: row.drawing.as_deref().map(serde_json::from_str).transpose()?,
        };
        Ok(Self {
            id: row.id,
            vendor_id: row.vendor_id,
            slug: row.slug,
            state: state(&row.state)?,
            state_reason: row.state_reason,
            content,
            created_at: row.created_at,
            updated_at: row.updated_at,
            submitted_at: row.submitted_at,
            first_published_at: row.first_published_at,
            published_at: row.published_at,
            free_until: row.free_until,
            version: row.version,
            pictures_changed_at: row.pictures_changed_at,
        })
    }
}

/// The company a listing belongs to, as decisions need it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ListingVendor {
    /// Identity.
    pub id: Uuid,
    /// Its chapter.
    pub chapter_id: Option<Uuid>,
    /// The word of its state.
    pub state: String,
    /// The word of its registry status.
    pub registry_status: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
}

impl ListingVendor {
    /// Whether its listings may be shown.
    pub fn standing(&self) -> VendorStanding {
        VendorStanding::from_codes(&self.state, &self.registry_status)
    }
}

pub(super) fn state(code: &str) -> Result<ListingState> {
    let unknown = || DatabaseError { table: "listings", column: "state", value: code.to_owned() };
    Ok(ListingState::from_code(code).ok_or_else(unknown)?)
}

/// One listing.
pub async fn find(db: &mut impl Handle, id: ListingId) -> Result<Option<Listing>> {
    crate::fetch_optional!(*db, ListingRow, FIND, id)?.map(Listing::try_from).transpose()
}

/// One listing, if it belongs to this company.
pub async fn find_own(db: &mut impl Handle, id: ListingId, vendor_id: Uuid) -> Result<Option<Listing>> {
    crate::fetch_optional!(*db, ListingRow, FIND_OWN, id, vendor_id)?.map(Listing::try_from).transpose()
}

/// One listing by its address.
pub async fn find_by_slug(db: &mut impl Handle, slug: &str) -> Result<Option<Listing>> {
    crate::fetch_optional!(*db, ListingRow, FIND_BY_SLUG, slug)?.map(Listing::try_from).transpose()
}

/// The present address of a listing that once had this one.
pub async fn find_moved(db: &mut impl Handle, slug: &str) -> Result<Option<String>> {
    Ok(crate::fetch_optional!(*db, (String,), FIND_MOVED, slug)?.map(|(slug,)| slug))
}

/// The company of a listing.
pub async fn vendor_of(db: &mut impl Handle, id: ListingId) -> Result<Option<ListingVendor>> {
    crate::fetch_optional!(*db, ListingVendor, VENDOR_OF, id)
}

/// Stores a new draft.
pub async fn insert(
    tx: &mut Tx,
    id: ListingId,
    vendor_id: Uuid,
    slug: &str,
    content: &ListingContent,
    now: Timestamp,
) -> Result<()> {
    let price = price_columns(&content.price)?;
    crate::execute!(
        *tx,
        INSERT,
        id,
        vendor_id,
        slug,
        &content.category,
        &content.title_ko,
        &content.title_en,
        &content.description_ko,
        &content.description_en,
        serde_json::to_string(&content.specs)?,
        &content.unit,
        price.kind,
        price.minor,
        price.currency,
        &price.tiers,
        content.moq,
        content.lead_time_days,
        &content.origin,
        &content.hs_code,
        &content.part_number,
        drawing(content),
        now
    )?;
    Ok(())
}

/// Replaces the content; false when somebody else did so since `version`.
pub async fn update_content(
    tx: &mut Tx,
    id: ListingId,
    content: &ListingContent,
    version: i64,
    now: Timestamp,
) -> Result<bool> {
    let price = price_columns(&content.price)?;
    let changed = crate::execute!(
        *tx,
        UPDATE_CONTENT,
        id,
        &content.category,
        &content.title_ko,
        &content.title_en,
        &content.description_ko,
        &content.description_en,
        serde_json::to_string(&content.specs)?,
        &content.unit,
        price.kind,
        price.minor,
        price.currency,
        &price.tiers,
        content.moq,
        content.lead_time_days,
        &content.origin,
        &content.hs_code,
        &content.part_number,
        drawing(content),
        now,
        version
    )?;
    Ok(changed == 1)
}

/// Writes the state of `listing` with its moments and address; false when it is no longer in state `from` or was rewritten.
pub async fn update_state(
    tx: &mut Tx,
    listing: &Listing,
    from: ListingState,
    now: Timestamp,
) -> Result<bool> {
    let changed = crate::execute!(
        *tx,
        UPDATE_STATE,
        listing.id,
        from.code(),
        listing.state.code(),
        listing.state_reason.as_deref(),
        &listing.slug,
        listing.submitted_at,
        listing.first_published_at,
        listing.published_at,
        listing.free_until,
        now,
        listing.version
    )?;
    Ok(changed == 1)
}

pub(crate) struct PriceColumns {
    pub(crate) kind: &'static str,
    pub(crate) minor: Option<i64>,
    pub(crate) currency: &'static str,
    pub(crate) tiers: String,
}

/// The lowest price of tiers stands in `price_minor` too, so that lists can sort and filter by it.
pub(crate) fn price_columns(price: &Price) -> Result<PriceColumns> {
    let tiers = match price {
        Price::Tiers(tiers) => serde_json::to_string(tiers)?,
        Price::Public(_) | Price::Negotiable => "[]".to_owned(),
    };
    Ok(PriceColumns {
        kind: price.kind(),
        minor: price.lowest().map(|money| money.minor),
        currency: price.currency().code(),
        tiers,
    })
}

fn drawing(content: &ListingContent) -> Option<String> {
    content.drawing.as_ref().map(ToString::to_string)
}
