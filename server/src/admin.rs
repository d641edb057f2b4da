//! `server admin`: who runs the site. The first admin and the way back in for one who lost the password, roles in the
//! federation's team, its chapters and their officers. Everything may be done again: what is so already stays as it is.
//!
//! No password is typed at a terminal: `create` prints a link that works once, for an hour.

use app::i18n::problems;
use clap::Subcommand;
use market::accounts::offices::{self, ChapterDraft, Written};
use market::accounts::{roles, service};
use market::{Error, ErrorKind, Lang, Market, Problem};

/// What `server admin` is asked to do.
#[derive(Debug, Subcommand)]
pub enum AdminCommand {
    /// Make somebody an admin and print a one-time link to choose a password.
    Create {
        /// Address they sign in with.
        #[arg(long)]
        email: String,
        /// What to call them.
        #[arg(long)]
        name: String,
    },
    /// Give a role to somebody who has joined: curator, moderator, finance or admin.
    Grant {
        /// Address they sign in with.
        email: String,
        /// The role.
        role: String,
    },
    /// Take a role away; one admin always stays.
    Revoke {
        /// Address they sign in with.
        email: String,
        /// The role.
        role: String,
    },
    /// Keep the list of the federation's chapters.
    Chapter {
        #[command(subcommand)]
        command: ChapterCommand,
    },
    /// Decide who is an officer of a chapter.
    Officer {
        #[command(subcommand)]
        command: OfficerCommand,
    },
}

/// What `server admin chapter` is asked to do.
#[derive(Debug, Subcommand)]
pub enum ChapterCommand {
    /// Make a chapter, or correct the one with this address.
    Add {
        /// Its address: small letters, digits and hyphens, e.g. gyeonggi.
        slug: String,
        /// Its Korean name.
        #[arg(long)]
        name_ko: String,
        /// Its English name.
        #[arg(long)]
        name_en: String,
        /// Its region: 경기, gyeonggi or 41.
        #[arg(long)]
        region: String,
    },
    /// Print every chapter: address, region, names.
    List,
}

/// What `server admin officer` is asked to do.
#[derive(Debug, Subcommand)]
pub enum OfficerCommand {
    /// Make somebody an officer of a chapter.
    Add {
        /// Address they sign in with.
        email: String,
        /// Address of the chapter, as `chapter list` prints it.
        chapter: String,
    },
    /// End somebody's office.
    Remove {
        /// Address they sign in with.
        email: String,
        /// Address of the chapter.
        chapter: String,
    },
}

/// Does it and gives the lines to print.
///
/// # Errors
/// A message for the person at the terminal.
pub async fn run(market: &Market, command: AdminCommand) -> Result<String, String> {
    match command {
        AdminCommand::Create { email, name } => create(market, &email, &name).await,
        AdminCommand::Grant { email, role } => {
            let given = roles::grant(&market.system(), &email, &role).await.map_err(|e| describe(&e))?;
            Ok(said(&email, if given { "is now" } else { "was already" }, &role))
        }
        AdminCommand::Revoke { email, role } => {
            let taken = roles::revoke(&market.system(), &email, &role).await.map_err(|e| describe(&e))?;
            Ok(said(&email, if taken { "is no longer" } else { "was not" }, &role))
        }
        AdminCommand::Chapter { command } => chapter(market, command).await,
        AdminCommand::Officer { command } => officer(market, command).await,
    }
}

fn said(email: &str, how: &str, what: &str) -> String {
    format!("{} {how} {what}", email.trim())
}

/// Makes `email` an admin (with an account if there is none) and gives the lines to print.
///
/// # Errors
/// A message for the person at the terminal.
pub async fn create(market: &Market, email: &str, name: &str) -> Result<String, String> {
    let link =
        service::create_admin(&market.system(), email, name).await.map_err(|error| describe(&error))?;
    Ok(format!("{} may do everything now. Choose a password within the hour:\n{link}", email.trim()))
}

async fn chapter(market: &Market, command: ChapterCommand) -> Result<String, String> {
    let cx = market.system();
    match command {
        ChapterCommand::Add { slug, name_ko, name_en, region } => {
            let draft = ChapterDraft { slug, name_ko, name_en, region };
            let written = offices::write_chapter(&cx, &draft).await.map_err(|error| describe(&error))?;
            let what = match written {
                Written::Added => "is new",
                Written::Corrected => "is corrected",
                Written::Unchanged => "was there already",
            };
            Ok(format!("{} {what}", draft.slug.trim()))
        }
        ChapterCommand::List => {
            let chapters = offices::chapters(&cx).await.map_err(|error| describe(&error))?;
            if chapters.is_empty() {
                return Ok("no chapters yet".into());
            }
            let line = |c: &market::vendors::store::Chapter| {
                format!("{}\t{}\t{}\t{}", c.slug, c.region, c.name_ko, c.name_en)
            };
            Ok(chapters.iter().map(line).collect::<Vec<_>>().join("\n"))
        }
    }
}

async fn officer(market: &Market, command: OfficerCommand) -> Result<String, String> {
    let cx = market.system();
    let (email, chapter, how) = match command {
        OfficerCommand::Add { email, chapter } => {
            let given = offices::appoint(&cx, &email, &chapter).await.map_err(|error| describe(&error))?;
            (email, chapter, if given { "is now" } else { "was already" })
        }
        OfficerCommand::Remove { email, chapter } => {
            let taken = offices::dismiss(&cx, &email, &chapter).await.map_err(|error| describe(&error))?;
            (email, chapter, if taken { "is no longer" } else { "was not" })
        }
    };
    Ok(said(&email, how, &format!("an officer of {}", chapter.trim())))
}

fn describe(error: &Error) -> String {
    match &error.kind {
        ErrorKind::Invalid(errors) => {
            let lines = errors.0.iter().map(|e| match (&*e.field, &e.problem) {
                ("role", Problem::NotChoice) => {
                    "role: one of curator, moderator, finance, admin, please".to_owned()
                }
                ("chapter", Problem::NotChoice) => {
                    "chapter: there is no such chapter; `server admin chapter list` prints them".to_owned()
                }
                (field, problem) => format!("--{field}: {}", problems::problem(Lang::En, problem)),
            });
            lines.collect::<Vec<_>>().join("\n").replace("--name_", "--name-")
        }
        ErrorKind::Unavailable => format!("the database does not answer: {error}"),
        _ => error.to_string(),
    }
}
