//! What a vendor typed into the editor, and how it becomes content: one reader for half-written drafts
//! and for what is sent to review.

use serde::{Deserialize, Serialize};

use super::model::{ListingContent, Price, SpecRow, Tier};
use super::taxonomy;
use crate::error::{Error, ErrorKind, FieldErrors, Problem, Result};
use crate::money::{Currency, Money};
use crate::text;

/// Fewest characters of a title.
pub const TITLE_MIN: usize = 2;
/// Most characters of a Korean title.
pub const TITLE_MAX: usize = 60;
/// Most characters of an English title; the same name needs about twice the room.
pub const TITLE_EN_MAX: usize = 120;
/// Fewest characters of a description.
pub const DESCRIPTION_MIN: usize = 10;
/// Most characters of a description.
pub const DESCRIPTION_MAX: usize = 4_000;
/// Most lines of the specification table.
pub const SPEC_ROWS_MAX: usize = 40;
/// Most prices by quantity.
pub const TIERS_MAX: usize = 8;
/// Largest order quantity.
pub const QUANTITY_MAX: i64 = 1_000_000_000;
/// Longest lead time in days.
pub const LEAD_TIME_MAX: i64 = 730;
const SPEC_NAME_MAX: usize = 40;
const SPEC_VALUE_MAX: usize = 120;
const SPEC_UNIT_MAX: usize = 20;
const UNIT_MAX: usize = 10;
const ORIGIN_MAX: usize = 40;
const PART_NUMBER_MAX: usize = 60;

/// The editor's fields as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListingDraft {
    /// Code of a category.
    pub category: String,
    /// Korean title.
    pub title_ko: String,
    /// English title.
    pub title_en: String,
    /// Korean description.
    pub description_ko: String,
    /// English description.
    pub description_en: String,
    /// Specification table, with empty lines.
    pub specs: Vec<SpecRow>,
    /// What is counted.
    pub unit: String,
    /// `public`, `tiers` or `negotiable`.
    pub price_kind: String,
    /// The public price in won.
    pub price: String,
    /// Prices by quantity, with empty lines.
    pub tiers: Vec<TierDraft>,
    /// Smallest order.
    pub moq: String,
    /// Days until delivery.
    pub lead_time_days: String,
    /// Where it is made.
    pub origin: String,
    /// Customs code.
    pub hs_code: String,
    /// Type or part number.
    pub part_number: String,
}

/// One line of the prices by quantity, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TierDraft {
    /// Smallest quantity.
    pub from: String,
    /// Price of one.
    pub price: String,
}

/// How strictly a draft is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// Being written: everything may be empty, nothing may be wrong.
    Draft,
    /// Sent to review: what a buyer needs has to be there.
    Complete,
}

impl ListingDraft {
    /// The fields that show this content.
    pub fn from_content(content: &ListingContent) -> Self {
        let number = |value: Option<i64>| value.map(|n| n.to_string()).unwrap_or_default();
        let (price, tiers) = match &content.price {
            Price::Public(money) if money.minor > 0 => (money.plain(), Vec::new()),
            Price::Tiers(tiers) => {
                let typed = tiers
                    .iter()
                    .map(|tier| TierDraft { from: tier.from.to_string(), price: tier.minor.to_string() });
                (String::new(), typed.collect())
            }
            Price::Public(_) | Price::Negotiable => (String::new(), Vec::new()),
        };
        Self {
            category: content.category.clone(),
            title_ko: content.title_ko.clone(),
            title_en: content.title_en.clone(),
            description_ko: content.description_ko.clone(),
            description_en: content.description_en.clone(),
            specs: content.specs.clone(),
            unit: content.unit.clone(),
            price_kind: content.price.kind().to_owned(),
            price,
            tiers,
            moq: number(content.moq),
            lead_time_days: number(content.lead_time_days),
            origin: content.origin.clone(),
            hs_code: content.hs_code.clone(),
            part_number: content.part_number.clone(),
        }
    }

    /// The content, when nothing is wrong. Parts without a field (the drawing) come from `base`.
    ///
    /// # Errors
    /// `Invalid` with every problem, named by form field.
    pub fn validate(&self, depth: Depth, base: &ListingContent) -> Result<ListingContent> {
        let (content, errors) = self.read(depth, base);
        if errors.is_empty() { Ok(content) } else { Err(Error::new(ErrorKind::Invalid(errors))) }
    }

    /// The content with `base` wherever something is wrong, and everything that is: what autosave keeps.
    pub fn read(&self, depth: Depth, base: &ListingContent) -> (ListingContent, FieldErrors) {
        let mut errors = FieldErrors::new();
        let mut content = base.clone();
        let complete = depth == Depth::Complete;
        let least = |min: usize| if complete { min } else { 0 };
        put(
            &mut content.title_ko,
            errors.take("title_ko", text::name_within(&self.title_ko, least(TITLE_MIN), TITLE_MAX)),
        );
        put(&mut content.category, errors.take("category", category(&self.category, complete)));
        put(
            &mut content.title_en,
            errors.take("title_en", text::name_within(&self.title_en, 0, TITLE_EN_MAX)),
        );
        put(
            &mut content.part_number,
            errors.take("part_number", text::line_within(&self.part_number, 0, PART_NUMBER_MAX)),
        );
        put(&mut content.specs, specs(&self.specs, &mut errors));
        put(&mut content.price, self.price(complete, &mut errors));
        put(&mut content.unit, errors.take("unit", text::line_within(&self.unit, least(1), UNIT_MAX)));
        put(&mut content.moq, errors.take("moq", text::whole_number(&self.moq, 1, QUANTITY_MAX)));
        put(
            &mut content.lead_time_days,
            errors.take("lead_time_days", text::whole_number(&self.lead_time_days, 0, LEAD_TIME_MAX)),
        );
        put(&mut content.origin, errors.take("origin", text::line_within(&self.origin, 0, ORIGIN_MAX)));
        put(&mut content.hs_code, errors.take("hs_code", hs_code(&self.hs_code)));
        let korean = text::block_within(&self.description_ko, least(DESCRIPTION_MIN), DESCRIPTION_MAX);
        put(&mut content.description_ko, errors.take("description_ko", korean));
        let english = text::block_within(&self.description_en, 0, DESCRIPTION_MAX);
        put(&mut content.description_en, errors.take("description_en", english));
        (content, errors)
    }

    fn price(&self, complete: bool, errors: &mut FieldErrors) -> Option<Price> {
        match self.price_kind.as_str() {
            "negotiable" => Some(Price::Negotiable),
            "public" => errors.take("price", public_price(&self.price, complete)).map(Price::Public),
            "tiers" => tiers(&self.tiers, complete, errors).map(Price::Tiers),
            "" if !complete => Some(Price::Negotiable),
            _ => {
                errors.add("price_kind", Problem::NotChoice);
                None
            }
        }
    }
}

fn put<T>(place: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *place = value;
    }
}

fn category(input: &str, complete: bool) -> Result<String, Problem> {
    let code = text::line(input);
    if code.is_empty() {
        return if complete { Err(Problem::Required) } else { Ok(code) };
    }
    if taxonomy::find(&code).is_some_and(taxonomy::Category::is_leaf) {
        Ok(code)
    } else {
        Err(Problem::NotChoice)
    }
}

fn specs(rows: &[SpecRow], errors: &mut FieldErrors) -> Option<Vec<SpecRow>> {
    let before = errors.0.len();
    let mut clean = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let parts = [&row.name_ko, &row.name_en, &row.value, &row.unit].map(|part| text::line(part));
        if parts.iter().all(String::is_empty) {
            continue;
        }
        let mut take =
            |part: &str, value: &str, min: usize, max: usize| match text::line_within(value, min, max) {
                Ok(value) => value,
                Err(problem) => {
                    errors.add(format!("spec-{part}-{index}"), problem);
                    String::new()
                }
            };
        clean.push(SpecRow {
            name_ko: take("name-ko", &row.name_ko, 1, SPEC_NAME_MAX),
            name_en: take("name-en", &row.name_en, 0, SPEC_NAME_MAX),
            value: take("value", &row.value, 1, SPEC_VALUE_MAX),
            unit: take("unit", &row.unit, 0, SPEC_UNIT_MAX),
        });
    }
    if clean.len() > SPEC_ROWS_MAX {
        errors.add("specs", Problem::TooMany { max: SPEC_ROWS_MAX });
    }
    (errors.0.len() == before).then_some(clean)
}

fn public_price(input: &str, complete: bool) -> Result<Money, Problem> {
    let clean = text::figures(input);
    if clean.is_empty() {
        return if complete { Err(Problem::Required) } else { Ok(Money::won(0)) };
    }
    Money::parse(&clean, Currency::Krw).filter(|money| money.minor > 0).ok_or(Problem::NotMoney)
}

fn tiers(rows: &[TierDraft], complete: bool, errors: &mut FieldErrors) -> Option<Vec<Tier>> {
    let before = errors.0.len();
    let mut clean: Vec<Tier> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        if text::line(&row.from).is_empty() && text::line(&row.price).is_empty() {
            continue;
        }
        let from =
            text::whole_number(&row.from, 1, QUANTITY_MAX).and_then(|from| from.ok_or(Problem::Required));
        let ascending = from.and_then(|from| match clean.last() {
            Some(last) if last.from >= from => Err(Problem::Rule("tiers.ascending".into())),
            _ => Ok(from),
        });
        let price = public_price(&row.price, true);
        match (ascending, price) {
            (Ok(from), Ok(price)) => clean.push(Tier { from, minor: price.minor }),
            (from, price) => {
                let _ = from.map_err(|problem| errors.add(format!("tier-from-{index}"), problem));
                let _ = price.map_err(|problem| errors.add(format!("tier-price-{index}"), problem));
            }
        }
    }
    if clean.len() > TIERS_MAX {
        errors.add("tiers", Problem::TooMany { max: TIERS_MAX });
    }
    if complete && clean.is_empty() && errors.0.len() == before {
        errors.add("tiers", Problem::Required);
    }
    (errors.0.len() == before).then_some(clean)
}

/// Four digits (heading), six (subheading) or ten (Korean HSK), however they are separated.
fn hs_code(input: &str) -> Result<String, Problem> {
    let digits: String = text::line(input).chars().filter(|c| !matches!(c, '.' | '-' | ' ')).collect();
    let shaped = matches!(digits.len(), 0 | 4 | 6 | 10) && digits.bytes().all(|b| b.is_ascii_digit());
    if shaped { Ok(digits) } else { Err(Problem::Rule("hs_code.digits".into())) }
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
