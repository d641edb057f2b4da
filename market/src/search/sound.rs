//! How a loan word sounds, so that its spellings meet: 레듀샤 = 리듀서, 후라쉬 = 플러시, 몰탈 = 모르타르.
//! [`key`] keeps vowels in broad classes; [`skeleton`] keeps consonants only and reads Latin too (flange = 플랜지).

use super::hangul;

/// A spelling-independent form of a Hangul word. Two spellings of one loan word share it; so may unrelated words,
/// therefore it is evidence of second rank.
pub fn key(word: &str) -> String {
    let syllables: Vec<(char, char, Option<char>)> = word.chars().filter_map(hangul::split).collect();
    let mut out = String::new();
    for (i, (lead, vowel, tail)) in syllables.iter().copied().enumerate() {
        let next = syllables.get(i + 1).map(|s| s.0);
        push_lead(&mut out, (lead, vowel, tail), next, i == 0);
        push_vowel(&mut out, lead, vowel, tail);
        if let Some(tail) = tail {
            push(&mut out, coda(tail));
        }
    }
    out
}

fn push_lead(
    out: &mut String,
    (lead, vowel, tail): (char, char, Option<char>),
    next: Option<char>,
    first: bool,
) {
    // fl, fi were heard as hu, hwi through Japanese: 후렌지, 휠터; f behind a vowel as well: 루후, 샤후트
    let breathed = lead == 'ㅎ'
        && (matches!(vowel, 'ㅟ' | 'ㅞ')
            || (vowel == 'ㅜ' && (next == Some('ㄹ') || (!first && tail.is_none()) || tail == Some('ㄹ'))));
    if breathed {
        push(out, 'b');
        return;
    }
    match lead {
        'ㅇ' => {}
        'ㄱ' | 'ㄲ' | 'ㅋ' if out.ends_with('G') => {}
        lead => push(out, consonant(lead)),
    }
}

fn push_vowel(out: &mut String, lead: char, vowel: char, tail: Option<char>) {
    let closed = matches!(tail, None | Some('ㄹ'));
    let silent = match vowel {
        'ㅡ' => closed || lead != 'ㅇ',
        'ㅜ' => matches!(lead, 'ㅍ' | 'ㅎ') || (lead == 'ㅋ' && tail == Some('ㄹ')),
        _ => false,
    };
    if silent {
        return;
    }
    let class = match (lead, vowel) {
        ('ㅋ', 'ㅓ' | 'ㅗ') if matches!(tail, None | Some('ㄴ' | 'ㅁ')) => 'a',
        ('ㄹ', 'ㅔ' | 'ㅐ' | 'ㅣ') => 'i',
        (_, 'ㅏ' | 'ㅑ' | 'ㅓ' | 'ㅕ' | 'ㅘ' | 'ㅝ') => 'a',
        (_, 'ㅐ' | 'ㅒ' | 'ㅔ' | 'ㅖ' | 'ㅚ' | 'ㅙ' | 'ㅞ') => 'e',
        (_, 'ㅗ' | 'ㅛ') => 'o',
        (_, 'ㅜ' | 'ㅠ' | 'ㅡ') => 'u',
        _ => 'i',
    };
    // 테이프 = 테프, 엘보우 = 엘보
    let drawn = lead == 'ㅇ'
        && matches!(
            (out.chars().next_back(), class),
            (Some('e' | 'i'), 'i') | (Some('o'), 'u') | (Some('a'), 'a')
        );
    if !drawn {
        if matches!(vowel, 'ㅘ' | 'ㅝ') {
            push(out, 'w');
        }
        push(out, class);
    }
}

fn push(out: &mut String, c: char) {
    if !out.ends_with(c) {
        out.push(c);
    }
}

fn consonant(c: char) -> char {
    match c {
        'ㄱ' | 'ㄲ' | 'ㅋ' => 'g',
        'ㄴ' => 'n',
        'ㄷ' | 'ㄸ' | 'ㅌ' => 'd',
        'ㄹ' => 'r',
        'ㅁ' => 'm',
        'ㅂ' | 'ㅃ' | 'ㅍ' => 'b',
        'ㅅ' | 'ㅆ' => 's',
        'ㅈ' | 'ㅉ' | 'ㅊ' => 'j',
        'ㅎ' => 'h',
        _ => 'x',
    }
}

fn coda(c: char) -> char {
    match c {
        'ㅇ' => 'G',
        'ㅅ' | 'ㅆ' => 'd',
        'ㄳ' | 'ㄺ' => 'g',
        'ㄵ' | 'ㄶ' => 'n',
        'ㄻ' => 'm',
        'ㄼ' | 'ㄽ' | 'ㄾ' | 'ㅀ' => 'r',
        'ㄿ' | 'ㅄ' => 'b',
        c => consonant(c),
    }
}

/// The consonants of a word in either script, in the broad classes of [`key`]. Plural endings stay.
pub fn skeleton(word: &str) -> String {
    if word.is_ascii() {
        return latin_skeleton(word);
    }
    key(word)
        .chars()
        .filter(|c| !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'w'))
        .map(|c| if c == 'G' { 'n' } else { c })
        .fold(String::new(), |mut out, c| {
            push(&mut out, c);
            out
        })
}

fn latin_skeleton(word: &str) -> String {
    let letters: Vec<char> = word.chars().filter(char::is_ascii_lowercase).collect();
    let at = |i: usize| letters.get(i).copied().unwrap_or('\0');
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    let mut out = String::new();
    let mut i = 0;
    while i < letters.len() {
        let (c, next) = (at(i), at(i + 1));
        let mut step = 1;
        let sound = match (c, next) {
            ('c' | 's' | 'p' | 't' | 'g', 'h') | ('c', 'k') => {
                step = 2;
                match c {
                    'c' if next == 'k' => "g",
                    'c' => "j",
                    'p' => "b",
                    's' | 't' => "s",
                    _ => "",
                }
            }
            ('c', 'e' | 'i' | 'y') | ('s', _) => "s",
            ('g', 'e' | 'i' | 'y') | ('j' | 'z', _) => "j",
            ('c' | 'k' | 'q' | 'g', _) => "g",
            ('x', _) => {
                if i == 0 {
                    "j"
                } else {
                    "gs"
                }
            }
            ('t' | 'd', _) => "d",
            ('p' | 'b' | 'f' | 'v', _) => "b",
            ('l', _) => "r",
            ('r', next) if vowel(next) => "r",
            ('m', _) => "m",
            ('n', _) => "n",
            ('h', next) if vowel(next) && i == 0 => "h",
            _ => "",
        };
        for s in sound.chars() {
            push(&mut out, s);
        }
        i += step;
    }
    out
}

/// Whether a word shows syllables that Korean has from other languages only. Sino-Korean words must not meet by sound.
pub fn is_loan(word: &str) -> bool {
    const SIGNS: &str = "트드크프브즈츠르클플블글틀슬를커터퍼처쳐샤셔쉬슈쥬츄듀튜뉴류니티디피키비씨시베넥텍렉섹덱켓킷핏밋닛팅킹핑링싱밍닝딩빙징칭힝너머러레렌렛릴럴럼펌캡컵탭밸벨켈켐콘콤컨컴\
카타파차캐패채캔팬탱탄펜핀펌폼톤롤몰볼콜홀헤헬휠후훅핸햄롬램로라루쏘싸쌔씰쎄빠삐뻬따떼또까꼬테텐메멘데덴게겐케켄키킬킴코쿨쿠쿼퀵패팩퍼페펠포푸풀피필하행쉘쉐섀새섕샌샘스웨웰윈원워와왁와셀센셋셈젤젯젝제져조쥐";
    word.chars().any(|c| SIGNS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_meet() {
        for (a, b) in [
            ("레듀샤", "리듀서"),
            ("레듀서", "리듀서"),
            ("후라쉬", "플러시"),
            ("플러쉬", "후라쉬"),
            ("닥트", "덕트"),
            ("행거", "행어"),
            ("티", "티이"),
            ("볼드", "볼트"),
            ("클로져", "클로저"),
            ("스텐레스", "스테인리스"),
            ("스테인레스", "스테인리스"),
            ("스프링쿨러", "스프링클러"),
            ("신나", "시너"),
            ("씰링", "실링"),
            ("몰탈", "모르타르"),
            ("라쓰", "라스"),
            ("카스타", "카스터"),
            ("콘넥터", "커넥터"),
            ("그라인다", "그라인더"),
            ("도아", "도어"),
            ("모타", "모터"),
            ("로울러", "롤러"),
            ("휠터", "필터"),
            ("후렌지", "플랜지"),
            ("엘보우", "엘보"),
            ("콤프레샤", "컴프레서"),
            ("테프", "테이프"),
            ("소케트", "소켓"),
            ("낫트", "너트"),
            ("샤후트", "샤프트"),
            ("루후", "루프"),
            ("훌렉시블", "플렉시블"),
        ] {
            assert_eq!(key(a), key(b), "{a} {b}");
        }
        for (a, b) in [("볼트", "밸브"), ("티", "타일"), ("덕트", "닥터링"), ("소켓", "스위치")]
        {
            assert_ne!(key(a), key(b), "{a} {b}");
        }
    }

    #[test]
    fn scripts_meet() {
        for (latin, hangul) in [
            ("flange", "플랜지"),
            ("polycarbonate", "폴리카보네이트"),
            ("micrometer", "마이크로미터"),
            ("magnetron", "마그네트론"),
            ("calipers", "캘리퍼스"),
            ("connector", "커넥터"),
        ] {
            assert_eq!(skeleton(latin), skeleton(hangul), "{latin} {hangul}");
        }
    }
}
