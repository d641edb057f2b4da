//! Work that comes round by the clock: a row per name says when it is next due; whoever takes its turn first does the work.

use super::turn::take_turn;
use crate::cx::{Cx, Market};
use crate::error::Result;
use crate::time::{DAY, HOUR, MINUTE, Timestamp};

/// Days for which throttle windows, idempotency keys, finished jobs and ended sessions are kept.
pub const KEPT_DAYS: i64 = 7;

/// A schedule: its name and the pause between runs.
struct Schedule {
    name: &'static str,
    every: i64,
}

const SCHEDULES: [Schedule; 11] = [
    Schedule { name: "housekeeping", every: HOUR },
    Schedule { name: "retention", every: HOUR },
    Schedule { name: "thread_deadlines", every: 5 * MINUTE },
    Schedule { name: "rfq_ends", every: 10 * MINUTE },
    Schedule { name: "daily_mails", every: 10 * MINUTE },
    Schedule { name: "response_figures", every: DAY },
    Schedule { name: "listing_expiry", every: 10 * MINUTE },
    // each number is asked about once a day; what an outage left unasked is asked about within the hour
    Schedule { name: "registry", every: HOUR },
    Schedule { name: "ended_certificates", every: 6 * HOUR },
    Schedule { name: "unsent_files", every: HOUR },
    Schedule { name: "unused_images", every: DAY },
];

/// Runs every schedule that is due. Called every twenty seconds by each worker.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn run_due_schedules(market: &Market) -> Result<usize> {
    let cx = market.system();
    let now = cx.now();
    // days declared meanwhile, before anything is counted in days
    crate::tables::days::load(market).await?;
    let mut ran = 0;
    for schedule in &SCHEDULES {
        if let Some(turn) = take_turn(&cx, schedule.name, schedule.every).await? {
            // one schedule that fails must not hold up the others; it comes round again
            if let Err(error) = turn.spend(&cx, run(&cx, schedule.name, now)).await {
                tracing::error!(schedule.name = schedule.name, error = %error, "schedule failed");
            }
            ran += 1;
        }
    }
    Ok(ran)
}

async fn run(cx: &Cx, name: &str, now: Timestamp) -> Result<()> {
    match name {
        "housekeeping" => housekeeping(cx, now).await,
        "retention" => crate::retention::run(cx).await.map(|_| ()),
        "thread_deadlines" => crate::inquiries::deadlines::run(cx).await,
        "rfq_ends" => crate::rfqs::service::expire_due(cx).await.map(|_| ()),
        "daily_mails" => crate::notifications::digest::decide(cx).await.map(|_| ()),
        "response_figures" => crate::inquiries::response::recompute_all(cx).await.map(|_| ()),
        "listing_expiry" => crate::catalog::expiry::run(cx).await,
        "registry" => crate::vendors::jobs::refresh_registry(cx).await.map(|_| ()),
        "unsent_files" => crate::files::jobs::sweep(cx).await.map(|_| ()),
        "unused_images" => crate::catalog::unused_images::sweep(cx).await.map(|_| ()),
        "ended_certificates" => crate::search::feed::note_ended_certificates(&cx.market).await.map(|_| ()),
        _ => Ok(()),
    }
}

async fn housekeeping(cx: &Cx, now: Timestamp) -> Result<()> {
    let mut tx = cx.write().await?;
    let before = now.plus(-KEPT_DAYS * DAY);
    crate::throttle::purge(&mut tx, before).await?;
    crate::accounts::sessions::purge(&mut tx, before).await?;
    crate::execute!(tx, crate::idempotency::PURGE, before)?;
    crate::execute!(tx, super::store::PURGE, before)?;
    crate::execute!(tx, crate::notifications::sending::PURGE, before)?;
    crate::notifications::stopping::purge(&mut tx, now).await?;
    crate::execute!(tx, crate::vendors::invitations::PURGE, now)?;
    crate::search::log::purge(&mut tx, now).await?;
    crate::live::log::purge(&mut tx, now.plus(-3 * DAY)).await?;
    crate::abuse::release::forget_forms(&mut tx, now).await?;
    tx.commit().await?;
    // a table that grew since the start is read by another way than an empty one
    cx.market.db().refresh_statistics().await
}
