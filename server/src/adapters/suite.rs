//! What every search engine must do, asked through the port alone: the same body runs against the embedded engine,
//! against the fake of the remote one, and against a live server.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_trait::async_trait;
use market::Lang;
use market::ports::search::{CatalogSearch, DocSource, SearchError};
use market::search::{
    Bounds, Evidence, FacetKind, Filters, Reading, SearchBatch, SearchDoc, SearchPage, SearchQuery, Sort,
    SuggestQuery, Weights,
};
use uuid::Uuid;

use super::meilisearch::MeiliSettings;
use super::tantivy::TantivyCatalog;
use super::{open_own_search, open_search, suite_moments as moments, suite_wishes as wishes};
use crate::config::Config;

/// Documents given once.
pub struct Once(pub Option<Vec<SearchDoc>>);

#[async_trait]
impl DocSource for Once {
    async fn next_docs(&mut self) -> Result<Vec<SearchDoc>, SearchError> {
        Ok(self.0.take().unwrap_or_default())
    }
}

/// A listing.
pub fn doc(n: u128, title: &str, category: &str, region: &str) -> SearchDoc {
    SearchDoc {
        id: Uuid::from_u128(n),
        title_ko: title.to_owned(),
        categories: vec!["all".to_owned(), category.to_owned()],
        category_names: category.to_owned(),
        region: region.to_owned(),
        price_kind: if n.is_multiple_of(2) { "public" } else { "negotiable" }.to_owned(),
        price_minor: n.is_multiple_of(2).then(|| i64::try_from(n).unwrap() * 100),
        moq: Some(i64::try_from(n).unwrap()),
        published_at: i64::try_from(n % 7).unwrap(),
        ..SearchDoc::default()
    }
}

/// A small shop.
pub fn goods() -> Vec<SearchDoc> {
    vec![
        doc(1, "백엘보 D15", "elbow", "11"),
        doc(2, "백엘보 D150", "elbow", "26"),
        doc(3, "흑엘보 D15", "elbow", "26"),
        doc(4, "스테인리스 플랜지 10K D15", "flange", "11"),
        doc(5, "U볼트 비절연 D15", "bolt", "26"),
        doc(6, "U볼트 절연 D15", "bolt", "41"),
        doc(7, "LM324A 연산증폭기", "opamp", "41"),
        doc(8, "리듀서 D100xD50", "reducer", "41"),
        doc(9, "도어클로저 대형", "door", "41"),
        doc(10, "모터 브라켓 it's \"특수\" \\", "o'door", "26"),
    ]
}

/// A question with every facet.
pub fn ask(text: &str) -> SearchQuery {
    SearchQuery { text: text.to_owned(), facets: FacetKind::ALL.to_vec(), size: 50, ..SearchQuery::default() }
}

/// The answer, which is always one.
pub async fn page(engine: &dyn CatalogSearch, query: &SearchQuery) -> SearchPage {
    engine.search(query).await.unwrap_or_else(|error| panic!("{:?}: {error}", query.text))
}

async fn ids(engine: &dyn CatalogSearch, query: &SearchQuery) -> Vec<u128> {
    page(engine, query).await.hits.iter().map(|hit| hit.id.as_u128()).collect()
}

/// Builds the index of these.
pub async fn fill(engine: &dyn CatalogSearch, docs: Vec<SearchDoc>, position: i64) {
    engine.rebuild(&mut Once(Some(docs)), position).await.unwrap();
}

/// Everything, one after the other on one engine.
pub async fn whole(engine: &dyn CatalogSearch) {
    assert!(engine.health().await.unwrap().needs_rebuild, "a new index asks for its documents");
    hard_questions_find_their_goods(engine).await;
    an_answer_tells_how_it_understood(engine).await;
    facets_ignore_their_own_selection(engine).await;
    bounds_and_values_hold(engine).await;
    any_text_is_answered(engine).await;
    suggestions_come_from_the_index(engine).await;
    pages_follow_each_other(engine).await;
    changes_and_positions(engine).await;
    equals_the_embedded_engine(engine).await;
    moments::what_has_ended_is_not_there(engine).await;
    moments::an_ended_word_is_a_slip(engine).await;
    moments::neighbours_in_titles_are_known(engine).await;
    moments::a_further_side_is_no_size(engine).await;
    wishes::what_is_not_wanted_is_left_out(engine).await;
    wishes::one_thing_in_many_spellings(engine).await;
}

async fn hard_questions_find_their_goods(engine: &dyn CatalogSearch) {
    fill(engine, goods(), 1).await;
    for (question, first) in [
        ("백엘보 15A", 1),
        ("ㅂㅇㅂ D150", 2),
        ("qordpfqh D150", 2),
        ("백엘ㅂ DN150", 2),
        ("백앨보 d150", 2),
        ("스텐 후렌지", 4),
        ("stainless flange", 4),
        ("절연 유볼트", 6),
        ("ㅣㅡ324", 7),
        ("324A", 7),
        ("op amp", 7),
        ("레듀샤 100x50", 8),
        ("흑 엘보를 찾습니다", 3),
        ("도어크로저", 9),
        ("도어클", 9),
    ] {
        let found = ids(engine, &ask(question)).await;
        assert_eq!(found.first(), Some(&first), "{question}: {found:?}");
    }
}

async fn an_answer_tells_how_it_understood(engine: &dyn CatalogSearch) {
    let found = page(engine, &ask("qordpfqh")).await;
    assert!(matches!(found.interpretation.readings.as_slice(), [Reading::Keyboard { .. }]));
    assert_eq!(found.interpretation.literal_alternative.as_deref(), Some("qordpfqh"));
    assert!(found.hits.iter().all(|hit| hit.why.contains(&Evidence::Keyboard)));
    assert!(ids(engine, &SearchQuery { literal: true, ..ask("qordpfqh") }).await.is_empty());
    let found = page(engine, &ask("백엘보 쭈꾸미")).await;
    assert!(found.interpretation.relaxed && !found.hits.is_empty());
    for nothing in ["@@@###", "ㅋㅋㅋㅋ", "아이돌 콘서트 티켓"] {
        assert!(ids(engine, &ask(nothing)).await.is_empty(), "{nothing}");
    }
}

async fn counts(engine: &dyn CatalogSearch, query: &SearchQuery, kind: FacetKind) -> BTreeMap<String, u32> {
    let found = page(engine, query).await;
    found.facets.iter().find(|counts| counts.facet == kind).unwrap().values.iter().cloned().collect()
}

async fn facets_ignore_their_own_selection(engine: &dyn CatalogSearch) {
    for text in ["엘보", ""] {
        let chosen = |regions: &[&str]| SearchQuery {
            filters: Filters {
                region: regions.iter().map(|code| (*code).to_owned()).collect(),
                ..Filters::default()
            },
            ..ask(text)
        };
        let free = counts(engine, &ask(text), FacetKind::Region).await;
        assert_eq!(counts(engine, &chosen(&["26"]), FacetKind::Region).await, free, "{text}");
        let found = ids(engine, &chosen(&["26"])).await;
        assert_eq!(Some(&u32::try_from(found.len()).unwrap()), free.get("26"), "{text}");
        let both = ids(engine, &chosen(&["26", "11"])).await;
        assert_eq!(u32::try_from(both.len()).unwrap(), free["26"] + free["11"], "{text}");
        assert!(ids(engine, &chosen(&["nowhere"])).await.is_empty());
        let elbows = counts(engine, &chosen(&["26"]), FacetKind::Category).await;
        assert_eq!(elbows.get("elbow"), Some(&2), "{text}");
    }
}

async fn bounds_and_values_hold(engine: &dyn CatalogSearch) {
    let with = |filters: Filters| SearchQuery { filters, ..ask("") };
    let bounds = |min, max| Bounds { min, max };
    let found =
        ids(engine, &with(Filters { price: bounds(Some(200), Some(600)), ..Filters::default() })).await;
    assert_eq!(found.len(), 3, "{found:?}");
    let found = ids(engine, &with(Filters { moq: bounds(None, Some(3)), ..Filters::default() })).await;
    assert_eq!(found.len(), 3, "{found:?}");
    assert!(
        ids(engine, &with(Filters { moq: bounds(Some(9), Some(3)), ..Filters::default() })).await.is_empty()
    );
    let quoted = Filters { category: vec!["o'door".into()], ..Filters::default() };
    assert_eq!(ids(engine, &with(quoted)).await, [10]);
    let evil = Filters { region: vec!["x' OR key EXISTS OR region = '26\\".into()], ..Filters::default() };
    assert!(ids(engine, &with(evil)).await.is_empty());
    let except = Filters { except: vec![Uuid::from_u128(1)], ..Filters::default() };
    assert!(!ids(engine, &SearchQuery { filters: except, ..ask("백엘보") }).await.contains(&1));
}

async fn any_text_is_answered(engine: &dyn CatalogSearch) {
    let long = "백엘보 ".repeat(3000);
    let found = page(engine, &ask(&long)).await;
    assert!(found.interpretation.readings.contains(&Reading::Truncated) && !found.hits.is_empty());
    for text in [
        "\0",
        "\u{202e}",
        "' OR 1=1 --",
        "a*b?c[",
        "((((",
        "\"",
        "AND OR NOT",
        "%_%",
        "<script>",
        "ㄱ",
        "가",
        "1",
        "9999999999",
        "1/0",
        "-1e999",
        "𝕏𐞢",
        "it's \\ \"x\"",
        "key = 'feed'",
        "feed",
    ] {
        let found = page(engine, &ask(text)).await;
        assert!(found.hits.iter().all(|hit| (1..=10).contains(&hit.id.as_u128())), "{text}");
        suggest(engine, text).await;
    }
}

async fn suggest(engine: &dyn CatalogSearch, text: &str) -> Vec<market::search::Suggestion> {
    let query = SuggestQuery {
        text: text.to_owned(),
        lang: Lang::Ko,
        size: 8,
        at: i64::MIN,
        synonyms: Arc::default(),
    };
    engine.suggest(&query).await.unwrap()
}

async fn suggestions_come_from_the_index(engine: &dyn CatalogSearch) {
    let lines = suggest(engine, "백엘").await;
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(lines.iter().all(|line| line.text.starts_with("백엘보")));
    assert!(suggest(engine, " ").await.is_empty());
}

async fn pages_follow_each_other(engine: &dyn CatalogSearch) {
    fill(engine, (1..=45).map(|n| doc(n, "백엘보", "elbow", "11")).collect(), 1).await;
    for text in ["백엘보", ""] {
        for sort in
            [Sort::Relevance, Sort::Newest, Sort::PriceLow, Sort::PriceHigh, Sort::LeadTime, Sort::AnswerFast]
        {
            let all = ids(engine, &SearchQuery { sort, ..ask(text) }).await;
            assert_eq!(all.len(), 45);
            let (mut walked, mut cursor) = (Vec::new(), None);
            loop {
                let found = page(engine, &SearchQuery { sort, size: 20, cursor, ..ask(text) }).await;
                walked.extend(found.hits.iter().map(|hit| hit.id.as_u128()));
                cursor = found.next;
                if cursor.is_none() {
                    break;
                }
            }
            assert_eq!(walked, all, "{text} {sort:?}");
            let second = ids(engine, &SearchQuery { sort, size: 10, page: 2, ..ask(text) }).await;
            assert_eq!(second, all[10..20], "{text} {sort:?}");
            let beyond = SearchQuery { sort, size: 10, page: 2_000, ..ask(text) };
            assert!(ids(engine, &beyond).await.is_empty());
        }
    }
    let first = page(engine, &SearchQuery { size: 10, ..ask("백엘보") }).await;
    let foreign = SearchQuery { cursor: first.next, ..ask("흑엘보") };
    assert!(matches!(engine.search(&foreign).await, Err(SearchError::BadCursor)));
    let forged = SearchQuery { cursor: Some("forged".to_owned()), ..ask("") };
    assert!(matches!(engine.search(&forged).await, Err(SearchError::BadCursor)));
}

async fn changes_and_positions(engine: &dyn CatalogSearch) {
    fill(engine, goods(), 5).await;
    assert_eq!(engine.position().await.unwrap(), 5);
    let changed = SearchBatch {
        upserts: vec![doc(11, "소켓", "x", "11"), doc(11, "니플", "x", "11")],
        deletes: vec![Uuid::from_u128(1), Uuid::from_u128(404)],
    };
    engine.apply(changed.clone(), 77).await.unwrap();
    engine.apply(changed, 78).await.unwrap();
    assert_eq!(engine.position().await.unwrap(), 78);
    assert_eq!(engine.doc_count().await.unwrap(), 10);
    assert_eq!(ids(engine, &ask("니플")).await, [11]);
    assert!(ids(engine, &ask("소켓")).await.is_empty());
    let health = engine.health().await.unwrap();
    assert!(!health.needs_rebuild && health.docs == 10 && health.position == 78);
    let mut truth: Vec<(Uuid, u64)> = goods()
        .into_iter()
        .filter(|doc| doc.id.as_u128() != 1)
        .chain([doc(11, "니플", "x", "11")])
        .map(|doc| (doc.id, doc.fingerprint()))
        .collect();
    truth.sort_unstable();
    assert_eq!(engine.fingerprints().await.unwrap(), truth);
}

/// The same documents, the same questions, the same answers.
async fn equals_the_embedded_engine(engine: &dyn CatalogSearch) {
    let folder = std::env::temp_dir().join(format!("suite-{}-{:p}", std::process::id(), &raw const engine));
    let embedded = TantivyCatalog::open(&folder, Weights::default()).unwrap();
    fill(engine, goods(), 9).await;
    fill(&embedded, goods(), 9).await;
    for text in [
        "",
        "엘보",
        "ㅂㅇㅂ",
        "ㅇㅂ",
        "백앨보",
        "D15",
        "324a",
        "lm325a",
        "스텐",
        "볼트 절연",
        "플랜지 10k",
        "백엘보 말고 흑엘보",
        "엘보 볼트",
        "경기 엘보",
        "백엘보와 플랜지와 리듀서 견적 부탁드립니다 급합니다",
        "비절연",
        "door closer",
        "모타",
        "it's",
    ] {
        for filters in [Filters::default(), Filters { region: vec!["26".into()], ..Filters::default() }] {
            let query = SearchQuery { filters, ..ask(text) };
            let (ours, theirs) = (page(engine, &query).await, page(&embedded, &query).await);
            let order =
                |found: &SearchPage| found.hits.iter().map(|hit| hit.id.as_u128()).collect::<Vec<_>>();
            assert_eq!(order(&ours), order(&theirs), "{text}");
            assert_eq!(
                (&ours.total, &ours.facets, &ours.interpretation),
                (&theirs.total, &theirs.facets, &theirs.interpretation),
                "{text}"
            );
            for (a, b) in ours.hits.iter().zip(&theirs.hits) {
                assert!((a.score - b.score).abs() < 1e-4, "{text}: {a:?} {b:?}");
                assert_eq!((a.full, &a.why), (b.full, &b.why), "{text}");
            }
        }
    }
    drop(embedded);
    let _ = std::fs::remove_dir_all(&folder);
}

/// What orders equals: the stated weights, then publication and id. `level` was made with weights of nothing, `weighed`
/// with those of [`WEIGHED`].
pub async fn weights_order_equals(level: &dyn CatalogSearch, weighed: &dyn CatalogSearch) {
    let with = |n: u128, answered: u32, complete: u32| SearchDoc {
        answered_permille: answered,
        completeness_permille: complete,
        published_at: 5,
        ..doc(n, "백엘보 D15", "elbow", "11")
    };
    let docs = vec![with(1, 0, 0), with(2, 900, 0), with(3, 0, 900), with(4, 900, 900)];
    fill(level, docs.clone(), 1).await;
    fill(weighed, docs, 1).await;
    assert_eq!(ids(weighed, &ask("백엘보 D15")).await, [4, 2, 3, 1]);
    assert_eq!(ids(level, &ask("백엘보 D15")).await, [1, 2, 3, 4], "equals stand by their id");
    let explained = page(weighed, &SearchQuery { explain: true, ..ask("백엘보 D15") }).await;
    let parts = explained.hits[0].explain.clone().unwrap();
    for part in ["words", "numbers", "region", "freshness", "answered", "completeness", "brevity", "total"] {
        assert!(parts.contains(part), "{part} in {parts}");
    }
}

/// No small weight.
pub const LEVEL: Weights = Weights { brevity: 0.0, freshness: 0.0, completeness: 0.0, answered: 0.0 };
/// Who answers comes before what is complete.
pub const WEIGHED: Weights = Weights { completeness: 0.1, answered: 0.2, ..LEVEL };

/// A program configured with these weights, its data in a folder of the test.
pub fn configured(name: &str, search: Weights, meilisearch: Option<MeiliSettings>) -> Config {
    let var = std::env::temp_dir().join(format!("suite-{name}-{}", std::process::id()));
    Config { var, meilisearch, search, ..Config::default() }
}

#[tokio::test]
async fn configured_weights_reach_the_embedded_engine() {
    let (level, weighed) = (configured("level", LEVEL, None), configured("weighed", WEIGHED, None));
    for open in [open_search, open_own_search] {
        weights_order_equals(&*open(&level).unwrap(), &*open(&weighed).unwrap()).await;
    }
    for config in [level, weighed] {
        std::fs::remove_dir_all(config.var).unwrap();
    }
}

/// What is indexed of a listing names nothing that is paid for.
#[test]
fn nothing_paid_has_a_field_in_the_index() {
    let fields = serde_json::to_value(SearchDoc::default()).unwrap();
    for name in fields.as_object().unwrap().keys() {
        assert!(
            !["boost", "slot", "paid", "promot", "sponsor"].iter().any(|word| name.contains(word)),
            "{name}"
        );
    }
}

#[tokio::test]
async fn the_embedded_engine_does_all_of_it() {
    let folder = std::env::temp_dir().join(format!("suite-embedded-{}", std::process::id()));
    let engine = TantivyCatalog::open(&folder, Weights::default()).unwrap();
    Box::pin(whole(&engine)).await;
    drop(engine);
    let _ = std::fs::remove_dir_all(&folder);
}
