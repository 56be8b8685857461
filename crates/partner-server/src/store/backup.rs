//! Copies of SQLite's database: made while a server uses it, and put where there is none. PostgreSQL has commands of its
//! own for that, see docs/deployment.md.

use std::{
    fs::{self, File, OpenOptions},
    io::ErrorKind,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail, ensure};
use sqlx::{ConnectOptions, Connection, Row, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{
    Store, audit,
    engine::{FILE, is_newer},
};

/// What a database has that was restored.
#[derive(Clone, Debug)]
pub struct Restored {
    /// How many partners.
    pub partners: i64,
    /// How many clients they have.
    pub clients: i64,
    /// Whether its audit log is as it was written.
    pub audit: Result<audit::Verified, audit::Broken>,
}

/// Copies the database of the folder as of one moment into a new file, and gives its size in bytes. The file is there
/// once it is whole, was looked through and is on the disk. The schema stays what it is.
///
/// # Errors
/// There is no database, the file exists or cannot be written, or the database is damaged or of a newer program.
pub async fn back_up(folder: &Path, copy: &Path) -> anyhow::Result<u64> {
    let database = folder.join(FILE);
    ensure!(database.is_file(), "there is no database in {}", folder.display());
    ensure!(!copy.exists(), "{} is there already: it stays as it is", copy.display());
    let partial = Partial::beside(copy)?;
    let mut conn = open(&database).await?;
    let text = partial.0.to_str().context("the name of the copy is not UTF-8")?;
    let copied = sqlx::query("VACUUM INTO $1").bind(text).execute(&mut conn).await;
    copied.with_context(|| format!("cannot copy {} to {}", database.display(), copy.display()))?;
    conn.close().await?;
    check(&mut open(&partial.0).await?, &database).await?;
    partial.keep_as(copy)
}

/// Puts a copy into a folder that has no database, brings its schema up to date, and ends all sessions: some were ended
/// since. The copy stays as it is.
///
/// # Errors
/// The folder has a database, the copy is none of ours, damaged or of a newer program, or the folder cannot be written.
pub async fn restore(copy: &Path, folder: &Path) -> anyhow::Result<Restored> {
    ensure!(copy.is_file(), "there is no file {}", copy.display());
    let database = folder.join(FILE);
    // A journal that is left behind would be taken for that of the copy.
    for ending in ["", "-wal", "-shm"] {
        let file = folder.join(format!("{FILE}{ending}"));
        ensure!(!file.exists(), "{} is there already: move it away, with no server running on it", file.display());
    }
    let mut conn = open(copy).await?;
    check(&mut conn, copy).await?;
    conn.close().await?;

    fs::create_dir_all(folder).with_context(|| format!("cannot create the data folder {}", folder.display()))?;
    let partial = Partial::beside(&database)?;
    fs::copy(copy, &partial.0).with_context(|| format!("cannot copy {} to {}", copy.display(), folder.display()))?;
    let mut conn = SqliteConnectOptions::new().filename(&partial.0).connect().await?;
    sqlx::query("DELETE FROM sessions").execute(&mut conn).await?;
    conn.close().await?;
    partial.keep_as(&database)?;

    let store = Store::open(folder).await?;
    let mut snapshot = store.snapshot().await?;
    let counts = "SELECT (SELECT COUNT(*) FROM partners), (SELECT COUNT(*) FROM clients WHERE partner_pid IS NOT NULL)";
    let counts = sqlx::query(counts).fetch_one(&mut *snapshot).await?;
    let audit = audit::verify(&mut snapshot).await?;
    drop(snapshot);
    store.close().await;
    Ok(Restored { partners: counts.try_get(0)?, clients: counts.try_get(1)?, audit })
}

async fn open(file: &Path) -> anyhow::Result<SqliteConnection> {
    let conn = SqliteConnectOptions::new().filename(file).read_only(true).connect().await;
    conn.with_context(|| format!("cannot read the database {}", file.display()))
}

/// Whether it is a database of this program or an older one, and whole.
async fn check(conn: &mut SqliteConnection, file: &Path) -> anyhow::Result<()> {
    let name = format!("the database {}", file.display());
    let schema = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut *conn).await;
    let schema: i64 = schema.with_context(|| format!("{} is no database of this program", file.display()))?;
    if is_newer(schema) {
        bail!("{name} has schema {schema}, which is newer than this program: use a newer program");
    }
    let found: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut *conn).await?;
    ensure!(found == "ok", "{name} is damaged: {}", found.replace('\n', " "));
    let orphan = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *conn).await?;
    ensure!(orphan.is_none(), "{name} is damaged: a row refers to one that is not there");
    Ok(())
}

/// A file that becomes another one when it is whole, and goes if it does not.
struct Partial(PathBuf);

impl Partial {
    fn beside(whole: &Path) -> anyhow::Result<Self> {
        let mut name = whole.file_name().context("the copy needs the name of a file")?.to_owned();
        name.push(".partial");
        let file = whole.with_file_name(name);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => create(&file),
        }
        .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Self(file))
    }

    /// Its size in bytes.
    fn keep_as(self, whole: &Path) -> anyhow::Result<u64> {
        let keep = || -> std::io::Result<u64> {
            let file = File::open(&self.0)?;
            file.sync_all()?;
            fs::rename(&self.0, whole)?;
            // On Unix the name is a fact once its folder is on the disk as well.
            #[cfg(unix)]
            if let Some(folder) = whole.parent() {
                File::open(if folder.as_os_str().is_empty() { Path::new(".") } else { folder })?.sync_all()?;
            }
            Ok(file.metadata()?.len())
        };
        keep().with_context(|| format!("cannot write {}", whole.display()))
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        // It is gone where it was kept.
        let _ = fs::remove_file(&self.0);
    }
}

/// Nobody else reads it: there are hashes of passwords in it.
fn create(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}
