//! A database as it stood: what differs from it, and the way back, so that one world serves every form.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use market::Cx;
use market::db::{Db, Handle, Link};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{AssertSqlSafe, Connection, SqliteConnection};

/// What may change without anything having been done: counted tries, and the notes that searches leave.
const NOTES: [&str; 5] = ["throttle_windows", "search_log", "search_clicks", "search_words", "search_marks"];

/// The rows of every table as text.
pub type Contents = BTreeMap<String, String>;

/// A copy of every table beside it.
pub struct Kept {
    cx: Cx,
    tables: Vec<String>,
    contents: String,
    /// SQLite minds its references in every connection that does not say otherwise.
    loose: Option<SqliteConnection>,
}

const TABLES_SQLITE: &str = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_sqlx%' ESCAPE '\\' ORDER BY name";
const TABLES_POSTGRES: &str = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name NOT LIKE '\\_sqlx%' ORDER BY 1";
const FILE: &str = "SELECT file FROM pragma_database_list WHERE name = 'main'";

async fn names(db: &Db) -> Vec<String> {
    let sql = if db.is_postgres() { TABLES_POSTGRES } else { TABLES_SQLITE };
    let mut conn = db.read().await.unwrap();
    market::fetch_all!(conn, (String,), sql).unwrap().into_iter().map(|(name,)| name).collect()
}

/// One statement for the rows of every table.
async fn reading(db: &Db, tables: &[String]) -> String {
    let mut conn = db.read().await.unwrap();
    let mut parts = Vec::new();
    for table in tables {
        parts.push(if db.is_postgres() {
            format!("SELECT '{table}', COALESCE((SELECT string_agg(CAST(x AS TEXT), E'\\n' ORDER BY CAST(x AS TEXT)) FROM {table} x), '')")
        } else {
            let columns = "SELECT name FROM pragma_table_info($1)";
            let columns = market::fetch_all!(conn, (String,), columns, table).unwrap();
            let row: Vec<String> = columns.iter().map(|(name,)| format!("quote({name})")).collect();
            let row = row.join(" || ', ' || ");
            format!("SELECT '{table}', COALESCE((SELECT group_concat(r, char(10)) FROM (SELECT {row} AS r FROM {table} ORDER BY 1)), '')")
        });
    }
    parts.join(" UNION ALL ")
}

async fn run(cx: &Cx, loose: Option<&mut SqliteConnection>, script: String) {
    if let Some(loose) = loose {
        sqlx::raw_sql(AssertSqlSafe(script)).execute(loose).await.unwrap();
        return;
    }
    let mut tx = cx.write().await.unwrap();
    let Link::Postgres(link) = tx.link() else { panic!("SQLite has a connection of its own") };
    sqlx::raw_sql(AssertSqlSafe(script)).execute(link).await.unwrap();
    tx.commit().await.unwrap();
}

impl Kept {
    /// Keeps `db` as it is now.
    pub async fn new(cx: Cx) -> Self {
        let db = cx.market.db();
        let (tables, mut loose) = (names(db).await, None);
        if !db.is_postgres() {
            let (file,) = market::fetch_one!(db.read().await.unwrap(), (String,), FILE).unwrap();
            let options = SqliteConnectOptions::new()
                .filename(file)
                .foreign_keys(false)
                .busy_timeout(std::time::Duration::from_secs(5));
            loose = Some(SqliteConnection::connect_with(&options).await.unwrap());
        }
        let contents = reading(db, &tables).await;
        let mut script = String::from("CREATE SCHEMA kept;");
        if loose.is_some() {
            script.clear();
        }
        for table in &tables {
            let copy = copy_of(loose.is_some(), table);
            _ = write!(script, "CREATE TABLE {copy} AS SELECT * FROM {table};");
        }
        run(&cx, loose.as_mut(), script).await;
        Self { cx, tables, contents, loose }
    }

    /// What every table holds now, notes left out.
    pub async fn contents(&self) -> Contents {
        let mut conn = self.cx.read().await.unwrap();
        let sql = AssertSqlSafe(self.contents.clone());
        let rows: Vec<(String, String)> = match conn.link() {
            Link::Sqlite(link) => sqlx::query_as(sql).fetch_all(link).await.unwrap(),
            Link::Postgres(link) => sqlx::query_as(sql).fetch_all(link).await.unwrap(),
        };
        let mut contents: Contents =
            rows.into_iter().filter(|(table, _)| !NOTES.contains(&table.as_str())).collect();
        // that somebody of the team saw personal data is noted each time they see it
        contents.entry("audit_log".to_owned()).and_modify(|rows| {
            *rows =
                rows.lines().filter(|row| !row.contains("personal_data.read")).collect::<Vec<_>>().join("\n");
        });
        contents
    }

    /// Puts everything back.
    pub async fn put_back(&mut self) {
        let sqlite = self.loose.is_some();
        let mut script = String::from(if sqlite {
            "BEGIN IMMEDIATE;"
        } else {
            "SET LOCAL session_replication_role = replica;"
        });
        for table in &self.tables {
            let copy = copy_of(sqlite, table);
            let over = if sqlite { "" } else { "OVERRIDING SYSTEM VALUE" };
            _ = write!(script, "DELETE FROM {table};INSERT INTO {table} {over} SELECT * FROM {copy};");
        }
        if sqlite {
            script.push_str("COMMIT;");
        }
        run(&self.cx, self.loose.as_mut(), script).await;
    }
}

fn copy_of(sqlite: bool, table: &str) -> String {
    if sqlite { format!("kept_{table}") } else { format!("kept.{table}") }
}

/// Lines that only one of both has, for the message of a failed test.
pub fn difference(before: &Contents, after: &Contents) -> String {
    let mut out = String::new();
    for (table, rows) in after {
        let old = before.get(table).map_or("", String::as_str);
        if old == rows {
            continue;
        }
        for line in rows.lines().filter(|line| !old.lines().any(|other| other == *line)) {
            _ = writeln!(out, "  {table} + {line}");
        }
        for line in old.lines().filter(|line| !rows.lines().any(|other| other == *line)) {
            _ = writeln!(out, "  {table} - {line}");
        }
    }
    out
}
