//! Telling people things, listing what they were told, noting what they have read.

use uuid::Uuid;

use super::model::{NotificationData, NotificationKind, SubjectKind};
use super::store::{self, Notification};
use crate::cx::Cx;
use crate::db::{Handle, Tx};
use crate::error::Result;
use crate::live;
use crate::time::Timestamp;

/// Notifications on one page.
pub const PER_PAGE: i64 = 30;

/// One page of what somebody was told.
#[derive(Clone, Debug)]
pub struct NotificationPage {
    /// Newest first.
    pub rows: Vec<Notification>,
    /// How many there are in all.
    pub total: i64,
    /// How many of them are unread.
    pub unread: i64,
}

/// Tells `user_id` something, in the transaction that makes it happen.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn notify(
    cx: &Cx,
    tx: &mut Tx,
    user_id: Uuid,
    kind: NotificationKind,
    subject: (SubjectKind, Uuid),
    data: &NotificationData,
) -> Result<()> {
    let words = serde_json::to_string(data)?;
    crate::execute!(
        *tx,
        store::INSERT,
        cx.new_id(),
        user_id,
        kind.code(),
        subject.0.code(),
        subject.1,
        &words,
        cx.now(),
        kind.topic().code()
    )?;
    // whoever is told about a thread is told by its message
    if subject.0 != SubjectKind::Thread {
        live::append(cx, tx, live::Event::Bell { person: user_id }).await?;
    }
    Ok(())
}

/// A page (from 1) of what the signed-in person was told, or of what of it is unread.
///
/// # Errors
/// `NotSignedIn`.
pub async fn list_notifications(cx: &Cx, page: u32, only_unread: bool) -> Result<NotificationPage> {
    let me = cx.actor.signed_in()?.id;
    let mut db = cx.read().await?;
    let (total, unread) = crate::fetch_one!(db, (i64, i64), store::COUNT, me)?;
    let skip = i64::from(page.max(1) - 1) * PER_PAGE;
    let rows = store::list(&mut db, (me, only_unread), PER_PAGE, skip).await?;
    Ok(NotificationPage { rows, total, unread })
}

/// How many notifications somebody has not read.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn unread(db: &mut impl Handle, user_id: Uuid) -> Result<i64> {
    let (count,) = crate::fetch_one!(*db, (i64,), store::UNREAD, user_id)?;
    Ok(count)
}

/// Marks everything up to `until` read: what came after the page was made stays unread.
///
/// # Errors
/// `NotSignedIn`.
pub async fn mark_all_read(cx: &Cx, until: Timestamp) -> Result<u64> {
    let me = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    let changed = crate::execute!(tx, store::READ_UNTIL, me, until.min(cx.now()), cx.now())?;
    if changed > 0 {
        live::append(cx, &mut tx, live::Event::Bell { person: me }).await?;
    }
    tx.commit().await?;
    Ok(changed)
}

/// Marks one notification of the signed-in person read.
///
/// # Errors
/// `NotSignedIn`.
pub async fn mark_read(cx: &Cx, id: Uuid) -> Result<bool> {
    let me = cx.actor.signed_in()?.id;
    let mut tx = cx.write().await?;
    let changed = crate::execute!(tx, store::READ_ONE, me, id, cx.now())?;
    if changed > 0 {
        live::append(cx, &mut tx, live::Event::Bell { person: me }).await?;
    }
    tx.commit().await?;
    Ok(changed == 1)
}

/// Marks everything about one thing read, in the transaction in which somebody looked at it.
///
/// # Errors
/// `Unavailable` when the database is away.
pub async fn mark_read_about(
    cx: &Cx,
    tx: &mut Tx,
    user_id: Uuid,
    subject: (SubjectKind, Uuid),
) -> Result<u64> {
    let changed = crate::execute!(*tx, store::READ_ABOUT, user_id, subject.0.code(), subject.1, cx.now())?;
    if changed > 0 {
        live::append(cx, tx, live::Event::Bell { person: user_id }).await?;
    }
    Ok(changed)
}
