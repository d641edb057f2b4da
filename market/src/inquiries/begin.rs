//! Beginning a thread: its row, its first message, and handing it over, or holding it for a look.

use serde_json::json;
use uuid::Uuid;

use super::act::{self, Step};
use super::ask::Checked;
use super::jobs::VendorEvent;
use super::lines;
use super::model::{MessageKind, Side, ThreadState};
use super::page::AskPage;
use super::rules::{self, Action};
use super::saved;
use super::store::{self, Thread};
use super::withheld;
use crate::abuse::gate::{self, SenderTo};
use crate::abuse::held;
use crate::audit;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::lang::Lang;
use crate::notifications::NotificationKind;
use crate::time::Timestamp;

/// Who begins a thread, and which one.
#[derive(Clone, Copy)]
pub(super) struct Begins<'a> {
    /// Identity of the thread.
    pub id: Uuid,
    /// Who asks.
    pub buyer: Uuid,
    /// What the gate knows of them, looked up in this transaction.
    pub known: Option<&'a SenderTo>,
}

/// Between whom a thread is, and what it is called.
pub(super) struct Between {
    pub listing_id: Uuid,
    pub vendor_id: Uuid,
    pub buyer_id: Uuid,
    pub batch_id: Option<Uuid>,
    pub subject: String,
    pub quantity: String,
    pub lang: Lang,
}

/// A thread with the buyer's first message, before anything happened to it.
pub(super) fn fresh(id: Uuid, between: Between, now: Timestamp) -> Thread {
    Thread {
        id,
        listing_id: between.listing_id,
        vendor_id: between.vendor_id,
        buyer_id: between.buyer_id,
        batch_id: between.batch_id,
        state: ThreadState::New,
        decline_reason: None,
        subject: between.subject,
        quantity: between.quantity,
        lang: between.lang,
        due_at: None,
        remind_at: None,
        overdue_at: None,
        created_at: now,
        first_answered_at: None,
        last_message_at: now,
        closed_at: None,
        message_count: 1,
        vendor_read_seq: 0,
        buyer_read_seq: 1,
        vendor_last_seq: 0,
        buyer_last_seq: 1,
        version: 1,
        assignee_id: None,
        vendor_archived_at: None,
        buyer_archived_at: None,
        withheld_at: None,
        delivered_at: None,
        uncounted_at: None,
        quote_until: None,
    }
}

/// Starts a thread with its first message and hands it over.
pub(super) async fn begin(
    cx: &Cx,
    tx: &mut Tx,
    page: &AskPage,
    buyer: Uuid,
    checked: &Checked,
) -> Result<Uuid> {
    let known = gate::sender_to(cx, tx, buyer, page.vendor_id).await?;
    let begins = Begins { id: cx.new_id(), buyer, known: known.as_ref() };
    begin_as(cx, tx, page, begins, checked).await?;
    Ok(begins.id)
}

/// The same with an identity and a sender that the caller has already.
pub(super) async fn begin_as(
    cx: &Cx,
    tx: &mut Tx,
    page: &AskPage,
    who: Begins<'_>,
    checked: &Checked,
) -> Result<()> {
    let text = checked.words();
    let sent = checked.sent(&text, (who.buyer, page.vendor_id));
    let reasons = gate::judge_known(cx, tx, sent, who.known).await?;
    let between = Between {
        listing_id: page.id,
        vendor_id: page.vendor_id,
        buyer_id: who.buyer,
        batch_id: checked.batch_id,
        subject: lines::subject(cx.lang, cx.lang.pick(&page.title_ko, &page.title_en), checked.lines.len()),
        quantity: checked.quantity.clone(),
        lang: cx.lang,
    };
    let mut thread = fresh(who.id, between, cx.now());
    let first = Step::new(Action::Deliver, MessageKind::Text, checked.body.clone());
    if reasons.is_empty() {
        hand_over(cx, &mut thread, page)?;
    } else {
        (thread.withheld_at, thread.due_at) = (Some(cx.now()), Some(held::due(cx)));
    }
    store::insert(tx, &thread).await?;
    lines::insert(tx, thread.id, &checked.lines).await?;
    act::insert_message(cx, tx, &thread, (Side::Buyer, Some(who.buyer)), &first).await?;
    let about = ("thread", Some(thread.id));
    let asked = ("thread.ask", json!({ "listing": page.id, "buyer": who.buyer }));
    if !reasons.is_empty() {
        audit::record(cx, tx, asked.0, about, asked.1).await?;
        return withheld::hold(cx, tx, &thread, (&checked.body, &reasons)).await;
    }
    let details = json!({ "from": ThreadState::New.code(), "to": thread.state.code(), "seq": 1 });
    audit::record_two(cx, tx, about, [asked, ("thread.deliver", details)]).await?;
    act::tell_team(cx, tx, &thread, NotificationKind::InquiryReceived, VendorEvent::Inquiry).await?;
    match &page.greeting {
        Some(words) => saved::greet_with(cx, tx, &mut thread, words).await,
        None => Ok(()),
    }
}

/// What handing over makes of a thread that is not stored yet: the state and deadline of [`act::take`], in the row's first writing.
fn hand_over(cx: &Cx, thread: &mut Thread, page: &AskPage) -> Result<()> {
    let now = cx.now();
    thread.state = rules::transition(thread.state, Action::Deliver, false)?.to;
    let due = page.ahead().due(now, cx.settings().answer_business_days);
    (thread.due_at, thread.remind_at) = (Some(due), rules::remind_at(now, due, true));
    Ok(())
}
