//! The average daily debit of a client. The average is computed from running totals and stored in the client's row,
//! because the clients list would otherwise take too long to compute thousands of averages.
//!
//! The average depends only on complete days, so a stored average stays valid until the billing day ends. Booking into
//! a complete day deletes the stored average. A missing average is computed on demand, so [`Store::refresh_averages`]
//! makes the list fast but does not change its contents.

use std::collections::HashMap;

use partner_api::{Amount, Day};
use sqlx::{Row, any::AnyRow};

use crate::store::{
    Conn, QueryBuilder, Store,
    builder::{PIDS_OF_PARTNER, push_pids},
};

/// Maximum number of days over which the average is computed.
const AVERAGE_DAYS: i32 = 30;
/// Maximum number of clients that one transaction updates. A larger number would make other writing transactions wait
/// too long.
const AT_ONCE: i64 = 1_000;
/// Number of rows that one statement updates. A row binds 2 values and the statement binds 1 more. The total must not
/// exceed 999, because some versions of SQLite accept no more.
const ROWS_AT_ONCE: usize = 499;
/// Maximum number of clients in one query. A client binds one value, and every engine accepts at least 999 values.
const PIDS_AT_ONCE: usize = 900;

/// Adds the columns that [`read`] needs to a `SELECT … FROM clients`: the total debits before today, the total debits
/// before the days of the average, and the first day of the ledger. Each column takes one look-up by primary key per
/// client.
pub(super) fn push_columns(query: &mut QueryBuilder, today: Day) {
    for border in [today, today.plus(-AVERAGE_DAYS)] {
        query.push(", (SELECT debits_total FROM ledger_days WHERE client_pid = clients.pid AND day < ");
        query.push_bind(border.number()).push(" ORDER BY day DESC LIMIT 1)");
    }
    query.push(", (SELECT MIN(day) FROM ledger_days WHERE client_pid = clients.pid)");
}

/// Computes the average debit from the columns of [`push_columns`], which must be the second to the fourth column of
/// the row. Returns `None` if the ledger has no complete day yet.
fn read(row: &AnyRow, today: Day) -> sqlx::Result<Option<Amount>> {
    let until: Option<i64> = row.try_get(1)?;
    let before: Option<i64> = row.try_get(2)?;
    let first: Option<i32> = row.try_get(3)?;
    let days = first.map_or(0, |first| (today.number() - first).min(AVERAGE_DAYS));
    if days <= 0 {
        return Ok(None);
    }
    let spent = Amount::from_micros(until.unwrap_or(0) - before.unwrap_or(0));
    Ok(spent.0.checked_div(days.into()).map(|mean| Amount(mean).rounded()))
}

/// Returns the average daily debit of a client; `None` if the ledger has no complete day yet or the client does not
/// belong to the partner.
pub async fn of_client(conn: &mut Conn, partner: &str, client: &str, today: Day) -> sqlx::Result<Option<Amount>> {
    let mut query = QueryBuilder::new("SELECT pid");
    push_columns(&mut query, today);
    query.push(" FROM clients WHERE partner_pid = ").push_bind(partner).push(" AND pid = ").push_bind(client);
    let row = query.build(conn).fetch_optional(conn).await?;
    row.map_or(Ok(None), |row| read(&row, today))
}

/// Returns the average daily debit for each PID. Clients of other partners are omitted.
pub async fn of_clients(
    conn: &mut Conn,
    partner: &str,
    pids: &[&str],
    today: Day,
) -> sqlx::Result<HashMap<String, Option<Amount>>> {
    let mut averages = HashMap::new();
    for pids in pids.chunks(PIDS_AT_ONCE) {
        let mut query = QueryBuilder::new("SELECT pid");
        push_columns(&mut query, today);
        query.push(" FROM clients").push(PIDS_OF_PARTNER).push_bind(partner);
        push_pids(&mut query, pids);
        for row in query.build(conn).fetch_all(&mut *conn).await? {
            averages.insert(row.try_get(0)?, read(&row, today)?);
        }
    }
    Ok(averages)
}

/// Finds clients of all partners whose row does not contain today's average, and computes the averages of up to `limit`
/// of them.
async fn missing(conn: &mut Conn, today: Day, limit: i64) -> sqlx::Result<Vec<(String, Option<Amount>)>> {
    let mut query = QueryBuilder::new("SELECT pid");
    push_columns(&mut query, today);
    query.push(" FROM clients WHERE COALESCE(average_day, -1) <> ").push_bind(today.number());
    query.push(" LIMIT ").push_bind(limit);
    let rows = query.build(conn).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, read(row, today)?))).collect()
}

impl Store {
    /// Stores today's average in the rows of all clients that do not have it yet.
    pub async fn refresh_averages(&self, today: Day) -> sqlx::Result<()> {
        // Check without a lock first, because usually there is nothing to do.
        while !missing(&mut *self.read().await?, today, 1).await?.is_empty() {
            let mut tx = self.begin().await?;
            let missing = missing(&mut tx, today, AT_ONCE).await?;
            for missing in missing.chunks(ROWS_AT_ONCE) {
                let mut query = QueryBuilder::new("UPDATE clients SET average_day = ");
                query.push_bind(today.number()).push(", average_micros = kept.column2 FROM (");
                query.push_values(missing, |values, (client, average)| {
                    values.push_bind(client).push_bind(average.and_then(Amount::to_micros));
                });
                query.push(") AS kept WHERE pid = kept.column1");
                query.build(&tx).execute(&mut *tx).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }
}
