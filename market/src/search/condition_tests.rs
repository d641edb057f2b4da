use proptest::prelude::*;

use super::conditions::{Clash, Demand, Question, doubts, merge};
use super::vocabulary::Vocabulary;
use super::{Bounds, FacetKind, Filters};

fn read(text: &str) -> Question {
    super::conditions::read(text, &[Vocabulary::shipped()], &[])
}

fn price(text: &str) -> Option<(Option<i64>, Option<i64>)> {
    read(text).conditions.iter().find_map(|condition| match condition.demand {
        Demand::Price { bounds } => Some((bounds.min, bounds.max)),
        _ => None,
    })
}

fn codes(text: &str, wanted: FacetKind) -> Vec<String> {
    let found = read(text).conditions.into_iter().filter_map(|condition| match condition.demand {
        Demand::Facet { facet, codes } if facet == wanted => Some(codes),
        _ => None,
    });
    found.flatten().collect()
}

#[test]
fn prices_are_read_in_both_languages() {
    for (text, low, high) in [
        ("볼트 5만원 이하", None, Some(50_000)),
        ("볼트 5만 원 이하", None, Some(50_000)),
        ("50,000원 이하 볼트", None, Some(50_000)),
        ("5만원이하의 볼트", None, Some(50_000)),
        ("볼트 1만5천원 미만", None, Some(14_999)),
        ("볼트 5백만원 이상", Some(5_000_000), None),
        ("볼트 1.5만원 까지", None, Some(15_000)),
        ("볼트 1만원~5만원", Some(10_000), Some(50_000)),
        ("볼트 1만~5만원", Some(10_000), Some(50_000)),
        ("10~20만원 볼트", Some(100_000), Some(200_000)),
        ("100~200만원 볼트", Some(1_000_000), Some(2_000_000)),
        ("1.5~2만원 볼트", Some(15_000), Some(20_000)),
        ("5000~1만원 볼트", Some(5_000), Some(10_000)),
        ("5000원~1만원 볼트", Some(5_000), Some(10_000)),
        ("500~1만5천원 볼트", Some(500), Some(15_000)),
        ("10만원대 볼트", Some(100_000), Some(199_999)),
        ("15만원대의 볼트", Some(150_000), Some(159_999)),
        ("3천원대 볼트", Some(3_000), Some(3_999)),
        ("5~10만원대 볼트", Some(50_000), Some(109_999)),
        ("삼만원 이하 볼트", None, Some(30_000)),
        ("천원 이하 볼트", None, Some(1_000)),
        ("만원 이하 볼트", None, Some(10_000)),
        ("이십오만 원 이상 볼트", Some(250_000), None),
        ("삼백만원 미만 볼트", None, Some(2_999_999)),
        ("bolts under 50,000 won", None, Some(49_999)),
        ("bolts up to 50,000 KRW", None, Some(50_000)),
        ("bolts at least ₩10000", Some(10_000), None),
        ("bolts between 10,000 and 50,000 won", Some(10_000), Some(50_000)),
    ] {
        assert_eq!(price(text), Some((low, high)), "{text}");
        assert!(["볼트", "bolts"].contains(&read(text).rest.as_str()), "{text}: {}", read(text).rest);
    }
}

#[test]
fn what_is_only_likely_stays_a_word() {
    for text in [
        "M8×20 이하",
        "5만 볼트",
        "100원",
        "KS B 1002",
        "CE",
        "시흥 볼트",
        "볼트",
        "밸브 개스킷",
        "50,000 won bolt",
        "7일",
        "SUS304",
        "15t 이하",
        "under 50",
        "원 이하",
        "10만대 이하",
        "이천 볼트 구원 천막",
        "천 이하",
        "-5만원 이하",
        "경기용 공",
        "LM317",
        "0.5mm 이하",
    ] {
        let read = read(text);
        assert_eq!((read.conditions.as_slice(), read.rest.as_str()), (&[][..], text));
    }
}

#[test]
fn places_and_certificates_are_read() {
    assert_eq!(codes("부산 밸브", FacetKind::Region), ["26"]);
    assert_eq!(codes("부산에서 만든 밸브", FacetKind::Region), ["26"]);
    assert_eq!(codes("경기도 시흥 볼트", FacetKind::Region), ["41"]);
    assert_eq!(codes("수도권 볼트", FacetKind::Region), ["11", "28", "41"]);
    assert_eq!(codes("valves from Busan", FacetKind::Region), ["26"]);
    assert_eq!(codes("ISO 9001 볼트", FacetKind::Certificate), ["iso9001"]);
    assert_eq!(codes("ISO9001:2015 인증 볼트", FacetKind::Certificate), ["iso9001"]);
    assert_eq!(codes("KS 인증 볼트", FacetKind::Certificate), ["ks"]);
    assert_eq!(codes("CE mark pump", FacetKind::Certificate), ["ce"]);
    assert_eq!(codes("이노비즈 업체 볼트", FacetKind::Badge), ["innobiz"]);
    assert_eq!(codes("벤처기업 센서", FacetKind::Badge), ["venture"]);
    assert_eq!(codes("가격 협의 펌프", FacetKind::PriceKind), ["negotiable"]);
    assert_eq!(codes("가격 공개 펌프", FacetKind::PriceKind), ["public", "tiers"]);
    assert_eq!(codes("분류: 육각볼트 스테인리스", FacetKind::Category), ["fasteners.bolts.hex"]);
}

#[test]
fn a_region_that_is_part_of_an_expression_stays_a_word() {
    let trades =
        Vocabulary::parse("대전방지, 정전기 방지, antistatic\n부산물, by-product\n제주 은갈치 > 갈치", "");
    let with = |text: &str, together: &[[String; 2]]| {
        let read = super::conditions::read(text, &[&trades], together);
        (read.conditions.into_iter().map(|condition| condition.words).collect::<Vec<_>>(), read.rest)
    };
    let stays = |text: &str| assert_eq!(with(text, &[]), (vec![], text.to_owned()), "{text}");
    // spaced or not, wherever it stands in the expression of the table
    for text in ["대전 방지 매트", "매트 대전 방지", "부산 물", "제주 은갈치 선물"] {
        stays(text);
        assert!(doubts(text, &[&trades]).is_empty(), "{text}");
    }
    // only the catalogue can tell these: once as an expression of its titles, once as a place
    for (text, name, next) in
        [("광주 요 그릇", "광주", "요"), ("대구 포", "대구", "포"), ("Busan valve", "Busan", "valve")]
    {
        assert_eq!(doubts(text, &[&trades]), [[name.to_owned(), next.to_owned()]], "{text}");
        assert_eq!(with(text, &[[name.to_owned(), next.to_owned()]]), (vec![], text.to_owned()));
        assert_eq!(with(text, &[]).0, [name], "{text}");
    }
    // what says that a place is meant is one, whatever follows
    for (text, words) in [
        ("대전에서 방지 매트", "대전에서"),
        ("대전광역시 방지 매트", "대전광역시"),
        ("대전 업체 방지 매트", "대전 업체"),
        ("in Busan by-product", "in Busan"),
        ("방지 매트 대전", "대전"),
    ] {
        let together = [["대전".to_owned(), "방지".to_owned()]];
        assert_eq!(with(text, &together).0, [words], "{text}");
    }
    // curators' words count as the shipped ones
    let taught = Vocabulary::parse("경기 침, 바늘", "");
    assert!(super::conditions::read("경기 침", &[&taught], &[]).conditions.is_empty());
}

#[test]
fn a_region_that_goods_go_to_or_that_is_only_wished_for_excludes_nothing() {
    for text in [
        "flange 10K, delivery to Busan",
        "please ship to Busan, urgent",
        "볼트 부산 납품 가능한 곳",
        "볼트 부산으로 배송",
        "밸브 경기도 현장",
        "절연행거 50A 필요합니다 경기도 쪽 업체면 좋겠습니다",
        "볼트 부산 업체면 좋아요",
        "볼트 가능하면 부산 업체",
        "볼트 되도록 경기도 쪽에서",
        "볼트 부산 업체 우선",
        "bolts, preferably from Busan",
        "bolts from Busan preferred",
        "bolts, Busan if possible",
    ] {
        assert!(read(text).conditions.is_empty(), "{text}");
        assert!(doubts(text, &[Vocabulary::shipped()]).is_empty(), "{text}");
    }
    for text in [
        "부산 볼트 구하면 좋겠습니다",
        "부산에서 만든 볼트 납품",
        "부산 업체 볼트 배송",
        "bolts from Busan to be delivered",
        "우선 부산 볼트",
        "I want bolts in Busan",
    ] {
        assert_eq!(codes(text, FacetKind::Region), ["26"], "{text}");
    }
}

#[test]
fn orders_and_delivery_are_read() {
    let bounds = |text: &str| read(text).conditions.first().map(|c| c.demand.clone());
    let most = |max| Bounds { min: None, max: Some(max) };
    for text in [
        "볼트 납기 7일 이내",
        "볼트 7일 이내 납품",
        "볼트 7일 안에",
        "bolts within 7 days",
        "bolts delivery 7 days",
    ] {
        assert_eq!(bounds(text), Some(Demand::Lead { bounds: most(7) }), "{text}");
    }
    assert_eq!(bounds("2주 이내 볼트"), Some(Demand::Lead { bounds: most(14) }));
    for (text, days) in
        [("일주일 이내 볼트", 7), ("이주 이내 볼트", 14), ("한달 안에 볼트", 30), ("열흘 이내 볼트", 10)]
    {
        assert_eq!(bounds(text), Some(Demand::Lead { bounds: most(days) }), "{text}");
    }
    for text in
        ["볼트 MOQ 100 이하", "볼트 최소 주문 100개", "bolts minimum order 100", "볼트 최소수량 100개 이하"]
    {
        assert_eq!(bounds(text), Some(Demand::Moq { bounds: most(100) }), "{text}");
    }
}

#[test]
fn a_condition_can_be_taken_out_again() {
    let read = read("부산 볼트 5만원 이하");
    assert_eq!(read.rest, "볼트");
    let without: Vec<&str> = read.conditions.iter().map(|c| c.without.as_str()).collect();
    assert_eq!(without, ["볼트 5만원 이하", "부산 볼트"]);
}

#[test]
fn what_cannot_hold_together_is_named() {
    let clash = |text: &str, filters: &Filters| merge(filters, &read(text).conditions).err();
    let none = Filters::default();
    assert_eq!(clash("볼트 5만원 이상 3만원 이하", &none), Some(Clash::Price));
    assert_eq!(clash("가격 협의 5만원 이하", &none), Some(Clash::PriceOnRequest));
    let seoul = Filters { region: vec!["11".into()], ..Filters::default() };
    assert_eq!(clash("부산 볼트", &seoul), Some(Clash::Facet(FacetKind::Region)));
    assert_eq!(clash("서울 볼트", &seoul), None);
    let bolts = Filters { category: vec!["fasteners.bolts".into()], ..Filters::default() };
    let merged = merge(&bolts, &read("분류: 육각볼트").conditions).unwrap();
    assert_eq!(merged.category, ["fasteners.bolts.hex"]);
    assert_eq!(merge(&none, &read("부산 대구 밸브").conditions).unwrap().region, ["26", "27"]);
}

proptest! {
    #[test]
    fn no_text_breaks_it_and_no_word_is_lost(text in "\\PC{0,80}") {
        let read = read(&text);
        let typed = text.split_whitespace().count();
        let taken: usize = read.conditions.iter().map(|c| c.words.split_whitespace().count()).sum();
        prop_assert_eq!(read.rest.split_whitespace().count() + taken, typed);
        let again = self::read(&read.rest);
        prop_assert!(again.rest.len() <= read.rest.len());
    }

    #[test]
    fn a_stated_price_comes_back(amount in 1_i64..1_000_000_000, noise in "[가-힣]{2,4}") {
        let text = format!("{noise} {amount}원 이하");
        prop_assert_eq!(price(&text), Some((None, Some(amount))));
    }

    #[test]
    fn merging_never_widens(min in prop::option::of(0_i64..1000), max in prop::option::of(0_i64..1000), said in 0_i64..1000) {
        let chosen = Filters { price: Bounds { min, max }, ..Filters::default() };
        if let Ok(merged) = merge(&chosen, &read(&format!("{said}원 이하")).conditions) {
            for value in 0..1000 {
                if merged.price.holds(Some(value)) {
                    prop_assert!(chosen.price.holds(Some(value)) && value <= said);
                }
            }
        }
    }
}
