//! The threads of one form side by side, for their buyer.

use std::collections::BTreeMap;

use uuid::Uuid;

use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::inquiries::lines::Line;
use crate::inquiries::model::ThreadState;
use crate::inquiries::quote::Quote;
use crate::inquiries::store::MessageData;
use crate::inquiries::{lines, links};
use crate::time::Timestamp;
use crate::zones::Zone;

/// Whose form it was, and when.
pub const FIND: &str = "SELECT buyer_id, created_at FROM inquiry_batches WHERE id = $1";
/// Its threads with their vendors, in the order of the links to them.
pub const THREADS: &str = "SELECT t.id, t.state, t.subject, t.due_at, v.slug AS vendor_slug, v.name_ko, v.name_en, l.title_ko, l.title_en \
    FROM threads t JOIN vendors v ON v.id = t.vendor_id JOIN listings l ON l.id = t.listing_id WHERE t.batch_id = $1 ORDER BY t.id LIMIT 50";
/// Every quote in its threads, oldest first.
pub const QUOTES: &str = "SELECT m.thread_id, m.data FROM messages m JOIN threads t ON t.id = m.thread_id \
    WHERE t.batch_id = $1 AND m.kind = 'quote' ORDER BY m.thread_id, m.seq";

/// One thread of a form.
#[derive(Clone, Debug)]
pub struct BatchThread {
    /// The thread.
    pub id: Uuid,
    /// Where it stands.
    pub state: ThreadState,
    /// What it is called.
    pub subject: String,
    /// When the state ends by itself.
    pub due_at: Option<Timestamp>,
    /// Address of the vendor's page.
    pub vendor_slug: String,
    /// Korean name of the vendor.
    pub name_ko: String,
    /// English name of the vendor.
    pub name_en: String,
    /// What is asked for.
    pub lines: Vec<Line>,
    /// The newest quote.
    pub quote: Option<Quote>,
}

/// The threads of one form.
#[derive(Clone, Debug)]
pub struct BatchView {
    /// Their common identity.
    pub id: Uuid,
    /// When it was sent.
    pub created_at: Timestamp,
    /// In a steady order.
    pub threads: Vec<BatchThread>,
    /// The clock the reader goes by.
    pub zone: Zone,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    state: String,
    subject: String,
    due_at: Option<Timestamp>,
    vendor_slug: String,
    name_ko: String,
    name_en: String,
    title_ko: String,
    title_en: String,
}

/// The threads of one form of the signed-in person.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for forms of others.
pub async fn batch_view(cx: &Cx, id: Uuid) -> Result<BatchView> {
    let me = cx.actor.signed_in()?.id;
    load(cx, &mut cx.read().await?, id, me).await
}

/// The threads of one form, through the link of a mail. Opening changes nothing.
///
/// # Errors
/// `NotFound` for a guess, `Gone` when the link is too old.
pub async fn open_batch(cx: &Cx, text: &str) -> Result<BatchView> {
    let (batch, buyer, zone) = links::open_batch_link(cx, text).await?;
    let cx = Cx { zone, ..cx.clone() };
    load(&cx, &mut cx.read().await?, batch, buyer).await
}

/// Whose form it was, and when it was sent.
pub(in crate::inquiries) async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<(Uuid, Timestamp)>> {
    crate::fetch_optional!(*db, (Uuid, Timestamp), FIND, id)
}

/// The threads of a form of `buyer`.
pub(crate) async fn load(cx: &Cx, db: &mut impl Handle, id: Uuid, buyer: Uuid) -> Result<BatchView> {
    let (owner, created_at) = find(db, id).await?.ok_or(ErrorKind::NotFound)?;
    if owner != buyer {
        return Err(ErrorKind::NotFound.into());
    }
    let mut quotes = BTreeMap::new();
    for (thread, data) in crate::fetch_all!(*db, (Uuid, String), QUOTES, id)? {
        quotes.insert(thread, serde_json::from_str::<MessageData>(&data)?.quote);
    }
    let mut lines = lines::of_batch(db, id, cx.lang).await?;
    let mut threads = Vec::new();
    for row in crate::fetch_all!(*db, Row, THREADS, id)? {
        threads.push(BatchThread {
            lines: lines.remove(&row.id).unwrap_or_default(),
            quote: quotes.remove(&row.id).flatten(),
            id: row.id,
            state: ThreadState::stored(&row.state, "threads", "state")?,
            subject: lines::in_words_of(cx.lang, &row.subject, (&row.title_ko, &row.title_en)),
            due_at: row.due_at,
            vendor_slug: row.vendor_slug,
            name_ko: row.name_ko,
            name_en: row.name_en,
        });
    }
    Ok(BatchView { id, created_at, threads, zone: cx.zone.clone() })
}
