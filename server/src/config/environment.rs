//! The environment: the only place that reads it. `NAME_FILE` names a file that holds the value of `NAME`; one that cannot
//! be read, or holds nothing, is a problem and never means the default.

use std::collections::HashMap;
use std::ffi::OsString;
use std::net::IpAddr;
use std::str::FromStr;

use levenshtein_automata::{Distance, LevenshteinAutomatonBuilder};
use secrecy::SecretString;

use super::{Config, MailConfig};
use crate::adapters::meilisearch::MeiliSettings;

/// Settings of this program, without the `_FILE` that each may end in.
const KNOWN: [&str; 16] = [
    "MARKET_ADDR",
    "MARKET_CONFIG",
    "MARKET_DATABASE_CONNECTIONS",
    "MARKET_LEPTOS_TOML",
    "MARKET_LOG",
    "MARKET_LOG_JSON",
    "MARKET_MAIL_FROM",
    "MARKET_MAIL_REPLY_TO",
    "MARKET_MAX_CONNECTIONS",
    "MARKET_METRICS_ADDR",
    "MARKET_PUBLIC_URL",
    "MARKET_REMEMBER",
    "MARKET_SITE_ROOT",
    "MARKET_SMTP_URL",
    "MARKET_TRUSTED_PROXIES",
    "MARKET_VAR",
];
/// So many letters apart, a name is taken for a mistyped one of ours. Others may begin with the same word: the project's scripts,
/// Kubernetes for a service `market`.
const MISTYPED: u8 = 2;

/// Variables, as given by the system or by a test.
#[derive(Clone, Debug, Default)]
pub struct Environment(HashMap<String, OsString>);

impl Environment {
    /// The system's. A value may be anything: only what is asked for has to be text.
    #[expect(clippy::disallowed_methods, reason = "settings are read here and nowhere else")]
    pub fn of_system() -> Self {
        Self(
            std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value))).collect(),
        )
    }

    /// Given ones.
    pub fn from_pairs<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect())
    }

    /// One variable more; flags use it.
    pub fn set(&mut self, name: &str, value: impl Into<OsString>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A value, or what stands in the file named by `NAME_FILE`. What is there and cannot be read is a problem.
    pub fn get(&self, name: &str, problems: &mut Vec<String>) -> Option<String> {
        if let Some(value) = self.0.get(name) {
            let text = value.to_str().map(str::to_owned);
            if text.is_none() {
                problems.push(format!("{name}: not UTF-8"));
            }
            return text;
        }
        let file = format!("{name}_FILE");
        let path = self.0.get(&file)?;
        match std::fs::read_to_string(path) {
            Ok(text) if !text.trim_end().is_empty() => Some(text.trim_end().to_owned()),
            Ok(_) => {
                problems.push(format!("{file} {}: holds nothing", path.display()));
                None
            }
            Err(error) => {
                problems.push(format!("{file} {}: {error}", path.display()));
                None
            }
        }
    }

    fn parse<T: FromStr>(&self, name: &str, problems: &mut Vec<String>, apply: impl FnOnce(T))
    where
        T::Err: std::fmt::Display,
    {
        let Some(text) = self.get(name, problems) else { return };
        match text.parse() {
            Ok(value) => apply(value),
            Err(error) => problems.push(format!("{name}: {error}")),
        }
    }

    /// Names that are none of ours and nearly one, each with the one that may be meant: what is mistyped must not silently mean
    /// the default.
    fn mistyped(&self) -> Vec<(&str, &'static str)> {
        let builder = LevenshteinAutomatonBuilder::new(MISTYPED, true);
        let known: Vec<_> = KNOWN.iter().map(|name| (*name, builder.build_dfa(name))).collect();
        let mut out = Vec::new();
        for name in self.0.keys().filter(|name| name.starts_with("MARKET_")) {
            let plain = name.strip_suffix("_FILE").unwrap_or(name);
            let meant = || known.iter().find(|(_, near)| matches!(near.eval(plain), Distance::Exact(_)));
            if !KNOWN.contains(&plain) {
                out.extend(meant().map(|(meant, _)| (name.as_str(), *meant)));
            }
        }
        out.sort_unstable();
        out
    }

    pub(super) fn apply(&self, config: &mut Config, problems: &mut Vec<String>) {
        let mistyped = self.mistyped();
        problems.extend(mistyped.iter().map(|(name, meant)| format!("{name}: no such setting; {meant}?")));
        self.parse("MARKET_ADDR", problems, |value| config.addr = value);
        self.parse("MARKET_METRICS_ADDR", problems, |value| config.metrics_addr = Some(value));
        self.parse("MARKET_DATABASE_CONNECTIONS", problems, |value| config.database_connections = value);
        self.parse("MARKET_MAX_CONNECTIONS", problems, |value| config.max_connections = value);
        self.parse("MARKET_REMEMBER", problems, |value| config.remember = value);
        self.parse("MARKET_LOG_JSON", problems, |value| config.log_json = value);
        self.parse("MARKET_SITE_ROOT", problems, |value: String| config.site_root = value.into());
        self.parse("MARKET_LOG", problems, |value| config.log_filter = value);
        if let Some(address) = self.get("CLAMD_ADDR", problems).filter(|address| !address.is_empty()) {
            config.clamd_addr = Some(address);
        }
        let database = self.get("DATABASE_URL", problems);
        if let Some(var) = self.get("MARKET_VAR", problems) {
            config.var = var.into();
            config.mail = MailConfig::Files(config.var.join("mail"));
            config.database_url =
                SecretString::from(format!("sqlite://{}", config.var.join("market.db").display()));
        }
        if let Some(url) = database {
            config.database_url = SecretString::from(url);
        }
        let from = self.get("MARKET_MAIL_FROM", problems);
        let reply_to = self.get("MARKET_MAIL_REPLY_TO", problems);
        if let Some(url) = self.get("MARKET_SMTP_URL", problems) {
            let from = from.unwrap_or_else(|| "no-reply@localhost".into());
            config.mail = MailConfig::Smtp { url: SecretString::from(url), from, reply_to };
        }
        self.apply_meilisearch(config, problems);
        for text in self
            .get("MARKET_TRUSTED_PROXIES", problems)
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            match text.parse::<IpAddr>() {
                Ok(ip) => config.trusted_proxies.push(ip.to_canonical()),
                Err(error) => problems.push(format!("MARKET_TRUSTED_PROXIES {text:?}: {error}")),
            }
        }
    }

    fn apply_meilisearch(&self, config: &mut Config, problems: &mut Vec<String>) {
        let key = self.get("MEILI_KEY", problems).filter(|key| !key.is_empty());
        let index = self.get("MEILI_INDEX", problems).unwrap_or_else(|| "listings".into());
        let Some(url) = self.get("MEILI_URL", problems).filter(|url| !url.is_empty()) else { return };
        config.meilisearch = Some(MeiliSettings { url, key: key.map(SecretString::from), index });
    }
}
