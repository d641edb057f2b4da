//! Which of a company's products a request means: by its category and by the words both use.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use uuid::Uuid;

use super::answer::Product;
use super::model::RequestLine;
use super::store::Rfq;
use crate::search::clean::{clean, squash};

/// From here on a product is so near that it need not be looked for: its own category, or the next one with some words.
const NEAR: usize = 4;

/// The words of a request that tell one product from another.
fn words(title: &str, lines: &[RequestLine]) -> BTreeSet<String> {
    let texts = lines.iter().flat_map(|line| [&*line.item, &*line.grade, &*line.dimension]).chain([title]);
    texts
        .flat_map(|text| clean(text).split_whitespace().map(squash).collect::<Vec<_>>())
        .filter(|word| word.chars().count() > 1)
        .collect()
}

/// How near a product is: four for its category, one for one below the same root, one for each word.
fn score(product: &Product, category: &str, words: &BTreeSet<String>) -> usize {
    let root = |code: &str| code.split('.').next().unwrap_or_default().to_owned();
    let kind = match &*product.category {
        own if own == category => 4,
        own if root(own) == root(category) => 1,
        _ => 0,
    };
    let title = squash(&clean(&product.titles()));
    kind + words.iter().filter(|word| title.contains(&***word)).count()
}

/// Puts the nearest first, and gives the one that is meant if one clearly is: near enough, and no other company's just
/// as near.
pub(super) fn nearest_first(rfq: &Rfq, products: &mut [Product]) -> Option<Uuid> {
    let words = words(&rfq.title, &rfq.lines);
    let of = |product: &Product| score(product, &rfq.category, &words);
    products.sort_by_cached_key(|product| Reverse(of(product)));
    let first = products.first()?;
    let rival = products.iter().any(|other| other.vendor_id != first.vendor_id && of(other) == of(first));
    (of(first) >= NEAR && !rival).then_some(first.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;
    use crate::rfqs::RfqState;
    use crate::time::Timestamp;

    fn line(item: &str, dimension: &str) -> RequestLine {
        RequestLine { item: item.into(), dimension: dimension.into(), ..RequestLine::default() }
    }

    fn product(company: u128, category: &str, title: &str) -> Product {
        Product::of(Uuid::from_u128(company), category, title)
    }

    fn asking(category: &str, line: RequestLine) -> Rfq {
        let begun = Rfq::begun(Uuid::nil(), (Uuid::nil(), RfqState::Open), (Lang::Ko, Timestamp(0)));
        Rfq { title: line.item.clone(), lines: vec![line], category: category.into(), ..begun }
    }

    #[test]
    fn category_and_words_tell_how_near_a_product_is() {
        let asked = words("육각볼트 M8×20", &[line("육각볼트", "M8×20")]);
        let near =
            |category: &str, title: &str| score(&product(1, category, title), "fasteners.bolts.hex", &asked);
        assert!(
            near("fasteners.bolts.hex", "육각볼트 M8×20") > near("fasteners.bolts.hex", "육각볼트 M10×30")
        );
        assert!(near("fasteners.bolts.hex", "아무 제품") >= NEAR);
        assert!(near("fasteners.nuts", "육각너트") < NEAR);
        assert_eq!(near("food.sauce", "고추장"), 0);
    }

    #[test]
    fn what_nobody_can_tell_is_left_to_choose() {
        let rfq = asking("fasteners.bolts.hex", line("육각볼트", "M8×20"));
        let bolt = |company| product(company, "fasteners.bolts.hex", "육각볼트 M8×20");
        let sauce = product(1, "food.sauce", "고추장");
        let mut one = [sauce.clone(), bolt(1)];
        assert_eq!(nearest_first(&rfq, &mut one), Some(bolt(1).id));
        assert_eq!(one[0].category, "fasteners.bolts.hex", "and it stands first");
        assert_eq!(nearest_first(&rfq, &mut [sauce]), None, "nothing is near");
        assert_eq!(nearest_first(&rfq, &mut [bolt(1), bolt(2)]), None, "for which company?");
    }
}
