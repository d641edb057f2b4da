//! Sessions: who comes with which cookie. The cookie holds 256 random bits, the database their SHA-256.
//!
//! A session ends 30 days after signing in, after 14 days without a visit, when it is revoked, or when the
//! account is closed. Not here: passwords and the verbs of signing in (`service`).

use uuid::Uuid;

use super::access::{Membership, Person, PlatformRole, VendorRole};
use crate::cx::{Cx, Market};
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::time::{DAY, MINUTE, Timestamp};
use crate::tokens;

/// Longest life of a session.
pub const ABSOLUTE: i64 = 30 * DAY;
/// Longest pause between two visits.
pub const IDLE: i64 = 14 * DAY;
/// How exactly the last visit is remembered.
const SEEN_EVERY: i64 = 10 * MINUTE;
/// Characters kept of what a browser says about itself.
const USER_AGENT_MAX: usize = 300;

/// The session, its person, the number of unread notifications and what their newest answer about vendors agreed to.
pub const FIND: &str = "SELECT s.id, s.last_seen_at, u.id, u.name, u.email, u.email_confirmed_at, u.time_zone, u.desk_vendor_id, \
    (SELECT CAST(COUNT(*) AS BIGINT) FROM notifications n WHERE n.user_id = u.id AND n.read_at IS NULL), \
    (SELECT CASE WHEN c.granted THEN c.version ELSE '' END FROM consents c \
     WHERE c.user_id = u.id AND c.kind = 'third_party' ORDER BY c.at DESC, c.id DESC LIMIT 1) \
    FROM sessions s JOIN users u ON u.id = s.user_id \
    WHERE s.token_hash = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND s.last_seen_at > $3 AND u.closed_at IS NULL";
/// Everything a person may act as, and what lies in their basket.
pub const STANDING: &str = "SELECT 'role' AS kind, role AS word, user_id AS object_id, granted_at AS at FROM user_roles WHERE user_id = $1 \
    UNION ALL SELECT CASE WHEN v.state = 'closed' THEN 'former' ELSE 'member' END, m.role, m.vendor_id, m.created_at \
    FROM vendor_members m JOIN vendors v ON v.id = m.vendor_id WHERE m.user_id = $1 \
    UNION ALL SELECT 'officer', '', chapter_id, granted_at FROM chapter_officers WHERE user_id = $1 \
    UNION ALL SELECT 'collected', '', listing_id, added_at FROM basket_items WHERE user_id = $1 ORDER BY at, object_id";
/// Whether a session lives.
pub const IS_LIVE: &str = "SELECT s.id FROM sessions s JOIN users u ON u.id = s.user_id \
    WHERE s.id = $1 AND s.revoked_at IS NULL AND s.expires_at > $2 AND u.closed_at IS NULL";
/// Opens a session.
pub const INSERT: &str = "INSERT INTO sessions (id, user_id, token_hash, user_agent, created_at, last_seen_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $5, $6)";
/// Notes a visit.
pub const SEEN: &str = "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $3";
/// Ends one session of a person.
pub const REVOKE: &str =
    "UPDATE sessions SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL";
/// Ends every session of a person but one.
pub const REVOKE_OTHERS: &str =
    "UPDATE sessions SET revoked_at = $3 WHERE user_id = $1 AND id <> $2 AND revoked_at IS NULL";
/// Live sessions of a person, the latest visit first.
pub const LIST: &str = "SELECT id, user_agent, created_at, last_seen_at FROM sessions \
    WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND last_seen_at > $3 ORDER BY last_seen_at DESC, id DESC LIMIT 100";
/// Forgets sessions that ended before a moment, or were not visited since another.
pub const PURGE: &str = "DELETE FROM sessions WHERE expires_at < $1 OR revoked_at < $1 OR last_seen_at < $2";

/// A live session as its owner sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Device {
    /// The session.
    pub id: Uuid,
    /// What the browser said about itself.
    pub user_agent: String,
    /// When it signed in.
    pub created_at: Timestamp,
    /// The last visit, to ten minutes.
    pub last_seen_at: Timestamp,
}

type Found = (
    Uuid,
    Timestamp,
    Uuid,
    String,
    String,
    Option<Timestamp>,
    Option<String>,
    Option<Uuid>,
    i64,
    Option<String>,
);

/// The person behind a cookie's token, with everything they may act as; `None` for anything but a live session.
/// Two statements; the last visit is noted beside the request, at most every ten minutes.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn authenticate(market: &Market, token: &str) -> Result<Option<Person>> {
    let now = market.now();
    let mut db = market.db().read().await?;
    let hash = tokens::digest(token);
    let found = crate::fetch_optional!(db, Found, FIND, hash.as_slice(), now, now.plus(-IDLE))?;
    let Some((session_id, last_seen_at, id, name, email, confirmed, time_zone, desk, unread, agreed)) = found
    else {
        return Ok(None);
    };
    let standing = crate::fetch_all!(db, (String, String, Uuid), STANDING, id)?;
    drop(db);
    if now.since(last_seen_at) >= SEEN_EVERY {
        tokio::spawn(note_visit(market.clone(), session_id, now));
    }
    let mut person = Person {
        id,
        session_id,
        name,
        email,
        email_confirmed: confirmed.is_some(),
        roles: Vec::new(),
        memberships: Vec::new(),
        officer_of: Vec::new(),
        unread,
        shares: super::consent::counts(agreed.as_deref()),
        collected: Vec::new(),
        time_zone,
        desk,
    };
    for (kind, word, object_id) in standing {
        stand(&mut person, &kind, &word, object_id);
    }
    Ok(Some(person))
}

/// Adds one row of [`STANDING`]. A word nobody knows gives nothing: the safe side.
fn stand(person: &mut Person, kind: &str, word: &str, object_id: Uuid) {
    match kind {
        "role" => person.roles.extend(PlatformRole::from_code(word)),
        "member" | "former" => {
            let closed = kind == "former";
            let role = VendorRole::from_code(word);
            person.memberships.extend(role.map(|role| Membership { vendor_id: object_id, role, closed }));
        }
        "collected" => person.collected.push(object_id),
        _ => person.officer_of.push(object_id),
    }
}

async fn note_visit(market: Market, session: Uuid, now: Timestamp) {
    if let Err(error) = seen(&market, session, now).await {
        tracing::debug!(error = %error, "visit not noted");
    }
}

async fn seen(market: &Market, session: Uuid, now: Timestamp) -> Result<()> {
    let mut tx = market.db().write().await?;
    crate::execute!(tx, SEEN, session, now, now.plus(-SEEN_EVERY / 2))?;
    tx.commit().await
}

/// Opens a session and gives the token for the cookie.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn open(cx: &Cx, tx: &mut Tx, user_id: Uuid, user_agent: &str) -> Result<String> {
    let now = cx.now();
    let (token, hash) = tokens::secret(cx);
    let user_agent: String = crate::text::line(user_agent).chars().take(USER_AGENT_MAX).collect();
    crate::execute!(
        *tx,
        INSERT,
        cx.new_id(),
        user_id,
        hash.as_slice(),
        &user_agent,
        now,
        now.plus(ABSOLUTE)
    )?;
    Ok(token)
}

/// Whether a session still lives, for whoever holds a connection open.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn is_live(db: &mut impl Handle, session_id: Uuid, now: Timestamp) -> Result<bool> {
    Ok(crate::fetch_optional!(*db, (Uuid,), IS_LIVE, session_id, now)?.is_some())
}

/// Ends one session of a person; `false` when there was none of theirs.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn revoke(tx: &mut Tx, user_id: Uuid, session_id: Uuid, now: Timestamp) -> Result<bool> {
    Ok(crate::execute!(*tx, REVOKE, session_id, user_id, now)? == 1)
}

/// Ends every session of a person, except `keep`; gives how many.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn revoke_all(tx: &mut Tx, user_id: Uuid, keep: Option<Uuid>, now: Timestamp) -> Result<u64> {
    crate::execute!(*tx, REVOKE_OTHERS, user_id, keep.unwrap_or(Uuid::nil()), now)
}

/// Live sessions of a person, the latest visit first.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn list(db: &mut impl Handle, user_id: Uuid, now: Timestamp) -> Result<Vec<Device>> {
    crate::fetch_all!(*db, Device, LIST, user_id, now, now.plus(-IDLE))
}

/// Forgets sessions that ended before `before`.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn purge(tx: &mut Tx, before: Timestamp) -> Result<u64> {
    crate::execute!(*tx, PURGE, before, before.plus(-IDLE))
}
