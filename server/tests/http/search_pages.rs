//! What people see of search: conditions in their words, ranges, ways on where nothing is found, and what hostile
//! addresses get.

use app::page::encode;
use http::StatusCode;
use market::accounts::access::{PlatformRole, VendorRole};
use market::both_databases;
use market::db::Db;
use market::search::{SearchQuery, service};

use crate::browser::{Browser, Page};
use crate::public::{VENDOR, run, stock};
use crate::search_order::change;
use crate::testapp::TestApp;

async fn search(browser: &mut Browser, words: &str, more: &str) -> Page {
    browser.get(&format!("/search?q={}{more}", encode(words))).await
}

both_databases!(conditions_in_the_words_become_filters_that_can_be_taken_away, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 3).await;
    let mut browser = app.visitor();
    let page = search(&mut browser, "경기 볼트 1만원 이하", "").await.expect(StatusCode::OK);
    let page = page.says("제품 3개").says("검색어에서").says("단가 10,000원 이하");
    let without = format!("/search?q={}", encode("볼트 1만원 이하"));
    let page = page.says(&without).says(&format!("/search?q={}", encode("경기 볼트")));
    page.says("literal=1");
    let page = search(&mut browser, "부산 볼트", "").await.expect(StatusCode::OK);
    page.says("‘부산’ 조건에 맞는 제품이 없어서").says("/listings/bolt-");
    let page = search(&mut browser, "부산 볼트", "&region=seoul").await.expect(StatusCode::OK);
    page.says("함께 있을 수 없는 조건이에요").says("아직 없어요");
    search(&mut browser, "가격 협의 볼트 5만원 이하", "").await.says("가격 범위와 함께 쓸 수 없어요");
    let english = browser.get("/en/search?q=bolt+under+10%2C000+won").await.expect(StatusCode::OK);
    english.says("From your words:").says("9,999 KRW or less");
});

both_databases!(ranges_have_two_ends_and_both_may_be_open, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 3).await;
    let mut browser = app.visitor();
    search(&mut browser, "볼트", "&price_max=100").await.says("제품 3개").says("단가 100원 이하");
    search(&mut browser, "볼트", "&price_min=100").await.says("아직 없어요").says("조건 없이 3개 보기");
    search(&mut browser, "볼트", "&price_min=90&price_max=1%2C000").await.says("단가 90–1,000원");
    search(&mut browser, "볼트", "&price_min=9&price_max=1").await.says("범위의 시작이 끝보다 커요");
    search(&mut browser, "볼트", "&moq=500&lead=2").await.says("제품 3개");
    for absurd in ["&price_min=-1", "&moq=1e9", "&lead=99999999999999999999999", "&price_max=%EA%B0%80"] {
        search(&mut browser, "볼트", absurd).await.expect(StatusCode::OK).says("제품 3개");
    }
});

both_databases!(nothing_found_is_not_the_end, |db: Db| async move {
    let app = TestApp::new(db);
    let (vendor, _) = stock(&app, 1).await;
    let mut browser = app.visitor();
    let page = search(&mut browser, "M9 너트", "").await.expect(StatusCode::OK);
    page.says("견적 요청 올리기").says("/rfqs/new?q=M9").says("가까운 분류");
    search(&mut browser, "가온벼리", "").await.says("이름이 비슷한 공급사").says("/vendors/gaon");
    run(&app, "UPDATE vendors SET state = 'suspended' WHERE id = $1", vendor).await;
    let page = search(&mut browser, "가온벼리", "").await.expect(StatusCode::OK);
    assert!(!page.body.contains("/vendors/gaon"));
});

both_databases!(a_forged_cursor_is_refused_with_a_way_on, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 1).await;
    let mut browser = app.visitor();
    for address in ["/search?q=a&cursor=forged", "/categories/hex-bolts?cursor=00", "/search?cursor=%00%FF"] {
        browser.get(address).await.expect(StatusCode::BAD_REQUEST).says("첫 쪽부터 보기");
    }
});

both_databases!(naughty_strings_are_only_words, |db: Db| async move {
    let list: Vec<String> = serde_json::from_str(include_str!("../fixtures/hostile/blns.json")).unwrap();
    let app = TestApp::new(db);
    stock(&app, 2).await;
    let mut browser = app.visitor();
    for text in list.iter().filter(|text| text.len() < 2_000) {
        for address in [
            format!("/search?q={}", encode(text)),
            format!("/search?q=a&region={0}&category={0}&price_min={0}&badge={0}&sort={0}", encode(text)),
            format!("/search?q=a&cursor={}", encode(text)),
        ] {
            let page = browser.get(&address).await;
            let shown = page.status == StatusCode::OK
                || page.status == StatusCode::SEE_OTHER
                || (address.contains("cursor=") && page.status == StatusCode::BAD_REQUEST);
            assert!(shown, "{address}: {}", page.status);
            assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{address}");
        }
    }
});

both_databases!(the_parts_of_a_score_are_for_curators_alone, |db: Db| async move {
    let app = TestApp::with_engine(db, "explain");
    let (vendor, _) = stock(&app, 3).await;
    let (_, mut curator) = app.team_member("curator", PlatformRole::Curator).await;
    let page = search(&mut curator, "볼트", "&explain=1").await.expect(StatusCode::OK);
    for part in ["words", "numbers", "region", "freshness", "answered", "completeness", "brevity", "total"] {
        assert_eq!(page.body.matches(&format!("{part} ")).count(), 3, "{part}: once for each listing");
    }
    let plain = search(&mut curator, "볼트", "").await.expect(StatusCode::OK);
    assert!(!plain.body.contains("freshness"), "only where they are asked for");
    let (_, buyer) = app.person("buyer").await;
    let (_, maker) = app.colleague("maker", vendor, VendorRole::Owner).await;
    // after the curator, so that nothing kept for them is shown to others
    for (who, mut browser) in [("a visitor", app.visitor()), ("a buyer", buyer), ("a vendor", maker)] {
        for more in ["&explain=1", "&explain=1&sort=new", "&explain=true", "&explain=1&literal=1"] {
            let page =
                search(&mut browser, "볼트", more).await.expect(StatusCode::OK).says("/listings/bolt-");
            for part in ["freshness", "brevity", "words 1", "total 1"] {
                assert!(!page.body.contains(part), "{who} sees {part} with {more}");
            }
        }
    }
});

both_databases!(results_are_counted_exactly_up_to_a_thousand, |db: Db| async move {
    let app = TestApp::with_engine(db, "counted");
    let (_, ids) = stock(&app, 1_001).await;
    let mut browser = app.visitor();
    for words in ["육각볼트", ""] {
        search(&mut browser, words, "").await.expect(StatusCode::OK).says("제품 1,000+개");
    }
    change(&app, "UPDATE listings SET state = 'hidden' WHERE id = $1", ids[0]).await;
    for words in ["육각볼트", ""] {
        let page = search(&mut browser, words, "").await.expect(StatusCode::OK).says("제품 1,000개");
        assert!(!page.body.contains("1,000+"));
    }
    change(&app, "UPDATE listings SET state = 'hidden' WHERE id = $1", ids[1]).await;
    search(&mut browser, "육각볼트", "").await.says("제품 999개");
    search(&mut browser, "육각볼트", "&page=50").await.expect(StatusCode::OK).says("/listings/bolt-");
});

const MOVE: &str = "UPDATE listings SET vendor_id = $2 WHERE id = $1";

// 대전 is a city, and 대전방지 keeps charges away; 대구 is one, and 대구포 a dried cod: what titles of several vendors write
// as one is no condition.
both_databases!(a_region_inside_an_expression_of_titles_is_no_condition, |db: Db| async move {
    let app = TestApp::with_engine(db, "homonym");
    let (_, ids) = stock(&app, 6).await;
    let cx = app.test.market.system();
    let other = cx.new_id();
    let mut tx = cx.write().await.unwrap();
    market::execute!(tx, VENDOR, other, "other", "1234567892", cx.now()).unwrap();
    for id in [ids[1], ids[3]] {
        market::execute!(tx, MOVE, id, other).unwrap();
    }
    tx.commit().await.unwrap();
    change(&app, "UPDATE listings SET title_ko = '대전방지 고무 매트' WHERE id = $1", ids[0]).await;
    change(&app, "UPDATE listings SET title_ko = '대구 포 선물 세트' WHERE id = $1", ids[1]).await;
    change(&app, "UPDATE listings SET title_ko = '대구포 말린 것' WHERE id = $1", ids[2]).await;
    change(&app, "UPDATE listings SET title_en = 'Busan type anchor' WHERE id = $1", ids[3]).await;
    change(&app, "UPDATE listings SET title_en = 'Anchor, Busan type' WHERE id = $1", ids[4]).await;
    // of one vendor: its own town, its own name
    change(
        &app,
        "UPDATE listings SET title_ko = '부산 그릇', title_en = 'Busan valve' WHERE id = $1",
        ids[5],
    )
    .await;
    let mut browser = app.visitor();
    for (words, slug) in [
        ("대전 방지 매트", "bolt-0"),
        ("매트 대전 방지", "bolt-0"),
        ("대구 포 세트", "bolt-1"),
        ("Busan type anchor", "bolt-4"),
    ] {
        let page = search(&mut browser, words, "").await.expect(StatusCode::OK);
        let page = page.says(&format!("/listings/{slug}"));
        assert!(!page.body.contains("검색어에서") && !page.body.contains("조건에 맞는"), "{words}");
    }
    for words in ["대전 매트", "대전에서 방지 매트", "대구 볼트", "부산 그릇", "Busan valve"]
    {
        let page = search(&mut browser, words, "").await.expect(StatusCode::OK);
        page.says("조건에 맞는 제품이 없어서");
    }
    // as soon as titles of one vendor alone may be seen that write it so, it is the city again
    change(&app, "UPDATE listings SET state = 'hidden' WHERE id = $1", ids[2]).await;
    search(&mut browser, "대구 포 세트", "").await.says("검색어에서");
});

// A page whose conditions were dropped goes on without them, and a cursor that nobody made is refused all the same.
both_databases!(what_is_shown_without_its_conditions_goes_on_so, |db: Db| async move {
    let app = TestApp::with_engine(db, "goes-on");
    stock(&app, 3).await;
    let cx = app.test.visitor();
    let mut query = SearchQuery { text: "부산 육각볼트".into(), size: 1, ..SearchQuery::default() };
    let mut seen = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let found = service::search(&cx, query.clone()).await.unwrap();
        assert!(found.conditions_dropped && !found.bad_cursor, "{:?}", query.cursor);
        seen.extend(found.cards.iter().map(|card| card.slug.clone()));
        query.cursor = found.next;
    }
    assert_eq!((seen.len(), query.cursor), (3, None));
    let forged =
        SearchQuery {
            text: "부산 육각볼트".into(), cursor: Some("00".into()), ..SearchQuery::default()
        };
    assert!(service::search(&cx, forged).await.unwrap().bad_cursor);
});

both_databases!(without_the_engine_words_left_out_are_named, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 23).await;
    app.test.search.set_away(true);
    let mut browser = app.visitor();
    let page = search(&mut browser, "육각볼트 M8 20 1 급한것 좋은것", "").await.expect(StatusCode::OK);
    page.says("지금은 간단한 검색만 돼요").says("‘급한것 좋은것’ 없이 찾았어요").says("/listings/bolt-1");
    let behind = search(&mut browser, "육각볼트", "&page=9").await;
    assert_eq!(
        (behind.status, behind.location()),
        (StatusCode::SEE_OTHER, "/search?q=%EC%9C%A1%EA%B0%81%EB%B3%BC%ED%8A%B8&page=2")
    );
});

/// Addresses of the listings of a page, in order.
fn shown(page: &Page) -> Vec<String> {
    let mut seen = Vec::new();
    for rest in page.body.split("href=\"/listings/").skip(1) {
        let slug = rest.split(['"', '?', '/', '#']).next().unwrap().to_owned();
        if !seen.contains(&slug) {
            seen.push(slug);
        }
    }
    seen
}

fn next_link(page: &Page) -> String {
    let link = page.body.split("rel=\"next\" href=\"").nth(1).expect("a next page");
    link.split('"').next().unwrap().replace("&amp;", "&")
}

const HIDE: &str = "UPDATE listings SET state = 'hidden' WHERE id = $1";

both_databases!(the_next_page_goes_on_where_this_one_ended, |db: Db| async move {
    let app = TestApp::with_engine(db, "next-page");
    let (_, ids) = stock(&app, 45).await;
    let mut browser = app.visitor();
    let first = search(&mut browser, "볼트", "").await.expect(StatusCode::OK);
    let whole = [
        &first,
        &search(&mut browser, "볼트", "&page=2").await,
        &search(&mut browser, "볼트", "&page=3").await,
    ]
    .map(shown)
    .concat();
    assert_eq!(whole.len(), 45);
    let next = next_link(&first);
    assert!(next.contains("cursor=") && next.contains("page=2"), "{next}");
    // two that were read are taken down, and two that come later
    for place in [3, 4, 22, 41] {
        let number: usize = whole[place].strip_prefix("bolt-").unwrap().parse().unwrap();
        run(&app, HIDE, ids[number]).await;
        let mut tx = app.test.market.db().write().await.unwrap();
        market::catalog::changes::note(&app.test.market.system(), &mut tx, ids[number]).await.unwrap();
        tx.commit().await.unwrap();
    }
    market::search::feed::catch_up(&app.test.market).await.unwrap();
    let second = browser.get(&next).await.expect(StatusCode::OK).says("aria-current=\"page\">2<");
    let third = browser.get(&next_link(&second)).await.expect(StatusCode::OK);
    let left = |from: usize| whole[from..].iter().filter(|slug| **slug != whole[22] && **slug != whole[41]);
    assert_eq!([shown(&second), shown(&third)].concat(), left(20).cloned().collect::<Vec<_>>());
    // a place nobody made, and one behind which nothing is left: the page of that number
    let numbered = format!("/search?q={}&page=2", encode("볼트"));
    let forged = browser.get(&format!("/search?q={}&cursor=00&page=2", encode("볼트"))).await;
    assert_eq!((forged.status, forged.location()), (StatusCode::SEE_OTHER, &*numbered));
});
