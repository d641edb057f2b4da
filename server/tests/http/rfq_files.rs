//! Files of public requests: attached when posting and when writing again, read by curators and by those who may answer, asked anew
//! each time.

use http::StatusCode;
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;

use crate::browser::{Browser, Page};
use crate::files::{PDF, addresses, send};
use crate::inquiries::{listed, mailed};
use crate::rfqs::{CATEGORY, TEXT, all_bolts, fields};
use crate::testapp::TestApp;

/// Fields of the second step, as a browser without script sends them with files.
pub(crate) async fn post(
    browser: &mut Browser,
    to: &str,
    (page, with): (&Page, &[(&'static str, &str)]),
    files: &[(&str, &str)],
) -> Page {
    let fields = fields(page, with);
    let fields: Vec<(&str, &str)> =
        fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    send(browser, to, &fields, files).await
}

/// A buyer's request with a drawing, waiting for a curator. Gives its path and the path of the file.
pub(crate) async fn posted(buyer: &mut Browser) -> (String, String) {
    let read = buyer.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    let with = [("category", CATEGORY)];
    let sent = post(buyer, "/rfqs/new", (&read, &with), &[("도면.pdf", PDF)]).await;
    let page = sent.expect(StatusCode::SEE_OTHER).location().split('?').next().unwrap().to_owned();
    let shown = buyer.get(&page).await.expect(StatusCode::OK).says("도면.pdf").says("검사 안 됨");
    let file = addresses(&shown, "/files/").remove(0);
    (page, file)
}

pub(crate) async fn decide(curator: &mut Browser, page: &str, decision: &[(&str, &str)]) {
    let desk = page.replace("/rfqs/", "/desk/rfqs/");
    let open = curator.get(&desk).await.expect(StatusCode::OK);
    let (idem, version) = (open.idem(), open.input("version"));
    let mut fields = vec![("idem", &*idem), ("version", &*version)];
    fields.extend(decision);
    curator.post(&desk, &fields).await.expect(StatusCode::SEE_OTHER);
}

pub(crate) async fn run(app: &TestApp, sql: &'static str) {
    let mut tx = app.test.market.system().write().await.unwrap();
    market::execute!(tx, sql).unwrap();
    tx.commit().await.unwrap();
}

both_databases!(a_drawing_is_for_curators_and_those_who_may_answer, |db: Db| async move {
    let app = TestApp::new(db);
    let vendors = [listed(&app, "bolt").await, listed(&app, "nut").await];
    all_bolts(&app).await;
    let (_, mut first) = app.colleague("first", vendors[0], VendorRole::Owner).await;
    let (_, mut second) = app.colleague("second", vendors[1], VendorRole::Staff).await;
    let (_, mut buyer) = app.person("buyer").await;
    let (_, mut other) = app.person("other").await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let (_, mut finance) = app.team_member("finance", PlatformRole::Finance).await;
    let (page, file) = posted(&mut buyer).await;

    // before it opens: its buyer and curators
    assert_eq!(buyer.get(&file).await.expect(StatusCode::OK).body, PDF);
    let desk =
        curator.get(&page.replace("/rfqs/", "/desk/rfqs/")).await.expect(StatusCode::OK).says("도면.pdf");
    assert_eq!(addresses(&desk, "/files/"), std::slice::from_ref(&file));
    let taken = curator.get(&file).await.expect(StatusCode::OK);
    assert!(taken.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox"));
    assert!(taken.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    for nobody in [&mut first, &mut second, &mut other, &mut finance] {
        nobody.get(&file).await.expect(StatusCode::NOT_FOUND);
        nobody.get(&format!("{file}/preview")).await.expect(StatusCode::NOT_FOUND);
    }
    let out = app.visitor().get(&file).await.expect(StatusCode::SEE_OTHER);
    assert!(out.location().starts_with("/sign-in"));

    // open: those who may answer, and nobody else; the board names it to nobody
    decide(&mut curator, &page, &[("action", "open")]).await;
    let link = mailed(&app, "second", "/q/").await;
    let form = first.get(&format!("{page}/answer")).await.expect(StatusCode::OK).says("도면.pdf");
    assert_eq!(addresses(&form, "/files/"), std::slice::from_ref(&file));
    assert_eq!(first.get(&file).await.expect(StatusCode::OK).body, PDF);
    let id = file.rsplit('/').next().unwrap();
    let mut phone = app.visitor();
    let behind = phone.get(&link).await.expect(StatusCode::OK).says("도면.pdf");
    assert_eq!(addresses(&behind, &format!("{link}/files/")).len(), 1);
    assert_eq!(phone.get(&format!("{link}/files/{id}")).await.expect(StatusCode::OK).body, PDF);
    phone.get(&format!("/q/guess/files/{id}")).await.expect(StatusCode::NOT_FOUND);
    phone.get(&format!("/r/guess/files/{id}")).await.expect(StatusCode::NOT_FOUND);
    let board = app.visitor().get(&page).await.expect(StatusCode::OK);
    assert!(!board.body.contains("도면.pdf") && !board.body.contains("/files/"), "not for everybody");
    other.get(&file).await.expect(StatusCode::NOT_FOUND);
    finance.get(&file).await.expect(StatusCode::NOT_FOUND);

    // asked anew each time: a company that may not answer any more, a member who left
    run(&app, "UPDATE vendors SET state = 'suspended'").await;
    first.get(&file).await.expect(StatusCode::NOT_FOUND);
    phone.get(&format!("{link}/files/{id}")).await.expect(StatusCode::NOT_FOUND);
    run(&app, "UPDATE vendors SET state = 'approved'").await;
    phone.get(&format!("{link}/files/{id}")).await.expect(StatusCode::OK);
    run(&app, "DELETE FROM vendor_members").await;
    phone.get(&format!("{link}/files/{id}")).await.expect(StatusCode::NOT_FOUND);
    second.get(&file).await.expect(StatusCode::NOT_FOUND);
    buyer.get(&file).await.expect(StatusCode::OK);
});

both_databases!(what_a_request_may_not_carry_is_named_and_the_rest_stays, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    all_bolts(&app).await;
    let (_, mut buyer) = app.person("buyer").await;
    let (_, mut other) = app.person("other").await;
    let read =
        buyer.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK).says("multipart/form-data");
    let with = [("category", CATEGORY)];
    let files = [
        ("좋은.pdf", PDF),
        ("setup.exe", "MZ program"),
        ("page.pdf", "<html><script>1</script>"),
        ("a.zip", "PK\u{5}\u{6}"),
    ];
    let page = post(&mut buyer, "/rfqs/new", (&read, &with), &files)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("setup.exe: EXE 파일은")
        .says("page.pdf: HTML 파일은")
        .says("a.zip: ")
        .says("좋은.pdf");
    assert_eq!(page.input("item-1"), "육각볼트", "what was typed stays");
    let kept = page.input("file");
    // before it is handed in nobody else has it, nor can send it
    other.get(&format!("/files/{kept}")).await.expect(StatusCode::NOT_FOUND);
    let theirs = other.post("/rfqs/new", &[("text", TEXT)]).await;
    let stolen = [("category", CATEGORY), ("file", &*kept)];
    post(&mut other, "/rfqs/new", (&theirs, &stolen), &[])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("없어진");
    // pressed twice, with the file that stayed
    let with = [("category", CATEGORY), ("file", &*kept)];
    let sent = post(&mut buyer, "/rfqs/new", (&page, &with), &[]).await.expect(StatusCode::SEE_OTHER);
    let again = post(&mut buyer, "/rfqs/new", (&page, &with), &[]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(sent.location(), again.location());
    let shown = buyer.get(sent.location()).await.expect(StatusCode::OK);
    assert_eq!(addresses(&shown, "/files/").len(), 1);
    // a guest brings files with the form, but nobody else's
    let mut guest = app.visitor();
    let read = guest.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    let read = read.says("type=\"file\"");
    let who = [
        ("category", CATEGORY),
        ("email", "guest@example.test"),
        ("name", "Kim"),
        ("third_party", "yes"),
        ("file", &*kept),
    ];
    let refused = post(&mut guest, "/rfqs/new", (&read, &who), &[]).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).says("없어진");
});

both_databases!(a_returned_request_is_written_again_with_other_files, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    all_bolts(&app).await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let mut guest = app.visitor();
    let read = guest.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    let who =
        [("category", CATEGORY), ("email", "guest@example.test"), ("name", "Kim"), ("third_party", "yes")];
    let plain = fields(&read, &who);
    let plain: Vec<(&str, &str)> = plain.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    guest.post("/rfqs/new", &plain).await.expect(StatusCode::SEE_OTHER);
    let confirm = mailed(&app, "guest", "/confirm-rfq/").await;
    let own = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER).location().to_owned();
    let own = own.split('?').next().unwrap().to_owned();
    let queue = curator.get("/desk/inbox?kind=rfq").await.expect(StatusCode::OK);
    let page = queue.body.split("/desk/rfqs/").nth(1).unwrap()[..36].to_owned();
    let page = format!("/rfqs/{page}");
    let back = [("action", "return"), ("reason", "도면을 붙여 주세요")];
    decide(&mut curator, &page, &back).await;

    let edit = format!("{own}/edit");
    let form = guest.get(&edit).await.expect(StatusCode::OK).says(&format!("{own}/files"));
    let with = [("category", CATEGORY)];
    let two = [("도면 1.pdf", PDF), ("도면 2.gif", "GIF89a drawing")];
    post(&mut guest, &edit, (&form, &with), &two).await.expect(StatusCode::SEE_OTHER);
    let shown = guest.get(&own).await.expect(StatusCode::OK).says("도면 1.pdf").says("도면 2.gif");
    let through = addresses(&shown, &format!("{own}/files/"));
    assert_eq!(through.len(), 2);
    guest.get(&through[0]).await.expect(StatusCode::OK);
    owner.get(&through[0].replace(&own, "")).await.expect(StatusCode::NOT_FOUND);

    // one stays, one goes, one comes
    decide(&mut curator, &page, &back).await;
    let form = guest.get(&edit).await.expect(StatusCode::OK).says("name=\"keep_file\"");
    let first = through[0].rsplit('/').next().unwrap();
    let with = [("category", CATEGORY), ("keep_file", first)];
    for _ in 0..2 {
        post(&mut guest, &edit, (&form, &with), &[]).await.expect(StatusCode::SEE_OTHER);
    }
    let shown = guest.get(&own).await.expect(StatusCode::OK).says("도면 1.pdf");
    assert!(!shown.body.contains("도면 2.gif"), "what was taken off is gone");
    decide(&mut curator, &page, &[("action", "open")]).await;
    owner.get(&through[0].replace(&own, "")).await.expect(StatusCode::OK);
    owner.get(&through[1].replace(&own, "")).await.expect(StatusCode::NOT_FOUND);
});

both_databases!(what_the_scanner_finds_is_withheld_from_curators_and_vendors, |db: Db| async move {
    let app = TestApp::new(db);
    app.test.scanner.switch_on();
    let vendor = listed(&app, "bolt").await;
    all_bolts(&app).await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let (_, mut buyer) = app.person("buyer").await;
    let read = buyer.post("/rfqs/new", &[("text", TEXT)]).await.expect(StatusCode::OK);
    let bad = "%PDF-1.4 VIRUS";
    let begun = buyer.post("/files", &[("name", "나쁜.pdf"), ("size", &bad.len().to_string())]).await;
    let id = begun.expect(StatusCode::OK).body.split("\"id\":\"").nth(1).unwrap()[..36].to_owned();
    let kind = "application/octet-stream";
    buyer.post_raw(&format!("/files/{id}/bytes?offset=0"), kind, bad.into()).await.expect(StatusCode::OK);
    let with = [("category", CATEGORY), ("file", &*id)];
    let sent = post(&mut buyer, "/rfqs/new", (&read, &with), &[]).await.expect(StatusCode::SEE_OTHER);
    let page = sent.location().split('?').next().unwrap().to_owned();
    curator.get(&format!("/files/{id}")).await.expect(StatusCode::CONFLICT).says("아직 검사하고 있어요");
    app.work().await;
    curator.get(&format!("/files/{id}")).await.expect(StatusCode::CONFLICT).says("바이러스");
    decide(&mut curator, &page, &[("action", "open")]).await;
    owner.get(&format!("/files/{id}")).await.expect(StatusCode::CONFLICT).says("바이러스");
});

both_databases!(a_request_that_is_copied_takes_its_files_along, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    all_bolts(&app).await;
    let (_, mut buyer) = app.person("buyer").await;
    let (_, mut other) = app.person("other").await;
    let (page, file) = posted(&mut buyer).await;
    app.test.clock.advance(market::time::MINUTE);
    let id = file.rsplit('/').next().unwrap();
    let copy = page.replace("/rfqs/", "/rfqs/new?copy=");
    let form = buyer.get(&copy).await.expect(StatusCode::OK).says("도면.pdf").says("name=\"keep_file\"");
    let old = form.input("copy");
    // adding a line forgets no file
    let with = [("category", CATEGORY), ("copy", &*old), ("keep_file", id)];
    let more: Vec<_> = with.iter().copied().chain([("more", "1")]).collect();
    post(&mut buyer, "/rfqs/new", (&form, &more), &[]).await.expect(StatusCode::OK).says("도면.pdf");
    let sent = post(&mut buyer, "/rfqs/new", (&form, &with), &[]).await.expect(StatusCode::SEE_OTHER);
    let again = post(&mut buyer, "/rfqs/new", (&form, &with), &[]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(sent.location(), again.location());
    let shown = buyer.get(sent.location()).await.expect(StatusCode::OK).says("도면.pdf");
    let taken = addresses(&shown, "/files/");
    assert_eq!(taken.len(), 1);
    assert_ne!(taken[0], file, "a file of its own");
    // neither hangs on the other
    run(&app, "DELETE FROM files WHERE created_at = (SELECT MIN(created_at) FROM files)").await;
    assert_eq!(buyer.get(&taken[0]).await.expect(StatusCode::OK).body, PDF);
    other.get(&taken[0]).await.expect(StatusCode::NOT_FOUND);
    // nobody takes along what is somebody else's
    other.get(&copy).await.expect(StatusCode::NOT_FOUND);
    let theirs = other.post("/rfqs/new", &[("text", TEXT)]).await;
    let id = taken[0].rsplit('/').next().unwrap();
    let stolen = [("category", CATEGORY), ("keep_file", id)];
    post(&mut other, "/rfqs/new", (&theirs, &stolen), &[])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("없어진");
});

both_databases!(whoever_answered_by_mail_reads_the_drawing_beside_the_thread, |db: Db| async move {
    let app = TestApp::new(db);
    let vendors = [listed(&app, "bolt").await, listed(&app, "nut").await];
    all_bolts(&app).await;
    app.colleague("first", vendors[0], VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let (page, file) = posted(&mut buyer).await;
    decide(&mut curator, &page, &[("action", "open")]).await;
    let link = mailed(&app, "first", "/q/").await;
    let mut phone = app.visitor();
    let done = crate::rfqs::quote(&mut phone, &link, "90").await.expect(StatusCode::SEE_OTHER);
    let thread = done.location().split("/done").next().unwrap().to_owned();
    let id = file.rsplit('/').next().unwrap();
    let behind = phone.get(&thread).await.expect(StatusCode::OK).says("도면.pdf");
    assert_eq!(addresses(&behind, &format!("{thread}/files/")), [format!("{thread}/files/{id}")]);
    assert_eq!(phone.get(&format!("{thread}/files/{id}")).await.expect(StatusCode::OK).body, PDF);
    // a link to a thread about something else opens it not
    let idem = buyer.get("/listings/nut/ask").await.expect(StatusCode::OK).idem();
    let fields = [("body", "단가를 알려 주세요"), ("idem", idem.as_str())];
    buyer.post("/listings/nut/ask", &fields).await.expect(StatusCode::SEE_OTHER);
    app.colleague("second", vendors[1], VendorRole::Owner).await;
    buyer
        .post(
            "/listings/nut/ask",
            &[("body", "견본도 있나요?"), ("idem", &app.test.market.system().new_id().to_string())],
        )
        .await;
    let elsewhere = mailed(&app, "second", "/a/").await;
    phone.get(&format!("{elsewhere}/files/{id}")).await.expect(StatusCode::NOT_FOUND);
    // asked anew each time
    run(&app, "DELETE FROM vendor_members").await;
    phone.get(&format!("{thread}/files/{id}")).await.expect(StatusCode::NOT_FOUND);
});
