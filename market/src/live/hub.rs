//! Who looks on in this process, and the one task that follows the log and wakes them. The load on the database does
//! not depend on how many look on: the log is read once a process, however many streams are open.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use uuid::Uuid;

use super::log;
use crate::cx::Market;
use crate::error::{Error, ErrorKind, Result};

/// Pause between two looks at the log when this process writes nothing; another one may.
const IDLE: Duration = Duration::from_millis(100);
/// Pause while an event of this process is on its way through its transaction.
const EAGER: Duration = Duration::from_millis(8);
/// How long after a ring such a transaction is waited for.
const PATIENCE: Duration = Duration::from_millis(400);
/// Pause after the database was away.
const AWAY: Duration = Duration::from_secs(2);
/// Events routed at once.
const STRETCH: i64 = 200;
/// Streams that one person may have open in one process.
pub(super) const MOST_STREAMS: usize = 8;

/// A stretch of the log that somebody has not been told yet.
#[derive(Debug, Default)]
pub(super) struct Slot {
    stretch: Mutex<Option<(i64, i64)>>,
    bell: Notify,
}

impl Slot {
    /// Adds events to the stretch.
    pub(super) fn wake(&self, first: i64, last: i64) {
        let mut stretch = self.stretch.lock().unwrap_or_else(PoisonError::into_inner);
        *stretch = Some(stretch.map_or((first, last), |(from, to)| (from.min(first), to.max(last))));
        drop(stretch);
        self.bell.notify_one();
    }

    /// Takes the stretch.
    pub(super) fn take(&self) -> Option<(i64, i64)> {
        self.stretch.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub(super) async fn woken(&self) {
        self.bell.notified().await;
    }
}

type People = HashMap<Uuid, Vec<Arc<Slot>>>;

/// The registry of a process.
#[derive(Debug)]
pub struct Hub {
    people: Mutex<People>,
    tailing: tokio::sync::Mutex<bool>,
    rung: Notify,
    closed: watch::Sender<bool>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            people: Mutex::default(),
            tailing: tokio::sync::Mutex::new(false),
            rung: Notify::new(),
            closed: watch::Sender::new(false),
        }
    }
}

impl Hub {
    /// Says that a transaction of this process is about to bring an event.
    pub(super) fn ring(&self) {
        self.rung.notify_one();
    }

    /// Ends every stream at once: the process stops.
    pub fn close(&self) {
        self.closed.send_replace(true);
        self.rung.notify_one();
    }

    /// Streams that are open.
    pub fn streams(&self) -> usize {
        self.people().values().map(Vec::len).sum()
    }

    pub(super) fn closing(&self) -> watch::Receiver<bool> {
        self.closed.subscribe()
    }

    fn people(&self) -> std::sync::MutexGuard<'_, People> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn register(&self, person: Uuid) -> Result<Arc<Slot>> {
        if *self.closed.borrow() {
            return Err(ErrorKind::Unavailable.into());
        }
        let mut people = self.people();
        let streams = people.entry(person).or_default();
        if streams.len() >= MOST_STREAMS {
            return Err(Error::new(ErrorKind::TooMany { retry_after: 60 }));
        }
        let slot = Arc::new(Slot::default());
        streams.push(slot.clone());
        Ok(slot)
    }

    pub(super) fn leave(&self, person: Uuid, slot: &Arc<Slot>) {
        let mut people = self.people();
        if let Some(streams) = people.get_mut(&person) {
            streams.retain(|other| !Arc::ptr_eq(other, slot));
            if streams.is_empty() {
                people.remove(&person);
            }
        }
    }

    /// Starts the task that follows the log unless it runs. Call it after registering and before reading where the
    /// log stands: then whatever comes after that is told.
    pub(super) async fn follow_log(&self, market: &Market) -> Result<()> {
        let mut tailing = self.tailing.lock().await;
        if !*tailing {
            let mut db = market.db().read().await?;
            let last = log::head(&mut db).await?;
            *tailing = true;
            tokio::spawn(tail(market.clone(), last));
        }
        Ok(())
    }

    /// True when nobody looks on any more; the task ends then.
    async fn may_end(&self) -> bool {
        let mut tailing = self.tailing.lock().await;
        let ends = *self.closed.borrow() || self.people().is_empty();
        *tailing = !ends;
        ends
    }

    fn route(&self, concerned: &[(i64, Uuid)]) {
        let people = self.people();
        for (pos, person) in concerned {
            for slot in people.get(person).into_iter().flatten() {
                slot.wake(*pos, *pos);
            }
        }
    }
}

async fn tail(market: Market, mut last: i64) {
    let hub = market.live();
    let mut eager_until = Instant::now();
    while !hub.may_end().await {
        let pause = match advance(&market, last).await {
            Ok(reached) if reached > last => {
                last = reached;
                continue;
            }
            Ok(_) if Instant::now() < eager_until => EAGER,
            Ok(_) => IDLE,
            Err(error) => {
                tracing::warn!(error = %error, "the live log is out of reach");
                AWAY
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = hub.rung.notified() => eager_until = Instant::now() + PATIENCE,
        }
    }
}

type Concerned = (i64, Option<Uuid>, Option<Uuid>, Option<Uuid>);

/// Routes the next stretch of the log; gives the last position it looked at.
async fn advance(market: &Market, last: i64) -> Result<i64> {
    let mut db = market.db().read().await?;
    let head = log::head(&mut db).await?;
    if head <= last {
        // an earlier state was put back: go on from there
        return Ok(head);
    }
    let to = head.min(last + STRETCH);
    let rows = crate::fetch_all!(db, Concerned, log::CONCERNED, last, to)?;
    drop(db);
    let concerned: Vec<(i64, Uuid)> = rows
        .into_iter()
        .flat_map(|(pos, person, buyer, member)| {
            [person, buyer, member].into_iter().flatten().map(move |id| (pos, id))
        })
        .collect();
    market.live().route(&concerned);
    Ok(to)
}
