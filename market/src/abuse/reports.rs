//! Reports: one side of a thread says that the other does what it must not. A curator decides; whoever reported is told,
//! the other side is not told who it was.

use serde_json::json;
use uuid::Uuid;

use super::blocks;
use super::letters;
use super::model::{ReportReason, ReportState};
use super::release::REASON_MAX;
use crate::accounts::access::{self, Object, Verb, demand, demand_no_part};
use crate::audit;
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::idempotency::{self, IdemKey};
use crate::inquiries::response::RecomputeResponse;
use crate::inquiries::store::{self, Thread};
use crate::inquiries::{Side, offered};
use crate::notifications::letter::{self, Recipient};
use crate::notifications::{NotificationData, NotificationKind, SubjectKind, notify};
use crate::outbox::{self, When};
use crate::text;
use crate::throttle::{self, Limit};
use crate::time::{DAY, Timestamp};

/// Longest note, in characters.
pub const NOTE_MAX: usize = 1_000;

/// A new report; while one of the same side about the same thread is open, it stays the only one.
pub const INSERT: &str = "INSERT INTO reports (id, thread_id, by_side, reporter_id, reason, note, state, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'open', $7) \
    ON CONFLICT (thread_id, by_side) WHERE state = 'open' DO NOTHING";
/// One report.
pub const FIND: &str = "SELECT id, thread_id, by_side, reporter_id, reason, note, state, created_at, decision FROM reports WHERE id = $1";
/// Decides about it, once.
pub const DECIDE: &str = "UPDATE reports SET state = $2, decided_by = $3, decided_at = $4, decision = $5 WHERE id = $1 AND state = 'open'";

/// A report as typed.
#[derive(Clone, Debug, Default)]
pub struct ReportDraft {
    /// Code of a [`ReportReason`].
    pub reason: String,
    /// A sentence; needed with `other`.
    pub note: String,
    /// Whether to hear no more from the other side, too.
    pub block: bool,
}

/// A report.
#[derive(Clone, Debug)]
pub struct Report {
    /// Identity.
    pub id: Uuid,
    /// The thread.
    pub thread_id: Uuid,
    /// Which side reports the other.
    pub by_side: Side,
    /// Who.
    pub reporter_id: Uuid,
    /// Why.
    pub reason: ReportReason,
    /// A sentence; may be empty.
    pub note: String,
    /// Where it stands.
    pub state: ReportState,
    /// When.
    pub created_at: Timestamp,
    /// What was decided, in words.
    pub decision: Option<String>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    thread_id: Uuid,
    by_side: String,
    reporter_id: Uuid,
    reason: String,
    note: String,
    state: String,
    created_at: Timestamp,
    decision: Option<String>,
}

impl TryFrom<Row> for Report {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            thread_id: row.thread_id,
            by_side: Side::stored(&row.by_side, "reports", "by_side")?,
            reporter_id: row.reporter_id,
            reason: ReportReason::stored(&row.reason, "reports", "reason")?,
            note: row.note,
            state: ReportState::stored(&row.state, "reports", "state")?,
            created_at: row.created_at,
            decision: row.decision,
        })
    }
}

/// What is decided about a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It is right.
    Uphold,
    /// It is not.
    Dismiss,
}

/// Reports the other side of a thread, and blocks it if wanted. A second report while one is open changes nothing.
///
/// # Errors
/// `Invalid` by field; `NotSignedIn`; `NotFound` for strangers; `TooMany`.
pub async fn report(cx: &Cx, thread: Uuid, draft: &ReportDraft, idem: Uuid) -> Result<()> {
    let (reason, note) = check(draft)?;
    let mut tx = cx.write().await?;
    let thread = store::find(&mut tx, thread).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, thread.object())?;
    let me = cx.actor.user_id().ok_or(ErrorKind::NotSignedIn)?;
    let key = IdemKey::new(format!("report:{}:{me}", thread.id), idem, &format!("{draft:?}"));
    if idempotency::earlier(&mut tx, &key).await?.is_some() {
        return Ok(());
    }
    let limit = Limit {
        bucket: format!("report:sender:{me}"),
        max: cx.settings().reports_per_sender_day,
        window: DAY,
    };
    throttle::hit(&mut tx, cx.now(), &[limit]).await?;
    if draft.block {
        blocks::hold_pair(&mut tx, &thread).await?;
    }
    let (id, side) = (cx.new_id(), thread.side_of(&cx.actor));
    let new = crate::execute!(tx, INSERT, id, thread.id, side.code(), me, reason.code(), &note, cx.now())?;
    if new == 1 {
        let details = json!({ "by": side.code(), "why": reason.code(), "report": id });
        audit::record(cx, &mut tx, "report.add", ("thread", Some(thread.id)), details).await?;
    }
    if draft.block {
        blocks::block_in(cx, &mut tx, &thread).await?;
    }
    idempotency::keep(&mut tx, &key, "", cx.now()).await?;
    tx.commit().await
}

fn check(draft: &ReportDraft) -> Result<(ReportReason, String)> {
    let mut errors = FieldErrors::new();
    let reason = ReportReason::from_code(&draft.reason);
    if reason.is_none() {
        let problem = if draft.reason.is_empty() { Problem::Required } else { Problem::NotChoice };
        errors.add("reason", problem);
    }
    let least = usize::from(reason == Some(ReportReason::Other));
    let note = errors.take("note", text::block_within(&draft.note, least, NOTE_MAX));
    errors.into_result()?;
    reason.zip(note).ok_or_else(|| ErrorKind::Internal.into())
}

/// One report.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<Report>> {
    crate::fetch_optional!(*db, Row, FIND, id)?.map(Report::try_from).transpose()
}

/// Decides about a report. The words are for whoever reported; saying no needs some.
///
/// # Errors
/// `Invalid` without words; `Conflict("report.decided")` when somebody was faster, `Conflict("desk.own_company")` for
/// either side of the conversation.
pub async fn decide(cx: &Cx, id: Uuid, what: (Decision, &str), idem: Option<Uuid>) -> Result<()> {
    demand(&cx.actor, Verb::OpenDesk, Object::Site)?;
    demand(&cx.actor, Verb::DecideHeld, Object::Site)?;
    let (decision, typed) = what;
    let least = if decision == Decision::Dismiss { 2 } else { 0 };
    let words =
        text::block_within(typed, least, REASON_MAX).map_err(|problem| Error::invalid("reason", problem))?;
    let mut tx = cx.write().await?;
    let report = find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    let thread = store::find(&mut tx, report.thread_id).await?.ok_or(ErrorKind::NotFound)?;
    demand_no_part(&cx.actor, Some(thread.buyer_id), Some(thread.vendor_id))?;
    let key = idem.map(|idem| {
        let scope = format!("report:{id}:{}", cx.actor.user_id().unwrap_or_default());
        IdemKey::new(scope, idem, &format!("{decision:?} {words}"))
    });
    if let Some(key) = &key
        && idempotency::earlier(&mut tx, key).await?.is_some()
    {
        return Ok(());
    }
    let (state, action) = match decision {
        Decision::Uphold => (ReportState::Upheld, "report.uphold"),
        Decision::Dismiss => (ReportState::Dismissed, "report.dismiss"),
    };
    if crate::execute!(tx, DECIDE, id, state.code(), cx.actor.user_id(), cx.now(), &words)? == 0 {
        return Err(Error::conflict("report.decided"));
    }
    if decision == Decision::Uphold && report.by_side == Side::Vendor {
        crate::execute!(tx, store::UNCOUNT, thread.id, cx.now())?;
        let job = RecomputeResponse { vendor_id: thread.vendor_id };
        outbox::enqueue(cx, &mut tx, &job, When::default()).await?;
    }
    audit::record(cx, &mut tx, action, ("report", Some(id)), json!({ "reason": words })).await?;
    tell(cx, &mut tx, (&report, &thread), (decision, &words)).await?;
    if let Some(key) = &key {
        idempotency::keep(&mut tx, key, "", cx.now()).await?;
    }
    tx.commit().await
}

async fn tell(cx: &Cx, tx: &mut Tx, about: (&Report, &Thread), what: (Decision, &str)) -> Result<()> {
    let (report, thread) = about;
    let words = NotificationData {
        reason: (!what.1.is_empty()).then(|| what.1.to_owned()),
        ..NotificationData::titled(thread.subject.clone())
    };
    let subject = (SubjectKind::Thread, thread.id);
    notify(cx, tx, report.reporter_id, NotificationKind::ReportDecided, subject, &words).await?;
    crate::live::append(cx, tx, crate::live::Event::Bell { person: report.reporter_id }).await?;
    let Some(reader) = offered::person(tx, report.reporter_id).await? else { return Ok(()) };
    if reader.email_confirmed_at.is_none() {
        return Ok(());
    }
    let lang = reader.lang();
    let letter = letters::report_decided(lang, &thread.subject, what);
    let to = Recipient { email: reader.email, name: reader.name, lang };
    letter::post(cx, tx, &to, &letter, When::default()).await
}
