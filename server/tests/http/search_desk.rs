//! The curators' desk of search as people use it: from a question that found nothing to a rule, over the embedded engine.

use http::{Request, StatusCode};
use market::accounts::access::PlatformRole;
use market::both_databases;
use market::db::Db;
use market::search::{feed, log};
use uuid::Uuid;

use crate::browser::Browser;
use crate::testapp::TestApp;

const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, intro_ko, \
    intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, 'gaon', '1', 'approved', '가온공구', '', '가', '41', '경기도 시흥시', '1', 'a@b.test', '', '', 'active', $2, $2, 1)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, price_kind, \
    price_currency, price_tiers, origin, hs_code, part_number, created_at, updated_at, first_published_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', 'fasteners.bolts.hex', $4, '', '', '', '[]', '개', 'negotiable', 'KRW', '[]', '', '', '', $5, $5, $5, $5, $6, 1)";

/// A shop on the embedded engine.
async fn shop(db: Db, name: &str) -> (TestApp, Vec<Uuid>) {
    let app = TestApp::with_engine(db, &format!("desk-{name}"));
    let cx = app.test.market.system();
    let vendor = cx.new_id();
    let mut ids = Vec::new();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, VENDOR, vendor, cx.now()).unwrap();
    for (slug, title) in
        [("wrench-1", "소켓 렌치 세트"), ("bolt-1", "육각볼트 M8"), ("driver-1", "전동 드라이버")]
    {
        let id = cx.new_id();
        let until = cx.now().plus(60 * market::time::DAY);
        market::execute!(tx, LISTING, id, vendor, slug, title, cx.now(), until).unwrap();
        ids.push(id);
    }
    tx.commit().await.unwrap();
    feed::catch_up(&app.test.market).await.unwrap();
    (app, ids)
}

/// Three people ask the same.
async fn asked_by_three(app: &TestApp, query: &str) {
    for name in ["one", "two", "three"] {
        let id = app.test.add_person(&format!("{name}-{}", query.len())).await;
        let mut browser = app.signed_in(id).await;
        browser.get(&format!("/search?q={}", app::page::encode(query))).await.expect(StatusCode::OK);
    }
    log::flush(&app.test.market).await.unwrap();
}

async fn search(browser: &mut Browser, query: &str) -> crate::browser::Page {
    browser.get(&format!("/search?q={}", app::page::encode(query))).await
}

fn rule<'a>(kind: &'a str, query: &'a str, target: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("kind", kind), ("query", query), ("target", target)]
}

both_databases!(a_question_that_found_nothing_becomes_a_rule, |db: Db| async move {
    let (app, _) = shop(db, "rule").await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let mut buyer = app.visitor();
    search(&mut buyer, "복스알").await.expect(StatusCode::OK).says("제품이 아직 없어요");
    asked_by_three(&app, "복스알").await;
    asked_by_three(&app, "010-1234-5678").await;
    let page = curator.get("/desk/search").await.expect(StatusCode::OK).says("복스알").says("규칙 만들기");
    assert!(!page.body.contains("010"), "numbers of people are not kept");

    let way = "/desk/search/rules/new?kind=synonym&query=%EB%B3%B5%EC%8A%A4%EC%95%8C";
    assert!(page.body.contains(&way.replace('&', "&amp;")), "one press from the row to the rule");
    let form = curator.get(way).await.expect(StatusCode::OK).says("효과 미리 보기");
    assert_eq!(form.input("query"), "복스알");
    let mut fields = rule("synonym", "복스알", "소켓 렌치");
    fields.push(("then", "preview"));
    let tried = curator.post("/desk/search/rules/new", &fields).await.expect(StatusCode::OK);
    let tried = tried.says("이 규칙이 있으면").says("소켓 렌치 세트").says("새로 나옴").says("저장하고 쓰기");
    search(&mut buyer, "복스알").await.expect(StatusCode::OK).says("제품이 아직 없어요");

    let key = tried.idem();
    let mut fields = rule("synonym", "복스알", "소켓 렌치");
    fields.extend([("then", "save"), ("idem", key.as_str())]);
    curator.post("/desk/search/rules/new", &fields).await.expect(StatusCode::SEE_OTHER);
    curator.post("/desk/search/rules/new", &fields).await.expect(StatusCode::SEE_OTHER);
    search(&mut buyer, "복스알").await.expect(StatusCode::OK).says("소켓 렌치 세트");
    let list = curator.get("/desk/search/rules").await.expect(StatusCode::OK).says("복스알").says("쓰는 중");
    assert_eq!(list.body.matches("/desk/search/rules/0").count(), 1, "pressed twice, made once");

    let at = list.body.find("/desk/search/rules/0").unwrap();
    let path: String = list.body[at..].chars().take_while(|c| *c != '"').collect();
    let page = curator.get(&path).await.expect(StatusCode::OK).says("지난 모습");
    let version = page.input("version");
    curator.post(&path, &[("then", "undo"), ("version", &version)]).await.expect(StatusCode::SEE_OTHER);
    search(&mut buyer, "복스알").await.expect(StatusCode::OK).says("제품이 아직 없어요");
    let mut late = rule("synonym", "복스알", "드라이버");
    late.extend([("then", "save"), ("version", version.as_str())]);
    curator.post(&path, &late).await.expect(StatusCode::CONFLICT).says("그 사이에 다른 사람이 고쳤어요");
});

both_databases!(a_question_leads_to_a_page_and_back, |db: Db| async move {
    let (app, ids) = shop(db, "lead").await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let key = app.test.market.ports().ids.new_id().to_string();
    let save = async |curator: &mut Browser, fields: &[(&str, &str)]| {
        curator.post("/desk/search/rules/new", fields).await.expect(StatusCode::SEE_OTHER);
    };
    let mut fields = rule("redirect", "육각볼트", "https://evil.test/");
    fields.extend([("then", "save"), ("idem", key.as_str())]);
    curator
        .post("/desk/search/rules/new", &fields)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("공개된 쪽");
    fields[2].1 = "/categories/hex-bolts";
    save(&mut curator, &fields).await;
    let mut buyer = app.visitor();
    let led = search(&mut buyer, "육각 볼트").await.expect(StatusCode::SEE_OTHER);
    let there = led.location().to_owned();
    assert!(there.starts_with("/categories/hex-bolts?searched="), "{there}");
    let page = buyer.get(&there).await.expect(StatusCode::OK).says("검색에서 바로 왔어요").says("literal=1");
    assert!(page.body.contains("rel=\"canonical\" href=\"http://127.0.0.1:3000/categories/hex-bolts\""));
    let back = format!("/search?q={}&literal=1", app::page::encode("육각볼트"));
    buyer.get(&back).await.expect(StatusCode::OK).says("육각볼트 M8").says("쪽이 따로 있어요");
    let narrowed = format!("/search?q={}&region=gyeonggi", app::page::encode("육각볼트"));
    buyer.get(&narrowed).await.expect(StatusCode::OK);

    let pinned = ids[2].to_string();
    let key = app.test.market.ports().ids.new_id().to_string();
    let pin = [
        ("kind", "pin"),
        ("query", "렌치"),
        ("listing", &pinned),
        ("ends", "2026-12-24"),
        ("then", "save"),
        ("idem", &key),
    ];
    save(&mut curator, &pin).await;
    let page = search(&mut buyer, "렌치")
        .await
        .expect(StatusCode::OK)
        .says("연합회 추천")
        .says("전동 드라이버")
        .says("소켓 렌치 세트");
    assert!(!page.body.contains("광고"), "what curators recommend is nobody's advertisement");
    buyer
        .get("/en/search?q=%EB%A0%8C%EC%B9%98")
        .await
        .expect(StatusCode::OK)
        .says("Recommended by the federation");
});

both_databases!(what_is_opened_is_counted_once, |db: Db| async move {
    let (app, ids) = shop(db, "open").await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    asked_by_three(&app, "렌치").await;
    let (_, mut buyer) = app.person("buyer").await;
    let page = search(&mut buyer, "렌치").await.expect(StatusCode::OK);
    let at = page.body.find("ping=\"").unwrap() + 6;
    let ping: String =
        page.body[at..].chars().take_while(|c| *c != '"').collect::<String>().replace("&amp;", "&");
    assert!(ping.contains(&ids[0].simple().to_string()) && ping.ends_with("&place=1"), "{ping}");
    buyer.post_raw(&ping, "text/ping", b"PING".to_vec()).await.expect(StatusCode::NO_CONTENT);
    // the same opening as a browser tells it that does not ping, and one that is only fetched ahead
    for (name, value) in [("accept", "text/html"), ("sec-purpose", "prefetch")] {
        let request = Request::get("/listings/wrench-1")
            .header("referer", format!("http://127.0.0.1:3000/search?q={}", app::page::encode("렌치")))
            .header(name, value)
            .body(axum::body::Body::empty())
            .unwrap();
        buyer.send(request).await.expect(StatusCode::OK);
    }
    log::flush(&app.test.market).await.unwrap();
    let mut db = app.test.market.system().read().await.unwrap();
    let told = "SELECT query, listing_id, position FROM search_clicks";
    let rows = market::fetch_all!(db, (String, Uuid, Option<i64>), told).unwrap();
    assert_eq!(rows, [("렌치".to_owned(), ids[0], Some(1))]);
    drop(db);
    curator
        .get("/desk/search?list=most&days=7")
        .await
        .expect(StatusCode::OK)
        .says("렌치")
        .says("평균 1.0번째");
    buyer.get("/desk/search").await.expect(StatusCode::FORBIDDEN);
    app.visitor().get("/desk/search/rules").await.expect(StatusCode::SEE_OTHER);
});

const TOLD: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM saved_search_matches WHERE listing_id = $1 AND matches AND NOT known AND mailing_id IS NOT NULL";
const RENEWED: &str = "UPDATE listings SET published_at = $2 WHERE id = $1";

both_databases!(alerts_follow_conditions_and_sizes_of_the_engine, |db: Db| async move {
    let (app, ids) = shop(db, "alert").await;
    let (_, mut buyer) = app.person("buyer").await;
    for state in ["category=hex-bolts&region=gyeonggi", "q=육각볼트 M8", "q=육각볼트 M80"] {
        buyer.post("/saved-searches", &[("state", state)]).await.expect(StatusCode::SEE_OTHER);
    }
    let cx = app.test.market.system();
    app.test.clock.advance(market::time::HOUR);
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, RENEWED, ids[1], cx.now()).unwrap();
    market::catalog::changes::note(&cx, &mut tx, ids[1]).await.unwrap();
    tx.commit().await.unwrap();
    feed::catch_up(&app.test.market).await.unwrap();
    market::saved_searches::collect::run(&cx).await.unwrap();
    app.work().await;
    let mails = app.test.mailer.sent();
    assert_eq!(mails.len(), 1, "two searches found it, one mail tells");
    assert_eq!(mails[0].text.matches("/listings/bolt-1").count(), 1, "{}", mails[0].text);
    let mut db = cx.read().await.unwrap();
    let (found,) = market::fetch_one!(db, (i64,), TOLD, ids[1]).unwrap();
    assert_eq!(found, 2, "the conditions of one, the words of the other");
    assert!(!mails[0].text.contains("M80"), "what only comes near is no news");
});
