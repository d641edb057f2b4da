//! Public figures over random timelines: counting along and counting anew give what one reckons oneself from who did what when.

use time::Date;
use uuid::Uuid;

use super::ground::{Ground, ground, words};
use crate::both_databases;
use crate::calendar::seoul_date;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::response::{recompute_all, response_stats};
use crate::inquiries::service::{ask, decline, reply, withdraw};
use crate::inquiries::stats::{self, ResponseStats, ThreadClock};
use crate::inquiries::{AskOutcome, DeclineDraft, deadlines};
use crate::prng::Prng;
use crate::time::{DAY, HOUR, MINUTE, Timestamp};
use crate::vendors::days_off::{add_days_off, end_days_off, list_days_off};
use crate::vendors::service::set_holiday;

/// Days on which the vendor rests, as the test saw them said and taken back.
struct Rest {
    first: Date,
    last: Date,
    said: Timestamp,
    ended: Option<Timestamp>,
    holiday: bool,
}

struct Line {
    g: Ground,
    dice: Prng,
    owner: Cx,
    buyers: Vec<(Uuid, Cx)>,
    asked: Vec<(Uuid, ThreadClock)>,
    rests: Vec<Rest>,
}

fn happened<T>(done: crate::Result<T>) -> bool {
    match done {
        Ok(_) => true,
        Err(error) => {
            let usual = matches!(
                error.kind,
                ErrorKind::Conflict(_) | ErrorKind::TooMany { .. } | ErrorKind::Invalid(_)
            );
            assert!(usual, "{error}");
            false
        }
    }
}

impl Line {
    async fn new(db: Db, seed: u64) -> Self {
        let g = ground(db).await;
        let mut buyers = vec![(g.buyer, g.buyer().await)];
        for name in ["second", "third", "fourth"] {
            let id = g.t.add_person(name).await;
            buyers.push((id, g.t.as_person(id).await));
        }
        let owner = g.owner().await;
        Self { g, dice: Prng::new(seed, 0), owner, buyers, asked: Vec::new(), rests: Vec::new() }
    }

    fn now(&self) -> Timestamp {
        self.g.t.market.now()
    }

    /// The figures from what the test saw, and nothing of what is stored.
    fn reckoned(&self) -> ResponseStats {
        let clocks: Vec<ThreadClock> = self.asked.iter().map(|(_, clock)| *clock).collect();
        let rests = |day: Date, asked: Timestamp| {
            self.rests.iter().any(|rest| {
                let told = rest.said <= asked && rest.ended.is_none_or(|ended| ended > asked);
                told && (rest.first..=rest.last).contains(&day)
            })
        };
        stats::compute_except(&clocks, self.now(), &rests)
    }

    async fn kept(&self) -> ResponseStats {
        let mut db = self.g.t.market.system().read().await.unwrap();
        response_stats(&mut db, self.g.vendor).await.unwrap()
    }

    fn some_thread(&mut self) -> Option<usize> {
        let open: Vec<usize> =
            (0..self.asked.len()).filter(|at| self.asked[*at].1.closed_at.is_none()).collect();
        self.dice.pick(&open).copied()
    }

    async fn asks(&mut self) {
        let (buyer, cx) = self.dice.pick(&self.buyers).cloned().unwrap();
        let Ok(AskOutcome::Thread(id)) =
            ask(&cx, self.g.listing, &words("단가를 알려 주세요"), cx.new_id()).await
        else {
            return;
        };
        let (asked_at, none) = (self.now(), None);
        self.asked.push((
            id,
            ThreadClock { buyer, asked_at, delivered_at: asked_at, answered_at: none, closed_at: none },
        ));
    }

    /// The vendor answers or declines, or the buyer calls it off.
    async fn goes_on(&mut self, what: usize) {
        let Some(at) = self.some_thread() else { return };
        let (now, owner, key) = (self.now(), self.owner.clone(), self.owner.new_id());
        let (id, clock) = self.asked[at];
        let done = match what {
            0 => reply(&owner, id, "96원이에요", key).await,
            1 => {
                let no = DeclineDraft { reason: "too_few".into(), note: String::new() };
                decline(&owner, id, &no, key).await
            }
            _ => {
                let (_, buyer) = self.buyers.iter().find(|(id, _)| *id == clock.buyer).unwrap();
                withdraw(buyer, id, key).await
            }
        };
        if happened(done) {
            let clock = &mut self.asked[at].1;
            if what < 2 {
                clock.answered_at.get_or_insert(now);
            }
            if what > 0 {
                clock.closed_at = Some(now);
            }
        }
    }

    async fn rests(&mut self, what: usize) {
        let (now, vendor) = (self.now(), self.g.vendor);
        let ahead = |days: u32| seoul_date(now.plus(i64::from(days) * DAY).0);
        let running = |rest: &&mut Rest, holiday: bool| rest.holiday == holiday && rest.ended.is_none();
        if what == 0 || what == 1 {
            let last = (what == 0).then(|| ahead(self.dice.between(0, 9)));
            let text = last.map(|day| day.to_string()).unwrap_or_default();
            set_holiday(&self.owner, vendor, &text).await.unwrap();
            let again = self.rests.iter_mut().find(|rest| running(rest, true));
            if again.as_ref().is_some_and(|rest| Some(rest.last) == last) {
                return;
            }
            if let Some(rest) = again {
                rest.ended = Some(now);
            }
            self.rests.extend(last.map(|last| Rest {
                first: ahead(0),
                last,
                said: now,
                ended: None,
                holiday: true,
            }));
        } else if what == 2 {
            let (first, last) = (ahead(self.dice.between(0, 3)), ahead(self.dice.between(3, 6)));
            let known = self
                .rests
                .iter()
                .any(|r| !r.holiday && r.ended.is_none() && (r.first, r.last) == (first, last));
            let done = add_days_off(&self.owner, vendor, &first.to_string(), &last.to_string(), "").await;
            if happened(done) && !known {
                self.rests.push(Rest { first, last, said: now, ended: None, holiday: false });
            }
        } else {
            let listed = list_days_off(&self.owner, vendor).await.unwrap();
            let Some(days) = listed.first() else { return };
            end_days_off(&self.owner, vendor, days.id).await.unwrap();
            let same =
                |rest: &&mut Rest| running(rest, false) && (rest.first, rest.last) == (days.first, days.last);
            self.rests.iter_mut().find(same).unwrap().ended = Some(now);
        }
    }

    /// What the clock did: threads that ended are noted by their state, not by what is stored of the time.
    async fn clock_goes(&mut self) {
        let minutes = i64::from(self.dice.between(0, 20 * 60));
        self.g.t.clock.advance(minutes * MINUTE);
        deadlines::run(&self.g.t.market.system()).await.unwrap();
        let now = self.now();
        for at in 0..self.asked.len() {
            let (id, clock) = self.asked[at];
            if clock.closed_at.is_none() && !self.g.thread(id).await.state.is_open() {
                self.asked[at].1.closed_at = Some(now);
            }
        }
    }

    fn outcomes(&self) -> Vec<(Option<Timestamp>, Option<Timestamp>)> {
        self.asked.iter().map(|(_, clock)| (clock.answered_at, clock.closed_at)).collect()
    }
}

both_databases!(counting_along_is_counting_anew, seeds: 6, |db: Db, seed: u64| async move {
    let mut line = Line::new(db, seed).await;
    let mut compared = 0;
    for _ in 0..60 {
        let before = line.outcomes();
        line.clock_goes().await;
        match line.dice.below(10) {
            0..=3 => line.asks().await,
            4 | 5 => line.goes_on(0).await,
            6 => line.goes_on(1).await,
            7 => line.goes_on(2).await,
            _ => {
                let what = line.dice.below(4);
                line.rests(what).await;
            }
        }
        let after = line.outcomes();
        crate::outbox::drain(&line.g.t.market).await.unwrap();
        // an answer or an end moves the figures at once
        if before[..] != after[..before.len()] {
            assert_eq!(line.kept().await, line.reckoned(), "seed {seed}");
            compared += 1;
        }
    }
    for days in [0, 3, 40, 60] {
        line.g.t.clock.advance(days * DAY + HOUR);
        line.clock_goes().await;
        recompute_all(&line.g.t.market.system()).await.unwrap();
        assert_eq!(line.kept().await, line.reckoned(), "seed {seed}, later");
    }
    assert!(compared > 5 && line.rests.iter().any(|rest| rest.holiday), "seed {seed}: {compared}");
});

both_databases!(a_holiday_that_was_said_makes_nobody_late, |db: Db| async move {
    let g = ground(db).await;
    let owner = g.owner().await;
    let last = seoul_date(owner.now().plus(10 * DAY).0);
    set_holiday(&owner, g.vendor, &last.to_string()).await.unwrap();
    let id = g.asked().await;
    g.t.clock.advance(12 * DAY);
    reply(&owner, id, "쉬고 왔어요. 96원이에요", owner.new_id()).await.unwrap();
    crate::outbox::drain(&g.t.market).await.unwrap();
    let mut db = g.t.market.system().read().await.unwrap();
    let kept = response_stats(&mut db, g.vendor).await.unwrap();
    assert_eq!((kept.asked, kept.answered_in_time), (1, 1), "said before it was asked");
    drop(db);
    // said afterwards, it excuses nothing
    let late = g.asked().await;
    g.t.clock.advance(HOUR);
    let last = seoul_date(owner.now().plus(5 * DAY).0);
    set_holiday(&owner, g.vendor, &last.to_string()).await.unwrap();
    g.t.clock.advance(6 * DAY);
    let _ = reply(&owner, late, "늦었어요", owner.new_id()).await;
    recompute_all(&g.t.market.system()).await.unwrap();
    let mut db = g.t.market.system().read().await.unwrap();
    let kept = response_stats(&mut db, g.vendor).await.unwrap();
    assert_eq!((kept.asked, kept.answered_in_time), (2, 1));
});
