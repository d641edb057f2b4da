//! Lines for the list under the search box: listings whose titles have what was typed so far.

use market::Lang;
use market::search::{
    Filters, Sort, SuggestQuery, Suggestion, SuggestionKind, Weights, plan::Role, understand::understand,
    vocabulary::Vocabulary, weights::WORDS,
};
use tantivy::{DocAddress, TantivyDocument, schema::Value};

use super::{
    Snapshot,
    evaluate::{Enough, Evaluator},
    rank::{FILL, Ranked, Ranking, Wanted, rank},
};

/// Suggests from visible listings only: what is not in the index cannot be suggested.
pub fn suggest(
    snapshot: &Snapshot,
    query: &SuggestQuery,
    weights: &Weights,
    evaluator: &Evaluator<'_>,
) -> tantivy::Result<Vec<Suggestion>> {
    let size = query.size.clamp(1, 20) as usize;
    if query.text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut out: Vec<Suggestion> = Vec::new();
    for ranked in &found(snapshot, query, weights, evaluator, size * 3)?.hits {
        if out.len() >= size {
            break;
        }
        let Some(line) = shown(snapshot, ranked)? else { continue };
        let mut parts = line.split('\t');
        let mut part = || parts.next().unwrap_or_default().to_owned();
        let (title_ko, title_en) = (part(), part());
        let title = if query.lang == Lang::En && !title_en.is_empty() { title_en } else { title_ko };
        if !out.iter().any(|s| s.text == title) {
            out.push(Suggestion {
                kind: SuggestionKind::Listing,
                text: title,
                key: ranked.place.id.to_string(),
            });
        }
    }
    Ok(out)
}

/// Titles and categories first; the rest of the listings only when these know nothing.
fn found(
    snapshot: &Snapshot,
    query: &SuggestQuery,
    weights: &Weights,
    evaluator: &Evaluator<'_>,
    hits: usize,
) -> tantivy::Result<Ranking> {
    let plan = understand(&query.text, false, evaluator, &[&query.synonyms, Vocabulary::shipped()]);
    if plan.is_empty() {
        return Ok(Ranking::default());
    }
    let filters = Filters::default();
    let newest = evaluator.living.newest;
    let wanted = Wanted { filters: &filters, sort: Sort::Relevance, facets: &[], hits, after: None, newest };
    // of one word, the best ways alone decide about the first lines
    let one = plan.concepts.len() == 1 && plan.concepts.iter().all(|concept| concept.role == Role::Word);
    let enough = Enough { docs: hits.max(FILL), margin: weights.most() / WORDS + 0.01 };
    let enough = (one && plan.excluded.is_empty()).then_some(enough);
    let names = Evaluator { names_only: true, enough, ..*evaluator };
    let found = rank(snapshot, &plan, &names, &wanted, weights)?;
    if found.total > 0 {
        return Ok(found);
    }
    rank(snapshot, &plan, evaluator, &wanted, weights)
}

fn shown(snapshot: &Snapshot, ranked: &Ranked) -> tantivy::Result<Option<String>> {
    let (segment, doc) = ranked.address();
    let document: TantivyDocument = snapshot.searcher.doc(DocAddress::new(segment, doc))?;
    Ok(document.get_first(snapshot.fields.shown).and_then(|v| v.as_str()).map(str::to_owned))
}
