//! From a question to an ordered page: read it, find candidates by conditions, rank them by the shared rules.
//!
//! Up to [`POOL`] candidates are fetched whole; then everything (order, facets, totals) is counted here and equals what
//! the embedded engine says. When more match, totals and facets are counted by the server and the best of a pool of
//! those that have every word are ordered.

use std::sync::{Arc, PoisonError};

use market::search::candidate::Candidate;
use market::search::plan::{Plan, Role};
use market::search::scoring::{CONCEPTS, Census, FILL, Ranking, rank, sorted_counts};
use market::search::understand::understand;
use market::search::vocabulary::Vocabulary;
use market::search::{FacetCounts, FacetKind, SearchQuery, Sort};

use super::MeiliCatalog;
use super::ask::{Question, Reply, ask_all};
use super::client::Trouble;
use super::filter::{self, Condition};
use super::lookups::LOOKUPS;
use super::notebook::{Found, Lookup, Notebook};
use super::record::{self, facet_attribute};

/// Candidates fetched and ranked at most.
pub const POOL: usize = 1_000;
/// Candidates of one kind when there are more than [`POOL`].
pub const PART: usize = 300;
/// What is fetched of a candidate.
const KEPT: [&str; 2] = ["print", "source"];
/// Candidates remembered with their terms.
const REMEMBERED: usize = 6_000;
/// Readings of one question at most.
const ROUNDS: usize = 6;
/// Newest first, the same everywhere.
const NEWEST: [&str; 2] = ["published_at:desc", "key:asc"];

/// A question answered, before it is cut into pages.
#[derive(Debug, Default)]
pub struct Answer {
    /// How it was understood.
    pub plan: Plan,
    /// Candidates in order.
    pub ranking: Ranking,
    /// Total and facets of the server, when not everything was fetched.
    pub counted: Option<(u64, Vec<FacetCounts>)>,
    /// Whether more follows the page, when the server has ordered and cut it.
    pub more: Option<bool>,
}

impl MeiliCatalog {
    /// Asks among the listings that may be seen at a moment; nothing asks the server in another way.
    pub(super) async fn ask_server(&self, at: i64, questions: Vec<Question>) -> Result<Vec<Reply>, Trouble> {
        let questions: Vec<Question> = questions.into_iter().map(|question| question.seen_at(at)).collect();
        ask_all(&self.searcher().await?, &self.index, &questions).await
    }

    /// Reads the text with what the catalogue knows.
    pub(super) async fn read(&self, query: &SearchQuery) -> Result<Plan, Trouble> {
        let (text, literal, own) = (&query.text, query.literal, &*query.synonyms);
        let mut known: Vec<(Lookup, Found)> = Vec::new();
        for _ in 0..ROUNDS {
            let (plan, open) = read_once(text, literal, own, &known);
            if open.is_empty() || known.len() >= LOOKUPS {
                return Ok(plan);
            }
            known.extend(self.look_up(query.at, open).await?);
        }
        Ok(read_once(text, literal, own, &known).0)
    }

    /// Answers a question.
    pub(super) async fn answer(&self, query: &SearchQuery) -> Result<Answer, Trouble> {
        let plan = self.read(query).await?;
        if plan.is_empty() {
            // a text without any word in it asks for something that cannot be found, an empty one for everything
            return if query.text.trim().is_empty() {
                self.browse(query, plan).await
            } else {
                Ok(Answer { plan, ..Answer::default() })
            };
        }
        let shape = Shape::of(&plan, query);
        let mut census = self.census(query.at, &plan).await?;
        let sizes = self.counts(query.at, vec![shape.whole.clone(), shape.touched.clone()]).await?;
        let (whole, touched) =
            (sizes.first().copied().unwrap_or_default(), sizes.get(1).copied().unwrap_or_default());
        if touched <= self.pool as u64 {
            let candidates =
                self.fetch(query.at, vec![Question::first(shape.touched.text(), self.pool, &KEPT)]).await?;
            let ranking = rank(&plan, candidates, &census, &query.filters, (query.sort, &self.weights));
            return Ok(Answer { plan, ranking, counted: None, more: None });
        }
        census.whole = Some(whole);
        let strict = whole >= FILL;
        let target = if strict { &shape.whole } else { &shape.touched };
        self.answer_many(query, plan, &shape, target.clone(), &census).await
    }

    /// More match than are fetched.
    async fn answer_many(
        &self,
        query: &SearchQuery,
        plan: Plan,
        shape: &Shape,
        target: Condition,
        census: &Census,
    ) -> Result<Answer, Trouble> {
        let counted = self.count_all(query, &target).await?;
        let chosen = Condition::all([target.clone(), filter::of_facets(&query.filters, None)]);
        if query.sort != Sort::Relevance {
            return self.page_of(query, plan, &chosen, counted, census).await;
        }
        let first = |condition: Condition| Question {
            sort: NEWEST.to_vec(),
            ..Question::first(condition.text(), self.part, &KEPT)
        };
        let mut questions = vec![
            first(Condition::all([chosen.clone(), shape.titles.clone()])),
            first(Condition::all([chosen.clone(), shape.whole.clone()])),
            first(chosen.clone()),
        ];
        if !shape.measures.is_empty() {
            let measured = shape.measures.iter().cloned().chain([chosen.clone()]);
            questions.insert(0, first(Condition::all(measured)));
            let titled = shape.measures.iter().cloned().chain([chosen, shape.titles.clone()]);
            questions.insert(0, first(Condition::all(titled)));
        }
        let candidates = self.fetch(query.at, questions).await?;
        let ranking = rank(&plan, candidates, census, &query.filters, (query.sort, &self.weights));
        Ok(Answer { plan, ranking, counted: Some(counted), more: None })
    }

    /// Everything the filters let through.
    async fn browse(&self, query: &SearchQuery, plan: Plan) -> Result<Answer, Trouble> {
        let target = filter::of_bounds(&query.filters);
        let counted = self.count_all(query, &target).await?;
        let chosen = Condition::all([target, filter::of_facets(&query.filters, None)]);
        self.page_of(query, plan, &chosen, counted, &Census::default()).await
    }

    /// One page in an order that the server can make, and one hit more.
    async fn page_of(
        &self,
        query: &SearchQuery,
        plan: Plan,
        chosen: &Condition,
        counted: (u64, Vec<FacetCounts>),
        census: &Census,
    ) -> Result<Answer, Trouble> {
        let size = query.size.clamp(1, 100) as usize;
        let sort = order(query.sort);
        let wanted = |filter: String, page: usize, size: usize| Question {
            page,
            sort: sort.clone(),
            ..Question::first(filter, size, &KEPT)
        };
        let questions = if let Some(place) = super::place_of(query) {
            let behind = super::cursor::behind(query.sort, &place);
            vec![wanted(Condition::all([chosen.clone(), behind]).text(), 1, size + 1)]
        } else {
            let page = query.page.max(1) as usize;
            let next = Question { wanted: vec!["key".into()], ..wanted(chosen.text(), page * size + 1, 1) };
            vec![wanted(chosen.text(), page, size), next]
        };
        let mut replies = self.ask_server(query.at, questions).await?;
        let mut more = replies.len() > 1 && replies.pop().is_some_and(|next| !next.hits.is_empty());
        let candidates = self.candidates(replies.iter());
        // whoever ranks again only confirms the order, and says why a hit is one
        let mut ranking = rank(&plan, candidates, census, &query.filters, (query.sort, &self.weights));
        ranking.relaxed &= counted.0 == 0;
        more |= ranking.all.len() > size;
        ranking.all.truncate(size);
        Ok(Answer { plan, ranking, counted: Some(counted), more: Some(more) })
    }

    async fn fetch(&self, at: i64, questions: Vec<Question>) -> Result<Vec<Arc<Candidate>>, Trouble> {
        Ok(self.candidates(self.ask_server(at, questions).await?.iter()))
    }

    /// The documents of replies, each once. Making terms costs more than fetching, so they are remembered by fingerprint.
    fn candidates<'a>(&self, replies: impl Iterator<Item = &'a Reply>) -> Vec<Arc<Candidate>> {
        let mut remembered = self.candidates.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() > REMEMBERED {
            remembered.clear();
        }
        let mut seen = std::collections::HashSet::new();
        let mut out = Vec::new();
        for hit in replies.flat_map(|reply| &reply.hits) {
            let text = |name: &str| hit.get(name).and_then(serde_json::Value::as_str).unwrap_or_default();
            if !seen.insert(text("print").to_owned()) {
                continue;
            }
            if let Some(known) = remembered.get(text("print")) {
                out.push(known.clone());
            } else if let Some(doc) = record::document(text("source")) {
                let candidate = Arc::new(Candidate::new(doc));
                remembered.insert(text("print").to_owned(), candidate.clone());
                out.push(candidate);
            }
        }
        out
    }

    /// How large the catalogue is and how frequent each concept.
    async fn census(&self, at: i64, plan: &Plan) -> Result<Census, Trouble> {
        let conditions = plan.concepts.iter().take(CONCEPTS).map(concept).collect();
        let newest = Question {
            sort: NEWEST.to_vec(),
            ..Question::first("published_at EXISTS".into(), 1, &["published_at"])
        };
        let newest = vec![newest];
        let (frequencies, newest) =
            futures_util::try_join!(self.counts(at, conditions), self.ask_server(at, newest))?;
        let newest = newest.into_iter().next().unwrap_or_default();
        let published = newest.hits.first().and_then(|hit| hit.get("published_at"));
        Ok(Census {
            docs: newest.total,
            newest: published.and_then(serde_json::Value::as_i64).unwrap_or_default(),
            frequencies,
            whole: None,
        })
    }

    /// Total and facets, each facet without its own selection.
    async fn count_all(
        &self,
        query: &SearchQuery,
        target: &Condition,
    ) -> Result<(u64, Vec<FacetCounts>), Trouble> {
        let counted = |but: Option<FacetKind>, facets: Vec<&'static str>| Question {
            facets,
            ..Question::count(Condition::all([target.clone(), filter::of_facets(&query.filters, but)]).text())
        };
        let (chosen, free): (Vec<FacetKind>, Vec<FacetKind>) =
            query.facets.iter().partition(|kind| !query.filters.chosen(**kind).is_empty());
        let mut questions = vec![counted(None, free.iter().map(|kind| facet_attribute(*kind)).collect())];
        questions.extend(chosen.iter().map(|kind| counted(Some(*kind), vec![facet_attribute(*kind)])));
        let replies = self.ask_server(query.at, questions).await?;
        let total = replies.first().map_or(0, |reply| reply.total);
        let facets = query.facets.iter().map(|kind| {
            let at = chosen.iter().position(|one| one == kind).map_or(0, |place| place + 1);
            let values = replies.get(at).and_then(|reply| reply.facets.get(facet_attribute(*kind)));
            let values = values.into_iter().flatten().filter(|(_, count)| **count > 0);
            let count = |count: &usize| u32::try_from(*count).unwrap_or(u32::MAX);
            sorted_counts(*kind, values.map(|(code, n)| (code.clone(), count(n))).collect())
        });
        Ok((total, facets.collect()))
    }
}

fn read_once(text: &str, literal: bool, own: &Vocabulary, known: &[(Lookup, Found)]) -> (Plan, Vec<Lookup>) {
    let notebook = Notebook::default();
    for (lookup, found) in known {
        notebook.note(lookup.clone(), found.clone());
    }
    let plan = understand(text, literal, &notebook, &[own, Vocabulary::shipped()]);
    (plan, notebook.take_open())
}

/// The order of a sort in the server's words; nothing there comes last by itself.
fn order(sort: Sort) -> Vec<&'static str> {
    let first = match sort {
        Sort::Relevance | Sort::Newest => None,
        Sort::PriceLow => Some("price:asc"),
        Sort::PriceHigh => Some("price:desc"),
        Sort::LeadTime => Some("lead_days:asc"),
        Sort::AnswerFast => Some("answer_hours:asc"),
    };
    first.into_iter().chain(NEWEST).collect()
}

fn concept(concept: &market::search::plan::Concept) -> Condition {
    Condition::any(concept.alternatives.iter().map(|way| filter::of_match(&way.matches)))
}

/// The conditions of a plan.
struct Shape {
    /// Has every word.
    whole: Condition,
    /// Has anything that counts.
    touched: Condition,
    /// Has every word in what names the thing.
    titles: Condition,
    /// The numbers asked.
    measures: Vec<Condition>,
}

impl Shape {
    fn of(plan: &Plan, query: &SearchQuery) -> Self {
        let concepts = || plan.concepts.iter().take(CONCEPTS);
        let words: Vec<_> = concepts().filter(|concept| concept.role == Role::Word).collect();
        let bounds = Condition::all([filter::of_bounds(&query.filters), filter::without(&plan.excluded)]);
        let every = |floor: f32| {
            let each = words.iter().map(|word| {
                Condition::any(
                    word.alternatives.iter().map(|way| filter::of_whole(&way.matches, way.quality * floor)),
                )
            });
            if plan.any_of { Condition::any(each) } else { Condition::all(each) }
        };
        let touching: Vec<Condition> = if words.is_empty() {
            concepts().map(concept).collect()
        } else {
            words.iter().map(|word| concept(word)).collect()
        };
        let whole = if words.is_empty() { Condition::any(touching.clone()) } else { every(1.0) };
        // three quarters of the quality: what only the text or a category says falls below a neighbour
        let titles = if words.is_empty() { whole.clone() } else { every(0.75) };
        Self {
            whole: Condition::all([bounds.clone(), whole]),
            touched: Condition::all([bounds, Condition::any(touching)]),
            titles,
            measures: concepts().filter(|concept| concept.role == Role::Measure).map(concept).collect(),
        }
    }
}
