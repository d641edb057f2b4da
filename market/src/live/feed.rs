//! What one onlooker is told: first where the log stands, then what they missed since their last position, then what
//! happens. Nothing is queued for them: a slow reader is told from the log, so nothing is ever dropped.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};
use uuid::Uuid;

use super::hub::Slot;
use super::log;
use crate::accounts::sessions;
use crate::cx::{Cx, Market};
use crate::error::Result;
use crate::notifications;

/// Pause after which a sign of life goes out.
const HEARTBEAT: Duration = Duration::from_secs(18);
/// Signs of life between two looks whether the session still lives.
const BEATS_PER_CHECK: u32 = 3;
/// Missed events beyond which looking at everything anew is quicker.
const MOST_MISSED: i64 = 2_000;

type Row = (i64, Option<Uuid>, Option<i64>);

/// What an onlooker is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// Where the log stands; what comes is told from here on. With `missed`, too much happened meanwhile: look at
    /// everything anew.
    Hello {
        /// Position to come back with.
        at: String,
        /// Events between the last position and here are not told.
        missed: bool,
        /// Unread notifications.
        unread: i64,
    },
    /// A thread has a new message.
    Message {
        /// Position to come back with.
        at: String,
        /// The thread.
        thread: Uuid,
        /// Position of the message in it.
        seq: i64,
        /// Unread notifications.
        unread: i64,
    },
    /// The number of unread notifications.
    Bell {
        /// Position to come back with.
        at: String,
        /// Unread notifications.
        unread: i64,
    },
    /// A sign of life.
    Heartbeat,
    /// The process stops: come back in a moment.
    Bye,
}

/// The feed of one onlooker. Dropping it leaves the registry.
pub struct Feed {
    market: Market,
    person: Uuid,
    session: Uuid,
    slot: Arc<Slot>,
    closing: watch::Receiver<bool>,
    epoch: Box<str>,
    cursor: i64,
    waiting: VecDeque<Told>,
    beat_at: Instant,
    beats: u32,
    parted: bool,
}

impl Drop for Feed {
    fn drop(&mut self) {
        self.market.live().leave(self.person, &self.slot);
    }
}

/// Follows what concerns the signed-in person, from the position they came back with.
///
/// # Errors
/// `NotSignedIn`; `TooMany` streams; `Unavailable` when the database is away or the process stops.
pub async fn follow(cx: &Cx, after: Option<&str>) -> Result<Feed> {
    let person = cx.actor.signed_in()?;
    let hub = cx.market.live();
    let slot = hub.register(person.id)?;
    let mut feed = Feed {
        market: cx.market.clone(),
        person: person.id,
        session: person.session_id,
        slot,
        closing: hub.closing(),
        epoch: "".into(),
        cursor: 0,
        waiting: VecDeque::new(),
        beat_at: Instant::now() + HEARTBEAT,
        beats: 0,
        parted: false,
    };
    hub.follow_log(&cx.market).await?;
    feed.greet(cx, after).await?;
    Ok(feed)
}

impl Feed {
    async fn greet(&mut self, cx: &Cx, after: Option<&str>) -> Result<()> {
        let mut db = cx.read().await?;
        let (mut head, mut epoch) = crate::fetch_one!(db, (i64, String), log::HEAD_AND_EPOCH)?;
        if epoch.is_empty() {
            drop(db);
            begin_epoch(cx).await?;
            db = cx.read().await?;
            (head, epoch) = crate::fetch_one!(db, (i64, String), log::HEAD_AND_EPOCH)?;
        }
        let (oldest,) = crate::fetch_one!(db, (i64,), log::OLDEST)?;
        let known = after.and_then(|after| position(after, &epoch));
        let known = known.filter(|pos| *pos <= head && head - pos <= MOST_MISSED);
        let known = known.filter(|pos| *pos == head || oldest > 0 && *pos + 1 >= oldest);
        let unread = notifications::service::unread(&mut db, self.person).await?;
        self.epoch = epoch.into();
        self.cursor = known.unwrap_or(head);
        if self.cursor < head {
            self.slot.wake(self.cursor + 1, head);
        }
        let missed = after.is_some_and(|after| !after.is_empty()) && known.is_none();
        self.waiting.push_back(Told::Hello { at: self.at(self.cursor), missed, unread });
        Ok(())
    }

    fn at(&self, pos: i64) -> String {
        format!("{}.{pos}", self.epoch)
    }

    /// The next thing to tell; `None` when the session has ended, or after [`Told::Bye`].
    ///
    /// # Errors
    /// `Unavailable` when the database is away; the onlooker comes back with their position.
    pub async fn next(&mut self) -> Result<Option<Told>> {
        loop {
            if let Some(told) = self.waiting.pop_front() {
                return Ok(Some(told));
            }
            if *self.closing.borrow_and_update() {
                let told = std::mem::replace(&mut self.parted, true);
                return Ok((!told).then_some(Told::Bye));
            }
            if let Some((first, last)) = self.slot.take() {
                self.read(first, last).await?;
                continue;
            }
            tokio::select! {
                () = self.slot.woken() => {}
                _ = self.closing.changed() => {}
                () = sleep_until(self.beat_at) => return self.beat().await,
            }
        }
    }

    /// Reads a stretch as somebody who may see it now.
    async fn read(&mut self, first: i64, last: i64) -> Result<()> {
        let from = self.cursor.max(first - 1);
        let mut db = self.market.db().read().await?;
        let rows = crate::fetch_all!(db, Row, log::FOR_PERSON, from, last, self.person)?;
        let whole = rows.len() < log::PAGE;
        let reached = rows.last().map_or(last, |row| row.0);
        if !rows.is_empty() {
            let unread = notifications::service::unread(&mut db, self.person).await?;
            for (pos, thread, seq) in rows {
                let at = self.at(pos);
                self.waiting.push_back(match thread.zip(seq) {
                    Some((thread, seq)) => Told::Message { at, thread, seq, unread },
                    None => Told::Bell { at, unread },
                });
            }
        }
        self.cursor = self.cursor.max(if whole { last } else { reached });
        if !whole {
            self.slot.wake(reached + 1, last);
        }
        Ok(())
    }

    async fn beat(&mut self) -> Result<Option<Told>> {
        self.beat_at = Instant::now() + HEARTBEAT;
        self.beats += 1;
        if self.beats.is_multiple_of(BEATS_PER_CHECK) {
            let mut db = self.market.db().read().await?;
            if !sessions::is_live(&mut db, self.session, self.market.now()).await? {
                return Ok(None);
            }
        }
        Ok(Some(Told::Heartbeat))
    }
}

async fn begin_epoch(cx: &Cx) -> Result<()> {
    let epoch = cx.new_id().simple().to_string();
    let mut tx = cx.write().await?;
    crate::execute!(tx, log::BEGIN_EPOCH, &epoch)?;
    tx.commit().await
}

/// The position of a text like `epoch.17`, if it is of this epoch.
fn position(text: &str, epoch: &str) -> Option<i64> {
    let (known, pos) = text.split_once('.')?;
    pos.parse().ok().filter(|pos| known == epoch && *pos >= 0)
}
