//! However the moments follow each other and whatever is written in between, what may be seen is what the plain
//! definition says.

use std::collections::BTreeMap;

use market::ports::search::CatalogSearch as _;
use market::search::{FacetKind, SearchBatch, SearchDoc, SearchQuery};
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::adapters::suite::{Once, ask, doc};
use crate::adapters::tantivy::{Snapshot, TantivyCatalog, tests::filled};

/// What happens.
#[derive(Debug, Clone)]
enum Event {
    Write(Vec<(u128, i64)>, Vec<u128>),
    Rebuild,
    MapAnew,
    Ask(Vec<i64>),
}

fn event() -> impl Strategy<Value = Event> {
    // few moments, so that many end together; the last ones never come
    let end = || prop_oneof![4 => 0_i64..30, 1 => Just(i64::MAX), 1 => Just(500)];
    let write = (prop::collection::vec((0_u128..40, end()), 0..12), prop::collection::vec(0_u128..40, 0..4));
    prop_oneof![
        3 => write.prop_map(|(put, gone)| Event::Write(put, gone)),
        1 => Just(Event::Rebuild),
        1 => Just(Event::MapAnew),
        // mostly forwards as a clock goes, sometimes to anywhere
        4 => prop::collection::vec(-1_i64..32, 1..12).prop_map(|mut moments| {
            if moments.len() % 3 > 0 {
                moments.sort_unstable();
            }
            Event::Ask(moments)
        }),
        1 => prop_oneof![Just(i64::MIN), Just(i64::MAX), Just(499_i64)].prop_map(|at| Event::Ask(vec![at])),
    ]
}

/// Document by document, by the definition alone.
fn compare(snapshot: &Snapshot, at: i64) {
    let living = snapshot.living(at);
    let (mut from, mut until, mut docs, mut newest) = (i64::MIN, i64::MAX, 0, 0);
    for (number, (reader, facts)) in
        snapshot.searcher.segment_readers().iter().zip(&snapshot.segments).enumerate()
    {
        let seen = living.segment(number).unwrap();
        assert_eq!(living.of(reader).map(|seen| seen.segment), Some(seen.segment));
        let mut hidden = 0;
        for doc in 0..reader.max_doc() {
            let (alive, end) = (!reader.is_deleted(doc), facts.endings()[doc as usize]);
            let may = alive && end > at;
            assert_eq!(seen.has(doc), may, "{doc} of segment {number} at {at}, ends {end}");
            hidden += usize::from(!may);
            docs += u64::from(may);
            newest = newest.max(if may { facts.published(doc) } else { 0 });
            match (alive, end > at) {
                (true, true) => until = until.min(end),
                (true, false) => from = from.max(end),
                (false, _) => {}
            }
        }
        assert_eq!((seen.hidden, seen.docs().count()), (hidden, reader.max_doc() as usize - hidden));
    }
    assert_eq!(
        (living.from, living.until, living.docs, living.newest),
        (from, until, docs, newest),
        "at {at}"
    );
    assert!(living.holds(at) || at == i64::MAX);
}

async fn happen(engine: &TantivyCatalog, truth: &mut BTreeMap<u128, SearchDoc>, position: i64, event: Event) {
    match event {
        Event::Write(put, gone) => {
            let made = |(n, free_until): (u128, i64)| SearchDoc {
                free_until,
                published_at: i64::try_from(n).unwrap() * 7 + position,
                ..doc(n, "백엘보", "elbow", "11")
            };
            let upserts: Vec<SearchDoc> = put.into_iter().map(made).collect();
            let deletes: Vec<Uuid> = gone.iter().map(|n| Uuid::from_u128(*n)).collect();
            truth.retain(|n, _| !gone.contains(n));
            truth.extend(upserts.iter().map(|doc| (doc.id.as_u128(), doc.clone())));
            engine.apply(SearchBatch { upserts, deletes }, position).await.unwrap();
        }
        Event::Rebuild => {
            let docs = truth.values().cloned().collect();
            engine.rebuild(&mut Once(Some(docs)), position).await.unwrap();
        }
        Event::MapAnew => {
            engine.map_anew().await.unwrap();
        }
        Event::Ask(moments) => {
            for at in moments {
                compare(&engine.reading.live(), at);
                let page = engine.search(&SearchQuery { at, ..ask("엘보") }).await.unwrap();
                let left = truth.values().filter(|doc| doc.free_until > at).count();
                assert_eq!((page.total.count as usize, page.hits.len()), (left, left), "at {at}");
                let kinds = page.facets.iter().find(|counts| counts.facet == FacetKind::PriceKind).unwrap();
                let counted: u32 = kinds.values.iter().map(|(_, count)| count).sum();
                assert_eq!(counted as usize, left);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_may_be_seen_is_what_the_definition_says(events in prop::collection::vec(event(), 4..24)) {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let (engine, _scratch) = filled(Vec::new()).await;
            let mut truth = BTreeMap::new();
            for (position, event) in (2..).zip(events) {
                happen(&engine, &mut truth, position, event).await;
            }
        });
    }
}

/// An ending takes what ended and reads no column again; a clock that goes back a little finds it there.
#[tokio::test]
async fn an_ending_reads_nothing_again() {
    let ends = [10, 20, 20, 30, 40, 50, 60];
    let docs =
        (1..).zip(ends).map(|(n, free_until)| SearchDoc { free_until, ..doc(n, "백엘보", "elbow", "11") });
    let (engine, _scratch) = filled(docs.collect()).await;
    let snapshot = engine.reading.live();
    let read_at = |at: i64| {
        compare(&snapshot, at);
        Arc::as_ptr(&snapshot.living(at).segments[0].endings)
    };
    let first = read_at(5);
    assert_eq!([9, 10, 25, 29, 12, 5].map(read_at), [first; 6], "the first three endings are known");
    let second = read_at(30);
    assert_ne!(second, first);
    assert_eq!([35, 45, 31].map(read_at), [second; 3]);
    // somebody who still reads what was before is not disturbed
    let (before, after) = (snapshot.living(31), snapshot.living(41));
    assert_eq!((before.docs, after.docs), (3, 2));
    // what is the same of the next state is not read again either
    let batch = SearchBatch { upserts: vec![doc(90, "백엘보", "elbow", "11")], deletes: vec![] };
    let known = Arc::as_ptr(&snapshot.living(41).segments[0].endings);
    engine.apply(batch, 2).await.unwrap();
    let next = engine.reading.live();
    assert_eq!(next.searcher.segment_readers().len(), 2);
    compare(&next, 45);
    assert!(next.living(45).segments.iter().any(|seen| Arc::as_ptr(&seen.endings) == known));
}
