//! Terms of documents and the phrases that meet them.

use proptest::prelude::*;

use super::*;
use crate::search::grams::run_phrases;
use crate::search::shop::Shop;

fn has(text: &str, phrase: &[String]) -> bool {
    let grams = grams(text);
    grams.iter().filter(|g| Some(&g.text) == phrase.first()).any(|g| {
        phrase
            .iter()
            .enumerate()
            .all(|(i, p)| grams.iter().any(|other| other.text == *p && other.position == g.position + i))
    })
}

#[test]
fn runs_are_found_inside_and_over_blanks() {
    let [inside, begin, end] = run_phrases("엘보");
    assert!(
        has("백엘보", &inside) && has("백 엘보", &begin) && has("백엘보", &end) && !has("백엘보", &begin)
    );
    assert!(has("용접식 관이음쇠", &run_phrases("용접식관이음쇠")[0]));
    assert!(!has("용접식, 관이음쇠", &run_phrases("용접식관이음쇠")[0]));
}

#[test]
fn a_negation_is_another_thing() {
    assert!(!has("u볼트 비절연", &run_phrases("절연")[0]));
    assert!(has("u볼트 비절연", &run_phrases("비절연")[0]));
    assert!(has("u볼트 절연", &run_phrases("절연")[0]));
}

#[test]
fn english_endings_fall() {
    assert_eq!(stem("screws"), stem("screw"));
    assert_eq!(stem("welding"), stem("welded"));
    assert_eq!(stem("machines"), stem("machine"));
    assert_eq!(stem("boxes"), stem("box"));
    assert_eq!(stem("glass"), "glass");
}

#[test]
fn regions_have_one_name() {
    assert_eq!(region_words("경상북도 구미시"), ["경북", "구미"]);
    assert_eq!(region_word("강원도"), region_word("강원특별자치도"));
}

#[test]
fn sizes_of_running_text_are_none_of_the_goods() {
    let doc = |title: &str| SearchDoc {
        title_ko: title.to_owned(),
        description: "최소 주문은 18L, 두께 3mm".to_owned(),
        specs: "비중 1.2kg".to_owned(),
        ..SearchDoc::default()
    };
    let has = |title: &str, term: &str| {
        let all = doc_terms(&doc(title)).fields;
        all.iter().any(|(field, terms)| *field == Field::Spec && terms.iter().any(|t| t.text == term))
    };
    assert!(has("조합페인트 1L", "l:1") && !has("조합페인트 1L", "l:18"));
    assert!(!has("조합페인트 500ml", "l:18"), "one quantity in two units");
    assert!(has("조합페인트", "l:18") && has("조합페인트 1L", "mm:3") && has("조합페인트 1L", "kg:1.2"));
}

#[test]
fn part_numbers_are_found_glued_and_apart() {
    let shop = Shop::of(&[
        "볼베어링 6004 ZZ",
        "볼베어링 6004 2RS",
        "볼베어링 6204",
        "유압작동유 VG 46",
        "밸브 150LB 3B",
    ]);
    for (question, title) in [
        ("6004ZZ", "볼베어링 6004 ZZ"),
        ("6004-ZZ", "볼베어링 6004 ZZ"),
        ("6004z", "볼베어링 6004 ZZ"),
        ("60042RS", "볼베어링 6004 2RS"),
        ("VG46", "유압작동유 VG 46"),
        ("유압작동유 vg46", "유압작동유 VG 46"),
        ("150LB3B", "밸브 150LB 3B"),
    ] {
        assert_eq!(shop.full(question), [title], "{question}: {:?}", shop.plan(question));
    }
    let near = shop.plan("6204ZZ");
    assert!(near.unknown.is_empty() && near.concepts.len() == 1, "{near:?}");
    for nothing in ["60042", "VG4x6"] {
        assert!(shop.full(nothing).is_empty(), "{nothing}: {:?}", shop.plan(nothing));
    }
}

proptest! {
    #[test]
    fn any_document_has_terms_in_order(title in any::<String>(), body in any::<String>()) {
        let doc = SearchDoc { title_ko: title, description: body, ..SearchDoc::default() };
        for (_, terms) in doc_terms(&doc).fields {
            prop_assert!(terms.windows(2).all(|w| w[0].position <= w[1].position));
        }
    }
}
