//! The tables of regions, parsed once.

use std::sync::LazyLock;

use super::{Group, Sido, Sigungu};

static SIDO: LazyLock<Vec<Sido>> =
    LazyLock::new(|| include_str!("../../data/sido.tsv").lines().skip(1).filter_map(parse_sido).collect());
static SIGUNGU: LazyLock<Vec<Sigungu>> = LazyLock::new(|| {
    include_str!("../../data/sigungu.tsv").lines().skip(1).filter_map(parse_sigungu).collect()
});

/// In the order in which they are promoted: where most members are comes first.
const GROUPS: [Group; 7] = [
    Group {
        slug: "gyeonggi-incheon",
        name_ko: "경기·인천",
        name_en: "Gyeonggi and Incheon",
        sido: &["41", "28"],
    },
    Group {
        slug: "daegu-gyeongbuk",
        name_ko: "대구·경북",
        name_en: "Daegu and Gyeongbuk",
        sido: &["27", "47"],
    },
    Group {
        slug: "busan-ulsan-gyeongnam",
        name_ko: "부산·울산·경남",
        name_en: "Busan, Ulsan and Gyeongnam",
        sido: &["26", "31", "48"],
    },
    Group {
        slug: "daejeon-sejong-chungcheong",
        name_ko: "대전·세종·충청",
        name_en: "Daejeon, Sejong and Chungcheong",
        sido: &["30", "36", "43", "44"],
    },
    Group {
        slug: "gwangju-jeolla-jeju",
        name_ko: "광주·전라·제주",
        name_en: "Gwangju, Jeolla and Jeju",
        sido: &["29", "52", "46", "50"],
    },
    Group { slug: "seoul", name_ko: "서울", name_en: "Seoul", sido: &["11"] },
    Group { slug: "gangwon", name_ko: "강원", name_en: "Gangwon", sido: &["51"] },
];

/// The 17 provinces and metropolitan cities, in the order of government lists.
pub fn all() -> &'static [Sido] {
    &SIDO
}

/// The province with this code; the former codes 42 and 45 are understood.
pub fn find(code: &str) -> Option<&'static Sido> {
    SIDO.iter().find(|sido| sido.code == code || sido.aliases.contains(&code))
}

/// The province with this slug.
pub fn find_by_slug(slug: &str) -> Option<&'static Sido> {
    SIDO.iter().find(|sido| sido.slug == slug)
}

/// All 253 districts.
pub fn sigungu() -> &'static [Sigungu] {
    &SIGUNGU
}

/// The districts of one province.
pub fn districts(sido_code: &str) -> impl Iterator<Item = &'static Sigungu> {
    let code = find(sido_code).map(|sido| sido.code);
    SIGUNGU.iter().filter(move |district| Some(district.sido) == code)
}

/// The district with this code.
pub fn find_district(code: &str) -> Option<&'static Sigungu> {
    SIGUNGU.iter().find(|district| district.code == code)
}

/// The seven groups.
pub fn groups() -> &'static [Group] {
    &GROUPS
}

impl Sido {
    /// The group this province belongs to.
    pub fn group(&self) -> Option<&'static Group> {
        GROUPS.iter().find(|group| group.slug == self.group)
    }
}

fn parse_sido(line: &'static str) -> Option<Sido> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    Some(Sido {
        code: next()?,
        slug: next()?,
        name_ko: next()?,
        short_ko: next()?,
        name_en: next()?,
        group: next()?,
        aliases: next()?.split(',').collect(),
    })
}

fn parse_sigungu(line: &'static str) -> Option<Sigungu> {
    let mut columns = line.split('\t');
    Some(Sigungu {
        code: columns.next()?,
        sido: columns.next()?,
        name_ko: columns.next()?,
        name_en: columns.next()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_complete() {
        assert_eq!(all().len(), 17);
        assert_eq!(sigungu().len(), 253);
        assert!(sigungu().iter().all(|district| find(district.sido).is_some()));
        assert!(all().iter().all(|sido| districts(sido.code).next().is_some()));
    }

    #[test]
    fn every_province_is_in_exactly_one_group() {
        for sido in all() {
            assert_eq!(
                groups().iter().filter(|group| group.sido.contains(&sido.code)).count(),
                1,
                "{}",
                sido.name_ko
            );
            assert!(sido.group().unwrap().sido.contains(&sido.code));
        }
    }

    #[test]
    fn former_codes_are_understood() {
        assert_eq!(find("42").unwrap().code, "51");
        assert_eq!(find("45").unwrap().short_ko, "전북");
        assert!(find("99").is_none());
        assert_eq!(find_by_slug("gyeonggi").unwrap().code, "41");
    }
}
