//! Days declared after this version was built: kept in a table, handed to every process, laid over the built-in ones.

use std::collections::BTreeMap;
use std::sync::RwLock;

use time::Date;

use super::{HolidayKind, holiday};

/// Most letters of the name of a day.
pub const DAY_NAME_MAX: usize = 60;

/// A day as declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclaredDay {
    /// The day in Seoul.
    pub date: Date,
    /// Why nobody works; none when people do, in spite of the built-in table.
    pub kind: Option<HolidayKind>,
    /// Korean name.
    pub name_ko: String,
    /// English name.
    pub name_en: String,
}

static DECLARED: RwLock<BTreeMap<Date, bool>> = RwLock::new(BTreeMap::new());

/// Lays these days over the built-in ones, instead of those laid before.
pub fn declare(days: &[DeclaredDay]) {
    let fresh = days.iter().map(|day| (day.date, day.kind.is_some())).collect();
    match DECLARED.write() {
        Ok(mut known) => *known = fresh,
        Err(poisoned) => *poisoned.into_inner() = fresh,
    }
}

/// Whether nobody works on this day of Seoul, weekends apart.
pub fn is_holiday(date: Date) -> bool {
    match DECLARED.read() {
        Ok(known) => laid_over(&known, date),
        Err(poisoned) => laid_over(&poisoned.into_inner(), date),
    }
}

fn laid_over(declared: &BTreeMap<Date, bool>, date: Date) -> bool {
    declared.get(&date).copied().unwrap_or_else(|| holiday(date).is_some())
}

/// Reads lines of `date, kind, name_ko, name_en` parted by tabs, as in the built-in table; a first line of headings
/// and empty lines are passed over. `working` as kind takes a built-in day back.
///
/// # Errors
/// The number of the first line that is none.
pub fn read_days(text: &str) -> Result<Vec<DeclaredDay>, usize> {
    let mut days = Vec::new();
    for (number, line) in (1_usize..).zip(text.lines()) {
        let line = line.trim_end_matches('\r').trim_start_matches('\u{feff}');
        if line.trim().is_empty() || (number == 1 && line.starts_with("date\t")) {
            continue;
        }
        days.push(read_day(line).ok_or(number)?);
    }
    Ok(days)
}

fn read_day(line: &str) -> Option<DeclaredDay> {
    let mut columns = line.split('\t').map(str::trim);
    let date = crate::text::day(columns.next()?)?;
    let kind = match columns.next()? {
        "working" => None,
        word => Some(HolidayKind::from_code(word)?),
    };
    let (name_ko, name_en) = (columns.next()?.to_owned(), columns.next().unwrap_or_default().to_owned());
    (!name_ko.is_empty()
        && name_ko.chars().count() <= DAY_NAME_MAX
        && name_en.chars().count() <= DAY_NAME_MAX)
        .then_some(DeclaredDay { date, kind, name_ko, name_en })
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn declared_days_lie_over_the_built_in_ones() {
        let text = "date\tkind\tname_ko\tname_en\n2026-12-24\ttemporary\t임시공휴일\tTemporary holiday\r\n\n2026-12-25\tworking\t근무일\t";
        let days = read_days(text).unwrap();
        assert_eq!((days.len(), days[1].kind), (2, None));
        let declared = days.iter().map(|day| (day.date, day.kind.is_some())).collect();
        assert!(laid_over(&declared, date!(2026 - 12 - 24)), "declared");
        assert!(!laid_over(&declared, date!(2026 - 12 - 25)), "taken back");
        assert!(laid_over(&declared, date!(2026 - 10 - 09)), "built in");
        assert!(!laid_over(&declared, date!(2026 - 12 - 23)));
    }

    #[test]
    fn a_wrong_line_is_named() {
        for (text, line) in
            [("2031-13-01\tpublic\tx\tx", 1), ("\n2031-01-01\tparty\tx\tx", 2), ("2031-01-01\tpublic", 1)]
        {
            assert_eq!(read_days(text), Err(line), "{text}");
        }
    }
}
