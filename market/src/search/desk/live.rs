//! The rules as this process has them. Each process compares the number of the last change with its own, so that a change
//! made in one holds in all within seconds, without a restart.

use std::sync::{Arc, PoisonError, RwLock};

use super::rules::RuleSet;
use super::store;
use crate::cx::Market;
use crate::error::Result;

/// Rules in memory; empty until they were read first.
#[derive(Debug, Default)]
pub struct Live(RwLock<Arc<RuleSet>>);

/// The rules as they are known here.
pub fn current(market: &Market) -> Arc<RuleSet> {
    market.search_rules().0.read().unwrap_or_else(PoisonError::into_inner).clone()
}

/// Reads the rules anew when they changed or one of them ended; tells whether it did.
///
/// # Errors
/// `Unavailable` when the database is away; the rules known so far stay in force.
pub async fn refresh(market: &Market) -> Result<bool> {
    let now = market.now();
    let mut db = market.db().read().await?;
    let (version,) = crate::fetch_one!(db, (i64,), store::VERSION)?;
    if current(market).is_current(version, now) {
        return Ok(false);
    }
    let rules = store::in_force(&mut db, now).await?;
    let fresh = Arc::new(RuleSet::new(version, rules, now));
    *market.search_rules().0.write().unwrap_or_else(PoisonError::into_inner) = fresh;
    Ok(true)
}
