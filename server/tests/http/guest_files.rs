//! Files of guests: sent with the question in the one form, nobody's until the address has confirmed itself, gone when it never does.

use http::StatusCode;
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;
use market::time::{DAY, HOUR};

use crate::files::{PDF, addresses, send};
use crate::inquiries::{listed, mailed};
use crate::rfq_files::{decide, post, run};
use crate::rfqs::{CATEGORY, TEXT, all_bolts};
use crate::testapp::TestApp;

const ASK: &str = "/listings/bolt/ask";
const WHO: [(&str, &str); 4] = [
    ("email", "guest@example.test"),
    ("name", "김구매"),
    ("third_party", "yes"),
    ("body", "도면을 붙여요. 단가를 알려 주세요."),
];

both_databases!(a_guest_asks_with_a_drawing_in_one_form, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let mut guest = app.visitor();
    let page = guest.get(ASK).await.expect(StatusCode::OK).says("type=\"file\"");
    assert!(!page.body.contains("data-files"), "no script sends files of nobody ahead");
    // what is refused is named, the rest stays with what was typed
    let idem = page.idem();
    let mut fields = vec![("idem", idem.as_str())];
    fields.extend(WHO);
    let files = [("도면.pdf", PDF), ("setup.exe", "MZ program")];
    let page = send(&mut guest, ASK, &fields, &files).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY).says("setup.exe: EXE 파일은").says("도면.pdf");
    let (kept, idem) = (page.input("file"), page.idem());
    // nobody reads it, nor anybody who knows its name
    guest.get(&format!("/files/{kept}")).await.expect(StatusCode::SEE_OTHER);
    owner.get(&format!("/files/{kept}")).await.expect(StatusCode::NOT_FOUND);
    let mut fields = vec![("idem", idem.as_str()), ("file", kept.as_str())];
    fields.extend(WHO);
    for _ in 0..2 {
        let sent = send(&mut guest, ASK, &fields, &[]).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(sent.location(), "/listings/bolt/asked");
    }
    let confirm = mailed(&app, "guest", "/confirm-inquiry/").await;
    guest.get(&confirm).await.expect(StatusCode::OK).says("붙인 파일").says("도면.pdf");
    app.work().await;
    assert!(app.test.mailer.sent_to("owner@example.test").is_empty(), "before that, nobody hears of it");
    let thread = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER).location().to_owned();
    let link = thread.split('?').next().unwrap().to_owned();
    let shown = guest.get(&thread).await.expect(StatusCode::OK).says("도면.pdf");
    let mine = addresses(&shown, &format!("{link}/files/"));
    assert_eq!(mine, [format!("{link}/files/{kept}")]);
    assert_eq!(guest.get(&mine[0]).await.expect(StatusCode::OK).body, PDF);
    let theirs = mailed(&app, "owner", "/a/").await;
    let read = format!("{theirs}/files/{kept}");
    assert_eq!(app.visitor().get(&read).await.expect(StatusCode::OK).body, PDF);
    assert_eq!(owner.get(&format!("/files/{kept}")).await.expect(StatusCode::OK).body, PDF);
});

both_databases!(what_is_never_confirmed_leaves_nothing, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    let mut guest = app.visitor();
    let idem = guest.get(ASK).await.expect(StatusCode::OK).idem();
    let mut fields = vec![("idem", idem.as_str())];
    fields.extend(WHO);
    send(&mut guest, ASK, &fields, &[("도면.pdf", PDF)]).await.expect(StatusCode::SEE_OTHER);
    let cx = app.test.market.system();
    let count = async || {
        let mut db = cx.read().await.unwrap();
        market::fetch_one!(db, (i64,), "SELECT CAST(COUNT(*) AS BIGINT) FROM files").unwrap().0
    };
    // while the link works, so does what waits behind it
    app.test.clock.advance(2 * DAY);
    market::files::jobs::sweep(&cx).await.unwrap();
    assert_eq!(count().await, 1);
    app.test.clock.advance(2 * DAY + HOUR);
    run(&app, "DELETE FROM inquiry_drafts").await;
    market::files::jobs::sweep(&cx).await.unwrap();
    assert_eq!(count().await, 0);
});

both_databases!(a_guest_cannot_send_without_end, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    let mut guest = app.visitor();
    let files = [("도면.pdf", PDF); 10];
    let mut last = StatusCode::OK;
    for _ in 0..3 {
        let idem = guest.get(ASK).await.expect(StatusCode::OK).idem();
        let mut fields = vec![("idem", idem.as_str())];
        fields.extend(WHO);
        last = send(&mut guest, ASK, &fields, &files).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
});

both_databases!(a_guests_request_brings_its_drawing, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    all_bolts(&app).await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let mut guest = app.visitor();
    let read = guest.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK).says("type=\"file\"");
    assert!(!read.body.contains("data-files"), "no script sends files of nobody ahead");
    let who =
        [("category", CATEGORY), ("email", "guest@example.test"), ("name", "김구매"), ("third_party", "yes")];
    let sent = post(&mut guest, "/rfqs/new", (&read, &who), &[("도면.pdf", PDF)]).await;
    assert_eq!(sent.expect(StatusCode::SEE_OTHER).location(), "/rfqs/asked");
    let confirm = mailed(&app, "guest", "/confirm-rfq/").await;
    guest.get(&confirm).await.expect(StatusCode::OK).says("붙인 파일").says("도면.pdf");
    // while the link works, so does what waits behind it
    app.test.clock.advance(2 * DAY);
    market::files::jobs::sweep(&app.test.market.system()).await.unwrap();
    let own = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER).location().to_owned();
    let own = own.split('?').next().unwrap().to_owned();
    let shown = guest.get(&own).await.expect(StatusCode::OK).says("도면.pdf");
    let mine = addresses(&shown, &format!("{own}/files/"));
    assert_eq!(guest.get(&mine[0]).await.expect(StatusCode::OK).body, PDF);
    let mut db = app.test.market.system().read().await.unwrap();
    let (id,) = market::fetch_one!(db, (uuid::Uuid,), "SELECT id FROM rfqs").unwrap();
    drop(db);
    decide(&mut curator, &format!("/rfqs/{id}"), &[("action", "open")]).await;
    let told = owner.get(&format!("/rfqs/{id}/answer")).await.expect(StatusCode::OK).says("도면.pdf");
    assert_eq!(owner.get(&addresses(&told, "/files/")[0]).await.expect(StatusCode::OK).body, PDF);
});

both_databases!(a_request_that_is_never_confirmed_leaves_nothing, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    all_bolts(&app).await;
    let mut guest = app.visitor();
    let read = guest.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    let who =
        [("category", CATEGORY), ("email", "guest@example.test"), ("name", "김구매"), ("third_party", "yes")];
    let sent = post(&mut guest, "/rfqs/new", (&read, &who), &[("도면.pdf", PDF)]).await;
    sent.expect(StatusCode::SEE_OTHER);
    app.test.clock.advance(2 * DAY);
    let cx = app.test.market.system();
    let count = async || {
        market::files::jobs::sweep(&cx).await.unwrap();
        let mut db = cx.read().await.unwrap();
        market::fetch_one!(db, (i64,), "SELECT CAST(COUNT(*) AS BIGINT) FROM files").unwrap().0
    };
    assert_eq!(count().await, 1);
    run(&app, "DELETE FROM rfq_drafts").await;
    assert_eq!(count().await, 0);
});
