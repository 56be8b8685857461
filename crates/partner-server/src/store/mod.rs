//! The database. Only this module contains SQL. Every query on data of a partner has the partner in its condition.
//!
//! Writing transactions do not overlap, so rules that span several rows need no further locks. On SQLite a single
//! connection writes, and each of its transactions starts with `BEGIN IMMEDIATE`: a transaction that began by reading
//! could not start to write after another one has written. On PostgreSQL a writing transaction holds an advisory lock
//! until it ends, either on everything (`Store::begin`) or on one partner (`Store::begin_for`).

pub mod audit;
pub mod backup;
mod builder;
pub mod clients;
pub mod contact;
mod engine;
pub mod idempotency;
pub mod invitations;
pub mod ledger;
pub mod outbox;
pub mod users;

use partner_api::UnixTime;
use sqlx::{Row, any::AnyRow, pool::PoolConnection};

pub use self::engine::Failure;
pub use self::engine::{Location, PostgresUrl};
use self::users::Deadlines;
use self::{builder::QueryBuilder, engine::Pools};
use crate::text::email_key;

/// The driver that covers both SQLite and PostgreSQL.
pub type Db = sqlx::Any;
pub type Conn = sqlx::AnyConnection;
/// A transaction, which is rolled back when it is dropped.
pub type Tx = sqlx::Transaction<'static, Db>;

/// Reads a boolean, which both engines store as 0 or 1.
fn flag(row: &AnyRow, column: usize) -> sqlx::Result<bool> {
    Ok(row.try_get::<i64, _>(column)? != 0)
}

#[derive(Debug)]
pub struct Store(Pools);

impl Store {
    /// Opens the database and migrates its schema. A path is the folder of a SQLite database, which is created if it does
    /// not exist. A PostgreSQL database has to exist.
    ///
    /// # Errors
    /// The folder cannot be written, the file is not a database, the server cannot be reached, or the schema is newer
    /// than this program.
    pub async fn open(location: impl Into<Location>) -> anyhow::Result<Self> {
        engine::open(&location.into()).await.map(Self)
    }

    /// A connection for reading only.
    pub async fn read(&self) -> sqlx::Result<PoolConnection<Db>> {
        self.0.readers.acquire().await
    }

    /// Starts a transaction for reading only. All its queries see the same state of the database.
    pub async fn snapshot(&self) -> sqlx::Result<Tx> {
        self.0.snapshot().await
    }

    /// Starts a writing transaction while no other one is running.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        self.0.begin_alone().await
    }

    /// Starts a transaction that writes data of this partner only. It excludes those of the same partner and those of
    /// [`Self::begin`]. On PostgreSQL it can run concurrently with those of other partners.
    pub async fn begin_for(&self, partner: &str) -> sqlx::Result<Tx> {
        self.0.begin_for(partner).await
    }

    /// Whether the database answers a query.
    pub async fn is_alive(&self) -> bool {
        sqlx::query("SELECT 1 FROM partners LIMIT 1").fetch_optional(&self.0.readers).await.is_ok()
    }

    /// Deletes sessions that are over and replies to expired idempotency keys.
    pub async fn delete_expired(&self, sessions: Deadlines, replies_before: UnixTime) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        users::delete_expired_sessions(&mut tx, sessions).await?;
        idempotency::delete_expired(&mut tx, replies_before).await?;
        tx.commit().await
    }

    /// Closes all connections. On SQLite the journal is first written back into the database file.
    pub async fn close(&self) {
        self.0.close().await;
    }

    pub async fn oldest_partner(&self) -> sqlx::Result<Option<String>> {
        users::oldest_partner(&mut *self.read().await?).await
    }

    /// PID of the partner to which the user with the email belongs.
    pub async fn partner_of(&self, email: &str) -> sqlx::Result<Option<String>> {
        let login = users::login_of(&mut *self.read().await?, &email_key(email)).await?;
        Ok(login.map(|login| login.partner_pid))
    }

    /// The latest entries of the audit log, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn audit_lines(&self, limit: u32) -> anyhow::Result<Vec<audit::Line>> {
        Ok(audit::latest(&mut *self.read().await?, limit).await?)
    }

    /// Verifies the hash chain of the audit log in a snapshot.
    ///
    /// # Errors
    /// The database failed.
    pub async fn verify_audit(&self) -> anyhow::Result<Result<audit::Verified, audit::Broken>> {
        Ok(audit::verify(&mut *self.snapshot().await?).await?)
    }
}

/// Whether a statement failed because a row with the same key exists already.
pub fn is_duplicate(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(error) if error.is_unique_violation())
}
