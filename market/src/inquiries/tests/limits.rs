//! Whom limits count: networks, not single addresses of them; what vendors get, not what nobody confirmed.

use std::net::{IpAddr, Ipv6Addr};

use super::ground::{Ground, ground, guest, link, words};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::InquiryDraft;
use crate::inquiries::links::{count_guess, open_link};
use crate::inquiries::service::{ask, confirm_inquiry};
use crate::inquiries::together::{BatchDraft, ItemDraft, confirm_batch, send};
use crate::rfqs::{RequestLine, RfqDraft};
use crate::time::HOUR;

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
