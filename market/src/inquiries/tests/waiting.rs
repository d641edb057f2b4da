//! Random timelines of everything that people can do with a thread: after each run of the clock's work nothing waits past its
//! deadline, neither a thread nor what is held of it, and silence ends it.

use uuid::Uuid;

use super::answering::quote;
use super::ground::{Ground, add_vendor, ground, to_others};
use crate::abuse::release::{Decision, decide};
use crate::accounts::access::PlatformRole;
use crate::both_databases;
use crate::cx::Cx;
use crate::db::Db;
use crate::error::{ErrorKind, Result};
use crate::inquiries::reroute::ask_others;
use crate::inquiries::service::{
    accept, ask_back, decline, decline_quote, edit_message, reply, send_quote, thread_view, withdraw,
};
use crate::inquiries::{DeclineDraft, QuestionDraft, ThreadState, deadlines};
use crate::prng::Prng;
use crate::time::{DAY, MINUTE};
use crate::vendors::service::set_holiday;

const HELD_LATE: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM held_items WHERE state = 'waiting' AND due_at <= $1";
const HELD: &str = "SELECT id FROM held_items WHERE state = 'waiting' ORDER BY id LIMIT 1";
/// Kinds of steps in [`step`].
const STEPS: usize = 17;

struct People {
    owner: Cx,
    buyer: Cx,
    desk: Cx,
}

async fn step(g: &Ground, people: &People, id: Uuid, what: usize) -> Result<()> {
    let People { owner, buyer, desk } = people;
    let key = owner.new_id();
    let no = |reason: &'static str| DeclineDraft { reason: reason.into(), note: String::new() };
    match what {
        0 => reply(owner, id, "곧 알려 드릴게요", key).await,
        1 => reply(buyer, id, "60mm예요", key).await,
        2 => reply(buyer, id, "야 이 개새끼야", key).await,
        3 => reply(buyer, id, "도면은 bit.ly/abc 에 있어요", key).await,
        4 => ask_back(owner, id, &QuestionDraft { body: "길이가요?".into() }, key).await,
        5 | 6 => send_quote(owner, id, &quote("96"), key).await,
        7 => decline(owner, id, &no("too_few"), key).await,
        8 => decline_quote(buyer, id, &no("price"), key).await,
        9 => accept(buyer, id, 1, key).await,
        10 => withdraw(buyer, id, key).await,
        11 => {
            let offered = thread_view(buyer, id).await?.alternatives;
            let chosen: Vec<Uuid> = offered.iter().map(|one| one.id).collect();
            ask_others(buyer, id, to_others(&chosen), key).await.map(drop)
        }
        12 | 13 => {
            let found = crate::fetch_optional!(desk.read().await?, (Uuid,), HELD)?;
            let Some((item,)) = found else { return Ok(()) };
            let refuse = Decision::Refuse("고쳐 써 주세요".into());
            decide(desk, item, if what == 12 { Decision::Release } else { refuse }, None).await
        }
        14 => {
            let last = thread_view(buyer, id).await?.thread.message_count;
            edit_message(buyer, id, last, "고친 글").await
        }
        15 => {
            let last = crate::calendar::seoul_date(owner.now().plus(4 * DAY).0);
            set_holiday(owner, g.vendor, &last.to_string()).await
        }
        _ => Ok(()),
    }
}

/// What people meet who come too late, too often, or with what is not there.
fn usual(done: Result<()>) {
    if let Err(error) = done {
        let usual = matches!(
            error.kind,
            ErrorKind::Conflict(_) | ErrorKind::TooMany { .. } | ErrorKind::Invalid(_) | ErrorKind::NotFound
        );
        assert!(usual, "{error}");
    }
}

async fn nothing_is_late(g: &Ground, ids: &[Uuid], seed: u64) {
    let now = g.t.market.now();
    for id in ids {
        let thread = g.thread(*id).await;
        assert_eq!(thread.state.is_open(), thread.due_at.is_some(), "seed {seed}: {:?}", thread.state);
        assert!(thread.due_at.is_none_or(|due| due > now), "seed {seed}: {:?}", thread.state);
        assert!(thread.remind_at.is_none_or(|at| at > now), "seed {seed}: {:?}", thread.state);
    }
    let mut db = g.t.market.system().read().await.unwrap();
    assert_eq!(crate::fetch_one!(db, (i64,), HELD_LATE, now).unwrap().0, 0, "seed {seed}");
}

both_databases!(nothing_waits_past_its_deadline, seeds: 20, |db: Db, seed: u64| async move {
    let g = ground(db).await;
    add_vendor(&g.t, "other").await;
    let desk = g.t.add_person("curator").await;
    g.t.grant(desk, PlatformRole::Curator).await;
    let people = People { owner: g.owner().await, buyer: g.buyer().await, desk: g.t.as_person(desk).await };
    let mut dice = Prng::new(seed, 1);
    let mut ids = vec![g.asked().await];
    for _ in 0..16 {
        // now minutes, now days: what is done within minutes meets limits and windows, too
        let most = if dice.chance(40) { 10 } else { 6 * 24 * 60 };
        g.t.clock.advance(i64::from(dice.between(0, most)) * MINUTE);
        deadlines::run(&g.t.market.system()).await.unwrap();
        nothing_is_late(&g, &ids, seed).await;
        if g.thread(*ids.last().unwrap()).await.state == ThreadState::Accepted || dice.chance(15) {
            ids.push(g.asked().await);
        }
        let id = *dice.pick(&ids).unwrap();
        usual(step(&g, &people, id, dice.below(STEPS)).await);
        nothing_is_late(&g, &ids, seed).await;
    }
    for _ in 0..40 {
        g.t.clock.advance(10 * DAY);
        deadlines::run(&g.t.market.system()).await.unwrap();
    }
    for id in ids {
        assert!(!g.thread(id).await.state.is_open(), "seed {seed}: silence is an end");
    }
});
