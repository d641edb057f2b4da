//! Days on which a company rests, as whoever asks it now is told before asking: with the deadline that they make.

use time::Date;

use crate::calendar;
use crate::catalog::browse::packed;
use crate::text;
use crate::time::Timestamp;

/// SQL of a column with the days off and the 휴무 of the company `v` that were not taken back, packed.
macro_rules! days_ahead {
    () => {
        $crate::packed!(
            ["d.first_day", "d.last_day"],
            "d.first_day, d.last_day, d.id",
            "vendor_days_off d WHERE d.vendor_id = v.id AND d.ended_at IS NULL"
        )
    };
}
pub(crate) use days_ahead;

/// Days on which a company said it rests, from the first to the last of each stretch, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DaysAhead(Vec<(Date, Date)>);

impl DaysAhead {
    /// From the column that [`days_ahead`] makes; empty where it was null.
    pub(crate) fn read(column: Option<&str>) -> Self {
        let days =
            packed::rows(column).filter_map(|[first, last]| Some((text::day(first)?, text::day(last)?)));
        Self(days.collect())
    }

    fn rests(&self, day: Date) -> bool {
        self.0.iter().any(|(first, last)| (*first..=*last).contains(&day))
    }

    /// Until when the company has to answer what it is asked now, with so many working days.
    pub fn due(&self, now: Timestamp, working_days: u32) -> Timestamp {
        let days = u16::try_from(working_days).unwrap_or(u16::MAX).max(1);
        Timestamp(calendar::add_business_days_except(now.0, days, |day| self.rests(day)))
    }

    /// The last day of the rest that the company takes at this moment.
    pub fn resting(&self, now: Timestamp) -> Option<Date> {
        self.until(now, now).last().map(|(_, last)| *last)
    }

    /// The days off that matter to whoever asks now: what of them lies between today and the deadline, from the first day to
    /// the last of each stretch. Stretches that touch are one.
    pub fn until(&self, now: Timestamp, due: Timestamp) -> Vec<(Date, Date)> {
        let (today, end) = (calendar::seoul_date(now.0), calendar::seoul_date(due.0));
        let mut all: Vec<(Date, Date)> = Vec::new();
        for (first, last) in self.0.iter().filter(|(first, last)| *last >= today && *first <= end) {
            match all.last_mut() {
                Some(before) if before.1.next_day().is_some_and(|next| *first <= next) => {
                    before.1 = before.1.max(*last);
                }
                _ => all.push((*first, *last)),
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tuesday 2026-11-24 10:00 in Seoul.
    const NOW: Timestamp = Timestamp(1_795_482_000_000_000);

    fn shown(column: &str) -> (String, Vec<String>) {
        let ahead = DaysAhead::read(Some(column));
        let due = ahead.due(NOW, 3);
        let days = ahead.until(NOW, due).into_iter().map(|(first, last)| format!("{first} {last}")).collect();
        (calendar::seoul_date(due.0).to_string(), days)
    }

    #[test]
    fn days_off_move_the_deadline_and_are_named_where_they_matter() {
        assert_eq!(DaysAhead::read(None).until(NOW, NOW), []);
        assert_eq!(shown(""), ("2026-11-27".into(), vec![]));
        let gone = "2026-11-20\u{1f}2026-11-23";
        let soon = "2026-11-26\u{1f}2026-11-26";
        let next = "2026-11-27\u{1f}2026-11-30";
        let far = "2026-12-20\u{1f}2026-12-24";
        assert_eq!(shown(&[gone, far].join("\u{1e}")), ("2026-11-27".into(), vec![]));
        assert_eq!(shown(soon), ("2026-11-30".into(), vec!["2026-11-26 2026-11-26".into()]));
        let joined = shown(&[gone, soon, next, far].join("\u{1e}"));
        assert_eq!(joined, ("2026-12-02".into(), vec!["2026-11-26 2026-11-30".into()]));
        let running = shown("2026-11-20\u{1f}2026-11-25");
        assert_eq!(running.1, ["2026-11-20 2026-11-25"]);
        let resting = |column: &str| DaysAhead::read(Some(column)).resting(NOW);
        assert_eq!(resting("2026-11-20\u{1f}2026-11-25"), text::day("2026-11-25"));
        assert_eq!((resting(soon), resting(gone)), (None, None));
        assert!(text::day("2026-11-20").unwrap() < text::day("2026-11-25").unwrap());
    }
}
