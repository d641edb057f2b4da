//! Reads the province and district out of an address as people write it.

use super::{Sido, Sigungu, all, districts, find, sigungu};

/// The province of an address: by its full, short, former or English name, or else by a district name
/// that only one province has. `None` when the text says nothing of the kind.
pub fn normalise(address: &str) -> Option<&'static Sido> {
    let words: Vec<&str> = words(address).collect();
    let first = *words.first()?;
    named(first)
        .or_else(|| gwangju(&words))
        .or_else(|| glued(first))
        .or_else(|| by_district(&words))
        .or_else(|| words.iter().rev().find_map(|word| english(word)))
}

/// The district of an address, once its province is known.
pub fn district_of(address: &str) -> Option<&'static Sigungu> {
    let sido = normalise(address)?;
    let plain = squeeze(address);
    districts(sido.code)
        .filter(|district| plain.contains(&squeeze(district.name_ko)))
        .max_by_key(|district| district.name_ko.len())
}

fn words(address: &str) -> impl Iterator<Item = &str> {
    address
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '[' | ']'))
        .filter(|word| !word.is_empty() && !is_postcode(word))
}

fn is_postcode(word: &str) -> bool {
    word.len() >= 5 && word.chars().all(|c| c.is_ascii_digit() || c == '-')
}

fn named(word: &str) -> Option<&'static Sido> {
    all().iter().find(|sido| sido.name_ko == word || sido.short_ko == word || sido.aliases.contains(&word))
}

/// 광주시 is a city of Gyeonggi unless a district of the metropolitan city follows.
fn gwangju(words: &[&str]) -> Option<&'static Sido> {
    let (&"광주시", rest) = words.split_first()? else {
        return None;
    };
    let metropolitan =
        rest.first().is_some_and(|next| districts("29").any(|district| district.name_ko == *next));
    find(if metropolitan { "29" } else { "41" })
}

/// 경기도시흥시…: the full name without a space after it.
fn glued(word: &str) -> Option<&'static Sido> {
    all().iter().find(|sido| {
        word.starts_with(sido.name_ko)
            || sido.aliases.iter().any(|alias| alias.ends_with('도') && word.starts_with(alias))
    })
}

fn by_district(words: &[&str]) -> Option<&'static Sido> {
    let (first, second) = (words.first()?, words.get(1).copied().unwrap_or_default());
    let full = format!("{first} {second}");
    let mut hits = sigungu().iter().filter(|district| {
        district.name_ko == *first
            || district.name_ko == full
            || district.name_ko.split(' ').next() == Some(*first)
    });
    let code = hits.next()?.sido;
    if hits.all(|district| district.sido == code) { find(code) } else { None }
}

fn english(word: &str) -> Option<&'static Sido> {
    let bare = word.trim_end_matches("-si").trim_end_matches("-do");
    let same = |name: &str| name.eq_ignore_ascii_case(bare) || name.eq_ignore_ascii_case(word);
    all()
        .iter()
        .find(|sido| same(sido.name_en) || sido.aliases.iter().any(|alias| alias.is_ascii() && same(alias)))
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(address: &str) -> &'static str {
        normalise(address).map_or("?", |sido| sido.short_ko)
    }

    #[test]
    fn reads_names_old_and_new() {
        for (address, expected) in [
            ("강원도 강릉시 임영로179번길 22-6", "강원"),
            ("강원특별자치도 강릉시", "강원"),
            ("전라북도 전주시 완산구", "전북"),
            ("전북특별자치도 전주시 완산구", "전북"),
            ("(14059) 경기도 시흥시 공단1대로", "경기"),
            ("경기 시흥시", "경기"),
            ("경기도시흥시 정왕동", "경기"),
            ("서울 금천구 가산디지털1로", "서울"),
            ("부산광역시 사상구", "부산"),
            ("세종시 한누리대로", "세종"),
            ("시흥시 공단1대로 204", "경기"),
            ("수원시 영통구", "경기"),
            ("광주광역시 북구", "광주"),
            ("광주 북구", "광주"),
            ("광주시 북구 첨단로", "광주"),
            ("광주시 초월읍", "경기"),
            ("12, Gongdan 1-daero, Siheung-si, Gyeonggi-do, Korea", "경기"),
            ("중구 을지로", "?"),
            ("고성군", "?"),
            ("", "?"),
        ] {
            assert_eq!(short(address), expected, "{address}");
        }
    }

    #[test]
    fn reads_the_longest_district() {
        assert_eq!(district_of("경상남도 창원시 성산구 공단로 1").unwrap().name_ko, "창원시 성산구");
        assert_eq!(district_of("경남 창원시").unwrap().name_ko, "창원시");
        assert!(district_of("서울").is_none());
    }
}
