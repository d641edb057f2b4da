//! Working time between two moments, and deadlines counted in working days.

use time::{Date, Weekday};

use super::is_holiday;

const SECOND: i64 = 1_000_000;
const HOUR: i64 = 3_600 * SECOND;
const DAY: i64 = 24 * HOUR;
const SEOUL_OFFSET: i64 = 9 * HOUR;
/// Julian day of 1970-01-01.
const EPOCH_JULIAN_DAY: i64 = 2_440_588;

/// The hour at which a working day begins in Seoul.
pub const OPENS_AT: i64 = 9;
/// The hour at which a working day ends in Seoul.
pub const CLOSES_AT: i64 = 18;
/// The most that nights, weekends and holidays together add to a response time.
pub const OFF_HOURS_CAP: i64 = 2 * HOUR;

/// The day in Seoul at this moment.
pub fn seoul_date(at: i64) -> Date {
    date_of(day_number(at))
}

/// The moment at `hour` o'clock of a day in Seoul.
pub fn seoul_micros(date: Date, hour: i64) -> i64 {
    (i64::from(date.to_julian_day()) - EPOCH_JULIAN_DAY) * DAY + hour * HOUR - SEOUL_OFFSET
}

/// Whether people work on this day: Monday to Friday and no holiday.
pub fn is_business_day(date: Date) -> bool {
    !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_holiday(date)
}

/// Whether this moment lies in business hours.
pub fn is_open(at: i64) -> bool {
    let date = seoul_date(at);
    is_business_day(date) && (seoul_micros(date, OPENS_AT)..seoul_micros(date, CLOSES_AT)).contains(&at)
}

/// The first working day after `date`.
pub fn next_business_day(date: Date) -> Date {
    let mut day = date;
    while let Some(next) = day.next_day() {
        day = next;
        if is_business_day(day) {
            break;
        }
    }
    day
}

/// The deadline `days` working days after the day of `at`: 18:00 in Seoul on the last of them.
/// The day of `at` itself does not count, whatever its hour; `0` gives 18:00 of that day or of the
/// next working day when that day is none.
pub fn add_business_days(at: i64, days: u16) -> i64 {
    add_business_days_except(at, days, |_| false)
}

/// Like [`add_business_days`], with further days on which somebody does not work.
pub fn add_business_days_except(at: i64, days: u16, closed: impl Fn(Date) -> bool) -> i64 {
    let next = |date| {
        let mut day = next_business_day(date);
        // nobody rests for ever: after two years of closed days the deadline comes all the same
        for _ in 0..500 {
            if !closed(day) {
                break;
            }
            day = next_business_day(day);
        }
        day
    };
    let mut date = seoul_date(at);
    if days == 0 && (!is_business_day(date) || closed(date)) {
        date = next(date);
    }
    for _ in 0..days {
        date = next(date);
    }
    seoul_micros(date, CLOSES_AT)
}

/// Business time from `from` to `to`; 0 when `to` is not later.
pub fn business_micros_between(from: i64, to: i64) -> i64 {
    business_except(from, to, &|_| false)
}

fn business_except(from: i64, to: i64, closed: &dyn Fn(Date) -> bool) -> i64 {
    if to <= from {
        return 0;
    }
    (day_number(from)..=day_number(to))
        .map(date_of)
        .filter(|&date| is_business_day(date) && !closed(date))
        .map(|date| (seoul_micros(date, CLOSES_AT).min(to) - seoul_micros(date, OPENS_AT).max(from)).max(0))
        .sum()
}

/// Time on the response clock from `from` to `to`: business time in full, all other time together at
/// most [`OFF_HOURS_CAP`]. So a message sent on Friday night and answered on Monday at 09:30 took 2.5 hours.
pub fn response_clock_micros(from: i64, to: i64) -> i64 {
    response_clock_except(from, to, &|_| false)
}

/// Like [`response_clock_micros`], with further days on which somebody does not work.
pub fn response_clock_except(from: i64, to: i64, closed: &dyn Fn(Date) -> bool) -> i64 {
    let business = business_except(from, to, closed);
    let other = to.saturating_sub(from).max(0).saturating_sub(business);
    business + other.min(OFF_HOURS_CAP)
}

/// Days since 1970-01-01 in Seoul.
const fn day_number(at: i64) -> i64 {
    at.saturating_add(SEOUL_OFFSET).div_euclid(DAY)
}

fn date_of(day: i64) -> Date {
    i32::try_from(day.saturating_add(EPOCH_JULIAN_DAY))
        .ok()
        .and_then(|julian| Date::from_julian_day(julian).ok())
        .unwrap_or(Date::MIN)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use time::macros::date;

    const MINUTE: i64 = 60 * SECOND;

    fn at(date: Date, hour: i64, minute: i64) -> i64 {
        seoul_micros(date, hour) + minute * MINUTE
    }

    #[test]
    fn days_turn_at_midnight_in_seoul() {
        let midnight = seoul_micros(date!(2026 - 11 - 24), 0);
        assert_eq!(seoul_date(midnight), date!(2026 - 11 - 24));
        assert_eq!(seoul_date(midnight - 1), date!(2026 - 11 - 23));
        assert_eq!(seoul_date(0), date!(1970 - 01 - 01));
        assert_eq!(seoul_micros(date!(1970 - 01 - 01), 9), 0);
    }

    #[test]
    fn deadlines_skip_weekends_and_holidays() {
        // Friday, then Monday to Wednesday
        assert_eq!(add_business_days(at(date!(2026 - 11 - 20), 15, 0), 3), at(date!(2026 - 11 - 25), 18, 0));
        // Wednesday before Chuseok (24–26 September 2026), then Monday
        assert_eq!(add_business_days(at(date!(2026 - 09 - 23), 10, 0), 1), at(date!(2026 - 09 - 28), 18, 0));
        assert_eq!(add_business_days(at(date!(2026 - 11 - 21), 10, 0), 0), at(date!(2026 - 11 - 23), 18, 0));
    }

    #[test]
    fn a_week_has_45_business_hours() {
        let monday = at(date!(2026 - 11 - 16), 0, 0);
        assert_eq!(business_micros_between(monday, monday + 7 * DAY), 45 * HOUR);
    }

    #[test]
    fn off_hours_count_two_hours_in_all() {
        let friday_night = at(date!(2026 - 11 - 20), 22, 0);
        assert_eq!(
            response_clock_micros(friday_night, at(date!(2026 - 11 - 23), 9, 30)),
            2 * HOUR + 30 * MINUTE
        );
        assert_eq!(response_clock_micros(friday_night, friday_night + HOUR), HOUR);
        let tuesday = at(date!(2026 - 11 - 24), 10, 0);
        assert_eq!(response_clock_micros(tuesday, tuesday + 3 * HOUR), 3 * HOUR);
    }

    #[test]
    fn opening_hours_are_half_open() {
        let tuesday = date!(2026 - 11 - 24);
        assert!(is_open(at(tuesday, 9, 0)) && is_open(at(tuesday, 17, 59)));
        assert!(!is_open(at(tuesday, 18, 0)) && !is_open(at(tuesday, 8, 59)));
        assert!(!is_open(at(date!(2026 - 12 - 25), 10, 0)));
    }

    /// Moments from 2024 to 2028.
    fn moment() -> impl Strategy<Value = i64> {
        seoul_micros(date!(2024 - 01 - 01), 0)..seoul_micros(date!(2028 - 12 - 31), 0)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn business_time_adds_up(a in moment(), first in 0..40 * DAY, second in 0..40 * DAY) {
            let (b, c) = (a + first, a + first + second);
            prop_assert_eq!(business_micros_between(a, b) + business_micros_between(b, c), business_micros_between(a, c));
        }

        #[test]
        fn clocks_never_run_backwards(a in moment(), first in 0..20 * DAY, second in 0..20 * DAY) {
            let (b, c) = (a + first, a + first + second);
            prop_assert!(business_micros_between(a, b) <= business_micros_between(a, c));
            prop_assert!(response_clock_micros(a, b) <= response_clock_micros(a, c));
            prop_assert!(business_micros_between(a, b) <= response_clock_micros(a, b));
            prop_assert!(response_clock_micros(a, b) <= b - a);
            prop_assert_eq!(business_micros_between(b, a), 0);
        }

        #[test]
        fn weekends_and_holidays_never_count(a in moment(), length in 0..DAY) {
            let date = seoul_date(a);
            let b = (a + length).min(seoul_micros(date, 24));
            if !is_business_day(date) {
                prop_assert_eq!(business_micros_between(a, b), 0);
            }
            prop_assert!(business_micros_between(a, b) <= 9 * HOUR);
        }

        #[test]
        fn deadlines_fall_on_business_days(a in moment(), days in 1_u16..30) {
            let deadline = add_business_days(a, days);
            prop_assert!(is_business_day(seoul_date(deadline)));
            prop_assert!(deadline < add_business_days(a, days + 1));
            prop_assert!(deadline > a);
            prop_assert_eq!(deadline, seoul_micros(seoul_date(deadline), CLOSES_AT));
        }
    }
}
