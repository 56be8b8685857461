//! The database. Only this module of the server contains SQL. Queries that read data for the users of a partner filter
//! by the partner, so that no partner can see the data of another one.
//!
//! Two transactions that write the data of the same partner never run at the same time, so checks that involve several
//! rows need no row locks. On SQLite, all writes of a process use a single connection, and each writing transaction
//! starts with `BEGIN IMMEDIATE`. Without `IMMEDIATE`, a transaction that first reads would fail when it writes, if
//! another process has written in the meantime. On PostgreSQL, a writing transaction holds an advisory lock until it
//! ends: `Store::begin` locks the data of all partners, and `Store::begin_for` locks the data of one partner.

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

/// The sqlx driver that can connect to both SQLite and PostgreSQL.
pub type Db = sqlx::Any;
pub type Conn = sqlx::AnyConnection;
/// A transaction. Dropping the transaction without `commit` rolls back all its changes.
pub type Tx = sqlx::Transaction<'static, Db>;

/// Reads a boolean column. The schema stores booleans as 0 or 1 on both engines.
fn flag(row: &AnyRow, column: usize) -> sqlx::Result<bool> {
    Ok(row.try_get::<i64, _>(column)? != 0)
}

#[derive(Debug)]
pub struct Store(Pools);

impl Store {
    /// Opens the database and migrates its schema. A path means a SQLite database in that folder; the folder and the
    /// database are created if they do not exist. A PostgreSQL database must exist already.
    ///
    /// # Errors
    /// Returns an error if the folder is not writable, the file is not a database, the PostgreSQL server cannot be
    /// reached, or the schema is newer than this program.
    pub async fn open(location: impl Into<Location>) -> anyhow::Result<Self> {
        engine::open(&location.into()).await.map(Self)
    }

    /// Returns a connection for reading. On SQLite, the connection cannot write.
    pub async fn read(&self) -> sqlx::Result<PoolConnection<Db>> {
        self.0.readers.acquire().await
    }

    /// Starts a read-only transaction, whose queries all see the same state of the database.
    pub async fn snapshot(&self) -> sqlx::Result<Tx> {
        self.0.snapshot().await
    }

    /// Starts a writing transaction. Waits until no other writing transaction is running, and keeps others waiting
    /// until this transaction ends.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        self.0.begin_alone().await
    }

    /// Starts a transaction that writes only the data of this partner. On PostgreSQL, such transactions of different
    /// partners run concurrently. The transaction never overlaps with a transaction of the same partner or of
    /// [`Self::begin`].
    pub async fn begin_for(&self, partner: &str) -> sqlx::Result<Tx> {
        self.0.begin_for(partner).await
    }

    /// Whether the database answers a query.
    pub async fn is_alive(&self) -> bool {
        sqlx::query("SELECT 1 FROM partners LIMIT 1").fetch_optional(&self.0.readers).await.is_ok()
    }

    /// Deletes expired sessions, and the stored replies of expired idempotency keys.
    pub async fn delete_expired(&self, sessions: Deadlines, replies_before: UnixTime) -> sqlx::Result<()> {
        let mut tx = self.begin().await?;
        users::delete_expired_sessions(&mut tx, sessions).await?;
        idempotency::delete_expired(&mut tx, replies_before).await?;
        tx.commit().await
    }

    /// Closes all connections. On SQLite, also merges the write-ahead log into the database file, if possible.
    pub async fn close(&self) {
        self.0.close().await;
    }

    pub async fn oldest_partner(&self) -> sqlx::Result<Option<String>> {
        users::oldest_partner(&mut *self.read().await?).await
    }

    /// Returns the PID of the partner to which the user with this email address belongs.
    pub async fn partner_of(&self, email: &str) -> sqlx::Result<Option<String>> {
        let login = users::login_of(&mut *self.read().await?, &email_key(email)).await?;
        Ok(login.map(|login| login.partner_pid))
    }

    /// Returns the latest `limit` entries of the audit log, oldest first.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn audit_lines(&self, limit: u32) -> anyhow::Result<Vec<audit::Line>> {
        Ok(audit::latest(&mut *self.read().await?, limit).await?)
    }

    /// Verifies the hash chain of the audit log in a snapshot.
    ///
    /// # Errors
    /// Returns an error if the database fails.
    pub async fn verify_audit(&self) -> anyhow::Result<Result<audit::Verified, audit::Broken>> {
        Ok(audit::verify(&mut *self.snapshot().await?).await?)
    }
}

/// Whether a statement failed because a row with the same key exists already.
pub fn is_duplicate(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(error) if error.is_unique_violation())
}
