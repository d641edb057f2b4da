//! The clocks people read by. A moment is the same everywhere; only its words differ. Zones are named as IANA names them,
//! and the rules of daylight saving time come with the program, so that every machine reads the same.

use std::fmt;
use std::sync::LazyLock;

use jiff::tz::TimeZone;
use time::{Date, OffsetDateTime, UtcOffset};

use crate::time::{DAY, HOUR, Timestamp};

/// The name of the clock of Seoul.
pub const SEOUL: &str = "Asia/Seoul";

/// Hours in which nobody is woken: from the first to the last, on the reader's clock.
pub const NIGHT: (u8, u8) = (21, 8);

/// A clock.
#[derive(Clone)]
pub struct Zone(TimeZone);

static SEOUL_ZONE: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get(SEOUL).unwrap_or_else(|_| TimeZone::fixed(jiff::tz::offset(9))));

static NAMES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let places =
        ["Africa/", "America/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/"];
    let known = jiff::tz::db().available().map(|name| name.as_str().to_owned());
    let mut names: Vec<String> =
        known.filter(|name| places.iter().any(|place| name.starts_with(place))).collect();
    names.sort_unstable();
    names.push("UTC".to_owned());
    names
});

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Self) -> bool {
        self.name() == other.name()
    }
}

impl Eq for Zone {}

impl Default for Zone {
    fn default() -> Self {
        Self::seoul()
    }
}

impl Zone {
    /// The clock of Seoul, by which deadlines are made.
    pub fn seoul() -> Self {
        Self(SEOUL_ZONE.clone())
    }

    /// A clock by its name; none for names that are no choice.
    pub fn named(name: &str) -> Option<Self> {
        names().binary_search_by(|known| known.as_str().cmp(name)).ok()?;
        TimeZone::get(name).ok().map(Self)
    }

    /// The clock somebody chose, else that of Seoul.
    pub fn chosen(name: Option<&str>) -> Self {
        name.and_then(Self::named).unwrap_or_default()
    }

    /// Its name.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or(SEOUL)
    }

    /// Whether it is that of Seoul.
    pub fn is_seoul(&self) -> bool {
        self.name() == SEOUL
    }

    /// What it shows at a moment.
    pub fn at(&self, at: Timestamp) -> OffsetDateTime {
        let offset = jiff::Timestamp::from_microsecond(at.0).map_or(0, |at| self.0.to_offset(at).seconds());
        at.to_utc().to_offset(UtcOffset::from_whole_seconds(offset).unwrap_or(UtcOffset::UTC))
    }

    /// What people call it at a moment: `PST`, `CEST`, or the difference from UTC where it has no letters.
    pub fn abbreviation(&self, at: Timestamp) -> String {
        let short = jiff::Timestamp::from_microsecond(at.0)
            .map(|at| self.0.to_offset_info(at).abbreviation().to_owned())
            .unwrap_or_default();
        if short.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return short;
        }
        let (hours, minutes, _) = self.at(at).offset().as_hms();
        let sign = if hours < 0 || minutes < 0 { '-' } else { '+' };
        format!("UTC{sign}{:02}:{:02}", hours.abs(), minutes.abs())
    }

    /// The day it shows.
    pub fn day(&self, at: Timestamp) -> Date {
        self.at(at).date()
    }

    /// The next moment, not before `at`, at which it is not night; `at` itself by day.
    pub fn morning(&self, at: Timestamp) -> Timestamp {
        let (from, until) = NIGHT;
        let hour = self.at(at).hour();
        if (until..from).contains(&hour) {
            return at;
        }
        let day = if hour >= from { self.day(at).next_day().unwrap_or(Date::MAX) } else { self.day(at) };
        self.moment(day, until).max(at)
    }

    /// The moment at which it shows an hour of a day. An hour that is left out in spring comes with the next one, of
    /// one that comes twice in autumn the first counts.
    pub fn moment(&self, day: Date, hour: u8) -> Timestamp {
        let midnight = Timestamp::from_calendar(day.midnight().assume_utc());
        // the clock may differ by up to a day from that of UTC; its own offset is that near the wanted moment
        let wanted = midnight.plus(i64::from(hour) * HOUR);
        let offset = |at: Timestamp| i64::from(self.at(at).offset().whole_seconds()) * crate::time::SECOND;
        let (before, after) = (offset(wanted.plus(-DAY)), offset(wanted.plus(DAY)));
        let first = wanted.plus(-before);
        if offset(first) == before { first } else { wanted.plus(-after).max(first.plus(-HOUR)) }
    }
}

/// Every zone that can be chosen, in order.
pub fn names() -> &'static [String] {
    &NAMES
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::datetime;

    fn at(moment: OffsetDateTime) -> Timestamp {
        Timestamp::from_calendar(moment)
    }

    #[test]
    fn clocks_have_their_names_and_letters() {
        let chicago = Zone::named("America/Chicago").unwrap();
        let summer = at(datetime!(2026-07-01 12:00 UTC));
        assert_eq!((chicago.at(summer).hour(), chicago.abbreviation(summer).as_str()), (7, "CDT"));
        let winter = at(datetime!(2026-12-01 12:00 UTC));
        assert_eq!((chicago.at(winter).hour(), chicago.abbreviation(winter).as_str()), (6, "CST"));
        assert_eq!(Zone::named("Asia/Dubai").unwrap().abbreviation(winter), "UTC+04:00");
        assert_eq!(Zone::seoul().abbreviation(winter), "KST");
        assert!(Zone::named("Mars/Olympus").is_none() && Zone::named("../etc/passwd").is_none());
        assert!(Zone::named("UTC").is_some());
        assert_eq!(Zone::chosen(Some("nowhere")), Zone::seoul());
        assert!(names().len() > 300 && names().iter().any(|name| name == SEOUL));
    }

    #[test]
    fn nobody_is_woken() {
        let seoul = Zone::seoul();
        let evening = at(datetime!(2026-11-27 22:30 +9));
        assert_eq!(seoul.morning(evening), at(datetime!(2026-11-28 08:00 +9)));
        assert_eq!(seoul.morning(at(datetime!(2026-11-28 03:00 +9))), at(datetime!(2026-11-28 08:00 +9)));
        let noon = at(datetime!(2026-11-28 12:00 +9));
        assert_eq!(seoul.morning(noon), noon);
        // the night in which Berlin's clocks go forward
        let berlin = Zone::named("Europe/Berlin").unwrap();
        assert_eq!(berlin.morning(at(datetime!(2026-03-28 23:00 +1))), at(datetime!(2026-03-29 08:00 +2)));
        // and the one in which New York's go back
        let york = Zone::named("America/New_York").unwrap();
        assert_eq!(york.morning(at(datetime!(2026-10-31 22:00 -4))), at(datetime!(2026-11-01 08:00 -5)));
    }

    /// The days around every change of a clock in a year.
    fn changes(zone: &Zone) -> Vec<Timestamp> {
        let start = at(datetime!(2026-01-01 00:00 UTC));
        let offset = |day: i64| zone.at(start.plus(day * DAY)).offset();
        (1..366).filter(|day| offset(*day) != offset(*day - 1)).map(|day| start.plus(day * DAY)).collect()
    }

    #[test]
    fn changing_clocks_never_move_a_deadline() {
        for name in ["America/New_York", "Europe/Berlin", "Australia/Sydney", "Asia/Seoul", "Asia/Kathmandu"]
        {
            let zone = Zone::named(name).unwrap();
            let changes = changes(&zone);
            assert_eq!(changes.len(), if name.starts_with("Asia") { 0 } else { 2 }, "{name}");
            for change in changes {
                for hours in -96..96 {
                    let asked = change.plus(hours * HOUR);
                    let due = Timestamp(crate::calendar::add_business_days(asked.0, 3));
                    // what the reader is shown is the same instant, and that is 18:00 in Seoul
                    let shown = zone.at(due);
                    assert_eq!(Timestamp::from_calendar(shown), due, "{name}");
                    assert_eq!(due.to_seoul().hour(), 18, "{name}");
                    // and showing keeps the order of moments, also in the hour that comes twice
                    let (one, two) = (zone.at(asked), zone.at(asked.plus(HOUR)));
                    assert_eq!((two - one).whole_hours(), 1, "{name}");
                }
            }
        }
    }

    proptest! {
        /// Whatever a clock shows, the moment stays the moment, and mornings are mornings.
        #[test]
        fn showing_never_moves_a_moment(micros in 1_700_000_000_000_000_i64..2_000_000_000_000_000, pick in any::<prop::sample::Index>()) {
            let zone = Zone::named(&names()[pick.index(names().len())]).unwrap();
            let moment = Timestamp(micros);
            prop_assert_eq!(Timestamp::from_calendar(zone.at(moment)), moment);
            let morning = zone.morning(moment);
            prop_assert!(morning >= moment && morning.since(moment) <= 12 * HOUR);
            let hour = zone.at(morning).hour();
            prop_assert!((NIGHT.1..NIGHT.0).contains(&hour), "{:?} {}", zone, hour);
        }
    }
}
