//! The forms of a question: as it is counted, as rules look for it, and what is never kept. Pure.

use crate::search::clean::clean;

/// Longest question kept, in characters; longer ones are sentences that say who wrote them.
const LONGEST: usize = 80;
/// From this many digits in a row of digits and joints a text is a number of somebody.
const NUMBER_OF_SOMEBODY: usize = 9;

/// The form in which a question is counted: folded, single blanks. None for what is empty, too long to be a
/// question, or looks like something personal.
pub fn counted(text: &str) -> Option<String> {
    let folded = clean(text);
    let length = folded.chars().count();
    (length > 0 && length <= LONGEST && !is_personal(&folded)).then_some(folded)
}

/// The form by which a rule finds its question: folded, without blanks, so that spacing makes no difference.
pub fn matched(text: &str) -> String {
    clean(text).chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a text looks like an address, a telephone number, a business number or another number of somebody.
pub fn is_personal(text: &str) -> bool {
    text.contains('@') || text.contains("http:") || text.contains("https:") || digits_of_somebody(text)
}

/// Long numbers: only digits and the joints that people put between them. Sizes (`100×50`) and part numbers (a Latin
/// letter before the digits) are none of these.
pub(crate) fn digits_of_somebody(text: &str) -> bool {
    let (mut digits, mut of_product, mut before) = (0, false, ' ');
    for c in text.chars() {
        if c.is_ascii_digit() {
            if !before.is_ascii_digit() && before.is_ascii_alphabetic() {
                of_product = true;
            }
            digits += 1;
            if digits >= NUMBER_OF_SOMEBODY && !of_product {
                return true;
            }
        } else if !matches!(c, '-' | ' ' | '.' | '+' | '(' | ')' | '_') {
            (digits, of_product) = (0, false);
        }
        before = c;
    }
    false
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spacing_and_width_make_no_difference_to_a_rule() {
        assert_eq!(matched(" 육각 볼트\u{200b}Ｍ８ "), "육각볼트m8");
        assert_eq!(matched("M8 × 20"), matched("m8×20"));
    }

    #[test]
    fn what_says_who_somebody_is_is_not_kept() {
        for personal in [
            "kim@example.kr",
            "kim ＠ example.kr",
            "010-1234-5678",
            "01012345678 볼트",
            "+82 10 1234 5678",
            "124-81-00998",
            "1248100998",
            "900101-1234567",
            "https://example.kr/x",
            "홍길동 031.400.0001 연락",
        ] {
            assert_eq!(counted(personal), None, "{personal}");
        }
        for goods in
            ["육각볼트 M8×20", "sus304 100×50×6", "lm317", "6205-2RS", "D15 x 15t", "1/2\"", "km1234567890x"]
        {
            assert!(counted(goods).is_some(), "{goods}");
        }
        assert_eq!(counted(&"볼트 ".repeat(40)), None);
        assert_eq!(counted(" \u{200b}"), None);
        assert_eq!(counted("  스텐   볼트 "), Some("스텐 볼트".into()));
    }

    proptest! {
        #[test]
        fn a_counted_form_is_its_own_form(text in "\\PC{0,100}") {
            if let Some(form) = counted(&text) {
                prop_assert!(!is_personal(&form));
                prop_assert_eq!(matched(&form), matched(&text));
                prop_assert_eq!(counted(&form), Some(form));
            }
        }

        #[test]
        fn no_number_of_nine_digits_is_kept(a in "[0-9]{2,4}", b in "[0-9]{3,4}", c in "[0-9]{4,5}", joint in "[-. ]?", around in "(볼트 )?") {
            prop_assert_eq!(counted(&format!("{around}{a}{joint}{b}{joint}{c}")), None);
        }
    }
}
