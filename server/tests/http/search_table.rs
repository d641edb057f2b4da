//! Results as a table: what stands in it, how its address travels, and several products put into the basket at once.

use http::StatusCode;
use market::both_databases;
use market::db::{Db, counting_statements};
use uuid::Uuid;

use crate::browser::{Browser, Page};
use crate::public::{run, stock};
use crate::testapp::TestApp;

const TABLE: &str = "/search?q=%EB%B3%BC%ED%8A%B8&view=table";

/// Addresses of links between the header and the footer that begin like this.
fn links<'a>(page: &'a Page, start: &str) -> Vec<&'a str> {
    let main = page.body.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
    let hrefs = main.split(" href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    hrefs.filter(|href| href.starts_with(start)).collect()
}

/// The listings, those first that the first page of the table shows.
async fn in_order(app: &TestApp, ids: &[Uuid]) -> Vec<Uuid> {
    let page = app.visitor().get(TABLE).await.expect(StatusCode::OK);
    let places = links(&page, "/listings/bolt-");
    let number = |href: &str| href["/listings/bolt-".len()..].parse::<usize>().unwrap();
    let mut order: Vec<Uuid> = places.into_iter().map(|href| ids[number(href)]).collect();
    order.extend(ids.iter().filter(|id| !order.contains(id)).copied().collect::<Vec<_>>());
    order
}

/// Boxes that are ticked.
fn ticked(page: &Page) -> usize {
    let boxes = page.body.split("<input type=\"checkbox\" name=\"pick\"").skip(1);
    boxes.filter(|rest| rest.split('>').next().unwrap().contains(" checked")).count()
}

/// Ticks these and presses the button.
async fn pick(browser: &mut Browser, ids: &[Uuid], next: &str) -> String {
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    let mut fields = vec![("next", next)];
    fields.extend(ids.iter().map(|id| ("pick", id.as_str())));
    fields.push(("several", "1"));
    let path = if next.starts_with("/en/") { "/en/basket/add" } else { "/basket/add" };
    browser.post(path, &fields).await.expect(StatusCode::SEE_OTHER).location().to_owned()
}

both_databases!(results_stand_side_by_side_in_a_table, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, ids) = stock(&app, 45).await;
    let mut browser = app.visitor();
    let (page, statements) = counting_statements(Box::pin(browser.get(TABLE))).await;
    let page = page.expect(StatusCode::OK).says("<caption class=\"vh\">‘볼트’ 규격 표</caption>");
    assert_eq!((statements, page.body.matches("<td class=\"nb\">M8×20</td>").count()), (1, 20));
    assert!(page.body.len() <= 40_000, "{} bytes", page.body.len());
    let heads: Vec<&str> = page
        .body
        .split("<th scope=\"col\"")
        .skip(1)
        .map(|rest| rest.split(['>', '<']).nth(1).unwrap())
        .collect();
    assert_eq!(heads, ["제품", "호칭", "재질", "표준", "최소 수량", "납기", "단가", "응답"]);
    let page = page
        .says("표를 옆으로 밀면 재질, 표준, 최소 수량, 납기, 단가, 응답이 나와요.")
        .says("role=\"region\" aria-label=\"규격 표, 옆으로 넘겨 볼 수 있어요\" class=\"scroll\"")
        .says("가온벼리볼트 · 경기 시흥시")
        .says("<b>118</b>")
        .says("500개부터")
        .says("<td class=\"nb\">500개</td>")
        .says("응답 집계 전")
        .says("<span class=\"vh\">담기: 육각볼트 M8×20 ");
    assert_eq!((page.body.matches("name=\"pick\"").count(), ticked(&page)), (20, 0));
    assert!(!page.body.contains("class=\"row\"") && !page.body.contains("바구니에 담기: "));
    // search engines keep the list
    let page = page.says("noindex").says("/search?q=%EB%B3%BC%ED%8A%B8\"");
    assert!(!page.body.split("</head>").next().unwrap().contains("view=table"));
    let emptied = "UPDATE listings SET specs = '[]', moq = NULL, lead_time_days = NULL, price_kind = 'negotiable' WHERE id = $1";
    let first = in_order(&app, &ids).await[0];
    run(&app, emptied, first).await;
    let page = browser.get(TABLE).await.expect(StatusCode::OK);
    let anchor = format!("id=\"l-{}\"", first.simple());
    let row = page.body.split("<tr ").find(|row| row.starts_with(&anchor)).unwrap();
    assert!(
        row.contains(
            "<td></td><td></td><td></td><td class=\"nb\"></td><td class=\"nb\"></td><td class=\"num\">"
        ),
        "{row}"
    );
    assert!(row.contains("가격 협의") && !row.contains("문의하면") && !row.contains("<td>-"));
    let english = browser.get("/en/categories/hex-bolts?view=table").await.expect(StatusCode::OK);
    let english = english.says("<th scope=\"col\">Size</th>").says("<th scope=\"col\" lang=\"ko\">재질</th>");
    english.says("Swipe the table sideways to see: ").says("Add: Hex bolt M8x20");
});

both_databases!(nothing_and_one_thing_are_tables_too, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 1).await;
    let page = app.visitor().get(TABLE).await.expect(StatusCode::OK);
    assert_eq!(page.body.matches("name=\"pick\"").count(), 1);
    let page = app.visitor().get("/search?q=M9&view=table&region=seoul").await.expect(StatusCode::OK);
    let page = page.says("아직 없어요");
    assert!(!page.body.contains("<table") && !page.body.contains("class=\"bulk\""));
    assert!(links(&page, "/search?").iter().filter(|href| !href.contains("view=table")).count() == 1);
});

both_databases!(every_link_of_a_table_leads_to_a_table, |db: Db| async move {
    let app = TestApp::new(db);
    stock(&app, 45).await;
    let conditions = "&region=gyeonggi&moq=500&sort=new&page=2";
    for (path, own) in [
        (format!("{TABLE}{conditions}"), "/search?"),
        (format!("/en{TABLE}{conditions}"), "/en/search?"),
        (format!("/categories/hex-bolts?view=table{conditions}"), "/categories/hex-bolts?"),
        (format!("/en/categories/bolts?view=table{conditions}"), "/en/categories/bolts?"),
    ] {
        let page = app.visitor().get(&path).await.expect(StatusCode::OK);
        let all = links(&page, own);
        let lists: Vec<&&str> = all.iter().filter(|href| !href.contains("view=table")).collect();
        assert!(all.len() > 6 && lists.len() == 1, "{path}: {lists:?} of {all:?}");
        assert!(
            lists[0].contains("page=2") && lists[0].contains("sort=new"),
            "the same page as a list: {lists:?}"
        );
        // conditions and order are forms
        assert_eq!(page.body.matches("name=\"view\" value=\"table\"").count(), 2, "{path}");
        let seg = page.body.split("class=\"seg\"").nth(1).unwrap();
        assert!(seg.split("</div>").next().unwrap().contains("aria-current=\"true\""));
        // the other language shows the same
        let header = page.body.split("<header").nth(1).unwrap();
        let there = header.split("href=\"").find(|rest| rest.contains("hreflang=")).unwrap();
        assert!(there.split('"').next().unwrap().contains("view=table"), "{path}");
    }
    let page = app.visitor().get("/en/categories/bolts?view=table").await.expect(StatusCode::OK);
    page.says("href=\"/en/categories/hex-bolts?view=table\"");
    // a saved search asks, however it was shown
    let page = app.visitor().get(TABLE).await.expect(StatusCode::OK);
    assert_eq!(page.input("state"), "q=%EB%B3%BC%ED%8A%B8");
});

both_databases!(what_is_ticked_is_collected_at_once, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, ids) = stock(&app, 20).await;
    let (_, member) = app.person("buyer").await;
    for mut browser in [app.visitor(), member] {
        let to = pick(&mut browser, &[], TABLE).await;
        assert_eq!(to, format!("{TABLE}&added=0#told"));
        let page = browser.get(&to).await.expect(StatusCode::OK).says("담을 제품을 먼저 골라 주세요");
        assert_eq!(
            (page.input("next"), page.body.matches("name=\"pick\"").count()),
            (TABLE.replace('&', "&amp;"), 20)
        );
        let to = pick(&mut browser, &[ids[4], ids[3], ids[4]], TABLE).await;
        assert_eq!(to, format!("{TABLE}&added=2#told"));
        assert_eq!(pick(&mut browser, &[ids[4], ids[3]], TABLE).await, to, "a second press is as the first");
        let page = browser.get(&to).await.expect(StatusCode::OK);
        let page = page.says("id=\"told\"").says("제품 2개를 바구니에 담았어요.").says("문의 바구니 2개");
        assert_eq!(page.body.matches("바구니에 있어요").count(), 2);
        assert_eq!(page.body.matches("name=\"pick\"").count(), 18);
        assert!(!page.input("next").contains("added"), "it is told once");
        let told = pick(&mut browser, &[ids[2]], to.split('#').next().unwrap()).await;
        assert_eq!(told, format!("{TABLE}&added=1#told"));
        let english = format!("/en{TABLE}");
        let to = pick(&mut browser, &[ids[4], ids[1]], &english).await;
        assert_eq!(to, format!("{english}&added=2#told"));
        browser.get(&to).await.says("2 products are in your basket now.").says("href=\"/en/basket\"");
        browser.get("/basket").await.expect(StatusCode::OK).says("quantity-4");
    }
    // whoever gets the address by mail is told nothing of somebody's basket
    let page = app.visitor().get(&format!("{TABLE}&added=2&gone=1")).await.expect(StatusCode::OK);
    assert!(!page.body.contains("id=\"told\""));
    // words that say much are gone back to as well
    let long = format!("/search?q={}&view=table", app::page::encode(&"육각볼트".repeat(40)));
    assert_eq!(pick(&mut app.visitor(), &[ids[0]], &long).await, format!("{long}&added=1#told"));
});

both_databases!(more_than_a_basket_holds_is_left_ticked, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, ids) = stock(&app, 25).await;
    let ids = in_order(&app, &ids).await;
    let (shown, behind) = ids.split_at(20);
    let many = [behind, &shown[..14]].concat();
    let (_, member) = app.person("buyer").await;
    for mut browser in [app.visitor(), member] {
        assert!(pick(&mut browser, &many, TABLE).await.contains("added=19"));
        let to = pick(&mut browser, &[shown[18], shown[19]], TABLE).await;
        assert!(to.starts_with(TABLE) && to.contains("full=1") && to.ends_with("#told"), "{to}");
        let page = browser.get(&to).await.expect(StatusCode::OK).says("지금은 1개를 더 담을 수 있어요");
        assert_eq!(ticked(&page), 2, "what was ticked stays ticked");
        let page = page.says("문의 바구니 19개");
        assert_eq!(page.input("next"), TABLE.replace('&', "&amp;"));
        let to = pick(&mut browser, &[shown[18], behind[0]], TABLE).await;
        assert!(to.contains("added=2"), "one new one and one that is in already");
        let to = pick(&mut browser, &[shown[19]], TABLE).await;
        browser.get(&to).await.says("바구니가 가득 찼어요").says("문의 바구니 20개");
        let flood: Vec<Uuid> = (0..300).map(Uuid::from_u128).collect();
        let to = pick(&mut browser, &flood, TABLE).await;
        assert!(to.len() < 2_000 && to.contains("full=1"), "{} bytes", to.len());
        browser.get(&to).await.expect(StatusCode::OK);
    }
});

both_databases!(what_is_not_there_is_not_collected, |db: Db| async move {
    let app = TestApp::new(db);
    let (_, ids) = stock(&app, 3).await;
    run(&app, "UPDATE listings SET state = 'hidden' WHERE id = $1", ids[2]).await;
    let (_, member) = app.person("buyer").await;
    for mut browser in [app.visitor(), member] {
        let to = pick(&mut browser, &[ids[2], Uuid::nil()], TABLE).await;
        browser.get(&to).await.expect(StatusCode::OK).says("그사이 모두 내려가서");
        assert_eq!(
            pick(&mut browser, &[ids[2], ids[1]], TABLE).await,
            format!("{TABLE}&added=1&gone=1#told")
        );
        browser.get(&format!("{TABLE}&added=1&gone=1")).await.says("1개는 그사이 내려가서 담지 못했어요");
        for strange in ["", "x", "'; DROP TABLE listings; --", "../../etc/passwd", "\u{202e}", "0000"] {
            for next in ["//evil.example", "https://evil.example/", "/\\evil.example", "", TABLE] {
                let fields = [("pick", strange), ("next", next), ("several", "1")];
                let page = browser.post("/basket/add", &fields).await.expect(StatusCode::SEE_OTHER);
                let to = page.location();
                let own = if next == TABLE { "/search?" } else { "/basket?" };
                assert!(to.starts_with(own) && to.ends_with("added=0&gone=1#told"), "{strange:?}: {to}");
            }
        }
        browser.get("/").await.expect(StatusCode::OK).says("문의 바구니 1개");
    }
    for query in [
        "added=-1",
        "added=99999999999999999999",
        "added=1&gone=x",
        "full=%3Cscript%3E",
        "full=1&pick=%00&pick=x",
    ] {
        let page = app.visitor().get(&format!("{TABLE}&{query}")).await.expect(StatusCode::OK);
        assert!(!page.body.contains("<script>") && ticked(&page) == 0, "{query}");
    }
    app.visitor().post("/basket/add", &[("next", TABLE)]).await.expect(StatusCode::NOT_FOUND);
});
