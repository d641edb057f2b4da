//! What is read as a number with its unit, and what is not.

use proptest::prelude::*;

use super::*;
use crate::search::clean::clean;

fn terms(text: &str) -> Vec<String> {
    measures(&clean(text)).into_iter().flat_map(|m| m.terms).collect()
}

/// Whether every ask of the question is answered by the document.
fn answers(question: &str, document: &str) -> bool {
    let have = terms(document);
    let asks: Vec<Ask> = measures(&clean(question)).into_iter().flat_map(|m| m.asks).collect();
    !asks.is_empty() && asks.iter().all(|ask| ask.iter().any(|(form, _)| have.contains(form)))
}

#[test]
fn the_same_size_in_many_hands() {
    for (question, document) in [
        ("D15×15T", "D15*15t"),
        ("15A 15t", "D15*15t"),
        ("100A", "Φ100mm"),
        ("Φ80", "D80"),
        ("DN150", "D150"),
        ("M12x1000", "M12×1000"),
        ("m10*1000", "M10×1000mm"),
        ("300 x 300 x 8", "300*300*8mm"),
        ("25sq", "25㎟"),
        ("2.5mm2", "AS, 2.5㎟"),
        ("24kg/m3", "24kg/㎥"),
        ("50mm", "50T"),
        ("10K", "(10KG)"),
        ("0.5t", "0.5T"),
        ("100리터", "100L"),
        ("7.5마력", "7.5HP"),
        ("300킬로", "300kg"),
        ("1220x2440", "12*1220*2440"),
        ("12t", "12*1220*2440"),
        ("1/2\"", "15A"),
        ("1-1/2인치", "D40"),
        ("300각", "300*300"),
        ("10마력짜리", "10HP"),
        ("4극으로", "4P"),
        ("500kg까지", "500kg"),
        ("S#40", "(용접 S#40)"),
        ("#200", "#200"),
        ("103도", "103℃"),
        ("1,000kg", "1000kg"),
        ("3로", "3로, 16A 250V"),
        ("D100x50", "D100xD50"),
        ("600", "600*600mm"),
        ("0.1μF", "0.1uF"),
        ("0.1µF", "0.1uF 50V"),
        ("100nF", "0.1uF"),
        ("100000pF", "0.1μF"),
        ("4.7uH", "4.7μH"),
        ("10kA", "10000A"),
        ("500mA", "0.5A"),
        ("1마력", "0.75kW"),
        ("0.75kW", "1HP"),
        ("750W", "1HP"),
        ("7.5마력", "5.5kW"),
        ("1/50", "1:50"),
        ("1:50", "감속비 1/50"),
        ("50", "감속비 1/50"),
        ("304L", "STS304 파이프"),
        ("304L", "SUS304L"),
        ("40x30x25cm", "400*300*250"),
        ("400x300x250", "40x30x25cm"),
        ("50미리", "50ml"),
        ("50미리", "50mm"),
        ("10씨씨", "10mL"),
        ("100밀리리터", "0.1L"),
    ] {
        assert!(
            answers(question, document),
            "{question} / {document}: {:?} {:?}",
            measures(&clean(question)),
            terms(document)
        );
    }
}

#[test]
fn other_numbers_do_not_match() {
    for (question, document) in [
        ("D15", "D150"),
        ("15A", "150A"),
        ("5HP", "7.5HP"),
        ("25mm2", "2.5㎟"),
        ("50회선", "150회선"),
        ("100kg", "1000kg"),
        ("20T", "D20"),
        ("M8x20", "M8x25"),
        ("1HP", "1/4HP"),
        ("15t", "D15"),
        ("300x300", "300x400"),
        ("0.1uF", "0.1nF"),
        ("1:50", "50 1/10"),
        ("1/50", "1/5"),
        ("1/50", "50A"),
        ("40x30x25cm", "40x30x25mm"),
        ("1마력", "1kW"),
        ("304L", "PVC 100L"),
    ] {
        assert!(!answers(question, document), "{question} / {document}");
    }
}

#[test]
fn part_numbers_are_left_alone() {
    for code in ["LM324", "SC16IS752", "MAX3222", "IRF740", "DS1621", "xqzvwk9931"] {
        assert!(measures(&clean(code)).is_empty(), "{code}: {:?}", measures(&clean(code)));
    }
}

#[test]
fn quantities_ask_nothing() {
    assert!(measures("100개").first().unwrap().asks.is_empty());
    assert!(measures("50 pieces").first().unwrap().asks.is_empty());
}

proptest! {
    #[test]
    fn never_panics_and_spans_are_sound(text in any::<String>()) {
        let text = clean(&text);
        let mut last = 0;
        for m in measures(&text) {
            prop_assert!(m.start >= last && m.end >= m.start && text.get(m.start..m.end).is_some());
            last = m.end;
        }
    }

    #[test]
    fn different_numbers_never_answer_each_other(a in 1u32..2000, b in 1u32..2000, unit in "(mm|t|kg|a|hp|l|v|회선|구)") {
        prop_assume!(a != b);
        let (question, document) = (format!("{a}{unit}"), format!("{b}{unit}"));
        prop_assert!(!answers(&question, &document), "{} / {}", question, document);
    }
}
