//! Connections: pools of either engine, the read door, the write door and transactions.

use std::path::Path;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Connection, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction};

use super::inline::Readers;
use super::writer::{self, Writer};
use crate::error::{Error, Result};

/// Cache of a reader in KiB, as SQLite writes it. Pages come from the system's cache in a microsecond, so a large one of its
/// own only copies them: eight readers with 16 MB each held 128 MB of a large database.
const READ_CACHE: &str = "-2000";
/// Cache of the writer: what a transaction changes has to fit.
const WRITE_CACHE: &str = "-16000";
/// Bytes of the file that each connection maps. Pages that several connections map count for each of them.
const MAPPED: &str = "16777216";
/// How long a query waits for a free connection before the visitor is told to come back.
const ACQUIRE: Duration = Duration::from_secs(3);

/// The database behind either engine.
#[derive(Clone, Debug)]
pub enum Db {
    /// One file; a single writer and several readers.
    Sqlite {
        /// Pool of exactly one connection: SQLite has one writer.
        writer: SqlitePool,
        /// Read-only connections.
        reader: SqlitePool,
        /// Readers on the calling thread, for what public pages read.
        inline: Arc<Readers>,
        /// The door of the writer.
        door: Arc<Writer>,
    },
    /// A server shared by several processes.
    Postgres(PgPool),
}

/// A connection for reading.
#[derive(Debug)]
pub enum Conn {
    /// From the reader pool.
    Sqlite(PoolConnection<Sqlite>),
    /// From the pool.
    Postgres(PoolConnection<Postgres>),
}

/// A transaction; rolled back when dropped without [`Tx::commit`].
#[derive(Debug)]
pub enum Tx {
    /// `BEGIN IMMEDIATE` on the writer.
    Sqlite(Transaction<'static, Sqlite>),
    /// `BEGIN`.
    Postgres(Transaction<'static, Postgres>),
}

/// A borrowed concrete connection, what the query macros run on.
#[derive(Debug)]
pub enum Link<'a> {
    /// SQLite.
    Sqlite(&'a mut SqliteConnection),
    /// PostgreSQL.
    Postgres(&'a mut PgConnection),
}

/// Anything a query can run on: a [`Conn`] or a [`Tx`].
pub trait Handle: Send {
    /// The concrete connection.
    fn link(&mut self) -> Link<'_>;
}

impl Handle for Conn {
    fn link(&mut self) -> Link<'_> {
        match self {
            Self::Sqlite(conn) => Link::Sqlite(conn),
            Self::Postgres(conn) => Link::Postgres(conn),
        }
    }
}

impl Handle for Tx {
    fn link(&mut self) -> Link<'_> {
        match self {
            Self::Sqlite(tx) => Link::Sqlite(tx),
            Self::Postgres(tx) => Link::Postgres(tx),
        }
    }
}

impl Tx {
    /// Makes the change durable.
    ///
    /// # Errors
    /// `Unavailable` or `StorageFull` when the database could not keep it; nothing is changed then.
    pub async fn commit(self) -> Result<()> {
        match self {
            Self::Sqlite(tx) => tx.commit().await?,
            Self::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }
}

/// Counts tables that grew or were never counted, from a sample: 0x02 does it, 0x10 limits it, 0x10000 looks at all tables.
/// <https://sqlite.org/pragma.html#pragma_optimize>
const OPTIMIZE_SQLITE: &str = "PRAGMA optimize = 0x10012";

/// SQLite's code for a file that somebody else holds.
const BUSY: &str = "5";

/// Opens what others open at the same moment. Of several programs that begin a new file, SQLite lets one change its journal and
/// refuses the others at once, without the patience that it has for everything else.
async fn patiently<T, F>(open: impl Fn() -> F) -> sqlx::Result<T>
where
    F: Future<Output = sqlx::Result<T>>,
{
    let begun = std::time::Instant::now();
    loop {
        match open().await {
            Err(sqlx::Error::Database(refused))
                if refused.code().is_some_and(|code| code == BUSY) && begun.elapsed() < ACQUIRE =>
            {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            done => return done,
        }
    }
}

impl Db {
    /// Opens `url`: `sqlite://path/to.db` (created when missing) or `postgres://…`.
    ///
    /// # Errors
    /// When the address is malformed or the database does not answer.
    pub async fn connect(url: &str, connections: u32) -> Result<Self> {
        Self::open(url, connections, true).await
    }

    /// Opens what is there and makes nothing.
    ///
    /// # Errors
    /// As [`Db::connect`], and when the file of SQLite is missing.
    pub async fn connect_existing(url: &str, connections: u32) -> Result<Self> {
        Self::open(url, connections, false).await
    }

    async fn open(url: &str, connections: u32, create: bool) -> Result<Self> {
        Self::check_url(url).map_err(Error::internal)?;
        if url.starts_with("postgres") {
            return Self::connect_postgres(url, connections).await;
        }
        Self::connect_sqlite(url, connections, create).await
    }

    /// Whether `url` names a database that can be opened at all. What it says holds no password.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check_url(url: &str) -> std::result::Result<(), String> {
        let parsed = match url.split_once(':') {
            Some(("postgres" | "postgresql", _)) => PgConnectOptions::from_str(url).map(drop),
            Some(("sqlite", _)) => SqliteConnectOptions::from_str(url).map(drop),
            _ => return Err("an address that begins with sqlite:// or postgres://".into()),
        };
        parsed.map_err(|error| error.to_string())
    }

    /// Whether [`Db::connect`] would make the database first: a file of SQLite that is not there.
    pub fn is_to_be_made(url: &str) -> bool {
        url.starts_with("sqlite")
            && SqliteConnectOptions::from_str(url).is_ok_and(|options| !options.get_filename().exists())
    }

    /// Opens one connection and says why it cannot: a pool that waits for one only says that it waited. What it says holds no
    /// password.
    ///
    /// # Errors
    /// The driver's words.
    pub async fn probe(url: &str) -> std::result::Result<(), String> {
        let Some(("postgres" | "postgresql", _)) = url.split_once(':') else { return Ok(()) };
        let options = PgConnectOptions::from_str(url).map_err(|error| error.to_string())?;
        match tokio::time::timeout(ACQUIRE, sqlx::ConnectOptions::connect(&options)).await {
            Ok(Ok(connection)) => {
                sqlx::Connection::close(connection).await.map_err(|error| error.to_string())
            }
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(format!("no answer within {} s", ACQUIRE.as_secs())),
        }
    }

    async fn connect_postgres(url: &str, connections: u32) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)?.application_name("market");
        let pool = PgPoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE)
            .connect_with(options)
            .await?;
        Ok(Self::Postgres(pool))
    }

    async fn connect_sqlite(url: &str, connections: u32, create: bool) -> Result<Self> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(create)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", READ_CACHE)
            .pragma("mmap_size", MAPPED)
            .pragma("wal_autocheckpoint", writer::NET)
            .statement_cache_capacity(256);
        if let Some(folder) = Path::new(options.get_filename()).parent().filter(|_| create) {
            let _ = std::fs::create_dir_all(folder);
        }
        let inline = Arc::new(Readers::new(options.get_filename()));
        let door = Arc::new(Writer::new(options.get_filename()));
        let writing = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            // a full disk ends the transaction inside SQLite, so rolling back fails and the driver goes on counting it
            // as open: such a connection would refuse every later one
            .before_acquire(|writer, _| Box::pin(async move { Ok(!writer.is_in_transaction()) }));
        let written = options.clone().pragma("cache_size", WRITE_CACHE);
        let writer = patiently(|| writing.clone().connect_with(written.clone())).await?;
        let reader = SqlitePoolOptions::new()
            .max_connections(connections)
            .min_connections(1)
            .acquire_timeout(ACQUIRE)
            .test_before_acquire(false)
            .connect_with(options.read_only(true))
            .await?;
        Ok(Self::Sqlite { writer, reader, inline, door })
    }

    /// Lets SQLite count again what its tables hold; PostgreSQL does so by itself. Without these counts it takes every
    /// index for equally good and reads all published listings to find twenty of them (3.2 ms instead of 0.13 ms at
    /// 3,000 listings). They stay in the file; a connection reads them when it opens.
    ///
    /// # Errors
    /// `Unavailable` when the database is away.
    pub async fn refresh_statistics(&self) -> Result<()> {
        match self {
            Self::Sqlite { writer, .. } => sqlx::query(OPTIMIZE_SQLITE).execute(writer).await.map(drop)?,
            Self::Postgres(_) => {}
        }
        Ok(())
    }

    /// A connection for reading.
    ///
    /// # Errors
    /// `Unavailable` when none is free in time.
    pub async fn read(&self) -> Result<Conn> {
        Ok(match self {
            Self::Sqlite { reader, .. } => Conn::Sqlite(reader.acquire().await?),
            Self::Postgres(pool) => Conn::Postgres(pool.acquire().await?),
        })
    }

    /// A transaction for writing. SQLite takes the write lock at once, so that a read inside it
    /// can never be followed by "database is locked".
    ///
    /// # Errors
    /// `Unavailable` when the writer is not free in time.
    pub async fn write(&self) -> Result<Tx> {
        Ok(match self {
            Self::Sqlite { writer, door, .. } => {
                let turn = door.turn();
                let tx = writer.begin_with("BEGIN IMMEDIATE").await?;
                drop(turn);
                door.count();
                Tx::Sqlite(tx)
            }
            Self::Postgres(pool) => Tx::Postgres(pool.begin().await?),
        })
    }

    /// Whether somebody waits for the one writer of SQLite, so that whoever holds it for much work may let them in between.
    pub fn is_wanted(&self) -> bool {
        match self {
            Self::Sqlite { door, .. } => door.is_wanted(),
            Self::Postgres(_) => false,
        }
    }

    /// True for PostgreSQL.
    pub const fn is_postgres(&self) -> bool {
        matches!(self, Self::Postgres(_))
    }

    /// Answers when the database does (readiness).
    ///
    /// # Errors
    /// `Unavailable` when it does not.
    pub async fn ping(&self) -> Result<()> {
        let mut db = self.read().await?;
        let _: (i64,) = crate::fetch_one!(db, (i64,), "SELECT CAST(1 AS BIGINT)")?;
        Ok(())
    }

    /// Closes every connection; SQLite folds its log back into the file.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, reader, inline, .. } => {
                inline.close();
                reader.close().await;
                writer.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}
