//! What a company's people see first: what waits, four figures, what to do next.

use uuid::Uuid;

use super::model::Vendor;
use super::service;
use crate::accounts::access::Verb;
use crate::catalog;
use crate::catalog::ListingSummary;
use crate::cx::Cx;
use crate::error::Result;
use crate::inquiries::lines;
use crate::time::{DAY, Timestamp};

/// Days before the end of a window from which it is something to do.
const ENDING_DAYS: i64 = 14;
/// Listings and inquiries shown.
const SHORT_LIST: i64 = 5;

/// The figures of a company in one row; `$1` is the time, `$2` the company, `$3` the end of the coming fortnight.
pub const FIGURES: &str = concat!(
    "SELECT (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l JOIN vendors v ON v.id = l.vendor_id WHERE l.vendor_id = $2 AND ",
    crate::visible_listings!(),
    ") AS visible, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.vendor_id = $2 AND t.state = 'waiting_vendor') AS waiting, \
     (SELECT MIN(t.last_message_at) FROM threads t WHERE t.vendor_id = $2 AND t.state = 'waiting_vendor') AS oldest_waiting, \
     (SELECT MIN(l.free_until) FROM listings l WHERE l.vendor_id = $2 AND l.state = 'published' AND l.free_until > $1) AS next_end, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l WHERE l.vendor_id = $2) AS listings, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l WHERE l.vendor_id = $2 AND l.state = 'draft') AS drafts, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l WHERE l.vendor_id = $2 AND l.state = 'changes_requested') AS returned, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l WHERE l.vendor_id = $2 AND l.state = 'published' AND l.free_until > $1 AND l.free_until <= $3) AS ending, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l WHERE l.vendor_id = $2 AND l.state = 'expired') AS expired, \
     (SELECT CAST(COUNT(*) AS BIGINT) FROM listings l WHERE l.vendor_id = $2 AND l.state = 'published' \
        AND NOT EXISTS (SELECT 1 FROM listing_images i WHERE i.listing_id = l.id)) AS without_picture, \
     (SELECT s.asked FROM vendor_response_stats s WHERE s.vendor_id = $2) AS asked, \
     (SELECT s.answered_in_time FROM vendor_response_stats s WHERE s.vendor_id = $2) AS answered_in_time, \
     (SELECT s.mean_micros FROM vendor_response_stats s WHERE s.vendor_id = $2) AS mean_micros"
);
/// Inquiries that wait for this company, the most urgent first.
pub const WAITING: &str = "SELECT t.id, t.subject, t.quantity, t.lang, t.due_at, t.last_message_at, u.company, u.country, l.title_ko, l.title_en \
    FROM threads t JOIN users u ON u.id = t.buyer_id JOIN listings l ON l.id = t.listing_id WHERE t.vendor_id = $1 AND t.state = 'waiting_vendor' \
    ORDER BY t.due_at NULLS LAST, t.id LIMIT $2";

/// The figures of a company.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Figures {
    /// Listings strangers see.
    pub visible: i64,
    /// Inquiries that wait for an answer.
    pub waiting: i64,
    /// Since when the oldest of them waits.
    pub oldest_waiting: Option<Timestamp>,
    /// When the next free window ends.
    pub next_end: Option<Timestamp>,
    /// All listings.
    pub listings: i64,
    /// Listings being written.
    pub drafts: i64,
    /// Listings returned by a curator.
    pub returned: i64,
    /// Listings whose window ends within a fortnight.
    pub ending: i64,
    /// Listings whose window is over.
    pub expired: i64,
    /// Published listings without a picture.
    pub without_picture: i64,
    asked: Option<i64>,
    answered_in_time: Option<i64>,
    mean_micros: Option<i64>,
}

/// How the company answers, once enough were asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Threads that count.
    pub asked: i64,
    /// Of these, answered in time.
    pub in_time: i64,
    /// In percent.
    pub rate: i64,
    /// Mean time to the first answer.
    pub mean_micros: Option<i64>,
}

impl Figures {
    /// The response figures; none below `least` threads.
    pub fn answers(&self, least: i64) -> Option<Answers> {
        let asked = self.asked.filter(|asked| *asked >= least.max(1))?;
        let in_time = self.answered_in_time.unwrap_or(0);
        Some(Answers { asked, in_time, rate: in_time * 100 / asked, mean_micros: self.mean_micros })
    }
}

/// An inquiry that waits.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WaitingThread {
    /// Identity.
    pub id: Uuid,
    /// What it is about, in the reader's language where the product has a title in it.
    pub subject: String,
    /// How much is needed, as the buyer wrote it.
    pub quantity: String,
    /// Language of the buyer.
    pub lang: String,
    /// Until when an answer is due.
    pub due_at: Option<Timestamp>,
    /// When the buyer wrote last.
    pub last_message_at: Timestamp,
    /// The buyer's company.
    pub company: Option<String>,
    /// The buyer's country.
    pub country: Option<String>,
    title_ko: String,
    title_en: String,
}

/// Everything on a company's first page.
#[derive(Clone, Debug)]
pub struct Dashboard {
    /// The company.
    pub vendor: Vendor,
    /// Its figures.
    pub figures: Figures,
    /// Its most urgent inquiries.
    pub waiting: Vec<WaitingThread>,
    /// Its listings touched last.
    pub listings: Vec<ListingSummary>,
}

/// What a company's people see first.
///
/// # Errors
/// `NotSignedIn`, `NotFound` for another's company.
pub async fn open(cx: &Cx, vendor_id: Uuid) -> Result<Dashboard> {
    let mut db = cx.read().await?;
    let vendor = service::own(cx, &mut db, vendor_id, Verb::OpenVendorDesk).await?;
    let now = cx.now();
    let figures = crate::fetch_one!(db, Figures, FIGURES, now, vendor_id, now.plus(ENDING_DAYS * DAY))?;
    let mut waiting = crate::fetch_all!(db, WaitingThread, WAITING, vendor_id, SHORT_LIST)?;
    for thread in &mut waiting {
        thread.subject = lines::in_words_of(cx.lang, &thread.subject, (&thread.title_ko, &thread.title_en));
    }
    let listings = catalog::shelf::list_of_vendor(&mut db, vendor_id, None, SHORT_LIST, 0).await?;
    Ok(Dashboard { vendor, figures, waiting, listings })
}
