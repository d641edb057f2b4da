//! Taking a file along: what somebody sent with one question goes with the next as a file of its own. Both are the same bytes, that
//! were looked at once, under random names of their own, so that neither hangs on the other.

use uuid::Uuid;

use super::jobs::ScanFile;
use super::store::{self, FileRow};
use super::{Scan, UploadError, serving, upload};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Result};
use crate::outbox::{self, When};
use crate::time::Timestamp;

/// Takes a file along that the person sent and may still read; gives the identity of the new one, which waits to be sent.
///
/// # Errors
/// `NotFound` for files of others; as [`upload::begin`] and [`serving::open`].
pub async fn copy(cx: &Cx, id: Uuid) -> Result<Uuid, UploadError> {
    let file = serving::own(cx, id).await?;
    let mut tx = cx.write().await?;
    upload::count(cx, &mut tx, (file.uploader_id, u64::try_from(file.bytes).ok())).await?;
    let copy = along(cx, &mut tx, &file, (None, Some(cx.now()))).await?;
    tx.commit().await?;
    Ok(copy)
}

/// Gives the first message of `to` the files that went with the question of `from`, a thread and perhaps the request it answers.
pub(crate) async fn with_question(cx: &Cx, tx: &mut Tx, from: (Uuid, Option<Uuid>), to: Uuid) -> Result<()> {
    let files = crate::fetch_all!(*tx, FileRow, store::OF_QUESTION, from.0, from.1)?;
    if files.is_empty() {
        return Ok(());
    }
    let (message,) = crate::fetch_one!(*tx, (Uuid,), store::MESSAGE_AT, to, 1_i64)?;
    for file in files {
        along(cx, tx, &file, (Some((to, message)), None)).await?;
    }
    Ok(())
}

/// A file of its own with the same bytes: sent with a message of a thread, or waiting to be sent since a moment.
async fn along(
    cx: &Cx,
    tx: &mut Tx,
    file: &FileRow,
    (to, since): (Option<(Uuid, Uuid)>, Option<Timestamp>),
) -> Result<Uuid> {
    let (id, name) = (cx.new_id(), upload::drawn_name(cx));
    let shared = cx.market.ports().files.share(&file.stored_as, &name).await;
    shared.map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => ErrorKind::Gone.into(),
        _ => Error::caused(ErrorKind::Unavailable, error),
    })?;
    let (thread, message) = to.unzip();
    let sent = to.map(|_| cx.now());
    crate::execute!(*tx, store::CARRY, file.id, id, &name, thread, message, sent, since)?;
    if file.scan()? == Scan::Waiting {
        outbox::enqueue(cx, tx, &ScanFile { file_id: id }, When::default()).await?;
    }
    Ok(id)
}
