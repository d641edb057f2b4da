//! Whom a buyer invites: companies as people write them, one a line, by name or by the address of their page.

use uuid::Uuid;

use super::store;
use crate::db::Handle;
use crate::error::{Problem, Result};
use crate::search::clean::{clean, squash};
use crate::text;

/// Vendors that may be invited.
const MOST_INVITED: usize = 10;

/// The lines of a field with their numbers, each text once; one more than may be invited tells that there are too many.
/// Every line costs a search among all names, so no more are ever looked up.
pub(super) fn rows(typed: &str) -> Vec<(usize, &str)> {
    let mut rows: Vec<(usize, &str)> = Vec::new();
    for (line, row) in (1..).zip(typed.lines().map(str::trim)) {
        if !row.is_empty() && rows.iter().all(|(_, known)| *known != row) {
            rows.push((line, row));
        }
        if rows.len() > MOST_INVITED {
            break;
        }
    }
    rows
}

/// The last part of the address of a vendor's page.
fn slug(row: &str) -> &str {
    row.trim_end_matches('/').rsplit('/').next().unwrap_or(row).split('?').next().unwrap_or(row)
}

/// A name without the form of the company that Korean names carry before or behind them.
fn bare(name: &str) -> String {
    let forms = ["주식회사", "유한회사", "(주)", "(유)", "㈜"];
    forms.iter().fold(clean(name), |plain, form| plain.replace(form, " "))
}

/// A name as it is compared: without blanks, signs and the form of the company.
fn folded(name: &str) -> String {
    let plain = bare(name);
    let words: Vec<&str> =
        plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let forms = words.iter().rev().take_while(|word| FORMS.contains(word)).count();
    let name = words.get(..words.len() - forms).filter(|name| !name.is_empty()).unwrap_or(&words);
    squash(&name.concat())
}

/// What English names of companies end with.
const FORMS: [&str; 7] = ["co", "ltd", "inc", "corp", "corporation", "company", "limited"];

/// What the database looks for: the words of a name in their order.
fn pattern(row: &str) -> Option<String> {
    let plain = bare(row);
    let words = plain.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty() && !FORMS.contains(word)).collect();
    let letters: usize = words.iter().map(|word| word.chars().count()).sum();
    (letters > 1).then(|| format!("%{}%", words.join("%")))
}

/// The vendors that a line may mean: one, none, or several of the same name.
pub(super) async fn meant(db: &mut impl Handle, row: &str) -> Result<Vec<Uuid>> {
    if let Some((id,)) = crate::fetch_optional!(*db, (Uuid,), store::VENDOR_BY_SLUG, slug(row))? {
        return Ok(vec![id]);
    }
    let Some(pattern) = pattern(row) else { return Ok(Vec::new()) };
    let wanted = folded(row);
    let near = crate::fetch_all!(*db, (Uuid, String, String), store::VENDORS_NAMED, pattern.as_str())?;
    let same = |(_, ko, en): &(Uuid, String, String)| [ko, en].into_iter().any(|name| folded(name) == wanted);
    Ok(near.into_iter().filter(same).map(|(id, ..)| id).collect())
}

/// The vendors that are meant, or everything that is wrong, each saying in which line: `rfq.invited.2`.
pub(super) async fn find(
    db: &mut impl Handle,
    typed: &str,
) -> Result<std::result::Result<Vec<Uuid>, Vec<Problem>>> {
    let typed = text::block(typed);
    let rows = rows(&typed);
    if rows.len() > MOST_INVITED {
        return Ok(Err(vec![Problem::TooMany { max: MOST_INVITED }]));
    }
    let (mut found, mut wrong) = (Vec::new(), Vec::new());
    for (line, row) in rows {
        match meant(db, row).await?.as_slice() {
            [id] if found.contains(id) => {}
            [id] => found.push(*id),
            [] => wrong.push(Problem::Rule(format!("rfq.invited.{line}").into())),
            _ => wrong.push(Problem::Rule(format!("rfq.invited_several.{line}").into())),
        }
    }
    if found.is_empty() && wrong.is_empty() {
        wrong.push(Problem::Required);
    }
    Ok(if wrong.is_empty() { Ok(found) } else { Err(wrong) })
}

#[cfg(test)]
mod tests {
    use super::{MOST_INVITED, folded, pattern, rows, slug};

    #[test]
    fn lines_keep_their_number_and_few_are_looked_up() {
        assert_eq!(rows("가온\n\n너른\n가온\n 해솔 "), [(1, "가온"), (3, "너른"), (5, "해솔")]);
        assert_eq!(rows(&"Neoreun\n".repeat(20_000)).len(), 1);
        let many = (0..20_000).map(|n| format!("가온{n}")).collect::<Vec<_>>().join("\n");
        assert_eq!(rows(&many).len(), MOST_INVITED + 1);
    }

    #[test]
    fn a_company_is_the_same_however_it_is_written() {
        for written in [
            "가온벼리볼트",
            "(주)가온벼리볼트",
            "㈜ 가온 벼리볼트",
            "주식회사 가온벼리볼트",
            "주식회사가온벼리볼트",
        ] {
            assert_eq!(folded(written), "가온벼리볼트", "{written}");
        }
        for written in ["Gaon-Bolt Co., Ltd.", "gaon bolt", "GAON BOLT CO LTD", "Gaon Bolt Inc"] {
            assert_eq!(folded(written), "gaonbolt", "{written}");
        }
        assert_eq!(folded("Co Ltd"), "coltd", "a form alone is a name");
        assert_eq!(pattern("주식회사 가온벼리볼트"), Some("%가온벼리볼트%".into()));
        assert_eq!(pattern("주식회사 너른 정밀"), Some("%너른%정밀%".into()));
        assert_eq!(pattern("Gaon-Bolt Co., Ltd."), Some("%gaon%bolt%".into()));
        assert_eq!((pattern("50%_"), pattern("가")), (Some("%50%".into()), None));
        assert_eq!(
            (slug("https://x.kr/en/vendors/gaon?a=b"), slug("가온벼리볼트 /vendors/gaon")),
            ("gaon", "gaon")
        );
    }
}
