//! The vendor's desk and the federation's desk through the pages: applying, deciding, featuring, the team.

use http::StatusCode;
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;
use market::time::DAY;
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::inquiries::listed;
use crate::testapp::TestApp;

const NEW_LISTING: &str = "INSERT INTO listings (id, vendor_id, slug, state, category, title_ko, title_en, description_ko, description_en, \
    specs, unit, price_kind, price_currency, price_tiers, moq, origin, hs_code, part_number, created_at, updated_at, submitted_at, free_until, version) \
    VALUES ($1, $2, $3, $4, 'fasteners.bolts.hex', $3, 'Hex bolt', '', '', '[]', '개', 'negotiable', 'KRW', '[]', 500, '', '', '', $5, $5, $5, $6, 1)";
const STALE_EDIT: &str = "UPDATE vendors SET version = version + 1, employees = 77 WHERE id = $1";

const APPLICATION: [(&str, &str); 10] = [
    ("business_number", "123-45-67891"),
    ("name_ko", "가온벼리볼트"),
    ("representative", "홍길동"),
    ("region", "41"),
    ("address", "경기도 시흥시 공단대로 1"),
    ("phone", "031-123-4567"),
    ("email", "sales@example.test"),
    ("intro_ko", "냉간 압조로 볼트를 만듭니다. 작은 수량도 받습니다."),
    ("certificates", "ISO 9001 | KAB | Q-123 | 2027-01-31"),
    ("chapter", ""),
];

async fn apply(browser: &mut Browser, changes: &[(&str, &str)]) -> Page {
    let form = browser.get("/vendor/apply").await.expect(StatusCode::OK);
    let (idem, version) = (form.idem(), form.input("version"));
    let mut fields: Vec<(&str, &str)> = APPLICATION
        .iter()
        .filter(|(name, _)| !changes.iter().any(|(other, _)| other == name))
        .copied()
        .collect();
    fields.extend([("idem", idem.as_str()), ("version", version.as_str())]);
    fields.extend_from_slice(changes);
    browser.post("/vendor/apply", &fields).await
}

async fn decide(browser: &mut Browser, address: &str, action: &str, reason: &str) -> Page {
    let page = browser.get(address).await.expect(StatusCode::OK);
    let (idem, version) = (page.idem(), page.input("version"));
    let fields = [("action", action), ("reason", reason), ("idem", &idem), ("version", &version)];
    browser.post(address, &fields).await
}

async fn add_listing(app: &TestApp, vendor: Uuid, name: &str, state: &str) -> Uuid {
    let cx = app.test.market.system();
    let (id, now) = (cx.new_id(), cx.now());
    let mut tx = cx.write().await.unwrap();
    market::execute!(
        tx,
        NEW_LISTING,
        id,
        vendor,
        name,
        state,
        now,
        (state == "published").then(|| now.plus(90 * DAY))
    )
    .unwrap();
    tx.commit().await.unwrap();
    id
}

async fn own_company(app: &TestApp, person: Uuid) -> Uuid {
    app.test.as_person(person).await.actor.person().unwrap().first_vendor().unwrap()
}

/// A company that applied and was approved, with its owner's browser and a curator's.
async fn approved(app: &TestApp) -> (Uuid, Browser, Browser) {
    let (person, mut owner) = app.person("owner").await;
    apply(&mut owner, &[("then", "submit")]).await.expect(StatusCode::SEE_OTHER);
    let vendor = own_company(app, person).await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    decide(&mut curator, &format!("/desk/vendors/{vendor}"), "approve", "")
        .await
        .expect(StatusCode::SEE_OTHER);
    (vendor, owner, curator)
}

both_databases!(asking_for_review_that_failed_is_not_swallowed, |db: Db| async move {
    let app = TestApp::new(db);
    let (person, mut owner) = app.person("owner").await;
    apply(&mut owner, &[("then", "save")]).await.expect(StatusCode::SEE_OTHER);
    let (_, mut faster) = app.person("faster").await;
    apply(&mut faster, &[("then", "submit")]).await.expect(StatusCode::SEE_OTHER);
    let open = owner.get("/vendor/apply").await.expect(StatusCode::OK);
    let (idem, version) = (open.idem(), open.input("version"));
    let mut fields: Vec<(&str, &str)> =
        APPLICATION.iter().filter(|(name, _)| *name != "name_ko").copied().collect();
    fields.extend([("name_ko", "새이름볼트"), ("idem", &idem), ("version", &version), ("then", "submit")]);
    for _ in 0..2 {
        let page = owner.post("/vendor/apply", &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        page.says("먼저 신청했거나 등록된 회사가 있어요").says("새이름볼트");
        let kept = owner.get("/vendor/apply").await.expect(StatusCode::OK);
        assert_eq!((kept.input("version"), kept.input("name_ko")), (version.clone(), "가온벼리볼트".into()));
    }
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let taken = curator.get("/desk/inbox?kind=vendor").await.expect(StatusCode::OK);
    assert!(!taken.body.contains("새이름볼트"), "{}", taken.body);
    // another number goes through with a press of its own
    let own = [("business_number", "220-81-62517"), ("then", "submit")];
    apply(&mut owner, &own).await.expect(StatusCode::SEE_OTHER);
    owner.get("/vendor").await.expect(StatusCode::OK).says("확인하고 있어요");
    assert!(own_company(&app, person).await != Uuid::nil());
});

both_databases!(a_large_field_comes_back_as_text, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, mut owner) = app.person("owner").await;
    let typed = "</textarea><b7x>";
    let page =
        apply(&mut owner, &[("certificates", typed), ("business_number", ""), ("then", "submit")]).await;
    let page = page.expect(StatusCode::UNPROCESSABLE_ENTITY).says("&lt;/textarea&gt;&lt;b7x&gt;");
    assert!(!page.body.contains("<b7x"), "{}", page.body);
});

both_databases!(a_company_applies_and_is_let_in, |db: Db| async move {
    let app = TestApp::new(db);
    let (person, mut owner) = app.person("owner").await;
    owner.get("/vendor").await.expect(StatusCode::OK).says("입점 신청하기");
    let wrong = apply(&mut owner, &[("business_number", "123-45-67890"), ("intro_ko", "짧아요")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    let wrong = wrong.says("번호가 맞지 않아요").says("가온벼리볼트");
    assert_eq!(wrong.input("business_number"), "123-45-67890");
    apply(&mut owner, &[("then", "save")]).await.expect(StatusCode::SEE_OTHER);
    owner.get("/vendor").await.expect(StatusCode::OK).says("신청서를 마저 보내 주세요");
    let open = owner.get("/vendor/apply").await.expect(StatusCode::OK);
    let (version, idem) = (open.input("version"), open.idem());
    let mut twice = APPLICATION.to_vec();
    twice.extend([("version", version.as_str()), ("idem", idem.as_str()), ("then", "submit")]);
    for _ in 0..2 {
        assert_eq!(
            owner.post("/vendor/apply", &twice).await.expect(StatusCode::SEE_OTHER).location(),
            "/vendor"
        );
    }
    owner.get("/vendor").await.expect(StatusCode::OK).says("확인하고 있어요");
    let address = format!("/desk/vendors/{}", own_company(&app, person).await);

    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let (_, mut second) = app.team_member("second", PlatformRole::Curator).await;
    curator.get("/desk").await.expect(StatusCode::SEE_OTHER);
    curator
        .get("/desk/inbox?kind=vendor")
        .await
        .expect(StatusCode::OK)
        .says("가온벼리볼트")
        .says("공급사 심사");
    curator.get(&address).await.expect(StatusCode::OK).says("123-45-67891").says("owner@example.test");
    decide(&mut curator, &address, "return", " ")
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("적어 주세요");
    let open = second.get(&address).await.expect(StatusCode::OK).idem();
    decide(&mut curator, &address, "return", "주소를 고쳐 주세요").await.expect(StatusCode::SEE_OTHER);
    second
        .post(&address, &[("action", "approve"), ("idem", &open)])
        .await
        .expect(StatusCode::CONFLICT)
        .says("curator")
        .says("되돌려보냈어요");
    owner.get("/vendor").await.expect(StatusCode::OK).says("주소를 고쳐 주세요");
    apply(&mut owner, &[("then", "submit"), ("address", "경기도 시흥시 공단대로 2")])
        .await
        .expect(StatusCode::SEE_OTHER);

    let page = second.get(&address).await.expect(StatusCode::OK);
    let (idem, version) = (page.idem(), page.input("version"));
    let fields = [("action", "approve"), ("idem", &idem), ("version", &version)];
    for _ in 0..2 {
        second.post(&address, &fields).await.expect(StatusCode::SEE_OTHER);
    }
    app.work().await;
    assert_eq!(app.test.mailer.sent_to("owner@example.test").len(), 2, "returned once, approved once");
    owner.get("/vendor").await.expect(StatusCode::OK).says("집계 전").says("아직 올린 제품이 없어요");
    owner.get("/en/vendor").await.expect(StatusCode::OK).says("No inquiry waits");
});

both_databases!(listings_are_decided_hidden_and_featured, |db: Db| async move {
    let app = TestApp::new(db);
    let (vendor, mut owner, mut curator) = approved(&app).await;
    let [one, two] = [
        add_listing(&app, vendor, "볼트 하나", "in_review").await,
        add_listing(&app, vendor, "볼트 둘", "in_review").await,
    ];
    let inbox = curator
        .get("/desk/inbox?kind=listing")
        .await
        .expect(StatusCode::OK)
        .says("볼트 하나")
        .says("볼트 둘")
        .says("500개");
    let (first, second, idem) = (format!("{one}:1"), format!("{two}:1"), inbox.idem());
    let nothing =
        curator.post("/desk/inbox?kind=listing&page=1", &[("action", "approve"), ("idem", &idem)]).await;
    nothing.expect(StatusCode::UNPROCESSABLE_ENTITY).says("하나 이상 골라");
    let both =
        [("row", first.as_str()), ("row", second.as_str()), ("action", "approve"), ("idem", idem.as_str())];
    let address = format!("/desk/listings/{one}");
    let open = curator.get(&address).await.expect(StatusCode::OK);
    let old: i64 = open.input("version").parse().unwrap();
    for version in [(old - 1).to_string(), String::new()] {
        let fields = [("action", "approve"), ("idem", &open.idem()), ("version", &version)];
        curator
            .post(&address, &fields)
            .await
            .expect(StatusCode::CONFLICT)
            .says("읽으신 뒤에 내용이 바뀌었어요");
    }
    let done = curator.post("/desk/inbox?kind=listing&page=1", &both).await.expect(StatusCode::SEE_OTHER);
    curator
        .get(done.location())
        .await
        .expect(StatusCode::OK)
        .says("2건을 처리했어요")
        .says("기다리는 것이 없어요");
    curator.get("/desk/slots?q=%EB%B3%BC%ED%8A%B8").await.expect(StatusCode::OK).says("볼트 하나");
    curator
        .post("/desk/slots", &[("then", "add"), ("listing", &one.to_string()), ("ends", "내일")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    curator
        .post("/desk/slots", &[("then", "add"), ("listing", &one.to_string()), ("ends", "2026-12-10")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let alone = curator.get("/desk/slots").await.expect(StatusCode::OK).says("나오는 중");
    assert!(
        !alone.body.contains("value=\"earlier\"") && !alone.body.contains("value=\"later\""),
        "nothing stands before or behind the only one"
    );
    decide(&mut curator, &format!("/desk/listings/{one}"), "hide", "사진이 달라요")
        .await
        .expect(StatusCode::SEE_OTHER);
    curator.get("/desk/slots").await.expect(StatusCode::OK).says("지금 안 보임");
    curator
        .get("/desk/listings?q=%ED%95%98%EB%82%98")
        .await
        .expect(StatusCode::OK)
        .says("볼트 하나")
        .says("숨김");
    decide(&mut curator, &format!("/desk/listings/{one}"), "unhide", "").await.expect(StatusCode::SEE_OTHER);
    owner.get("/vendor").await.expect(StatusCode::OK).says("볼트 둘").says("홍보 중");
    for address in ["/desk/inbox", "/desk/slots", "/desk/listings", "/desk/audit", "/desk/machinery"] {
        owner.get(address).await.expect(StatusCode::FORBIDDEN);
        app.visitor().get(address).await.expect(StatusCode::SEE_OTHER);
    }
    curator.get("/desk/audit").await.expect(StatusCode::FORBIDDEN);
    let (_, mut admin) = app.team_member("admin", PlatformRole::Admin).await;
    admin.get("/desk/audit").await.expect(StatusCode::OK).says("모두 이어져 있어요").says("승인했어요");
    admin.get("/desk/machinery").await.expect(StatusCode::OK).says("멈춘 작업이 없어요");
    admin.get("/desk/listings/nonsense").await.expect(StatusCode::NOT_FOUND);
});

both_databases!(two_people_edit_one_profile, |db: Db| async move {
    let app = TestApp::new(db);
    let (vendor, mut owner, _) = approved(&app).await;
    let form = owner.get("/vendor/profile").await.expect(StatusCode::OK);
    let mut tx = app.test.market.system().write().await.unwrap();
    market::execute!(tx, STALE_EDIT, vendor).unwrap();
    tx.commit().await.unwrap();
    let (version, idem) = (form.input("version"), form.idem());
    let mut fields = APPLICATION.to_vec();
    fields.extend([("employees", "12"), ("version", version.as_str()), ("idem", idem.as_str())]);
    let stale = owner
        .post("/vendor/profile", &fields)
        .await
        .expect(StatusCode::CONFLICT)
        .says("그 사이에 다른 사람이 고쳤어요")
        .says("77");
    assert_eq!(stale.input("employees"), "12");
    let version = stale.input("version");
    let kept: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| if *name == "version" { (*name, version.as_str()) } else { (*name, *value) })
        .collect();
    owner.post("/vendor/profile", &kept).await.expect(StatusCode::SEE_OTHER);

    owner.get("/vendor/holiday").await.expect(StatusCode::OK).says("휴무가 아니에요");
    owner
        .post("/vendor/holiday", &[("then", "set"), ("holiday_until", "2020-01-01")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    owner
        .post("/vendor/holiday", &[("then", "set"), ("holiday_until", "2026-12-01")])
        .await
        .expect(StatusCode::SEE_OTHER);
    owner.get("/vendor").await.expect(StatusCode::OK).says("2026. 12. 1.까지 휴무");
    let mut conn = app.test.market.system().read().await.unwrap();
    let (slug,) =
        market::fetch_one!(conn, (String,), "SELECT slug FROM vendors WHERE id = $1", vendor).unwrap();
    drop(conn);
    let shown = app.visitor().get(&format!("/vendors/{slug}")).await.expect(StatusCode::OK);
    assert!(shown.body.contains("2026. 12. 1.") && !shown.body.contains("2026. 12. 2."), "{}", shown.body);

    let (staff, mut colleague) = app.person("colleague").await;
    colleague.get("/vendor/team").await.expect(StatusCode::NOT_FOUND);
    owner
        .post("/vendor/team", &[("then", "add"), ("email", "nobody"), ("role", "staff")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    owner
        .post("/vendor/team", &[("then", "add"), ("email", "colleague@example.test"), ("role", "staff")])
        .await
        .expect(StatusCode::SEE_OTHER);
    colleague.get("/vendor/team").await.expect(StatusCode::NOT_FOUND);
    owner
        .get("/vendor/team")
        .await
        .expect(StatusCode::OK)
        .says("기다리는 초대")
        .says("colleague@example.test");
    app.work().await;
    let mail = app.test.mailer.sent_to("colleague@example.test").pop().expect("an invitation");
    assert!(mail.text.contains("/vendor/companies"), "{}", mail.text);
    colleague.get("/vendor").await.expect(StatusCode::OK).says("받은 초대").says("owner 님이 초대했어요");
    let me = owner.get("/vendor/team").await.expect(StatusCode::OK).input("person");
    let alone = [("then", "remove"), ("person", me.as_str())];
    let page = owner.post("/vendor/team", &alone).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!page.body.contains("id=\"role-err\""), "it is not said of the role of whom one invites");
    let member = page.body.split("owner@example.test").nth(1).unwrap().split("</li>").next().unwrap();
    assert!(member.contains("notice bad"), "{member}");
    let company = vendor.to_string();
    colleague
        .post("/vendor/companies", &[("then", "accept"), ("vendor", &company)])
        .await
        .expect(StatusCode::SEE_OTHER);
    colleague.get("/vendor/team").await.expect(StatusCode::OK).says("소유자가 바꿀 수 있어요");
    colleague.get("/vendor/profile").await.expect(StatusCode::OK).says("관리자와 소유자가");
    let person = staff.to_string();
    colleague
        .post("/vendor/team", &[("then", "role"), ("person", &person), ("role", "owner")])
        .await
        .expect(StatusCode::NOT_FOUND);
    owner
        .post("/vendor/team", &[("then", "remove"), ("person", &person)])
        .await
        .expect(StatusCode::SEE_OTHER);
    let team = owner.get("/vendor/team?done=removed").await.expect(StatusCode::OK).says("팀에서 내보냈어요");
    assert!(team.body.contains("<details"), "nobody is taken off by one tap");
    let (_, mut manager) = app.colleague("manager", vendor, VendorRole::Manager).await;
    manager.get("/vendor/profile").await.expect(StatusCode::OK).says("저장하기");
});

const RESTING: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM vendors WHERE id = $1 AND holiday_until IS NOT NULL";
const NUMBERS: [&str; 2] = [
    "UPDATE vendors SET business_number = '1248100998' WHERE id = $1",
    "UPDATE vendors SET business_number = '2208162517' WHERE id = $1",
];

both_databases!(what_was_opened_for_one_company_is_not_saved_to_another, |db: Db| async move {
    let app = TestApp::new(db);
    let own = listed(&app, "bolt").await;
    crate::public::run(&app, NUMBERS[0], own).await;
    let other = listed(&app, "nut").await;
    crate::public::run(&app, NUMBERS[1], other).await;
    let (person, mut owner) = app.colleague("owner", own, VendorRole::Owner).await;
    let idem = owner.get("/vendor/holiday").await.expect(StatusCode::OK).says(&own.to_string()).idem();
    app.test.join(person, other, VendorRole::Owner).await;
    let there = other.to_string();
    owner
        .post("/vendor/companies", &[("then", "open"), ("vendor", &there)])
        .await
        .expect(StatusCode::SEE_OTHER);
    let (made_for, day) = (own.to_string(), "2026-12-01");
    let fields = [("idem", idem.as_str()), ("desk", &made_for), ("then", "set"), ("holiday_until", day)];
    let page = owner.post("/vendor/holiday", &fields).await.expect(StatusCode::CONFLICT);
    assert!(page.body.contains("다른 회사의 업무 화면"), "{}", page.body);
    let fields = [("idem", idem.as_str()), ("desk", &made_for), ("title_ko", "육각볼트 M8")];
    owner.post("/vendor/listings/new", &fields).await.expect(StatusCode::CONFLICT);
    let mut conn = app.test.market.db().read().await.unwrap();
    for vendor in [own, other] {
        let (resting,) = market::fetch_one!(conn, (i64,), RESTING, vendor).unwrap();
        assert_eq!(resting, 0, "nothing is saved to either");
    }
});
