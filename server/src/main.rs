//! The program's entry: reads flags, makes the runtime, runs one subcommand.

use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;
use server::commands::{self, Cli};

/// For the C of SQLite too (`override`): a fifth of a page's time went into the allocator of the C library, and a
/// process that serves for weeks should not grow by fragments.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How long blocking work that nobody waits for may still go on at the end.
const LEFTOVERS: Duration = Duration::from_secs(1);

fn main() -> ExitCode {
    let cli = Cli::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&format!("cannot start the runtime: {error}")),
    };
    let done = runtime.block_on(commands::run(cli));
    // dropping it would wait without limit for a name that is looked up, a file of a share that hangs
    runtime.shutdown_timeout(LEFTOVERS);
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn fail(message: &str) -> ExitCode {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "{message}");
    ExitCode::FAILURE
}
