//! Taking a file along: what somebody sent with one question goes with the next as a file of its own. Both are the same bytes, that
//! were looked at once, under random names of their own, so that neither hangs on the other.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::jobs::ScanFile;
use super::store::{self, FileRow, FormFile};
use super::{Scan, UploadError, guests, serving, upload};
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{Error, ErrorKind, Result};
use crate::outbox::{self, When};
use crate::throttle::{self, Limit};
use crate::time::{HOUR, Timestamp};

/// Files that forms sent again may take along in an hour; a form holds ten.
const AGAIN_PER_HOUR: u32 = 60;

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

/// What a form has already, and through which door its files come.
pub(super) struct Form<'a> {
    /// The key it was rendered with.
    pub key: Uuid,
    /// The thread or request of a link.
    pub door: Option<Uuid>,
    /// Its files so far.
    pub files: &'a [FormFile],
}

/// What makes a file the same as another: its name and the digest of its bytes.
type Sameness = (String, Option<Vec<u8>>);

/// Whether a form names just the files that it has, perhaps received once more: a second press does.
pub(super) async fn has_just(
    tx: &mut Tx,
    (ids, sender): (&BTreeSet<Uuid>, Uuid),
    form: &Form<'_>,
) -> Result<bool> {
    let mut named: Vec<Sameness> = Vec::new();
    for id in ids {
        named.extend(crate::fetch_optional!(*tx, Sameness, store::SAMENESS, *id, sender)?);
    }
    let mut has: Vec<Sameness> =
        form.files.iter().map(|file| (file.name.clone(), file.sha256.clone())).collect();
    named.sort();
    has.sort();
    Ok(named == has)
}

/// The file that a form takes when it names `id`: that one, or, while it waits with another form that was sent, one of its own.
/// A second press finds the one of the first among what the form has already.
pub(super) async fn for_form(
    cx: &Cx,
    tx: &mut Tx,
    (id, sender): (Uuid, Uuid),
    form: &Form<'_>,
) -> Result<Uuid> {
    let sql = store::WAITS_ELSEWHERE;
    let Some((name, sha256)) = crate::fetch_optional!(*tx, Sameness, sql, id, sender, form.key, form.door)?
    else {
        return Ok(id);
    };
    if let Some(there) = form.files.iter().find(|file| file.name == name && file.sha256 == sha256) {
        return Ok(there.id);
    }
    let mut limit = Limit { bucket: format!("file:again:{sender}"), max: AGAIN_PER_HOUR, window: HOUR };
    if guests::is_guest(cx) {
        // guests share a volume: what is taken along counts as if it were sent
        limit = guests::limit(cx);
    }
    throttle::hit(tx, cx.now(), &[limit]).await?;
    let file = store::find(tx, id).await?.ok_or(ErrorKind::NotFound)?;
    along(cx, tx, &file, (None, Some(cx.now()))).await
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
