//! The audit log, which records changes with the user who made them and the changed object. An entry is written in the
//! same transaction as the change. Triggers reject changes of existing entries, and a hash chain (`chain.rs`) reveals
//! changes that bypass the triggers.

mod chain;

use partner_api::UnixTime;
use sqlx::Row;

use super::{Conn, QueryBuilder};
pub use chain::verify;
pub use chain::{Broken, Verified};

/// The fields that all entries of an operation share.
#[derive(Clone, Debug)]
pub struct Operation<'a> {
    pub at: UnixTime,
    pub actor: &'a str,
    pub partner: &'a str,
    pub action: &'a str,
    pub operation_id: &'a str,
    pub request_id: &'a str,
}

#[derive(Clone, Debug)]
pub struct Entry<'a> {
    pub subject: &'a str,
    pub result: &'a str,
    pub before: Option<&'a str>,
    pub after: Option<&'a str>,
}

/// Number of rows in one statement. A row binds 12 values, and every engine accepts at least 999 values.
const ROWS_AT_ONCE: usize = 80;

pub async fn write(conn: &mut Conn, operation: &Operation<'_>, entries: &[Entry<'_>]) -> sqlx::Result<()> {
    let links = chain::extend(conn, operation, entries).await?;
    let linked: Vec<_> = entries.iter().zip(&links).collect();
    for linked in linked.chunks(ROWS_AT_ONCE) {
        let mut query = QueryBuilder::new(
            "INSERT INTO audit (at, actor, partner_pid, action, subject, result, before, after, operation_id,
             request_id, prev_hash, hash) ",
        );
        query.push_values(linked, |values, (entry, link)| {
            values
                .push_bind(operation.at.millis)
                .push_bind(operation.actor)
                .push_bind(operation.partner)
                .push_bind(operation.action)
                .push_bind(entry.subject)
                .push_bind(entry.result)
                .push_bind(entry.before)
                .push_bind(entry.after)
                .push_bind(operation.operation_id)
                .push_bind(operation.request_id)
                .push_bind(link.before.to_vec())
                .push_bind(link.own.to_vec());
        });
        query.build(conn).execute(&mut *conn).await?;
    }
    Ok(())
}

/// An entry of the audit log. `partner-server audit` prints these fields, with `at` as RFC 3339 text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Line {
    /// Number of the entry. Later entries have higher numbers.
    pub seq: i64,
    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub at: i64,
    /// Email of the acting user or of the client who accepted an invitation; `command` for the command line.
    pub actor: String,
    pub partner_pid: String,
    pub action: String,
    /// The changed object. Depending on the action, for example the PID of a client, the id of an invitation or an
    /// email address.
    pub subject: String,
    /// `done`, or the reason why the object was not changed.
    pub result: String,
    /// State or value before the change.
    pub before: Option<String>,
    /// State or value after the change.
    pub after: Option<String>,
    /// Id of the operation, which all entries of one call share.
    pub operation_id: String,
    /// Id of the request, which the server's log contains, too; empty for commands.
    pub request_id: String,
}

/// Returns the latest `limit` entries, oldest first.
pub async fn latest(conn: &mut Conn, limit: u32) -> sqlx::Result<Vec<Line>> {
    let rows = sqlx::query(
        "SELECT seq, at, actor, partner_pid, action, subject, result, before, after, operation_id, request_id
         FROM audit ORDER BY seq DESC LIMIT $1",
    )
    .bind(i64::from(limit))
    .fetch_all(conn)
    .await?;
    rows.iter()
        .rev()
        .map(|row| {
            Ok(Line {
                seq: row.try_get(0)?,
                at: row.try_get(1)?,
                actor: row.try_get(2)?,
                partner_pid: row.try_get(3)?,
                action: row.try_get(4)?,
                subject: row.try_get(5)?,
                result: row.try_get(6)?,
                before: row.try_get(7)?,
                after: row.try_get(8)?,
                operation_id: row.try_get(9)?,
                request_id: row.try_get(10)?,
            })
        })
        .collect()
}
