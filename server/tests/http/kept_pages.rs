//! A public page is put into words once for many: what is one visitor's alone is never in it twice, and what changed is
//! never in it still.

use std::collections::HashSet;

use axum::body::Body;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use market::both_databases;
use market::db::Db;
use market::time::DAY;
use tower::ServiceExt;

use crate::browser::Page;
use crate::public::{run, stock};
use crate::testapp::TestApp;

const PAGES: [&str; 6] = [
    "/",
    "/search?q=%EB%B3%BC%ED%8A%B8",
    "/search?q=%EB%B3%BC%ED%8A%B8&view=table",
    "/categories/hex-bolts",
    "/listings/bolt-0",
    "/en/listings/bolt-0",
];

/// The keys of the forms on a page.
fn keys(page: &str) -> Vec<&str> {
    page.split("name=\"idem\" value=\"").skip(1).filter_map(|rest| rest.get(..36)).collect()
}

/// The nonces of its scripts, each once.
fn nonces(page: &str) -> HashSet<&str> {
    page.split("nonce=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// The page without what belongs to one response.
fn words(page: &Page) -> String {
    let mut words = page.body.clone();
    for own in keys(&page.body).into_iter().chain(nonces(&page.body)) {
        words = words.replace(own, "");
    }
    words
}

fn allowed_nonce(page: &Page) -> String {
    let policy = page.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
    policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned()
}

async fn packed(app: &TestApp, path: &str, codings: &str) -> (Option<String>, Page) {
    let request = Request::get(path).header(header::ACCEPT_ENCODING, codings).body(Body::empty()).unwrap();
    let response = app.router.clone().oneshot(request).await.unwrap();
    let (status, headers) = (response.status(), response.headers().clone());
    let bytes = response.into_body().collect().await.unwrap().to_bytes();
    let coding = headers.get(header::CONTENT_ENCODING).map(|coding| coding.to_str().unwrap().to_owned());
    let bytes =
        if coding.as_deref() == Some("zstd") { zstd::decode_all(&*bytes).unwrap() } else { bytes.to_vec() };
    (coding, Page { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() })
}

both_databases!(the_same_words_carry_their_own_keys, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 25).await;
    every_visitor_has_keys_of_their_own(&app).await;
});

// what is left then are the parts that pages share: header, frame of results, the block to ask
both_databases!(the_same_parts_carry_their_own_keys, |db: Db| async move {
    let app = TestApp::new(db).forgetting_pages();
    stock(&app, 25).await;
    every_visitor_has_keys_of_their_own(&app).await;
});

async fn every_visitor_has_keys_of_their_own(app: &TestApp) {
    for path in PAGES {
        let (mut seen_keys, mut seen_nonces) = (HashSet::new(), HashSet::new());
        let first = app.visitor().get(path).await.expect(StatusCode::OK);
        for _ in 0..3 {
            let page = app.visitor().get(path).await.expect(StatusCode::OK);
            assert_eq!(words(&page), words(&first), "{path}");
            assert_eq!(nonces(&page.body), HashSet::from([allowed_nonce(&page).as_str()]), "{path}");
            assert!(seen_nonces.insert(allowed_nonce(&page)), "{path}: a nonce twice");
            for key in keys(&page.body) {
                assert!(seen_keys.insert(key.to_owned()), "{path}: a key twice");
            }
            assert_eq!(page.headers[header::CACHE_CONTROL], first.headers[header::CACHE_CONTROL]);
        }
    }
}

both_databases!(a_compressed_page_is_the_same_page, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 25).await;
    for path in PAGES {
        let plain = app.visitor().get(path).await.expect(StatusCode::OK);
        let mut seen = HashSet::new();
        for _ in 0..3 {
            let (coding, page) = packed(&app, path, "gzip, br, zstd").await;
            assert_eq!(coding.as_deref(), Some("zstd"));
            assert_eq!(words(&page), words(&plain), "{path}");
            assert_eq!(nonces(&page.body), HashSet::from([allowed_nonce(&page).as_str()]), "{path}");
            assert!(seen.insert(allowed_nonce(&page)));
            assert_eq!(page.headers[header::VARY], "accept-encoding");
        }
        for refused in ["identity", "zstd;q=0", "gzip", "br"] {
            let (coding, _) = packed(&app, path, refused).await;
            assert_ne!(coding.as_deref(), Some("zstd"), "{refused}");
        }
    }
});

both_databases!(what_is_taken_down_is_gone_from_every_page_at_once, |db: Db| async move {
    let app = TestApp::new(db);
    let (vendor, listings) = stock(&app, 3).await;
    let lists = [
        "/",
        "/search?q=%EB%B3%BC%ED%8A%B8",
        "/search?q=%EB%B3%BC%ED%8A%B8&view=table",
        "/categories/hex-bolts",
        "/listings/bolt-1",
        "/vendors/gaon",
    ];
    for path in lists {
        for _ in 0..2 {
            app.visitor().get(path).await.expect(StatusCode::OK).says("M8×20 2");
        }
    }
    // neither the engine nor the worker has heard of it yet
    run(&app, "UPDATE listings SET state = 'hidden' WHERE id = $1", listings[2]).await;
    for path in lists {
        let page = app.visitor().get(path).await.expect(StatusCode::OK);
        assert!(!page.body.contains("M8×20 2"), "{path} still shows it");
    }
    app.visitor().get("/listings/bolt-2").await.expect(StatusCode::NOT_FOUND);
    run(
        &app,
        "UPDATE listings SET title_ko = '나비너트 M8×20', title_en = 'Wing nut' WHERE id = $1",
        listings[1],
    )
    .await;
    app.visitor().get("/listings/bolt-1").await.expect(StatusCode::OK).says("나비너트 M8×20");
    run(&app, "UPDATE vendors SET state = 'suspended' WHERE id = $1", vendor).await;
    for path in lists {
        let page = app.visitor().get(path).await;
        for gone in ["M8×20 0", "나비너트", "가온벼리"] {
            assert!(!page.body.contains(gone), "{path} still shows {gone} of a suspended company");
        }
    }
});

both_databases!(a_window_ends_on_the_second, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 2).await;
    app.visitor().get("/").await.expect(StatusCode::OK).says("M8×20 1");
    app.test.clock.advance(90 * DAY);
    for path in ["/", "/search?q=%EB%B3%BC%ED%8A%B8", "/categories/hex-bolts"] {
        let page = app.visitor().get(path).await.expect(StatusCode::OK);
        assert!(!page.body.contains("M8×20 1"), "{path} still shows what is over");
    }
});

both_databases!(a_page_of_somebody_is_nobody_elses, |db: Db| async move {
    nobody_sees_what_is_somebodys(&TestApp::new(db)).await;
});

both_databases!(a_part_of_somebodys_page_is_nobody_elses, |db: Db| async move {
    nobody_sees_what_is_somebodys(&TestApp::new(db).forgetting_pages()).await;
});

// the header of a question says what was asked, and leads to the same page in the other language
both_databases!(a_part_says_what_its_own_page_says, |db: Db| async move {
    let app = TestApp::new(db).forgetting_pages();
    stock(&app, 1).await;
    for (q, asked) in [("bolt", "bolt"), ("%22%3Cb%3E", "&quot;&lt;b&gt;"), ("", "")] {
        let page = app.visitor().get(&format!("/search?q={q}")).await.expect(StatusCode::OK);
        assert!(page.body.contains(&format!("maxlength=\"400\" value=\"{asked}\"")), "{q}");
        page.says(&format!("href=\"/en/search?q={q}\""));
    }
    let page = app.visitor().get("/categories").await.expect(StatusCode::OK);
    page.says("href=\"/categories\" aria-current=\"page\"").says("href=\"/en/categories\"");
    let page = app.visitor().get("/en/listings/bolt-0").await.expect(StatusCode::OK);
    let page = page.says("href=\"/listings/bolt-0\" lang=\"ko\"");
    assert!(!page.body.contains("aria-current=\"page\" href=\"/en/categories\""));
});

async fn nobody_sees_what_is_somebodys(app: &TestApp) {
    let (_, listings) = stock(app, 2).await;
    let (_, mut person) = app.person("kim").await;
    let kept = listings[0].simple().to_string();
    let mut collector = app.visitor().with_cookie("basket", &kept);
    for path in PAGES {
        for _ in 0..2 {
            let stranger = app.visitor().get(path).await.expect(StatusCode::OK);
            let theirs = person.get(path).await.expect(StatusCode::OK);
            let collecting = collector.get(path).await.expect(StatusCode::OK);
            assert!(
                !stranger.body.contains("/notifications") && theirs.body.contains("/notifications"),
                "{path}"
            );
            assert_ne!(words(&collecting), words(&stranger), "{path}");
            assert_eq!(theirs.headers[header::CACHE_CONTROL], "private, no-store");
        }
    }
}
