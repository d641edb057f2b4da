//! Whom limits count: networks, not single addresses of them; what vendors get, not what nobody confirmed.

use std::net::{IpAddr, Ipv6Addr};

use uuid::Uuid;

use super::ground::{Ground, add_vendor, ground, ground_with, guest, link, words};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::InquiryDraft;
use crate::inquiries::links::{count_guess, open_link};
use crate::inquiries::service::{ask, confirm_inquiry};
use crate::inquiries::together::{BatchDraft, ItemDraft, confirm_batch, send};
use crate::rfqs::{RequestLine, RfqDraft};
use crate::settings::Settings;
use crate::time::{DAY, HOUR};

/// A visitor at one of the addresses of one household.
fn at(g: &Ground, n: u16) -> Cx {
    Cx { ip: Some(IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 7, n, n, n, n))), ..g.t.visitor() }
}

fn request(n: u16) -> RfqDraft {
    let line = RequestLine { item: "육각볼트".into(), quantity: "2000".into(), ..RequestLine::default() };
    RfqDraft {
        title: "육각볼트".into(),
        body: "성적서가 필요해요".into(),
        lines: vec![line],
        category: "fasteners.bolts.hex".into(),
        visibility: "public".into(),
        email: format!("guest{n}@example.test"),
        name: "김구매".into(),
        agreed: true,
        ..RfqDraft::default()
    }
}

both_databases!(what_nobody_confirmed_shuts_nobody_out, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let item = || ItemDraft { listing_id: g.listing, quantity: "1".into(), ..ItemDraft::default() };
    for n in 0..40 {
        let email = format!("guest{n}@example.test");
        ask(&cx, g.listing, &guest("?", &email), cx.new_id()).await.unwrap();
        let basket = BatchDraft { common: guest("?", &email), items: vec![item()] };
        send(&cx, &basket, cx.new_id()).await.unwrap();
    }
    // the vendor got nothing yet, so a real buyer may ask, alone and by basket
    g.asked().await;
    let buyer = g.buyer().await;
    let basket =
        BatchDraft { common: InquiryDraft { quantity: String::new(), ..words("?") }, items: vec![item()] };
    send(&buyer, &basket, buyer.new_id()).await.unwrap();
    // what is confirmed counts: of all newcomers together a vendor gets twenty in an hour
    let mut refused = Vec::new();
    for n in 0..20 {
        let mails = g.mails(&format!("guest{n}")).await;
        let kind = if n % 2 == 0 { "confirm-inquiry" } else { "confirm-basket" };
        let mail = mails.iter().find(|mail| mail.text.contains(kind)).unwrap();
        let token = link(mail, kind);
        let done = match kind {
            "confirm-inquiry" => confirm_inquiry(&cx, &token).await.err(),
            _ => confirm_batch(&cx, &token).await.err(),
        };
        refused.extend(done.map(|error| (error.limit().unwrap_or("no limit").to_owned(), kind, token)));
    }
    let limits: Vec<_> = refused.iter().map(|(limit, ..)| &**limit).collect();
    assert_eq!(limits, ["newcomer:vendor"; 2], "eighteen beside the two that asked before");
    // nothing is used up by that
    g.t.clock.advance(HOUR);
    for (_, kind, token) in refused {
        let done = match kind {
            "confirm-inquiry" => confirm_inquiry(&cx, &token).await.err(),
            _ => confirm_batch(&cx, &token).await.err(),
        };
        assert!(done.is_none(), "{done:?}");
    }
});

both_databases!(a_household_is_one_network, |db: Db| async move {
    let g = ground(db).await;
    let mut limits = Vec::new();
    for n in 0..40 {
        let (cx, email) = (at(&g, n), format!("guest{n}@example.test"));
        let asked = ask(&cx, g.listing, &guest("?", &email), cx.new_id()).await.err();
        let items = vec![ItemDraft { listing_id: g.listing, quantity: "1".into(), ..ItemDraft::default() }];
        let basket = BatchDraft { common: guest("?", &email), items };
        let sent = send(&cx, &basket, cx.new_id()).await.err();
        let handed_in = crate::rfqs::service::submit(&cx, &request(n), cx.new_id()).await.err();
        let refused = [asked, sent, handed_in].into_iter().flatten();
        limits.extend(refused.map(|error| error.limit().unwrap_or("no limit").to_owned()));
        assert_eq!(open_link(&cx, "guess").await.err().unwrap().kind, ErrorKind::NotFound);
        limits
            .extend(count_guess(&cx).await.err().map(|error| error.limit().unwrap_or("no limit").to_owned()));
    }
    for limit in ["thread:ip", "batch:ip", "rfq:ip", "link:ip"] {
        assert!(limits.iter().any(|found| found == limit), "{limit}: {limits:?}");
    }
});

/// Asks about a product and gives what refused it: the limit and the seconds until it may work.
async fn refused(cx: &Cx, listing: Uuid) -> Option<(String, u64)> {
    let error = ask(cx, listing, &words("?"), cx.new_id()).await.err()?;
    let ErrorKind::TooMany { retry_after } = error.kind else { panic!("{error}") };
    Some((error.limit().unwrap().to_owned(), retry_after))
}

both_databases!(one_sender_asks_one_vendor_so_often_a_day, |db: Db| async move {
    let settings =
        Settings { threads_per_sender_hour: 100, threads_per_vendor_day: 2, ..Settings::default() };
    let g = ground_with(db, settings).await;
    let buyer = g.buyer().await;
    for _ in 0..2 {
        assert_eq!(refused(&buyer, g.listing).await, None);
    }
    let (limit, seconds) = refused(&buyer, g.listing).await.unwrap();
    assert_eq!(limit, "thread:vendor");
    let day = u64::try_from(DAY / 1_000_000).unwrap();
    assert!((1..=day + 1).contains(&seconds), "{seconds}");
    // it is about these two: the same buyer asks another vendor, another buyer asks this one
    let (_, elsewhere) = add_vendor(&g.t, "other").await;
    assert_eq!(refused(&buyer, elsewhere).await, None);
    let other = g.t.as_person(g.t.add_person("other").await).await;
    assert_eq!(refused(&other, g.listing).await, None);
    // an hour changes nothing unless the day is over; when it said so, the way is free
    g.t.clock.advance(i64::try_from(seconds - 1).unwrap() * 1_000_000 - 1_000_000);
    assert_eq!(refused(&buyer, g.listing).await.unwrap().0, "thread:vendor");
    g.t.clock.advance(2_000_000);
    assert_eq!(refused(&buyer, g.listing).await, None);
});

both_databases!(one_product_gets_so_many_inquiries_an_hour, |db: Db| async move {
    let settings = Settings { threads_per_listing_hour: 3, ..Settings::default() };
    let g = ground_with(db, settings).await;
    let mut buyers = Vec::new();
    for n in 0..4 {
        buyers.push(g.t.as_person(g.t.add_person(&format!("buyer{n}")).await).await);
    }
    for buyer in buyers.iter().take(3) {
        assert_eq!(refused(buyer, g.listing).await, None);
    }
    // from everybody together, so it is the fourth person's first question that waits
    let (limit, seconds) = refused(&buyers[3], g.listing).await.unwrap();
    assert_eq!(limit, "thread:listing");
    assert!((1..=3_601).contains(&seconds), "{seconds}");
    let (_, elsewhere) = add_vendor(&g.t, "other").await;
    assert_eq!(refused(&buyers[3], elsewhere).await, None, "another product is free");
    g.t.clock.advance(HOUR);
    assert_eq!(refused(&buyers[3], g.listing).await, None);
});
