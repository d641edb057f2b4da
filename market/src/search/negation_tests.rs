//! What is not wanted is left out, whatever says so; what only looks like a negation is not.

use crate::search::conditions;
use crate::search::model::SearchDoc;
use crate::search::shop::Shop;
use crate::search::vocabulary::Vocabulary;

fn valves() -> Shop {
    Shop::of(&[
        "황동 볼밸브 25A",
        "SUS304 볼밸브 25A",
        "SUS304 볼밸브 50A",
        "스테인리스 볼밸브 플랜지형 50A",
        "PVC 볼밸브 50A",
    ])
}

#[test]
fn materials_and_sizes_are_left_out() {
    let shop = valves();
    for (question, without) in [
        ("황동 말고 볼밸브", "황동"),
        ("황동은 빼고 볼밸브", "황동"),
        ("황동이 아닌 볼밸브", "황동"),
        ("황동말고 볼밸브", "황동"),
        ("황동을 제외한 볼밸브", "황동"),
        ("볼밸브 황동 제외", "황동"),
        ("brass 말고 볼밸브", "황동"),
        ("ball valve except brass", "황동"),
        ("ball valve not brass", "황동"),
        ("ball valve without flange", "플랜지"),
        ("플랜지 없는 볼밸브", "플랜지"),
        ("SUS304 아닌 볼밸브", "SUS304"),
        ("SUS304말고 볼밸브", "SUS304"),
        ("STS304 빼고 볼밸브", "SUS304"),
        ("25A 말고 볼밸브", "25A"),
        ("25A 말고 50A 볼밸브", "25A"),
        ("ball valve not 25A", "25A"),
    ] {
        let found = shop.full(question);
        assert!(!found.is_empty(), "{question}: {:?}", shop.plan(question));
        assert!(!found.iter().any(|title| title.contains(without)), "{question}: {found:?}");
    }
    assert_eq!(shop.full("황동 말고 볼밸브").len(), 4);
    assert_eq!(shop.full("25A 말고 볼밸브").len(), 3, "another number is another size");
    assert_eq!(shop.full("황동 볼밸브 말고 PVC 볼밸브"), ["PVC 볼밸브 50A"]);
    assert!(shop.plan("가격 말고 볼밸브").excluded.is_empty());
    assert!(shop.plan("부가세 제외 볼밸브").excluded.is_empty());
}

#[test]
fn regions_and_certificates_are_left_out() {
    let from = |title: &str, region: &str, certificates: &[&str]| SearchDoc {
        title_ko: title.to_owned(),
        region_names: region.to_owned(),
        certificates: certificates.iter().map(|code| (*code).to_owned()).collect(),
        ..SearchDoc::default()
    };
    let shop = Shop::with(vec![
        from("볼밸브 갑", "서울특별시 강남구", &["ks"]),
        from("볼밸브 을", "부산광역시", &[]),
        from("볼밸브 병", "경기도 화성시", &["ks"]),
    ]);
    for (question, left) in [
        ("서울 제외 볼밸브", vec!["볼밸브 을", "볼밸브 병"]),
        ("서울 빼고 볼밸브", vec!["볼밸브 을", "볼밸브 병"]),
        ("서울은 빼고 볼밸브", vec!["볼밸브 을", "볼밸브 병"]),
        ("서울말고 볼밸브", vec!["볼밸브 을", "볼밸브 병"]),
        ("부산 외 볼밸브", vec!["볼밸브 갑", "볼밸브 병"]),
        ("부산 외 지역 볼밸브", vec!["볼밸브 갑", "볼밸브 병"]),
        ("수도권 제외 볼밸브", vec!["볼밸브 을"]),
        ("ball valve not from Busan", vec!["볼밸브 갑", "볼밸브 병"]),
        ("ball valve except Seoul", vec!["볼밸브 을", "볼밸브 병"]),
        ("화성 제외 볼밸브", vec!["볼밸브 갑", "볼밸브 을"]),
        ("KS 인증 없는 볼밸브", vec!["볼밸브 을"]),
        ("KS인증이 없는 볼밸브", vec!["볼밸브 을"]),
    ] {
        let read = conditions::read(question, &[Vocabulary::shipped()], &[]);
        assert!(read.conditions.is_empty(), "{question}: {read:?}");
        assert_eq!(shop.full(&read.rest), left, "{question}: {:?}", shop.plan(&read.rest));
    }
    let read = conditions::read("서울 말고 부산 볼밸브", &[Vocabulary::shipped()], &[]);
    assert_eq!((read.conditions.len(), read.rest.as_str()), (1, "서울 말고 볼밸브"));
}

#[test]
fn bounds_of_numbers_name_nothing() {
    let shop = valves();
    for question in ["볼밸브 50A 이상", "볼밸브 50A 이하의", "50A 이내 볼밸브"] {
        assert_eq!(shop.full(question).len(), 3, "{question}: {:?}", shop.plan(question));
    }
}

#[test]
fn what_only_looks_like_a_negation_is_none() {
    let shop = Shop::of(&[
        "이음매 없는 강관 외경 50mm",
        "외함 무선 비철 금속",
        "볼밸브 3종 세트",
        "part no LM324",
        "non-slip mat",
        "니트릴 장갑 파우더프리",
        "무석면 개스킷",
        "oil-free 콤프레샤",
    ]);
    for question in [
        "이음매 없는 강관",
        "이음매없는 강관",
        "강관 외경 50mm",
        "외함",
        "무선",
        "비철 금속",
        "볼밸브 외 3종",
        "part no LM324",
        "no 5 볼밸브",
        "non-slip mat",
        "파우더 없는 니트릴 장갑",
        "파우더가 없는 니트릴 장갑",
        "석면 없는 개스킷",
        "콤프레샤 without oil",
    ] {
        assert!(shop.plan(question).excluded.is_empty(), "{question}: {:?}", shop.plan(question).excluded);
    }
    assert_eq!(shop.full("이음매 없는 강관"), ["이음매 없는 강관 외경 50mm"]);
}
