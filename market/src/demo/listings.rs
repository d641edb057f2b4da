//! Invented products of one company.

use std::collections::HashSet;

use super::{
    model::{DemoListing, DemoPrice, DemoVendor},
    products::{Choice, Product, of_root},
    text::{Values, word},
};
use crate::prng::Prng;
use crate::regions;

/// Fewest and most products of one company.
const RANGE: (u32, u32) = (16, 36);

/// The products of a company, all different.
pub fn listings(vendor: &DemoVendor) -> Vec<DemoListing> {
    let mut prng = Prng::new(2, vendor.index);
    let products = chosen(vendor.area, &mut prng);
    let wanted = prng.between(RANGE.0, RANGE.1);
    let mut seen = HashSet::new();
    let mut made = Vec::new();
    for step in 0..wanted as usize * 3 {
        let Some(product) = products.get(step % products.len().max(1)) else {
            break;
        };
        let number = prng.below(product.combinations());
        if made.len() < wanted as usize && seen.insert((step % products.len(), number)) {
            let model = model_number(vendor, made.len(), &mut prng);
            made.push(listing((vendor, model), product, &product.choice(number), &mut prng));
        }
    }
    made
}

/// Most companies work in a few families of their root, not in all of them.
fn chosen(area: &str, prng: &mut Prng) -> Vec<&'static Product> {
    let mut products = of_root(area);
    while products.len() > 3 && prng.chance(60) {
        let out = prng.below(products.len());
        products.remove(out);
    }
    products
}

fn model_number(vendor: &DemoVendor, at: usize, prng: &mut Prng) -> String {
    format!("{}-{}{:02}", vendor.initials, prng.between(10, 98), at + 1)
}

fn listing(
    (vendor, model): (&DemoVendor, String),
    product: &Product,
    choice: &Choice<'_>,
    prng: &mut Prng,
) -> DemoListing {
    let base_price = unit_price(product, choice, prng);
    let moq = [1, 1, 2, 5].get(prng.below(4)).copied().unwrap_or(1) * product.moq;
    let lead_days = if product.price > 500_000.0 { prng.between(15, 60) } else { prng.between(2, 21) };
    let (mut title_ko, mut title_en) = (choice.title_ko(), choice.title_en());
    if prng.chance(18) {
        title_ko = format!("{title_ko} ({model})");
        title_en = format!("{title_en} ({model})");
    }
    let values = values(vendor, product, (&choice.title_ko(), &choice.title_en(), &model), (moq, lead_days));
    let (description_ko, description_en) = description(&values, prng);
    DemoListing {
        vendor: vendor.index,
        title_ko,
        title_en,
        category: product.category,
        model,
        description_ko,
        description_en,
        specs: choice.specs(),
        unit: product.unit,
        price: price(base_price, moq, prng),
        base_price,
        moq,
        lead_days,
        origin: "KR",
        hs: product.hs,
        drawing: choice.drawing(),
        age_days: prng.between(0, 120),
    }
}

fn values(
    vendor: &DemoVendor,
    product: &Product,
    (title_ko, title_en, model): (&str, &str, &str),
    (moq, lead): (u32, u32),
) -> Values {
    let district = regions::find_district(vendor.sigungu);
    Values::default()
        .with("title", title_ko)
        .with("title_en", title_en)
        .with("use", product.usage.0)
        .with("use_en", product.usage.1)
        .with("model", model)
        .with("series", vendor.initials.as_str())
        .with("place", district.map_or("", |district| district.name_ko))
        .with("place_en", district.map_or("", |district| district.name_en))
        .with("moq", moq)
        .with("unit", product.unit.ko)
        .with("unit_en", product.unit.en_for(moq))
        .with("lead", lead)
}

/// Opening, two to four points, terms, sometimes packing: in both languages.
fn description(values: &Values, prng: &mut Prng) -> (String, String) {
    let open = word("open", prng);
    let mut points = vec![word("point", prng)];
    for _ in 0..prng.between(1, 4) {
        let next = word("point", prng);
        if !points.contains(&next) {
            points.push(next);
        }
    }
    let mut end = vec![word("ship", prng)];
    if prng.chance(60) {
        end.push(word("pack", prng));
    }
    let join = |list: &[(&str, &str)], english: bool, mark: &str, between: &str| {
        let lines: Vec<String> = list
            .iter()
            .map(|(ko, en)| format!("{mark}{}", values.fill(if english { en } else { ko })))
            .collect();
        lines.join(between)
    };
    let [ko, en] = [false, true].map(|english| {
        [join(&[open], english, "", ""), join(&points, english, "- ", "\n"), join(&end, english, "", " ")]
            .join("\n\n")
    });
    (ko, en)
}

/// Family price, factors of the choice, and up to a tenth more or less for the maker; rounded as people round.
#[expect(clippy::cast_possible_truncation, reason = "prices are far below 2^53")]
fn unit_price(product: &Product, choice: &Choice<'_>, prng: &mut Prng) -> i64 {
    let exact = product.price * choice.factor() * (0.9 + f64::from(prng.between(0, 20)) / 100.0);
    round((exact.round() as i64).max(i64::from(product.price > 0.0)))
}

/// To about three figures.
pub(super) const fn round(amount: i64) -> i64 {
    let step = match amount {
        0..100 => 1,
        100..1_000 => 10,
        1_000..10_000 => 50,
        10_000..100_000 => 100,
        100_000..1_000_000 => 1_000,
        _ => 10_000,
    };
    (amount + step / 2) / step * step
}

fn price(base: i64, moq: u32, prng: &mut Prng) -> DemoPrice {
    let kind = prng.below(100);
    if base == 0 || kind < if base > 1_000_000 { 55 } else { 20 } {
        return DemoPrice::Negotiable;
    }
    if kind < 62 || base < 20 || moq > 2_000 {
        return DemoPrice::Public(base);
    }
    let mut tiers = vec![(moq, base)];
    for (times, percent) in [(5, 93), (20, 86)] {
        let lower = round(base * percent / 100);
        if tiers.last().is_some_and(|(_, last)| lower < *last) {
            tiers.push((moq * times, lower));
        }
    }
    DemoPrice::Tiers(tiers)
}
