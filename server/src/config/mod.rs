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
    fn a_mistyped_setting_never_means_the_default() {
        let load = |name: &str| Config::load(&Environment::from_pairs([(name, "x")])).map(|_| ());
        for wrong in ["MARKET_SMPT_URL", "MARKET_LOGG", "MARKET_VARS_FILE", "MARKET_PUBLIC_URI"] {
            assert!(load(wrong).is_err_and(|message| message.contains(wrong)), "{wrong}");
        }
        // of the project's scripts, and what Kubernetes tells of a service of this name
        for other in ["MARKET_TOOLS", "MARKET_STEPS", "MARKET_PORT_3000_TCP_ADDR", "MARKET_SERVICE_HOST"] {
            assert!(load(other).is_ok(), "{other}");
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
    fn a_file_that_cannot_be_read_never_means_the_default() {
        let folder = std::env::temp_dir().join(format!("market-config-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (empty, binary, good) = (folder.join("empty"), folder.join("binary"), folder.join("good"));
        std::fs::write(&empty, "\n").unwrap();
        std::fs::write(&binary, [0xff, 0xfe, 0x00]).unwrap();
        std::fs::write(&good, "postgres://u:hunter2@h/db\n").unwrap();
        let names = [
            "DATABASE_URL",
            "MARKET_ADDR",
            "MARKET_METRICS_ADDR",
            "MARKET_DATABASE_CONNECTIONS",
            "MARKET_MAX_CONNECTIONS",
            "MARKET_LOG",
            "MARKET_LOG_JSON",
            "MARKET_SITE_ROOT",
            "MARKET_VAR",
            "MARKET_PUBLIC_URL",
            "MARKET_SMTP_URL",
            "MARKET_MAIL_FROM",
            "MARKET_TRUSTED_PROXIES",
            "MARKET_CONFIG",
            "MARKET_LEPTOS_TOML",
            "CLAMD_ADDR",
            "MEILI_URL",
            "MEILI_KEY",
            "MEILI_INDEX",
        ];
        for name in names {
            for path in [&folder.join("missing"), &empty, &binary, &folder] {
                let file = format!("{name}_FILE");
                let environment = Environment::from_pairs([(&*file, path.to_str().unwrap())]);
                let message = Config::load(&environment).map(|_| ()).unwrap_err();
                assert!(message.contains(&file), "{file} {}: {message}", path.display());
            }
        }
        let environment = Environment::from_pairs([("DATABASE_URL_FILE", good.to_str().unwrap())]);
        let config = Config::load(&environment).unwrap();
        assert_eq!(config.database_url.expose_secret(), "postgres://u:hunter2@h/db");
        std::fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn values_that_cannot_work_are_told_at_start() {
        let wrong = [
            ("DATABASE_URL", "mysql://u:hunter2@h/db"),
            ("DATABASE_URL", "var/market.db"),
            ("DATABASE_URL", "postgres://u:hunter2@h:port/db"),
            ("DATABASE_URL", ""),
            ("MARKET_LOG", "nonsense==["),
            ("MARKET_LOG", "info,sqlx=loud"),
            ("MARKET_SMTP_URL", "http://u:hunter2@h"),
            ("MARKET_SMTP_URL", "hunter2"),
            ("MARKET_METRICS_ADDR", "9090"),
            ("MARKET_MAX_CONNECTIONS", "-1"),
            ("MARKET_LOG_JSON", "perhaps"),
            ("MARKET_REMEMBER", "true"),
            ("MARKET_TRUSTED_PROXIES", "10.0.0.1, somewhere"),
        ];
        for (name, value) in wrong {
            let message = Config::load(&Environment::from_pairs([(name, value)])).map(|_| ()).unwrap_err();
            assert!(message.contains(name) && !message.contains("hunter2"), "{name}={value}: {message}");
        }
        let sender =
            Environment::from_pairs([("MARKET_SMTP_URL", "smtp://h"), ("MARKET_MAIL_FROM", "nobody")]);
        assert!(Config::load(&sender).map(|_| ()).unwrap_err().contains("MARKET_MAIL_FROM"));
        for right in
            ["sqlite://var/market.db", "postgres://u:p@h/db", "postgresql:///db?host=/run/postgresql"]
        {
            Config::load(&Environment::from_pairs([("DATABASE_URL", right)])).unwrap();
        }
        let all =
            Environment::from_pairs([("DATABASE_URL", "x"), ("MARKET_LOG", "=="), ("MARKET_SMTP_URL", "x")]);
        let message = Config::load(&all).map(|_| ()).unwrap_err();
        assert!(["DATABASE_URL", "MARKET_LOG", "MARKET_SMTP_URL"].iter().all(|name| message.contains(name)));
    }

    #[test]
    #[cfg(unix)]
    fn a_value_that_is_no_text_is_a_problem_only_where_it_is_asked_for() {
        use std::os::unix::ffi::OsStringExt as _;
        let broken = || std::ffi::OsString::from_vec(vec![0xff, b'x']);
        let mut environment = Environment::from_pairs([]);
        environment.set("SOMEBODY_ELSES", broken());
        Config::load(&environment).unwrap();
        environment.set("MARKET_LOG", broken());
        assert!(Config::load(&environment).map(|_| ()).unwrap_err().contains("MARKET_LOG: not UTF-8"));
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
