//! Queries on the clients of a partner.

use std::collections::HashMap;

use partner_api::{
    Amount, Client, Day, UnixTime,
    billing::ClientBilling,
    client::{ClientAttributes, ClientBalance, ClientOwner},
    ledger::lasts_days,
};
use sqlx::{Row, any::AnyRow};

use super::{
    Conn, QueryBuilder,
    builder::{PIDS_OF_PARTNER, push_pids},
    flag,
    ledger::averages,
};
use crate::text::email_key;

/// The last client of a page. The next page starts after this client.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct ClientMarker {
    pub email_key: String,
    pub pid: String,
}

/// The facts about a client that decide whether an operation is allowed.
#[derive(Clone, Copy, Debug)]
pub struct ClientFacts {
    pub is_enabled: bool,
    /// Whether another operation of the cloud is running on the client, so that bulk operations are rejected.
    pub is_held: bool,
}

impl ClientFacts {
    /// Name of the state in the audit log.
    pub fn state(self) -> &'static str {
        if self.is_enabled { "active" } else { "blocked" }
    }
}

const COLUMNS: &str = "SELECT pid, enabled, phone, created_at, identifier, email, uid, name, company";
const BALANCE: &str = ", base_micros, bonus_micros, currency";
/// Stands for the average daily debit in a query result if the row does not store today's average, see [`averages`].
const NOT_STORED: i64 = -1;
const OF_PARTNER: &str = " FROM clients WHERE partner_pid = ";

/// Returns the clients that come after the marker, at most `limit`, sorted by email. If `with_balance` contains the
/// current billing day, the clients have balances.
pub async fn list(
    conn: &mut Conn,
    partner: &str,
    after: Option<&ClientMarker>,
    limit: Option<u32>,
    with_balance: Option<Day>,
) -> sqlx::Result<Vec<Client>> {
    // Read balances only if requested, because additional columns slow down a query of ten thousand rows.
    let mut query = QueryBuilder::new(COLUMNS);
    if let Some(today) = with_balance {
        query.push(BALANCE).push(", CASE WHEN average_day = ").push_bind(today.number());
        query.push(" THEN average_micros ELSE ").push_bind(NOT_STORED).push(" END");
    }
    query.push(OF_PARTNER).push_bind(partner);
    if let Some(marker) = after {
        query.push(" AND (email_key, pid) > (").push_bind(&marker.email_key);
        query.push(", ").push_bind(&marker.pid).push(")");
    }
    query.push(" ORDER BY email_key, pid");
    if let Some(limit) = limit {
        query.push(" LIMIT ").push_bind(i64::from(limit));
    }
    let rows = query.build(conn).fetch_all(&mut *conn).await?;
    let mut clients = rows.iter().map(|row| client(row, with_balance.is_some())).collect::<sqlx::Result<Vec<_>>>()?;
    if let Some(today) = with_balance {
        let is_missing = |row: &AnyRow| Ok::<_, sqlx::Error>(row.try_get::<Option<i64>, _>(12)? == Some(NOT_STORED));
        let missing = rows.iter().map(is_missing).collect::<sqlx::Result<Vec<_>>>()?;
        let of_missing = clients.iter().zip(missing).filter(|(_, is_missing)| *is_missing);
        let pids: Vec<&str> = of_missing.map(|(client, _)| client.pid.as_str()).collect();
        let averages = averages::of_clients(conn, partner, &pids, today).await?;
        for client in &mut clients {
            if let (Some(balance), Some(Some(daily))) = (&mut client.balance, averages.get(&client.pid)) {
                balance.lasts_days = lasts_days(balance.base + balance.bonus, *daily);
            }
        }
    }
    Ok(clients)
}

pub async fn count(conn: &mut Conn, partner: &str) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM clients WHERE partner_pid = $1").bind(partner).fetch_one(conn).await
}

pub async fn find(conn: &mut Conn, partner: &str, pid: &str) -> sqlx::Result<Option<Client>> {
    let mut query = QueryBuilder::new(COLUMNS);
    query.push(OF_PARTNER).push_bind(partner).push(" AND pid = ").push_bind(pid);
    query.build(conn).fetch_optional(conn).await?.map(|row| client(&row, false)).transpose()
}

fn client(row: &AnyRow, with_balance: bool) -> sqlx::Result<Client> {
    let pid: String = row.try_get(0)?;
    let balance = if with_balance {
        let (base, bonus) = (Amount::from_micros(row.try_get(9)?), Amount::from_micros(row.try_get(10)?));
        let daily: Option<i64> = row.try_get(12)?;
        let daily = daily.filter(|daily| *daily != NOT_STORED).map(Amount::from_micros);
        let lasts_days = daily.and_then(|daily| lasts_days(base + bonus, daily));
        Some(ClientBalance { base, bonus, currency: row.try_get(11)?, lasts_days })
    } else {
        None
    };
    Ok(Client {
        title: Some(pid.clone()),
        pid,
        enabled: Some(flag(row, 1)?),
        phone: row.try_get(2)?,
        ctime: Some(UnixTime { millis: row.try_get(3)? }),
        attr: ClientAttributes { client_id: row.try_get(4)? },
        owner: ClientOwner {
            email: Some(row.try_get(5)?),
            uid: Some(row.try_get::<i64, _>(6)?.to_string()),
            name: row.try_get(7)?,
            company: row.try_get(8)?,
        },
        balance,
    })
}

/// Sets the client's identifier. Returns `false` if the partner does not have the client.
pub async fn set_identifier(conn: &mut Conn, partner: &str, pid: &str, identifier: Option<&str>) -> sqlx::Result<bool> {
    let done = sqlx::query("UPDATE clients SET identifier = $1 WHERE partner_pid = $2 AND pid = $3")
        .bind(identifier)
        .bind(partner)
        .bind(pid)
        .execute(conn)
        .await?;
    Ok(done.rows_affected() == 1)
}

pub async fn billing(conn: &mut Conn, partner: &str, pid: &str) -> sqlx::Result<Option<Billing>> {
    let row = sqlx::query(
        "SELECT base_micros, bonus_micros, currency, legal_form, verified FROM clients
         WHERE partner_pid = $1 AND pid = $2",
    )
    .bind(partner)
    .bind(pid)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(Billing {
            base: Amount::from_micros(row.try_get(0)?),
            bonus: Amount::from_micros(row.try_get(1)?),
            currency: row.try_get(2)?,
            legal_form: row.try_get(3)?,
            is_verified: flag(&row, 4)?,
        })
    })
    .transpose()
}

pub struct Billing {
    pub base: Amount,
    pub bonus: Amount,
    pub currency: String,
    legal_form: Option<String>,
    is_verified: bool,
}

impl Billing {
    pub fn summary(self, pid: String) -> ClientBilling {
        ClientBilling {
            pid,
            balance: Some(self.base + self.bonus),
            bonus: Some(self.bonus),
            currency: Some(self.currency),
            legal_form: self.legal_form,
            verified: Some(self.is_verified),
            autopay: Some(false),
        }
    }
}

/// Returns facts by PID. PIDs that do not belong to the partner are omitted.
pub async fn facts(conn: &mut Conn, partner: &str, pids: &[&str]) -> sqlx::Result<HashMap<String, ClientFacts>> {
    let mut query = QueryBuilder::new("SELECT pid, enabled, held_tries FROM clients");
    query.push(PIDS_OF_PARTNER).push_bind(partner);
    push_pids(&mut query, pids);
    let rows = query.build(conn).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let is_held = row.try_get::<i64, _>(2)? > 0;
            Ok((row.try_get(0)?, ClientFacts { is_enabled: flag(row, 1)?, is_held }))
        })
        .collect()
}

#[derive(Clone, Copy, Debug)]
pub enum Change {
    /// Unblocks (`true`) or blocks (`false`) the client's sign-in.
    Enable(bool),
    /// Detaches the client from the partner. The client's project remains in the cloud.
    Detach(UnixTime),
    /// Counts an attempt that was rejected because another operation is running, see `held_tries` in the schema.
    CountTry,
}

pub async fn change(conn: &mut Conn, partner: &str, pids: &[&str], change: Change) -> sqlx::Result<()> {
    if pids.is_empty() {
        return Ok(());
    }
    let mut query = QueryBuilder::new("UPDATE clients SET ");
    match change {
        Change::Enable(is_enabled) => query.push("enabled = ").push_bind(i64::from(is_enabled)),
        Change::Detach(now) => {
            query.push("partner_pid = NULL, detached_from = partner_pid, detached_at = ").push_bind(now.millis)
        }
        Change::CountTry => query.push("held_tries = held_tries - 1"),
    };
    query.push(PIDS_OF_PARTNER).push_bind(partner);
    push_pids(&mut query, pids);
    query.build(conn).execute(conn).await?;
    Ok(())
}

pub async fn has_email(conn: &mut Conn, partner: &str, email_key: &str) -> sqlx::Result<bool> {
    let found = sqlx::query("SELECT 1 FROM clients WHERE partner_pid = $1 AND email_key = $2 LIMIT 1")
        .bind(partner)
        .bind(email_key)
        .fetch_optional(conn)
        .await?;
    Ok(found.is_some())
}

/// The fields of an accepted invitation that become the client's fields.
#[derive(Clone, Copy, Debug)]
pub struct Joining<'a> {
    pub email: &'a str,
    pub email_key: &'a str,
    pub name: Option<&'a str>,
    pub phone: Option<&'a str>,
    pub identifier: Option<&'a str>,
}

/// Reattaches and unblocks a project that the partner has detached and that has this email. If there are several, takes
/// the project that was detached last. Name, phone and identifier of the invitation, if set, replace the stored ones.
/// Returns the PID and the previous identifier. Projects that other partners detached are ignored, because this partner
/// must not see the earlier expenses.
pub async fn reattach(
    conn: &mut Conn,
    partner: &str,
    joining: Joining<'_>,
) -> sqlx::Result<Option<(String, Option<String>)>> {
    let found: Option<(String, Option<String>)> = sqlx::query_as(
        "SELECT pid, identifier FROM clients WHERE partner_pid IS NULL AND email_key = $1 AND detached_from = $2
         ORDER BY detached_at DESC, pid LIMIT 1",
    )
    .bind(joining.email_key)
    .bind(partner)
    .fetch_optional(&mut *conn)
    .await?;
    let Some((pid, identifier)) = found else { return Ok(None) };
    sqlx::query(
        "UPDATE clients SET partner_pid = $1, detached_from = NULL, detached_at = NULL, enabled = 1,
         name = COALESCE($2, name), phone = COALESCE($3, phone), identifier = COALESCE($4, identifier)
         WHERE pid = $5",
    )
    .bind(partner)
    .bind(joining.name)
    .bind(joining.phone)
    .bind(joining.identifier)
    .bind(&pid)
    .execute(conn)
    .await?;
    Ok(Some((pid, identifier)))
}

/// Creates an active client with a new project and zero balances. Returns `false` if the PID is taken.
pub async fn insert(
    conn: &mut Conn,
    partner: &str,
    pid: &str,
    uid: i64,
    joining: Joining<'_>,
    now: UnixTime,
) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO clients (pid, partner_pid, uid, email, email_key, name, phone, identifier, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (pid) DO NOTHING",
    )
    .bind(pid)
    .bind(partner)
    .bind(uid)
    .bind(joining.email)
    .bind(joining.email_key)
    .bind(joining.name)
    .bind(joining.phone)
    .bind(joining.identifier)
    .bind(now.millis)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A client with all its fields, for generated data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewClientRow {
    pub pid: String,
    pub uid: i64,
    pub email: String,
    pub name: Option<String>,
    pub company: Option<String>,
    pub phone: Option<String>,
    pub identifier: Option<String>,
    pub is_enabled: bool,
    pub created_at: UnixTime,
    pub base_micros: i64,
    pub bonus_micros: i64,
    pub currency: &'static str,
    pub legal_form: &'static str,
    pub is_verified: bool,
    pub held_tries: i64,
}

/// Number of rows in one statement. A row binds 17 values, and every engine accepts at least 999 values.
const ROWS_AT_ONCE: usize = 58;

pub async fn insert_all(conn: &mut Conn, partner: &str, rows: &[NewClientRow]) -> sqlx::Result<()> {
    for rows in rows.chunks(ROWS_AT_ONCE) {
        let mut query = QueryBuilder::new(
            "INSERT INTO clients (pid, partner_pid, uid, email, email_key, name, company, phone, identifier, enabled,
             created_at, base_micros, bonus_micros, currency, legal_form, verified, held_tries) ",
        );
        query.push_values(rows, |values, row| {
            values
                .push_bind(&row.pid)
                .push_bind(partner)
                .push_bind(row.uid)
                .push_bind(&row.email)
                .push_bind(email_key(&row.email))
                .push_bind(row.name.as_deref())
                .push_bind(row.company.as_deref())
                .push_bind(row.phone.as_deref())
                .push_bind(row.identifier.as_deref())
                .push_bind(i64::from(row.is_enabled))
                .push_bind(row.created_at.millis)
                .push_bind(row.base_micros)
                .push_bind(row.bonus_micros)
                .push_bind(row.currency)
                .push_bind(row.legal_form)
                .push_bind(i64::from(row.is_verified))
                .push_bind(row.held_tries);
        });
        query.build(conn).execute(&mut *conn).await?;
    }
    Ok(())
}
