//! Receiving a file: announced, written piece by piece, looked at when it is whole. A dropped connection loses at
//! most the piece in hand; the length of what lies in the store says where to go on. What is looked at, scanned and
//! served is a copy under a name that no writer ever had, so that a second piece still on its way changes nothing.

use std::fmt::Write as _;

use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

use super::jobs::ScanFile;
use super::look::{self, Looked};
use super::store::{self, FileRow};
use super::{AttachedFile, FileRefusal, Held, Scan, UploadError, guests, names};
use crate::accounts::access::Actor;
use crate::cx::Cx;
use crate::db::Tx;
use crate::error::{ErrorKind, Result};
use crate::outbox::{self, When};
use crate::ports::files::Writer;
use crate::throttle::{self, Limit};
use crate::time::{DAY, HOUR};

/// Files that a sender may announce in an hour.
const PER_HOUR: u32 = 200;

/// Who sends files: a person with a confirmed address, the holder of a link to one thread or request, or a guest ([`guests::sender`]).
pub(super) fn sender(cx: &Cx) -> Result<(Uuid, Option<Uuid>)> {
    match &*cx.actor {
        Actor::Person(person) if person.email_confirmed => Ok((person.id, None)),
        Actor::Person(_) => Err(ErrorKind::Forbidden.into()),
        Actor::Link { user_id, .. } if *user_id == guests::NOBODY => Ok((*user_id, None)),
        Actor::Link { thread_id, user_id, .. } => Ok((*user_id, Some(*thread_id))),
        Actor::Visitor | Actor::System => Err(ErrorKind::NotSignedIn.into()),
    }
}

/// Announces a file; `bytes` when its size is known. Gives its identity.
///
/// # Errors
/// `Refused` for what can be said before the first byte; `NotSignedIn`, `Forbidden`, `TooMany`.
pub async fn begin(cx: &Cx, name: &str, bytes: Option<u64>) -> Result<Uuid, UploadError> {
    let (sender, door) = sender(cx)?;
    let max_bytes = cx.settings().file_max_bytes;
    match bytes {
        Some(0) => return Err(FileRefusal::Empty.into()),
        Some(bytes) if bytes > max_bytes => return Err(FileRefusal::TooLarge { max_bytes }.into()),
        _ => {}
    }
    let mut tx = cx.write().await?;
    count(cx, &mut tx, (sender, bytes)).await?;
    let (id, declared) = (cx.new_id(), bytes.map(signed));
    crate::execute!(
        tx,
        store::INSERT,
        id,
        drawn_name(cx),
        names::clean(name),
        sender,
        door,
        declared,
        declared.unwrap_or(0),
        false,
        cx.now()
    )?;
    tx.commit().await?;
    Ok(id)
}

/// Counts one more file against what its sender may send.
pub(super) async fn count(
    cx: &Cx,
    tx: &mut Tx,
    (sender, bytes): (Uuid, Option<u64>),
) -> Result<(), UploadError> {
    let (mut most, now) = (cx.settings().file_bytes_per_day, cx.now());
    let mut limit = Limit { bucket: format!("file:sender:{sender}"), max: PER_HOUR, window: HOUR };
    if guests::is_guest(cx) {
        (most, limit) = (most.saturating_mul(guests::VOLUMES), guests::limit(cx));
    }
    let used = u64::try_from(store::volume(tx, sender, now.plus(-DAY)).await?).unwrap_or(u64::MAX);
    if used.saturating_add(bytes.unwrap_or(1)) > most {
        return Err(FileRefusal::DayVolume { max_bytes: most }.into());
    }
    throttle::hit(tx, now, &[limit]).await?;
    Ok(())
}

/// A name by lot: 128 bits as hex digits.
pub(super) fn drawn_name(cx: &Cx) -> String {
    let secret = cx.market.ports().ids.secret();
    secret.iter().take(16).fold(String::with_capacity(32), |mut name, byte| {
        // writing to a String cannot fail
        let _ = write!(name, "{byte:02x}");
        name
    })
}

fn signed(bytes: u64) -> i64 {
    i64::try_from(bytes).unwrap_or(i64::MAX)
}

/// The sender's own file that is still on its way, or kept and not sent.
async fn own(cx: &Cx, id: Uuid) -> Result<FileRow> {
    let (sender, door) = sender(cx)?;
    let mut db = cx.read().await?;
    let row = store::find(&mut db, id).await?.filter(|row| row.uploader_id == sender);
    let row = row.filter(|row| door.is_none() || row.door_id == door);
    row.filter(|row| row.state != "refused").ok_or_else(|| ErrorKind::NotFound.into())
}

/// How far an upload is.
///
/// # Errors
/// `NotFound` for files of others.
pub async fn progress(cx: &Cx, id: Uuid) -> Result<Held, UploadError> {
    let row = own(cx, id).await?;
    if row.state == "kept" {
        return Ok(Held::Kept(AttachedFile::try_from(row)?));
    }
    Ok(Held::Receiving(cx.market.ports().files.length(&row.stored_as).await?.unwrap_or(0)))
}

/// A file that is being written.
pub struct Receiving {
    row: FileRow,
    writer: Writer,
    received: u64,
    most: u64,
}

impl std::fmt::Debug for Receiving {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut shown = formatter.debug_struct("Receiving");
        shown.field("id", &self.row.id).field("received", &self.received).finish_non_exhaustive()
    }
}

/// Opens a file for the piece that begins at `offset`.
///
/// # Errors
/// `Offset` when another piece is wanted; `NotFound` for files of others; faults of the store.
pub async fn open(cx: &Cx, id: Uuid, offset: u64) -> Result<Receiving, UploadError> {
    let row = own(cx, id).await?;
    let files = &cx.market.ports().files;
    let length = files.length(&row.stored_as).await?.unwrap_or(0);
    if row.state == "kept" || length != offset {
        return Err(UploadError::Offset(length));
    }
    let writer = files.append(&row.stored_as, offset).await?;
    let most = row.declared.and_then(|bytes| u64::try_from(bytes).ok());
    Ok(Receiving { row, writer, received: offset, most: most.unwrap_or(cx.settings().file_max_bytes) })
}

impl Receiving {
    /// Adds bytes. Refuses as soon as there are more than announced or allowed.
    ///
    /// # Errors
    /// `TooLarge`; faults of the store.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), FileRefusal> {
        self.received = self.received.saturating_add(bytes.len() as u64);
        if self.received > self.most {
            return Err(FileRefusal::TooLarge { max_bytes: self.most });
        }
        Ok(self.writer.write_all(bytes).await?)
    }

    /// Ends the piece. The last one makes the file whole: it is looked at, and kept or refused.
    ///
    /// # Errors
    /// Why it is refused; nothing of it is left then.
    pub async fn finish(mut self, cx: &Cx) -> Result<Held, UploadError> {
        self.writer.flush().await.map_err(FileRefusal::from)?;
        drop(self.writer);
        if self.row.declared.is_some_and(|declared| signed(self.received) < declared) {
            return Ok(Held::Receiving(self.received));
        }
        let settled = drawn_name(cx);
        let done = keep(cx, &self.row, (&settled, self.received)).await;
        if done.as_ref().is_ok_and(|file| file.1) {
            discard(cx, &self.row, &self.row.stored_as).await;
        } else {
            discard(cx, &self.row, &settled).await;
        }
        match done {
            Err(UploadError::Refused(refusal)) if !refusal.is_fault() => {
                refuse(cx, &self.row, self.received).await?;
                Err(refusal.into())
            }
            done => done.map(|(file, _)| Held::Kept(file)),
        }
    }

    /// The same for a file that came whole and that nobody goes on with: also after a fault nothing of it is left.
    ///
    /// # Errors
    /// As [`Self::finish`].
    pub async fn finish_whole(self, cx: &Cx) -> Result<Held, UploadError> {
        let row = self.row.clone();
        let done = self.finish(cx).await;
        if done.is_err() {
            discard(cx, &row, &row.stored_as).await;
        }
        done
    }

    /// Gives an upload up whose rest nobody wants.
    ///
    /// # Errors
    /// `Unavailable` when the database is away.
    pub async fn abandon(self, cx: &Cx) -> Result<()> {
        drop(self.writer);
        refuse(cx, &self.row, self.received).await
    }
}

/// Removes bytes that are of no use any more; what cannot be removed now waits for the sweep.
async fn discard(cx: &Cx, row: &FileRow, name: &str) {
    if let Err(error) = cx.market.ports().files.remove(name).await {
        tracing::warn!(error = %error, file.id = %row.id, "bytes of no use wait for the sweep");
    }
}

/// Removes the bytes; the row remembers how many there were, so that refused files use up the day's volume too.
async fn refuse(cx: &Cx, row: &FileRow, received: u64) -> Result<()> {
    discard(cx, row, &row.stored_as).await;
    let mut tx = cx.write().await?;
    crate::execute!(tx, store::REFUSE, row.id, signed(received))?;
    tx.commit().await
}

/// Looks at a copy under the name `settled` and keeps that. `false` beside the file when another writer of it was faster.
async fn keep(cx: &Cx, row: &FileRow, copy: (&str, u64)) -> Result<(AttachedFile, bool), UploadError> {
    let (settled, received) = copy;
    let length = cx.market.ports().files.copy(&row.stored_as, settled).await?;
    if length != received {
        return Err(UploadError::Offset(length));
    }
    let looked = look_at(cx, settled).await?;
    let drawn = if looked.kind.is_drawn() { cx.market.ports().files.draw(settled).await? } else { None };
    let (width, height) = drawn.map(|(width, height)| (i64::from(width), i64::from(height))).unzip();
    let scanned = cx.market.ports().scanner.is_on();
    let scan = if scanned { Scan::Waiting } else { Scan::Off };
    let name = names::with_ending(&row.name, looked.kind);
    let mut tx = cx.write().await?;
    let kept = crate::execute!(
        tx,
        store::KEEP,
        row.id,
        &name,
        looked.kind.code(),
        looked.active,
        looked.pages,
        width,
        height,
        looked.sha256.as_slice(),
        signed(received),
        scan.code(),
        settled
    )? == 1;
    if kept && scanned {
        outbox::enqueue(cx, &mut tx, &ScanFile { file_id: row.id }, When::default()).await?;
    }
    tx.commit().await?;
    let mut db = cx.read().await?;
    let row = store::find(&mut db, row.id).await?.filter(|row| row.state == "kept");
    let row = row.ok_or(ErrorKind::NotFound).map_err(crate::Error::from)?;
    Ok((AttachedFile::try_from(row)?, kept))
}

/// Reading twenty megabytes takes a moment: beside the event loop.
async fn look_at(cx: &Cx, stored_as: &str) -> Result<Looked, FileRefusal> {
    let mut file = cx.market.ports().files.local(stored_as).await?;
    let work = tokio::task::spawn_blocking(move || look::look(&mut file));
    work.await.map_err(|failure| FileRefusal::Unavailable { cause: failure.to_string() })?
}
