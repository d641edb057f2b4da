//! Configuration files: `Leptos.toml` (site keys that Leptos tools share) and `market.toml` (ours).

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use market::search::Weights;
use market::settings::Settings;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use toml::Table;

use super::{Config, Environment, Remember};

/// Ours. Unknown keys are errors: a typo must not silently mean the default.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct MarketFile {
    addr: Option<SocketAddr>,
    metrics_addr: Option<SocketAddr>,
    database_connections: Option<u32>,
    max_connections: Option<usize>,
    remember: Option<Remember>,
    site_root: Option<PathBuf>,
    var: Option<PathBuf>,
    log_json: Option<bool>,
    log: Option<String>,
    business: Option<Table>,
    search: Option<Table>,
}

/// Reads the site keys of `Leptos.toml`, beside the working directory or named by `MARKET_LEPTOS_TOML`.
pub(super) fn apply_leptos(config: &mut Config, environment: &Environment, problems: &mut Vec<String>) {
    let path = environment.get("MARKET_LEPTOS_TOML", problems).unwrap_or_else(|| "Leptos.toml".into());
    if !Path::new(&path).exists() {
        return;
    }
    match leptos_config::get_configuration(Some(&path)) {
        Ok(file) => {
            config.addr = file.leptos_options.site_addr;
            config.site_root = PathBuf::from(&*file.leptos_options.site_root);
        }
        Err(error) => problems.push(format!("{path}: {error}")),
    }
}

/// Reads `market.toml`, or the file named by `MARKET_CONFIG`. Gives the address of the site when it names one.
pub(super) fn apply_market(
    config: &mut Config,
    environment: &Environment,
    problems: &mut Vec<String>,
) -> Option<String> {
    let named = environment.get("MARKET_CONFIG", problems);
    let path = named.clone().unwrap_or_else(|| "market.toml".into());
    let table = match std::fs::read_to_string(&path) {
        Ok(text) => text.parse::<Table>().map_err(|error| error.to_string()),
        Err(_) if named.is_none() => return None,
        Err(error) => Err(error.to_string()),
    };
    let table = table.map_err(|error| problems.push(format!("{path}: {error}"))).ok()?;
    let mut file: MarketFile = what_is_right(table, &format!("{path}: "), problems);
    if let Some(weights) = file.search.take() {
        config.search = what_is_right::<Weights>(weights, &format!("{path}: search."), problems);
    }
    let mut url = None;
    if let Some(business) = file.business.take() {
        let is_named = business.get("public_url").is_some_and(toml::Value::is_str);
        config.settings = what_is_right::<Settings>(business, &format!("{path}: business."), problems);
        url = is_named.then(|| config.settings.public_url.clone());
    }
    apply(config, file);
    url
}

/// Reads each key by itself, so that one mistake hides no other; what is wrong is left at its default.
fn what_is_right<T: DeserializeOwned + Default>(table: Table, place: &str, problems: &mut Vec<String>) -> T {
    let mut right = Table::new();
    for (key, value) in table {
        let alone = Table::from_iter([(key.clone(), value.clone())]);
        match alone.try_into::<T>() {
            Ok(_) => drop(right.insert(key, value)),
            Err(error) => problems.push(format!("{place}{key}: {}", error.message())),
        }
    }
    right.try_into().unwrap_or_default()
}

fn apply(config: &mut Config, file: MarketFile) {
    config.addr = file.addr.unwrap_or(config.addr);
    config.metrics_addr = file.metrics_addr.or(config.metrics_addr);
    if let Some(var) = file.var {
        config.mail = super::MailConfig::Files(var.join("mail"));
        config.database_url =
            secrecy::SecretString::from(format!("sqlite://{}", var.join("market.db").display()));
        config.var = var;
    }
    config.database_connections = file.database_connections.unwrap_or(config.database_connections);
    config.max_connections = file.max_connections.unwrap_or(config.max_connections);
    config.remember = file.remember.unwrap_or(config.remember);
    config.log_json = file.log_json.unwrap_or(config.log_json);
    config.log_filter = file.log.unwrap_or_else(|| config.log_filter.clone());
    config.site_root = file.site_root.unwrap_or_else(|| config.site_root.clone());
}
