//! Whether a request says who asks or how to reach them: its title and lines are for everybody, so people are warned.

use super::model::RequestLine;
use crate::search::desk::key::digits_of_somebody;

/// Whether a title or a line of a request holds an address or a number of somebody: what everybody reads.
pub fn in_public(title: &str, lines: &[RequestLine]) -> bool {
    let of_lines = lines.iter().flat_map(|line| [&line.item, &line.grade, &line.dimension]);
    is_in(title) || of_lines.into_iter().any(|text| is_in(text))
}

/// Whether a text holds an address or a telephone or business number of somebody.
pub fn is_in(text: &str) -> bool {
    text.lines().any(|line| line.split_whitespace().any(is_mail) || digits_of_somebody(&without_days(line)))
}

/// `name@host.tld`; a spacing like `D13@200` is none.
fn is_mail(word: &str) -> bool {
    let Some((name, host)) = word.split_once('@') else { return false };
    let ends = |c: char| c.is_ascii_alphabetic();
    let top = host.rsplit_once('.').map_or("", |(_, top)| top);
    name.ends_with(|c: char| c.is_ascii_alphanumeric()) && top.chars().take_while(|c| ends(*c)).count() >= 2
}

/// A day (`2026-12-20`, `2026.12.20`) beside a quantity is no number of somebody.
fn without_days(line: &str) -> String {
    let is_day = |word: &str| {
        let parts: Vec<&str> = word.trim_end_matches('.').split(['-', '.']).collect();
        let year = |part: &str| part.len() == 4 && part.starts_with("20");
        matches!(parts.as_slice(), [a, b, c] if year(a) && (1..=2).contains(&b.len()) && (1..=2).contains(&c.len()))
    };
    // a quantity with its commas parts figures as well
    line.split_whitespace().map(|word| if is_day(word) { "," } else { word }).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_are_found_and_goods_are_not() {
        for contact in [
            "육각볼트 2,000개\n김구매 과장 010-1234-5678",
            "답은 buyer@gaon.co.kr로 주세요",
            "전화 02) 345-6789",
            "+82 10 1234 5678",
            "사업자번호 123-45-67890",
        ] {
            assert!(is_in(contact), "{contact}");
        }
        for goods in [
            "육각볼트 M8×20 SUS304 2,000개, 12월 20일까지 시화공단 도착도",
            "철근 HD13@200 20톤",
            "2026-12-20 까지 3000개",
            "6203-2RS 베어링 500개",
            "100x50x3.2 6000mm 20본",
            "",
        ] {
            assert!(!is_in(goods), "{goods}");
        }
    }
}
