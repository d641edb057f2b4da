//! `server admin create`: the first admin, and the way back in for one who lost the password.
//!
//! No password is typed at a terminal: the command prints a link that works once, for an hour.

use app::i18n::problems;
use market::accounts::service;
use market::{Error, ErrorKind, Lang, Market};

/// Makes `email` an admin (with an account if there is none) and gives the lines to print.
///
/// # Errors
/// A message for the person at the terminal.
pub async fn create(market: &Market, email: &str, name: &str) -> Result<String, String> {
    let link =
        service::create_admin(&market.system(), email, name).await.map_err(|error| describe(&error))?;
    Ok(format!("{} may do everything now. Choose a password within the hour:\n{link}", email.trim()))
}

fn describe(error: &Error) -> String {
    match &error.kind {
        ErrorKind::Invalid(errors) => {
            let lines = errors
                .0
                .iter()
                .map(|e| format!("--{}: {}", e.field, problems::problem(Lang::En, &e.problem)));
            lines.collect::<Vec<_>>().join("\n")
        }
        ErrorKind::Unavailable => format!("the database does not answer: {error}"),
        _ => error.to_string(),
    }
}
