//! Returns the figures of the balance page as a CSV or XLSX file.

use partner_api::{
    Client, ExportExpenses, ExportMovements, FieldProblem, Period,
    ledger::{Direction, LedgerQuery, Service},
};

use super::ledger as reports;
use crate::{
    auth::Actor,
    endpoint::{Call, File},
    error::{Error, Result},
    export::{
        Options, View,
        file_name::{disposition, file_name},
        sheet::Sheet,
        tables::{self, Head},
    },
    state::App,
    store::{clients, ledger},
};

/// Maximum number of lines in a statement. Spreadsheet programs become slow with more lines.
const MAX_LINES: u32 = 200_000;
/// Error code at `/to` if the statement would have more than [`MAX_LINES`] lines.
const TOO_MANY: &str = "too_many";

pub(crate) async fn export_movements(app: App, actor: Actor, call: Call<ExportMovements>) -> Result<File> {
    let (partner, pid) = (actor.partner(), call.path.client_pid.as_str());
    let subject = Subject::find(&app, partner, pid).await?;
    let query = LedgerQuery { sort: None, ..call.query };
    let options = Options::parse(&query);
    if !matches!(options, Ok(Options { view: View::Statement, .. })) {
        let (options, summary) = both(options, reports::summary(&app, partner, pid, &query).await)?;
        let sheet = tables::grouped(&subject.head(&options, &query), &summary);
        return subject.file(options, summary.period, "", sheet).await;
    }
    // A statement has no buckets, so use the granularity that allows the longest period. Check the number of lines in
    // the summary first, so that a statement that is too long is rejected before any line is read.
    let query = LedgerQuery { granularity: Some("year".into()), ..query };
    let (options, summary) = both(options, reports::summary(&app, partner, pid, &query).await)?;
    if summary.shown.lines > MAX_LINES {
        return Err(Error::field("/to", TOO_MANY));
    }
    let (summary, movements, _) = reports::statement(&app, partner, pid, &query).await?;
    let sheet = tables::statement(&subject.head(&options, &query), &summary, &movements);
    subject.file(options, summary.period, "_statement", sheet).await
}

pub(crate) async fn export_expenses(app: App, actor: Actor, call: Call<ExportExpenses>) -> Result<File> {
    let (partner, pid) = (actor.partner(), call.path.client_pid.as_str());
    let subject = Subject::find(&app, partner, pid).await?;
    let query = LedgerQuery { view: None, ..call.query };
    let reply = reports::expenses(&app, partner, pid, &query).await;
    let (options, expenses) = both(Options::parse(&query), reply)?;
    let sheet = tables::expenses(&subject.head(&options, &query), &expenses, options.order);
    subject.file(options, expenses.period, "_expenses", sheet).await
}

/// Combines the options and the report of a download. If the parameters of both are invalid, returns the problems of
/// both, so that the caller can fix all of them at once.
fn both<T>(options: Result<Options, Vec<FieldProblem>>, reply: Result<T>) -> Result<(Options, T)> {
    match (options, reply) {
        (Ok(options), Ok(reply)) => Ok((options, reply)),
        (Err(problems), Err(Error::Invalid(others))) => Err(Error::Invalid([others, problems].concat())),
        (_, Err(error)) => Err(error),
        (Err(problems), Ok(_)) => Err(Error::Invalid(problems)),
    }
}

struct Subject {
    client: Client,
    services: Vec<Service>,
}

impl Subject {
    async fn find(app: &App, partner: &str, pid: &str) -> Result<Self> {
        let conn = &mut *app.store.read().await?;
        let client = clients::find(conn, partner, pid).await?.ok_or(Error::NotFound)?;
        Ok(Self { client, services: ledger::services(conn, partner, pid).await? })
    }

    fn head<'a>(&'a self, options: &Options, query: &'a LedgerQuery) -> Head<'a> {
        Head {
            locale: options.locale,
            pid: &self.client.pid,
            email: self.client.owner.email.as_deref(),
            name: self.client.owner.name.as_deref(),
            direction: query.direction.as_deref().and_then(Direction::of_code),
            service: query.service.as_deref(),
            services: &self.services,
        }
    }

    /// Writes the sheet as a file. Uses a blocking thread, because writing takes too long for an async thread.
    async fn file(&self, options: Options, period: Period, suffix: &str, sheet: Sheet) -> Result<File> {
        let client = self.client.owner.email.as_deref().unwrap_or(&self.client.pid);
        let disposition = disposition(&file_name(client, period, suffix, options.format));
        let written = tokio::task::spawn_blocking(move || options.format.write(&sheet));
        let bytes = written.await.map_err(anyhow::Error::from)??;
        Ok(File { content_type: options.format.content_type(), disposition, bytes })
    }
}
