//! Conversations in every state: fresh, waiting on either side, quoted, declined, accepted, withdrawn, expired.

use uuid::Uuid;

use super::companies::Company;
use super::goods::Goods;
use super::people::People;
use super::{days_ago, sql};
use crate::calendar;
use crate::catalog::ListingState;
use crate::cx::Cx;
use crate::db::Tx;
use crate::demo::{DemoMessage, DemoOutcome, DemoThread, MessageKind};
use crate::error::Result;
use crate::inquiries::quote::{Quote, QuoteLine, UnitPrice, Vat};
use crate::money::Currency;
use crate::time::{DAY, MINUTE, Timestamp};

/// Where a conversation stands and until when.
struct Standing {
    state: &'static str,
    due: Option<Timestamp>,
    closed: Option<Timestamp>,
}

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
        write_one(cx, tx, thread, item, (vendor.id, *buyer, place)).await?;
        written += 1;
    }
    Ok(written)
}

async fn write_one(
    cx: &Cx,
    tx: &mut Tx,
    thread: &DemoThread,
    item: &Goods,
    who: (Uuid, Uuid, usize),
) -> Result<()> {
    let (vendor, buyer, place) = who;
    let id = cx.new_id();
    let started = days_ago(cx, i64::from(thread.age_days), place * 31);
    let moments: Vec<Timestamp> = thread
        .messages
        .iter()
        .map(|m| started.plus(i64::from(m.after_minutes) * MINUTE).min(cx.now()))
        .collect();
    let last = moments.last().copied().unwrap_or(started);
    let standing = standing(cx, thread, last, place);
    let answered = thread
        .messages
        .iter()
        .zip(&moments)
        .find(|(message, _)| message.kind.from_vendor())
        .map(|(_, at)| *at);
    let count = i64::try_from(thread.messages.len()).unwrap_or(0);
    let last_of = |vendor_side: bool| {
        (1_i64..)
            .zip(&thread.messages)
            .filter(|(_, m)| m.kind.from_vendor() == vendor_side)
            .map(|(seq, _)| seq)
            .last()
            .unwrap_or(0)
    };
    let (vendor_last, buyer_last) = (last_of(true), last_of(false));
    let vendor_read = if thread.outcome == DemoOutcome::Waiting && place % 2 == 0 { 0 } else { count };
    let buyer_read = if place % 3 == 0 { buyer_last } else { count };
    let reason = (standing.state == "vendor_declined").then_some("no_capacity");
    let english = thread.messages.first().is_some_and(|message| message.text.is_ascii());
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
        standing.state,
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
    for ((seq, message), at) in (1_i64..).zip(&thread.messages).zip(moments) {
        let (kind, data) = kind_and_data(thread, item, message, at);
        let side = if message.kind.from_vendor() { "vendor" } else { "buyer" };
        let author = (side == "buyer").then_some(buyer);
        crate::execute!(
            *tx,
            sql::MESSAGE,
            cx.new_id(),
            id,
            seq,
            side,
            author,
            kind,
            &message.text,
            &data,
            at
        )?;
    }
    Ok(())
}

fn standing(cx: &Cx, thread: &DemoThread, last: Timestamp, place: usize) -> Standing {
    let open = |state, due: Timestamp| Standing { state, due: Some(due), closed: None };
    let over = |state| Standing { state, due: None, closed: Some(last) };
    let vendor_due = Timestamp(calendar::add_business_days(
        last.0,
        u16::try_from(cx.settings().answer_business_days).unwrap_or(3),
    ));
    let buyer_due = last.plus(cx.settings().buyer_answer_days * DAY);
    let standing = match thread.outcome {
        DemoOutcome::Waiting => open("waiting_vendor", vendor_due),
        DemoOutcome::Informed => open("waiting_buyer", buyer_due),
        DemoOutcome::Declined => over("vendor_declined"),
        DemoOutcome::Quoted => match place % 5 {
            0 => over("accepted"),
            1 if place % 2 == 1 => over("declined"),
            2 if place % 4 == 2 => over("withdrawn"),
            _ => open("quoted", last.plus(30 * DAY)),
        },
    };
    // nothing waits past its deadline: what would is over
    match standing.due.filter(|due| *due <= cx.now()) {
        Some(due) => Standing { state: "expired", due: None, closed: Some(due) },
        None => standing,
    }
}

fn kind_and_data(
    thread: &DemoThread,
    item: &Goods,
    message: &DemoMessage,
    at: Timestamp,
) -> (&'static str, String) {
    let plain = "{}".to_owned();
    match message.kind {
        MessageKind::Question | MessageKind::Reply => ("text", plain),
        MessageKind::Info => ("question", plain),
        MessageKind::Decline => ("decline", serde_json::json!({ "reason": "no_capacity" }).to_string()),
        MessageKind::Quote => {
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
                valid_until: at.plus(30 * DAY),
                incoterm: None,
                place: String::new(),
                payment: String::new(),
                sample: String::new(),
            };
            ("quote", serde_json::json!({ "quote": quote }).to_string())
        }
    }
}
