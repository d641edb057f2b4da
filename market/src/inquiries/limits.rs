//! Limits of asking one vendor: each is keyed on its target as well as on its sender. What a guest has not confirmed reaches no
//! vendor, so it counts against its sender alone; what vendors get is counted when threads begin.

use uuid::Uuid;

use super::ask::GuestFields;
use super::links::{fingerprint, network_mark};
use super::page::AskPage;
use crate::abuse::limits as newcomers;
use crate::accounts::access::Person;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::throttle::{self, Limit};
use crate::time::{DAY, HOUR};

/// Who sends, as the limits know them: a person, or the address a guest gave.
pub(super) fn sender(person: Option<&Person>, guest: Option<&GuestFields>) -> String {
    match (person, guest) {
        (Some(person), _) => person.id.to_string(),
        (None, Some(guest)) => fingerprint(&guest.email),
        (None, None) => String::new(),
    }
}

/// The limits of what one vendor and its listings get.
pub(super) fn of_target<'a>(
    cx: &Cx,
    vendor: Uuid,
    listings: impl IntoIterator<Item = &'a AskPage>,
    sender: &str,
) -> Vec<Limit> {
    let settings = cx.settings();
    let limit = |bucket: String, max: u32, window: i64| Limit { bucket, max, window };
    let of_vendor = limit(format!("thread:vendor:{vendor}:{sender}"), settings.threads_per_vendor_day, DAY);
    let of_listings = listings
        .into_iter()
        .map(|page| limit(format!("thread:listing:{}", page.id), settings.threads_per_listing_hour, HOUR));
    std::iter::once(of_vendor).chain(of_listings).collect()
}

/// Counts what a guest confirmed against what vendors get, as if `buyer` asked now; vendors with their listings.
pub(super) async fn confirmed(
    cx: &Cx,
    tx: &mut Tx,
    buyer: Uuid,
    asked: &[(Uuid, Vec<&AskPage>)],
) -> Result<()> {
    let sender = buyer.to_string();
    let vendors: Vec<Uuid> = asked.iter().map(|(vendor, _)| *vendor).collect();
    let mut all: Vec<Limit> = Vec::new();
    for (vendor, pages) in asked {
        all.extend(of_target(cx, *vendor, pages.iter().copied(), &sender));
    }
    all.extend(newcomers::of_newcomer(cx, tx, (Some(buyer), &sender), &vendors).await?);
    throttle::hit(tx, cx.now(), &all).await
}

/// The limits of everybody: by sender and network; by vendor and listing where a thread begins at once.
pub(super) fn usual(
    cx: &Cx,
    page: &AskPage,
    person: Option<&Person>,
    guest: Option<&GuestFields>,
) -> Vec<Limit> {
    let settings = cx.settings();
    let sender = sender(person, guest);
    let limit = |bucket: String, max: u32, window: i64| Limit { bucket, max, window };
    let mut limits = vec![limit(format!("thread:sender:{sender}"), settings.threads_per_sender_hour, HOUR)];
    if guest.is_none() {
        limits.extend(of_target(cx, page.vendor_id, [page], &sender));
    }
    if let (None, Some(ip)) = (person, cx.ip) {
        // an office shares one address, so it may ask a little more than one person
        let office = settings.threads_per_sender_hour.saturating_mul(2);
        limits.push(limit(format!("thread:ip:{}", network_mark(ip)), office, HOUR));
    }
    if guest.is_some() {
        limits.push(limit(
            format!("thread:confirm:{sender}"),
            settings.threads_per_sender_hour.saturating_mul(2),
            DAY,
        ));
    }
    limits
}
