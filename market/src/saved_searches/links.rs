//! Links of alert mails: whoever holds one may stop and manage the alerts of the person it was mailed to, and nothing else.
//! Opening one changes nothing, so mail scanners do no harm.

use uuid::Uuid;

use super::model::SavedSearch;
use super::service::{self, Act};
use super::store;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::time::DAY;
use crate::tokens;

/// Days a link works: as long as somebody may want to answer an old mail.
pub const LINK_DAYS: i64 = 180;

/// Keeps a link's digest.
pub const INSERT: &str =
    "INSERT INTO alert_links (token_hash, user_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
/// The person of a link.
pub const FIND: &str = "SELECT user_id FROM alert_links WHERE token_hash = $1 AND expires_at > $2";
/// Forgets what is over.
pub const PURGE: &str = "DELETE FROM alert_links WHERE expires_at < $1";

/// Makes a link for a person; gives its text.
pub(super) async fn issue(cx: &Cx, db: &mut impl Handle, user: Uuid) -> Result<String> {
    let (text, hash) = tokens::secret(cx);
    crate::execute!(*db, INSERT, hash.as_slice(), user, cx.now(), cx.now().plus(LINK_DAYS * DAY))?;
    Ok(text)
}

async fn person(cx: &Cx, db: &mut impl Handle, text: &str) -> Result<Uuid> {
    let hash = tokens::digest(text);
    let row = crate::fetch_optional!(*db, (Uuid,), FIND, hash.as_slice(), cx.now())?;
    row.map(|(user,)| user).ok_or_else(|| ErrorKind::NotFound.into())
}

/// The alerts behind a link.
///
/// # Errors
/// `NotFound` for a guess or a link that is over.
pub async fn open(cx: &Cx, text: &str) -> Result<Vec<SavedSearch>> {
    let mut db = cx.read().await?;
    let user = person(cx, &mut db, text).await?;
    store::list(&mut db, user).await
}

/// Does something with one of the alerts behind a link.
///
/// # Errors
/// `NotFound` for a guess, or for an alert of somebody else.
pub async fn act(cx: &Cx, text: &str, id: Uuid, act: Act) -> Result<()> {
    let user = person(cx, &mut cx.read().await?, text).await?;
    service::act_for(cx, user, id, act).await
}

/// Stops all mails: the one press of a mail program (RFC 8058) and of the page.
///
/// # Errors
/// `NotFound` for a guess.
pub async fn unsubscribe(cx: &Cx, text: &str) -> Result<()> {
    let user = person(cx, &mut cx.read().await?, text).await?;
    service::stop_all(cx, user).await
}
