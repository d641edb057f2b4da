//! `migrate`: brings the database up to date, or says how far it is.

use market::db::{Db, MigrationState, MigrationStatus};
use secrecy::ExposeSecret as _;

use super::{connect, say};
use crate::config::Config;

pub(super) async fn migrate(config: &Config, status_only: bool) -> Result<(), String> {
    let found = if status_only { status(config).await? } else { apply(config).await? };
    for status in found {
        let word = if status.state == MigrationState::Applied { "applied" } else { "pending" };
        say(format_args!("{:04} {:<24} {word}", status.version, status.name));
    }
    Ok(())
}

async fn apply(config: &Config) -> Result<Vec<MigrationStatus>, String> {
    let db = connect(config).await?;
    db.migrate().await.map_err(|error| format!("migration failed: {error}"))?;
    let found = db.migration_status().await.map_err(|error| error.to_string());
    db.close().await;
    found
}

/// Looks and makes nothing: where no database is yet, everything is pending.
async fn status(config: &Config) -> Result<Vec<MigrationStatus>, String> {
    let url = config.database_url.expose_secret();
    if Db::is_to_be_made(url) {
        return Ok(Db::all_pending());
    }
    let db = Db::connect_existing(url, config.database_connections)
        .await
        .map_err(|error| format!("database: {error}"))?;
    let found = db.migration_status().await.map_err(|error| error.to_string());
    db.close().await;
    found
}
