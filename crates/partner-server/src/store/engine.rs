//! The two engines: SQLite in the data folder, or PostgreSQL elsewhere. Whatever differs between them is in this file
//! and in `migrations/`; all SQL is read by both.

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

/// Name of the database in its folder.
pub(super) const FILE: &str = "partner.sqlite";
static SQLITE: Migrator = sqlx::migrate!("migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("migrations/postgres");

/// Of each connection. The journal is told to be one before the rest: the busy timeout that this may need is sqlx's
/// own, 5 s, set before anything else.
const SQLITE_SESSION: &str =
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000";
/// Of each connection: nobody waits for ever, and nobody makes others wait for ever.
const POSTGRES_SESSION: &str = "SET statement_timeout = '5s'; SET lock_timeout = '2s'; \
     SET idle_in_transaction_session_timeout = '10s'; SET default_transaction_isolation = 'read committed'";
/// Connections of one process to PostgreSQL, which has 100 for all of them unless told otherwise.
const POSTGRES_CONNECTIONS: u32 = 10;
/// The advisory lock of [`Pools::begin_alone`]; those of partners are made of a second number.
const ALONE: &str = "SELECT pg_advisory_xact_lock(7001)";
const OF_PARTNERS: &str = "SELECT pg_advisory_xact_lock_shared(7001)";
const OF_PARTNER: &str = "SELECT pg_advisory_xact_lock(7001, hashtext($1))";

/// Where the database is.
#[derive(Clone, Debug)]
pub enum Location {
    /// SQLite, in a folder.
    Folder(PathBuf),
    /// PostgreSQL, at an address.
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

/// Address of a PostgreSQL database, as `postgres://user:password@host:5432/database?sslmode=verify-full`. It may hold a
/// password, so it is never printed.
#[derive(Clone)]
pub struct PostgresUrl(Box<PgConnectOptions>);

impl FromStr for PostgresUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_postgres = text.starts_with("postgres://") || text.starts_with("postgresql://");
        let options = is_postgres.then(|| text.parse().ok()).flatten();
        options
            .map(|options| Self(Box::new(options)))
            .ok_or("not an address as postgres://user:password@host:5432/database")
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PostgresUrl(…)")
    }
}

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Engine {
    Sqlite,
    Postgres,
}

/// Connections of an open database.
#[derive(Debug)]
pub(super) struct Pools {
    pub(super) engine: Engine,
    /// Connections that read; of SQLite they cannot do anything else.
    pub(super) readers: Pool<Db>,
    pub(super) writer: Pool<Db>,
}

/// Opens the database, makes it where it is missing, and brings the schema up to date.
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
    // Without the timeouts of the pool: a process waits here while another one migrates, however long that takes.
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

fn limits(session: &'static str, size: u32, patience: Duration) -> PoolOptions<Db> {
    let limits = PoolOptions::<Db>::new().max_connections(size).acquire_timeout(patience);
    // A full disk makes SQLite end a transaction by itself, of which sqlx does not learn: it would refuse each next one.
    let limits = limits.before_acquire(|conn, _| Box::pin(async move { Ok(!conn.is_in_transaction()) }));
    limits.after_connect(move |conn, _| Box::pin(async move { conn.execute(session).await.map(drop) }))
}

/// Under a lock of the database where it has one: of several processes one migrates.
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
    /// Starts a transaction that sees one moment and changes nothing.
    pub(super) async fn snapshot(&self) -> sqlx::Result<Tx> {
        match self.engine {
            Engine::Sqlite => self.readers.begin().await,
            Engine::Postgres => self.readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await,
        }
    }

    /// Starts a transaction beside which no other one writes.
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

    /// Starts a transaction beside which none of the partner's writes, and none that is alone.
    pub(super) async fn begin_for(&self, partner: &str) -> sqlx::Result<Tx> {
        match self.engine {
            Engine::Sqlite => self.begin_alone().await,
            Engine::Postgres => {
                let mut tx = self.writer.begin().await?;
                // Always in this order, so that no two wait for each other.
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
            tracing::warn!(%error, "no checkpoint");
        }
        self.writer.close().await;
    }
}

/// Whether a schema of SQLite is one that this program does not know yet.
pub(super) fn is_newer(schema: i64) -> bool {
    SQLITE.iter().all(|migration| migration.version < schema)
}

/// Whether a connection is one to SQLite.
pub(super) fn is_sqlite(conn: &Conn) -> bool {
    conn.backend_name() == <sqlx::Sqlite as sqlx::Database>::NAME
}

/// Why a statement failed, in terms of both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// Others were faster, or the database is at its limit: nothing happened, and another try may succeed.
    Busy,
    /// The database cannot be written: the disk is full, or it is read-only. It can be read.
    ReadOnly,
    /// A text that this engine cannot store: PostgreSQL has no NUL.
    Text,
    /// Anything else.
    Other,
}

impl Failure {
    pub fn of(error: &sqlx::Error) -> Self {
        let sqlx::Error::Database(database) = error else {
            return if matches!(error, sqlx::Error::PoolTimedOut) { Self::Busy } else { Self::Other };
        };
        match database.code().as_deref() {
            // SQLITE_BUSY: another process wrote for longer than the busy timeout.
            Some("5") => Self::Busy,
            // Serialization failure, deadlock, lock and statement timeouts, a terminated or refused connection.
            Some("40001" | "40P01" | "55P03" | "57014" | "57P01" | "57P03" | "53300" | "25P03") => Self::Busy,
            // SQLITE_FULL; SQLITE_IOERR_WRITE and _SHMSIZE, of a quota; SQLITE_READONLY.
            Some("13" | "778" | "4874" | "8") => Self::ReadOnly,
            // Disk full; a transaction on a server that is a copy of another.
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
    async fn a_full_database_is_one_that_can_be_read() {
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
