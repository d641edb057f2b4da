//! The days off: a table of dates in `data/holidays.tsv`, parsed once.
//!
//! Lunar holidays, substitutes, elections and temporary holidays are decided by government, not
//! computed: the table is the truth, and a year outside it has weekends only.

use std::sync::LazyLock;

use time::{Date, Month};

static TABLE: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    let mut days: Vec<Holiday> =
        include_str!("../../data/holidays.tsv").lines().skip(1).filter_map(parse).collect();
    days.sort_by_key(|day| day.date);
    days
});

/// Why nobody works on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HolidayKind {
    /// A holiday that comes every year.
    Public,
    /// A weekday given instead of a holiday that fell on a weekend or on another holiday.
    Substitute,
    /// A nationwide election.
    Election,
    /// Declared once by the government.
    Temporary,
    /// 1 May in the years before it became a public holiday: companies rest, offices do not.
    Workers,
}

impl HolidayKind {
    /// The word in tables.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Substitute => "substitute",
            Self::Election => "election",
            Self::Temporary => "temporary",
            Self::Workers => "workers",
        }
    }

    /// The kind of a word in tables.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Public, Self::Substitute, Self::Election, Self::Temporary, Self::Workers]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A day on which the market's clock stands still.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holiday {
    /// The day in Seoul.
    pub date: Date,
    /// Why it is one.
    pub kind: HolidayKind,
    /// Korean name.
    pub name_ko: &'static str,
    /// English name.
    pub name_en: &'static str,
}

/// Every known holiday, earliest first.
pub fn holidays() -> &'static [Holiday] {
    &TABLE
}

/// The holiday on this day of Seoul, if it is one.
pub fn holiday(date: Date) -> Option<&'static Holiday> {
    let at = TABLE.binary_search_by_key(&date, |day| day.date).ok()?;
    TABLE.get(at)
}

/// The first year the table covers.
pub fn first_year() -> Option<i32> {
    TABLE.first().map(|day| day.date.year())
}

/// The last year the table covers; an operator is warned before it ends.
pub fn last_year() -> Option<i32> {
    TABLE.last().map(|day| day.date.year())
}

fn parse(line: &'static str) -> Option<Holiday> {
    let mut columns = line.split('\t');
    let date = parse_date(columns.next()?)?;
    let kind = HolidayKind::from_code(columns.next()?)?;
    Some(Holiday { date, kind, name_ko: columns.next()?, name_en: columns.next()? })
}

fn parse_date(text: &str) -> Option<Date> {
    let mut parts = text.split('-');
    let year = parts.next()?.parse().ok()?;
    let month: u8 = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    Date::from_calendar_date(year, Month::try_from(month).ok()?, day).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::date;

    #[test]
    fn every_line_is_read_and_no_day_twice() {
        let lines = include_str!("../../data/holidays.tsv").lines().count() - 1;
        assert_eq!(holidays().len(), lines);
        assert!(holidays().windows(2).all(|pair| pair[0].date < pair[1].date));
        assert_eq!((first_year(), last_year()), (Some(2024), Some(2028)));
    }

    #[test]
    fn knows_lunar_substitute_and_election_days() {
        assert_eq!(holiday(date!(2026 - 02 - 17)).unwrap().name_ko, "설날");
        assert_eq!(holiday(date!(2026 - 09 - 25)).unwrap().name_en, "Chuseok");
        assert_eq!(holiday(date!(2026 - 05 - 25)).unwrap().kind, HolidayKind::Substitute);
        assert_eq!(holiday(date!(2028 - 04 - 12)).unwrap().kind, HolidayKind::Election);
        assert_eq!(holiday(date!(2024 - 05 - 01)).unwrap().kind, HolidayKind::Workers);
        assert!(holiday(date!(2026 - 11 - 23)).is_none());
    }

    #[test]
    fn every_year_has_the_fixed_days() {
        for year in 2024..=2028 {
            for (month, day) in [(1, 1), (3, 1), (5, 1), (5, 5), (6, 6), (8, 15), (10, 3), (10, 9), (12, 25)]
            {
                let date = Date::from_calendar_date(year, Month::try_from(month).unwrap(), day).unwrap();
                assert!(holiday(date).is_some(), "{date}");
            }
        }
    }
}
