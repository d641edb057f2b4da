//! The log, its figures, and rules from the first draft to their end, on both databases.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests")]

use std::net::IpAddr;

use uuid::Uuid;

use super::figures::{self, Order};
use super::service::{self, Preview};
use super::{RuleDraft, live, store};
use crate::accounts::access::PlatformRole;
use crate::both_databases;
use crate::catalog::browse::tests::Shop;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{ErrorKind, Problem};
use crate::search::{SearchQuery, Sort, feed, log, service as searching};
use crate::testing::prepare_all;
use crate::time::DAY;

async fn curator(shop: &Shop) -> Cx {
    let id = shop.0.add_person("curator").await;
    shop.0.grant(id, PlatformRole::Curator).await;
    shop.0.as_person(id).await
}

/// Somebody of one network.
fn from(shop: &Shop, network: u8) -> Cx {
    Cx { ip: Some(IpAddr::from([10, 0, 0, network])), ..shop.visitor() }
}

fn draft(kind: &str, query: &str, target: &str) -> RuleDraft {
    RuleDraft { kind: kind.into(), query: query.into(), target: target.into(), ..RuleDraft::default() }
}

fn plain(text: &str) -> SearchQuery {
    SearchQuery { text: text.into(), ..SearchQuery::default() }
}

async fn found(cx: &Cx, query: SearchQuery) -> (Vec<String>, Vec<String>, Option<String>) {
    let page = searching::search(cx, query).await.unwrap();
    let slugs =
        |cards: Vec<crate::catalog::browse::Card>| cards.iter().map(|card| card.slug.clone()).collect();
    (slugs(page.cards), slugs(page.pinned), page.redirect)
}

both_databases!(every_statement_is_understood, |db: Db| async move {
    let statements = [
        store::VERSION,
        store::NEXT,
        store::IN_FORCE,
        store::LIST,
        store::VERSIONS,
        store::ADD,
        figures::MISSED,
        figures::SELDOM_OPENED,
        figures::MOST,
        figures::TOTALS,
        figures::UNMET,
        figures::POPULAR,
        log::COUNT,
        log::MARK,
        log::OPEN,
        log::MAKE_SALT,
        log::SALT,
        log::FORGET_WORDS,
        log::FORGET_CLICKS,
        log::FORGET_MARKS,
        log::FORGET_SALTS,
    ];
    prepare_all(&db, statements).await;
});

both_databases!(searches_are_counted_together_and_without_a_name, |db: Db| async move {
    let shop = Shop::new(db);
    let cx = from(&shop, 1);
    for _ in 0..80 {
        log::note(&cx, "스텐  볼트", 0, true);
    }
    log::note(&cx, "  ", 0, true);
    assert_eq!(log::flush(&shop.0.market).await.unwrap(), 50);
    assert_eq!(log::flush(&shop.0.market).await.unwrap(), 0);
    for personal in ["kim@example.kr", "010-1234-5678", "124-81-00998"] {
        log::note(&cx, personal, 0, true);
    }
    assert_eq!(log::flush(&shop.0.market).await.unwrap(), 0, "nothing personal is kept even in memory");
    let mut db = cx.read().await.unwrap();
    let rows = crate::fetch_all!(
        db,
        (String, i64, i64, i64),
        "SELECT query, searches, missed, hits FROM search_words"
    )
    .unwrap();
    assert_eq!(rows, [("스텐 볼트".to_owned(), 50, 50, 0)]);
    let (marks,) =
        crate::fetch_one!(db, (i64,), "SELECT CAST(COUNT(*) AS BIGINT) FROM search_marks").unwrap();
    assert_eq!(marks, 1, "one person is one mark, however often they ask");
});

both_databases!(a_question_of_few_people_is_not_shown, |db: Db| async move {
    let shop = Shop::new(db);
    let cx = curator(&shop).await;
    // one person on five days of five weeks, and two people in one week
    for _ in 0..5 {
        log::note(&from(&shop, 1), "한 사람", 0, true);
        log::flush(&shop.0.market).await.unwrap();
        shop.0.clock.advance(7 * DAY);
    }
    for network in 1..=2 {
        log::note(&from(&shop, network), "두 사람", 0, true);
    }
    for network in 1..=3 {
        log::note(&from(&shop, network), "세 사람", 0, true);
        log::note(&from(&shop, network), "열지 않는 것", 9, false);
        log::note(&from(&shop, network), "여는 것", 4, false);
        log::opened(
            &from(&shop, network),
            "여는 것",
            Uuid::from_u128(5),
            (network > 1).then_some(network.into()),
        );
        log::opened(&from(&shop, network), "여는 것", Uuid::from_u128(5), None);
    }
    log::flush(&shop.0.market).await.unwrap();
    let missed = figures::open(&cx, Order::Missed, 90).await.unwrap();
    assert_eq!(missed.rows.iter().map(|row| row.query.as_str()).collect::<Vec<_>>(), ["세 사람"]);
    assert_eq!((missed.totals.searches, missed.totals.missed), (16, 10));
    assert_eq!((missed.totals.questions, missed.totals.shown), (5, 3));
    let seldom = figures::open(&cx, Order::SeldomOpened, 30).await.unwrap().rows;
    assert_eq!(seldom.iter().map(|row| row.query.as_str()).collect::<Vec<_>>(), ["열지 않는 것"]);
    let most = figures::open(&cx, Order::Most, 7).await.unwrap();
    let opened = most.rows.iter().find(|row| row.query == "여는 것").unwrap();
    assert_eq!((opened.clicks, opened.mean_place(), most.totals.clicks), (3, Some(25), 3));
    let buyer = shop.0.add_person("buyer").await;
    let buyer = shop.0.as_person(buyer).await;
    assert_eq!(figures::open(&buyer, Order::Most, 7).await.unwrap_err().kind, ErrorKind::Forbidden);
    assert_eq!(service::list(&shop.visitor(), None).await.unwrap_err().kind, ErrorKind::NotSignedIn);
});

both_databases!(counts_are_forgotten_after_ninety_days, |db: Db| async move {
    let shop = Shop::new(db);
    log::note(&from(&shop, 1), "볼트", 1, false);
    log::opened(&from(&shop, 1), "볼트", Uuid::from_u128(1), Some(1));
    log::flush(&shop.0.market).await.unwrap();
    let purge = async || {
        let mut tx = shop.0.market.db().write().await.unwrap();
        let gone = log::purge(&mut tx, shop.0.market.now()).await.unwrap();
        tx.commit().await.unwrap();
        gone
    };
    assert_eq!(purge().await, 0);
    shop.0.clock.advance(89 * DAY);
    assert_eq!(purge().await, 1, "the salt of the week is gone, its counts are not");
    shop.0.clock.advance(8 * DAY);
    assert_eq!(purge().await, 3);
});

both_databases!(a_rule_is_tried_out_kept_changed_and_undone, |db: Db| async move {
    let shop = Shop::new(db);
    let vendor = shop.vendor("v").await;
    let bolt = shop.listing(vendor, "bolt", "published", 1).await;
    let nut = shop.listing(vendor, "nut", "published", 2).await;
    let hidden = shop.listing(vendor, "hidden", "hidden", 3).await;
    feed::rebuild(&shop.0.market).await.unwrap();
    let cx = curator(&shop).await;
    assert_eq!(found(&cx, plain("제품 급구")).await.0, Vec::<String>::new());

    let Preview { sample, before, after } =
        service::preview(&cx, None, &draft("stop_word", "급구", ""), "제품 급구").await.unwrap();
    assert_eq!((sample.as_str(), before.cards.len(), after.cards.len()), ("제품 급구", 0, 2));
    assert_eq!(found(&cx, plain("제품 급구")).await.0.len(), 0, "looking changes nothing");

    let idem = cx.new_id();
    let rule = service::add(&cx, &draft("stop_word", "급구", ""), idem).await.unwrap();
    assert_eq!(service::add(&cx, &draft("stop_word", "급구", ""), idem).await.unwrap(), rule);
    assert_eq!(found(&cx, plain("제품 급구")).await.0.len(), 2, "it holds at once");
    let literal = SearchQuery { literal: true, ..plain("제품 급구") };
    assert_eq!(found(&cx, literal).await.0.len(), 0, "who wants the exact words gets them");

    service::change(&cx, rule, 1, &draft("stop_word", "급히", "")).await.unwrap();
    assert_eq!(found(&cx, plain("제품 급구")).await.0.len(), 0);
    let late = service::change(&cx, rule, 1, &draft("stop_word", "급함", "")).await.unwrap_err();
    assert_eq!(late.kind, ErrorKind::Conflict("search_rule.changed".into()));
    service::undo(&cx, rule, 2).await.unwrap();
    service::undo(&cx, rule, 2).await.unwrap();
    assert_eq!(found(&cx, plain("제품 급구")).await.0.len(), 2);
    service::end(&cx, rule).await.unwrap();
    service::end(&cx, rule).await.unwrap();
    assert_eq!(found(&cx, plain("제품 급구")).await.0.len(), 0);
    service::undo(&cx, rule, 4).await.unwrap();
    assert_eq!(found(&cx, plain("제품 급구")).await.0.len(), 2);
    let versions = service::versions(&cx, rule).await.unwrap();
    let story: Vec<(i64, &str, bool)> =
        versions.iter().rev().map(|v| (v.version, v.query.as_str(), v.ended)).collect();
    let expected =
        [(1, "급구", false), (2, "급히", false), (3, "급구", false), (4, "급구", true), (5, "급구", false)];
    assert_eq!(story, expected);
    assert!(versions.iter().all(|version| version.author.as_deref() == Some("curator")));

    let pin =
        RuleDraft { listing: bolt.to_string(), ends: "2026-11-30".into(), ..draft("pin", "제 품", "") };
    service::add(&cx, &pin, cx.new_id()).await.unwrap();
    let (cards, pinned, _) = found(&cx, plain("제품")).await;
    assert_eq!((cards, pinned), (vec!["nut".to_owned()], vec!["bolt".to_owned()]));
    let newest = SearchQuery { sort: Sort::Newest, ..plain("제품") };
    assert_eq!(found(&cx, newest).await.1, Vec::<String>::new());
    shop.run("UPDATE listings SET state = 'hidden' WHERE id = $1", bolt).await;
    assert_eq!(
        found(&cx, plain("제품")).await,
        (vec!["nut".to_owned()], vec![], None),
        "hidden is hidden for pins too"
    );
    let unseen = RuleDraft { listing: hidden.to_string(), ..pin.clone() };
    let refused = service::add(&cx, &unseen, cx.new_id()).await.unwrap_err();
    let ErrorKind::Invalid(errors) = refused.kind else { panic!("{:?}", refused.kind) };
    assert_eq!(errors.of("listing"), Some(&Problem::Rule("slot.not_visible".into())));
    let _ = nut;
    shop.0.clock.advance(7 * DAY);
    assert!(live::refresh(&shop.0.market).await.unwrap(), "a rule whose time is over goes by itself");
    assert_eq!(live::current(&shop.0.market).rules().len(), 1);

    service::add(&cx, &draft("redirect", "볼트", "/categories/hex-bolts"), cx.new_id()).await.unwrap();
    assert_eq!(found(&cx, plain("볼 트")).await.2.as_deref(), Some("/categories/hex-bolts"));
    let nowhere =
        service::add(&cx, &draft("redirect", "볼트", "/categories/nowhere"), cx.new_id()).await.unwrap_err();
    assert!(matches!(nowhere.kind, ErrorKind::Invalid(_)));
});

both_databases!(a_change_of_one_process_holds_in_the_other, |db: Db| async move {
    let (here, there) = (Shop::new(db.clone()), Shop::new(db));
    let cx = curator(&here).await;
    service::add(&cx, &draft("synonym", "복스", "소켓"), cx.new_id()).await.unwrap();
    assert!(live::current(&there.0.market).rules().is_empty());
    assert!(live::refresh(&there.0.market).await.unwrap());
    assert!(!live::refresh(&there.0.market).await.unwrap(), "nothing changed since");
    assert_eq!(live::current(&there.0.market).rules()[0].query, "복스");
});
