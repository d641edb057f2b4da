//! One-time tokens: what a link in a mail carries. 256 bits; only the SHA-256 is stored.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::cx::Cx;
use crate::db::Handle;
use crate::error::Result;
use crate::time::Timestamp;
use crate::zones::Zone;

/// Stores a token.
pub const INSERT: &str = "INSERT INTO one_time_tokens (id, kind, token_hash, user_id, subject_id, payload, created_at, expires_at) \
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
/// Finds a live token by kind and hash.
pub const FIND: &str = "SELECT t.id, t.user_id, t.subject_id, t.payload, t.expires_at, t.used_at, u.time_zone FROM one_time_tokens t \
    LEFT JOIN users u ON u.id = t.user_id WHERE t.kind = $1 AND t.token_hash = $2 AND t.revoked_at IS NULL";
/// Marks a token used and forgets what lay beside it; changes no row when somebody was faster.
pub const USE: &str = "UPDATE one_time_tokens SET used_at = $2, payload = '{}' WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $2";
/// Takes back all tokens of a kind about one thing, and forgets what lay beside them.
pub const REVOKE: &str = "UPDATE one_time_tokens SET revoked_at = $3, payload = '{}' WHERE kind = $1 AND subject_id = $2 AND used_at IS NULL AND revoked_at IS NULL";

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Proves that an address belongs to its account.
    ConfirmEmail,
    /// Allows a new password.
    ResetPassword,
    /// Proves that a guest's address is theirs and opens the thread.
    ConfirmInquiry,
    /// Opens one thread for a vendor, to answer it.
    AnswerThread,
    /// Opens one thread for a buyer, to read and reply.
    ReadThread,
    /// Proves that a guest's address is theirs and sends what they ask several vendors.
    ConfirmBatch,
    /// Opens for a buyer the threads that one form began.
    ReadBatch,
}

impl TokenKind {
    /// The word in the database.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ConfirmEmail => "confirm_email",
            Self::ResetPassword => "reset_password",
            Self::ConfirmInquiry => "confirm_inquiry",
            Self::AnswerThread => "answer_thread",
            Self::ReadThread => "read_thread",
            Self::ConfirmBatch => "confirm_batch",
            Self::ReadBatch => "read_batch",
        }
    }
}

/// A stored token.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Token {
    /// Identity.
    pub id: Uuid,
    /// Whom it was sent to.
    pub user_id: Option<Uuid>,
    /// What it is about.
    pub subject_id: Option<Uuid>,
    /// Kind-specific JSON.
    pub payload: String,
    /// When it stops working.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    time_zone: Option<String>,
}

impl Token {
    /// The clock of whom it was sent to.
    pub fn zone(&self) -> Zone {
        Zone::chosen(self.time_zone.as_deref())
    }
}

/// A token to be made.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What it is for.
    pub kind: TokenKind,
    /// Whom it is sent to.
    pub user_id: Option<Uuid>,
    /// What it is about.
    pub subject_id: Option<Uuid>,
    /// Kind-specific JSON.
    pub payload: String,
    /// When it stops working.
    pub expires_at: Timestamp,
}

/// A fresh secret as text for a link or cookie, and its digest for the database.
pub fn secret(cx: &Cx) -> (String, Vec<u8>) {
    let text = URL_SAFE_NO_PAD.encode(cx.market.ports().ids.secret());
    let hash = digest(&text);
    (text, hash)
}

/// SHA-256 of a secret's text.
pub fn digest(text: &str) -> Vec<u8> {
    Sha256::digest(text.as_bytes()).to_vec()
}

/// Makes a token and gives the text that goes into the link. The text is never stored.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn issue(cx: &Cx, db: &mut impl Handle, new: NewToken) -> Result<String> {
    let (text, hash) = secret(cx);
    crate::execute!(
        *db,
        INSERT,
        cx.new_id(),
        new.kind.code(),
        hash.as_slice(),
        new.user_id,
        new.subject_id,
        &new.payload,
        cx.now(),
        new.expires_at
    )?;
    Ok(text)
}

/// The token behind a link's text, used or expired ones included; `None` for a guess.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn find(db: &mut impl Handle, kind: TokenKind, text: &str) -> Result<Option<Token>> {
    crate::fetch_optional!(*db, Token, FIND, kind.code(), digest(text).as_slice())
}

/// Uses a token up. `false` when it was used, revoked or expired before.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn consume(db: &mut impl Handle, id: Uuid, now: Timestamp) -> Result<bool> {
    Ok(crate::execute!(*db, USE, id, now)? == 1)
}

/// Takes back every unused token of `kind` about `subject`.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn revoke(db: &mut impl Handle, kind: TokenKind, subject: Uuid, now: Timestamp) -> Result<u64> {
    crate::execute!(*db, REVOKE, kind.code(), subject, now)
}
