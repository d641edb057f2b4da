//! After repeated failures the engine is left alone for a while; then one question tries whether it is back.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Failures in a row that open it.
const FAILURES: u32 = 4;
/// First and longest rest.
const REST: (Duration, Duration) = (Duration::from_secs(1), Duration::from_secs(15));

#[derive(Debug, Default)]
struct State {
    failures: u32,
    rests: u32,
    closed_until: Option<Instant>,
}

/// The circuit breaker of the questions; writes have their own pace.
#[derive(Debug, Default)]
pub struct Breaker(Mutex<State>);

impl Breaker {
    /// Whether a question may be sent. While it is open, one may after each rest.
    pub fn lets_through(&self) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(until) = state.closed_until else { return true };
        if Instant::now() < until {
            return false;
        }
        // half open: the next one waits for the outcome of this
        state.closed_until = Some(Instant::now() + REST.0);
        true
    }

    /// An answer came.
    pub fn succeeded(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if state.closed_until.is_some() {
            tracing::info!("the search engine is back");
            metrics::gauge!("search_breaker_open").set(0.0);
        }
        *state = State::default();
    }

    /// No answer came; the server may have said when to ask again.
    pub fn failed(&self, retry_after: Option<Duration>) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.failures += 1;
        if state.failures < FAILURES && retry_after.is_none() {
            return;
        }
        let rest =
            (REST.0 * 2u32.saturating_pow(state.rests)).max(retry_after.unwrap_or_default()).min(REST.1);
        state.rests = (state.rests + 1).min(8);
        state.closed_until = Some(Instant::now() + super::client::jitter(rest));
        metrics::gauge!("search_breaker_open").set(1.0);
    }

    /// Whether questions are being kept away.
    #[cfg(test)]
    pub fn is_open(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).closed_until.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn opens_tries_and_closes() {
        let breaker = Breaker::default();
        for _ in 0..FAILURES {
            assert!(breaker.lets_through());
            breaker.failed(None);
        }
        assert!(breaker.is_open() && !breaker.lets_through());
        tokio::time::advance(Duration::from_secs(2)).await;
        assert!(breaker.lets_through(), "half open");
        assert!(!breaker.lets_through(), "one at a time");
        breaker.failed(None);
        tokio::time::advance(Duration::from_secs(16)).await;
        assert!(breaker.lets_through(), "back within 60 s");
        breaker.succeeded();
        assert!(!breaker.is_open() && breaker.lets_through());
        breaker.failed(Some(Duration::from_secs(10)));
        assert!(!breaker.lets_through(), "the server asked for a pause");
    }
}
