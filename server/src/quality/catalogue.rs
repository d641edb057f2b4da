//! The judged listings as rows of a database and as documents of an index. The rows say what a card needs; the documents keep
//! the names of categories as the corpus has them, which are none of ours.

use std::collections::HashMap;

use market::catalog::rules::next_window_end;
use market::regions;
use market::search::SearchDoc;
use market::time::DAY;
use market::{Cx, Market, Result, execute};
use serde::Deserialize;
use uuid::Uuid;

/// Listings written in one transaction.
const AT_ONCE: usize = 5_000;

const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $3, 'approved', $4, '', '', $5, $6, '', '', '', '', 'active', $7, $7, 1)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_minor, price_currency, price_tiers, origin, hs_code, part_number, \
    created_at, updated_at, submitted_at, first_published_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', '', $4, $5, $6, '', '[]', $7, $8, $9, 'KRW', '[]', '', '', $10, $11, $11, $11, $11, $11, $12, 1)";

/// A listing of the corpus.
#[derive(Debug, Deserialize)]
pub struct JudgedListing {
    id: String,
    title_ko: String,
    #[serde(default)]
    title_en: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    category: String,
    #[serde(default)]
    unit: String,
    price_krw: Option<i64>,
    #[serde(default)]
    part_number: String,
    #[serde(default)]
    region: String,
    #[serde(default)]
    vendor: String,
}

impl JudgedListing {
    /// Code of the province where the vendor is; empty when the corpus names none.
    fn province(&self) -> &'static str {
        regions::normalise(&self.region).map_or("", |sido| sido.code)
    }

    const fn price_kind(&self) -> &'static str {
        if self.price_krw.is_some() { "public" } else { "negotiable" }
    }

    /// The document as the site would index it: the id is no search text.
    fn document(&self, id: Uuid, vendor_id: Uuid, free_until: i64) -> SearchDoc {
        SearchDoc {
            id,
            title_ko: self.title_ko.clone(),
            title_en: self.title_en.clone(),
            part_number: self.part_number.clone(),
            description: self.description.clone(),
            unit: self.unit.clone(),
            category_names: self.category.clone(),
            categories: vec![self.category.clone()],
            region: self.province().to_owned(),
            region_names: self.region.clone(),
            vendor_id,
            vendor_ko: self.vendor.clone(),
            price_kind: self.price_kind().to_owned(),
            price_minor: self.price_krw,
            free_until,
            ..SearchDoc::default()
        }
    }
}

/// The identity of a listing by its place; the nil identity stands for none.
fn identity(place: usize) -> Uuid {
    Uuid::from_u128(place as u128 + 1)
}

/// The name in the corpus of a listing that was found.
pub fn listing(listings: &[JudgedListing], id: Uuid) -> Option<&str> {
    let place = usize::try_from(id.as_u128()).ok()?.checked_sub(1)?;
    listings.get(place).map(|listing| listing.id.as_str())
}

/// Writes all rows into the empty database; gives the documents.
pub async fn fill(market: &Market, listings: &[JudgedListing]) -> Result<Vec<SearchDoc>> {
    market.db().migrate().await?;
    let cx = market.system();
    let until = next_window_end(None, cx.now(), 365);
    let (mut vendors, mut docs) = (HashMap::new(), Vec::new());
    for (piece, some) in listings.chunks(AT_ONCE).enumerate() {
        let mut tx = cx.write().await?;
        for (place, listing) in (piece * AT_ONCE..).zip(some) {
            let known = vendors.get(listing.vendor.as_str()).copied();
            let vendor = if let Some(known) = known {
                known
            } else {
                let id = vendor(&cx, &mut tx, listing, vendors.len()).await?;
                vendors.insert(listing.vendor.as_str(), id);
                id
            };
            let id = identity(place);
            execute!(
                tx,
                LISTING,
                id,
                vendor,
                format!("judged-{place}"),
                &listing.title_ko,
                &listing.title_en,
                &listing.description,
                &listing.unit,
                listing.price_kind(),
                listing.price_krw,
                &listing.part_number,
                cx.now().plus(-DAY),
                until
            )?;
            docs.push(listing.document(id, vendor, until.0));
        }
        tx.commit().await?;
    }
    market.db().refresh_statistics().await?;
    Ok(docs)
}

async fn vendor(cx: &Cx, tx: &mut market::db::Tx, listing: &JudgedListing, number: usize) -> Result<Uuid> {
    let id = cx.new_id();
    execute!(
        *tx,
        VENDOR,
        id,
        format!("judged-{number}"),
        format!("{:010}", number + 1),
        &listing.vendor,
        listing.province(),
        &listing.region,
        cx.now().plus(-DAY)
    )?;
    Ok(id)
}
