//! One round of the worker: claim, do, note.

use tracing::{info, warn};
use uuid::Uuid;

use super::{dispatch, store};
use crate::cx::Market;
use crate::error::Result;
use crate::notifications::sending::is_uncertain;

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
    let since = market.now();
    for job in store::claim(market.db(), owner, since, BATCH).await? {
        // behind slow ones, a job may have been given to somebody else
        let waited = market.now().since(since) >= store::RENEW_AFTER;
        if waited && !store::keep(market.db(), job.id, owner, market.now()).await? {
            continue;
        }
        match dispatch::run(&cx, &job.topic, &job.payload).await {
            Ok(()) => {
                store::finish(market.db(), job.id, owner, market.now()).await?;
                info!(job.topic = job.topic, job.id = %job.id, "job done");
                round.done += 1;
            }
            Err(error) if is_uncertain(&error) => {
                warn!(job.topic = job.topic, job.id = %job.id, job.attempts = job.attempts, "mail uncertain");
                store::set_aside_uncertain(market.db(), job.id, owner, market.now()).await?;
                round.failed += 1;
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

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::both_databases;
    use crate::db::Db;
    use crate::notifications::letter::{Letter, Recipient, post};
    use crate::outbox::When;
    use crate::testing::{prepare_all, test_market};
    use crate::time::MINUTE;

    both_databases!(a_job_behind_slow_ones_is_not_done_twice, |db: Db| async move {
        prepare_all(&db, [store::BURY_UNCERTAIN, store::KEEP, store::LIST_DEAD, store::RETRY]).await;
        let t = test_market(db);
        let cx = t.market.system();
        let mut tx = cx.write().await.unwrap();
        let to = Recipient { email: "one@example.test".into(), name: String::new(), lang: crate::Lang::Ko };
        post(&cx, &mut tx, &to, &Letter::default(), When::default()).await.unwrap();
        tx.commit().await.unwrap();
        let (slow, other) = (cx.new_id(), cx.new_id());
        let jobs = store::claim(t.market.db(), slow, cx.now(), BATCH).await.unwrap();
        assert!(store::keep(t.market.db(), jobs[0].id, slow, cx.now()).await.unwrap());
        t.clock.advance(3 * MINUTE);
        assert_eq!(work_once(&t.market, other).await.unwrap().done, 1);
        assert!(!store::keep(t.market.db(), jobs[0].id, slow, cx.now()).await.unwrap());
        assert_eq!(t.mailer.sent().len(), 1);
    });
}
