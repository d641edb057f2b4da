//! Every form that hands somebody's words to a vendor for the first time asks for consent: a box nobody ticked, and who gets what.

use http::StatusCode;
use market::both_databases;
use market::db::Db;

use crate::basket::{collect, filled, two};
use crate::browser::Page;
use crate::inquiries::{listed, mailed};
use crate::rfqs::{CATEGORY, TEXT, all_bolts, fields, post};
use crate::testapp::TestApp;

const BOX: &str = "name=\"third_party\"";

/// The box stands there, empty, with its text.
fn asks(page: &Page) {
    let at = page.body.find(BOX).unwrap_or_else(|| panic!("no box: {}", page.body));
    let tag = &page.body[page.body[..at].rfind('<').unwrap()..];
    let tag = &tag[..tag.find('>').unwrap()];
    assert!(tag.contains("type=\"checkbox\"") && !tag.contains("checked"), "{tag}");
    assert!(
        page.body.contains("끝난 뒤 3년") && page.body.contains("동의하지 않을 수 있으며"),
        "{}",
        page.body
    );
}

both_databases!(every_first_form_asks_and_no_later_one, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    all_bolts(&app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let silent = app.test.add_silent_person("silent").await;
    let mut first = [app.visitor(), app.signed_in(silent).await];
    for browser in &mut first {
        collect(browser, &ids).await;
        asks(&browser.get("/basket").await.expect(StatusCode::OK));
        let preview = browser.post("/basket", &filled(&ids, &[])).await;
        asks(&preview.expect(StatusCode::UNPROCESSABLE_ENTITY).says("id=\"third_party-err\""));
        asks(&browser.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK));
    }
    let (_, mut known) = app.person("known").await;
    collect(&mut known, &ids).await;
    assert!(!known.get("/basket").await.expect(StatusCode::OK).body.contains(BOX));
    let read = known.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    assert!(!read.body.contains(BOX));
    let read = first[1].post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    let refused = post(&mut first[1], "/rfqs/new", &fields(&read, &[("category", CATEGORY)])).await;
    asks(&refused.expect(StatusCode::UNPROCESSABLE_ENTITY));
    let agreed = [("category", CATEGORY), ("third_party", "yes")];
    post(&mut first[1], "/rfqs/new", &fields(&read, &agreed)).await.expect(StatusCode::SEE_OTHER);
    assert!(!first[1].get("/basket").await.expect(StatusCode::OK).body.contains(BOX), "once");
});

both_databases!(
    a_question_asks_beside_the_product_and_the_page_before_sending_says_it_again,
    |db: Db| async move {
        let app = TestApp::new(db);
        listed(&app, "bolt").await;
        let mut guest = app.visitor();
        asks(&guest.get("/listings/bolt").await.expect(StatusCode::OK));
        let page = guest.get("/listings/bolt/ask").await.expect(StatusCode::OK);
        asks(&page);
        let idem = page.idem();
        let mut form =
            vec![("body", "단가?"), ("email", "guest@example.test"), ("name", "Kim"), ("idem", &*idem)];
        let refused = guest.post("/listings/bolt/ask", &form).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        asks(&refused.says("id=\"third_party-err\"").says("단가?"));
        form.push(("third_party", "yes"));
        guest.post("/listings/bolt/ask", &form).await.expect(StatusCode::SEE_OTHER);
        let confirm = mailed(&app, "guest", "/confirm-inquiry/").await;
        guest.get(&confirm).await.expect(StatusCode::OK).says("동의하신 대로");
        guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    }
);
