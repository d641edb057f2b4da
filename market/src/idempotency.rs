//! The same form twice gives the same answer once: a key per form rendering, stored with the outcome
//! in the transaction of the write.

use std::sync::atomic::{AtomicBool, Ordering};

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::cx::Cx;
use crate::db::{Handle, Link, Tx};
use crate::error::{Error, ErrorKind, Problem, Result};
use crate::time::Timestamp;

/// Name of the form field that carries the key.
pub const FIELD: &str = "idem";
/// The rule broken by a key that comes back with other content.
pub const REPLAYED: &str = "form.replayed";

/// Looks a key up.
pub const FIND: &str =
    "SELECT request_hash, outcome FROM idempotency_keys WHERE scope = $1 AND idem_key = $2";
/// Keeps a key with its outcome.
pub const KEEP: &str = "INSERT INTO idempotency_keys (scope, idem_key, request_hash, outcome, created_at) VALUES ($1, $2, $3, $4, $5)";
/// Keeps a key with its outcome unless it is there.
pub const CLAIM: &str = "INSERT INTO idempotency_keys (scope, idem_key, request_hash, outcome, created_at) VALUES ($1, $2, $3, $4, $5) \
    ON CONFLICT (scope, idem_key) DO NOTHING";
/// Two presses at the same moment: the second one waits here until the first has ended. SQLite has one writer anyway.
pub const HOLD_POSTGRES: &str = "SELECT pg_advisory_xact_lock(hashtextextended($1, 7007))";
/// Forgets old keys.
pub const PURGE: &str = "DELETE FROM idempotency_keys WHERE created_at < $1";

/// The identity of one form rendering and of what was sent with it.
#[derive(Clone, Debug)]
pub struct IdemKey {
    /// Verb and sender, e.g. `inquiry:<user id>`: keys of different people never meet.
    pub scope: String,
    /// From the hidden field of the form.
    pub key: Uuid,
    /// SHA-256 of the content.
    pub hash: Vec<u8>,
}

impl IdemKey {
    /// The key of `content` sent by a form rendered with `key`.
    pub fn new(scope: impl Into<String>, key: Uuid, content: &str) -> Self {
        Self { scope: scope.into(), key, hash: Sha256::digest(content.as_bytes()).to_vec() }
    }
}

/// The form behind a call, for verbs that give nothing back: the first transaction for writing keeps its key.
#[derive(Debug)]
pub struct FormKey {
    key: IdemKey,
    kept: AtomicBool,
}

/// The rule that ends a call whose form was taken meanwhile, with the same content.
const TAKEN: &str = "form.taken";

/// Does `work` with what a form sent, once: a second press of the same form does nothing and is as fine as the first.
/// The key is kept in the transaction that `work` writes in.
///
/// # Errors
/// [`replayed`] for the same key with other content; those of `work`.
pub async fn once(cx: &Cx, key: Uuid, content: &str, work: impl AsyncFnOnce(Cx) -> Result<()>) -> Result<()> {
    let scope = format!("form:{}", cx.actor.user_id().unwrap_or_default());
    let key = IdemKey::new(scope, key, content);
    if earlier(&mut cx.read().await?, &key).await?.is_some() {
        return Ok(());
    }
    match work(cx.with_form(FormKey { key, kept: AtomicBool::new(false) })).await {
        Err(error) if error.kind == ErrorKind::Conflict(TAKEN.into()) => Ok(()),
        done => done,
    }
}

impl FormKey {
    /// Keeps the key in `tx`, the first time it is asked to.
    ///
    /// # Errors
    /// A conflict that [`once`] knows when another press was faster; [`replayed`] when that one had other content.
    pub(crate) async fn keep_once(&self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        if self.kept.swap(true, Ordering::Relaxed) {
            return Ok(());
        }
        match earlier(tx, &self.key).await? {
            Some(_) => Err(Error::conflict(TAKEN)),
            None => keep(tx, &self.key, "", now).await,
        }
    }
}

/// The outcome of an earlier, equal request.
///
/// # Errors
/// `Invalid` ([`replayed`]) when the key came before with other content.
pub async fn earlier(db: &mut impl Handle, key: &IdemKey) -> Result<Option<String>> {
    if let Link::Postgres(link) = db.link() {
        sqlx::query(HOLD_POSTGRES).bind(format!("{}:{}", key.scope, key.key)).execute(link).await?;
    }
    let row = crate::fetch_optional!(*db, (Vec<u8>, String), FIND, &key.scope, key.key)?;
    match row {
        Some((hash, outcome)) if hash == key.hash => Ok(Some(outcome)),
        Some(_) => Err(replayed()),
        None => Ok(None),
    }
}

/// Looks a key up and keeps it with its outcome at once, where that is known before the work is done; gives the outcome of an
/// earlier, equal request. A second request racing this one waits here until the first has ended.
///
/// # Errors
/// `Invalid` ([`replayed`]) when the key came before with other content.
pub async fn claim(
    db: &mut impl Handle,
    key: &IdemKey,
    outcome: &str,
    now: Timestamp,
) -> Result<Option<String>> {
    if crate::execute!(*db, CLAIM, &key.scope, key.key, key.hash.as_slice(), outcome, now)? == 1 {
        return Ok(None);
    }
    earlier(db, key).await
}

/// The same form with other content: what came first stands. The form comes back with a new key, so that sending it
/// once more is a new act.
pub fn replayed() -> Error {
    Error::invalid(FIELD, Problem::Rule(REPLAYED.into()))
}

/// Keeps the outcome; call it last in the transaction of the write. A second request racing this one waits in
/// [`earlier`]; one that did not ask there fails here on the primary key and rolls back.
///
/// # Errors
/// `Conflict("double_submit")` when the same key was stored meanwhile.
pub async fn keep(db: &mut impl Handle, key: &IdemKey, outcome: &str, now: Timestamp) -> Result<()> {
    crate::execute!(*db, KEEP, &key.scope, key.key, key.hash.as_slice(), outcome, now).map(|_| ()).map_err(
        |error| {
            if crate::db::unique_violation(&error, "idempotency_keys") {
                Error::conflict("double_submit")
            } else {
                error
            }
        },
    )
}
