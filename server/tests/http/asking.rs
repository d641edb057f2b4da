//! What a buyer is told before asking, a long thread page by page, links that are taken back, and links that somebody guesses.

use axum::body::Body;
use http::{Method, Request, StatusCode};
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;
use market::inquiries::service::reply;
use market::time::{DAY, SECOND};
use server::http::layers::Peer;
use uuid::Uuid;

use crate::basket::collect;
use crate::browser::{Browser, Page};
use crate::inquiries::{listed, mailed};
use crate::testapp::TestApp;
use crate::threads::asked;

async fn listing_of(app: &TestApp, vendor: Uuid) -> String {
    let mut db = app.test.market.system().read().await.unwrap();
    let sql = "SELECT id FROM listings WHERE vendor_id = $1";
    market::fetch_one!(db, (Uuid,), sql, vendor).unwrap().0.to_string()
}

both_databases!(days_off_and_the_deadline_are_said_before_asking, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let mut visitor = app.visitor();
    collect(&mut visitor, &[&listing_of(&app, vendor).await]).await;
    // Tuesday, 24 November 2026
    for page in ["/listings/bolt", "/listings/bolt/ask", "/basket"] {
        let page = visitor.get(page).await.expect(StatusCode::OK).says("답변 기한은 ");
        let page = page.says("\"whole\">2026. 11. 27. 18:00까지예요.</span>");
        assert!(!page.body.contains("쉬어요"));
    }
    let idem = owner.get("/vendor/days-off").await.expect(StatusCode::OK).idem();
    let fields = [("first", "2026-11-26"), ("last", "2026-11-27"), ("note", ""), ("idem", idem.as_str())];
    owner.post("/vendor/days-off", &fields).await.expect(StatusCode::SEE_OTHER);
    for path in ["/listings/bolt", "/listings/bolt/ask", "/basket"] {
        let page = visitor.get(path).await.expect(StatusCode::OK);
        let page = page.says("\"whole\">2026. 11. 26.부터</span>").says("\"whole\">2026. 11. 27.까지</span>");
        page.says("쉬어요.").says("답변 기한은 ").says("\"whole\">2026. 12. 1. 18:00까지예요.</span>");
        let page = visitor.get(&format!("/en{path}")).await.expect(StatusCode::OK);
        let page = page.says("Closed from ").says("\"whole\">26 Nov 2026</span>");
        page.says("\"whole\">27 Nov 2026.</span>").says("the answer is due by");
    }
    visitor.get("/vendors/bolt").await.expect(StatusCode::OK).says("2026. 11. 26.부터");
    // what was said is what holds
    let (_, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer).await;
    buyer.get(&format!("/inquiries/{id}")).await.expect(StatusCode::OK).says("2026. 12. 1. 18:00까지");
    // while it rests, a row says so where it says else how fast it answers
    let before = visitor.get("/vendors/bolt").await.expect(StatusCode::OK);
    assert!(before.body.contains("응답 집계 전") && !before.body.contains(">2026. 11. 27.까지 쉬어요<"));
    app.test.clock.advance(2 * DAY);
    let page = visitor.get("/vendors/bolt").await.expect(StatusCode::OK).says(">2026. 11. 27.까지 쉬어요<");
    assert!(!page.body.contains("응답 집계 전"));
});

both_databases!(a_long_thread_shows_its_newest_and_leads_to_the_rest, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    app.colleague("owner", vendor, VendorRole::Owner).await;
    let (buyer_id, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer).await;
    let cx = app.test.as_person(buyer_id).await;
    for n in 2..=130 {
        app.test.clock.advance(5 * SECOND);
        reply(&cx, id.parse().unwrap(), &format!("글 {n}번"), cx.new_id()).await.unwrap();
    }
    let base = format!("/inquiries/{id}");
    let page =
        buyer.get(&base).await.expect(StatusCode::OK).says("글 130번").says("이전 메시지 보기(1~30번째)");
    assert!(!page.body.contains("글 30번") && page.body.contains("data-last=\"130\""));
    let page = buyer.get(&format!("{base}?before=31")).await.expect(StatusCode::OK).says("글 30번");
    assert!(page.body.contains("단가를 알려 주세요") && !page.body.contains("글 31번"));
    assert!(!page.body.contains("data-last"), "new messages do not follow old ones");
    page.says("최근 메시지로 가기");
    buyer.get(&format!("/en{base}")).await.expect(StatusCode::OK).says("Earlier messages (1 to 30)");
    let record = buyer.get(&format!("{base}/record.txt")).await.expect(StatusCode::OK);
    for n in [2, 30, 31, 130] {
        assert!(record.body.contains(&format!("글 {n}번\r\n")), "{n}");
    }
    let news = buyer.get(&format!("{base}/messages?after=128")).await.expect(StatusCode::OK);
    assert!(news.body.contains("글 129번") && !news.body.contains("글 128번"));
    for odd in ["?before=x", "?before=-4", "?before=99999999999999999999"] {
        buyer.get(&format!("{base}{odd}")).await.expect(StatusCode::OK);
    }
});

both_databases!(a_forwarded_link_is_taken_back, |db: Db| async move {
    let app = TestApp::new(db);
    let vendor = listed(&app, "bolt").await;
    let (_, mut owner) = app.colleague("owner", vendor, VendorRole::Owner).await;
    let (_, mut staff) = app.colleague("staff", vendor, VendorRole::Staff).await;
    let (_, mut buyer) = app.person("buyer").await;
    let id = asked(&mut buyer).await;
    let (base, link) = (format!("/inquiries/{id}"), mailed(&app, "owner", "/a/").await);
    let other = mailed(&app, "staff", "/a/").await;
    let mut stranger = app.visitor();
    let form = stranger.get(&format!("{link}/decline")).await.expect(StatusCode::OK).idem();
    assert!(!staff.get(&base).await.expect(StatusCode::OK).body.contains("메일 링크 막기"));
    assert!(!buyer.get(&base).await.expect(StatusCode::OK).body.contains("메일 링크 막기"));
    staff.post(&format!("{base}/links"), &[]).await.expect(StatusCode::NOT_FOUND);
    buyer.post(&format!("{base}/links"), &[]).await.expect(StatusCode::NOT_FOUND);
    stranger.get(&link).await.expect(StatusCode::OK);
    owner.get(&base).await.expect(StatusCode::OK).says("메일 링크가 2개 열려 있어요");
    let to = owner.post(&format!("{base}/links"), &[]).await.expect(StatusCode::SEE_OTHER);
    owner.get(to.location()).await.expect(StatusCode::OK).says("링크를 모두 막았어요").says("링크가 0개");
    for link in [&link, &other] {
        stranger.get(link).await.expect(StatusCode::GONE).says("이 링크는 막혔어요").says("로그인해서");
        let english = stranger.get(&format!("/en{link}")).await.expect(StatusCode::GONE);
        english.says("This link was taken back").says("sign in");
    }
    let fields = [("reason", "too_few"), ("idem", form.as_str())];
    stranger.post(&format!("{link}/decline"), &fields).await.expect(StatusCode::GONE);
    for way in ["/done?step=decline", "/reply", "/record", "/messages?after=0"] {
        stranger.get(&format!("{link}{way}")).await.expect(StatusCode::GONE);
    }
    let files = stranger.post_raw(&format!("{link}/files"), "application/json", b"{}".to_vec()).await;
    assert!(!files.status.is_success(), "{}", files.status);
    owner.get(&base).await.expect(StatusCode::OK).says("견적");
    // the next mail brings a link that works; a curator takes that one back from a report
    let idem = buyer.get(&format!("{base}/reply")).await.expect(StatusCode::OK).idem();
    let fields = [("body", "급해요"), ("idem", idem.as_str())];
    buyer.post(&format!("{base}/reply"), &fields).await.expect(StatusCode::SEE_OTHER);
    let fresh = mailed(&app, "owner", "/a/").await;
    stranger.get(&fresh).await.expect(StatusCode::OK);
    let idem = owner.get(&format!("{base}/report")).await.expect(StatusCode::OK).idem();
    let fields = [("reason", "spam"), ("note", "내 메일이 퍼졌어요"), ("idem", idem.as_str())];
    owner.post(&format!("{base}/report"), &fields).await.expect(StatusCode::SEE_OTHER);
    let mut db = app.test.market.system().read().await.unwrap();
    let (report,) = market::fetch_one!(db, (Uuid,), "SELECT id FROM reports").unwrap();
    drop(db);
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    curator.get(&format!("/desk/reports/{report}")).await.expect(StatusCode::OK).says("링크 모두 막기");
    let report = report.to_string();
    let to = curator.post(&format!("{base}/links"), &[("report", report.as_str())]).await;
    let to = to.expect(StatusCode::SEE_OTHER).location().to_owned();
    curator.get(&to).await.expect(StatusCode::OK).says("링크를 모두 막았어요");
    stranger.get(&fresh).await.expect(StatusCode::GONE).says("이 링크는 막혔어요");
    // the end of the thread gives nothing back
    app.test.clock.advance(market::time::MINUTE);
    let idem = buyer.get(&format!("{base}/withdraw")).await.expect(StatusCode::OK).idem();
    let fields = [("idem", idem.as_str())];
    buyer.post(&format!("{base}/withdraw"), &fields).await.expect(StatusCode::SEE_OTHER);
    for link in [&link, &fresh] {
        stranger.get(link).await.expect(StatusCode::GONE).says("이 링크는 막혔어요");
        stranger.post(&format!("{link}/block"), &fields).await.expect(StatusCode::GONE);
    }
});

/// One request from an address.
async fn from(browser: &mut Browser, peer: u16, method: &Method, path: &str) -> Page {
    let request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
    let request = request.header("content-type", "application/x-www-form-urlencoded");
    let idem = Uuid::from_u128(peer.into());
    let body = if method == Method::POST { Body::from(format!("idem={idem}")) } else { Body::empty() };
    let mut request = request.body(body).unwrap();
    request
        .extensions_mut()
        .insert(Peer([10, 0, u8::try_from(peer / 256).unwrap(), u8::try_from(peer % 256).unwrap()].into()));
    browser.send(request).await
}

both_databases!(a_wrong_link_counts_whatever_it_opens, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = app.visitor();
    let routes = app::routes::all();
    let links: Vec<_> = routes.list().iter().filter(|(_, path)| path.contains("{token}")).collect();
    for kind in [
        "/a/",
        "/b/",
        "/q/",
        "/r/",
        "/s/",
        "/n/",
        "/confirm/",
        "/reset/",
        "/confirm-inquiry/",
        "/confirm-basket/",
        "/confirm-rfq/",
        "/confirm-alert/",
    ] {
        assert!(links.iter().any(|(_, path)| path.starts_with(kind)), "{kind}");
    }
    for (peer, (method, route)) in (1..).zip(links) {
        let path = route.replace("{token}", "0123456789012345678901234567890123456789012");
        let path = path.replace("{id}", &Uuid::nil().to_string()).replace("{seq}", "1");
        for n in 0..30 {
            let page = from(&mut browser, peer, method, &path).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{method} {route}, guess {n}");
        }
        let page = from(&mut browser, peer, method, &path).await;
        assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS, "{method} {route}");
        assert!(page.headers.contains_key("retry-after"), "{method} {route}");
    }
});
