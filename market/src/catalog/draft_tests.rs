//! Tests of reading drafts: every field, every kind of bad input.

use proptest::prelude::*;

use super::*;

fn good() -> ListingDraft {
    ListingDraft {
        category: "fasteners.bolts.hex".into(),
        title_ko: "육각볼트 M8×20".into(),
        description_ko: "아연도금한 육각볼트입니다. 100개씩 포장해요.".into(),
        specs: vec![
            SpecRow { name_ko: "나사".into(), value: "M8".into(), ..SpecRow::default() },
            SpecRow::default(),
        ],
        unit: "개".into(),
        price_kind: "negotiable".into(),
        ..ListingDraft::default()
    }
}

fn problems(draft: &ListingDraft, depth: Depth) -> Vec<(String, Problem)> {
    let (_, errors) = draft.read(depth, &ListingContent::default());
    errors.0.into_iter().map(|error| (error.field.into_owned(), error.problem)).collect()
}

fn problem(change: impl FnOnce(&mut ListingDraft)) -> Vec<(String, Problem)> {
    let mut draft = good();
    change(&mut draft);
    problems(&draft, Depth::Complete)
}

#[test]
fn a_good_draft_becomes_content_and_comes_back() {
    let content = good().validate(Depth::Complete, &ListingContent::default()).unwrap();
    assert_eq!(content.specs.len(), 1, "empty lines are dropped");
    let again = ListingDraft::from_content(&content).validate(Depth::Complete, &content).unwrap();
    assert_eq!(again, content);
}

#[test]
fn an_empty_draft_may_be_kept_but_not_sent() {
    assert!(problems(&ListingDraft::default(), Depth::Draft).is_empty());
    let missing: Vec<String> =
        problems(&ListingDraft::default(), Depth::Complete).into_iter().map(|(field, _)| field).collect();
    assert_eq!(missing, ["title_ko", "category", "price_kind", "unit", "description_ko"]);
}

#[test]
fn titles_have_limits() {
    let one = |problem| vec![("title_ko".to_owned(), problem)];
    assert_eq!(problem(|d| d.title_ko = "가".into()), one(Problem::TooShort { min: 2 }));
    assert_eq!(problem(|d| d.title_ko = "가".repeat(61)), one(Problem::TooLong { max: 60, actual: 61 }));
    assert_eq!(problem(|d| d.title_ko = "!!! ★★".into()), one(Problem::Rule("name.letters".into())));
    assert_eq!(problem(|d| d.title_ko = "볼\u{fffd}트".into()), one(Problem::Rule("text.unreadable".into())));
}

#[test]
fn categories_are_leaves() {
    for wrong in ["fasteners", "fasteners.bolts", "nothing", "' OR 1=1"] {
        assert_eq!(
            problem(|d| d.category = wrong.into()),
            [("category".to_owned(), Problem::NotChoice)],
            "{wrong}"
        );
    }
}

#[test]
fn spec_lines_name_their_place() {
    let row =
        |name: &str, value: &str| SpecRow { name_ko: name.into(), value: value.into(), ..SpecRow::default() };
    assert_eq!(
        problem(|d| d.specs = vec![SpecRow::default(), row("재질", "")]),
        [("spec-value-1".to_owned(), Problem::Required)]
    );
    assert_eq!(
        problem(|d| d.specs = vec![row("", "M8")]),
        [("spec-name-ko-0".to_owned(), Problem::Required)]
    );
    assert_eq!(
        problem(|d| d.specs = vec![row("재질", "SUS"); 41]),
        [("specs".to_owned(), Problem::TooMany { max: 40 })]
    );
}

#[test]
fn prices_are_amounts() {
    for wrong in ["천이백칠십", "0", "-1", "1.5", "1e9", "99999999999999"] {
        let found = problem(|d| {
            d.price_kind = "public".into();
            d.price = wrong.into();
        });
        assert_eq!(found, [("price".to_owned(), Problem::NotMoney)], "{wrong}");
    }
    let mut draft = good();
    draft.price_kind = "public".into();
    draft.price = "１，２７０".into();
    assert_eq!(
        draft.validate(Depth::Complete, &ListingContent::default()).unwrap().price,
        Price::Public(Money::won(1270))
    );
}

#[test]
fn tiers_ascend() {
    let with = |rows: &[(&str, &str)]| {
        problem(|d| {
            d.price_kind = "tiers".into();
            d.tiers = rows
                .iter()
                .map(|(from, price)| TierDraft { from: (*from).into(), price: (*price).into() })
                .collect();
        })
    };
    assert!(with(&[("1", "120"), ("", ""), ("1,000", "96")]).is_empty());
    assert_eq!(
        with(&[("10", "1"), ("10", "1")]),
        [("tier-from-1".to_owned(), Problem::Rule("tiers.ascending".into()))]
    );
    assert_eq!(with(&[("1", "")]), [("tier-price-0".to_owned(), Problem::Required)]);
    assert_eq!(with(&[]), [("tiers".to_owned(), Problem::Required)]);
    let nine: Vec<(String, String)> = (1..=9).map(|n| (n.to_string(), "1".to_owned())).collect();
    let nine: Vec<(&str, &str)> = nine.iter().map(|(from, price)| (from.as_str(), price.as_str())).collect();
    assert_eq!(with(&nine), [("tiers".to_owned(), Problem::TooMany { max: 8 })]);
}

#[test]
fn numbers_and_codes_have_bounds() {
    assert_eq!(
        problem(|d| d.moq = "0".into()),
        [("moq".to_owned(), Problem::OutOfRange { min: 1, max: QUANTITY_MAX })]
    );
    assert_eq!(
        problem(|d| d.lead_time_days = "731".into()),
        [("lead_time_days".to_owned(), Problem::OutOfRange { min: 0, max: 730 })]
    );
    for right in ["", "7318", "7318.15", "7318.15-9000", "7318 15 9000"] {
        assert!(problem(|d| d.hs_code = right.into()).is_empty(), "{right}");
    }
    for wrong in ["731", "73181", "7318159", "73I8", "７３１８"] {
        assert_eq!(
            problem(|d| d.hs_code = wrong.into()),
            [("hs_code".to_owned(), Problem::Rule("hs_code.digits".into()))],
            "{wrong}"
        );
    }
}

#[test]
fn markup_and_queries_are_only_text() {
    let hostile = "<script>alert('x')</script> '; DROP TABLE listings; --";
    let mut draft = good();
    draft.title_ko = hostile.into();
    draft.description_ko = hostile.into();
    let content = draft.validate(Depth::Complete, &ListingContent::default()).unwrap();
    assert_eq!(content.title_ko, hostile);
}

#[test]
fn autosave_keeps_what_can_be_read() {
    let base = good().validate(Depth::Complete, &ListingContent::default()).unwrap();
    let mut draft = good();
    draft.title_ko = "가".repeat(99);
    draft.origin = "대한민국".into();
    let (content, errors) = draft.read(Depth::Draft, &base);
    assert_eq!((content.title_ko.as_str(), content.origin.as_str()), ("육각볼트 M8×20", "대한민국"));
    assert_eq!(errors.0.len(), 1);
}

/// Text as people and programs send it: any characters, mixed with those that break things.
fn hostile() -> impl Strategy<Value = String> {
    let nasty = prop_oneof![
        Just("\0".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\u{1112}\u{1161}\u{11ab}".to_owned()),
        Just("👨‍👩‍👧".to_owned()),
        Just("</textarea><img src=x onerror=alert(1)>".to_owned()),
        Just("'; DROP TABLE listings; --".to_owned()),
        Just("\u{fffd}".to_owned()),
        Just("\r\n\t".to_owned()),
        ".{0,30}",
    ];
    proptest::collection::vec(nasty, 0..6).prop_map(|parts| parts.concat())
}

proptest! {
    #[test]
    fn whatever_is_accepted_is_clean(title in hostile(), body in hostile(), name in hostile(), value in hostile(), number in hostile()) {
        let mut draft = good();
        draft.title_ko.clone_from(&title);
        draft.description_ko = body;
        draft.specs = vec![SpecRow { name_ko: name, name_en: title.clone(), value, unit: number.clone() }];
        draft.moq.clone_from(&number);
        draft.hs_code.clone_from(&number);
        draft.origin = number;
        let base = ListingContent::default();
        let (content, _) = draft.read(Depth::Draft, &base);
        let stored = serde_json::to_string(&content).unwrap();
        for hidden in ['\0', '\u{202e}', '\u{fffd}', '\u{200b}', '\u{feff}'] {
            prop_assert!(!stored.contains(hidden));
        }
        prop_assert!(unicode_normalization::is_nfc(&stored));
        prop_assert!(text::length(&content.title_ko) <= TITLE_MAX);
        prop_assert!(content.specs.len() <= SPEC_ROWS_MAX);
        // what was accepted once is accepted again, unchanged
        let (again, errors) = ListingDraft::from_content(&content).read(Depth::Draft, &base);
        prop_assert!(errors.is_empty(), "{errors:?}");
        prop_assert_eq!(again, content);
    }
}
