//! The environment: the only place that reads it. `NAME_FILE` names a file that holds the value of `NAME`.

use std::collections::HashMap;
use std::str::FromStr;

use secrecy::SecretString;

use super::{Config, MailConfig};
use crate::adapters::meilisearch::MeiliSettings;

/// Variables, as given by the system or by a test.
#[derive(Clone, Debug, Default)]
pub struct Environment(HashMap<String, String>);

impl Environment {
    /// The system's.
    #[expect(clippy::disallowed_methods, reason = "settings are read here and nowhere else")]
    pub fn of_system() -> Self {
        Self(std::env::vars().collect())
    }

    /// Given ones.
    pub fn from_pairs<const N: usize>(pairs: [(&str, &str); N]) -> Self {
        Self(pairs.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
    }

    /// One variable more; flags use it.
    pub fn set(&mut self, name: &str, value: impl Into<String>) {
        self.0.insert(name.to_owned(), value.into());
    }

    /// A value, or what stands in the file named by `NAME_FILE`.
    pub fn get(&self, name: &str) -> Option<String> {
        if let Some(value) = self.0.get(name) {
            return Some(value.clone());
        }
        let path = self.0.get(&format!("{name}_FILE"))?;
        std::fs::read_to_string(path).ok().map(|text| text.trim_end().to_owned())
    }

    fn parse<T: FromStr>(&self, name: &str, problems: &mut Vec<String>, apply: impl FnOnce(T))
    where
        T::Err: std::fmt::Display,
    {
        let Some(text) = self.get(name) else { return };
        match text.parse() {
            Ok(value) => apply(value),
            Err(error) => problems.push(format!("{name}: {error}")),
        }
    }

    pub(super) fn apply(&self, config: &mut Config, problems: &mut Vec<String>) {
        self.parse("MARKET_ADDR", problems, |value| config.addr = value);
        self.parse("MARKET_METRICS_ADDR", problems, |value| config.metrics_addr = Some(value));
        self.parse("MARKET_DATABASE_CONNECTIONS", problems, |value| config.database_connections = value);
        self.parse("MARKET_MAX_CONNECTIONS", problems, |value| config.max_connections = value);
        self.parse("MARKET_REMEMBER", problems, |value| config.remember = value);
        self.parse("MARKET_LOG_JSON", problems, |value| config.log_json = value);
        self.parse("MARKET_SITE_ROOT", problems, |value: String| config.site_root = value.into());
        self.parse("MARKET_LOG", problems, |value| config.log_filter = value);
        config.clamd_addr =
            self.get("CLAMD_ADDR").filter(|address| !address.is_empty()).or(config.clamd_addr.take());
        if let Some(url) = self.get("DATABASE_URL") {
            config.database_url = SecretString::from(url);
        }
        if let Some(var) = self.get("MARKET_VAR") {
            config.var = var.into();
            config.mail = MailConfig::Files(config.var.join("mail"));
            if self.get("DATABASE_URL").is_none() {
                config.database_url =
                    SecretString::from(format!("sqlite://{}", config.var.join("market.db").display()));
            }
        }
        match self.get("MARKET_PUBLIC_URL") {
            Some(url) => config.settings.public_url = url,
            // whoever moves the port on a development machine means the links too
            None if self.get("MARKET_ADDR").is_some() => {
                config.settings.public_url = format!("http://{}", config.addr);
            }
            None => {}
        }
        if let Some(url) = self.get("MARKET_SMTP_URL") {
            let from = self.get("MARKET_MAIL_FROM").unwrap_or_else(|| "no-reply@localhost".into());
            config.mail = MailConfig::Smtp { url: SecretString::from(url), from };
        }
        self.apply_meilisearch(config, problems);
        for text in self
            .get("MARKET_TRUSTED_PROXIES")
            .unwrap_or_default()
            .split(',')
            .map(str::trim)
            .filter(|text| !text.is_empty())
        {
            match text.parse() {
                Ok(ip) => config.trusted_proxies.push(ip),
                Err(error) => problems.push(format!("MARKET_TRUSTED_PROXIES {text:?}: {error}")),
            }
        }
    }

    fn apply_meilisearch(&self, config: &mut Config, problems: &mut Vec<String>) {
        let Some(url) = self.get("MEILI_URL").filter(|url| !url.is_empty()) else { return };
        let key = self.get("MEILI_KEY").filter(|key| !key.is_empty());
        if key.is_none()
            && let Some(path) = self.0.get("MEILI_KEY_FILE")
        {
            problems.push(format!("MEILI_KEY_FILE {path:?}: cannot be read, or holds nothing"));
        }
        config.meilisearch = Some(MeiliSettings {
            url,
            key: key.map(SecretString::from),
            index: self.get("MEILI_INDEX").unwrap_or_else(|| "listings".into()),
        });
    }
}
