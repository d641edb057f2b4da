//! What orders equals: the stated weights, then publication and id; nothing that is paid for.

use market::search::SearchDoc;

use super::tests::{Once, Scratch, ask, doc, ids};
use super::*;

#[tokio::test]
async fn weights_order_equals_and_nothing_else_does() {
    let with = |n: u128, answered: u32, complete: u32| SearchDoc {
        answered_permille: answered,
        completeness_permille: complete,
        published_at: 5,
        ..doc(n, "백엘보 D15", "elbow", "11")
    };
    let docs = vec![with(1, 0, 0), with(2, 900, 0), with(3, 0, 900), with(4, 900, 900)];
    let scratch = Scratch::new();
    let weights = Weights { answered: 0.2, completeness: 0.1, ..Weights::default() };
    let engine = TantivyCatalog::open(&scratch.0, weights).unwrap();
    engine.rebuild(&mut Once(Some(docs.clone())), 1).await.unwrap();
    assert_eq!(ids(&engine, &ask("백엘보 D15")), [4, 2, 3, 1]);
    let scratch = Scratch::new();
    let level = Weights { brevity: 0.0, freshness: 0.0, completeness: 0.0, answered: 0.0 };
    let engine = TantivyCatalog::open(&scratch.0, level).unwrap();
    engine.rebuild(&mut Once(Some(docs)), 1).await.unwrap();
    assert_eq!(ids(&engine, &ask("백엘보 D15")), [1, 2, 3, 4], "equals stand by their id");
    let page = engine.search_now(&SearchQuery { explain: true, ..ask("백엘보 D15") }).unwrap();
    let parts = page.hits[0].explain.clone().unwrap();
    for part in ["words", "numbers", "region", "freshness", "answered", "completeness", "brevity", "total"] {
        assert!(parts.contains(part), "{part} in {parts}");
    }
    assert!(Weights { freshness: 1.5, ..Weights::default() }.problem().is_some());
    // what is indexed of a listing names nothing that is paid for
    let fields = serde_json::to_value(SearchDoc::default()).unwrap();
    for name in fields.as_object().unwrap().keys() {
        assert!(
            !["boost", "slot", "paid", "promot", "sponsor"].iter().any(|word| name.contains(word)),
            "{name}"
        );
    }
}
