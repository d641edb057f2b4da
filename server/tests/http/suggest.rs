//! The list under the search box: what it offers, and what it never shows.

use app::page::encode;
use axum::body::Body;
use http::{Request, StatusCode, header};
use market::both_databases;
use market::db::Db;
use market::search::log;
use serde_json::Value;
use server::http::layers::Peer;

use crate::browser::{Browser, Page};
use crate::public::{run, stock};
use crate::testapp::TestApp;

/// Groups by their label, each with its lines as `text|href`.
async fn lines(browser: &mut Browser, prefix: &str, typed: &str) -> Vec<(String, Vec<String>)> {
    let page = browser.get(&format!("{prefix}/api/suggest?q={}", encode(typed))).await.expect(StatusCode::OK);
    assert_eq!(page.headers[header::CONTENT_TYPE], "application/json", "{typed}");
    let answer: Value = serde_json::from_str(&page.body).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let line = |line: &Value| format!("{}|{}", text(&line["text"]), text(&line["href"]));
    let group = |group: &Value| {
        (text(&group["label"]), group["lines"].as_array().unwrap().iter().map(line).collect())
    };
    answer["groups"].as_array().unwrap().iter().map(group).collect()
}

fn of<'a>(groups: &'a [(String, Vec<String>)], label: &str) -> &'a [String] {
    groups.iter().find(|(known, _)| known == label).map_or(&[], |(_, lines)| lines)
}

both_databases!(
    letters_lead_to_questions_categories_products_vendors_and_part_numbers,
    |db: Db| async move {
        let app = TestApp::new(db);
        stock(&app, 2).await;
        for name in ["one", "two", "three"] {
            let (_, mut browser) = app.person(name).await;
            browser.get(&format!("/search?q={}", encode("육각볼트 m8"))).await.expect(StatusCode::OK);
            browser.get(&format!("/search?q={}", encode("육각없는것"))).await.expect(StatusCode::OK);
        }
        let (_, mut alone) = app.person("alone").await;
        alone.get(&format!("/search?q={}", encode("육각볼트"))).await.expect(StatusCode::OK);
        log::flush(&app.test.market).await.unwrap();

        let mut browser = app.visitor();
        let groups = lines(&mut browser, "", "육각").await;
        let asked = format!("육각볼트 m8|/search?q={}", encode("육각볼트 m8"));
        assert_eq!(
            of(&groups, "많이 찾는 말"),
            std::slice::from_ref(&asked),
            "asked by three and found; not by one, not in vain"
        );
        assert!(of(&groups, "분류").iter().any(|line| line.contains("|/categories/hex-")), "{groups:?}");
        assert_eq!(of(&groups, "제품").len(), 2);
        assert!(of(&groups, "제품").iter().all(|line| line.contains("|/listings/bolt-")), "{groups:?}");
        // an unfinished syllable, initials, the other keyboard
        for typed in ["육ㄱ", "육가", "ㅇㄱㅂㅌ", "dbrrkr"] {
            assert_eq!(
                of(&lines(&mut browser, "", typed).await, "많이 찾는 말"),
                std::slice::from_ref(&asked),
                "{typed}"
            );
        }
        let parts = lines(&mut browser, "", "gb-1").await;
        assert_eq!(of(&parts, "품번").len(), 2, "{parts:?}");
        assert!(of(&parts, "품번")[0].starts_with("GB-1|/listings/bolt-") && of(&parts, "제품").is_empty());
        let vendors = lines(&mut browser, "", "가온벼").await;
        assert_eq!(of(&vendors, "공급사"), ["가온벼리볼트|/vendors/gaon"]);
        let english = lines(&mut browser, "/en", "hex bolt").await;
        assert!(of(&english, "Products")[0].starts_with("Hex bolt M8x20|/en/listings/bolt-"), "{english:?}");
        let page = browser.get("/api/suggest?q=a").await.expect(StatusCode::OK);
        assert_eq!(page.headers[header::CACHE_CONTROL], "public, max-age=30");
    }
);

both_databases!(what_is_hidden_is_never_suggested, |db: Db| async move {
    let app = TestApp::new(db);
    let (vendor, ids) = stock(&app, 3).await;
    let mut browser = app.visitor();
    assert_eq!(of(&lines(&mut browser, "", "육각볼트").await, "제품").len(), 3);
    // the index still has all of it: the rule of visibility decides at this moment
    run(&app, "UPDATE listings SET state = 'hidden' WHERE id = $1", ids[0]).await;
    run(&app, "UPDATE listings SET free_until = 1 WHERE id = $1", ids[1]).await;
    assert_eq!(of(&lines(&mut browser, "", "육각볼트").await, "제품").len(), 1);
    run(&app, "UPDATE vendors SET state = 'suspended' WHERE id = $1", vendor).await;
    for typed in ["육각볼트", "GB-1", "가온벼리", "hex bolt m8", "bolt"] {
        let groups = lines(&mut browser, "", typed).await;
        let all: Vec<&String> = groups.iter().flat_map(|(_, lines)| lines).collect();
        assert!(all.iter().all(|line| line.contains("|/categories/")), "{typed}: {all:?}");
    }
});

both_databases!(any_letters_get_an_answer_and_long_ones_an_empty_one, |db: Db| async move {
    let naughty: Vec<String> = serde_json::from_str(include_str!("../fixtures/hostile/blns.json")).unwrap();
    let app = TestApp::new(db);
    stock(&app, 1).await;
    let mut browser = app.visitor();
    for typed in naughty.iter().filter(|typed| typed.len() < 2_000) {
        lines(&mut browser, "", typed).await;
    }
    for raw in ["%00", "%FF%FE", "%ED%A0%80", "&q=b", "%", "a&size=99999", ""] {
        browser.get(&format!("/api/suggest?q={raw}")).await.expect(StatusCode::OK);
    }
    browser.get("/api/suggest").await.expect(StatusCode::OK);
    assert!(lines(&mut browser, "", &"육각볼트 ".repeat(1_000)).await.is_empty());
    app.test.search.set_away(true);
    let groups = lines(&mut browser, "", "육각").await;
    assert!(of(&groups, "제품").is_empty() && !of(&groups, "분류").is_empty(), "{groups:?}");
});

async fn typed_from(browser: &mut Browser, peer: &str, address: &str) -> Page {
    let mut request = Request::get(address).body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer(peer.parse().unwrap()));
    browser.send(request).await
}

both_databases!(who_types_without_end_is_told_when_to_go_on_and_nobody_else_is, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = app.visitor();
    for _ in 0..150 {
        typed_from(&mut browser, "203.0.113.7", "/api/suggest?q=a").await.expect(StatusCode::OK);
    }
    for (address, kind) in [("/api/suggest?q=a", "초 뒤에 다시"), ("/en/api/suggest?q=a", "try again in")]
    {
        let page = typed_from(&mut browser, "203.0.113.7", address).await;
        let page = page.expect(StatusCode::TOO_MANY_REQUESTS);
        let wait: u64 = page.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
        assert!((1..=10).contains(&wait), "{wait}");
        assert_eq!(page.headers[header::CONTENT_TYPE], "application/json");
        assert_eq!(page.headers[header::CACHE_CONTROL], "no-store");
        let answer: Value = serde_json::from_str(&page.body).unwrap();
        assert_eq!(answer["groups"], serde_json::json!([]));
        let message = answer["message"].as_str().unwrap();
        assert!(message.contains(kind) && message.contains(&wait.to_string()), "{message}");
    }
    typed_from(&mut browser, "198.51.100.7", "/api/suggest?q=a").await.expect(StatusCode::OK);
    // the form of the box works on meanwhile
    typed_from(&mut browser, "203.0.113.7", "/search?q=a").await.expect(StatusCode::OK);
    app.test.clock.advance(10 * market::time::SECOND);
    typed_from(&mut browser, "203.0.113.7", "/api/suggest?q=a").await.expect(StatusCode::OK);
});
