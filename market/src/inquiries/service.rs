//! The verbs of a thread. Each checks what was typed, authorises, and takes one step.

use serde_json::json;
use uuid::Uuid;

use super::act::{self, Step};
use super::ending;
use super::messages;
use super::model::{
    DeclineDraft, DeclineReason, MessageKind, QUOTE_LAPSED, QuestionDraft, RejectReason, Side, ThreadState,
};
use super::quote::{self, QuoteDraft};
use super::rules::{self, Action};
use super::store::{self, Thread};
use super::withheld;
use crate::abuse::{HoldReason, blocks, gate};
use crate::accounts::access::{self, Actor, Object, Verb};
use crate::cx::Cx;
use crate::db::{self, Tx};
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::files;
use crate::idempotency::{self, IdemKey};
use crate::text;
use crate::throttle::{self, Limit};
use crate::time::MINUTE;

pub use super::ask::{ask, ask_page_again};
pub use super::confirm::{Confirmed, PendingInquiry, confirm_inquiry, pending_inquiry};
pub use super::edits::{Earlier, edit_message, may_edit};
pub use super::inbox::{Inbox, InboxFilter, InboxRow, PER_PAGE, Unread, inbox, unread_threads};
pub use super::keeping::{AnswerDraft, drop_draft, keep_draft, kept_draft};
pub use super::likeness::Likeness;
pub use super::links::revoke_links;
pub use super::messages::Stretch;
pub use super::page::{AskPage, ask_page};
pub use super::reads::ReadMark;
pub use super::reputation::BuyerRecord;
pub use super::saved::{SavedDraft, SavedReply, delete_reply, replies_for, save_reply, saved_replies};
pub use super::several::{MOST_PAGES, ask_pages};
pub use super::similar::Alternative;
pub use super::sorting::{Label, SortDraft, Sorted, archive_thread, labels, sort_thread};
pub use super::stay::{offer_stay, open_offer, take_offer};
pub use super::tongue::{Translated, is_foreign, translate_message};
pub use super::view::{HeldMessage, ThreadView, mark_read, thread_stretch, thread_view};

/// Longest note to a reason, in characters.
pub const NOTE_MAX: usize = 1_000;

impl Thread {
    /// What access decides about.
    pub(crate) fn object(&self) -> Object {
        // what was not handed over has no vendor's side yet
        let vendor_id = if self.withheld_at.is_some() { Uuid::nil() } else { self.vendor_id };
        Object::Thread { thread_id: self.id, vendor_id, buyer_id: self.buyer_id }
    }

    /// The side of somebody who may read it; the buyer's when they are both.
    pub fn side_of(&self, actor: &Actor) -> Side {
        match actor {
            Actor::Link { vendor_id: Some(_), .. } => Side::Vendor,
            Actor::Person(person) if person.id != self.buyer_id => Side::Vendor,
            _ => Side::Buyer,
        }
    }
}

/// Sends a quote, or a new version of it.
///
/// # Errors
/// `Invalid` by field, `NotFound` for strangers, `Conflict` when the thread is over, `Conflict("quote.newer")` when a colleague
/// sent one since the form was made, `TooMany`.
pub async fn send_quote(cx: &Cx, thread: Uuid, draft: &QuoteDraft, idem: Uuid) -> Result<()> {
    quote::check(draft, 1, cx.now())?;
    step(cx, thread, Verb::AnswerThread, idem, &Intent::Quote(draft.clone())).await
}

/// Asks the buyer back.
///
/// # Errors
/// As [`send_quote`].
pub async fn ask_back(cx: &Cx, thread: Uuid, draft: &QuestionDraft, idem: Uuid) -> Result<()> {
    let body = message(cx, &draft.body)?;
    simple(cx, thread, Verb::AnswerThread, idem, Step::new(Action::Question, MessageKind::Question, body))
        .await
}

/// Says no to an inquiry, with a reason. Counts as an answer.
///
/// # Errors
/// As [`send_quote`].
pub async fn decline(cx: &Cx, thread: Uuid, draft: &DeclineDraft, idem: Uuid) -> Result<()> {
    let reason = DeclineReason::from_code(&draft.reason);
    let note =
        reason_and_note(reason.is_some(), reason == Some(DeclineReason::Other), &draft.reason, &draft.note)?;
    let step = Step {
        reason: reason.map(|r| r.code().to_owned()),
        ..Step::new(Action::VendorDecline, MessageKind::Decline, note)
    };
    simple(cx, thread, Verb::AnswerThread, idem, step).await
}

/// Writes into a thread, from whichever side the actor is on.
///
/// # Errors
/// As [`send_quote`].
pub async fn reply(cx: &Cx, thread: Uuid, body: &str, idem: Uuid) -> Result<()> {
    reply_to(cx, thread, body, None, idem).await
}

/// Writes into a thread in answer to one of its messages.
///
/// # Errors
/// As [`send_quote`]; `Invalid` for a message that is not there.
pub async fn reply_to(cx: &Cx, thread: Uuid, body: &str, quoting: Option<i64>, idem: Uuid) -> Result<()> {
    let body = message(cx, body)?;
    let found = {
        let mut db = cx.read().await?;
        store::find(&mut db, thread).await?.ok_or(ErrorKind::NotFound)?
    };
    access::demand_own(&cx.actor, Verb::ReadThread, found.object())?;
    let (verb, action) = match found.side_of(&cx.actor) {
        Side::Vendor => (Verb::AnswerThread, Action::VendorReply),
        _ => (Verb::AskInThread, Action::BuyerReply),
    };
    if quoting.is_some_and(|seq| !(1..=found.message_count).contains(&seq)) {
        return Err(Error::invalid("quoting", Problem::NotChoice));
    }
    let step = Step { quoting, ..Step::new(action, MessageKind::Text, body) };
    simple(cx, thread, verb, idem, step).await
}

/// Takes the quote of `version`, as the buyer saw it.
///
/// # Errors
/// `Conflict("quote.superseded")` when a newer version lies on the table; `Conflict("rfq.awarded")` when another quote of
/// the same request was taken, `Conflict("rfq.ended")` when that ended otherwise; else as [`send_quote`].
pub async fn accept(cx: &Cx, thread: Uuid, version: i64, idem: Uuid) -> Result<()> {
    step(cx, thread, Verb::AskInThread, idem, &Intent::Accept(version)).await
}

/// Does not take the quote, with a reason.
///
/// # Errors
/// As [`send_quote`].
pub async fn decline_quote(cx: &Cx, thread: Uuid, draft: &DeclineDraft, idem: Uuid) -> Result<()> {
    let reason = RejectReason::chosen().find(|reason| reason.code() == draft.reason);
    let note =
        reason_and_note(reason.is_some(), reason == Some(RejectReason::Other), &draft.reason, &draft.note)?;
    let step = Step {
        reason: reason.map(|r| r.code().to_owned()),
        ..Step::new(Action::Decline, MessageKind::Decline, note)
    };
    simple(cx, thread, Verb::AskInThread, idem, step).await
}

/// Calls the inquiry off.
///
/// # Errors
/// As [`send_quote`].
pub async fn withdraw(cx: &Cx, thread: Uuid, idem: Uuid) -> Result<()> {
    simple(
        cx,
        thread,
        Verb::AskInThread,
        idem,
        Step::new(Action::Withdraw, MessageKind::Withdraw, String::new()),
    )
    .await
}

/// Calls off everything that a buyer who leaves still asks; the vendors are told as for any other inquiry called off. The
/// caller has authorised it.
///
/// # Errors
/// `Conflict` when a vendor answers at the same moment.
pub async fn withdraw_all(cx: &Cx, tx: &mut Tx, buyer_id: Uuid) -> Result<usize> {
    let open = crate::fetch_all!(*tx, (Uuid,), store::OPEN_OF_BUYER, buyer_id)?;
    ending::hold(tx, &open).await?;
    for (id,) in &open {
        let mut thread = store::find(tx, *id).await?.ok_or(ErrorKind::NotFound)?;
        act::take(cx, tx, &mut thread, Step::new(Action::Withdraw, MessageKind::Withdraw, String::new()))
            .await?;
    }
    Ok(open.len())
}

fn message(cx: &Cx, typed: &str) -> Result<String> {
    text::block_within(typed, 1, cx.settings().message_max).map_err(|problem| Error::invalid("body", problem))
}

fn reason_and_note(known: bool, needs_note: bool, reason: &str, note: &str) -> Result<String> {
    let mut errors = FieldErrors::new();
    if !known {
        errors.add("reason", if reason.is_empty() { Problem::Required } else { Problem::NotChoice });
    }
    let note = errors.take("note", text::block_within(note, usize::from(needs_note), NOTE_MAX));
    errors.into_result()?;
    Ok(note.unwrap_or_default())
}

/// What somebody wants to do; becomes a step once the thread is read.
#[derive(Debug)]
enum Intent {
    Ready(Step),
    Quote(QuoteDraft),
    Accept(i64),
}

impl Intent {
    async fn step_in(&self, cx: &Cx, tx: &mut Tx, thread: Uuid) -> Result<Step> {
        match self {
            Self::Ready(step) => Ok(step.clone()),
            Self::Quote(draft) => {
                let newest = messages::newest_quote(tx, thread).await?.map_or(0, |quote| quote.version);
                if draft.replaces.is_some_and(|seen| seen != newest) {
                    return Err(Error::conflict("quote.newer"));
                }
                let (quote, note) = quote::check(draft, newest + 1, cx.now())?;
                Ok(Step { quote: Some(quote), ..Step::new(Action::Quote, MessageKind::Quote, note) })
            }
            Self::Accept(version) => {
                let newest = messages::newest_quote(tx, thread).await?;
                if newest.is_some_and(|quote| quote.version != *version) {
                    return Err(Error::conflict("quote.superseded"));
                }
                Ok(Step::new(Action::Accept, MessageKind::Accept, String::new()))
            }
        }
    }
}

async fn simple(cx: &Cx, thread: Uuid, verb: Verb, idem: Uuid, ready: Step) -> Result<()> {
    step(cx, thread, verb, idem, &Intent::Ready(ready)).await
}

/// One step in one transaction; once more when somebody else changed the thread in between, so that a
/// double click finds its own outcome.
async fn step(cx: &Cx, thread: Uuid, verb: Verb, idem: Uuid, intent: &Intent) -> Result<()> {
    let scope = format!("thread:{thread}:{}", cx.actor.user_id().unwrap_or_default());
    let files = files::sending::content(cx, idem).await?;
    let key = IdemKey::new(scope, idem, &format!("{intent:?}{files}"));
    match step_once(cx, thread, verb, &key, intent).await {
        Err(error) if is_race(&error.kind) => step_once(cx, thread, verb, &key, intent).await,
        done => done,
    }
}

pub(crate) fn is_race(kind: &ErrorKind) -> bool {
    matches!(kind, ErrorKind::Conflict(rule) if matches!(&**rule, "thread.changed" | "double_submit" | db::RACE))
}

async fn step_once(cx: &Cx, id: Uuid, verb: Verb, key: &IdemKey, intent: &Intent) -> Result<()> {
    let mut tx = cx.write().await?;
    let mut thread = store::find(&mut tx, id).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, verb, thread.object())?;
    if idempotency::earlier(&mut tx, key).await?.is_some() {
        return Ok(());
    }
    if let Some(sender) = cx.actor.user_id() {
        let limit = Limit {
            bucket: format!("message:sender:{sender}"),
            max: cx.settings().messages_per_minute,
            window: MINUTE,
        };
        throttle::hit(&mut tx, cx.now(), &[limit]).await?;
    }
    let taken = intent.step_in(cx, &mut tx, id).await?;
    let reasons = judge(cx, &mut tx, &thread, (&taken, key.key)).await?;
    if reasons.is_empty() {
        act::take(cx, &mut tx, &mut thread, taken).await?;
        files::sending::attach(cx, &mut tx, id, thread.message_count, key.key).await?;
    } else {
        rules::transition(thread.state, taken.action, false)?;
        withheld::hold_message(cx, &mut tx, &mut thread, (&taken, &reasons, key.key)).await?;
    }
    idempotency::keep(&mut tx, key, &json!({ "seq": thread.message_count }).to_string(), cx.now()).await?;
    tx.commit().await
}

/// The gate before what is written into a thread: a buyer's words may be held, a vendor's never are (its company was
/// looked at, and an answer must not be late because of us). Nobody writes to somebody who wants to hear no more.
async fn judge(cx: &Cx, tx: &mut Tx, thread: &Thread, what: (&Step, Uuid)) -> Result<Vec<HoldReason>> {
    let (step, form_key) = what;
    match step.action {
        Action::VendorReply | Action::Question | Action::Quote => {
            blocks::demand_open(tx, (thread.vendor_id, thread.buyer_id), Side::Vendor).await?;
            Ok(Vec::new())
        }
        Action::BuyerReply => {
            let sent = gate::Sent {
                buyer: thread.buyer_id,
                vendor: thread.vendor_id,
                text: &step.body,
                way: gate::Way::Reply(thread.first_answered_at.is_some()),
                trapped: false,
                form_key: Some(form_key),
            };
            gate::judge(cx, tx, sent).await
        }
        _ => Ok(Vec::new()),
    }
}

/// Tells both sides that the quote on the table holds no more, once; the thread goes on waiting.
pub(super) async fn lapse(cx: &Cx, id: Uuid) -> Result<bool> {
    let mut tx = cx.write().await?;
    let Some(mut thread) = store::find(&mut tx, id).await? else { return Ok(false) };
    let over = thread.quote_until.is_some_and(|until| until < cx.now());
    // what ends in this very moment says so itself
    let ends = thread.due_at.is_none_or(|due| due <= cx.now());
    if !over || ends || rules::find(thread.state, Action::Lapse).is_none() {
        return Ok(false);
    }
    let step = Step::new(Action::Lapse, MessageKind::Expire, String::new());
    act::take(cx, &mut tx, &mut thread, Step { reason: Some(QUOTE_LAPSED.to_owned()), ..step }).await?;
    tx.commit().await?;
    Ok(true)
}

/// Ends a thread whose time is up. `false` when it is not, or not any more.
pub(super) async fn expire(cx: &Cx, id: Uuid) -> Result<bool> {
    let mut tx = cx.write().await?;
    let Some(mut thread) = store::find(&mut tx, id).await? else { return Ok(false) };
    if !thread.state.is_open() || thread.due_at.is_none_or(|due| due > cx.now()) {
        return Ok(false);
    }
    act::take(cx, &mut tx, &mut thread, Step::new(Action::Expire, MessageKind::Expire, String::new()))
        .await?;
    tx.commit().await?;
    Ok(thread.state == ThreadState::Expired)
}
