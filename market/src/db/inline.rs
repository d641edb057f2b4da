//! Reads of public pages: statements that give one text (see `catalog::browse::packed`).
//!
//! sqlx runs each SQLite connection on a thread of its own and wakes it for every statement, which costs more than such
//! a statement itself (a tenth of a millisecond). These are therefore read on the calling thread, from read-only
//! connections kept beside sqlx's. Long reads and all writes do not belong here.
//!
//! SQLite tells a connection whether anybody committed since it last looked
//! (<https://sqlite.org/pragma.html#pragma_data_version>). While nobody did, the same statement with the same values gives
//! the same text, so it is asked that, and not the statement again.

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lru::LruCache;
use rusqlite::{Connection, OpenFlags, Statement};
use uuid::Uuid;

use super::connect::Db;
use super::macros::count_statement;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;

/// How long a read waits for a lock (only while a log is folded back into the file).
const BUSY: Duration = Duration::from_secs(2);
/// Texts that a connection remembers.
const KNOWN: NonZeroUsize = NonZeroUsize::new(48).unwrap();
/// Longest text that is remembered, in bytes.
const LONGEST: usize = 64 * 1024;
/// Changes when another connection has committed.
const DATA_VERSION: &str = "PRAGMA data_version";

/// A value that is bound to `$n`.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// A number or a moment.
    Int(i64),
    /// A text.
    Text(&'a str),
    /// An identity.
    Id(Uuid),
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

impl From<Timestamp> for Arg<'_> {
    fn from(moment: Timestamp) -> Self {
        Self::Int(moment.0)
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<Uuid> for Arg<'_> {
    fn from(id: Uuid) -> Self {
        Self::Id(id)
    }
}

/// Read-only connections to the file of the embedded database, opened when first needed; as many stay as there were
/// reads at one time.
#[derive(Debug)]
pub struct Readers {
    file: PathBuf,
    idle: Mutex<Option<Vec<Reader>>>,
    remember: AtomicBool,
}

impl Readers {
    /// Readers of this file.
    pub(super) fn new(file: &Path) -> Self {
        let idle = Mutex::new(Some(Vec::new()));
        Self { file: file.to_owned(), idle, remember: AtomicBool::new(true) }
    }

    /// Closes what is idle; later reads are refused.
    pub(super) fn close(&self) {
        *self.idle.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Whether texts are remembered between two commits.
    pub(super) fn remember(&self, texts: bool) {
        self.remember.store(texts, Ordering::Relaxed);
    }

    fn read(&self, sql: &'static str, args: &[Arg<'_>]) -> Result<Option<Arc<str>>> {
        let mut reader = self.take()?;
        let found = if self.remember.load(Ordering::Relaxed) {
            reader.known(sql, args)?
        } else {
            run(&reader.connection, sql, args)?
        };
        if let Some(idle) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            idle.push(reader);
        }
        Ok(found)
    }

    fn take(&self) -> Result<Reader> {
        let kept = match self.idle.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(idle) => idle.pop(),
            None => return Err(ErrorKind::Unavailable.into()),
        };
        kept.map_or_else(|| Ok(Reader::open(&self.file)?), Ok)
    }
}

/// A text, and the state of the database in which it was read.
#[derive(Debug)]
struct Known {
    state: i64,
    text: Option<Arc<str>>,
}

/// One connection and what it read last. States are those of this connection and mean nothing to another.
#[derive(Debug)]
struct Reader {
    connection: Connection,
    known: LruCache<Box<[u8]>, Known>,
}

impl Reader {
    fn open(file: &Path) -> rusqlite::Result<Self> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(file, flags)?;
        connection.busy_timeout(BUSY)?;
        // pages are read from the mapped file; a cache of its own would only copy them. A small site's file is mapped whole;
        // of a large one more would count as this process's memory and be no faster
        connection.execute_batch(
            "PRAGMA mmap_size = 33554432; PRAGMA cache_size = -1000; PRAGMA temp_store = MEMORY",
        )?;
        connection.set_prepared_statement_cache_capacity(32);
        Ok(Self { connection, known: LruCache::new(KNOWN) })
    }

    /// The text as it is now. The state is asked before the statement: what is committed between the two makes a text
    /// newer than its state, which is then read once more than needed, never once less.
    fn known(&mut self, sql: &'static str, args: &[Arg<'_>]) -> rusqlite::Result<Option<Arc<str>>> {
        let state = self.state()?;
        let key = key(sql, args);
        if let Some(known) = self.known.get(&key).filter(|known| known.state == state) {
            return Ok(known.text.clone());
        }
        let text = run(&self.connection, sql, args)?;
        if text.as_ref().is_none_or(|text| text.len() <= LONGEST) {
            self.known.put(key, Known { state, text: text.clone() });
        }
        Ok(text)
    }

    fn state(&self) -> rusqlite::Result<i64> {
        let mut statement = self.connection.prepare_cached(DATA_VERSION)?;
        statement.query_row((), |row| row.get(0))
    }
}

/// A statement with its values. Statements are constants: the place tells which it is.
fn key(sql: &'static str, args: &[Arg<'_>]) -> Box<[u8]> {
    let mut key = Vec::with_capacity(16 + 17 * args.len());
    key.extend_from_slice(&sql.as_ptr().addr().to_ne_bytes());
    key.extend_from_slice(&sql.len().to_ne_bytes());
    for arg in args {
        match arg {
            Arg::Int(number) => {
                key.push(1);
                key.extend_from_slice(&number.to_ne_bytes());
            }
            Arg::Text(text) => {
                key.push(2);
                key.extend_from_slice(&text.len().to_ne_bytes());
                key.extend_from_slice(text.as_bytes());
            }
            Arg::Id(id) => {
                key.push(3);
                key.extend_from_slice(id.as_bytes());
            }
        }
    }
    key.into_boxed_slice()
}

fn run(connection: &Connection, sql: &str, args: &[Arg<'_>]) -> rusqlite::Result<Option<Arc<str>>> {
    let mut statement = connection.prepare_cached(sql)?;
    for at in 1..=statement.parameter_count() {
        bind(&mut statement, at, args)?;
    }
    let mut rows = statement.raw_query();
    let Some(row) = rows.next()? else { return Ok(None) };
    Ok(row.get_ref(0)?.as_str_or_null()?.map(Arc::from))
}

/// `$n` is a name in SQLite, numbered by where it first stands.
fn bind(statement: &mut Statement<'_>, at: usize, args: &[Arg<'_>]) -> rusqlite::Result<()> {
    let number = statement.parameter_name(at).and_then(|name| name.strip_prefix('$')?.parse::<usize>().ok());
    match number.and_then(|number| args.get(number.checked_sub(1)?)) {
        Some(Arg::Int(number)) => statement.raw_bind_parameter(at, number),
        Some(Arg::Text(text)) => statement.raw_bind_parameter(at, text),
        Some(Arg::Id(id)) => statement.raw_bind_parameter(at, id),
        None => Err(rusqlite::Error::InvalidParameterCount(args.len(), at)),
    }
}

impl Db {
    /// The one text of a statement's first row; none when there is no row or it is null. For short reads of public pages.
    ///
    /// # Errors
    /// `Unavailable` when the database is away.
    pub async fn read_text(&self, sql: &'static str, args: &[Arg<'_>]) -> Result<Option<Arc<str>>> {
        count_statement();
        match self {
            Self::Sqlite { inline, .. } => inline.read(sql, args),
            Self::Postgres(pool) => {
                let mut query = sqlx::query_scalar::<_, Option<String>>(sql);
                for arg in args {
                    query = match *arg {
                        Arg::Int(number) => query.bind(number),
                        Arg::Text(text) => query.bind(text.to_owned()),
                        Arg::Id(id) => query.bind(id),
                    };
                }
                Ok(query.fetch_optional(pool).await?.flatten().map(Arc::from))
            }
        }
    }

    /// Whether texts of public pages are remembered until somebody commits (as a rule they are).
    pub fn remember_texts(&self, texts: bool) {
        if let Self::Sqlite { inline, .. } = self {
            inline.remember(texts);
        }
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseLocked, DiskFull, SystemIoFailure};
        let kind = match error.sqlite_error_code() {
            Some(CannotOpen | DatabaseBusy | DatabaseLocked | SystemIoFailure) => ErrorKind::Unavailable,
            Some(DiskFull) => ErrorKind::StorageFull,
            _ => ErrorKind::Internal,
        };
        Self::caused(kind, error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::both_databases;

    const ECHO: &str = "SELECT CAST($2 AS TEXT) || ':' || CAST($1 AS BIGINT) || ':' || CAST($2 AS TEXT) WHERE CAST($3 AS TEXT) <> CAST($4 AS TEXT)";

    both_databases!(values_are_bound_by_their_number, |db: Db| async move {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let args = [7.into(), "둘".into(), one.into(), other.into()];
        assert_eq!(db.read_text(ECHO, &args).await.unwrap().as_deref(), Some("둘:7:둘"));
        let same = [7.into(), "둘".into(), one.into(), one.into()];
        assert_eq!(db.read_text(ECHO, &same).await.unwrap(), None);
    });

    both_databases!(what_was_committed_is_read_at_once, |db: Db| async move {
        const COUNT: &str =
            "SELECT CAST(COUNT(*) AS TEXT) FROM throttle_windows WHERE CAST($1 AS BIGINT) = 1";
        let before = db.read_text(COUNT, &[1.into()]).await.unwrap();
        let mut tx = db.write().await.unwrap();
        crate::execute!(
            tx,
            "INSERT INTO throttle_windows (bucket, window_start, hits) VALUES ($1, 0, 1)",
            "inline"
        )
        .unwrap();
        assert_eq!(db.read_text(COUNT, &[1.into()]).await.unwrap(), before);
        tx.commit().await.unwrap();
        assert_ne!(db.read_text(COUNT, &[1.into()]).await.unwrap(), before);
    });

    both_databases!(the_same_statement_with_other_values_is_another, |db: Db| async move {
        const ONE: &str = "SELECT CAST($1 AS TEXT)";
        const TWO: &str = "SELECT CAST($1 AS TEXT) || CAST($2 AS TEXT)";
        for (a, b) in [("x", "yz"), ("xy", "z"), ("x", "yz")] {
            assert_eq!(db.read_text(ONE, &[a.into()]).await.unwrap().as_deref(), Some(a));
            assert_eq!(db.read_text(TWO, &[a.into(), b.into()]).await.unwrap().as_deref(), Some("xyz"));
        }
    });

    // one task commits, the other reads: a read that begins after a commit never shows what was before it
    both_databases!(no_commit_is_missed, |db: Db| async move {
        const HITS: &str = "SELECT CAST(hits AS TEXT) FROM throttle_windows WHERE bucket = $1";
        let mut tx = db.write().await.unwrap();
        crate::execute!(
            tx,
            "INSERT INTO throttle_windows (bucket, window_start, hits) VALUES ($1, 0, 0)",
            "n"
        )
        .unwrap();
        tx.commit().await.unwrap();
        let done = Arc::new(std::sync::atomic::AtomicI64::new(0));
        let writing = tokio::spawn({
            let (db, done) = (db.clone(), Arc::clone(&done));
            async move {
                for hits in 1..=300_i64 {
                    let mut tx = db.write().await.unwrap();
                    crate::execute!(tx, "UPDATE throttle_windows SET hits = $1 WHERE bucket = 'n'", hits)
                        .unwrap();
                    tx.commit().await.unwrap();
                    done.store(hits, Ordering::SeqCst);
                }
            }
        });
        while !writing.is_finished() {
            let least = done.load(Ordering::SeqCst);
            let read: i64 = db.read_text(HITS, &["n".into()]).await.unwrap().unwrap().parse().unwrap();
            assert!(read >= least, "{read} after {least} was committed");
            tokio::task::yield_now().await;
        }
        writing.await.unwrap();
    });

    both_databases!(a_closed_database_is_away, |db: Db| async move {
        db.close().await;
        let refused = db.read_text("SELECT CAST($1 AS TEXT)", &["x".into()]).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Unavailable);
    });
}
