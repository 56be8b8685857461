//! A separate database for each test. It is an SQLite file in a temporary folder, or a database on the PostgreSQL
//! server that `PARTNER_TEST_DATABASE` names (`postgres://user@host:port/postgres`). `cargo xtask test postgres` starts
//! a PostgreSQL server.

use std::{
    path::Path,
    sync::atomic::{AtomicU32, Ordering},
    time::SystemTime,
};

use partner_server::store::Location;
use sqlx::{AnyConnection, AssertSqlSafe, Connection, Executor, PgConnection, any::install_default_drivers};
use tempfile::TempDir;
use url::Url;

use crate::support::fill;

/// The data folder and the database of a server. Dropping the value deletes both.
pub(crate) struct Data {
    folder: TempDir,
    /// URL of the PostgreSQL database. `None` for SQLite.
    url: Option<Url>,
}

impl Data {
    /// An empty database without a schema.
    pub(crate) fn empty() -> Self {
        let folder = TempDir::new().unwrap();
        let url = server().map(|server| at_once(async move || create(&server, &new_name(), "template0").await));
        Self { folder, url }
    }

    /// A copy of a database with the demonstration data, including ledgers of `months` months. The original is filled
    /// only once and then copied, because filling takes longer than a test.
    pub(crate) fn filled(months: u32) -> Self {
        let Some(server) = server() else { return Self::filled_on_sqlite(months) };
        let folder = TempDir::new().unwrap();
        let url = at_once(async move || {
            let template = template(&server, months).await;
            create(&server, &new_name(), &template).await
        });
        Self { folder, url: Some(url) }
    }

    pub(crate) fn empty_on_sqlite() -> Self {
        Self { folder: TempDir::new().unwrap(), url: None }
    }

    pub(crate) fn filled_on_sqlite(months: u32) -> Self {
        let data = Self::empty_on_sqlite();
        std::fs::write(data.path().join("partner.sqlite"), &*crate::support::filled_file(months)).unwrap();
        data
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    pub(crate) fn location(&self) -> Location {
        match &self.url {
            Some(url) => Location::Postgres(url.as_str().parse().unwrap()),
            None => Location::from(self.path()),
        }
    }

    pub(crate) fn url(&self) -> Option<&str> {
        self.url.as_ref().map(Url::as_str)
    }

    /// Opens a connection to the database that bypasses the server.
    pub(crate) async fn connect(&self) -> AnyConnection {
        install_default_drivers();
        // Create the file if it is missing, because an empty database has no file yet.
        let file = || format!("sqlite:{}/partner.sqlite?mode=rwc", self.path().display());
        let url = self.url().map_or_else(file, str::to_owned);
        AnyConnection::connect(&url).await.unwrap()
    }
}

impl Drop for Data {
    fn drop(&mut self) {
        let (Some(server), Some(url)) = (server(), self.url.take()) else { return };
        at_once(async move || {
            let mut conn = PgConnection::connect(server.as_str()).await.unwrap();
            execute(&mut conn, format!("DROP DATABASE {} WITH (FORCE)", name_of(&url))).await;
        });
    }
}

/// URL of the PostgreSQL server for the tests. `None` if the tests use SQLite.
fn server() -> Option<Url> {
    let url = std::env::var("PARTNER_TEST_DATABASE").ok()?;
    Some(url.parse().unwrap())
}

/// Runs a future to its end on a new thread with its own runtime, because destructors and some tests are not async.
pub(crate) fn at_once<T, F>(work: impl FnOnce() -> F + Send + 'static) -> T
where
    T: Send + 'static,
    F: Future<Output = T>,
{
    let run = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work());
    std::thread::spawn(run).join().unwrap()
}

fn new_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("partner_test_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

fn name_of(url: &Url) -> &str {
    url.path().trim_start_matches('/')
}

async fn execute(conn: &mut PgConnection, sql: String) {
    conn.execute(AssertSqlSafe(sql)).await.unwrap();
}

async fn create(server: &Url, name: &str, template: &str) -> Url {
    let mut conn = PgConnection::connect(server.as_str()).await.unwrap();
    execute(&mut conn, format!("CREATE DATABASE {name} TEMPLATE {template}")).await;
    let mut url = server.clone();
    url.set_path(name);
    url
}

/// Returns the name of the template database with demonstration data. All processes of the test program share this
/// database, and the first process creates it.
async fn template(server: &Url, months: u32) -> String {
    let built = std::env::current_exe().unwrap().metadata().unwrap().modified().unwrap();
    let built = built.duration_since(SystemTime::UNIX_EPOCH).unwrap().as_nanos();
    let name = format!("partner_filled_{months}_{built}");
    let mut conn = PgConnection::connect(server.as_str()).await.unwrap();
    let lock = sqlx::query("SELECT pg_advisory_lock($1)").bind(i64::from(months));
    lock.execute(&mut conn).await.unwrap();
    let found = sqlx::query("SELECT 1 FROM pg_database WHERE datname = $1").bind(&name);
    if found.fetch_optional(&mut conn).await.unwrap().is_none() {
        let new = new_name();
        let url = create(server, &new, "template0").await;
        let data = Data { folder: TempDir::new().unwrap(), url: Some(url) };
        let mut data = fill(data, months).await;
        data.url = None;
        execute(&mut conn, format!("ALTER DATABASE {new} RENAME TO {name}")).await;
    }
    name
}
