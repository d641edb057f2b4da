//! Files of a basket: they go to every vendor, to each as files of its own; a guest's wait with the form.

use http::StatusCode;
use market::both_databases;
use market::db::Db;
use market::time::{DAY, HOUR};
use uuid::Uuid;

use crate::basket::{collect, filled, owner_of, two};
use crate::browser::{Browser, Page};
use crate::files::{PDF, addresses, send};
use crate::inquiries::mailed;
use crate::rfq_files::run;
use crate::testapp::TestApp;

const WHO: [(&str, &str); 3] = [("email", "guest@example.test"), ("name", "김구매"), ("third_party", "yes")];

async fn count(app: &TestApp) -> i64 {
    let cx = app.test.market.system();
    market::files::jobs::sweep(&cx).await.unwrap();
    let mut db = cx.read().await.unwrap();
    market::fetch_one!(db, (i64,), "SELECT CAST(COUNT(*) AS BIGINT) FROM files").unwrap().0
}

/// Looks at the preview with a drawing, then sends it twice.
async fn sent_twice(browser: &mut Browser, ids: &[&str], who: &[(&str, &str)]) -> (Page, String) {
    let preview = send(browser, "/basket", &filled(ids, who), &[("도면.pdf", PDF)]).await;
    let preview = preview.expect(StatusCode::OK).says("2곳에 보내기");
    assert_eq!(preview.body.matches("도면.pdf").count(), 2, "each vendor's letter names it");
    let (idem, file) = (preview.idem(), preview.input("file"));
    let mut fields = filled(ids, who);
    fields.extend([("send", "1"), ("idem", &*idem), ("file", &*file)]);
    let sent = browser.post("/basket", &fields).await.expect(StatusCode::SEE_OTHER);
    let again = browser.post("/basket", &fields).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(again.location(), sent.location());
    (sent, file)
}

/// The file of each of the threads of a page, for its buyer.
async fn files_of(browser: &mut Browser, page: &Page, threads: &str, files: &str) -> Vec<String> {
    let mut paths: Vec<String> = (page.body.split("href=\"").skip(1))
        .filter_map(|rest| rest.split('"').next())
        .filter(|href| href.starts_with(threads) && !href.ends_with("/files"))
        .map(ToOwned::to_owned)
        .collect();
    paths.dedup();
    let mut found = Vec::new();
    for path in paths {
        let shown = browser.get(&path).await.expect(StatusCode::OK).says("도면.pdf");
        let before = if files.is_empty() { format!("{path}/files/") } else { files.to_owned() };
        let mine = addresses(&shown, &before);
        assert_eq!(browser.get(&mine[0]).await.expect(StatusCode::OK).body, PDF);
        found.push(mine[0].clone());
    }
    found
}

both_databases!(a_drawing_goes_to_every_vendor_as_a_file_of_its_own, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let (_, mut buyer) = app.person("buyer").await;
    collect(&mut buyer, &ids).await;
    buyer.get("/basket").await.expect(StatusCode::OK).says("data-files").says("type=\"file\"");
    let (sent, _) = sent_twice(&mut buyer, &ids, &[]).await;
    let page = buyer.get(sent.location()).await.expect(StatusCode::OK);
    let files = files_of(&mut buyer, &page, "/inquiries/", "/files/").await;
    assert_eq!((files.len(), count(&app).await), (2, 2), "once for each vendor");
    assert_ne!(files[0], files[1]);
    // each vendor reads its own, and not the other's
    let mut threads = Vec::new();
    for file in &files {
        let id = Uuid::parse_str(file.trim_start_matches("/files/")).unwrap();
        let mut db = app.test.market.system().read().await.unwrap();
        let sql = "SELECT thread_id FROM files WHERE id = $1";
        threads.push(market::fetch_one!(db, (Uuid,), sql, id).unwrap().0);
    }
    let mut first = owner_of(&app, &format!("/inquiries/{}", threads[0]), "first").await;
    let mut second = owner_of(&app, &format!("/inquiries/{}", threads[1]), "second").await;
    for (own, other, owner) in [(0, 1, &mut first), (1, 0, &mut second)] {
        owner.get(&format!("/inquiries/{}", threads[own])).await.expect(StatusCode::OK).says("도면.pdf");
        assert_eq!(owner.get(&files[own]).await.expect(StatusCode::OK).body, PDF);
        owner.get(&files[other]).await.expect(StatusCode::NOT_FOUND);
    }
    // what goes with one thread leaves the other's where it is
    run(&app, "DELETE FROM files WHERE id = (SELECT id FROM files ORDER BY id LIMIT 1)").await;
    assert_eq!(count(&app).await, 1);
    let left = [buyer.get(&files[0]).await.status, buyer.get(&files[1]).await.status];
    assert!(left.contains(&StatusCode::OK) && left.contains(&StatusCode::NOT_FOUND), "{left:?}");
});

both_databases!(what_is_not_taken_is_said_and_nothing_typed_is_lost, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let (_, mut buyer) = app.person("buyer").await;
    let files = [("도면.pdf", PDF), ("setup.exe", "MZ program")];
    let page = send(&mut buyer, "/basket", &filled(&ids, &[]), &files).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY).says("setup.exe: EXE 파일은").says("도면.pdf");
    assert_eq!(page.input("quantity-2"), "500개");
    let file = page.input("file");
    let page = buyer.post("/basket", &filled(&ids, &[("file", &file)])).await.expect(StatusCode::OK);
    let edit = filled(&ids, &[("edit", "1"), ("file", &file)]);
    assert_eq!(page.input("file"), file);
    buyer.post("/basket", &edit).await.expect(StatusCode::OK).says("도면.pdf").says("받을 곳은 시흥이에요");
    let page = buyer.post("/basket", &filled(&ids, &[("remove", ids[1]), ("file", &file)])).await;
    page.expect(StatusCode::OK).says("도면.pdf");
    let eleven = [("a.pdf", PDF); 11];
    let page = send(&mut buyer, "/basket", &filled(&ids, &[]), &eleven).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).says("files-err");
    // somebody else's is nothing one can send
    let (_, mut other) = app.person("other").await;
    let page = other.post("/basket", &filled(&ids, &[("file", &file)])).await;
    page.expect(StatusCode::UNPROCESSABLE_ENTITY).says("files-err");
});

both_databases!(a_guests_drawing_waits_with_the_basket, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let mut guest = app.visitor();
    collect(&mut guest, &ids).await;
    let page = guest.get("/basket").await.expect(StatusCode::OK).says("type=\"file\"");
    assert!(!page.body.contains("data-files"), "no script sends files of nobody ahead");
    let (_, file) = sent_twice(&mut guest, &ids, &WHO).await;
    guest.get(&format!("/files/{file}")).await.expect(StatusCode::SEE_OTHER);
    // while the link works, so does what waits behind it
    app.test.clock.advance(2 * DAY);
    assert_eq!(count(&app).await, 1);
    let confirm = mailed(&app, "guest", "/confirm-basket/").await;
    let page = guest.get(&confirm).await.expect(StatusCode::OK).says("붙인 파일");
    assert_eq!(page.body.matches("도면.pdf").count(), 2);
    let sent = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    let page = guest.get(sent.location()).await.expect(StatusCode::OK);
    let files = files_of(&mut guest, &page, "/a/", "").await;
    assert_eq!((files.len(), count(&app).await), (2, 2), "once for each vendor");
});

both_databases!(a_basket_that_is_never_confirmed_leaves_nothing, |db: Db| async move {
    let app = TestApp::new(db);
    let ids = two(&app).await;
    let mut guest = app.visitor();
    sent_twice(&mut guest, &[&ids[0], &ids[1]], &WHO).await;
    app.test.clock.advance(2 * DAY + HOUR);
    assert_eq!(count(&app).await, 1);
    run(&app, "DELETE FROM batch_drafts").await;
    assert_eq!(count(&app).await, 0);
});
