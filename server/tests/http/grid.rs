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
    assert!(grid.body.contains("class=\"scroll mb-4\" tabindex=\"0\" role=\"region\" aria-label=\"견적 비교\""));
    assert!(!grid.body.contains("기한 지남"));
    assert!(!grid.body.contains(">견본<"), "a question that nobody answers is no row");
    app.test.clock.advance(4 * DAY);
    let grid = buyer.get(&together).await.expect(StatusCode::OK).says("기한 지남").says("fig big\">110<");
    assert!(!grid.body.contains("가장 낮음"), "one alone is not the lowest, and what is over is none at all");
    buyer.get(&format!("/en{together}")).await.expect(StatusCode::OK).says("expired").says("KRW/pc");
});
