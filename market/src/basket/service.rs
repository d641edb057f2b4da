//! Collecting. Whoever is signed in has one basket on every device; everybody else's identities come with
//! the request, from a cookie.

use uuid::Uuid;

use super::store;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{ErrorKind, Result};
use crate::inquiries::service::{AskPage, MOST_PAGES, ask_pages};

/// What became of putting something in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in now.
    Now,
    /// It was in before.
    Before,
    /// The basket holds no more.
    Full,
}

/// Puts a listing into the signed-in person's basket.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for listings that are not shown.
pub async fn add(cx: &Cx, listing: Uuid) -> Result<Added> {
    let me = cx.actor.signed_in()?.id;
    demand_shown(cx, listing).await?;
    let mut tx = cx.write().await?;
    let most = most(cx);
    let new = store::add(&mut tx, me, listing, (cx.now(), most)).await?;
    let inside = store::list(&mut tx, me).await?.contains(&listing);
    tx.commit().await?;
    Ok(match (new, inside) {
        (true, _) => Added::Now,
        (false, true) => Added::Before,
        (false, false) => Added::Full,
    })
}

/// How much a basket holds: as configured, and never more than is read at once.
fn most(cx: &Cx) -> i64 {
    i64::try_from(cx.settings().basket_items.min(MOST_PAGES)).unwrap_or(i64::MAX)
}

/// Whether anybody may put this listing into a basket.
///
/// # Errors
/// `NotFound` for listings that are not shown.
pub async fn demand_shown(cx: &Cx, listing: Uuid) -> Result<()> {
    let pages = ask_pages(cx, &[listing]).await?;
    if pages.iter().any(|page| page.is_visible(cx.now())) { Ok(()) } else { Err(ErrorKind::NotFound.into()) }
}

/// Takes a listing out of the signed-in person's basket; fine when it is not in.
///
/// # Errors
/// `NotSignedIn`.
pub async fn remove(cx: &Cx, listing: Uuid) -> Result<()> {
    let me = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    store::remove(&mut tx, me, listing).await?;
    tx.commit().await
}

/// Puts what a browser collected before signing in into the person's own basket, as far as it holds.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn merge(cx: &Cx, person: Uuid, collected: &[Uuid]) -> Result<()> {
    let most = most(cx);
    let mut tx = cx.write().await?;
    for (order, listing) in (0_i64..).zip(collected) {
        store::add(&mut tx, person, *listing, (cx.now().plus(order), most)).await?;
    }
    tx.commit().await
}

/// Takes out what was sent, in the transaction of the sending.
pub(crate) async fn sent(tx: &mut Tx, person: Uuid, listings: impl Iterator<Item = Uuid>) -> Result<()> {
    for listing in listings {
        store::remove(tx, person, listing).await?;
    }
    Ok(())
}

/// The identities in the basket: the person's own, or those the browser keeps.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn identities(cx: &Cx, kept: &[Uuid]) -> Result<Vec<Uuid>> {
    match cx.actor.person() {
        Some(person) => store::list(&mut cx.read().await?, person.id).await,
        None => Ok(kept.to_vec()),
    }
}

/// What is in the basket, in the order it was put in. What no longer exists is left out; what strangers may
/// not see now is still named, so that its owner learns why it cannot be asked about.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn contents(cx: &Cx, kept: &[Uuid]) -> Result<Vec<AskPage>> {
    let ids = identities(cx, kept).await?;
    ask_pages(cx, &ids).await
}
