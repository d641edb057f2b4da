//! Configuration: defaults, then `Leptos.toml` and `market.toml`, then the environment, then flags.
//!
//! Everything is checked at start and every error is listed at once. Secrets come from the environment or
//! from files named there, and never print themselves.

mod environment;
mod file;

use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::str::FromStr;

use market::db::Db;
use market::search::Weights;
use market::settings::Settings;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use tracing_subscriber::EnvFilter;

use crate::adapters::mailer::LettreMailer;
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
    /// What public pages remember.
    pub remember: Remember,
    /// Log lines as JSON.
    pub log_json: bool,
    /// Filter of log lines.
    pub log_filter: String,
    /// Figures of the business.
    pub settings: Settings,
    /// Small weights behind relevance in search.
    pub search: Weights,
}

/// What public pages remember of a moment ago. Less than all of it is for measuring only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Remember {
    /// Whole pages (`page::kept`), and what was read.
    #[default]
    Pages,
    /// What was read while nobody has committed since (`db::inline`); each page is put into words for its request.
    Reads,
    /// Neither.
    Nothing,
}

impl FromStr for Remember {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "pages" => Ok(Self::Pages),
            "reads" => Ok(Self::Reads),
            "nothing" => Ok(Self::Nothing),
            _ => Err("pages, reads or nothing"),
        }
    }
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
        /// Where answers to mails go; to the sender when nothing else is said.
        reply_to: Option<String>,
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
            remember: Remember::default(),
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
        let (config, problems) = Self::read(environment);
        if problems.is_empty() {
            Ok(config)
        } else {
            Err(format!("configuration:\n  {}", problems.join("\n  ")))
        }
    }

    /// Reads what can be read, with every problem found; what is wrong is left at its default.
    pub fn read(environment: &Environment) -> (Self, Vec<String>) {
        let mut problems = Vec::new();
        let mut config = Self::default();
        file::apply_leptos(&mut config, environment, &mut problems);
        let url = file::apply_market(&mut config, environment, &mut problems);
        let url = environment.get("MARKET_PUBLIC_URL", &mut problems).or(url);
        environment.apply(&mut config, &mut problems);
        // whoever moves the port on a development machine means the links too
        config.settings.public_url = url.unwrap_or_else(|| format!("http://{}", config.addr));
        config.check(&mut problems);
        (config, problems)
    }

    fn check(&self, problems: &mut Vec<String>) {
        let url = &self.settings.public_url;
        if !(url.starts_with("http://") || url.starts_with("https://")) || url.ends_with('/') {
            problems.push(format!("public url {url:?}: an http(s) address without a trailing slash"));
        }
        if let Err(problem) = Db::check_url(self.database_url.expose_secret()) {
            problems.push(format!("DATABASE_URL: {problem}"));
        }
        problems.extend(LettreMailer::problems(&self.mail));
        if let Err(problem) = EnvFilter::try_new(&self.log_filter) {
            problems.push(format!("MARKET_LOG {:?}: {problem}", self.log_filter));
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
        problems.extend(self.settings.problems());
        problems.extend(self.search.problems());
    }

    /// Whether the site is reached by https, so that cookies may demand it.
    pub fn is_https(&self) -> bool {
        self.settings.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests;
