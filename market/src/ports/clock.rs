//! Time, identifiers and randomness. The only place that asks the machine for them.

use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use crate::time::Timestamp;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// Makes identifiers and secrets.
pub trait Ids: Send + Sync {
    /// A fresh `UUIDv7`: later ones sort after earlier ones.
    fn new_id(&self) -> Uuid;

    /// 256 bits nobody can guess.
    fn secret(&self) -> [u8; 32];
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place where the machine's clock is read")]
    fn now(&self) -> Timestamp {
        Timestamp::from_calendar(time::OffsetDateTime::now_utc())
    }
}

/// The clock a program runs by, whose own files lie in `var`: that of the machine.
#[cfg(not(feature = "testing"))]
pub fn running_clock(_var: &Path) -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}

/// The clock a program runs by. One that is built for tests can be put ahead by a file in `var`; no other can.
#[cfg(feature = "testing")]
pub fn running_clock(var: &Path) -> Arc<dyn Clock> {
    Arc::new(crate::testing::AheadClock::told_by(var.join("clock-ahead")))
}

/// The machine's source of randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    #[expect(clippy::disallowed_methods, reason = "the one place where identifiers are made")]
    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }

    #[expect(
        clippy::expect_used,
        clippy::disallowed_methods,
        reason = "without randomness no secret may be handed out; nothing sensible can follow"
    )]
    fn secret(&self) -> [u8; 32] {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).expect("the operating system gives randomness");
        bytes
    }
}
