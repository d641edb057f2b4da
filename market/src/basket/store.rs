//! Rows of the basket.

use uuid::Uuid;

use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::time::Timestamp;

/// Puts a listing in, unless it is in already, does not exist, or the basket is full.
pub const ADD: &str = "INSERT INTO basket_items (user_id, listing_id, added_at) SELECT $1, l.id, $3 FROM listings l WHERE l.id = $2 \
    AND (SELECT COUNT(*) FROM basket_items WHERE user_id = $1) < CAST($4 AS BIGINT) ON CONFLICT (user_id, listing_id) DO NOTHING";
/// Takes a listing out.
pub const REMOVE: &str = "DELETE FROM basket_items WHERE user_id = $1 AND listing_id = $2";
/// What is in it, in the order it was put in.
pub const LIST: &str =
    "SELECT listing_id FROM basket_items WHERE user_id = $1 ORDER BY added_at, listing_id LIMIT 100";

pub(super) async fn add(tx: &mut Tx, user: Uuid, listing: Uuid, around: (Timestamp, i64)) -> Result<bool> {
    Ok(crate::execute!(*tx, ADD, user, listing, around.0, around.1)? == 1)
}

pub(super) async fn remove(tx: &mut Tx, user: Uuid, listing: Uuid) -> Result<()> {
    crate::execute!(*tx, REMOVE, user, listing).map(|_| ())
}

pub(super) async fn list(db: &mut impl Handle, user: Uuid) -> Result<Vec<Uuid>> {
    Ok(crate::fetch_all!(*db, (Uuid,), LIST, user)?.into_iter().map(|(id,)| id).collect())
}
