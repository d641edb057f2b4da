//! How well a listing can be found: points for what buyers filter and search by, and what to add next.

use serde::{Deserialize, Serialize};

use super::model::{ListingContent, Price};
use crate::text;

/// One thing that makes a listing easier to find.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hint {
    /// A title and a category.
    Basics,
    /// At least three specifications.
    Specs,
    /// A picture.
    Picture,
    /// At least three pictures.
    MorePictures,
    /// A description of 100 characters.
    Description,
    /// A stated price.
    Price,
    /// Smallest order and lead time.
    Terms,
    /// A standard (KS, ISO, DIN …) in specifications or description.
    Standard,
    /// An English title.
    EnglishTitle,
    /// An English description.
    EnglishDescription,
    /// A customs code or part number.
    Codes,
}

/// Every hint with its points; together 1000.
pub const POINTS: [(Hint, i64); 11] = [
    (Hint::Basics, 140),
    (Hint::Specs, 180),
    (Hint::Picture, 140),
    (Hint::Price, 120),
    (Hint::Terms, 120),
    (Hint::Description, 80),
    (Hint::EnglishTitle, 80),
    (Hint::Standard, 50),
    (Hint::MorePictures, 40),
    (Hint::EnglishDescription, 30),
    (Hint::Codes, 20),
];
/// Points lost for decoration in the title.
const DECORATION: i64 = 100;

/// Decoration that nobody searches for and curators send back.
const DECORATIONS: [&str; 14] = [
    "특가",
    "최고 품질",
    "최고품질",
    "최저가",
    "최상급",
    "대박",
    "할인",
    "무료배송",
    "문의 주세요",
    "문의주세요",
    "환영",
    "!!",
    "★",
    "best price",
];
/// Names under which standards are known.
const STANDARDS: [&str; 12] =
    ["KS ", "KSB", "KSD", "ISO", "DIN", "JIS", "ASTM", "ANSI", "IEC", "UL ", "ASME", "JASO"];

/// The score and how it came about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Completeness {
    /// 0 to 1000.
    pub score: i64,
    /// What is there.
    pub done: Vec<Hint>,
    /// What is missing, with its points, the most valuable first.
    pub missing: Vec<(Hint, i64)>,
    /// A word of the title that only decorates.
    pub decoration: Option<String>,
}

/// Scores a listing with this many pictures (a drawing counts as one).
pub fn completeness(content: &ListingContent, pictures: usize) -> Completeness {
    let pictures = pictures + usize::from(content.drawing.is_some());
    let (done, missing): (Vec<_>, Vec<_>) =
        POINTS.into_iter().partition(|(hint, _)| is_there(*hint, content, pictures));
    let decoration = decoration(&content.title_ko);
    let earned: i64 = done.iter().map(|(_, points)| points).sum();
    let lost = if decoration.is_some() { DECORATION } else { 0 };
    Completeness {
        score: (earned - lost).clamp(0, 1000),
        done: done.into_iter().map(|(hint, _)| hint).collect(),
        missing,
        decoration,
    }
}

fn is_there(hint: Hint, content: &ListingContent, pictures: usize) -> bool {
    match hint {
        Hint::Basics => !content.title_ko.is_empty() && !content.category.is_empty(),
        Hint::Specs => content.specs.len() >= 3,
        Hint::Picture => pictures >= 1,
        Hint::MorePictures => pictures >= 3,
        Hint::Description => text::length(&content.description_ko) >= 100,
        Hint::Price => !matches!(content.price, Price::Negotiable) && content.price.lowest().is_some(),
        Hint::Terms => content.moq.is_some() && content.lead_time_days.is_some(),
        Hint::Standard => names_standard(content),
        Hint::EnglishTitle => !content.title_en.is_empty(),
        Hint::EnglishDescription => !content.description_en.is_empty(),
        Hint::Codes => !content.hs_code.is_empty() || !content.part_number.is_empty(),
    }
}

fn names_standard(content: &ListingContent) -> bool {
    let named = |text: &str| STANDARDS.iter().any(|standard| text.contains(standard));
    named(&content.title_ko)
        || named(&content.description_ko)
        || content.specs.iter().any(|row| named(&row.value) || row.name_ko == "표준")
}

fn decoration(title: &str) -> Option<String> {
    let lower = title.to_lowercase();
    DECORATIONS.iter().find(|word| lower.contains(**word)).map(|word| (*word).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::model::SpecRow;
    use crate::money::Money;

    #[test]
    fn the_points_add_up() {
        assert_eq!(POINTS.iter().map(|(_, points)| points).sum::<i64>(), 1000);
        assert_eq!(completeness(&ListingContent::default(), 0).score, 0);
    }

    #[test]
    fn a_whole_listing_has_every_point() {
        let content = ListingContent {
            category: "fasteners.bolts.hex".into(),
            title_ko: "육각볼트 M8×20".into(),
            title_en: "Hex bolt M8×20".into(),
            description_ko: "가".repeat(100),
            description_en: "Hex bolt".into(),
            specs: vec![
                SpecRow { name_ko: "표준".into(), value: "KS B 1002".into(), ..SpecRow::default() };
                3
            ],
            price: Price::Public(Money::won(96)),
            moq: Some(1),
            lead_time_days: Some(3),
            hs_code: "7318".into(),
            ..ListingContent::default()
        };
        let full = completeness(&content, 3);
        assert_eq!((full.score, full.missing.len()), (1000, 0));
        let shouting = ListingContent { title_ko: "[특가] 육각볼트 M8×20".into(), ..content };
        let scored = completeness(&shouting, 3);
        assert_eq!((scored.score, scored.decoration.as_deref()), (900, Some("특가")));
    }
}
