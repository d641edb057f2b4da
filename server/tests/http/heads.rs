//! What stands in the heads of answers: codings, and that a browser comes back encrypted only.

use std::path::Path;

use axum::body::Body;
use http::{Request, StatusCode, header};
use http_body_util::BodyExt as _;
use market::both_databases;
use market::db::Db;
use market::{Market, settings::Settings};
use server::http::router;
use tower::ServiceExt as _;

use crate::browser::Browser;
use crate::public::{run, stock};
use crate::testapp::TestApp;

both_databases!(a_browser_gets_the_best_coding_it_reads, |db: Db| async move {
    let app = TestApp::new(db);
    let asked = async |accepted: &str| {
        let request = Request::get("/about/privacy").header(header::ACCEPT_ENCODING, accepted);
        let page = app.visitor().send(request.body(Body::empty()).unwrap()).await.expect(StatusCode::OK);
        assert!(page.headers[header::VARY].to_str().unwrap().contains("accept-encoding"));
        let coding = page.headers.get(header::CONTENT_ENCODING).map(|coding| coding.to_str().unwrap());
        coding.unwrap_or("plain").to_owned()
    };
    for (accepted, coding) in [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("zstd;q=0, br;q=0, gzip;q=0", "plain"),
        ("identity", "plain"),
        ("", "plain"),
        ("compress", "plain"),
    ] {
        assert_eq!(asked(accepted).await, coding, "{accepted:?}");
    }
});

both_databases!(what_is_served_encrypted_asks_to_stay_so, |db: Db| async move {
    let app = TestApp::new(db.clone());
    let plain = app.visitor().get("/about").await.expect(StatusCode::OK);
    assert!(!plain.headers.contains_key(header::STRICT_TRANSPORT_SECURITY));
    let settings =
        Settings { public_url: "https://market.example".into(), ..app.test.market.settings().clone() };
    let market = Market::new(db, app.test.market.ports().clone(), settings);
    let state = app::context::AppState::new(market, true, true);
    let mut browser = Browser::new(router(state, Path::new("tests/http/site"), Vec::new()));
    let page = browser.get("/about").await.expect(StatusCode::OK);
    assert!(
        page.headers[header::STRICT_TRANSPORT_SECURITY].to_str().unwrap().starts_with("max-age=31536000")
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("cross-origin-opener-policy", "same-origin"),
    ] {
        assert_eq!(page.headers[name], value);
    }
    assert!(page.headers["content-security-policy"].to_str().unwrap().contains("'nonce-"));
});

const END: &str = "UPDATE listings SET state = 'expired', free_until = 1 WHERE id = $1";

both_databases!(a_listing_without_a_photograph_has_a_picture_for_others_to_show, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, listings) = stock(&app, 2).await;
    for lang in ["", "/en"] {
        let address = format!("{lang}/listings/bolt-0/og.png");
        let page = app.visitor().get(&format!("{lang}/listings/bolt-0")).await.expect(StatusCode::OK);
        let named = format!(
            "<meta property=\"og:image\" content=\"{}{address}\">",
            app.test.market.settings().public_url
        );
        assert!(page.body.contains(&named), "{named}");
        let answer =
            app.router.clone().oneshot(Request::get(&address).body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "image/png");
        let png = answer.into_body().collect().await.unwrap().to_bytes();
        let picture = image::load_from_memory(&png).unwrap();
        assert_eq!((picture.width(), picture.height()), (1200, 630));
        assert!(png.len() < 200_000, "{} bytes", png.len());
    }
    run(&app, END, listings[0]).await;
    app.visitor().get("/listings/bolt-0/og.png").await.expect(StatusCode::GONE);
    app.visitor().get("/listings/never/og.png").await.expect(StatusCode::NOT_FOUND);
});
