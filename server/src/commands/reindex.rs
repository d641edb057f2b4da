//! `reindex`: builds the search index anew from the database, beside the live one, then swaps.

use super::{build_market, say};
use crate::config::Config;

pub(super) async fn reindex(config: &Config) -> Result<(), String> {
    let market = build_market(config).await?;
    let found =
        market::search::feed::rebuild(&market).await.map_err(|error| format!("indexing failed: {error}"))?;
    say(format_args!("{found} listings can be found"));
    market.db().close().await;
    Ok(())
}
