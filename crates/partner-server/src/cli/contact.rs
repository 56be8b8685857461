//! The commands for who answers: contact requests, and letters that did not leave.

use std::path::PathBuf;

use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use csv::{Terminator, WriterBuilder};
use partner_api::{UnixTime, contact::REPLY_HOURS};
use serde_json::json;

use super::{Data, open, say};
use crate::{
    audit::rfc3339,
    clock::{Clock, SystemClock, later},
    export::neutral,
    store::{
        contact::{self, ContactRow, Wanted},
        outbox,
    },
};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print contact requests, oldest first, one JSON object a line.
    List(List),
    /// Write contact requests as CSV, which spreadsheets open.
    Export(Export),
    /// Note that somebody answered a request.
    Answer(Answer),
}

#[derive(Debug, Args)]
struct Filter {
    #[command(flatten)]
    data: Data,
    /// Only those that nobody answered.
    #[arg(long)]
    unanswered: bool,
    /// Only those that nobody answered within 48 hours.
    #[arg(long)]
    overdue: bool,
}

#[derive(Debug, Args)]
pub(super) struct List {
    #[command(flatten)]
    filter: Filter,
    /// At most so many, the newest.
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
    /// Number of the request, as C-48217395; the digits are enough.
    reference: String,
}

pub(super) async fn run(command: Command) -> anyhow::Result<()> {
    match command {
        Command::List(args) => {
            let now = SystemClock.now();
            for row in read(&args.filter, Some(args.limit), now).await? {
                say(&line(&row, now).to_string());
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
    let rows = contact::list(&mut *store.read().await?, Wanted { unanswered_before, limit }).await?;
    store.close().await;
    Ok(rows)
}

/// A request from before this instant should have been answered.
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

/// With a byte order mark and CRLF, as all our CSV; what could be a formula is made harmless.
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
    // Said on the telephone, the letter may well be a Cyrillic one.
    let digits: String = args.reference.chars().filter(char::is_ascii_digit).collect();
    let reference = format!("C-{digits}");
    let store = open(&args.data).await?;
    let mut tx = store.begin().await?;
    let Some(row) = contact::find(&mut tx, &reference).await? else { bail!("there is no contact request {reference}") };
    if let Some(at) = row.answered_at {
        bail!("{reference} was answered at {}", rfc3339(at));
    }
    contact::answer(&mut tx, &reference, SystemClock.now()).await?;
    tx.commit().await?;
    store.close().await;
    say(&format!("{reference} is answered"));
    Ok(())
}

/// Prints the letters that did not leave.
pub(super) async fn letters(data: Data) -> anyhow::Result<()> {
    let store = open(&data).await?;
    let letters = outbox::undelivered(&mut *store.read().await?).await?;
    for letter in letters {
        let line = json!({
            "letter": letter.id,
            "kind": letter.kind,
            "subject": letter.subject,
            "at": rfc3339(letter.created_at),
            "attempts": letter.attempts,
            "next_try_at": letter.failed_at.is_none().then(|| rfc3339(letter.next_try_at)),
            "given_up_at": letter.failed_at.map(rfc3339),
        });
        say(&line.to_string());
    }
    store.close().await;
    Ok(())
}
