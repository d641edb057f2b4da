//! Whose turn it is to do what comes round by the clock. A turn is a lease: it is taken for minutes, kept while the work goes
//! on, and the schedule moves on only after the work was done. So a process that is killed in between loses no round, work
//! that fails comes round again soon, and no two processes do the same at once.

use std::time::Duration;

use crate::cx::Cx;
use crate::error::{Error, Result};
use crate::time::{MINUTE, Timestamp};

/// Announces a schedule at the first start.
pub const ANNOUNCE: &str =
    "INSERT INTO schedules (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
/// Takes a due schedule; changes no row when another process was faster.
pub const TAKE: &str = "UPDATE schedules SET next_at = $2 WHERE name = $1 AND next_at <= $3";
/// Keeps, puts off or ends what was taken; changes no row when another process has taken it meanwhile. A moment up to which
/// it was taken is nobody else's: whoever takes it later takes it for longer.
pub const MOVE: &str = "UPDATE schedules SET next_at = $4, last_ran_at = COALESCE($5, last_ran_at) \
    WHERE name = $1 AND next_at IN ($2, $3)";

/// How long a turn is somebody's after the last sign of life.
const LEASE: i64 = 2 * MINUTE;
/// Pause between signs of life.
const SIGN: Duration = Duration::from_secs(30);
/// After so long, what failed is tried again.
const AGAIN: i64 = 5 * MINUTE;

/// A schedule that is due, and nobody else's for now.
#[derive(Debug)]
#[must_use = "a turn that is not spent comes round again when its lease is over"]
pub struct Turn {
    name: &'static str,
    every: i64,
    begun: Timestamp,
    until: Timestamp,
    /// The moment that the sign of life in hand keeps it to: when the work ends before the answer comes, either may stand.
    asked: Timestamp,
}

/// Takes a schedule; none when it is not due or another process was faster.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn take_turn(cx: &Cx, name: &'static str, every: i64) -> Result<Option<Turn>> {
    let begun = cx.now();
    let until = begun.plus(LEASE);
    let mut tx = cx.write().await?;
    crate::execute!(tx, ANNOUNCE, name, begun)?;
    let taken = crate::execute!(tx, TAKE, name, until, begun)? == 1;
    tx.commit().await?;
    Ok(taken.then_some(Turn { name, every: every.max(MINUTE), begun, until, asked: until }))
}

impl Turn {
    /// Does the work. Afterwards the schedule is due a pause after it began, or in minutes when it failed.
    ///
    /// # Errors
    /// What the work says, `Internal` when another process took it over, and `Unavailable` when the database
    /// is away.
    pub async fn spend(mut self, cx: &Cx, work: impl Future<Output = Result<()>>) -> Result<()> {
        let done = tokio::select! {
            done = work => done,
            () = self.keep(cx) => return Err(Error::internal("another process took it over")),
        };
        let next =
            if done.is_ok() { self.begun.plus(self.every) } else { cx.now().plus(AGAIN.min(self.every)) };
        let ran = done.is_ok().then_some(self.begun);
        let noted = self.move_to(cx, next, ran).await;
        done.and(noted.map(drop))
    }

    /// Gives signs of life; over when the turn is lost.
    async fn keep(&mut self, cx: &Cx) {
        loop {
            tokio::time::sleep(SIGN).await;
            self.asked = cx.now().plus(LEASE);
            match self.move_to(cx, self.asked, None).await {
                Ok(true) => self.until = self.asked,
                // it may be ours all the same until its time is over
                Err(_) if cx.now() < self.until => {}
                Ok(false) | Err(_) => return,
            }
        }
    }

    async fn move_to(&self, cx: &Cx, next: Timestamp, ran: Option<Timestamp>) -> Result<bool> {
        let mut tx = cx.write().await?;
        let moved = crate::execute!(tx, MOVE, self.name, self.until, self.asked, next, ran)? == 1;
        tx.commit().await?;
        Ok(moved)
    }
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::both_databases;
    use crate::db::Db;
    use crate::testing::{prepare_all, test_market};
    use crate::time::DAY;

    both_databases!(a_round_that_a_killed_process_began_is_not_lost, |db: Db| async move {
        prepare_all(&db, [ANNOUNCE, TAKE, MOVE]).await;
        let t = test_market(db);
        let cx = t.market.system();
        let killed = take_turn(&cx, "daily", DAY).await.unwrap().unwrap();
        assert!(take_turn(&cx, "daily", DAY).await.unwrap().is_none(), "two never do the same at once");
        drop(killed);
        t.clock.advance(LEASE);
        let turn = take_turn(&cx, "daily", DAY).await.unwrap().expect("soon somebody else does it");
        turn.spend(&cx, async { Ok(()) }).await.unwrap();
        t.clock.advance(DAY - 1);
        assert!(take_turn(&cx, "daily", DAY).await.unwrap().is_none(), "done for today");
        t.clock.advance(1);
        assert!(take_turn(&cx, "daily", DAY).await.unwrap().is_some());
    });

    both_databases!(what_failed_comes_round_again_in_minutes, |db: Db| async move {
        let t = test_market(db);
        let cx = t.market.system();
        for _ in 0..3 {
            let turn = take_turn(&cx, "daily", DAY).await.unwrap().unwrap();
            let failed = turn.spend(&cx, async { Err(Error::internal("the registry is away")) }).await;
            assert!(failed.is_err());
            t.clock.advance(AGAIN - 1);
            assert!(take_turn(&cx, "daily", DAY).await.unwrap().is_none());
            t.clock.advance(1);
        }
        // what comes round more often than that is not put off
        let turn = take_turn(&cx, "often", MINUTE).await.unwrap().unwrap();
        turn.spend(&cx, async { Err(Error::internal("away")) }).await.unwrap_err();
        t.clock.advance(MINUTE);
        assert!(take_turn(&cx, "often", MINUTE).await.unwrap().is_some());
    });

    both_databases!(who_was_thought_dead_ends_nothing_of_the_other, |db: Db| async move {
        let t = test_market(db);
        let cx = t.market.system();
        let slow = take_turn(&cx, "daily", DAY).await.unwrap().unwrap();
        t.clock.advance(LEASE);
        let other = take_turn(&cx, "daily", DAY).await.unwrap().unwrap();
        slow.spend(&cx, async { Err(Error::internal("too late")) }).await.unwrap_err();
        t.clock.advance(LEASE - 1);
        assert!(take_turn(&cx, "daily", DAY).await.unwrap().is_none(), "still the other's");
        other.spend(&cx, async { Ok(()) }).await.unwrap();
        t.clock.advance(DAY / 2);
        assert!(take_turn(&cx, "daily", DAY).await.unwrap().is_none());
    });

    both_databases!(long_work_keeps_its_turn, |db: Db| async move {
        let t = test_market(db);
        let cx = t.market.system();
        let mut turn = take_turn(&cx, "daily", DAY).await.unwrap().unwrap();
        t.clock.advance(LEASE - 1);
        turn.asked = cx.now().plus(LEASE);
        assert!(turn.move_to(&cx, turn.asked, None).await.unwrap());
        t.clock.advance(LEASE - 1);
        assert!(take_turn(&cx, "daily", DAY).await.unwrap().is_none(), "it gave a sign of life");
        turn.spend(&cx, async { Ok(()) }).await.unwrap();
    });
}
