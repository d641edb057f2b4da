//! Who may see a listing, and when its window may be renewed. Pure.

use super::states::ListingState;
use crate::time::{DAY, SECOND, Timestamp};

/// Days before the end of a window from which it may be renewed.
pub const RENEWABLE_DAYS: i64 = 14;

/// Whether strangers may see a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody may.
    Visible,
    /// Nobody outside may know that it exists (404).
    Hidden,
    /// It was there and is over (410 with alternatives).
    Gone,
}

/// What of a vendor decides whether its listings are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VendorStanding {
    /// The federation approved it and has not suspended it.
    pub approved: bool,
    /// The tax registry does not say that it closed (폐업).
    pub trading: bool,
}

impl VendorStanding {
    /// From the words in the database.
    pub fn from_codes(state: &str, registry_status: &str) -> Self {
        Self { approved: state == "approved", trading: registry_status != "closed" }
    }

    /// Whether its listings may be shown at all.
    pub const fn is_good(self) -> bool {
        self.approved && self.trading
    }
}

/// The one answer to "may strangers see this listing now?", used by pages, search, feeds and slots.
/// `store::VISIBLE` says the same in SQL; a test holds them together.
pub fn is_visible(
    vendor: VendorStanding,
    listing: ListingState,
    free_until: Option<Timestamp>,
    now: Timestamp,
) -> Visibility {
    if !vendor.is_good() {
        return Visibility::Hidden;
    }
    let running = free_until.is_some_and(|until| until > now);
    match listing {
        ListingState::Published if running => Visibility::Visible,
        ListingState::Published | ListingState::Expired => Visibility::Gone,
        // put away after it had been shown: links to it deserve an answer
        ListingState::Archived if free_until.is_some() => Visibility::Gone,
        _ => Visibility::Hidden,
    }
}

/// How a vendor answered, over the period of the public clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResponseRecord {
    /// Threads opened.
    pub asked: i64,
    /// Answered or declined in time.
    pub answered_in_time: i64,
}

/// Whether a window may be renewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renewal {
    /// Free of charge, now.
    Free,
    /// Not before the last days of the running window.
    TooEarly,
    /// Too many questions stayed unanswered.
    RateTooLow {
        /// The rate in percent.
        rate: i64,
    },
}

/// Free renewal: in the last days of the window or after it, when enough questions were answered in time or nobody asked.
pub fn renewal(
    record: ResponseRecord,
    needed_percent: i64,
    free_until: Option<Timestamp>,
    now: Timestamp,
) -> Renewal {
    if free_until.is_some_and(|until| until.since(now) > RENEWABLE_DAYS * DAY) {
        return Renewal::TooEarly;
    }
    if record.asked == 0 {
        return Renewal::Free;
    }
    let rate = record.answered_in_time.saturating_mul(100) / record.asked;
    if rate >= needed_percent { Renewal::Free } else { Renewal::RateTooLow { rate } }
}

/// End of the next window: it follows the running one without a gap or starts now, and ends on the whole second.
pub fn next_window_end(free_until: Option<Timestamp>, now: Timestamp, window_days: i64) -> Timestamp {
    let start = free_until.filter(|until| *until > now).unwrap_or(now);
    let end = start.plus(window_days.saturating_mul(DAY));
    Timestamp(end.seconds().saturating_mul(SECOND))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_000 * DAY);
    const GOOD: VendorStanding = VendorStanding { approved: true, trading: true };

    #[test]
    fn only_a_running_listing_of_a_good_vendor_is_seen() {
        let later = Some(NOW.plus(1));
        for state in ListingState::ALL {
            for (approved, trading) in [(true, true), (true, false), (false, true), (false, false)] {
                for until in [None, Some(NOW), later] {
                    let seen = is_visible(VendorStanding { approved, trading }, state, until, NOW)
                        == Visibility::Visible;
                    assert_eq!(
                        seen,
                        approved && trading && state == ListingState::Published && until == later
                    );
                }
            }
        }
    }

    #[test]
    fn what_was_shown_is_gone_and_what_was_not_does_not_exist() {
        let past = Some(NOW);
        assert_eq!(is_visible(GOOD, ListingState::Published, past, NOW), Visibility::Gone);
        assert_eq!(is_visible(GOOD, ListingState::Expired, past, NOW), Visibility::Gone);
        assert_eq!(is_visible(GOOD, ListingState::Archived, past, NOW), Visibility::Gone);
        assert_eq!(is_visible(GOOD, ListingState::Archived, None, NOW), Visibility::Hidden);
        assert_eq!(is_visible(GOOD, ListingState::Hidden, Some(NOW.plus(DAY)), NOW), Visibility::Hidden);
        assert_eq!(
            is_visible(VendorStanding::from_codes("suspended", "active"), ListingState::Expired, past, NOW),
            Visibility::Hidden
        );
        assert!(VendorStanding::from_codes("approved", "paused").is_good());
    }

    #[test]
    fn renewal_is_free_for_those_who_answer() {
        let record = |asked, answered_in_time| ResponseRecord { asked, answered_in_time };
        let end = Some(NOW);
        assert_eq!(renewal(record(0, 0), 70, end, NOW), Renewal::Free);
        assert_eq!(renewal(record(10, 7), 70, end, NOW), Renewal::Free);
        assert_eq!(renewal(record(10, 6), 70, end, NOW), Renewal::RateTooLow { rate: 60 });
        assert_eq!(renewal(record(0, 0), 70, Some(NOW.plus(14 * DAY)), NOW), Renewal::Free);
        assert_eq!(renewal(record(0, 0), 70, Some(NOW.plus(14 * DAY + 1)), NOW), Renewal::TooEarly);
    }

    #[test]
    fn windows_follow_each_other() {
        assert_eq!(next_window_end(Some(NOW.plus(DAY)), NOW, 90), NOW.plus(91 * DAY));
        assert_eq!(next_window_end(Some(NOW.plus(-DAY)), NOW, 90), NOW.plus(90 * DAY));
        assert_eq!(next_window_end(None, NOW, 90), NOW.plus(90 * DAY));
    }

    #[test]
    fn a_window_ends_on_the_second() {
        let end = NOW.plus(90 * DAY);
        for micros in [0, 1, 499_999, 500_000, SECOND - 1] {
            assert_eq!(next_window_end(None, NOW.plus(micros), 90), end, "{micros}");
            assert_eq!(next_window_end(Some(NOW.plus(micros)), NOW.plus(-1), 90), end, "{micros}");
        }
        assert_eq!(next_window_end(None, NOW.plus(SECOND), 90), end.plus(SECOND));
        assert_eq!(next_window_end(None, Timestamp(-1), 0), Timestamp(-SECOND), "down, before 1970 too");
    }
}
