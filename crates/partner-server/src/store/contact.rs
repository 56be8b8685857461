//! Queries on the requests that visitors send with the form *Contact sales*.

use partner_api::UnixTime;
use sqlx::{Row, any::AnyRow};

use super::{Conn, QueryBuilder};
use crate::locale::Locale;

#[derive(Clone, Debug)]
pub struct ContactRow {
    pub reference: String,
    pub created_at: UnixTime,
    pub name: String,
    pub email: String,
    pub phone: String,
    pub company: String,
    pub message: Option<String>,
    pub locale: Locale,
    /// PID of the sender's partner, if the sender was signed in.
    pub partner_pid: Option<String>,
    /// Network of the sender's IP address, for the rate limit.
    pub network: String,
    pub answered_at: Option<UnixTime>,
}

/// The key by which contact requests are counted for the rate limit.
#[derive(Clone, Copy, Debug)]
pub enum From<'a> {
    /// The [`crate::text::email_key`] of the address in the request.
    Email(&'a str),
    /// The network of the sender. Requests of signed-in users do not count.
    Network(&'a str),
}

/// Filter for [`list`].
#[derive(Clone, Copy, Debug, Default)]
pub struct ListFilter {
    /// Only unanswered requests that came at this time or earlier; `None` for all requests.
    pub unanswered_before: Option<UnixTime>,
    /// Maximum number of requests. If there are more, only the latest are returned.
    pub limit: Option<u32>,
}

const COLUMNS: &str =
    "reference, created_at, name, email, phone, company, message, locale, partner_pid, network, answered_at";

fn contact(row: &AnyRow) -> sqlx::Result<ContactRow> {
    Ok(ContactRow {
        reference: row.try_get(0)?,
        created_at: UnixTime { millis: row.try_get(1)? },
        name: row.try_get(2)?,
        email: row.try_get(3)?,
        phone: row.try_get(4)?,
        company: row.try_get(5)?,
        message: row.try_get(6)?,
        locale: Locale::of_code(row.try_get(7)?).unwrap_or(Locale::En),
        partner_pid: row.try_get(8)?,
        network: row.try_get(9)?,
        answered_at: row.try_get::<Option<i64>, _>(10)?.map(|millis| UnixTime { millis }),
    })
}

/// Stores a contact request. Returns `false` if another request has the same reference.
pub async fn insert(conn: &mut Conn, row: &ContactRow, email_key: &str) -> sqlx::Result<bool> {
    let done = sqlx::query(
        "INSERT INTO contact_requests (reference, created_at, name, email, email_key, phone, company, message, locale,
         partner_pid, network) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING",
    )
    .bind(&row.reference)
    .bind(row.created_at.millis)
    .bind(&row.name)
    .bind(&row.email)
    .bind(email_key)
    .bind(&row.phone)
    .bind(&row.company)
    .bind(&row.message)
    .bind(row.locale.code())
    .bind(&row.partner_pid)
    .bind(&row.network)
    .execute(conn)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Returns the time of the `n`th latest request after `since`; `None` if there are fewer than `n` requests.
pub async fn nth_latest(conn: &mut Conn, from: From<'_>, n: u32, since: UnixTime) -> sqlx::Result<Option<UnixTime>> {
    let (condition, value) = match from {
        From::Email(key) => ("email_key", key),
        From::Network(network) => ("partner_pid IS NULL AND network", network),
    };
    let mut query = QueryBuilder::new("SELECT created_at FROM contact_requests WHERE ");
    query.push(condition).push(" = ").push_bind(value).push(" AND created_at > ").push_bind(since.millis);
    query.push(" ORDER BY created_at DESC LIMIT 1 OFFSET ").push_bind(i64::from(n) - 1);
    let row = query.build(conn).fetch_optional(conn).await?;
    row.map(|row| Ok(UnixTime { millis: row.try_get(0)? })).transpose()
}

pub async fn find(conn: &mut Conn, reference: &str) -> sqlx::Result<Option<ContactRow>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM contact_requests WHERE reference = ").push_bind(reference);
    query.build(conn).fetch_optional(conn).await?.as_ref().map(contact).transpose()
}

/// Returns the contact requests that match the filter, oldest first.
pub async fn list(conn: &mut Conn, filter: ListFilter) -> sqlx::Result<Vec<ContactRow>> {
    let mut query = QueryBuilder::new("SELECT ");
    query.push(COLUMNS).push(" FROM contact_requests");
    if let Some(before) = filter.unanswered_before {
        query.push(" WHERE answered_at IS NULL AND created_at <= ").push_bind(before.millis);
    }
    query.push(" ORDER BY created_at DESC, reference LIMIT ").push_bind(filter.limit.map_or(i64::MAX, i64::from));
    let mut rows: Vec<_> = query.build(conn).fetch_all(conn).await?.iter().map(contact).collect::<sqlx::Result<_>>()?;
    rows.reverse();
    Ok(rows)
}

/// Records when a contact request was answered, unless a time is recorded already.
pub async fn answer(conn: &mut Conn, reference: &str, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("UPDATE contact_requests SET answered_at = $1 WHERE reference = $2 AND answered_at IS NULL")
        .bind(now.millis)
        .bind(reference)
        .execute(conn)
        .await?;
    Ok(())
}
