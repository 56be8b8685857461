//! The commands of the audit log: print its newest lines, verify that nobody changed it.

use anyhow::bail;
use clap::{Args, Subcommand};

use super::{Data, open, say};
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
    print: Print,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Verify that no line was changed, taken out or put in; name the first one that was.
    Verify(Data),
}

#[derive(Debug, Args)]
struct Print {
    #[command(flatten)]
    data: Data,
    /// At most so many lines.
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

pub(super) async fn run(args: Audit) -> anyhow::Result<()> {
    match args.command {
        Some(Command::Verify(data)) => verify(&data).await,
        None => print(&args.print).await,
    }
}

async fn print(args: &Print) -> anyhow::Result<()> {
    let store = open(&args.data).await?;
    for line in store.audit_lines(args.limit).await? {
        let mut object = serde_json::to_value(&line)?;
        object["at"] = rfc3339(UnixTime { millis: line.at }).into();
        say(&object.to_string());
    }
    Ok(())
}

async fn verify(data: &Data) -> anyhow::Result<()> {
    say_verified(open(data).await?.verify_audit().await?)
}

/// Says what is to be said of the log; what is wrong with it is the error.
pub(super) fn say_verified(verified: Result<Verified, Broken>) -> anyhow::Result<()> {
    match verified {
        Ok(whole) => {
            say(&format!("{} lines are as they were written; the newest one has the hash {}", whole.lines, whole.hash));
            if whole.unchained > 0 {
                say(&format!("{} older lines are from before there were hashes", whole.unchained));
            }
            Ok(())
        }
        Err(Broken::Changed(seq)) => bail!("line {seq} of the audit log is not what was written"),
        Err(Broken::Parted(seq)) => bail!("before line {seq} of the audit log, lines were taken out or put in"),
        Err(Broken::End) => {
            bail!("the audit log does not end where it ended: its newest lines were taken out or put in")
        }
    }
}
