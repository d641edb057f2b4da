//! Handing mails over, so that a worker that dies in between is seen: the intent is written down before the transport gets the
//! mail, what became of it afterwards. Whoever finds an intent without an outcome does not know whether the mail went.
//! Then the mail's kind decides ([`Twice`]): it goes once more, under the same identity, or it waits for a person.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::{Error, ErrorKind, Result};
use crate::ports::{Mail, MailError};
use crate::time::Timestamp;

/// Writes the intent of a first attempt.
pub const BEGIN: &str = "INSERT INTO mail_attempts (mail_id, state, attempts, began_at) VALUES ($1, 'sending', 1, $2) \
    ON CONFLICT (mail_id) DO NOTHING";
/// What became of a mail.
pub const STATE: &str = "SELECT state FROM mail_attempts WHERE mail_id = $1";
/// Writes the intent of a further attempt.
pub const BEGIN_AGAIN: &str = "UPDATE mail_attempts SET state = 'sending', attempts = attempts + 1, began_at = $2, ended_at = NULL \
    WHERE mail_id = $1 AND state = $3";
/// Writes what became of it.
pub const END: &str = "UPDATE mail_attempts SET state = $2, ended_at = $3 WHERE mail_id = $1";
/// A person decided that an uncertain mail goes once more.
pub const RELEASE: &str = "UPDATE mail_attempts SET state = 'failed', ended_at = $2 WHERE mail_id = $1 AND state IN ('sending', 'uncertain')";
/// Forgets what was settled long ago.
pub const PURGE: &str = "DELETE FROM mail_attempts WHERE began_at < $1 AND state IN ('sent', 'failed')";

/// The rule by which a job says that its mail may or may not have gone.
pub const UNCERTAIN: &str = "mail.uncertain";

/// The rule by which a job says that its mail will never be taken.
pub const REFUSED: &str = "mail.refused";

/// What is worse for a mail of which nobody knows whether it went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Twice {
    /// That it never came: somebody waits for its link. It goes again, under the same identity.
    #[default]
    Fine,
    /// That it comes twice: it waits for a person at the desk.
    Worse,
}

/// What became of handing over.
#[derive(Debug)]
pub(super) enum Outcome<T> {
    /// It is settled, with what came of it.
    Sent(T),
    /// It was surely not taken; it may be tried again.
    NotTaken(String),
    /// It was not taken, and never will be: the address is none.
    Refused(String),
    /// It may have been taken or not.
    Unclear(String),
}

/// Hands a mail to the transport, at most once at a time. A mail that went before does not go again.
///
/// # Errors
/// `Conflict("mail.uncertain")` when nobody knows whether it went and twice is worse; `Internal` when the transport
/// did not take it, so that it is tried again.
pub async fn hand_over(cx: &Cx, mail: &Mail, twice: Twice) -> Result<()> {
    let mailer = cx.market.ports().mailer.clone();
    noted(cx, mail.id, twice, || async move {
        match mailer.send(mail).await {
            Ok(()) => Outcome::Sent(()),
            Err(error @ MailError::Unclear(_)) => Outcome::Unclear(error.to_string()),
            Err(error @ MailError::Refused(_)) => Outcome::Refused(error.to_string()),
            Err(error) => Outcome::NotTaken(error.to_string()),
        }
    })
    .await
    .map(|_| ())
}

/// Does `hand` between writing the intent and the outcome down; `None` when it was settled before.
pub(super) async fn noted<T, F>(
    cx: &Cx,
    id: Uuid,
    twice: Twice,
    hand: impl FnOnce() -> F + Send,
) -> Result<Option<T>>
where
    F: Future<Output = Outcome<T>> + Send,
{
    let mut tx = cx.write().await?;
    let goes = begin(&mut tx, id, twice, cx.now()).await?;
    tx.commit().await?;
    match goes {
        Goes::Went => return Ok(None),
        Goes::Nobody => return Err(uncertain()),
        Goes::Now => {}
    }
    let outcome = hand().await;
    let state = match &outcome {
        Outcome::Sent(_) => "sent",
        Outcome::Unclear(_) if twice == Twice::Worse => "uncertain",
        Outcome::NotTaken(_) | Outcome::Refused(_) | Outcome::Unclear(_) => "failed",
    };
    let mut tx = cx.write().await?;
    crate::execute!(tx, END, id, state, cx.now())?;
    tx.commit().await?;
    match outcome {
        Outcome::Sent(done) => Ok(Some(done)),
        Outcome::Unclear(_) if state == "uncertain" => Err(uncertain()),
        Outcome::Refused(error) => Err(Error::caused(ErrorKind::Conflict(Cow::Borrowed(REFUSED)), error)),
        Outcome::NotTaken(error) | Outcome::Unclear(error) => Err(Error::internal(error)),
    }
}

/// Whether nothing was handed over yet, for whoever would rather write another mail.
pub(crate) async fn is_unsent(db: &mut impl Handle, mail: Uuid) -> Result<bool> {
    let state = crate::fetch_optional!(*db, (String,), STATE, mail)?;
    Ok(state.is_none_or(|(state,)| state == "failed"))
}

enum Goes {
    Now,
    Went,
    Nobody,
}

async fn begin(tx: &mut Tx, mail: Uuid, twice: Twice, now: Timestamp) -> Result<Goes> {
    if crate::execute!(*tx, BEGIN, mail, now)? == 1 {
        return Ok(Goes::Now);
    }
    let (state,) = crate::fetch_one!(*tx, (String,), STATE, mail)?;
    Ok(match (state.as_str(), twice) {
        ("sent", _) => Goes::Went,
        ("failed", _) | (_, Twice::Fine) => {
            crate::execute!(*tx, BEGIN_AGAIN, mail, now, &state)?;
            Goes::Now
        }
        (_, Twice::Worse) => {
            crate::execute!(*tx, END, mail, "uncertain", now)?;
            Goes::Nobody
        }
    })
}

fn uncertain() -> Error {
    ErrorKind::Conflict(Cow::Borrowed(UNCERTAIN)).into()
}

/// Whether a job failed because nobody knows whether its mail went.
pub(crate) fn is_uncertain(error: &Error) -> bool {
    error.kind == ErrorKind::Conflict(Cow::Borrowed(UNCERTAIN))
}

/// The mail of a job that hands one over: named by the job's payload.
pub fn mail_of(payload: &str) -> Option<Uuid> {
    #[derive(Deserialize)]
    struct Named {
        #[serde(alias = "mailing_id", alias = "digest_id")]
        id: Uuid,
    }
    serde_json::from_str::<Named>(payload).ok().map(|named| named.id)
}

/// Lets the mail of a job go once more, because a person said so.
pub(crate) async fn release(tx: &mut Tx, payload: &str, now: Timestamp) -> Result<()> {
    if let Some(mail) = mail_of(payload) {
        crate::execute!(*tx, RELEASE, mail, now)?;
    }
    Ok(())
}
