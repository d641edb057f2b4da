//! Looking small things up: from memory as long as they hold, all others together in one request.

use std::collections::HashMap;

use super::MeiliCatalog;
use super::ask::{Question, Reply};
use super::client::Trouble;
use super::filter::Condition;
use super::notebook::{Found, LOOKED_THROUGH, Lookup, Wanted};
use super::record::VENDOR;

/// Things asked for one question at most; later ones count as absent.
pub const LOOKUPS: usize = 800;

impl MeiliCatalog {
    /// Answers lookups, from memory where it is fresh. The next ending is asked for along with them; where it proves to
    /// be another one than was believed, what was taken from memory is asked, too.
    pub(super) async fn look_up(
        &self,
        at: i64,
        lookups: Vec<Lookup>,
    ) -> Result<Vec<(Lookup, Found)>, Trouble> {
        let mut out = Vec::with_capacity(lookups.len());
        let mut open: Vec<Lookup> = lookups.into_iter().take(LOOKUPS).collect();
        while !open.is_empty() {
            let (mut known, mut asked) = (Vec::new(), Vec::new());
            for lookup in std::mem::take(&mut open) {
                match self.memory.get(&lookup, at) {
                    Some(found) => known.push((lookup, found)),
                    None => asked.push(lookup),
                }
            }
            let mut questions: Vec<Question> = asked
                .iter()
                .map(|lookup| match &lookup.wanted {
                    Wanted::Count => Question::count(lookup.filter.clone()),
                    Wanted::Vendors => {
                        Question { facets: vec![VENDOR], ..Question::count(lookup.filter.clone()) }
                    }
                    Wanted::Terms(name) => Question::first(lookup.filter.clone(), LOOKED_THROUGH, &[name]),
                })
                .collect();
            let sure = self.memory.knows_next_ending(at);
            if !sure {
                let sort = vec!["free_until:asc"];
                questions.push(Question { sort, ..Question::first(String::new(), 1, &["free_until"]) });
            }
            let mut replies =
                if questions.is_empty() { Vec::new() } else { self.ask_server(at, questions).await? };
            let holds = sure || {
                let next = replies.pop().and_then(|reply| reply.hits.first()?.get("free_until")?.as_i64());
                self.memory.ends(at, next.unwrap_or(i64::MAX))
            };
            for (lookup, reply) in asked.into_iter().zip(replies) {
                let found = found(&lookup, &reply);
                self.memory.put(lookup.clone(), found.clone(), at);
                out.push((lookup, found));
            }
            if holds {
                out.extend(known);
            } else {
                open.extend(known.into_iter().map(|(lookup, _)| lookup));
            }
        }
        Ok(out)
    }

    /// How many listings meet each condition.
    pub(super) async fn counts(&self, at: i64, conditions: Vec<Condition>) -> Result<Vec<u64>, Trouble> {
        let count = |condition: &Condition| Lookup { filter: condition.text(), wanted: Wanted::Count };
        self.numbers(at, conditions.iter().map(count).collect()).await
    }

    /// Whether a listing meets the first condition, or listings of more than one vendor the second.
    pub(super) async fn is_common(
        &self,
        at: i64,
        any: &Condition,
        vendors: &Condition,
    ) -> Result<bool, Trouble> {
        let lookups = vec![
            Lookup { filter: any.text(), wanted: Wanted::Count },
            Lookup { filter: vendors.text(), wanted: Wanted::Vendors },
        ];
        let numbers = self.numbers(at, lookups).await?;
        Ok(matches!(numbers.as_slice(), [any, vendors] if *any > 0 || *vendors > 1))
    }

    async fn numbers(&self, at: i64, lookups: Vec<Lookup>) -> Result<Vec<u64>, Trouble> {
        let mut distinct = lookups.clone();
        distinct.sort_by(|a, b| a.filter.cmp(&b.filter));
        distinct.dedup();
        let known: HashMap<Lookup, Found> = self.look_up(at, distinct).await?.into_iter().collect();
        Ok(lookups
            .iter()
            .map(|lookup| match known.get(lookup) {
                Some(Found::Count(count)) => *count,
                _ => 0,
            })
            .collect())
    }
}

/// What a reply says about what was asked.
fn found(lookup: &Lookup, reply: &Reply) -> Found {
    let name = match &lookup.wanted {
        Wanted::Count => return Found::Count(reply.total),
        Wanted::Vendors => {
            return Found::Count(reply.facets.get(VENDOR).map_or(0, |vendors| vendors.len() as u64));
        }
        Wanted::Terms(name) => name,
    };
    let values = reply.hits.iter().filter_map(|hit| hit.get(name).and_then(|value| value.as_array()));
    Found::Terms(values.flatten().filter_map(|term| term.as_str().map(str::to_owned)).collect())
}
