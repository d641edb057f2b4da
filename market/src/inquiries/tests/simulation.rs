//! A season of the market on a clock that is turned by hand: many vendors of different habits, many buyers, every
//! hour the work of the clock. Whatever people do, no thread stays past its deadline and each ends visibly.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use uuid::Uuid;

use super::ground::{add_vendor, words};
use crate::accounts::access::VendorRole;
use crate::both_databases;
use crate::calendar;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::ErrorKind;
use crate::inquiries::deadlines;
use crate::inquiries::quote::{LineDraft, QuoteDraft};
use crate::inquiries::response::{recompute_all, response_stats};
use crate::inquiries::service::{
    accept, ask, ask_back, ask_page_again, decline, decline_quote, reply, send_quote, thread_view,
};
use crate::inquiries::{AskOutcome, DeclineDraft, QuestionDraft};
use crate::prng::Prng;
use crate::testing::{TestMarket, test_market};
use crate::time::{DAY, HOUR, MINUTE, Timestamp};

const LATE: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM threads \
    WHERE state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted') AND (due_at IS NULL OR due_at <= $1)";
const OPEN: &str = "SELECT CAST(COUNT(*) AS BIGINT) FROM threads WHERE state IN ('new', 'waiting_vendor', 'waiting_buyer', 'quoted')";
const PASSED: &str = "SELECT id, buyer_id FROM threads WHERE overdue_at = $1 AND state = 'expired'";
const CLOCKS: &str = "SELECT created_at, first_answered_at FROM threads";

/// How large a season is.
#[derive(Clone, Copy)]
struct Size {
    vendors: usize,
    inquiries: usize,
    days: i64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    Ask,
    Answer(Uuid, usize),
    Decide(Uuid, Uuid),
}

/// What came of it.
#[derive(Debug, Default)]
struct Season {
    threads: usize,
    answered: usize,
    rerouted: usize,
    median_hours: f64,
}

/// So many minutes at most.
fn minutes(dice: &mut Prng, most: usize) -> i64 {
    i64::try_from(dice.below(most)).unwrap() * MINUTE
}

struct World {
    t: TestMarket,
    dice: Prng,
    vendors: Vec<(Uuid, Uuid, Cx)>,
    buyers: Vec<(Uuid, Cx)>,
    queue: BinaryHeap<Reverse<(Timestamp, usize, Event)>>,
    planned: usize,
    season: Season,
}

impl World {
    async fn new(db: Db, size: Size) -> Self {
        let t = test_market(db);
        let mut world = Self {
            dice: Prng::of(7),
            vendors: Vec::new(),
            buyers: Vec::new(),
            queue: BinaryHeap::new(),
            planned: 0,
            season: Season::default(),
            t,
        };
        for n in 0..size.vendors {
            let (vendor, listing) = add_vendor(&world.t, &format!("v{n}")).await;
            let owner = world.t.add_person(&format!("o{n}")).await;
            world.t.join(owner, vendor, VendorRole::Owner).await;
            let cx = world.t.as_person(owner).await;
            world.vendors.push((vendor, listing, cx));
        }
        for n in 0..(size.inquiries / 10).max(5) {
            let id = world.t.add_person(&format!("b{n}")).await;
            world.buyers.push((id, world.t.as_person(id).await));
        }
        for _ in 0..size.inquiries {
            let most = usize::try_from(size.days * 24 * 60).unwrap();
            let after = minutes(&mut world.dice, most);
            world.plan(after, Event::Ask);
        }
        world
    }

    fn plan(&mut self, after: i64, event: Event) {
        self.planned += 1;
        let at = self.t.market.now().plus(after);
        self.queue.push(Reverse((at, self.planned, event)));
    }

    /// A vendor is quick, slow, or never answers; one in six inquiries is overlooked.
    fn await_answer(&mut self, thread: Uuid, vendor: usize) {
        let most = match vendor % 10 {
            0 => return,
            1..=6 => 8 * 60,
            7 | 8 => 3 * 24 * 60,
            _ => 9 * 24 * 60,
        };
        if self.dice.below(6) > 0 {
            let after = minutes(&mut self.dice, most);
            self.plan(after, Event::Answer(thread, vendor));
        }
    }

    async fn asked(&mut self, cx: &Cx, vendor: usize, instead_of: Option<Uuid>) {
        let listing = self.vendors[vendor].1;
        let draft = match instead_of {
            Some(old) => ask_page_again(cx, old).await.unwrap(),
            None => words("단가를 알려 주세요"),
        };
        match ask(cx, listing, &draft, cx.new_id()).await {
            Ok(AskOutcome::Thread(id)) => {
                self.season.threads += 1;
                self.season.rerouted += usize::from(instead_of.is_some());
                self.await_answer(id, vendor);
            }
            Ok(AskOutcome::ConfirmationSent) => panic!("confirmed people"),
            Err(error) if matches!(error.kind, ErrorKind::TooMany { .. }) => {}
            Err(error) => panic!("{error}"),
        }
    }

    async fn happen(&mut self, event: Event) {
        match event {
            Event::Ask => {
                let buyer = self.dice.below(self.buyers.len());
                let vendor = self.dice.below(self.vendors.len());
                let cx = self.buyers[buyer].1.clone();
                self.asked(&cx, vendor, None).await;
            }
            Event::Answer(thread, vendor) => self.answer(thread, vendor).await,
            Event::Decide(thread, buyer) => self.decide(thread, buyer).await,
        }
    }

    async fn answer(&mut self, thread: Uuid, vendor: usize) {
        let cx = self.vendors[vendor].2.clone();
        let key = cx.new_id();
        let kind = self.dice.below(10);
        let done = match kind {
            0..=5 => {
                let line = LineDraft { price: "96".into(), quantity: "2000".into(), ..LineDraft::default() };
                let quote = QuoteDraft { line, lead_time_days: "2".into(), ..QuoteDraft::default() };
                send_quote(&cx, thread, &quote, key).await
            }
            6 | 7 => {
                let no = DeclineDraft { reason: "no_capacity".into(), note: String::new() };
                decline(&cx, thread, &no, key).await
            }
            8 => ask_back(&cx, thread, &QuestionDraft { body: "길이가요?".into() }, key).await,
            _ => reply(&cx, thread, "곧 알려 드릴게요", key).await,
        };
        if allowed(done) && !matches!(kind, 6 | 7) && self.dice.below(4) > 0 {
            let buyer = thread_view(&cx, thread).await.unwrap().thread.buyer_id;
            let after = minutes(&mut self.dice, 20 * 24 * 60);
            self.plan(after, Event::Decide(thread, buyer));
        }
    }

    async fn decide(&mut self, thread: Uuid, buyer: Uuid) {
        let (_, cx) = self.buyers.iter().find(|(id, _)| *id == buyer).unwrap();
        let cx = cx.clone();
        let key = cx.new_id();
        let done = match self.dice.below(3) {
            0 => accept(&cx, thread, 1, key).await,
            1 => {
                let no = DeclineDraft { reason: "price".into(), note: String::new() };
                decline_quote(&cx, thread, &no, key).await
            }
            _ => reply(&cx, thread, "60mm예요", key).await,
        };
        allowed(done);
    }

    /// The hourly work of the clock, and what buyers do whom nobody answered.
    async fn hour(&mut self) {
        let system = self.t.market.system();
        deadlines::run(&system).await.unwrap();
        let now = self.t.market.now();
        let mut db = system.read().await.unwrap();
        let (late,) = crate::fetch_one!(db, (i64,), LATE, now).unwrap();
        assert_eq!(late, 0, "threads past their deadline");
        let passed = crate::fetch_all!(db, (Uuid, Uuid), PASSED, now).unwrap();
        drop(db);
        for (thread, buyer) in passed {
            if self.dice.below(10) < 6 {
                let (_, cx) = self.buyers.iter().find(|(id, _)| *id == buyer).unwrap();
                let cx = cx.clone();
                let view = thread_view(&cx, thread).await.unwrap();
                let Some(other) = view.alternatives.first() else { continue };
                let vendor = self.vendors.iter().position(|(_, listing, _)| *listing == other.id).unwrap();
                self.asked(&cx, vendor, Some(thread)).await;
            }
        }
    }

    async fn live(mut self, days: i64) -> Season {
        let end = self.t.market.now().plus((days + 200) * DAY);
        let mut hour = self.t.market.now();
        loop {
            hour = hour.plus(HOUR);
            while let Some(Reverse((at, _, event))) =
                self.queue.peek().copied().filter(|next| next.0.0 <= hour)
            {
                self.queue.pop();
                self.t.clock.set(at);
                self.happen(event).await;
            }
            self.t.clock.set(hour);
            self.hour().await;
            if self.queue.is_empty() || hour > end {
                break;
            }
        }
        // after the season everybody falls silent: what is open still ends
        for _ in 0..60 {
            self.t.clock.advance(5 * DAY);
            deadlines::run(&self.t.market.system()).await.unwrap();
        }
        self.count().await
    }

    async fn count(mut self) -> Season {
        let system = self.t.market.system();
        let mut db = system.read().await.unwrap();
        assert_eq!(crate::fetch_one!(db, (i64,), OPEN).unwrap().0, 0, "silence is not an outcome");
        let clocks = crate::fetch_all!(db, (Timestamp, Option<Timestamp>), CLOCKS).unwrap();
        let mut times: Vec<i64> = clocks
            .iter()
            .filter_map(|(asked, answered)| answered.map(|at| calendar::response_clock_micros(asked.0, at.0)))
            .collect();
        times.sort_unstable();
        self.season.answered = times.len();
        let median = times.get(times.len() / 2).copied().unwrap_or_default();
        #[expect(clippy::cast_precision_loss, reason = "hours for reading")]
        {
            self.season.median_hours = median as f64 / HOUR as f64;
        }
        recompute_all(&system).await.unwrap();
        for (vendor, ..) in &self.vendors {
            let kept = response_stats(&mut db, *vendor).await.unwrap();
            assert!(kept.answered_in_time <= kept.answered && kept.answered <= kept.asked);
        }
        self.season
    }
}

/// People meet threads that ended meanwhile, quotes that were replaced, and limits; nothing else may go wrong.
fn allowed(done: crate::Result<()>) -> bool {
    match done {
        Ok(()) => true,
        Err(error) => {
            assert!(matches!(error.kind, ErrorKind::Conflict(_) | ErrorKind::TooMany { .. }), "{error}");
            false
        }
    }
}

both_databases!(a_small_season_ends_every_thread, |db: Db| async move {
    let size = Size { vendors: 20, inquiries: 120, days: 20 };
    let season = World::new(db, size).await.live(size.days).await;
    assert!(season.threads >= 120 && season.answered * 2 > season.threads, "{season:?}");
    assert!(season.rerouted > 0, "{season:?}");
});

#[tokio::test]
#[ignore = "minutes: the season of 90 days, 500 vendors and 5,000 inquiries whose figures are reported"]
async fn a_season_of_five_thousand_inquiries() {
    let test = crate::testing::fresh_sqlite().await;
    let size = Size { vendors: 500, inquiries: 5_000, days: 90 };
    let season = World::new(test.db.clone(), size).await.live(size.days).await;
    println!("{season:?}");
    test.remove().await;
}
