//! `migrate`: brings the database up to date, or says how far it is.

use market::db::MigrationState;

use super::{connect, say};
use crate::config::Config;

pub(super) async fn migrate(config: &Config, status_only: bool) -> Result<(), String> {
    let db = connect(config).await?;
    if !status_only {
        db.migrate().await.map_err(|error| format!("migration failed: {error}"))?;
    }
    for status in db.migration_status().await.map_err(|error| error.to_string())? {
        let word = if status.state == MigrationState::Applied { "applied" } else { "pending" };
        say(format_args!("{:04} {:<24} {word}", status.version, status.name));
    }
    db.close().await;
    Ok(())
}
