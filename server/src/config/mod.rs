//! Configuration: defaults, then `Leptos.toml` and `market.toml`, then the environment, then flags.
//!
//! Everything is checked at start and every error is listed at once. Secrets come from the environment or
//! from files named there, and never print themselves.

mod environment;
mod file;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use market::search::Weights;
use market::settings::Settings;
use secrecy::SecretString;

use crate::adapters::meilisearch::MeiliSettings;

pub use environment::Environment;

/// The running program's configuration.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where the site answers.
    pub addr: SocketAddr,
    /// Where Prometheus metrics answer; none switches them off.
    pub metrics_addr: Option<SocketAddr>,
    /// `sqlite://…` or `postgres://…`.
    pub database_url: SecretString,
    /// Connections for reading (SQLite) or altogether (PostgreSQL).
    pub database_connections: u32,
    /// Folder of the built site.
    pub site_root: PathBuf,
    /// Folder for data: media, search index, mail files.
    pub var: PathBuf,
    /// A Meilisearch server; none means the embedded engine.
    pub meilisearch: Option<MeiliSettings>,
    /// How mail leaves.
    pub mail: MailConfig,
    /// Where clamd answers: `host:port` or the path of its socket; none means that files are not scanned.
    pub clamd_addr: Option<String>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Open connections at most.
    pub max_connections: usize,
    /// Public pages remember what they said a moment ago (`page::kept`, `db::inline`). Off only to measure without.
    pub remember: bool,
    /// Log lines as JSON.
    pub log_json: bool,
    /// Filter of log lines.
    pub log_filter: String,
    /// Figures of the business.
    pub settings: Settings,
    /// Small weights behind relevance in search.
    pub search: Weights,
}

/// How mail leaves.
#[derive(Clone, Debug)]
pub enum MailConfig {
    /// As `.eml` files in a folder.
    Files(PathBuf),
    /// Through an SMTP server.
    Smtp {
        /// `smtp://` or `smtps://` address with credentials.
        url: SecretString,
        /// Sender.
        from: String,
    },
}

impl Default for Config {
    fn default() -> Self {
        Self {
            addr: SocketAddr::from(([127, 0, 0, 1], 3000)),
            metrics_addr: None,
            database_url: SecretString::from("sqlite://var/market.db"),
            database_connections: 8,
            site_root: "target/site".into(),
            var: "var".into(),
            meilisearch: None,
            mail: MailConfig::Files("var/mail".into()),
            clamd_addr: None,
            trusted_proxies: Vec::new(),
            max_connections: 10_000,
            remember: true,
            log_json: true,
            log_filter: "info,sqlx=warn,tantivy=warn,hyper=warn".into(),
            settings: Settings::default(),
            search: Weights::default(),
        }
    }
}

impl Config {
    /// Reads everything and checks it.
    ///
    /// # Errors
    /// Every problem found, one a line.
    pub fn load(environment: &Environment) -> Result<Self, String> {
        let mut problems = Vec::new();
        let mut config = Self::default();
        file::apply_leptos(&mut config, environment, &mut problems);
        file::apply_market(&mut config, environment, &mut problems);
        environment.apply(&mut config, &mut problems);
        config.check(&mut problems);
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(format!("configuration:\n  {}", problems.join("\n  ")))
        }
    }

    fn check(&self, problems: &mut Vec<String>) {
        let url = &self.settings.public_url;
        if !(url.starts_with("http://") || url.starts_with("https://")) || url.ends_with('/') {
            problems.push(format!("public url {url:?}: an http(s) address without a trailing slash"));
        }
        if let Some(Err(problem)) = self.meilisearch.as_ref().map(MeiliSettings::check) {
            problems.push(problem);
        }
        if self.database_connections == 0 || self.database_connections > 500 {
            problems.push(format!("database connections {}: 1 to 500", self.database_connections));
        }
        if self.max_connections == 0 {
            problems.push("max connections 0: at least 1".into());
        }
        if self.settings.free_window_days < 1 {
            problems.push(format!("free_window_days {}: at least 1", self.settings.free_window_days));
        }
        if !(1..=10).contains(&self.settings.images_per_listing) {
            problems.push(format!("images_per_listing {}: 1 to 10", self.settings.images_per_listing));
        }
        problems.extend(self.search.problem());
        if self.settings.answer_business_days == 0 {
            problems.push("answer_business_days 0: at least 1".into());
        }
    }

    /// Whether the site is reached by https, so that cookies may demand it.
    pub fn is_https(&self) -> bool {
        self.settings.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_every_problem_at_once() {
        let environment = Environment::from_pairs([
            ("MARKET_ADDR", "nonsense"),
            ("MARKET_PUBLIC_URL", "ftp://x"),
            ("MARKET_DATABASE_CONNECTIONS", "0"),
        ]);
        let message = Config::load(&environment).map(|_| ()).unwrap_err();
        for part in ["MARKET_ADDR", "public url", "database connections"] {
            assert!(message.contains(part), "{part} in {message}");
        }
    }

    #[test]
    fn a_remote_engine_is_checked_and_its_key_never_shown() {
        let load = |url: &str, index: &str| {
            Config::load(&Environment::from_pairs([
                ("MEILI_URL", url),
                ("MEILI_KEY", "hunter2"),
                ("MEILI_INDEX", index),
            ]))
        };
        let config = load("http://127.0.0.1:7700", "listings").unwrap();
        assert!(!format!("{config:?}").contains("hunter2"));
        assert_eq!(config.meilisearch.unwrap().index, "listings");
        let message = load("127.0.0.1", "listings").map(|_| ()).unwrap_err();
        assert!(message.contains("MEILI_URL") && !message.contains("hunter2"), "{message}");
        assert!(load("http://h", "목록").map(|_| ()).unwrap_err().contains("MEILI_INDEX"));
        let lost = Environment::from_pairs([("MEILI_URL", "http://h"), ("MEILI_KEY_FILE", "/nowhere/key")]);
        assert!(Config::load(&lost).map(|_| ()).unwrap_err().contains("MEILI_KEY_FILE"));
    }

    #[test]
    fn the_environment_wins_and_secrets_stay_secret() {
        let environment = Environment::from_pairs([
            ("DATABASE_URL", "postgres://u:hunter2@h/db"),
            ("MARKET_ADDR", "0.0.0.0:81"),
        ]);
        let config = Config::load(&environment).unwrap();
        assert_eq!(config.addr.port(), 81);
        assert!(!format!("{config:?}").contains("hunter2"));
    }

    #[test]
    fn shared_keys_of_both_leptos_tables_are_equal() {
        let read = |text: &str| -> toml::Table {
            let root: toml::Table = text.parse().unwrap();
            root["workspace"]["metadata"]["leptos"][0].as_table().unwrap().clone()
        };
        let cargo = read(include_str!("../../../Cargo.toml"));
        let leptos = read(include_str!("../../../Leptos.toml"));
        for (key, value) in &leptos {
            if let Some(other) = cargo.get(key) {
                assert_eq!(value, other, "{key}");
            }
        }
    }
}
