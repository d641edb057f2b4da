//! The families of goods that vendors list: `data/demo_products.tsv`.
//!
//! Every family has axes (size, material …) whose values carry a price factor; one choice per axis is
//! one product. `~` separates Korean from English, `^` a unit.

use std::sync::LazyLock;

use super::{
    model::{DemoSpec, Unit},
    text::Pair,
};
use crate::catalog::drawing::{Drawing, Family};

static PRODUCTS: LazyLock<Vec<Product>> = LazyLock::new(|| {
    include_str!("../../data/demo_products.tsv").lines().skip(1).filter_map(parse).collect()
});

const UNITS: [Unit; 16] = [
    Unit { ko: "개", en: "pcs" },
    Unit { ko: "m", en: "m" },
    Unit { ko: "대", en: "units" },
    Unit { ko: "조", en: "sets" },
    Unit { ko: "㎡", en: "m²" },
    Unit { ko: "kg", en: "kg" },
    Unit { ko: "L", en: "L" },
    Unit { ko: "매", en: "sheets" },
    Unit { ko: "롤", en: "rolls" },
    Unit { ko: "박스", en: "boxes" },
    Unit { ko: "켤레", en: "pairs" },
    Unit { ko: "벌", en: "sets" },
    Unit { ko: "건", en: "jobs" },
    Unit { ko: "포", en: "bags" },
    Unit { ko: "병", en: "bottles" },
    Unit { ko: "통", en: "cans" },
];

/// A family of goods.
pub(super) struct Product {
    pub(super) category: &'static str,
    pub(super) hs: &'static str,
    family: Family,
    pub(super) unit: Unit,
    /// Won for one unit at factor 1; 0: by negotiation only.
    pub(super) price: f64,
    pub(super) moq: u32,
    title: Pair,
    axes: Vec<Axis>,
    specs: &'static str,
    dims: &'static str,
    pub(super) usage: Pair,
}

struct Axis {
    key: &'static str,
    values: Vec<(Pair, f64)>,
}

/// One product of a family.
pub(super) struct Choice<'a> {
    product: &'a Product,
    values: Vec<(&'static str, Pair, f64)>,
}

/// The families of one root category.
pub(super) fn of_root(root: &str) -> Vec<&'static Product> {
    PRODUCTS.iter().filter(|product| product.category.split('.').next() == Some(root)).collect()
}

/// Every family.
#[cfg(test)]
pub(super) fn all() -> &'static [Product] {
    &PRODUCTS
}

impl Product {
    /// How many different products the family has.
    pub(super) fn combinations(&self) -> usize {
        self.axes.iter().map(|axis| axis.values.len()).product()
    }

    /// The product with this number, from 0 up to [`Self::combinations`].
    pub(super) fn choice(&self, number: usize) -> Choice<'_> {
        let mut rest = number;
        let mut values = Vec::with_capacity(self.axes.len());
        for axis in &self.axes {
            let count = axis.values.len().max(1);
            if let Some((pair, factor)) = axis.values.get(rest % count) {
                values.push((axis.key, *pair, *factor));
            }
            rest /= count;
        }
        Choice { product: self, values }
    }
}

impl Choice<'_> {
    pub(super) fn title_ko(&self) -> String {
        self.fill(self.product.title.0, false)
    }

    pub(super) fn title_en(&self) -> String {
        let title = self.fill(self.product.title.1, true);
        let mut letters = title.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// Product of the factors of all choices.
    pub(super) fn factor(&self) -> f64 {
        self.values.iter().map(|(_, _, factor)| factor).product()
    }

    pub(super) fn specs(&self) -> Vec<DemoSpec> {
        self.product.specs.split(';').filter_map(|row| self.spec(row)).collect()
    }

    fn spec(&self, row: &'static str) -> Option<DemoSpec> {
        let (names, value) = row.split_once('=')?;
        let (name_ko, name_en) = pair(names);
        let (value, unit) = value.split_once('^').unwrap_or((value, ""));
        let (ko, en) = pair(value);
        Some(DemoSpec {
            name_ko,
            name_en,
            value_ko: self.fill(ko, false),
            value_en: self.fill(en, true),
            unit,
        })
    }

    /// A value such as 600×1200 fills the dimensions that follow it.
    pub(super) fn drawing(&self) -> Drawing {
        let mut dims: Vec<(String, String)> = Vec::new();
        let mut carried: Vec<String> = Vec::new();
        for dim in self.product.dims.split(';') {
            let Some((label, template)) = dim.split_once('=') else {
                continue;
            };
            let mut value = self.fill(template, false);
            if value.is_empty() && !carried.is_empty() {
                value = carried.remove(0);
            } else if let Some((first, rest)) = value.clone().split_once('×') {
                carried = rest.split('×').map(bare).collect();
                value = bare(first);
            }
            dims.push((label.to_owned(), value));
        }
        Drawing { family: self.product.family, dims }
    }

    fn fill(&self, template: &str, english: bool) -> String {
        let mut out = template.to_owned();
        for (key, pair, _) in &self.values {
            out = out.replace(&format!("{{{key}}}"), if english { pair.1 } else { pair.0 });
        }
        out
    }
}

/// `W900` and `D20` without the letter that the label already says.
fn bare(part: &str) -> String {
    part.trim_start_matches(['W', 'H', 'D']).to_owned()
}

fn pair(text: &'static str) -> Pair {
    text.split_once('~').unwrap_or((text, text))
}

fn parse(line: &'static str) -> Option<Product> {
    let mut columns = line.split('\t');
    let mut next = || columns.next();
    let (category, hs, family, unit) = (next()?, next()?, Family::from_code(next()?)?, next()?);
    Some(Product {
        category,
        hs,
        family,
        unit: UNITS.into_iter().find(|known| known.ko == unit)?,
        price: next()?.parse().ok()?,
        moq: next()?.parse().ok()?,
        title: (next()?, next()?),
        axes: next()?.split(';').filter_map(parse_axis).collect(),
        specs: next()?,
        dims: next()?,
        usage: pair(next()?),
    })
}

fn parse_axis(text: &'static str) -> Option<Axis> {
    let (key, values) = text.split_once('=')?;
    Some(Axis { key, values: values.split(',').map(parse_value).collect() })
}

fn parse_value(text: &'static str) -> (Pair, f64) {
    match text.rsplit_once(':').and_then(|(value, factor)| Some((value, factor.parse::<f64>().ok()?))) {
        Some((value, factor)) => (pair(value), factor),
        None => (pair(text), 1.0),
    }
}
