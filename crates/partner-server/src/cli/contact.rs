//! The commands for contact requests, and for emails that have not been sent.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use csv::{Terminator, WriterBuilder};
use partner_api::{UnixTime, contact::REPLY_HOURS};
use serde_json::json;

use super::{Data, open, print};
use crate::{
    audit::rfc3339,
    clock::{Clock, SystemClock, later},
    export::neutral,
    store::{
        contact::{self, ContactRow, ListFilter},
        outbox,
    },
};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print contact requests as JSON, one per line, oldest first.
    List(List),
    /// Write contact requests as CSV for spreadsheets.
    Export(Export),
    /// Record that a request has been answered.
    Answer(Answer),
}

#[derive(Debug, Args)]
struct Filter {
    #[command(flatten)]
    data: Data,
    /// Only requests that have not been answered.
    #[arg(long)]
    unanswered: bool,
    /// Only requests that have not been answered within 48 hours.
    #[arg(long)]
    overdue: bool,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    filter: Filter,
    /// Maximum number of requests; the latest are printed.
    #[arg(long, default_value_t = 100)]
    limit: u32,
}

#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    filter: Filter,
    /// File to write [default: standard output].
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Answer {
    #[command(flatten)]
    data: Data,
    /// Number of the request, for example C-48217395. The digits are sufficient.
    reference: String,
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List(args) => {
            let now = SystemClock.now();
            for row in read(&args.filter, Some(args.limit), now).await? {
                print(&line(&row, now).to_string());
            }
            Ok(())
        }
        Command::Export(args) => export(args).await,
        Command::Answer(args) => answer(args).await,
    }
}

async fn read(filter: &Filter, limit: Option<u32>, now: UnixTime) -> anyhow::Result<Vec<ContactRow>> {
    let unanswered_before = if filter.overdue { Some(due_before(now)) } else { filter.unanswered.then_some(now) };
    let store = open(&filter.data).await?;
    let rows = contact::list(&mut *store.read().await?, ListFilter { unanswered_before, limit }).await?;
    store.close().await;
    Ok(rows)
}

/// Returns the time [`REPLY_HOURS`] before now. Contact requests from that time or earlier are overdue unless they have
/// been answered.
fn due_before(now: UnixTime) -> UnixTime {
    later(now, -i64::try_from(REPLY_HOURS).unwrap_or(i64::MAX) * 60 * 60 * 1000)
}

fn is_overdue(row: &ContactRow, now: UnixTime) -> bool {
    row.answered_at.is_none() && row.created_at <= due_before(now)
}

fn line(row: &ContactRow, now: UnixTime) -> serde_json::Value {
    json!({
        "reference": row.reference,
        "at": rfc3339(row.created_at),
        "name": row.name,
        "email": row.email,
        "phone": row.phone,
        "company": row.company,
        "message": row.message,
        "locale": row.locale.code(),
        "partner": row.partner_pid,
        "network": row.network,
        "answered_at": row.answered_at.map(rfc3339),
        "overdue": is_overdue(row, now),
    })
}

async fn export(args: Export) -> anyhow::Result<()> {
    let now = SystemClock.now();
    let rows = read(&args.filter, None, now).await?;
    let bytes = csv(&rows, now)?;
    match &args.output {
        Some(file) => std::fs::write(file, bytes).with_context(|| format!("cannot write {}", file.display())),
        None => std::io::Write::write_all(&mut std::io::stdout(), &bytes).context("cannot write the output"),
    }
}

/// Formats contact requests as CSV with a byte order mark and CRLF. Texts that a spreadsheet could run as formulas get
/// an apostrophe.
fn csv(rows: &[ContactRow], now: UnixTime) -> anyhow::Result<Vec<u8>> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer("\u{feff}".as_bytes().to_vec());
    let heads = ["Number", "Received", "Name", "Email", "Phone", "Company", "Message", "Language", "Partner"];
    writer.write_record(heads.into_iter().chain(["Answered", "Overdue"]))?;
    for row in rows {
        let received = rfc3339(row.created_at);
        let answered = row.answered_at.map(rfc3339).unwrap_or_default();
        let texts = [
            row.reference.as_str(),
            &received,
            &row.name,
            &row.email,
            &row.phone,
            &row.company,
            row.message.as_deref().unwrap_or_default(),
            row.locale.code(),
            row.partner_pid.as_deref().unwrap_or_default(),
            &answered,
            if is_overdue(row, now) { "yes" } else { "no" },
        ];
        for text in texts {
            writer.write_field(neutral(text).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    Ok(writer.into_inner()?)
}

async fn answer(args: Answer) -> anyhow::Result<()> {
    // Use only the digits of the number, because an operator who heard the number on the phone may type a Cyrillic «С».
    let digits: String = args.reference.chars().filter(char::is_ascii_digit).collect();
    let reference = format!("C-{digits}");
    let store = open(&args.data).await?;
    let mut tx = store.begin().await?;
    let Some(row) = contact::find(&mut tx, &reference).await? else { bail!("there is no contact request {reference}") };
    if let Some(at) = row.answered_at {
        bail!("{reference} has been answered already, at {}", rfc3339(at));
    }
    contact::answer(&mut tx, &reference, SystemClock.now()).await?;
    tx.commit().await?;
    store.close().await;
    print(&format!("Recorded that {reference} has been answered"));
    Ok(())
}

/// Prints the emails that have not been sent. In the output, `letter` and `given_up_at` are deprecated names of `email`
/// and `failed_at`.
pub(super) async fn emails(data: Data) -> anyhow::Result<()> {
    let store = open(&data).await?;
    let emails = outbox::undelivered(&mut *store.read().await?).await?;
    for email in emails {
        let line = json!({
            "email": email.id,
            "letter": email.id,
            "kind": email.kind,
            "subject": email.subject,
            "at": rfc3339(email.created_at),
            "attempts": email.attempts,
            "next_try_at": email.failed_at.is_none().then(|| rfc3339(email.next_try_at)),
            "failed_at": email.failed_at.map(rfc3339),
            "given_up_at": email.failed_at.map(rfc3339),
        });
        print(&line.to_string());
    }
    store.close().await;
    Ok(())
}
