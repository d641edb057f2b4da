//! Mails of a thread. Each job looks again before it writes: what was read, answered or ended meanwhile is
//! not mailed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::letters;
use super::links;
use super::messages::{self, Stretch};
use super::model::{Side, ThreadState};
use super::moments;
use super::store::{self, Thread};
use super::together::view;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::lang::Lang;
use crate::notifications::choices::{self, Mailed};
use crate::notifications::letter::{self, About, Recipient};
use crate::notifications::sending::Twice;
use crate::notifications::talk::{self, TalkWords};
use crate::notifications::{SubjectKind, Topic};
use crate::outbox::{self, Change, When};
use crate::time::Timestamp;

/// What a vendor is mailed about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VendorEvent {
    /// A new inquiry.
    Inquiry,
    /// The buyer wrote again.
    Reply,
    /// The deadline comes closer.
    Reminder,
    /// The quote was taken.
    Accepted,
    /// The quote was not taken.
    Declined,
    /// The buyer called it off.
    Withdrawn,
    /// The deadline passed.
    Expired,
    /// The buyer asked somebody else.
    Rerouted,
    /// The quote on the table holds no more.
    QuoteLapsed,
}

/// What a buyer is mailed about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BuyerEvent {
    /// A guest's inquiry is with the vendor; the link back to it.
    Delivered,
    /// The vendor answered.
    Reply,
    /// The vendor asked back.
    Question,
    /// The vendor sent a quote.
    Quote,
    /// The vendor said no.
    Declined,
    /// The deadline comes closer.
    Reminder,
    /// The deadline passed.
    Expired,
    /// A new inquiry is looked at before it is handed over.
    Held,
    /// What was held is with the vendor.
    Released,
    /// What was held was not handed over; why.
    Refused,
    /// The quote on the table holds no more.
    QuoteLapsed,
}

/// Mails one member of the vendor's team, with a link of their own.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellVendor {
    /// The thread.
    pub thread_id: Uuid,
    /// The member.
    pub user_id: Uuid,
    /// The message it is about.
    pub seq: i64,
    /// What happened.
    pub event: VendorEvent,
    /// The deadline when it was asked for.
    pub due: Option<Timestamp>,
}

impl VendorEvent {
    const fn topic(self) -> Topic {
        match self {
            Self::Inquiry | Self::Reply => Topic::NewInquiry,
            Self::Reminder => Topic::Reminder,
            Self::Accepted
            | Self::Declined
            | Self::Withdrawn
            | Self::Expired
            | Self::Rerouted
            | Self::QuoteLapsed => Topic::Outcome,
        }
    }

    /// A question that no vendor hears of is worse than one heard of twice.
    const fn twice(self) -> Twice {
        match self {
            Self::Inquiry | Self::Reply => Twice::Fine,
            _ => Twice::Worse,
        }
    }
}

impl TellVendor {
    fn key(&self, thread: &Thread) -> String {
        let (user, seq, event) = (self.user_id, self.seq, self.event);
        format!("tell_vendor:{}:{user}:{seq}:{event:?}:{}", thread.id, moment(self, thread))
    }

    /// The words of a message on the telephone, where there is a template for it.
    fn talk(&self, cx: &Cx, thread: &Thread, link: &str) -> Option<TalkWords> {
        let link = letter::url(cx, Lang::Ko, &format!("/a/{link}"));
        let due = thread.due_at.map_or_else(String::new, |due| moments::moment(cx, Lang::Ko, due));
        let product = thread.subject.clone();
        match self.event {
            VendorEvent::Inquiry => {
                Some(TalkWords::new(talk::NEW_INQUIRY, [("제품", product), ("기한", due), ("링크", link)]))
            }
            VendorEvent::Reminder => {
                Some(TalkWords::new(talk::REMINDER, [("제품", product), ("기한", due), ("링크", link)]))
            }
            VendorEvent::Accepted => {
                Some(TalkWords::new(talk::ACCEPTED, [("제품", product), ("링크", link)]))
            }
            _ => None,
        }
    }

    fn still_true(&self, thread: &Thread) -> bool {
        let waiting = thread.state == ThreadState::WaitingVendor;
        match self.event {
            VendorEvent::Inquiry | VendorEvent::Reply => {
                (waiting || thread.state == ThreadState::Accepted)
                    && thread.vendor_last_seq < self.seq
                    && thread.vendor_read_seq < self.seq
            }
            VendorEvent::Reminder => waiting && thread.due_at == self.due,
            VendorEvent::Expired => thread.state == ThreadState::Expired,
            // a newer quote lies on the table, or nobody waits any more
            VendorEvent::QuoteLapsed => thread.state.is_open() && thread.quote_until.is_none(),
            _ => thread.vendor_read_seq < self.seq,
        }
    }
}

impl Change for TellVendor {
    const TOPIC: &'static str = "inquiries.tell_vendor";

    async fn run_in(self, cx: &Cx, tx: &mut Tx) -> Result<()> {
        let Some(thread) = store::find(tx, self.thread_id).await? else { return Ok(()) };
        if !self.still_true(&thread) || !store::is_member(tx, thread.vendor_id, self.user_id).await? {
            return Ok(());
        }
        let Some(reader) = store::person(tx, self.user_id).await? else { return Ok(()) };
        let cx = &reader.reads(cx);
        match choices::when_mailed(cx, tx, self.user_id, self.event.topic()).await? {
            Mailed::Not => return Ok(()),
            Mailed::At(morning) => {
                let once = Some(format!("{}:{}", self.key(&thread), morning.0));
                outbox::enqueue(cx, tx, &self, When { at: Some(morning), once }).await?;
                return Ok(());
            }
            Mailed::Now => {}
        }
        let link = if thread.state.is_talked_in() {
            Some(links::answer_link(cx, tx, &thread, self.user_id).await?)
        } else {
            None
        };
        let shown = messages::stretch(tx, thread.id, Stretch::Newest).await?;
        let lang = reader.lang();
        let lines = super::lines::of_thread(tx, thread.id).await?;
        let contact = store::contact(tx, &thread, cx.now()).await?;
        let letter = letters::to_vendor(
            cx,
            lang,
            self.event,
            (&thread, &lines, &shown, contact.as_ref()),
            link.as_deref(),
        );
        let to = Recipient { email: reader.email, name: reader.name, lang };
        let about = About {
            twice: self.event.twice(),
            talk: link.as_deref().and_then(|link| self.talk(cx, &thread, link)),
            ..About::new(self.user_id, self.event.topic(), Some((SubjectKind::Thread, thread.id)))
        };
        let once = Some(self.key(&thread));
        letter::tell(cx, tx, &about, (&to, &letter), When { at: None, once }).await
    }
}

/// Reminders of one deadline differ by the reminder that follows.
fn moment(job: &TellVendor, thread: &Thread) -> i64 {
    if job.event == VendorEvent::Reminder { thread.remind_at.map_or(0, |at| at.0) } else { 0 }
}

/// How many threads of one form there are, and how many of them are looked at before their vendors get them.
pub const OF_BATCH: &str = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN withheld_at IS NULL THEN 0 ELSE 1 END), 0) AS BIGINT) \
    FROM threads WHERE batch_id = $1";

/// Mails a guest once that the vendors of one form have it, with a link to all threads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellBatch {
    /// The threads' common identity.
    pub batch_id: Uuid,
}

impl Change for TellBatch {
    const TOPIC: &'static str = "inquiries.tell_batch";

    async fn run_in(self, cx: &Cx, tx: &mut Tx) -> Result<()> {
        let Some((buyer, _)) = view::find(tx, self.batch_id).await? else { return Ok(()) };
        let Some(reader) = store::person(tx, buyer).await? else { return Ok(()) };
        let (all, held) = crate::fetch_one!(*tx, (i64, i64), OF_BATCH, self.batch_id)?;
        let link = links::batch_link(cx, tx, self.batch_id, buyer).await?;
        let lang = reader.lang();
        let letter = super::letters_batch::batch_delivered(cx, lang, (all, held), &link);
        let to = Recipient { email: reader.email, name: reader.name, lang };
        let once = Some(format!("tell_batch:{}", self.batch_id));
        letter::post(cx, tx, &to, &letter, When { at: None, once }).await
    }
}

/// Mails the buyer, with a link to the thread.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellBuyer {
    /// The thread.
    pub thread_id: Uuid,
    /// The message it is about.
    pub seq: i64,
    /// What happened.
    pub event: BuyerEvent,
}

impl BuyerEvent {
    const fn topic(self) -> Topic {
        match self {
            // receipts of what a guest just sent
            Self::Delivered | Self::Held | Self::Released | Self::Refused => Topic::Account,
            Self::Reply | Self::Question | Self::Quote | Self::Declined => Topic::Answer,
            Self::Reminder => Topic::Reminder,
            Self::Expired | Self::QuoteLapsed => Topic::Outcome,
        }
    }
}

impl TellBuyer {
    fn key(&self, thread: &Thread) -> String {
        let stage =
            if self.event == BuyerEvent::Reminder { thread.remind_at.map_or(0, |at| at.0) } else { 0 };
        format!("tell_buyer:{}:{}:{:?}:{stage}", thread.id, self.seq, self.event)
    }

    /// A quote that stands beside others is told with a link to all of them.
    async fn together(&self, cx: &Cx, tx: &mut Tx, thread: &Thread) -> Result<Option<String>> {
        let Some(batch) = thread.batch_id.filter(|_| self.event == BuyerEvent::Quote) else {
            return Ok(None);
        };
        if crate::fetch_all!(*tx, (Uuid,), links::OF_BATCH, batch)?.len() < 2 {
            return Ok(None);
        }
        links::batch_link(cx, tx, batch, thread.buyer_id).await.map(Some)
    }

    fn still_true(&self, thread: &Thread) -> bool {
        match self.event {
            BuyerEvent::Delivered | BuyerEvent::Released => thread.state.is_open(),
            BuyerEvent::Held => thread.state == ThreadState::New,
            BuyerEvent::Reminder => thread.state.turn() == Some(Side::Buyer),
            BuyerEvent::QuoteLapsed => thread.state.is_open() && thread.quote_until.is_none(),
            _ => thread.state != ThreadState::Withdrawn && thread.buyer_read_seq < self.seq,
        }
    }
}

impl Change for TellBuyer {
    const TOPIC: &'static str = "inquiries.tell_buyer";

    async fn run_in(self, cx: &Cx, tx: &mut Tx) -> Result<()> {
        let Some(thread) = store::find(tx, self.thread_id).await? else { return Ok(()) };
        let Some(reader) = store::person(tx, thread.buyer_id).await? else { return Ok(()) };
        let cx = &reader.reads(cx);
        if !self.still_true(&thread) || reader.email_confirmed_at.is_none() {
            return Ok(());
        }
        // a guest who has just confirmed is told what is true: with the vendor, or looked at first
        let held = self.event == BuyerEvent::Delivered && thread.withheld_at.is_some();
        let event = if held { BuyerEvent::Held } else { self.event };
        match choices::when_mailed(cx, tx, thread.buyer_id, self.event.topic()).await? {
            Mailed::Not => return Ok(()),
            Mailed::At(morning) => {
                let once = Some(format!("{}:{}", self.key(&thread), morning.0));
                outbox::enqueue(cx, tx, &self, When { at: Some(morning), once }).await?;
                return Ok(());
            }
            Mailed::Now => {}
        }
        let link = links::read_link(cx, tx, &thread).await?;
        let message = messages::at(tx, thread.id, self.seq).await?;
        let lang = reader.lang();
        let together = self.together(cx, tx, &thread).await?;
        let links = (&*link, together.as_deref());
        let letter = letters::to_buyer(cx, lang, event, (&thread, message.as_ref()), links);
        let to = Recipient { email: reader.email, name: reader.name, lang };
        let subject = (self.event != BuyerEvent::Delivered).then_some((SubjectKind::Thread, thread.id));
        let about = About::new(thread.buyer_id, self.event.topic(), subject);
        let once = Some(self.key(&thread));
        letter::tell(cx, tx, &about, (&to, &letter), When { at: None, once }).await
    }
}
