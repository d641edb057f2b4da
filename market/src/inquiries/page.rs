//! A listing as the inquiry form shows it, with what beginning a thread about it needs to know of its company.

use uuid::Uuid;

use crate::catalog::ListingState;
use crate::catalog::rules::{VendorStanding, Visibility, is_visible};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::time::Timestamp;
use crate::vendors::ahead::DaysAhead;

/// What asking needs to know of listings, by a condition.
macro_rules! ask_pages {
    ($condition:literal) => {
        concat!(
            "SELECT l.id, l.slug, l.vendor_id, l.category, l.title_ko, l.title_en, l.unit, l.moq, l.state, l.free_until, \
            v.slug AS vendor_slug, v.name_ko, v.name_en, v.state AS vendor_state, v.registry_status, ",
            $crate::vendors::ahead::days_ahead!(),
            " AS rests, \
            (SELECT g.body FROM saved_replies g WHERE g.vendor_id = v.id AND g.greets ORDER BY g.id LIMIT 1) AS greeting \
            FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE ",
            $condition
        )
    };
}
pub(super) use ask_pages;

/// What asking needs to know of a listing.
pub const ASK_PAGE: &str = ask_pages!("l.slug = $1");
/// The same by identity.
pub const ASK_PAGE_BY_ID: &str = ask_pages!("l.id = $1");

/// A listing as the inquiry form shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AskPage {
    /// Identity of the listing.
    pub id: Uuid,
    /// Its address.
    pub slug: String,
    /// The company asked.
    pub vendor_id: Uuid,
    /// Category code.
    pub category: String,
    /// Korean title.
    pub title_ko: String,
    /// English title; may be empty.
    pub title_en: String,
    /// What is counted.
    pub unit: String,
    /// Smallest order.
    pub moq: Option<i64>,
    state: String,
    free_until: Option<Timestamp>,
    /// Address of the company's page.
    pub vendor_slug: String,
    /// Korean name of the company.
    pub name_ko: String,
    /// English name; may be empty.
    pub name_en: String,
    vendor_state: String,
    registry_status: String,
    /// Days on which the company rests, packed.
    rests: Option<String>,
    /// What greets whoever begins a thread.
    pub(super) greeting: Option<String>,
}

impl AskPage {
    /// Days on which the company rests.
    pub fn ahead(&self) -> DaysAhead {
        DaysAhead::read(self.rests.as_deref())
    }

    /// Whether strangers may ask about it now.
    pub fn is_visible(&self, now: Timestamp) -> bool {
        self.demand_visible(now).is_ok()
    }

    fn demand_visible(&self, now: Timestamp) -> Result<()> {
        let vendor = VendorStanding::from_codes(&self.vendor_state, &self.registry_status);
        let state = ListingState::from_code(&self.state).ok_or(ErrorKind::NotFound)?;
        match is_visible(vendor, state, self.free_until, now) {
            Visibility::Visible => Ok(()),
            Visibility::Gone => Err(ErrorKind::Gone.into()),
            Visibility::Hidden => Err(ErrorKind::NotFound.into()),
        }
    }
}

/// The listing behind a slug, if strangers may ask about it.
///
/// # Errors
/// `NotFound`, `Gone`.
pub async fn ask_page(cx: &Cx, slug: &str) -> Result<AskPage> {
    let mut db = cx.read().await?;
    let page = crate::fetch_optional!(db, AskPage, ASK_PAGE, slug)?.ok_or(ErrorKind::NotFound)?;
    page.demand_visible(cx.now())?;
    Ok(page)
}

pub(super) async fn visible_listing(cx: &Cx, db: &mut impl Handle, id: Uuid) -> Result<AskPage> {
    let page = crate::fetch_optional!(*db, AskPage, ASK_PAGE_BY_ID, id)?.ok_or(ErrorKind::NotFound)?;
    page.demand_visible(cx.now())?;
    Ok(page)
}
