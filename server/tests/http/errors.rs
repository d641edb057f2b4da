//! What people see when something is not there, not theirs or away.

use http::{Method, Request, StatusCode, header};
use market::both_databases;
use market::db::Db;

use crate::testapp::TestApp;

both_databases!(an_unknown_address_says_so_and_offers_ways_on, |db: Db| async move {
    let app = TestApp::new(db);
    let page = app
        .visitor()
        .get("/no/such/page")
        .await
        .expect(StatusCode::NOT_FOUND)
        .says("찾는 페이지가 없어요")
        .says("href=\"/search\"");
    assert_eq!(page.headers[header::CACHE_CONTROL], "private, no-store");
    app.visitor()
        .get("/en/no/such/page")
        .await
        .expect(StatusCode::NOT_FOUND)
        .says("This page does not exist")
        .says("href=\"/en/search\"");
});

both_databases!(a_link_that_opens_nothing_says_so_and_leads_to_the_inbox, |db: Db| async move {
    let app = TestApp::new(db);
    for path in [
        "/a/guess",
        "/b/guess",
        "/q/guess",
        "/r/guess",
        "/confirm-inquiry/x",
        "/confirm-basket/x",
        "/confirm-rfq/x",
    ] {
        let page = app.visitor().get(path).await.expect(StatusCode::NOT_FOUND);
        page.says("이 링크로는 열 수 없어요").says("href=\"/inquiries\"");
        let english = app.visitor().get(&format!("/en{path}")).await.expect(StatusCode::NOT_FOUND);
        english.says("This link opens nothing").says("href=\"/en/inquiries\"");
    }
});

both_databases!(a_link_to_an_account_that_opens_nothing_says_how_to_get_another, |db: Db| async move {
    let app = TestApp::new(db);
    let ways = [
        ("/confirm/x", "/sign-up/done"),
        ("/reset/x", "/reset"),
        ("/confirm-alert/x", "/account/notifications"),
        ("/s/x", "/account/notifications"),
        ("/n/x", "/account/notifications"),
    ];
    for (path, way) in ways {
        let page = app.visitor().get(path).await.expect(StatusCode::NOT_FOUND);
        page.says("이 링크로는 열 수 없어요").says(&format!("href=\"{way}\""));
        let english = app.visitor().get(&format!("/en{path}")).await.expect(StatusCode::NOT_FOUND);
        english.says("This link opens nothing").says(&format!("href=\"/en{way}\""));
    }
});

both_databases!(a_database_that_is_away_gives_a_page_and_recovers, |db: Db| async move {
    let app = TestApp::new(db.clone());
    app.visitor().get("/readyz").await.expect(StatusCode::OK);
    db.close().await;
    let page = app.visitor().get("/readyz").await.expect(StatusCode::SERVICE_UNAVAILABLE);
    assert!(page.body.contains("away"));
    app.visitor().get("/livez").await.expect(StatusCode::OK);
});

both_databases!(what_is_the_same_for_everybody_needs_no_database, |db: Db| async move {
    let app = TestApp::new(db.clone());
    let (_, mut person) = app.person("kim").await;
    db.close().await;
    person.get("/favicon.svg").await.expect(StatusCode::OK).says("<svg");
    let page =
        person.get("/account").await.expect(StatusCode::SERVICE_UNAVAILABLE).says("잠깐 연결이 끊겼어요");
    assert_eq!(page.headers[header::RETRY_AFTER], "5");
    for note in ["/.inputs", "/manifest.json", "/%2Einputs", "/./manifest.json", "/m%61nifest.json"] {
        assert_eq!(app.visitor().get(note).await.status, StatusCode::NOT_FOUND, "{note}");
    }
});

both_databases!(every_answer_carries_its_guards, |db: Db| async move {
    let app = TestApp::new(db);
    let page = app.visitor().get("/no/such/page").await;
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(page.headers[name], value, "{name}");
    }
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    assert!(policy.contains("script-src 'nonce-") && policy.contains("object-src 'none'"), "{policy}");
    let other = app.visitor().get("/no/such/page").await;
    assert_ne!(
        page.headers[header::CONTENT_SECURITY_POLICY],
        other.headers[header::CONTENT_SECURITY_POLICY],
        "a nonce is used once"
    );
    assert_ne!(page.headers["x-request-id"], other.headers["x-request-id"]);
});

both_databases!(another_site_cannot_post_for_a_person, |db: Db| async move {
    let app = TestApp::new(db);
    let request = |path: &str, site: &str| {
        Request::builder()
            .method(Method::POST)
            .uri(path)
            .header("sec-fetch-site", site)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(axum::body::Body::empty())
            .unwrap()
    };
    let page = app.visitor().send(request("/sign-out", "cross-site")).await.expect(StatusCode::FORBIDDEN);
    let page = page.says("어디에서 보냈는지 알 수 없어요").says("페이지를 새로 열고 다시 보내 주세요");
    assert!(!page.body.contains("담당자"), "nobody's rights are at fault");
    let english = app.visitor().send(request("/en/sign-out", "cross-site")).await;
    english.expect(StatusCode::FORBIDDEN).says("Please open the page anew and send it again.");
});

both_databases!(an_address_that_is_no_text_leads_nowhere, |db: Db| async move {
    let app = TestApp::new(db);
    let page = app.visitor().get("/listings/%B0%A1").await.expect(StatusCode::NOT_FOUND);
    assert!(page.body.contains("<h1>"), "a page, not a bare line: {}", page.body);
});

both_databases!(no_address_makes_a_link_to_another_host, |db: Db| async move {
    let app = TestApp::new(db);
    for address in ["/en//evil.test", "//evil.test", "///evil.test", "/en/\\evil.test", "/\\evil.test"] {
        let page = app.visitor().get(address).await;
        for link in ["=\"//evil", "=\"/\\evil", "=\"///evil"] {
            assert!(!page.body.contains(link), "{address}: {link}");
        }
    }
    app.visitor().get("/en//evil.test").await.expect(StatusCode::NOT_FOUND).says("href=\"/evil.test\"");
});

both_databases!(an_address_asked_for_in_another_way_says_which_it_knows, |db: Db| async move {
    let app = TestApp::new(db);
    for (method, path, allowed) in [
        (Method::POST, "/search", "GET"),
        (Method::DELETE, "/", "GET"),
        (Method::PUT, "/account", "GET"),
        (Method::GET, "/sign-out", "POST"),
        (Method::GET, "/api/listings/x/autosave", "POST"),
    ] {
        let request =
            Request::builder().method(method.clone()).uri(path).body(axum::body::Body::empty()).unwrap();
        let page = app.visitor().send(request).await.expect(StatusCode::METHOD_NOT_ALLOWED);
        let allow = page.headers[header::ALLOW].to_str().unwrap();
        assert!(allow.contains(allowed), "{method} {path}: {allow}");
        page.says("이 주소로는 그렇게 보낼 수 없어요").says("href=\"/\"");
    }
    app.visitor().post("/no/such/page", &[]).await.expect(StatusCode::NOT_FOUND);
});

both_databases!(a_slash_behind_an_address_leads_to_the_page, |db: Db| async move {
    let app = TestApp::new(db);
    for (written, page) in [
        ("/search/", "/search"),
        ("/en/search/?q=bolt&page=2", "/en/search?q=bolt&page=2"),
        ("/categories/", "/categories"),
        ("/listings/bolt-1/", "/listings/bolt-1"),
        ("/account/", "/account"),
    ] {
        let moved = app.visitor().get(written).await.expect(StatusCode::PERMANENT_REDIRECT);
        assert_eq!(moved.location(), page);
    }
    app.visitor().get("/en/").await.expect(StatusCode::OK);
    for nothing in ["/no/such/page/", "/listings/", "/listings//", "/fonts/", "//evil.test/"] {
        app.visitor().get(nothing).await.expect(StatusCode::NOT_FOUND);
    }
});

both_databases!(health_carries_the_guards_too, |db: Db| async move {
    let app = TestApp::new(db);
    for path in ["/livez", "/readyz"] {
        let answer = app.visitor().get(path).await.expect(StatusCode::OK);
        assert_eq!(answer.headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(answer.headers["x-frame-options"], "DENY", "{path}");
    }
});

both_databases!(each_language_announces_its_own_feed, |db: Db| async move {
    let app = TestApp::new(db);
    for (page, feed) in [("/", "/feeds/listings.xml"), ("/en", "/en/feeds/listings.xml")] {
        let announced = format!("type=\"application/rss+xml\" href=\"{feed}\"");
        app.visitor().get(page).await.expect(StatusCode::OK).says(&announced);
    }
});
