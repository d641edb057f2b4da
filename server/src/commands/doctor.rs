//! `doctor`: one line for each part, and what is wrong with it.

use super::{build_market, say};
use crate::config::Config;

pub(super) async fn doctor(config: &Config) -> Result<(), String> {
    let mut healthy = true;
    let mut line = |part: &str, result: Result<String, String>| {
        healthy &= result.is_ok();
        match result {
            Ok(text) => say(format_args!("ok    {part:<10} {text}")),
            Err(text) => say(format_args!("WRONG {part:<10} {text}")),
        }
    };
    line("config", Ok(format!("site at {}, data in {}", config.settings.public_url, config.var.display())));
    line("site", app::assets::load(&config.site_root).map(|()| config.site_root.display().to_string()));
    match build_market(config).await {
        Err(error) => line("database", Err(error)),
        Ok(market) => {
            let migrated = market.db().is_migrated().await;
            line(
                "database",
                migrated.map_err(|error| error.to_string()).and_then(|done| {
                    if done {
                        Ok("answers, migrated".into())
                    } else {
                        Err("migrations are missing: run `server migrate`".into())
                    }
                }),
            );
            let health = market.ports().search.health().await;
            line(
                "search",
                health
                    .map(|h| {
                        let state = if h.needs_rebuild { ", to be built at the next start" } else { "" };
                        format!("{}, {} listings, position {}{state}", h.engine, h.docs, h.position)
                    })
                    .map_err(|error| error.to_string()),
            );
            line("mail", market.ports().mailer.check().await.map_err(|error| error.to_string()));
            line(
                "media",
                market
                    .ports()
                    .media
                    .check()
                    .await
                    .map(|()| "can write".into())
                    .map_err(|error| format!("{error:?}")),
            );
            let scanner = &market.ports().scanner;
            let answers = if scanner.is_on() { "answers" } else { "none: files are not scanned" };
            line(
                "scanner",
                scanner.check().await.map(|()| answers.into()).map_err(|error| error.to_string()),
            );
            market.db().close().await;
        }
    }
    if healthy { Ok(()) } else { Err("something is wrong; see above".into()) }
}
