//! What somebody without an account typed and sent: kept a day for the browser it was typed in, so that a mistyped address
//! loses nothing. The key of the form it was sent with is the browser's secret; only its digest is stored, so a second press of the
//! same form keeps nothing twice.

use uuid::Uuid;

use super::links::network_mark;
use crate::accounts::rules;
use crate::cx::Cx;
use crate::error::{ErrorKind, Result};
use crate::throttle::{self, Limit};
use crate::time::{DAY, HOUR, Timestamp};
use crate::tokens;

/// Days it is kept.
pub const DAYS: i64 = 1;
/// Longest content that is kept, in bytes; the longest forms hold half of it.
const LONGEST: usize = 128 * 1024;

/// Forms of one network that are kept in an hour, and of all; who sends more loses nothing but this.
const MOST: (u32, u32) = (30, 2_000);

/// Keeps what was typed.
pub const KEEP: &str = "INSERT INTO typed_forms (secret_hash, path, email, fields, expires_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (secret_hash) DO NOTHING";
/// What was typed on a page.
pub const FIND: &str =
    "SELECT email, fields FROM typed_forms WHERE secret_hash = $1 AND path = $2 AND expires_at > $3";
/// Forgets one.
pub const FORGET: &str = "DELETE FROM typed_forms WHERE secret_hash = $1";
/// Forgets all that are old.
pub const PURGE: &str = "DELETE FROM typed_forms WHERE expires_at < $1";
/// Forgets those of an address whose account is closed.
pub const ERASE: &str = "DELETE FROM typed_forms WHERE email = $1";

/// What was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The address as typed.
    pub email: String,
    /// Names and values in their order.
    pub fields: Vec<(String, String)>,
}

/// Keeps what was typed on a page and sent with the form of this key, in place of what the same browser left before; gives the
/// secret for the browser, none beyond all measure.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn keep(
    cx: &Cx,
    path: &str,
    typed: &Typed,
    (key, before): (Uuid, Option<&str>),
) -> Result<Option<String>> {
    let fields = serde_json::to_string(&typed.fields)?;
    if fields.len() > LONGEST {
        return Ok(None);
    }
    let text = key.simple().to_string();
    let hash = tokens::digest(&text);
    // an address is erased as accounts know it
    let email = rules::email(&typed.email).unwrap_or_else(|_| typed.email.clone());
    let mut tx = cx.write().await?;
    if let Err(error) = throttle::hit(&mut tx, cx.now(), &limits(cx)).await {
        return if matches!(error.kind, ErrorKind::TooMany { .. }) { Ok(None) } else { Err(error) };
    }
    if let Some(before) = before.filter(|before| *before != text) {
        crate::execute!(tx, FORGET, tokens::digest(before).as_slice())?;
    }
    let until = cx.now().plus(DAYS * DAY);
    crate::execute!(tx, KEEP, hash.as_slice(), path, &email, &fields, until)?;
    tx.commit().await?;
    Ok(Some(text))
}

fn limits(cx: &Cx) -> Vec<Limit> {
    let limit = |bucket: String, max: u32| Limit { bucket, max, window: HOUR };
    let network = cx.ip.map(|ip| limit(format!("typed:network:{}", network_mark(ip)), MOST.0));
    network.into_iter().chain([limit("typed:all".to_owned(), MOST.1)]).collect()
}

/// Forgets what was typed with an address that has confirmed itself, in whichever browser.
pub(super) async fn confirmed(tx: &mut crate::db::Tx, email: &str) -> Result<()> {
    crate::execute!(*tx, ERASE, email)?;
    Ok(())
}

/// What the browser with this secret typed on a page.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn kept(cx: &Cx, path: &str, secret: &str) -> Result<Option<Typed>> {
    let mut db = cx.read().await?;
    let hash = tokens::digest(secret);
    let found = crate::fetch_optional!(db, (String, String), FIND, hash.as_slice(), path, cx.now())?;
    let Some((email, fields)) = found else { return Ok(None) };
    Ok(Some(Typed { email, fields: serde_json::from_str(&fields)? }))
}

/// Forgets what the browser with this secret typed.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn forget(cx: &Cx, secret: &str) -> Result<()> {
    let mut tx = cx.write().await?;
    crate::execute!(tx, FORGET, tokens::digest(secret).as_slice())?;
    tx.commit().await
}

/// Forgets what is old; part of the schedule of deadlines.
pub(super) async fn purge(tx: &mut crate::db::Tx, now: Timestamp) -> Result<u64> {
    crate::execute!(*tx, PURGE, now)
}
