//! The part of the suite that asks for what people do not want, and for spellings of one thing.

use market::ports::search::CatalogSearch;
use market::search::SearchDoc;

use super::suite::{ask, doc, fill, page};

async fn ids(engine: &dyn CatalogSearch, text: &str) -> Vec<u128> {
    let mut ids: Vec<u128> = page(engine, &ask(text)).await.hits.iter().map(|hit| hit.id.as_u128()).collect();
    ids.sort_unstable();
    ids
}

/// Materials, sizes, places and certificates that a question excludes are not there.
pub async fn what_is_not_wanted_is_left_out(engine: &dyn CatalogSearch) {
    let from = |n, title, region: &str, certificates: &[&str]| SearchDoc {
        region_names: region.to_owned(),
        certificates: certificates.iter().map(|code| (*code).to_owned()).collect(),
        ..doc(n, title, "valve", "11")
    };
    let docs = vec![
        from(1, "황동 볼밸브 25A", "서울특별시", &["ks"]),
        from(2, "SUS304 볼밸브 50A", "부산광역시", &[]),
        from(3, "PVC 볼밸브 플랜지형 50A", "경기도 화성시", &["ks"]),
    ];
    fill(engine, docs, 1).await;
    for (text, left) in [
        ("황동은 빼고 볼밸브", vec![2, 3]),
        ("ball valve except brass", vec![2, 3]),
        ("ball valve without flange", vec![1, 2]),
        ("SUS304말고 볼밸브", vec![1, 3]),
        ("50A 아닌 볼밸브", vec![1]),
        ("서울 제외 볼밸브", vec![2, 3]),
        ("수도권 말고 볼밸브", vec![2]),
        ("부산 외 볼밸브", vec![1, 3]),
        ("KS 인증 없는 볼밸브", vec![2]),
    ] {
        assert_eq!(ids(engine, text).await, left, "{text}");
    }
}

/// A part number is one, whether its pieces stand apart or not; sizes are those of the goods, in whatever unit.
pub async fn one_thing_in_many_spellings(engine: &dyn CatalogSearch) {
    let told = "최소 주문은 18L".to_owned();
    let docs = vec![
        doc(1, "볼베어링 6004 ZZ", "bearing", "11"),
        doc(2, "볼베어링 6004 2RS", "bearing", "11"),
        doc(3, "유압작동유 VG 46", "oil", "11"),
        doc(4, "감속기 1/50", "gear", "11"),
        doc(5, "감속기 50 1/10", "gear", "11"),
        doc(6, "콘덴서 0.1uF", "capacitor", "11"),
        SearchDoc { description: told, ..doc(7, "조합페인트 1L", "paint", "11") },
        doc(8, "조합페인트 18L", "paint", "11"),
    ];
    fill(engine, docs, 1).await;
    for (text, first) in [
        ("6004ZZ", 1),
        ("6004z", 1),
        ("60042RS", 2),
        ("유압작동유 vg46", 3),
        ("감속기 1:50", 4),
        ("감속기 1/10", 5),
        ("콘덴서 100nF", 6),
        ("조합페인트 18L", 8),
    ] {
        let found = page(engine, &ask(text)).await;
        let full: Vec<u128> = found.hits.iter().filter(|hit| hit.full).map(|hit| hit.id.as_u128()).collect();
        assert_eq!(full.first(), Some(&first), "{text}: {:?}", found.hits);
    }
    assert!(ids(engine, "60042").await.is_empty(), "numbers never match loosely");
}
