//! Public requests for quotes, without script: posted, opened, answered, compared, taken.

use http::StatusCode;
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;

pub(crate) const TEXT: &str = "육각볼트 M8×20 SUS304 2,000개, 12월 20일까지 시화공단 도착도";

pub(crate) const CATEGORY: &str = "fasteners.bolts.hex";

/// Everything listed is a bolt.
pub(crate) async fn all_bolts(app: &TestApp) {
    let mut tx = app.test.market.system().write().await.unwrap();
    market::execute!(tx, "UPDATE listings SET category = $1", CATEGORY).unwrap();
    tx.commit().await.unwrap();
}

/// Every field of the second step, with some replaced.
pub(crate) fn fields(page: &Page, with: &[(&'static str, &str)]) -> Vec<(String, String)> {
    let names = ["lines", "item-1", "quantity-1", "grade-1", "dimension-1", "title", "due", "place", "idem"];
    let mut all: Vec<(String, String)> =
        names.iter().map(|name| ((*name).to_owned(), page.input(name))).collect();
    all.extend([
        ("unit-1".into(), "ea".into()),
        ("visibility".into(), "public".into()),
        ("send".into(), "1".into()),
    ]);
    for (name, value) in with {
        all.retain(|(known, _)| known != name);
        all.push(((*name).to_owned(), (*value).to_owned()));
    }
    all
}

pub async fn post(browser: &mut Browser, to: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    browser.post(to, &fields).await
}

/// The product that the form to answer begins with.
pub(crate) fn chosen(page: &Page) -> Option<String> {
    let options = page.body.split("name=\"listing\"").nth(1)?.split("</select>").next()?.split("<option ");
    let option = options.skip(1).find(|option| option.split('>').next().unwrap().contains("selected"))?;
    let value = option.split("value=\"").nth(1)?.split('"').next()?;
    (!value.is_empty()).then(|| value.to_owned())
}

pub(crate) async fn quote(vendor: &mut Browser, to: &str, price: &str) -> Page {
    let page = vendor.get(to).await.expect(StatusCode::OK).says("육각볼트");
    assert_eq!(page.input("quantity"), "2,000", "what was asked for need not be typed again");
    let listing = chosen(&page).expect("the product that fits is chosen");
    let idem = page.idem();
    let fields = [
        ("idem", idem.as_str()),
        ("listing", listing.as_str()),
        ("price", price),
        ("quantity", "2,000"),
        ("unit", "개"),
        ("lead_time_days", "3"),
    ];
    vendor.post(to, &fields).await
}

both_databases!(a_buyer_posts_a_curator_opens_two_vendors_quote_and_one_is_taken, |db: Db| async move {
    let app = TestApp::new(db);
    let vendors = [listed(&app, "bolt").await, listed(&app, "nut").await];
    all_bolts(&app).await;
    let (_, mut first) = app.colleague("first", vendors[0], VendorRole::Owner).await;
    let (_, mut second) = app.colleague("second", vendors[1], VendorRole::Staff).await;
    let (_, mut buyer) = app.person("buyer").await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    app.visitor().get("/rfqs").await.expect(StatusCode::OK).says("이 조건의 견적요청이 아직 없어요");
    buyer.get("/rfqs/new?q=M9").await.expect(StatusCode::OK).says("M9");
    buyer.post("/rfqs/new", &[("text", "")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let read =
        buyer.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK).says("이렇게 나눠 읽었어요");
    assert_eq!((read.input("item-1"), read.input("quantity-1")), ("육각볼트".into(), "2000".into()));
    assert_eq!((read.input("dimension-1"), read.input("place")), ("M8×20".into(), "시화공단 도착도".into()));
    let wrong = fields(&read, &[("category", ""), ("title", "")]);
    let page = post(&mut buyer, "/rfqs/new", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("id=\"category-err\"") && page.input("item-1") == "육각볼트");
    let more = fields(&read, &[("more", "1")]);
    post(&mut buyer, "/rfqs/new", &more).await.expect(StatusCode::OK).says("품목 2");
    let right = fields(&read, &[("category", CATEGORY)]);
    let sent = post(&mut buyer, "/rfqs/new", &right).await.expect(StatusCode::SEE_OTHER);
    let again = post(&mut buyer, "/rfqs/new", &right).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(again.location(), sent.location());
    let page = sent.location().split('?').next().unwrap().to_owned();
    buyer.get(&page).await.expect(StatusCode::OK).says("살펴보는 중");
    app.visitor().get(&page).await.expect(StatusCode::NOT_FOUND);
    curator.get("/desk/inbox?kind=rfq").await.expect(StatusCode::OK).says("견적요청 심사").says("육각볼트");
    let desk = page.replace("/rfqs/", "/desk/rfqs/");
    let open = curator.get(&desk).await.expect(StatusCode::OK);
    let silent = [("action", "return"), ("idem", &open.idem())];
    curator.post(&desk, &silent).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let open = [("action", "open"), ("idem", &open.idem()), ("version", &open.input("version"))];
    curator.post(&desk, &open).await.expect(StatusCode::SEE_OTHER);
    let seen = app.visitor().get(&page).await.expect(StatusCode::OK).says("첫 견적을 기다려요");
    assert!(!seen.body.contains("buyer@"), "nobody learns who asks");
    app.visitor().get("/en/rfqs").await.expect(StatusCode::OK).says("1 request for quotes");
    let feed = app.visitor().get("/feeds/rfqs.json").await.expect(StatusCode::OK);
    assert!(feed.body.contains("M8×20") && !feed.body.contains("buyer"), "{}", feed.body);
    app.visitor().get("/feeds/rfqs.xml").await.expect(StatusCode::OK).says("<item>");
    let answer = format!("{page}/answer");
    let bad = quote(&mut first, &answer, "-5").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bad.body.contains("id=\"price-err\""));
    quote(&mut first, &answer, "96").await.expect(StatusCode::SEE_OTHER);
    first.get(&answer).await.expect(StatusCode::CONFLICT).says("이미 견적을 냈어요");
    // the other one answers from the mail, without signing in
    let link = mailed(&app, "second", "/q/").await;
    let done = quote(&mut app.visitor(), &link, "90").await.expect(StatusCode::SEE_OTHER);
    app.visitor().get(done.location()).await.expect(StatusCode::OK);
    second.get(&page).await.expect(StatusCode::OK).says("보낸 견적 보기");
    let grid = buyer
        .get(&page)
        .await
        .expect(StatusCode::OK)
        .says("견적 비교")
        .says("가장 낮음")
        .says("fig big\">90<");
    assert!(grid.body.contains(&format!("{page}/quotes.xlsx")));
    let csv = buyer.get(&format!("{page}/quotes.csv")).await.expect(StatusCode::OK);
    assert_eq!(csv.body.lines().count(), 3, "{}", csv.body);
    buyer.get(&format!("{page}/quotes.xlsx")).await.expect(StatusCode::OK);
    let accept = grid
        .body
        .split("href=\"/inquiries/")
        .skip(1)
        .find(|rest| rest.split('"').next().is_some_and(|path| path.ends_with("/accept")));
    let accept = format!("/inquiries/{}", accept.unwrap().split('"').next().unwrap());
    let form = buyer.get(&accept).await.expect(StatusCode::OK);
    let taken = [("version", "1"), ("idem", &form.idem())];
    buyer.post(&accept, &taken).await.expect(StatusCode::SEE_OTHER);
    mailed(&app, "buyer", "/r/").await;
    let taken = buyer.get(&page).await.expect(StatusCode::OK).says("견적 하나를 골랐어요").says("고른 견적");
    assert!(!taken.body.contains("가장 낮음"), "nothing is left to choose");
    buyer.get("/rfqs/mine").await.expect(StatusCode::OK).says("닫았어요");
    let copy = page.replace("/rfqs/", "/rfqs/new?copy=");
    let copied = buyer.get(&copy).await.expect(StatusCode::OK);
    assert_eq!((copied.input("item-1"), copied.input("due")), ("육각볼트".into(), String::new()));
    first.get(&copy).await.expect(StatusCode::NOT_FOUND);
});

both_databases!(a_pasted_contact_is_pointed_out_and_not_shown_to_everybody, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    let (_, mut buyer) = app.person("buyer").await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let clean = buyer.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    assert!(!clean.body.contains("연락처로 보이는"));
    let text = format!("{TEXT}\n김구매 010-1234-5678");
    let read =
        buyer.post("/rfqs/new", &[("text", &text)]).await.expect(StatusCode::OK).says("연락처로 보이는");
    let body = [("category", CATEGORY), ("body", text.as_str()), ("place", "시흥 공단1대로 1")];
    let sent = post(&mut buyer, "/rfqs/new", &fields(&read, &body)).await.expect(StatusCode::SEE_OTHER);
    let page = sent.location().split('?').next().unwrap().to_owned();
    let desk = page.replace("/rfqs/", "/desk/rfqs/");
    let open = curator.get(&desk).await.expect(StatusCode::OK).says("연락처로 보이는").says("010-1234-5678");
    let form = [("action", "open"), ("idem", &open.idem()), ("version", &open.input("version"))];
    curator.post(&desk, &form).await.expect(StatusCode::SEE_OTHER);
    buyer.get(&page).await.expect(StatusCode::OK).says("010-1234-5678").says("공단1대로");
    let seen = app.visitor().get(&page).await.expect(StatusCode::OK).says("견적을 낼 수 있는 공급사에게만");
    let feed = app.visitor().get("/feeds/rfqs.json").await.expect(StatusCode::OK);
    for shown in [seen.body, feed.body, app.visitor().get("/rfqs").await.body] {
        assert!(!shown.contains("010-1234") && !shown.contains("공단1대로"), "{shown}");
    }
});

both_databases!(a_guest_posts_by_mail_extends_and_closes_by_link, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    all_bolts(&app).await;
    let mut guest = app.visitor();
    let read = guest.post("/en/rfqs/new", &[("text", "Hex bolts M8×20, 500 pcs, CIF Hamburg")]).await;
    let read = read.expect(StatusCode::OK).says("This is how we read your text");
    let who =
        [("category", CATEGORY), ("email", "guest@example.test"), ("name", "Kim"), ("third_party", "yes")];
    let sent = post(&mut guest, "/en/rfqs/new", &fields(&read, &who)).await.expect(StatusCode::SEE_OTHER);
    guest.get(sent.location()).await.expect(StatusCode::OK).says("Check your mail");
    let confirm = mailed(&app, "guest", "/confirm-rfq/").await;
    guest.get(&confirm).await.expect(StatusCode::OK).says("Hex bolts");
    let own = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER).location().to_owned();
    let own = own.split('?').next().unwrap().to_owned();
    let page = guest.get(&own).await.expect(StatusCode::OK);
    let idem = page.idem();
    let nothing = [("idem", idem.as_str())];
    guest.post(&format!("{own}/close"), &nothing).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    guest.post(&format!("{own}/extend"), &nothing).await.expect(StatusCode::CONFLICT);
    let closed = [("idem", idem.as_str()), ("reason", "not_needed")];
    guest.post(&format!("{own}/close"), &closed).await.expect(StatusCode::SEE_OTHER);
    app.visitor().get(&format!("/rfqs/{}", Uuid::nil())).await.expect(StatusCode::NOT_FOUND);
    app.visitor().get("/r/guess").await.expect(StatusCode::NOT_FOUND);
});
