//! Work that follows a change: stored in the transaction of the change, done by the worker.
//!
//! A job is leased, tried, backed off and finally set aside (dead letter) where people can see it.
//! Jobs are idempotent: a crash between doing and noting it makes them run again. What cannot be idempotent, handing a mail over,
//! writes its intent down first (`notifications::sending`).

mod dispatch;
mod schedule;
mod store;
mod turn;
mod worker;

pub use schedule::{KEPT_DAYS, run_due_schedules};
pub use store::{Backlog, DeadJob, backlog, list_dead, retry_dead};
pub use turn::{Turn, take_turn};
pub use worker::{WorkDone, drain, work_once, work_until};

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::cx::Cx;
use crate::db::Tx;
use crate::error::Result;
use crate::time::Timestamp;

/// A kind of work. Its payload is the struct itself as JSON.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Stable name in the database.
    const TOPIC: &'static str;

    /// Does the work. May run more than once.
    fn run(self, cx: &Cx) -> impl Future<Output = Result<()>> + Send;
}

/// Work that only changes the database: the worker does many in one transaction, which notes them done, too, so that each is
/// done exactly once.
pub trait Change: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Stable name in the database.
    const TOPIC: &'static str;

    /// Makes the change.
    fn run_in(self, cx: &Cx, tx: &mut Tx) -> impl Future<Output = Result<()>> + Send;
}

impl<C: Change> Job for C {
    const TOPIC: &'static str = <C as Change>::TOPIC;

    async fn run(self, cx: &Cx) -> Result<()> {
        let mut tx = cx.write().await?;
        self.run_in(cx, &mut tx).await?;
        tx.commit().await
    }
}

/// When, and how often at most.
#[derive(Clone, Debug, Default)]
pub struct When {
    /// Not before this moment; none means now.
    pub at: Option<Timestamp>,
    /// A second job with the same key is silently dropped (reminders that must go out once).
    pub once: Option<String>,
}

/// Stores `job` in the transaction of the change that asks for it.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn enqueue<J: Job>(cx: &Cx, tx: &mut Tx, job: &J, when: When) -> Result<()> {
    store::insert(cx, tx, J::TOPIC, &serde_json::to_string(job)?, when).await
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use crate::both_databases;
    use crate::db::Db;

    both_databases!(migrates_and_pings, |db: Db| async move {
        db.ping().await.unwrap();
        assert!(db.is_migrated().await.unwrap());
    });
}
