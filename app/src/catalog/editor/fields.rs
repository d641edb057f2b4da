//! Between the editor's form and a draft: names of fields, numbered lines, what was pressed.

use market::Error;
use market::catalog::draft::{SPEC_ROWS_MAX, TIERS_MAX};
use market::catalog::service::Save;
use market::catalog::{ListingDraft, SpecRow, TierDraft};
use uuid::Uuid;

use crate::form::Submitted;

/// Lines shown beyond the filled ones.
pub const SPARE_ROWS: usize = 2;
/// Lines read beyond the allowed ones, so that too many are refused and not silently cut.
const BEYOND: usize = 10;

/// What was typed.
pub fn draft_of(form: &Submitted) -> ListingDraft {
    let specs = (0..rows(form, "spec-value-", SPEC_ROWS_MAX + BEYOND)).map(|n| SpecRow {
        name_ko: form.text(&format!("spec-name-ko-{n}")),
        name_en: form.text(&format!("spec-name-en-{n}")),
        value: form.text(&format!("spec-value-{n}")),
        unit: form.text(&format!("spec-unit-{n}")),
    });
    let tiers = (0..rows(form, "tier-from-", TIERS_MAX + BEYOND)).map(|n| TierDraft {
        from: form.text(&format!("tier-from-{n}")),
        price: form.text(&format!("tier-price-{n}")),
    });
    ListingDraft {
        category: form.text("category"),
        title_ko: form.text("title_ko"),
        title_en: form.text("title_en"),
        description_ko: form.text("description_ko"),
        description_en: form.text("description_en"),
        specs: specs.collect(),
        unit: form.text("unit"),
        price_kind: form.text("price_kind"),
        price: form.text("price"),
        tiers: tiers.collect(),
        moq: form.text("moq"),
        lead_time_days: form.text("lead_time_days"),
        origin: form.text("origin"),
        hs_code: form.text("hs_code"),
        part_number: form.text("part_number"),
    }
}

/// One more than the highest number among the fields that begin so, at most `most`.
pub fn rows(form: &Submitted, prefix: &str, most: usize) -> usize {
    let numbers = form.0.iter().filter_map(|(name, _)| name.strip_prefix(prefix)?.parse::<usize>().ok());
    numbers.filter(|number| *number < most).max().map_or(0, |highest| highest + 1)
}

/// Like [`rows`] over several columns, counting only lines in which something was typed.
pub fn filled(form: &Submitted, prefixes: &[&str], most: usize) -> usize {
    let typed = Submitted(form.0.iter().filter(|(_, value)| !value.trim().is_empty()).cloned().collect());
    prefixes.iter().map(|prefix| rows(&typed, prefix, most)).max().unwrap_or(0)
}

/// The fields of a form that shows `draft`.
pub fn pairs_of(draft: &ListingDraft) -> Vec<(String, String)> {
    let plain = [
        ("category", &draft.category),
        ("title_ko", &draft.title_ko),
        ("title_en", &draft.title_en),
        ("description_ko", &draft.description_ko),
        ("description_en", &draft.description_en),
        ("unit", &draft.unit),
        ("price_kind", &draft.price_kind),
        ("price", &draft.price),
        ("moq", &draft.moq),
        ("lead_time_days", &draft.lead_time_days),
        ("origin", &draft.origin),
        ("hs_code", &draft.hs_code),
        ("part_number", &draft.part_number),
    ];
    let mut pairs: Vec<(String, String)> =
        plain.into_iter().map(|(name, value)| (name.to_owned(), value.clone())).collect();
    for (n, row) in draft.specs.iter().enumerate() {
        pairs.push((format!("spec-name-ko-{n}"), row.name_ko.clone()));
        pairs.push((format!("spec-name-en-{n}"), row.name_en.clone()));
        pairs.push((format!("spec-value-{n}"), row.value.clone()));
        pairs.push((format!("spec-unit-{n}"), row.unit.clone()));
    }
    for (n, tier) in draft.tiers.iter().enumerate() {
        pairs.push((format!("tier-from-{n}"), tier.from.clone()));
        pairs.push((format!("tier-price-{n}"), tier.price.clone()));
    }
    pairs
}

/// The form as a save. `idem` is missing when a program saves (autosave).
///
/// # Errors
/// `Conflict("stale_version")` when the form names no version: nothing may be overwritten blindly.
pub fn save_of(form: &Submitted, with_key: bool) -> Result<Save, Error> {
    let version = form.get("version").parse().map_err(|_| Error::conflict("stale_version"))?;
    let idem = if with_key { Some(form.idem()?) } else { None };
    Ok(Save { version, draft: draft_of(form), revision: Uuid::parse_str(form.get("revision")).ok(), idem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_survives_the_form() {
        let draft = ListingDraft {
            title_ko: "볼트".into(),
            specs: vec![SpecRow {
                name_ko: "나사".into(),
                name_en: "Thread".into(),
                value: "M8".into(),
                unit: String::new(),
            }],
            tiers: vec![TierDraft { from: "1".into(), price: "2".into() }],
            ..ListingDraft::default()
        };
        assert_eq!(draft_of(&Submitted(pairs_of(&draft))), draft);
    }

    #[test]
    fn huge_line_numbers_are_not_followed() {
        let form = Submitted(vec![
            ("spec-value-18446744073709551615".into(), "x".into()),
            ("spec-value-3".into(), "y".into()),
        ]);
        assert_eq!(rows(&form, "spec-value-", 50), 4);
    }
}
