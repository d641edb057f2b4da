//! One thread as its two sides see it.

use uuid::Uuid;

use super::edits::{self, Earlier};
use super::lines::{self, Line};
use super::model::Side;
use super::quote::Quote;
use super::reads::{self, ReadMark};
use super::reputation::{self, BuyerRecord};
use super::similar::{self, Alternative};
use super::sorting::{self, Sorted};
use super::store::{self, Message, Thread};
use super::tongue::{self, Translated};
use super::withheld::HeldWords;
use crate::abuse::{HeldState, blocks, held, reports};
use crate::accounts::access::{self, Verb};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::files::{self, AttachedFile};
use crate::notifications::SubjectKind;
use crate::time::Timestamp;
use crate::zones::Zone;

/// Names around a thread.
pub const AROUND: &str = "SELECT l.slug AS listing_slug, l.category, v.slug AS vendor_slug, v.name_ko, v.name_en, v.holiday_until, \
    v.business_number, v.representative, v.address, v.phone, v.email AS vendor_email, \
    b.name AS buyer_name, b.company AS buyer_company, b.country AS buyer_country, b.email_confirmed_at AS buyer_confirmed_at \
    FROM threads t JOIN listings l ON l.id = t.listing_id JOIN vendors v ON v.id = t.vendor_id JOIN users b ON b.id = t.buyer_id WHERE t.id = $1";

/// Names around a thread.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Around {
    /// Address of the listing.
    pub listing_slug: String,
    /// Category of the listing.
    pub category: String,
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
}

/// One thread with everything its page shows.
#[derive(Clone, Debug)]
pub struct ThreadView {
    /// The thread.
    pub thread: Thread,
    /// Names around it.
    pub around: Around,
    /// Oldest first.
    pub messages: Vec<Message>,
    /// What is asked for, line by line; empty for a question about one listing.
    pub lines: Vec<Line>,
    /// Files of its messages, oldest first.
    pub files: Vec<AttachedFile>,
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
    /// Whether one side wants to hear from the other no more, and which.
    pub blocked: Vec<Side>,
    /// Whether the side that looks has reported the other.
    pub reported: bool,
}

/// A message of a buyer that the vendor does not see.
#[derive(Clone, Debug)]
pub struct HeldMessage {
    /// The words.
    pub body: String,
    /// When they were written.
    pub written_at: Timestamp,
    /// False once it was decided that they are not handed over.
    pub waiting: bool,
    /// Why they were not; may be empty.
    pub reason: String,
}

/// One thread, for its buyer, its vendor's team or the holder of its link.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for everybody else.
pub async fn thread_view(cx: &Cx, id: Uuid) -> Result<ThreadView> {
    let mut db = cx.read().await?;
    let thread = store::find(&mut db, id).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, thread.object())?;
    let around = crate::fetch_one!(db, Around, AROUND, id)?;
    let messages = store::messages(&mut db, id).await?;
    let lines = lines::of_thread(&mut db, id).await?;
    let files = files::store::of_thread(&mut db, id).await?;
    let quote = messages.iter().rev().find_map(|message| message.quote.clone());
    let side = thread.side_of(&cx.actor);
    let alternatives =
        if side == Side::Buyer && similar::is_offered(thread.state) && thread.withheld_at.is_none() {
            similar::for_thread(cx, &mut db, &thread, &around.category).await?
        } else {
            Vec::new()
        };
    let edited = messages.iter().any(|message| message.edited_at.is_some());
    let earlier = if edited { edits::of_thread(&mut db, id).await? } else { Vec::new() };
    let reads = reads::of_other_side(&mut db, id, side).await?;
    let vendor = side == Side::Vendor;
    let buyer =
        if vendor { Some(reputation::of_buyer(&mut db, thread.buyer_id, cx.now()).await?) } else { None };
    let sorted = if vendor && cx.actor.person().is_some() {
        Some(sorting::of_thread(&mut db, &thread).await?)
    } else {
        None
    };
    let translated = tongue::of_thread(cx, &mut db, id, &messages).await?;
    let held = if vendor { Vec::new() } else { held_messages(&mut db, id).await? };
    let blocked = blocks::between(&mut db, (thread.vendor_id, thread.buyer_id)).await?;
    let blocked = blocked.into_iter().filter(|by| *by == side).collect();
    let reported = reports::is_open(&mut db, id, side).await?;
    Ok(ThreadView {
        translated,
        translates: cx.market.ports().translator.is_on(),
        zone: cx.zone.clone(),
        thread,
        around,
        messages,
        lines,
        files,
        side,
        quote,
        alternatives,
        earlier,
        reads,
        buyer,
        sorted,
        held,
        blocked,
        reported,
    })
}

async fn held_messages(db: &mut impl Handle, thread: Uuid) -> Result<Vec<HeldMessage>> {
    let held = held::of_thread(db, thread).await?;
    held.into_iter()
        .map(|held| {
            let words: HeldWords = serde_json::from_str(&held.content)?;
            Ok(HeldMessage {
                body: words.body,
                written_at: held.written_at,
                waiting: held.state == HeldState::Waiting,
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
