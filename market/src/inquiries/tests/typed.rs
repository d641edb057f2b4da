//! What a guest typed is there for the browser it was typed in, for a day, and for nobody else.

use super::ground::{ground, guest, link};
use crate::both_databases;
use crate::db::Db;
use crate::inquiries::confirm::purge_drafts;
use crate::inquiries::service::{ask, confirm_inquiry};
use crate::inquiries::typed::{self, Typed, forget, keep, kept};
use crate::testing::prepare_all;
use crate::time::{DAY, HOUR, SECOND};

fn form(body: &str) -> Typed {
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Typed {
        email: "gest@example.test".into(),
        fields: vec![pair("body", body), pair("email", "gest@example.test")],
    }
}

both_databases!(what_was_typed_stays_with_its_browser_for_a_day, |db: Db| async move {
    let g = ground(db).await;
    let cx = g.t.visitor();
    let first = keep(&cx, "/basket", &form("하나"), (cx.new_id(), None)).await.unwrap().unwrap();
    let other = keep(&cx, "/basket", &form("남"), (cx.new_id(), None)).await.unwrap().unwrap();
    assert_eq!(kept(&cx, "/basket", &first).await.unwrap(), Some(form("하나")));
    assert_eq!(kept(&cx, "/rfqs/new", &first).await.unwrap(), None, "each page has its own");
    assert_eq!(kept(&cx, "/basket", "guess").await.unwrap(), None);
    // the next form of the same browser takes the place of the one before
    let key = cx.new_id();
    let second = keep(&cx, "/basket", &form("둘"), (key, Some(&first))).await.unwrap().unwrap();
    // pressed twice, it is kept once
    assert_eq!(
        keep(&cx, "/basket", &form("둘"), (key, Some(&second))).await.unwrap().as_deref(),
        Some(&*second)
    );
    assert_eq!(kept(&cx, "/basket", &first).await.unwrap(), None);
    assert_eq!(kept(&cx, "/basket", &second).await.unwrap(), Some(form("둘")));
    forget(&cx, &second).await.unwrap();
    assert_eq!(kept(&cx, "/basket", &second).await.unwrap(), None);
    assert_eq!(
        keep(&cx, "/basket", &form(&"가".repeat(50_000)), (cx.new_id(), None)).await.unwrap(),
        None,
        "beyond measure"
    );

    g.t.clock.advance(DAY);
    assert_eq!(kept(&cx, "/basket", &other).await.unwrap(), None, "a day is over");
    g.t.clock.advance(SECOND);
    purge_drafts(&g.t.market.system()).await.unwrap();
    let mut db = cx.read().await.unwrap();
    let (left,) = crate::fetch_one!(db, (i64,), "SELECT CAST(COUNT(*) AS BIGINT) FROM typed_forms").unwrap();
    assert_eq!(left, 0);
    prepare_all(g.t.market.db(), [typed::KEEP, typed::FIND, typed::FORGET, typed::PURGE, typed::ERASE]).await;
});

both_databases!(nobody_fills_the_house_with_forms, |db: Db| async move {
    let g = ground(db).await;
    let cx = crate::Cx { ip: Some("192.0.2.7".parse().unwrap()), ..g.t.visitor() };
    let mut kept_of = 0;
    for n in 0..40 {
        let form = form(&format!("{n}"));
        kept_of += i32::from(keep(&cx, "/basket", &form, (cx.new_id(), None)).await.unwrap().is_some());
    }
    assert_eq!(kept_of, 30, "more is not kept, and nobody is refused for it");
    g.t.clock.advance(2 * HOUR);
    assert!(keep(&cx, "/basket", &form("하나"), (cx.new_id(), None)).await.unwrap().is_some());
});

both_databases!(an_address_that_confirmed_itself_leaves_nothing_typed, |db: Db| async move {
    let g = ground(db).await;
    let visitor = g.t.visitor();
    let typed = Typed { email: "Guest@Example.test".into(), ..form("하나") };
    let secret = keep(&visitor, "/listings/x/ask", &typed, (visitor.new_id(), None)).await.unwrap().unwrap();
    ask(&visitor, g.listing, &guest("하나", "guest@example.test"), visitor.new_id()).await.unwrap();
    let token = link(&g.mails("guest").await[0], "confirm-inquiry");
    assert!(kept(&visitor, "/listings/x/ask", &secret).await.unwrap().is_some());
    confirm_inquiry(&visitor, &token).await.unwrap();
    assert_eq!(kept(&visitor, "/listings/x/ask", &secret).await.unwrap(), None, "also in another browser");
});
