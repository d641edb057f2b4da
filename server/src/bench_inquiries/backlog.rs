//! A backlog of reminders, all due at one moment, as at nine on a Monday: how fast the worker's rounds do them, and whether any
//! is done twice or never.

use std::time::Instant;

use market::inquiries::jobs::{TellVendor, VendorEvent};
use market::outbox::{self, When};
use market::time::DAY;
use market::{Cx, Error, Market, Result, fetch_one};

use super::people::{self, Company};
use crate::commands::say;

/// Rows of one transaction.
const AT_ONCE: usize = 5_000;
/// Threads of one company.
const EACH: usize = 200;

/// Mails that wait or went, and how many different threads they are about.
const MAILS: &str = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COUNT(DISTINCT substr(dedup_key, 1, 49)) AS BIGINT) FROM outbox \
    WHERE topic = 'mail.send' AND dedup_key LIKE 'tell_vendor:%:Reminder:%'";
const SENT: &str = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(attempts - 1), 0) AS BIGINT) FROM mail_attempts WHERE state = 'sent'";

pub(super) async fn run(market: &Market, reminders: usize, mails: usize) -> Result<()> {
    let cx = market.system();
    // what others left is not measured
    outbox::drain(market).await?;
    let (_, mailed_before) = counts(&cx, MAILS).await?;
    let (sent_before, _) = counts(&cx, SENT).await?;
    store(&cx, reminders).await?;
    let owner = cx.new_id();
    let began = Instant::now();
    let mut done = 0;
    while done < reminders {
        let round = outbox::work_once(market, owner).await?;
        if round.done == 0 || round.failed > 0 {
            return Err(Error::internal(format!("after {done}: {round:?}")));
        }
        done += round.done;
    }
    say(format_args!("reminders_per_s {:.0}", per_second(done, began)));
    let (queued, threads) = counts(&cx, MAILS).await?;
    say(format_args!("reminders_twice {}", queued - threads));
    say(format_args!("reminders_never {}", whole(reminders) - (threads - mailed_before)));
    let began = Instant::now();
    let mut handed = 0;
    while handed < mails.min(reminders) {
        let round = outbox::work_once(market, owner).await?;
        if round.done == 0 || round.failed > 0 {
            return Err(Error::internal(format!("after {handed} mails: {round:?}")));
        }
        handed += round.done;
    }
    say(format_args!("mails_per_s {:.0}", per_second(handed, began)));
    let (sent, again) = counts(&cx, SENT).await?;
    say(format_args!("mails_not_once {}", (sent - sent_before - whole(handed)).abs() + again));
    Ok(())
}

fn whole(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "a figure for people")]
fn per_second(done: usize, began: Instant) -> f64 {
    done as f64 / began.elapsed().as_secs_f64()
}

async fn counts(cx: &Cx, sql: &'static str) -> Result<(i64, i64)> {
    let mut db = cx.read().await?;
    fetch_one!(db, (i64, i64), sql)
}

/// A thread and its reminder each, all for the same moment.
async fn store(cx: &Cx, reminders: usize) -> Result<()> {
    let (at, due) = (cx.now(), cx.now().plus(DAY));
    let run = cx.new_id();
    let numbers: Vec<usize> = (0..reminders).collect();
    let mut asked: Option<(Company, uuid::Uuid)> = None;
    for some in numbers.chunks(AT_ONCE) {
        let mut tx = cx.write().await?;
        for number in some {
            let between = if let Some(between) = asked.filter(|_| !number.is_multiple_of(EACH)) {
                between
            } else {
                let name = format!("late-{run}-{number}");
                let company = people::company(cx, &mut tx, &name, &format!("{name}@example.test")).await?;
                (company, people::person(cx, &mut tx, &format!("asks-{run}-{number}@example.test")).await?)
            };
            asked = Some(between);
            let thread_id = people::thread(cx, &mut tx, between, (*number, due)).await?;
            let user_id = between.0.owner;
            let job = TellVendor { thread_id, user_id, seq: 1, event: VendorEvent::Reminder, due: Some(due) };
            outbox::enqueue(cx, &mut tx, &job, When { at: Some(at), once: None }).await?;
        }
        tx.commit().await?;
    }
    cx.market.db().refresh_statistics().await
}
