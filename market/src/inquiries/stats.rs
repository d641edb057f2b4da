//! The public response figures of a vendor: pure functions over its threads of the last 90 days.
//!
//! Both figures run on the response clock: business hours in full, all other time together at most two
//! hours. So nobody is late for not working at the weekend.

use crate::calendar;
use crate::time::{DAY, HOUR, Timestamp};

/// How far the figures look back.
pub const WINDOW: i64 = 90 * DAY;
/// An answer within this much time on the response clock counts as in time.
pub const IN_TIME: i64 = 24 * HOUR;

/// What counts of one thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ThreadClock {
    /// Who asked.
    pub buyer: uuid::Uuid,
    /// When the buyer asked.
    pub asked_at: Timestamp,
    /// When it was handed over: from then on the vendor could answer.
    pub delivered_at: Timestamp,
    /// When the vendor first answered or declined.
    pub answered_at: Option<Timestamp>,
    /// When the thread ended.
    pub closed_at: Option<Timestamp>,
}

/// The figures of one vendor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResponseStats {
    /// Threads that count: answered ones, and unanswered ones whose time was up.
    pub asked: i64,
    /// Of these, answered or declined at all.
    pub answered: i64,
    /// Of these, within [`IN_TIME`].
    pub answered_in_time: i64,
    /// Mean time to the first answer of the fastest 80 %.
    pub mean_micros: Option<i64>,
}

/// What people may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicFigures {
    /// Share answered in time, in whole percent, rounded down.
    pub rate_percent: i64,
    /// Mean time to the first answer of the fastest 80 %; none when nothing was answered.
    pub mean_micros: Option<i64>,
}

impl ResponseStats {
    /// The figures for pages and search; `None` below `least` threads.
    pub fn shown(&self, least: i64) -> Option<PublicFigures> {
        (self.asked >= least.max(1)).then(|| PublicFigures {
            rate_percent: self.answered_in_time * 100 / self.asked.max(1),
            mean_micros: self.mean_micros,
        })
    }
}

/// The figures at `now`. Threads older than [`WINDOW`] do not count; an unanswered one counts only after
/// the vendor had its time, so that a fresh inquiry, or one called off at once, harms nobody.
pub fn compute(threads: &[ThreadClock], now: Timestamp) -> ResponseStats {
    compute_except(threads, now, &|_, _| false)
}

/// Like [`compute`], with days on which the vendor rests, for whoever asked at a moment.
pub fn compute_except(
    threads: &[ThreadClock],
    now: Timestamp,
    closed: &dyn Fn(time::Date, Timestamp) -> bool,
) -> ResponseStats {
    let mut stats = ResponseStats::default();
    let mut times: Vec<i64> = Vec::with_capacity(threads.len());
    for thread in first_of_each_burst(threads)
        .into_iter()
        .filter(|thread| thread.asked_at > now.plus(-WINDOW) && thread.asked_at <= now)
    {
        let rests = |date| closed(date, thread.asked_at);
        if let Some(answered) = thread.answered_at.filter(|answered| *answered <= now) {
            let taken = calendar::response_clock_except(thread.delivered_at.0, answered.0, &rests);
            stats.asked += 1;
            stats.answered += 1;
            stats.answered_in_time += i64::from(taken <= IN_TIME);
            times.push(taken);
        } else {
            let until = thread.closed_at.map_or(now, |closed| closed.min(now));
            stats.asked +=
                i64::from(calendar::response_clock_except(thread.delivered_at.0, until.0, &rests) > IN_TIME);
        }
    }
    stats.mean_micros = mean_of_fastest(times);
    stats
}

/// Of what one buyer asks within a day the first counts, so that nobody's figures move because somebody asks often.
fn first_of_each_burst(threads: &[ThreadClock]) -> Vec<&ThreadClock> {
    let mut sorted: Vec<&ThreadClock> = threads.iter().collect();
    sorted.sort_by_key(|thread| (thread.asked_at, thread.delivered_at, thread.answered_at, thread.closed_at));
    let mut counted: std::collections::BTreeMap<uuid::Uuid, Timestamp> = std::collections::BTreeMap::new();
    sorted.retain(|thread| {
        let new = counted.get(&thread.buyer).is_none_or(|last| thread.asked_at >= last.plus(DAY));
        if new {
            counted.insert(thread.buyer, thread.asked_at);
        }
        new
    });
    sorted
}

/// Mean of the fastest four fifths, at least one.
fn mean_of_fastest(mut times: Vec<i64>) -> Option<i64> {
    times.sort_unstable();
    let counted = (times.len() * 4).div_ceil(5);
    let sum: i64 = times.iter().take(counted).sum();
    sum.checked_div(i64::try_from(counted).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Tuesday 2026-11-24 10:00 in Seoul.
    const NOW: Timestamp = Timestamp(1_795_482_000_000_000);

    fn thread(asked: i64, answered: Option<i64>) -> ThreadClock {
        ThreadClock {
            buyer: uuid::Uuid::from_u128(asked.unsigned_abs().into()),
            asked_at: NOW.plus(asked),
            delivered_at: NOW.plus(asked),
            answered_at: answered.map(|at| NOW.plus(at)),
            closed_at: None,
        }
    }

    #[test]
    fn the_slowest_fifth_does_not_count_for_the_time() {
        // asked on five mornings, answered 1, 1, 1, 1 and 8 hours later
        let threads: Vec<_> = (1..=5)
            .map(|i| thread(-7 * i * DAY, Some(-7 * i * DAY + if i == 5 { 8 * HOUR } else { HOUR })))
            .collect();
        let stats = compute(&threads, NOW);
        assert_eq!((stats.asked, stats.answered, stats.answered_in_time), (5, 5, 5));
        assert_eq!(stats.mean_micros, Some(HOUR));
    }

    #[test]
    fn a_friday_evening_is_answered_on_monday_in_time() {
        // Friday 17:00, answered Monday 10:00: one hour, two capped hours of the weekend, one hour
        let threads = [thread(-4 * DAY + 7 * HOUR, Some(-DAY))];
        let stats = compute(&threads, NOW);
        assert_eq!((stats.answered_in_time, stats.mean_micros), (1, Some(4 * HOUR)));
    }

    #[test]
    fn silence_counts_when_its_time_is_up() {
        assert_eq!(compute(&[thread(-HOUR, None)], NOW).asked, 0);
        let silent = compute(&[thread(-14 * DAY, None)], NOW);
        assert_eq!((silent.asked, silent.answered, silent.mean_micros), (1, 0, None));
        let called_off =
            ThreadClock { closed_at: Some(NOW.plus(-14 * DAY + HOUR)), ..thread(-14 * DAY, None) };
        assert_eq!(compute(&[called_off], NOW).asked, 0);
        assert_eq!(compute(&[thread(-91 * DAY, None)], NOW).asked, 0);
    }

    #[test]
    fn shown_from_five_threads_up() {
        let stats = ResponseStats { asked: 4, answered: 4, answered_in_time: 4, mean_micros: Some(HOUR) };
        assert_eq!(stats.shown(5), None);
        let stats = ResponseStats { asked: 48, answered: 47, answered_in_time: 46, mean_micros: Some(HOUR) };
        assert_eq!(stats.shown(5).unwrap().rate_percent, 95);
        assert_eq!(ResponseStats::default().shown(0), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn figures_are_counts_of_counts(list in prop::collection::vec((0..100 * DAY, prop::option::of(0..20 * DAY)), 0..40)) {
            let threads: Vec<_> = list.iter().map(|(ago, after)| thread(-ago, after.map(|after| after - ago))).collect();
            let stats = compute(&threads, NOW);
            prop_assert!(stats.answered_in_time <= stats.answered && stats.answered <= stats.asked);
            prop_assert_eq!(stats.mean_micros.is_some(), stats.answered > 0);
            let mut reversed = threads;
            reversed.reverse();
            prop_assert_eq!(compute(&reversed, NOW), stats);
        }

        /// However often somebody asks within a day after a question, and whatever becomes of it, nobody's figures move.
        #[test]
        fn a_burst_of_one_buyer_moves_nothing(
            list in prop::collection::vec((2 * DAY..80 * DAY, prop::option::of(0..20 * DAY), 0_u128..6), 1..20),
            which in 0_usize..20,
            burst in prop::collection::vec((1..DAY, prop::option::of(0..20 * DAY)), 0..30),
        ) {
            let of = |buyer: u128, ago: i64, after: Option<i64>| ThreadClock {
                buyer: uuid::Uuid::from_u128(buyer),
                ..thread(-ago, after.map(|after| after - ago))
            };
            let mut threads: Vec<_> = list.iter().map(|(ago, after, buyer)| of(*buyer, *ago, *after)).collect();
            let before = compute(&threads, NOW);
            // the burst follows a question that counts
            let counted = first_of_each_burst(&threads);
            let first = *counted[which % counted.len()];
            threads.extend(burst.iter().map(|(later, after)| ThreadClock {
                buyer: first.buyer,
                ..thread(first.asked_at.since(NOW) + later, after.map(|after| first.asked_at.since(NOW) + later + after))
            }));
            prop_assert_eq!(compute(&threads, NOW), before);
        }
    }
}
