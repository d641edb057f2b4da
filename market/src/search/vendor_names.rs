//! Vendors by their names: the small group above the results and in the list under the search box.

use std::sync::{Arc, LazyLock};

use super::clean::{clean, squash};
use crate::catalog::browse::Card;
use crate::cx::Cx;
use crate::error::Result;
use crate::memo::Memo;

/// Vendors shown.
const SHOWN: i64 = 4;

/// Vendors that a stranger may see, whose name has these letters; the shortest name is the nearest.
pub const CALLED: &str = concat!(
    "SELECT w.slug, w.name_ko, w.name_en, w.region, w.address FROM vendors w WHERE ",
    crate::visible_vendors!("w"),
    " AND (lower(replace(w.name_ko, ' ', '')) LIKE $1 ESCAPE '\\' OR lower(replace(w.name_en, ' ', '')) LIKE $1 ESCAPE '\\') \
     ORDER BY length(w.name_ko), w.name_ko, w.id LIMIT $2"
);

/// A vendor and where it is.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NamedVendor {
    /// For addresses.
    pub slug: String,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
    /// Region code.
    pub region: String,
    /// Address.
    pub address: String,
}

/// Vendors whose name has this text, blanks and forms of companies ignored.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn called(cx: &Cx, text: &str) -> Result<Vec<NamedVendor>> {
    let Some(pattern) = pattern(text) else { return Ok(Vec::new()) };
    let mut db = cx.read().await?;
    crate::fetch_all!(db, NamedVendor, CALLED, pattern.as_str(), SHOWN)
}

/// Vendors of these cards that are called so; asks nobody.
pub fn among(cards: &[Card], text: &str) -> Vec<NamedVendor> {
    let Some(letters) = letters(text).map(|letters| squash(&letters)) else { return Vec::new() };
    let long = letters.chars().count() >= 3;
    let same = |name: &str| {
        let name = squashed(name);
        name.starts_with(&letters) || (long && name.contains(&letters))
    };
    let mut out: Vec<NamedVendor> = Vec::new();
    for vendor in cards.iter().map(|card| &card.vendor) {
        let known = out.iter().any(|other| other.slug == vendor.slug);
        if !known && (same(&vendor.name_ko) || same(&vendor.name_en)) {
            out.push(NamedVendor {
                slug: vendor.slug.clone(),
                name_ko: vendor.name_ko.clone(),
                name_en: vendor.name_en.clone(),
                region: vendor.region.clone(),
                address: vendor.address.clone(),
            });
        }
    }
    out.truncate(usize::try_from(SHOWN).unwrap_or(4));
    out
}

/// A name squashed. The same vendors stand on many pages, and cleaning forty names took a tenth of one.
fn squashed(name: &str) -> Arc<str> {
    static KNOWN: LazyLock<Memo<String, Arc<str>>> = LazyLock::new(|| Memo::new(1024));
    KNOWN.get(name.to_owned(), |_| true, || squash(&clean(name)).into())
}

/// What `LIKE` looks for; none when the text is too short or too long to be a name.
fn pattern(text: &str) -> Option<String> {
    let letters = letters(text)?;
    Some(format!("%{}%", letters.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")))
}

/// A name without its blanks and without the form of the company, as the database compares it; none when the text is too
/// short or too long to be one.
fn letters(text: &str) -> Option<String> {
    let plain = clean(text);
    let plain = plain.replace("주식회사", "").replace("(주)", "").replace('㈜', "");
    let letters: String = plain.chars().filter(|c| !c.is_whitespace()).collect();
    let telling = letters.chars().any(char::is_alphabetic);
    ((2..=30).contains(&letters.chars().count()) && telling).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "testing")]
    crate::both_databases!(the_statement_prepares, |db: crate::db::Db| async move {
        crate::testing::prepare_all(&db, [CALLED]).await;
    });

    #[test]
    fn names_are_found_by_their_letters() {
        assert_eq!(pattern("(주) 가온 벼리"), Some("%가온벼리%".into()));
        assert_eq!(pattern("50%_"), None);
        assert_eq!(pattern("a_b"), Some("%a\\_b%".into()));
        assert_eq!((pattern("가"), pattern("  ")), (None, None));
    }
}
