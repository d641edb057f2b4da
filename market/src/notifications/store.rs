//! Rows of notifications.

use uuid::Uuid;

use super::model::{NotificationData, NotificationKind, SubjectKind};
use crate::db::Handle;
use crate::error::{Error, Result};
use crate::time::Timestamp;

/// Tells somebody something; it waits for the daily mail of whoever chose that.
pub const INSERT: &str = "INSERT INTO notifications (id, user_id, kind, subject_kind, subject_id, data, created_at, for_digest) \
    SELECT $1, $2, $3, $4, $5, $6, $7, EXISTS (SELECT 1 FROM notification_choices c WHERE c.user_id = $2 AND c.topic = $8 AND c.pace = 'daily')";
/// What somebody was told, newest first.
pub const LIST: &str = "SELECT id, kind, subject_kind, subject_id, data, created_at, read_at FROM notifications \
    WHERE user_id = $1 AND (NOT CAST($4 AS BOOLEAN) OR read_at IS NULL) ORDER BY created_at DESC, id DESC LIMIT $2 OFFSET $3";
/// How many there are, and how many of them are unread.
pub const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT), CAST(COALESCE(SUM(CASE WHEN read_at IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) \
    FROM notifications WHERE user_id = $1";
/// How many are unread.
pub const UNREAD: &str =
    "SELECT CAST(COUNT(*) AS BIGINT) FROM notifications WHERE user_id = $1 AND read_at IS NULL";
/// Marks everything up to a moment read.
pub const READ_UNTIL: &str =
    "UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND created_at <= $2 AND read_at IS NULL";
/// Marks one read.
pub const READ_ONE: &str =
    "UPDATE notifications SET read_at = $3 WHERE user_id = $1 AND id = $2 AND read_at IS NULL";
/// Marks everything about one thing read.
pub const READ_ABOUT: &str = "UPDATE notifications SET read_at = $4 WHERE user_id = $1 AND subject_kind = $2 AND subject_id = $3 AND read_at IS NULL";

/// Something somebody was told.
#[derive(Clone, Debug)]
pub struct Notification {
    /// Identity.
    pub id: Uuid,
    /// What happened.
    pub kind: NotificationKind,
    /// About what kind of thing.
    pub subject: SubjectKind,
    /// About which thing.
    pub subject_id: Uuid,
    /// The words.
    pub data: NotificationData,
    /// When.
    pub created_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

#[derive(sqlx::FromRow)]
struct Row {
    id: Uuid,
    kind: String,
    subject_kind: String,
    subject_id: Uuid,
    data: String,
    created_at: Timestamp,
    read_at: Option<Timestamp>,
}

impl TryFrom<Row> for Notification {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            id: row.id,
            kind: NotificationKind::stored(&row.kind, "notifications", "kind")?,
            subject: SubjectKind::stored(&row.subject_kind, "notifications", "subject_kind")?,
            subject_id: row.subject_id,
            data: serde_json::from_str(&row.data)?,
            created_at: row.created_at,
            read_at: row.read_at,
        })
    }
}

pub(super) async fn list(
    db: &mut impl Handle,
    (user_id, only_unread): (Uuid, bool),
    most: i64,
    skip: i64,
) -> Result<Vec<Notification>> {
    crate::fetch_all!(*db, Row, LIST, user_id, most, skip, only_unread)?
        .into_iter()
        .map(Notification::try_from)
        .collect()
}
