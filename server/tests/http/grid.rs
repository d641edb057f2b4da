//! Quotes side by side as the buyer reads them.

use http::StatusCode;
use market::both_databases;
use market::db::Db;
use market::time::DAY;

use crate::basket::{owner_of, quote, quoted};
use crate::testapp::TestApp;

both_databases!(what_is_over_wins_nothing_and_the_grid_scrolls_in_its_own_box, |db: Db| async move {
    let app = TestApp::new(db);
    let (mut buyer, together, threads) = quoted(&app).await;
    let terms = [("quantity", "500"), ("unit", "개")];
    for (thread, name, price, days) in
        [(&threads[0], "first", "110", "2"), (&threads[1], "second", "120", "30")]
    {
        let mut owner = owner_of(&app, thread, name).await;
        let fields: Vec<_> = terms.into_iter().chain([("price", price), ("valid_days", days)]).collect();
        quote(&mut owner, thread, &fields).await.expect(StatusCode::SEE_OTHER);
    }
    let grid = buyer.get(&together).await.expect(StatusCode::OK).says("견적 2개를").says("가장 낮음");
    let around = &grid.body[..grid.body.find("<table").unwrap()];
    let scrolls = &around[around.rfind("<div").unwrap()..];
    for attribute in ["scroll", "tabindex=\"0\"", "role=\"region\"", "aria-label=\"견적 비교\""] {
        assert!(scrolls.contains(attribute), "{attribute}: {scrolls}");
    }
    assert!(!grid.body.contains("기한 지남"));
    assert!(!grid.body.contains(">견본<"), "a question that nobody answers is no row");
    app.test.clock.advance(4 * DAY);
    let grid = buyer.get(&together).await.expect(StatusCode::OK).says("기한 지남").says("fig big\">110<");
    assert!(!grid.body.contains("가장 낮음"), "one alone is not the lowest, and what is over is none at all");
    buyer.get(&format!("/en{together}")).await.expect(StatusCode::OK).says("expired").says("KRW/pc");
});

/// A company's desk needs a number that is one.
const NUMBERED: &str = "UPDATE vendors SET business_number = '1248100998' WHERE id = (SELECT vendor_id FROM threads WHERE id = $1)";

both_databases!(what_one_reads_about_a_thread_is_in_ones_own_language, |db: Db| async move {
    let app = TestApp::new(db);
    let (mut buyer, _, threads) = quoted(&app).await;
    let mut owner = owner_of(&app, &threads[0], "first").await;
    let id = uuid::Uuid::parse_str(threads[0].trim_start_matches("/inquiries/")).unwrap();
    crate::public::run(&app, NUMBERED, id).await;
    for (path, title) in [("/vendor", "육각볼트 M8"), ("/en/vendor", "Hex bolt M8")] {
        owner.get(path).await.expect(StatusCode::OK).says(title);
    }
    let terms = [("price", "110"), ("quantity", "500"), ("unit", "개")];
    quote(&mut owner, &threads[0], &terms).await.expect(StatusCode::SEE_OTHER);
    let mut db = app.test.market.system().read().await.unwrap();
    let sql =
        "SELECT v.name_ko, v.name_en FROM threads t JOIN vendors v ON v.id = t.vendor_id WHERE t.id = $1";
    let (ko, en) = market::fetch_one!(db, (String, String), sql, id).unwrap();
    drop(db);
    let told = buyer.get("/notifications").await.expect(StatusCode::OK);
    told.says(&format!("견적이 왔어요: 육각볼트 M8 · {ko}"));
    let told = buyer.get("/en/notifications").await.expect(StatusCode::OK);
    told.says(&format!("You have a quote: Hex bolt M8 · {en}"));
});
