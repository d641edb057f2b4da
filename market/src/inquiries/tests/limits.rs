//! Whom limits count: networks, not single addresses of them; what vendors get, not what nobody confirmed.

use std::net::{IpAddr, Ipv6Addr};

use super::ground::{Ground, ground, guest};
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::links::open_link;
use crate::inquiries::service::ask;
use crate::inquiries::together::{BatchDraft, ItemDraft, send};
use crate::rfqs::{RequestLine, RfqDraft};

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
        let guess = open_link(&cx, "guess").await.err().unwrap();
        if matches!(guess.kind, ErrorKind::TooMany { .. }) {
            limits.push("link:ip".into());
        }
    }
    for limit in ["thread:ip", "batch:ip", "rfq:ip", "link:ip"] {
        assert!(limits.iter().any(|found| found == limit), "{limit}: {limits:?}");
    }
});
