//! Small things that once went wrong: a key pressed twice, bytes no database keeps, forms cut off, doors asked in the
//! wrong order.

use http::StatusCode;
use market::accounts::access::PlatformRole;
use market::both_databases;
use market::db::Db;

use crate::testapp::TestApp;
use crate::world::World;

both_databases!(a_nul_in_an_address_leads_nowhere, |db: Db| async move {
    let world = World::new(db).await;
    for path in ["/listings/%00", "/vendors/a%00b", "/categories/%00", "/confirm/%00", "/a/x%00", "/%00"] {
        world.app.visitor().get(path).await.expect(StatusCode::NOT_FOUND);
    }
    for path in ["/search?q=%00", "/search?q=bolt%00&category=%00&page=%00", "/sign-in?next=/%00", "/?x=%00"]
    {
        world.app.visitor().get(path).await.expect(StatusCode::OK);
    }
    let mut curator = world.browser("curator").await;
    curator.get("/desk/listings?q=%00").await.expect(StatusCode::OK);
    curator.get("/desk/inbox?kind=%00&item=listing:%00").await.expect(StatusCode::OK);
});

both_databases!(a_form_of_pictures_that_was_cut_off_comes_back, |db: Db| async move {
    let world = World::new(db).await;
    let page = format!("/vendor/listings/{}/images", world.draft);
    let script = format!("/api/listings/{}/images", world.draft);
    let kind = "multipart/form-data; boundary=XX";
    let cut =
        b"--XX\r\nContent-Disposition: form-data; name=\"images\"; filename=\"a.png\"\r\n\r\nabc".to_vec();
    for (kind, body) in [
        (kind, cut.clone()),
        (kind, b"--YY".to_vec()),
        ("multipart/form-data", cut.clone()),
        ("text/plain", cut),
    ] {
        let mut owner = world.browser("owner").await;
        owner
            .post_raw(&page, kind, body.clone())
            .await
            .expect(StatusCode::UNPROCESSABLE_ENTITY)
            .says("끝까지 오지 않았어요");
        owner.post_raw(&script, kind, body.clone()).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        // whose product it is comes first
        let mut stranger = world.browser("other_vendor").await;
        stranger.post_raw(&page, kind, body.clone()).await.expect(StatusCode::NOT_FOUND);
        stranger.post_raw(&script, kind, body.clone()).await.expect(StatusCode::NOT_FOUND);
        world.app.visitor().post_raw(&page, kind, body).await.expect(StatusCode::SEE_OTHER);
    }
});

both_databases!(finance_has_nothing_to_decide, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, mut finance) = app.team_member("finance", PlatformRole::Finance).await;
    finance.get("/desk").await.expect(StatusCode::FORBIDDEN);
    finance.get("/desk/inbox").await.expect(StatusCode::FORBIDDEN);
    let home = finance.get("/").await.expect(StatusCode::OK);
    assert!(!home.body.contains("href=\"/desk\""), "no way to a door that stays shut");
});

both_databases!(staff_reads_what_others_may_change, |db: Db| async move {
    let world = World::new(db).await;
    let mut staff = world.browser("staff").await;
    for path in ["/vendor/profile", "/vendor/holiday"] {
        let page = staff.get(path).await.expect(StatusCode::OK).says("관리자와 소유자가");
        assert!(!page.body.contains(&format!("action=\"{path}\"")), "{path} has a form that cannot be sent");
        staff.post(path, &[]).await.expect(StatusCode::FORBIDDEN).says("관리자와 소유자가");
    }
});

both_databases!(a_profile_that_is_being_reviewed_is_only_read, |db: Db| async move {
    let world = World::new(db).await;
    let (owner, mut browser) = world.app.person("applicant").await;
    world.app.test.join(owner, world.applicant, market::accounts::access::VendorRole::Owner).await;
    let page =
        browser.get("/vendor/profile").await.expect(StatusCode::OK).says("심사하고 있어서 고칠 수 없어요");
    assert!(!page.body.contains("action=\"/vendor/profile\""));
    browser.post("/vendor/profile", &[("name_ko", "다른 이름")]).await.expect(StatusCode::CONFLICT);
    browser.get("/vendor/profile").await.says("새봄테크");
});

both_databases!(after_signing_in_a_page_opens, |db: Db| async move {
    let world = World::new(db).await;
    for (method, route) in app::routes::all().list() {
        if *method == http::Method::GET {
            continue;
        }
        let path = world.path(route);
        let page = world.app.visitor().post(&path, &[]).await;
        let Some(next) = page.location().strip_prefix("/sign-in?next=") else { continue };
        let next = next.replace("%2F", "/").replace("%3F", "?").replace("%3D", "=");
        let mut answers = Vec::new();
        for person in ["owner", "buyer", "admin"] {
            answers.push(world.browser(person).await.get(&next).await.status);
        }
        assert!(
            answers.iter().any(|status| status.is_success() || status.is_redirection()),
            "{route} leads to {next}, which answers {answers:?}"
        );
    }
});

both_databases!(who_leaves_is_not_waited_for, |db: Db| async move {
    let world = World::new(db).await;
    let cx = world.app.test.as_person(world.id("buyer")).await;
    let hash = market::accounts::passwords::hash(&cx, "우리 공장 옆 은행나무".into()).await.unwrap();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, "UPDATE users SET password_hash = $2 WHERE id = $1", world.id("buyer"), hash)
        .unwrap();
    tx.commit().await.unwrap();
    let mut buyer = world.browser("buyer").await;
    buyer
        .post("/account/withdraw", &[("password", "우리 공장 옆 은행나무")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let thread = format!("/inquiries/{}", world.thread);
    let mut owner = world.browser("owner").await;
    owner.get(&thread).await.expect(StatusCode::OK).says("탈퇴한 회원");
    owner.get("/notifications").await.expect(StatusCode::OK).says(&thread);
    let state = "SELECT state FROM threads WHERE id = $1";
    let mut db = cx.read().await.unwrap();
    assert_eq!(market::fetch_one!(db, (String,), state, world.thread).unwrap().0, "withdrawn");
});

const STATE: &str = "SELECT state FROM threads WHERE id = $1";

both_databases!(a_sole_owner_closes_the_company_and_the_buyer_is_told, |db: Db| async move {
    let world = World::new(db).await;
    let mut owner = world.browser("owner").await;
    let blocked = owner.get("/account/withdraw").await.expect(StatusCode::OK).says("소유자가 한 분뿐이에요");
    assert!(blocked.body.contains("href=\"/vendor/companies\""), "a way to do what it says");
    let address = format!("/vendor/companies/{}/close", world.vendor);
    owner.get("/vendor/companies").await.expect(StatusCode::OK).says(&address);
    let manager = world.browser("manager").await.get("/vendor/companies").await.expect(StatusCode::OK);
    assert!(!manager.body.contains(&address), "not the manager's to close");
    let idem = owner.get(&address).await.expect(StatusCode::OK).says("끝나지 않은 문의").idem();
    owner.post(&address, &[("idem", &idem)]).await.expect(StatusCode::UNPROCESSABLE_ENTITY).says("sure-err");
    let yes = [("idem", idem.as_str()), ("sure", "yes")];
    owner.post(&address, &yes).await.expect(StatusCode::SEE_OTHER);
    owner.post(&address, &yes).await.expect(StatusCode::SEE_OTHER);
    world.app.visitor().get("/listings/bolt-1").await.expect(StatusCode::NOT_FOUND);
    world.app.visitor().get("/vendors/hanbit-1").await.expect(StatusCode::NOT_FOUND);
    let mut db = world.app.test.market.db().read().await.unwrap();
    assert_eq!(market::fetch_one!(db, (String,), STATE, world.thread).unwrap().0, "vendor_declined");
    drop(db);
    let thread = format!("/inquiries/{}", world.thread);
    let mut buyer = world.browser("buyer").await;
    buyer.get(&thread).await.expect(StatusCode::OK).says("회사가 문을 닫아");
    buyer.get("/notifications").await.expect(StatusCode::OK).says(&thread);
    let free = owner.get("/account/withdraw").await.expect(StatusCode::OK);
    assert!(!free.body.contains("한 분뿐이에요"), "{}", free.body);
});
