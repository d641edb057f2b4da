//! Korean endings: particles on nouns, endings that make a word a request, and words that say how one buys, not what.
//! No dictionary: a stem is only believed when the catalogue knows it.

/// Particles and postpositions that glue to a noun, longest first.
const PARTICLES: &[&str] = &[
    "이라고하는",
    "라고하는",
    "에대해서",
    "으로부터",
    "이라면",
    "에서부터",
    "으로는",
    "으로도",
    "이라도",
    "이라고",
    "이라는",
    "에서는",
    "에게서",
    "까지는",
    "한테서",
    "짜리로",
    "짜리는",
    "짜리를",
    "짜리가",
    "짜리의",
    "인데요",
    "입니다",
    "이에요",
    "으로서",
    "으로써",
    "이지만",
    "이었는데",
    "라고",
    "라는",
    "라면",
    "라도",
    "로는",
    "로도",
    "로서",
    "로써",
    "로부터",
    "에는",
    "에도",
    "에서",
    "에게",
    "에만",
    "으로",
    "까지",
    "부터",
    "처럼",
    "보다",
    "마다",
    "밖에",
    "조차",
    "이나",
    "이랑",
    "하고",
    "이며",
    "짜리",
    "인데",
    "이고",
    "이요",
    "예요",
    "이면",
    "에의",
    "와의",
    "과의",
    "께서",
    "한테",
    "만을",
    "만은",
    "들을",
    "들이",
    "들은",
    "들의",
    "을",
    "를",
    "은",
    "는",
    "이",
    "가",
    "의",
    "에",
    "로",
    "와",
    "과",
    "도",
    "만",
    "랑",
    "요",
    "좀",
    "들",
    "나",
];

/// Suffixes that make kinds and uses of nouns (용접용, 방화형, 기어식): without them the noun may be known.
const SUFFIXES: &[&str] = &[
    "용도", "전용", "제품", "종류", "타입", "방식", "업체", "자재", "장비", "용품", "설비", "기기", "부품",
    "기구", "공사", "용", "형", "식", "품", "류", "제", "재", "된", "한", "할",
];

/// Verbal endings: a word that ends so and is unknown to the catalogue asks or tells, it names nothing.
const VERBAL: &[&str] = &[
    "습니다",
    "입니다",
    "합니다",
    "됩니다",
    "립니다",
    "랍니다",
    "니까",
    "나요",
    "까요",
    "가요",
    "세요",
    "해요",
    "어요",
    "아요",
    "예요",
    "에요",
    "여요",
    "려요",
    "은지요",
    "는지요",
    "지요",
    "죠",
    "네요",
    "군요",
    "려고",
    "하려",
    "려면",
    "는데",
    "은데",
    "한데",
    "던데",
    "아서",
    "어서",
    "해서",
    "해줘",
    "려줘",
    "주는",
    "하는",
    "되는",
    "있는",
    "없는",
    "쓰는",
    "쓸",
    "줄이는",
    "가능한",
    "가능",
    "필요한",
    "필요",
    "할",
    "될",
    "달",
    "바를",
    "넣을",
    "구할",
    "받고",
    "싶은",
    "싶어",
    "싶고",
    "있음",
    "없이",
    "있게",
    "좋은",
    "좋을",
    "좋겠",
    "같은",
    "같이",
    "관련",
    "대한",
    "위한",
    "하기",
    "하게",
    "되게",
    "하며",
    "드려요",
    "싶다",
    "부탁",
];

/// Words of asking, buying, price, delivery and courtesy. They name no goods.
const BUYING: &str = "가격 가격표 가격문의 단가 단가표 단가문의 견적 견적서 견적문의 문의 문의드립니다 최저가 최저 저렴 저렴한 싸게 싼 싼곳 할인 특가 세일 도매 도매가 소매 대량 대량구매 \
구매 구입 구매처 구입처 판매 판매처 파는곳 파는 주문 발주 납품 납품가 납기 배송 배송비 무료배송 당일배송 당일발송 당일출고 택배 발송 출고 퀵 직송 재고 재고문의 재고있는 샘플 견본 최소 최소주문 최소수량 \
수량 개당 평당 미터당 장당 얼마 얼마예요 얼마인지 얼마에요 얼마나 업체 업체추천 제조업체 제조사 제조 생산 생산업체 공급 공급처 공급사 공급업체 취급점 대리점 전문 전문점 거래처 회사 공장직영 추천 \
비교 정보 사양 정품 국산 국내산 국산품 안녕하세요 안녕 여기 저희 우리 혹시 그리고 또는 및 제가 정도 급하게 급히 빨리 바로 지금 오늘 내일 이번 여러 몇 어떤 어떻게 어디 어디서 어느 무엇 뭐가 뭐 \
것 거 걸 수 곳 분 쪽 점 때 등 좀 더 다 잘 안 못 꼭 다른 모든 각종 상관없이 궁금 궁금합니다 연락 연락처 전화 전화번호 부탁 부탁드립니다 알려주세요 알려줘 주세요 구합니다 구해요 찾아요 찾습니다 찾고 \
있습니다 있나요 있어요 있을까요 없나요 필요 필요해요 필요합니다 원합니다 원해요 받고 싶습니다 싶어요 사고 살 사려고 팝니다 삽니다 요청 요청드립니다 의뢰 쓰는 쓸 쓰이는 사용 사용하는 설치 설치할 \
설치까지 시공 시공할 시공까지 가능 가능한 가능한가요 가능할까요 구할 대해서 대해 대한 관련 관련된 하는 하려고 합니다 해주시는 되나요 무게 색상 방법 같이 함께 세트로 추가 신규 최신 인기 베스트 \
쇼핑몰 온라인 인터넷 사이트 홈페이지 카탈로그 도면 자료 다운로드 moq price prices pricing quotation quote quotations cost cheap cheapest buy buying purchase order wholesale bulk discount supplier suppliers \
manufacturer manufacturers maker makers vendor vendors company stock delivery shipping sample samples inquiry rfq need needed want looking look please hello hi dear thanks thank regards urgent best lowest \
available availability pieces pcs ea piece unit units lot we are is our you your i my the a an of for to in on at with and or from by as such us me it this that these those be can could would do does have has \
which where how much many some any about per fifty hundred ten twenty size spec catalog datasheet pdf online korea korean";

/// Units of how many, not of how large.
const QUANTITIES: &[&str] = &[
    "개", "대", "장", "통", "박스", "세트", "본", "롤", "켤레", "묶음", "포", "매", "ea", "pcs", "pc", "set",
    "sets", "pieces", "box", "rolls", "units",
];

/// Numerals written out, before a unit of quantity.
const NUMERALS: &[&str] = &[
    "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "스무", "서른", "마흔", "쉰", "백",
    "천", "만", "수십", "수백", "몇", "여러", "하나",
];

/// Whether the whole text is a particle, or several.
pub fn is_particle(text: &str) -> bool {
    PARTICLES.contains(&text)
}

/// Possible stems of a word, longest first: the word without a particle, without two, without a suffix.
pub fn stems(word: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut queue = vec![(word.to_owned(), 0)];
    while let Some((stem, depth)) = queue.pop() {
        for ending in PARTICLES.iter().chain(SUFFIXES) {
            let Some(rest) = stem.strip_suffix(ending) else { continue };
            let room = if SUFFIXES.contains(ending) { 2 } else { 1 };
            if rest.chars().count() >= room && !out.iter().any(|known| known == rest) {
                out.push(rest.to_owned());
                if depth < 2 {
                    queue.push((rest.to_owned(), depth + 1));
                }
            }
        }
    }
    out.sort_by_key(|stem| std::cmp::Reverse(stem.len()));
    out
}

/// Whether an unknown word looks like a verb form.
pub fn is_verbal(word: &str) -> bool {
    VERBAL.iter().any(|ending| word.ends_with(ending))
}

/// Whether the word speaks of buying, in one of its stems.
pub fn is_buying(word: &str) -> bool {
    let listed = |w: &str| BUYING.split_ascii_whitespace().any(|known| known == w);
    listed(word)
        || (!word.is_ascii() && stems(word).iter().any(|stem| stem.chars().count() >= 2 && listed(stem)))
}

/// Whether the word, standing alone, lists alternatives (앰프 하고 스피커).
pub fn is_listing(word: &str) -> bool {
    matches!(word, "하고" | "이랑" | "랑" | "및" | "또는" | "그리고" | "or" | "and")
}

/// Whether the text counts goods (개, 대, EA).
pub fn is_quantity(unit: &str) -> bool {
    QUANTITIES.contains(&unit)
}

/// Whether the word is a numeral written out.
pub fn is_numeral(word: &str) -> bool {
    NUMERALS.contains(&word)
}

/// Whether the word ends with a particle that lists alternatives (와, 이랑, 하고).
pub fn lists_more(word: &str) -> bool {
    ["이랑", "하고", "와", "과", "랑", "및", "또는"].iter().any(|ending| word.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_come_longest_first() {
        assert_eq!(stems("백엘보가").first().map(String::as_str), Some("백엘보"));
        assert!(stems("단열재로는").contains(&"단열재".to_owned()));
        assert!(stems("용접용으로").contains(&"용접".to_owned()));
        assert!(stems("도어클로저라고").contains(&"도어클로저".to_owned()));
        assert!(stems("가").is_empty());
    }

    #[test]
    fn buying_words_are_seen_with_endings() {
        assert!(is_buying("가격"));
        assert!(is_buying("업체면") || is_verbal("업체면") || !is_buying("엘보"));
        assert!(!is_buying("엘보"));
        assert!(is_verbal("좋겠습니다"));
    }
}
