//! What a staged edit changes, field by field. Pure.

use crate::catalog::model::{ListingContent, Price, SpecRow};
use crate::catalog::taxonomy;
use crate::lang::Lang;
use crate::money::grouped;

/// One changed field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Name of the form field.
    pub field: &'static str,
    /// What stands there now.
    pub before: String,
    /// What will stand there.
    pub after: String,
}

/// Every field of which `after` differs, in the order of the editor.
pub fn changes(before: &ListingContent, after: &ListingContent, lang: Lang) -> Vec<FieldChange> {
    fields(before, lang)
        .into_iter()
        .zip(fields(after, lang))
        .filter(|((_, before), (_, after))| before != after)
        .map(|((field, before), (_, after))| FieldChange { field, before, after })
        .collect()
}

/// Names of the fields that stay as they are and say something.
pub fn unchanged(before: &ListingContent, after: &ListingContent) -> Vec<&'static str> {
    let (before, after) = (fields(before, Lang::Ko), fields(after, Lang::Ko));
    before
        .into_iter()
        .zip(after)
        .filter(|(b, a)| b == a && !b.1.is_empty())
        .map(|((field, _), _)| field)
        .collect()
}

/// By how many percent the lowest stated price fell; none when it did not fall or is not comparable.
pub fn price_fall(before: &ListingContent, after: &ListingContent) -> Option<i64> {
    let (before, after) = (before.price.lowest()?, after.price.lowest()?);
    let comparable = before.currency == after.currency && after.minor < before.minor && before.minor > 0;
    comparable.then(|| (before.minor - after.minor) * 100 / before.minor)
}

/// Splits two texts into what both begin with, what only the first says, what only the second says, and what
/// both end with; cut between words.
pub fn split<'a>(before: &'a str, after: &'a str) -> (&'a str, &'a str, &'a str, &'a str) {
    let start =
        words(before).zip(words(after)).take_while(|(b, a)| b == a).map(|(b, _)| b.len()).sum::<usize>();
    let (rest_before, rest_after) =
        (before.get(start..).unwrap_or_default(), after.get(start..).unwrap_or_default());
    let (tail_before, tail_after): (Vec<_>, Vec<_>) =
        (words(rest_before).collect(), words(rest_after).collect());
    let end = tail_before
        .iter()
        .rev()
        .zip(tail_after.iter().rev())
        .take_while(|(b, a)| b == a)
        .map(|(b, _)| b.len())
        .sum::<usize>();
    let (only_before, same) =
        rest_before.split_at_checked(rest_before.len() - end).unwrap_or((rest_before, ""));
    let only_after = rest_after.get(..rest_after.len() - end).unwrap_or_default();
    (before.get(..start).unwrap_or_default(), only_before, only_after, same)
}

/// Words, and the white space between them.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let parts = text.split_inclusive(char::is_whitespace).flat_map(|part| {
        let word = part.trim_end();
        [word, part.get(word.len()..).unwrap_or_default()]
    });
    parts.filter(|part| !part.is_empty())
}

fn fields(content: &ListingContent, lang: Lang) -> Vec<(&'static str, String)> {
    let number = |value: Option<i64>| value.map(grouped).unwrap_or_default();
    vec![
        (
            "category",
            taxonomy::find(&content.category)
                .map_or_else(|| content.category.clone(), |found| found.name(lang).to_owned()),
        ),
        ("title_ko", content.title_ko.clone()),
        ("title_en", content.title_en.clone()),
        ("description_ko", content.description_ko.clone()),
        ("description_en", content.description_en.clone()),
        ("specs", content.specs.iter().map(|row| spec(row, lang)).collect::<Vec<_>>().join("\n")),
        ("unit", content.unit.clone()),
        ("price_kind", content.price.kind().to_owned()),
        ("price", price(&content.price)),
        ("moq", number(content.moq)),
        ("lead_time_days", number(content.lead_time_days)),
        ("origin", content.origin.clone()),
        ("hs_code", content.hs_code.clone()),
        ("part_number", content.part_number.clone()),
    ]
}

fn spec(row: &SpecRow, lang: Lang) -> String {
    format!("{}: {} {}", row.name(lang), row.value, row.unit).trim_end().to_owned()
}

fn price(price: &Price) -> String {
    match price {
        Price::Public(money) => format!("{} {}", money.amount(), money.currency.code()),
        Price::Tiers(tiers) => tiers
            .iter()
            .map(|tier| format!("{}+: {} KRW", grouped(tier.from), grouped(tier.minor)))
            .collect::<Vec<_>>()
            .join("\n"),
        Price::Negotiable => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Money;

    #[test]
    fn texts_are_cut_between_words() {
        assert_eq!(
            split("국내 최저가 보장. 볼트", "국내 성적서를 보냅니다. 볼트"),
            ("국내 ", "최저가 보장.", "성적서를 보냅니다.", " 볼트")
        );
        assert_eq!(split("", "a b"), ("", "", "a b", ""));
        assert_eq!(split("a a", "a a a"), ("a a", "", " a", ""));
    }

    proptest::proptest! {
        #[test]
        fn both_texts_can_be_put_together_again(before in "[ab ]{0,12}", after in "[ab ]{0,12}") {
            let (start, old, new, end) = split(&before, &after);
            proptest::prop_assert_eq!(format!("{start}{old}{end}"), before.clone());
            proptest::prop_assert_eq!(format!("{start}{new}{end}"), after.clone());
        }
    }

    #[test]
    fn only_what_differs_is_named() {
        let before = ListingContent {
            title_ko: "육각볼트".into(),
            price: Price::Public(Money::won(142)),
            moq: Some(1000),
            ..ListingContent::default()
        };
        let after = ListingContent { price: Price::Public(Money::won(96)), moq: Some(500), ..before.clone() };
        let found = changes(&before, &after, Lang::Ko);
        assert_eq!(found.iter().map(|change| change.field).collect::<Vec<_>>(), ["price", "moq"]);
        assert_eq!((found[1].before.as_str(), found[1].after.as_str()), ("1,000", "500"));
        assert_eq!(price_fall(&before, &after), Some(32));
        assert_eq!(price_fall(&after, &before), None);
        assert!(changes(&before, &before, Lang::En).is_empty());
        assert!(unchanged(&before, &after).contains(&"title_ko"));
    }
}
