//! The adapter against its contract: the same answers however the index came about, nothing hidden, nothing lost.

use std::{collections::BTreeMap, path::PathBuf};

use market::search::{Evidence, FacetKind, Filters, Reading, SearchDoc, Sort};
use proptest::prelude::*;

use super::*;

/// A folder that goes away with the test.
pub(super) struct Scratch(pub(super) PathBuf);

impl Scratch {
    pub(super) fn new() -> Self {
        use std::sync::atomic::{AtomicU32, Ordering};
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let name = format!("search-test-{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
        Self(std::env::temp_dir().join(name))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(super) struct Once(pub(super) Option<Vec<SearchDoc>>);

#[async_trait]
impl DocSource for Once {
    async fn next_docs(&mut self) -> Result<Vec<SearchDoc>, SearchError> {
        Ok(self.0.take().unwrap_or_default())
    }
}

pub(super) fn doc(n: u128, title: &str, category: &str, region: &str) -> SearchDoc {
    SearchDoc {
        id: Uuid::from_u128(n),
        title_ko: title.to_owned(),
        categories: vec!["all".to_owned(), category.to_owned()],
        category_names: category.to_owned(),
        region: region.to_owned(),
        price_kind: if n.is_multiple_of(2) { "public" } else { "negotiable" }.to_owned(),
        price_minor: n.is_multiple_of(2).then(|| i64::try_from(n).unwrap() * 100),
        published_at: i64::try_from(n % 7).unwrap(),
        ..SearchDoc::default()
    }
}

fn goods() -> Vec<SearchDoc> {
    vec![
        doc(1, "백엘보 D15", "elbow", "11"),
        doc(2, "백엘보 D150", "elbow", "26"),
        doc(3, "흑엘보 D15", "elbow", "26"),
        doc(4, "스테인리스 플랜지 10K D15", "flange", "11"),
        doc(5, "U볼트 비절연 D15", "bolt", "26"),
        doc(6, "U볼트 절연 D15", "bolt", "41"),
        doc(7, "LM324A 연산증폭기", "opamp", "41"),
        doc(8, "리듀서 D100xD50", "reducer", "41"),
    ]
}

async fn filled(docs: Vec<SearchDoc>) -> (TantivyCatalog, Scratch) {
    let scratch = Scratch::new();
    let engine = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
    engine.rebuild(&mut Once(Some(docs)), 1).await.unwrap();
    (engine, scratch)
}

pub(super) fn ask(text: &str) -> SearchQuery {
    SearchQuery { text: text.to_owned(), facets: FacetKind::ALL.to_vec(), size: 50, ..SearchQuery::default() }
}

pub(super) fn ids(engine: &TantivyCatalog, query: &SearchQuery) -> Vec<u128> {
    engine.search_now(query).unwrap().hits.iter().map(|h| h.id.as_u128()).collect()
}

#[tokio::test]
async fn hard_questions_find_their_goods() {
    let (engine, _scratch) = filled(goods()).await;
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
    ] {
        assert_eq!(
            ids(&engine, &ask(question)).first(),
            Some(&first),
            "{question}: {:?}",
            ids(&engine, &ask(question))
        );
    }
}

#[tokio::test]
async fn an_answer_tells_how_it_understood() {
    let (engine, _scratch) = filled(goods()).await;
    let page = engine.search_now(&ask("qordpfqh")).unwrap();
    assert!(matches!(page.interpretation.readings.as_slice(), [Reading::Keyboard { .. }]));
    assert_eq!(page.interpretation.literal_alternative.as_deref(), Some("qordpfqh"));
    assert!(page.hits.iter().all(|h| h.why.contains(&Evidence::Keyboard)));
    let literal = SearchQuery { literal: true, ..ask("qordpfqh") };
    assert!(ids(&engine, &literal).is_empty());
    let page = engine.search_now(&ask("백엘보 쭈꾸미")).unwrap();
    assert!(page.interpretation.relaxed && !page.hits.is_empty());
    for nothing in ["@@@###", "ㅋㅋㅋㅋ", "아이돌 콘서트 티켓"] {
        assert!(ids(&engine, &ask(nothing)).is_empty(), "{nothing}");
    }
}

#[tokio::test]
async fn facets_ignore_their_own_selection() {
    let (engine, _scratch) = filled(goods()).await;
    let counts = |query: &SearchQuery, kind| -> BTreeMap<String, u32> {
        let page = engine.search_now(query).unwrap();
        page.facets.into_iter().find(|f| f.facet == kind).unwrap().values.into_iter().collect()
    };
    let free = counts(&ask("엘보"), FacetKind::Region);
    assert_eq!(free, BTreeMap::from([("11".to_owned(), 1), ("26".to_owned(), 2)]));
    let chosen = SearchQuery {
        filters: Filters { region: vec!["26".to_owned()], ..Filters::default() },
        ..ask("엘보")
    };
    assert_eq!(counts(&chosen, FacetKind::Region), free);
    assert_eq!(counts(&chosen, FacetKind::Category).get("elbow"), Some(&2));
    assert_eq!(ids(&engine, &chosen).len(), 2);
    let both = SearchQuery {
        filters: Filters { region: vec!["26".to_owned(), "11".to_owned()], ..Filters::default() },
        ..ask("엘보")
    };
    assert_eq!(ids(&engine, &both).len(), 3);
    let unknown = SearchQuery {
        filters: Filters { region: vec!["nowhere".to_owned()], ..Filters::default() },
        ..ask("엘보")
    };
    assert!(ids(&engine, &unknown).is_empty());
}

#[tokio::test]
async fn pages_follow_each_other_and_cursors_are_checked() {
    let docs: Vec<SearchDoc> = (1..=45).map(|n| doc(n, "백엘보", "elbow", "11")).collect();
    let (engine, _scratch) = filled(docs).await;
    for sort in [Sort::Relevance, Sort::Newest, Sort::PriceLow, Sort::PriceHigh] {
        let whole = ids(&engine, &SearchQuery { sort, ..ask("백엘보") });
        let (mut walked, mut cursor) = (Vec::new(), None);
        loop {
            let query = SearchQuery { sort, size: 10, cursor, ..ask("백엘보") };
            let page = engine.search_now(&query).unwrap();
            walked.extend(page.hits.iter().map(|h| h.id.as_u128()));
            // a change between two pages neither repeats nor skips what stays
            engine
                .apply(SearchBatch { upserts: vec![doc(900, "흑엘보", "elbow", "11")], deletes: vec![] }, 2)
                .await
                .unwrap();
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(walked, whole, "{sort:?}");
        let second = ids(&engine, &SearchQuery { sort, size: 10, page: 2, ..ask("백엘보") });
        assert_eq!(second, whole.get(10..20).unwrap());
    }
    let page = engine.search_now(&SearchQuery { size: 10, ..ask("백엘보") }).unwrap();
    let foreign = SearchQuery { cursor: page.next, ..ask("흑엘보") };
    assert!(matches!(engine.search_now(&foreign), Err(SearchError::BadCursor)));
    assert!(matches!(
        engine.search_now(&SearchQuery { cursor: Some("forged".to_owned()), ..ask("") }),
        Err(SearchError::BadCursor)
    ));
}

#[tokio::test]
async fn what_was_acknowledged_survives_and_a_foreign_index_asks_for_a_rebuild() {
    let scratch = Scratch::new();
    {
        let engine = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
        assert!(engine.health().await.unwrap().needs_rebuild);
        engine.rebuild(&mut Once(Some(goods())), 5).await.unwrap();
        engine
            .apply(
                SearchBatch { upserts: vec![doc(9, "소켓", "x", "11")], deletes: vec![Uuid::from_u128(1)] },
                77,
            )
            .await
            .unwrap();
    }
    {
        let engine = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
        assert_eq!(engine.position().await.unwrap(), 77);
        assert_eq!(engine.doc_count().await.unwrap(), 8);
        assert!(!engine.health().await.unwrap().needs_rebuild);
    }
    let live = std::fs::read_to_string(scratch.0.join("live")).unwrap();
    std::fs::write(scratch.0.join("live"), live.replace(&format!(" {}", schema::VERSION), " 999")).unwrap();
    let engine = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
    let health = engine.health().await.unwrap();
    assert!(health.needs_rebuild && health.docs == 0 && health.position == 0);
}

#[tokio::test]
async fn any_text_is_answered() {
    let (engine, _scratch) = filled(goods()).await;
    let long = "백엘보 ".repeat(3000);
    let page = engine.search_now(&ask(&long)).unwrap();
    assert!(page.interpretation.readings.contains(&Reading::Truncated) && !page.hits.is_empty());
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
    ] {
        engine.search_now(&ask(text)).unwrap();
        engine
            .suggest_now(&SuggestQuery {
                text: text.to_owned(),
                lang: market::Lang::Ko,
                size: 8,
                synonyms: Arc::default(),
            })
            .unwrap();
    }
}

/// A change of the catalogue.
#[derive(Debug, Clone)]
enum Change {
    Put(u128, usize),
    Drop(u128),
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (1u128..12, 0usize..8).prop_map(|(id, kind)| Change::Put(id, kind)),
        (1u128..12).prop_map(Change::Drop)
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn changes_one_by_one_equal_a_rebuild(changes in prop::collection::vec(prop::collection::vec(change(), 1..4), 1..8)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let (engine, _scratch) = filled(Vec::new()).await;
            let mut truth: BTreeMap<u128, SearchDoc> = BTreeMap::new();
            for (position, batch) in changes.iter().enumerate() {
                let mut next = SearchBatch::default();
                for change in batch {
                    match change {
                        Change::Put(id, kind) => {
                            let mut doc = goods().swap_remove(*kind);
                            doc.id = Uuid::from_u128(*id);
                            truth.insert(*id, doc.clone());
                            next.deletes.retain(|d| *d != doc.id);
                            next.upserts.push(doc);
                        }
                        Change::Drop(id) => {
                            truth.remove(id);
                            next.upserts.retain(|d| d.id.as_u128() != *id);
                            next.deletes.push(Uuid::from_u128(*id));
                        }
                    }
                }
                engine.apply(next, i64::try_from(position).unwrap()).await.unwrap();
            }
            let (fresh, _other) = filled(truth.values().cloned().collect()).await;
            assert_eq!(engine.fingerprints().await.unwrap(), fresh.fingerprints().await.unwrap());
            for question in ["", "엘보", "ㅂㅇㅂ", "백앨보", "D15", "324a", "스텐", "볼트 절연", "플랜지 10k"] {
                let (a, b) = (engine.search_now(&ask(question)).unwrap(), fresh.search_now(&ask(question)).unwrap());
                assert_eq!((&a.total, &a.facets, &a.interpretation), (&b.total, &b.facets, &b.interpretation), "{question}");
                let order = |p: &SearchPage| p.hits.iter().map(|h| h.id).collect::<Vec<_>>();
                assert_eq!(order(&a), order(&b), "{question}");
                assert!(a.hits.iter().all(|h| truth.contains_key(&h.id.as_u128())), "hidden listing in hits of {question}");
                let counted = a.facets.iter().find(|f| f.facet == FacetKind::PriceKind).unwrap().values.iter().map(|v| v.1).sum::<u32>();
                assert_eq!(counted, a.total.count, "hidden listing in counts of {question}");
                let lines = engine.suggest_now(&SuggestQuery { text: question.to_owned(), lang: market::Lang::Ko, size: 20, synonyms: Arc::default() }).unwrap();
                assert!(lines.iter().all(|l| truth.contains_key(&Uuid::parse_str(&l.key).unwrap().as_u128())));
            }
        });
    }

    #[test]
    fn no_text_panics(texts in prop::collection::vec(any::<String>(), 20)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let (engine, _scratch) = filled(goods()).await;
            for text in &texts {
                engine.search_now(&ask(text)).unwrap();
            }
        });
    }
}

#[tokio::test]
async fn an_answer_given_before_never_shows_what_was_hidden() {
    let (engine, _scratch) = filled(goods()).await;
    let question = ask("백엘보");
    let before = engine.search(&question).await.unwrap();
    assert_eq!(engine.search(&question).await.unwrap(), before);
    assert!(before.hits.iter().any(|hit| hit.id.as_u128() == 1));
    engine.apply(SearchBatch { upserts: vec![], deletes: vec![Uuid::from_u128(1)] }, 2).await.unwrap();
    let after = engine.search(&question).await.unwrap();
    assert!(after.hits.iter().all(|hit| hit.id.as_u128() != 1) && after.total.count < before.total.count);
    // synonyms come with the question: other ones are another question
    let none = engine.search(&ask("동그라미부속")).await.unwrap();
    let synonyms = market::search::vocabulary::Vocabulary::parse("동그라미부속, 플랜지", "");
    let taught = SearchQuery { synonyms: Arc::new(synonyms), ..ask("동그라미부속") };
    assert!(none.hits.is_empty() && !engine.search(&taught).await.unwrap().hits.is_empty());
}

#[tokio::test]
async fn a_server_follows_an_index_that_another_process_built() {
    let (engine, scratch) = filled(goods()).await;
    let other = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
    other.rebuild(&mut Once(Some(vec![doc(50, "감속기", "x", "11")])), 9).await.unwrap();
    let refused = engine.apply(SearchBatch::default(), 3).await;
    assert!(refused.is_err(), "changes since another position must not be written over the new index");
    let health = engine.health().await.unwrap();
    assert_eq!((health.docs, health.position, health.needs_rebuild), (1, 9, false));
    assert_eq!(ids(&engine, &ask("감속기")), [50]);
}

#[tokio::test]
async fn a_deleted_index_answers_until_it_is_built_anew() {
    let (engine, scratch) = filled(goods()).await;
    std::fs::remove_dir_all(&scratch.0).unwrap();
    let health = engine.health().await.unwrap();
    assert!(health.needs_rebuild && health.position == 0);
    assert!(!ids(&engine, &ask("플랜지")).is_empty());
    engine.rebuild(&mut Once(Some(goods())), 12).await.unwrap();
    let health = engine.health().await.unwrap();
    assert_eq!((health.docs, health.position, health.needs_rebuild), (8, 12, false));
}

#[tokio::test]
async fn each_process_has_an_index_of_its_own_and_a_half_built_one_is_left_alone() {
    let scratch = Scratch::new();
    let base = scratch.0.join("search");
    let first = TantivyCatalog::open_own(&base, Weights::default()).unwrap();
    let second = TantivyCatalog::open_own(&base, Weights::default()).unwrap();
    assert_ne!(first.folder, second.folder);
    first.rebuild(&mut Once(Some(goods())), 1).await.unwrap();
    second.rebuild(&mut Once(Some(goods())), 1).await.unwrap();
    tell_instances(&base).unwrap();
    assert!(!first.health().await.unwrap().needs_rebuild && second.health().await.unwrap().needs_rebuild);
    drop(second);
    let building = Store::begin_rebuild(&first.folder).unwrap();
    let beside = TantivyCatalog::open(&first.folder, Weights::default()).unwrap();
    assert_eq!(beside.doc_count().await.unwrap(), 8);
    building.searcher().unwrap();
    assert_eq!(std::fs::read_dir(&base).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir()).count(), 2);
}
