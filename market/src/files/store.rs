//! Rows of files.

use uuid::Uuid;

use super::{AttachedFile, FileKind, Scan};
use crate::db::{DatabaseError, Handle};
use crate::error::{Error, Result};
use crate::time::Timestamp;

/// Whether no form waits for its address to confirm itself, or to be looked at, with the file.
macro_rules! nobody_waits {
    () => {
        "NOT EXISTS (SELECT 1 FROM held_items h WHERE h.id = files.form_key AND h.state = 'waiting') \
        AND NOT EXISTS (SELECT 1 FROM inquiry_drafts d WHERE d.form_key = files.form_key AND d.thread_id IS NULL) \
        AND NOT EXISTS (SELECT 1 FROM batch_drafts b WHERE b.form_key = files.form_key AND b.batch_id IS NULL) \
        AND NOT EXISTS (SELECT 1 FROM rfq_drafts q WHERE q.form_key = files.form_key AND q.rfq_id IS NULL)"
    };
}

/// A file on its way in; a link opens a thread or a request.
pub const INSERT: &str = "INSERT INTO files (id, stored_as, name, uploader_id, door_thread_id, door_rfq_id, declared, bytes, state, active, scan, created_at) \
    VALUES ($1, $2, $3, $4, (SELECT t.id FROM threads t WHERE t.id = $5), (SELECT r.id FROM rfqs r WHERE r.id = $5), $6, $7, 'receiving', $8, 'off', $9)";
/// Bytes that somebody sent since a moment. What a question handed on to further threads came once.
pub const VOLUME: &str = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM files WHERE uploader_id = $1 AND created_at > $2 \
    AND (message_id IS NULL OR form_key IS NOT NULL)";
/// One file.
pub const FIND: &str = "SELECT id, stored_as, name, uploader_id, COALESCE(door_thread_id, door_rfq_id) AS door_id, thread_id, message_id, rfq_id, declared, bytes, state, kind, active, pages, \
    preview_width, preview_height, scan FROM files WHERE id = $1";
/// A file was received whole and looked at; what was looked at lies under a name of its own.
pub const KEEP: &str = "UPDATE files SET state = 'kept', name = $2, kind = $3, active = $4, pages = $5, preview_width = $6, preview_height = $7, \
    sha256 = $8, bytes = $9, scan = $10, stored_as = $11 WHERE id = $1 AND state = 'receiving'";
/// A file was not taken; what it weighed still counts.
pub const REFUSE: &str =
    "UPDATE files SET state = 'refused', bytes = $2 WHERE id = $1 AND state = 'receiving'";
/// Names the form rendering a file shall be sent with; nothing happens to files of others or to sent ones.
pub const HOLD: &str = "UPDATE files SET form_key = $2 WHERE id = $1 AND uploader_id = $3 AND state = 'kept' AND message_id IS NULL AND rfq_id IS NULL \
    AND ((door_thread_id IS NULL AND door_rfq_id IS NULL) OR door_thread_id = $4 OR door_rfq_id = $4)";
/// What makes a file of a sender the same as another.
pub const SAMENESS: &str = "SELECT name, sha256 FROM files WHERE id = $1 AND uploader_id = $2";
/// Whether a form was sent and waits: for a look, or for an address to confirm itself.
pub const FORM_WAITS: &str = "SELECT h.id FROM held_items h WHERE h.id = $1 AND h.state = 'waiting' \
    UNION ALL SELECT d.form_key FROM inquiry_drafts d WHERE d.form_key = $1 AND d.thread_id IS NULL \
    UNION ALL SELECT b.form_key FROM batch_drafts b WHERE b.form_key = $1 AND b.batch_id IS NULL \
    UNION ALL SELECT q.form_key FROM rfq_drafts q WHERE q.form_key = $1 AND q.rfq_id IS NULL LIMIT 1";
/// A file of a sender that waits with another form that was sent, and that goes through this door.
pub const WAITS_ELSEWHERE: &str = concat!(
    "SELECT name, sha256 FROM files WHERE id = $1 AND uploader_id = $2 AND form_key <> $3 AND state = 'kept' AND message_id IS NULL AND rfq_id IS NULL \
    AND ((door_thread_id IS NULL AND door_rfq_id IS NULL) OR door_thread_id = $4 OR door_rfq_id = $4) AND NOT (",
    nobody_waits!(),
    ")"
);
/// Lets go of the files of a form that were taken off it.
pub const RELEASE: &str = "UPDATE files SET form_key = NULL WHERE form_key = $1 AND uploader_id = $2 AND message_id IS NULL AND rfq_id IS NULL";
/// What is sent with a form.
pub const OF_FORM: &str = "SELECT id, name, sha256, COALESCE(message_id, rfq_id) AS sent_with, COALESCE(door_thread_id, door_rfq_id) AS door_id FROM files \
    WHERE form_key = $1 AND uploader_id = $2 AND state = 'kept' ORDER BY created_at, id";
/// How many files are named for a form, in words.
pub const COUNT_OF_FORM: &str =
    "SELECT CAST(COUNT(*) AS TEXT) FROM files WHERE form_key = $1 AND uploader_id = $2 AND state = 'kept'";
/// The message of a position.
pub const MESSAGE_AT: &str = "SELECT id FROM messages WHERE thread_id = $1 AND seq = $2";
/// Ties a file to its message.
pub const ATTACH: &str = "UPDATE files SET thread_id = $2, message_id = $3, attached_at = $4 WHERE id = $1 AND message_id IS NULL AND rfq_id IS NULL";
/// The files of a thread.
pub const OF_THREAD: &str = "SELECT id, stored_as, name, uploader_id, COALESCE(door_thread_id, door_rfq_id) AS door_id, thread_id, message_id, rfq_id, declared, bytes, state, kind, active, pages, \
    preview_width, preview_height, scan FROM files WHERE thread_id = $1 AND message_id IS NOT NULL ORDER BY attached_at, created_at, id";
/// Ties a file to its request.
pub const ATTACH_TO_RFQ: &str =
    "UPDATE files SET rfq_id = $2, attached_at = $3 WHERE id = $1 AND message_id IS NULL AND rfq_id IS NULL";
/// Takes a file off its request; the sweep forgets it then.
pub const TAKE_OFF: &str =
    "UPDATE files SET rfq_id = NULL, form_key = NULL, attached_at = NULL WHERE id = $1 AND rfq_id = $2";
/// The files of a request.
pub const OF_RFQ: &str = "SELECT id, stored_as, name, uploader_id, COALESCE(door_thread_id, door_rfq_id) AS door_id, thread_id, message_id, rfq_id, declared, bytes, state, kind, active, pages, \
    preview_width, preview_height, scan FROM files WHERE rfq_id = $1 ORDER BY attached_at, created_at, id";
/// The files that went with the first message of a thread, or with its request.
pub const OF_QUESTION: &str = "SELECT id, stored_as, name, uploader_id, COALESCE(door_thread_id, door_rfq_id) AS door_id, thread_id, message_id, rfq_id, declared, bytes, state, kind, active, pages, \
    preview_width, preview_height, scan FROM files WHERE state = 'kept' AND scan <> 'infected' \
    AND (rfq_id = $2 OR message_id = (SELECT m.id FROM messages m WHERE m.thread_id = $1 AND m.seq = 1)) ORDER BY attached_at, created_at, id";
/// The same file under a name of its own: with another message, or waiting to be sent since `$7`.
pub const CARRY: &str = "INSERT INTO files (id, stored_as, name, uploader_id, thread_id, message_id, declared, bytes, state, kind, active, pages, preview_width, \
    preview_height, sha256, scan, scan_note, created_at, attached_at) SELECT $2, $3, f.name, f.uploader_id, $4, $5, f.declared, f.bytes, f.state, f.kind, f.active, f.pages, \
    f.preview_width, f.preview_height, f.sha256, f.scan, f.scan_note, COALESCE(CAST($7 AS BIGINT), f.created_at), $6 FROM files f WHERE f.id = $1";
/// What the scanner said.
pub const SCANNED: &str = "UPDATE files SET scan = $2, scan_note = $3 WHERE id = $1 AND scan = 'waiting'";
/// Files that have waited for the scanner since before a moment.
pub const UNSCANNED: &str =
    "SELECT id FROM files WHERE scan = 'waiting' AND created_at < $1 ORDER BY created_at, id LIMIT 500";
/// Files that nobody sent.
pub const UNSENT: &str = concat!(
    "SELECT id, stored_as FROM files WHERE message_id IS NULL AND rfq_id IS NULL AND created_at < $1 AND ",
    nobody_waits!(),
    " ORDER BY created_at, id LIMIT 200"
);
/// Forgets a file that nobody sent.
pub const FORGET: &str = "DELETE FROM files WHERE id = $1 AND message_id IS NULL AND rfq_id IS NULL";
/// Whether a name belongs to a file.
pub const IS_KNOWN: &str = "SELECT id FROM files WHERE stored_as = $1";
/// Whether somebody was noted as having seen a file's small picture.
pub const SEEN: &str = "SELECT seq FROM audit_log WHERE object_kind = 'file' AND object_id = $1 AND actor_id = $2 AND action = 'file.preview' LIMIT 1";

/// One file.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FileRow {
    /// Identity.
    pub id: Uuid,
    /// Its name in the store.
    pub stored_as: String,
    /// What people call it.
    pub name: String,
    /// Who sent it.
    pub uploader_id: Uuid,
    /// The thread or the request of the link it came through.
    pub door_id: Option<Uuid>,
    /// The thread it was sent in.
    pub thread_id: Option<Uuid>,
    /// The message it was sent with.
    pub message_id: Option<Uuid>,
    /// The request it goes with.
    pub rfq_id: Option<Uuid>,
    /// Its size as announced.
    pub declared: Option<i64>,
    /// Its size.
    pub bytes: i64,
    /// On its way, kept or refused.
    pub state: String,
    kind: Option<String>,
    active: bool,
    pages: Option<i64>,
    preview_width: Option<i64>,
    preview_height: Option<i64>,
    scan: String,
}

impl FileRow {
    /// Whether it was sent: with a message or with a request.
    pub const fn is_sent(&self) -> bool {
        self.message_id.is_some() || self.rfq_id.is_some()
    }

    /// What the scanner said.
    ///
    /// # Errors
    /// `Internal` for a word that nobody knows.
    pub fn scan(&self) -> Result<Scan> {
        Scan::from_code(&self.scan)
            .ok_or_else(|| DatabaseError { table: "files", column: "scan", value: self.scan.clone() }.into())
    }
}

impl TryFrom<FileRow> for AttachedFile {
    type Error = Error;

    fn try_from(row: FileRow) -> Result<Self> {
        let scan = row.scan()?;
        let kind = row.kind.unwrap_or_default();
        let unknown = |value: &str| DatabaseError { table: "files", column: "kind", value: value.to_owned() };
        Ok(Self {
            id: row.id,
            message_id: row.message_id,
            name: row.name,
            kind: FileKind::from_code(&kind).ok_or_else(|| unknown(&kind))?,
            bytes: row.bytes,
            active: row.active,
            pages: row.pages,
            preview: row.preview_width.zip(row.preview_height),
            scan,
        })
    }
}

/// What is sent with a form.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FormFile {
    /// Identity.
    pub id: Uuid,
    /// What people call it.
    pub name: String,
    /// Digest of its bytes.
    pub sha256: Option<Vec<u8>>,
    /// The message or the request, once it was sent.
    pub sent_with: Option<Uuid>,
    /// The thread or the request of the link it came through.
    pub door_id: Option<Uuid>,
}

pub(super) async fn find(db: &mut impl Handle, id: Uuid) -> Result<Option<FileRow>> {
    crate::fetch_optional!(*db, FileRow, FIND, id)
}

/// The files of a thread, oldest first.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn of_thread(db: &mut impl Handle, thread: Uuid) -> Result<Vec<AttachedFile>> {
    crate::fetch_all!(*db, FileRow, OF_THREAD, thread)?.into_iter().map(AttachedFile::try_from).collect()
}

/// The files of a request, oldest first.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn of_rfq(db: &mut impl Handle, rfq: Uuid) -> Result<Vec<AttachedFile>> {
    crate::fetch_all!(*db, FileRow, OF_RFQ, rfq)?.into_iter().map(AttachedFile::try_from).collect()
}

pub(super) async fn volume(db: &mut impl Handle, uploader: Uuid, since: Timestamp) -> Result<i64> {
    Ok(crate::fetch_one!(*db, (i64,), VOLUME, uploader, since)?.0)
}
