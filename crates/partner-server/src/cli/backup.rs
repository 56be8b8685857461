//! The commands that back up and restore the SQLite database.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;

use super::{Data, audit::print_verified, print};
use crate::store::backup;

#[derive(Debug, Args)]
pub(super) struct Backup {
    /// File to write, which must not exist yet. Keep it as secret as the database.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

#[derive(Debug, Args)]
pub(super) struct Restore {
    /// The copy to restore. It is not changed.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn back_up(args: Backup) -> anyhow::Result<()> {
    check_engine(&args.data)?;
    let bytes = backup::back_up(&args.data.data, &args.file).await?;
    print(&format!("Copied the database to {}, {} kB", args.file.display(), bytes.div_ceil(1000)));
    Ok(())
}

pub(super) async fn restore(args: Restore) -> anyhow::Result<()> {
    check_engine(&args.data)?;
    let restored = backup::restore(&args.file, &args.data.data).await?;
    let folder = args.data.data.display();
    print(&format!("Restored {} partners with {} clients to {folder}", restored.partners, restored.clients));
    print("All users have to sign in again. Emails that were queued when the copy was made will be sent again.");
    print_verified(restored.audit)
}

fn check_engine(data: &Data) -> anyhow::Result<()> {
    let is_sqlite = data.database_url.is_none();
    ensure!(
        is_sqlite,
        "this command is for SQLite only; use pg_dump and pg_restore for PostgreSQL, see docs/deployment.md"
    );
    Ok(())
}
