//! Migrations: embedded, applied under a lock so that several starting processes are safe.

use sqlx::migrate::Migrator;

use super::Db;
use crate::error::{Error, Result};

/// How many tables of applied migrations there are: one, or none before the first start.
pub const TABLE_SQLITE: &str =
    "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'";
/// The same.
pub const TABLE_POSTGRES: &str =
    "SELECT CASE WHEN to_regclass('_sqlx_migrations') IS NULL THEN CAST(0 AS BIGINT) ELSE 1 END";
/// Numbers of applied migrations.
pub const APPLIED: &str = "SELECT version FROM _sqlx_migrations WHERE success ORDER BY version";

static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Whether a migration is applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MigrationState {
    /// In the database.
    Applied,
    /// Known to the program only.
    Pending,
}

/// One migration and its state.
#[derive(Clone, Debug)]
pub struct MigrationStatus {
    /// Number.
    pub version: i64,
    /// Name.
    pub name: String,
    /// Whether it is applied.
    pub state: MigrationState,
}

impl Db {
    fn migrator(&self) -> &'static Migrator {
        if self.is_postgres() { &POSTGRES } else { &SQLITE }
    }

    /// Applies what is missing. PostgreSQL takes an advisory lock; SQLite locks a file beside the database.
    ///
    /// # Errors
    /// When a migration fails or an applied one was changed.
    pub async fn migrate(&self) -> Result<()> {
        match self {
            Self::Postgres(pool) => self.migrator().run(pool).await?,
            Self::Sqlite { writer, .. } => {
                let path = writer.connect_options().get_filename().with_extension("migrate.lock");
                let lock =
                    tokio::task::spawn_blocking(move || lock_file(&path)).await.map_err(Error::internal)?;
                self.migrator().run(writer).await?;
                drop(lock);
            }
        }
        Ok(())
    }

    /// Applies what is missing up to a number: what a release of before left behind.
    ///
    /// # Errors
    /// As [`Db::migrate`].
    #[cfg(feature = "testing")]
    pub async fn migrate_to(&self, version: i64) -> Result<()> {
        match self {
            Self::Postgres(pool) => self.migrator().run_to(version, pool).await?,
            Self::Sqlite { writer, .. } => self.migrator().run_to(version, writer).await?,
        }
        Ok(())
    }

    /// Every migration of this program, for a database that nobody has made yet. Both engines have the same ones.
    pub fn all_pending() -> Vec<MigrationStatus> {
        listed(&SQLITE, &[])
    }

    /// Every migration and whether it is applied.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn migration_status(&self) -> Result<Vec<MigrationStatus>> {
        Ok(listed(self.migrator(), &self.applied().await?))
    }

    /// Numbers of what is applied, by reading alone: asking must work on a full disk and beside a writer.
    async fn applied(&self) -> Result<Vec<i64>> {
        let mut db = self.read().await?;
        let there = if self.is_postgres() { TABLE_POSTGRES } else { TABLE_SQLITE };
        let (tables,): (i64,) = crate::fetch_one!(db, (i64,), there)?;
        if tables == 0 {
            return Ok(Vec::new());
        }
        let rows = crate::fetch_all!(db, (i64,), APPLIED)?;
        Ok(rows.into_iter().map(|(version,)| version).collect())
    }

    /// True when every migration of this program is in the database (readiness).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_migrated(&self) -> Result<bool> {
        Ok(self.migration_status().await?.iter().all(|status| status.state == MigrationState::Applied))
    }
}

fn listed(migrator: &Migrator, applied: &[i64]) -> Vec<MigrationStatus> {
    let state = |version| {
        if applied.contains(&version) { MigrationState::Applied } else { MigrationState::Pending }
    };
    let status = migrator.iter().map(|migration| MigrationStatus {
        version: migration.version,
        name: migration.description.to_string(),
        state: state(migration.version),
    });
    status.collect()
}

/// Best effort: a folder that cannot hold the lock file will refuse the database itself right after.
fn lock_file(path: &std::path::Path) -> Option<std::fs::File> {
    let file = std::fs::File::create(path).ok()?;
    file.lock().ok()?;
    Some(file)
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    /// Several processes of a release start at once on an empty database.
    #[tokio::test]
    async fn who_starts_together_migrates_once() {
        let path = std::env::temp_dir().join(format!("market-start-{}.db", std::process::id()));
        let url = format!("sqlite://{}", path.display());
        let start = || async {
            let db = crate::db::Db::connect(&url, 1).await?;
            db.migrate().await?;
            assert!(db.is_migrated().await?);
            db.close().await;
            Ok::<(), crate::Error>(())
        };
        let done = tokio::join!(start(), start(), start(), start());
        for done in [done.0, done.1, done.2, done.3] {
            done.unwrap();
        }
        let _ = std::fs::remove_file(path.with_extension("migrate.lock"));
        let _ = std::fs::remove_file(path);
    }
}
