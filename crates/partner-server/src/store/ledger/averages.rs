//! The average daily debit: computed from running totals, and kept on the client's row for the list.
//!
//! It depends on complete days alone, so it holds for a billing day; booking into a complete day drops it. What is not
//! kept is computed where it is asked for: nobody depends on [`Store::refresh_averages`] but the list's speed.

use std::collections::HashMap;

use partner_api::{Amount, Day};
use sqlx::{Row, any::AnyRow};

use crate::store::{
    Conn, QueryBuilder, Store,
    builder::{PIDS_OF_PARTNER, push_pids},
};

/// Days that the average debit is taken of.
const AVERAGE_DAYS: i32 = 30;
/// Clients of one transaction: others want to write as well.
const AT_ONCE: i64 = 1_000;
/// Rows of one statement: 2 values each, and one more, and no engine takes fewer than 999.
const ROWS_AT_ONCE: usize = 499;
/// Clients of one query: a value each, and no engine takes fewer than 999.
const PIDS_AT_ONCE: usize = 900;

/// Adds the columns that [`read`] reads to a `SELECT … FROM clients`: debits until today, debits before the days of the
/// average, first day. Three look-ups by primary key a client.
pub(super) fn push_columns(query: &mut QueryBuilder, today: Day) {
    for border in [today, today.plus(-AVERAGE_DAYS)] {
        query.push(", (SELECT debits_total FROM ledger_days WHERE client_pid = clients.pid AND day < ");
        query.push_bind(border.number()).push(" ORDER BY day DESC LIMIT 1)");
    }
    query.push(", (SELECT MIN(day) FROM ledger_days WHERE client_pid = clients.pid)");
}

/// Mean debit of a complete day, from the columns of [`push_columns`] after the first; `None` without a complete day.
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

/// Of one client; `None` also for one that the partner does not have.
pub async fn of_client(conn: &mut Conn, partner: &str, client: &str, today: Day) -> sqlx::Result<Option<Amount>> {
    let mut query = QueryBuilder::new("SELECT pid");
    push_columns(&mut query, today);
    query.push(" FROM clients WHERE partner_pid = ").push_bind(partner).push(" AND pid = ").push_bind(client);
    let row = query.build(conn).fetch_optional(conn).await?;
    row.map_or(Ok(None), |row| read(&row, today))
}

/// PID and average of these clients, as far as the partner has them. Of these alone: a partner may have very many.
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

/// PID and average of some clients, whoever has them, whose row does not have today's.
async fn missing(conn: &mut Conn, today: Day, limit: i64) -> sqlx::Result<Vec<(String, Option<Amount>)>> {
    let mut query = QueryBuilder::new("SELECT pid");
    push_columns(&mut query, today);
    query.push(" FROM clients WHERE COALESCE(average_day, -1) <> ").push_bind(today.number());
    query.push(" LIMIT ").push_bind(limit);
    let rows = query.build(conn).fetch_all(conn).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, read(row, today)?))).collect()
}

impl Store {
    /// Keeps today's average on the rows that do not have it.
    pub async fn refresh_averages(&self, today: Day) -> sqlx::Result<()> {
        // Most rounds find nothing, and need not keep others from writing.
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
