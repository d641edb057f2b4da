//! Quotes from the form to what comes after them, through the pages: two colleagues at once, taking, talking on.

use http::StatusCode;
use market::accounts::access::VendorRole;
use market::both_databases;
use market::db::Db;
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;
use crate::threads::asked;

/// A buyer who asked a company, and its owner.
struct Begun {
    vendor: Uuid,
    owner: Browser,
    buyer: Browser,
    /// Path of the thread.
    base: String,
}

async fn begun(app: &TestApp) -> Begun {
    let vendor = listed(app, "bolt").await;
    let (_, owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut buyer) = app.person("buyer").await;
    let base = format!("/inquiries/{}", asked(&mut buyer).await);
    Begun { vendor, owner, buyer, base }
}

async fn send_quote(browser: &mut Browser, base: &str, form: &Page, price: &str) -> Page {
    let (replaces, idem) = (form.input("replaces"), form.idem());
    let fields = [
        ("price", price),
        ("quantity", "2,000"),
        ("unit", "개"),
        ("lead_time_days", "2"),
        ("note", "덧붙인 말"),
        ("replaces", &replaces),
        ("idem", &idem),
    ];
    browser.post(&format!("{base}/quote"), &fields).await
}

async fn take(buyer: &mut Browser, base: &str) -> Page {
    let form = buyer.get(&format!("{base}/accept")).await.expect(StatusCode::OK);
    let form = form.says("이름, 회사, 이메일, 전화번호도 함께 알려요");
    let (version, idem) = (form.input("version"), form.idem());
    let fields = [("version", version.as_str()), ("idem", idem.as_str())];
    buyer.post(&format!("{base}/accept"), &fields).await.expect(StatusCode::SEE_OTHER)
}

both_databases!(a_colleagues_quote_in_between_is_shown_before_it_is_replaced, |db: Db| async move {
    let app = TestApp::new(db);
    let Begun { vendor, mut owner, mut buyer, base } = begun(&app).await;
    let (_, mut staff) = app.colleague("staff", vendor, VendorRole::Staff).await;
    let (one, two) = (owner.get(&format!("{base}/quote")).await, staff.get(&format!("{base}/quote")).await);
    send_quote(&mut owner, &base, &one, "96").await.expect(StatusCode::SEE_OTHER);
    let late = send_quote(&mut staff, &base, &two, "123").await.expect(StatusCode::CONFLICT);
    let late = late.says("우리 팀에서 먼저 견적을 보냈어요").says("보낸 사람: owner").says("192,000");
    assert_eq!((late.input("price").as_str(), late.input("replaces").as_str()), ("123", "1"));
    let late = late.says("덧붙인 말");
    assert!(!buyer.get(&base).await.body.contains("246,000"), "nothing was sent");
    send_quote(&mut staff, &base, &late, "123").await.expect(StatusCode::SEE_OTHER);
    buyer.get(&base).await.expect(StatusCode::OK).says("246,000");
    // what was kept for later beside an earlier quote says so when it is opened again
    let idem = owner.get(&format!("{base}/quote")).await.idem();
    let kept = [("price", "88"), ("replaces", "1"), ("keep", "1"), ("idem", idem.as_str())];
    owner.post(&format!("{base}/quote"), &kept).await.expect(StatusCode::SEE_OTHER);
    let again = owner.get(&format!("{base}/quote")).await.expect(StatusCode::OK).says("보낸 사람: staff");
    assert_eq!((again.input("price").as_str(), again.input("replaces").as_str()), ("88", "2"));
});

both_databases!(after_a_quote_was_taken_both_sides_reach_each_other, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (person, mut buyer) = app.person("buyer").await;
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    market::execute!(
        tx,
        "UPDATE vendors SET phone = '02-123-4567', email = 'desk@gaon.test' WHERE id = $1",
        vendor
    )
    .unwrap();
    market::execute!(tx, "UPDATE users SET phone = '010-2222-3333' WHERE id = $1", person).unwrap();
    tx.commit().await.unwrap();
    let base = format!("/inquiries/{}", asked(&mut buyer).await);
    let old = mailed(&app, "owner", "/a/").await;
    let old_idem = app.visitor().get(&format!("{old}/reply")).await.expect(StatusCode::OK).idem();
    let form = owner.get(&format!("{base}/quote")).await;
    send_quote(&mut owner, &base, &form, "96").await.expect(StatusCode::SEE_OTHER);
    let before = owner.get(&base).await.expect(StatusCode::OK);
    assert!(!before.body.contains("buyer@example.test"), "not before the quote is taken");

    let done = take(&mut buyer, &base).await;
    let page = buyer.get(done.location()).await.expect(StatusCode::OK).says("이제 주문과 대금은");
    page.says("이제 직접 연락해 주세요").says("tel:021234567").says("mailto:desk@gaon.test");
    // mailed before anybody of the team has read it in the site
    let link = mailed(&app, "owner", "/a/").await;
    let page = owner.get(&base).await.expect(StatusCode::OK);
    page.says("tel:01022223333").says("mailto:buyer@example.test").says(&format!("{base}/reply"));

    // what was mailed before the quote was taken tells and takes nothing more
    let fields = [("body", "누구세요"), ("idem", old_idem.as_str())];
    app.visitor().post(&format!("{old}/reply"), &fields).await.expect(StatusCode::GONE);
    app.visitor().get(&old).await.expect(StatusCode::GONE);
    let done = app.visitor().get(&format!("{old}/done?step=quote")).await.expect(StatusCode::OK);
    assert!(!done.body.contains("010-2222-3333"), "{}", done.body);

    let mut phone = app.visitor();
    let page = phone.get(&link).await.expect(StatusCode::OK).says("010-2222-3333");
    assert!(!page.body.contains(&format!("{link}/quote\"")), "only words are left");
    phone.get(&format!("{link}/decline")).await.expect(StatusCode::CONFLICT);
    let idem = phone.get(&format!("{link}/reply")).await.expect(StatusCode::OK).idem();
    let fields = [("body", "계좌를 알려 드려요"), ("idem", idem.as_str())];
    let sent = phone.post(&format!("{link}/reply"), &fields).await.expect(StatusCode::SEE_OTHER);
    let told = phone.get(sent.location()).await.expect(StatusCode::OK).says("구매자가 답하면");
    assert!(!told.body.contains("이 문의는 끝났어요"), "{}", told.body);

    let page = buyer.get(&base).await.expect(StatusCode::OK).says("계좌를 알려 드려요");
    page.says("견적을 받아들였어요");
    let idem = buyer.get(&format!("{base}/reply")).await.expect(StatusCode::OK).idem();
    let fields = [("body", "월요일에 부탁해요"), ("idem", idem.as_str())];
    buyer.post(&format!("{base}/reply"), &fields).await.expect(StatusCode::SEE_OTHER);
    owner.get(&base).await.expect(StatusCode::OK).says("월요일에 부탁해요").says("견적을 받아들였어요");
    buyer.get(&format!("/en{base}")).await.expect(StatusCode::OK).says("Get in touch with each other");
});

both_databases!(a_quote_form_says_its_currency_and_unit_on_every_page, |db: Db| async move {
    let app = TestApp::new(db);
    let Begun { vendor, mut owner, base, .. } = begun(&app).await;
    let chosen = |page: &Page| {
        let list = page.body.split("name=\"currency\"").nth(1).expect("a list of currencies").to_owned();
        let at = list.find(" selected").expect("one is chosen");
        list[..at].rsplit("value=\"").next().unwrap().split('"').next().unwrap().to_owned()
    };
    let form = owner.get(&format!("{base}/quote")).await.expect(StatusCode::OK);
    let form = form.says("개당 얼마인가요?").says("원 (KRW)");
    assert_eq!(chosen(&form), "KRW");
    let form = owner.get(&format!("/en{base}/quote")).await.expect(StatusCode::OK);
    let form = form.says("Price of one pc").says("Korean won (KRW)");
    assert_eq!(chosen(&form), "KRW", "the language of the page is no currency");
    // a product that states its prices in another currency is quoted in that
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, "UPDATE listings SET price_currency = 'USD' WHERE vendor_id = $1", vendor).unwrap();
    tx.commit().await.unwrap();
    assert_eq!(chosen(&owner.get(&format!("{base}/quote")).await), "USD");
});

both_databases!(a_new_version_shows_its_difference_where_it_is_read, |db: Db| async move {
    let app = TestApp::new(db);
    let Begun { mut owner, mut buyer, base, .. } = begun(&app).await;
    let form = owner.get(&format!("{base}/quote")).await;
    send_quote(&mut owner, &base, &form, "96").await.expect(StatusCode::SEE_OTHER);
    let page = buyer.get(&base).await.expect(StatusCode::OK).says("192,000원").says("공급가액 합계");
    assert!(!page.body.contains("KRW") && !page.body.contains("달라진 점"), "{}", page.body);
    let form = owner.get(&format!("{base}/quote")).await.expect(StatusCode::OK).says("덧붙인 말");
    let (idem, seen) = (form.idem(), form.input("replaces"));
    let fields = [
        ("price", "99"),
        ("quantity", "2,000"),
        ("unit", "개"),
        ("vat", "included"),
        ("lead_time_days", "2"),
        ("note", "도금을 더했어요"),
        ("replaces", &seen),
        ("idem", &idem),
    ];
    owner.post(&format!("{base}/quote"), &fields).await.expect(StatusCode::SEE_OTHER);
    let page = buyer.get(&base).await.expect(StatusCode::OK).says("앞 견적과 달라진 점");
    let page = page.says("<del>96원/개</del>").says("<ins>99원/개</ins>").says("합계(부가세 포함)");
    let page = page.says("<del>덧붙인 말</del>").says("<ins>도금을 더했어요</ins>");
    let folded = page.body.split("<details").find(|part| part.contains("더 쓰지 않는 견적")).expect("folded");
    assert!(folded.contains("192,000원") && !folded.split('>').next().unwrap().contains("open"), "{folded}");
    buyer.get(&format!("/en{base}")).await.expect(StatusCode::OK).says("<ins>99 KRW/pc</ins>");

    // on paper, too, every sum says what it is, and the number can be read out
    let paper = buyer.get(&format!("{base}/print")).await.expect(StatusCode::OK);
    let paper =
        paper.says("공급가액").says("합계(부가세 포함)").says("198,000원").says("buyer 귀하").says("수신");
    let number = paper.body.split("번호 ").nth(1).unwrap();
    let number: String = number.chars().take_while(|c| c.is_ascii_digit() || *c == '-').collect();
    assert_eq!((number.len(), &number[..7], &number[11..]), (13, "261124-", "-2"), "{number}");
});

both_databases!(a_record_can_be_understood_by_others_and_later, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (person, mut buyer) = app.person("buyer").await;
    let cx = app.test.market.system();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, "UPDATE users SET company = 'Northgate', country = 'GB' WHERE id = $1", person)
        .unwrap();
    tx.commit().await.unwrap();
    let base = format!("/inquiries/{}", asked(&mut buyer).await);
    for price in ["96", "99"] {
        let form = owner.get(&format!("{base}/quote")).await;
        send_quote(&mut owner, &base, &form, price).await.expect(StatusCode::SEE_OTHER);
    }
    for (who, browser) in [("buyer", &mut buyer), ("owner", &mut owner)] {
        let page = browser.get(&format!("{base}/record")).await.expect(StatusCode::OK);
        let page = page.says("가온볼트").says("buyer · Northgate").says("영국").says("에 만든 기록");
        let own = page.body.split("<main").nth(1).unwrap().split("</main").next().unwrap();
        for vague in ["방금", ">나<", "내일 ", "/reply?quote", "data-last"] {
            assert!(!own.contains(vague), "{who}: {vague} in {own}");
        }
        assert_eq!(own.matches("<details open").count(), 1, "{who}: what was replaced is there to read");
        assert!(own.matches("2026. 11. 24. ").count() >= 5, "{who}: {own}");
        let text = browser.get(&format!("{base}/record.txt")).await.expect(StatusCode::OK);
        text.says("buyer · Northgate");
    }
    // within a thread the clock is said from the second day on
    app.test.clock.advance(2 * market::time::DAY);
    let page = buyer.get(&base).await.expect(StatusCode::OK).says(">11. 24. ");
    assert!(!page.body.contains("일 전"), "{}", page.body);
    buyer.get(&format!("/en{base}")).await.expect(StatusCode::OK).says(">24 Nov ");
});
