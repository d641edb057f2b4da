//! What has to come before a form can be sent, done through the pages.

use std::collections::BTreeMap;

use http::StatusCode;
use uuid::Uuid;

use super::Ground;
use crate::browser::{Browser, Page};
use crate::inquiries::mailed;

/// What has to come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Before {
    Nothing,
    SecondDevice,
    GuestAsked,
    Quoted,
    QuotedByLink,
    BuyersLink,
    AnsweredByLink,
    Declined,
    DeclinedByLink,
    GuestBasket,
    RfqReturned,
    RfqOpened,
    GuestRfq,
    GuestRfqOpen,
    GuestRfqReturned,
    GuestAlert,
    AlertLink,
    Together,
    GuestTogether,
    VendorBlocks,
    BuyerBlocks,
    StopLink,
}

type Found = BTreeMap<&'static str, String>;

const GUEST: [(&str, &str); 3] =
    [("email", "guest@example.test"), ("name", "김구매"), ("third_party", "yes")];

async fn send(ground: &Ground, browser: &mut Browser, path: &str, fields: &[(&str, &str)]) -> Page {
    let idem = ground.world.app.test.market.system().new_id().to_string();
    let mut all: Vec<(&str, String)> =
        fields.iter().map(|(name, value)| (*name, ground.fill(value, &Found::new()))).collect();
    all.push(("idem", idem));
    let all: Vec<(&str, &str)> = all.iter().map(|(name, value)| (*name, value.as_str())).collect();
    browser.post(path, &all).await.expect(StatusCode::SEE_OTHER)
}

fn token(path: &str) -> Found {
    let token = path.split('?').next().unwrap().rsplit('/').next().unwrap();
    Found::from([("token", token.to_owned())])
}

/// Does it; gives what the form's address and body need of it.
pub async fn take(ground: &Ground, before: Before, browser: &mut Browser) -> Found {
    let (world, app) = (&ground.world, &ground.world.app);
    let thread = format!("/inquiries/{}", world.thread);
    let read = || token(world.link("read"));
    match before {
        Before::Nothing => Found::new(),
        Before::BuyersLink => read(),
        Before::SecondDevice => {
            world.browser("buyer").await;
            Found::new()
        }
        Before::Quoted | Before::QuotedByLink => {
            let quote = [("price", "96"), ("quantity", "2,000"), ("lead_time_days", "3")];
            send(ground, &mut ground.browser("owner"), &format!("{thread}/quote"), &quote).await;
            if before == Before::Quoted { Found::new() } else { read() }
        }
        Before::Declined | Before::DeclinedByLink => {
            let reason = [("reason", "too_few")];
            send(ground, &mut ground.browser("owner"), &format!("{thread}/decline"), &reason).await;
            if before == Before::Declined { Found::new() } else { read() }
        }
        Before::AnsweredByLink => {
            let path = format!("/a/{}/ask", world.link("answer"));
            send(ground, browser, &path, &[("body", "도면이 있나요?")]).await;
            Found::new()
        }
        Before::GuestAsked => {
            let fields = [GUEST[0], GUEST[1], GUEST[2], ("body", "단가를 알려 주세요")];
            send(ground, browser, "/listings/bolt-1/ask", &fields).await;
            token(&mailed(app, "guest", "/confirm-inquiry/").await)
        }
        Before::GuestBasket => guest_basket(ground, browser).await,
        Before::Together => together(ground, browser).await,
        Before::GuestTogether => {
            let link = guest_basket(ground, browser).await;
            let sent = browser.post(&format!("/confirm-basket/{}", link["token"]), &[]).await;
            token(sent.location())
        }
        Before::VendorBlocks => blocked(ground, "owner", "/vendor/blocks").await,
        Before::BuyerBlocks => blocked(ground, "buyer", "/account/blocks").await,
        Before::StopLink => {
            let mut asks = ground.browser("other_buyer");
            send(ground, &mut asks, "/listings/bolt-1/ask", &[("body", "단가를 알려 주세요")]).await;
            token(&mailed(app, "owner", "/n/").await)
        }
        Before::GuestAlert => alert(ground, browser).await,
        Before::AlertLink => alert_link(ground, browser).await,
        Before::RfqReturned => returned(ground).await,
        Before::RfqOpened => {
            let desk = format!("/desk/rfqs/{}", world.rfq_in_review);
            send(ground, &mut ground.browser("curator"), &desk, &[("action", "open"), ("version", "1")])
                .await;
            token(&mailed(app, "owner", "/q/").await)
        }
        Before::GuestRfq => guest_rfq(ground, browser).await,
        Before::GuestRfqOpen => decided(ground, browser, &[("action", "open"), ("version", "1")]).await,
        Before::GuestRfqReturned => {
            decided(
                ground,
                browser,
                &[("action", "return"), ("reason", "수량을 적어 주세요"), ("version", "1")],
            )
            .await
        }
    }
}

/// A guest asks with a basket and has not confirmed yet.
async fn guest_basket(ground: &Ground, browser: &mut Browser) -> Found {
    let fields = [
        GUEST[0],
        GUEST[1],
        GUEST[2],
        ("listing-1", "{listing}"),
        ("quantity-1", "5개"),
        ("body", "단가를 알려 주세요"),
        ("send", "1"),
    ];
    send(ground, browser, "/basket", &fields).await;
    token(&mailed(&ground.world.app, "guest", "/confirm-basket/").await)
}

/// Somebody signed in asks two companies with one form.
async fn together(ground: &Ground, browser: &mut Browser) -> Found {
    let fields = [
        ("listing-1", "{listing}"),
        ("quantity-1", "5개"),
        ("listing-2", "{other_listing}"),
        ("quantity-2", "5개"),
        ("body", "단가를 알려 주세요"),
        ("send", "1"),
    ];
    let sent = send(ground, browser, "/basket", &fields).await;
    Found::from([("id", token(sent.location())["token"].clone())])
}

/// A curator sends a request back.
async fn returned(ground: &Ground) -> Found {
    let fields = [("action", "return"), ("reason", "수량을 적어 주세요"), ("version", "1")];
    send(
        ground,
        &mut ground.browser("curator"),
        &format!("/desk/rfqs/{}", ground.world.rfq_in_review),
        &fields,
    )
    .await;
    // its address names the returned one
    Found::from([("id", ground.world.rfq_in_review.to_string())])
}

/// An alert of a guest is on; its mail leads to it.
async fn alert_link(ground: &Ground, browser: &mut Browser) -> Found {
    let link = alert(ground, browser).await;
    let on = browser.post(&format!("/confirm-alert/{}", link["token"]), &[]).await;
    let mut found = token(on.location());
    let page = browser.get(&format!("/s/{}", found["token"])).await;
    found.insert("saved", page.input("search"));
    found
}

/// One side of the thread wants to hear from the other no more; the list shows it.
async fn blocked(ground: &Ground, who: &str, list: &str) -> Found {
    let mut browser = ground.browser(who);
    let form = format!("/inquiries/{}/block", ground.world.thread);
    send(ground, &mut browser, &form, &[("then", "block")]).await;
    Found::from([("block", browser.get(list).await.input("block"))])
}

async fn alert(ground: &Ground, browser: &mut Browser) -> Found {
    let fields = [("state", "q=육각볼트&region=gyeonggi"), ("email", "guest@example.test")];
    send(ground, browser, "/saved-searches", &fields).await;
    token(&mailed(&ground.world.app, "guest", "/confirm-alert/").await)
}

async fn guest_rfq(ground: &Ground, browser: &mut Browser) -> Found {
    let fields = [
        GUEST[0],
        GUEST[1],
        GUEST[2],
        ("lines", "1"),
        ("item-1", "육각볼트"),
        ("quantity-1", "2000"),
        ("unit-1", "ea"),
        ("title", "육각볼트 2,000개"),
        ("category", "fasteners.bolts.hex"),
        ("visibility", "public"),
        ("send", "1"),
    ];
    send(ground, browser, "/rfqs/new", &fields).await;
    token(&mailed(&ground.world.app, "guest", "/confirm-rfq/").await)
}

/// A guest's request, confirmed and decided about by a curator.
async fn decided(ground: &Ground, browser: &mut Browser, decision: &[(&str, &str)]) -> Found {
    const NEWEST: &str =
        "SELECT r.id FROM rfqs r JOIN users u ON u.id = r.buyer_id WHERE u.email = 'guest@example.test'";
    let link = guest_rfq(ground, browser).await;
    let own =
        browser.post(&format!("/confirm-rfq/{}", link["token"]), &[]).await.expect(StatusCode::SEE_OTHER);
    let mut db = ground.world.app.test.market.system().read().await.unwrap();
    let (id,) = market::fetch_one!(db, (Uuid,), NEWEST).unwrap();
    send(ground, &mut ground.browser("curator"), &format!("/desk/rfqs/{id}"), decision).await;
    token(own.location())
}
