//! Demo data: everything a newcomer needs to try the site, written from the invented content of
//! `crate::demo`. Refuses a database that holds real accounts.

mod companies;
mod conversations;
mod goods;
mod people;
pub mod requests;
mod searches;
mod sql;
#[cfg(all(test, feature = "testing"))]
mod tests;
mod trouble;

use crate::cx::{Cx, Market};
use crate::error::{Error, Result};
use crate::time::{DAY, Timestamp};

/// Passphrase of every demo sign-in.
pub const PASSPHRASE: &str = "demo-passphrase-2026";
/// Companies to invent.
const COMPANIES: usize = 140;
/// Conversations to invent.
const CONVERSATIONS: usize = 420;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seeded {
    /// Companies.
    pub vendors: usize,
    /// Listings in every state.
    pub listings: usize,
    /// Conversations in every state.
    pub threads: usize,
    /// Public requests in every state.
    pub rfqs: usize,
}

/// Writes the demo data once. `None` when it is there already.
///
/// # Errors
/// `Conflict("seed.real_accounts")` when somebody real has an account.
pub async fn seed_demo(market: &Market) -> Result<Option<Seeded>> {
    let cx = market.system();
    let mut db = cx.read().await?;
    let (real, demo) = crate::fetch_one!(db, (i64, i64), sql::COUNT_PEOPLE)?;
    drop(db);
    if real > 0 {
        return Err(Error::conflict("seed.real_accounts"));
    }
    if demo > 0 {
        return Ok(None);
    }
    let hash = crate::accounts::passwords::hash(&cx, PASSPHRASE.to_owned()).await?;
    let today = cx.now().to_seoul().date();
    let companies = crate::demo::vendors(COMPANIES, today);
    let mut tx = cx.write().await?;
    let people = people::write(&cx, &mut tx, &hash).await?;
    let vendors = companies::write(&cx, &mut tx, (&companies, &people), &hash).await?;
    let goods = goods::write(&cx, &mut tx, &companies, &vendors, &people).await?;
    let threads = conversations::write(&cx, &mut tx, &goods, &vendors, &people).await?;
    searches::write(&cx, &mut tx, &goods).await?;
    let rfqs = requests::write(&cx, &mut tx, &goods, &vendors, &people).await?;
    trouble::write(&cx, &mut tx, &goods, &vendors, &people).await?;
    crate::execute!(tx, sql::SHARED)?;
    tx.commit().await?;
    market.db().refresh_statistics().await?;
    Ok(Some(Seeded { vendors: vendors.len(), listings: goods.len(), threads, rfqs }))
}

/// `days` before now, spread over the day by `salt` so that no two things share a moment.
fn days_ago(cx: &Cx, days: i64, salt: usize) -> Timestamp {
    let within = i64::try_from(salt % 997).unwrap_or(0) * (DAY / 997 / 2);
    cx.now().plus(-days * DAY - within)
}
