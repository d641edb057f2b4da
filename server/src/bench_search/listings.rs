//! Invented listings for measuring: words come from the project's own tables (trade words, tariff names, categories,
//! regions), only their combination is made up, and it depends on the number alone: listing i is the same in every
//! size. Early words of a table are far more frequent than late ones, as in real text.

use std::sync::OnceLock;

use market::catalog::{badges, taxonomy};
use market::prng::Prng;
use market::search::SearchDoc;
use market::time::{DAY, SECOND};
use uuid::Uuid;

const TARIFF: &str = include_str!("../../../market/data/search/tariff.tsv");
const TRADE: &str = include_str!("../../../market/data/search/trade.tsv");
const PRODUCTS: &str = include_str!("../../../market/data/demo_products.tsv");
const SIDO: &str = include_str!("../../../market/data/sido.tsv");
const SIGUNGU: &str = include_str!("../../../market/data/sigungu.tsv");
const MATERIALS: &str = "스테인리스 SUS304 SUS316L 알루미늄 AL6061 황동 동 탄소강 SS400 주철 PVC 폴리에틸렌 우레탄 실리콘 고무 \
    세라믹 티타늄 아연도금 크롬도금 PTFE";
const ENDINGS: [&str; 6] = ["정밀", "금속", "산업", "테크", "전자", "공업"];
const MAKERS: [&str; 12] = ["LM", "BC", "STM", "AD", "TPS", "MAX", "ULN", "IRF", "NE", "PIC", "ATM", "DS"];
const THREADS: [u64; 9] = [3, 4, 5, 6, 8, 10, 12, 16, 20];
const ORDERS: [i64; 6] = [1, 10, 50, 100, 500, 1000];
/// Vendors of the listings.
pub const VENDORS: u64 = 7_000;
const FIRST_VENDOR: u64 = 0x0190_0000_0000_7001;
/// Microseconds of the first publication, and of the year in which all are published.
const FIRST: i64 = 1_760_000_000_000_000;
const YEAR: u64 = 31_000_000_000_000;
/// The moment at which measuring begins: all are published, some have ended.
pub const BEGUN: i64 = FIRST + 31_000_000_000_000;
/// Measuring takes about so long by the clock of its questions; one listing of a hundred ends in this time.
const MEASURED: i64 = 70 * SECOND;
/// Over which most of the ends are spread, as of listings that run that long from any day on.
const WINDOW: i64 = 90 * DAY;

/// Numbers that depend on a seed alone.
pub struct Dice(Prng);

impl Dice {
    /// From a seed.
    pub const fn new(seed: u64) -> Self {
        Self(Prng::of(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d))
    }

    /// Below a number.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0.draw() % end.max(1)
    }

    /// From 0 to 1.
    pub fn share(&mut self) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "53 bits fit")]
        let share = (self.0.draw() >> 11) as f64 / (1u64 << 53) as f64;
        share
    }

    /// Any of them, all alike.
    pub fn any<'a>(&mut self, words: &'a [String]) -> &'a str {
        let at = self.below(words.len() as u64);
        usize::try_from(at).ok().and_then(|at| words.get(at)).map_or("", String::as_str)
    }

    /// One of them, the early ones far more often.
    fn uneven<'a>(&mut self, words: &'a [String], skew: f64) -> &'a str {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a place in a short table"
        )]
        let at = (words.len() as f64 * self.share().powf(skew)) as usize;
        words.get(at).map_or("", String::as_str)
    }
}

struct Words {
    goods: Vec<(String, String)>,
    classes: Vec<String>,
    nouns: Vec<String>,
    english: Vec<String>,
    materials: Vec<String>,
    regions: Vec<(String, String)>,
    districts: Vec<String>,
    categories: Vec<String>,
    badges: Vec<&'static badges::Badge>,
}

fn words() -> &'static Words {
    static WORDS: OnceLock<Words> = OnceLock::new();
    WORDS.get_or_init(|| {
        let goods: Vec<(String, String)> = TARIFF
            .lines()
            .filter(|l| !l.starts_with('#'))
            .filter_map(|l| l.split_once('\t'))
            .map(|(ko, en)| (ko.to_owned(), en.chars().take(60).collect()))
            .collect();
        let column = |text: &str, n: usize| -> Vec<String> {
            text.lines().skip(1).filter_map(|l| l.split('\t').nth(n)).map(str::to_owned).collect()
        };
        let korean: String = goods.iter().map(|(ko, _)| ko.as_str()).collect::<Vec<_>>().join(" ");
        let english: String = goods.iter().map(|(_, en)| en.as_str()).collect::<Vec<_>>().join(" ");
        Words {
            classes: hangul(&(column(PRODUCTS, 6).join(" ") + " " + TRADE)),
            nouns: hangul(&korean),
            english: unique(english.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() >= 3)),
            materials: MATERIALS.split_whitespace().map(str::to_owned).collect(),
            regions: column(SIDO, 0).into_iter().zip(column(SIDO, 2)).collect(),
            districts: column(SIGUNGU, 2),
            categories: unique(column(PRODUCTS, 0).iter().map(String::as_str)),
            badges: badges::all().iter().collect(),
            goods,
        }
    })
}

fn hangul(text: &str) -> Vec<String> {
    let syllable = |c: char| ('가'..='힣').contains(&c);
    unique(text.split(|c: char| !syllable(c)).filter(|w| (2..=6).contains(&w.chars().count())))
}

fn unique<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen = std::collections::HashSet::new();
    words.filter(|w| seen.insert(*w)).map(str::to_owned).collect()
}

fn size(dice: &mut Dice) -> String {
    let pick = dice.share();
    if pick < 0.4 {
        let thread = usize::try_from(dice.below(9)).ok().and_then(|at| THREADS.get(at)).unwrap_or(&8);
        let sign = dice.any(&["×", "*", "x", "X"].map(str::to_owned)).to_owned();
        return format!("M{thread}{sign}{}", 5 + 5 * dice.below(29));
    }
    if pick < 0.7 {
        return format!(
            "D{}",
            [15, 20, 25, 32, 40, 50, 65, 80, 100, 125, 150].get(dice_place(dice, 11)).unwrap_or(&15)
        );
    }
    format!("{}t×{}", [1, 2, 3, 5, 10, 15].get(dice_place(dice, 6)).unwrap_or(&1), 100 + 10 * dice.below(240))
}

fn dice_place(dice: &mut Dice, end: u64) -> usize {
    usize::try_from(dice.below(end)).unwrap_or_default()
}

/// Listing number `number`.
pub fn listing(number: u64) -> SearchDoc {
    let w = words();
    let mut dice = Dice::new(number);
    let place = dice_place(&mut dice, w.goods.len() as u64);
    let (goods_ko, goods_en) = w.goods.get(place).cloned().unwrap_or_default();
    let mut title = Vec::new();
    if dice.share() < 0.6 {
        title.push(dice.any(&w.materials).to_owned());
    }
    title.push(dice.uneven(&w.classes, 2.0).to_owned());
    if dice.share() < 0.7 {
        title.push(goods_ko);
    }
    if dice.share() < 0.3 {
        title.push(dice.uneven(&w.nouns, 2.0).to_owned());
    }
    title.push(size(&mut dice));
    let mut english = vec![goods_en];
    for _ in 0..2 + dice.below(4) {
        english.push(dice.uneven(&w.english, 2.0).to_owned());
    }
    let mut summary = Vec::new();
    for _ in 0..15 + dice.below(25) {
        let table = if dice.share() < 0.6 { &w.nouns } else { &w.classes };
        summary.push(dice.uneven(table, 2.0).to_owned());
    }
    let part = (dice.share() < 0.5).then(|| {
        let maker = MAKERS.get(dice_place(&mut dice, 12)).unwrap_or(&"LM");
        format!("{maker}{}-{:05}", 100 + dice.below(9000), dice.below(100_000))
    });
    let code = dice.any(&w.categories).to_owned();
    let mut way = taxonomy::ancestors(&code);
    way.extend(taxonomy::find(&code));
    let negotiable = dice.share() >= 0.4;
    let mut out = SearchDoc {
        id: Uuid::from_u64_pair(0x0190_0000_0000_7000, number),
        title_ko: title.join(" "),
        title_en: english.join(" "),
        part_number: part.unwrap_or_default(),
        description: summary.join(" "),
        categories: way.iter().map(|c| c.code.to_owned()).collect(),
        category_names: way
            .iter()
            .map(|c| format!("{} {}", c.name_ko, c.name_en))
            .collect::<Vec<_>>()
            .join("\n"),
        price_kind: if negotiable { "negotiable" } else { "public" }.to_owned(),
        price_minor: (!negotiable).then(|| 100 + i64::try_from(dice.below(10_000_000)).unwrap_or(0)),
        moq: ORDERS.get(dice_place(&mut dice, 6)).copied(),
        lead_days: i64::try_from(1 + dice.below(60)).ok(),
        completeness_permille: u32::try_from(400 + dice.below(600)).unwrap_or(400),
        published_at: FIRST + i64::try_from(dice.below(YEAR)).unwrap_or(0),
        ..SearchDoc::default()
    };
    let _ = vendor(&mut out, &mut dice);
    out.free_until = end(&mut dice);
    out
}

/// One of a hundred has ended, one ends while questions are asked, the others within ninety days. Always on the second.
fn end(dice: &mut Dice) -> i64 {
    let second = |within: i64, dice: &mut Dice| {
        let seconds = u64::try_from(within / SECOND).unwrap_or(1);
        i64::try_from(1 + dice.below(seconds)).unwrap_or(1) * SECOND
    };
    match dice.below(100) {
        0 => BEGUN - second(DAY, dice),
        1 => BEGUN + second(MEASURED, dice),
        _ => BEGUN + MEASURED + second(WINDOW, dice),
    }
}

/// A vendor with a home, a name and badges; some vendors have far more listings than others.
fn vendor(doc: &mut SearchDoc, dice: &mut Dice) -> Option<()> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "below 7000"
    )]
    let number = (VENDORS as f64 * dice.share().powf(1.5)) as u64;
    vendor_itself(doc, number)
}

/// A document that says only who offers it.
pub fn vendor_with_number(number: u64) -> SearchDoc {
    let mut doc = SearchDoc::default();
    let _ = vendor_itself(&mut doc, number);
    doc
}

fn vendor_itself(doc: &mut SearchDoc, number: u64) -> Option<()> {
    let w = words();
    let mut home = Dice::new(u64::MAX - number);
    doc.vendor_id = Uuid::from_u64_pair(FIRST_VENDOR, number);
    doc.vendor_ko = home.any(&w.nouns).to_owned() + ENDINGS.get(dice_place(&mut home, 6))?;
    let (code, name) = w.regions.get(dice_place(&mut home, w.regions.len() as u64))?;
    doc.region.clone_from(code);
    doc.region_names = format!("{name} {}", home.any(&w.districts));
    doc.answered_permille = u32::try_from(home.below(1001)).ok()?;
    for _ in 0..home.below(4) {
        let badge = w.badges.get(dice_place(&mut home, w.badges.len() as u64))?;
        let list = if badge.standard { &mut doc.certificates } else { &mut doc.badges };
        if !list.iter().any(|code| code == badge.code) {
            list.push(badge.code.to_owned());
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_the_same_every_time_and_like_no_other() {
        assert_eq!(listing(7), listing(7));
        assert_ne!(listing(7).fingerprint(), listing(8).fingerprint());
        let all: Vec<SearchDoc> = (1..500).map(listing).collect();
        assert!(all.iter().all(|doc| !doc.title_ko.is_empty() && !doc.region.is_empty()));
        assert!(all.iter().all(|doc| doc.categories.len() >= 2));
        assert!(all.iter().any(|doc| !doc.certificates.is_empty()));
    }

    #[test]
    fn some_have_ended_and_some_end_while_questions_are_asked() {
        let ends: Vec<i64> = (1..=3_000).map(|number| listing(number).free_until).collect();
        let within = |from: i64, to: i64| ends.iter().filter(|end| (from..to).contains(*end)).count();
        assert!((15..60).contains(&within(0, BEGUN + 1)), "{}", within(0, BEGUN + 1));
        let during: std::collections::BTreeSet<&i64> =
            ends.iter().filter(|end| (BEGUN + 1..=BEGUN + MEASURED).contains(*end)).collect();
        assert!(during.len() > 10, "{during:?}");
        let day = |n: i64| BEGUN + MEASURED + n * DAY;
        for tenth in 0..9 {
            assert!(within(day(10 * tenth), day(10 * tenth + 10)) > 200, "spread over the ninety days");
        }
        assert!(ends.iter().all(|end| end % SECOND == 0));
    }
}
