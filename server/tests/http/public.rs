//! What a stranger finds: home, categories, results, listings, vendors, and what machines read.

use http::{StatusCode, header};
use market::both_databases;
use market::db::{Db, counting_statements};
use market::time::DAY;
use uuid::Uuid;

use crate::testapp::TestApp;

pub const VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, intro_ko, \
    intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $3, 'approved', '가온벼리볼트', 'Gaonbyeori Bolt', '홍길동', '41', '경기도 시흥시 공단로 1', '031-123-4567', 'a@b.test', '**볼트**를 만듭니다.', '', \
    'active', $4, $4, 1)";
const LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, specs, unit, price_kind, \
    price_minor, price_currency, price_tiers, moq, lead_time_days, origin, hs_code, part_number, created_at, updated_at, first_published_at, published_at, \
    free_until, version) VALUES ($1, $2, $3, 'published', 'fasteners.bolts.hex', $4, 'Hex bolt M8x20', '전나사 <script>alert(1)</script> 볼트', '', \
    '[{\"name_ko\":\"호칭\",\"name_en\":\"Size\",\"value\":\"M8×20\"},{\"name_ko\":\"재질\",\"value\":\"SUS304\"},{\"name_ko\":\"표준\",\"value\":\"KS B 1002\"}]', \
    '개', 'tiers', NULL, 'KRW', '[{\"from\":500,\"minor\":118},{\"from\":1000,\"minor\":96}]', 500, 2, '대한민국', '7318152000', 'GB-1', $5, $5, $5, $5, $6, 1)";

/// A vendor with `count` listings, indexed. Slugs are `bolt-0` and so on.
pub async fn stock(app: &TestApp, count: usize) -> (Uuid, Vec<Uuid>) {
    let cx = app.test.market.system();
    let vendor = cx.new_id();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, VENDOR, vendor, "gaon", "1234567891", cx.now()).unwrap();
    let mut ids = Vec::new();
    for number in 0..count {
        let id = cx.new_id();
        market::execute!(
            tx,
            LISTING,
            id,
            vendor,
            format!("bolt-{number}"),
            format!("육각볼트 M8×20 {number}"),
            cx.now(),
            cx.now().plus(90 * DAY)
        )
        .unwrap();
        ids.push(id);
    }
    tx.commit().await.unwrap();
    market::search::feed::rebuild(&app.test.market).await.unwrap();
    (vendor, ids)
}

pub async fn run(app: &TestApp, sql: &'static str, id: Uuid) {
    let mut tx = app.test.market.db().write().await.unwrap();
    market::execute!(tx, sql, id).unwrap();
    tx.commit().await.unwrap();
}

both_databases!(the_results_page_is_small_and_asks_the_database_once, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 45).await;
    let mut browser = app.visitor();
    let (page, statements) = counting_statements(Box::pin(browser.get("/search?q=%EB%B3%BC%ED%8A%B8"))).await;
    let page = page
        .expect(StatusCode::OK)
        .says("‘볼트’ 제품 45개")
        .says("/listings/bolt-")
        .says("응답 집계 전")
        .says("<b>118</b>");
    assert_eq!((statements, page.body.matches(" class=\"row\">").count()), (1, 20));
    assert!(page.body.len() <= 40_000, "{} bytes", page.body.len());
    // a plain question with answers may be listed; further pages and conditions may not
    assert!(!page.body.contains("noindex"));
    page.says("rel=\"canonical\" href=\"http").says("/search?q=%EB%B3%BC%ED%8A%B8\"");
    let second = browser.get("/search?q=%EB%B3%BC%ED%8A%B8&page=3").await.expect(StatusCode::OK);
    second.says("noindex");
    assert_eq!(
        browser.get("/search?page=400").await.expect(StatusCode::SEE_OTHER).location(),
        "/search?page=3"
    );
    browser
        .get("/en/search?category=hex-bolts")
        .await
        .expect(StatusCode::OK)
        .says("Hex bolt M8x20")
        .says("/en/listings/bolt-");
});

both_databases!(hostile_addresses_show_a_page, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 2).await;
    let facets = "&badge=venture".repeat(60);
    for query in [
        "page=-1",
        "page=999999999999",
        "q=%00%FF%3Cscript%3E",
        "moq=-5&lead=x",
        "category=%27+OR+1=1",
        facets.as_str(),
    ] {
        let page = app.visitor().get(&format!("/search?{query}")).await;
        assert!(
            page.status == StatusCode::OK || page.status == StatusCode::SEE_OTHER,
            "{query}: {}",
            page.status
        );
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<\u{0}script"), "{query}");
    }
    let long = format!("/search?q={}", "%EA%B0%80".repeat(500));
    app.visitor().get(&long).await.expect(StatusCode::OK).says("앞 400자로 찾았어요");
    app.visitor()
        .get("/search?q=M9")
        .await
        .expect(StatusCode::OK)
        .says("‘M9’ 제품이 아직 없어요")
        .says("/categories");
});

both_databases!(search_goes_on_without_the_engine, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 3).await;
    app.test.search.set_away(true);
    app.visitor()
        .get("/search?q=m8")
        .await
        .expect(StatusCode::OK)
        .says("간단한 검색만")
        .says("/listings/bolt-");
    app.visitor().get("/categories/hex-bolts").await.expect(StatusCode::OK).says("/listings/bolt-");
});

both_databases!(a_listing_says_everything_the_law_asks_for, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 3).await;
    let mut browser = app.visitor();
    let (page, statements) = counting_statements(Box::pin(browser.get("/listings/bolt-0"))).await;
    let page = page.expect(StatusCode::OK);
    assert_eq!(statements, 2);
    for text in [
        "육각볼트 M8×20 0",
        "123-45-67891",
        "홍길동",
        "통신판매중개자",
        "\"@type\":\"Product\"",
        "\"lowPrice\":\"96\"",
        "BreadcrumbList",
        "hreflang=\"en\"",
        "name=\"idem\"",
        "7318.15-2000",
    ] {
        assert!(page.body.contains(text), "{text} is missing in {}", page.body);
    }
    assert!(!page.body.contains("<script>alert(1)"));
    app.visitor()
        .get("/en/listings/bolt-0")
        .await
        .expect(StatusCode::OK)
        .says("Gaonbyeori Bolt")
        .says("lang=\"ko\"");
});

both_databases!(hidden_and_ended_listings_leave_at_once, |db: Db| async move {
    let app = TestApp::new(db);
    let (vendor, ids) = stock(&app, 3).await;
    run(&app, "UPDATE listings SET state = 'hidden' WHERE id = $1", ids[0]).await;
    run(&app, "UPDATE listings SET state = 'expired', free_until = 1 WHERE id = $1", ids[1]).await;
    app.visitor().get("/listings/bolt-0").await.expect(StatusCode::NOT_FOUND);
    app.visitor()
        .get("/listings/bolt-1")
        .await
        .expect(StatusCode::GONE)
        .says("홍보 기간이 끝났어요")
        .says("/listings/bolt-2");
    for path in [
        "/",
        "/search",
        "/categories/hex-bolts",
        "/vendors/gaon",
        "/feeds/listings.xml",
        "/sitemaps/listings-1.xml",
    ] {
        let page = app.visitor().get(path).await.expect(StatusCode::OK);
        assert!(
            page.body.contains("/listings/bolt-2")
                && !page.body.contains("/listings/bolt-0")
                && !page.body.contains("/listings/bolt-1"),
            "{path}"
        );
    }
    run(&app, "UPDATE vendors SET state = 'suspended' WHERE id = $1", vendor).await;
    app.visitor().get("/vendors/gaon").await.expect(StatusCode::NOT_FOUND);
    assert!(!app.visitor().get("/search").await.body.contains("/listings/bolt-2"));
});

both_databases!(every_public_page_opens_in_both_languages, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 3).await;
    let paths = [
        "/",
        "/categories",
        "/categories/hex-bolts",
        "/search",
        "/listings/bolt-0",
        "/vendors/gaon",
        "/about",
        "/about/terms",
        "/about/privacy",
        "/about/intermediary",
        "/about/transparency",
    ];
    for path in paths {
        for prefix in ["", "/en"] {
            let address =
                if path == "/" && !prefix.is_empty() { prefix.to_owned() } else { format!("{prefix}{path}") };
            let page = app.visitor().get(&address).await.expect(StatusCode::OK);
            assert_eq!(page.body.matches("<h1").count(), 1, "{address}");
            assert!(!page.body.contains("style=\""), "{address} has a style attribute");
            assert_eq!(page.headers[header::CACHE_CONTROL], "private, no-cache", "{address}");
        }
    }
    assert_eq!(
        app.visitor()
            .get("/categories/fasteners.bolts.hex")
            .await
            .expect(StatusCode::MOVED_PERMANENTLY)
            .location(),
        "/categories/hex-bolts"
    );
    app.visitor().get("/categories/none").await.expect(StatusCode::NOT_FOUND);
});

both_databases!(machines_read_maps_feeds_and_rules, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 2).await;
    app.visitor()
        .get("/sitemap.xml")
        .await
        .expect(StatusCode::OK)
        .says("/sitemaps/listings-1.xml")
        .says("/sitemaps/vendors-1.xml");
    app.visitor()
        .get("/sitemaps/categories-1.xml")
        .await
        .expect(StatusCode::OK)
        .says("hreflang=\"en\"")
        .says("/en/categories/hex-bolts");
    app.visitor().get("/sitemaps/pages-1.xml").await.expect(StatusCode::OK).says("/about/transparency");
    app.visitor().get("/sitemaps/vendors-1.xml").await.expect(StatusCode::OK).says("/vendors/gaon");
    for wrong in
        ["listings-0", "listings-2", "listings-x", "secrets-1", "listings", "listings--1", "listings-+1"]
    {
        app.visitor().get(&format!("/sitemaps/{wrong}.xml")).await.expect(StatusCode::NOT_FOUND);
    }
    app.visitor()
        .get("/robots.txt")
        .await
        .expect(StatusCode::OK)
        .says("Sitemap: ")
        .says("Disallow: /en/desk");
    let feed = app
        .visitor()
        .get("/en/feeds/listings.xml")
        .await
        .expect(StatusCode::OK)
        .says("<title>Hex bolt M8x20</title>");
    assert_eq!(feed.headers[header::CONTENT_TYPE], "application/rss+xml; charset=utf-8");
    let sheet = app.visitor().get("/drawings.svg").await.expect(StatusCode::OK).says("id=\"hex_bolt\"");
    assert!(sheet.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
});
