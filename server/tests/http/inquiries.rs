//! Asking and answering through the pages: members, guests, mail links, replays, what went wrong.

use http::{StatusCode, header};
use market::accounts::access::VendorRole;
use market::both_databases;
use market::db::Db;
use market::time::DAY;
use uuid::Uuid;

use crate::browser::Browser;
use crate::testapp::TestApp;

const NEW_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $2, 'approved', $3, 'Gaon Bolt', '', '11', '', '', '', '', '', 'active', $4, $4, 1)";
const NEW_LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_currency, price_tiers, moq, origin, hs_code, part_number, created_at, updated_at, published_at, free_until, version) \
    VALUES ($1, $2, $3, 'published', 'bolts', '육각볼트 M8', 'Hex bolt M8', '', '', '[]', '개', 'negotiable', 'KRW', '[]', 500, '', '', '', $4, $4, $4, $5, 1)";

pub async fn listed(app: &TestApp, slug: &str) -> Uuid {
    let cx = app.test.market.system();
    let (vendor, now) = (cx.new_id(), cx.now());
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, NEW_VENDOR, vendor, slug, "가온볼트", now).unwrap();
    market::execute!(tx, NEW_LISTING, cx.new_id(), vendor, slug, now, now.plus(90 * DAY)).unwrap();
    tx.commit().await.unwrap();
    vendor
}

/// Path of the newest link mailed to `name`, as far as `kind` and the token.
pub async fn mailed(app: &TestApp, name: &str, kind: &str) -> String {
    app.work().await;
    let mails = app.test.mailer.sent_to(&format!("{name}@example.test"));
    let (_, rest) =
        mails.iter().rev().find_map(|mail| mail.text.split_once(kind)).expect("a mail with a link");
    let token: String =
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("{kind}{token}")
}

async fn ask(browser: &mut Browser, more: &[(&str, &str)]) -> crate::browser::Page {
    let idem = browser.get("/listings/bolt/ask").await.expect(StatusCode::OK).idem();
    let mut fields = vec![("quantity", "2,000개"), ("body", "단가를 알려 주세요"), ("idem", idem.as_str())];
    fields.extend_from_slice(more);
    browser.post("/listings/bolt/ask", &fields).await
}

both_databases!(a_buyer_asks_and_the_vendor_quotes_from_the_mail, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let asked = ask(&mut buyer, &[]).await.expect(StatusCode::SEE_OTHER);
    let done =
        buyer.get(asked.location()).await.expect(StatusCode::OK).says("문의를 보냈어요").says("18:00까지");
    let own = done.body.split("/inquiries/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let link = mailed(&app, "owner", "/a/").await;
    let mut phone = app.visitor();
    let page = phone.get(&link).await.expect(StatusCode::OK).says("단가를 알려 주세요").says("noindex");
    assert_eq!(page.headers[header::REFERRER_POLICY], "no-referrer");
    for way in ["quote", "ask", "decline"] {
        assert!(page.body.contains(&format!("{link}/{way}\"")), "{way}");
    }
    let form = phone.get(&format!("{link}/quote")).await.expect(StatusCode::OK);
    assert_eq!((form.input("quantity").as_str(), form.input("unit").as_str()), ("2,000", "개"));
    let idem = form.idem();
    let wrong = phone
        .post(&format!("{link}/quote"), &[("price", "많이"), ("lead_time_days", "2"), ("idem", &idem)])
        .await;
    let wrong = wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).says("금액을 숫자로");
    assert_eq!((wrong.input("price").as_str(), wrong.input("lead_time_days").as_str()), ("많이", "2"));
    let fields = [
        ("price", "96"),
        ("quantity", "2,000"),
        ("unit", "개"),
        ("lead_time_days", "2"),
        ("idem", &wrong.idem()),
    ];
    let sent = phone.post(&format!("{link}/quote"), &fields).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(sent.location(), format!("{link}/done?step=quote"));
    phone.get(sent.location()).await.expect(StatusCode::OK).says("견적을 보냈어요");
    phone.post(&format!("{link}/quote"), &fields).await.expect(StatusCode::SEE_OTHER);
    let after = phone
        .get(&link)
        .await
        .expect(StatusCode::OK)
        .says("더 보낼 것이 있나요?")
        .says("앞서 보낸 견적을 대신해요");
    assert!(!after.body.contains("어떻게 답할까요?"), "it has answered");
    let thread = buyer
        .get(&format!("/inquiries/{own}"))
        .await
        .expect(StatusCode::OK)
        .says("192,000")
        .says("견적이 유효해요")
        .says("받아들이기");
    assert_eq!(thread.body.matches("192,000").count(), 1, "a double click is one quote");
    let accept = buyer.get(&format!("/inquiries/{own}/accept")).await.expect(StatusCode::OK);
    let fields = [("version", accept.input("version")), ("idem", accept.idem())];
    let fields = [("version", fields[0].1.as_str()), ("idem", fields[1].1.as_str())];
    buyer.post(&format!("/inquiries/{own}/accept"), &fields).await.expect(StatusCode::SEE_OTHER);
    buyer.get(&format!("/inquiries/{own}")).await.expect(StatusCode::OK).says("견적을 받아들였어요");
    phone.get(&link).await.expect(StatusCode::GONE).says("구매자가 견적을 받아들였어요");
    buyer
        .get(&format!("/inquiries/{own}/withdraw"))
        .await
        .expect(StatusCode::CONFLICT)
        .says("이미 끝난 문의");
    buyer.get("/inquiries?side=sent").await.expect(StatusCode::OK).says("육각볼트 M8");
    buyer.get("/notifications").await.expect(StatusCode::OK).says("알림");
});

both_databases!(a_guest_asks_and_reads_the_answer, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let mut guest = app.visitor();
    ask(&mut guest, &[("email", "nobody"), ("name", "")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("단가를 알려 주세요")
        .says("2,000개");
    let asked =
        ask(&mut guest, &[("email", "guest@example.test"), ("name", "김구매"), ("third_party", "yes")])
            .await
            .expect(StatusCode::SEE_OTHER);
    guest.get(asked.location()).await.expect(StatusCode::OK).says("메일을 확인해 주세요");
    let confirm = mailed(&app, "guest", "/confirm-inquiry/").await;
    assert!(app.test.mailer.sent_to("owner@example.test").is_empty());
    for _ in 0..2 {
        guest
            .get(&confirm)
            .await
            .expect(StatusCode::OK)
            .says("이 문의를 보낼까요?")
            .says("단가를 알려 주세요");
    }
    let sent = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    guest.get(sent.location()).await.expect(StatusCode::OK).says("공급사 답을 기다려요");
    guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    guest.get(&confirm).await.expect(StatusCode::OK).says("이미 보낸 문의예요");
    let inbox = owner.get("/inquiries").await.expect(StatusCode::OK).says("김구매").says("답하기");
    assert_eq!(inbox.body.matches("김구매").count(), 1);
    let link = mailed(&app, "owner", "/a/").await;
    let mut phone = app.visitor();
    let idem = phone.get(&format!("{link}/decline")).await.expect(StatusCode::OK).idem();
    let fields = [("reason", "too_few"), ("idem", idem.as_str())];
    let done = phone.post(&format!("{link}/decline"), &fields).await.expect(StatusCode::SEE_OTHER);
    phone.get(done.location()).await.expect(StatusCode::OK).says("거절을 보냈어요");
    phone.post(&format!("{link}/decline"), &fields).await.expect(StatusCode::SEE_OTHER);
    let read = mailed(&app, "guest", "/a/").await;
    guest.get(&read).await.expect(StatusCode::OK).says("최소 수량보다 적어요").says("다른 공급사");
    guest.get("/a/guess").await.expect(StatusCode::NOT_FOUND);
    guest.get("/confirm-inquiry/guess").await.expect(StatusCode::NOT_FOUND);
});

both_databases!(doors_that_stay_shut, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let other = listed(&app, "other").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut stranger) = app.colleague("stranger", other, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let asked = ask(&mut buyer, &[]).await.expect(StatusCode::SEE_OTHER);
    let id = asked.location().split("thread=").nth(1).unwrap().to_owned();
    for tail in ["", "/quote", "/reply", "/accept"] {
        stranger.get(&format!("/inquiries/{id}{tail}")).await.expect(StatusCode::NOT_FOUND);
    }
    let idem = buyer.get(&format!("/inquiries/{id}/reply")).await.expect(StatusCode::OK).idem();
    stranger
        .post(&format!("/inquiries/{id}/reply"), &[("body", "?"), ("idem", &idem)])
        .await
        .expect(StatusCode::NOT_FOUND);
    buyer.get(&format!("/inquiries/{id}/quote")).await.expect(StatusCode::NOT_FOUND);
    owner.get(&format!("/inquiries/{id}/accept")).await.expect(StatusCode::NOT_FOUND);
    owner.get("/inquiries/none").await.expect(StatusCode::NOT_FOUND);
    app.visitor().get(&format!("/inquiries/{id}")).await.expect(StatusCode::SEE_OTHER);
    owner.get("/inquiries").await.expect(StatusCode::OK).says("새 글");
    owner.get(&format!("/inquiries/{id}")).await.expect(StatusCode::OK).says("어떻게 답할까요?");
    assert!(!owner.get("/inquiries").await.expect(StatusCode::OK).body.contains("새 글"), "read now");
    let page = ask(&mut owner, &[]).await.expect(StatusCode::CONFLICT);
    page.says("내가 속한 회사");
    buyer.get("/listings/none/ask").await.expect(StatusCode::NOT_FOUND);
    buyer.get("/en/listings/bolt/ask").await.expect(StatusCode::OK).says("Ask about");
});

both_databases!(limits_and_replays_keep_what_was_typed, |db: Db| async move {
    let app = TestApp::new(db);
    listed(&app, "bolt").await;
    let (_, mut buyer) = app.person("buyer").await;
    let idem = buyer.get("/listings/bolt/ask").await.idem();
    let first = buyer
        .post("/listings/bolt/ask", &[("body", "하나"), ("idem", &idem)])
        .await
        .expect(StatusCode::SEE_OTHER);
    let again = buyer
        .post("/listings/bolt/ask", &[("body", "하나"), ("idem", &idem)])
        .await
        .expect(StatusCode::SEE_OTHER);
    assert_eq!(again.location(), first.location());
    buyer
        .post("/listings/bolt/ask", &[("body", "둘"), ("idem", &idem)])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("둘")
        .says("먼저 보낸 내용만");
    for _ in 0..4 {
        ask(&mut buyer, &[]).await.expect(StatusCode::SEE_OTHER);
    }
    let page = ask(&mut buyer, &[]).await.expect(StatusCode::TOO_MANY_REQUESTS).says("단가를 알려 주세요");
    assert!(page.headers.contains_key(header::RETRY_AFTER));
});
