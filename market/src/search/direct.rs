//! A question that is nothing but a part number leads straight to the listings that have exactly this one.

use uuid::Uuid;

use super::clean::{clean, squash};
use crate::catalog::browse::CARDS;
use crate::cx::Cx;
use crate::error::Result;

/// Part numbers of these listings; whether they may be seen is decided where their cards are read.
pub const NUMBERS: &str = "SELECT l.id, l.part_number FROM listings l \
    WHERE l.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)";

/// The part number that a text is, without hyphens and blanks; none for words and for what is too short to name one thing.
pub fn code(text: &str) -> Option<String> {
    let text = clean(text);
    let plain = squash(&text);
    let only =
        text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-' | '_' | '/' | '.' | '+'));
    let telling = plain.bytes().any(|b| b.is_ascii_digit()) && plain.bytes().any(|b| b.is_ascii_alphabetic());
    (only && (telling || plain.len() >= 5) && (3..=40).contains(&plain.len())).then_some(plain)
}

/// Those of these listings whose whole part number it is.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn exact(cx: &Cx, code: &str, ids: &[Uuid]) -> Result<Vec<Uuid>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut db = cx.read().await?;
    let rows = crate::fetch_by_ids!(db, fetch_all, (Uuid, String), NUMBERS, [], ids.iter().take(CARDS))?;
    let same = |number: &str| squash(&clean(number)) == code;
    Ok(rows.into_iter().filter(|(_, number)| same(number)).map(|(id, _)| id).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(feature = "testing")]
    crate::both_databases!(the_statement_prepares, |db: crate::db::Db| async move {
        crate::testing::prepare_all(&db, [NUMBERS]).await;
    });

    #[test]
    fn a_part_number_is_told_from_words() {
        for typed in ["LM-317T", "lm 317 t", "ＬＭ３１７Ｔ", "lm317/t"] {
            assert_eq!(code(typed).as_deref(), Some("lm317t"), "{typed}");
        }
        assert_eq!(code("620562").as_deref(), Some("620562"));
        for words in ["볼트 M8", "bolt", "15", "M8", "100", "", "---", "육각", "lm317?"] {
            assert_eq!(code(words), None, "{words}");
        }
    }
}
