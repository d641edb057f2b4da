//! Joining, signing in, keeping one's data, leaving: through the pages.

use http::{StatusCode, header};
use market::both_databases;
use market::db::Db;

use crate::browser::{Browser, Page};
use crate::testapp::TestApp;

const PASSWORD: &str = "우리 공장 옆 은행나무";

/// Path of the newest link mailed to `email` that starts with `path`.
async fn mailed(app: &TestApp, email: &str, path: &str) -> String {
    app.work().await;
    let mails = app.test.mailer.sent_to(email);
    let (_, rest) =
        mails.iter().rev().find_map(|mail| mail.text.split_once(path)).expect("a mail with a link");
    format!("{path}{}", rest.split_whitespace().next().expect("an address"))
}

/// Sends the sign-up form of `email` with `more` fields, such as consents.
pub async fn fill_sign_up(browser: &mut Browser, email: &str, more: &[(&str, &str)]) -> Page {
    let idem = browser.get("/sign-up").await.expect(StatusCode::OK).idem();
    let mut fields = vec![("name", "김하나"), ("email", email), ("password", PASSWORD), ("idem", &idem)];
    fields.extend_from_slice(more);
    browser.post("/sign-up", &fields).await
}

async fn join(app: &TestApp, email: &str) -> Browser {
    let mut browser = app.visitor();
    let page = fill_sign_up(&mut browser, email, &[("terms", "yes"), ("privacy", "yes")])
        .await
        .expect(StatusCode::SEE_OTHER);
    assert_eq!(page.location(), "/sign-up/done");
    let link = mailed(app, email, "/confirm/").await;
    browser.post(&link, &[]).await.expect(StatusCode::SEE_OTHER);
    sign_in(&mut browser, email, PASSWORD).await.expect(StatusCode::SEE_OTHER);
    browser
}

async fn sign_in(browser: &mut Browser, email: &str, password: &str) -> Page {
    browser.post("/sign-in", &[("email", email), ("password", password)]).await
}

both_databases!(a_person_joins_confirms_and_signs_in, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = app.visitor();
    browser.get("/sign-up/done").await.expect(StatusCode::OK).says("메일을 확인해 주세요");
    let page = fill_sign_up(
        &mut browser,
        "hana@example.test",
        &[("terms", "yes"), ("privacy", "yes"), ("marketing", "yes")],
    )
    .await;
    assert_eq!(page.expect(StatusCode::SEE_OTHER).location(), "/sign-up/done");
    let link = mailed(&app, "hana@example.test", "/confirm/").await;
    for _ in 0..3 {
        browser.get(&link).await.expect(StatusCode::OK).says("확인하고 가입 마치기");
    }
    let early = sign_in(&mut browser, "hana@example.test", PASSWORD).await;
    assert_eq!(early.location(), "/sign-up/done?again=1", "looking at the link proves nothing");
    let page = browser.post(&link, &[]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(page.location(), "/sign-in?done=confirmed");
    browser.get(&link).await.expect(StatusCode::GONE).says("더 쓸 수 없어요");
    browser.get("/confirm/guess").await.expect(StatusCode::NOT_FOUND);
    let page = browser
        .post(
            "/sign-in",
            &[("email", "hana@example.test"), ("password", PASSWORD), ("next", "/account/devices")],
        )
        .await;
    assert_eq!(page.location(), "/account/devices");
    let cookie = page.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && cookie.contains("Path=/"),
        "{cookie}"
    );
    let page = browser.get("/account/devices").await.expect(StatusCode::OK).says("이 기기");
    assert_eq!(page.headers[header::CACHE_CONTROL], "private, no-store");
    browser.get("/account").await.expect(StatusCode::OK).says("김하나").says("hana@example.test");
});

both_databases!(a_wrong_form_comes_back_with_what_was_typed, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = app.visitor();
    let page = fill_sign_up(&mut browser, "홍길동@예시.한국", &[("marketing", "yes")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    let page = page
        .says("role=\"alert\"")
        .says("href=\"#email\"")
        .says("href=\"#terms\"")
        .says("로마자로 된 주소")
        .says("홍길동@예시.한국")
        .says("김하나");
    assert!(!page.body.contains(PASSWORD), "a password is never sent back");
    assert_eq!(page.body.matches(" checked").count(), 1, "only what was ticked is ticked");
    let fresh = browser.get("/sign-up").await;
    assert!(!fresh.body.contains(" checked"), "no consent is ticked beforehand");
    assert!(!fresh.body.contains("demo"), "no hint at demo accounts");
    browser.get("/en/sign-up").await.expect(StatusCode::OK).says("Join").says("action=\"/en/sign-up\"");
    let foreign = browser.post("/sign-up", &[("name", "x")]).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(foreign.headers[header::CACHE_CONTROL], "private, no-store");
});

both_databases!(known_and_unknown_addresses_look_the_same, |db: Db| async move {
    let app = TestApp::new(db);
    join(&app, "known@example.test").await;
    let mut browser = app.visitor();
    let (known, unknown) = (
        sign_in(&mut browser, "known@example.test", "wrong passphrase").await,
        sign_in(&mut browser, "nobody@example.test", "wrong passphrase").await,
    );
    assert_eq!(
        (known.status, unknown.status),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
    );
    assert!(
        known.body.contains("이메일이나 비밀번호가 달라요")
            && unknown.body.contains("이메일이나 비밀번호가 달라요")
    );
    assert!(known.headers.get(header::SET_COOKIE).is_none());
    let again =
        fill_sign_up(&mut browser, "known@example.test", &[("terms", "yes"), ("privacy", "yes")]).await;
    assert_eq!(again.expect(StatusCode::SEE_OTHER).location(), "/sign-up/done");
    for email in ["known@example.test", "nobody@example.test"] {
        let idem = browser.get("/reset").await.idem();
        let page =
            browser.post("/reset", &[("email", email), ("idem", &idem)]).await.expect(StatusCode::SEE_OTHER);
        assert_eq!(page.location(), "/reset?sent=1");
    }
    browser.get("/reset?sent=1").await.expect(StatusCode::OK).says("링크를 보냈어요");
});

both_databases!(guessing_ends_with_a_time_to_come_back, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = app.visitor();
    for _ in 0..10 {
        sign_in(&mut browser, "hana@example.test", "wrong passphrase")
            .await
            .expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let page = sign_in(&mut browser, "hana@example.test", "wrong passphrase")
        .await
        .expect(StatusCode::TOO_MANY_REQUESTS)
        .says("메일로 비밀번호를 새로 정하면")
        .says("value=\"hana@example.test\"");
    assert!(!page.body.contains("wrong passphrase") && page.body.contains("name=\"password\""));
    assert!(page.headers[header::RETRY_AFTER].to_str().unwrap().parse::<u32>().unwrap() > 0);
    let english = browser
        .post("/en/sign-in", &[("email", "hana@example.test"), ("password", "x"), ("next", "/basket")])
        .await
        .expect(StatusCode::TOO_MANY_REQUESTS)
        .says("or set a new one by mail");
    assert!(english.says("value=\"/basket\"").body.contains(" min"), "minutes, not seconds");
});

both_databases!(whoever_joins_too_often_keeps_what_was_typed, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = app.visitor();
    let consents = [("terms", "yes"), ("privacy", "yes"), ("marketing", "yes")];
    for _ in 0..5 {
        fill_sign_up(&mut browser, "hana@example.test", &consents).await.expect(StatusCode::SEE_OTHER);
    }
    let page = fill_sign_up(&mut browser, "hana@example.test", &consents)
        .await
        .expect(StatusCode::TOO_MANY_REQUESTS)
        .says("이 주소로 메일을 여러 번 보냈어요")
        .says("value=\"김하나\"")
        .says("value=\"hana@example.test\"");
    assert!(page.headers.contains_key(header::RETRY_AFTER));
    assert!(!page.body.contains(PASSWORD), "a password is never sent back");
    assert_eq!(page.body.matches("checked").count(), 3, "{}", page.body);
    let again = [("email", "hana@example.test"), ("idem", &*page.idem())];
    for _ in 0..5 {
        browser.post("/sign-up/done", &again).await.expect(StatusCode::SEE_OTHER);
    }
    browser
        .post("/en/sign-up/done", &again)
        .await
        .expect(StatusCode::TOO_MANY_REQUESTS)
        .says("Several mails went to this address");
});

both_databases!(a_form_without_its_key_comes_back_to_be_sent_again, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = app.visitor();
    let fields =
        [("name", "김하나"), ("email", "hana@example.test"), ("password", PASSWORD), ("terms", "yes")];
    for key in [None, Some(""), Some("zzz")] {
        let mut sent = fields.to_vec();
        sent.extend([("privacy", "yes")].into_iter().chain(key.map(|key| ("idem", key))));
        let page = browser
            .post("/sign-up", &sent)
            .await
            .expect(StatusCode::UNPROCESSABLE_ENTITY)
            .says("양식이 오래됐어요. 다시 보내 주세요.")
            .says("value=\"김하나\"");
        assert_ne!(page.idem(), "");
        browser
            .post("/en/sign-up", &sent)
            .await
            .expect(StatusCode::UNPROCESSABLE_ENTITY)
            .says("This form is out of date. Please send it again.");
        // what came back can be sent
        sent.retain(|(name, _)| *name != "idem");
        let idem = page.idem();
        sent.push(("idem", &idem));
        browser.post("/sign-up", &sent).await.expect(StatusCode::SEE_OTHER);
    }
});

both_databases!(a_forgotten_password_is_replaced_once, |db: Db| async move {
    let app = TestApp::new(db);
    let mut signed_in = join(&app, "hana@example.test").await;
    let mut browser = app.visitor();
    let idem = browser.get("/reset").await.idem();
    browser.post("/reset", &[("email", "hana@example.test"), ("idem", &idem)]).await;
    let link = mailed(&app, "hana@example.test", "/reset/").await;
    let page = browser.get(&link).await.expect(StatusCode::OK);
    assert_eq!(page.headers[header::REFERRER_POLICY], "no-referrer");
    browser
        .post(&link, &[("new_password", "short")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("10자 이상");
    browser.post(&link, &[("new_password", "another long passphrase")]).await.expect(StatusCode::SEE_OTHER);
    browser.post(&link, &[("new_password", "yet another passphrase")]).await.expect(StatusCode::GONE);
    signed_in.get("/account").await.expect(StatusCode::SEE_OTHER);
    sign_in(&mut browser, "hana@example.test", "another long passphrase").await.expect(StatusCode::SEE_OTHER);
});

both_databases!(only_our_own_addresses_are_next, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = join(&app, "hana@example.test").await;
    for next in ["https://evil.test/", "//evil.test", "/\\evil.test", "javascript:alert(1)"] {
        let page = browser
            .post("/sign-in", &[("email", "hana@example.test"), ("password", PASSWORD), ("next", next)])
            .await;
        assert_eq!(page.expect(StatusCode::SEE_OTHER).location(), "/", "{next}");
    }
    let page = app.visitor().get("/account?x=1").await.expect(StatusCode::SEE_OTHER);
    assert_eq!(page.location(), "/sign-in?next=%2Faccount%3Fx%3D1");
});

both_databases!(a_person_looks_after_the_own_data, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = join(&app, "hana@example.test").await;
    let profile = [("name", "김 둘"), ("phone", "031-123-4567"), ("company", ""), ("lang", "ko")];
    browser.post("/account", &profile).await.expect(StatusCode::SEE_OTHER);
    browser.get("/account?done=1").await.says("저장했어요").says("김 둘").says("031-123-4567");
    browser
        .post("/account", &[("name", ""), ("phone", "abc"), ("lang", "xx")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("전화번호를 확인해 주세요");
    browser
        .post("/account/privacy", &[("kind", "marketing"), ("granted", "yes")])
        .await
        .expect(StatusCode::SEE_OTHER);
    browser
        .post("/account/privacy", &[("kind", "terms"), ("granted", "no")])
        .await
        .expect(StatusCode::CONFLICT);
    browser.post("/account/privacy", &[("kind", "nonsense")]).await.expect(StatusCode::NOT_FOUND);
    browser
        .get("/account/privacy")
        .await
        .expect(StatusCode::OK)
        .says("동의 거두기")
        .says(market::accounts::model::CONSENT_VERSION);
    let file =
        browser.post("/account/privacy/export", &[]).await.expect(StatusCode::OK).says("hana@example.test");
    assert_eq!(file.headers[header::CONTENT_TYPE], "application/json; charset=utf-8");
    let idem = browser.get("/account/password").await.expect(StatusCode::OK).idem();
    let passwords = [("current_password", "not this one"), ("new_password", "another long passphrase")];
    let wrong =
        browser.post("/account/password", &[passwords[0], passwords[1], ("idem", idem.as_str())]).await;
    wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).says("비밀번호가 달라요");
    let (_, mut other) = app.person("lee").await;
    let theirs = other.get("/account/devices").await.expect(StatusCode::OK);
    assert!(!theirs.body.contains("name=\"session\""), "the own device has no button");
    sign_in(&mut app.visitor(), "hana@example.test", PASSWORD).await;
    let session = browser.get("/account/devices").await.input("session");
    other.post("/account/devices", &[("session", &session)]).await.expect(StatusCode::NOT_FOUND);
    other.post("/account/devices", &[("session", "x")]).await.expect(StatusCode::NOT_FOUND);
    browser.post("/account/devices", &[("session", &session)]).await.expect(StatusCode::SEE_OTHER);
});

both_databases!(a_person_signs_out_and_leaves, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = join(&app, "hana@example.test").await;
    let mut copy = browser.clone();
    browser.post("/sign-out", &[]).await.expect(StatusCode::SEE_OTHER);
    browser.post("/sign-out", &[]).await.expect(StatusCode::SEE_OTHER);
    copy.get("/account").await.expect(StatusCode::SEE_OTHER);
    sign_in(&mut browser, "hana@example.test", PASSWORD).await.expect(StatusCode::SEE_OTHER);
    browser.get("/account/withdraw").await.expect(StatusCode::OK).says("되돌릴 수 없습니다");
    browser
        .post("/account/withdraw", &[("password", "wrong passphrase")])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    let page =
        browser.post("/account/withdraw", &[("password", PASSWORD)]).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(page.location(), "/sign-in?done=closed");
    sign_in(&mut browser, "hana@example.test", PASSWORD).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
});

both_databases!(visitors_are_asked_to_sign_in_first, |db: Db| async move {
    let app = TestApp::new(db);
    let mut browser = app.visitor();
    for path in ["/account", "/account/password", "/account/devices", "/account/privacy", "/account/withdraw"]
    {
        let page = browser.get(path).await.expect(StatusCode::SEE_OTHER);
        assert!(page.location().starts_with("/sign-in?next="), "{path}");
        let page = browser.post(path, &[]).await.expect(StatusCode::SEE_OTHER);
        assert!(page.location().starts_with("/sign-in?next="), "{path}");
    }
});

both_databases!(the_command_line_makes_the_first_admin, |db: Db| async move {
    let app = TestApp::new(db);
    assert!(server::admin::create(&app.test.market, "nonsense", "").await.unwrap_err().contains("--email"));
    let said = server::admin::create(&app.test.market, "root@example.test", "관리자").await.unwrap();
    let (_, path) = said.split_once("http://127.0.0.1:3000").expect("a link");
    let mut browser = app.visitor();
    browser.post(path, &[("new_password", "another long passphrase")]).await.expect(StatusCode::SEE_OTHER);
    sign_in(&mut browser, "root@example.test", "another long passphrase").await.expect(StatusCode::SEE_OTHER);
    browser.get("/account").await.expect(StatusCode::OK).says("/desk");
});
