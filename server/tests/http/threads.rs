//! What people do with threads through the pages: correct, quote, keep for later, sort, archive, export, meet a newer
//! quote, stay signed in after answering from a mail. Programs that look at links use nothing up.

use axum::body::Body;
use http::{Request, StatusCode, header};
use market::accounts::access::VendorRole;
use market::both_databases;
use market::db::Db;
use market::time::{DAY, MINUTE};

use crate::browser::{Browser, Page};
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;

pub(crate) async fn asked(buyer: &mut Browser) -> String {
    let idem = buyer.get("/listings/bolt/ask").await.expect(StatusCode::OK).idem();
    let fields = [("quantity", "2,000개"), ("body", "단가를 알려 주세요"), ("idem", idem.as_str())];
    let page = buyer.post("/listings/bolt/ask", &fields).await.expect(StatusCode::SEE_OTHER);
    page.location().split("thread=").nth(1).expect("a thread").to_owned()
}

async fn quote(browser: &mut Browser, base: &str, price: &str) -> Page {
    let form = browser.get(&format!("{base}/quote")).await.expect(StatusCode::OK);
    let (idem, seen) = (form.idem(), form.input("replaces"));
    let fields = [
        ("price", price),
        ("quantity", "2,000"),
        ("lead_time_days", "2"),
        ("replaces", &seen),
        ("idem", &idem),
    ];
    browser.post(&format!("{base}/quote"), &fields).await.expect(StatusCode::SEE_OTHER)
}

both_databases!(scanners_of_links_use_nothing_up, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer).await;
    let link = mailed(&app, "owner", "/a/").await;
    let mut scanner = app.visitor();
    for way in ["", "/quote", "/ask", "/decline", "/reply", "/record", "/done?step=decline"] {
        for method in ["HEAD", "GET", "GET"] {
            let request = Request::builder().method(method).uri(format!("{link}{way}"));
            let request = request.header("sec-purpose", "prefetch").body(Body::empty()).expect("a request");
            let page = scanner.send(request).await.expect(StatusCode::OK);
            assert!(!page.headers.contains_key(header::SET_COOKIE), "{method} {way}");
        }
    }
    let page = buyer.get(&format!("/inquiries/{id}")).await.expect(StatusCode::OK);
    let page = page.says("아직 읽은 기록이 없어요");
    assert!(!page.body.contains("어렵다고 했어요"), "nothing was decided by looking");
    let mut phone = app.visitor();
    let idem = phone.get(&format!("{link}/decline")).await.expect(StatusCode::OK).idem();
    let fields = [("reason", "too_few"), ("idem", idem.as_str())];
    phone.post(&format!("{link}/decline"), &fields).await.expect(StatusCode::SEE_OTHER);
    // the same press again, from anywhere, changes nothing and says so
    app.visitor().post(&format!("{link}/decline"), &fields).await.expect(StatusCode::SEE_OTHER);
    app.visitor().get(&link).await.expect(StatusCode::GONE);
});

both_databases!(a_newer_quote_says_what_it_changes, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let base = format!("/inquiries/{}", asked(&mut buyer).await);
    quote(&mut owner, &base, "96").await;
    let seen = buyer.get(&format!("{base}/accept")).await.expect(StatusCode::OK);
    quote(&mut owner, &base, "99").await;
    let fields = [("version", seen.input("version")), ("idem", seen.idem())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let page = buyer.post(&format!("{base}/accept"), &fields).await.expect(StatusCode::CONFLICT);
    page.says("달라진 점").says("96원").says("99원").says("새 견적 보고 정하기");
    let now = buyer.get(&format!("{base}/accept")).await.expect(StatusCode::OK);
    let fields = [("version", now.input("version")), ("idem", now.idem())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let late = buyer.get(&format!("{base}/withdraw")).await.expect(StatusCode::OK).idem();
    buyer.post(&format!("{base}/accept"), &fields).await.expect(StatusCode::SEE_OTHER);
    let page = buyer.post(&format!("{base}/withdraw"), &[("idem", &late)]).await.expect(StatusCode::CONFLICT);
    page.says("지금 상태: 견적을 받아들였어요");
});

both_databases!(answers_are_kept_corrected_quoted_and_exported, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let base = format!("/inquiries/{}", asked(&mut buyer).await);
    let reply = format!("{base}/reply");
    let idem =
        owner.get(&format!("{reply}?quote=1")).await.expect(StatusCode::OK).says("1번째 글에 답해요").idem();
    let fields = [("body", "쓰다 만 <글>"), ("quoting", "1"), ("keep", "1"), ("idem", idem.as_str())];
    owner.post(&reply, &fields).await.expect(StatusCode::SEE_OTHER);
    let kept = owner
        .get(&reply)
        .await
        .expect(StatusCode::OK)
        .says("쓰다 만 &lt;글&gt;")
        .says("아직 보내지 않았어요");
    let fields = [("body", "96원이에요"), ("quoting", "1"), ("idem", &kept.idem())];
    owner.post(&reply, &fields).await.expect(StatusCode::SEE_OTHER);
    assert!(!owner.get(&reply).await.body.contains("쓰다 만"), "what was sent is no draft any more");
    let edit = format!("{base}/messages/2");
    buyer.get(&edit).await.expect(StatusCode::NOT_FOUND);
    owner.get(&edit).await.expect(StatusCode::OK).says("96원이에요");
    owner.post(&edit, &[("body", "")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    owner.post(&edit, &[("body", "97원이에요")]).await.expect(StatusCode::SEE_OTHER);
    let page =
        buyer.get(&base).await.expect(StatusCode::OK).says("97원이에요").says("96원이에요").says("고침");
    page.says("id=\"m-2\"").says("1번째 글에 답해요");
    owner.get(&base).await.expect(StatusCode::OK).says("여기까지 읽었어요").says("최근 24개월");
    app.test.clock.advance(6 * MINUTE);
    owner.get(&edit).await.expect(StatusCode::CONFLICT).says("5분");
    owner.post(&edit, &[("body", "x")]).await.expect(StatusCode::CONFLICT);
    let text = buyer.get(&format!("{base}/record.txt")).await.expect(StatusCode::OK).says("97원이에요");
    assert!(text.headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("attachment"));
    let json = buyer.get(&format!("{base}/record.json")).await.expect(StatusCode::OK);
    let json: serde_json::Value = serde_json::from_str(&json.body).unwrap();
    assert_eq!(json["messages"][1]["earlier"][0]["body"], "96원이에요");
    buyer.get(&format!("{base}/record")).await.expect(StatusCode::OK).says("단가를 알려 주세요");
    let sorted = [("assignee", ""), ("new_label", "급함")];
    owner.post(&format!("{base}/sort"), &sorted).await.expect(StatusCode::SEE_OTHER);
    let inbox = owner.get("/inquiries?side=received").await.expect(StatusCode::OK);
    assert!(inbox.body.split("id=\"list\"").nth(1).unwrap().contains("급함"), "beside the thread it marks");
    let head = owner.get(&base).await.expect(StatusCode::OK);
    let head = head.body.split("</h1>").nth(1).unwrap().split("<section").next().unwrap().to_owned();
    assert!(head.contains("급함"), "{head}");
    assert!(!buyer.get(&base).await.expect(StatusCode::OK).body.contains("급함"), "the company's own");
    owner.post(&format!("{base}/archive"), &[("then", "away")]).await.expect(StatusCode::SEE_OTHER);
    let inbox = owner.get("/inquiries?side=received").await.expect(StatusCode::OK);
    assert!(!inbox.body.contains(&base));
    owner.get("/inquiries?side=received&archived=1").await.expect(StatusCode::OK).says(&base);
    buyer.get("/inquiries?side=sent&q=97").await.expect(StatusCode::OK).says(&base);
    buyer
        .get("/en/inquiries?side=sent&q=nothing")
        .await
        .expect(StatusCode::OK)
        .says("No inquiry contains this");
});

both_databases!(saved_replies_are_put_into_an_answer, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let idem = owner.get("/vendor/replies").await.expect(StatusCode::OK).idem();
    let wrong = [("title", ""), ("body", "택배로 보내요"), ("idem", idem.as_str())];
    owner
        .post("/vendor/replies", &wrong)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("택배로 보내요");
    let fields = [("title", "배송"), ("body", "택배로 보내요"), ("greets", "yes"), ("idem", idem.as_str())];
    owner.post("/vendor/replies", &fields).await.expect(StatusCode::SEE_OTHER);
    let list = owner.get("/vendor/replies").await.expect(StatusCode::OK).says("자동 안내");
    let reply = list.body.split("/vendor/replies?id=").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let (_, mut buyer) = app.person("buyer").await;
    let base = format!("/inquiries/{}", asked(&mut buyer).await);
    buyer
        .get(&base)
        .await
        .expect(StatusCode::OK)
        .says("택배로 보내요")
        .says("자동 안내")
        .says("공급사 답을 기다려요");
    let page = owner.get(&format!("{base}/reply?saved={reply}")).await.expect(StatusCode::OK);
    page.says("\n택배로 보내요");
    owner.post("/vendor/replies", &[("id", &reply), ("then", "delete")]).await.expect(StatusCode::SEE_OTHER);
    owner.post("/vendor/replies", &[("id", &reply), ("then", "delete")]).await.expect(StatusCode::SEE_OTHER);
});

both_databases!(who_answered_from_a_mail_may_stay_signed_in, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (owner, _) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, "UPDATE users SET password_hash = 'x' WHERE id = $1", owner).unwrap();
    tx.commit().await.unwrap();
    let (_, mut buyer) = app.person("buyer").await;
    asked(&mut buyer).await;
    let link = mailed(&app, "owner", "/a/").await;
    let mut phone = app.visitor();
    let done = quote(&mut phone, &link, "96").await.location().to_owned();
    let page = phone.get(&done).await.expect(StatusCode::OK).says("로그인 유지");
    let mut other = app.visitor();
    assert!(
        !other.get(&done).await.expect(StatusCode::OK).body.contains("로그인 유지"),
        "only where it was answered"
    );
    let stay = format!("{link}/stay");
    other.post(&stay, &[("stay", "yes")]).await.expect(StatusCode::GONE);
    let unasked = phone.post(&stay, &[("idem", &page.idem())]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let agreed = [("stay", "yes"), ("idem", &unasked.idem())];
    phone.post(&stay, &agreed).await.expect(StatusCode::SEE_OTHER);
    phone.get("/inquiries").await.expect(StatusCode::OK).says("육각볼트 M8");
    let again = phone.post(&stay, &agreed).await.expect(StatusCode::SEE_OTHER);
    assert!(again.location().starts_with("/inquiries/"), "whoever is signed in by now goes on");
});

both_databases!(rates_days_and_days_off_are_kept_by_their_people, |db: Db| async move {
    use market::accounts::access::PlatformRole;
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut finance) = app.team_member("finance", PlatformRole::Finance).await;
    let (_, mut admin) = app.team_member("admin", PlatformRole::Admin).await;
    finance.get("/desk/rates").await.expect(StatusCode::OK).says("아직 적은 환율이 없어요");
    let rate = [("currency", "USD"), ("as_of", "2026-11-24"), ("won", "많이"), ("source", "한국은행")];
    finance.post("/desk/rates", &rate).await.expect(StatusCode::UNPROCESSABLE_ENTITY).says("많이");
    let rate = [("currency", "USD"), ("as_of", "2026-11-24"), ("won", "1,380.5"), ("source", "한국은행")];
    finance.post("/desk/rates", &rate).await.expect(StatusCode::SEE_OTHER);
    finance.get("/desk/rates").await.expect(StatusCode::OK).says("1,380.5").says("한국은행");
    let wrong = admin.post("/desk/calendar", &[("days", "2033-05-06\tparty\tx\tx")]).await;
    wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).says("1번째 줄");
    let one = [("day", "2033-06-07"), ("kind", "temporary"), ("day_name_ko", "")];
    let wrong = [&one[..2], &[("day_name_en", "Only English")]].concat();
    let page = admin.post("/desk/calendar", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("id=\"day_name_ko-err\""));
    let one = [&one[..2], &[("day_name_ko", "임시로 쉬는 날"), ("days", "2033-05-06\tparty\tx\tx")]].concat();
    let page = admin.post("/desk/calendar", &one).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.says("1번째 줄").says("임시로 쉬는 날");
    admin.post("/desk/calendar", &one[..3]).await.expect(StatusCode::SEE_OTHER);
    admin.get("/desk/calendar").await.expect(StatusCode::OK).says("임시로 쉬는 날");
    let days = [("days", "2033-05-06\ttemporary\t임시공휴일\tTemporary holiday")];
    admin.post("/desk/calendar", &days).await.expect(StatusCode::SEE_OTHER);
    admin.get("/desk/calendar").await.expect(StatusCode::OK).says("임시공휴일");
    let off = [("first", "2026-11-26"), ("last", "2026-11-27"), ("note", "창립기념일")];
    owner.post("/vendor/days-off", &off).await.expect(StatusCode::SEE_OTHER);
    let kept = owner.get("/vendor/days-off").await.expect(StatusCode::OK).says("창립기념일");
    assert!(kept.body.contains("2026. 11. 26.") && !kept.body.contains("2026-11-26"));
    let (_, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer).await;
    buyer.get(&format!("/inquiries/{id}")).await.expect(StatusCode::OK).says("2026. 12. 1. 18:00까지");
});

both_databases!(a_quote_that_lapsed_shows_both_sides_the_way_on, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let base = format!("/inquiries/{}", asked(&mut buyer).await);
    let idem = owner.get(&format!("{base}/quote")).await.expect(StatusCode::OK).idem();
    let fields = [("price", "96"), ("lead_time_days", "2"), ("valid_days", "5"), ("idem", idem.as_str())];
    owner.post(&format!("{base}/quote"), &fields).await.expect(StatusCode::SEE_OTHER);
    let idem = owner.get(&format!("{base}/ask")).await.expect(StatusCode::OK).idem();
    let fields = [("body", "도금은 필요하신가요?"), ("idem", idem.as_str())];
    owner.post(&format!("{base}/ask"), &fields).await.expect(StatusCode::SEE_OTHER);
    let page = buyer.get(&base).await.expect(StatusCode::OK).says("받아들이기");
    assert!(!page.body.contains("새 견적 요청"), "it holds");

    app.test.clock.advance(6 * DAY);
    market::inquiries::deadlines::run(&app.test.market.system()).await.expect("a round of the clock");
    let page = buyer
        .get(&base)
        .await
        .expect(StatusCode::OK)
        .says("견적의 유효 기간이 지났어요")
        .says("새 견적 요청");
    assert!(!page.body.contains("/accept"), "{}", page.body);
    let form = buyer.get(&format!("{base}/reply?new_quote=1")).await.expect(StatusCode::OK);
    let form = form.says("1번째 견적의 유효 기간이 지났어요. 새 견적을 보내 주시겠어요?");
    let fields = [("body", "새 견적을 보내 주시겠어요?"), ("quoting", ""), ("idem", &*form.idem())];
    buyer.post(&format!("{base}/reply"), &fields).await.expect(StatusCode::SEE_OTHER);
    owner.get(&base).await.expect(StatusCode::OK).says("견적의 유효 기간이 지났어요");
    let text = owner.get(&format!("{base}/record.txt")).await.expect(StatusCode::OK);
    text.says("견적의 유효 기간이 지났어요");
    let form = owner.get(&format!("{base}/reply?new_quote=1")).await.expect(StatusCode::OK);
    assert!(!form.body.contains("보내 주시겠어요?</textarea>"), "the vendor asks for no quote");
});

both_databases!(a_quote_that_ended_its_thread_may_be_asked_for_anew, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer).await;
    let base = format!("/inquiries/{id}");
    let idem = owner.get(&format!("{base}/quote")).await.expect(StatusCode::OK).idem();
    let fields = [("price", "96"), ("lead_time_days", "2"), ("valid_days", "5"), ("idem", idem.as_str())];
    owner.post(&format!("{base}/quote"), &fields).await.expect(StatusCode::SEE_OTHER);
    app.test.clock.advance(7 * DAY);
    market::inquiries::deadlines::run(&app.test.market.system()).await.expect("a round of the clock");
    let page =
        buyer.get(&base).await.expect(StatusCode::OK).says("기한이 지나").says("이 공급사에 새 견적 요청");
    let way = format!("/listings/bolt/ask?again={id}");
    assert!(page.body.contains(&way), "{}", page.body);
    let form = buyer.get(&way).await.expect(StatusCode::OK).says("단가를 알려 주세요");
    assert!(!form.body.contains("instead_of"), "nobody else is asked instead");
    let page = owner.get(&base).await.expect(StatusCode::OK);
    assert!(!page.body.contains("새 견적 요청"), "that is the buyer's to do");
});
