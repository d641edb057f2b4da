//! From driver errors to kinds: away, full, taken, or our fault.

use crate::error::{Error, ErrorKind};

/// A stored value that the code cannot read: the database and the code disagree.
#[derive(Debug, thiserror::Error)]
#[error("unexpected value in {table}.{column}: {value}")]
pub struct DatabaseError {
    /// Table of the value.
    pub table: &'static str,
    /// Column of the value.
    pub column: &'static str,
    /// What stood there.
    pub value: String,
}

impl From<DatabaseError> for Error {
    fn from(error: DatabaseError) -> Self {
        Self::internal(error)
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let kind = kind_of(&error);
        Self::caused(kind, error)
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        Self::internal(error)
    }
}

/// Primary result codes of SQLite that mean "away for now": busy, locked, cannot open, i/o.
const SQLITE_AWAY: [i64; 4] = [5, 6, 14, 10];
/// Primary result code of SQLite for a full disk.
const SQLITE_FULL: i64 = 13;
/// Result code of SQLite for a write that the system refused: a quota or a limit on the size of files.
const SQLITE_IOERR_WRITE: &str = "778";

/// Rule of the conflict in which two transactions waited for each other and this one was given up: the same again succeeds.
pub const RACE: &str = "db.race";

fn kind_of(error: &sqlx::Error) -> ErrorKind {
    match error {
        sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => ErrorKind::StorageFull,
        sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Tls(_)
        | sqlx::Error::Io(_) => ErrorKind::Unavailable,
        sqlx::Error::Database(database) => database_kind(database.code().as_deref().unwrap_or_default()),
        _ => ErrorKind::Internal,
    }
}

fn database_kind(code: &str) -> ErrorKind {
    // PostgreSQL: class 53 is insufficient resources (53100 disk full), 57P operator intervention, 08 connection,
    // 55000 a database that accepts no connections for now
    if code == "53100" || code == SQLITE_IOERR_WRITE {
        return ErrorKind::StorageFull;
    }
    if code.len() == 5
        && (code.starts_with("08") || code.starts_with("57P") || code.starts_with("53") || code == "55000")
    {
        return ErrorKind::Unavailable;
    }
    // PostgreSQL: 40P01 a deadlock that it resolved, 40001 a transaction that came between
    if code == "40P01" || code == "40001" {
        return ErrorKind::Conflict(RACE.into());
    }
    match code.parse::<i64>().map(|number| number & 0xff) {
        Ok(SQLITE_FULL) => ErrorKind::StorageFull,
        Ok(primary) if code.len() < 5 && SQLITE_AWAY.contains(&primary) => ErrorKind::Unavailable,
        _ => ErrorKind::Internal,
    }
}

/// True when `error` is a violated unique constraint whose name or columns contain `part`
/// (PostgreSQL tells the constraint, SQLite `table.column`).
pub fn unique_violation(error: &Error, part: &str) -> bool {
    let Some(sqlx::Error::Database(database)) =
        error.cause().and_then(|cause| cause.downcast_ref::<sqlx::Error>())
    else {
        return false;
    };
    database.is_unique_violation()
        && (database.constraint().is_some_and(|name| name.contains(part))
            || database.message().contains(part))
}
