//! Times behind links of mails and in mails: on the clock of whom they were sent to.

use http::StatusCode;
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;

use crate::basket::{collect, filled, listing_of, preview};
use crate::inquiries::{listed, mailed};
use crate::rfq_files::{decide, posted, run};
use crate::rfqs::all_bolts;
use crate::testapp::TestApp;

const ABROAD: &str = "UPDATE users SET time_zone = 'America/New_York'";

both_databases!(a_request_behind_a_link_ends_on_the_readers_clock, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    all_bolts(&app).await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let (page, _) = posted(&mut buyer).await;
    decide(&mut curator, &page, &[("action", "open")]).await;
    let links = [mailed(&app, "buyer", "/r/").await, mailed(&app, "owner", "/q/").await];
    for link in &links {
        let shown = app.visitor().get(link).await.expect(StatusCode::OK);
        assert!(!shown.body.contains("EST"), "{link}: nobody chose a clock");
    }
    run(&app, ABROAD).await;
    for link in &links {
        app.visitor().get(link).await.expect(StatusCode::OK).says("EST (");
    }
});

both_databases!(several_inquiries_behind_a_link_wait_on_the_readers_clock, |db: Db| async move {
    let app = TestApp::new(db);
    let vendors = [listed(&app, "bolt").await, listed(&app, "nut").await];
    let ids = [listing_of(&app, vendors[0]).await, listing_of(&app, vendors[1]).await];
    let ids = [ids[0].as_str(), ids[1].as_str()];
    let mut guest = app.visitor();
    collect(&mut guest, &ids).await;
    let mut send = filled(&ids, &[("email", "guest@example.test"), ("name", "Kim"), ("third_party", "yes")]);
    let idem = preview(&mut guest, &send).await.idem();
    send.extend([("send", "1"), ("idem", idem.as_str())]);
    guest.post("/basket", &send).await.expect(StatusCode::SEE_OTHER);
    let confirm = mailed(&app, "guest", "/confirm-basket/").await;
    let all = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER).location().to_owned();
    assert!(!guest.get(&all).await.expect(StatusCode::OK).body.contains("EST"));
    run(&app, ABROAD).await;
    guest.get(&all).await.expect(StatusCode::OK).says("EST (");
});

both_databases!(a_mail_says_until_when_on_its_readers_clock, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let ask = async |buyer: &mut crate::browser::Browser, body: &str| {
        let idem = buyer.get("/listings/bolt/ask").await.expect(StatusCode::OK).idem();
        let fields = [("body", body), ("quantity", "5"), ("idem", idem.as_str())];
        buyer.post("/listings/bolt/ask", &fields).await.expect(StatusCode::SEE_OTHER);
        app.work().await;
        app.test.mailer.sent_to("owner@example.test").pop().expect("a mail").text
    };
    let korean = ask(&mut buyer, "단가를 알려 주세요").await;
    assert!(korean.contains("11월 27일 18시까지"), "{korean}");
    run(&app, ABROAD).await;
    // mails wake nobody: at ten in Seoul it is night there
    run(&app, "UPDATE users SET night_mails = TRUE").await;
    let abroad = ask(&mut buyer, "견본도 있나요?").await;
    assert!(abroad.contains("11월 27일 04:00 EST(한국 시간 11월 27일 18시)까지"), "{abroad}");
});
