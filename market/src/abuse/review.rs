//! What a curator sees before deciding about something held or reported: the words, who wrote them, what is known of
//! them. Reading who it is goes into the record.

use serde_json::json;
use uuid::Uuid;

use super::held::{self, Held};
use super::model::HeldKind;
use super::reports::{self, Report};
use super::trapped::{self, TrappedForm};
use crate::accounts::access::{Object, Verb, demand};
use crate::audit;
use crate::curation::review::{HistoryEntry, history};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{ErrorKind, Result};
use crate::inquiries::Side;
use crate::inquiries::messages::{self, Stretch};
use crate::inquiries::store::{self, Message, Thread};
use crate::inquiries::withheld::HeldWords;
use crate::time::{DAY, Timestamp};

/// What is known of a buyer.
pub const BUYER: &str = "SELECT u.name, u.email, COALESCE(u.company, '') AS company, u.created_at, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.buyer_id = u.id AND t.created_at > $2) AS asked, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.buyer_id = u.id AND t.created_at > $2 AND t.first_answered_at IS NOT NULL) AS answered, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM held_items h WHERE h.sender_id = u.id AND h.state = 'released') AS released, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM held_items h WHERE h.sender_id = u.id AND h.state = 'refused') AS refused, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM reports r JOIN threads t ON t.id = r.thread_id WHERE t.buyer_id = u.id AND r.by_side = 'vendor') AS reported, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM reports r JOIN threads t ON t.id = r.thread_id WHERE t.buyer_id = u.id AND r.by_side = 'vendor' AND r.state = 'upheld') AS upheld, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM blocks k WHERE k.buyer_id = u.id AND k.by_side = 'vendor' AND k.ended_at IS NULL) AS blocked_by \
    FROM users u WHERE u.id = $1";
/// What is known of a vendor.
pub const VENDOR: &str = "SELECT v.name_ko AS name, v.email, v.name_en AS company, v.created_at, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.vendor_id = v.id AND t.created_at > $2) AS asked, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM threads t WHERE t.vendor_id = v.id AND t.created_at > $2 AND t.first_answered_at IS NOT NULL) AS answered, \
    CAST(0 AS BIGINT) AS released, CAST(0 AS BIGINT) AS refused, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM reports r JOIN threads t ON t.id = r.thread_id WHERE t.vendor_id = v.id AND r.by_side = 'buyer') AS reported, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM reports r JOIN threads t ON t.id = r.thread_id WHERE t.vendor_id = v.id AND r.by_side = 'buyer' AND r.state = 'upheld') AS upheld, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM blocks k WHERE k.vendor_id = v.id AND k.by_side = 'buyer' AND k.ended_at IS NULL) AS blocked_by \
    FROM vendors v WHERE v.id = $1";
/// Names of a company.
pub const VENDOR_NAME: &str = "SELECT name_ko, name_en FROM vendors WHERE id = $1";

/// How far the counts look back.
const WINDOW: i64 = 90 * DAY;

/// One side as a curator sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Party {
    /// Name of the person, or the company's Korean one.
    pub name: String,
    /// Address for mails.
    pub email: String,
    /// Company of a buyer, or the company's English name; may be empty.
    pub company: String,
    /// Since when it is known here.
    pub created_at: Timestamp,
    /// Inquiries of the last 90 days.
    pub asked: i64,
    /// Of these, answered.
    pub answered: i64,
    /// Held and handed over so far.
    pub released: i64,
    /// Held and refused so far.
    pub refused: i64,
    /// Reports about it so far.
    pub reported: i64,
    /// Of these, upheld.
    pub upheld: i64,
    /// How many of the other side block it.
    pub blocked_by: i64,
}

/// Something held, for somebody who decides about it.
#[derive(Clone, Debug)]
pub struct HeldReview {
    /// The thing.
    pub held: Held,
    /// Its words.
    pub words: String,
    /// Where it stands, when it stands in a thread.
    pub thread: Option<Thread>,
    /// The form, when it is one.
    pub form: Option<TrappedForm>,
    /// The vendor it is meant for: Korean and English name.
    pub vendor: Option<(String, String)>,
    /// Who wrote it.
    pub sender: Option<Party>,
    /// What happened, newest first.
    pub history: Vec<HistoryEntry>,
}

/// A report, for somebody who decides about it.
#[derive(Clone, Debug)]
pub struct ReportReview {
    /// The report.
    pub report: Report,
    /// The thread.
    pub thread: Thread,
    /// Its messages, oldest first.
    pub messages: Vec<Message>,
    /// Who is reported.
    pub about: Party,
    /// The vendor: Korean and English name.
    pub vendor: (String, String),
    /// What happened, newest first.
    pub history: Vec<HistoryEntry>,
}

async fn open(cx: &Cx) -> Result<Tx> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    demand(&cx.actor, Verb::DecideHeld, Object::Site)?;
    cx.write().await
}

async fn buyer(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<Option<Party>> {
    crate::fetch_optional!(*tx, Party, BUYER, id, cx.now().plus(-WINDOW))
}

/// Something held, with its sender.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`, `NotFound`.
pub async fn held(cx: &Cx, id: Uuid) -> Result<HeldReview> {
    let mut tx = open(cx).await?;
    let held = held::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    let thread = match held.thread_id {
        Some(thread) => store::find(&mut tx, thread).await?,
        None => None,
    };
    let form = match held.kind {
        HeldKind::Form => Some(trapped::form_of(&held)?),
        _ => None,
    };
    let words = match (held.kind, &form, held.thread_id) {
        (HeldKind::Message, ..) => serde_json::from_str::<HeldWords>(&held.content)?.body,
        (_, Some(form), _) => form.words().to_owned(),
        (_, _, Some(thread)) => first_words(&mut tx, thread).await?,
        _ => String::new(),
    };
    let sender = match held.sender_id {
        Some(sender) => buyer(cx, &mut tx, sender).await?,
        None => None,
    };
    let vendor = match held.vendor_id {
        Some(vendor) => crate::fetch_optional!(tx, (String, String), VENDOR_NAME, vendor)?,
        None => None,
    };
    let history = history(&mut tx, "held", id).await?;
    audit::record(cx, &mut tx, "personal_data.read", ("held", Some(id)), json!({})).await?;
    tx.commit().await?;
    Ok(HeldReview { held, words, thread, form, vendor, sender, history })
}

async fn first_words(tx: &mut Tx, thread: Uuid) -> Result<String> {
    Ok(messages::at(tx, thread, 1).await?.map(|message| message.body).unwrap_or_default())
}

/// A report, with the thread and the side it is about.
///
/// # Errors
/// `NotSignedIn`, `Forbidden`, `NotFound`.
pub async fn report(cx: &Cx, id: Uuid) -> Result<ReportReview> {
    let mut tx = open(cx).await?;
    let report = reports::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    let thread = store::find(&mut tx, report.thread_id).await?.ok_or(ErrorKind::NotFound)?;
    let messages = messages::stretch(&mut tx, thread.id, Stretch::Whole).await?;
    let about = if report.by_side == Side::Vendor {
        buyer(cx, &mut tx, thread.buyer_id).await?
    } else {
        crate::fetch_optional!(tx, Party, VENDOR, thread.vendor_id, cx.now().plus(-WINDOW))?
    };
    let about = about.ok_or(ErrorKind::NotFound)?;
    let vendor = crate::fetch_one!(tx, (String, String), VENDOR_NAME, thread.vendor_id)?;
    let history = history(&mut tx, "report", id).await?;
    audit::record(cx, &mut tx, "personal_data.read", ("report", Some(id)), json!({})).await?;
    tx.commit().await?;
    Ok(ReportReview { report, thread, messages, about, vendor, history })
}
