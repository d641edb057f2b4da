//! One round of the worker: claim, do, note. What only changes the database is done in one transaction, which costs one write to the
//! disk instead of two for each job.

use tracing::{info, warn};
use uuid::Uuid;

use super::store::Claimed;
use super::{Job, dispatch, store};
use crate::cx::{Cx, Market};
use crate::error::{Error, ErrorKind, Result};
use crate::notifications::jobs::SendMail;
use crate::notifications::sending::{REFUSED, is_uncertain};

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
    work_until(market, owner, || false).await
}

/// The same; once it is `stopping`, the job in hand is finished and the others are put back.
///
/// # Errors
/// As [`work_once`].
pub async fn work_until(market: &Market, owner: Uuid, stopping: impl Fn() -> bool) -> Result<WorkDone> {
    let cx = market.system();
    let mut round = WorkDone::default();
    let since = market.now();
    let claimed = store::claim(market.db(), owner, since, BATCH).await?;
    let (changes, mut others): (Vec<_>, Vec<_>) =
        claimed.into_iter().partition(|job| dispatch::is_change(&job.topic));
    let mut changes = changes.as_slice();
    while !changes.is_empty() {
        match together(&cx, changes, owner).await {
            Ok(done) => {
                let (those, rest) = changes.split_at(done.min(changes.len()));
                for job in those {
                    info!(job.topic = job.topic, job.id = %job.id, "job done");
                }
                round.done += those.len();
                changes = rest;
            }
            Err(error) if error.kind == ErrorKind::Unavailable => return Err(error),
            // one of them cannot be done: each on its own, so that the others are
            Err(_) => {
                others.splice(..0, changes.iter().cloned()).for_each(drop);
                break;
            }
        }
    }
    let mut gone = Vec::new();
    let mut put_back = false;
    for job in others {
        put_back = stopping();
        if put_back {
            break;
        }
        // behind slow ones, a job may have been given to somebody else
        let waited = market.now().since(since) >= store::RENEW_AFTER;
        if waited && !store::keep(market.db(), job.id, owner, market.now()).await? {
            continue;
        }
        match dispatch::run(&cx, &job.topic, &job.payload).await {
            Ok(()) => {
                // that a mail went is noted with the mail: should this round end here, it does not go again
                if job.topic == SendMail::TOPIC {
                    gone.push(job.id);
                } else {
                    store::finish(market.db(), &[job.id], owner, market.now()).await?;
                }
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
                let again = !is_hopeless(&error) && job.attempts < store::MAX_ATTEMPTS;
                store::fail(market.db(), (&job, again), owner, market.now(), &error.to_string()).await?;
                round.failed += 1;
            }
        }
    }
    store::finish(market.db(), &gone, owner, market.now()).await?;
    if put_back {
        store::give_back(market.db(), owner).await?;
    }
    Ok(round)
}

/// Whether no further attempt can succeed: the thing is gone, what the job holds cannot be taken, the address is none, or the
/// words cannot be written. Whoever looks after the machinery sees such a job at once. What cannot be read at all may be of a newer
/// program and is tried again.
fn is_hopeless(error: &Error) -> bool {
    match &error.kind {
        ErrorKind::NotFound
        | ErrorKind::Gone
        | ErrorKind::Invalid(_)
        | ErrorKind::NotSignedIn
        | ErrorKind::Forbidden => true,
        ErrorKind::Conflict(rule) => rule == REFUSED,
        _ => error.cause().is_some_and(<dyn std::error::Error + Send + Sync>::is::<askama::Error>),
    }
}

/// Does jobs that only change the database and notes them done, in one transaction: all or none of those it says it did. It
/// stops after the one in hand when a visitor waits for the writer, who would wait for all of them otherwise.
async fn together(cx: &Cx, jobs: &[Claimed], owner: Uuid) -> Result<usize> {
    let mut done = 0;
    let mut tx = cx.write().await?;
    for job in jobs {
        if !store::finish_in(&mut tx, job.id, owner, cx.now()).await? {
            return Err(Error::conflict("job.taken_over"));
        }
        dispatch::run_in(cx, &mut tx, &job.topic, &job.payload).await?;
        done += 1;
        if cx.market.db().is_wanted() {
            break;
        }
    }
    tx.commit().await?;
    Ok(done)
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
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests {
    use super::*;
    use crate::both_databases;
    use crate::db::Db;
    use crate::inquiries::jobs::{TellVendor, VendorEvent};
    use crate::inquiries::tests::ground::ground;
    use crate::notifications::letter::{Letter, Recipient, post};
    use crate::outbox::When;
    use crate::testing::{prepare_all, test_market};
    use crate::time::MINUTE;

    both_databases!(who_stops_puts_back_what_was_not_begun, |db: Db| async move {
        const KEPT: &str =
            "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE done_at IS NOT NULL AND payload <> '{}'";
        prepare_all(&db, [store::GIVE_BACK]).await;
        let t = test_market(db);
        let cx = t.market.system();
        let mut tx = cx.write().await.unwrap();
        let to = Recipient { email: "one@example.test".into(), name: String::new(), lang: crate::Lang::Ko };
        for _ in 0..5 {
            post(&cx, &mut tx, &to, &Letter::default(), When::default()).await.unwrap();
        }
        tx.commit().await.unwrap();
        let done = std::cell::Cell::new(0);
        let after_two = || done.replace(done.get() + 1) == 2;
        assert_eq!(work_until(&t.market, cx.new_id(), after_two).await.unwrap().done, 2);
        assert_eq!(t.mailer.sent().len(), 2);
        // the next worker begins at once
        assert_eq!(drain(&t.market).await.unwrap(), WorkDone { done: 3, failed: 0 });
        assert_eq!(t.mailer.sent().len(), 5, "each once");
        let mut conn = cx.read().await.unwrap();
        assert_eq!(crate::fetch_one!(conn, (i64,), KEPT).unwrap().0, 0, "what was sent is not kept");
    });

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

    async fn count(db: &Db, sql: &'static str) -> i64 {
        let mut db = db.read().await.unwrap();
        crate::fetch_one!(db, (i64,), sql).unwrap().0
    }

    both_databases!(one_that_cannot_be_done_holds_up_none_of_its_round, |db: Db| async move {
        const BROKEN: &str = "UPDATE outbox SET payload = '{}' WHERE id = (SELECT id FROM outbox WHERE topic = 'inquiries.tell_vendor' ORDER BY id LIMIT 1)";
        const DONE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE topic = 'inquiries.tell_vendor' AND done_at IS NOT NULL";
        let g = ground(db.clone()).await;
        for _ in 0..3 {
            g.asked().await;
        }
        let cx = g.t.market.system();
        let mut tx = cx.write().await.unwrap();
        assert_eq!(crate::execute!(tx, BROKEN).unwrap(), 1);
        tx.commit().await.unwrap();
        let round = work_once(&g.t.market, cx.new_id()).await.unwrap();
        assert_eq!((round.done, round.failed), (2, 1));
        assert_eq!(count(&db, DONE).await, 2);
        drain(&g.t.market).await.unwrap();
        assert_eq!(g.t.mailer.sent_to("owner@example.test").len(), 2, "each once");
    });

    both_databases!(what_another_worker_took_over_is_not_done_together, |db: Db| async move {
        const QUEUED: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM outbox WHERE topic = 'mail.send'";
        let g = ground(db.clone()).await;
        let id = g.asked().await;
        let (cx, slow, other) =
            (g.t.market.system(), g.t.market.system().new_id(), g.t.market.system().new_id());
        let jobs = store::claim(&db, slow, cx.now(), BATCH).await.unwrap();
        assert_eq!(jobs.len(), 1);
        g.t.clock.advance(3 * MINUTE);
        assert_eq!(store::claim(&db, other, cx.now(), BATCH).await.unwrap().len(), 1);
        let lost = together(&cx, &jobs, slow).await.unwrap_err();
        assert_eq!(lost.kind, ErrorKind::Conflict("job.taken_over".into()));
        assert_eq!(count(&db, QUEUED).await, 0, "nothing of it stands");
        together(&cx, &jobs, other).await.unwrap();
        assert_eq!(count(&db, QUEUED).await, 1);
        let again =
            TellVendor { thread_id: id, user_id: g.owner, seq: 1, event: VendorEvent::Inquiry, due: None };
        crate::outbox::Job::run(again, &cx).await.unwrap();
        assert_eq!(count(&db, QUEUED).await, 1, "also when it is done once more");
    });

    #[tokio::test]
    async fn a_visitor_waits_for_one_job_and_not_for_the_round() {
        let fresh = crate::testing::fresh_sqlite().await;
        let g = ground(fresh.db.clone()).await;
        for _ in 0..3 {
            g.asked().await;
        }
        let (cx, owner) = (g.t.market.system(), g.owner);
        let jobs = store::claim(&fresh.db, owner, cx.now(), BATCH).await.unwrap();
        assert_eq!(jobs.len(), 3);
        let held = fresh.db.write().await.unwrap();
        let visitor = |db: Db| tokio::spawn(async move { db.write().await.unwrap().commit().await });
        let (cx, some) = (cx.clone(), jobs.clone());
        let round = tokio::spawn(async move { together(&cx, &some, owner).await });
        while !fresh.db.is_wanted() {
            tokio::task::yield_now().await;
        }
        // the round is first in the queue, the visitor behind it
        let waits = visitor(fresh.db.clone());
        tokio::task::yield_now().await;
        held.commit().await.unwrap();
        assert_eq!(round.await.unwrap().unwrap(), 1);
        waits.await.unwrap().unwrap();
        let cx = g.t.market.system();
        assert_eq!(together(&cx, &jobs[1..], owner).await.unwrap(), 2, "nobody waits: the rest at once");
        drain(&g.t.market).await.unwrap();
        assert_eq!(g.t.mailer.sent_to("owner@example.test").len(), 3, "each once");
        fresh.remove().await;
    }

    both_databases!(what_can_never_succeed_is_seen_at_once, |db: Db| async move {
        let t = test_market(db);
        t.mailer.refuse("nobody@example.test");
        let cx = t.market.system();
        for name in ["nobody", "somebody"] {
            let mut tx = cx.write().await.unwrap();
            let email = format!("{name}@example.test");
            let to = Recipient { email, name: String::new(), lang: crate::Lang::Ko };
            post(&cx, &mut tx, &to, &Letter::default(), When::default()).await.unwrap();
            tx.commit().await.unwrap();
        }
        let round = work_once(&t.market, cx.new_id()).await.unwrap();
        assert_eq!((round.done, round.failed), (1, 1));
        let mut read = cx.read().await.unwrap();
        let dead = store::list_dead(&mut read).await.unwrap();
        assert_eq!((dead.len(), dead[0].attempts), (1, 1), "after one attempt");
        assert!(dead[0].last_error.as_deref().unwrap().contains("address refused"), "{dead:?}");
        // a person may try once more
        let mut tx = cx.write().await.unwrap();
        assert!(store::retry_dead(&mut tx, dead[0].id, cx.now()).await.unwrap());
        tx.commit().await.unwrap();
        t.mailer.refuse("");
        assert_eq!(work_once(&t.market, cx.new_id()).await.unwrap().done, 1);
        assert_eq!(t.mailer.sent_to("nobody@example.test").len(), 1);
    });

    #[test]
    fn only_what_cannot_change_is_hopeless() {
        for kind in [ErrorKind::NotFound, ErrorKind::Gone, ErrorKind::Conflict(REFUSED.into())] {
            assert!(is_hopeless(&kind.into()));
        }
        assert!(is_hopeless(&Error::internal(askama::Error::Fmt)));
        let broken = serde_json::from_str::<i64>("{}").unwrap_err();
        for error in [Error::from(broken), Error::internal("switched off"), ErrorKind::Unavailable.into()] {
            assert!(!is_hopeless(&error), "{error}");
        }
        assert!(!is_hopeless(&Error::conflict("thread.changed")));
    }

    both_databases!(a_relay_that_is_away_for_a_day_loses_nothing, |db: Db| async move {
        let g = ground(db).await;
        g.asked().await;
        g.t.mailer.set_away(true);
        let began = g.t.market.now();
        while g.t.market.now().since(began) < 24 * 60 * MINUTE - 30 * MINUTE {
            drain(&g.t.market).await.unwrap();
            g.t.clock.advance(5 * MINUTE);
        }
        let mut read = g.t.market.system().read().await.unwrap();
        let waits = store::backlog(&mut read).await.unwrap();
        assert_eq!((waits.dead, g.t.mailer.sent().len()), (0, 0));
        g.t.mailer.set_away(false);
        g.t.clock.advance(30 * MINUTE);
        drain(&g.t.market).await.unwrap();
        assert_eq!(g.t.mailer.sent_to("owner@example.test").len(), 1, "half an hour later it has gone");

        g.asked().await;
        g.t.mailer.set_away(true);
        for _ in 0..26 * 12 {
            drain(&g.t.market).await.unwrap();
            g.t.clock.advance(5 * MINUTE);
        }
        assert_eq!(store::backlog(&mut read).await.unwrap().dead, 1, "after a day a person has to look");
    });
}
