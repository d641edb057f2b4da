//! `holidays`: adds declared days off from a file, as the desk's page does.

use std::path::Path;

use market::tables::days::import_days;
use market::{ErrorKind, Problem};

use super::{build_market_without_index, say};
use crate::config::Config;

/// Imports the lines of a file, all or none.
pub(super) async fn import(config: &Config, file: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{}: {error}", file.display()))?;
    let market = build_market_without_index(config).await?;
    let days = import_days(&market.system(), &text).await.map_err(|error| match &error.kind {
        ErrorKind::Invalid(errors) => match errors.of("days") {
            Some(Problem::Rule(rule)) => format!("line {} is no day", rule.trim_start_matches("days.line.")),
            _ => "the file holds no days".to_owned(),
        },
        _ => error.to_string(),
    })?;
    say(format_args!("{days} days are in the calendar"));
    market.db().close().await;
    Ok(())
}
