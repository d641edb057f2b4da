//! Alerts about new products, as people turn them on, get them and stop them.

use http::{Request, StatusCode};
use market::both_databases;
use market::db::Db;
use market::ports::Mail;
use market::saved_searches::collect;
use market::search::feed;
use market::time::{DAY, HOUR};
use uuid::Uuid;

use crate::world::World;

const RENEW: &str = "UPDATE listings SET published_at = $2, title_ko = '육각볼트 M10' WHERE id = $1";

/// The listing is published now; the index follows, the questions are asked, the mails go.
async fn news(world: &World, listing: Uuid) {
    let test = &world.app.test;
    let cx = test.market.system();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, RENEW, listing, cx.now()).unwrap();
    tx.commit().await.unwrap();
    feed::rebuild(&test.market).await.unwrap();
    collect::run(&cx).await.unwrap();
    world.app.work().await;
}

fn link(mail: &Mail, kind: &str) -> String {
    let (_, rest) = mail.text.split_once(&format!("/{kind}/")).unwrap();
    let secret: String =
        rest.chars().take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
    format!("/{kind}/{secret}")
}

/// The state that the form on a results page sends.
const STATE: &str = "q=육각볼트&region=gyeonggi";

both_databases!(a_buyer_turns_alerts_on_with_one_press, |db: Db| async move {
    let world = World::new(db).await;
    feed::rebuild(&world.app.test.market).await.unwrap();
    let mut buyer = world.browser("other_buyer").await;
    let address = format!("/search?q={}&region=gyeonggi", app::page::encode("육각볼트"));
    let page = buyer.get(&address).await.expect(StatusCode::OK).says("알림 받기");
    let state = page.input("state").replace("&amp;", "&");
    let done = buyer.post("/saved-searches", &[("state", &state)]).await.expect(StatusCode::SEE_OTHER);
    let back = done.location().split('#').next().unwrap().to_owned();
    assert!(back.starts_with(&address) && back.ends_with("&alert=saved"), "{back}");
    buyer.get(&back).await.expect(StatusCode::OK).says("알림을 켰어요");
    buyer.post("/saved-searches", &[("state", &state)]).await.expect(StatusCode::SEE_OTHER);
    let list = buyer
        .get("/account/searches")
        .await
        .expect(StatusCode::OK)
        .says("‘육각볼트’ · 경기")
        .says("알림 켜짐");
    assert_eq!(list.body.matches("name=\"search\"").count(), 1);
    buyer
        .post("/saved-searches", &[("state", "sort=new&page=3")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("모든 제품의 알림은 없어요");

    world.app.test.clock.advance(HOUR);
    news(&world, world.listing).await;
    let mails = world.app.test.mailer.sent_to("other_buyer@example.test");
    assert_eq!(mails.len(), 1);
    assert!(mails[0].text.contains("육각볼트 M10") && mails[0].unsubscribe.is_some());
    let saved = list.input("search");
    buyer.post(&format!("/saved-searches/{saved}"), &[("then", "pause")]).await.expect(StatusCode::SEE_OTHER);
    buyer.get("/account/searches?done=1").await.expect(StatusCode::OK).says("멈춤").says("다시 받기");
    buyer.get("/en/account/searches").await.expect(StatusCode::OK).says("Saved searches").says("Resume");
    let mut stranger = world.browser("buyer").await;
    stranger
        .post(&format!("/saved-searches/{saved}"), &[("then", "delete")])
        .await
        .expect(StatusCode::NOT_FOUND);
    buyer
        .post(&format!("/saved-searches/{saved}"), &[("then", "delete")])
        .await
        .expect(StatusCode::SEE_OTHER);
    buyer.get("/account/searches").await.expect(StatusCode::OK).says("저장한 검색이 없어요");
});

both_databases!(a_guest_confirms_and_a_mail_program_stops_it_with_one_press, |db: Db| async move {
    let world = World::new(db).await;
    feed::rebuild(&world.app.test.market).await.unwrap();
    let mut guest = world.browser("anonymous").await;
    let page =
        guest.get(&format!("/search?q={}", app::page::encode("육각볼트"))).await.expect(StatusCode::OK);
    let idem = page.says("확인 메일 받기").idem();
    let wrong = [("state", STATE), ("email", "nowhere"), ("idem", idem.as_str())];
    let form = guest
        .post("/saved-searches", &wrong)
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("이메일 주소를 확인");
    let idem = form.idem();
    let fields = [("state", STATE), ("email", "guest@example.test"), ("idem", idem.as_str())];
    for _ in 0..2 {
        guest.post("/saved-searches", &fields).await.expect(StatusCode::SEE_OTHER);
    }
    guest.get("/saved-searches/sent").await.expect(StatusCode::OK).says("확인 메일을 보냈어요");
    world.app.work().await;
    let mails = world.app.test.mailer.sent_to("guest@example.test");
    assert_eq!(mails.len(), 1, "one confirmation and nothing else");
    let confirm = link(&mails[0], "confirm-alert");
    guest.get(&confirm).await.expect(StatusCode::OK).says("알림을 켤까요");
    let on = guest.post(&confirm, &[]).await.expect(StatusCode::SEE_OTHER);
    let manage = on.location().to_owned();
    assert_eq!(guest.get(&manage).await.expect(StatusCode::OK).headers["referrer-policy"], "no-referrer");

    world.app.test.clock.advance(HOUR);
    news(&world, world.listing).await;
    let mails = world.app.test.mailer.sent_to("guest@example.test");
    assert_eq!(mails.len(), 2);
    let stop = link(&mails[1], "s");
    assert_eq!(mails[1].unsubscribe.as_deref(), Some(format!("http://127.0.0.1:3000{stop}").as_str()));
    guest.get(&stop).await.expect(StatusCode::OK).says("알림 켜짐").says("모든 알림 그만 받기");
    // a mail program posts without a browser's headers and without cookies
    let request = Request::post(&stop)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(axum::body::Body::from("List-Unsubscribe=One-Click"))
        .unwrap();
    world.app.visitor().send(request).await.expect(StatusCode::OK).says("알림을 멈췄어요");
    guest.get(&stop).await.expect(StatusCode::OK).says("멈춤");
    world.app.test.clock.advance(DAY);
    news(&world, world.submitted).await;
    assert_eq!(world.app.test.mailer.sent_to("guest@example.test").len(), 2);
    guest.get("/s/guess").await.expect(StatusCode::NOT_FOUND);
});

both_databases!(a_vendor_sees_demand_from_three_people_up, |db: Db| async move {
    let world = World::new(db).await;
    feed::rebuild(&world.app.test.market).await.unwrap();
    for (count, name) in (1..).zip(["buyer", "other_buyer", "officer"]) {
        let mut browser = world.browser(name).await;
        browser.post("/saved-searches", &[("state", STATE)]).await.expect(StatusCode::SEE_OTHER);
        collect::run(&world.app.test.market.system()).await.unwrap();
        let page = world.browser("owner").await.get("/vendor/listings").await.expect(StatusCode::OK);
        assert_eq!(page.body.contains("이 조건을 지켜보는 바이어 3명"), count == 3, "{count}");
    }
    world.browser("owner").await.get("/vendor").await.expect(StatusCode::OK).says("바이어가 3명");
});
