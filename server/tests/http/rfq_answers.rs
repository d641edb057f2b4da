//! Answering a request: which product the form begins with, and the files that go with the quote.

use http::StatusCode;
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;

use crate::browser::{Browser, Page};
use crate::files::{PDF, addresses, send};
use crate::inquiries::{listed, mailed};
use crate::rfq_files::{decide, post, run};
use crate::rfqs::{CATEGORY, TEXT, all_bolts, chosen};
use crate::testapp::TestApp;

/// A request that a curator has opened. Gives its path.
async fn opened(app: &TestApp, buyer: &mut Browser) -> String {
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let read = buyer.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    let sent = post(buyer, "/rfqs/new", (&read, &[("category", CATEGORY)]), &[]).await;
    let page = sent.expect(StatusCode::SEE_OTHER).location().split('?').next().unwrap().to_owned();
    decide(&mut curator, &page, &[("action", "open")]).await;
    page
}

async fn answer(
    vendor: &mut Browser,
    to: &str,
    form: &Page,
    with: &[(&str, &str)],
    files: &[(&str, &str)],
) -> Page {
    let (idem, listing) = (form.idem(), chosen(form).unwrap_or_default());
    let mut fields = with.to_vec();
    fields.extend([
        ("idem", &*idem),
        ("listing", &*listing),
        ("price", "96"),
        ("quantity", "2,000"),
        ("unit", "개"),
        ("lead_time_days", "3"),
    ]);
    send(vendor, to, &fields, files).await
}

both_databases!(files_go_with_the_answer_signed_in_and_by_link, |db: Db| async move {
    let app = TestApp::new(db);
    let vendors = [listed(&app, "bolt").await, listed(&app, "nut").await];
    all_bolts(&app).await;
    let (_, mut first) = app.colleague("first", vendors[0], VendorRole::Owner).await;
    app.colleague("second", vendors[1], VendorRole::Staff).await;
    let (_, mut buyer) = app.person("buyer").await;
    let page = opened(&app, &mut buyer).await;
    let to = format!("{page}/answer");

    let form =
        first.get(&to).await.expect(StatusCode::OK).says("multipart/form-data").says("맞는 제품이 없으면");
    let bad = answer(&mut first, &to, &form, &[], &[("도면.pdf", PDF), ("setup.exe", "MZ program")]).await;
    let bad = bad.expect(StatusCode::UNPROCESSABLE_ENTITY).says("setup.exe: EXE 파일은").says("도면.pdf");
    let kept = bad.input("file");
    assert_eq!(bad.input("price"), "96", "what was typed stays");
    let sent = answer(&mut first, &to, &bad, &[("file", &kept)], &[]).await.expect(StatusCode::SEE_OTHER);
    let thread = sent.location().split('?').next().unwrap().to_owned();
    let again = answer(&mut first, &to, &bad, &[("file", &kept)], &[]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(again.location(), sent.location(), "a second press is the first");
    let shown = buyer.get(&thread).await.expect(StatusCode::OK).says("도면.pdf");
    let file = addresses(&shown, "/files/").remove(0);
    assert_eq!(buyer.get(&file).await.expect(StatusCode::OK).body, PDF);

    // from the mail: as a script sends it ahead, and with the form
    let link = mailed(&app, "second", "/q/").await;
    let mut phone = app.visitor();
    let form = phone.get(&link).await.expect(StatusCode::OK).says(&format!("data-begin=\"{link}/files\""));
    let begun = phone
        .post(&format!("{link}/files"), &[("name", "성적서.pdf"), ("size", &PDF.len().to_string())])
        .await;
    let id = begun.body.split("\"id\":\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let bytes = format!("{link}/files/{id}");
    phone.get(&format!("{bytes}/progress")).await.expect(StatusCode::OK);
    phone
        .post_raw(&format!("{bytes}/bytes?offset=0"), "application/octet-stream", PDF.as_bytes().to_vec())
        .await;
    let sent = answer(&mut phone, &link, &form, &[("file", &id)], &[("사진.pdf", PDF)]).await;
    let done = sent.expect(StatusCode::SEE_OTHER).location().to_owned();
    phone.get(&done).await.expect(StatusCode::OK);
    let both = buyer.get(&page).await.expect(StatusCode::OK);
    let threads = addresses(&both, "/inquiries/");
    let theirs = threads.iter().find(|one| **one != thread).unwrap();
    buyer.get(theirs).await.expect(StatusCode::OK).says("성적서.pdf").says("사진.pdf");
});

both_databases!(nothing_is_taken_from_whoever_may_not_answer, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let (_, mut stranger) = app.person("stranger").await;
    run(&app, "UPDATE listings SET category = 'food.sauce', title_ko = '고추장', title_en = 'Gochujang'")
        .await;
    let page = opened(&app, &mut buyer).await;
    let to = format!("{page}/answer");
    let form = owner.get(&to).await.expect(StatusCode::OK).says("고추장");
    assert_eq!(chosen(&form), None, "nothing fits, so nothing is chosen");
    answer(&mut owner, &to, &form, &[], &[])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("어느 제품으로 견적을 내나요? 골라 주세요.");
    let nothing = [("price", ""), ("lead_time_days", ""), ("idem", &form.idem())];
    owner
        .post(&to, &nothing)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("어느 제품으로 견적을 내나요? 골라 주세요.")
        .says("#price");
    answer(&mut stranger, &to, &form, &[], &[("도면.pdf", PDF)]).await.expect(StatusCode::NOT_FOUND);
    answer(&mut app.visitor(), "/q/guess", &form, &[], &[("도면.pdf", PDF)])
        .await
        .expect(StatusCode::NOT_FOUND);
    let mut db = app.test.market.system().read().await.unwrap();
    let (files,) = market::fetch_one!(db, (i64,), "SELECT CAST(COUNT(*) AS BIGINT) FROM files").unwrap();
    assert_eq!(files, 0);
});
