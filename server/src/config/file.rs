//! Configuration files: `Leptos.toml` (site keys that Leptos tools share) and `market.toml` (ours).

use std::path::{Path, PathBuf};

use market::settings::Settings;
use serde::Deserialize;

use super::{Config, Environment, Remember};

/// Ours. Unknown keys are errors: a typo must not silently mean the default.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct MarketFile {
    addr: Option<String>,
    metrics_addr: Option<String>,
    database_connections: Option<u32>,
    max_connections: Option<usize>,
    remember: Option<Remember>,
    site_root: Option<PathBuf>,
    var: Option<PathBuf>,
    log_json: Option<bool>,
    log: Option<String>,
    business: Option<Settings>,
    search: Option<market::search::Weights>,
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

/// Reads `market.toml`, or the file named by `MARKET_CONFIG`.
pub(super) fn apply_market(config: &mut Config, environment: &Environment, problems: &mut Vec<String>) {
    let named = environment.get("MARKET_CONFIG", problems);
    let path = named.clone().unwrap_or_else(|| "market.toml".into());
    let text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(_) if named.is_none() => return,
        Err(error) => return problems.push(format!("{path}: {error}")),
    };
    match toml::from_str::<MarketFile>(&text) {
        Ok(file) => apply(config, file, &path, problems),
        Err(error) => problems.push(format!("{path}: {error}")),
    }
}

fn apply(config: &mut Config, file: MarketFile, path: &str, problems: &mut Vec<String>) {
    if let Some(addr) = file.addr {
        match addr.parse() {
            Ok(addr) => config.addr = addr,
            Err(error) => problems.push(format!("{path}: addr: {error}")),
        }
    }
    if let Some(addr) = file.metrics_addr {
        match addr.parse() {
            Ok(addr) => config.metrics_addr = Some(addr),
            Err(error) => problems.push(format!("{path}: metrics_addr: {error}")),
        }
    }
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
    if let Some(weights) = file.search {
        config.search = weights;
    }
    if let Some(settings) = file.business {
        config.settings = settings;
    }
}
