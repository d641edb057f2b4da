//! The one table of a thread's transitions: state × action → state, who may, until when, and what
//! people see. `docs/THREADS.md` is generated from it.

use std::fmt::Write as _;

use crate::calendar;
use crate::error::{Error, Result};
use crate::time::{DAY, Timestamp};

use super::model::{Side, ThreadState};
use ThreadState as S;

/// What can happen to a thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// The site hands the inquiry to the vendor.
    Deliver,
    /// The vendor writes without asking anything.
    VendorReply,
    /// The vendor asks back.
    Question,
    /// The vendor sends a quote, or a new version of it.
    Quote,
    /// The vendor says no.
    VendorDecline,
    /// The buyer writes.
    BuyerReply,
    /// The buyer takes the quote.
    Accept,
    /// The buyer does not take the quote.
    Decline,
    /// The buyer calls it off.
    Withdraw,
    /// The deadline passed.
    Expire,
    /// The buyer asks another vendor instead.
    Reroute,
    /// What was held is not handed over.
    Refuse,
    /// The quote on the table holds no more, and the thread goes on waiting.
    Lapse,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 13] = [
        Self::Deliver,
        Self::VendorReply,
        Self::Question,
        Self::Quote,
        Self::VendorDecline,
        Self::BuyerReply,
        Self::Accept,
        Self::Decline,
        Self::Withdraw,
        Self::Expire,
        Self::Reroute,
        Self::Refuse,
        Self::Lapse,
    ];

    /// The word in the audit log and in the documentation.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Deliver => "deliver",
            Self::VendorReply => "vendor_reply",
            Self::Question => "question",
            Self::Quote => "quote",
            Self::VendorDecline => "vendor_decline",
            Self::BuyerReply => "buyer_reply",
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Withdraw => "withdraw",
            Self::Expire => "expire",
            Self::Reroute => "reroute",
            Self::Refuse => "refuse",
            Self::Lapse => "lapse",
        }
    }

    /// Who may do it.
    pub const fn by(self) -> Side {
        match self {
            Self::Deliver | Self::Expire | Self::Refuse | Self::Lapse => Side::System,
            Self::VendorReply | Self::Question | Self::Quote | Self::VendorDecline => Side::Vendor,
            Self::BuyerReply | Self::Accept | Self::Decline | Self::Withdraw | Self::Reroute => Side::Buyer,
        }
    }

    /// Whether it counts as the vendor's first answer. Declining is answering.
    pub const fn answers(self) -> bool {
        matches!(self, Self::VendorReply | Self::Question | Self::Quote | Self::VendorDecline)
    }
}

/// How long the new state may last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deadline {
    /// The vendor's business days.
    Vendor,
    /// The buyer's days.
    Buyer,
    /// As long as the quote holds.
    Quote,
    /// The running deadline stays.
    Keep,
    /// Nobody is waited for.
    None,
}

/// What must be true besides the state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guard {
    /// Nothing.
    Always,
    /// A quote that still holds lies on the table.
    LiveQuote,
}

/// One line of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Transition {
    /// State before.
    pub from: ThreadState,
    /// What happens.
    pub action: Action,
    /// State after.
    pub to: ThreadState,
    /// What else must be true.
    pub guard: Guard,
    /// How long the state after may last.
    pub deadline: Deadline,
}

const fn line(from: ThreadState, action: Action, to: ThreadState, deadline: Deadline) -> Transition {
    Transition { from, action, to, guard: Guard::Always, deadline }
}

const fn with_quote(from: ThreadState, action: Action, to: ThreadState) -> Transition {
    Transition { from, action, to, guard: Guard::LiveQuote, deadline: Deadline::None }
}

/// Every allowed transition; what is not here cannot happen.
pub const TRANSITIONS: [Transition; 37] = [
    line(S::New, Action::Deliver, S::WaitingVendor, Deadline::Vendor),
    line(S::New, Action::Withdraw, S::Withdrawn, Deadline::None),
    line(S::New, Action::Expire, S::Expired, Deadline::None),
    line(S::New, Action::Refuse, S::Expired, Deadline::None),
    line(S::WaitingVendor, Action::VendorReply, S::WaitingBuyer, Deadline::Buyer),
    line(S::WaitingVendor, Action::Question, S::WaitingBuyer, Deadline::Buyer),
    line(S::WaitingVendor, Action::Quote, S::Quoted, Deadline::Quote),
    line(S::WaitingVendor, Action::VendorDecline, S::VendorDeclined, Deadline::None),
    line(S::WaitingVendor, Action::BuyerReply, S::WaitingVendor, Deadline::Keep),
    with_quote(S::WaitingVendor, Action::Accept, S::Accepted),
    with_quote(S::WaitingVendor, Action::Decline, S::Declined),
    line(S::WaitingVendor, Action::Withdraw, S::Withdrawn, Deadline::None),
    line(S::WaitingVendor, Action::Expire, S::Expired, Deadline::None),
    line(S::WaitingVendor, Action::Lapse, S::WaitingVendor, Deadline::Keep),
    line(S::WaitingBuyer, Action::VendorReply, S::WaitingBuyer, Deadline::Keep),
    line(S::WaitingBuyer, Action::Question, S::WaitingBuyer, Deadline::Buyer),
    line(S::WaitingBuyer, Action::Quote, S::Quoted, Deadline::Quote),
    line(S::WaitingBuyer, Action::VendorDecline, S::VendorDeclined, Deadline::None),
    line(S::WaitingBuyer, Action::BuyerReply, S::WaitingVendor, Deadline::Vendor),
    with_quote(S::WaitingBuyer, Action::Accept, S::Accepted),
    with_quote(S::WaitingBuyer, Action::Decline, S::Declined),
    line(S::WaitingBuyer, Action::Withdraw, S::Withdrawn, Deadline::None),
    line(S::WaitingBuyer, Action::Expire, S::Expired, Deadline::None),
    line(S::WaitingBuyer, Action::Lapse, S::WaitingBuyer, Deadline::Keep),
    line(S::Quoted, Action::VendorReply, S::Quoted, Deadline::Keep),
    line(S::Quoted, Action::Question, S::WaitingBuyer, Deadline::Buyer),
    line(S::Quoted, Action::Quote, S::Quoted, Deadline::Quote),
    line(S::Quoted, Action::VendorDecline, S::VendorDeclined, Deadline::None),
    line(S::Quoted, Action::BuyerReply, S::WaitingVendor, Deadline::Vendor),
    with_quote(S::Quoted, Action::Accept, S::Accepted),
    line(S::Quoted, Action::Decline, S::Declined, Deadline::None),
    line(S::Quoted, Action::Withdraw, S::Withdrawn, Deadline::None),
    line(S::Quoted, Action::Expire, S::Expired, Deadline::None),
    line(S::Accepted, Action::VendorReply, S::Accepted, Deadline::None),
    line(S::Accepted, Action::BuyerReply, S::Accepted, Deadline::None),
    line(S::Expired, Action::Reroute, S::Rerouted, Deadline::None),
    line(S::VendorDeclined, Action::Reroute, S::Rerouted, Deadline::None),
];

/// The line of the table, if the action is possible in this state at all.
pub fn find(from: ThreadState, action: Action) -> Option<Transition> {
    TRANSITIONS.into_iter().find(|line| line.from == from && line.action == action)
}

/// What happens to a thread in `from` when somebody does `action`.
///
/// # Errors
/// `Conflict("thread.ended")` when the thread is over, `Conflict("thread.no_quote")` when there is no
/// quote to decide on, `Conflict("thread.state")` when the state does not allow it.
pub fn transition(from: ThreadState, action: Action, live_quote: bool) -> Result<Transition> {
    let Some(found) = find(from, action) else {
        return Err(Error::conflict(if from.is_open() { "thread.state" } else { "thread.ended" }));
    };
    match found.guard {
        Guard::LiveQuote if !live_quote => Err(Error::conflict("thread.no_quote")),
        _ => Ok(found),
    }
}

/// The figures deadlines are made of.
#[derive(Clone, Copy, Debug)]
pub struct Terms {
    /// Business days of the vendor.
    pub vendor_days: u16,
    /// Days of the buyer.
    pub buyer_days: i64,
}

/// When the state after a transition ends by itself. `running` is the deadline so far, `quote_until`
/// the end of the newest quote.
pub fn due_at(
    deadline: Deadline,
    now: Timestamp,
    terms: Terms,
    running: Option<Timestamp>,
    quote_until: Option<Timestamp>,
) -> Option<Timestamp> {
    match deadline {
        Deadline::None => None,
        Deadline::Keep => running.or(Some(vendor_due(now, terms))),
        Deadline::Vendor => Some(vendor_due(now, terms)),
        Deadline::Buyer => Some(buyer_due(now, terms)),
        Deadline::Quote => quote_until.or(Some(buyer_due(now, terms))),
    }
}

fn vendor_due(now: Timestamp, terms: Terms) -> Timestamp {
    Timestamp(calendar::add_business_days(now.0, terms.vendor_days.max(1)))
}

/// The buyer's days are counted on the calendar; the end is closing time of that day, or of the next
/// working day when that day is none.
fn buyer_due(now: Timestamp, terms: Terms) -> Timestamp {
    Timestamp(calendar::add_business_days(
        now.0.saturating_add(terms.buyer_days.max(1).saturating_mul(DAY)),
        0,
    ))
}

/// When whoever's turn it is will be reminded next: first at half time, moved into business hours, then
/// at opening time of the last day. `None` when nothing is left to remind of.
pub fn remind_at(now: Timestamp, due: Timestamp, first: bool) -> Option<Timestamp> {
    let last_day = Timestamp(calendar::seoul_micros(calendar::seoul_date(due.0), calendar::OPENS_AT));
    if first {
        let half = into_business_hours(now.plus(due.since(now) / 2));
        if half > now && half < last_day {
            return Some(half);
        }
    }
    (last_day > now).then_some(last_day)
}

fn into_business_hours(at: Timestamp) -> Timestamp {
    if calendar::is_open(at.0) {
        return at;
    }
    let date = calendar::seoul_date(at.0);
    let opens = calendar::seoul_micros(date, calendar::OPENS_AT);
    if calendar::is_business_day(date) && at.0 < opens {
        return Timestamp(opens);
    }
    Timestamp(calendar::seoul_micros(calendar::next_business_day(date), calendar::OPENS_AT))
}

/// What both sides see when a thread has come to a state.
pub const fn outcome(state: ThreadState) -> &'static str {
    match state {
        S::New => "The buyer sees that the inquiry is being handed over.",
        S::WaitingVendor => "Both sides see that the vendor answers next, and until when.",
        S::WaitingBuyer => "Both sides see that the buyer answers next, and until when.",
        S::Quoted => "Both sides see the quote and how long it holds.",
        S::Accepted => {
            "Both sides see the quote that was taken and how to reach each other; the vendor is mailed."
        }
        S::Declined => "The vendor is told the reason.",
        S::Withdrawn => "The vendor is told that nothing is left to do.",
        S::Expired => "Both sides are told; an unanswered buyer is shown up to three other vendors.",
        S::VendorDeclined => "The buyer is told the reason and shown up to three other vendors.",
        S::Rerouted => "Both sides see that the buyer asked somebody else.",
    }
}

/// What both sides see after a line of the table.
fn seen(line: Transition) -> &'static str {
    match line.action {
        Action::Refuse => "The buyer is told the reason; the vendor hears nothing.",
        Action::Lapse => {
            "Both sides are told that the quote holds no more; the buyer may ask for a new one, the vendor may send one."
        }
        _ if line.from == S::Accepted => "The other side reads the words; nothing runs, no figure changes.",
        _ => outcome(line.to),
    }
}

/// The documentation's table, generated from [`TRANSITIONS`].
pub fn documentation() -> String {
    let mut out = String::from(
        "| from | action | by | needs | to | then ends | visible outcome |\n| --- | --- | --- | --- | --- | --- | --- |\n",
    );
    for line in TRANSITIONS {
        let needs = match line.guard {
            Guard::Always => "",
            Guard::LiveQuote => "a quote that still holds",
        };
        let ends = match line.deadline {
            Deadline::Vendor => "after `answer_business_days` working days, 18:00",
            Deadline::Buyer => "after `buyer_answer_days` days, 18:00 of a working day",
            Deadline::Quote => "with the quote",
            Deadline::Keep => "unchanged",
            Deadline::None => "over",
        };
        let (from, action, by, to) =
            (line.from.code(), line.action.code(), line.action.by().code(), line.to.code());
        let _ = writeln!(out, "| {from} | {action} | {by} | {needs} | {to} | {ends} | {} |", seen(line));
    }
    out
}

#[cfg(test)]
mod tests;
