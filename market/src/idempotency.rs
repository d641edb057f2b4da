//! The same form twice gives the same answer once: a key per form rendering, stored with the outcome
//! in the transaction of the write.

use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::db::Handle;
use crate::error::{Error, Result};
use crate::time::Timestamp;

/// Looks a key up.
pub const FIND: &str =
    "SELECT request_hash, outcome FROM idempotency_keys WHERE scope = $1 AND idem_key = $2";
/// Keeps a key with its outcome.
pub const KEEP: &str = "INSERT INTO idempotency_keys (scope, idem_key, request_hash, outcome, created_at) VALUES ($1, $2, $3, $4, $5)";
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

/// The outcome of an earlier, equal request.
///
/// # Errors
/// `Conflict("replayed_with_other_content")` when the key came before with other content.
pub async fn earlier(db: &mut impl Handle, key: &IdemKey) -> Result<Option<String>> {
    let row = crate::fetch_optional!(*db, (Vec<u8>, String), FIND, &key.scope, key.key)?;
    match row {
        Some((hash, outcome)) if hash == key.hash => Ok(Some(outcome)),
        Some(_) => Err(Error::conflict("replayed_with_other_content")),
        None => Ok(None),
    }
}

/// Keeps the outcome; call it last in the transaction of the write. A second request racing this one
/// fails here on the primary key and rolls back.
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
