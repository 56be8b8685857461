//! The database: the only place with SQL. Every query that reads or changes what a partner owns has the partner in it.
//!
//! A transaction that writes runs as if it were the only one, so rules that span rows hold without further thought. On
//! SQLite it is the only one: one connection writes, and each of its transactions starts with `BEGIN IMMEDIATE`, for one
//! that began by reading cannot become a writing one while another has written. On PostgreSQL it holds an advisory lock
//! until it ends: of everything (`Store::begin`) or of one partner (`Store::begin_for`).

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

/// The engine, by sqlx's common ground of SQLite and PostgreSQL.
pub type Db = sqlx::Any;
/// A connection, in a transaction or not.
pub type Conn = sqlx::AnyConnection;
/// A transaction; dropping it undoes what it wrote.
pub type Tx = sqlx::Transaction<'static, Db>;

/// A truth value, which both engines keep as 0 or 1.
fn flag(row: &AnyRow, column: usize) -> sqlx::Result<bool> {
    Ok(row.try_get::<i64, _>(column)? != 0)
}

/// An open database.
#[derive(Debug)]
pub struct Store(Pools);

impl Store {
    /// Opens the database, makes it where it is missing (PostgreSQL's has to be there), and brings the schema up to
    /// date. A path is a folder for SQLite.
    ///
    /// # Errors
    /// The folder cannot be written, the database is none or out of reach, or its schema is newer than this program.
    pub async fn open(location: impl Into<Location>) -> anyhow::Result<Self> {
        engine::open(&location.into()).await.map(Self)
    }

    /// A connection that only reads.
    pub async fn read(&self) -> sqlx::Result<PoolConnection<Db>> {
        self.0.readers.acquire().await
    }

    /// Starts a transaction that only reads: all its queries see one moment.
    pub async fn snapshot(&self) -> sqlx::Result<Tx> {
        self.0.snapshot().await
    }

    /// Starts a transaction that writes, with no other one beside it.
    pub async fn begin(&self) -> sqlx::Result<Tx> {
        self.0.begin_alone().await
    }

    /// Starts a transaction that writes what belongs to this partner, and nothing else. It has none of the same
    /// partner beside it, and none of [`Self::begin`]; PostgreSQL runs those of other partners at the same time.
    pub async fn begin_for(&self, partner: &str) -> sqlx::Result<Tx> {
        self.0.begin_for(partner).await
    }

    /// Whether a query gets an answer.
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

    /// Ends all connections; SQLite's journal is written back into the database file.
    pub async fn close(&self) {
        self.0.close().await;
    }

    /// PID of the oldest partner.
    pub async fn oldest_partner(&self) -> sqlx::Result<Option<String>> {
        users::oldest_partner(&mut *self.read().await?).await
    }

    /// PID of the partner whose user has the email.
    pub async fn partner_of(&self, email: &str) -> sqlx::Result<Option<String>> {
        let login = users::login_of(&mut *self.read().await?, &email_key(email)).await?;
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

/// Whether a statement failed because a row with the same key exists already.
pub fn is_duplicate(error: &sqlx::Error) -> bool {
    matches!(error, sqlx::Error::Database(error) if error.is_unique_violation())
}
