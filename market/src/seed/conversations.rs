//! Conversations in every state: fresh, waiting on either side, quoted, declined, accepted, withdrawn, expired, asked
//! elsewhere. Each is played through the table of transitions, so that it stands where its messages lead.

use uuid::Uuid;

use super::companies::Company;
use super::goods::Goods;
use super::people::People;
use super::{days_ago, sql};
use crate::catalog::ListingState;
use crate::cx::Cx;
use crate::db::Tx;
use crate::demo::{DemoMessage, DemoThread, MessageKind};
use crate::error::Result;
use crate::inquiries::quote::{Quote, QuoteLine, UnitPrice, Vat};
use crate::inquiries::rules::{self, Action, Terms};
use crate::inquiries::{self, Side, ThreadState};
use crate::money::Currency;
use crate::time::{DAY, MINUTE, Timestamp};

/// How long a quote of the demo holds.
const HOLDS: i64 = 30 * DAY;

pub(super) async fn write(
    cx: &Cx,
    tx: &mut Tx,
    goods: &[Goods],
    vendors: &[Company],
    people: &People,
) -> Result<usize> {
    let shown: Vec<&Goods> = goods.iter().filter(|item| item.state == ListingState::Published).collect();
    let made_from: Vec<_> = shown.iter().map(|item| item.made_from.clone()).collect();
    let threads = crate::demo::threads(&made_from, super::CONVERSATIONS);
    let mut written = 0;
    for (place, thread) in threads.iter().enumerate() {
        // the demo companies with a team get more than their share, so that every desk has something to do
        let item = if place % 9 == 0 {
            shown.iter().copied().filter(|item| item.vendor < 2).nth(place / 9 % 40)
        } else {
            None
        };
        let Some(item) = item.or_else(|| shown.get(thread.listing).copied()) else { continue };
        let Some(vendor) = vendors.get(item.vendor) else { continue };
        let buyer = if place % 11 == 0 {
            people.buyers.get(place / 11 % 2)
        } else {
            people.buyers.get(thread.buyer + 2)
        };
        let Some(buyer) = buyer.or(people.buyers.first()) else { continue };
        let started = days_ago(cx, i64::from(thread.age_days), place * 31);
        // somebody else is asked where somebody else makes it
        let other = shown
            .iter()
            .copied()
            .find(|other| other.vendor != item.vendor && other.made_from.category == item.made_from.category);
        let other = other.zip(other.and_then(|other| vendors.get(other.vendor)));
        let messages = match thread.messages.split_last() {
            Some((last, before)) if last.kind == MessageKind::Reroute && other.is_none() => before,
            _ => thread.messages.as_slice(),
        };
        let ended = write_one(cx, tx, (thread, messages, item), (vendor.id, *buyer, place, started)).await?;
        written += 1;
        if let Some((item, vendor)) = other.filter(|_| !thread.instead.is_empty()) {
            let told = (thread, thread.instead.as_slice(), item);
            write_one(cx, tx, told, (vendor.id, *buyer, place, ended)).await?;
            written += 1;
        }
    }
    Ok(written)
}

/// A message as it is stored.
struct Line<'a> {
    action: Option<Action>,
    side: Side,
    kind: inquiries::MessageKind,
    body: &'a str,
    data: String,
    at: Timestamp,
}

/// Where a conversation stands, and until when.
struct Standing {
    state: ThreadState,
    due: Option<Timestamp>,
    closed: Option<Timestamp>,
    quote_until: Option<Timestamp>,
}

impl Standing {
    /// Takes a step as the table allows it.
    fn step(&mut self, cx: &Cx, action: Action, at: Timestamp) -> Result<()> {
        let terms = Terms {
            vendor_days: u16::try_from(cx.settings().answer_business_days).unwrap_or(u16::MAX),
            buyer_days: cx.settings().buyer_answer_days,
        };
        let live = self.quote_until.is_some_and(|until| until > at);
        let done = rules::transition(self.state, action, live)?;
        if action == Action::Quote {
            self.quote_until = Some(at.plus(HOLDS));
        }
        self.due = rules::due_at(done.deadline, at, terms, self.due, self.quote_until);
        if self.state.is_open() && !done.to.is_open() {
            self.closed = Some(at);
        }
        self.state = done.to;
        Ok(())
    }
}

/// Plays the messages; what waited past its deadline is over, with a line that says so.
fn play<'a>(
    cx: &Cx,
    (thread, messages, item): (&DemoThread, &'a [DemoMessage], &Goods),
    started: Timestamp,
) -> Result<(Standing, Vec<Line<'a>>)> {
    let mut standing = Standing { state: ThreadState::New, due: None, closed: None, quote_until: None };
    standing.step(cx, Action::Deliver, started)?;
    let mut lines = Vec::with_capacity(messages.len() + 1);
    for message in messages {
        let at = started.plus(i64::from(message.after_minutes) * MINUTE).min(cx.now());
        let (action, kind) = step_of(message.kind);
        if let Some(action) = action {
            standing.step(cx, action, at)?;
        }
        let side = if message.kind.from_vendor() { Side::Vendor } else { Side::Buyer };
        let data = data(thread, item, message, at);
        lines.push(Line { action, side, kind, body: &message.text, data, at });
    }
    if let Some(at) = standing.due.filter(|due| *due <= cx.now()) {
        standing.step(cx, Action::Expire, at)?;
        let (action, kind) = (Some(Action::Expire), inquiries::MessageKind::Expire);
        lines.push(Line { action, side: Side::System, kind, body: "", data: "{}".to_owned(), at });
    }
    Ok((standing, lines))
}

/// What a message does to its thread; the first words only begin it.
const fn step_of(kind: MessageKind) -> (Option<Action>, inquiries::MessageKind) {
    use inquiries::MessageKind as Stored;
    match kind {
        MessageKind::Question => (None, Stored::Text),
        MessageKind::Info => (Some(Action::Question), Stored::Question),
        MessageKind::Answer => (Some(Action::VendorReply), Stored::Text),
        MessageKind::Quote => (Some(Action::Quote), Stored::Quote),
        MessageKind::Decline => (Some(Action::VendorDecline), Stored::Decline),
        MessageKind::Reply => (Some(Action::BuyerReply), Stored::Text),
        MessageKind::Accept => (Some(Action::Accept), Stored::Accept),
        MessageKind::Refuse => (Some(Action::Decline), Stored::Decline),
        MessageKind::Withdraw => (Some(Action::Withdraw), Stored::Withdraw),
        MessageKind::Reroute => (Some(Action::Reroute), Stored::Text),
    }
}

/// Writes a conversation; gives the moment of its last message.
async fn write_one(
    cx: &Cx,
    tx: &mut Tx,
    what: (&DemoThread, &[DemoMessage], &Goods),
    who: (Uuid, Uuid, usize, Timestamp),
) -> Result<Timestamp> {
    let ((thread, messages, item), (vendor, buyer, place, started)) = (what, who);
    let id = cx.new_id();
    let (standing, lines) = play(cx, what, started)?;
    let last = lines.last().map_or(started, |line| line.at);
    let answered = lines.iter().find(|line| line.action.is_some_and(Action::answers)).map(|line| line.at);
    let count = i64::try_from(lines.len()).unwrap_or(0);
    let last_of = |side: Side| {
        (1_i64..).zip(&lines).filter(|(_, line)| line.side == side).map(|(seq, _)| seq).last().unwrap_or(0)
    };
    let (vendor_last, buyer_last) = (last_of(Side::Vendor), last_of(Side::Buyer));
    let unread = standing.state == ThreadState::WaitingVendor && place % 2 == 0;
    let vendor_read = if unread { vendor_last } else { count };
    let buyer_read = if place % 3 == 0 { buyer_last } else { count };
    let reason = messages.iter().rev().find_map(|message| message.reason);
    let english = messages.first().is_some_and(|message| message.text.is_ascii());
    let subject = if english { &item.made_from.title_en } else { &item.made_from.title_ko };
    let quantity = format!(
        "{} {}",
        thread.quantity,
        if english { item.made_from.unit.en } else { item.made_from.unit.ko }
    );
    crate::execute!(
        *tx,
        sql::THREAD,
        id,
        item.id,
        vendor,
        buyer,
        standing.state.code(),
        reason,
        subject,
        &quantity,
        if english { "en" } else { "ko" },
        standing.due,
        started,
        answered,
        last,
        standing.closed,
        count,
        vendor_read,
        buyer_read,
        vendor_last,
        buyer_last
    )?;
    for (seq, line) in (1_i64..).zip(&lines) {
        let author = (line.side == Side::Buyer).then_some(buyer);
        crate::execute!(
            *tx,
            sql::MESSAGE,
            cx.new_id(),
            id,
            seq,
            line.side.code(),
            author,
            line.kind.code(),
            line.body,
            &line.data,
            line.at
        )?;
    }
    Ok(last)
}

fn data(thread: &DemoThread, item: &Goods, message: &DemoMessage, at: Timestamp) -> String {
    if let Some(reason) = message.reason {
        return serde_json::json!({ "reason": reason }).to_string();
    }
    if message.kind != MessageKind::Quote {
        return "{}".to_owned();
    }
    let quote = Quote {
        version: 1,
        currency: Currency::Krw,
        vat: Vat::Excluded,
        lines: vec![QuoteLine {
            item: String::new(),
            quantity: Some(i64::from(thread.quantity)),
            unit: item.made_from.unit.ko.into(),
            price: UnitPrice::whole(thread.quoted.unwrap_or(item.made_from.base_price)),
            breaks: Vec::new(),
        }],
        lead_time_days: i64::from(item.made_from.lead_days),
        valid_until: at.plus(HOLDS),
        incoterm: None,
        place: String::new(),
        payment: String::new(),
        sample: String::new(),
    };
    serde_json::json!({ "quote": quote }).to_string()
}
