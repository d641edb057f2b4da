//! The part of the suite that asks at different moments: what has ended is no part of the catalogue.

use std::sync::Arc;

use market::Lang;
use market::ports::search::CatalogSearch;
use market::search::{Reading, SearchDoc, SearchPage, SearchQuery, SuggestQuery, Weights};
use uuid::Uuid;

use super::suite::{ask, doc, fill, goods, page};
use super::tantivy::TantivyCatalog;

/// At every moment an index answers as one in which what has ended never was, though nobody has told it anything.
pub async fn what_has_ended_is_not_there(engine: &dyn CatalogSearch) {
    let folder =
        std::env::temp_dir().join(format!("suite-ended-{}-{:p}", std::process::id(), &raw const engine));
    let fresh = TantivyCatalog::open(&folder, Weights::default()).unwrap();
    let docs: Vec<SearchDoc> = (1..)
        .zip(goods())
        .map(|(n, doc)| SearchDoc { free_until: n * 100, published_at: n, ..doc })
        .collect();
    fill(engine, docs.clone(), 10).await;
    for at in [0, 99, 100, 101, 450, 900, 999, 1_000, 250] {
        let left: Vec<SearchDoc> = docs.iter().filter(|doc| doc.free_until > at).cloned().collect();
        fill(&fresh, left.clone(), 10).await;
        for text in
            ["", "엘보", "ㅂㅇㅂ", "백앨보", "D15", "324a", "볼트 절연", "백엘보 말고 흑엘보", "door closer"]
        {
            let query = SearchQuery { at, ..ask(text) };
            let (ours, theirs) = (page(engine, &query).await, page(&fresh, &query).await);
            let order = |found: &SearchPage| found.hits.iter().map(|hit| hit.id).collect::<Vec<_>>();
            assert_eq!(order(&ours), order(&theirs), "{text} at {at}");
            assert_eq!(
                (ours.total, ours.facets, ours.interpretation),
                (theirs.total, theirs.facets, theirs.interpretation),
                "{text} at {at}"
            );
            let line =
                SuggestQuery { text: text.into(), lang: Lang::Ko, size: 8, at, synonyms: Arc::default() };
            for line in engine.suggest(&line).await.unwrap() {
                assert!(left.iter().any(|doc| doc.id.to_string() == line.key), "{} at {at}", line.text);
            }
        }
    }
    drop(fresh);
    let _ = std::fs::remove_dir_all(&folder);
}

/// A word that only stands in what has ended is as unknown as one that never was: slips and other numbers are offered.
pub async fn an_ended_word_is_a_slip(engine: &dyn CatalogSearch) {
    let until = |free_until, n, title| SearchDoc { free_until, ..doc(n, title, "x", "11") };
    let docs = vec![
        until(100, 1, "감독기 소형"),
        until(200, 2, "감속기 소형"),
        until(100, 3, "wasper"),
        until(200, 4, "washer"),
        until(100, 5, "LM325A 연산증폭기"),
        until(200, 6, "LM324A 연산증폭기"),
    ];
    fill(engine, docs, 1).await;
    for (text, ended, living) in [("감독기", 1, 2), ("wasper", 3, 4), ("LM325A", 5, 6)] {
        let first = |found: &SearchPage| found.hits.first().map(|hit| hit.id.as_u128());
        let before = page(engine, &SearchQuery { at: 50, ..ask(text) }).await;
        assert_eq!(first(&before), Some(ended), "{text}");
        let after = page(engine, &SearchQuery { at: 100, ..ask(text) }).await;
        assert_eq!(first(&after), Some(living), "{text}");
        assert!(
            matches!(after.interpretation.readings.as_slice(), [Reading::Corrected { .. }]),
            "{text}: {:?}",
            after.interpretation.readings
        );
    }
}

/// Words that make one expression in titles of two vendors or in a category, as long as these may be seen. Of one vendor,
/// however many of its titles have them, or apart from each other in a title, they say nothing about the language.
pub async fn neighbours_in_titles_are_known(engine: &dyn CatalogSearch) {
    let of = |vendor, n, title: &str| SearchDoc {
        vendor_id: Uuid::from_u128(vendor),
        free_until: 100,
        ..doc(n, title, "x", "26")
    };
    let docs = vec![
        of(1, 1, "대전방지 매트"),
        of(2, 2, "고무 대전 방지 장갑"),
        of(1, 3, "고무 양산 우산"),
        of(1, 4, "양산우산 대형"),
        SearchDoc { category_names: "대구 포".into(), ..of(1, 5, "말린 것") },
        SearchDoc { description: "구미 공장에서".into(), ..of(1, 6, "이천 도자") },
        SearchDoc { description: "구미 공장에서".into(), ..of(2, 7, "도자 이천") },
        of(3, 8, "Busan valve"),
        of(3, 9, "Busan valve, large"),
        of(4, 10, "Valve from Busan; pump"),
        of(5, 11, "Busan style valve"),
        of(3, 12, "Ulsan-type anchor"),
        of(4, 13, "ULSAN types, forged"),
        of(3, 14, "Daegu, frame"),
        of(4, 15, "Daegu (frame)"),
        of(3, 16, "Incheon 밸브"),
        of(4, 17, "Incheon 밸브 2호"),
    ];
    fill(engine, docs, 1).await;
    for (name, next, known) in [
        ("대전", "방지", true),
        ("대전", "매트", false),
        ("양산", "우산", false),
        ("대구", "포", true),
        ("구미", "공장", false),
        ("이천", "도자", false),
        ("Busan", "Valves", false),
        ("Busan", "pump", false),
        ("Busan", "style", false),
        ("Ulsan", "Type", true),
        ("ulsan", "types,", true),
        ("Daegu", "frame", false),
        ("incheon", "밸브", true),
        ("대전", "@", false),
        ("@", "방지", false),
    ] {
        assert_eq!(engine.side_by_side(name, next, 50).await.unwrap(), known, "{name} {next}");
    }
    for (name, next) in [("대전", "방지"), ("Ulsan", "type")] {
        let known = engine.side_by_side(name, next, 100).await.unwrap();
        assert!(!known, "what has ended is no word of the catalogue: {name} {next}");
    }
}

/// The further side of a size says nothing without the first: nobody who asks for a screw wants the box of that length.
pub async fn a_further_side_is_no_size(engine: &dyn CatalogSearch) {
    let of = |n, title: &str| SearchDoc { free_until: 100, ..doc(n, title, "x", "26") };
    let docs = vec![
        of(1, "육각볼트 M8×20"),
        of(2, "육각볼트 M8×25"),
        of(3, "소면 상자 30×20"),
        of(4, "육각볼트 M10×20"),
        of(5, "방열판 40×20×10"),
    ];
    fill(engine, docs, 1).await;
    for (asked, found) in
        [("M8×20", vec![1, 2]), ("m8x30", vec![2, 1]), ("40×20", vec![5]), ("볼트 M8×20", vec![1, 2, 4])]
    {
        let page = page(engine, &ask(asked)).await;
        let mut ids: Vec<u128> = page.hits.iter().map(|hit| hit.id.as_u128()).collect();
        assert_eq!(ids.first(), found.first(), "{asked}: {ids:?}");
        let mut found = found;
        ids.sort_unstable();
        found.sort_unstable();
        assert_eq!(ids, found, "{asked}");
    }
}
