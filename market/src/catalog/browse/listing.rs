//! The public page of one listing: two statements, or where its address leads instead.

use std::cmp::Reverse;
use std::sync::{Arc, LazyLock};

use uuid::Uuid;

use super::card::{Card, Picture, cards, day};
use super::listing_row::{FIND_PAGE, PageText, moment};
use super::record::AnswerRecord;
use crate::catalog::drawing::{Drawing, Family};
use crate::catalog::model::{Price, SpecRow};
use crate::catalog::rules::{VendorStanding, Visibility, is_visible};
use crate::catalog::states::ListingState;
use crate::catalog::store;
use crate::cx::Cx;
use crate::error::{ErrorKind, Result};
use crate::lang::Lang;
use crate::memo::Memo;
use crate::time::Timestamp;
use crate::vendors::ahead::DaysAhead;

/// Neighbours shown of each kind.
const NEIGHBOURS: i64 = 4;

/// Certificates of a vendor in order.
pub const CERTIFICATES: &str = "SELECT name, issuer, number, valid_until FROM vendor_certificates WHERE vendor_id = $1 ORDER BY position, id";

/// Neighbours of a listing: others of its vendor, and others of its category by other vendors, the newest of each along an
/// index of its own. They are chosen first; `CROSS JOIN` keeps the planner from reading every published listing to see
/// whether it was, and from asking every vendor for listings of the category; the `+ 0` from walking all by expiry. They
/// come in no order that matters (see `select_cards!`).
pub const RELATED: &str = concat!(
    crate::select_cards!(),
    " FROM (SELECT a.id FROM (SELECT o.id FROM listings o WHERE o.vendor_id = $3 AND o.id <> $4 AND o.state = 'published' \
     AND o.free_until + 0 > $1 ORDER BY o.published_at DESC, o.id DESC LIMIT $6) a \
     UNION ALL SELECT b.id FROM (SELECT n.id FROM listings n CROSS JOIN vendors w WHERE w.id = n.vendor_id AND n.category = $5 AND n.vendor_id <> $3 \
     AND n.state = 'published' AND n.free_until + 0 > $1 AND ",
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
    Shown(Arc<ListingPage>),
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
        alternatives: Vec<Card>,
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
    pub siblings: Vec<Card>,
    /// Others of this category.
    pub similar: Vec<Card>,
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
    /// Days on which it rests.
    pub ahead: DaysAhead,
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

/// The page behind an address.
///
/// # Errors
/// `NotFound` when there is none that a stranger may know of.
pub async fn find_listing(cx: &Cx, slug: &str) -> Result<FoundListing> {
    let Some(text) = cx.market.db().read_text(FIND_PAGE, &[slug.into()]).await? else {
        let mut db = cx.read().await?;
        let moved = crate::fetch_optional!(db, (String,), store::FIND_MOVED, slug)?;
        return moved.map(|(slug,)| FoundListing::Moved(slug)).ok_or_else(|| ErrorKind::NotFound.into());
    };
    let row = PageText::read(&text)?;
    let state = ListingState::from_code(row.state).ok_or(ErrorKind::Internal)?;
    let standing = VendorStanding::from_codes(row.vendor_state, row.registry_status);
    match is_visible(standing, state, moment(row.free_until), cx.this_second()) {
        Visibility::Hidden => Err(ErrorKind::NotFound.into()),
        Visibility::Gone => Ok(FoundListing::Gone {
            title_ko: row.title_ko.to_owned(),
            title_en: row.title_en.to_owned(),
            category: row.category.to_owned(),
            alternatives: related(cx, &row).await?,
        }),
        Visibility::Visible => {
            let (id, related) = (row.id()?, related(cx, &row).await?);
            shared(id, &text, related).map(FoundListing::Shown).ok_or_else(|| ErrorKind::Internal.into())
        }
    }
}

/// A page beside everything that it was made of.
type MadePage = (Arc<str>, Vec<Card>, Option<Arc<ListingPage>>);

static MADE: LazyLock<Memo<Uuid, MadePage>> = LazyLock::new(|| Memo::new(256));

/// The page that this text and these neighbours make. They come from the database each time; only what is the same as
/// last time is not taken apart again.
fn shared(id: Uuid, text: &Arc<str>, related: Vec<Card>) -> Option<Arc<ListingPage>> {
    let same = |(known, cards, _): &MadePage| known == text && *cards == related;
    let make = || {
        let page = PageText::read(text).and_then(|row| row.into_page(related.clone()));
        (Arc::clone(text), related.clone(), page.ok().map(Arc::new))
    };
    MADE.get(id, same, make).2
}

async fn related(cx: &Cx, row: &PageText<'_>) -> Result<Vec<Card>> {
    let today = day(cx);
    let args = [
        cx.this_second().into(),
        today.as_str().into(),
        row.vendor()?.into(),
        row.id()?.into(),
        row.category.into(),
        NEIGHBOURS.into(),
    ];
    let mut related = cards(cx, RELATED, &args).await?;
    related.sort_by_key(|card| Reverse((card.published_at, card.id)));
    Ok(related)
}

/// What the tax registry's word means for a buyer.
pub(super) fn trading(status: &str) -> Option<bool> {
    match status {
        "active" => Some(true),
        "unknown" => None,
        _ => Some(false),
    }
}
