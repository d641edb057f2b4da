//! After an answer through a mail's link: the browser that answered may stay signed in. The offer is a secret of its
//! own in that browser, works once and for minutes, and asks for an explicit yes. The link itself never signs in.

use serde_json::json;
use uuid::Uuid;

use super::links::count_guess;
use super::store;
use crate::accounts::access::{Actor, Verb};
use crate::accounts::{access, sessions};
use crate::audit;
use crate::cx::Cx;
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::time::{MINUTE, Timestamp};
use crate::tokens;

/// How long the offer stands.
pub const MINUTES: i64 = 15;
/// What was agreed to, as kept.
pub const CONSENT: &str = "stay-1";

/// Keeps an offer.
pub const INSERT: &str = "INSERT INTO stay_offers (token_hash, user_id, thread_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
/// An offer that still stands, for this thread, of an account with a password and a confirmed address, and not of the
/// federation's team: whoever decides over others signs in with a password.
pub const FIND: &str = "SELECT o.user_id, u.name FROM stay_offers o JOIN users u ON u.id = o.user_id \
    WHERE o.token_hash = $1 AND o.thread_id = $2 AND o.used_at IS NULL AND o.expires_at > $3 AND u.closed_at IS NULL \
    AND u.password_hash IS NOT NULL AND u.email_confirmed_at IS NOT NULL \
    AND NOT EXISTS (SELECT 1 FROM user_roles r WHERE r.user_id = u.id) AND NOT EXISTS (SELECT 1 FROM chapter_officers c WHERE c.user_id = u.id)";
/// Uses an offer up; changes no row when somebody was faster.
pub const USE: &str = "UPDATE stay_offers SET used_at = $2, consent = $3 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2";
/// Forgets old offers.
pub const PURGE: &str = "DELETE FROM stay_offers WHERE expires_at < $1";

/// Makes an offer for whoever has just answered through a link; the text goes into that browser alone.
///
/// # Errors
/// `NotFound` for everybody who did not come through a link.
pub async fn offer_stay(cx: &Cx) -> Result<String> {
    let Actor::Link { thread_id, user_id, .. } = *cx.actor else { return Err(ErrorKind::NotFound.into()) };
    let (text, hash) = tokens::secret(cx);
    let mut tx = cx.write().await?;
    let until = cx.now().plus(MINUTES * MINUTE);
    crate::execute!(tx, INSERT, hash.as_slice(), user_id, thread_id, cx.now(), until)?;
    tx.commit().await?;
    Ok(text)
}

/// Whose browser may stay signed in, while the offer stands. Changes nothing and counts nothing: whoever has no password
/// yet is offered nothing, and comes by here after each answer. What is guessed is counted where it would be taken.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn open_offer(cx: &Cx, thread: Uuid, text: &str) -> Result<Option<String>> {
    let hash = tokens::digest(text);
    let mut db = cx.read().await?;
    let found = crate::fetch_optional!(db, (Uuid, String), FIND, hash.as_slice(), thread, cx.now())?;
    Ok(found.map(|row| row.1))
}

/// Signs the browser in: gives the text of its new session. Only for the person of the link, only with a yes.
///
/// # Errors
/// `Invalid` without a yes; `Gone` when the offer was used, is over, or belongs to another thread; `TooMany` for many guesses.
pub async fn take_offer(cx: &Cx, thread: Uuid, text: &str, agreed: bool, browser: &str) -> Result<String> {
    if !agreed {
        return Err(Error::invalid("stay", Problem::MustAgree));
    }
    let hash = tokens::digest(text);
    let mut tx = cx.write().await?;
    let found = store::find(&mut tx, thread).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, found.object())?;
    let offer = crate::fetch_optional!(tx, (Uuid, String), FIND, hash.as_slice(), thread, cx.now())?;
    let Some((user, _)) = offer.filter(|(user, _)| cx.actor.user_id() == Some(*user)) else {
        drop(tx);
        count_guess(cx).await?;
        return Err(ErrorKind::Gone.into());
    };
    if crate::execute!(tx, USE, hash.as_slice(), cx.now(), CONSENT)? == 0 {
        return Err(ErrorKind::Gone.into());
    }
    let session = sessions::open(cx, &mut tx, user, browser).await?;
    let details = json!({ "by": "mail_link", "consent": CONSENT, "thread": thread });
    audit::record(cx, &mut tx, "session.open", ("user", Some(user)), details).await?;
    tx.commit().await?;
    Ok(session)
}

/// Forgets what is long over.
pub(super) async fn purge(cx: &Cx, before: Timestamp) -> Result<()> {
    let mut tx = cx.write().await?;
    crate::execute!(tx, PURGE, before)?;
    crate::execute!(tx, super::keeping::PURGE, cx.now().plus(-super::keeping::DAYS * crate::time::DAY))?;
    tx.commit().await
}
