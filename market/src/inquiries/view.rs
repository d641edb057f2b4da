//! One thread as its two sides see it.

use uuid::Uuid;

use super::edits::{self, Earlier};
use super::lines::{self, Line};
use super::messages::{self, Stretch};
use super::model::Side;
use super::quote::Quote;
use super::reads::{self, ReadMark};
use super::reputation::{self, BuyerRecord};
use super::similar::{self, Alternative};
use super::sorting::{self, Sorted};
use super::store::{self, Contact, Message, Thread, ThreadRow};
use super::tongue::{self, Translated};
use super::withheld::HeldWords;
use crate::abuse::{HeldState, held};
use crate::accounts::access::{self, VendorRole, Verb};
use crate::accounts::consent;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::files::{self, AttachedFile};
use crate::notifications::SubjectKind;
use crate::time::Timestamp;
use crate::zones::Zone;

/// A thread with the names around it, the counts of its buyer since `$2` ([`BuyerRecord`]), and what else there is to read for `$3` at `$4`.
pub const PAGE: &str = concat!(
    "SELECT ",
    store::thread_columns!(),
    ", l.slug AS listing_slug, l.category, l.price_currency, l.title_ko, l.title_en, v.slug AS vendor_slug, v.name_ko, v.name_en, v.holiday_until, \
    v.business_number, v.representative, v.address, v.phone, v.email AS vendor_email, \
    b.name AS buyer_name, b.company AS buyer_company, b.country AS buyer_country, b.email_confirmed_at AS buyer_confirmed_at, \
    (SELECT CASE WHEN c.granted THEN c.version ELSE '' END FROM consents c \
     WHERE c.user_id = b.id AND c.kind = 'third_party' ORDER BY c.at DESC, c.id DESC LIMIT 1) AS buyer_agreed, ",
    reputation::counts!(),
    ", (SELECT CAST(COUNT(*) AS BIGINT) FROM blocks k WHERE k.vendor_id = t.vendor_id AND k.buyer_id = t.buyer_id AND k.by_side = 'buyer' AND k.ended_at IS NULL) AS buyer_blocks, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM blocks k WHERE k.vendor_id = t.vendor_id AND k.buyer_id = t.buyer_id AND k.by_side = 'vendor' AND k.ended_at IS NULL) AS vendor_blocks, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM reports r WHERE r.thread_id = t.id AND r.by_side = 'buyer' AND r.state = 'open') AS buyer_reports, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM reports r WHERE r.thread_id = t.id AND r.by_side = 'vendor' AND r.state = 'open') AS vendor_reports, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM files f WHERE f.thread_id = t.id) AS files, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM files f WHERE f.rfq_id = t.batch_id) AS request_files, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM messages q WHERE q.thread_id = t.id AND q.kind = 'quote') AS quotes, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM held_items h WHERE h.thread_id = t.id) AS held, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM one_time_tokens k WHERE k.subject_id = t.id AND k.kind = 'answer_thread' AND k.revoked_at IS NULL AND k.used_at IS NULL AND k.expires_at > $4) AS live_links, \
    (SELECT CAST(COALESCE(MAX(m.seq), 0) AS BIGINT) FROM thread_reads m WHERE m.thread_id = t.id AND m.user_id = $3) AS own_mark \
    FROM threads t JOIN listings l ON l.id = t.listing_id JOIN vendors v ON v.id = t.vendor_id JOIN users b ON b.id = t.buyer_id \
    LEFT JOIN threads o ON o.buyer_id = t.buyer_id AND o.created_at > $2 AND o.withheld_at IS NULL WHERE t.id = $1 GROUP BY t.id, l.id, v.id, b.id"
);

/// A row of [`PAGE`].
#[derive(sqlx::FromRow)]
struct PageRow {
    #[sqlx(flatten)]
    thread: ThreadRow,
    #[sqlx(flatten)]
    around: Around,
    #[sqlx(flatten)]
    buyer: BuyerRecord,
    buyer_blocks: i64,
    vendor_blocks: i64,
    buyer_reports: i64,
    vendor_reports: i64,
    files: i64,
    request_files: i64,
    quotes: i64,
    held: i64,
    live_links: i64,
    own_mark: i64,
}

/// Names around a thread.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Around {
    /// Address of the listing.
    pub listing_slug: String,
    /// Category of the listing.
    pub category: String,
    /// Code of the currency in which the listing states prices.
    pub price_currency: String,
    title_ko: String,
    title_en: String,
    /// Address of the company's page.
    pub vendor_slug: String,
    /// Korean name of the company.
    pub name_ko: String,
    /// English name of the company.
    pub name_en: String,
    /// Business number of the company.
    pub business_number: String,
    /// Who represents the company.
    pub representative: String,
    /// Where the company is.
    pub address: String,
    /// Its telephone.
    pub phone: String,
    /// Its public address for mails.
    pub vendor_email: String,
    /// The company rests until then.
    pub holiday_until: Option<Timestamp>,
    /// Name of the buyer.
    pub buyer_name: String,
    /// Company of the buyer.
    pub buyer_company: Option<String>,
    /// Country of the buyer.
    pub buyer_country: Option<String>,
    /// When the buyer's address proved itself.
    pub buyer_confirmed_at: Option<Timestamp>,
    /// What the buyer's newest answer about vendors agreed to.
    buyer_agreed: Option<String>,
}

/// One thread with everything its page shows.
#[derive(Clone, Debug)]
pub struct ThreadView {
    /// The thread; its subject in the reader's language.
    pub thread: Thread,
    /// Names around it.
    pub around: Around,
    /// Those that were asked for, oldest first.
    pub messages: Vec<Message>,
    /// Those among the others that these answer.
    pub answered: Vec<Message>,
    /// The newest quotes, up to two, the newest first.
    pub quotes: Vec<Message>,
    /// What is asked for, line by line; empty for a question about one listing.
    pub lines: Vec<Line>,
    /// Files of its messages, oldest first.
    pub files: Vec<AttachedFile>,
    /// Files of the public request that it answers.
    pub request_files: Vec<AttachedFile>,
    /// The side that looks.
    pub side: Side,
    /// The quote on the table, whether it still holds or not.
    pub quote: Option<Quote>,
    /// For the buyer of a thread that ended without an answer.
    pub alternatives: Vec<Alternative>,
    /// What corrected messages said before.
    pub earlier: Vec<Earlier>,
    /// How far the people across the table have read.
    pub reads: Vec<ReadMark>,
    /// For the vendor's side: counts of the buyer.
    pub buyer: Option<BuyerRecord>,
    /// For those who may take them back: links in mails with which it can be answered now.
    pub live_links: Option<i64>,
    /// For signed-in people of the vendor's team: how it is sorted.
    pub sorted: Option<Sorted>,
    /// Translations into the reader's language.
    pub translated: Vec<Translated>,
    /// Whether more can be had.
    pub translates: bool,
    /// The clock of the reader.
    pub zone: Zone,
    /// For the buyer: own messages that the vendor does not see.
    pub held: Vec<HeldMessage>,
    /// Whether the side that looks wants to hear no more from the other.
    pub blocked: bool,
    /// Whether the side that looks has reported the other.
    pub reported: bool,
    /// How the buyer is reached; both sides read it once a quote was taken.
    pub contact: Option<Contact>,
    own_mark: i64,
}

impl ThreadView {
    /// Whether the buyer has to agree before further vendors learn who asks.
    pub fn asks_consent(&self) -> bool {
        !consent::counts(self.around.buyer_agreed.as_deref())
    }

    /// The message at a position, if it was read with the others.
    pub fn message(&self, seq: i64) -> Option<&Message> {
        self.messages.iter().chain(&self.answered).chain(&self.quotes).find(|message| message.seq == seq)
    }

    /// The position before which there are messages that were not asked for.
    pub fn earlier_before(&self) -> Option<i64> {
        self.messages.first().map(|message| message.seq).filter(|seq| *seq > 1)
    }

    /// Whether newer messages were not asked for.
    pub fn has_newer(&self) -> bool {
        self.messages.last().is_none_or(|message| message.seq < self.thread.message_count)
    }

    /// Whether the reader has something new to be noted as read: messages, or notifications of whatever kind.
    pub fn is_news(&self, cx: &Cx) -> bool {
        let side =
            if self.side == Side::Vendor { self.thread.vendor_read_seq } else { self.thread.buyer_read_seq };
        self.own_mark.min(side) < self.thread.message_count
            || cx.actor.person().is_some_and(|person| person.unread > 0)
    }
}

/// A message of a buyer that the vendor does not see.
#[derive(Clone, Debug)]
pub struct HeldMessage {
    /// The words.
    pub body: String,
    /// When they were written.
    pub written_at: Timestamp,
    /// Looked at, not handed over, or still looked at when the thread ended.
    pub state: HeldState,
    /// Why they were not; may be empty.
    pub reason: String,
}

/// One thread with its newest messages, for its buyer, its vendor's team or the holder of its link.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for everybody else.
pub async fn thread_view(cx: &Cx, id: Uuid) -> Result<ThreadView> {
    thread_stretch(cx, id, Stretch::Newest).await
}

/// The same with other messages of it.
///
/// # Errors
/// As [`thread_view`].
pub async fn thread_stretch(cx: &Cx, id: Uuid, which: Stretch) -> Result<ThreadView> {
    let mut db = cx.read().await?;
    let reader = cx.actor.user_id().unwrap_or_default();
    let since = reputation::since(cx.now());
    let row =
        crate::fetch_optional!(db, PageRow, PAGE, id, since, reader, cx.now())?.ok_or(ErrorKind::NotFound)?;
    let mut thread = Thread::try_from(row.thread)?;
    access::demand_own(&cx.actor, Verb::ReadThread, thread.object())?;
    let titles = (row.around.title_ko.as_str(), row.around.title_en.as_str());
    thread.subject = lines::in_words_of(cx.lang, &thread.subject, titles);
    let side = thread.side_of(&cx.actor);
    let vendor = side == Side::Vendor;
    let messages = messages::stretch(&mut db, id, which).await?;
    let (answered, quotes) = around(&mut db, (&thread, row.quotes > 0), &messages).await?;
    // only what began in a form to several has lines
    let lines = if thread.batch_id.is_some() {
        lines::of_thread_for(&mut db, id, cx.lang).await?
    } else {
        Vec::new()
    };
    let files = if row.files > 0 { files::store::of_thread(&mut db, id).await? } else { Vec::new() };
    let request_files = match thread.batch_id {
        Some(request) if row.request_files > 0 => files::store::of_rfq(&mut db, request).await?,
        _ => Vec::new(),
    };
    let quote = quotes.first().and_then(|message| message.quote.clone());
    let alternatives = if !vendor && similar::is_offered(thread.state) && thread.withheld_at.is_none() {
        similar::for_thread(cx, &mut db, &thread).await?
    } else {
        Vec::new()
    };
    let edited = messages.iter().filter(|message| message.edited_at.is_some()).map(|message| message.seq);
    let earlier = match (edited.clone().min(), edited.max()) {
        (Some(first), Some(last)) => edits::of_thread(&mut db, id, (first, last)).await?,
        _ => Vec::new(),
    };
    let reads = reads::of_other_side(&mut db, id, side).await?;
    let sorted = if vendor && cx.actor.person().is_some() {
        Some(sorting::of_thread(&mut db, &thread).await?)
    } else {
        None
    };
    let manages = cx.actor.person().and_then(|me| me.role_in(thread.vendor_id));
    let manages = vendor && manages.is_some_and(|role| role >= VendorRole::Manager);
    let live_links = (manages && thread.state.is_talked_in()).then_some(row.live_links);
    let contact = store::contact(&mut db, &thread, cx.now()).await?;
    let translated = tongue::of_thread(cx, &mut db, id, &messages).await?;
    let held = if vendor || row.held == 0 { Vec::new() } else { held_messages(&mut db, id).await? };
    let (blocks, reports) =
        if vendor { (row.vendor_blocks, row.vendor_reports) } else { (row.buyer_blocks, row.buyer_reports) };
    Ok(ThreadView {
        translated,
        translates: cx.market.ports().translator.is_on(),
        zone: cx.zone.clone(),
        thread,
        around: row.around,
        messages,
        answered,
        quotes,
        lines,
        files,
        request_files,
        side,
        quote,
        alternatives,
        earlier,
        reads,
        buyer: vendor.then_some(row.buyer),
        live_links,
        sorted,
        held,
        contact,
        blocked: blocks > 0,
        reported: reports > 0,
        own_mark: row.own_mark,
    })
}

/// What stands elsewhere in the thread and is needed beside these messages: what they answer, and the newest quotes.
async fn around(
    db: &mut impl Handle,
    (thread, has_quotes): (&Thread, bool),
    shown: &[Message],
) -> Result<(Vec<Message>, Vec<Message>)> {
    let has = |seq: i64| shown.iter().any(|message| message.seq == seq);
    let mut wanted: Vec<i64> =
        shown.iter().filter_map(|message| message.quoting).filter(|seq| !has(*seq)).collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut answered = Vec::new();
    for seq in wanted {
        answered.extend(messages::at(db, thread.id, seq).await?);
    }
    let whole = shown.first().is_some_and(|message| message.seq == 1);
    let newest = shown.iter().rev().filter(|message| message.quote.is_some()).take(2).cloned().collect();
    // from the first to the last, or without any, nothing has to be looked up
    let quotes = if !has_quotes || whole && has(thread.message_count) {
        newest
    } else {
        messages::newest_quotes(db, thread.id).await?
    };
    Ok((answered, quotes))
}

async fn held_messages(db: &mut impl Handle, thread: Uuid) -> Result<Vec<HeldMessage>> {
    let held = held::of_thread(db, thread).await?;
    held.into_iter()
        .map(|held| {
            let words: HeldWords = serde_json::from_str(&held.content)?;
            Ok(HeldMessage {
                body: words.body,
                written_at: held.written_at,
                state: held.state,
                reason: held.decision.unwrap_or_default(),
            })
        })
        .collect()
}

/// Notes that the actor's side has read the thread up to `seq`, and the actor's notifications about it.
///
/// # Errors
/// `NotFound` for strangers.
pub async fn mark_read(cx: &Cx, thread: &Thread, seq: i64) -> Result<()> {
    access::demand_own(&cx.actor, Verb::ReadThread, thread.object())?;
    let sql =
        if thread.side_of(&cx.actor) == Side::Vendor { store::READ_BY_VENDOR } else { store::READ_BY_BUYER };
    let mut tx = cx.write().await?;
    let seq = seq.min(thread.message_count);
    crate::execute!(tx, sql, thread.id, seq)?;
    if let Some(user) = cx.actor.user_id() {
        reads::note(&mut tx, thread, (thread.side_of(&cx.actor), user), (seq, cx.now())).await?;
        crate::notifications::service::mark_read_about(cx, &mut tx, user, (SubjectKind::Thread, thread.id))
            .await?;
    }
    tx.commit().await
}
