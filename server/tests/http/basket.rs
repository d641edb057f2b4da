//! Collecting and asking several vendors at once, without script.

use http::StatusCode;
use market::both_databases;
use market::db::Db;
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;

pub(crate) async fn listing_of(app: &TestApp, vendor: Uuid) -> String {
    let mut db = app.test.market.system().read().await.unwrap();
    let sql = "SELECT id FROM listings WHERE vendor_id = $1";
    let (id,) = market::fetch_one!(db, (Uuid,), sql, vendor).unwrap();
    id.to_string()
}

pub(crate) async fn collect(browser: &mut Browser, listings: &[&str]) {
    for listing in listings {
        let to = browser.post("/basket/add", &[("listing", listing), ("next", "/search?q=x")]).await;
        assert!(to.expect(StatusCode::SEE_OTHER).location().starts_with("/search?q=x#l-"));
    }
}

pub(crate) fn filled<'a>(listings: &[&'a str], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    const NAMES: [[&str; 2]; 2] = [["listing-1", "quantity-1"], ["listing-2", "quantity-2"]];
    let mut fields: Vec<(&str, &str)> =
        NAMES.iter().zip(listings).flat_map(|(names, id)| [(names[0], *id), (names[1], "500개")]).collect();
    fields.push(("body", "받을 곳은 시흥이에요"));
    fields.extend_from_slice(more);
    fields
}

pub(crate) async fn preview(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    browser.post("/basket", fields).await.expect(StatusCode::OK).says("이렇게 보내요").says("2곳에 보내기")
}

/// Two companies with a product each; gives the products.
pub(crate) async fn two(app: &TestApp) -> [String; 2] {
    let vendors = [listed(app, "bolt").await, listed(app, "nut").await];
    [listing_of(app, vendors[0]).await, listing_of(app, vendors[1]).await]
}

/// Looks at the preview and sends it.
pub(crate) async fn send(browser: &mut Browser, listings: &[&str], more: &[(&str, &str)]) -> Page {
    let fields = filled(listings, more);
    let idem = preview(browser, &fields).await.idem();
    let fields = [fields.as_slice(), &[("send", "1"), ("idem", &*idem)]].concat();
    browser.post("/basket", &fields).await.expect(StatusCode::SEE_OTHER)
}

both_databases!(a_member_collects_previews_and_sends, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let mut visitor = app.visitor();
    visitor.get("/basket").await.expect(StatusCode::OK).says("바구니가 비어 있어요");
    visitor.get("/listings/bolt").await.expect(StatusCode::OK).says("바구니에 담기");
    collect(&mut visitor, &ids).await;
    visitor.get("/").await.expect(StatusCode::OK).says("문의 바구니 2개");
    visitor.get("/en/basket").await.expect(StatusCode::OK).says("Inquiry basket");
    visitor.post("/basket/add", &[("listing", &Uuid::nil().to_string())]).await.expect(StatusCode::NOT_FOUND);
    let (_, mut buyer) = app.person("buyer").await;
    collect(&mut buyer, &ids).await;
    let page = buyer.get("/basket").await.expect(StatusCode::OK).says("모든 공급사에 보낼 글");
    assert!(page.body.contains("quantity-2"));
    market::search::feed::rebuild(&app.test.market).await.unwrap();
    // results tell what lies in it, to whoever is signed in as to guests
    for browser in [&mut visitor, &mut buyer] {
        let rows = browser.get("/search?q=%EB%B3%BC%ED%8A%B8").await.expect(StatusCode::OK);
        assert_eq!(rows.body.matches("바구니에 있어요").count(), 2);
    }
    let (_, mut other) = app.person("other").await;
    let rows = other.get("/search?q=%EB%B3%BC%ED%8A%B8").await.expect(StatusCode::OK);
    assert!(rows.body.contains("/listings/bolt") && !rows.body.contains("바구니에 있어요"));
    let wrong = [("listing-1", ids[0]), ("body", "")];
    buyer.post("/basket", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY).says("필요한 수량");
    let fields = filled(&ids, &[]);
    let idem = preview(&mut buyer, &fields).await.idem();
    let send = filled(&ids, &[("send", "1"), ("idem", &idem)]);
    let sent = buyer.post("/basket", &send).await.expect(StatusCode::SEE_OTHER);
    let again = buyer.post("/basket", &send).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(again.location(), sent.location());
    let page = buyer.get(sent.location()).await.expect(StatusCode::OK).says("공급사 2곳에 보냈어요");
    assert_eq!(page.body.matches("공급사 답을 기다려요").count(), 2);
    preview(&mut buyer, &fields).await.says("이미 묻고 있는 문의");
    app.visitor().get(sent.location()).await.expect(StatusCode::SEE_OTHER);
    let (_, mut stranger) = app.person("stranger").await;
    stranger.get(sent.location()).await.expect(StatusCode::NOT_FOUND);
});

both_databases!(a_guest_asks_two_vendors_with_one_mail, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let mut guest = app.visitor();
    collect(&mut guest, &ids).await;
    let removed = filled(&ids, &[("remove", ids[1])]);
    let page = guest.post("/basket", &removed).await.expect(StatusCode::OK).says("500개");
    assert!(!page.body.contains("quantity-2"));
    collect(&mut guest, &ids).await;
    let who = [("email", "guest@example.test"), ("name", "김구매"), ("third_party", "yes")];
    let sent = send(&mut guest, &ids, &who).await;
    guest.get(sent.location()).await.expect(StatusCode::OK).says("메일을 확인해 주세요");
    let confirm = mailed(&app, "guest", "/confirm-basket/").await;
    guest.get(&confirm).await.expect(StatusCode::OK).says("공급사 2곳에 보낼까요?");
    let sent = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    let all = guest.get(sent.location()).await.expect(StatusCode::OK).says("함께 물은 문의");
    let second =
        all.body.split("href=\"").find(|rest| rest.starts_with("/a/") && rest.contains(".2\"")).unwrap();
    guest.get(second.split('"').next().unwrap()).await.expect(StatusCode::OK).says("500개");
    guest.get("/confirm-basket/guess").await.expect(StatusCode::NOT_FOUND);
    guest.get("/b/guess").await.expect(StatusCode::NOT_FOUND);
});

/// Both vendors quote, each its own way; gives the page of the request and the two threads.
pub(crate) async fn quoted(app: &TestApp) -> (Browser, String, [String; 2]) {
    let ids = two(app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let (_, mut buyer) = app.person("buyer").await;
    let sent = send(&mut buyer, &ids, &[]).await;
    let together = sent.location().split('?').next().unwrap().to_owned();
    let page = buyer.get(&together).await.expect(StatusCode::OK);
    let mut threads: Vec<String> = page
        .body
        .split("href=\"/inquiries/")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| id.len() == 36)
        .map(|id| format!("/inquiries/{id}"))
        .collect();
    threads.dedup();
    (buyer, together, [threads[0].clone(), threads[1].clone()])
}

pub(crate) async fn quote(vendor: &mut Browser, thread: &str, fields: &[(&str, &str)]) -> Page {
    let page = vendor.get(&format!("{thread}/quote")).await.expect(StatusCode::OK);
    let (idem, seen) = (page.idem(), page.input("replaces"));
    let mut all = vec![("idem", idem.as_str()), ("replaces", seen.as_str()), ("lead_time_days", "3")];
    all.extend_from_slice(fields);
    vendor.post(&format!("{thread}/quote"), &all).await
}

pub(crate) async fn owner_of(app: &TestApp, thread: &str, name: &str) -> Browser {
    let id = Uuid::parse_str(thread.trim_start_matches("/inquiries/")).unwrap();
    let mut db = app.test.market.system().read().await.unwrap();
    let (vendor,) =
        market::fetch_one!(db, (Uuid,), "SELECT vendor_id FROM threads WHERE id = $1", id).unwrap();
    drop(db);
    app.colleague(name, vendor, market::accounts::access::VendorRole::Owner).await.1
}

both_databases!(quotes_stand_side_by_side_and_a_new_version_shows_its_difference, |db: Db| async move {
    let app = TestApp::new(db);
    let (mut buyer, together, threads) = quoted(&app).await;
    let mut first = owner_of(&app, &threads[0], "first").await;
    let mut second = owner_of(&app, &threads[1], "second").await;
    let page = first.get(&format!("{}/quote", threads[0])).await.expect(StatusCode::OK);
    assert_eq!((page.input("quantity"), page.input("unit")), ("500".into(), "개".into()));
    for price in ["1000000000000", "0", "-5", "1.000000000000000000000000000001"] {
        let page =
            quote(&mut first, &threads[0], &[("price", price), ("quantity", "500"), ("unit", "개")]).await;
        let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains("id=\"price-err\"") && page.body.contains(price), "{price}");
    }
    let simple = [("price", "110"), ("quantity", "500"), ("unit", "개"), ("vat", "included")];
    quote(&mut first, &threads[0], &simple).await.expect(StatusCode::SEE_OTHER);
    let dear = [("price", "120"), ("quantity", "500"), ("unit", "개"), ("payment", "출고 뒤 30일")];
    quote(&mut second, &threads[1], &dear).await.expect(StatusCode::SEE_OTHER);
    let grid = buyer
        .get(&together)
        .await
        .expect(StatusCode::OK)
        .says("견적 비교")
        .says("가장 낮음")
        .says("fig big\">100<");
    assert!(!grid.body.contains("비교할 수 없음"));
    buyer.get(&format!("/en{together}")).await.expect(StatusCode::OK).says("lowest");
    let dollars = [("price", "0.0825"), ("currency", "USD"), ("quantity", "500"), ("unit", "개")];
    quote(&mut second, &threads[1], &dollars).await.expect(StatusCode::SEE_OTHER);
    buyer.get(&together).await.expect(StatusCode::OK).says("비교할 수 없음: 통화가 달라요");
    let accept = format!("{}/accept", threads[1]);
    let page = buyer
        .get(&accept)
        .await
        .expect(StatusCode::OK)
        .says("앞 견적과 달라진 점")
        .says("<del>120원/개</del>");
    let stale = [("version", "1"), ("idem", &page.idem())];
    buyer.post(&accept, &stale).await.expect(StatusCode::CONFLICT).says("새 견적을 보냈어요");
    let csv = buyer.get(&format!("{together}/quotes.csv")).await.expect(StatusCode::OK);
    assert!(csv.body.starts_with('\u{feff}') && csv.body.contains("\"0.0825\",\"USD\""), "{}", csv.body);
    let paper = buyer.get(&format!("{}/print", threads[0])).await.expect(StatusCode::OK);
    paper.says("견적서").says("55,000원").says("사업자등록번호");
    app.visitor().get(&format!("{together}/quotes.csv")).await.expect(StatusCode::SEE_OTHER);
    let (_, mut stranger) = app.person("stranger").await;
    stranger.get(&format!("{together}/quotes.csv")).await.expect(StatusCode::NOT_FOUND);
    stranger.get(&format!("{}/print", threads[0])).await.expect(StatusCode::NOT_FOUND);
});

both_databases!(a_quote_of_several_lines_is_written_without_script, |db: Db| async move {
    let app = TestApp::new(db);
    let (mut buyer, together, threads) = quoted(&app).await;
    let mut owner = owner_of(&app, &threads[0], "owner").await;
    let one = [("price", "96"), ("quantity", "500"), ("unit", "개"), ("more", "1")];
    let two = quote(&mut owner, &threads[0], &one).await.expect(StatusCode::OK).says("품목 2");
    assert_eq!((two.input("price"), two.input("lines")), ("96".into(), "2".into()));
    let lines = [
        ("lines", "2"),
        ("item", "M8"),
        ("price", "96"),
        ("quantity", "500"),
        ("breaks", "400: 90"),
        ("item-2", "M10"),
        ("price-2", "12.5"),
        ("quantity-2", "10"),
        ("incoterm", "FOB"),
    ];
    let page = quote(&mut owner, &threads[0], &lines).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("id=\"place-err\"") && page.body.contains("12.5"));
    let mut placed = lines.to_vec();
    placed.push(("place", "부산항"));
    quote(&mut owner, &threads[0], &placed).await.expect(StatusCode::SEE_OTHER);
    buyer.get(&threads[0]).await.expect(StatusCode::OK).says("45,125원").says("FOB 부산항");
    buyer.get(&together).await.expect(StatusCode::OK).says("품목이 여러 개예요");
    let again = owner.get(&format!("{}/quote", threads[0])).await.expect(StatusCode::OK);
    assert_eq!((again.input("item-2"), again.input("place")), ("M10".into(), "부산항".into()));
});
