//! Invented companies.

use std::collections::HashSet;

use time::{Date, Duration};

use super::{
    model::{Certificate, DemoVendor},
    text::{Values, word, words},
};
use crate::prng::Prng;
use crate::{
    catalog::taxonomy,
    regions::{self, Sido, Sigungu},
};

/// How often a province comes up: where small manufacturers are.
const WEIGHTS: [(&str, usize); 17] = [
    ("41", 30),
    ("28", 10),
    ("11", 8),
    ("48", 9),
    ("26", 8),
    ("47", 8),
    ("27", 8),
    ("44", 5),
    ("43", 5),
    ("31", 3),
    ("30", 3),
    ("29", 3),
    ("52", 3),
    ("46", 3),
    ("51", 2),
    ("36", 1),
    ("50", 1),
];

/// `count` companies as they stand on the day `today`; the first ones cover every root category.
pub fn vendors(count: usize, today: Date) -> Vec<DemoVendor> {
    let roots: Vec<&'static str> = taxonomy::roots().map(|root| root.code).collect();
    let mut names = HashSet::new();
    (0..count)
        .map(|index| {
            let mut prng = Prng::new(1, index);
            let area = area(index, &roots, &mut prng);
            let (name_ko, name_en) = name(area, &mut names, &mut prng);
            vendor(index, area, (name_ko, name_en), (&mut prng, today))
        })
        .collect()
}

/// Every root once, then the roots at the front, where most makers are, more often.
fn area(index: usize, roots: &[&'static str], prng: &mut Prng) -> &'static str {
    let at = if index < roots.len() || prng.chance(35) { index % roots.len().max(1) } else { prng.below(24) };
    roots.get(at).copied().unwrap_or("services")
}

fn name(area: &str, taken: &mut HashSet<String>, prng: &mut Prng) -> (String, String) {
    let kind = format!("suffix.{area}");
    for _ in 0..64 {
        let (first, second, suffix) = (word("first", prng), word("second", prng), word(&kind, prng));
        let stem = format!("{}{}", first.0, second.0);
        if first.0 != second.0 && taken.insert(stem.clone()) {
            return (format!("{stem}{}", suffix.0), format!("{} {} {}", first.1, second.1, suffix.1));
        }
    }
    let number = taken.len() + 1;
    (format!("이음{number}"), format!("Ieum {number}"))
}

fn vendor(
    index: usize,
    area: &'static str,
    (name_ko, name_en): (String, String),
    (prng, today): (&mut Prng, Date),
) -> DemoVendor {
    let (sido, sigungu) = place(index, prng);
    let (family, given) = (word("family", prng), word("given", prng));
    let road = word("road", prng);
    let house = prng.between(3, 298);
    let founded = i32::try_from(prng.between(1_978, 2_021)).unwrap_or(2_000);
    let employees = prng.between(3, 24) * prng.between(1, 4);
    let (intro_ko, intro_en) = intro((&name_ko, &name_en), area, (sigungu, founded, employees), prng);
    let (chapter_ko, chapter_en) = chapter(sido, prng);
    DemoVendor {
        index,
        business_number: business_number(index, prng),
        representative_ko: format!("{}{}", family.0, given.0),
        representative_en: format!("{} {}", given.1, family.1),
        sido: sido.map_or("", |sido| sido.code),
        sigungu: sigungu.map_or("", |district| district.code),
        address_ko: address_ko(sido, sigungu, (road.0, house)),
        address_en: format!(
            "{house} {}, {}, {}, Korea",
            road.1,
            sigungu.map_or("", |d| d.name_en),
            sido.map_or("", |s| s.name_en)
        ),
        phone: format!("070-0000-{:04}", 1_000 + index),
        founded,
        employees,
        intro_ko,
        intro_en,
        certificates: certificates(today, prng),
        area,
        chapter_ko,
        chapter_en,
        initials: name_en.split(' ').filter_map(|part| part.chars().next()).take(3).collect(),
        name_ko,
        name_en,
    }
}

fn address_ko(sido: Option<&Sido>, sigungu: Option<&Sigungu>, (road, house): (&str, u32)) -> String {
    let (province, district) =
        (sido.map_or("", |sido| sido.name_ko), sigungu.map_or("", |district| district.name_ko));
    if district == "세종시" {
        format!("{province} {road} {house}")
    } else {
        format!("{province} {district} {road} {house}")
    }
}

/// The first seventeen companies cover every province, the others follow the weights.
fn place(index: usize, prng: &mut Prng) -> (Option<&'static Sido>, Option<&'static Sigungu>) {
    let total: usize = WEIGHTS.iter().map(|(_, weight)| weight).sum();
    let mut left = prng.below(total);
    let weighted = WEIGHTS.iter().find(|(_, weight)| {
        let here = left < *weight;
        left = left.saturating_sub(*weight);
        here
    });
    let code = WEIGHTS.get(index).or(weighted).map_or("41", |(code, _)| code);
    let districts: Vec<&'static Sigungu> = regions::districts(code).collect();
    (regions::find(code), prng.pick(&districts).copied())
}

fn chapter(sido: Option<&Sido>, prng: &mut Prng) -> (String, String) {
    let short = sido.map_or(("", ""), |sido| (sido.short_ko, sido.name_en));
    let (ko, en) = words("first").get(prng.below(3) * 7).copied().unwrap_or(("이음", "Ieum"));
    (format!("{} {ko}교류회", short.0), format!("{} {en} Exchange Group", short.1))
}

fn intro(
    (name_ko, name_en): (&str, &str),
    area: &str,
    (sigungu, founded, staff): (Option<&Sigungu>, i32, u32),
    prng: &mut Prng,
) -> (String, String) {
    let category = taxonomy::find(area);
    let area_en = category.map_or_else(String::new, |category| category.name_en.to_lowercase());
    // 중구 alone could be anywhere
    let city = sigungu.map_or_else(String::new, |district| {
        format!("{} {}", regions::find(district.sido).map_or("", |sido| sido.short_ko), district.name_ko)
    });
    let values = Values::default()
        .with("name", name_ko)
        .with("name_en", name_en)
        .with("area", category.map_or("", |category| category.name_ko))
        .with("area_en", area_en)
        .with("city", city)
        .with("city_en", sigungu.map_or("", |district| district.name_en))
        .with("year", founded)
        .with("staff", staff);
    let mut sentences = vec![word("intro", prng), word("how", prng)];
    let second = word("how", prng);
    if prng.chance(55) && !sentences.contains(&second) {
        sentences.push(second);
    }
    if prng.chance(70) {
        sentences.push(word("close", prng));
    }
    let ko: Vec<String> = sentences.iter().map(|(ko, _)| values.fill(ko)).collect();
    let en: Vec<String> = sentences.iter().map(|(_, en)| values.fill(en)).collect();
    (ko.join(" "), en.join(" "))
}

fn certificates(today: Date, prng: &mut Prng) -> Vec<Certificate> {
    let kinds = words("cert");
    let first = prng.below(kinds.len());
    (0..prng.below(4))
        .filter_map(|step| certificate(*kinds.get((first + step * 2) % kinds.len())?, today, prng))
        .collect()
}

fn certificate(
    (name_ko, name_en): (&'static str, &'static str),
    today: Date,
    prng: &mut Prng,
) -> Option<Certificate> {
    let (issuer_ko, issuer_en) = word("issuer", prng);
    let issued = today.checked_sub(Duration::days(i64::from(prng.between(20, 1_180))))?;
    let number = format!("DEMO-{}-{:05}", issued.year(), prng.between(1, 99_999));
    let valid_until = issued.checked_add(Duration::days(3 * 365))?;
    Some(Certificate { name_ko, name_en, issuer_ko, issuer_en, number, issued, valid_until })
}

/// Office codes from 900 were never given to a tax office, so no real company answers to these.
fn business_number(index: usize, prng: &mut Prng) -> String {
    let nine = format!(
        "{}{}{:04}",
        901 + index % 90,
        prng.between(81, 88),
        (index / 90 * 1_000 + prng.below(1_000)) % 10_000
    );
    let digits: Vec<u32> = nine.chars().filter_map(|c| c.to_digit(10)).collect();
    let sum: u32 =
        digits.iter().zip([1, 3, 7, 1, 3, 7, 1, 3, 5]).map(|(digit, weight)| digit * weight).sum::<u32>()
            + digits.last().map_or(0, |last| 5 * last / 10);
    format!("{nine}{}", (10 - sum % 10) % 10)
}
