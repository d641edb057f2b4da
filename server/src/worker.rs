//! The worker: does what waits in the outbox, runs what comes round by the clock, keeps the search index fed.

use std::time::Duration;

use market::Market;
use tokio::sync::watch;
use tracing::{error, info};

/// Pause when nothing waits.
const IDLE: Duration = Duration::from_millis(300);
/// Pause after the database was away.
const AWAY: Duration = Duration::from_secs(2);
/// Looks at the feed between looks at the saved searches.
const ROUNDS: u32 = 60;
/// Pause between looks at the schedules.
const SCHEDULES: Duration = Duration::from_secs(20);

/// Works until `stop` turns true; the job in hand is finished first, the others are put back.
pub async fn run(market: Market, stop: watch::Receiver<bool>) {
    info!("worker started");
    tokio::join!(outbox(&market, stop.clone()), schedules(&market, stop.clone()));
    info!("worker stopped");
}

/// Keeps the search index of this process equal to the database until `stop` turns true. Every process that
/// answers visitors runs one: the embedded index is its own.
pub async fn feed_index(market: Market, mut stop: watch::Receiver<bool>) {
    let mut rounds = 1_u32;
    while !*stop.borrow() {
        // what curators decided in another process holds here with the next look
        if let Err(failure) = market::search::desk::live::refresh(&market).await {
            error!(error = %failure, "search rules cannot be read");
        }
        // saved searches are asked where the index is
        if rounds.is_multiple_of(ROUNDS)
            && let Err(failure) = market::saved_searches::collect::run_if_due(&market).await
        {
            error!(error = %failure, "saved searches cannot be asked");
        }
        rounds = rounds.wrapping_add(1);
        let pause = match market::search::feed::catch_up(&market).await {
            Ok(0) => IDLE,
            Ok(listings) => {
                metrics::counter!("search_listings_indexed_total").increment(listings as u64);
                IDLE
            }
            Err(failure) => {
                error!(error = %failure, "the search index cannot follow");
                AWAY
            }
        };
        sleep(pause, &mut stop).await;
    }
}

async fn outbox(market: &Market, mut stop: watch::Receiver<bool>) {
    let owner = market.ports().ids.new_id();
    while !*stop.borrow() {
        let pause = match market::outbox::work_until(market, owner, || *stop.borrow()).await {
            Ok(round) if round.done + round.failed > 0 => {
                metrics::counter!("jobs_done_total").increment(round.done as u64);
                metrics::counter!("jobs_failed_total").increment(round.failed as u64);
                continue;
            }
            Ok(_) => IDLE,
            Err(failure) => {
                error!(error = %failure, "outbox is out of reach");
                AWAY
            }
        };
        sleep(pause, &mut stop).await;
    }
}

async fn schedules(market: &Market, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(failure) = market::outbox::run_due_schedules(market).await {
            error!(error = %failure, "schedule failed");
        }
        sleep(SCHEDULES, &mut stop).await;
    }
}

/// Keeps the declared days off of this process as they are in the database; also where another process works.
pub async fn follow_calendar(market: Market, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(failure) = market::tables::days::load(&market).await {
            error!(error = %failure, "declared days not read");
        }
        sleep(SCHEDULES, &mut stop).await;
    }
}

async fn sleep(pause: Duration, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = tokio::time::sleep(pause) => {}
        _ = stop.changed() => {}
    }
}
