//! One round of the worker: claim, do, note.

use tracing::{info, warn};
use uuid::Uuid;

use super::{dispatch, store};
use crate::cx::Market;
use crate::error::Result;

/// Jobs leased in one round.
const BATCH: i64 = 20;

/// What a round did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WorkDone {
    /// Jobs that succeeded.
    pub done: usize,
    /// Jobs that failed and will be tried again or were set aside.
    pub failed: usize,
}

/// Claims and does up to 20 ready jobs.
///
/// # Errors
/// `Unavailable` when the database is away; failures of single jobs are noted on the job.
pub async fn work_once(market: &Market, owner: Uuid) -> Result<WorkDone> {
    let cx = market.system();
    let mut round = WorkDone::default();
    for job in store::claim(market.db(), owner, market.now(), BATCH).await? {
        match dispatch::run(&cx, &job.topic, &job.payload).await {
            Ok(()) => {
                store::finish(market.db(), job.id, owner, market.now()).await?;
                info!(job.topic = job.topic, job.id = %job.id, "job done");
                round.done += 1;
            }
            Err(error) => {
                warn!(job.topic = job.topic, job.id = %job.id, job.attempts = job.attempts, error = %error, "job failed");
                store::fail(market.db(), &job, owner, market.now(), &error.to_string()).await?;
                round.failed += 1;
            }
        }
    }
    Ok(round)
}

/// Works until nothing is ready any more; for tests, seeding and shutdown.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn drain(market: &Market) -> Result<WorkDone> {
    let owner = market.ports().ids.new_id();
    let mut total = WorkDone::default();
    loop {
        let round = work_once(market, owner).await?;
        if round == WorkDone::default() {
            return Ok(total);
        }
        total.done += round.done;
        total.failed += round.failed;
    }
}
