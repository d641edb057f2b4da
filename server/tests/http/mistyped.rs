//! A guest mistypes the address: where the mail went is said, nothing that was collected, typed or attached is lost, and the
//! form comes back to be corrected; for this browser alone, until the address has confirmed itself.

use http::StatusCode;
use market::both_databases;
use market::db::Db;

use crate::basket::{self, collect, filled, preview, two};
use crate::files::{PDF, addresses, send};
use crate::inquiries::{listed, mailed};
use crate::rfqs::{CATEGORY, all_bolts, fields};
use crate::testapp::TestApp;

async fn files(app: &TestApp) -> i64 {
    let mut db = app.test.market.system().read().await.unwrap();
    let sql =
        "SELECT CAST(COUNT(*) AS BIGINT) FROM files WHERE form_key IS NOT NULL OR message_id IS NOT NULL";
    market::fetch_one!(db, (i64,), sql).unwrap().0
}

const WRONG: &str = "gest@example.test";
const RIGHT: &str = "guest@example.test";

both_databases!(a_basket_stays_until_the_address_has_confirmed_itself, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let mut guest = app.visitor();
    collect(&mut guest, &ids).await;
    let who = [("email", WRONG), ("name", "김구매"), ("third_party", "yes")];
    let sent = basket::send(&mut guest, &ids, &who).await;
    let page = guest.get(sent.location()).await.expect(StatusCode::OK).says(WRONG).says("주소 고치기");
    page.says("/basket?fix=1").says("바구니는 확인해 보낼 때까지");
    guest.get("/").await.expect(StatusCode::OK).says("문의 바구니 2개");

    let page = guest.get("/basket?fix=1").await.expect(StatusCode::OK).says("적은 내용은 그대로 있어요");
    assert_eq!((page.input("email"), page.input("name")), (WRONG.into(), "김구매".into()));
    let page = page.says("받을 곳은 시흥이에요");
    assert_eq!(page.input("quantity-2"), "500개");
    // nobody else reads it, and this browser not without asking for it
    let stranger = app.visitor().get("/basket/asked").await.expect(StatusCode::OK);
    assert!(!stranger.body.contains(WRONG) && !stranger.body.contains("fix=1"), "{}", stranger.body);
    assert!(!app.visitor().get("/basket?fix=1").await.body.contains("시흥이에요"));
    assert!(!guest.get("/basket").await.body.contains("시흥이에요"));
    assert!(!guest.get("/rfqs/new?fix=1").await.body.contains("시흥이에요"), "each form has its own");

    let who = [("email", RIGHT), ("name", "김구매"), ("third_party", "yes")];
    let sent = basket::send(&mut guest, &ids, &who).await;
    let page = guest.get(sent.location()).await.expect(StatusCode::OK).says(RIGHT);
    assert!(!page.body.contains(WRONG));
    let confirm = mailed(&app, "guest", "/confirm-basket/").await;
    guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    guest.get("/basket").await.expect(StatusCode::OK).says("바구니가 비어 있어요");
    let again = guest.get(&confirm).await.expect(StatusCode::OK).says("이미 보낸 문의예요");
    assert!(!again.body.contains("지금 보내면"), "what was sent has its deadline: {}", again.body);
    let page = guest.get("/basket/asked").await.expect(StatusCode::OK);
    assert!(!page.body.contains(RIGHT), "it is over");
    assert!(!guest.get("/basket?fix=1").await.body.contains("시흥이에요"));
});

both_databases!(a_question_and_its_drawing_come_back_to_be_corrected, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    let ask = "/listings/bolt/ask";
    let mut guest = app.visitor();
    let idem = guest.get(ask).await.expect(StatusCode::OK).idem();
    let form = [
        ("idem", idem.as_str()),
        ("email", WRONG),
        ("name", "김구매"),
        ("third_party", "yes"),
        ("body", "도면을 붙여요"),
    ];
    let sent = send(&mut guest, ask, &form, &[("도면.pdf", PDF)]).await.expect(StatusCode::SEE_OTHER);
    let page = guest.get(sent.location()).await.expect(StatusCode::OK).says(WRONG);
    page.says("/listings/bolt/ask?fix=1");
    let page = guest.get("/listings/bolt/ask?fix=1").await.expect(StatusCode::OK).says("도면을 붙여요");
    let page = page.says("도면.pdf");
    let (first_idem, file, idem) = (idem, page.input("file"), page.idem());
    let form = [
        ("idem", idem.as_str()),
        ("file", file.as_str()),
        ("email", RIGHT),
        ("name", "김구매"),
        ("third_party", "yes"),
        ("body", "도면을 붙여요"),
    ];
    for _ in 0..2 {
        send(&mut guest, ask, &form, &[]).await.expect(StatusCode::SEE_OTHER);
    }
    assert_eq!(files(&app).await, 2, "each form has its own, and a second press makes no third");
    // by the way back of the browser, the first form again with nothing: what was sent with it stays
    let late = [
        ("idem", first_idem.as_str()),
        ("email", RIGHT),
        ("name", "김구매"),
        ("third_party", "yes"),
        ("body", "도면을 붙여요"),
    ];
    send(&mut guest, ask, &late, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let first = mailed(&app, "gest", "/confirm-inquiry/").await;
    guest.get(&first).await.expect(StatusCode::OK).says("도면.pdf");
    let confirm = mailed(&app, "guest", "/confirm-inquiry/").await;
    guest.get(&confirm).await.expect(StatusCode::OK).says("도면.pdf");
    let thread = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER).location().to_owned();
    guest.get(&thread).await.expect(StatusCode::OK).says("도면.pdf");
    let page = guest.get("/listings/bolt/ask?fix=1").await.expect(StatusCode::OK);
    assert!(!page.body.contains("도면을 붙여요"), "it is over");
    // whoever has the first address after all finds the form as it was sent there
    let mut other = app.visitor();
    let thread = other.post(&first, &[]).await.expect(StatusCode::SEE_OTHER).location().to_owned();
    let page = other.get(&thread).await.expect(StatusCode::OK);
    let link = thread.split('?').next().unwrap();
    let read = addresses(&page, &format!("{link}/files/"));
    assert_eq!(other.get(&read[0]).await.expect(StatusCode::OK).body, PDF);
    assert_eq!(files(&app).await, 2, "nothing twice");
});

both_databases!(a_basket_and_its_drawing_come_back_to_be_corrected, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let mut guest = app.visitor();
    collect(&mut guest, &ids).await;
    let who = [("email", WRONG), ("name", "김구매"), ("third_party", "yes")];
    let page = send(&mut guest, "/basket", &filled(&ids, &who), &[("도면.pdf", PDF)]).await;
    let (idem, file) = (page.idem(), page.input("file"));
    let mut form = filled(&ids, &who);
    form.extend([("send", "1"), ("idem", &*idem), ("file", &*file)]);
    guest.post("/basket", &form).await.expect(StatusCode::SEE_OTHER);
    let page = guest.get("/basket?fix=1").await.expect(StatusCode::OK).says("도면.pdf");
    let (file, who) = (page.input("file"), [("email", RIGHT), ("name", "김구매"), ("third_party", "yes")]);
    let page =
        preview(&mut guest, &filled(&ids, &[who[0], who[1], who[2], ("file", &file)])).await.says("도면.pdf");
    let (idem, file) = (page.idem(), page.input("file"));
    let mut form = filled(&ids, &who);
    form.extend([("send", "1"), ("idem", &*idem), ("file", &*file)]);
    guest.post("/basket", &form).await.expect(StatusCode::SEE_OTHER);
    for name in ["gest", "guest"] {
        let confirm = mailed(&app, name, "/confirm-basket/").await;
        guest.get(&confirm).await.expect(StatusCode::OK).says("도면.pdf");
        guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    }
    assert_eq!(files(&app).await, 4, "two vendors, asked by two");
});

both_databases!(a_request_comes_back_to_be_corrected, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    all_bolts(&app).await;
    let mut guest = app.visitor();
    let read = guest.post("/en/rfqs/new", &[("text", "Hex bolts M8×20, 500 pcs, CIF Hamburg")]).await;
    let read = read.expect(StatusCode::OK);
    let who = [("category", CATEGORY), ("email", WRONG), ("name", "Kim"), ("third_party", "yes")];
    let sent = guest.post("/en/rfqs/new", &as_pairs(&fields(&read, &who))).await;
    let sent = sent.expect(StatusCode::SEE_OTHER);
    let page =
        guest.get(sent.location()).await.expect(StatusCode::OK).says(WRONG).says("Correct the address");
    page.says("/en/rfqs/new?fix=1");
    let page =
        guest.get("/en/rfqs/new?fix=1").await.expect(StatusCode::OK).says("What you typed is still here");
    assert_eq!((page.input("email"), page.input("quantity-1")), (WRONG.into(), "500".into()));
    let idem = page.idem();
    let mut again: Vec<(String, String)> =
        fields(&read, &[("category", CATEGORY), ("name", "Kim"), ("third_party", "yes")]);
    again.retain(|(name, _)| name != "idem");
    again.extend([("email".to_owned(), RIGHT.to_owned()), ("idem".to_owned(), idem)]);
    guest.post("/en/rfqs/new", &as_pairs(&again)).await.expect(StatusCode::SEE_OTHER);
    let confirm = mailed(&app, "guest", "/confirm-rfq/").await;
    guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    let page = guest.get("/en/rfqs/asked").await.expect(StatusCode::OK);
    assert!(!page.body.contains(RIGHT), "it is over");
});

fn as_pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}
