//! The one writer of the embedded database: who waits for it, and folding the log back into the file beside it.
//!
//! SQLite folds its log (WAL) back when a commit finds a thousand pages in it, and whoever made that commit waits for two writes of
//! the disk more. Here this is done beside the writers, after so many of them; SQLite's own threshold stays as a net
//! for programs that end before.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

/// Transactions between two foldings.
const EVERY: u32 = 64;
/// Pages in the log at which a commit folds it itself (16 MB).
pub(super) const NET: &str = "4000";
/// Writers may add to the log meanwhile: so often the rest is taken as well.
const PASSES: usize = 4;
/// Copies what is in the log and waits for nobody.
const FOLD: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// The door of the writer.
#[derive(Debug)]
pub struct Writer {
    file: PathBuf,
    waiting: AtomicUsize,
    written: AtomicU32,
    folding: AtomicBool,
}

/// Somebody who stands at the door; leaves when dropped, also when the wait is given up.
pub(super) struct Turn<'a>(&'a Writer);

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Writer {
    pub(super) fn new(file: &Path) -> Self {
        let file = file.to_owned();
        let (waiting, written, folding) = (AtomicUsize::new(0), AtomicU32::new(0), AtomicBool::new(false));
        Self { file, waiting, written, folding }
    }

    /// Stands at the door.
    pub(super) fn turn(&self) -> Turn<'_> {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        Turn(self)
    }

    /// Whether somebody waits for the writer.
    pub(super) fn is_wanted(&self) -> bool {
        self.waiting.load(Ordering::Relaxed) > 0
    }

    /// Counts a transaction; after enough of them, the log is folded back on a thread of its own.
    pub(super) fn count(self: &Arc<Self>) {
        if self.written.fetch_add(1, Ordering::Relaxed) + 1 < EVERY
            || self.folding.swap(true, Ordering::Relaxed)
        {
            return;
        }
        self.written.store(0, Ordering::Relaxed);
        let writer = Arc::clone(self);
        tokio::task::spawn_blocking(move || {
            if let Err(error) = fold(&writer.file) {
                tracing::debug!(error = %error, "log not folded");
            }
            writer.folding.store(false, Ordering::Relaxed);
        });
    }
}

/// Folds the log back; tells how many of its pages are left to fold.
fn fold(file: &Path) -> rusqlite::Result<i64> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    connection.busy_timeout(Duration::ZERO)?;
    connection.execute_batch("PRAGMA synchronous = FULL")?;
    let mut left = 0;
    for _ in 0..PASSES {
        left = connection
            .query_row(FOLD, [], |row| Ok(row.get::<_, i64>("log")? - row.get::<_, i64>("checkpointed")?))?;
        if left <= 0 {
            break;
        }
    }
    Ok(left)
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use super::*;
    use crate::db::Db;
    use crate::testing::fresh_sqlite;

    const ROW: &str = "INSERT INTO throttle_windows (bucket, window_start, hits) VALUES ('fold', $1, 1)";

    #[tokio::test]
    async fn the_log_is_folded_beside_the_writers() {
        let fresh = fresh_sqlite().await;
        let Db::Sqlite { door, .. } = &fresh.db else { panic!("embedded") };
        for number in 0..i64::from(EVERY) {
            let mut tx = fresh.db.write().await.unwrap();
            crate::execute!(tx, ROW, number).unwrap();
            tx.commit().await.unwrap();
        }
        for _ in 0..500 {
            if !door.folding.load(Ordering::Relaxed) {
                break;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        // the file without its log holds all but what was written after the folding began
        let copy = door.file.with_extension("copy.db");
        std::fs::copy(&door.file, &copy).unwrap();
        let count = "SELECT COUNT(*) FROM throttle_windows WHERE bucket = 'fold'";
        let rows: i64 = Connection::open(&copy).unwrap().query_row(count, [], |row| row.get(0)).unwrap();
        for suffix in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{suffix}", copy.display()));
        }
        assert!(rows >= i64::from(EVERY) - 2, "{rows}");
        assert_eq!(fold(&door.file).unwrap(), 0);
        fresh.remove().await;
    }

    #[tokio::test]
    async fn whoever_waits_is_seen() {
        let fresh = fresh_sqlite().await;
        let db = fresh.db.clone();
        let held = db.write().await.unwrap();
        assert!(!db.is_wanted());
        let other = db.clone();
        let waits = tokio::spawn(async move { other.write().await.unwrap().commit().await });
        while !db.is_wanted() {
            tokio::task::yield_now().await;
        }
        held.commit().await.unwrap();
        waits.await.unwrap().unwrap();
        assert!(!db.is_wanted());
        fresh.remove().await;
    }
}
