//! Links that stop the mails of one topic without signing in, and those of the daily mail. Opening one changes nothing; one press
//! of the mail program (RFC 8058) or of the page does. Whoever holds a link can switch off and on again, and nothing else.

use uuid::Uuid;

use super::choices::{self, is_off};
use super::topic::{Pace, Topic};
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{ErrorKind, Result};
use crate::time::{DAY, Timestamp};
use crate::tokens;

/// Days a link works: as long as somebody may want to answer an old mail.
const LINK_DAYS: i64 = 180;

/// Keeps a link's digest.
pub const INSERT: &str = "INSERT INTO notification_links (token_hash, user_id, topic, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";
/// The person and topic of a link.
pub const FIND: &str = "SELECT l.user_id, l.topic FROM notification_links l JOIN users u ON u.id = l.user_id \
    WHERE l.token_hash = $1 AND l.expires_at > $2 AND u.closed_at IS NULL";
/// Topics that somebody gets in the daily mail.
pub const DAILY: &str = "SELECT topic FROM notification_choices WHERE user_id = $1 AND pace = 'daily'";
/// Forgets what is over.
pub const PURGE: &str = "DELETE FROM notification_links WHERE expires_at < $1";

/// What a link stops.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The topic; none for the daily mail.
    pub topic: Option<Topic>,
    /// Whether it is stopped.
    pub stopped: bool,
}

/// Makes a link; gives its text.
pub(super) async fn issue(cx: &Cx, db: &mut impl Handle, user: Uuid, topic: Option<Topic>) -> Result<String> {
    let (text, hash) = tokens::secret(cx);
    let until = cx.now().plus(LINK_DAYS * DAY);
    crate::execute!(*db, INSERT, hash.as_slice(), user, topic.map(Topic::code), cx.now(), until)?;
    Ok(text)
}

async fn find(cx: &Cx, db: &mut impl Handle, text: &str) -> Result<(Uuid, Option<Topic>)> {
    let hash = tokens::digest(text);
    let row = crate::fetch_optional!(*db, (Uuid, Option<String>), FIND, hash.as_slice(), cx.now())?;
    let (user, topic) = row.ok_or(ErrorKind::NotFound)?;
    Ok((user, topic.as_deref().and_then(Topic::from_code)))
}

async fn daily(db: &mut impl Handle, user: Uuid) -> Result<Vec<Topic>> {
    let rows = crate::fetch_all!(*db, (String,), DAILY, user)?;
    Ok(rows.iter().filter_map(|(code,)| Topic::from_code(code)).collect())
}

/// What a link stops, and whether it has.
///
/// # Errors
/// `NotFound` for a guess or a link that is over.
pub async fn open(cx: &Cx, text: &str) -> Result<Stop> {
    let mut db = cx.read().await?;
    let (user, topic) = find(cx, &mut db, text).await?;
    let stopped = match topic {
        Some(topic) => is_off(&mut db, user, topic).await?,
        None => daily(&mut db, user).await?.is_empty(),
    };
    Ok(Stop { topic, stopped })
}

/// Stops what the link is for. Again changes nothing.
///
/// # Errors
/// `NotFound` for a guess or a link that is over.
pub async fn stop(cx: &Cx, text: &str) -> Result<Stop> {
    let mut tx = cx.write().await?;
    let (user, topic) = find(cx, &mut tx, text).await?;
    let topics = match topic {
        Some(topic) => vec![topic],
        None => daily(&mut tx, user).await?,
    };
    for topic in topics {
        if !is_off(&mut tx, user, topic).await? {
            choices::set(cx, &mut tx, user, topic, Pace::Off).await?;
        }
    }
    tx.commit().await?;
    Ok(Stop { topic, stopped: true })
}

/// Switches the topic of a link on again, as it usually is.
///
/// # Errors
/// `NotFound` for a guess, a link that is over, and the link of a daily mail.
pub async fn resume(cx: &Cx, text: &str) -> Result<Stop> {
    let mut tx = cx.write().await?;
    let (user, topic) = find(cx, &mut tx, text).await?;
    let topic = topic.ok_or(ErrorKind::NotFound)?;
    if is_off(&mut tx, user, topic).await? {
        choices::set(cx, &mut tx, user, topic, topic.usual()).await?;
    }
    tx.commit().await?;
    Ok(Stop { topic: Some(topic), stopped: false })
}

/// Forgets links that are over.
///
/// # Errors
/// `Unavailable` when the database is away.
pub(crate) async fn purge(db: &mut impl Handle, now: Timestamp) -> Result<u64> {
    crate::execute!(*db, PURGE, now)
}
