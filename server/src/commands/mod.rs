//! Subcommands, one file each.

mod build;
mod doctor;
mod holidays;
mod migrate;
mod reindex;
mod seed;
mod serve;

use std::io::Write as _;
use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::admin::AdminCommand;
use crate::config::{Config, Environment};
use crate::telemetry;

pub use build::{build, build_market, build_market_without_index, build_serving_market, connect};

/// 융합닷컴 market.
#[derive(Debug, Parser)]
#[command(name = "server", version, about)]
pub struct Cli {
    /// Configuration file (default: market.toml, when there is one).
    #[arg(long, global = true)]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer visitors, and work in the background unless told otherwise.
    Serve {
        /// Address and port, e.g. 127.0.0.1:3000.
        #[arg(long)]
        addr: Option<String>,
        /// Leave the background work to other processes.
        #[arg(long)]
        no_worker: bool,
    },
    /// Only work in the background.
    Worker,
    /// Bring the database up to date.
    Migrate {
        /// Only say what is applied and what is not.
        #[arg(long)]
        status: bool,
    },
    /// Decide who runs the site.
    Admin {
        #[command(subcommand)]
        command: AdminCommand,
    },
    /// Write data to try the site out with.
    Seed {
        /// Invented companies, products, people and conversations.
        #[arg(long)]
        demo: bool,
    },
    /// Add declared days off from a file: date, kind, Korean and English name, parted by tabs.
    Holidays {
        /// The file.
        #[arg(long)]
        file: PathBuf,
    },
    /// Build the search index anew beside the live one; running servers take it up by themselves.
    Reindex,
    /// Check configuration, database, search, mail and media; one line each.
    Doctor,
    /// Answer a file of judged questions over a scratch index, for scoring.
    Quality(crate::quality::QualityArgs),
    /// Measure the embedded search engine with invented listings.
    BenchSearch(crate::bench_search::BenchSearchArgs),
    /// Write the same invented listings into a database of its own, for measuring pages.
    BenchCatalogue(crate::bench_search::BenchCatalogueArgs),
    /// Measure inboxes and backlogs with invented threads, in a database of its own.
    BenchInquiries(crate::bench_inquiries::BenchInquiriesArgs),
}

/// Runs one subcommand.
///
/// # Errors
/// A message for the person at the terminal.
pub async fn run(cli: Cli) -> Result<(), String> {
    let mut environment = Environment::of_system();
    if let Some(path) = &cli.config {
        environment.set("MARKET_CONFIG", path.display().to_string());
    }
    if let Command::Serve { addr: Some(addr), .. } = &cli.command {
        environment.set("MARKET_ADDR", addr);
    }
    if matches!(cli.command, Command::Doctor) {
        // one wrong setting must hide nothing of what else is wrong
        let (config, problems) = Config::read(&environment);
        telemetry::start_logging(&config);
        return doctor::doctor(&config, problems).await;
    }
    let config = Config::load(&environment)?;
    telemetry::start_logging(&config);
    match cli.command {
        Command::Serve { no_worker, .. } => serve::serve(config, !no_worker).await,
        Command::Worker => serve::work(config).await,
        Command::Migrate { status } => migrate::migrate(&config, status).await,
        Command::Admin { command } => {
            say(crate::admin::run(&build_market_without_index(&config).await?, command).await?);
            Ok(())
        }
        Command::Seed { demo } => seed::seed(&config, demo).await,
        Command::Holidays { file } => holidays::import(&config, &file).await,
        Command::Reindex => reindex::reindex(&config).await,
        Command::Doctor => doctor::doctor(&config, Vec::new()).await,
        Command::Quality(args) => {
            crate::quality::run(&args, &config).await.map_err(|error| error.to_string())
        }
        Command::BenchSearch(args) => {
            crate::bench_search::run(&args).await.map_err(|error| error.to_string())
        }
        Command::BenchCatalogue(args) => crate::bench_search::run_catalogue(&config, args).await,
        Command::BenchInquiries(args) => crate::bench_inquiries::run(&config, args).await,
    }
}

/// Writes a line to standard output; a closed pipe is nobody's error.
pub(crate) fn say(line: impl std::fmt::Display) {
    let _ = writeln!(std::io::stdout(), "{line}");
}
