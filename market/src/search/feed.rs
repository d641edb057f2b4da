//! Keeps the index equal to the database: follows the log of changes, or builds the index anew.
//!
//! Every transaction that can change what strangers see of a listing notes it in `search_changes`. Writers of
//! the log take one lock, so positions become visible in their order and a reader never steps over one.
//! A document is always made from the present state of the listing, so applying a change twice, or one
//! that was overtaken by the next, is harmless.

use async_trait::async_trait;
use uuid::Uuid;

use super::SearchBatch;
use super::document::{self, DocRow};
use crate::catalog::browse::{CARDS, today};
use crate::cx::Market;
use crate::error::{Error, ErrorKind, Result};
use crate::ports::search::{DocSource, SearchError};

/// Changes taken in one commit of the index.
const CHANGES: i64 = 500;
/// Documents read at once by a rebuild.
const PIECE: i64 = 200;

/// First and last position of the log; zeros when it is empty.
pub const BOUNDS: &str =
    "SELECT CAST(COALESCE(MIN(seq), 0) AS BIGINT), CAST(COALESCE(MAX(seq), 0) AS BIGINT) FROM search_changes";
/// The next changes.
pub const NEXT: &str =
    "SELECT CAST(seq AS BIGINT), listing_id FROM search_changes WHERE seq > $1 ORDER BY seq LIMIT $2";
/// Certificates that ended since a day: their vendors' listings lose a badge without anybody writing.
pub const NOTE_ENDED: &str = "INSERT INTO search_changes (listing_id, at) SELECT l.id, CAST($3 AS BIGINT) FROM listings l \
    WHERE l.state = 'published' AND l.vendor_id IN (SELECT c.vendor_id FROM vendor_certificates c WHERE c.valid_until >= CAST($1 AS TEXT) AND c.valid_until < CAST($2 AS TEXT))";

/// Brings the index up to the end of the log; gives the number of listings that were looked at.
/// An index that is new, of another version or of another database is built anew first.
///
/// # Errors
/// `Unavailable` when the database or the engine is away; the next call goes on where this one stopped.
pub async fn catch_up(market: &Market) -> Result<usize> {
    let engine = &market.ports().search;
    let mut db = market.db().read().await?;
    let (first, last) = crate::fetch_one!(db, (i64, i64), BOUNDS)?;
    drop(db);
    let health = engine.health().await.map_err(away)?;
    if health.needs_rebuild || health.position > last || health.position.saturating_add(1) < first {
        let count = rebuild(market).await?;
        return Ok(usize::try_from(count).unwrap_or(usize::MAX));
    }
    let (mut position, mut done) = (health.position, 0);
    while position < last {
        let mut db = market.db().read().await?;
        let changes = crate::fetch_all!(db, (i64, Uuid), NEXT, position, CHANGES)?;
        drop(db);
        let Some((end, _)) = changes.last().copied() else { break };
        let mut ids: Vec<Uuid> = changes.into_iter().map(|(_, id)| id).collect();
        ids.sort_unstable();
        ids.dedup();
        let batch = load(market, &ids).await?;
        engine.apply(batch, end).await.map_err(away)?;
        (position, done) = (end, done + ids.len());
    }
    Ok(done)
}

/// Builds the index anew from the database; gives the number of documents.
///
/// # Errors
/// `Unavailable` when the database or the engine is away; the old index stays in use then.
pub async fn rebuild(market: &Market) -> Result<u64> {
    let mut db = market.db().read().await?;
    let (_, last) = crate::fetch_one!(db, (i64, i64), BOUNDS)?;
    drop(db);
    let mut source = Visible { market: market.clone(), after: Uuid::nil() };
    market.ports().search.rebuild(&mut source, last).await.map_err(away)
}

/// Notes listings whose vendor's certificate ended in the last three days; for a daily schedule.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn note_ended_certificates(market: &Market) -> Result<u64> {
    let now = market.now();
    let (since, until) = (today(now.plus(-3 * crate::time::DAY)), today(now));
    let mut tx = market.db().write().await?;
    crate::catalog::changes::take_turn(&mut tx).await?;
    let noted = crate::execute!(tx, NOTE_ENDED, since.as_str(), until.as_str(), now)?;
    tx.commit().await?;
    Ok(noted)
}

/// Documents of these listings; those that may not be seen are deletions.
async fn load(market: &Market, ids: &[Uuid]) -> Result<SearchBatch> {
    let mut batch = SearchBatch::default();
    let mut db = market.db().read().await?;
    for piece in ids.chunks(CARDS) {
        let now = market.now();
        let rows = crate::fetch_by_ids!(db, fetch_all, DocRow, document::BY_IDS, [now, today(now)], piece)?;
        let docs = rows.into_iter().map(|row| row.into_doc(market.settings()));
        let from = batch.upserts.len();
        batch.upserts.extend(docs);
        let found = batch.upserts.get(from..).unwrap_or_default();
        batch.deletes.extend(piece.iter().filter(|id| !found.iter().any(|doc| doc.id == **id)));
    }
    Ok(batch)
}

fn away(error: SearchError) -> Error {
    Error::caused(ErrorKind::Unavailable, error)
}

/// Every visible listing by identity, piece by piece.
struct Visible {
    market: Market,
    after: Uuid,
}

impl Visible {
    async fn next(&mut self) -> Result<Vec<super::SearchDoc>> {
        let now = self.market.now();
        let mut db = self.market.db().read().await?;
        let rows = crate::fetch_all!(db, DocRow, document::AFTER, now, today(now), self.after, PIECE)?;
        let docs: Vec<super::SearchDoc> =
            rows.into_iter().map(|row| row.into_doc(self.market.settings())).collect();
        if let Some(last) = docs.last() {
            self.after = last.id;
        }
        Ok(docs)
    }
}

#[async_trait]
impl DocSource for Visible {
    async fn next_docs(&mut self) -> Result<Vec<super::SearchDoc>, SearchError> {
        self.next().await.map_err(|error| SearchError::Unavailable(error.to_string()))
    }
}
