//! The commands that copy SQLite's database and put a copy in place.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use super::{Data, audit::say_verified, say};
use crate::store::backup;

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// File to write; it must not be there yet. It is as secret as the database.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The copy; it stays as it is.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn back_up(args: Backup) -> anyhow::Result<()> {
    check_engine(&args.data)?;
    let bytes = backup::back_up(&args.data.data, &args.file).await?;
    say(&format!("Copied the database to {}, {} kB", args.file.display(), bytes.div_ceil(1000)));
    Ok(())
}

pub(super) async fn restore(args: Restore) -> anyhow::Result<()> {
    check_engine(&args.data)?;
    let restored = backup::restore(&args.file, &args.data.data).await?;
    let folder = args.data.data.display();
    say(&format!("Restored {} partners with {} clients to {folder}", restored.partners, restored.clients));
    say("Everybody signs in again; letters that waited when the copy was made leave once more");
    say_verified(restored.audit)
}

fn check_engine(data: &Data) -> anyhow::Result<()> {
    let is_sqlite = data.database_url.is_none();
    ensure!(is_sqlite, "PostgreSQL has commands of its own for this: pg_dump and pg_restore, see docs/deployment.md");
    Ok(())
}
