//! Limits of asking one vendor: each is keyed on its target as well as on its sender.

use super::ask::GuestFields;
use super::links::fingerprint;
use super::page::AskPage;
use crate::accounts::access::Person;
use crate::cx::Cx;
use crate::throttle::Limit;
use crate::time::{DAY, HOUR};

/// Who sends, as the limits know them: a person, or the address a guest gave.
pub(super) fn sender(person: Option<&Person>, guest: Option<&GuestFields>) -> String {
    match (person, guest) {
        (Some(person), _) => person.id.to_string(),
        (None, Some(guest)) => fingerprint(&guest.email),
        (None, None) => String::new(),
    }
}

/// The limits of everybody: by sender, vendor, listing and network.
pub(super) fn usual(
    cx: &Cx,
    page: &AskPage,
    person: Option<&Person>,
    guest: Option<&GuestFields>,
) -> Vec<Limit> {
    let settings = cx.settings();
    let sender = sender(person, guest);
    let limit = |bucket: String, max: u32, window: i64| Limit { bucket, max, window };
    let mut limits = vec![
        limit(format!("thread:sender:{sender}"), settings.threads_per_sender_hour, HOUR),
        limit(format!("thread:vendor:{}:{sender}", page.vendor_id), settings.threads_per_vendor_day, DAY),
        limit(format!("thread:listing:{}", page.id), settings.threads_per_listing_hour, HOUR),
    ];
    if let (None, Some(ip)) = (person, cx.ip) {
        // an office shares one address, so it may ask a little more than one person
        let office = settings.threads_per_sender_hour.saturating_mul(2);
        limits.push(limit(format!("thread:ip:{}", fingerprint(&ip.to_string())), office, HOUR));
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
