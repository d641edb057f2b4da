//! Fresh databases: a file in the temporary folder, or a PostgreSQL database cloned from a migrated template.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    clippy::disallowed_methods,
    reason = "a test that cannot get its database must stop at once"
)]

use std::path::PathBuf;

use sqlx::{Connection, Executor, PgConnection, SqlStr};
use tokio::sync::OnceCell;
use uuid::Uuid;

use crate::db::{Db, Handle, Link};

/// A database of one test.
pub struct TestDb {
    /// The database.
    pub db: Db,
    /// Its address, for a second process.
    pub url: String,
    cleanup: Cleanup,
}

enum Cleanup {
    File(PathBuf),
    Postgres { admin_url: String, name: String },
}

impl TestDb {
    /// Closes and removes it.
    pub async fn remove(self) {
        self.db.close().await;
        match self.cleanup {
            Cleanup::File(path) => {
                for suffix in ["", "-wal", "-shm"] {
                    let _ = std::fs::remove_file(format!("{}{suffix}", path.display()));
                }
                let _ = std::fs::remove_file(path.with_extension("migrate.lock"));
            }
            Cleanup::Postgres { admin_url, name } => {
                if let Ok(mut admin) = PgConnection::connect(&admin_url).await {
                    let drop = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                    let _ = sqlx::query(sqlx::AssertSqlSafe(drop)).execute(&mut admin).await;
                }
            }
        }
    }
}

/// Lets the database read each statement: a wrong name or type is found here and not by a visitor.
///
/// # Panics
/// With the statement that it does not understand.
pub async fn prepare_all(db: &Db, statements: impl IntoIterator<Item = &'static str>) {
    let mut conn = db.read().await.expect("the database answers");
    for text in statements {
        let sql = SqlStr::from_static(text);
        match conn.link() {
            Link::Sqlite(link) => drop(link.prepare(sql).await.expect(text)),
            Link::Postgres(link) => drop(link.prepare(sql).await.expect(text)),
        }
    }
}

/// A migrated SQLite database in a file of its own.
pub async fn fresh_sqlite() -> TestDb {
    let test = empty_sqlite().await;
    test.db.migrate().await.expect("migrations apply");
    test
}

/// The same before any migration.
pub async fn empty_sqlite() -> TestDb {
    let path = std::env::temp_dir().join(format!("market-test-{}.db", Uuid::now_v7().simple()));
    let url = format!("sqlite://{}", path.display());
    let db = Db::connect(&url, 4).await.expect("a temporary SQLite database");
    TestDb { db, url, cleanup: Cleanup::File(path) }
}

static TEMPLATE: OnceCell<String> = OnceCell::const_new();

/// A migrated PostgreSQL database; `None` when there is no server and skipping is allowed.
pub async fn fresh_postgres() -> Option<TestDb> {
    let admin_url = postgres_url()?;
    let template = TEMPLATE.get_or_init(|| make_template(admin_url.clone())).await;
    let name = format!("market_test_{}", Uuid::now_v7().simple());
    let mut admin = PgConnection::connect(&admin_url).await.expect("the test server answers");
    clone_database(&mut admin, &name, template).await;
    Some(connected(admin_url, name).await)
}

/// The same before any migration.
pub async fn empty_postgres() -> Option<TestDb> {
    let admin_url = postgres_url()?;
    let name = format!("market_test_{}", Uuid::now_v7().simple());
    create_database(&admin_url, &name).await;
    Some(connected(admin_url, name).await)
}

fn postgres_url() -> Option<String> {
    let url = std::env::var("TEST_POSTGRES_URL").ok();
    assert!(
        url.is_some() || std::env::var("CI").is_err(),
        "TEST_POSTGRES_URL is not set: the PostgreSQL half may not be skipped here"
    );
    url
}

async fn connected(admin_url: String, name: String) -> TestDb {
    let url = with_database(&admin_url, &name);
    let db = Db::connect(&url, 4).await.expect("the fresh database answers");
    TestDb { db, url, cleanup: Cleanup::Postgres { admin_url, name } }
}

/// Cloning needs the template to have no connections; tests of other processes may be cloning too.
async fn clone_database(admin: &mut PgConnection, name: &str, template: &str) {
    let create = format!("CREATE DATABASE {name} TEMPLATE {template}");
    for _ in 0..50 {
        if sqlx::query(sqlx::AssertSqlSafe(create.clone())).execute(&mut *admin).await.is_ok() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    sqlx::query(sqlx::AssertSqlSafe(create)).execute(admin).await.expect("the template can be cloned");
}

async fn create_database(admin_url: &str, name: &str) {
    let mut admin = PgConnection::connect(admin_url).await.expect("the test server answers");
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}")))
        .execute(&mut admin)
        .await
        .expect("an empty database");
}

/// One template a test process, so that processes of different versions never share one.
async fn make_template(admin_url: String) -> String {
    let name = format!("market_template_{}", Uuid::now_v7().simple());
    create_database(&admin_url, &name).await;
    let db = Db::connect(&with_database(&admin_url, &name), 1).await.expect("the template answers");
    db.migrate().await.expect("migrations apply");
    db.close().await;
    name
}

/// `postgres://user@host:port/name?query` with another database name.
fn with_database(url: &str, name: &str) -> String {
    let (base, query) = url.split_once('?').map_or((url, None), |(base, query)| (base, Some(query)));
    let root = base.rsplit_once('/').map_or(base, |(root, _)| root);
    query.map_or_else(|| format!("{root}/{name}"), |query| format!("{root}/{name}?{query}"))
}
