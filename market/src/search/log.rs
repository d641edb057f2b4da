//! What was searched for, what was found and what was opened, without anybody's name: what curators make rules of.
//!
//! Kept are counts of a day and question. Text that looks like an address or a number of somebody is not kept at all.
//! How many different people asked is counted by marks: sixteen bits of a digest over a random salt, who asked (account
//! or network) and the question. The salt dies with its week, and because the question goes into the digest, marks of
//! one person's questions have nothing in common.
//!
//! Written behind the answer: entries gather in memory and go to the database together. A flood is
//! sampled, so that searching never becomes writing.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::desk::key;
use crate::accounts::limits::network;
use crate::catalog::taxonomy;
use crate::cx::{Cx, Market};
use crate::db::Tx;
use crate::error::Result;
use crate::time::{DAY, HOUR, Timestamp};

/// Counts one search.
pub const COUNT: &str = "INSERT INTO search_words (day, query, category, searches, missed, hits) VALUES ($1, $2, $3, 1, $4, $5) \
    ON CONFLICT (day, query) DO UPDATE SET searches = search_words.searches + 1, missed = search_words.missed + excluded.missed, hits = excluded.hits";
/// Marks that somebody asked it this week.
pub const MARK: &str = "INSERT INTO search_marks (week, query, mark) VALUES ($1, $2, $3) ON CONFLICT (query, week, mark) DO NOTHING";
/// Counts what somebody opened, once a day; whichever of two reports knows the place adds it.
pub const OPEN: &str = "INSERT INTO search_clicks (day, query, listing_id, mark, position) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (query, day, listing_id, mark) DO UPDATE SET position = COALESCE(search_clicks.position, excluded.position)";
/// Makes the salt of a week, unless another process was faster.
pub const MAKE_SALT: &str =
    "INSERT INTO search_salts (week, salt) VALUES ($1, $2) ON CONFLICT (week) DO NOTHING";
/// The salt of a week.
pub const SALT: &str = "SELECT salt FROM search_salts WHERE week = $1";
/// Forgets days.
pub const FORGET_WORDS: &str = "DELETE FROM search_words WHERE day < $1";
/// Forgets what was opened on them.
pub const FORGET_CLICKS: &str = "DELETE FROM search_clicks WHERE day < $1";
/// Forgets marks of weeks.
pub const FORGET_MARKS: &str = "DELETE FROM search_marks WHERE week < $1";
/// Forgets salts of weeks that are over.
pub const FORGET_SALTS: &str = "DELETE FROM search_salts WHERE week < $1";

/// How long counts are kept, in days.
pub const KEPT_DAYS: i64 = 90;
/// Most entries of one flush; more in the same pause are not kept.
const KEPT: usize = 50;
/// Pause between flushes.
const PAUSE: Duration = Duration::from_secs(2);
/// Mark of somebody who cannot be told apart: counts as nobody when people are counted.
const UNKNOWN: i64 = -1;

/// Entries that wait for the next flush.
#[derive(Debug, Default)]
pub struct Waiting(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    at: Timestamp,
    query: String,
    /// Account or network; leaves memory only as a mark.
    who: Option<Vec<u8>>,
    what: What,
}

#[derive(Debug)]
enum What {
    Searched { hits: i64, missed: bool },
    Opened { listing: Uuid, place: Option<i64> },
}

/// Day of a moment in Seoul, counted from 1970.
pub fn day_of(at: Timestamp) -> i64 {
    at.plus(9 * HOUR).0.div_euclid(DAY)
}

/// Week of a day, Monday first.
pub fn week_of(day: i64) -> i64 {
    (day + 3).div_euclid(7)
}

/// Notes a search. `missed` says that nothing met the whole question.
pub fn note(cx: &Cx, query: &str, hits: u32, missed: bool) {
    keep(cx, query, What::Searched { hits: i64::from(hits), missed });
}

/// Notes that a listing was opened from the results of a question; `place` counts from 1.
pub fn opened(cx: &Cx, query: &str, listing: Uuid, place: Option<u32>) {
    keep(cx, query, What::Opened { listing, place: place.filter(|place| *place > 0).map(i64::from) });
}

/// Keeps an entry for the next flush; the first one of a batch starts it.
fn keep(cx: &Cx, query: &str, what: What) {
    let Some(query) = key::counted(query) else { return };
    let who = match cx.actor.user_id() {
        Some(id) => Some(id.as_bytes().to_vec()),
        None => cx.ip.map(|ip| network(ip).into_bytes()),
    };
    let first = {
        let mut waiting = cx.market.search_log().0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < KEPT {
            waiting.push(Entry { at: cx.now(), query, who, what });
        }
        waiting.len() == 1
    };
    if first {
        let market = cx.market.clone();
        tokio::spawn(async move {
            tokio::time::sleep(PAUSE).await;
            if let Err(error) = flush(&market).await {
                tracing::warn!(error = %error, "searches could not be logged");
            }
        });
    }
}

/// Writes what waits; gives the number of entries.
///
/// # Errors
/// `Unavailable` when the database is away; those entries are lost, which harms nobody.
pub async fn flush(market: &Market) -> Result<usize> {
    let mut entries =
        std::mem::take(&mut *market.search_log().0.lock().unwrap_or_else(PoisonError::into_inner));
    if entries.is_empty() {
        return Ok(0);
    }
    // one order for every process, so that two of them never wait for each other
    entries.sort_by(|a, b| a.query.cmp(&b.query));
    let week = week_of(day_of(market.now()));
    let mut tx = market.db().write().await?;
    let salt = salt(market, &mut tx, week).await?;
    for entry in &entries {
        write(&mut tx, entry, week, &salt).await?;
    }
    tx.commit().await?;
    Ok(entries.len())
}

async fn salt(market: &Market, tx: &mut Tx, week: i64) -> Result<Vec<u8>> {
    if let Some((salt,)) = crate::fetch_optional!(*tx, (Vec<u8>,), SALT, week)? {
        return Ok(salt);
    }
    crate::execute!(*tx, MAKE_SALT, week, market.ports().ids.secret().as_slice())?;
    Ok(crate::fetch_one!(*tx, (Vec<u8>,), SALT, week)?.0)
}

async fn write(tx: &mut Tx, entry: &Entry, week: i64, salt: &[u8]) -> Result<()> {
    let (day, query) = (day_of(entry.at), entry.query.as_str());
    let mark = entry.who.as_ref().map(|who| mark(salt, who, query));
    match entry.what {
        What::Searched { hits, missed } => {
            crate::execute!(*tx, COUNT, day, query, branch(query), i64::from(missed), hits)?;
            if let Some(mark) = mark {
                crate::execute!(*tx, MARK, week, query, mark)?;
            }
        }
        What::Opened { listing, place } => {
            crate::execute!(*tx, OPEN, day, query, listing, mark.unwrap_or(UNKNOWN), place)?;
        }
    }
    Ok(())
}

/// Code of the branch of the catalogue that the words name, the last word first (goods stand last); empty when none does.
pub(crate) fn branch(query: &str) -> &'static str {
    let named = |text: &str| taxonomy::search(text).first().map(|found| found.root());
    let known =
        named(query).or_else(|| query.rsplit(' ').filter(|word| word.chars().count() > 1).find_map(named));
    known.unwrap_or_default()
}

/// Sixteen bits that tell a few people apart and nobody who they are.
fn mark(salt: &[u8], who: &[u8], query: &str) -> i64 {
    let mut digest = Sha256::new();
    digest.update(salt);
    digest.update(who);
    digest.update([0]);
    digest.update(query.as_bytes());
    let bytes = digest.finalize();
    bytes.iter().take(2).fold(0, |mark, byte| mark << 8 | i64::from(*byte))
}

/// Forgets what is older than [`KEPT_DAYS`], and the salts of weeks that are over; run every hour.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn purge(tx: &mut Tx, now: Timestamp) -> Result<u64> {
    let (today, first) = (day_of(now), day_of(now) - KEPT_DAYS + 1);
    Ok(crate::execute!(*tx, FORGET_WORDS, first)?
        + crate::execute!(*tx, FORGET_CLICKS, first)?
        + crate::execute!(*tx, FORGET_MARKS, week_of(first))?
        + crate::execute!(*tx, FORGET_SALTS, week_of(today))?)
}
