//! The words by which people state conditions, in both languages. Everything here looks at text without blanks, in
//! lower case, thousands separators removed.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::Bounds;
use super::amounts::{amount, count, days, first_unit};
use super::clean::clean;
use super::particles::is_particle;
use crate::catalog::badges::{self, Badge};
use crate::catalog::taxonomy;
use crate::regions;

/// Larger numbers are no prices, orders or days of anybody.
const LARGEST: i64 = 1_000_000_000_000;

const AT_MOST: [&str; 12] =
    ["이하", "미만", "이내", "까지", "아래", "안쪽", "안에", "안으로", "orless", "max", "maximum", "이하로"];
const AT_LEAST: [&str; 7] = ["이상", "초과", "부터", "넘는", "ormore", "이상으로", "min"];
const BEFORE_MOST: [&str; 9] =
    ["under", "below", "lessthan", "upto", "atmost", "within", "max", "최대", "cheaperthan"];
const BEFORE_LEAST: [&str; 6] = ["over", "above", "morethan", "atleast", "from", "최소"];
/// Regions that people name together.
const TOGETHER: [(&str, &[&str]); 6] = [
    ("수도권", &["11", "28", "41"]),
    ("영남", &["26", "27", "31", "47", "48"]),
    ("경상도", &["26", "27", "31", "47", "48"]),
    ("호남", &["29", "46", "52"]),
    ("전라도", &["29", "46", "52"]),
    ("충청도", &["30", "36", "43", "44"]),
];

/// Whether the word bounds the number before it (이하, 이상의).
pub fn is_bound(word: &str) -> bool {
    let korean = AT_MOST.iter().chain(&AT_LEAST).filter(|bound| !bound.is_ascii());
    korean.filter_map(|bound| word.strip_prefix(bound)).any(|rest| rest.is_empty() || is_particle(rest))
}

/// Words without what stands between them.
pub fn squeeze(run: &[&str]) -> String {
    let joined = clean(&run.concat());
    let letters: Vec<char> = joined.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    letters
        .iter()
        .enumerate()
        .filter(|(at, c)| !(c.is_whitespace() || (**c == ',' && *at > 0 && digit(at - 1) && digit(at + 1))))
        .map(|(_, c)| *c)
        .collect()
}

/// The text without a particle at its end.
pub fn without_particle(text: &str) -> Option<&str> {
    ["으로", "짜리", "에서", "의", "인", "로", "에", "은", "는", "만"]
        .into_iter()
        .find_map(|end| text.strip_suffix(end))
}

/// A bound around a core: the core, and how its number bounds.
fn bounded(text: &str) -> Option<(&str, bool, i64)> {
    let exact =
        |word: &str| i64::from(matches!(word, "미만" | "lessthan" | "under" | "below" | "cheaperthan"));
    let more = |word: &str| i64::from(matches!(word, "초과" | "넘는" | "over" | "above" | "morethan"));
    if let Some((core, word)) = AT_MOST.iter().find_map(|word| Some((text.strip_suffix(word)?, *word))) {
        return Some((core, true, exact(word)));
    }
    if let Some((core, word)) = AT_LEAST.iter().find_map(|word| Some((text.strip_suffix(word)?, *word))) {
        return Some((core, false, more(word)));
    }
    if let Some((core, word)) = BEFORE_MOST.iter().find_map(|word| Some((text.strip_prefix(word)?, *word))) {
        return Some((core, true, exact(word)));
    }
    BEFORE_LEAST.iter().find_map(|word| Some((text.strip_prefix(word)?, false, more(word))))
}

fn to_bounds(number: i64, most: bool, strict: i64) -> Bounds {
    if most {
        Bounds { min: None, max: Some((number - strict).max(0)) }
    } else {
        Bounds { min: Some(number + strict), max: None }
    }
}

/// A price: `5만원이하`, `under50000won`, `1만원~5만원`.
pub fn price(text: &str) -> Option<Bounds> {
    let text = ["가격", "단가", "price"].iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    if let Some(bounds) = price_range(text).or_else(|| price_band(text)) {
        return Some(bounds);
    }
    let (core, most, strict) = bounded(text)?;
    won(core, true).map(|number| to_bounds(number, most, strict))
}

fn price_range(text: &str) -> Option<Bounds> {
    let text = text.strip_prefix("between").or_else(|| text.strip_suffix("사이")).unwrap_or(text);
    two_prices(text).map(|(low, high)| Bounds { min: Some(low), max: Some(high) })
}

/// Both ends of a range. The lower one has the unit of the higher where it has none and is not above it then (10~20만원).
fn two_prices(text: &str) -> Option<(i64, i64)> {
    ["~", "∼", "〜", "-", "에서", "부터", "and", "to"].into_iter().find_map(|between| {
        let (low, high) = text.split_once(between)?;
        let high = high.strip_suffix("까지").unwrap_or(high);
        let top = won(high, true)?;
        let bare = low.ends_with(|c: char| c.is_ascii_digit()).then(|| format!("{low}{}", first_unit(high)));
        let alike = bare.and_then(|low| won(&low, false));
        Some((alike.filter(|low| *low <= top).or_else(|| won(low, false))?, top))
    })
}

/// `10만원대`, `5~10만원대`: as far as the last digit that is no zero reaches.
fn price_band(text: &str) -> Option<Bounds> {
    let text = text.strip_suffix('대')?;
    let (low, high) = two_prices(text).or_else(|| won(text, true).map(|number| (number, number)))?;
    let place = |number: i64| (0..12).map(|zeros| 10_i64.pow(zeros)).rfind(|step| number % step == 0);
    let step = if low > 0 { place(low)?.min(place(high)?) } else { 1 };
    Some(Bounds { min: Some(low), max: Some(high + step - 1) })
}

/// An amount of won; `named` demands that the text says so.
fn won(text: &str, named: bool) -> Option<i64> {
    let bare = text.strip_prefix(['₩', '￦']).or_else(|| text.strip_prefix("krw"));
    let (text, mut said) = (bare.unwrap_or(text), bare.is_some());
    let end = ["원", "won", "krw"].iter().find_map(|unit| text.strip_suffix(unit));
    said |= end.is_some();
    if named && !said {
        return None;
    }
    amount(end.unwrap_or(text)).filter(|number| (0..=LARGEST).contains(number))
}

/// A delivery time: `납기7일이내`, `within7days`, `2주안에`.
pub fn lead(text: &str) -> Option<Bounds> {
    const NAMES: [&str; 8] =
        ["납기", "납품", "출고", "배송", "leadtime", "delivery", "deliveryin", "delivered"];
    if matches!(text, "당일출고" | "당일배송" | "당일납품") {
        return Some(Bounds { min: None, max: Some(1) });
    }
    let begin = NAMES.iter().filter_map(|name| text.strip_prefix(name)).min_by_key(|rest| rest.len());
    let end = NAMES.iter().find_map(|name| text.strip_suffix(name));
    let (core, named) = begin.or(end).map_or((text, false), |core| (core, true));
    let core = core.strip_prefix("기간").unwrap_or(core);
    if let Some((core, most, strict)) = bounded(core) {
        return days(core).map(|number| to_bounds(number, most, strict));
    }
    if named { days(core).map(|number| to_bounds(number, true, 0)) } else { None }
}

/// A smallest order: `moq100이하`, `최소주문10개`, `minimumorder500`.
pub fn moq(text: &str) -> Option<Bounds> {
    const NAMES: [&str; 7] =
        ["최소주문수량", "최소주문량", "최소주문", "최소수량", "minimumorderquantity", "minimumorder", "moq"];
    let core = NAMES.iter().find_map(|name| text.strip_prefix(name))?;
    let core = core.trim_start_matches([':', '=', '≤', '<']);
    let (core, most, strict) = bounded(core).unwrap_or((core, true, 0));
    let units = ["개", "ea", "pcs", "pieces", "세트", "kg", "m", "롤", "장", "본"];
    let number = units.iter().find_map(|unit| core.strip_suffix(unit)).unwrap_or(core);
    count(number).map(|number| to_bounds(number, most, strict))
}

/// Whether prices are shown: `가격협의`, `가격공개`.
pub fn price_kind(text: &str) -> Option<&'static [&'static str]> {
    match text {
        "가격협의" | "협의가" | "가격문의" | "가격협의가능" | "priceonrequest" | "negotiableprice"
        | "pricenegotiable" => Some(&["negotiable"]),
        "가격공개" | "공개가격" | "공개가" | "가격표시" | "publicprice" | "pricelisted" | "withprice" => {
            Some(&["public", "tiers"])
        }
        _ => None,
    }
}

/// A province, or several that have one name.
pub fn regions(text: &str) -> Option<Vec<&'static str>> {
    const BEHIND: [&str; 10] =
        ["지역", "소재", "업체", "공급사", "공장", "권", "쪽", "에서만든", "에있는", "에서"];
    const BEFORE: [&str; 6] = ["madein", "locatedin", "suppliersin", "in", "from", "near"];
    let core = BEFORE.iter().find_map(|word| text.strip_prefix(word)).unwrap_or(text);
    named_regions(core)
        .or_else(|| named_regions(text))
        .or_else(|| BEHIND.iter().find_map(|word| named_regions(core.strip_suffix(word)?)))
}

fn named_regions(name: &str) -> Option<Vec<&'static str>> {
    if let Some((_, codes)) = TOGETHER.iter().find(|(word, _)| *word == name) {
        return Some(codes.to_vec());
    }
    let known = |name: &str| REGIONS.get(name).copied();
    let ends = ["-do", "-si", "do", "province"];
    let shorter = || ends.iter().find_map(|end| known(name.strip_suffix(end)?));
    known(name).or_else(|| if name.is_ascii() { shorter() } else { None }).map(|code| vec![code])
}

/// A name of a region alone, without anything that says that a place is meant (부산에서, 부산 업체, 부산시, in Busan): it may
/// as well be a part of what is sought (대전 방지, 대구 포).
pub fn bare_region(word: &str) -> bool {
    let squeezed = squeeze(&[word]);
    let office = squeezed.chars().count() > 2 && squeezed.ends_with(['도', '시']);
    !office && named_regions(&squeezed).is_some()
}

/// Whether a region between these words is where goods go (to Busan, 부산 현장으로 납품) or a wish (preferably Busan, 부산
/// 업체면 좋겠습니다): neither says that others may not be shown.
pub fn is_loose(before: &[&str], behind: &[&str]) -> bool {
    const TO: [&str; 4] = ["to", "toward", "towards", "into"];
    const DELIVERED: [&str; 7] = ["배송", "납품", "배달", "도착", "현장", "택배", "착불"];
    const WISHED_BEFORE: [&str; 9] = [
        "가능하면",
        "가급적",
        "되도록",
        "이왕이면",
        "preferably",
        "ideally",
        "prefer",
        "prefers",
        "preferring",
    ];
    const WISHED_BEHIND: [&str; 7] =
        ["선호", "우선", "우대", "희망", "preferred", "preferably", "preferable"];
    const COMPANY: [&str; 9] = ["업체", "회사", "공급사", "제조사", "공장", "거래처", "판매처", "쪽", "곳"];
    let plain =
        |word: &&str| squeeze(&[word]).trim_matches([',', '.', '(', ')', '!', '?', ':', ';']).to_owned();
    let before: Vec<String> = before.iter().rev().take(2).map(plain).collect();
    let behind: Vec<String> = behind.iter().take(4).map(plain).collect();
    let begins = |word: &String, list: &[&str]| list.iter().any(|one| word.starts_with(one));
    let is = |word: &String, list: &[&str]| list.contains(&word.as_str());
    let good = |two: &[String]| match two {
        [company, good] => company.ends_with('면') && begins(company, &COMPANY) && good.starts_with('좋'),
        _ => false,
    };
    before.first().is_some_and(|word| is(word, &TO))
        || behind.first().is_some_and(|word| begins(word, &DELIVERED))
        || before.iter().any(|word| is(word, &WISHED_BEFORE))
        || behind.iter().take(2).any(|word| begins(word, &WISHED_BEHIND))
        || behind.windows(2).take(2).any(good)
        || behind.windows(2).take(1).any(|two| matches!(two, [a, b] if a == "if" && b == "possible"))
}

/// Squeezed names of the provinces; of two that have one name, the first counts.
static REGIONS: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let telling = |alias: &&&str| alias.chars().count() >= 2 && !alias.bytes().all(|b| b.is_ascii_digit());
    let mut known = HashMap::new();
    for sido in regions::all() {
        let own = [sido.name_ko, sido.short_ko, sido.name_en];
        for name in own.into_iter().chain(sido.aliases.iter().filter(telling).copied()) {
            known.entry(squeezed(name)).or_insert(sido.code);
        }
    }
    known
});

/// A name as [`squeeze`] leaves the words of a question: lower case, without blanks.
fn squeezed(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// A certificate or a status of the company. Two letters alone (KS, CE) are parts of standards and names; they count
/// with the word 인증.
pub fn badge(text: &str) -> Option<&'static Badge> {
    const BEHIND: [&str; 12] = [
        "인증보유",
        "인증기업",
        "인증업체",
        "인증제품",
        "인증서",
        "인증",
        "마크",
        "보유",
        "certified",
        "certificate",
        "certification",
        "mark",
    ];
    let behind = BEHIND.iter().find_map(|word| text.strip_suffix(word));
    let (core, said) = behind.map_or((text, false), |core| (core, true));
    let core: String = core.chars().filter(|c| !matches!(c, '-' | '·')).collect();
    let core = core.split_once(':').map_or(core.as_str(), |(name, year)| {
        if year.bytes().all(|b| b.is_ascii_digit()) { name } else { "" }
    });
    let named = BADGES.iter().find(|(badge, name_ko, name_en)| {
        let long = badge.begins.chars().count() >= 4;
        let own = core == badge.code && badge.code.len() >= 5 && badge.standard;
        own || core == name_ko && (said || !badge.begins.is_ascii() || long)
            || core == name_en && (said || long || !badge.standard)
            || core == badge.begins && (said || long)
    });
    named.map(|(badge, _, _)| *badge)
}

/// Certificates with their Korean and English names squeezed and without hyphens.
static BADGES: LazyLock<Vec<(&'static Badge, String, String)>> = LazyLock::new(|| {
    let plain = |name: &str| squeezed(name).replace(['-', '·'], "");
    badges::all().iter().map(|badge| (badge, plain(badge.name_ko), plain(badge.name_en))).collect()
});

/// A category that is named as one: `분류:볼트`, `볼트분류`, `category:bolts`.
pub fn marked_category(text: &str) -> Option<&'static str> {
    let name = ["분류:", "카테고리:", "category:"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
        .or_else(|| ["분류", "카테고리", "category"].iter().find_map(|word| text.strip_suffix(word)))?;
    category(name).map(|found| found.code)
}

/// The category that is called so; of several the one nearest to the root.
pub fn category(name: &str) -> Option<&'static taxonomy::Category> {
    if name.chars().count() < 2 {
        return None;
    }
    CATEGORIES.get(name).copied()
}

/// Whether the name of a category has the two words side by side.
pub fn in_category(first: &str, second: &str) -> bool {
    let joined = squeeze(&[first, second]);
    CATEGORIES.keys().any(|name| name.contains(&joined))
}

/// Categories by squeezed name; of several, the one nearest to the root.
static CATEGORIES: LazyLock<HashMap<String, &'static taxonomy::Category>> = LazyLock::new(|| {
    let mut known: HashMap<String, &'static taxonomy::Category> = HashMap::new();
    for found in taxonomy::all() {
        for name in [found.name_ko, found.name_en] {
            let kept = known.entry(squeezed(name)).or_insert(found);
            if found.depth < kept.depth {
                *kept = found;
            }
        }
    }
    known
});
