//! `seed --demo`: writes the demo data once and indexes it.

use super::{build_market, say};
use crate::config::Config;

/// The demo sign-ins, in the order in which somebody trying the site wants them.
const SIGN_INS: [(&str, &str); 10] = [
    ("buyer@demo.test", "a buyer"),
    ("buyer2@demo.test", "a buyer abroad, in English"),
    ("vendor@demo.test", "owner of a company"),
    ("manager@demo.test", "manager in the same company"),
    ("staff@demo.test", "staff of the same company"),
    ("vendor2@demo.test", "owner of another company"),
    ("officer@demo.test", "officer of a chapter"),
    ("curator@demo.test", "curator of the federation"),
    ("finance@demo.test", "finance"),
    ("admin@demo.test", "administrator"),
];

pub(super) async fn seed(config: &Config, demo: bool) -> Result<(), String> {
    if !demo {
        return Err("nothing to do: say `seed --demo` for demo data".into());
    }
    let market = build_market(config).await?;
    market.db().migrate().await.map_err(|error| format!("migration failed: {error}"))?;
    let seeded = market::seed::seed_demo(&market).await.map_err(|error| match error.kind {
        market::ErrorKind::Conflict(_) => {
            "this database holds real accounts; demo data belongs into an empty one".to_owned()
        }
        _ => format!("seeding failed: {error}"),
    })?;
    match seeded {
        Some(done) => {
            market::inquiries::response::recompute_all(&market.system())
                .await
                .map_err(|error| format!("response figures: {error}"))?;
            let found = market::search::feed::rebuild(&market)
                .await
                .map_err(|error| format!("indexing failed: {error}"))?;
            say(format_args!(
                "{} companies, {} listings ({found} to be found), {} conversations",
                done.vendors, done.listings, done.threads
            ));
        }
        None => say("the demo data is there already"),
    }
    say(format_args!(
        "sign in at {}/sign-in with the passphrase {}",
        config.settings.public_url,
        market::seed::PASSPHRASE
    ));
    for (email, who) in SIGN_INS {
        say(format_args!("  {email:<18} {who}"));
    }
    market.db().close().await;
    Ok(())
}
