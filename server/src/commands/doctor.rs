//! `doctor`: one line for each part, and what is wrong with it. Each part is looked at by itself, so that one fault hides
//! no other, and no database is made that is missing.

use market::db::Db;
use market::ports::Mailer as _;
use secrecy::ExposeSecret as _;

use super::say;
use crate::adapters::mailer::LettreMailer;
use crate::adapters::{open_media, open_scanner, open_search};
use crate::config::Config;

/// What was found about a part: what it says when all is well, or what is wrong.
type Finding = (&'static str, Result<String, String>);

/// Looks at everything. `problems` are those of the settings, of which the wrong ones stand at their defaults.
pub(super) async fn doctor(config: &Config, problems: Vec<String>) -> Result<(), String> {
    let findings = examine(config, problems).await;
    for (part, result) in &findings {
        match result {
            Ok(text) => say(format_args!("ok    {part:<10} {text}")),
            Err(text) => say(format_args!("WRONG {part:<10} {text}")),
        }
    }
    if findings.iter().all(|(_, result)| result.is_ok()) {
        Ok(())
    } else {
        Err("something is wrong; see above".into())
    }
}

async fn examine(config: &Config, problems: Vec<String>) -> Vec<Finding> {
    let site = app::assets::load(&config.site_root).map(|()| config.site_root.display().to_string());
    let mut findings: Vec<Finding> = problems.into_iter().map(|problem| ("config", Err(problem))).collect();
    if findings.is_empty() {
        let text = format!("site at {}, data in {}", config.settings.public_url, config.var.display());
        findings.push(("config", Ok(text)));
    }
    findings.extend([
        ("site", site),
        ("database", database(config).await),
        ("search", search(config).await),
        ("mail", mail(config).await),
        ("media", media(config).await),
        ("scanner", scanner(config).await),
    ]);
    findings
}

async fn database(config: &Config) -> Result<String, String> {
    let url = config.database_url.expose_secret();
    Db::probe(url).await?;
    let db =
        Db::connect_existing(url, config.database_connections).await.map_err(|error| error.to_string())?;
    let migrated = db.is_migrated().await.map_err(|error| error.to_string());
    db.close().await;
    if migrated? {
        Ok("answers, migrated".into())
    } else {
        Err("migrations are missing: run `server migrate`".into())
    }
}

async fn search(config: &Config) -> Result<String, String> {
    let health = open_search(config)?.health().await.map_err(|error| error.to_string())?;
    let state = if health.needs_rebuild { ", to be built at the next start" } else { "" };
    Ok(format!("{}, {} listings, position {}{state}", health.engine, health.docs, health.position))
}

async fn mail(config: &Config) -> Result<String, String> {
    LettreMailer::new(&config.mail)?.check().await.map_err(|error| error.to_string())
}

async fn media(config: &Config) -> Result<String, String> {
    let (media, _) = open_media(config)?;
    media.check().await.map(|()| "can write".into()).map_err(|error| format!("{error:?}"))
}

async fn scanner(config: &Config) -> Result<String, String> {
    let scanner = open_scanner(config);
    let answers = if scanner.is_on() { "answers" } else { "none: files are not scanned" };
    scanner.check().await.map(|()| answers.into()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use secrecy::SecretString;

    use super::*;
    use crate::config::MailConfig;

    fn folder(name: &str) -> PathBuf {
        let folder = std::env::temp_dir().join(format!("market-doctor-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }

    fn healthy(var: &Path) -> Config {
        Config {
            site_root: Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/http/site"),
            var: var.to_owned(),
            mail: MailConfig::Files(var.join("mail")),
            database_url: SecretString::from(format!("sqlite://{}", var.join("market.db").display())),
            ..Config::default()
        }
    }

    async fn wrong(config: &Config) -> Vec<&'static str> {
        examine(config, Vec::new())
            .await
            .into_iter()
            .filter(|(_, result)| result.is_err())
            .map(|(part, _)| part)
            .collect()
    }

    #[tokio::test]
    async fn each_part_is_told_by_itself() {
        let var = folder("parts");
        let config = healthy(&var);
        assert_eq!(wrong(&config).await, ["database"]);
        assert!(!var.join("market.db").exists(), "looking makes no database");

        let db = Db::connect(config.database_url.expose_secret(), 1).await.unwrap();
        assert_eq!(wrong(&config).await, ["database"], "not migrated");
        db.migrate().await.unwrap();
        db.close().await;
        assert_eq!(wrong(&config).await, [""; 0]);

        let nowhere = "127.0.0.1:1";
        let smtp = MailConfig::Smtp {
            url: SecretString::from(format!("smtp://{nowhere}")),
            from: "no-reply@example.test".into(),
            reply_to: None,
        };
        let broken = [
            ("site", Config { site_root: var.join("nothing"), ..config.clone() }),
            ("mail", Config { mail: smtp, ..config.clone() }),
            ("scanner", Config { clamd_addr: Some(nowhere.into()), ..config.clone() }),
            (
                "database",
                Config {
                    database_url: SecretString::from(format!("postgres://u@{nowhere}/x")),
                    ..config.clone()
                },
            ),
        ];
        for (part, config) in &broken {
            assert_eq!(wrong(config).await, [*part]);
        }
        std::fs::remove_dir_all(&var).unwrap();
    }

    #[tokio::test]
    async fn a_fault_hides_no_other() {
        let var = folder("all");
        for part in ["search", "media", "mail"] {
            std::fs::write(var.join(part), "in the way").unwrap();
        }
        let config = Config { site_root: var.join("nothing"), ..healthy(&var) };
        assert_eq!(wrong(&config).await, ["site", "database", "search", "mail", "media"]);
        std::fs::remove_dir_all(&var).unwrap();
    }

    #[tokio::test]
    async fn wrong_settings_are_a_finding_among_others() {
        let var = folder("settings");
        let problems = ["addr: nonsense", "home_slots 1000: 0 to 100"].map(str::to_owned).to_vec();
        let findings = examine(&healthy(&var), problems).await;
        let parts: Vec<_> = findings.iter().map(|(part, result)| (*part, result.is_ok())).collect();
        assert_eq!(parts[..4], [("config", false), ("config", false), ("site", true), ("database", false)]);
        assert!(parts.contains(&("media", true)), "{parts:?}");
        std::fs::remove_dir_all(&var).unwrap();
    }

    #[tokio::test]
    async fn it_says_why_a_server_cannot_be_reached() {
        let var = folder("reached");
        let database_url = SecretString::from("postgres://u:hunter2@127.0.0.1:1/x".to_owned());
        let said = database(&Config { database_url, ..healthy(&var) }).await.unwrap_err();
        assert!(said.contains("refused") && !said.contains("hunter2"), "{said}");
        std::fs::remove_dir_all(&var).unwrap();
    }
}
