//! What may be set against what, and which is best.

use super::super::Break;
use super::*;
use crate::time::Timestamp;

fn quote(price: i64, vat: Vat) -> Quote {
    Quote {
        version: 1,
        currency: Currency::Krw,
        vat,
        lines: vec![QuoteLine {
            item: String::new(),
            quantity: Some(100),
            unit: "개".into(),
            price: UnitPrice::whole(price),
            breaks: Vec::new(),
        }],
        lead_time_days: 3,
        valid_until: Timestamp(0),
        incoterm: None,
        place: String::new(),
        payment: String::new(),
        sample: String::new(),
    }
}

#[test]
fn tax_is_taken_out_before_comparing() {
    let (cheap, dear) = (quote(110, Vat::Included), quote(101, Vat::Excluded));
    let columns = compare(&[&dear, &cheap], Asked::default());
    assert_eq!(columns[1].unit, Cell::Value { value: UnitPrice::whole(100), best: true });
    assert_eq!(columns[1].total, Cell::Value { value: Money::won(10_000), best: true });
    assert!(matches!(columns[0].unit, Cell::Value { best: false, .. }));
    assert!(matches!(columns[0].lead, Cell::Value { best: false, .. }), "equal days: none is best");
}

#[test]
fn what_differs_is_named_and_never_best() {
    let usual = quote(100, Vat::Excluded);
    let dollars = Quote { currency: Currency::Usd, ..quote(1, Vat::Excluded) };
    let shipped = Quote { incoterm: Some(Incoterm::Ddp), ..quote(1, Vat::Excluded) };
    let mut by_weight = quote(1, Vat::Excluded);
    by_weight.lines[0].unit = "kg".into();
    let mut fewer = quote(1, Vat::Excluded);
    fewer.lines[0].quantity = Some(10);
    let mut open = quote(1, Vat::Excluded);
    open.lines[0].quantity = None;
    let mut several = quote(1, Vat::Excluded);
    several.lines.push(several.lines[0].clone());
    let columns =
        compare(&[&usual, &usual, &dollars, &shipped, &by_weight, &fewer, &open, &several], Asked::default());
    let why = |at: usize| columns[at].total.clone();
    assert_eq!(why(2), Cell::Not(Incomparable::Currency(Currency::Usd)));
    assert_eq!(why(3), Cell::Not(Incomparable::Delivery(Some(Incoterm::Ddp), String::new())));
    assert_eq!(why(4), Cell::Not(Incomparable::Unit("kg".into())));
    assert_eq!(why(5), Cell::Not(Incomparable::Quantity(10)));
    assert_eq!(why(6), Cell::Not(Incomparable::NoQuantity));
    assert_eq!(columns[7].unit, Cell::Not(Incomparable::SeveralLines));
    assert!(compare(&[], Asked::default()).is_empty());
    assert!(
        matches!(compare(&[&usual], Asked::default())[0].total, Cell::Value { best: false, .. }),
        "alone is not best"
    );
}

fn item(name: &str, price: i64, quantity: i64) -> QuoteLine {
    QuoteLine {
        item: name.into(),
        quantity: Some(quantity),
        unit: "개".into(),
        price: UnitPrice::whole(price),
        breaks: Vec::new(),
    }
}

#[test]
fn a_quote_for_a_part_never_wins() {
    let whole = Quote {
        lines: vec![item("볼트 M8", 50, 100), item("너트", 30, 100), item("와셔", 9, 100)],
        ..quote(1, Vat::Excluded)
    };
    let turned = Quote {
        lines: vec![item("와셔", 8, 100), item("볼트  m8", 50, 100), item("너트", 30, 100)],
        ..whole.clone()
    };
    let part = Quote { lines: vec![item("와셔", 5, 100)], ..whole.clone() };
    let two = Quote { lines: vec![item("너트", 5, 100), item("와셔", 5, 100)], ..whole.clone() };
    let fewer = Quote {
        lines: vec![item("볼트 M8", 5, 10), item("너트", 3, 10), item("와셔", 1, 10)],
        ..whole.clone()
    };
    for several in [true, false] {
        let columns = compare(&[&whole, &part, &two, &fewer, &turned], Asked { quantity: None, several });
        for at in [1, 2, 3] {
            assert_eq!(columns[at].total, Cell::Not(Incomparable::Lines), "{at}");
        }
        assert_eq!(columns[1].unit, Cell::Not(Incomparable::Lines));
        assert_eq!(columns[4].total, Cell::Value { value: Money::won(8_800), best: true });
    }
    // two that each quote another one of the things
    let other = Quote { lines: vec![item("너트", 4, 100)], ..whole };
    let columns = compare(&[&part, &other], Asked { quantity: None, several: true });
    assert!(
        !matches!(columns[1].total, Cell::Value { .. }) && !matches!(columns[1].unit, Cell::Value { .. })
    );
}

#[test]
fn places_count_and_spellings_do_not() {
    let at = |place: &str, unit: &str, price: i64| {
        let mut quote = quote(price, Vat::Excluded);
        (quote.incoterm, quote.place) = (Some(Incoterm::Fob), place.to_owned());
        quote.lines[0].unit = unit.to_owned();
        quote
    };
    let quotes =
        [at("Busan", "EA", 100), at("busan ", "개", 90), at("Shanghai", "pcs", 50), at("BUSAN", "", 80)];
    let columns = compare(&quotes.each_ref(), Asked::default());
    assert!(matches!(columns[1].unit, Cell::Value { best: false, .. }));
    let elsewhere = Incomparable::Delivery(Some(Incoterm::Fob), "Shanghai".into());
    assert_eq!(columns[2].unit, Cell::Not(elsewhere.clone()));
    assert_eq!(columns[2].total, Cell::Not(elsewhere));
    assert_eq!(columns[3].unit, Cell::Value { value: UnitPrice::whole(80), best: true });
}

#[test]
fn prices_stand_at_the_quantity_asked_for() {
    let with = |quantity: i64, price: i64, breaks: &[(i64, i64)]| {
        let mut quote = quote(price, Vat::Excluded);
        quote.lines[0].quantity = Some(quantity);
        quote.lines[0].breaks = breaks
            .iter()
            .map(|(from, price)| Break { from: *from, price: UnitPrice::whole(*price) })
            .collect();
        quote
    };
    let (small, exact, fixed) =
        (with(10, 120, &[(50, 110), (100, 70)]), with(100, 80, &[]), with(10, 60, &[]));
    let asked = Asked::of(["100개"], false);
    assert_eq!(asked, Asked { quantity: Some(100), several: false });
    let columns = compare(&[&small, &exact, &fixed], asked);
    assert_eq!(columns[0].unit, Cell::Value { value: UnitPrice::whole(70), best: true });
    assert_eq!(columns[0].total, Cell::Value { value: Money::won(7_000), best: true });
    assert_eq!((columns[0].at, columns[1].at, columns[2].at), (Some(100), None, None));
    assert_eq!(columns[1].total, Cell::Value { value: Money::won(8_000), best: false });
    assert_eq!(columns[2].total, Cell::Not(Incomparable::Quantity(10)), "nobody said what a hundred cost");
    // nobody offers what was asked for: those that agree are still compared
    let (one, two) = (with(10, 60, &[]), with(10, 50, &[]));
    let columns = compare(&[&one, &two], asked);
    assert_eq!(columns[1].total, Cell::Value { value: Money::won(500), best: true });
}
