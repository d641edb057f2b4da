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

/// What became of putting several in at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddedAll {
    /// So many of them lie in it now; the others are not shown any more.
    Inside(usize),
    /// Nothing was put in: the basket does not hold them all.
    TooMany,
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

/// Puts several listings into the signed-in person's basket: all that are shown, or none where it does not hold them.
///
/// # Errors
/// `NotSignedIn`.
pub async fn add_all(cx: &Cx, listings: &[Uuid]) -> Result<AddedAll> {
    let me = cx.actor.signed_in()?.id;
    let Some(shown) = shown(cx, listings).await? else { return Ok(AddedAll::TooMany) };
    let mut tx = cx.write().await?;
    let inside = store::list(&mut tx, me).await?;
    let Some(new) = fitting(cx, &inside, &shown) else { return Ok(AddedAll::TooMany) };
    for (order, listing) in (0_i64..).zip(&new) {
        store::add(&mut tx, me, *listing, (cx.now().plus(order), most(cx))).await?;
    }
    let inside = if new.is_empty() { inside } else { store::list(&mut tx, me).await? };
    tx.commit().await?;
    Ok(AddedAll::Inside(shown.iter().filter(|listing| inside.contains(listing)).count()))
}

/// The same for a browser that has collected `kept`; gives what it holds from now on.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn with_all(cx: &Cx, kept: &[Uuid], listings: &[Uuid]) -> Result<(AddedAll, Vec<Uuid>)> {
    let shown = shown(cx, listings).await?;
    let new = shown.as_deref().and_then(|shown| Some((shown.len(), fitting(cx, kept, shown)?)));
    Ok(match new {
        Some((count, new)) => (AddedAll::Inside(count), [kept, &new].concat()),
        None => (AddedAll::TooMany, kept.to_vec()),
    })
}

/// Those of them that anybody may put into a basket; none where they are more than any basket holds.
async fn shown(cx: &Cx, listings: &[Uuid]) -> Result<Option<Vec<Uuid>>> {
    if listings.len() > MOST_PAGES {
        return Ok(None);
    }
    let pages = ask_pages(cx, listings).await?;
    let now = cx.now();
    Ok(Some(pages.into_iter().filter(|page| page.is_visible(now)).map(|page| page.id).collect()))
}

/// Those of `wanted` that are not inside yet; none where the basket does not hold them all.
fn fitting(cx: &Cx, inside: &[Uuid], wanted: &[Uuid]) -> Option<Vec<Uuid>> {
    let new: Vec<Uuid> = wanted.iter().copied().filter(|listing| !inside.contains(listing)).collect();
    (new.is_empty() || inside.len() + new.len() <= places(cx)).then_some(new)
}

/// How much a basket holds: as configured, and never more than is read at once.
pub fn places(cx: &Cx) -> usize {
    cx.settings().basket_items.min(MOST_PAGES)
}

fn most(cx: &Cx) -> i64 {
    i64::try_from(places(cx)).unwrap_or(i64::MAX)
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
