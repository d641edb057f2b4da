//! How long what is kept about people is kept, and the work that lets it go.
//!
//! The privacy policy (`app/src/home/texts/privacy.*.md`) says these figures in words, and a test of its page compares them: whoever
//! changes one changes the other. What ends with a form or a session of its own is let go where it is kept; this is for what
//! would otherwise stay for ever. Everything here is done in bounded batches, each thing in a transaction of its own, and may be cut
//! short at any point: what was not let go yet is found again.

pub mod links;
pub mod people;
pub mod requests;
#[cfg(all(test, feature = "testing"))]
mod tests;
pub mod threads;

use crate::cx::Cx;
use crate::error::{ErrorKind, Result};
use crate::time::{DAY, Timestamp};

pub use crate::abuse::release::FORM_DAYS as TRAPPED_DAYS;
pub use crate::inquiries::keeping::DAYS as ANSWER_DRAFT_DAYS;
pub use crate::inquiries::offered::CONFIRM_DAYS;
pub use crate::inquiries::store::CONTACT_DAYS;
pub use crate::inquiries::typed::DAYS as TYPED_DAYS;
pub use crate::outbox::KEPT_DAYS;

/// Years after its end for which a thread, a public request, and with them who asked, are kept.
pub const THREAD_YEARS: i64 = 3;
/// Days after the last link to prove its address was mailed until a sign-up is forgotten.
pub const UNPROVED_DAYS: i64 = crate::accounts::jobs::CONFIRM_LINK_DAYS + 1;
/// Days a link of a mail is known after it ended, so that a late click is told what happened.
pub const LINK_DAYS: i64 = 90;

/// Most things of a kind that one turn lets go.
const BATCH: i64 = 200;

/// The moment before which something must have ended to be let go after so many years; a leap day falls to those who are kept.
pub(crate) fn years_ago(now: Timestamp, years: i64) -> Timestamp {
    now.plus(-(years * 365 + 1) * DAY)
}

/// What one turn let go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// Links of mails.
    pub links: u64,
    /// Threads.
    pub threads: u64,
    /// Public requests.
    pub requests: u64,
    /// People without an account any more.
    pub people: u64,
}

/// Lets go what has been kept long enough; run by the schedule.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn run(cx: &Cx) -> Result<Gone> {
    Ok(Gone {
        links: links::forget(cx).await?,
        threads: threads::forget(cx).await?,
        requests: requests::forget(cx).await?,
        people: people::forget(cx).await?,
    })
}

/// One thing that cannot be let go just now holds up no other: it is found again with the next turn.
fn gone(what: &'static str, done: Result<bool>) -> Result<u64> {
    match done {
        Err(error) if error.kind == ErrorKind::Unavailable => Err(error),
        Err(error) => {
            tracing::error!(retention.what = what, error = %error, "not let go");
            Ok(0)
        }
        Ok(done) => Ok(u64::from(done)),
    }
}
