//! Queries on the ledger of a client: lines, stored daily sums and bonuses. Booking is in [`mod@write`].
//!
//! No query in this file scans the whole ledger. Each reads the data of one client by primary key, and reports add up
//! the stored daily sums instead of the lines.

pub mod averages;
#[cfg(test)]
mod tests;
pub mod write;

use partner_api::{
    Amount, Day, Period, UnixTime,
    ledger::{Account, Bonus, Direction, LedgerFilter, MovementKind, NO_SERVICE, Service},
};
use sqlx::{Row, any::AnyRow};

use super::{Conn, QueryBuilder};
use crate::ledger::{DaySum, Line, LineMarker};

/// Inserts a subquery between two pieces of SQL. The subquery returns the PID of client `$2` only if the client belongs
/// to partner `$1`, so that the query cannot read the ledger of another partner's client.
macro_rules! of_client {
    ($before:literal, $after:literal) => {
        concat!($before, "(SELECT pid FROM clients WHERE partner_pid = $1 AND pid = $2)", $after)
    };
}

const CLOSING_BEFORE: &str =
    of_client!("SELECT closing_micros FROM ledger_days WHERE client_pid = ", " AND day < $3 ORDER BY day DESC LIMIT 1");
const FIRST_OPENING: &str = of_client!(
    "SELECT closing_micros - deposits_micros + debits_micros FROM ledger_days WHERE client_pid = ",
    " ORDER BY day LIMIT 1"
);
const SUMS: &str = of_client!(
    "SELECT day, service, direction, counted_micros, lines, rounded FROM movement_sums WHERE client_pid = ",
    " AND day BETWEEN $3 AND $4 ORDER BY day, service, direction"
);

const KINDS: [MovementKind; 6] = [
    MovementKind::Usage,
    MovementKind::Subscription,
    MovementKind::Payment,
    MovementKind::Bonus,
    MovementKind::Refund,
    MovementKind::Expiry,
];

fn kind_number(kind: MovementKind) -> i64 {
    KINDS.into_iter().zip(0..).find(|(known, _)| *known == kind).map_or(-1, |(_, number)| number)
}

fn kind_of(number: i64) -> MovementKind {
    usize::try_from(number).ok().and_then(|number| KINDS.get(number)).copied().unwrap_or_default()
}

const fn direction_number(direction: Direction) -> i64 {
    match direction {
        Direction::Debit => 0,
        Direction::Deposit => 1,
    }
}

/// Returns the sum of both accounts at the beginning of a day, in micros (millionths of the currency unit).
pub async fn opening(conn: &mut Conn, partner: &str, client: &str, day: Day) -> sqlx::Result<i64> {
    let before = sqlx::query_scalar(CLOSING_BEFORE).bind(partner).bind(client).bind(day.number());
    if let Some(closing) = before.fetch_optional(&mut *conn).await? {
        return Ok(closing);
    }
    // No earlier day has movements, so return the balance before the first movement. If the ledger is empty, return the
    // current balance.
    let first = sqlx::query_scalar(FIRST_OPENING).bind(partner).bind(client);
    if let Some(opening) = first.fetch_optional(&mut *conn).await? {
        return Ok(opening);
    }
    let now = "SELECT base_micros + bonus_micros FROM clients WHERE partner_pid = $1 AND pid = $2";
    sqlx::query_scalar(now).bind(partner).bind(client).fetch_one(conn).await
}

/// Returns the sums for each day, service and direction, oldest first.
pub async fn sums(conn: &mut Conn, partner: &str, client: &str, period: Period) -> sqlx::Result<Vec<DaySum>> {
    let query = sqlx::query(SUMS).bind(partner).bind(client);
    let rows = query.bind(period.from.number()).bind(period.to.number()).fetch_all(conn).await?;
    let sum = |row: &AnyRow| {
        Ok(DaySum {
            day: Day::from_number(row.try_get(0)?),
            service: row.try_get(1)?,
            direction: direction_of(row.try_get(2)?),
            counted: row.try_get(3)?,
            lines: row.try_get(4)?,
            rounded: row.try_get(5)?,
        })
    };
    rows.iter().map(sum).collect()
}

const fn direction_of(number: i64) -> Direction {
    if number == 0 { Direction::Debit } else { Direction::Deposit }
}

/// Returns the services for which the client's ledger has movements, sorted by name.
pub async fn services(conn: &mut Conn, partner: &str, client: &str) -> sqlx::Result<Vec<Service>> {
    let sql = of_client!(
        "SELECT used.service, COALESCE(services.name, used.service), services.service_group FROM ledger_services used
         LEFT JOIN services ON services.code = used.service WHERE used.client_pid = ",
        " ORDER BY 2, 1"
    );
    let rows = sqlx::query(sql).bind(partner).bind(client).fetch_all(conn).await?;
    let service = |row: &AnyRow| Ok(Service { code: row.try_get(0)?, name: row.try_get(1)?, group: row.try_get(2)? });
    rows.iter().map(service).collect()
}

/// Returns at most `limit` lines that match the filter and come after the marker, oldest first.
pub async fn lines(
    conn: &mut Conn,
    partner: &str,
    client: &str,
    filter: &LedgerFilter,
    after: Option<LineMarker>,
    limit: u32,
) -> sqlx::Result<Vec<Line>> {
    lines_query(partner, client, filter, after, limit).build(conn).fetch_all(conn).await?.iter().map(line).collect()
}

fn lines_query(
    partner: &str,
    client: &str,
    filter: &LedgerFilter,
    after: Option<LineMarker>,
    limit: u32,
) -> QueryBuilder {
    let mut query = QueryBuilder::new(
        "SELECT day, seq, number, at, service, kind, account, description, exact_micros, counted_micros, balance_micros
         FROM movements WHERE client_pid = (SELECT pid FROM clients WHERE partner_pid = ",
    );
    query.push_bind(partner).push(" AND pid = ").push_bind(client).push(") AND day BETWEEN ");
    // Add a condition on the day alone, because not every engine uses the index for the comparison of row values below.
    let from = after.map_or(filter.period.from.number(), |marker| marker.day.max(filter.period.from.number()));
    query.push_bind(from).push(" AND ").push_bind(filter.period.to.number());
    if let Some(marker) = after {
        query.push(" AND (day, seq) > (").push_bind(marker.day).push(", ").push_bind(marker.seq).push(")");
    }
    if let Some(direction) = filter.direction {
        query.push(" AND direction = ").push_bind(direction_number(direction));
    }
    if let Some(service) = &filter.service {
        query.push(" AND service = ").push_bind(if service == NO_SERVICE { "" } else { service });
    }
    query.push(" ORDER BY day, seq LIMIT ").push_bind(i64::from(limit));
    query
}

fn line(row: &AnyRow) -> sqlx::Result<Line> {
    Ok(Line {
        day: Day::from_number(row.try_get(0)?),
        seq: row.try_get(1)?,
        number: row.try_get(2)?,
        at: UnixTime { millis: row.try_get(3)? },
        service: row.try_get(4)?,
        kind: kind_of(row.try_get(5)?),
        account: if row.try_get::<i64, _>(6)? == 0 { Account::Personal } else { Account::Bonus },
        description: row.try_get(7)?,
        exact: row.try_get(8)?,
        counted: row.try_get(9)?,
        balance: row.try_get(10)?,
    })
}

/// Returns the bonuses of a client, sorted by expiry; bonuses that do not expire come last.
pub async fn bonuses(conn: &mut Conn, partner: &str, client: &str) -> sqlx::Result<Vec<Bonus>> {
    let sql = of_client!(
        "SELECT left_micros, service_group, expires FROM bonuses WHERE client_pid = ",
        " ORDER BY expires IS NULL, expires, number"
    );
    let rows = sqlx::query(sql).bind(partner).bind(client).fetch_all(conn).await?;
    let bonus = |row: &AnyRow| {
        let expires: Option<i32> = row.try_get(2)?;
        Ok(Bonus {
            amount: Amount::from_micros(row.try_get(0)?),
            service_group: row.try_get(1)?,
            expires: expires.map(Day::from_number),
        })
    };
    rows.iter().map(bonus).collect()
}
