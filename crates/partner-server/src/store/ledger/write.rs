//! Booking of movements. A booking changes ledger lines, daily sums, balances and bonuses in one transaction, so that
//! they always agree.

use anyhow::Context;
use partner_api::{Day, UnixTime, ledger::Account};
use sqlx::{Row, any::AnyRow};

use super::{Conn, QueryBuilder, direction_number, kind_number, line};
use crate::ledger::{
    BonusPart, Line,
    book::{Book, BookedDay, Booking},
};
use crate::store::Store;

impl Store {
    /// Books movements of a client in one transaction. The movements must be sorted by time.
    ///
    /// # Errors
    /// Returns an error if the client does not exist, a movement cannot be booked (see `NotBooked`), or the database
    /// fails.
    pub async fn book(&self, client: &str, bookings: &[Booking<'_>]) -> anyhow::Result<()> {
        let mut tx = self.begin().await?;
        let before = load(&mut tx, client).await?.context("the client does not exist")?;
        let mut after = before.clone();
        for booking in bookings {
            let sql = "SELECT service_group FROM services WHERE code = $1";
            let group = sqlx::query_scalar(sql).bind(booking.entry.service()).fetch_optional(&mut *tx).await?;
            let group: Option<String> = group.flatten();
            after.book(booking, group.as_deref())?;
        }
        save(&mut tx, client, &before, &after).await?;
        tx.commit().await?;
        Ok(())
    }

    /// Removes expired bonuses of all clients.
    pub async fn expire_bonuses(&self, now: UnixTime) -> sqlx::Result<()> {
        let sql = "SELECT DISTINCT client_pid FROM bonuses WHERE expires < $1";
        let over = || sqlx::query_scalar(sql).bind(Day::of(now).number());
        // Check without a lock first, because usually no bonus has expired.
        if over().fetch_optional(&mut *self.read().await?).await?.map(|_: String| ()).is_none() {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        for client in &over().fetch_all(&mut *tx).await? {
            let client: &String = client;
            let Some(before) = load(&mut tx, client).await? else { continue };
            let mut after = before.clone();
            after.expire(now);
            save(&mut tx, client, &before, &after).await?;
        }
        tx.commit().await
    }
}

/// Maximum number of values in one statement. Every engine accepts at least 999.
const VALUES_AT_ONCE: usize = 999;

/// Loads the book (balances, bonuses and last day) of a client; `None` if the client does not exist.
pub async fn load(conn: &mut Conn, client: &str) -> sqlx::Result<Option<Book>> {
    let row = sqlx::query("SELECT base_micros, bonus_micros FROM clients WHERE pid = $1").bind(client);
    let Some(row) = row.fetch_optional(&mut *conn).await? else { return Ok(None) };
    let sql = "SELECT left_micros, service_group, expires FROM bonuses WHERE client_pid = $1 ORDER BY number";
    let parts = sqlx::query(sql).bind(client).fetch_all(&mut *conn).await?;
    let part = |row: &AnyRow| {
        let expires: Option<i32> = row.try_get(2)?;
        Ok(BonusPart { left: row.try_get(0)?, group: row.try_get(1)?, expires: expires.map(Day::from_number) })
    };
    let mut book = Book::new(row.try_get(0)?, parts.iter().map(part).collect::<sqlx::Result<_>>()?);
    book.bonus = row.try_get(1)?;

    let sql = "SELECT day, debits_micros, deposits_micros, debits_total, closing_micros FROM ledger_days
               WHERE client_pid = $1 ORDER BY day DESC LIMIT 1";
    if let Some(row) = sqlx::query(sql).bind(client).fetch_optional(&mut *conn).await? {
        let day: i32 = row.try_get(0)?;
        let sql = "SELECT day, seq, number, at, service, kind, account, description, exact_micros, counted_micros,
                   balance_micros FROM movements WHERE client_pid = $1 AND day = $2 ORDER BY seq";
        let lines = sqlx::query(sql).bind(client).bind(day).fetch_all(conn).await?;
        book.open = Some(BookedDay {
            day: Day::from_number(day),
            lines: lines.iter().map(line).collect::<sqlx::Result<_>>()?,
            debits: row.try_get(1)?,
            deposits: row.try_get(2)?,
            debits_total: row.try_get(3)?,
            closing: row.try_get(4)?,
        });
    }
    Ok(Some(book))
}

/// Stores the difference between the loaded book (`before`) and the changed book (`after`).
pub async fn save(conn: &mut Conn, client: &str, before: &Book, after: &Book) -> sqlx::Result<()> {
    let known = before.open.as_ref();
    for day in after.closed.iter().chain(&after.open) {
        match known.filter(|known| known.day == day.day) {
            Some(known) if known == day => {}
            Some(known) => replace_day(conn, client, known, day).await?,
            None => insert_days(conn, &[(client, day)]).await?,
        }
    }
    if after.bonuses != before.bonuses {
        sqlx::query("DELETE FROM bonuses WHERE client_pid = $1").bind(client).execute(&mut *conn).await?;
        insert_bonuses(conn, client, &after.bonuses).await?;
    }
    // A stored average that was computed on a later day does not include these movements, so delete the average.
    let first = before.open.as_ref().or(after.closed.first()).or(after.open.as_ref()).map(|day| day.day.number());
    let sql = "UPDATE clients SET base_micros = $1, bonus_micros = $2,
               average_day = CASE WHEN average_day > $3 THEN NULL ELSE average_day END WHERE pid = $4";
    sqlx::query(sql).bind(after.base).bind(after.bonus).bind(first).bind(client).execute(conn).await?;
    Ok(())
}

/// Rewrites the sums of the last day, and its lines starting at the first line that differs from the stored line.
async fn replace_day(conn: &mut Conn, client: &str, known: &BookedDay, day: &BookedDay) -> sqlx::Result<()> {
    let same = known.lines.iter().zip(&day.lines).take_while(|(known, line)| known == line).count();
    if let Some(first) = known.lines.get(same) {
        let sql = "DELETE FROM movements WHERE client_pid = $1 AND day = $2 AND seq >= $3";
        sqlx::query(sql).bind(client).bind(day.day.number()).bind(first.seq).execute(&mut *conn).await?;
    }
    for table in ["DELETE FROM movement_sums", "DELETE FROM ledger_days"] {
        let mut query = QueryBuilder::new(table);
        query.push(" WHERE client_pid = ").push_bind(client).push(" AND day = ").push_bind(day.day.number());
        query.build(conn).execute(&mut *conn).await?;
    }
    let lines: Vec<(&str, &Line)> = day.lines[same..].iter().map(|line| (client, line)).collect();
    insert_lines(conn, &lines).await?;
    insert_sums(conn, &[(client, day)]).await
}

/// Writes days that are not stored yet, each with the PID of its client.
pub async fn insert_days(conn: &mut Conn, days: &[(&str, &BookedDay)]) -> sqlx::Result<()> {
    let lines: Vec<(&str, &Line)> =
        days.iter().flat_map(|(client, day)| day.lines.iter().map(|line| (*client, line))).collect();
    insert_lines(conn, &lines).await?;
    insert_sums(conn, days).await
}

async fn insert_lines(conn: &mut Conn, lines: &[(&str, &Line)]) -> sqlx::Result<()> {
    for lines in lines.chunks(VALUES_AT_ONCE / 13) {
        let mut query = QueryBuilder::new(
            "INSERT INTO movements (client_pid, day, seq, number, at, service, direction, kind, account, description,
             exact_micros, counted_micros, balance_micros) ",
        );
        query.push_values(lines, |values, (client, line)| {
            values
                .push_bind(*client)
                .push_bind(line.day.number())
                .push_bind(line.seq)
                .push_bind(line.number)
                .push_bind(line.at.millis)
                .push_bind(&line.service)
                .push_bind(direction_number(line.direction()))
                .push_bind(kind_number(line.kind))
                .push_bind(i64::from(line.account == Account::Bonus))
                .push_bind(line.description.as_deref())
                .push_bind(line.exact)
                .push_bind(line.counted)
                .push_bind(line.balance);
        });
        query.build(conn).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Writes the totals of days and their sums by service and direction, and records which services the client uses.
async fn insert_sums(conn: &mut Conn, days: &[(&str, &BookedDay)]) -> sqlx::Result<()> {
    for days in days.chunks(VALUES_AT_ONCE / 6) {
        let mut query = QueryBuilder::new(
            "INSERT INTO ledger_days (client_pid, day, debits_micros, deposits_micros, debits_total, closing_micros) ",
        );
        query.push_values(days, |values, (client, day)| {
            values
                .push_bind(*client)
                .push_bind(day.day.number())
                .push_bind(day.debits)
                .push_bind(day.deposits)
                .push_bind(day.debits_total)
                .push_bind(day.closing);
        });
        query.build(conn).execute(&mut *conn).await?;
    }
    let sums: Vec<_> = days.iter().flat_map(|(client, day)| day.sums().into_iter().map(|sum| (*client, sum))).collect();
    for sums in sums.chunks(VALUES_AT_ONCE / 7) {
        let mut query = QueryBuilder::new(
            "INSERT INTO movement_sums (client_pid, day, service, direction, counted_micros, lines, rounded) ",
        );
        query.push_values(sums, |values, (client, sum)| {
            values
                .push_bind(*client)
                .push_bind(sum.day.number())
                .push_bind(&sum.service)
                .push_bind(direction_number(sum.direction))
                .push_bind(sum.counted)
                .push_bind(sum.lines)
                .push_bind(sum.rounded);
        });
        query.build(conn).execute(&mut *conn).await?;
    }
    let mut used: Vec<(&str, &str)> = sums.iter().map(|(client, sum)| (*client, sum.service.as_str())).collect();
    used.sort_unstable();
    used.dedup();
    used.retain(|(_, service)| !service.is_empty());
    for used in used.chunks(VALUES_AT_ONCE / 2) {
        let mut query = QueryBuilder::new("INSERT INTO ledger_services (client_pid, service) ");
        query.push_values(used, |values, (client, service)| {
            values.push_bind(*client).push_bind(*service);
        });
        query.push(" ON CONFLICT DO NOTHING");
        query.build(conn).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Writes the bonuses of a client that has no stored bonuses.
pub async fn insert_bonuses(conn: &mut Conn, client: &str, parts: &[BonusPart]) -> sqlx::Result<()> {
    for (part, number) in parts.iter().zip(1_i64..) {
        let sql = "INSERT INTO bonuses (client_pid, number, left_micros, service_group, expires)
                   VALUES ($1, $2, $3, $4, $5)";
        let query = sqlx::query(sql).bind(client).bind(number).bind(part.left).bind(part.group.as_deref());
        query.bind(part.expires.map(Day::number)).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Adds a service of the cloud, or changes its name and group.
pub async fn put_service(conn: &mut Conn, service: &partner_api::ledger::Service) -> sqlx::Result<()> {
    let sql = "INSERT INTO services (code, name, service_group) VALUES ($1, $2, $3)
               ON CONFLICT (code) DO UPDATE SET name = excluded.name, service_group = excluded.service_group";
    sqlx::query(sql).bind(&service.code).bind(&service.name).bind(&service.group).execute(conn).await?;
    Ok(())
}
