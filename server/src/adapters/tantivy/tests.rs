//! The adapter against its contract: the same answers however the index came about, nothing hidden, nothing lost.

use std::{collections::BTreeMap, path::PathBuf};

use market::search::{
    FacetKind, SearchDoc, Sort, plan::Lexicon as _, terms::Field, understand::understand,
    vocabulary::Vocabulary,
};
use proptest::prelude::*;

use super::{evaluate::Enough, *};
use crate::adapters::suite::{Once, ask, doc, goods};

/// A folder that goes away with the test.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Self {
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

pub(super) async fn filled(docs: Vec<SearchDoc>) -> (TantivyCatalog, Scratch) {
    let scratch = Scratch::new();
    let engine = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
    engine.rebuild(&mut Once(Some(docs)), 1).await.unwrap();
    (engine, scratch)
}

fn ids(engine: &TantivyCatalog, query: &SearchQuery) -> Vec<u128> {
    engine.search_now(query).unwrap().hits.iter().map(|h| h.id.as_u128()).collect()
}

#[tokio::test]
async fn a_change_between_two_pages_neither_repeats_nor_skips_what_stays() {
    let docs: Vec<SearchDoc> = (1..=45).map(|n| doc(n, "백엘보", "elbow", "11")).collect();
    let (engine, _scratch) = filled(docs).await;
    for sort in [Sort::Relevance, Sort::Newest, Sort::PriceLow, Sort::PriceHigh] {
        let whole = ids(&engine, &SearchQuery { sort, ..ask("백엘보") });
        let (mut walked, mut cursor) = (Vec::new(), None);
        loop {
            let query = SearchQuery { sort, size: 10, cursor, ..ask("백엘보") };
            let page = engine.search_now(&query).unwrap();
            walked.extend(page.hits.iter().map(|h| h.id.as_u128()));
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
    }
}

/// One comes in ahead of all, newer and dearer or cheaper than any; one that was seen goes, and one that was not.
#[tokio::test]
async fn what_comes_and_goes_between_two_pages_moves_nothing_else() {
    const DAY: i64 = 86_400_000_000;
    let at = |doc, day: i64| SearchDoc { published_at: segment::EPOCH + day * DAY, ..doc };
    let new = |n: u128| at(doc(n, "백엘보", "elbow", "11"), i64::try_from(n % 7).unwrap());
    let docs: Vec<SearchDoc> = (1..=45).map(new).collect();
    for sort in [Sort::Relevance, Sort::Newest, Sort::PriceLow, Sort::PriceHigh] {
        let (engine, _scratch) = filled(docs.clone()).await;
        let whole = ids(&engine, &SearchQuery { sort, ..ask("백엘보") });
        let first = engine.search_now(&SearchQuery { sort, size: 10, ..ask("백엘보") }).unwrap();
        let mut ahead = at(doc(900, "백엘보", "elbow", "11"), 60);
        ahead.price_minor = Some(if sort == Sort::PriceLow { 1 } else { 1_000_000 });
        let (seen, unseen) = (whole[9], whole[25]);
        let deletes = [seen, unseen].map(Uuid::from_u128).to_vec();
        engine.apply(SearchBatch { upserts: vec![ahead], deletes }, 2).await.unwrap();
        assert_eq!(ids(&engine, &SearchQuery { sort, ..ask("백엘보") }).first(), Some(&900), "{sort:?}");
        let (mut walked, mut cursor) = (Vec::new(), first.next);
        while cursor.is_some() {
            let page = engine.search_now(&SearchQuery { sort, size: 10, cursor, ..ask("백엘보") }).unwrap();
            walked.extend(page.hits.iter().map(|hit| hit.id.as_u128()));
            cursor = page.next;
        }
        let left: Vec<u128> = whole[10..].iter().copied().filter(|id| *id != unseen).collect();
        assert_eq!(walked, left, "{sort:?}");
    }
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
                SearchBatch {
                    upserts: vec![doc(11, "소켓", "x", "11")], deletes: vec![Uuid::from_u128(1)]
                },
                77,
            )
            .await
            .unwrap();
    }
    {
        let engine = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
        assert_eq!(engine.position().await.unwrap(), 77);
        assert_eq!(engine.doc_count().await.unwrap(), 10);
        assert!(!engine.health().await.unwrap().needs_rebuild);
    }
    let live = std::fs::read_to_string(scratch.0.join("live")).unwrap();
    std::fs::write(scratch.0.join("live"), live.replace(&format!(" {}", schema::VERSION), " 999")).unwrap();
    let engine = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
    let health = engine.health().await.unwrap();
    assert!(health.needs_rebuild && health.docs == 0 && health.position == 0);
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
                let lines = engine.suggest_now(&SuggestQuery { text: question.to_owned(), lang: market::Lang::Ko, size: 20, at: i64::MIN, synonyms: Arc::default() }).unwrap();
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
async fn an_index_that_is_mapped_anew_is_the_same() {
    let (engine, _scratch) = filled(goods()).await;
    let question = ask("백엘보");
    let before = engine.search(&question).await.unwrap();
    let state = engine.reading.live().state;
    engine.map_anew().await.unwrap();
    assert_eq!(engine.reading.live().state, state, "kept answers stay");
    assert_eq!(engine.search_now(&question).unwrap(), before);
    // what is written afterwards is seen, whichever mapping reads it
    for (position, id) in [(2, 1), (3, 2)] {
        let batch = SearchBatch {
            upserts: vec![doc(40 + id, "백엘보", "elbow", "11")],
            deletes: vec![Uuid::from_u128(id)],
        };
        engine.apply(batch, position).await.unwrap();
        let found = ids(&engine, &question);
        assert!(found.contains(&(40 + id)) && !found.contains(&id), "{found:?}");
        engine.map_anew().await.unwrap();
        assert_eq!(ids(&engine, &question), found);
    }
    assert!(engine.reading.live().state > state);
}

#[tokio::test]
async fn nobody_waits_for_a_writer_to_map_anew() {
    let (engine, _scratch) = filled(goods()).await;
    let writer = engine.writer.clone();
    let (taken, is_taken) = std::sync::mpsc::channel();
    let (release, is_released) = std::sync::mpsc::channel::<()>();
    let writing = std::thread::spawn(move || {
        let _store = writer.lock().unwrap();
        taken.send(()).unwrap();
        // until the other end is dropped
        let _ = is_released.recv();
    });
    is_taken.recv().unwrap();
    let patience = std::time::Duration::from_secs(20);
    let mapped = tokio::time::timeout(patience, engine.map_anew()).await;
    let health = tokio::time::timeout(patience, engine.health()).await;
    drop(release);
    writing.join().unwrap();
    mapped.expect("somebody writes, and nobody waits for that").unwrap();
    assert_eq!(health.unwrap().unwrap().docs, 10);
    engine.map_anew().await.unwrap();
    assert_eq!(ids(&engine, &ask("플랜지")).len(), 1);
}

#[tokio::test]
async fn words_of_the_dead_take_no_place_of_living_ones() {
    let ended = |n, title| SearchDoc { free_until: 100, ..doc(n, title, "x", "11") };
    let lasting = |n, title| SearchDoc { free_until: 1_000, ..doc(n, title, "x", "11") };
    let docs = vec![
        ended(1, "waaper"),
        ended(2, "wasper"),
        ended(3, "wasker"),
        lasting(4, "washer"),
        lasting(5, "waster"),
    ];
    let (engine, _scratch) = filled(docs).await;
    let snapshot = engine.reading.live();
    for (at, begin, near) in [(50, ["waaper", "washer"], ["wasper"]), (100, ["washer", "waster"], ["washer"])]
    {
        let living = snapshot.living(at);
        let evaluator = snapshot.evaluator(&living, None);
        assert_eq!(evaluator.beginning(Field::Title, "wa", 2), begin, "at {at}");
        assert_eq!(evaluator.near(Field::Title, "wasper", false, 1), near, "at {at}");
    }
    let living = snapshot.living(100);
    let evaluator = snapshot.evaluator(&living, None);
    assert_eq!(evaluator.near(Field::Title, "wasper", false, 12), ["washer", "waster"], "the nearest alone");
}

#[tokio::test]
async fn enough_of_the_best_ways_are_enough_however_many_are_hidden() {
    let until = |end, n, title| SearchDoc { free_until: end, ..doc(n, title, "x", "11") };
    let mut docs: Vec<SearchDoc> = (1..=20).map(|n| until(1_000, n, "엘보")).collect();
    docs.extend((21..=30).map(|n| until(300, n, "엘보")));
    docs.extend((31..=41).map(|n| until(100, n, "엘보")));
    docs.extend((51..=53).map(|n| until(1_000, n, "백엘보관")));
    docs.extend((100..=300).map(|n| until(100, n, "볼트")));
    let (engine, _scratch) = filled(docs).await;
    let snapshot = engine.reading.live();
    for (at, whole, all) in [(50, 41, 44), (200, 30, 33), (400, 20, 23)] {
        let living = snapshot.living(at);
        let every = snapshot.evaluator(&living, None);
        let enough = Evaluator { enough: Some(Enough { docs: 24, margin: 0.065 }), ..every };
        let plan = understand("엘보", false, &enough, &[Vocabulary::shipped()]);
        let (reader, concept) = (&snapshot.searcher.segment_readers()[0], &plan.concepts[0]);
        let every = snapshot.evaluator(&living, None);
        assert_eq!(every.concept(reader, concept).unwrap().len(), all, "at {at}");
        let expected = if whole >= 24 { whole } else { all };
        assert_eq!(enough.concept(reader, concept).unwrap().len(), expected, "at {at}");
    }
}

#[tokio::test]
async fn the_first_hits_are_the_same_however_many_are_asked_for() {
    const FILLERS: [&str; 6] = ["볼트", "너트", "밸브", "펌프", "모터", "배관"];
    let mut dice = market::prng::Prng::of(7);
    let docs: Vec<SearchDoc> = (1..=90)
        .map(|n| {
            let title = format!("엘보 {}", FILLERS[..=dice.below(6)].join(" "));
            SearchDoc {
                published_at: segment::EPOCH + i64::try_from(dice.below(700)).unwrap() * market::time::DAY,
                completeness_permille: u32::try_from(dice.below(1_001)).unwrap(),
                answered_permille: u32::try_from(dice.below(1_001)).unwrap(),
                ..doc(n, &title, "x", "11")
            }
        })
        .collect();
    let (engine, _scratch) = filled(docs).await;
    for question in ["엘보", "엘보 볼트", "엘보 밸브 펌프", "엘보 D15", "엘보 -볼트", "엘보 볼트 말고"]
    {
        for sort in [Sort::Relevance, Sort::Newest, Sort::PriceLow] {
            let whole = ids(&engine, &SearchQuery { sort, size: 100, ..ask(question) });
            for size in [1, 3, 10, 25] {
                let first = ids(&engine, &SearchQuery { sort, size, ..ask(question) });
                let size = whole.len().min(size as usize);
                assert_eq!(first, whole[..size], "{question} {sort:?} {size}");
            }
        }
    }
}

#[tokio::test]
async fn what_could_not_be_looked_up_in_time_is_not_denied() {
    let (engine, _scratch) = filled(goods()).await;
    let snapshot = engine.reading.live();
    let living = snapshot.living(i64::MIN);
    let known = side_by_side("도어", "클로저");
    for (deadline, answer) in [(None, Some(true)), (Some(Instant::now()), None)] {
        tokio::time::sleep(std::time::Duration::from_millis(2)).await;
        let evaluator = snapshot.evaluator(&living, deadline);
        assert_eq!(evaluator.is_anywhere(&known.titles).ok(), answer);
        let of_vendors = evaluator.is_of_vendors(&snapshot.segments, &known.titles).ok();
        assert_eq!(of_vendors, answer.map(|_| false), "all are of one vendor");
    }
    assert!(!engine.side_by_side("도어", "매트", i64::MIN).await.unwrap());
    let scratch = Scratch::new();
    let unfilled = TantivyCatalog::open(&scratch.0, Weights::default()).unwrap();
    assert!(unfilled.side_by_side("도어", "클로저", i64::MIN).await.is_err(), "an index that is being built");
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
    assert_eq!((health.docs, health.position, health.needs_rebuild), (10, 12, false));
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
    assert_eq!(beside.doc_count().await.unwrap(), 10);
    building.searcher().unwrap();
    assert_eq!(std::fs::read_dir(&base).unwrap().filter(|e| e.as_ref().unwrap().path().is_dir()).count(), 2);
}
