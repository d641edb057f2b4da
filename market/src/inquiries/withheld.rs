//! Threads and messages that were held for a look (`crate::abuse`): holding, handing over, turning away.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::act::{self, Step};
use super::jobs::{BuyerEvent, TellBuyer};
use super::model::{MessageKind, Side, ThreadState};
use super::rules::{self, Action};
use super::saved;
use super::store::{self, Thread};
use crate::abuse::held::{self, Held, NewHeld};
use crate::abuse::{HeldKind, HoldReason, blocks};
use crate::audit;
use crate::calendar;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Result};
use crate::files;
use crate::live;
use crate::notifications::{NotificationData, NotificationKind, SubjectKind, notify};
use crate::outbox::{self, When};
use crate::time::Timestamp;

/// Moves a message to the time at which it was written.
pub const SET_WRITTEN: &str = "UPDATE messages SET created_at = $3 WHERE thread_id = $1 AND seq = $2";

/// The words of a held message.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct HeldWords {
    /// The words.
    pub body: String,
    /// The message they answer.
    pub quoting: Option<i64>,
}

/// Holds a thread that has just been written as withheld; its vendor hears nothing.
pub(super) async fn hold(cx: &Cx, tx: &mut Tx, thread: &Thread, what: (&str, &[HoldReason])) -> Result<()> {
    let new = NewHeld {
        kind: HeldKind::Inquiry,
        thread: Some(thread.id),
        sender: Some(thread.buyer_id),
        vendor: Some(thread.vendor_id),
        title: what.0,
        reasons: what.1,
        content: "{}".into(),
    };
    let id = held::keep(cx, tx, new).await?;
    let details = json!({ "thread": thread.id, "reasons": what.1 });
    audit::record(cx, tx, "held.keep", ("held", Some(id)), details).await
}

/// Holds one more message of a thread's buyer; the thread stays as it is, but for the time its buyer has.
pub(super) async fn hold_message(
    cx: &Cx,
    tx: &mut Tx,
    thread: &mut Thread,
    what: (&Step, &[HoldReason], Uuid),
) -> Result<()> {
    let (step, reasons, form_key) = what;
    let content = serde_json::to_string(&HeldWords { body: step.body.clone(), quoting: step.quoting })?;
    let new = NewHeld {
        kind: HeldKind::Message,
        thread: Some(thread.id),
        sender: Some(thread.buyer_id),
        vendor: Some(thread.vendor_id),
        title: &step.body,
        reasons,
        content,
    };
    let id = held::keep(cx, tx, new).await?;
    crate::execute!(*tx, held::TAKE_FILES, id, form_key, thread.buyer_id)?;
    stop_clock(cx, tx, thread).await?;
    let details = json!({ "thread": thread.id, "reasons": reasons });
    audit::record(cx, tx, "held.keep", ("held", Some(id)), details).await
}

/// Whoever wrote in time is not silent while we look: where it is the buyer's turn, the thread does not end before somebody
/// should have looked, and nobody is reminded of an answer that was written. The vendor's days go on, as it knows of nothing.
/// Words that were turned away in this thread before win no time.
async fn stop_clock(cx: &Cx, tx: &mut Tx, thread: &mut Thread) -> Result<()> {
    if thread.state.turn() != Some(Side::Buyer) || held::refused_in(tx, thread.id).await? > 0 {
        return Ok(());
    }
    thread.due_at = thread.due_at.map(|due| due.max(held::due(cx)));
    thread.remind_at = None;
    store::save(tx, thread).await
}

/// The clock goes on for somebody whose words were not handed over: the first time with a working day to write others.
async fn restart_clock(cx: &Cx, tx: &mut Tx, thread: &mut Thread) -> Result<()> {
    if thread.state.turn() != Some(Side::Buyer) {
        return Ok(());
    }
    if held::refused_in(tx, thread.id).await? == 1 {
        let next = Timestamp(calendar::add_business_days(cx.now().0, 1));
        thread.due_at = thread.due_at.map(|due| due.max(next));
    }
    thread.remind_at = thread.due_at.and_then(|due| rules::remind_at(cx.now(), due, true));
    store::save(tx, thread).await
}

async fn find(tx: &mut Tx, id: Uuid) -> Result<Thread> {
    store::find(tx, id).await?.ok_or_else(|| ErrorKind::NotFound.into())
}

/// Hands a held thread over. It keeps the time at which it was asked; the vendor's days begin now.
pub(crate) async fn hand_over(cx: &Cx, tx: &mut Tx, id: Uuid) -> Result<()> {
    let mut thread = find(tx, id).await?;
    if thread.state != ThreadState::New || thread.withheld_at.is_none() {
        return Err(Error::conflict("held.decided"));
    }
    // blocked while it waited: its buyer hears what every other inquiry to this vendor would hear
    if !blocks::between(tx, (thread.vendor_id, thread.buyer_id)).await?.is_empty() {
        let words = thread
            .lang
            .pick("이 공급사에는 지금 문의를 보낼 수 없어요.", "This vendor takes no inquiries now.");
        return turn_away(cx, tx, id, words).await;
    }
    act::take(cx, tx, &mut thread, Step::new(Action::Deliver, MessageKind::Text, String::new())).await?;
    saved::greet(cx, tx, &mut thread).await?;
    // its message was in the log before anybody of the team might see it
    for member in store::team(tx, thread.vendor_id).await? {
        live::append(cx, tx, live::Event::Bell { person: member.user_id }).await?;
    }
    let words = NotificationData::titled(thread.subject.clone());
    let about = (SubjectKind::Thread, thread.id);
    notify(cx, tx, thread.buyer_id, NotificationKind::InquiryDelivered, about, &words).await?;
    let job = TellBuyer { thread_id: id, seq: thread.message_count, event: BuyerEvent::Released };
    outbox::enqueue(cx, tx, &job, When::default()).await
}

/// Ends a held thread without handing it over; its buyer is told the reason, the vendor nothing.
pub(crate) async fn turn_away(cx: &Cx, tx: &mut Tx, id: Uuid, reason: &str) -> Result<()> {
    let mut thread = find(tx, id).await?;
    act::take(cx, tx, &mut thread, Step::new(Action::Refuse, MessageKind::Expire, reason.to_owned())).await
}

/// Puts a held message into its thread, in the name of its writer and with the time at which it was written; nothing when one
/// side has been blocked, or the writer has left, meanwhile.
pub(crate) async fn put_message(cx: &Cx, tx: &mut Tx, held: &Held) -> Result<()> {
    let thread = held.thread_id.ok_or(ErrorKind::NotFound)?;
    let mut thread = find(tx, thread).await?;
    if !store::buyer_writes(tx, thread.id).await? {
        return Ok(());
    }
    let words: HeldWords = serde_json::from_str(&held.content)?;
    let step =
        Step { quoting: words.quoting, ..Step::new(Action::BuyerReply, MessageKind::Text, words.body) };
    let buyer = thread.buyer_id;
    act::take_for(cx, tx, &mut thread, (step, Some(buyer))).await?;
    let seq = thread.message_count;
    crate::execute!(*tx, SET_WRITTEN, thread.id, seq, held.written_at)?;
    files::sending::attach_of(cx, tx, (thread.id, seq), (buyer, held.id)).await
}

/// Tells a buyer that one of their messages was not handed over.
pub(crate) async fn tell_message_refused(cx: &Cx, tx: &mut Tx, id: Uuid, reason: &str) -> Result<()> {
    let mut thread = find(tx, id).await?;
    restart_clock(cx, tx, &mut thread).await?;
    let words = NotificationData {
        reason: (!reason.is_empty()).then(|| reason.to_owned()),
        ..NotificationData::titled(thread.subject.clone())
    };
    let about = (SubjectKind::Thread, thread.id);
    notify(cx, tx, thread.buyer_id, NotificationKind::MessageRefused, about, &words).await?;
    live::append(cx, tx, live::Event::Bell { person: thread.buyer_id }).await
}
