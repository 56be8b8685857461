//! The commands of the audit log: print its latest entries, verify its hash chain.

use anyhow::bail;
use clap::{Args, Subcommand};

use super::{Data, open, print};
use crate::{
    audit::rfc3339,
    clock::UnixTime,
    store::audit::{Broken, Verified},
};

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Audit {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    print: PrintArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Verify that no entry was changed, deleted or inserted; report the first one that was.
    Verify(Data),
}

#[derive(Debug, Args)]
struct PrintArgs {
    #[command(flatten)]
    data: Data,
    /// Maximum number of entries.
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

pub(super) async fn run(args: Audit) -> anyhow::Result<()> {
    match args.command {
        Some(Command::Verify(data)) => verify(&data).await,
        None => print_latest(&args.print).await,
    }
}

async fn print_latest(args: &PrintArgs) -> anyhow::Result<()> {
    let store = open(&args.data).await?;
    for line in store.audit_lines(args.limit).await? {
        let mut object = serde_json::to_value(&line)?;
        object["at"] = rfc3339(UnixTime { millis: line.at }).into();
        print(&object.to_string());
    }
    Ok(())
}

async fn verify(data: &Data) -> anyhow::Result<()> {
    print_verified(open(data).await?.verify_audit().await?)
}

pub(super) fn print_verified(verified: Result<Verified, Broken>) -> anyhow::Result<()> {
    match verified {
        Ok(whole) => {
            print(&format!("Verified entries: {}. Hash of the last entry: {}", whole.lines, whole.hash));
            if whole.unchained > 0 {
                print(&format!("Older entries without a hash, which cannot be verified: {}", whole.unchained));
            }
            Ok(())
        }
        Err(Broken::Changed(seq)) => bail!("entry {seq} of the audit log was changed"),
        Err(Broken::Split(seq)) => {
            bail!("the hash chain of the audit log breaks before entry {seq}: entries were deleted or inserted")
        }
        Err(Broken::End) => {
            bail!(
                "the last entry does not match the recorded hash: recent entries were deleted, or added by another program"
            )
        }
    }
}
