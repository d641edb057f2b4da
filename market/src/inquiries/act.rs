//! The one way a thread changes: transition, message, deadline, audit row, and everybody who is told, in
//! one transaction.

use serde_json::json;
use uuid::Uuid;

use super::jobs::{BuyerEvent, TellBuyer, TellVendor, VendorEvent};
use super::messages;
use super::model::{MessageKind, Side, ThreadState};
use super::quote::Quote;
use super::reads;
use super::response::RecomputeResponse;
use super::rules::{self, Action, Deadline, Terms};
use super::store::{self, MessageData, Thread};
use crate::abuse::held;
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::live;
use crate::notifications::{NotificationData, NotificationKind, SubjectKind, notify};
use crate::outbox::{self, When};
use crate::settings::Settings;
use crate::time::Timestamp;
use crate::tokens::{self, TokenKind};
use crate::vendors::days_off;

/// One step of a thread and the message that tells it.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub action: Action,
    pub kind: MessageKind,
    pub body: String,
    pub quote: Option<Quote>,
    pub reason: Option<String>,
    pub quoting: Option<i64>,
}

impl Step {
    pub(super) fn new(action: Action, kind: MessageKind, body: String) -> Self {
        Self { action, kind, body, quote: None, reason: None, quoting: None }
    }
}

/// The figures of deadlines as configured.
pub(super) fn terms(settings: &Settings) -> Terms {
    Terms {
        vendor_days: u16::try_from(settings.answer_business_days).unwrap_or(u16::MAX),
        buyer_days: settings.buyer_answer_days,
    }
}

/// Takes the step. The caller has authorised it; the rules decide whether the state allows it.
pub(super) async fn take(cx: &Cx, tx: &mut Tx, thread: &mut Thread, step: Step) -> Result<()> {
    let author = cx.actor.user_id();
    take_for(cx, tx, thread, (step, author)).await
}

/// The same in the name of somebody else: what they wrote and what was held until now.
pub(super) async fn take_for(
    cx: &Cx,
    tx: &mut Tx,
    thread: &mut Thread,
    what: (Step, Option<Uuid>),
) -> Result<()> {
    let (step, author) = what;
    let now = cx.now();
    let on_table = messages::newest_quote(tx, thread.id).await?;
    let live = on_table.as_ref().is_some_and(|quote| quote.holds(now));
    let done = rules::transition(thread.state, step.action, live)?;
    let quote_until = step.quote.as_ref().or(on_table.as_ref()).map(|quote| quote.valid_until);
    let terms = terms(cx.settings());
    let due = match done.deadline {
        Deadline::Vendor => Some(days_off::due(tx, thread.vendor_id, now, terms.vendor_days).await?),
        other => rules::due_at(other, now, terms, thread.due_at, quote_until),
    };
    if due != thread.due_at || done.to != thread.state {
        thread.remind_at = due.and_then(|due| rules::remind_at(now, due, true));
    }
    let overdue = step.action == Action::Expire && thread.state == ThreadState::WaitingVendor;
    thread.quote_until = match step.action {
        Action::Quote => quote_until,
        Action::Lapse => None,
        _ => thread.quote_until.filter(|_| done.to.is_open()),
    };
    let before = thread.state;
    thread.state = done.to;
    thread.due_at = due;
    // asking others changes what has ended, and ends nothing anew
    let ends = before.is_open() && !thread.state.is_open();
    advance(thread, &step, now, (overdue, ends));
    store::save(tx, thread).await?;
    if ends {
        held::end(tx, thread.id, now).await?;
    }
    write_message(cx, tx, thread, (&step, author)).await?;
    if let Some(user) = author.filter(|_| step.action.by() != Side::System) {
        reads::note(tx, thread, (step.action.by(), user), (thread.message_count, now)).await?;
    }
    let details = json!({ "from": before.code(), "to": thread.state.code(), "seq": thread.message_count });
    audit::record(cx, tx, &format!("thread.{}", step.action.code()), ("thread", Some(thread.id)), details)
        .await?;
    if step.action == Action::Accept {
        // from now on the vendor knows how to reach the buyer
        let shared = json!({ "vendor": thread.vendor_id, "of": thread.buyer_id });
        audit::record(cx, tx, "personal_data.share", ("thread", Some(thread.id)), shared).await?;
    }
    tell(cx, tx, thread, (&step, ends)).await
}

fn advance(thread: &mut Thread, step: &Step, now: Timestamp, (overdue, ends): (bool, bool)) {
    let by = step.action.by();
    // handed over later than asked: the vendor's time begins now, the inquiry keeps its own
    if step.action == Action::Deliver && thread.withheld_at.take().is_some() {
        (thread.delivered_at, thread.last_message_at) = (Some(now), now);
    }
    if step.action != Action::Deliver {
        thread.message_count += 1;
        thread.last_message_at = now;
    }
    match by {
        Side::Buyer => {
            (thread.buyer_last_seq, thread.buyer_read_seq) = (thread.message_count, thread.message_count);
        }
        Side::Vendor => {
            (thread.vendor_last_seq, thread.vendor_read_seq) = (thread.message_count, thread.message_count);
        }
        Side::System => {}
    }
    if step.action.answers() {
        thread.first_answered_at.get_or_insert(now);
    }
    if overdue {
        thread.overdue_at = Some(now);
    }
    if step.reason.is_some() && by != Side::System {
        thread.decline_reason.clone_from(&step.reason);
    }
    if ends {
        thread.closed_at = Some(now);
    }
}

/// Handing over is no message: the buyer's own words are the first one.
async fn write_message(cx: &Cx, tx: &mut Tx, thread: &Thread, what: (&Step, Option<Uuid>)) -> Result<()> {
    let (step, author) = what;
    if step.action == Action::Deliver {
        return Ok(());
    }
    let author = if step.action.by() == Side::System { None } else { author };
    insert_message(cx, tx, thread, (step.action.by(), author), step).await
}

/// Writes the message at the end of the thread.
pub(super) async fn insert_message(
    cx: &Cx,
    tx: &mut Tx,
    thread: &Thread,
    by: (Side, Option<Uuid>),
    step: &Step,
) -> Result<()> {
    let data = serde_json::to_string(&MessageData {
        quote: step.quote.clone(),
        reason: step.reason.clone(),
        quoting: step.quoting,
        automatic: false,
    })?;
    crate::execute!(
        *tx,
        store::INSERT_MESSAGE,
        cx.new_id(),
        thread.id,
        thread.message_count,
        by.0.code(),
        by.1,
        step.kind.code(),
        &step.body,
        &data,
        cx.now(),
        super::tongue::of_message(cx, &step.body)
    )?;
    live::append(cx, tx, live::Event::Message { thread: thread.id, seq: thread.message_count }).await
}

/// Notifications, mails, links that end, figures that change.
async fn tell(cx: &Cx, tx: &mut Tx, thread: &Thread, (step, ends): (&Step, bool)) -> Result<()> {
    if let Some((kind, event)) = for_vendor(step.action).filter(|_| thread.withheld_at.is_none()) {
        tell_team(cx, tx, thread, kind, event).await?;
    }
    if let Some((kind, event)) = for_buyer(step.action) {
        let words = NotificationData::titled(thread.subject.clone());
        notify(cx, tx, thread.buyer_id, kind, (SubjectKind::Thread, thread.id), &words).await?;
        let job = TellBuyer { thread_id: thread.id, seq: thread.message_count, event };
        outbox::enqueue(cx, tx, &job, When::default()).await?;
    }
    if step.action == Action::Accept {
        crate::rfqs::jobs::award(cx, tx, thread.batch_id, thread.id).await?;
    }
    if ends {
        tokens::revoke(tx, TokenKind::AnswerThread, thread.id, cx.now()).await?;
    }
    if ends || step.action.answers() && thread.state.is_open() {
        outbox::enqueue(cx, tx, &RecomputeResponse { vendor_id: thread.vendor_id }, When::default()).await?;
    }
    Ok(())
}

/// Tells everybody of the team, in the site and by mail.
pub(super) async fn tell_team(
    cx: &Cx,
    tx: &mut Tx,
    thread: &Thread,
    kind: NotificationKind,
    event: VendorEvent,
) -> Result<()> {
    let words = NotificationData::titled(thread.subject.clone());
    let team = store::team(tx, thread.vendor_id).await?;
    // a new inquiry is everybody's; afterwards the mails are for whoever took it over
    // (and can be written to)
    let taken = event != VendorEvent::Inquiry
        && team
            .iter()
            .any(|member| Some(member.user_id) == thread.assignee_id && member.email_confirmed_at.is_some());
    for member in team {
        notify(cx, tx, member.user_id, kind, (SubjectKind::Thread, thread.id), &words).await?;
        if member.email_confirmed_at.is_some() && (!taken || thread.assignee_id == Some(member.user_id)) {
            let job = TellVendor {
                thread_id: thread.id,
                user_id: member.user_id,
                seq: thread.message_count,
                event,
                due: thread.due_at,
            };
            outbox::enqueue(cx, tx, &job, When::default()).await?;
        }
    }
    Ok(())
}

const fn for_vendor(action: Action) -> Option<(NotificationKind, VendorEvent)> {
    match action {
        Action::Deliver => Some((NotificationKind::InquiryReceived, VendorEvent::Inquiry)),
        Action::BuyerReply => Some((NotificationKind::InquiryReply, VendorEvent::Reply)),
        Action::Accept => Some((NotificationKind::QuoteAccepted, VendorEvent::Accepted)),
        Action::Decline => Some((NotificationKind::QuoteDeclined, VendorEvent::Declined)),
        Action::Withdraw => Some((NotificationKind::InquiryWithdrawn, VendorEvent::Withdrawn)),
        Action::Expire => Some((NotificationKind::InquiryExpired, VendorEvent::Expired)),
        Action::Reroute => Some((NotificationKind::InquiryRerouted, VendorEvent::Rerouted)),
        Action::Lapse => Some((NotificationKind::QuoteLapsed, VendorEvent::QuoteLapsed)),
        Action::VendorReply | Action::Question | Action::Quote | Action::VendorDecline | Action::Refuse => {
            None
        }
    }
}

const fn for_buyer(action: Action) -> Option<(NotificationKind, BuyerEvent)> {
    match action {
        Action::VendorReply => Some((NotificationKind::InquiryAnswered, BuyerEvent::Reply)),
        Action::Question => Some((NotificationKind::InquiryQuestion, BuyerEvent::Question)),
        Action::Quote => Some((NotificationKind::QuoteReceived, BuyerEvent::Quote)),
        Action::VendorDecline => Some((NotificationKind::InquiryDeclined, BuyerEvent::Declined)),
        Action::Expire => Some((NotificationKind::InquiryExpired, BuyerEvent::Expired)),
        Action::Refuse => Some((NotificationKind::InquiryRefused, BuyerEvent::Refused)),
        Action::Lapse => Some((NotificationKind::QuoteLapsed, BuyerEvent::QuoteLapsed)),
        _ => None,
    }
}
