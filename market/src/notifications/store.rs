//! Rows of notifications.

use uuid::Uuid;

use super::model::{NotificationData, NotificationKind, SubjectKind};
use crate::db::Handle;
use crate::error::{Error, Result};
use crate::inquiries::lines;
use crate::lang::Lang;
use crate::time::Timestamp;

/// Tells somebody something; it waits for the daily mail of whoever chose that.
pub const INSERT: &str = "INSERT INTO notifications (id, user_id, kind, subject_kind, subject_id, data, created_at, for_digest) \
    SELECT $1, $2, $3, $4, $5, $6, $7, EXISTS (SELECT 1 FROM notification_choices c WHERE c.user_id = $2 AND c.topic = $8 AND c.pace = 'daily')";
/// What somebody was told, newest first; of a thread also what its product is called now, and the other side
/// (who has left a company reads no more who its buyers are).
pub const LIST: &str = "SELECT n.id, n.kind, n.subject_kind, n.subject_id, n.data, n.created_at, n.read_at, \
    l.title_ko, l.title_en, CASE WHEN t.buyer_id = $1 THEN v.name_ko WHEN m.user_id IS NOT NULL THEN COALESCE(NULLIF(b.company, ''), b.name) END AS other_ko, \
    CASE WHEN t.buyer_id = $1 THEN v.name_en WHEN m.user_id IS NOT NULL THEN COALESCE(NULLIF(b.company, ''), b.name) END AS other_en FROM notifications n \
    LEFT JOIN threads t ON t.id = n.subject_id AND n.subject_kind = 'thread' LEFT JOIN listings l ON l.id = t.listing_id \
    LEFT JOIN vendors v ON v.id = t.vendor_id LEFT JOIN users b ON b.id = t.buyer_id \
    LEFT JOIN vendor_members m ON m.vendor_id = t.vendor_id AND m.user_id = $1 WHERE n.user_id = $1 AND (NOT CAST($4 AS BOOLEAN) OR n.read_at IS NULL) ORDER BY n.created_at DESC, n.id DESC LIMIT $2 OFFSET $3";
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
    title_ko: Option<String>,
    title_en: Option<String>,
    other_ko: Option<String>,
    other_en: Option<String>,
}

impl Row {
    /// The words of a thread as its reader reads them: the product in their language, and with whom.
    fn words(&self) -> Result<NotificationData> {
        let data: NotificationData = serde_json::from_str(&self.data)?;
        let (Some(ko), Some(en)) = (&self.title_ko, &self.title_en) else { return Ok(data) };
        let told = |lang: Lang, other: &Option<String>| {
            let subject = lines::in_words_of(lang, data.title(lang), (ko, en));
            let other = other.as_deref().filter(|other| !other.is_empty() && !subject.is_empty());
            other.map_or_else(|| subject.clone(), |other| format!("{subject} · {other}"))
        };
        let (title_ko, title_en) = (told(Lang::Ko, &self.other_ko), told(Lang::En, &self.other_en));
        Ok(NotificationData { title_ko, title_en, ..data })
    }
}

impl TryFrom<Row> for Notification {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self> {
        Ok(Self {
            data: row.words()?,
            id: row.id,
            kind: NotificationKind::stored(&row.kind, "notifications", "kind")?,
            subject: SubjectKind::stored(&row.subject_kind, "notifications", "subject_kind")?,
            subject_id: row.subject_id,
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
