//! `bench-inquiries`: the parts of `scripts/bench/50_inquiries.sh` that need no HTTP, on the configured database. Each prints a
//! figure a line, `name value`. The database is one of its own: people, companies and threads are invented and stay.

mod backlog;
mod bare;
mod inbox;
mod people;

use std::path::PathBuf;
use std::time::Duration;

use market::Market;

use crate::commands::say;
use crate::config::Config;

/// What is measured.
#[derive(Debug, clap::Args)]
pub struct BenchInquiriesArgs {
    #[command(subcommand)]
    part: Part,
}

#[derive(Debug, clap::Subcommand)]
enum Part {
    /// Invent companies, buyers with sessions, and one company with many threads.
    People {
        /// Where the sessions go: one line each, token and listing.
        #[arg(long)]
        out: PathBuf,
        /// Buyers, each with a listing of its own to ask about.
        #[arg(long, default_value_t = 1_000)]
        buyers: usize,
        /// Threads of the one company.
        #[arg(long, default_value_t = 10_000)]
        threads: usize,
    },
    /// Insert and commit a row, so many times a second.
    Bare {
        /// A database file of its own, on the same disk.
        #[arg(long)]
        file: PathBuf,
        /// Times a second.
        #[arg(long, default_value_t = 50)]
        per_second: u32,
        /// Seconds.
        #[arg(long, default_value_t = 10)]
        seconds: u32,
    },
    /// Open the inbox of the company with many threads.
    Inbox {
        /// Times.
        #[arg(long, default_value_t = 500)]
        times: usize,
    },
    /// Store reminders that are all due, and do them.
    Backlog {
        /// How many.
        #[arg(long, default_value_t = 100_000)]
        reminders: usize,
        /// How many of their mails to hand over afterwards.
        #[arg(long, default_value_t = 2_000)]
        mails: usize,
    },
}

/// Measures one part.
///
/// # Errors
/// A message for the person at the terminal.
pub async fn run(config: &Config, args: BenchInquiriesArgs) -> Result<(), String> {
    let measured = match args.part {
        Part::Bare { file, per_second, seconds } => bare::run(&file, per_second, seconds).await,
        part => on_market(&crate::commands::build_market_without_index(config).await?, config, part).await,
    };
    measured.map_err(|error| format!("{error}: {:?}", error.cause()))
}

async fn on_market(market: &Market, config: &Config, part: Part) -> market::Result<()> {
    market.db().migrate().await?;
    match part {
        Part::People { out, buyers, threads } => people::invent(market, &out, buyers, threads).await,
        Part::Inbox { times } => inbox::run(market, config, times).await,
        Part::Backlog { reminders, mails } => backlog::run(market, reminders, mails).await,
        Part::Bare { .. } => Ok(()),
    }
}

/// Prints median, 99th percentile and number of what took so long, each time.
fn say_times(name: &str, mut took: Vec<Duration>) {
    took.sort_unstable();
    let at = |share: usize| took.get((took.len() * share / 100).min(took.len().saturating_sub(1)));
    for (word, share) in [("p50", 50), ("p99", 99)] {
        let millis = at(share).copied().unwrap_or_default().as_secs_f64() * 1_000.0;
        say(format_args!("{name}_{word}_ms {millis:.2}"));
    }
}
