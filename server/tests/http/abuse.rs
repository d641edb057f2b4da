//! What is held, reported, blocked and limited, as people meet it on the pages.

use http::{StatusCode, header};
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;
use market::settings::Settings;

use crate::browser::{Browser, Page};
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;

async fn ask(browser: &mut Browser, listing: &str, more: &[(&str, &str)]) -> Page {
    let form = format!("/listings/{listing}/ask");
    let idem = browser.get(&form).await.expect(StatusCode::OK).idem();
    let mut fields = vec![("quantity", "100개"), ("idem", idem.as_str())];
    fields.extend_from_slice(more);
    browser.post(&form, &fields).await
}

async fn curator(app: &TestApp) -> Browser {
    let (id, _) = app.person("curator").await;
    app.test.grant(id, PlatformRole::Curator).await;
    app.signed_in(id).await
}

/// Address of the first link on a page that begins with `prefix`.
fn link(page: &Page, prefix: &str) -> String {
    let rest = page.body.split(&format!("\"{prefix}")).nth(1).expect("a link");
    format!("{prefix}{}", rest.split('"').next().unwrap())
}

both_databases!(a_newcomers_link_waits_for_a_curator_who_hands_it_over, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let sent = ask(&mut buyer, "bolt", &[("body", "도면은 bit.ly/abc 에 있어요")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let done = buyer
        .get(sent.location())
        .await
        .expect(StatusCode::OK)
        .says("문의를 받았어요")
        .says("하실 일은 없어요");
    let thread = link(&done, "/inquiries/");
    buyer.get(&thread).await.expect(StatusCode::OK).says("확인 중이에요").says("담당자가");
    owner.get(&thread).await.expect(StatusCode::NOT_FOUND);
    owner.get("/inquiries?side=received").await.expect(StatusCode::OK).says("받은 문의가 없어요");
    let mut desk = curator(&app).await;
    let inbox = desk.get("/desk/inbox?kind=held").await.expect(StatusCode::OK).says("bit.ly/abc");
    let held = link(&inbox, "/desk/held/");
    let page = desk.get(&held).await.expect(StatusCode::OK).says("바깥 주소").says("보낸 사람의 기록");
    let idem = page.idem();
    desk.post(&held, &[("idem", &idem), ("action", "refuse")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    desk.post(&held, &[("idem", &idem), ("action", "release")]).await.expect(StatusCode::SEE_OTHER);
    let late = desk.post(&held, &[("idem", &page.idem()), ("action", "release")]).await;
    late.expect(StatusCode::SEE_OTHER);
    owner.get(&thread).await.expect(StatusCode::OK).says("bit.ly/abc");
    buyer.get(&thread).await.expect(StatusCode::OK).says("공급사 답을 기다려요");
    buyer.get("/notifications").await.expect(StatusCode::OK).says("확인한 문의를 공급사에 전했어요");
});

both_databases!(what_was_not_handed_over_may_be_written_anew, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    let (_, mut buyer) = app.person("buyer").await;
    let sent = ask(&mut buyer, "bolt", &[("body", "도면은 bit.ly/abc 에 있어요")]).await;
    let done = buyer.get(sent.expect(StatusCode::SEE_OTHER).location()).await.expect(StatusCode::OK);
    let thread = link(&done, "/inquiries/");
    // nobody can have read what was not handed over
    assert!(!buyer.get(&thread).await.expect(StatusCode::OK).body.contains("아직 읽은 기록이"));
    let mut desk = curator(&app).await;
    let inbox = desk.get("/desk/inbox?kind=held").await.expect(StatusCode::OK);
    let held = link(&inbox, "/desk/held/");
    let idem = desk.get(&held).await.expect(StatusCode::OK).idem();
    let refuse = [("idem", idem.as_str()), ("action", "refuse"), ("reason", "바깥 주소를 빼 주세요")];
    desk.post(&held, &refuse).await.expect(StatusCode::SEE_OTHER);
    let page = buyer.get(&thread).await.expect(StatusCode::OK).says("바깥 주소를 빼 주세요");
    let page = page.says("고쳐서 다시 문의하기");
    let way = format!("/listings/bolt/ask?again={}", thread.trim_start_matches("/inquiries/"));
    assert!(page.body.contains(&way) && !page.body.contains("아직 읽은 기록이"), "{}", page.body);
    buyer.get(&way).await.expect(StatusCode::OK).says("bit.ly/abc");
});

both_databases!(who_fills_in_the_hidden_field_sees_no_difference, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    let mut visitor = app.visitor();
    let guest = [
        ("email", "guest@example.test"),
        ("name", "김구매"),
        ("third_party", "yes"),
        ("body", "단가를 알려 주세요"),
    ];
    let honest = ask(&mut visitor, "bolt", &guest).await.expect(StatusCode::SEE_OTHER);
    let mut bot = app.visitor();
    let mut filled = guest.to_vec();
    (filled[0].1, filled[3].1) = ("bot@example.test", "싸게 드려요");
    filled.push(("fax", "02-000"));
    let trapped = ask(&mut bot, "bolt", &filled).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(trapped.location(), honest.location());
    app.work().await;
    assert_eq!(app.test.mailer.sent_to("guest@example.test").len(), 1);
    assert!(app.test.mailer.sent_to("bot@example.test").is_empty());
    let mut desk = curator(&app).await;
    let inbox = desk.get("/desk/inbox?kind=held").await.expect(StatusCode::OK).says("싸게 드려요");
    desk.get(&link(&inbox, "/desk/held/")).await.expect(StatusCode::OK).says("bot@example.test");
    for page in ["/listings/bolt/ask", "/rfqs/new", "/sign-up", "/basket"] {
        let body = visitor.get(page).await.expect(StatusCode::OK).body;
        if !body.contains("name=\"fax\"") {
            assert!(matches!(page, "/basket" | "/rfqs/new"), "{page} has no hidden field");
            continue;
        }
        let field = body.split("name=\"fax\"").next().unwrap();
        let around = field.rsplit_once("<p ").map_or("", |(_, last)| last);
        assert!(around.contains("aria-hidden=\"true\""), "{page}");
        assert!(body.contains("tabindex=\"-1\" autocomplete=\"off\""), "{page}");
    }
});

both_databases!(a_vendor_reports_and_blocks_from_the_mail, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let sent =
        ask(&mut buyer, "bolt", &[("body", "광고 대행 해 드려요")]).await.expect(StatusCode::SEE_OTHER);
    let thread = link(&buyer.get(sent.location()).await, "/inquiries/");
    let mail = mailed(&app, "owner", "/a/").await;
    let mut phone = app.visitor();
    phone.get(&mail).await.expect(StatusCode::OK).says("신고하기").says("차단하기");
    let form = phone.get(&format!("{mail}/report")).await.expect(StatusCode::OK).says("업무일 하루 안에");
    let report = format!("{mail}/report");
    let empty = phone.post(&report, &[("idem", &form.idem())]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let fields = [("idem", empty.idem()), ("reason", "spam".into()), ("block", "yes".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let done = phone.post(&report, &fields).await.expect(StatusCode::SEE_OTHER);
    phone.get(done.location()).await.expect(StatusCode::OK).says("신고를 받았고 상대를 차단했어요");
    // the buyer sees an end and a way on, not a block
    let seen = buyer.get(&thread).await.expect(StatusCode::OK).says("공급사가 거절했어요").body;
    assert!(!seen.contains("신고를 받았") && !seen.contains("차단했어요"));
    let again = ask(&mut buyer, "bolt", &[("body", "한 번만 더요")]).await.expect(StatusCode::CONFLICT);
    again.says("이 공급사에는 지금 문의를 보낼 수 없어요").says("한 번만 더요");
    let mut desk = curator(&app).await;
    let inbox = desk.get("/desk/inbox?kind=report").await.expect(StatusCode::OK);
    let report = link(&inbox, "/desk/reports/");
    let page = desk
        .get(&report)
        .await
        .expect(StatusCode::OK)
        .says("광고나 무더기 글이에요")
        .says("광고 대행 해 드려요");
    desk.post(&report, &[("idem", &page.idem()), ("action", "uphold")]).await.expect(StatusCode::SEE_OTHER);
    app.work().await;
    let mails = app.test.mailer.sent_to("owner@example.test");
    assert!(mails.iter().any(|mail| mail.subject.contains("신고를 확인했어요")));
    let list = owner.get("/vendor/blocks").await.expect(StatusCode::OK).says("buyer");
    let fields = [("idem", list.idem()), ("block", list.input("block"))];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let lifted = owner.post("/vendor/blocks", &fields).await.expect(StatusCode::SEE_OTHER);
    owner
        .get(lifted.location())
        .await
        .expect(StatusCode::OK)
        .says("차단을 풀었어요")
        .says("차단한 상대가 없어요");
    owner.post("/vendor/blocks", &fields).await.expect(StatusCode::SEE_OTHER);
    buyer.post("/account/blocks", &fields).await.expect(StatusCode::NOT_FOUND);
    let nobody = [("block", "0197c0de-0000-7000-8000-000000000000")];
    owner.post("/vendor/blocks", &nobody).await.expect(StatusCode::NOT_FOUND);
    owner.post("/account/blocks", &nobody).await.expect(StatusCode::NOT_FOUND);
});

both_databases!(a_buyer_blocks_a_vendor_and_unblocks_it, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let sent = ask(&mut buyer, "bolt", &[("body", "단가를 알려 주세요")]).await.expect(StatusCode::SEE_OTHER);
    let thread = link(&buyer.get(sent.location()).await, "/inquiries/");
    let block = format!("{thread}/block");
    let page = buyer.get(&block).await.expect(StatusCode::OK).says("문의를 거뒀다고만 알려요");
    let done =
        buyer.post(&block, &[("idem", &page.idem()), ("then", "block")]).await.expect(StatusCode::SEE_OTHER);
    buyer.get(done.location()).await.expect(StatusCode::OK).says("상대를 차단했어요").says("차단 풀기");
    ask(&mut buyer, "bolt", &[("body", "?")]).await.expect(StatusCode::CONFLICT).says("차단한 상대예요");
    let list = buyer.get("/account/blocks").await.expect(StatusCode::OK).says("가온볼트");
    let (idem, id) = (list.idem(), list.input("block"));
    for _ in 0..2 {
        buyer.post("/account/blocks", &[("idem", &idem), ("block", &id)]).await.expect(StatusCode::SEE_OTHER);
    }
    ask(&mut buyer, "bolt", &[("body", "다시 여쭤요")]).await.expect(StatusCode::SEE_OTHER);
});

both_databases!(a_limit_says_what_to_do_and_when, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    let (_, mut buyer) = app.person("buyer").await;
    for _ in 0..5 {
        ask(&mut buyer, "bolt", &[("body", "?")]).await.expect(StatusCode::SEE_OTHER);
    }
    let refused =
        ask(&mut buyer, "bolt", &[("body", "여섯 번째")]).await.expect(StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = refused.headers[header::RETRY_AFTER].to_str().unwrap().parse().unwrap();
    assert!((1..=3_601).contains(&seconds));
    let refused = refused.says("뒤에 다시 보낼 수 있어요").says("여섯 번째");
    let english = buyer.get("/en/listings/bolt/ask").await.expect(StatusCode::OK);
    let fields = [("idem", english.idem()), ("quantity", "1".into()), ("body", "seventh".into())];
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    buyer
        .post("/en/listings/bolt/ask", &fields)
        .await
        .expect(StatusCode::TOO_MANY_REQUESTS)
        .says("You can send again in");
    drop(refused);
});

both_databases!(a_limit_of_a_vendor_or_a_product_says_so_and_when, |db: Db| async move {
    let settings = Settings { threads_per_vendor_day: 2, threads_per_listing_hour: 3, ..Settings::default() };
    let app = TestApp::with_settings(db, settings);
    listed(&app, "bolt").await;
    let (_, mut buyer) = app.person("buyer").await;
    for _ in 0..2 {
        ask(&mut buyer, "bolt", &[("body", "?")]).await.expect(StatusCode::SEE_OTHER);
    }
    let seconds = |page: &Page| page.headers[header::RETRY_AFTER].to_str().unwrap().parse::<u64>().unwrap();
    let vendor = ask(&mut buyer, "bolt", &[("body", "세 번째")]).await.expect(StatusCode::TOO_MANY_REQUESTS);
    assert!((1..=86_401).contains(&seconds(&vendor)));
    vendor.says("이 공급사에는 오늘 여러 번 물었어요").says("뒤에 다시 보내 주세요").says("세 번째");
    let (_, mut other) = app.person("other").await;
    ask(&mut other, "bolt", &[("body", "?")]).await.expect(StatusCode::SEE_OTHER);
    let (_, mut late) = app.person("late").await;
    let listing = ask(&mut late, "bolt", &[("body", "네 번째")]).await.expect(StatusCode::TOO_MANY_REQUESTS);
    assert!((1..=3_601).contains(&seconds(&listing)));
    listing.says("지금 문의가 몰리는 곳이에요").says("비슷한 제품을 만드는 다른 공급사").says("네 번째");
});
