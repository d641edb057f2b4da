//! Reads of public pages: statements that give one text (see `catalog::browse::packed`).
//!
//! sqlx runs each SQLite connection on a thread of its own and wakes it for every statement, which costs more than such
//! a statement itself (a tenth of a millisecond). These are therefore read on the calling thread, from read-only
//! connections kept beside sqlx's. Long reads and all writes do not belong here.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, Row, Statement};
use uuid::Uuid;

use super::connect::Db;
use super::macros::count_statement;
use crate::error::{Error, ErrorKind, Result};
use crate::time::Timestamp;

/// How long a read waits for a lock (only while a log is folded back into the file).
const BUSY: Duration = Duration::from_secs(2);
/// Most bound values of a statement.
const PLACEHOLDERS: [&str; 24] = [
    "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16",
    "$17", "$18", "$19", "$20", "$21", "$22", "$23", "$24",
];

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
    idle: Mutex<Option<Vec<Connection>>>,
}

impl Readers {
    /// Readers of this file.
    pub(super) fn new(file: &Path) -> Self {
        Self { file: file.to_owned(), idle: Mutex::new(Some(Vec::new())) }
    }

    /// Closes what is idle; later reads are refused.
    pub(super) fn close(&self) {
        *self.idle.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn read(&self, sql: &str, args: &[Arg<'_>]) -> Result<Option<String>> {
        let connection = self.take()?;
        let found = run(&connection, sql, args)?;
        if let Some(idle) = self.idle.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            idle.push(connection);
        }
        Ok(found)
    }

    fn take(&self) -> Result<Connection> {
        let kept = match self.idle.lock().unwrap_or_else(PoisonError::into_inner).as_mut() {
            Some(idle) => idle.pop(),
            None => return Err(ErrorKind::Unavailable.into()),
        };
        kept.map_or_else(|| Ok(self.open()?), Ok)
    }

    fn open(&self) -> rusqlite::Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.file, flags)?;
        connection.busy_timeout(BUSY)?;
        // pages are read from the mapped file; a cache of its own would only copy them
        connection.execute_batch(
            "PRAGMA mmap_size = 134217728; PRAGMA cache_size = -1000; PRAGMA temp_store = MEMORY",
        )?;
        connection.set_prepared_statement_cache_capacity(32);
        Ok(connection)
    }
}

fn run(connection: &Connection, sql: &str, args: &[Arg<'_>]) -> rusqlite::Result<Option<String>> {
    let mut statement = connection.prepare_cached(sql)?;
    for (name, arg) in PLACEHOLDERS.into_iter().zip(args) {
        bind(&mut statement, name, arg)?;
    }
    let mut rows = statement.raw_query();
    rows.next()?.map_or(Ok(None), text)
}

/// `$n` is a name in SQLite, numbered by where it first stands.
fn bind(statement: &mut Statement<'_>, name: &str, arg: &Arg<'_>) -> rusqlite::Result<()> {
    let Some(at) = statement.parameter_index(name)? else {
        return Err(rusqlite::Error::InvalidParameterName(name.to_owned()));
    };
    match arg {
        Arg::Int(number) => statement.raw_bind_parameter(at, number),
        Arg::Text(text) => statement.raw_bind_parameter(at, text),
        Arg::Id(id) => statement.raw_bind_parameter(at, id),
    }
}

fn text(row: &Row<'_>) -> rusqlite::Result<Option<String>> {
    row.get(0)
}

impl Db {
    /// The one text of a statement's first row; none when there is no row or it is null. For short reads of public pages.
    ///
    /// # Errors
    /// `Unavailable` when the database is away.
    pub async fn read_text(&self, sql: &'static str, args: &[Arg<'_>]) -> Result<Option<String>> {
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
                Ok(query.fetch_optional(pool).await?.flatten())
            }
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

    both_databases!(a_closed_database_is_away, |db: Db| async move {
        db.close().await;
        let refused = db.read_text("SELECT CAST($1 AS TEXT)", &["x".into()]).await.unwrap_err();
        assert_eq!(refused.kind, ErrorKind::Unavailable);
    });
}
