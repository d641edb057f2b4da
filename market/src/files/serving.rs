//! Handing a file out. Who may read its thread or its request is asked anew each time, so somebody who left the company is out at
//! once; who read a file of somebody else is noted in the append-only record.

use serde_json::json;
use uuid::Uuid;

use super::store::{self, FileRow};
use super::{AttachedFile, Scan, ScanView, upload};
use crate::accounts::access::{self, Verb};
use crate::audit;
use crate::cx::Cx;
use crate::db::Handle;
use crate::error::{Error, ErrorKind, Result};
use crate::inquiries;
use crate::ports::files::OpenFile;
use crate::rfqs;

/// A file on its way out.
pub struct Served {
    /// What it is.
    pub file: AttachedFile,
    /// Its bytes.
    pub open: OpenFile,
}

impl Scan {
    /// What a reader is told, and whether they get the file.
    pub const fn view(self) -> ScanView {
        ScanView { scan: self, opens: matches!(self, Self::Off | Self::Clean) }
    }
}

/// Opens a file for whoever may read its thread or its request, and for its sender before it is sent.
///
/// # Errors
/// `NotSignedIn`; `NotFound` for everybody else; `Conflict("file.infected")`, `Conflict("file.waiting")` while the scanner
/// withholds it.
pub async fn open(cx: &Cx, id: Uuid) -> Result<Served> {
    let row = allowed(cx, id).await?;
    let mine = cx.actor.user_id() == Some(row.uploader_id);
    match row.scan()? {
        Scan::Infected => return Err(Error::conflict("file.infected")),
        Scan::Waiting if !mine => return Err(Error::conflict("file.waiting")),
        _ => {}
    }
    let open = cx.market.ports().files.open(&row.stored_as).await.map_err(away)?.ok_or(ErrorKind::Gone)?;
    if !mine {
        note(cx, &row, "file.read").await?;
    }
    Ok(Served { file: AttachedFile::try_from(row)?, open })
}

/// A file that the person sent and nobody else, and may still open.
pub(super) async fn own(cx: &Cx, id: Uuid) -> Result<FileRow> {
    let row = allowed(cx, id).await?;
    if cx.actor.user_id() != Some(row.uploader_id) {
        return Err(ErrorKind::NotFound.into());
    }
    if row.scan()? == Scan::Infected { Err(Error::conflict("file.infected")) } else { Ok(row) }
}

/// The small picture of a file (`WebP`), for the same people.
///
/// # Errors
/// As [`open`]; `NotFound` where there is none.
pub async fn open_preview(cx: &Cx, id: Uuid) -> Result<Vec<u8>> {
    let row = allowed(cx, id).await?;
    let mine = cx.actor.user_id() == Some(row.uploader_id);
    if !row.scan()?.view().opens && !mine {
        return Err(ErrorKind::NotFound.into());
    }
    let picture = cx.market.ports().files.open_drawn(&row.stored_as).await.map_err(away)?;
    let picture = picture.ok_or(ErrorKind::NotFound)?;
    if !mine && !seen_before(cx, &row).await? {
        note(cx, &row, "file.preview").await?;
    }
    Ok(picture)
}

fn away(error: std::io::Error) -> Error {
    Error::caused(ErrorKind::Unavailable, error)
}

async fn allowed(cx: &Cx, id: Uuid) -> Result<FileRow> {
    let mut db = cx.read().await?;
    let row = store::find(&mut db, id).await?;
    let Some(row) = row.filter(|row| row.state == "kept") else {
        // whoever is nobody is asked to sign in, whether the file exists or not
        upload::sender(cx)?;
        return Err(ErrorKind::NotFound.into());
    };
    match (row.thread_id, row.rfq_id) {
        (Some(thread), _) => demand_reader(cx, &mut db, thread).await?,
        (None, Some(rfq)) => rfqs::files::demand_reader(cx, &mut db, rfq).await?,
        (None, None) => demand_sender(cx, &row)?,
    }
    Ok(row)
}

async fn demand_reader(cx: &Cx, db: &mut impl Handle, thread: Uuid) -> Result<()> {
    let thread = inquiries::store::find(db, thread).await?.ok_or(ErrorKind::NotFound)?;
    access::demand_own(&cx.actor, Verb::ReadThread, thread.object())
}

fn demand_sender(cx: &Cx, row: &FileRow) -> Result<()> {
    let (sender, door) = upload::sender(cx)?;
    let theirs = row.uploader_id == sender && (door.is_none() || row.door_id == door);
    if theirs { Ok(()) } else { Err(ErrorKind::NotFound.into()) }
}

/// The small picture stands on the page of the thread: that somebody saw it is noted once.
async fn seen_before(cx: &Cx, row: &FileRow) -> Result<bool> {
    let mut db = cx.read().await?;
    let seen = crate::fetch_optional!(db, (i64,), store::SEEN, row.id, cx.actor.user_id())?;
    Ok(seen.is_some())
}

async fn note(cx: &Cx, row: &FileRow, action: &str) -> Result<()> {
    let mut tx = cx.write().await?;
    audit::record(
        cx,
        &mut tx,
        action,
        ("file", Some(row.id)),
        json!({ "thread": row.thread_id, "rfq": row.rfq_id }),
    )
    .await?;
    tx.commit().await
}
