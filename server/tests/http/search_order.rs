//! What stands first: nothing that is paid for or chosen by people, and the listing whose part number was typed.

use app::page::encode;
use http::StatusCode;
use market::accounts::access::PlatformRole;
use market::both_databases;
use market::db::Db;
use market::search::feed;
use market::time::DAY;
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::public::{run, stock};
use crate::testapp::TestApp;

const SLOT: &str = "INSERT INTO slots (id, place, position, listing_id, note, starts_at, ends_at, created_by, created_at) VALUES ($1, $6, $2, $3, '', $4, $5, $7, $4)";

async fn search(browser: &mut Browser, words: &str, more: &str) -> Page {
    browser.get(&format!("/search?q={}{more}", encode(words))).await.expect(StatusCode::OK)
}

/// Listings of a page in order, each once.
fn order(page: &Page) -> Vec<String> {
    let rows = &page.body[page.body.find("<h2 class=\"vh\">").unwrap_or_default()..];
    let mut out: Vec<String> = Vec::new();
    for rest in rows.split("/listings/").skip(1) {
        let slug: String = rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        if !out.contains(&slug) {
            out.push(slug);
        }
    }
    out
}

both_databases!(what_is_featured_moves_nothing_in_the_results, |db: Db| async move {
    let app = TestApp::with_engine(db, "order");
    let (_, ids) = stock(&app, 12).await;
    let (curator, _) = app.team_member("curator", PlatformRole::Curator).await;
    let mut browser = app.visitor();
    let ways = [
        ("볼트", ""),
        ("육각볼트 M8", ""),
        ("볼트", "&sort=new"),
        ("볼트", "&sort=price"),
        ("", ""),
        ("bolt", "&region=gyeonggi"),
    ];
    let mut before = Vec::new();
    for (words, more) in ways {
        before.push(order(&search(&mut browser, words, more).await));
    }
    assert!(before.iter().all(|order| order.len() == 12), "{before:?}");
    // every place that can be given away goes to what came last
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    for (position, id) in ids.iter().take(3).enumerate() {
        let (now, end, place) = (cx.now(), cx.now().plus(30 * DAY), i64::try_from(position).unwrap());
        market::execute!(tx, SLOT, cx.new_id(), place, *id, now, end, "home", curator).unwrap();
    }
    for id in &ids {
        market::catalog::changes::note(&cx, &mut tx, *id).await.unwrap();
    }
    tx.commit().await.unwrap();
    feed::catch_up(&app.test.market).await.unwrap();
    feed::rebuild(&app.test.market).await.unwrap();
    browser.get("/").await.expect(StatusCode::OK).says("/listings/bolt-0");
    for ((words, more), before) in ways.into_iter().zip(before) {
        assert_eq!(order(&search(&mut browser, words, more).await), before, "{words}{more}");
    }
});

const PART: &str = "UPDATE listings SET part_number = 'XK-200/5' WHERE id = $1";
const LONGER: &str = "UPDATE listings SET part_number = 'XK-200/55' WHERE id = $1";
const RARE_TITLE: &str =
    "UPDATE listings SET title_ko = 'XK-200/55 xk2005 부품', part_number = '' WHERE id = $1";

/// Changes a listing, and the index follows.
pub async fn change(app: &TestApp, sql: &'static str, id: Uuid) {
    run(app, sql, id).await;
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    market::catalog::changes::note(&cx, &mut tx, id).await.unwrap();
    tx.commit().await.unwrap();
    feed::catch_up(&app.test.market).await.unwrap();
}

both_databases!(a_part_number_typed_leads_straight_to_its_listing, |db: Db| async move {
    let app = TestApp::with_engine(db, "part");
    let (vendor, ids) = stock(&app, 5).await;
    change(&app, PART, ids[0]).await;
    change(&app, LONGER, ids[1]).await;
    change(&app, RARE_TITLE, ids[2]).await;
    let mut browser = app.visitor();
    for typed in ["XK-200/5", "xk2005", "XK 200 5", "ＸＫ－２００／５"] {
        let page = search(&mut browser, typed, "").await;
        assert_eq!(order(&page).first().map(String::as_str), Some("bolt-0"), "{typed}");
        let page = page.says("품번 일치").says("이 제품 보기").says("/listings/bolt-0/ask");
        assert_eq!(page.body.matches("품번 일치").count(), 2, "{typed}: the way in and its row");
    }
    let part = search(&mut browser, "XK-200", "").await;
    assert!(
        !part.body.contains("품번 일치") && !part.body.contains("이 제품 보기"),
        "a beginning is no match"
    );
    // two makers of one number: both are marked, none is the one
    change(&app, PART, ids[3]).await;
    let two = search(&mut browser, "XK-200/5", "").await;
    assert!(!two.body.contains("이 제품 보기"));
    assert_eq!(two.body.matches("품번 일치").count(), 2);
    let mut first: Vec<String> = order(&two).into_iter().take(2).collect();
    first.sort();
    assert_eq!(first, ["bolt-0", "bolt-3"]);
    run(&app, "UPDATE vendors SET state = 'suspended' WHERE id = $1", vendor).await;
    let hidden = search(&mut browser, "XK-200/5", "").await;
    assert!(!hidden.body.contains("품번 일치") && !hidden.body.contains("/listings/bolt"));
});
