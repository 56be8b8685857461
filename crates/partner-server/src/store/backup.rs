//! Backup and restore of the SQLite database. A backup can run while a server uses the database. docs/deployment.md
//! describes the backup of PostgreSQL.

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

#[derive(Clone, Debug)]
pub struct Restored {
    pub partners: i64,
    pub clients: i64,
    pub audit: Result<audit::Verified, audit::Broken>,
}

/// Copies a consistent snapshot of the database into a new file, and returns the size of the file in bytes. The file
/// appears under its final name only after the copy has been checked and synced to the disk. The schema is not
/// migrated.
///
/// # Errors
/// Returns an error if there is no database, the file exists or cannot be written, or the database is damaged or
/// belongs to a newer program.
pub async fn back_up(folder: &Path, copy: &Path) -> anyhow::Result<u64> {
    let database = folder.join(FILE);
    ensure!(database.is_file(), "there is no database in {}", folder.display());
    ensure!(!copy.exists(), "{} already exists; refusing to overwrite it", copy.display());
    let partial = Partial::beside(copy)?;
    let mut conn = open(&database).await?;
    let text = partial.0.to_str().context("the name of the copy is not UTF-8")?;
    let copied = sqlx::query("VACUUM INTO $1").bind(text).execute(&mut conn).await;
    copied.with_context(|| format!("cannot copy {} to {}", database.display(), copy.display()))?;
    conn.close().await?;
    check(&mut open(&partial.0).await?, &database).await?;
    partial.keep_as(copy)
}

/// Restores a copy into a folder that has no database, and migrates the schema. All sessions are deleted, because users
/// may have signed out after the copy was made.
///
/// # Errors
/// Returns an error if the folder already has a database, the copy is damaged or belongs to a newer or another program,
/// or the folder cannot be written.
pub async fn restore(copy: &Path, folder: &Path) -> anyhow::Result<Restored> {
    ensure!(copy.is_file(), "there is no file {}", copy.display());
    let database = folder.join(FILE);
    // Reject a folder with a database, which must not be overwritten, or with a leftover journal, which SQLite would
    // apply to the restored database.
    for ending in ["", "-wal", "-shm"] {
        let file = folder.join(format!("{FILE}{ending}"));
        ensure!(!file.exists(), "{} already exists; stop the server and move the file away", file.display());
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

/// Checks that the file is an intact database of this program or of an older version.
async fn check(conn: &mut SqliteConnection, file: &Path) -> anyhow::Result<()> {
    let name = format!("the database {}", file.display());
    let schema = sqlx::query_scalar("SELECT MAX(version) FROM _sqlx_migrations").fetch_one(&mut *conn).await;
    let schema: i64 = schema.with_context(|| format!("{} is not a database of this program", file.display()))?;
    if is_newer(schema) {
        bail!("{name} has schema {schema}, which is newer than this program: use a newer program");
    }
    let found: String = sqlx::query_scalar("PRAGMA integrity_check(1)").fetch_one(&mut *conn).await?;
    ensure!(found == "ok", "{name} is damaged: {}", found.replace('\n', " "));
    let orphan = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&mut *conn).await?;
    ensure!(orphan.is_none(), "{name} is damaged: a row refers to a missing row");
    Ok(())
}

/// A temporary file. `keep_as` gives the file its final name; otherwise, dropping the value deletes the file.
struct Partial(PathBuf);

impl Partial {
    fn beside(whole: &Path) -> anyhow::Result<Self> {
        let mut name = whole.file_name().context("the copy must have a file name")?.to_owned();
        name.push(".partial");
        let file = whole.with_file_name(name);
        match fs::remove_file(&file) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            _ => create(&file),
        }
        .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Self(file))
    }

    /// Syncs and renames the file, and returns its size in bytes.
    fn keep_as(self, whole: &Path) -> anyhow::Result<u64> {
        let keep = || -> std::io::Result<u64> {
            let file = File::open(&self.0)?;
            file.sync_all()?;
            fs::rename(&self.0, whole)?;
            // Sync the folder, too, because on Unix a rename is not durable before that.
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
        // Ignore the error, because after a rename there is nothing to delete.
        let _ = fs::remove_file(&self.0);
    }
}

/// Creates a file for a copy of the database. On Unix, only the owner can read the file, because it contains password
/// hashes.
fn create(file: &Path) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}
