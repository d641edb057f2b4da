//! Listings of several identities at once, as forms show them.

use uuid::Uuid;

use super::page::{AskPage, ask_pages};
use crate::catalog::browse::CARDS;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::Result;

/// What asking needs to know of up to [`MOST_PAGES`] listings.
pub const ASK_PAGES_BY_ID: &str = ask_pages!(
    "l.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)"
);
/// Listings read at once.
pub const MOST_PAGES: usize = CARDS;

/// The listings of up to [`MOST_PAGES`] identities in their order, whether strangers may see them or not.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn ask_pages(cx: &Cx, ids: &[Uuid]) -> Result<Vec<AskPage>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    pages_in(&mut cx.read().await?, ids).await
}

pub(super) async fn pages_in(db: &mut impl Handle, ids: &[Uuid]) -> Result<Vec<AskPage>> {
    let mut found = crate::fetch_by_ids!(*db, fetch_all, AskPage, ASK_PAGES_BY_ID, [], ids)?;
    found.sort_by_key(|page| ids.iter().position(|id| *id == page.id));
    Ok(found)
}
