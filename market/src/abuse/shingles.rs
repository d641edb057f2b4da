//! How alike two texts are: pieces of five letters (shingles) and the share of them that both have (Jaccard). Case,
//! blanks, punctuation and digits do not count, so another number or name in the same letter changes little. The window
//! that is compared is small, so the sets themselves are compared and nothing has to be kept.

use std::collections::BTreeSet;

/// Letters in one piece.
const LENGTH: usize = 5;
/// Texts with fewer pieces are alike by chance: "견적 부탁드립니다" is what everybody writes.
pub const LEAST: usize = 24;
/// Pieces of one text that are compared.
const MOST: usize = 4_000;

/// The pieces of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shingles(BTreeSet<[char; LENGTH]>);

impl Shingles {
    /// Of a text.
    pub fn of(text: &str) -> Self {
        let letters: Vec<char> =
            text.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).take(MOST).collect();
        let pieces = letters.windows(LENGTH).filter_map(|piece| <[char; LENGTH]>::try_from(piece).ok());
        Self(pieces.collect())
    }

    /// Whether the text is long enough to be told from others.
    pub fn tells(&self) -> bool {
        self.0.len() >= LEAST
    }

    /// What both share, in percent of what either has.
    pub fn alike(&self, other: &Self) -> usize {
        let shared = self.0.intersection(&other.0).count();
        let all = self.0.len() + other.0.len() - shared;
        (shared * 100).checked_div(all).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const LETTER: &str = "안녕하세요. 귀사의 무궁한 발전을 기원합니다. 저희는 수출 마케팅을 대행하는 회사로 이번 달에만 특별한 \
        조건을 드립니다. 해외 구매자 명단과 전시회 부스를 함께 준비해 드리니 편하실 때 답장 주시면 자료를 보내 드리겠습니다.";

    #[test]
    fn the_same_letter_with_another_name_is_the_same() {
        let other = LETTER.replace("귀사", "가온볼트").replace("이번 달", "11월");
        assert!(Shingles::of(LETTER).alike(&Shingles::of(&other)) >= 70);
        let spaced = LETTER.replace(' ', "  ").replace('.', "!");
        assert_eq!(Shingles::of(LETTER).alike(&Shingles::of(&spaced)), 100);
    }

    #[test]
    fn two_honest_questions_are_not() {
        let one =
            Shingles::of("육각볼트 M8 SUS304 2,000개 단가와 납기를 알려 주세요. 시화공단 도착 조건입니다.");
        let two = Shingles::of(
            "베어링 하우징 도면 드릴 테니 소량 30개 가공 가능한지, 열처리까지 되는지 궁금합니다.",
        );
        assert!(one.tells() && two.tells());
        assert!(one.alike(&two) < 20);
    }

    #[test]
    fn what_everybody_writes_tells_nothing() {
        assert!(!Shingles::of("견적 부탁드립니다. 수량은 2,000개입니다.").tells());
        assert!(!Shingles::of("").tells());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn likeness_is_mutual_and_whole_to_itself(a in "\\PC{0,200}", b in "\\PC{0,200}") {
            let (a, b) = (Shingles::of(&a), Shingles::of(&b));
            prop_assert_eq!(a.alike(&b), b.alike(&a));
            prop_assert!(a.alike(&b) <= 100);
            prop_assert!(!a.tells() || a.alike(&a) == 100);
        }
    }
}
