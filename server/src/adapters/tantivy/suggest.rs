//! Lines for the list under the search box: listings whose words begin so, their vendors and categories.

use market::Lang;
use market::search::{
    Filters, Sort, SuggestQuery, Suggestion, SuggestionKind, understand::understand, vocabulary::Vocabulary,
};
use tantivy::{DocAddress, TantivyDocument, schema::Value};

use super::{
    Snapshot,
    rank::{Ranked, Weights, rank},
};

/// Suggests from visible listings only: what is not in the index cannot be suggested.
pub fn suggest(
    snapshot: &Snapshot,
    query: &SuggestQuery,
    weights: &Weights,
) -> tantivy::Result<Vec<Suggestion>> {
    let size = query.size.clamp(1, 20) as usize;
    if query.text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let plan =
        understand(&query.text, false, &snapshot.evaluator(), &[&query.synonyms, Vocabulary::shipped()]);
    if plan.is_empty() {
        return Ok(Vec::new());
    }
    let ranking = rank(snapshot, &plan, &Filters::default(), Sort::Relevance, weights)?;
    let mut out: Vec<Suggestion> = Vec::new();
    for ranked in ranking.hits().take(size * 3) {
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

fn shown(snapshot: &Snapshot, ranked: &Ranked) -> tantivy::Result<Option<String>> {
    let (segment, doc) = ranked.address();
    let document: TantivyDocument = snapshot.searcher.doc(DocAddress::new(segment, doc))?;
    Ok(document.get_first(snapshot.fields.shown).and_then(|v| v.as_str()).map(str::to_owned))
}
