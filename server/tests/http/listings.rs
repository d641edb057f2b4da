//! A vendor's list and the editor, through the pages.

use http::{StatusCode, header};
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::testapp::TestApp;

const NEW_VENDOR: &str = "INSERT INTO vendors (id, slug, business_number, state, name_ko, name_en, representative, region, address, phone, email, \
    intro_ko, intro_en, registry_status, created_at, updated_at, version) \
    VALUES ($1, $2, $2, 'approved', $2, $2, '', '11', '', '', '', '', '', 'active', $3, $3, 1)";

async fn company(app: &TestApp, name: &str) -> Browser {
    let cx = app.test.market.system();
    let id = cx.new_id();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, NEW_VENDOR, id, name, cx.now()).unwrap();
    tx.commit().await.unwrap();
    app.colleague(name, id, VendorRole::Owner).await.1
}

/// Begins a product and gives its address.
async fn begin(browser: &mut Browser, title: &str) -> String {
    let idem = browser.get("/vendor/listings/new").await.expect(StatusCode::OK).idem();
    let fields = [("title_ko", title), ("idem", idem.as_str())];
    let page = browser.post("/vendor/listings/new", &fields).await.expect(StatusCode::SEE_OTHER);
    let again = browser.post("/vendor/listings/new", &fields).await.expect(StatusCode::SEE_OTHER);
    assert_eq!(page.location(), again.location(), "a double click begins one product");
    page.location().to_owned()
}

fn filled<'a>(keys: &'a [String; 3], act: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("idem", keys[0].as_str()),
        ("version", keys[1].as_str()),
        ("revision", keys[2].as_str()),
        ("act", act),
        ("category", "fasteners.bolts.hex"),
        ("title_ko", "육각볼트 M8×20"),
        ("title_en", "Hex bolt M8×20"),
        ("spec-name-ko-0", "나사"),
        ("spec-value-0", "M8"),
        ("spec-unit-0", ""),
        ("spec-name-en-0", "Thread"),
        ("price_kind", "public"),
        ("price", "1,270"),
        ("unit", "개"),
        ("moq", "500"),
        ("description_ko", "아연도금한 육각볼트입니다. 100개씩 포장해요."),
    ];
    for (name, value) in more {
        fields.retain(|(other, _)| other != name);
        fields.push((name, value));
    }
    fields
}

async fn send(browser: &mut Browser, address: &str, act: &str, more: &[(&str, &str)]) -> Page {
    let page = browser.get(address).await.expect(StatusCode::OK);
    let keys = [page.idem(), page.input("version"), page.input("revision")];
    browser.post(address, &filled(&keys, act, more)).await
}

fn multipart(name: &str, bytes: &[u8]) -> Vec<u8> {
    several(&[(name, bytes)])
}

fn several(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, bytes) in files {
        let head = format!(
            "--XX\r\nContent-Disposition: form-data; name=\"images\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
        );
        body.extend_from_slice(&[head.as_bytes(), bytes, b"\r\n"].concat());
    }
    body.extend_from_slice(b"--XX--\r\n");
    body
}

both_databases!(a_product_is_written_sent_and_published, |db: Db| async move {
    let app = TestApp::new(db);
    let mut vendor = company(&app, "gaon").await;
    vendor.get("/vendor/listings").await.expect(StatusCode::OK).says("올린 제품이 아직 없어요");
    let address = begin(&mut vendor, "육각볼트").await;
    let page =
        send(&mut vendor, &address, "submit", &[("price", "천이백칠십"), ("title_ko", &"가".repeat(61))])
            .await;
    let page = page
        .expect(StatusCode::UNPROCESSABLE_ENTITY)
        .says("href=\"#price\"")
        .says("href=\"#title_ko\"")
        .says("천이백칠십");
    assert!(page.body.contains(&"가".repeat(61)), "what was typed is kept");
    let page = send(&mut vendor, &address, "save", &[]).await.expect(StatusCode::SEE_OTHER);
    vendor.get(page.location()).await.expect(StatusCode::OK).says("저장했어요").says("value=\"1270\"");
    vendor.get(&format!("{address}/preview")).await.expect(StatusCode::OK).says("1,270").says("나사");
    send(&mut vendor, &address, "submit", &[]).await.expect(StatusCode::SEE_OTHER);
    vendor.get(&address).await.expect(StatusCode::OK).says("심사 중이라 고칠 수 없어요");
    let id = Uuid::parse_str(address.rsplit('/').next().unwrap()).unwrap();
    let (curator, _) = app.team_member("curator", PlatformRole::Curator).await;
    market::catalog::decisions::approve(&app.test.as_person(curator).await, id, None, None).await.unwrap();
    vendor
        .get("/vendor/listings?state=published")
        .await
        .expect(StatusCode::OK)
        .says("육각볼트 M8×20")
        .says("홍보 중");
    let page = send(&mut vendor, &address, "submit", &[("title_ko", "육각볼트 M8×25")])
        .await
        .expect(StatusCode::SEE_OTHER);
    vendor
        .get(page.location())
        .await
        .expect(StatusCode::OK)
        .says("고친 내용이 심사 중이에요")
        .says("육각볼트 M8×25");
    vendor.get(&format!("/en{address}")).await.expect(StatusCode::OK).says("An edit is in review");
    vendor.post(&address, &[("act", "withdraw-revision")]).await.expect(StatusCode::SEE_OTHER);
    vendor.post(&address, &[("act", "renew")]).await.expect(StatusCode::CONFLICT).says("14일 전부터");
    assert_eq!(
        vendor.post(&address, &[("act", "archive")]).await.expect(StatusCode::SEE_OTHER).location(),
        "/vendor/listings"
    );
});

both_databases!(two_tabs_meet_and_nothing_is_lost, |db: Db| async move {
    let app = TestApp::new(db);
    let mut vendor = company(&app, "gaon").await;
    let address = begin(&mut vendor, "육각볼트").await;
    let old = vendor.get(&address).await;
    let keys = [old.idem(), old.input("version"), old.input("revision")];
    send(&mut vendor, &address, "save", &[("title_ko", "먼저 저장한 이름")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let page = vendor
        .post(&address, &filled(&keys, "save", &[("title_ko", "나중 이름")]))
        .await
        .expect(StatusCode::CONFLICT);
    let page = page.says("먼저 저장한 이름").says("나중 이름");
    let keys = [page.idem(), page.input("version"), page.input("revision")];
    vendor
        .post(&address, &filled(&keys, "save", &[("title_ko", "나중 이름")]))
        .await
        .expect(StatusCode::SEE_OTHER);
    vendor.get(&address).await.says("나중 이름");
});

both_databases!(the_form_works_without_script, |db: Db| async move {
    let app = TestApp::new(db);
    let mut vendor = company(&app, "gaon").await;
    let address = begin(&mut vendor, "육각볼트").await;
    let page = send(&mut vendor, &address, "add-spec", &[("title_ko", "아직 저장하지 않은 이름")])
        .await
        .expect(StatusCode::OK);
    page.says("아직 저장하지 않은 이름").says("name=\"spec-value-3\"");
    let page = send(&mut vendor, &address, "find-category", &[("category-q", "압력 센서")])
        .await
        .expect(StatusCode::OK);
    page.says("automation.sensor.pressure").says("찾았어요");
    // what was chosen stays chosen, also when it is not among what was found
    let chosen = [("category-q", "압력 센서"), ("category", "fasteners.bolts.hex")];
    let page = send(&mut vendor, &address, "find-category", &chosen).await.expect(StatusCode::OK);
    page.says("automation.sensor.pressure").says("value=\"fasteners.bolts.hex\" selected");
    let found = vendor.get("/api/categories?q=hex%20bolt&lang=en").await.expect(StatusCode::OK);
    assert!(
        found.body.contains("\"fasteners.bolts.hex\"") && found.body.contains("Hex bolts"),
        "{}",
        found.body
    );
});

both_databases!(autosave_answers_in_json, |db: Db| async move {
    let app = TestApp::new(db);
    let mut vendor = company(&app, "gaon").await;
    let address = begin(&mut vendor, "육각볼트").await;
    let api = format!("/api/listings/{}/autosave", address.rsplit('/').next().unwrap());
    let body = r#"{"version":"1","title_ko":"육각볼트 M10","moq":"많이","price_kind":"negotiable"}"#;
    let saved = vendor.post_raw(&api, "application/json", body.into()).await.expect(StatusCode::OK);
    let answer: serde_json::Value = serde_json::from_str(&saved.body).unwrap();
    assert_eq!(answer["version"], 2);
    assert!(answer["message"].as_str().unwrap().contains("저장했어요 · 1곳"), "{answer}");
    assert!(answer["advice"].as_str().unwrap().contains("잘 찾아지는 정도"));
    // the same again, because the answer got lost
    let again = vendor.post_raw(&api, "application/json", body.into()).await.expect(StatusCode::OK);
    let again: serde_json::Value = serde_json::from_str(&again.body).unwrap();
    assert_eq!(again["version"], 2);
    let told = |page: crate::browser::Page, error: &str, ko: &str, en: &str| {
        let answer: serde_json::Value = serde_json::from_str(&page.body).unwrap();
        assert_eq!(answer["error"], error);
        assert!(answer["ko"].as_str().unwrap().contains(ko), "{answer}");
        assert!(answer["en"].as_str().unwrap().contains(en), "{answer}");
    };
    let other = r#"{"version":"1","title_ko":"육각볼트 M12","price_kind":"negotiable"}"#;
    let stale = vendor.post_raw(&api, "application/json", other.into()).await.expect(StatusCode::CONFLICT);
    told(stale, "stale_version", "다른 창에서 먼저 저장했어요", "Saved elsewhere first");
    vendor.post_raw(&api, "application/json", b"{".to_vec()).await.expect(StatusCode::BAD_REQUEST);
    let mut stranger = company(&app, "nuri").await;
    let gone = stranger.post_raw(&api, "application/json", body.into()).await.expect(StatusCode::NOT_FOUND);
    told(gone, "not_found", "이 제품을 더 고칠 수 없어요", "can no longer be edited");
    let out = app.visitor().post_raw(&api, "application/json", body.into()).await;
    told(
        out.expect(StatusCode::UNAUTHORIZED),
        "not_signed_in",
        "다시 로그인",
        "Sign in again in another tab",
    );
    send(&mut vendor, &address, "archive", &[]).await.expect(StatusCode::SEE_OTHER);
    let moved = vendor.post_raw(&api, "application/json", other.into()).await.expect(StatusCode::CONFLICT);
    told(moved, "listing_state", "상태가 바뀐 제품이라", "has moved on");
});

both_databases!(one_refused_picture_keeps_no_other_from_being_taken, |db: Db| async move {
    let app = TestApp::new(db);
    let mut vendor = company(&app, "gaon").await;
    let address = begin(&mut vendor, "육각볼트").await;
    let (upload, kind) = (format!("{address}/images"), "multipart/form-data; boundary=XX");
    let good = |n: u8| vec![n; 10_000];
    let (one, three, five) = (good(1), good(3), good(5));
    let files: [(&str, &[u8]); 5] =
        [("하나.png", &one), ("둘.png", b""), ("셋.png", &three), ("넷.png", b""), ("다섯.png", &five)];
    let page = vendor.post_raw(&upload, kind, several(&files)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    let page = page.says("둘.png: 파일이 비어 있어요").says("넷.png: 파일이 비어 있어요");
    assert_eq!(page.body.matches("data-media=\"").count(), 3, "the good ones are there");
    // a browser sends an empty part for a field in which nothing was chosen
    for nothing in [several(&[("", b"")]), several(&[])] {
        let page = vendor.post_raw(&upload, kind, nothing).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        page.says("올릴 사진을 먼저 골라 주세요");
    }
    let many: Vec<Vec<u8>> = (10..18).map(good).collect();
    let many: Vec<(&str, &[u8])> = many.iter().map(|bytes| ("더.png", bytes.as_slice())).collect();
    let page = vendor.post_raw(&upload, kind, several(&many)).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.says("더.png: 사진은 10장까지 올릴 수 있어요");
});

both_databases!(pictures_come_and_go, |db: Db| async move {
    let app = TestApp::new(db);
    let mut vendor = company(&app, "gaon").await;
    let address = begin(&mut vendor, "육각볼트").await;
    let upload = format!("{address}/images");
    let kind = "multipart/form-data; boundary=XX";
    for n in 0..2_u8 {
        vendor
            .post_raw(&upload, kind, multipart("볼트.png", &vec![n; 900_000]))
            .await
            .expect(StatusCode::SEE_OTHER);
    }
    let page = vendor
        .post_raw(&upload, kind, multipart("빈 파일.png", b""))
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    let page = page.says("빈 파일.png: 파일이 비어 있어요").says("사진 2").says("대표 사진");
    let media = page.body.split("data-media=\"").nth(2).unwrap().split('"').next().unwrap().to_owned();
    let change = format!("{upload}/{media}");
    vendor.post(&change, &[("act", "up")]).await.expect(StatusCode::SEE_OTHER);
    vendor
        .post(&change, &[("act", "describe"), ("alt_ko", "볼트 머리"), ("alt_en", "")])
        .await
        .expect(StatusCode::SEE_OTHER);
    let long = "가".repeat(121);
    vendor
        .post(&change, &[("act", "describe"), ("alt_ko", &long)])
        .await
        .expect(StatusCode::UNPROCESSABLE_ENTITY);
    let page = vendor.get(&address).await.expect(StatusCode::OK).says("alt=\"볼트 머리\"");
    assert_eq!(page.body.split("data-media=\"").nth(1).unwrap().split('"').next().unwrap(), media);
    let hash = page.body.split("/media/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let image = app.visitor().get(&format!("/media/{hash}/640")).await.expect(StatusCode::OK);
    assert_eq!(image.headers[header::CONTENT_TYPE], "image/jpeg");
    assert!(image.headers[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    let image = app.visitor().get(&format!("/media/{hash}/640.webp")).await.expect(StatusCode::OK);
    assert_eq!(image.headers[header::CONTENT_TYPE], "image/webp");
    for wrong in [
        format!("/media/{hash}/641"),
        format!("/media/{hash}/640.png"),
        "/media/../640".into(),
        format!("/media/{}/640", "0".repeat(64)),
    ] {
        app.visitor().get(&wrong).await.expect(StatusCode::NOT_FOUND);
    }
    let api = format!("/api/listings/{}/images/{media}", address.rsplit('/').next().unwrap());
    let refused = vendor.post(&api, &[("act", "describe"), ("alt_ko", &long)]).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).says("\"ko\":\"120자까지");
    vendor.get(&address).await.expect(StatusCode::OK).says("maxlength=\"120\"");
    let answer = vendor.post(&api, &[("act", "remove")]).await.expect(StatusCode::OK);
    assert_eq!(answer.body.matches("data-media").count(), 1, "{}", answer.body);
    let start = [("title_ko", "육각볼트 M10")];
    let page = vendor.post("/vendor/listings/new", &start).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    page.says("양식이 오래됐어요").says("value=\"육각볼트 M10\"");
    let more = [("act", "add-spec"), ("version", "1"), ("title_ko", "육각볼트 M12")];
    vendor.post(&address, &more).await.expect(StatusCode::OK).says("value=\"육각볼트 M12\"");
    // gone now, and what was never a picture of this product
    for foreign in [media.as_str(), "0197c0de-0000-7000-8000-000000000000"] {
        let removed = [("act", "remove")];
        vendor.post(&format!("{upload}/{foreign}"), &removed).await.expect(StatusCode::NOT_FOUND);
        let order = api.replace(&media, "order");
        vendor.post(&order, &[("order", foreign)]).await.expect(StatusCode::NOT_FOUND);
    }
    let mut stranger = company(&app, "nuri").await;
    stranger.post_raw(&upload, kind, multipart("볼트.png", b"x")).await.expect(StatusCode::NOT_FOUND);
    stranger.post(&api, &[("act", "remove")]).await.expect(StatusCode::NOT_FOUND);
    stranger.get(&address).await.expect(StatusCode::NOT_FOUND);
    assert!(
        app.visitor()
            .get(&address)
            .await
            .expect(StatusCode::SEE_OTHER)
            .location()
            .starts_with("/sign-in?next=")
    );
});
