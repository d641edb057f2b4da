//! Parts that go away and come back, and people who press twice.

use std::time::{Duration, Instant};

use http::{Method, StatusCode};
use market::accounts::access::PlatformRole;
use market::both_databases;
use market::db::Db;
use market::testing::{fresh_postgres, fresh_sqlite};
use market::time::{HOUR, MINUTE};
use sqlx::{AssertSqlSafe, Connection, PgConnection, SqliteConnection};

use crate::accounts::fill_sign_up;
use crate::browser::Browser;
use crate::testapp::TestApp;

/// Longest time until everything works again.
const RECOVERY: Duration = Duration::from_secs(5);

async fn becomes_well(browser: &Browser, path: &str) {
    let since = Instant::now();
    loop {
        let page = browser.clone().get(path).await;
        if page.status == StatusCode::OK {
            return;
        }
        assert!(
            since.elapsed() < RECOVERY,
            "{path} still answers {} after {:?}",
            page.status,
            since.elapsed()
        );
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

#[tokio::test]
async fn postgres_goes_away_and_comes_back() {
    let Some(test) = fresh_postgres().await else { return };
    let app = TestApp::new(test.db.clone());
    // whoever was signed in before it happens
    let (_, mut buyer) = app.person("buyer").await;
    becomes_well(&buyer, "/account").await;
    let name = test.url.split('?').next().unwrap().rsplit('/').next().unwrap().to_owned();
    let admin_url = test.url.replace(&name, "postgres");
    let mut admin = PgConnection::connect(&admin_url).await.unwrap();
    let mut tell =
        async |sql: String| sqlx::query(AssertSqlSafe(sql)).execute(&mut admin).await.map(|_| ()).unwrap();
    tell(format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false")).await;
    tell(format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")).await;
    let page = buyer.get("/account").await.expect(StatusCode::SERVICE_UNAVAILABLE);
    assert!(
        page.body.contains("<h1>") && !page.body.contains("sqlx") && !page.body.contains("postgres"),
        "{}",
        page.body
    );
    app.visitor().get("/livez").await.expect(StatusCode::OK);
    app.visitor().get("/readyz").await.expect(StatusCode::SERVICE_UNAVAILABLE);
    tell(format!("ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true")).await;
    becomes_well(&buyer, "/account").await;
    drop((app, buyer));
    test.remove().await;
}

/// SQLite cannot leave; what happens is that somebody else holds the writer (a backup, a long import).
#[tokio::test]
async fn sqlite_is_held_by_somebody_else_and_let_go() {
    let test = fresh_sqlite().await;
    let app = TestApp::new(test.db.clone());
    // whoever was signed in before it happens
    let (_, mut buyer) = app.person("buyer").await;
    let path = test.url.trim_start_matches("sqlite://");
    let mut other = SqliteConnection::connect(&format!("sqlite://{path}")).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let fields = [("name", "새 이름"), ("phone", ""), ("company", ""), ("lang", "ko")];
    let refused = buyer.post("/account", &fields).await.expect(StatusCode::SERVICE_UNAVAILABLE);
    assert!(!refused.body.contains("locked"), "{}", refused.body);
    buyer.get("/account").await.expect(StatusCode::OK);
    sqlx::query("ROLLBACK").execute(&mut other).await.unwrap();
    buyer.post("/account", &fields).await.expect(StatusCode::SEE_OTHER);
    buyer.get("/account").await.expect(StatusCode::OK).says("새 이름");
    drop((app, buyer, other));
    test.remove().await;
}

/// Files among the routes.
const FOR_EVERYBODY: [&str; 6] =
    ["/robots.txt", "/sitemap.xml", "/sitemaps/", "/feeds/", "/media/", "/drawings.svg"];

both_databases!(every_page_of_a_person_says_when_the_database_is_away, |db: Db| async move {
    let app = TestApp::new(db.clone());
    let (_, mut admin) = app.team_member("admin", PlatformRole::Admin).await;
    db.close().await;
    for (_, route) in app::routes::all().list().iter().filter(|(method, _)| *method == Method::GET) {
        let path = filled_in(route);
        let page = admin.get(&path).await;
        let stranger = app.visitor().get(&path).await;
        let status = stranger.status;
        assert!(status != StatusCode::INTERNAL_SERVER_ERROR, "{route} for a visitor: {status}");
        // nobody is recognised for what is the same for everybody
        if FOR_EVERYBODY.iter().any(|file| route.starts_with(file)) {
            assert_eq!(page.status, status, "{route}");
            continue;
        }
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{route}");
        assert!(page.body.contains("<h1>"), "{route} has no page: {}", page.body);
    }
});

/// `route` with something well-formed in place of its parameters, so that the handler gets as far as asking
/// the database, which is away and cannot tell whether it exists.
fn filled_in(route: &str) -> String {
    const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    const HASH: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
    const ID: &str = "01900000-0001-7000-8000-000000000001";
    route
        .replace("{token}", TOKEN)
        .replace("{hash}", HASH)
        .replace("{width}", "640.webp")
        .replace("{file}", "listings-1.xml")
        .replace("/categories/{slug}", "/categories/hex-bolts")
        .replace("{slug}", "bolt-1")
        .replace("{id}", ID)
        .replace("{media}", ID)
        .replace("{seq}", "1")
}

both_databases!(a_mail_waits_while_the_transport_is_away, |db: Db| async move {
    let app = TestApp::new(db);
    app.test.mailer.set_away(true);
    fill_sign_up(&mut app.visitor(), "new@example.test", &[("terms", "on"), ("privacy", "on")])
        .await
        .expect(StatusCode::SEE_OTHER);
    app.work().await;
    assert!(app.test.mailer.sent_to("new@example.test").is_empty());
    app.test.clock.advance(MINUTE);
    app.work().await;
    app.test.mailer.set_away(false);
    app.test.clock.advance(HOUR);
    app.work().await;
    app.test.clock.advance(HOUR);
    app.work().await;
    assert_eq!(app.test.mailer.sent_to("new@example.test").len(), 1, "queued, sent once, not lost");
});

both_databases!(pressing_twice_at_the_same_moment_does_once, |db: Db| async move {
    let app = TestApp::new(db);
    let mut visitor = app.visitor();
    let idem = visitor.get("/sign-up").await.idem();
    let fields = [
        ("idem", idem.as_str()),
        ("name", "이영희"),
        ("email", "twice@example.test"),
        ("password", "four-words-make-a-password"),
        ("terms", "on"),
        ("privacy", "on"),
    ];
    let (mut one, mut two) = (visitor.clone(), visitor);
    let (a, b) = tokio::join!(one.post("/sign-up", &fields), two.post("/sign-up", &fields));
    for page in [&a, &b] {
        assert_eq!(page.status, StatusCode::SEE_OTHER, "whoever was second waits and hears the same");
    }
    app.work().await;
    assert_eq!(app.test.mailer.sent_to("twice@example.test").len(), 1);
});
