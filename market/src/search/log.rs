//! What was searched for and how much was found, without anybody's name: what curators learn synonyms from.
//!
//! Written behind the answer: entries gather in memory and go to the database together. A flood is
//! sampled, so that searching never becomes writing.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::cx::{Cx, Market};
use crate::error::Result;
use crate::text;
use crate::time::Timestamp;

/// One search.
pub const INSERT: &str = "INSERT INTO search_log (id, at, lang, query, hits) VALUES ($1, $2, $3, $4, $5)";

/// Most entries of one flush; more in the same pause are not kept.
const KEPT: usize = 50;
/// Pause between flushes.
const PAUSE: Duration = Duration::from_secs(2);
/// Longest query kept, in characters.
const LONGEST: usize = 200;

/// Entries that wait for the next flush.
#[derive(Debug, Default)]
pub struct Waiting(Mutex<Vec<Entry>>);

#[derive(Debug)]
struct Entry {
    at: Timestamp,
    lang: &'static str,
    query: String,
    hits: i64,
}

/// Notes a search. The first entry of a batch starts the flush that will write it.
pub fn note(cx: &Cx, query: &str, hits: u32) {
    let query: String = text::line(query).chars().take(LONGEST).collect();
    if query.is_empty() {
        return;
    }
    let entry = Entry { at: cx.now(), lang: cx.lang.code(), query, hits: i64::from(hits) };
    let first = {
        let mut waiting = cx.market.search_log().0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() < KEPT {
            waiting.push(entry);
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
    let entries = std::mem::take(&mut *market.search_log().0.lock().unwrap_or_else(PoisonError::into_inner));
    if entries.is_empty() {
        return Ok(0);
    }
    let mut tx = market.db().write().await?;
    for entry in &entries {
        crate::execute!(
            tx,
            INSERT,
            market.ports().ids.new_id(),
            entry.at,
            entry.lang,
            entry.query.as_str(),
            entry.hits
        )?;
    }
    tx.commit().await?;
    Ok(entries.len())
}
