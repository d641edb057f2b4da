//! Collecting and asking several vendors at once, without script.

use http::StatusCode;
use market::both_databases;
use market::db::Db;
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;

async fn listing_of(app: &TestApp, vendor: Uuid) -> String {
    let mut db = app.test.market.system().read().await.unwrap();
    let sql = "SELECT id FROM listings WHERE vendor_id = $1";
    let (id,) = market::fetch_one!(db, (Uuid,), sql, vendor).unwrap();
    id.to_string()
}

async fn collect(browser: &mut Browser, listings: &[&str]) {
    for listing in listings {
        let to = browser.post("/basket/add", &[("listing", listing), ("next", "/search?q=x")]).await;
        assert!(to.expect(StatusCode::SEE_OTHER).location().starts_with("/search?q=x#l-"));
    }
}

fn filled<'a>(listings: &[&'a str], more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    const NAMES: [[&str; 2]; 2] = [["listing-1", "quantity-1"], ["listing-2", "quantity-2"]];
    let mut fields: Vec<(&str, &str)> =
        NAMES.iter().zip(listings).flat_map(|(names, id)| [(names[0], *id), (names[1], "500개")]).collect();
    fields.push(("body", "받을 곳은 시흥이에요"));
    fields.extend_from_slice(more);
    fields
}

async fn preview(browser: &mut Browser, fields: &[(&str, &str)]) -> Page {
    browser.post("/basket", fields).await.expect(StatusCode::OK).says("이렇게 보내요").says("2곳에 보내기")
}

both_databases!(a_member_collects_previews_and_sends, |db: Db| async move {
    let app = TestApp::new(db);
    let (bolt, nut) = (listed(&app, "bolt").await, listed(&app, "nut").await);
    let ids = [listing_of(&app, bolt).await, listing_of(&app, nut).await];
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
    let (bolt, nut) = (listed(&app, "bolt").await, listed(&app, "nut").await);
    let ids = [listing_of(&app, bolt).await, listing_of(&app, nut).await];
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let mut guest = app.visitor();
    collect(&mut guest, &ids).await;
    let removed = filled(&ids, &[("remove", ids[1])]);
    let page = guest.post("/basket", &removed).await.expect(StatusCode::OK).says("500개");
    assert!(!page.body.contains("quantity-2"));
    collect(&mut guest, &ids).await;
    let who = [("email", "guest@example.test"), ("name", "김구매")];
    let idem = preview(&mut guest, &filled(&ids, &who)).await.idem();
    let mut send = filled(&ids, &who);
    send.extend([("send", "1"), ("idem", idem.as_str())]);
    let sent = guest.post("/basket", &send).await.expect(StatusCode::SEE_OTHER);
    guest.get(sent.location()).await.expect(StatusCode::OK).says("메일을 확인해 주세요");
    guest.get("/basket").await.expect(StatusCode::OK).says("바구니가 비어 있어요");
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
