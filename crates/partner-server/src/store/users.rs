//! Queries on partners, users and sessions.

use partner_api::{UnixTime, auth::Role};
use sqlx::Row;

use super::Conn;

/// Limits for the age of sessions. A session has expired if it was created or last used at or before these times.
#[derive(Clone, Copy, Debug)]
pub struct Deadlines {
    pub created_after: UnixTime,
    pub seen_after: UnixTime,
}

pub struct Login {
    pub user_id: i64,
    pub partner_pid: String,
    pub email: String,
    pub password_hash: String,
}

#[derive(Clone, Debug)]
pub struct SessionUser {
    pub user_id: i64,
    pub email: String,
    pub name: Option<String>,
    pub phone: Option<String>,
    pub partner_pid: String,
    pub partner_title: Option<String>,
    pub role: Role,
    pub last_seen_at: UnixTime,
}

pub async fn login_of(conn: &mut Conn, email_key: &str) -> sqlx::Result<Option<Login>> {
    let row = sqlx::query("SELECT id, partner_pid, email, password_hash FROM users WHERE email_key = $1")
        .bind(email_key)
        .fetch_optional(conn)
        .await?;
    row.map(|row| {
        Ok(Login {
            user_id: row.try_get(0)?,
            partner_pid: row.try_get(1)?,
            email: row.try_get(2)?,
            password_hash: row.try_get(3)?,
        })
    })
    .transpose()
}

pub async fn of_session(conn: &mut Conn, token_hash: &[u8], deadlines: Deadlines) -> sqlx::Result<Option<SessionUser>> {
    let row = sqlx::query(
        "SELECT u.id, u.email, u.name, p.pid, p.title, s.last_seen_at, u.phone, u.role
         FROM sessions s JOIN users u ON u.id = s.user_id JOIN partners p ON p.pid = u.partner_pid
         WHERE s.token_hash = $1 AND s.created_at > $2 AND s.last_seen_at > $3",
    )
    .bind(token_hash)
    .bind(deadlines.created_after.millis)
    .bind(deadlines.seen_after.millis)
    .fetch_optional(conn)
    .await?;
    row.map(|row| {
        Ok(SessionUser {
            user_id: row.try_get(0)?,
            email: row.try_get(1)?,
            name: row.try_get(2)?,
            partner_pid: row.try_get(3)?,
            partner_title: row.try_get(4)?,
            last_seen_at: UnixTime { millis: row.try_get(5)? },
            phone: row.try_get(6)?,
            role: Role::parse(row.try_get(7)?),
        })
    })
    .transpose()
}

pub async fn delete_expired_sessions(conn: &mut Conn, deadlines: Deadlines) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE created_at <= $1 OR last_seen_at <= $2")
        .bind(deadlines.created_after.millis)
        .bind(deadlines.seen_after.millis)
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn start_session(conn: &mut Conn, token_hash: &[u8], user_id: i64, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO sessions (token_hash, user_id, created_at, last_seen_at) VALUES ($1, $2, $3, $3)")
        .bind(token_hash)
        .bind(user_id)
        .bind(now.millis)
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn touch_session(conn: &mut Conn, token_hash: &[u8], now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("UPDATE sessions SET last_seen_at = $1 WHERE token_hash = $2 AND last_seen_at < $1")
        .bind(now.millis)
        .bind(token_hash)
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn end_session(conn: &mut Conn, token_hash: &[u8]) -> sqlx::Result<()> {
    sqlx::query("DELETE FROM sessions WHERE token_hash = $1").bind(token_hash).execute(conn).await?;
    Ok(())
}

pub struct NewUser<'a> {
    pub partner: &'a str,
    pub email: &'a str,
    pub email_key: &'a str,
    pub name: Option<&'a str>,
    /// Phone number in E.164 format.
    pub phone: Option<&'a str>,
    pub password_hash: &'a str,
    pub role: Role,
}

pub async fn insert_partner(conn: &mut Conn, pid: &str, title: &str, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query("INSERT INTO partners (pid, title, created_at) VALUES ($1, $2, $3)")
        .bind(pid)
        .bind(title)
        .bind(now.millis)
        .execute(conn)
        .await?;
    Ok(())
}

pub async fn insert_user(conn: &mut Conn, new: &NewUser<'_>, now: UnixTime) -> sqlx::Result<()> {
    sqlx::query(
        "INSERT INTO users (partner_pid, email, email_key, name, phone, password_hash, created_at, role)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(new.partner)
    .bind(new.email)
    .bind(new.email_key)
    .bind(new.name)
    .bind(new.phone)
    .bind(new.password_hash)
    .bind(now.millis)
    .bind(new.role.as_str())
    .execute(conn)
    .await?;
    Ok(())
}

pub async fn oldest_partner(conn: &mut Conn) -> sqlx::Result<Option<String>> {
    sqlx::query_scalar("SELECT pid FROM partners ORDER BY created_at, pid LIMIT 1").fetch_optional(conn).await
}

pub async fn count_sessions(conn: &mut Conn, deadlines: Deadlines) -> sqlx::Result<i64> {
    sqlx::query_scalar("SELECT COUNT(*) FROM sessions WHERE created_at > $1 AND last_seen_at > $2")
        .bind(deadlines.created_after.millis)
        .bind(deadlines.seen_after.millis)
        .fetch_one(conn)
        .await
}
