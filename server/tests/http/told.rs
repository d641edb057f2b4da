//! What people are told and how they choose it; times on their own clock; translations; answers that are kept while they are
//! typed; who leaves a company.

use axum::body::Body;
use http::{Request, StatusCode, header};
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;
use market::time::{DAY, HOUR};

use crate::browser::Browser;
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;

async fn asked(buyer: &mut Browser, body: &str) -> String {
    let idem = buyer.get("/listings/bolt/ask").await.expect(StatusCode::OK).idem();
    let fields = [("quantity", "2,000개"), ("body", body), ("idem", idem.as_str())];
    let page = buyer.post("/listings/bolt/ask", &fields).await.expect(StatusCode::SEE_OTHER);
    page.location().split("thread=").nth(1).expect("a thread").to_owned()
}

async fn replies(browser: &mut Browser, base: &str, body: &str) {
    let idem = browser.get(&format!("{base}/reply")).await.expect(StatusCode::OK).idem();
    let fields = [("body", body), ("idem", idem.as_str())];
    browser.post(&format!("{base}/reply"), &fields).await.expect(StatusCode::SEE_OTHER);
}

both_databases!(somebody_chooses_how_they_are_told, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let page = owner.get("/account/notifications").await.expect(StatusCode::OK).says("받은 문의");
    assert!(page.body.contains("끌 수 없는 메일") && !page.body.contains("알림톡"), "no provider, no choice");
    let page = buyer.get("/account/notifications").await.expect(StatusCode::OK);
    assert!(!page.body.contains("받은 문의"), "only what concerns them");
    let idem = page.idem();
    let fields = [("answer", "off"), ("idem", idem.as_str())];
    let done = buyer.post("/account/notifications", &fields).await.expect(StatusCode::SEE_OTHER);
    buyer.get(done.location()).await.expect(StatusCode::OK).says("알림 설정을 저장했어요");
    let wrong = [("answer", "hourly"), ("idem", idem.as_str())];
    buyer.post("/account/notifications", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let id = asked(&mut buyer, "납기가 언제인가요?").await;
    app.work().await;
    replies(&mut owner, &format!("/inquiries/{id}"), "내일이에요").await;
    app.work().await;
    assert!(app.test.mailer.sent_to("buyer@example.test").is_empty(), "off");
    buyer.get("/notifications").await.expect(StatusCode::OK).says("공급사가 답했어요");
});

both_databases!(a_mail_program_stops_a_topic_with_one_press, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    asked(&mut buyer, "납기가 언제인가요?").await;
    app.work().await;
    let mail = app.test.mailer.sent_to("owner@example.test").remove(0);
    let address = mail.unsubscribe.expect("it says how it is stopped");
    let path = &address[address.find("/n/").expect("a path")..];
    app.visitor().get(path).await.expect(StatusCode::OK).says("그만 받기");
    app.visitor().get(&format!("/en{path}")).await.expect(StatusCode::OK).says("Stop them");
    // RFC 8058: a post of the mail program, without cookies and without where it comes from
    let request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from("List-Unsubscribe=One-Click"))
        .expect("a request");
    app.visitor().send(request).await.expect(StatusCode::OK).says("메일을 멈췄어요");
    let before = app.test.mailer.sent_to("owner@example.test").len();
    asked(&mut buyer, "견본도 있나요?").await;
    app.work().await;
    assert_eq!(app.test.mailer.sent_to("owner@example.test").len(), before);
    app.visitor().post(path, &[("again", "yes")]).await.expect(StatusCode::OK).says("다시 보내 드려요");
    app.visitor().post("/n/guess", &[]).await.expect(StatusCode::NOT_FOUND);
});

both_databases!(notifications_are_marked_one_by_one, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    for body in ["하나", "둘"] {
        asked(&mut buyer, body).await;
    }
    let page = owner.get("/notifications").await.expect(StatusCode::OK).says("안 읽은 알림이 2개");
    let one = page
        .body
        .split("name=\"one\" value=\"")
        .nth(1)
        .expect("a button")
        .split('"')
        .next()
        .expect("its value");
    owner.post("/notifications", &[("one", one), ("unread", "1")]).await.expect(StatusCode::SEE_OTHER);
    let page = owner.get("/notifications?unread=1").await.expect(StatusCode::OK).says("안 읽은 알림이 1개");
    assert_eq!(page.body.matches("name=\"one\"").count(), 1);
    // somebody else's stays as it is
    let other = page
        .body
        .split("name=\"one\" value=\"")
        .nth(1)
        .expect("a button")
        .split('"')
        .next()
        .expect("its value");
    buyer.post("/notifications", &[("one", other)]).await.expect(StatusCode::SEE_OTHER);
    owner.get("/notifications").await.expect(StatusCode::OK).says("안 읽은 알림이 1개");
});

both_databases!(a_buyer_abroad_reads_times_on_their_own_clock, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let page = buyer.get("/en/account").await.expect(StatusCode::OK).says("Korea (Seoul)");
    let idem = page.idem();
    let fields =
        [("name", "Buyer"), ("lang", "en"), ("time_zone", "America/New_York"), ("idem", idem.as_str())];
    buyer.post("/en/account", &fields).await.expect(StatusCode::SEE_OTHER);
    let id = asked(&mut buyer, "When can you deliver them?").await;
    // asked on Tuesday 10:00 in Seoul, due on Friday 18:00
    let page = buyer.get(&format!("/en/inquiries/{id}")).await.expect(StatusCode::OK);
    let page = page.says("27 Nov 2026 04:00 EST (27 Nov 2026 18:00 KST)").says("23 Nov 2026 20:00 EST");
    assert!(page.body.contains("datetime=\"2026-11-27T09:00:00Z\""), "{}", page.body);
    // asked on the Korean page; in English the product has its English title
    assert!(page.body.contains("Hex bolt M8") && !page.body.contains("육각볼트"), "{}", page.body);
    let listed = buyer.get("/en/inquiries?side=sent").await.expect(StatusCode::OK).says("Hex bolt M8");
    assert!(!listed.body.contains("육각볼트"));
    buyer.get(&format!("/inquiries/{id}")).await.expect(StatusCode::OK).says("육각볼트 M8");
    let link = {
        app.work().await;
        let (_, mut owner) = app.colleague("second", vendor, VendorRole::Staff).await;
        replies(&mut owner, &format!("/inquiries/{id}"), "내일이에요").await;
        // at 20:30 in New York, half past ten in Seoul
        app.test.clock.advance(HOUR / 2);
        mailed(&app, "buyer", "/a/").await
    };
    app.visitor().get(&link).await.expect(StatusCode::OK).says("EST (");
    let (_, mut owner) = app.colleague("third", vendor, VendorRole::Staff).await;
    let page = owner.get(&format!("/inquiries/{id}")).await.expect(StatusCode::OK);
    assert!(!page.body.contains("EST"), "everybody has their own clock");
    let wrong = [("name", "Buyer"), ("lang", "en"), ("time_zone", "Mars/Base"), ("idem", idem.as_str())];
    buyer.post("/en/account", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
});

both_databases!(foreign_words_are_translated_where_a_translator_is, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer, "납기가 언제인지 알려 주세요").await;
    let (page, action) = (format!("/en/inquiries/{id}"), format!("/en/inquiries/{id}/messages/1/translate"));
    let shown = owner.get(&page).await.expect(StatusCode::OK).says("Written in Korean");
    assert!(!shown.body.contains("View translation"), "nothing is offered that is not there");
    owner.post(&action, &[]).await.expect(StatusCode::NOT_FOUND);
    app.test.translator.set_on(true);
    owner.get(&page).await.expect(StatusCode::OK).says("View translation");
    app.test.translator.set_away(true);
    owner.post(&action, &[]).await.expect(StatusCode::SERVICE_UNAVAILABLE);
    app.test.translator.set_away(false);
    let back = owner.post(&action, &[]).await.expect(StatusCode::SEE_OTHER);
    owner
        .get(back.location())
        .await
        .expect(StatusCode::OK)
        .says("[en] 납기가")
        .says("Machine translation by Test translator");
    owner.post(&action, &[]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(app.test.translator.asked().len(), 1, "kept");
    // its own language needs none, strangers find nothing
    owner.post(&action.replace("/en/", "/"), &[]).await.expect(StatusCode::NOT_FOUND);
    let (_, mut stranger) = app.person("stranger").await;
    stranger.post(&action, &[]).await.expect(StatusCode::NOT_FOUND);
    // a corrected message is another text
    let edit = format!("/inquiries/{id}/messages/1");
    let idem = buyer.get(&edit).await.expect(StatusCode::OK).idem();
    let fields = [("body", "납기와 단가를 알려 주세요"), ("idem", idem.as_str())];
    buyer.post(&edit, &fields).await.expect(StatusCode::SEE_OTHER);
    let shown = owner.get(&page).await.expect(StatusCode::OK).says("View translation");
    assert!(!shown.body.contains("[en]"));
});

both_databases!(a_script_keeps_what_is_typed, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer, "납기가 언제인가요?").await;
    let path = format!("/inquiries/{id}/reply");
    let save = |body: &str, base: &str| {
        let fields = [("body", body), ("keep", "1"), ("base", base)];
        let text = crate::browser::form_urlencoded(&fields);
        Request::post(&path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::ACCEPT, "application/json")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(text))
            .expect("a request")
    };
    let first = owner.send(save("내일 보", "0")).await.expect(StatusCode::OK).says("\"replaced\":false");
    let at = first
        .body
        .split("\"at\":")
        .nth(1)
        .expect("when")
        .split([',', '}'])
        .next()
        .expect("a number")
        .to_owned();
    app.test.clock.advance(DAY);
    owner.send(save("내일 보내요", &at)).await.expect(StatusCode::OK).says("\"replaced\":false");
    owner.send(save("모레 보내요", &at)).await.expect(StatusCode::OK).says("\"replaced\":true");
    owner.get(&path).await.expect(StatusCode::OK).says("모레 보내요").says("data-draft=");
    // nobody else reads it, and after sending it is gone
    let (_, mut colleague) = app.colleague("staff", vendor, VendorRole::Staff).await;
    assert!(!colleague.get(&path).await.expect(StatusCode::OK).body.contains("모레 보내요"));
    replies(&mut owner, &format!("/inquiries/{id}"), "모레 보내요").await;
    owner.get(&format!("/inquiries/{id}?done=reply")).await.expect(StatusCode::OK).says("data-draft-sent=");
    let page = owner.get(&path).await.expect(StatusCode::OK);
    assert!(!page.body.contains("모레 보내요"), "sent");
});

both_databases!(who_is_removed_from_a_company_loses_access_at_once, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (staff, mut gone) = app.colleague("staff", vendor, VendorRole::Staff).await;
    let (_, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer, "납기가 언제인가요?").await;
    let link = mailed(&app, "staff", "/a/").await;
    let thread = format!("/inquiries/{id}");
    let idem = gone.get(&format!("{thread}/reply")).await.expect(StatusCode::OK).idem();
    let mut phone = app.visitor();
    phone.get(&link).await.expect(StatusCode::OK);
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    let numbered = "UPDATE vendors SET business_number = '1248100998' WHERE id = $1";
    market::execute!(tx, numbered, vendor).unwrap();
    tx.commit().await.unwrap();
    let member = staff.to_string();
    let fields = [("person", member.as_str()), ("then", "remove")];
    owner.post("/vendor/team", &fields).await.expect(StatusCode::SEE_OTHER);
    // the session lives on, and opens nothing of the company; neither do forms that were open, nor links in old mails
    for path in ["", "/reply", "/quote", "/decline", "/messages?after=0", "/record", "/record.json"] {
        gone.get(&format!("{thread}{path}")).await.expect(StatusCode::NOT_FOUND);
        let way = path.split('?').next().unwrap_or_default();
        phone.get(&format!("{link}{way}")).await.expect(StatusCode::NOT_FOUND);
    }
    let fields = [("body", "아직 여기 있어요"), ("idem", idem.as_str())];
    gone.post(&format!("{thread}/reply"), &fields).await.expect(StatusCode::NOT_FOUND);
    phone.post(&format!("{link}/reply"), &fields).await.expect(StatusCode::NOT_FOUND);
    for path in ["/vendor/team", "/vendor/profile", "/vendor/replies"] {
        gone.get(path).await.expect(StatusCode::NOT_FOUND);
    }
    gone.get("/account").await.expect(StatusCode::OK);
    // and is not mailed any more
    let before = app.test.mailer.sent_to("staff@example.test").len();
    replies(&mut buyer, &thread, "그리고 견본도요").await;
    app.work().await;
    assert_eq!(app.test.mailer.sent_to("staff@example.test").len(), before);
    let page = owner.get(&thread).await.expect(StatusCode::OK);
    assert!(!page.body.contains("아직 여기 있어요"));
});

const UNCERTAIN: &str = "INSERT INTO outbox (id, topic, payload, created_at, available_at, attempts, dead_at, uncertain_at) VALUES ($1, 'mail.send', $2, $3, $3, 1, $3, $3)";

both_databases!(the_desk_sees_mails_of_which_nobody_knows_whether_they_went, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, mut admin) = app.team_member("admin", PlatformRole::Admin).await;
    let cx = app.test.market.system();
    let (job, mail) = (cx.new_id(), cx.new_id());
    let payload = serde_json::json!({ "id": mail, "to": "buyer@example.test", "to_name": "", "subject": "견적", "text": "", "html": "", "twice": "worse" });
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, UNCERTAIN, job, payload.to_string(), cx.now()).unwrap();
    tx.commit().await.unwrap();
    let page = admin.get("/desk/machinery").await.expect(StatusCode::OK);
    let page = page.says("보냈는지 알 수 없는 메일 1").says(&mail.to_string());
    assert!(!page.body.contains("buyer@example.test"), "no address is shown");
    admin.post("/desk/machinery", &[("job", &job.to_string())]).await.expect(StatusCode::SEE_OTHER);
    app.work().await;
    assert_eq!(app.test.mailer.sent_to("buyer@example.test").len(), 1);
});
