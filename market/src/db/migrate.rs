//! Migrations: embedded, applied under a lock so that several starting processes are safe.

use sqlx::migrate::{Migrate, Migrator};

use super::Db;
use crate::error::{Error, Result};

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

    /// Every migration and whether it is applied.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn migration_status(&self) -> Result<Vec<MigrationStatus>> {
        let applied: Vec<i64> = match self {
            Self::Postgres(pool) => applied(&mut *pool.acquire().await?).await?,
            Self::Sqlite { writer, .. } => applied(&mut *writer.acquire().await?).await?,
        };
        let status = self.migrator().iter().map(|migration| MigrationStatus {
            version: migration.version,
            name: migration.description.to_string(),
            state: if applied.contains(&migration.version) {
                MigrationState::Applied
            } else {
                MigrationState::Pending
            },
        });
        Ok(status.collect())
    }

    /// True when every migration of this program is in the database (readiness).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn is_migrated(&self) -> Result<bool> {
        Ok(self.migration_status().await?.iter().all(|status| status.state == MigrationState::Applied))
    }
}

async fn applied(conn: &mut impl Migrate) -> Result<Vec<i64>> {
    conn.ensure_migrations_table("_sqlx_migrations").await?;
    Ok(conn
        .list_applied_migrations("_sqlx_migrations")
        .await?
        .into_iter()
        .map(|migration| migration.version)
        .collect())
}

/// Best effort: a folder that cannot hold the lock file will refuse the database itself right after.
fn lock_file(path: &std::path::Path) -> Option<std::fs::File> {
    let file = std::fs::File::create(path).ok()?;
    file.lock().ok()?;
    Some(file)
}
