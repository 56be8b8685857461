//! Returns the balance, movements and expenses of a client. Downloads use [`summary`], [`statement`] and [`expenses`],
//! too, so files have the same figures as the page.

use partner_api::{
    Day, Endpoint, FieldProblem, GetBalance, GetExpenses, Instant, ListMovements, ListServices, Period,
    SummarizeMovements,
    ledger::{
        Balance, Expenses, LedgerFilter, LedgerQuery, Movement, MovementsPage, MovementsSummary, NO_SERVICE, Service,
        Services, code,
    },
};

use crate::{
    auth::Actor,
    endpoint::{Answer, Call},
    error::{Error, Result},
    ledger::{Line, LineMarker, report},
    rules,
    state::App,
    store::{
        Tx, clients,
        ledger::{self, averages},
    },
};

pub(crate) async fn get_balance(app: App, actor: Actor, call: Call<GetBalance>) -> Result<Answer<GetBalance>> {
    let now = app.now();
    let (partner, client) = (actor.partner(), call.path.client_pid.as_str());
    let mut snapshot = app.store.snapshot().await?;
    let billing = clients::billing(&mut snapshot, partner, client).await?.ok_or(Error::NotFound)?;
    Answer::new(&Balance {
        base: billing.base,
        bonus: billing.bonus,
        currency: billing.currency,
        as_of: Instant(now),
        bonuses: ledger::bonuses(&mut snapshot, partner, client).await?,
        average_daily_debit: averages::of_client(&mut snapshot, partner, client, Day::of(now)).await?,
    })
}

pub(crate) async fn list_services(app: App, actor: Actor, call: Call<ListServices>) -> Result<Answer<ListServices>> {
    let (partner, client) = (actor.partner(), call.path.client_pid.as_str());
    let mut snapshot = app.store.snapshot().await?;
    clients::billing(&mut snapshot, partner, client).await?.ok_or(Error::NotFound)?;
    Answer::new(&Services { data: ledger::services(&mut snapshot, partner, client).await? })
}

pub(crate) async fn list_movements(app: App, actor: Actor, call: Call<ListMovements>) -> Result<Answer<ListMovements>> {
    // Single movements have no buckets, so use the granularity that allows the longest period.
    let query = LedgerQuery { granularity: Some("year".into()), ..call.query };
    let (partner, client) = (actor.partner(), call.path.client_pid.as_str());
    let (mut snapshot, _) = open(&app, partner, client).await?;
    let (limit, after, mut problems) = page(&query);
    let filter = match checked(&mut snapshot, partner, client, &query, Day::of(app.now())).await {
        Err(Error::Invalid(others)) => {
            problems.splice(0..0, others);
            return Err(Error::Invalid(problems));
        }
        filter => filter?,
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    // Read one line more than requested, to find out whether there is a next page.
    let mut lines = ledger::lines(&mut snapshot, partner, client, &filter, after, limit + 1).await?;
    let has_more = lines.len() > limit as usize;
    lines.truncate(limit as usize);
    let marker = lines.last().filter(|_| has_more).map(Line::marker);
    let marker = marker.map(rules::encode_line_marker).transpose()?;
    Answer::new(&MovementsPage { data: lines.into_iter().map(Line::movement).collect(), marker })
}

/// Parses the limit and the marker, and returns the problems of both. A limit above the maximum becomes the maximum.
fn page(query: &LedgerQuery) -> (u32, Option<LineMarker>, Vec<FieldProblem>) {
    let mut problems = Vec::new();
    let mut problem =
        |pointer: &str| problems.push(FieldProblem { pointer: pointer.into(), code: code::MALFORMED.into() });
    let limit = query.limit.as_deref().map_or(Ok(u64::from(ListMovements::MAX_ITEMS)), str::parse::<u64>);
    if limit.is_err() {
        problem("/limit");
    }
    let limit = limit.unwrap_or_default().clamp(1, u64::from(ListMovements::MAX_ITEMS));
    let after = query.marker.as_deref().map(rules::decode_line_marker);
    if after == Some(None) {
        problem("/marker");
    }
    (u32::try_from(limit).unwrap_or(ListMovements::MAX_ITEMS), after.flatten(), problems)
}

pub(crate) async fn summarize_movements(
    app: App,
    actor: Actor,
    call: Call<SummarizeMovements>,
) -> Result<Answer<SummarizeMovements>> {
    Answer::new(&summary(&app, actor.partner(), &call.path.client_pid, &call.query).await?)
}

pub(crate) async fn get_expenses(app: App, actor: Actor, call: Call<GetExpenses>) -> Result<Answer<GetExpenses>> {
    Answer::new(&expenses(&app, actor.partner(), &call.path.client_pid, &call.query).await?)
}

/// Returns the movements of a client, grouped by service and bucket.
///
/// # Errors
/// Returns an error if the partner has no such client, a parameter is invalid, or the database fails.
pub(crate) async fn summary(app: &App, partner: &str, client: &str, query: &LedgerQuery) -> Result<MovementsSummary> {
    let (mut snapshot, currency) = open(app, partner, client).await?;
    summarize(&mut snapshot, app, partner, client, query, currency).await
}

/// Returns the summary and all lines that match the filter. Both come from one snapshot, so that they agree.
///
/// # Errors
/// Returns the same errors as [`summary`].
pub(crate) async fn statement(
    app: &App,
    partner: &str,
    client: &str,
    query: &LedgerQuery,
) -> Result<(MovementsSummary, Vec<Movement>, Vec<Service>)> {
    let query = LedgerQuery { granularity: Some("year".into()), ..query.clone() };
    let (mut snapshot, currency) = open(app, partner, client).await?;
    let filter = checked(&mut snapshot, partner, client, &query, Day::of(app.now())).await?;
    let summary = summarize(&mut snapshot, app, partner, client, &query, currency).await?;
    let lines = ledger::lines(&mut snapshot, partner, client, &filter, None, u32::MAX).await?;
    let services = ledger::services(&mut snapshot, partner, client).await?;
    Ok((summary, lines.into_iter().map(Line::movement).collect(), services))
}

/// Returns the expenses by service and bucket, and the expenses of the preceding period.
///
/// # Errors
/// Returns the same errors as [`summary`].
pub(crate) async fn expenses(app: &App, partner: &str, client: &str, query: &LedgerQuery) -> Result<Expenses> {
    // Expenses are always debits, so ignore the direction.
    let query = LedgerQuery { direction: None, ..query.clone() };
    let (mut snapshot, currency) = open(app, partner, client).await?;
    let as_of = Instant(app.now());
    let filter = checked(&mut snapshot, partner, client, &query, Day::of(as_of.0)).await?;
    let services = ledger::services(&mut snapshot, partner, client).await?;
    let both = Period { from: filter.period.preceding().from, to: filter.period.to };
    let sums = ledger::sums(&mut snapshot, partner, client, both).await?;
    Ok(report::expenses(report::Head { filter: &filter, currency, as_of, services: &services }, &sums))
}

async fn summarize(
    snapshot: &mut Tx,
    app: &App,
    partner: &str,
    client: &str,
    query: &LedgerQuery,
    currency: String,
) -> Result<MovementsSummary> {
    let as_of = Instant(app.now());
    let filter = checked(snapshot, partner, client, query, Day::of(as_of.0)).await?;
    let services = ledger::services(snapshot, partner, client).await?;
    let opening = ledger::opening(snapshot, partner, client, filter.period.from).await?;
    let sums = ledger::sums(snapshot, partner, client, filter.period).await?;
    Ok(report::summary(report::Head { filter: &filter, currency, as_of, services: &services }, opening, &sums))
}

/// Opens a snapshot of the database, and returns the client's currency. Fails if the partner has no such client.
async fn open(app: &App, partner: &str, client: &str) -> Result<(Tx, String)> {
    let mut snapshot = app.store.snapshot().await?;
    let billing = clients::billing(&mut snapshot, partner, client).await?.ok_or(Error::NotFound)?;
    Ok((snapshot, billing.currency))
}

/// Parses the filter, and checks that the client's ledger contains the requested service.
async fn checked(
    snapshot: &mut Tx,
    partner: &str,
    client: &str,
    query: &LedgerQuery,
    today: Day,
) -> Result<LedgerFilter> {
    let parsed = LedgerFilter::parse(query, today);
    let is_known = match query.service.as_deref() {
        None | Some(NO_SERVICE) => true,
        Some(requested) => ledger::services(snapshot, partner, client).await?.iter().any(|it| it.code == requested),
    };
    let mut problems = parsed.as_ref().err().cloned().unwrap_or_default();
    if !is_known {
        problems.push(FieldProblem { pointer: "/service".into(), code: code::UNKNOWN_SERVICE.into() });
    }
    match parsed {
        Ok(filter) if is_known => Ok(filter),
        _ => Err(Error::Invalid(problems)),
    }
}
