//! The log of what the search index has to look at again. It is written in the transaction of the change itself.

use uuid::Uuid;

use super::model::ListingId;
use crate::cx::Cx;
use crate::db::{Handle, Link, Tx};
use crate::error::Result;

/// Tells the search index that a listing may have changed.
pub const NOTE: &str = "INSERT INTO search_changes (listing_id, at) VALUES ($1, $2)";
/// Tells the search index that every listing of a company that was ever shown may have changed.
pub const NOTE_OF_VENDOR: &str = "INSERT INTO search_changes (listing_id, at) \
    SELECT id, CAST($2 AS BIGINT) FROM listings WHERE vendor_id = $1 AND first_published_at IS NOT NULL";
/// One writer of the change log at a time, the same lock as the audit record's: positions become visible in their order,
/// so a reader of the log never steps over one.
pub const ORDER_POSTGRES: &str = "SELECT pg_advisory_xact_lock(7005)";

/// Tells the search index about one listing. Every transaction that can change what strangers see of it calls this.
pub async fn note(cx: &Cx, tx: &mut Tx, id: ListingId) -> Result<()> {
    take_turn(tx).await?;
    crate::execute!(*tx, NOTE, id, cx.now())?;
    Ok(())
}

/// Tells the search index about all listings of a company: its state, name, region or badges changed.
pub async fn note_vendor(cx: &Cx, tx: &mut Tx, vendor_id: Uuid) -> Result<()> {
    take_turn(tx).await?;
    crate::execute!(*tx, NOTE_OF_VENDOR, vendor_id, cx.now())?;
    Ok(())
}

/// Waits for the turn of this transaction in the change log.
pub(crate) async fn take_turn(tx: &mut Tx) -> Result<()> {
    if let Link::Postgres(link) = tx.link() {
        sqlx::query(ORDER_POSTGRES).execute(link).await?;
    }
    Ok(())
}
