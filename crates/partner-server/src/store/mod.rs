//! The database: the only place with SQL. Every query that reads or changes what a partner owns has the partner in it.
//!
//! One connection writes, and each of its transactions starts with `BEGIN IMMEDIATE`: a transaction that began by
//! reading cannot become a writing one while another has written, whatever the busy timeout. A few connections read.

pub mod audit;
pub(crate) mod clients;
pub(crate) mod contact;
pub(crate) mod idempotency;
pub(crate) mod invitations;
pub(crate) mod ledger;
pub(crate) mod outbox;
pub(crate) mod users;

use std::{path::Path, time::Duration};

use anyhow::Context;
use sqlx::{
    Pool,
    migrate::{MigrateError, Migrator},
    pool::{PoolConnection, PoolOptions},
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};

/// The engine. Another one joins here.
pub(crate) type Db = sqlx::Sqlite;
/// A connection, in a transaction or not.
pub(crate) type Conn = sqlx::SqliteConnection;
/// A transaction; dropping it undoes what it wrote.
pub(crate) type Tx = sqlx::Transaction<'static, Db>;

const FILE: &str = "partner.sqlite";
static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// An open database.
#[derive(Debug)]
pub struct Store {
    readers: Pool<Db>,
    writer: Pool<Db>,
}

impl Store {
    /// Opens the database in the data folder, makes both where they are missing, and brings the schema up to date.
    ///
    /// # Errors
    /// The folder cannot be written, the file is no database, or its schema is newer than this program.
    pub async fn open(data: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(data).with_context(|| format!("cannot create the data folder {}", data.display()))?;
        let file = data.join(FILE);
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true)
            // sqlx sets the timeout before any pragma, so that switching to WAL waits for its lock.
            .busy_timeout(Duration::from_secs(5))
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true);
        let pool = |size, options| {
            let limits = PoolOptions::<Db>::new().max_connections(size).acquire_timeout(Duration::from_secs(5));
            limits.connect_with(options)
        };
        let writer = pool(1, options.clone().statement_cache_capacity(200)).await;
        let writer = writer.with_context(|| format!("cannot open the database {}", file.display()))?;
        MIGRATIONS.run(&writer).await.map_err(|error| match error {
            MigrateError::VersionMissing(version) => anyhow::anyhow!(
                "the database {} has schema {version}, which is newer than this program: use a newer program",
                file.display()
            ),
            error => anyhow::Error::from(error).context(format!("cannot migrate the database {}", file.display())),
        })?;
        let readers = pool(4, options.read_only(true).create_if_missing(false).row_buffer_size(500)).await;
        let readers = readers.with_context(|| format!("cannot read the database {}", file.display()))?;
        Ok(Self { readers, writer })
    }

    /// A connection that only reads.
    pub(crate) async fn read(&self) -> sqlx::Result<PoolConnection<Db>> {
        self.readers.acquire().await
    }

    /// Starts a transaction that only reads: all its queries see one moment.
    pub(crate) async fn snapshot(&self) -> sqlx::Result<Tx> {
        self.readers.begin().await
    }

    /// Starts a transaction that writes.
    pub(crate) async fn begin(&self) -> sqlx::Result<Tx> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    /// Whether a query gets an answer.
    pub(crate) async fn is_alive(&self) -> bool {
        sqlx::query("SELECT 1 FROM partners LIMIT 1").fetch_optional(&self.readers).await.is_ok()
    }

    /// Writes the journal back into the database file and closes it.
    pub async fn close(&self) {
        self.readers.close().await;
        if let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await {
            tracing::warn!(%error, "no checkpoint");
        }
        self.writer.close().await;
    }

    /// PID of the oldest partner.
    pub(crate) async fn oldest_partner(&self) -> sqlx::Result<Option<String>> {
        users::oldest_partner(&mut *self.read().await?).await
    }

    /// PID of the partner whose user has the email.
    pub(crate) async fn partner_of(&self, email: &str) -> sqlx::Result<Option<String>> {
        let login = users::login_of(&mut *self.read().await?, &crate::rules::email_key(email)).await?;
        Ok(login.map(|login| login.partner_pid))
    }

    /// The newest lines of the audit log, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn audit_lines(&self, limit: u32) -> anyhow::Result<Vec<audit::Line>> {
        Ok(audit::newest(&mut *self.read().await?, limit).await?)
    }

    /// Whether the audit log is as it was written, as of one moment.
    ///
    /// # Errors
    /// The database failed.
    pub async fn verify_audit(&self) -> anyhow::Result<Result<audit::Verified, audit::Broken>> {
        Ok(audit::verify(&mut *self.snapshot().await?).await?)
    }
}
