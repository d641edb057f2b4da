//! `reindex`: builds the search index anew from the database, beside the live one, then swaps. Running servers take
//! it up within seconds; those with an index of their own build theirs anew.

use super::{build_market, say};
use crate::config::Config;

pub(super) async fn reindex(config: &Config) -> Result<(), String> {
    let market = build_market(config).await?;
    let found =
        market::search::feed::rebuild(&market).await.map_err(|error| format!("indexing failed: {error}"))?;
    let folder = config.var.join("search");
    crate::adapters::tantivy::tell_instances(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?;
    say(format_args!("{found} listings can be found"));
    market.db().close().await;
    Ok(())
}
