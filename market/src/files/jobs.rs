//! Work behind the scenes: asking the virus scanner, and sweeping up what nobody sent.

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{Scan, store};
use crate::audit;
use crate::cx::Cx;
use crate::error::{Error, ErrorKind, Result};
use crate::outbox::{self, Job, When};
use crate::ports::scanner::Verdict;
use crate::time::{DAY, HOUR};

/// How long a file may wait to be sent.
const UNSENT_FOR: i64 = DAY;

/// Asks the virus scanner about a file. A scanner that is away is asked again later.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ScanFile {
    /// The file.
    pub file_id: Uuid,
}

impl Job for ScanFile {
    const TOPIC: &'static str = "files.scan";

    async fn run(self, cx: &Cx) -> Result<()> {
        let row = {
            let mut db = cx.read().await?;
            store::find(&mut db, self.file_id).await?
        };
        let Some(row) = row.filter(|row| row.scan().is_ok_and(|scan| scan == Scan::Waiting)) else {
            return Ok(());
        };
        let ports = cx.market.ports();
        let away = |error: std::io::Error| Error::caused(ErrorKind::Unavailable, error);
        let (scan, note) = if ports.scanner.is_on() {
            let Some(open) = ports.files.open(&row.stored_as).await.map_err(away)? else { return Ok(()) };
            match ports.scanner.scan(open.reader).await {
                Ok(Verdict::Clean) => (Scan::Clean, None),
                Ok(Verdict::Infected(name)) => (Scan::Infected, Some(name)),
                Err(error) => return Err(Error::caused(ErrorKind::Unavailable, error)),
            }
        } else {
            // it was taken away meanwhile: nothing is promised that nobody did
            (Scan::Off, None)
        };
        let mut tx = cx.write().await?;
        let changed = crate::execute!(tx, store::SCANNED, row.id, scan.code(), note.as_deref())?;
        if changed == 1 && scan == Scan::Infected {
            let details = json!({ "found": note, "sender": row.uploader_id, "thread": row.thread_id });
            audit::record(cx, &mut tx, "file.infected", ("file", Some(row.id)), details).await?;
        }
        tx.commit().await
    }
}

/// Removes files that nobody sent within a day and bytes that belong to no file any more (their thread was
/// erased), and asks the scanner again about files that wait for it since an hour. Gives how many went.
///
/// # Errors
/// `Unavailable` when the database or the store is away.
pub async fn sweep(cx: &Cx) -> Result<usize> {
    let unsent = forget_unsent(cx).await?;
    let ownerless = remove_ownerless(cx).await?;
    ask_again(cx).await?;
    Ok(unsent + ownerless)
}

async fn forget_unsent(cx: &Cx) -> Result<usize> {
    let files = &cx.market.ports().files;
    let before = cx.now().plus(-UNSENT_FOR);
    let mut tx = cx.write().await?;
    let unsent = crate::fetch_all!(tx, (Uuid, String), store::UNSENT, before)?;
    for (id, _) in &unsent {
        crate::execute!(tx, store::FORGET, *id)?;
    }
    tx.commit().await?;
    for (_, stored_as) in &unsent {
        files.remove(stored_as).await.map_err(|error| Error::caused(ErrorKind::Unavailable, error))?;
    }
    Ok(unsent.len())
}

async fn remove_ownerless(cx: &Cx) -> Result<usize> {
    let files = &cx.market.ports().files;
    let away = |error: std::io::Error| Error::caused(ErrorKind::Unavailable, error);
    let (mut after, mut removed) = (String::new(), 0);
    loop {
        let names = files.resting(&after).await.map_err(away)?;
        let Some(last) = names.last().cloned() else { return Ok(removed) };
        for name in names {
            let mut db = cx.read().await?;
            let known = crate::fetch_optional!(db, (Uuid,), store::IS_KNOWN, &name)?;
            drop(db);
            if known.is_none() {
                files.remove(&name).await.map_err(away)?;
                removed += 1;
            }
        }
        after = last;
    }
}

async fn ask_again(cx: &Cx) -> Result<()> {
    let mut tx = cx.write().await?;
    let waiting = crate::fetch_all!(tx, (Uuid,), store::UNSCANNED, cx.now().plus(-HOUR))?;
    let hour = cx.now().0.div_euclid(HOUR);
    for (file_id,) in waiting {
        let once = Some(format!("files.scan:{file_id}:{hour}"));
        outbox::enqueue(cx, &mut tx, &ScanFile { file_id }, When { at: None, once }).await?;
    }
    tx.commit().await
}
