//! The least that a durable answer costs on this disk: a row about as large as an inquiry, inserted and committed.

use std::path::Path;
use std::time::{Duration, Instant};

use market::db::Db;
use market::ports::{Ids as _, SystemIds};
use market::{Result, execute};

const TABLE: &str = "CREATE TABLE IF NOT EXISTS bare (id BLOB PRIMARY KEY NOT NULL, owner BLOB NOT NULL, body TEXT NOT NULL, data TEXT NOT NULL, at BIGINT NOT NULL)";
const INDEX: &str = "CREATE INDEX IF NOT EXISTS bare_by_owner ON bare (owner, at)";
const INSERT: &str = "INSERT INTO bare (id, owner, body, data, at) VALUES ($1, $2, $3, '{}', $4)";

pub(super) async fn run(file: &Path, per_second: u32, seconds: u32) -> Result<()> {
    let db = Db::connect(&format!("sqlite://{}", file.display()), 1).await?;
    let mut tx = db.write().await?;
    execute!(tx, TABLE)?;
    execute!(tx, INDEX)?;
    tx.commit().await?;
    let body = "단가와 납기를 알려 주세요. ".repeat(8);
    let mut pace = tokio::time::interval(Duration::from_secs(1) / per_second.max(1));
    let mut took = Vec::new();
    for number in 0..i64::from(per_second * seconds) {
        pace.tick().await;
        let began = Instant::now();
        let mut tx = db.write().await?;
        execute!(tx, INSERT, SystemIds.new_id(), SystemIds.new_id(), &body, number)?;
        tx.commit().await?;
        took.push(began.elapsed());
    }
    db.close().await;
    super::say_times("bare_insert", took);
    Ok(())
}
