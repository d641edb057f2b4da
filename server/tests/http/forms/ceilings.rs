//! How many statements a page may issue, whoever opens it and however much it lists.

use std::fmt::Write as _;

use http::{Method, StatusCode};
use market::db::{Db, counting_statements};
use market::{Cx, both_databases};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use super::Ground;
use super::before::{self, Before};
use crate::world::PEOPLE;

/// Pages that need something to come first, and who opens them then.
const LATER: &[(&str, &str, Before)] = &[
    ("/confirm-inquiry/{token}", "anonymous", Before::GuestAsked),
    ("/confirm-basket/{token}", "anonymous", Before::GuestBasket),
    ("/together/{id}", "other_buyer", Before::Together),
    ("/together/{id}/quotes.csv", "other_buyer", Before::Together),
    ("/together/{id}/quotes.xlsx", "other_buyer", Before::Together),
    ("/b/{token}", "anonymous", Before::GuestTogether),
    ("/b/{token}/quotes.csv", "anonymous", Before::GuestTogether),
    ("/b/{token}/quotes.xlsx", "anonymous", Before::GuestTogether),
    ("/inquiries/{id}/accept", "buyer", Before::Quoted),
    ("/inquiries/{id}/reject", "buyer", Before::Quoted),
    ("/inquiries/{id}/print", "buyer", Before::Quoted),
    ("/inquiries/{id}", "buyer", Before::Quoted),
    ("/inquiries/{id}", "buyer", Before::Declined),
    ("/a/{token}/print", "anonymous", Before::QuotedByLink),
    ("/a/{token}/accept", "anonymous", Before::QuotedByLink),
    ("/a/{token}/reject", "anonymous", Before::QuotedByLink),
    ("/a/{token}/withdraw", "anonymous", Before::BuyersLink),
    ("/a/{token}", "anonymous", Before::DeclinedByLink),
    ("/a/{token}/done", "anonymous", Before::AnsweredByLink),
    ("/rfqs/{id}/edit", "buyer", Before::RfqReturned),
    ("/rfqs/{id}/quotes.csv", "buyer", Before::Nothing),
    ("/q/{token}", "anonymous", Before::RfqOpened),
    ("/r/{token}", "anonymous", Before::GuestRfqOpen),
    ("/r/{token}/quotes.csv", "anonymous", Before::GuestRfqOpen),
    ("/r/{token}/quotes.xlsx", "anonymous", Before::GuestRfqOpen),
    ("/r/{token}/edit", "anonymous", Before::GuestRfqReturned),
    ("/confirm-rfq/{token}", "anonymous", Before::GuestRfq),
    ("/confirm-alert/{token}", "anonymous", Before::GuestAlert),
    ("/s/{token}", "anonymous", Before::AlertLink),
    ("/n/{token}", "anonymous", Before::StopLink),
    ("/vendor/blocks", "owner", Before::VendorBlocks),
    ("/account/blocks", "buyer", Before::BuyerBlocks),
];

/// Address, most statements.
const CEILINGS: &[(&str, u32)] = &[
    ("/", 7),
    ("/about", 2),
    ("/about/terms", 2),
    ("/about/privacy", 2),
    ("/about/intermediary", 2),
    ("/about/transparency", 6),
    ("/feeds/listings.xml", 3),
    ("/sitemap.xml", 6),
    ("/sitemaps/{file}", 3),
    ("/robots.txt", 2),
    ("/search", 2),
    ("/categories", 3),
    ("/categories/{slug}", 2),
    ("/listings/{slug}", 4),
    ("/listings/{slug}/og.png", 4),
    ("/drawings.svg", 2),
    ("/vendor/listings", 5),
    ("/vendor/listings/new", 2),
    ("/vendor/listings/{id}", 7),
    ("/vendor/listings/{id}/preview", 7),
    ("/vendor/listings/{id}/images", 7),
    ("/api/categories", 2),
    ("/vendor", 11),
    ("/vendor/apply", 4),
    ("/vendor/profile", 5),
    ("/vendor/holiday", 4),
    ("/vendor/team", 8),
    ("/vendor/companies", 4),
    ("/vendor/companies/{id}/close", 5),
    ("/vendor/days-off", 3),
    ("/vendor/replies", 3),
    ("/vendors/{slug}", 5),
    ("/listings/{slug}/ask", 3),
    ("/listings/{slug}/asked", 3),
    ("/confirm-inquiry/{token}", 3),
    ("/inquiries", 6),
    ("/inquiries/{id}", 12),
    ("/a/{token}", 9),
    ("/a/{token}/done", 9),
    ("/inquiries/{id}/messages", 7),
    ("/a/{token}/messages", 9),
    ("/inquiries/{id}/print", 7),
    ("/a/{token}/print", 9),
    ("/inquiries/{id}/record", 7),
    ("/a/{token}/record", 9),
    ("/inquiries/{id}/record.txt", 7),
    ("/a/{token}/record.txt", 9),
    ("/inquiries/{id}/record.json", 7),
    ("/a/{token}/record.json", 9),
    ("/inquiries/{id}/messages/{seq}", 7),
    ("/a/{token}/messages/{seq}", 9),
    ("/inquiries/{id}/quote", 9),
    ("/a/{token}/quote", 11),
    ("/inquiries/{id}/ask", 9),
    ("/a/{token}/ask", 11),
    ("/inquiries/{id}/decline", 8),
    ("/a/{token}/decline", 10),
    ("/inquiries/{id}/reply", 9),
    ("/a/{token}/reply", 11),
    ("/inquiries/{id}/accept", 7),
    ("/a/{token}/accept", 9),
    ("/inquiries/{id}/reject", 7),
    ("/a/{token}/reject", 9),
    ("/inquiries/{id}/withdraw", 7),
    ("/a/{token}/withdraw", 9),
    ("/basket", 3),
    ("/basket/asked", 2),
    ("/confirm-basket/{token}", 4),
    ("/together/{id}", 7),
    ("/together/{id}/quotes.csv", 6),
    ("/b/{token}", 6),
    ("/b/{token}/quotes.csv", 5),
    ("/together/{id}/quotes.xlsx", 6),
    ("/b/{token}/quotes.xlsx", 5),
    ("/rfqs", 4),
    ("/rfqs/new", 2),
    ("/rfqs/asked", 2),
    ("/rfqs/mine", 3),
    ("/rfqs/{id}", 10),
    ("/rfqs/{id}/edit", 10),
    ("/rfqs/{id}/quotes.csv", 10),
    ("/rfqs/{id}/quotes.xlsx", 10),
    ("/rfqs/{id}/answer", 6),
    ("/q/{token}", 7),
    ("/r/{token}", 10),
    ("/r/{token}/edit", 5),
    ("/r/{token}/quotes.csv", 10),
    ("/r/{token}/quotes.xlsx", 10),
    ("/confirm-rfq/{token}", 3),
    ("/feeds/rfqs.xml", 3),
    ("/feeds/rfqs.json", 3),
    ("/desk/rfqs/{id}", 8),
    ("/sign-up", 2),
    ("/sign-up/done", 2),
    ("/confirm/{token}", 3),
    ("/sign-in", 2),
    ("/reset", 2),
    ("/reset/{token}", 3),
    ("/account", 3),
    ("/account/password", 2),
    ("/account/devices", 3),
    ("/account/privacy", 3),
    ("/account/withdraw", 5),
    ("/notifications", 4),
    ("/desk", 2),
    ("/desk/inbox", 5),
    ("/desk/vendors/{id}", 9),
    ("/desk/listings", 3),
    ("/desk/listings/{id}", 8),
    ("/desk/revisions/{id}", 9),
    ("/desk/slots", 4),
    ("/desk/rates", 3),
    ("/desk/calendar", 3),
    ("/desk/people", 4),
    ("/desk/audit", 5),
    ("/desk/machinery", 4),
    ("/desk/search", 4),
    ("/desk/search/rules", 3),
    ("/desk/search/rules/new", 2),
    ("/desk/search/rules/{id}", 3),
    ("/media/{hash}/{width}", 2),
    ("/saved-searches/sent", 2),
    ("/account/searches", 3),
    ("/confirm-alert/{token}", 3),
    ("/s/{token}", 3),
    ("/files/{id}", 6),
    ("/files/{id}/preview", 7),
    ("/files/{id}/progress", 3),
    ("/a/{token}/files/{id}", 9),
    ("/a/{token}/files/{id}/preview", 8),
    ("/a/{token}/files/{id}/progress", 6),
    ("/r/{token}/files/{id}", 8),
    ("/r/{token}/files/{id}/preview", 8),
    ("/r/{token}/files/{id}/progress", 5),
    ("/q/{token}/files/{id}/progress", 6),
    ("/q/{token}/files/{id}", 8),
    ("/q/{token}/files/{id}/preview", 8),
    ("/events", 8),
    ("/events/state", 2),
    ("/api/suggest", 2),
    ("/inquiries/{id}/report", 7),
    ("/a/{token}/report", 9),
    ("/inquiries/{id}/block", 7),
    ("/a/{token}/block", 9),
    ("/vendor/blocks", 3),
    ("/account/blocks", 3),
    ("/desk/held/{id}", 10),
    ("/desk/reports/{id}", 10),
    ("/account/notifications", 4),
    ("/n/{token}", 3),
];

/// Tables of what lists show, and columns in which no two rows are equal.
const LISTED: &[(&str, &[&str])] = &[
    ("vendors", &["slug", "business_number"]),
    ("listings", &["slug"]),
    ("slots", &[]),
    ("threads", &[]),
    ("notifications", &[]),
    ("saved_searches", &["address"]),
    ("rfqs", &[]),
    ("outbox", &[]),
];

/// Three more of each row.
async fn more_of_everything(cx: &Cx) {
    let mut tx = cx.write().await.unwrap();
    for (table, changed) in LISTED {
        let sql = if cx.market.db().is_postgres() {
            "SELECT CAST(column_name AS TEXT) FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1"
        } else {
            "SELECT name FROM pragma_table_info($1)"
        };
        let columns: Vec<String> =
            market::fetch_all!(tx, (String,), sql, *table).unwrap().into_iter().map(|(name,)| name).collect();
        let values: Vec<String> = columns
            .iter()
            .map(|name| match name.as_str() {
                "id" => "$1".to_owned(),
                name if changed.contains(&name) => format!("{name} || CAST($3 AS TEXT)"),
                name => name.to_owned(),
            })
            .collect();
        let ids = format!("SELECT id FROM {table}");
        let ids = market::fetch_all!(tx, (Uuid,), AssertSqlSafe(ids.clone())).unwrap();
        for (id,) in ids {
            for number in 1..4 {
                let copy = format!(
                    "INSERT INTO {table} ({}) SELECT {} FROM {table} WHERE id = $2",
                    columns.join(", "),
                    values.join(", ")
                );
                let copy = if changed.is_empty() { copy + " AND CAST($3 AS TEXT) <> ''" } else { copy };
                market::execute!(tx, AssertSqlSafe(copy.clone()), cx.new_id(), id, format!("-{number}"))
                    .unwrap();
            }
        }
    }
    tx.commit().await.unwrap();
}

async fn statements(ground: &Ground, who: &str, path: &str) -> (StatusCode, u32) {
    let mut browser = ground.browser(who);
    let (page, count) = counting_statements(Box::pin(browser.get(path))).await;
    (page.status, count)
}

both_databases!(no_page_issues_more_statements_than_it_may, |db: Db| async move {
    let mut ground = Ground::new(db).await;
    let mut most: Vec<(&str, u32, String)> = Vec::new();
    let mut note = |route, count, how: String| match most.iter_mut().find(|(known, ..)| *known == route) {
        Some(row) if row.1 < count => (row.1, row.2) = (count, how),
        Some(_) => {}
        None => most.push((route, count, how)),
    };
    let routes = app::routes::all();
    let pages: Vec<&'static str> =
        routes.list().iter().filter(|(method, _)| *method == Method::GET).map(|(_, route)| *route).collect();
    for route in &pages {
        let path = ground.world.path(route);
        for who in PEOPLE {
            let (status, count) = statements(&ground, who, &path).await;
            note(route, count, format!("{who} {status}"));
        }
    }
    more_of_everything(&ground.world.app.test.market.system()).await;
    for route in &pages {
        let path = ground.world.path(route);
        for who in ["anonymous", "buyer", "owner", "curator", "admin"] {
            let (status, count) = statements(&ground, who, &path).await;
            note(route, count, format!("{who} {status}, of four times as much"));
        }
    }
    for (route, who, before) in LATER {
        ground.kept.put_back().await;
        let mut browser = ground.browser(who);
        let found = before::take(&ground, *before, &mut browser).await;
        let mut path = (*route).to_owned();
        for (parameter, value) in [("{token}", found.get("token")), ("{id}", found.get("id"))] {
            if let Some(value) = value {
                path = path.replace(parameter, value);
            }
        }
        if path.contains('{') {
            path = ground.world.path(route);
        }
        let (page, count) = counting_statements(Box::pin(browser.get(&path))).await;
        assert_eq!(page.status, StatusCode::OK, "{path} after {before:?}: {}", page.body);
        note(route, count, format!("{who} after {before:?}"));
    }
    let mut problems = String::new();
    for (route, count, how) in most {
        match CEILINGS.iter().find(|(known, _)| *known == route) {
            Some((_, ceiling)) if count <= *ceiling => {}
            Some((_, ceiling)) => _ = writeln!(problems, "{route}: {count} for {how}, at most {ceiling}"),
            None => _ = writeln!(problems, "    (\"{route}\", {count}), // {how}"),
        }
    }
    assert!(problems.is_empty(), "{problems}");
});
