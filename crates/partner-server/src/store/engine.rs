//! The two engines: SQLite in the data folder, and PostgreSQL. Most differences between them are in this file and in
//! `migrations/`. `builder.rs` writes the placeholders of each engine, and `backup.rs` is for SQLite only.

use std::{
    fmt,
    path::{Path, PathBuf},
    str::FromStr,
    time::Duration,
};

use anyhow::Context;
use sqlx::{
    Acquire, ConnectOptions, Connection, Executor, Pool,
    any::{AnyConnectOptions, install_default_drivers},
    migrate::{Migrate, MigrateError, Migrator},
    pool::PoolOptions,
    postgres::PgConnectOptions,
    sqlite::SqliteConnectOptions,
};

use super::{Conn, Db, Tx};

/// File name of the database in the data folder.
pub(super) const FILE: &str = "partner.sqlite";
static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Statements for each new SQLite connection. `journal_mode` may have to wait for a lock; sqlx has already set a busy
/// timeout of 5 s at that point.
const SQLITE_SESSION: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000";
/// Statements for each new PostgreSQL connection. They limit how long statements, locks and idle transactions last, so
/// that a stuck process cannot block the others for ever.
const POSTGRES_SESSION: &str = "SET statement_timeout = '5s'; SET lock_timeout = '2s'; \
     SET idle_in_transaction_session_timeout = '10s'; SET default_transaction_isolation = 'read committed'";
/// Maximum number of connections in the pool of one process. By default, PostgreSQL allows 100 connections for all
/// processes together.
const POSTGRES_CONNECTIONS: u32 = 10;
/// Takes the advisory lock of [`Pools::begin_alone`]. `OF_PARTNER` takes the lock of one partner, which has the same
/// first number, and a hash of the partner's PID as second number.
const ALONE: &str = "SELECT pg_advisory_xact_lock(7001)";
const OF_PARTNERS: &str = "SELECT pg_advisory_xact_lock_shared(7001)";
const OF_PARTNER: &str = "SELECT pg_advisory_xact_lock(7001, hashtext($1))";

#[derive(Clone, Debug)]
pub enum Location {
    /// A SQLite database in this data folder.
    Folder(PathBuf),
    Postgres(PostgresUrl),
}

impl<P: AsRef<Path> + ?Sized> From<&P> for Location {
    fn from(folder: &P) -> Self {
        Self::Folder(folder.as_ref().to_owned())
    }
}

impl From<PostgresUrl> for Location {
    fn from(url: PostgresUrl) -> Self {
        Self::Postgres(url)
    }
}

/// URL of a PostgreSQL database, for example `postgres://user:password@host:5432/database?sslmode=verify-full`. `Debug`
/// hides the URL, because it may contain a password.
#[derive(Clone)]
pub struct PostgresUrl(Box<PgConnectOptions>);

impl FromStr for PostgresUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        let options = is_postgres.then(|| text.parse().ok()).flatten();
        options
            .map(|options| Self(Box::new(options)))
            .ok_or("must have the form postgres://user:password@host:5432/database")
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresUrl(…)")
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

#[derive(Debug)]
pub(super) struct Pools {
    pub(super) engine: Engine,
    /// Connections for reading. On SQLite, they are opened as read-only.
    pub(super) readers: Pool<Db>,
    pub(super) writer: Pool<Db>,
}

pub(super) async fn open(location: &Location) -> anyhow::Result<Pools> {
    install_default_drivers();
    match location {
        Location::Folder(folder) => open_sqlite(folder).await,
        Location::Postgres(url) => open_postgres(url).await,
    }
}

async fn open_sqlite(data: &Path) -> anyhow::Result<Pools> {
    std::fs::create_dir_all(data).with_context(|| format!("cannot create the data folder {}", data.display()))?;
    let file = data.join(FILE);
    let options = SqliteConnectOptions::new().filename(&file);
    let limits = |size| limits(SQLITE_SESSION, size, Duration::from_secs(5));
    let writer = limits(1).connect_with(any(&options.clone().create_if_missing(true))?).await;
    let writer = writer.with_context(|| format!("cannot open the database {}", file.display()))?;
    migrate(&SQLITE, &mut *writer.acquire().await?, &format!("the database {}", file.display())).await?;
    let readers = limits(4).connect_with(any(&options.read_only(true))?).await;
    let readers = readers.with_context(|| format!("cannot read the database {}", file.display()))?;
    Ok(Pools { engine: Engine::Sqlite, readers, writer })
}

async fn open_postgres(PostgresUrl(options): &PostgresUrl) -> anyhow::Result<Pools> {
    // Connect without the timeouts of the pool, because another process may take long to migrate the database.
    let mut conn = options.connect().await.context("cannot open the PostgreSQL database")?;
    migrate(&POSTGRES, &mut conn, "the PostgreSQL database").await?;
    conn.close().await?;
    let limits = limits(POSTGRES_SESSION, POSTGRES_CONNECTIONS, Duration::from_secs(2));
    let pool = limits.connect_with(any(&**options)?).await.context("cannot open the PostgreSQL database")?;
    Ok(Pools { engine: Engine::Postgres, readers: pool.clone(), writer: pool })
}

fn any(options: &impl ConnectOptions) -> sqlx::Result<AnyConnectOptions> {
    AnyConnectOptions::from_url(&options.to_url_lossy())
}

fn limits(session: &'static str, size: u32, timeout: Duration) -> PoolOptions<Db> {
    let limits = PoolOptions::<Db>::new().max_connections(size).acquire_timeout(timeout);
    // Do not reuse a connection that sqlx believes to be in a transaction. On a full disk, SQLite rolls back a
    // transaction by itself and sqlx does not notice, so every later transaction on the connection would fail.
    let limits = limits.before_acquire(|conn, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }));
    limits.after_connect(move |conn, _| Box::pin(async move { conn.execute(session).await.map(drop) }))
}

/// Migrates the schema. On PostgreSQL, sqlx holds a lock during the migration, so that two processes never migrate at
/// the same time.
async fn migrate<'a, A>(migrator: &Migrator, conn: A, name: &str) -> anyhow::Result<()>
where
    A: Acquire<'a>,
    <A::Connection as std::ops::Deref>::Target: Migrate,
{
    migrator.run(conn).await.map_err(|error| match error {
        MigrateError::VersionMissing(version) => {
            anyhow::anyhow!("{name} has schema {version}, which is newer than this program: use a newer program")
        }
        error => anyhow::Error::from(error).context(format!("cannot migrate {name}")),
    })
}

impl Pools {
    pub(super) async fn snapshot(&self) -> sqlx::Result<Tx> {
        match self.engine {
            Engine::Sqlite => self.readers.begin().await,
            Engine::Postgres => self.readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await,
        }
    }

    /// Starts a writing transaction that never overlaps with another transaction of this method or of
    /// [`Self::begin_for`].
    pub(super) async fn begin_alone(&self) -> sqlx::Result<Tx> {
        match self.engine {
            Engine::Sqlite => self.writer.begin_with("BEGIN IMMEDIATE").await,
            Engine::Postgres => {
                let mut tx = self.writer.begin().await?;
                tx.execute(ALONE).await?;
                Ok(tx)
            }
        }
    }

    /// Starts a writing transaction that never overlaps with a transaction of the same partner or of
    /// [`Self::begin_alone`].
    pub(super) async fn begin_for(&self, partner: &str) -> sqlx::Result<Tx> {
        match self.engine {
            Engine::Sqlite => self.begin_alone().await,
            Engine::Postgres => {
                let mut tx = self.writer.begin().await?;
                // Always take the locks in this order, so that two transactions cannot wait for each other.
                tx.execute(OF_PARTNERS).await?;
                sqlx::query(OF_PARTNER).bind(partner).execute(&mut *tx).await?;
                Ok(tx)
            }
        }
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        if self.engine == Engine::Sqlite
            && let Err(error) = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&self.writer).await
        {
            tracing::warn!(%error, "cannot write the journal back into the database file");
        }
        self.writer.close().await;
    }
}

/// Whether this version of the SQLite schema is newer than this program.
pub(super) fn is_newer(schema: i64) -> bool {
    SQLITE.iter().all(|migration| migration.version < schema)
}

pub(super) fn is_sqlite(conn: &Conn) -> bool {
    conn.backend_name() == <sqlx::Sqlite as sqlx::Database>::NAME
}

/// The cause of a failed statement, for both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// A conflict, a timeout or too many connections. Nothing was changed, and another attempt may succeed.
    Busy,
    /// The disk is full or the database is read-only. Reading can still work.
    ReadOnly,
    /// The engine cannot store a text. PostgreSQL rejects texts that contain NUL.
    Text,
    Other,
}

impl Failure {
    pub fn of(error: &sqlx::Error) -> Self {
        let sqlx::Error::Database(database) = error else {
            return if matches!(error, sqlx::Error::PoolTimedOut) { Self::Busy } else { Self::Other };
        };
        match database.code().as_deref() {
            // SQLITE_BUSY: another process held the lock for longer than the busy timeout.
            Some("5") => Self::Busy,
            // PostgreSQL: serialization failure, deadlock, a timeout of a lock, statement or transaction, a terminated
            // or refused connection.
            Some("40001" | "40P01" | "55P03" | "57014" | "57P01" | "57P03" | "53300" | "25P03") => Self::Busy,
            // SQLite: SQLITE_FULL; SQLITE_IOERR_WRITE and SQLITE_IOERR_SHMSIZE, which a disk quota can cause;
            // SQLITE_READONLY.
            Some("13" | "778" | "4874" | "8") => Self::ReadOnly,
            // PostgreSQL: disk full; a write on a read-only replica.
            Some("53100" | "25006") => Self::ReadOnly,
            Some("22021") => Self::Text,
            _ => Self::Other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_full_database_can_still_be_read() {
        let folder = tempfile::TempDir::new().unwrap();
        let pools = open(&Location::from(folder.path())).await.unwrap();
        let mut conn = pools.writer.acquire().await.unwrap();
        conn.execute("PRAGMA max_page_count = 1").await.unwrap();
        let fill = "INSERT INTO partners WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers
                    WHERE n < 10000) SELECT n, n, n FROM numbers";
        assert_eq!(Failure::of(&conn.execute(fill).await.unwrap_err()), Failure::ReadOnly);
        let mut reader = pools.readers.acquire().await.unwrap();
        reader.execute("SELECT COUNT(*) FROM partners").await.unwrap();
        assert_eq!(Failure::of(&reader.execute("DELETE FROM partners").await.unwrap_err()), Failure::ReadOnly);
    }
}
