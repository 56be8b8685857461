//! Builds a query at run time, with the placeholders `?` for SQLite and `$1` for PostgreSQL. sqlx's own builder is not
//! used, because with `sqlx::Any` it writes only `?`, which PostgreSQL does not understand. `$1` for both engines would
//! be too slow, because SQLite looks up each of a thousand values by name.

use std::fmt::{Display, Write};

use sqlx::{Arguments, AssertSqlSafe, Encode, Type, any::AnyArguments, query::Query};

use super::{Conn, Db, engine::is_sqlite};

/// Start of a condition for some clients of a partner; the caller adds the partner, and [`push_pids`] adds the PIDs.
/// `COALESCE` keeps SQLite from using the index of the partner, with which SQLite would read all clients of the partner
/// instead of a few clients by PID.
pub(super) const PIDS_OF_PARTNER: &str = " WHERE COALESCE(partner_pid, '') = ";

pub(super) fn push_pids(query: &mut QueryBuilder, pids: &[&str]) {
    query.push(" AND pid IN (");
    let mut list = query.separated(", ");
    for pid in pids {
        list.push_bind((*pid).to_owned());
    }
    query.push(")");
}

#[derive(Default)]
pub struct QueryBuilder {
    sql: String,
    values: AnyArguments,
}

impl QueryBuilder {
    pub fn new(sql: &str) -> Self {
        Self { sql: sql.to_owned(), ..Self::default() }
    }

    /// Adds SQL. The SQL must not contain `?`, because `?` stands for a value. It must not contain text from a caller,
    /// because that would allow SQL injection.
    pub fn push(&mut self, sql: impl Display) -> &mut Self {
        let _ = write!(self.sql, "{sql}");
        self
    }

    pub fn push_bind<'v>(&mut self, value: impl Encode<'v, Db> + Type<Db>) -> &mut Self {
        let added = self.values.add(value);
        debug_assert!(added.is_ok(), "adding a value only copies it");
        self.push('?')
    }

    pub fn push_values<T>(
        &mut self,
        rows: impl IntoIterator<Item = T>,
        mut push: impl FnMut(&mut Separated<'_>, T),
    ) -> &mut Self {
        self.push("VALUES ");
        for (row, index) in rows.into_iter().zip(0..) {
            self.push(if index == 0 { "(" } else { ", (" });
            push(&mut self.separated(", "), row);
            self.push(")");
        }
        self
    }

    pub fn separated(&mut self, separator: &'static str) -> Separated<'_> {
        Separated { query: self, separator, is_first: true }
    }

    #[cfg(test)]
    pub fn sql(&self) -> &str {
        &self.sql
    }

    pub fn build(self, conn: &Conn) -> Query<'static, Db, AnyArguments> {
        let sql = if is_sqlite(conn) { self.sql } else { numbered(&self.sql) };
        sqlx::query_with(AssertSqlSafe(sql), self.values)
    }
}

/// Replaces the placeholders `?` by `$1`, `$2`, and so on.
fn numbered(sql: &str) -> String {
    let mut parts = sql.split('?');
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for (part, number) in parts.zip(1..) {
        let _ = write!(numbered, "${number}{part}");
    }
    numbered
}

pub struct Separated<'q> {
    query: &'q mut QueryBuilder,
    separator: &'static str,
    is_first: bool,
}

impl Separated<'_> {
    pub fn push_bind<'v>(&mut self, value: impl Encode<'v, Db> + Type<Db>) -> &mut Self {
        if !std::mem::take(&mut self.is_first) {
            self.query.push(self.separator);
        }
        self.query.push_bind(value);
        self
    }
}
