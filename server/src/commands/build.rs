//! Putting the market together from its configuration: database and adapters.

use std::sync::Arc;

use market::db::Db;
use market::ports::{CatalogSearch, NoTalker, NoTranslator, SystemIds, running_clock};
use market::{Market, Ports};
use secrecy::ExposeSecret;

use crate::adapters::mailer::LettreMailer;
use crate::adapters::registry::NoRegistry;
use crate::config::{Config, Remember};

/// Opens the configured database.
///
/// # Errors
/// When it does not answer.
pub async fn connect(config: &Config) -> Result<Db, String> {
    Db::connect(config.database_url.expose_secret(), config.database_connections)
        .await
        .map_err(|error| format!("database: {error}"))
}

/// The market with the adapters of the configuration.
///
/// # Errors
/// When the database does not answer or an adapter cannot be made.
pub async fn build_market(config: &Config) -> Result<Market, String> {
    build(config, crate::adapters::open_search(config)?).await
}

/// The market for a process that answers visitors: it has a search index of its own.
///
/// # Errors
/// When the database does not answer or an adapter cannot be made.
pub async fn build_serving_market(config: &Config) -> Result<Market, String> {
    build(config, crate::adapters::open_own_search(config)?).await
}

/// The market for a command that changes no listing, beside a running server that holds the index.
///
/// # Errors
/// When the database does not answer or an adapter cannot be made.
pub async fn build_market_without_index(config: &Config) -> Result<Market, String> {
    build(config, Arc::new(crate::adapters::no_search::NoSearch)).await
}

/// The market with this search engine.
///
/// # Errors
/// When the database does not answer or an adapter cannot be made.
pub async fn build(config: &Config, search: Arc<dyn CatalogSearch>) -> Result<Market, String> {
    let db = connect(config).await?;
    db.remember_texts(config.remember != Remember::Nothing);
    let (media, files) = crate::adapters::open_media(config)?;
    let ports = Ports {
        clock: running_clock(&config.var),
        ids: Arc::new(SystemIds),
        mailer: Arc::new(LettreMailer::new(&config.mail)?),
        registry: Arc::new(NoRegistry),
        media,
        files,
        scanner: crate::adapters::open_scanner(config),
        search,
        // neither has a provider yet: what is off offers nothing
        talk: Arc::new(NoTalker),
        translator: Arc::new(NoTranslator),
    };
    Ok(Market::new(db, ports, config.settings.clone()))
}
