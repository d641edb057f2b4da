//! The table is complete, closed and documented; no timeline outlives its deadline.

use proptest::prelude::*;

use super::*;
use crate::error::ErrorKind;
use crate::time::HOUR;

const TERMS: Terms = Terms { vendor_days: 3, buyer_days: 14 };
/// Tuesday 2026-11-24 10:00 in Seoul.
const NOW: Timestamp = Timestamp(1_795_482_000_000_000);

#[test]
fn no_pair_stands_twice() {
    for (index, line) in TRANSITIONS.iter().enumerate() {
        assert!(
            !TRANSITIONS[..index].iter().any(|other| other.from == line.from && other.action == line.action),
            "{line:?}"
        );
    }
}

#[test]
fn every_pair_is_decided() {
    for &state in ThreadState::ALL {
        for action in Action::ALL {
            match transition(state, action, true) {
                Ok(line) => assert_eq!((line.from, line.action), (state, action)),
                Err(error) => {
                    let word = if state.is_open() { "thread.state" } else { "thread.ended" };
                    assert_eq!(error.kind, ErrorKind::Conflict(word.into()), "{state:?} {action:?}");
                }
            }
        }
    }
}

#[test]
fn every_open_state_has_a_deadline_an_end_and_a_way_out_for_the_buyer() {
    for line in TRANSITIONS {
        assert_eq!(line.to.is_open(), line.deadline != Deadline::None, "{line:?}");
        if line.deadline == Deadline::Keep {
            assert_eq!(line.from.turn(), line.to.turn(), "only the same turn keeps its deadline: {line:?}");
        }
    }
    for &state in ThreadState::ALL.iter().filter(|state| state.is_open()) {
        assert_eq!(transition(state, Action::Expire, false).unwrap().to, ThreadState::Expired);
        assert_eq!(transition(state, Action::Withdraw, false).unwrap().to, ThreadState::Withdrawn);
    }
}

#[test]
fn ended_threads_stay_ended() {
    for &state in ThreadState::ALL.iter().filter(|state| !state.is_open()) {
        for action in Action::ALL.into_iter().filter(|action| *action != Action::Reroute) {
            let words = matches!(action, Action::VendorReply | Action::BuyerReply);
            match transition(state, action, true) {
                Ok(line) => {
                    assert!(words && state == ThreadState::Accepted, "{line:?}");
                    assert_eq!((line.to, line.deadline), (state, Deadline::None), "words change nothing");
                }
                Err(_) => assert!(!words || !state.is_talked_in(), "{state:?} {action:?}"),
            }
        }
    }
}

#[test]
fn accepting_needs_a_quote() {
    let error = transition(ThreadState::WaitingVendor, Action::Accept, false).unwrap_err();
    assert_eq!(error.kind, ErrorKind::Conflict("thread.no_quote".into()));
    assert_eq!(
        transition(ThreadState::WaitingVendor, Action::Accept, true).unwrap().to,
        ThreadState::Accepted
    );
}

#[test]
fn the_vendor_has_three_working_days() {
    // Tuesday 10:00: Friday 18:00; the first reminder at half time, the last on Friday at 09:00
    let due = due_at(Deadline::Vendor, NOW, TERMS, None, None).unwrap();
    assert_eq!(due, NOW.plus(3 * DAY + 8 * HOUR));
    let first = remind_at(NOW, due, true).unwrap();
    assert_eq!(
        first,
        NOW.plus(DAY + 16 * HOUR + 7 * HOUR),
        "half time is at two in the night, so at 09:00 on Thursday"
    );
    let last = remind_at(first, due, false).unwrap();
    assert_eq!(last, NOW.plus(3 * DAY - HOUR));
    assert_eq!(remind_at(last, due, false), None);
}

#[test]
fn the_document_is_this_table() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/THREADS.md");
    let document = std::fs::read_to_string(path).unwrap();
    assert!(
        document.contains(&documentation()),
        "docs/THREADS.md differs from the table; it should hold:\n{}",
        documentation()
    );
}

/// A thread as the rules alone see it.
struct Timeline {
    state: ThreadState,
    due: Option<Timestamp>,
    quote_until: Option<Timestamp>,
}

impl Timeline {
    fn act(&mut self, action: Action, now: Timestamp, quote_days: i64) {
        let live = self.quote_until.is_some_and(|until| now <= until);
        let Ok(done) = transition(self.state, action, live) else { return };
        if action == Action::Quote {
            self.quote_until = Some(now.plus(quote_days * DAY));
        }
        self.state = done.to;
        self.due = due_at(done.deadline, now, TERMS, self.due, self.quote_until);
    }

    /// What the deadline job does.
    fn run_job(&mut self, now: Timestamp) {
        if self.due.is_some_and(|due| due <= now) {
            self.act(Action::Expire, now, 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn nothing_waits_past_its_deadline(start in 0..700 * DAY, steps in prop::collection::vec((0_usize..11, 0..9 * DAY, 1_i64..180), 1..40)) {
        let mut now = NOW.plus(-start);
        let mut thread = Timeline { state: ThreadState::New, due: due_at(Deadline::Vendor, now, TERMS, None, None), quote_until: None };
        for (action, pause, quote_days) in steps {
            now = now.plus(pause);
            thread.run_job(now);
            prop_assert_eq!(thread.state.is_open(), thread.due.is_some());
            prop_assert!(thread.due.is_none_or(|due| due > now));
            thread.act(Action::ALL[action], now, quote_days);
            prop_assert_eq!(thread.state.is_open(), thread.due.is_some());
            prop_assert!(thread.due.is_none_or(|due| due > now));
        }
        thread.run_job(now.plus(200 * DAY));
        prop_assert!(!thread.state.is_open());
    }

    #[test]
    fn reminders_come_in_business_hours_before_the_deadline(start in 0..700 * DAY, days in 1_u16..20) {
        let now = NOW.plus(-start);
        let due = due_at(Deadline::Vendor, now, Terms { vendor_days: days, ..TERMS }, None, None).unwrap();
        let mut at = now;
        let mut first = true;
        let mut count = 0;
        while let Some(next) = remind_at(at, due, first) {
            prop_assert!(next > at && next < due);
            prop_assert!(crate::calendar::is_open(next.0));
            (at, first) = (next, false);
            count += 1;
        }
        prop_assert!((1..=2).contains(&count));
    }
}
