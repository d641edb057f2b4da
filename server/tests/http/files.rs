//! Files through the pages: sent with the form, sent piece by piece, read by whom they were sent to, guessed at.

use std::fmt::Write as _;

use http::{StatusCode, header};
use market::accounts::access::VendorRole;
use market::both_databases;
use market::db::Db;

use crate::browser::{Browser, Page};
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;

pub(crate) const PDF: &str = "%PDF-1.4\n<< /Type /Page >>\n%%EOF";

/// A form with files, as a browser without script sends it.
pub(crate) async fn send(
    browser: &mut Browser,
    path: &str,
    fields: &[(&str, &str)],
    files: &[(&str, &str)],
) -> Page {
    let mut body = String::new();
    for (name, value) in fields {
        let _ = write!(body, "--limit\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
    }
    for (name, bytes) in files {
        let _ = write!(
            body,
            "--limit\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n{bytes}\r\n"
        );
    }
    // an input that nothing was chosen in
    body += "--limit\r\nContent-Disposition: form-data; name=\"files\"; filename=\"\"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--limit--\r\n";
    browser.post_raw(path, "multipart/form-data; boundary=limit", body.into_bytes()).await
}

pub(crate) fn addresses(page: &Page, before: &str) -> Vec<String> {
    let links = page.body.split(before).skip(1).map(|rest| rest.split('"').next().unwrap_or_default());
    links.filter(|rest| rest.len() == 36).map(|id| format!("{before}{id}")).collect()
}

/// A buyer who asked with a drawing; the vendor's owner beside them. Gives the thread's path.
async fn asked(app: &TestApp) -> (Browser, Browser, String) {
    let vendor = listed(app, "bolt").await;
    let (_, owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let page = buyer.get("/listings/bolt/ask").await.expect(StatusCode::OK).says("multipart/form-data");
    let fields = [("body", "도면을 붙여요"), ("idem", &*page.idem())];
    let asked = send(&mut buyer, "/listings/bolt/ask", &fields, &[("도면 \"A\".pdf", PDF)]).await;
    let asked = asked.expect(StatusCode::SEE_OTHER);
    let thread = asked.location().split("thread=").nth(1).unwrap().to_owned();
    (buyer, owner, format!("/inquiries/{thread}"))
}

both_databases!(a_drawing_goes_with_the_question_and_comes_out_as_it_was, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, mut owner, thread) = asked(&app).await;
    let page = owner.get(&thread).await.expect(StatusCode::OK).says("1쪽").says("검사 안 됨");
    let address = addresses(&page, "/files/").remove(0);
    let file = owner.get(&address).await.expect(StatusCode::OK);
    assert_eq!(file.body, PDF);
    let header = |name: header::HeaderName| file.headers[name].to_str().unwrap().to_owned();
    assert!(header(header::CONTENT_DISPOSITION).starts_with("attachment; "), "{:?}", file.headers);
    assert!(header(header::CONTENT_DISPOSITION).contains("filename*=UTF-8''%EB%8F%84%EB%A9%B4"));
    assert_eq!(header(header::CONTENT_TYPE), "application/pdf");
    assert_eq!(header(header::X_CONTENT_TYPE_OPTIONS), "nosniff");
    assert!(header(header::CONTENT_SECURITY_POLICY).starts_with("sandbox"));
    assert_eq!(header(header::CACHE_CONTROL), "private, no-store");
    // nobody else learns that it exists
    let (_, mut stranger) = app.person("stranger").await;
    stranger.get(&address).await.expect(StatusCode::NOT_FOUND);
    stranger.get(&format!("{address}/preview")).await.expect(StatusCode::NOT_FOUND);
    stranger.get("/files/00000000-0000-0000-0000-000000000000").await.expect(StatusCode::NOT_FOUND);
    stranger.get("/files/..%2f..%2fetc").await.expect(StatusCode::NOT_FOUND);
    let out = app.visitor().get(&address).await.expect(StatusCode::SEE_OTHER);
    assert!(out.location().starts_with("/sign-in"));
});

both_databases!(the_vendor_answers_from_the_mail_with_a_photo, |db: Db| async move {
    let app = TestApp::new(db);
    let (mut buyer, mut owner, thread) = asked(&app).await;
    let link = mailed(&app, "owner", "/a/").await;
    let mut phone = app.visitor();
    let page = phone.get(&link).await.expect(StatusCode::OK);
    let drawing = addresses(&page, &format!("{link}/files/")).remove(0);
    assert_eq!(phone.get(&drawing).await.expect(StatusCode::OK).body, PDF);
    let form =
        phone.get(&format!("{link}/reply")).await.expect(StatusCode::OK).says("capture=\"environment\"");
    let fields = [("body", "사진을 보세요"), ("idem", &*form.idem())];
    send(&mut phone, &format!("{link}/reply"), &fields, &[("현장.gif", "GIF89a photo")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let page = buyer.get(&thread).await.expect(StatusCode::OK).says("현장.gif");
    assert_eq!(addresses(&page, "/files/").len(), 2);
    // a link of another thread opens nothing of this one
    let (_, mut other) = app.person("other").await;
    let ask = other.get("/listings/bolt/ask").await;
    other
        .post("/listings/bolt/ask", &[("body", "다른 문의"), ("idem", &ask.idem())])
        .await
        .expect(StatusCode::SEE_OTHER);
    let second = mailed(&app, "owner", "/a/").await;
    assert_ne!(second, link);
    let id = drawing.rsplit('/').next().unwrap();
    phone.get(&format!("{second}/files/{id}")).await.expect(StatusCode::NOT_FOUND);
    // whoever left the company is out at once, signed in or not
    let mut tx = app.test.market.system().write().await.unwrap();
    market::execute!(tx, "DELETE FROM vendor_members").unwrap();
    tx.commit().await.unwrap();
    phone.get(&drawing).await.expect(StatusCode::NOT_FOUND);
    owner.get(&format!("/files/{id}")).await.expect(StatusCode::NOT_FOUND);
});

both_databases!(what_is_not_taken_is_named_and_the_rest_stays, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, mut owner, thread) = asked(&app).await;
    let path = format!("{thread}/reply");
    let idem = owner.get(&path).await.idem();
    let fields = [("body", "보내 드려요"), ("idem", &*idem)];
    let files = [
        ("성적서.pdf", PDF),
        ("setup.exe", "MZ program"),
        ("page.pdf", "<html><script>1</script>"),
        ("a.zip", "PK\u{5}\u{6}"),
    ];
    let page = send(&mut owner, &path, &fields, &files)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("setup.exe: EXE 파일은")
        .says("page.pdf: HTML 파일은")
        .says("a.zip: ")
        .says("보내 드려요")
        .says("성적서.pdf");
    // sent again with what stayed, and pressed twice
    let kept = page.input("file");
    let fields = [("body", "보내 드려요"), ("idem", &*page.idem()), ("file", &*kept)];
    for _ in 0..2 {
        send(&mut owner, &path, &fields, &[]).await.expect(StatusCode::SEE_OTHER);
    }
    let page = owner.get(&thread).await.expect(StatusCode::OK);
    assert_eq!(addresses(&page, "/files/").len(), 2, "{}", page.body);
    // a file of somebody else, or one that was sent already, goes with nothing
    let idem = owner.get(&path).await.idem();
    let fields = [("body", "또"), ("idem", &*idem), ("file", &*kept)];
    send(&mut owner, &path, &fields, &[]).await.expect(StatusCode::UNPROCESSABLE_ENTITY).says("없어진");
});

both_databases!(a_script_sends_pieces_and_goes_on_after_a_break, |db: Db| async move {
    let app = TestApp::new(db);
    let (mut buyer, mut owner, thread) = asked(&app).await;
    let size = PDF.len().to_string();
    let begun = owner.post("/files", &[("name", "계약.pdf"), ("size", &size)]).await.expect(StatusCode::OK);
    let id = begun.body.split("\"id\":\"").nth(1).unwrap()[..36].to_owned();
    let (first, rest) = PDF.as_bytes().split_at(12);
    let at = |offset: usize| format!("/files/{id}/bytes?offset={offset}");
    let kind = "application/octet-stream";
    owner.post_raw(&at(0), kind, first.to_vec()).await.expect(StatusCode::OK).says("\"offset\":12");
    owner.post_raw(&at(0), kind, first.to_vec()).await.expect(StatusCode::CONFLICT).says("\"offset\":12");
    owner.get(&format!("/files/{id}/progress")).await.expect(StatusCode::OK).says("\"offset\":12");
    buyer.get(&format!("/files/{id}/progress")).await.expect(StatusCode::NOT_FOUND);
    buyer.post_raw(&at(12), kind, rest.to_vec()).await.expect(StatusCode::NOT_FOUND);
    owner.post_raw(&at(12), kind, rest.to_vec()).await.expect(StatusCode::OK).says("계약.pdf");
    // before it is sent nobody but its sender sees it
    buyer.get(&format!("/files/{id}")).await.expect(StatusCode::NOT_FOUND);
    owner.get(&format!("/files/{id}")).await.expect(StatusCode::OK);
    let idem = owner.get(&format!("{thread}/reply")).await.idem();
    let fields = [("body", "계약서예요"), ("idem", &*idem), ("file", &*id)];
    owner.post(&format!("{thread}/reply"), &fields).await.expect(StatusCode::SEE_OTHER);
    buyer.get(&format!("/files/{id}")).await.expect(StatusCode::OK);
    // refusals are words for the script too
    let big = (30 * 1024 * 1024).to_string();
    owner
        .post("/files", &[("name", "x"), ("size", &big)])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("20 MB");
    app.visitor().post("/files", &[("name", "x"), ("size", "3")]).await.expect(StatusCode::UNAUTHORIZED);
});

both_databases!(an_infected_file_is_withheld_with_words, |db: Db| async move {
    let app = TestApp::new(db);
    app.test.scanner.switch_on();
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let idem = buyer.get("/listings/bolt/ask").await.idem();
    let files = [("좋은.pdf", PDF), ("나쁜.pdf", "%PDF-1.4 VIRUS")];
    let asked = send(&mut buyer, "/listings/bolt/ask", &[("body", "보세요"), ("idem", &idem)], &files).await;
    let thread = format!("/inquiries/{}", asked.location().split("thread=").nth(1).unwrap());
    let page = owner.get(&thread).await.expect(StatusCode::OK).says("검사 대기");
    let address = addresses(&page, "/files/").remove(0);
    owner.get(&address).await.expect(StatusCode::CONFLICT).says("아직 검사하고 있어요");
    app.work().await;
    let page = owner.get(&thread).await.expect(StatusCode::OK).says("바이러스가 발견돼");
    assert_eq!(addresses(&page, "/files/").len(), 1, "the infected one has no address any more");
});
