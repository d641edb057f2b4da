//! Mails of a thread. Each job looks again before it writes: what was read, answered or ended meanwhile is
//! not mailed.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::letters;
use super::links;
use super::model::{Side, ThreadState};
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
use crate::outbox::{self, Job, When};
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
            Self::Accepted | Self::Declined | Self::Withdrawn | Self::Expired | Self::Rerouted => {
                Topic::Outcome
            }
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
        let due = thread.due_at.map_or_else(String::new, |due| {
            let due = due.to_seoul();
            format!("{}월 {}일 {:02}:{:02}", u8::from(due.month()), due.day(), due.hour(), due.minute())
        });
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
                waiting && thread.vendor_last_seq < self.seq && thread.vendor_read_seq < self.seq
            }
            VendorEvent::Reminder => waiting && thread.due_at == self.due,
            VendorEvent::Expired => thread.state == ThreadState::Expired,
            _ => thread.vendor_read_seq < self.seq,
        }
    }
}

impl Job for TellVendor {
    const TOPIC: &'static str = "inquiries.tell_vendor";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let Some(thread) = store::find(&mut tx, self.thread_id).await? else { return Ok(()) };
        if !self.still_true(&thread) || !store::is_member(&mut tx, thread.vendor_id, self.user_id).await? {
            return Ok(());
        }
        let Some(reader) = store::person(&mut tx, self.user_id).await? else { return Ok(()) };
        match choices::when_mailed(cx, &mut tx, self.user_id, self.event.topic()).await? {
            Mailed::Not => return Ok(()),
            Mailed::At(morning) => {
                let once = Some(format!("{}:{}", self.key(&thread), morning.0));
                outbox::enqueue(cx, &mut tx, &self, When { at: Some(morning), once }).await?;
                return tx.commit().await;
            }
            Mailed::Now => {}
        }
        let link = if thread.state.is_open() {
            Some(links::answer_link(cx, &mut tx, &thread, self.user_id).await?)
        } else {
            None
        };
        let shown = store::messages(&mut tx, thread.id).await?;
        let lang = reader.lang();
        let lines = super::lines::of_thread(&mut tx, thread.id).await?;
        let letter = letters::to_vendor(cx, lang, self.event, (&thread, &lines, &shown), link.as_deref());
        let to = Recipient { email: reader.email, name: reader.name, lang };
        let about = About {
            twice: self.event.twice(),
            talk: link.as_deref().and_then(|link| self.talk(cx, &thread, link)),
            ..About::new(self.user_id, self.event.topic(), Some((SubjectKind::Thread, thread.id)))
        };
        let once = Some(self.key(&thread));
        letter::tell(cx, &mut tx, &about, (&to, &letter), When { at: None, once }).await?;
        tx.commit().await
    }
}

/// Reminders of one deadline differ by the reminder that follows.
fn moment(job: &TellVendor, thread: &Thread) -> i64 {
    if job.event == VendorEvent::Reminder { thread.remind_at.map_or(0, |at| at.0) } else { 0 }
}

/// Mails a guest once that the vendors of one form have it, with a link to all threads.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct TellBatch {
    /// The threads' common identity.
    pub batch_id: Uuid,
}

impl Job for TellBatch {
    const TOPIC: &'static str = "inquiries.tell_batch";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let Some((buyer, _)) = view::find(&mut tx, self.batch_id).await? else { return Ok(()) };
        let Some(reader) = store::person(&mut tx, buyer).await? else { return Ok(()) };
        let vendors = crate::fetch_all!(tx, (Uuid,), links::OF_BATCH, self.batch_id)?.len();
        let link = links::batch_link(cx, &mut tx, self.batch_id, buyer).await?;
        let lang = reader.lang();
        let letter = super::letters_batch::batch_delivered(cx, lang, vendors, &link);
        let to = Recipient { email: reader.email, name: reader.name, lang };
        let once = Some(format!("tell_batch:{}", self.batch_id));
        letter::post(cx, &mut tx, &to, &letter, When { at: None, once }).await?;
        tx.commit().await
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
            Self::Expired => Topic::Outcome,
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
            _ => thread.state != ThreadState::Withdrawn && thread.buyer_read_seq < self.seq,
        }
    }
}

impl Job for TellBuyer {
    const TOPIC: &'static str = "inquiries.tell_buyer";

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        let Some(thread) = store::find(&mut tx, self.thread_id).await? else { return Ok(()) };
        let Some(reader) = store::person(&mut tx, thread.buyer_id).await? else { return Ok(()) };
        if !self.still_true(&thread) || reader.email_confirmed_at.is_none() {
            return Ok(());
        }
        // a guest who has just confirmed is told what is true: with the vendor, or looked at first
        let held = self.event == BuyerEvent::Delivered && thread.withheld_at.is_some();
        let event = if held { BuyerEvent::Held } else { self.event };
        match choices::when_mailed(cx, &mut tx, thread.buyer_id, self.event.topic()).await? {
            Mailed::Not => return Ok(()),
            Mailed::At(morning) => {
                let once = Some(format!("{}:{}", self.key(&thread), morning.0));
                outbox::enqueue(cx, &mut tx, &self, When { at: Some(morning), once }).await?;
                return tx.commit().await;
            }
            Mailed::Now => {}
        }
        let link = links::read_link(cx, &mut tx, &thread).await?;
        let shown = store::messages(&mut tx, thread.id).await?;
        let message = shown.iter().find(|message| message.seq == self.seq);
        let lang = reader.lang();
        let together = self.together(cx, &mut tx, &thread).await?;
        let links = (&*link, together.as_deref());
        let letter = letters::to_buyer(cx, lang, event, (&thread, message), links);
        let to = Recipient { email: reader.email, name: reader.name, lang };
        let subject = (self.event != BuyerEvent::Delivered).then_some((SubjectKind::Thread, thread.id));
        let about = About::new(thread.buyer_id, self.event.topic(), subject);
        let once = Some(self.key(&thread));
        letter::tell(cx, &mut tx, &about, (&to, &letter), When { at: None, once }).await?;
        tx.commit().await
    }
}
