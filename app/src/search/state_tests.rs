//! An address says everything, and any address is read.

use market::catalog::{badges, taxonomy};
use market::search::model::ANSWER_STEPS;
use market::search::{Bounds, Sort};
use market::{regions, text};
use proptest::prelude::*;

use super::state::{LAST_PAGE, PRICE_KINDS, ResultsState, SORTS};

fn some_of(codes: Vec<&'static str>) -> impl Strategy<Value = Vec<&'static str>> {
    let most = codes.len().min(6);
    prop::sample::subsequence(codes, 0..=most).prop_map(|mut list| {
        list.sort_unstable();
        list
    })
}

fn bounds() -> impl Strategy<Value = Bounds> {
    let end = || prop::option::of(0..=1_000_000_000_000_i64);
    (end(), end()).prop_map(|(min, max)| Bounds { min, max })
}

fn states() -> impl Strategy<Value = ResultsState> {
    let codes = |standard: bool| {
        badges::all()
            .iter()
            .filter(|badge| badge.standard == standard)
            .map(|badge| badge.code)
            .collect::<Vec<_>>()
    };
    let facets = (
        some_of(taxonomy::all().iter().map(|category| category.code).collect()),
        some_of(regions::all().iter().map(|region| region.code).collect()),
        some_of(PRICE_KINDS.to_vec()),
        some_of(codes(false)),
        some_of(codes(true)),
        some_of(ANSWER_STEPS.map(|(code, _)| code).to_vec()),
    );
    let rest = (
        (bounds(), bounds(), bounds()),
        prop::option::of("[0-9a-f]{1,80}"),
        prop::sample::select(SORTS.to_vec()),
        1..=LAST_PAGE,
        (any::<bool>(), any::<bool>()),
    );
    ("\\PC{0,40}", facets, rest).prop_map(
        |(
            q,
            (category, region, price_kind, badge, certificate, answer),
            ((price, moq, lead), cursor, (sort, _), page, (literal, table)),
        )| {
            ResultsState {
                q: text::line(&q),
                category,
                region,
                price_kind,
                badge,
                certificate,
                answer,
                price,
                moq,
                lead,
                sort,
                page,
                cursor,
                literal,
                table,
            }
        },
    )
}

proptest! {
    #[test]
    fn an_address_says_everything(state in states()) {
        prop_assert_eq!(ResultsState::parse(&state.to_query()), (state, false));
    }

    #[test]
    fn any_address_is_read(query in "\\PC{0,300}") {
        let (state, _) = ResultsState::parse(&query);
        let (again, cut) = ResultsState::parse(&state.to_query());
        prop_assert_eq!((again, cut), (state, false));
    }
}

#[test]
fn the_table_is_said_and_the_list_is_not() {
    let (state, _) = ResultsState::parse("q=a&view=table&page=2");
    assert!(state.table);
    assert_eq!(state.to_query(), "q=a&view=table&page=2");
    assert_eq!(state.viewed(false).to_query(), "q=a&page=2");
    for other in ["list", "", "TABLE", "table2", "%00"] {
        let (state, _) = ResultsState::parse(&format!("q=a&view={other}"));
        assert_eq!(state.to_query(), "q=a", "{other}");
    }
    let narrowed = ResultsState { category: vec!["fasteners.bolts.hex"], ..state };
    for kept in [
        narrowed.on_page(1),
        narrowed.behind("00"),
        narrowed.with_words("b"),
        narrowed.without_conditions(),
        narrowed.without(market::search::FacetKind::Category, "fasteners.bolts.hex"),
    ] {
        assert!(kept.to_query().contains("view=table"), "{}", kept.to_query());
    }
}

#[test]
fn absurd_values_are_dropped() {
    let (state, cut) = ResultsState::parse(
        "page=-5&moq=-1&lead=7&sort=evil&region=mars&category=hex-bolts&category=hex-bolts&price_kind=free&cursor=AAAA&q=%00%FFa",
    );
    assert_eq!(
        (state.page, state.moq.max, state.lead.max, state.sort, cut),
        (1, None, Some(7), Sort::Relevance, false)
    );
    assert_eq!(
        (state.region.len(), state.category.as_slice(), state.price_kind.len()),
        (0, ["fasteners.bolts.hex"].as_slice(), 0)
    );
    assert_eq!(ResultsState::parse("page=99999999999999999").0.page, LAST_PAGE);
    assert_eq!(ResultsState::parse("page=99999999999999999999999999").0.page, 1);
    let long = format!("q={}", "가".repeat(500));
    let (state, cut) = ResultsState::parse(&long);
    assert_eq!((state.q.chars().count(), cut), (400, true));
    let flood = "badge=venture&badge=innobiz&".repeat(500);
    assert_eq!(ResultsState::parse(&flood).0.badge.len(), 2);
}
