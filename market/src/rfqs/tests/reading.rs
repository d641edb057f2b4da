//! How well the reader reads: floors for each field, for the part the rules were written with and for the part that
//! was held out.

use time::{Date, Month};

use crate::rfqs::parse::parse;

const REQUESTS: &str = include_str!("requests.jsonl");

#[derive(serde::Deserialize)]
struct Expected {
    part: String,
    text: String,
    lines: Vec<crate::rfqs::RequestLine>,
    due: String,
    place: String,
}

/// Requests read right, by field: item, quantity, unit, grade, dimension, day, place; and how many there are.
fn score(part: &str) -> ([usize; 7], usize) {
    let today = Date::from_calendar_date(2026, Month::November, 27).unwrap();
    let (mut right, mut all) = ([0; 7], 0);
    for row in REQUESTS.lines() {
        let expected: Expected = serde_json::from_str(row).unwrap();
        if expected.part != part {
            continue;
        }
        all += 1;
        let read = parse(&expected.text, today);
        let same = |of: fn(&crate::rfqs::RequestLine) -> &str| {
            read.lines.iter().map(of).eq(expected.lines.iter().map(of))
        };
        let fields = [
            same(|line| &line.item),
            same(|line| &line.quantity),
            same(|line| &line.unit),
            same(|line| &line.grade),
            same(|line| &line.dimension),
            read.due.map(|day| day.to_string()).unwrap_or_default() == expected.due,
            read.place == expected.place,
        ];
        for (count, field) in right.iter_mut().zip(fields) {
            *count += usize::from(field);
        }
    }
    (right, all)
}

fn demand(part: &str, floors: [usize; 7], least: usize) {
    let (right, all) = score(part);
    assert!(all >= least, "{part}: {all}");
    for ((right, floor), field) in
        right.into_iter().zip(floors).zip(["item", "quantity", "unit", "grade", "dimension", "due", "place"])
    {
        assert!(right * 100 >= floor * all, "{part} {field}: {right} of {all}");
    }
}

#[test]
fn reads_requests_it_was_written_with() {
    demand("rules", [90, 98, 98, 96, 96, 98, 98], 100);
}

#[test]
fn reads_requests_that_were_held_out() {
    demand("held", [87, 96, 96, 96, 96, 96, 96], 50);
}

#[test]
fn any_text_is_read_without_harm() {
    let today = Date::from_calendar_date(2026, Month::November, 27).unwrap();
    for text in [
        "",
        "   ",
        "\n\n",
        "×××",
        "1",
        "x",
        "99999999999999999999개",
        "월 일",
        "2/30까지",
        "13월 45일",
        "(((",
        "만천백",
    ] {
        let read = parse(text, today);
        assert!(read.lines.len() <= 1, "{text}: {read:?}");
    }
    let long = "볼트 M8 3개, ".repeat(500);
    assert_eq!(parse(&long, today).lines.len(), crate::rfqs::parse::MOST_LINES);
}

proptest::proptest! {
    #[test]
    fn reads_whatever_comes(text in "\\PC{0,120}") {
        let today = Date::from_calendar_date(2026, Month::November, 27).unwrap();
        let _ = parse(&text, today);
    }
}
