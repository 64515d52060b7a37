//! The index: all SQL is here.
//!
//! One connection writes, several read. Every statement is in the subset that
//! SQLite and PostgreSQL share (`$1`, `ON CONFLICT`, row values), so that the
//! second engine will be a second set of connections, not a second program.

pub(crate) mod decision;
pub(crate) mod image;
pub(crate) mod project;
pub(crate) mod read;
pub(crate) mod row;
pub(crate) mod write;

use crate::error::StoreError;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// Connections that only read.
const READERS: u32 = 4;

/// How long a statement waits for another to let go of the database.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// How long a request waits for a connection before it is refused.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(10);

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("./migrations");

/// The relational index in one SQLite file.
pub(crate) struct Index {
    writer: SqlitePool,
    readers: SqlitePool,
}

impl Index {
    /// Opens the file, made where it is missing, and brings it up to date.
    pub(crate) async fn open(file: &Path) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // The WAL is synced at every commit: an acknowledgement survives a
            // power loss, not only a crash of the process.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT);
        let writer = pool(1).connect_with(options.clone()).await?;
        MIGRATIONS.run(&writer).await?;
        let readers = pool(READERS).connect_with(options.read_only(true)).await?;
        Ok(Self { writer, readers })
    }

    /// Whether the index answers.
    pub(crate) async fn check(&self) -> Result<(), StoreError> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }

    /// Waits for what is under way, then closes all connections.
    pub(crate) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new()
        .max_connections(connections)
        .acquire_timeout(ACQUIRE_TIMEOUT)
        .idle_timeout(None)
        .max_lifetime(None)
}
