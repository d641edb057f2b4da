//! How many listings each category has, for pages that show the whole catalogue. The engine counts them in memory and keeps
//! the answer until something changes; the database has to walk through all of them (a third of a second at a million).

use std::collections::BTreeMap;

use super::service::{Asked, ask};
use super::{FacetKind, SearchQuery};
use crate::catalog::{browse, taxonomy};
use crate::cx::Cx;
use crate::error::Result;

/// Number of visible listings by category code, those below it not included. From the database when the engine is away.
///
/// # Errors
/// `Unavailable` when the database is away too.
pub async fn by_category(cx: &Cx) -> Result<Vec<(String, i64)>> {
    let everything = SearchQuery { facets: vec![FacetKind::Category], size: 1, ..SearchQuery::default() };
    let Asked::Answered(page) = ask(cx, &everything).await else {
        return browse::category_counts(cx).await;
    };
    match page.facets.iter().find(|facet| facet.facet == FacetKind::Category) {
        Some(counted) => Ok(own(&counted.values)),
        None => browse::category_counts(cx).await,
    }
}

/// The counts of an engine hold those of the places below, too: takes them off.
fn own(counts: &[(String, u32)]) -> Vec<(String, i64)> {
    let mut own: BTreeMap<&str, i64> = BTreeMap::new();
    for (code, count) in counts {
        *own.entry(code.as_str()).or_default() += i64::from(*count);
        if let Some(parent) = taxonomy::find(code).and_then(|category| category.parent) {
            *own.entry(parent).or_default() -= i64::from(*count);
        }
    }
    own.into_iter().filter(|(_, count)| *count > 0).map(|(code, count)| (code.to_owned(), count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_is_counted_once() {
        let counts = [
            ("fasteners".to_owned(), 9),
            ("fasteners.bolts".to_owned(), 7),
            ("fasteners.bolts.hex".to_owned(), 5),
            ("fasteners.nuts".to_owned(), 2),
        ];
        let own = own(&counts);
        assert_eq!(
            own,
            [("fasteners.bolts".into(), 2), ("fasteners.bolts.hex".into(), 5), ("fasteners.nuts".into(), 2)]
        );
    }
}
